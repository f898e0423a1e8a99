/* A copy may leave most of a form's small print illegible. What the rest and the lines tell is read; what they leave open is
 * said to be open. */
#include "config.h"

#include "ch-acord-form.h"
#include "ch-acord25.h"
#include "ch-column-lines.h"
#include "misread-page.h"

#include <math.h>
#include <string.h>

/* Illegible words among which nothing is left of what was printed */
#define ILLEGIBLE "4hq"

static void
lose (ChPageModel       *page,
      const char *const *words)
{
  guint i;

  for (i = 0; i < page->words->len; i++)
    {
      ChWord *word = g_ptr_array_index (page->words, i);

      if (g_strv_contains (words, word->text))
        misread_word (word, ILLEGIBLE);
    }
}

/* The same page, printed as text */
static void
make_text (ChPageModel *page)
{
  guint i;

  for (i = 0; i < page->words->len; i++)
    ((ChWord *) g_ptr_array_index (page->words, i))->source = CH_WORD_FROM_TEXT;
}

static const ChPolicy *
find_policy (const ChCertificate *certificate,
             ChCoverage           coverage)
{
  guint i;

  g_assert_nonnull (certificate);
  for (i = 0; i < certificate->policies->len; i++)
    {
      const ChPolicy *policy = g_ptr_array_index (certificate->policies, i);

      if (policy->coverage == coverage)
        return policy;
    }

  return NULL;
}

/* All headings but those of the two widest columns, and of the letter's */
static const char *const most_headings[]
    = { "ADDL", "INSD", "SUBR", "WVD", "EFF", "EXP", "(MM/DD/YYYY)", "LIMITS", NULL };

static const char *const titles[] = { "ACORD", "25", "(2016/03)", "HOLDER", "CANCELLATION", "INSURANCE", NULL };

/* What tells a form that has lost its titles */
static const char *const labels[] = { "AUTOMOBILE", "UMBRELLA", "EXCESS", "PERSONAL", "GENERAL", "BODILY", "EACH", NULL };

static void
test_three_headings_are_enough (ReaderFixture *fixture,
                                gconstpointer  data)
{
  g_autoptr (ChPageModel) page = misread_page_new (fixture);
  g_autoptr (ChCertificate) certificate = NULL;
  const ChPolicy *policy;

  lose (page, most_headings);
  certificate = ch_acord25_read (page);
  policy = find_policy (certificate, CH_COVERAGE_GENERAL_LIABILITY);
  g_assert_nonnull (policy);
  g_assert_cmpstr (policy->policy_number, ==, "GL-100");
  g_assert_cmpint (policy->effective, ==, ch_date_new (2026, 3, 1));
  g_assert_cmpint (policy->expiration, ==, ch_date_new (2027, 3, 1));
  g_assert_cmpint (policy->limits[CH_LIMIT_EACH_OCCURRENCE], ==, 1000000);
}

/* What is printed so has an arrangement of its own. */
static void
test_three_headings_of_a_text_are_not (ReaderFixture *fixture,
                                       gconstpointer  data)
{
  g_autoptr (ChPageModel) page = misread_page_new (fixture);

  lose (page, most_headings);
  make_text (page);
  g_assert_null (ch_acord25_read (page));
}

/* Kinds, numbers and limits head other tables too: these have no columns for dates. */
static const char *const all_but_wide[]
    = { "INSR", "LTR", "ADDL", "INSD", "SUBR", "WVD", "EFF", "EXP", "(MM/DD/YYYY)", NULL };

static void
test_three_headings_of_another_table (ReaderFixture *fixture,
                                      gconstpointer  data)
{
  g_autoptr (ChPageModel) page = misread_page_new (fixture);
  guint i;

  lose (page, all_but_wide);
  for (i = page->rules->len; i > 0; i--)
    {
      const ChRule *rule = &g_array_index (page->rules, ChRule, i - 1);

      if (rule->vertical && rule->at > 320 && rule->at < 400)
        g_array_remove_index (page->rules, i - 1);
    }
  g_assert_null (ch_acord25_read (page));
}

/* What is left of the print says nothing: the columns are known by their lines. */
static void
test_lines_tell_the_columns (ReaderFixture *fixture,
                             gconstpointer  data)
{
  static const char *const rest[] = { "INSR", "LTR", "TYPE", "POLICY", "NUMBER", NULL };
  g_autoptr (ChPageModel) page = misread_page_new (fixture);
  g_autoptr (ChCertificate) certificate = NULL;
  g_autofree char *edition = NULL;
  const ChPolicy *policy;

  lose (page, most_headings);
  lose (page, rest);
  lose (page, titles);
  lose (page, labels);
  g_assert_cmpint (ch_acord_form_recognise (page, &edition), ==, CH_ACORD_25);
  certificate = ch_acord25_read (page);
  policy = find_policy (certificate, CH_COVERAGE_WORKERS_COMPENSATION);
  g_assert_nonnull (policy);
  g_assert_cmpstr (policy->insurer, ==, "A");
  g_assert_cmpstr (policy->policy_number, ==, "GL-100");
  g_assert_cmpint (policy->effective, ==, ch_date_new (2026, 3, 1));
  g_assert_cmpint (policy->expiration, ==, ch_date_new (2027, 3, 1));
  make_text (page);
  g_assert_cmpint (ch_acord_form_recognise (page, &edition), ==, CH_ACORD_NONE);
}

