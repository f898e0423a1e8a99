#include "config.h"

#include "sync-fixture.h"

#include <string.h>
#include <unistd.h>

/*
 * What people put into "Insurance certificates/Inbox" of a project. The reader is a stand-in: the paper's second line is
 * whom it insures; what a real one reads of real papers has tests of its own.
 */

static guint n_read;

static ChCertificate *
make_certificate (const char *insured)
{
  ChCertificate *certificate = ch_certificate_new ();
  ChPolicy *policy = ch_policy_new ();

  certificate->insured_name = g_strdup (insured);
  certificate->date = ch_date_from_iso ("2026-02-05");
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", "Granite Mutual", "12345"));
  policy->coverage = CH_COVERAGE_GENERAL_LIABILITY;
  policy->insurer = g_strdup ("A");
  policy->policy_number = g_strdup_printf ("GL-%s", insured);
  policy->effective = ch_date_from_iso ("2026-01-01");
  policy->expiration = ch_date_from_iso ("2027-01-01");
  policy->basis = CH_BASIS_OCCURRENCE;
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 1000000;
  g_ptr_array_add (certificate->policies, policy);
  return certificate;
}

/* One certificate for each line after the first. */
static ChReading *
read_paper (int           fd,
            GCancellable *cancellable,
            gpointer      user_data,
            GError      **error)
{
  char text[512] = "";
  g_auto (GStrv) lines = NULL;
  ChReading *reading;
  guint i;

  n_read++;
  g_assert_cmpint (pread (fd, text, sizeof text - 1, 0), >=, 0);
  lines = g_strsplit (text, "\n", -1);
  if (!g_str_has_prefix (text, "%PDF-"))
    {
      g_set_error_literal (error, CH_READER_ERROR, CH_READER_ERROR_NOT_PDF, "This is neither a PDF nor a picture.");
      return NULL;
    }
  if (g_strv_length (lines) < 2)
    {
      g_set_error_literal (error, CH_READER_ERROR, CH_READER_ERROR_ENCRYPTED, "It needs a password.");
      return NULL;
    }
  reading = g_new0 (ChReading, 1);
  reading->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_certificate_free);
  for (i = 1; lines[i] != NULL; i++)
    g_ptr_array_add (reading->certificates, make_certificate (lines[i]));
  reading->n_pages = 1;
  reading->confidence = 0.99;
  return reading;
}

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  fixture_set_up (fixture, user_data);
  ch_session_set_read_func (fixture->session, read_paper, NULL);
  n_read = 0;
  fixture_sync_to_rest (fixture);
  fixture_sync_to_rest (fixture);
}

static JsonObject *
find_by_id (JsonArray *records,
            gint64     id)
{
  guint i;

  for (i = 0; i < json_array_get_length (records); i++)
    {
      JsonObject *record = json_array_get_object_element (records, i);

      if (get_id (record, "id") == id)
        return record;
    }
  return NULL;
}

static gint64
put (Fixture    *fixture,
     const char *name,
     const char *paper)
{
  g_autofree char *content = g_base64_encode ((const guchar *) paper, strlen (paper));
  g_autoptr (JsonNode) answer
    = fixture_call (fixture, "POST", "/sandbox/files",
                    "{\"project_id\":%" G_GINT64_FORMAT ",\"folder\":\"Insurance certificates/Inbox\",\"name\":\"%s\",\"content\":\"%s\"}",
                    fixture->project_ids[0], name, content);

  return get_id (json_node_get_object (answer), "id");
}

static void
edit_file (Fixture    *fixture,
           gint64      id,
           const char *body)
{
  g_autofree char *path = g_strdup_printf ("/sandbox/files/%" G_GINT64_FORMAT, id);

  json_node_unref (fixture_call (fixture, "POST", path, "%s", body));
}

static void
check_file (Fixture    *fixture,
            gint64      id,
            const char *folder_name,
            const char *description)
{
  g_autoptr (JsonArray) files = fixture_list (fixture, "files");
  g_autoptr (JsonArray) folders = fixture_list (fixture, "folders");
  JsonObject *file = find_by_id (files, id);

  g_assert_cmpstr (get_text (find_by_id (folders, get_id (file, "parent_id")), "name"), ==, folder_name);
  g_assert_true (get_text (file, "description") != NULL
                 && g_pattern_match_simple (description, get_text (file, "description")));
}

