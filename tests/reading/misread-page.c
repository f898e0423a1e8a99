#include "config.h"

#include "misread-page.h"

#include "drawn-page.h"

#define ROW_PITCH 12.0

ChPolicy *
misread_page_add_policy (ChCertificate *certificate,
                         ChCoverage     coverage)
{
  ChPolicy *policy = ch_policy_new ();

  policy->coverage = coverage;
  policy->insurer = g_strdup ("A");
  policy->policy_number = g_strdup ("GL-100");
  policy->effective = ch_date_new (2026, 3, 1);
  policy->expiration = ch_date_new (2027, 3, 1);
  g_ptr_array_add (certificate->policies, policy);

  return policy;
}

ChCertificate *
misread_page_certificate (void)
{
  ChCertificate *certificate = ch_certificate_new ();
  ChPolicy *policy;

  certificate->form = g_strdup ("ACORD 25");
  certificate->date = ch_date_new (2026, 4, 1);
  certificate->insured_name = g_strdup ("Tern & Heron Masonry LLC");
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", "Granite Ridge Insurance Co", "10001"));
  policy = misread_page_add_policy (certificate, CH_COVERAGE_GENERAL_LIABILITY);
  policy->basis = CH_BASIS_OCCURRENCE;
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 1000000;
  policy = misread_page_add_policy (certificate, CH_COVERAGE_UMBRELLA_EXCESS);
  policy->basis = CH_BASIS_CLAIMS_MADE;
  policy->kind = CH_UMBRELLA_KIND_EXCESS;
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 2000000;
  policy = misread_page_add_policy (certificate, CH_COVERAGE_WORKERS_COMPENSATION);
  policy->statutory = CH_MARK_YES;
  policy->limits[CH_LIMIT_EL_EACH_ACCIDENT] = 500000;

  return certificate;
}

/* As a scan shows it: its words, and its pixels. */
ChPageModel *
misread_page_take (ReaderFixture *fixture,
                   PdfPen        *pen)
{
  ChPageModel *model = drawn_page_read (fixture, pen);
  guint i;

  for (i = 0; i < model->words->len; i++)
    ((ChWord *) g_ptr_array_index (model->words, i))->source = CH_WORD_FROM_PIXELS;

  return model;
}

ChPageModel *
misread_page_draw (ReaderFixture       *fixture,
                   const ChCertificate *certificate,
                   PdfFont              font,
                   double               size)
{
  const DrawnManner crossed = { DRAWN_2016, .scale = 1, .font = font, .size = size, .printed_dollar = TRUE,
                                .thousands = TRUE, .dates = DRAWN_DATE_LONG, .mark = DRAWN_MARK_STROKES, .yes = "Y",
                                .no = "N" };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (PdfPen) pen = pdf_pen_new ();

  ch_certificate_free (drawn_form_draw (pen, &crossed, certificate, random));

  return misread_page_take (fixture, pen);
}

ChPageModel *
misread_page_new (ReaderFixture *fixture)
{
  g_autoptr (ChCertificate) certificate = misread_page_certificate ();

  return misread_page_draw (fixture, certificate, PDF_FONT_HELVETICA, 8);
}

/* The n-th word, from the top, that says so */
ChWord *
misread_page_find (ChPageModel *page,
                   const char  *text,
                   guint        n)
{
  ChWord *found = NULL;
  double above = -1;
  guint i, k;

  for (k = 0; k <= n; k++)
    {
      found = NULL;
      for (i = 0; i < page->words->len; i++)
        {
          ChWord *word = g_ptr_array_index (page->words, i);

          if (g_str_equal (word->text, text) && word->box.y0 > above + ROW_PITCH / 2
              && (found == NULL || word->box.y0 < found->box.y0))
            found = word;
        }
      g_assert_nonnull (found);
      above = found->box.y0;
    }

  return found;
}

void
misread_word (ChWord     *word,
              const char *text)
{
  g_free (word->text);
  word->text = g_strdup (text);
}

double
misread_page_confidence (const ChCertificate *certificate,
                         const char          *path)
{
  guint i;

  for (i = 0; i < certificate->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (certificate->fields, i);

      if (g_str_equal (field->path, path))
        return field->confidence;
    }
  g_assert_not_reached ();
}
