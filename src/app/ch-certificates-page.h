#pragma once

#include "ch-list-page.h"

G_BEGIN_DECLS

#define CH_TYPE_CERTIFICATES_PAGE (ch_certificates_page_get_type ())
G_DECLARE_FINAL_TYPE (ChCertificatesPage, ch_certificates_page, CH, CERTIFICATES_PAGE, ChListPage)

ChPage *ch_certificates_page_new (ChOffice *office);

G_END_DECLS
