#include "config.h"

#include "ch-store-private.h"
#include "sync-fixture.h"

#include <sqlite3.h>
#include <string.h>

/* What people and other programs do in Procore, and what becomes of it. */

static void
start (Fixture *fixture)
{
  fixture_sync_to_rest (fixture);
  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
  fixture_sync_to_rest (fixture);
}

static char *
dup_insurance_path (const ChSharedRecord *record)
{
  return g_strdup_printf ("/sandbox/insurances/%s", record->procore_id);
}

static void
lapse (Fixture *fixture)
{
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + 60 * 86400 * (gint64) G_USEC_PER_SEC);
}

static void
test_edit_flows_back_and_stays (Fixture      *fixture,
                                gconstpointer user_data)
{
  g_autoptr (ChSharedRecord) before = NULL;
  g_autoptr (ChSharedRecord) after = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autofree char *path = NULL;
  guint n;

  start (fixture);
  before = fixture_get_shared (fixture, CH_SHARED_POLICY, 0, fixture->vendor_ids[0]);
  path = dup_insurance_path (before);
  answer = fixture_call (fixture, "POST", path, "{\"limit\":\"2,000,000 as told by phone\"}");
  n = fixture_count_writes (fixture);
  ch_round_summary_free (fixture_sync (fixture));

  after = fixture_get_shared (fixture, CH_SHARED_POLICY, 0, fixture->vendor_ids[0]);
  g_assert_cmpstr (ch_field_set_get (after->local, "limit"), ==, "2,000,000 as told by phone");
  g_assert_cmpstr (ch_field_set_get (after->base, "limit"), ==, "2,000,000 as told by phone");
  g_assert_cmpuint (fixture_count_writes (fixture), ==, n);
  fixture_check_rest (fixture);
}

static void
test_compliance_edit_flows_back (Fixture      *fixture,
                                 gconstpointer user_data)
{
  g_autoptr (ChSharedRecord) after = NULL;
  g_autoptr (JsonNode) answer = NULL;

  start (fixture);
  answer = fixture_call (fixture, "POST", "/sandbox/compliance", "{\"id\":%" G_GINT64_FORMAT ",\"insurance_notes\":\"see Bob\"}",
                         fixture->commitment_id);
  ch_round_summary_free (fixture_sync (fixture));
  after = fixture_get_shared (fixture, CH_SHARED_COMPLIANCE, fixture->project_ids[0], fixture->vendor_ids[0]);
  g_assert_cmpstr (ch_field_set_get (after->local, "insurance_notes"), ==, "see Bob");
  fixture_check_rest (fixture);
}

/* Both changed the same field: neither value is lost, the other fields go over, and a person's word ends it. */
static void
settle_clash (Fixture  *fixture,
              gboolean  keep_procore)
{
  g_autoptr (ChSharedRecord) record = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonArray) policies = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  const ChConflict *conflict;

  start (fixture);
  record = fixture_get_shared (fixture, CH_SHARED_POLICY, 0, fixture->vendor_ids[0]);
  path = dup_insurance_path (record);
  answer = fixture_call (fixture, "POST", path, "{\"status\":\"undecided\"}");
  lapse (fixture);
  g_assert_true (ch_desk_judge_lapsed (fixture->desk, NULL, &error));
  g_assert_no_error (error);
  fixture_sync_to_rest (fixture);

  conflicts = ch_store_list_conflicts (fixture->store, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpstr (conflict->field, ==, "status");
  g_assert_cmpstr (conflict->base, ==, "compliant");
  g_assert_cmpstr (conflict->local, ==, "expired");
  g_assert_cmpstr (conflict->remote, ==, "undecided");

  g_assert_true (ch_desk_settle_conflict (fixture->desk, conflict->id, keep_procore, &error));
  g_assert_no_error (error);
  fixture_sync_to_rest (fixture);
  fixture_check_rest (fixture);
  policies = fixture_list_insurances (fixture, "policy", 0);
  g_assert_cmpstr (get_text (json_array_get_object_element (policies, 0), "status"), ==,
                   keep_procore ? "undecided" : "expired");
}

static void
test_clash_keeps_procores (Fixture      *fixture,
                           gconstpointer user_data)
{
  settle_clash (fixture, TRUE);
}

