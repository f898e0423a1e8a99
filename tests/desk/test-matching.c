#include "config.h"

#include <string.h>

#include "ch-matching.h"
#include "ch-store-matches.h"
#include "desk-fixture.h"

/* Whose a certificate is: precision first. data/name-pairs.txt is the labelled set. */

enum {
  PAIR_EXPECTED,
  PAIR_LEGAL_NAME,
  PAIR_NAME,
  PAIR_TRADE_NAME,
  PAIR_STREET,
  PAIR_ZIP,
  PAIR_EMAIL,
  PAIR_INSURED,
  PAIR_ADDRESS,
  N_PAIR_COLUMNS,
};

static char *
dup_column (char **columns,
            guint  column)
{
  return columns[column][0] != '\0' ? g_strdup (columns[column]) : NULL;
}

static void
put_vendor (Fixture  *fixture,
            ChVendor *vendor)
{
  g_autoptr(GError) error = NULL;
  gboolean changed;

  fixture_begin (fixture);
  ch_store_put_vendor (fixture->store, vendor, &changed, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
}

static ChVendor *
make_vendor (gint64      id,
             const char *name)
{
  ChVendor *vendor = ch_vendor_new ();

  vendor->id = id;
  vendor->name = g_strdup (name);
  vendor->legal_name = g_strdup (name);
  vendor->is_active = TRUE;

  return vendor;
}

static void
put_pair (Fixture  *fixture,
          char    **columns)
{
  g_autoptr(ChVendor) vendor = ch_vendor_new ();

  vendor->id = SUB;
  vendor->legal_name = dup_column (columns, PAIR_LEGAL_NAME);
  vendor->name = dup_column (columns, PAIR_NAME);
  vendor->trade_name = dup_column (columns, PAIR_TRADE_NAME);
  vendor->address = dup_column (columns, PAIR_STREET);
  vendor->zip = dup_column (columns, PAIR_ZIP);
  vendor->email_address = dup_column (columns, PAIR_EMAIL);
  vendor->is_active = TRUE;
  put_vendor (fixture, vendor);
}

static GPtrArray *
match (Fixture             *fixture,
       const ChCertificate *certificate)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *matches = ch_match_certificate (fixture->store, certificate, &error);

  g_assert_no_error (error);

  return matches;
}

static void
test_labelled_names (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autofree char *path = g_build_filename (g_getenv ("CERTHOLDER_SOURCE_DIR"), "tests", "desk", "data",
                                            "name-pairs.txt", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  guint n_same = 0, n_certain = 0, n_wrong = 0, n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) columns = g_strsplit (lines[i], "|", -1);
      g_autoptr(ChCertificate) certificate = ch_certificate_new ();
      g_autoptr(GPtrArray) matches = NULL;
      gboolean is_certain;

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      g_assert_cmpuint (g_strv_length (columns), ==, N_PAIR_COLUMNS);
      put_pair (fixture, columns);
      certificate->insured_name = dup_column (columns, PAIR_INSURED);
      certificate->insured_address = dup_column (columns, PAIR_ADDRESS);
      matches = match (fixture, certificate);
      is_certain = ch_match_get_certain (matches) != NULL;
      if (matches->len > 0)
        g_test_message ("%s %.3f %s | %s", is_certain ? "yes" : "-  ", ((ChMatch *)g_ptr_array_index (matches, 0))->score,
                        ((ChMatch *)g_ptr_array_index (matches, 0))->reason, lines[i]);
      else
        g_test_message ("none  | %s", lines[i]);

      n++;
      n_same += g_str_equal (columns[PAIR_EXPECTED], "yes");
      n_certain += is_certain;
      n_wrong += is_certain != g_str_equal (columns[PAIR_EXPECTED], "yes");
      if (g_str_equal (columns[PAIR_EXPECTED], "ask"))
        g_assert_cmpuint (matches->len, ==, 1);
      if (is_certain != g_str_equal (columns[PAIR_EXPECTED], "yes"))
        g_test_fail_printf ("line %u: %s", i + 1, lines[i]);
    }
  g_test_message ("%u pairs, %u the same, %u taken for certain, %u wrong", n, n_same, n_certain, n_wrong);
  g_assert_cmpuint (n, >, 80);
}

