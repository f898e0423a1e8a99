#pragma once

#include <adwaita.h>

#include "ch-certificate.h"
#include "ch-desk-review.h"

G_BEGIN_DECLS

/* below this confidence a person should look at a value */
#define CH_DOUBTFUL_CONFIDENCE 0.85

/*
 * Everything that was read from a certificate, grouped as on the form, each value editable. ::field-selected
 * (const char *path) when one takes the focus; ::changed after an edit.
 */
#define CH_TYPE_CERTIFICATE_FORM (ch_certificate_form_get_type ())
G_DECLARE_FINAL_TYPE (ChCertificateForm, ch_certificate_form, CH, CERTIFICATE_FORM, AdwBin)

void        ch_certificate_form_set_certificate  (ChCertificateForm   *self,
                                                  const ChCertificate *certificate);
void        ch_certificate_form_set_editable     (ChCertificateForm   *self,
                                                  gboolean             editable);
/* corrections: (element-type ChCorrection): what people changed of what was read */
void        ch_certificate_form_set_history      (ChCertificateForm   *self,
                                                  GPtrArray           *corrections);
/* (transfer none) (element-type utf8 utf8): value by path, of what the user changed */
GHashTable *ch_certificate_form_get_corrections  (ChCertificateForm   *self);
/* whether every value that was typed is one */
gboolean    ch_certificate_form_is_valid         (ChCertificateForm   *self);
/* how many values a person should look at */
guint       ch_certificate_form_count_doubtful   (ChCertificateForm   *self);
gboolean    ch_certificate_form_focus_field      (ChCertificateForm   *self,
                                                  const char          *path);

G_END_DECLS