/* One line that stands elsewhere: another form's table */
static void
test_other_lines_are_another_table (ReaderFixture *fixture,
                                    gconstpointer  data)
{
  g_autoptr (ChPageModel) page = misread_page_new (fixture);
  ChColumnLines lines;
  guint i;

  g_assert_true (ch_column_lines_find (page, &lines));
  for (i = 0; i < page->rules->len; i++)
    {
      ChRule *rule = &g_array_index (page->rules, ChRule, i);

      if (rule->vertical && fabs (rule->at - lines.at[CH_COLUMN_EXPIRATION]) < 2)
        rule->at += 12;
    }
  g_assert_false (ch_column_lines_find (page, &lines));
}

static void
test_form_is_known_by_other_labels (ReaderFixture *fixture,
                                    gconstpointer  data)
{
  g_autoptr (ChPageModel) page = misread_page_new (fixture);
  g_autofree char *edition = NULL;

  lose (page, titles);
  g_assert_cmpint (ch_acord_form_recognise (page, &edition), ==, CH_ACORD_25);
  g_assert_null (edition);
  make_text (page);
  g_assert_cmpint (ch_acord_form_recognise (page, &edition), ==, CH_ACORD_NONE);
}

static const char *const of_automobile[]
    = { "AUTOMOBILE", "COMBINED", "SINGLE", "BODILY", "PROPERTY", "ANY", "AUTO", "AUTOS", "OWNED", "HIRED", NULL };

/* With an automobile policy over nothing in general liability, and nothing left of what says so */
static ChPageModel *
lose_automobile (ReaderFixture *fixture)
{
  g_autoptr (ChCertificate) certificate = ch_certificate_new ();
  ChPageModel *page;

  certificate->form = g_strdup ("ACORD 25");
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", "Granite Ridge Insurance Co", "10001"));
  misread_page_add_policy (certificate, CH_COVERAGE_AUTOMOBILE_LIABILITY)->limits[CH_LIMIT_COMBINED_SINGLE_LIMIT] = 1000000;
  misread_page_add_policy (certificate, CH_COVERAGE_WORKERS_COMPENSATION);
  page = misread_page_draw (fixture, certificate, PDF_FONT_HELVETICA, 8);
  lose (page, of_automobile);

  return page;
}

static void
test_lines_tell_the_section (ReaderFixture *fixture,
                             gconstpointer  data)
{
  g_autoptr (ChPageModel) page = lose_automobile (fixture);
  g_autoptr (ChCertificate) certificate = ch_acord25_read (page);

  g_assert_null (find_policy (certificate, CH_COVERAGE_GENERAL_LIABILITY));
  g_assert_nonnull (find_policy (certificate, CH_COVERAGE_AUTOMOBILE_LIABILITY));
  g_assert_cmpstr (find_policy (certificate, CH_COVERAGE_AUTOMOBILE_LIABILITY)->policy_number, ==, "GL-100");
  g_assert_nonnull (find_policy (certificate, CH_COVERAGE_WORKERS_COMPENSATION));
}

static void
test_without_lines_the_section_is_doubted (ReaderFixture *fixture,
                                           gconstpointer  data)
{
  g_autoptr (ChPageModel) page = lose_automobile (fixture);
  g_autoptr (ChCertificate) certificate = NULL;
  guint n_doubted = 0;
  guint i;

  for (i = page->rules->len; i > 0; i--)
    {
      const ChRule *rule = &g_array_index (page->rules, ChRule, i - 1);

      if (!rule->vertical && rule->at > 320 && rule->at < 540)
        g_array_remove_index (page->rules, i - 1);
    }
  certificate = ch_acord25_read (page);
  g_assert_nonnull (certificate);
  for (i = 0; i < certificate->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (certificate->fields, i);

      if (!g_str_has_prefix (field->path, "policies[0]."))
        continue;
      n_doubted++;
      g_assert_cmpfloat (field->confidence, <=, 0.8);
      g_assert_true ((field->doubts & CH_DOUBT_LABEL_IS_LOST) != 0);
    }
  g_assert_cmpuint (n_doubted, >=, 3);
}

#define LOST_TEST(name, func) \
  g_test_add ("/reading/lost-labels/" name, ReaderFixture, NULL, reader_fixture_set_up, func, reader_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  LOST_TEST ("three-headings-are-enough", test_three_headings_are_enough);
  LOST_TEST ("three-headings-of-a-text-are-not", test_three_headings_of_a_text_are_not);
  LOST_TEST ("three-headings-of-another-table-are-not", test_three_headings_of_another_table);
  LOST_TEST ("form-is-known-by-other-labels", test_form_is_known_by_other_labels);
  LOST_TEST ("lines-tell-the-columns", test_lines_tell_the_columns);
  LOST_TEST ("other-lines-are-another-table", test_other_lines_are_another_table);
  LOST_TEST ("lines-tell-the-section", test_lines_tell_the_section);
  LOST_TEST ("without-lines-the-section-is-doubted", test_without_lines_the_section_is_doubted);

  return g_test_run ();
}
