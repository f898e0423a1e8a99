#include "config.h"

#include "sync-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* What becomes of the certificates' PDFs and the reports in the projects' documents, and of what people do there. */

static void
start (Fixture *fixture)
{
  fixture_sync_to_rest (fixture);
  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
  fixture_sync_to_rest (fixture);
}

static gboolean
is_deleted (JsonObject *record)
{
  return json_object_get_boolean_member_with_default (record, "is_deleted", FALSE);
}

/* The only file of a project whose description names the record. */
static JsonObject *
find_file (JsonArray            *files,
           const ChSharedRecord *record)
{
  JsonObject *found = NULL;
  guint i;

  for (i = 0; i < json_array_get_length (files); i++)
    {
      JsonObject *file = json_array_get_object_element (files, i);
      const char *description = get_text (file, "description");

      if (is_deleted (file) || description == NULL || strstr (description, record->uuid) == NULL)
        continue;
      g_assert_null (found);
      found = file;
    }
  return found;
}

/* On the first project. */
static JsonObject *
find_by_name (Fixture    *fixture,
              JsonArray  *records,
              const char *name)
{
  guint i;

  for (i = 0; i < json_array_get_length (records); i++)
    {
      JsonObject *record = json_array_get_object_element (records, i);

      if (!is_deleted (record) && get_id (record, "_project_id") == fixture->project_ids[0]
          && g_strcmp0 (get_text (record, "name"), name) == 0)
        return record;
    }
  return NULL;
}

static guint
count_versions (JsonObject *file)
{
  return json_array_get_length (json_object_get_array_member (file, "file_versions"));
}

static void
edit (Fixture    *fixture,
      const char *kind,
      gint64      id,
      const char *body)
{
  g_autofree char *path = g_strdup_printf ("/sandbox/%s/%" G_GINT64_FORMAT, kind, id);

  json_node_unref (fixture_call (fixture, "POST", path, "%s", body));
}

static ChSharedRecord *
get_report (Fixture *fixture)
{
  return fixture_get_shared (fixture, CH_SHARED_REPORT, fixture->project_ids[0], 0);
}

static ChSharedRecord *
get_document (Fixture *fixture)
{
  return fixture_get_shared (fixture, CH_SHARED_DOCUMENT, fixture->project_ids[0], fixture->vendor_ids[0]);
}

/* Time makes the report say something else. */
static void
lapse (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + 60 * 86400 * (gint64) G_USEC_PER_SEC);
  g_assert_true (ch_desk_judge_lapsed (fixture->desk, NULL, &error));
  g_assert_no_error (error);
}

static void
test_new_report_is_a_version (Fixture      *fixture,
                              gconstpointer user_data)
{
  g_autoptr (ChSharedRecord) report = NULL;
  g_autoptr (JsonArray) before = NULL;
  g_autoptr (JsonArray) after = NULL;
  gint64 id;
  guint n;

  start (fixture);
  report = get_report (fixture);
  before = fixture_list (fixture, "files");
  id = get_id (find_file (before, report), "id");
  n = count_versions (find_file (before, report));
  lapse (fixture);
  fixture_sync_to_rest (fixture);
  after = fixture_list (fixture, "files");
  g_assert_cmpint (get_id (find_file (after, report), "id"), ==, id);
  g_assert_cmpuint (count_versions (find_file (after, report)), ==, n + 1);
  fixture_check_rest (fixture);
}

static void
rename_sub (Fixture    *fixture,
            const char *name)
{
  g_autofree char *body = g_strdup_printf ("{\"name\":\"%s\"}", name);

  edit (fixture, "vendors", fixture->vendor_ids[0], body);
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + 60 * (gint64) G_USEC_PER_SEC);
}