/* Of those not in the recycle bin, in a folder. */
static guint
count_files (Fixture    *fixture,
             const char *folder_name)
{
  g_autoptr (JsonArray) files = fixture_list (fixture, "files");
  g_autoptr (JsonArray) folders = fixture_list (fixture, "folders");
  guint n = 0;
  guint i;

  for (i = 0; i < json_array_get_length (files); i++)
    {
      JsonObject *file = json_array_get_object_element (files, i);
      JsonObject *folder = find_by_id (folders, get_id (file, "parent_id"));

      n += !json_object_get_boolean_member_with_default (file, "is_deleted", FALSE)
           && get_id (file, "_project_id") == fixture->project_ids[0] && g_strcmp0 (get_text (folder, "name"), folder_name) == 0;
    }
  return n;
}

static ChFiledCertificate *
get_only_certificate (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = ch_store_list_certificates (fixture->store, 0, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 1);
  return g_ptr_array_steal_index (all, 0);
}

static void
test_inbox_is_made_once (Fixture      *fixture,
                         gconstpointer user_data)
{
  g_autoptr (JsonArray) folders = fixture_list (fixture, "folders");
  g_autoptr (JsonArray) after = NULL;
  gint64 inbox_id = 0;
  g_autofree char *path = NULL;
  guint n = 0;
  guint i;

  for (i = 0; i < json_array_get_length (folders); i++)
    {
      JsonObject *folder = json_array_get_object_element (folders, i);

      if (g_strcmp0 (get_text (folder, "name"), "Inbox") != 0)
        continue;
      n++;
      inbox_id = get_id (folder, "id");
    }
  g_assert_cmpuint (n, ==, 2);      /* one in each project */

  path = g_strdup_printf ("/sandbox/folders/%" G_GINT64_FORMAT, inbox_id);
  json_node_unref (fixture_call (fixture, "POST", path, "{\"is_deleted\":true}"));
  fixture_sync_to_rest (fixture);
  after = fixture_list (fixture, "folders");
  g_assert_cmpuint (json_array_get_length (after), ==, json_array_get_length (folders));
}

static void
test_matched_file_goes_to_its_sub (Fixture      *fixture,
                                   gconstpointer user_data)
{
  gint64 id = put (fixture, "scan.pdf", "%PDF-1.4\nKeystone Electric LLC");
  g_autoptr (ChFiledCertificate) filed = NULL;
  g_autoptr (GError) error = NULL;

  fixture_sync_to_rest (fixture);
  filed = get_only_certificate (fixture);
  g_assert_cmpint (filed->vendor_id, ==, fixture->vendor_ids[0]);
  g_assert_cmpstr (filed->file_name, ==, "scan.pdf");
  check_file (fixture, id, "Keystone Electric LLC", "Certholder sha256:*");

  /* Approved, it is published: the same file, not one beside it. */
  g_assert_true (ch_desk_review_certificate (fixture->desk, filed->id, CH_REVIEW_APPROVED, NULL, NULL, &error));
  fixture_sync_to_rest (fixture);
  g_assert_cmpuint (count_files (fixture, "Keystone Electric LLC"), ==, 1);
  check_file (fixture, id, "Keystone Electric LLC", "Certholder *-* sha256:*");
  fixture_check_rest (fixture);
  g_assert_cmpuint (n_read, ==, 1);
}

static void
test_unknown_sub_stays_till_the_desk_decides (Fixture      *fixture,
                                              gconstpointer user_data)
{
  gint64 id = put (fixture, "scan.pdf", "%PDF-1.4\nNobody Whom We Know Inc");
  g_autoptr (ChFiledCertificate) filed = NULL;
  g_autoptr (GError) error = NULL;
  guint n_writes;

  fixture_sync_to_rest (fixture);
  filed = get_only_certificate (fixture);
  g_assert_cmpint (filed->vendor_id, ==, 0);
  check_file (fixture, id, "Inbox", "Certholder: *Nobody Whom We Know Inc*");

  n_writes = fixture_count_writes (fixture);
  fixture_sync_to_rest (fixture);
  g_assert_cmpuint (fixture_count_writes (fixture), ==, n_writes);
  g_assert_cmpuint (n_read, ==, 1);

  g_assert_true (ch_desk_assign_certificate (fixture->desk, filed->id, fixture->vendor_ids[1], NULL, &error));
  fixture_sync_to_rest (fixture);
  check_file (fixture, id, "Beacon Roofing Inc", "Certholder sha256:*");
}

