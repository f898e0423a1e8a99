#pragma once

#include "ch-certificate.h"
#include "ch-page-model.h"
#include "drawn-form.h"
#include "reader-fixture.h"

G_BEGIN_DECLS

/*
 * A page as a recogniser might tell of it: the words of a drawn form, to be misread, and its pixels, to be looked at.
 */

/* (transfer full): with a policy of general liability, one of excess, and one of workers' compensation */
ChCertificate *misread_page_certificate (void);
/* (transfer none): another one, of a year from 2026-03-01 */
ChPolicy      *misread_page_add_policy  (ChCertificate       *certificate,
                                         ChCoverage           coverage);
/* (transfer full): of that certificate */
ChPageModel   *misread_page_new         (ReaderFixture       *fixture);
ChPageModel   *misread_page_draw        (ReaderFixture       *fixture,
                                         const ChCertificate *certificate,
                                         PdfFont              font,
                                         double               size);
/* (transfer full): as a scan shows what was drawn */
ChPageModel   *misread_page_take        (ReaderFixture       *fixture,
                                         PdfPen              *pen);
/* (transfer none): the n-th word, from the top, that says so */
ChWord        *misread_page_find        (ChPageModel         *page,
                                         const char          *text,
                                         guint                n);
void           misread_word             (ChWord              *word,
                                         const char          *text);
/* of the value that was read at a path */
double         misread_page_confidence  (const ChCertificate *certificate,
                                         const char          *path);

G_END_DECLS
