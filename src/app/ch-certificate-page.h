#pragma once

#include "ch-page.h"

G_BEGIN_DECLS

/* One certificate: its pages beside what was read, and the reviewer's decision. */
#define CH_TYPE_CERTIFICATE_PAGE (ch_certificate_page_get_type ())
G_DECLARE_FINAL_TYPE (ChCertificatePage, ch_certificate_page, CH, CERTIFICATE_PAGE, ChPage)

ChPage *ch_certificate_page_new    (ChOffice          *office,
                                    gint64             certificate_id);
gint64  ch_certificate_page_get_id (ChCertificatePage *self);
/* goes to a value, on the page and in the form */
void    ch_certificate_page_show_field (ChCertificatePage *self,
                                    const char        *path);

G_END_DECLS