static void
test_clash_keeps_ours (Fixture      *fixture,
                       gconstpointer user_data)
{
  settle_clash (fixture, FALSE);
}

/* A policy and a contract of which the desk has something new to say, and which people edit in the same moment. */
static void
edit_what_waits (Fixture *fixture)
{
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonNode) answer_2 = NULL;
  g_autoptr (ChSharedRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  start (fixture);
  record = fixture_get_shared (fixture, CH_SHARED_POLICY, 0, fixture->vendor_ids[0]);
  path = dup_insurance_path (record);
  lapse (fixture);
  g_assert_true (ch_desk_judge_lapsed (fixture->desk, NULL, &error));
  g_assert_no_error (error);
  answer = fixture_call (fixture, "POST", path, "{\"status\":\"undecided\"}");
  answer_2 = fixture_call (fixture, "POST", "/sandbox/compliance",
                           "{\"id\":%" G_GINT64_FORMAT ",\"insurance_status\":\"not_required\"}", fixture->commitment_id);
}

static void
assert_edit_stands (Fixture *fixture)
{
  g_autoptr (JsonArray) policies = fixture_list_insurances (fixture, "policy", 0);

  g_assert_cmpstr (get_text (json_array_get_object_element (policies, 0), "status"), ==, "undecided");
}

static void
test_edit_just_before_the_write_is_not_overwritten (Fixture      *fixture,
                                                    gconstpointer user_data)
{
  g_autoptr (ChRoundSummary) summary = g_new0 (ChRoundSummary, 1);
  g_autoptr (GError) error = NULL;

  edit_what_waits (fixture);
  /* No pull before it. */
  g_assert_true (ch_session_push (fixture->session, summary, NULL, &error));
  g_assert_no_error (error);
  assert_edit_stands (fixture);
  g_assert_cmpuint (fixture_count_conflicts (fixture), ==, 2);
}

/* So many accesses to the database a push makes before it looks at what it writes, or a few more. */
#define N_BEFORE_A_LOOK 32

/* How many accesses succeed before one fails */
typedef struct {
  guint left;
  guint n_failed;
} FailingStore;

static int
fail_one (const char *name,
          gpointer    user_data)
{
  FailingStore *self = user_data;

  if (self->left > 0)
    {
      self->left--;
      return SQLITE_OK;
    }
  return self->n_failed++ == 0 ? SQLITE_IOERR : SQLITE_OK;
}

/* What can't be found out about a record is no reason to write it unseen, wherever before that the disk fails. */
static void
test_failing_disk_overwrites_no_edit (void)
{
  guint n;

  for (n = 0; n < N_BEFORE_A_LOOK; n++)
    {
      g_autoptr (ChRoundSummary) summary = g_new0 (ChRoundSummary, 1);
      FailingStore failing = { n, 0 };
      Fixture fixture = { 0 };

      fixture_set_up (&fixture, NULL);
      edit_what_waits (&fixture);
      _ch_connection_set_step_func (fixture.store->connection, fail_one, &failing);
      ch_session_push (fixture.session, summary, NULL, NULL);
      _ch_connection_set_step_func (fixture.store->connection, NULL, NULL);
      g_assert_cmpuint (failing.n_failed, >, 0);
      assert_edit_stands (&fixture);
      fixture_tear_down (&fixture, NULL);
    }
}

/* What a person deleted while the desk had changed it is not made again behind their back; the answer to the question decides. */
static void
settle_deletion (Fixture  *fixture,
                 gboolean  keep_procore)
{
  g_autoptr (ChSharedRecord) record = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonArray) while_asked = NULL;
  g_autoptr (JsonArray) policies = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  start (fixture);
  record = fixture_get_shared (fixture, CH_SHARED_POLICY, 0, fixture->vendor_ids[0]);
  path = dup_insurance_path (record);
  answer = fixture_call (fixture, "DELETE", path, "%s", "");
  lapse (fixture);
  g_assert_true (ch_desk_judge_lapsed (fixture->desk, NULL, &error));
  g_assert_no_error (error);
  fixture_sync_to_rest (fixture);
  while_asked = fixture_list_insurances (fixture, "policy", 0);
  g_assert_cmpuint (json_array_get_length (while_asked), ==, 0);
  conflicts = ch_store_list_conflicts (fixture->store, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpstr (((ChConflict *) g_ptr_array_index (conflicts, 0))->field, ==, "record");

  ch_desk_settle_conflict (fixture->desk, ((ChConflict *) g_ptr_array_index (conflicts, 0))->id, keep_procore, &error);
  g_assert_no_error (error);
  fixture_sync_to_rest (fixture);
  policies = fixture_list_insurances (fixture, "policy", 0);
  g_assert_cmpuint (json_array_get_length (policies), ==, keep_procore ? 0 : 1);
  g_assert_cmpuint (fixture_count_conflicts (fixture), ==, 0);
}

