#include "config.h"

#include <string.h>

#include "ch-compliance-report.h"

#define AS_OF G_GINT64_CONSTANT (1795467900)   /* 2026-11-23 21:05 UTC */

static ChFinding *
make_finding (const char *text,
              ChSeverity  severity,
              gboolean    waived)
{
  /* A rule that is not known tells its own text. */
  ChFinding *finding = ch_finding_new ("general_liability.demo", "general_liability", severity, NULL, NULL, text);

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

static ChComplianceReport *
make_report (void)
{
  ChComplianceReport *report = ch_compliance_report_new ("Acme Builders, Inc.", AS_OF, "America/New_York");

  g_ptr_array_add (report->requirements, g_strdup ("Standard subcontract, version 3 (company)"));
  g_ptr_array_add (report->requirements, g_strdup ("High hazard trades, version 1 (trade Roofing)"));
  report->audit_entry = 1234;
  report->audit_hash = g_strdup ("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");

  return report;
}

static GBytes *
draw_report (const ChComplianceReport *report)
{
  g_autoptr(GError) error = NULL;
  GBytes *pdf = ch_compliance_report_to_pdf (report, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pdf);
  if (g_getenv ("CERTHOLDER_KEEP_REPORT") != NULL)
    g_assert_true (g_file_set_contents (g_getenv ("CERTHOLDER_KEEP_REPORT"), g_bytes_get_data (pdf, NULL),
                                        (gssize)g_bytes_get_size (pdf), NULL));

  return pdf;
}

static GBytes *
draw (GPtrArray *lines)
{
  g_autoptr(ChComplianceReport) report = make_report ();
  ChReportProject *project = ch_report_project_new (101, "Riverside Tower");

  for (guint i = 0; i < lines->len; i++)
    {
      const ChReportLine *line = g_ptr_array_index (lines, i);

      g_ptr_array_add (project->lines, ch_report_line_new (line->sub, line->status, line->changes_on, line->findings));
    }
  g_ptr_array_add (report->projects, project);

  return draw_report (report);
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
  g_assert_nonnull (strstr (text, "Standard subcontract, version 3 (company)"));
  g_assert_nonnull (strstr (text, "entry 1234"));
  g_assert_nonnull (strstr (text, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"));
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
  g_assert_cmpuint (count_pages (text), >=, 3);
  g_assert_nonnull (strstr (text, "and 37 more"));     /* on the one page */
  g_assert_nonnull (strstr (text, "All that is open: page 2."));
  g_assert_nonnull (strstr (text, "(continued)"));     /* in the details */
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

static ChComplianceReport *
make_company (guint n_projects,
              guint n_subs)
{
  ChComplianceReport *report = make_report ();

  report->is_of_company = TRUE;
  for (guint i = 0; i < n_projects; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup ("The Extension and Seismic Retrofit of the Old County Courthouse with "
                                                 "Its Annex, Parking Structure and Public Gardens, Phase Two")
                                     : g_strdup_printf ("Project %u", i + 1);
      ChReportProject *project = ch_report_project_new (100 + i, name);
      g_autoptr(GPtrArray) lines = make_lines (i == 0 ? n_subs : 6);

      g_ptr_array_set_free_func (lines, NULL);
      for (guint k = 0; k < lines->len; k++)
        g_ptr_array_add (project->lines, g_ptr_array_index (lines, k));
      g_ptr_array_add (report->projects, project);
    }

  return report;
}

/* The text of one page, 1-based. */
static char *
dup_page (const char *text,
          guint       page)
{
  g_auto(GStrv) pages = g_strsplit (text, "\f", -1);

  g_assert_cmpuint (g_strv_length (pages), >=, page);

  return g_strdup (pages[page - 1]);
}

/* The overview, then one page for each project, then the details of the one that one page is too little for. */
static void
test_company (void)
{
  g_autoptr(ChComplianceReport) report = make_company (5, 200);
  g_autoptr(GBytes) pdf = draw_report (report);
  g_autofree char *text = dup_text (pdf);
  g_autofree char *overview = NULL;
  g_autofree char *last = NULL;

  if (text == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }
  overview = dup_page (text, 1);
  g_assert_nonnull (strstr (overview, "All projects"));
  g_assert_nonnull (strstr (overview, "9f86d081884c7d65"));
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *page = dup_page (text, 2 + i);
      g_autofree char *name = g_strdup_printf ("Project %u", i + 1);

      g_assert_nonnull (strstr (page, i == 1 ? "Old County Courthouse" : name));
    }
  last = dup_page (text, 2);
  g_assert_nonnull (strstr (last, "more subs:"));
  g_assert_nonnull (strstr (last, "page 7."));
  g_clear_pointer (&last, g_free);
  last = dup_page (text, 7);
  g_assert_nonnull (strstr (last, "Project 1"));
  g_assert_nonnull (strstr (text, "Keystone Trade 200 LLC"));
}

/* People are told that a project was closed out; programs get its name as it is. */
static void
test_closed_project (void)
{
  g_autoptr(ChComplianceReport) report = make_company (2, 1);
  g_autoptr(GBytes) pdf = NULL;
  g_autoptr(GBytes) csv = NULL;
  g_autofree char *text = NULL;
  g_autofree char *overview = NULL;
  g_autofree char *page = NULL;
  g_autofree char *other = NULL;

  ch_report_project_close (g_ptr_array_index (report->projects, 0));
  csv = ch_compliance_report_to_csv (report);
  g_assert_null (g_strstr_len (g_bytes_get_data (csv, NULL), (gssize)g_bytes_get_size (csv), "closed out"));
  pdf = draw_report (report);
  text = dup_text (pdf);
  if (text == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }
  overview = dup_page (text, 1);
  page = dup_page (text, 2);
  g_assert_nonnull (strstr (overview, "Project 1 (closed out)"));
  g_assert_nonnull (strstr (page, "Project 1 (closed out)"));
  other = dup_page (text, 3);
  g_assert_null (strstr (other, "closed out"));
}

static void
test_empty_company (void)
{
  g_autoptr(ChComplianceReport) report = make_company (0, 0);
  g_autoptr(GBytes) pdf = draw_report (report);
  g_autofree char *text = dup_text (pdf);

  if (text == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }
  g_assert_cmpuint (count_pages (text), ==, 1);
  g_assert_nonnull (strstr (text, "No project has subcontractors with insurance requirements."));
}

/* More projects than one page of overview has room for: each is still told on the page that the overview names. */
static void
test_many_projects (void)
{
  g_autoptr(ChComplianceReport) report = make_company (80, 6);
  g_autoptr(GBytes) pdf = draw_report (report);
  g_autofree char *text = dup_text (pdf);
  g_autofree char *second = NULL;
  guint n_overview = 1;

  if (text == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }
  second = dup_page (text, 2);
  while (strstr (second, "waiting for review") == NULL)
    {
      g_free (second);
      second = dup_page (text, ++n_overview + 1);
    }
  g_assert_cmpuint (n_overview, >=, 2);
  g_assert_cmpuint (count_pages (text), ==, n_overview + 80);
  g_clear_pointer (&second, g_free);
  second = dup_page (text, n_overview + 80);
  g_assert_nonnull (strstr (second, "Project 80"));
}

static void
test_csv (void)
{
  static const char * const traps[] = { "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\xef\xbc\x9d\x31+1" };
  g_autoptr(ChComplianceReport) report = make_report ();
  ChReportProject *project = ch_report_project_new (101, "=HYPERLINK(\"http://x\")");
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_finding_free);
  g_autoptr(GBytes) csv = NULL;
  const char *text;
  ChReportLine *line;

  g_ptr_array_add (findings, ch_finding_new ("general_liability.each_occurrence", "general_liability", CH_SEVERITY_FAIL,
                                             "1000000", "500000", NULL));
  g_ptr_array_add (findings, make_finding ("He said \"no\", twice;\nand left.", CH_SEVERITY_WARNING, TRUE));
  line = ch_report_line_new ("Keystone, LLC", CH_STATUS_NON_COMPLIANT, ch_date_new (2026, 12, 2), findings);
  line->sub_id = 201;
  line->requirements = g_strdup ("Standard subcontract, version 3 (company)");
  g_ptr_array_add (project->lines, line);
  for (guint i = 0; i < G_N_ELEMENTS (traps); i++)
    g_ptr_array_add (project->lines, ch_report_line_new (traps[i], CH_STATUS_COMPLIANT, CH_DATE_NONE, NULL));
  g_ptr_array_add (report->projects, project);

  csv = ch_compliance_report_to_csv (report);
  text = g_bytes_get_data (csv, NULL);
  g_assert_true (g_str_has_prefix (text, "\xef\xbb\xbf" "as_of,audit_entry,"));
  g_assert_nonnull (strstr (text, "\r\n\"2026-11-23T16:05:00-05\",\"1234\",\"9f86d0"));
  g_assert_nonnull (strstr (text, "\"'=HYPERLINK(\"\"http://x\"\")\",\"201\",\"Keystone, LLC\",\"non_compliant\","
                                  "\"non_compliant\",\"2026-12-02\",\"Standard subcontract, version 3 (company)\","
                                  "\"general_liability.each_occurrence\",\"fail\",\"no\",\"1000000\",\"500000\",\"General"));
  g_assert_nonnull (strstr (text, "\"yes\",,,\"He said \"\"no\"\", twice;\nand left.\"\r\n"));
  for (guint i = 0; i < G_N_ELEMENTS (traps); i++)
    {
      g_autofree char *safe = g_strconcat (",\"'", traps[i], "\",\"compliant\"", NULL);

      g_assert_nonnull (strstr (text, safe));
    }
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
  g_test_add_func ("/report/company", test_company);
  g_test_add_func ("/report/closed-project", test_closed_project);
  g_test_add_func ("/report/empty-company", test_empty_company);
  g_test_add_func ("/report/many-projects", test_many_projects);
  g_test_add_func ("/report/csv-runs-nothing", test_csv);

  return g_test_run ();
}
