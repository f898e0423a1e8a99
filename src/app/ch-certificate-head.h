#pragma once

#include <adwaita.h>

#include "ch-certificate-facts.h"
#include "ch-office.h"

G_BEGIN_DECLS

/*
 * What is known of a certificate around its values: whose it is and for which projects, how its review stands, what a
 * person should look at, and what would be said were it approved. Its buttons are actions of the page.
 */
#define CH_TYPE_CERTIFICATE_HEAD (ch_certificate_head_get_type ())
G_DECLARE_FINAL_TYPE (ChCertificateHead, ch_certificate_head, CH, CERTIFICATE_HEAD, AdwBin)

void ch_certificate_head_set_office (ChCertificateHead        *self,
                                     ChOffice                 *office);
/* facts: (nullable): not known yet */
void ch_certificate_head_show       (ChCertificateHead        *self,
                                     const ChFiledCertificate *filed,
                                     const ChCertificateFacts *facts,
                                     guint                     n_doubtful);

G_END_DECLS