static void
test_deleted_record_stays_away (Fixture      *fixture,
                                gconstpointer user_data)
{
  settle_deletion (fixture, TRUE);
}

static void
test_deleted_record_is_made_again_when_told (Fixture      *fixture,
                                             gconstpointer user_data)
{
  settle_deletion (fixture, FALSE);
}

/* Deleted there and unchanged here: it ends here too. That the policy runs out later does not bring its record back; that
 * the sub turns red brings back the sub's. */
static void
test_deleted_record_unchanged_ends_here (Fixture      *fixture,
                                         gconstpointer user_data)
{
  g_autoptr (ChSharedRecord) policy = NULL;
  g_autoptr (ChSharedRecord) overall = NULL;
  g_autoptr (ChSharedRecord) ended = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonNode) answer_2 = NULL;
  g_autoptr (JsonArray) policies = NULL;
  g_autoptr (JsonArray) overalls = NULL;
  g_autofree char *path = NULL;
  g_autofree char *path_2 = NULL;

  start (fixture);
  policy = fixture_get_shared (fixture, CH_SHARED_POLICY, 0, fixture->vendor_ids[0]);
  overall = fixture_get_shared (fixture, CH_SHARED_OVERALL, fixture->project_ids[0], fixture->vendor_ids[0]);
  path = dup_insurance_path (policy);
  path_2 = dup_insurance_path (overall);
  answer = fixture_call (fixture, "DELETE", path, "%s", "");
  answer_2 = fixture_call (fixture, "DELETE", path_2, "%s", "");
  fixture_sync_to_rest (fixture);
  g_assert_cmpuint (fixture_count_conflicts (fixture), ==, 0);
  ended = fixture_get_shared (fixture, CH_SHARED_POLICY, 0, fixture->vendor_ids[0]);
  g_assert_true (ended->gone);
  g_assert_true (ended->withdrawn);
  g_assert_null (ended->remote);

  lapse (fixture);
  fixture_sync_to_rest (fixture);
  g_assert_cmpuint (fixture_count_conflicts (fixture), ==, 0);
  policies = fixture_list_insurances (fixture, "policy", 0);
  g_assert_cmpuint (json_array_get_length (policies), ==, 0);
  overalls = fixture_list_insurances (fixture, "overall", fixture->project_ids[0]);
  g_assert_cmpuint (json_array_get_length (overalls), ==, N_VENDORS);
}

static void
test_others_records_are_untouched (Fixture      *fixture,
                                   gconstpointer user_data)
{
  g_autofree char *path = g_strdup_printf ("/rest/v1.0/companies/%" G_GINT64_FORMAT "/insurances/sync", COMPANY);
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonArray) before = NULL;
  g_autoptr (JsonArray) after = NULL;
  g_autoptr (GPtrArray) shown = NULL;
  guint i;

  answer = fixture_call (fixture, "PATCH", path,
                         "{\"updates\":[{\"vendor_id\":%" G_GINT64_FORMAT ",\"origin_id\":\"erp:7\",\"name\":\"Hartford\","
                         "\"insurance_type\":\"General Liability\",\"policy_number\":\"GL-1\",\"status\":\"compliant\"},"
                         "{\"vendor_id\":%" G_GINT64_FORMAT ",\"name\":\"Zurich\",\"policy_number\":\"A-1\"}]}",
                         fixture->vendor_ids[0], fixture->vendor_ids[0]);
  before = fixture_list_insurances (fixture, NULL, 0);
  start (fixture);
  lapse (fixture);
  fixture_sync_to_rest (fixture);
  after = fixture_list_insurances (fixture, NULL, 0);
  g_assert_cmpuint (json_array_get_length (after), ==, 2);
  for (i = 0; i < 2; i++)
    {
      JsonObject *left = json_array_get_object_element (before, i);
      JsonObject *right = json_array_get_object_element (after, i);
      g_autoptr (JsonNode) one = json_node_init_object (json_node_alloc (), left);
      g_autoptr (JsonNode) two = json_node_init_object (json_node_alloc (), right);

      g_assert_true (json_node_equal (one, two));
    }
  shown = ch_store_list_insurances (fixture->store, 0, 0, NULL);
  g_assert_cmpuint (shown->len, ==, 2);
}