static void
assert_certain (Fixture             *fixture,
                const ChCertificate *certificate,
                gint64               vendor_id,
                const char          *reasons)
{
  g_autoptr(GPtrArray) matches = match (fixture, certificate);
  const ChMatch *certain = ch_match_get_certain (matches);
  g_autofree char *words = certain != NULL ? ch_match_reasons_to_string (certain->reasons) : NULL;

  g_assert_cmpint (certain != NULL ? certain->vendor_id : 0, ==, vendor_id);
  g_assert_cmpstr (words, ==, reasons);
}

/* Two subs of one name: only what tells them apart decides, else a person does. */
static void
test_twins_are_told_apart (Fixture       *fixture,
                           gconstpointer  user_data)
{
  g_autoptr(ChVendor) portland = make_vendor (301, "Precision Plumbing Inc");
  g_autoptr(ChVendor) boise = make_vendor (302, "Precision Plumbing Inc");
  g_autoptr(ChCertificate) certificate = make_certificate ("Precision Plumbing, Inc.", "2026-01-05", "PP-10-2026",
                                                           "2026-01-01", "2027-01-01", 1000000);

  portland->address = g_strdup ("1200 Main St");
  portland->city = g_strdup ("Portland");
  portland->state_code = g_strdup ("OR");
  portland->zip = g_strdup ("97201");
  portland->email_address = g_strdup ("office@precision-portland.example");
  boise->city = g_strdup ("Boise");
  boise->state_code = g_strdup ("ID");
  boise->email_address = g_strdup ("office@precision-boise.example");
  put_vendor (fixture, portland);
  put_vendor (fixture, boise);
  fixture_put_on (fixture, 302, PROJECT_2, 0);

  assert_certain (fixture, certificate, 0, NULL);
  certificate->insured_address = g_strdup ("1200 Main St\nPortland, OR 97201");
  assert_certain (fixture, certificate, 301, "legal_name,address");
  g_free (certificate->insured_address);
  certificate->insured_address = g_strdup ("99 Other St\nPortland, OR 97201");
  assert_certain (fixture, certificate, 301, "legal_name,town");
  g_free (certificate->insured_address);
  certificate->insured_address = g_strdup ("400 State St\nBoise, ID 83702");
  assert_certain (fixture, certificate, 302, "legal_name,town");
  g_clear_pointer (&certificate->insured_address, g_free);

  certificate->producer_email = g_strdup ("pat@precision-boise.example");
  assert_certain (fixture, certificate, 302, "legal_name,email_domain");
  g_clear_pointer (&certificate->producer_email, g_free);

  certificate->description_of_operations = g_strdup ("RE: Harbor School, all operations");
  assert_certain (fixture, certificate, 302, "legal_name,named_project");
}

/* What a person once said of an insured, and of a policy, is remembered. */
static void
test_earlier_certificates_tell (Fixture       *fixture,
                                gconstpointer  user_data)
{
  g_autoptr(ChCertificate) first = make_certificate ("Volt Holdings LLC", "2025-01-05", "VH-77-2025", "2025-01-01",
                                                     "2026-01-01", 1000000);
  g_autoptr(ChCertificate) later = make_certificate ("VOLT HOLDINGS, LLC", "2026-01-05", "VH-78-2026", "2026-01-01",
                                                     "2027-01-01", 1000000);
  g_autoptr(ChCertificate) same_policy = make_certificate ("Keystone Elektric Co", "2025-06-01", "VH 77 2025",
                                                           "2025-01-01", "2026-01-01", 1000000);
  g_autoptr(ChCertificate) stranger = make_certificate ("Nobody We Know", "2025-06-01", "VH-77-2025", "2025-01-01",
                                                        "2026-01-01", 1000000);
  g_autoptr(GPtrArray) proposals = NULL;
  gint64 id;
  g_autoptr(GError) error = NULL;

  assert_certain (fixture, first, 0, NULL);
  id = fixture_file (fixture, first, SUB, FALSE);
  assert_certain (fixture, later, 0, NULL);   /* nobody has confirmed it yet */
  g_assert_true (ch_desk_review_certificate (fixture->desk, id, CH_REVIEW_APPROVED, NULL, NULL, &error));
  assert_certain (fixture, later, SUB, "earlier_name");
  assert_certain (fixture, same_policy, SUB, "similar_name,earlier_policy");
  assert_certain (fixture, stranger, 0, NULL);   /* a number alone is not enough */
  proposals = match (fixture, stranger);
  g_assert_cmpuint (proposals->len, ==, 1);
}