static void
test_persons_description_stays (Fixture      *fixture,
                                gconstpointer user_data)
{
  gint64 matched = put (fixture, "a.pdf", "%PDF-1.4\nKeystone Electric LLC");
  gint64 unknown = put (fixture, "b.pdf", "%PDF-1.4\nNobody Whom We Know Inc");

  edit_file (fixture, matched, "{\"description\":\"For the garage\"}");
  edit_file (fixture, unknown, "{\"description\":\"Found on the desk\\nof the foreman\"}");
  fixture_sync_to_rest (fixture);
  check_file (fixture, matched, "Keystone Electric LLC", "Certholder sha256:*\nFor the garage");
  check_file (fixture, unknown, "Inbox", "Certholder: *\nFound on the desk\nof the foreman");
}

static void
test_what_is_no_document_says_so (Fixture      *fixture,
                                  gconstpointer user_data)
{
  gint64 id = put (fixture, "letter.docx", "PK something");
  g_autoptr (GPtrArray) all = NULL;

  fixture_sync_to_rest (fixture);
  check_file (fixture, id, "Inbox", "Certholder: This is neither a PDF nor a picture.");
  all = ch_store_list_certificates (fixture->store, 0, FALSE, NULL);
  g_assert_cmpuint (all->len, ==, 0);
  fixture_sync_to_rest (fixture);
  g_assert_cmpuint (n_read, ==, 1);
}

static void
test_unreadable_file_is_filed_for_a_person (Fixture      *fixture,
                                            gconstpointer user_data)
{
  gint64 id = put (fixture, "locked.pdf", "%PDF-1.4");
  g_autoptr (ChFiledCertificate) filed = NULL;

  fixture_sync_to_rest (fixture);
  filed = get_only_certificate (fixture);
  g_assert_cmpstr (filed->read_problem, ==, "It needs a password.");
  check_file (fixture, id, "Inbox", "Certholder: *It needs a password.*");
}

static void
test_certificates_of_two_subs_stay (Fixture      *fixture,
                                    gconstpointer user_data)
{
  gint64 id = put (fixture, "both.pdf", "%PDF-1.4\nKeystone Electric LLC\nBeacon Roofing Inc");

  fixture_sync_to_rest (fixture);
  check_file (fixture, id, "Inbox", "Certholder: *several subs*");
}

/* Nothing that stands in the sub's folder is written over. */
static void
test_taken_name_gets_a_number (Fixture      *fixture,
                               gconstpointer user_data)
{
  gint64 first = put (fixture, "scan.pdf", "%PDF-1.4 1\nKeystone Electric LLC");
  gint64 second;

  fixture_sync_to_rest (fixture);
  second = put (fixture, "scan.pdf", "%PDF-1.4 2\nKeystone Electric LLC");
  fixture_sync_to_rest (fixture);
  check_file (fixture, first, "Keystone Electric LLC", "Certholder *");
  check_file (fixture, second, "Keystone Electric LLC", "Certholder *");
  g_assert_cmpuint (count_files (fixture, "Keystone Electric LLC"), ==, 2);
}

static void
test_known_bytes_are_not_read_again (Fixture      *fixture,
                                     gconstpointer user_data)
{
  gint64 first = put (fixture, "one.pdf", "%PDF-1.4\nKeystone Electric LLC");
  gint64 second;
  g_autoptr (ChFiledCertificate) filed = NULL;

  fixture_sync_to_rest (fixture);
  second = put (fixture, "two.pdf", "%PDF-1.4\nKeystone Electric LLC");
  fixture_sync_to_rest (fixture);
  filed = get_only_certificate (fixture);
  check_file (fixture, first, "Keystone Electric LLC", "Certholder *");
  check_file (fixture, second, "Keystone Electric LLC", "Certholder *");
  g_assert_cmpuint (n_read, ==, 1);
}