static void
test_mass_removal_stops_and_asks (Fixture      *fixture,
                                  gconstpointer user_data)
{
  g_autofree char *path = g_strdup_printf ("/rest/v1.0/companies/%" G_GINT64_FORMAT "/insurances/sync", COMPANY);
  g_autoptr (JsonArray) others = NULL;
  g_autoptr (GPtrArray) shown = NULL;
  g_autoptr (ChRoundSummary) summary = NULL;
  guint i;

  for (i = 0; i < N_VENDORS; i++)
    {
      json_node_unref (fixture_call (fixture, "PATCH", path, "{\"updates\":[{\"vendor_id\":%" G_GINT64_FORMAT
                                     ",\"name\":\"Hartford\",\"policy_number\":\"P-%u\"}]}",
                                     fixture->vendor_ids[i], i));
    }
  start (fixture);
  others = fixture_list_insurances (fixture, NULL, 0);
  for (i = 0; i < 6; i++)
    {
      g_autofree char *one = g_strdup_printf ("/sandbox/insurances/%" G_GINT64_FORMAT,
                                              get_id (json_array_get_object_element (others, i), "id"));

      json_node_unref (fixture_call (fixture, "DELETE", one, "%s", ""));
    }
  summary = fixture_sync (fixture);
  g_assert_cmpuint (summary->problems->len, ==, 1);
  shown = ch_store_list_insurances (fixture->store, 0, 0, NULL);
  g_assert_cmpuint (shown->len, ==, N_VENDORS);
}

/* The desk goes on while Procore is asked: what it says then is not overwritten by what was read before. */
static gboolean
lapse_meanwhile (const ChRequest *request,
                 gboolean         done,
                 gpointer         user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (ChStore) store = NULL;
  g_autoptr (ChDesk) desk = NULL;
  g_autoptr (GError) error = NULL;

  if (done || ch_store_in_transaction (fixture->store)
      || !g_pattern_match_simple (g_object_get_data (G_OBJECT (fixture->clock), "at"), request->url))
    return FALSE;

  /* As the window does, with a connection of its own. */
  lapse (fixture);
  store = ch_store_open (fixture->dir, fixture->hub, &error);
  g_assert_no_error (error);
  desk = ch_desk_new (store, CH_CLOCK (fixture->clock), "desk:window");
  ch_desk_judge_lapsed (desk, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&desk);
  ch_store_close (store);
  g_object_set_data (G_OBJECT (fixture->clock), "at", (gpointer) "never");
  return FALSE;
}

static void
test_desk_goes_on_while_procore_is_asked (Fixture      *fixture,
                                          gconstpointer user_data)
{
  g_autoptr (JsonArray) policies = NULL;

  fixture_sync_to_rest (fixture);
  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
  if (g_str_has_prefix (user_data, "rest:"))
    fixture_sync_to_rest (fixture);
  g_object_set_data (G_OBJECT (fixture->clock), "at", (gpointer) (strchr (user_data, ':') + 1));
  ch_sandbox_transport_set_break (fixture->transport, lapse_meanwhile, fixture);
  fixture_sync_to_rest (fixture);
  g_assert_cmpstr (g_object_get_data (G_OBJECT (fixture->clock), "at"), ==, "never");
  ch_sandbox_transport_set_break (fixture->transport, NULL, NULL);
  fixture_check_rest (fixture);
  policies = fixture_list_insurances (fixture, "policy", 0);
  g_assert_cmpstr (get_text (json_array_get_object_element (policies, 0), "status"), ==, "expired");
}