static void
test_near_ones_are_left_to_a_person (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  g_autoptr(ChVendor) legal = make_vendor (301, "Rosario Plumbing LLC");
  g_autoptr(ChVendor) trade = make_vendor (302, "Rosario Heating LLC");
  g_autoptr(ChCertificate) certificate = make_certificate ("Rosario Plumbing LLC dba Rooter King", "2026-01-05", "1",
                                                           "2026-01-01", "2027-01-01", 1);
  g_autoptr(GPtrArray) matches = NULL;
  const ChMatch *first;

  trade->trade_name = g_strdup ("Rooter King");
  put_vendor (fixture, legal);
  put_vendor (fixture, trade);
  matches = match (fixture, certificate);
  g_assert_null (ch_match_get_certain (matches));
  g_assert_cmpuint (matches->len, ==, 2);
  first = g_ptr_array_index (matches, 0);
  g_assert_cmpint (first->vendor_id, ==, 301);
  g_assert_cmpstr (first->vendor_name, ==, "Rosario Plumbing LLC");
  g_assert_cmpstr (first->reason, ==, "same legal name");
}

static void
test_inactive_subs_are_only_proposed (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autoptr(ChVendor) vendor = make_vendor (301, "Dormant Concrete LLC");
  g_autoptr(ChCertificate) certificate = make_certificate ("Dormant Concrete LLC", "2026-01-05", "1", "2026-01-01",
                                                           "2027-01-01", 1);
  g_autoptr(GPtrArray) matches = NULL;

  vendor->is_active = FALSE;
  put_vendor (fixture, vendor);
  matches = match (fixture, certificate);
  g_assert_cmpuint (matches->len, ==, 1);
  g_assert_null (ch_match_get_certain (matches));
}