/* One that can't be fetched now does not hold up the others, and is fetched later. */
static void
test_trouble_with_one_holds_up_no_other (Fixture      *fixture,
                                         gconstpointer user_data)
{
  gint64 first = put (fixture, "a.pdf", "%PDF-1.4 a\nKeystone Electric LLC");
  gint64 second = put (fixture, "b.pdf", "%PDF-1.4 b\nBeacon Roofing Inc");
  g_autoptr (ChRoundSummary) summary = NULL;
  g_autoptr (JsonArray) files = NULL;

  fixture_add_fault (fixture, "{\"kind\":\"status\",\"status\":500,\"method\":\"GET\",\"path\":\"/storage/*\",\"count\":1}");
  summary = fixture_sync (fixture);
  g_assert_cmpuint (summary->problems->len, ==, 1);
  files = fixture_list (fixture, "files");
  g_assert_null (get_text (find_by_id (files, first), "description"));
  check_file (fixture, second, "Beacon Roofing Inc", "Certholder *");
  fixture_clear_faults (fixture);
  fixture_sync_to_rest (fixture);
  check_file (fixture, first, "Keystone Electric LLC", "Certholder *");
}

/* The move was done although nobody heard of it. */
static void
test_lost_answer_moves_once (Fixture      *fixture,
                             gconstpointer user_data)
{
  gint64 id = put (fixture, "a.pdf", "%PDF-1.4 a\nKeystone Electric LLC");
  g_autoptr (ChRoundSummary) summary = NULL;

  fixture_add_fault (fixture, "{\"kind\":\"lose_after\",\"method\":\"PATCH\",\"path\":\"/rest/v1.0/files/*\",\"count\":1}");
  summary = fixture_sync (fixture);
  fixture_clear_faults (fixture);
  fixture_sync_to_rest (fixture);
  check_file (fixture, id, "Keystone Electric LLC", "Certholder *");
  g_assert_cmpuint (count_files (fixture, "Keystone Electric LLC"), ==, 1);
  g_assert_cmpuint (n_read, ==, 1);
}

static void
test_switched_off_documents_are_left_alone (Fixture      *fixture,
                                            gconstpointer user_data)
{
  gint64 id = put (fixture, "a.pdf", "%PDF-1.4 a\nKeystone Electric LLC");
  g_autoptr (JsonArray) files = NULL;
  g_autoptr (GError) error = NULL;

  fixture_begin (fixture);
  g_assert_true (ch_store_set_state (fixture->store, "place.documents", "off", &error));
  fixture_commit (fixture);
  fixture_sync_to_rest (fixture);
  files = fixture_list (fixture, "files");
  g_assert_null (get_text (find_by_id (files, id), "description"));
  g_assert_cmpuint (n_read, ==, 0);
}

static void
add (const char *path,
     void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/sync/inbox/made-once", test_inbox_is_made_once);
  add ("/sync/inbox/matched-file-goes-to-its-sub", test_matched_file_goes_to_its_sub);
  add ("/sync/inbox/unknown-sub-stays-till-the-desk-decides", test_unknown_sub_stays_till_the_desk_decides);
  add ("/sync/inbox/persons-description-stays", test_persons_description_stays);
  add ("/sync/inbox/what-is-no-document-says-so", test_what_is_no_document_says_so);
  add ("/sync/inbox/unreadable-file-is-filed-for-a-person", test_unreadable_file_is_filed_for_a_person);
  add ("/sync/inbox/certificates-of-two-subs-stay", test_certificates_of_two_subs_stay);
  add ("/sync/inbox/taken-name-gets-a-number", test_taken_name_gets_a_number);
  add ("/sync/inbox/known-bytes-are-not-read-again", test_known_bytes_are_not_read_again);
  add ("/sync/inbox/trouble-with-one-holds-up-no-other", test_trouble_with_one_holds_up_no_other);
  add ("/sync/inbox/lost-answer-moves-once", test_lost_answer_moves_once);
  add ("/sync/inbox/switched-off-documents-are-left-alone", test_switched_off_documents_are_left_alone);

  return g_test_run ();
}