static void
test_others_links_stay_in_place (Fixture      *fixture,
                                 gconstpointer user_data)
{
  g_autofree char *path = g_strdup_printf ("/rest/v2.0/companies/%" G_GINT64_FORMAT "/projects/%" G_GINT64_FORMAT
                                           "/links/bulk_update", COMPANY, fixture->project_ids[0]);
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonArray) links = NULL;
  JsonObject *first;
  JsonObject *second;

  answer = fixture_call (fixture, "PATCH", path,
                         "[{\"title\":\"Camera\",\"url\":\"https://camera.example/\"},"
                         "{\"title\":\"Safety\",\"url\":\"https://safety.example/a?b=c#d\"}]");
  start (fixture);
  lapse (fixture);
  fixture_sync_to_rest (fixture);
  links = fixture_list (fixture, "links");
  /* Ours of both projects. */
  g_assert_cmpuint (json_array_get_length (links), ==, 4);
  first = json_array_get_object_element (links, 0);
  second = json_array_get_object_element (links, 1);
  g_assert_cmpstr (get_text (first, "title"), ==, "Camera");
  g_assert_cmpstr (get_text (second, "url"), ==, "https://safety.example/a?b=c#d");
  g_assert_cmpint (get_id (first, "position"), <, get_id (second, "position"));
  fixture_check_rest (fixture);
}

static void
test_sub_leaves_and_project_starts (Fixture      *fixture,
                                    gconstpointer user_data)
{
  g_autoptr (JsonNode) made = NULL;
  g_autoptr (ChRoundSummary) summary = NULL;
  g_autoptr (JsonArray) overalls = NULL;
  gint64 id;

  start (fixture);
  made = fixture_call (fixture, "POST", "/sandbox/projects",
                       "{\"name\":\"Pier 9\",\"stage\":\"Course of Construction\",\"tz_name\":\"America/New_York\","
                       "\"vendor_ids\":[%" G_GINT64_FORMAT "]}", fixture->vendor_ids[0]);
  id = get_id (json_node_get_object (made), "id");
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + 60 * (gint64) G_USEC_PER_SEC);
  summary = fixture_sync (fixture);
  g_assert_cmpuint (summary->pulled_projects, ==, 1);
  g_assert_cmpuint (summary->pulled_assignments, ==, 1);
  g_assert_cmpuint (summary->pending, ==, 0);
  overalls = fixture_list_insurances (fixture, "overall", id);
  g_assert_cmpuint (json_array_get_length (overalls), ==, 1);
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
  static const char *const moments[] = { "new:*/insurances?*", "new:*/insurances/sync", "new:*/compliance", "new:*/folders?*",
                                         "new:*/files?*",      "new:*/bulk_update", "rest:*/compliance" };
  guint i;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/sync/people/edit-flows-back-and-stays", test_edit_flows_back_and_stays);
  add ("/sync/people/compliance-edit-flows-back", test_compliance_edit_flows_back);
  add ("/sync/people/clash-keeps-procores", test_clash_keeps_procores);
  add ("/sync/people/clash-keeps-ours", test_clash_keeps_ours);
  add ("/sync/people/edit-just-before-the-write", test_edit_just_before_the_write_is_not_overwritten);
  g_test_add_func ("/sync/people/failing-disk-overwrites-no-edit", test_failing_disk_overwrites_no_edit);
  add ("/sync/people/deleted-record-stays-away", test_deleted_record_stays_away);
  add ("/sync/people/deleted-record-is-made-again-when-told", test_deleted_record_is_made_again_when_told);
  add ("/sync/people/deleted-record-unchanged-ends-here", test_deleted_record_unchanged_ends_here);
  add ("/sync/people/others-records-are-untouched", test_others_records_are_untouched);
  add ("/sync/people/mass-removal-stops-and-asks", test_mass_removal_stops_and_asks);
  for (i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sync/people/desk-goes-on-while-procore-is-asked/%u", i);

      g_test_add (path, Fixture, moments[i], fixture_set_up, test_desk_goes_on_while_procore_is_asked, fixture_tear_down);
    }
  add ("/sync/people/others-links-stay-in-place", test_others_links_stay_in_place);
  add ("/sync/people/sub-leaves-and-project-starts", test_sub_leaves_and_project_starts);

  return g_test_run ();
}