static void
put_project (Fixture    *fixture,
             gint64      id,
             const char *name,
             const char *number,
             const char *address)
{
  g_autoptr(ChProject) project = ch_project_new ();
  g_autoptr(GError) error = NULL;
  gboolean changed;

  project->id = id;
  project->name = g_strdup (name);
  project->project_number = g_strdup (number);
  project->address = g_strdup (address);
  project->active = TRUE;
  fixture_begin (fixture);
  ch_store_put_project (fixture->store, project, &changed, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
}

static void
test_projects_are_found_in_the_description (Fixture       *fixture,
                                            gconstpointer  user_data)
{
  static const struct {
    const char *text;
    gint64      first;      /* 0: none */
    const char *reasons;
    guint       n;
  } cases[] = {
    { "RE: RIVERSIDE TOWER. Certificate holder is additional insured.", PROJECT, "project_name", 1 },
    { "Project: Riverwalk Phase 2", 402, "project_name", 1 },
    { "Riverwalk improvements", 401, "project_name", 1 },
    { "Job No. 22-117", 403, "project_number", 1 },
    { "Water Treatment Plant Upgrade, project #22-117", 403, "project_name,project_number", 1 },
    { "Work at 1410 NW Harbor St.", 404, "project_address", 1 },
    { "Job #7 and nothing else", 405, "project_number", 1 },
    { "7 days notice of cancellation", 0, NULL, 0 },
    { "All operations of the named insured", 0, NULL, 0 },
    { "Riverside Tower and Harbor School", PROJECT, "project_name", 2 },
    { "Riverside Towers", 0, NULL, 0 },
    { NULL, 0, NULL, 0 },
  };

  put_project (fixture, 401, "Riverwalk", NULL, NULL);
  put_project (fixture, 402, "Riverwalk Phase II", NULL, NULL);
  put_project (fixture, 403, "22-117 Water Treatment Plant Upgrade (Phase 1)", "22-117", NULL);
  put_project (fixture, 404, "Lofts", NULL, "1410 NW Harbor St");
  put_project (fixture, 405, "Annex", "7", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(ChCertificate) certificate = ch_certificate_new ();
      g_autoptr(GPtrArray) projects = NULL;
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", cases[i].text);
      certificate->description_of_operations = g_strdup (cases[i].text);
      projects = ch_match_projects (fixture->store, certificate, 0, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (projects->len, ==, cases[i].n);
      if (cases[i].n > 0)
        {
          const ChMatch *first = g_ptr_array_index (projects, 0);
          g_autofree char *words = ch_match_reasons_to_string (first->reasons);

          g_assert_cmpint (first->project_id, ==, cases[i].first);
          g_assert_cmpstr (words, ==, cases[i].reasons);
        }
    }
}

static void
test_projects_of_the_sub_come_first (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = ch_certificate_new ();
  g_autoptr(GPtrArray) projects = NULL;
  g_autoptr(GError) error = NULL;
  const ChMatch *other;

  put_project (fixture, 90, "Alder Commons", NULL, NULL);
  certificate->description_of_operations = g_strdup ("Alder Commons; Harbor School");
  projects = ch_match_projects (fixture->store, certificate, SUB, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (projects->len, ==, 2);
  g_assert_cmpint (((ChMatch *)g_ptr_array_index (projects, 0))->project_id, ==, PROJECT_2);
  other = g_ptr_array_index (projects, 1);
  g_assert_cmpint (other->project_id, ==, 90);
  g_assert_true (other->reasons & CH_MATCH_OTHER_PROJECT);
}

static void
test_proposals_are_kept_with_their_reasons (Fixture       *fixture,
                                            gconstpointer  user_data)
{
  g_autoptr(ChVendor) twin = make_vendor (SUB_2, "Keystone Electric LLC");
  g_autoptr(ChCertificate) certificate = make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100", "2026-01-01",
                                                           "2027-01-01", 1000000);
  g_autoptr(GPtrArray) kept = NULL;
  g_autoptr(ChFiledCertificate) filed = NULL;
  g_autoptr(GError) error = NULL;
  const ChMatch *match;
  gint64 id;

  put_vendor (fixture, twin);
  certificate->description_of_operations = g_strdup ("Re: Riverside Tower");
  fixture_put_on (fixture, SUB_2, PROJECT, 0);
  id = fixture_file (fixture, certificate, 0, TRUE);
  filed = ch_store_get_certificate (fixture->store, id, &error);
  g_assert_cmpint (filed->vendor_id, ==, 0);
  g_assert_cmpint (filed->review, ==, CH_REVIEW_PENDING);
  kept = ch_match_list_kept (fixture->store, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept->len, ==, 3);
  match = g_ptr_array_index (kept, 0);
  g_assert_cmpint (match->vendor_id, ==, SUB);
  g_assert_cmpfloat (match->score, ==, 1.0);
  g_assert_cmpstr (match->reason, ==, "same legal name, works on the project that it names");
  match = g_ptr_array_index (kept, 2);
  g_assert_cmpint (match->project_id, ==, PROJECT);
  g_assert_cmpstr (match->vendor_name, ==, "Riverside Tower");
}

static GPtrArray *
file (Fixture       *fixture,
      const char    *bytes,
      ChCertificate *certificate,
      guint          n_pages,
      gint64         vendor_id)
{
  g_autoptr(GBytes) content = g_bytes_new (bytes, strlen (bytes));
  g_autofree char *sha256 = NULL;
  g_autoptr(GPtrArray) certificates = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  ChReading reading = { certificates, n_pages, 0.99 };
  ChFiling filing = { "coi.pdf", NULL, vendor_id, NULL, FALSE };
  GPtrArray *filed;

  sha256 = ch_store_put_document (fixture->store, content, &error);
  g_assert_no_error (error);
  filing.sha256 = sha256;
  g_ptr_array_add (certificates, certificate);
  filed = ch_desk_file_document (fixture->desk, &filing, &reading, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (filed->len, ==, 1);

  return filed;
}

static void
test_duplicates_are_recognised (Fixture       *fixture,
                                gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100", "2026-01-01",
                                                           "2027-01-01", 1000000);
  g_autoptr(ChCertificate) printed = make_certificate ("KEYSTONE  ELECTRIC LLC", "2026-01-05", "gl 100", "2026-01-01",
                                                       "2027-01-01", 1000000);
  g_autoptr(ChCertificate) corrected = make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100", "2026-01-01",
                                                         "2027-01-01", 2000000);
  static const struct {
    const char  *bytes;
    guint        which;
    guint        n_pages;
    gint64       vendor_id;
    ChDuplicate  duplicate;
    gboolean     is_new;
  } cases[] = {
    { "%PDF one", 0, 1, 0, CH_DUPLICATE_NONE, TRUE },
    { "%PDF one", 0, 1, 0, CH_DUPLICATE_DOCUMENT, FALSE },
    { "%PDF two", 1, 1, 0, CH_DUPLICATE_CONTENT, FALSE },
    { "%PDF two", 1, 1, 0, CH_DUPLICATE_DOCUMENT, FALSE },
    { "%PDF three", 0, 5, 0, CH_DUPLICATE_NONE, TRUE },      /* four pages more may say more */
    { "%PDF four", 0, 1, SUB_2, CH_DUPLICATE_NONE, TRUE },   /* a person says that it is another sub's */
    { "%PDF five", 2, 1, 0, CH_DUPLICATE_NONE, TRUE },
  };
  ChCertificate *certificates[] = { certificate, printed, corrected };
  g_autoptr(GPtrArray) copies = NULL;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GError) error = NULL;
  gint64 first = 0;

  fixture_put_vendor (fixture, SUB_2, "Other Electric LLC");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) filed = file (fixture, cases[i].bytes, certificates[cases[i].which], cases[i].n_pages,
                                         cases[i].vendor_id);
      const ChFiledCertificate *one = g_ptr_array_index (filed, 0);

      g_test_message ("%s", cases[i].bytes);
      g_assert_cmpint (one->duplicate, ==, cases[i].duplicate);
      if (i == 0)
        first = one->id;
      if (cases[i].is_new)
        g_assert_true (i == 0 || one->id != first);
      else
        g_assert_cmpint (one->id, ==, first);
    }
  copies = ch_store_list_certificate_copies (fixture->store, first, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (copies->len, ==, 1);
  all = ch_store_list_certificates (fixture->store, 0, FALSE, &error);
  g_assert_cmpuint (all->len, ==, 4);
  g_assert_cmpuint (fixture_count_events (fixture, "certificate.duplicate"), ==, 1);
}

