#include "config.h"

#include <string.h>

#include "ch-compliance-report.h"

#define AS_OF G_GINT64_CONSTANT (1795467900)   /* 2026-11-23 21:05 UTC */

static ChFinding *
make_finding (const char *text,
              ChSeverity  severity,
              gboolean    waived)
{
  ChFinding *finding = ch_finding_new ("general_liability.each_occurrence", "general_liability", severity, NULL, NULL,
                                       text);

  finding->waived = waived;

  return finding;
}

static GPtrArray *
make_lines (guint n)
{
  static const ChStatus statuses[] = {
    CH_STATUS_NON_COMPLIANT, CH_STATUS_EXPIRED, CH_STATUS_MISSING, CH_STATUS_PENDING, CH_STATUS_EXPIRING,
    CH_STATUS_COMPLIANT, CH_STATUS_EXEMPT, CH_STATUS_NOT_REQUIRED,
  };
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_report_line_free);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup ("Pennsylvania & Ohio Valley Reinforced Concrete Structures "
                                                 "Incorporated, doing business as P&O Concrete")
                                     : g_strdup_printf ("Keystone Trade %u LLC", i + 1);
      ChStatus status = statuses[i % G_N_ELEMENTS (statuses)];
      ChDate changes_on = i % 3 == 0 ? ch_date_new (2026, 12, 2) : CH_DATE_NONE;
      g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_finding_free);

      if (ch_status_get_colour (status) == CH_COLOUR_RED)
        {
          g_ptr_array_add (findings, make_finding ("General liability: each occurrence is $500,000; $1,000,000 is "
                                                   "required.", CH_SEVERITY_FAIL, FALSE));
          g_ptr_array_add (findings, make_finding ("Auto: no waiver of subrogation is shown.", CH_SEVERITY_FAIL, TRUE));
        }
      if (i == 4)
        g_ptr_array_add (findings, make_finding ("The owner is excluded from workers' compensation.",
                                                 CH_SEVERITY_WARNING, FALSE));
      g_ptr_array_add (lines, ch_report_line_new (name, status, changes_on, findings));
    }

  return lines;
}

/* The text of a PDF as a reader sees it, or NULL where pdftotext is not installed. */
static char *
dup_text (GBytes *pdf)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GBytes) output = NULL;
  g_autoptr(GError) error = NULL;

  if (program == NULL)
    return NULL;
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                              "-layout", "-", "-", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate (process, pdf, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));

  return g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output));
}

static guint
count_pages (const char *text)
{
  guint n = 0;

  for (const char *p = strchr (text, '\f'); p != NULL; p = strchr (p + 1, '\f'))
    n++;

  return n;
}

static GBytes *
draw (GPtrArray *lines)
{
  g_autoptr(GError) error = NULL;
  GBytes *pdf = ch_compliance_report_to_pdf ("Acme Builders, Inc.", "Riverside Tower", AS_OF, "America/New_York",
                                             lines, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pdf);
  if (g_getenv ("CERTHOLDER_KEEP_REPORT") != NULL)
    g_assert_true (g_file_set_contents (g_getenv ("CERTHOLDER_KEEP_REPORT"), g_bytes_get_data (pdf, NULL),
                                        (gssize)g_bytes_get_size (pdf), NULL));

  return pdf;
}

static void
test_says_the_facts (void)
{
  g_autoptr(GPtrArray) lines = make_lines (8);
  g_autoptr(GBytes) pdf = draw (lines);
  g_autofree char *text = dup_text (pdf);

  if (text == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }
  g_assert_cmpuint (count_pages (text), ==, 1);
  g_assert_nonnull (strstr (text, "Riverside Tower"));
  g_assert_nonnull (strstr (text, "Acme Builders, Inc."));
  g_assert_nonnull (strstr (text, "As of November 23, 2026"));
  g_assert_nonnull (strstr (text, "EST"));
  g_assert_nonnull (strstr (text, "Not compliant"));
  g_assert_nonnull (strstr (text, "Nothing on file"));
  g_assert_nonnull (strstr (text, "Waiting for review"));
  g_assert_nonnull (strstr (text, "Dec 2, 2026"));
  g_assert_nonnull (strstr (text, "Waived: "));
  g_assert_nonnull (strstr (text, "Note: "));
  g_assert_nonnull (strstr (text, "Page 1 of 1"));
}

static void
test_goes_on_over_pages (void)
{
  g_autoptr(GPtrArray) lines = make_lines (120);
  g_autoptr(GBytes) pdf = draw (lines);
  g_autofree char *text = dup_text (pdf);
  g_autofree char *last = NULL;
  guint n;

  if (text == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }
  n = count_pages (text);
  g_assert_cmpuint (n, >, 2);
  last = g_strdup_printf ("Page %u of %u", n, n);
  g_assert_nonnull (strstr (text, last));
  g_assert_nonnull (strstr (text, "Keystone Trade 120 LLC"));
}

static void
test_breaks_a_long_row (void)
{
  g_autoptr(GPtrArray) lines = make_lines (8);
  ChReportLine *line = g_ptr_array_index (lines, 7);
  g_autoptr(GBytes) pdf = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 40; i++)
    g_ptr_array_add (line->findings, make_finding ("A sentence that is long enough to need three lines of the narrow "
                                                   "last column, so that the row is taller than what is left of "
                                                   "the page below it.", CH_SEVERITY_FAIL, FALSE));
  pdf = draw (lines);
  text = dup_text (pdf);
  if (text == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }
  g_assert_cmpuint (count_pages (text), ==, 2);
  g_assert_nonnull (strstr (text, "(continued)"));
  g_assert_nonnull (strstr (text, "and 25 more"));
}

static void
test_stands_strange_text (void)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_report_line_free);
  g_autofree char *endless = g_strnfill (3000, 'W');
  g_autoptr(GBytes) pdf = NULL;

  g_ptr_array_add (lines, ch_report_line_new ("broken \xff\xfe bytes", CH_STATUS_MISSING, CH_DATE_NONE, NULL));
  g_ptr_array_add (lines, ch_report_line_new (endless, CH_STATUS_EXPIRED, CH_DATE_NONE, NULL));
  g_ptr_array_add (lines, ch_report_line_new (NULL, CH_STATUS_EXPIRED, CH_DATE_NONE, NULL));
  pdf = draw (lines);
  g_assert_cmpuint (g_bytes_get_size (pdf), >, 1000);
}

static void
test_same_input_same_bytes (void)
{
  g_autoptr(GPtrArray) lines = make_lines (12);
  g_autoptr(GBytes) one = draw (lines);
  g_autoptr(GBytes) two = draw (lines);

  g_assert_true (g_bytes_equal (one, two));
}

static void
test_nobody_to_report (void)
{
  g_autoptr(GPtrArray) lines = make_lines (0);
  g_autoptr(GBytes) pdf = draw (lines);
  g_autofree char *text = dup_text (pdf);

  if (text == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }
  g_assert_nonnull (strstr (text, "No subcontractor on this project has insurance requirements."));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/report/says-the-facts", test_says_the_facts);
  g_test_add_func ("/report/goes-on-over-pages", test_goes_on_over_pages);
  g_test_add_func ("/report/breaks-a-long-row", test_breaks_a_long_row);
  g_test_add_func ("/report/stands-strange-text", test_stands_strange_text);
  g_test_add_func ("/report/same-input-same-bytes", test_same_input_same_bytes);
  g_test_add_func ("/report/nobody-to-report", test_nobody_to_report);

  return g_test_run ();
}