/* The folder goes along with all that people put into it. */
static void
test_renamed_sub_renames_its_folder (Fixture      *fixture,
                                     gconstpointer user_data)
{
  g_autoptr (JsonArray) folders = NULL;
  g_autoptr (JsonArray) folders_after = NULL;
  g_autoptr (JsonArray) files = NULL;
  JsonObject *somebodys;
  gint64 folder_id;

  start (fixture);
  folders = fixture_list (fixture, "folders");
  folder_id = get_id (find_by_name (fixture, folders, "Keystone Electric LLC"), "id");
  json_node_unref (fixture_call (fixture, "POST", "/sandbox/files",
                                 "{\"project_id\":%" G_GINT64_FORMAT ",\"folder\":\"Insurance certificates/Keystone Electric LLC\","
                                 "\"name\":\"letter.pdf\",\"content\":\"aGVsbG8=\"}",
                                 fixture->project_ids[0]));
  fixture_file (fixture, "GL-2", "2026-01-01", "2027-01-01");
  fixture_sync_to_rest (fixture);

  rename_sub (fixture, "Keystone Power LLC");
  fixture_sync_to_rest (fixture);
  folders_after = fixture_list (fixture, "folders");
  g_assert_null (find_by_name (fixture, folders_after, "Keystone Electric LLC"));
  g_assert_cmpint (get_id (find_by_name (fixture, folders_after, "Keystone Power LLC"), "id"), ==, folder_id);
  files = fixture_list (fixture, "files");
  somebodys = find_by_name (fixture, files, "letter.pdf");
  g_assert_cmpint (get_id (somebodys, "parent_id"), ==, folder_id);
  g_assert_null (get_text (somebodys, "description"));
  fixture_check_rest (fixture);
}

/* A folder of the new name is there already: the files move, and nothing of what stands there is touched. */
static void
test_renamed_sub_moves_into_a_folder_that_is_there (Fixture      *fixture,
                                                    gconstpointer user_data)
{
  g_autoptr (ChSharedRecord) document = NULL;
  g_autoptr (JsonArray) folders = NULL;
  g_autoptr (JsonArray) files = NULL;
  g_autofree char *path = g_strdup_printf ("/rest/v1.0/folders?project_id=%" G_GINT64_FORMAT, fixture->project_ids[0]);
  gint64 parent;
  gint64 there;

  start (fixture);
  folders = fixture_list (fixture, "folders");
  parent = get_id (find_by_name (fixture, folders, "Insurance certificates"), "id");
  g_clear_pointer (&folders, json_array_unref);
  json_node_unref (fixture_call (fixture, "POST", path,
                                 "{\"folder\":{\"name\":\"Keystone Power LLC\",\"parent_id\":%" G_GINT64_FORMAT "}}", parent));
  rename_sub (fixture, "Keystone Power LLC");
  fixture_sync_to_rest (fixture);
  folders = fixture_list (fixture, "folders");
  there = get_id (find_by_name (fixture, folders, "Keystone Power LLC"), "id");
  document = get_document (fixture);
  files = fixture_list (fixture, "files");
  g_assert_cmpint (get_id (find_file (files, document), "parent_id"), ==, there);
  g_assert_cmpuint (count_versions (find_file (files, document)), ==, 1);
  fixture_check_rest (fixture);
}

/* What people call a file and where they keep it is theirs; a further version goes there. */
static void
test_persons_name_and_place_stay (Fixture      *fixture,
                                  gconstpointer user_data)
{
  g_autoptr (ChSharedRecord) report = NULL;
  g_autoptr (ChSharedRecord) after = NULL;
  g_autoptr (JsonArray) files = NULL;
  g_autoptr (JsonNode) made = NULL;
  g_autofree char *path = g_strdup_printf ("/rest/v1.0/folders?project_id=%" G_GINT64_FORMAT, fixture->project_ids[0]);
  g_autofree char *body = NULL;
  gint64 elsewhere;
  JsonObject *file;

  start (fixture);
  report = get_report (fixture);
  made = fixture_call (fixture, "POST", path, "{\"folder\":{\"name\":\"Owner\"}}");
  elsewhere = get_id (json_node_get_object (made), "id");
  body = g_strdup_printf ("{\"name\":\"Insurance for the owner.pdf\",\"parent_id\":%" G_GINT64_FORMAT "}", elsewhere);
  edit (fixture, "files", g_ascii_strtoll (report->procore_id, NULL, 10), body);
  lapse (fixture);
  fixture_sync_to_rest (fixture);
  files = fixture_list (fixture, "files");
  file = find_file (files, report);
  g_assert_cmpstr (get_text (file, "name"), ==, "Insurance for the owner.pdf");
  g_assert_cmpint (get_id (file, "parent_id"), ==, elsewhere);
  g_assert_cmpuint (count_versions (file), >=, 2);
  after = get_report (fixture);
  g_assert_cmpstr (ch_field_set_get (after->local, "name"), ==, "Insurance for the owner.pdf");
  g_assert_true (ch_field_set_equal (after->local, after->base));
  g_assert_cmpuint (fixture_count_conflicts (fixture), ==, 0);
}