/* Next to nothing was read of either: that they look alike says nothing. */
static void
test_little_content_is_no_duplicate (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  g_autoptr(ChCertificate) empty = ch_certificate_new ();
  g_autoptr(GPtrArray) first = NULL;
  g_autoptr(GPtrArray) second = NULL;

  empty->insured_name = g_strdup ("Keystone Electric LLC");
  first = file (fixture, "%PDF one", empty, 1, 0);
  second = file (fixture, "%PDF two", empty, 1, 0);
  g_assert_cmpint (((ChFiledCertificate *)g_ptr_array_index (second, 0))->duplicate, ==, CH_DUPLICATE_NONE);
}

/* A certificate came before its sub was in the directory. */
static void
test_waiting_certificates_find_their_sub (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_certificate ("Late Arrival Inc", "2026-01-05", "GL-100", "2026-01-01",
                                                           "2027-01-01", 1000000);
  g_autoptr(ChFiledCertificate) filed = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id = fixture_file (fixture, certificate, 0, FALSE);
  guint n;

  g_assert_true (ch_desk_match_waiting (fixture->desk, &n, &error));
  g_assert_cmpuint (n, ==, 0);
  fixture_put_vendor (fixture, SUB_2, "Late Arrival, Inc.");
  g_assert_true (ch_desk_match_waiting (fixture->desk, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  filed = ch_store_get_certificate (fixture->store, id, &error);
  g_assert_cmpint (filed->vendor_id, ==, SUB_2);
  g_assert_cmpstr (filed->matched_by, ==, "same legal name");
  g_assert_cmpuint (fixture_count_events (fixture, "certificate.matched"), ==, 1);
  g_assert_true (ch_desk_match_waiting (fixture->desk, &n, &error));
  g_assert_cmpuint (n, ==, 0);

  /* what a person says to be nobody's stays so */
  g_assert_true (ch_desk_assign_certificate (fixture->desk, id, 0, NULL, &error));
  g_assert_true (ch_desk_match_waiting (fixture->desk, &n, &error));
  g_assert_cmpuint (n, ==, 0);
}

/* One decision of a person places the others with the same insured. */
static void
test_a_decision_teaches (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_autoptr(ChCertificate) first = make_certificate ("Volt Holdings LLC", "2025-01-05", "VH-1", "2025-01-01",
                                                     "2026-01-01", 1000000);
  g_autoptr(ChCertificate) second = make_certificate ("Volt Holdings, LLC", "2026-01-05", "VH-2", "2026-01-01",
                                                      "2027-01-01", 1000000);
  g_autoptr(ChFiledCertificate) filed = NULL;
  g_autoptr(GError) error = NULL;
  gint64 one = fixture_file (fixture, first, 0, FALSE);
  gint64 two = fixture_file (fixture, second, 0, FALSE);

  g_assert_true (ch_desk_assign_certificate (fixture->desk, one, SUB, NULL, &error));
  g_assert_true (ch_desk_review_certificate (fixture->desk, one, CH_REVIEW_APPROVED, NULL, NULL, &error));
  filed = ch_store_get_certificate (fixture->store, two, &error);
  g_assert_cmpint (filed->vendor_id, ==, SUB);
  g_assert_cmpint (filed->review, ==, CH_REVIEW_PENDING);
}

/* A desk keeps the directory in memory; it must not answer from an old one. */
static void
test_changes_of_the_directory_are_seen (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr(ChStore) other = NULL;
  g_autoptr(ChCertificate) certificate = make_certificate ("Fresh Paint LLC", "2026-01-05", "GL-1", "2026-01-01",
                                                           "2027-01-01", 1000000);
  g_autoptr(ChCertificate) second = make_certificate ("Other Paint LLC", "2026-01-05", "GL-2", "2026-01-01",
                                                      "2027-01-01", 1000000);
  g_autoptr(ChVendor) vendor = make_vendor (301, "Fresh Paint LLC");
  g_autoptr(ChVendor) late = make_vendor (302, "Other Paint LLC");
  g_autoptr(GPtrArray) before = file (fixture, "%PDF one", certificate, 1, 0);
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(GPtrArray) through_another = NULL;
  g_autoptr(GError) error = NULL;
  gboolean changed;

  g_assert_cmpint (((ChFiledCertificate *)g_ptr_array_index (before, 0))->vendor_id, ==, 0);
  put_vendor (fixture, vendor);
  certificate->date++;
  after = file (fixture, "%PDF two", certificate, 1, 0);
  g_assert_cmpint (((ChFiledCertificate *)g_ptr_array_index (after, 0))->vendor_id, ==, 301);

  other = ch_store_open (fixture->dir, NULL, &error);
  g_assert_true (ch_store_begin (other, "sync", 1, &error));
  g_assert_true (ch_store_put_vendor (other, late, &changed, &error));
  g_assert_true (ch_store_commit (other, &error));
  ch_store_close (other);
  through_another = file (fixture, "%PDF three", second, 1, 0);
  g_assert_cmpint (((ChFiledCertificate *)g_ptr_array_index (through_another, 0))->vendor_id, ==, 302);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/desk/matching/labelled-names", test_labelled_names);
  ADD ("/desk/matching/twins-are-told-apart", test_twins_are_told_apart);
  ADD ("/desk/matching/earlier-certificates-tell", test_earlier_certificates_tell);
  ADD ("/desk/matching/near-ones-are-left-to-a-person", test_near_ones_are_left_to_a_person);
  ADD ("/desk/matching/inactive-subs-are-only-proposed", test_inactive_subs_are_only_proposed);
  ADD ("/desk/matching/projects-in-the-description", test_projects_are_found_in_the_description);
  ADD ("/desk/matching/projects-of-the-sub-come-first", test_projects_of_the_sub_come_first);
  ADD ("/desk/matching/proposals-are-kept", test_proposals_are_kept_with_their_reasons);
  ADD ("/desk/matching/duplicates-are-recognised", test_duplicates_are_recognised);
  ADD ("/desk/matching/little-content-is-no-duplicate", test_little_content_is_no_duplicate);
  ADD ("/desk/matching/waiting-find-their-sub", test_waiting_certificates_find_their_sub);
  ADD ("/desk/matching/decision-teaches", test_a_decision_teaches);
  ADD ("/desk/matching/changes-of-the-directory-are-seen", test_changes_of_the_directory_are_seen);

  return g_test_run ();
}
