#include "config.h"

#include "ch-shown-value.h"

#include <string.h>

static void
test_dates (void)
{
  static const struct {
    const char *text;
    const char *iso;
  } dates[] = {
    { "8/10/24", "2024-08-10" },     { "08/10/2024", "2024-08-10" }, { "2025-01-15", "2025-01-15" },
    { "1-5-2024", "2024-01-05" },    { "12/31/1999", "1999-12-31" }, { "7/4/99", "1999-07-04" },
    { "MM/DD/YYYY", NULL },          { "13/01/2024", NULL },         { "02/30/2024", NULL },
    { "08/10/2024 noon", NULL },     { "", NULL },                   { "1/2/3", NULL },
    { "Jul 5, 2025", "2025-07-05" }, { "15-Sep-2025", "2025-09-15" },
    { "Sept. 15 2025", "2025-09-15" }, { "MARCH 1, 2026", "2026-03-01" },
    { "Marches 1, 2026", NULL },     { "Feb 30, 2026", NULL },       { "Jul 2025", NULL },
    { "08/10/2024 12:01 AM", "2024-08-10" }, { "08/10/2024 12:01a.m.", "2024-08-10" },
    { "08/10/2024 -", "2024-08-10" }, { "08/10/2024 - 1", NULL },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      ChDate date = CH_DATE_NONE;
      gboolean is_date = ch_shown_date_parse (dates[i].text, &date);
      g_autofree char *iso = is_date ? ch_date_to_iso (date) : NULL;

      g_assert_cmpstr (iso, ==, dates[i].iso);
    }
}

static void
test_dates_that_touch (void)
{
  ChDate date;

  g_assert_cmpuint (ch_shown_date_find ("09/04/202309/04/2024", 0, &date), ==, 10);
  g_assert_cmpuint (ch_shown_date_find ("09/04/202309/04/2024", 10, &date), ==, 10);
  g_assert_cmpuint (ch_shown_date_find ("6/26/246/26/25", 0, &date), ==, 7);
  g_assert_cmpint (date, ==, ch_date_new (2024, 6, 26));
  g_assert_cmpuint (ch_shown_date_find ("6/26/24", 99, &date), ==, 0);
}

static void
test_money (void)
{
  static const struct {
    const char *text;
    gint64      dollars;
  } amounts[] = {
    { "1,000,000", 1000000 }, { "$1,000,000", 1000000 }, { "$ 1000000", 1000000 }, { "1,000,000.00", 1000000 },
    { "0", 0 },               { "$ 5 000", 5000 },       { "Included", -1 },       { "Nil", -1 },
    { "", -1 },               { "$", -1 },               { "1,000,000 CSL", -1 },  { "12345678901234567890", -1 },
    { "$2,000,000.", 2000000 }, { "$1M", 1000000 },       { "2.5 Million", 2500000 }, { "500K", 500000 },
    { "1MM", 1000000 },       { "10,000M", -1 },        { "5 Members", -1 },        { "1.25M", -1 },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      gint64 dollars = -1;

      ch_shown_money_parse (amounts[i].text, &dollars);
      g_assert_cmpint (dollars, ==, amounts[i].dollars);
    }
}

static void
test_marks (void)
{
  g_assert_cmpint (ch_shown_yes_no_parse ("Y"), ==, CH_MARK_YES);
  g_assert_cmpint (ch_shown_yes_no_parse ("y"), ==, CH_MARK_YES);
  g_assert_cmpint (ch_shown_yes_no_parse ("X"), ==, CH_MARK_YES);
  g_assert_cmpint (ch_shown_yes_no_parse ("✘"), ==, CH_MARK_YES);
  g_assert_cmpint (ch_shown_yes_no_parse ("N"), ==, CH_MARK_NO);
  g_assert_cmpint (ch_shown_yes_no_parse ("N / A"), ==, CH_MARK_ABSENT);
  g_assert_cmpint (ch_shown_yes_no_parse (""), ==, CH_MARK_ABSENT);
}

static void
test_signs (void)
{
  static const char *const signs[] = { "√", "•", "*", "þ", "v" };
  static const char *const others[] = { "N", "No", "-", ".", "", "A", "¨", "o", "12", "Yes" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      g_assert_true (ch_shown_sign_is (signs[i]));
      g_assert_false (ch_shown_tick_is (signs[i]));
    }
  for (i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (ch_shown_sign_is (others[i]));
}

static void
test_phones (void)
{
  g_assert_true (ch_shown_phone_is ("(629) 555-0178"));
  g_assert_true (ch_shown_phone_is ("Phone: 636.555.0188"));
  g_assert_true (ch_shown_phone_is ("636-555-0188 x 12"));
  g_assert_false (ch_shown_phone_is ("45-MYE-Y00505-5-ZF"));
  g_assert_false (ch_shown_phone_is ("1234 Green Park St."));
}

static void
test_numbers_of_certificates (void)
{
  static const char *const misread[] = { "CO163387", "COT63387", "CO!63387", "COl63387", "Col63387", "Co163387" };
  static const char *const read[] = { "COI63387", "CO1-2026", "CO1", "CP163387", "163387", "CO163387A", "CoX63387" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (misread); i++)
    {
      g_autofree char *number = g_strdup (misread[i]);

      g_assert_true (ch_shown_coi_mend (number));
      g_assert_cmpstr (number, ==, "COI63387");
    }
  for (i = 0; i < G_N_ELEMENTS (read); i++)
    {
      g_autofree char *number = g_strdup (read[i]);

      g_assert_false (ch_shown_coi_mend (number));
      g_assert_cmpstr (number, ==, read[i]);
    }
}

static void
test_names_of_firms (void)
{
  static const struct {
    const char *recognised;
    const char *meant;
  } names[] = {
    { "Crescent General Contractors. Inc.", "Crescent General Contractors, Inc." },
    { "HARBOR ROOFING. LLC", "HARBOR ROOFING, LLC" },
    { "Miller Bros. Inc.", "Miller Bros. Inc." },
    { "Harbor Builders, Inc.", "Harbor Builders, Inc." },
    { "St. Patrick. Incorporated Village of", "St. Patrick. Incorporated Village of" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strdup (names[i].recognised);

      g_assert_cmpint (ch_shown_name_mend (name), ==, strcmp (names[i].recognised, names[i].meant) != 0);
      g_assert_cmpstr (name, ==, names[i].meant);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reading/shown-value/dates", test_dates);
  g_test_add_func ("/reading/shown-value/dates-that-touch", test_dates_that_touch);
  g_test_add_func ("/reading/shown-value/money", test_money);
  g_test_add_func ("/reading/shown-value/marks", test_marks);
  g_test_add_func ("/reading/shown-value/signs", test_signs);
  g_test_add_func ("/reading/shown-value/phones", test_phones);
  g_test_add_func ("/reading/shown-value/names-of-firms", test_names_of_firms);
  g_test_add_func ("/reading/shown-value/numbers-of-certificates", test_numbers_of_certificates);

  return g_test_run ();
}