/* A report that somebody threw away is asked for, and made again when the desk says so. */
static void
test_deleted_report_asks (Fixture      *fixture,
                          gconstpointer user_data)
{
  g_autoptr (ChSharedRecord) report = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (JsonArray) files = NULL;
  g_autoptr (JsonArray) files_after = NULL;
  g_autoptr (GError) error = NULL;

  start (fixture);
  report = get_report (fixture);
  edit (fixture, "files", g_ascii_strtoll (report->procore_id, NULL, 10), "{\"is_deleted\":true}");
  lapse (fixture);
  fixture_sync_to_rest (fixture);
  files = fixture_list (fixture, "files");
  g_assert_null (find_file (files, report));
  conflicts = ch_store_list_conflicts (fixture->store, report->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 1);

  ch_desk_settle_conflict (fixture->desk, ((ChConflict *) g_ptr_array_index (conflicts, 0))->id, FALSE, &error);
  g_assert_no_error (error);
  fixture_sync_to_rest (fixture);
  files_after = fixture_list (fixture, "files");
  g_assert_nonnull (find_file (files_after, report));
  fixture_check_rest (fixture);
}

/* A file of the same name that is not ours gets neither a version nor a description from us. */
static void
test_somebodys_file_of_the_same_name_stays (Fixture      *fixture,
                                            gconstpointer user_data)
{
  g_autoptr (ChSharedRecord) report = NULL;
  g_autoptr (JsonArray) files = NULL;
  g_autofree char *path = g_strdup_printf ("/rest/v1.0/folders?project_id=%" G_GINT64_FORMAT, fixture->project_ids[0]);
  JsonObject *somebodys;

  json_node_unref (fixture_call (fixture, "POST", path, "{\"folder\":{\"name\":\"Insurance certificates\"}}"));
  json_node_unref (fixture_call (fixture, "POST", "/sandbox/files",
                                 "{\"project_id\":%" G_GINT64_FORMAT ",\"folder\":\"Insurance certificates\","
                                 "\"name\":\"Insurance compliance report.pdf\",\"content\":\"aGVsbG8=\"}",
                                 fixture->project_ids[0]));
  start (fixture);
  report = get_report (fixture);
  files = fixture_list (fixture, "files");
  somebodys = find_by_name (fixture, files, "Insurance compliance report.pdf");
  g_assert_null (get_text (somebodys, "description"));
  g_assert_cmpuint (count_versions (somebodys), ==, 1);
  g_assert_cmpstr (get_text (find_file (files, report), "name"), ==, "Insurance compliance report (2).pdf");
}

/* A document that this machine has lost is told, and holds up nothing else. */
static void
test_lost_document_holds_up_nothing (Fixture      *fixture,
                                     gconstpointer user_data)
{
  g_autoptr (ChRoundSummary) summary = NULL;
  g_autoptr (JsonArray) links = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *command = NULL;
  guint i;

  fixture_sync_to_rest (fixture);
  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
  command = g_strdup_printf ("find '%s/documents' -type f -delete", fixture->dir);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));

  summary = fixture_sync (fixture);
  g_assert_cmpuint (summary->parked, ==, 2);      /* on both projects */
  g_assert_cmpuint (summary->pending, ==, 2);
  rows = ch_store_outbox_list (fixture->store, &error);
  for (i = 0; i < rows->len; i++)
    {
      const ChOutboxRow *row = g_ptr_array_index (rows, i);

      g_assert_cmpint (row->kind, ==, CH_SHARED_DOCUMENT);
      g_assert_nonnull (row->why);
    }
  links = fixture_list (fixture, "links");
  g_assert_cmpuint (json_array_get_length (links), ==, 2);
}

static void
add (const char *path,
     void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/sync/documents/new-report-is-a-version", test_new_report_is_a_version);
  add ("/sync/documents/renamed-sub-renames-its-folder", test_renamed_sub_renames_its_folder);
  add ("/sync/documents/renamed-sub-moves-into-a-folder-that-is-there", test_renamed_sub_moves_into_a_folder_that_is_there);
  add ("/sync/documents/persons-name-and-place-stay", test_persons_name_and_place_stay);
  add ("/sync/documents/deleted-report-asks", test_deleted_report_asks);
  add ("/sync/documents/somebodys-file-of-the-same-name-stays", test_somebodys_file_of_the_same_name_stays);
  add ("/sync/documents/lost-document-holds-up-nothing", test_lost_document_holds_up_nothing);

  return g_test_run ();
}
