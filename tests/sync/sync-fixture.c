#include "config.h"

#include "sync-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define HOST "http://127.0.0.1:1"

const char *
get_text (JsonObject *object,
          const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

gint64
get_id (JsonObject *object,
        const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node)
           : 0;
}

static JsonNode *
call (Fixture    *fixture,
      const char *method,
      const char *path,
      const char *token,
      const char *body)
{
  g_autoptr (GHashTable) headers = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) halves = g_strsplit (path, "?", 2);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body != NULL ? body : "", body != NULL ? strlen (body) : 0);
  ChSandboxRequest request = { method, halves[0], halves[1], headers, bytes };
  g_autoptr (ChSandboxAnswer) answer = NULL;
  g_autofree char *text = NULL;

  g_hash_table_insert (headers, (gpointer) "authorization", bearer);
  g_hash_table_insert (headers, (gpointer) "procore-company-id", (gpointer) "562949953421400");
  g_hash_table_insert (headers, (gpointer) "content-type", (gpointer) "application/json");
  ch_sandbox_set_now (fixture->sandbox, ch_clock_now (CH_CLOCK (fixture->clock)));
  answer = ch_sandbox_handle (fixture->sandbox, &request);
  text = g_strndup (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body));
  if (answer->status >= 300)
    g_error ("%s %s: %u %s", method, path, answer->status, text);
  return *text != '\0' ? json_from_string (text, NULL) : NULL;
}

JsonNode *
fixture_call (Fixture    *fixture,
              const char *method,
              const char *path,
              const char *format,
              ...)
{
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) granted = NULL;
  va_list args;

  va_start (args, format);
  body = g_strdup_vprintf (format, args);
  va_end (args);
  if (g_str_has_prefix (path, "/sandbox/"))
    return call (fixture, method, path, "", body);

  granted = call (fixture, "POST", "/oauth/token", "",
                  "{\"grant_type\":\"client_credentials\",\"client_id\":\"sandbox-client\","
                  "\"client_secret\":\"sandbox-secret\"}");
  return call (fixture, method, path, get_text (json_node_get_object (granted), "access_token"), body);
}

static gint64
make (Fixture    *fixture,
      const char *path,
      const char *body)
{
  g_autoptr (JsonNode) made = call (fixture, "POST", path, "", body);

  return get_id (json_node_get_object (made), "id");
}

void
fixture_add_fault (Fixture    *fixture,
                   const char *format,
                   ...)
{
  g_autofree char *body = NULL;
  va_list args;

  va_start (args, format);
  body = g_strdup_vprintf (format, args);
  va_end (args);
  json_node_unref (call (fixture, "POST", "/sandbox/faults", "", body));
}

void
fixture_clear_faults (Fixture *fixture)
{
  json_node_unref (call (fixture, "DELETE", "/sandbox/faults", "", NULL));
}

static void
make_world (Fixture *fixture)
{
  static const char *const names[N_VENDORS] = { "Keystone Electric LLC", "Beacon Roofing Inc",   "Cedar Drywall LLC",
                                                "Delta Steel Co",        "Elm Plumbing LLC",     "Fjord Glass Inc",
                                                "Grove Masonry LLC",     "Heron Mechanical Inc" };
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *contract = NULL;
  guint i;

  for (i = 0; i < N_VENDORS; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"name\":\"%s\",\"legal_name\":\"%s\"}", names[i], names[i]);

      fixture->vendor_ids[i] = make (fixture, "/sandbox/vendors", body);
      g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", fixture->vendor_ids[i]);
    }
  first = g_strdup_printf ("{\"name\":\"Riverside Tower\",\"stage\":\"Course of Construction\","
                           "\"tz_name\":\"America/New_York\",\"vendor_ids\":[%s]}", ids->str);
  second = g_strdup_printf ("{\"name\":\"Harbor School\",\"stage\":\"Course of Construction\","
                            "\"tz_name\":\"America/New_York\",\"vendor_ids\":[%" G_GINT64_FORMAT "]}",
                            fixture->vendor_ids[0]);
  fixture->project_ids[0] = make (fixture, "/sandbox/projects", first);
  fixture->project_ids[1] = make (fixture, "/sandbox/projects", second);
  contract = g_strdup_printf ("{\"project_id\":%" G_GINT64_FORMAT ",\"vendor_id\":%" G_GINT64_FORMAT
                              ",\"kind\":\"work_order_contract\",\"title\":\"Electrical\"}",
                              fixture->project_ids[0], fixture->vendor_ids[0]);
  fixture->commitment_id = make (fixture, "/sandbox/commitments", contract);
}

void
fixture_open (Fixture *fixture)
{
  g_autoptr (ChPlace) place = ch_place_new (HOST, HOST);
  g_autoptr (ChTokenStore) tokens = ch_token_store_new (HOST, "sandbox-client", TRUE);
  g_autoptr (ChAuth) auth = NULL;
  g_autoptr (GError) error = NULL;

  fixture->hub = ch_change_hub_new ();
  fixture->store = ch_store_open (fixture->dir, fixture->hub, &error);
  g_assert_no_error (error);
  fixture->desk = ch_desk_new (fixture->store, CH_CLOCK (fixture->clock), "desk:test");
  fixture->transport = ch_sandbox_transport_new (fixture->sandbox, fixture->clock);
  auth = ch_auth_new (place, "sandbox-client", "sandbox-secret", tokens, CH_TRANSPORT (fixture->transport));
  fixture->procore = ch_procore_new (place, auth, CH_TRANSPORT (fixture->transport));
  ch_procore_set_company_id (fixture->procore, COMPANY);
  fixture->session = ch_session_new (fixture->desk, fixture->procore);
}

void
fixture_close (Fixture *fixture)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->session));
  g_assert_finalize_object (g_steal_pointer (&fixture->procore));
  g_assert_finalize_object (g_steal_pointer (&fixture->transport));
  g_assert_finalize_object (g_steal_pointer (&fixture->desk));
  ch_store_close (fixture->store);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_assert_finalize_object (g_steal_pointer (&fixture->hub));
}

void
fixture_begin (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  ch_store_begin (fixture->store, "test", ch_clock_now (CH_CLOCK (fixture->clock)), &error);
  g_assert_no_error (error);
}

void
fixture_commit (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  ch_store_commit (fixture->store, &error);
  g_assert_no_error (error);
}

static void
require (Fixture *fixture)
{
  g_autoptr (ChStoredRequirementSet) set = NULL;
  g_autoptr (ChRequirementAssignment) place = NULL;
  g_autoptr (GError) error = NULL;

  set = ch_desk_import_requirements (fixture->desk,
                                     "{\"schema\":1,\"name\":\"Standard\",\"warning_days\":10,\"coverages\":"
                                     "{\"general_liability\":{\"minimum\":{\"each_occurrence\":1000000}}}}",
                                     &error);
  g_assert_no_error (error);
  place = ch_requirement_assignment_new (CH_SCOPE_COMPANY, NULL, 0, 0, 0);
  ch_desk_assign_requirements (fixture->desk, set->id, place, &error);
  g_assert_no_error (error);
}

void
fixture_set_up (Fixture      *fixture,
                gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("sync-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->clock = test_clock_new ("2026-11-23T17:00:00Z");
  fixture->sandbox = ch_sandbox_new_empty ();
  ch_sandbox_set_now (fixture->sandbox, ch_clock_now (CH_CLOCK (fixture->clock)));
  ch_sandbox_set_limits (fixture->sandbox, 1000000, 1000000);
  ch_sandbox_tell (fixture->sandbox, FALSE);
  make_world (fixture);
  fixture_open (fixture);
  require (fixture);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_remove (child);
    }
  g_rmdir (path);
}

void
fixture_tear_down (Fixture      *fixture,
                   gconstpointer user_data)
{
  if (fixture->session != NULL)
    fixture_close (fixture);
  g_clear_object (&fixture->clock);
  g_assert_finalize_object (g_steal_pointer (&fixture->sandbox));
  remove_tree (fixture->dir);
  g_clear_pointer (&fixture->dir, g_free);
}

ChRoundSummary *
fixture_sync (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ChRoundSummary *summary = ch_session_run_round (fixture->session, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (summary);
  return summary;
}

void
fixture_sync_to_rest (Fixture *fixture)
{
  guint turn;

  for (turn = 0; turn < 10; turn++)
    {
      g_autoptr (ChRoundSummary) summary = fixture_sync (fixture);

      if (summary->pending == 0)
        return;
      test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + 60 * (gint64) G_USEC_PER_SEC);
    }
  g_error ("does not come to rest");
}

void
fixture_file (Fixture    *fixture,
              const char *policy_number,
              const char *effective,
              const char *expiration)
{
  fixture_file_for (fixture, fixture->vendor_ids[0], policy_number, effective, expiration);
}

void
fixture_file_for (Fixture    *fixture,
                  gint64      vendor_id,
                  const char *policy_number,
                  const char *effective,
                  const char *expiration)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("%%PDF-1.4 %s", policy_number);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autofree char *sha256 = ch_store_put_document (fixture->store, bytes, &error);
  g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_certificate_free);
  g_autoptr (GPtrArray) filed = NULL;
  g_autoptr (ChVendor) vendor = ch_store_get_vendor (fixture->store, vendor_id, NULL);
  ChCertificate *certificate = ch_certificate_new ();
  ChPolicy *policy = ch_policy_new ();
  ChReading reading = { certificates, 1, 0.99 };
  ChFiling filing = { "coi.pdf", sha256, vendor_id, NULL, TRUE };

  g_assert_nonnull (vendor);
  certificate->insured_name = g_strdup (vendor->name);
  certificate->date = ch_date_from_iso ("2026-01-05");
  certificate->holder_name = g_strdup ("Harbor & Main Builders, Inc.");
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", "Granite Mutual", "12345"));
  policy->coverage = CH_COVERAGE_GENERAL_LIABILITY;
  policy->insurer = g_strdup ("A");
  policy->policy_number = g_strdup (policy_number);
  policy->effective = ch_date_from_iso (effective);
  policy->expiration = ch_date_from_iso (expiration);
  policy->basis = CH_BASIS_OCCURRENCE;
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 1000000;
  g_ptr_array_add (certificate->policies, policy);
  g_ptr_array_add (certificates, certificate);
  filed = ch_desk_file_document (fixture->desk, &filing, &reading, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (filed->len, ==, 1);
}

JsonArray *
fixture_list (Fixture    *fixture,
              const char *what)
{
  g_autoptr (JsonNode) state = call (fixture, "GET", "/sandbox/state", "", NULL);

  return json_array_ref (json_object_get_array_member (json_node_get_object (state), what));
}

JsonArray *
fixture_list_insurances (Fixture    *fixture,
                         const char *kind,
                         gint64      project_id)
{
  g_autoptr (JsonArray) all = fixture_list (fixture, "insurances");
  g_autofree char *prefix = kind != NULL ? g_strdup_printf ("certholder:%s:", kind) : NULL;
  JsonArray *some = json_array_new ();
  guint i;

  for (i = 0; i < json_array_get_length (all); i++)
    {
      JsonObject *record = json_array_get_object_element (all, i);
      const char *origin_id = get_text (record, "origin_id");
      gboolean fits = prefix != NULL ? origin_id != NULL && g_str_has_prefix (origin_id, prefix)
                                     : origin_id == NULL || !g_str_has_prefix (origin_id, "certholder:");

      if (fits && (project_id == -1 || get_id (record, "_project_id") == project_id))
        json_array_add_object_element (some, json_object_ref (record));
    }
  return some;
}

guint
fixture_count_requests (Fixture    *fixture,
                        const char *method,
                        const char *path)
{
  g_autoptr (JsonNode) node = call (fixture, "GET", "/sandbox/journal", "", NULL);
  JsonArray *journal = json_node_get_array (node);
  guint n = 0;
  guint i;

  for (i = 0; i < json_array_get_length (journal); i++)
    {
      JsonObject *entry = json_array_get_object_element (journal, i);

      n += (method == NULL || g_str_equal (get_text (entry, "method"), method))
           && (path == NULL || g_pattern_match_simple (path, get_text (entry, "path")));
    }
  return n;
}

guint
fixture_count_writes (Fixture *fixture)
{
  return fixture_count_requests (fixture, NULL, NULL) - fixture_count_requests (fixture, "GET", NULL)
         - fixture_count_requests (fixture, "POST", "/oauth/*");
}

ChSharedRecord *
fixture_get_shared (Fixture     *fixture,
                    ChSharedKind kind,
                    gint64       project_id,
                    gint64       vendor_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = ch_store_list_shared (fixture->store, kind, project_id, vendor_id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 1);
  return g_ptr_array_steal_index (all, 0);
}

guint
fixture_count_outbox (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = ch_store_outbox_list (fixture->store, &error);

  g_assert_no_error (error);
  return rows->len;
}

guint
fixture_count_conflicts (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = ch_store_list_conflicts (fixture->store, 0, &error);

  g_assert_no_error (error);
  return conflicts->len;
}

/* How often a file's or link's text shows, whatever its project. */
static guint
count_with (JsonArray  *records,
            const char *member,
            const char *part)
{
  guint n = 0;
  guint i;

  for (i = 0; i < json_array_get_length (records); i++)
    {
      JsonObject *record = json_array_get_object_element (records, i);
      const char *text = get_text (record, member);
      gboolean deleted = json_object_get_boolean_member_with_default (record, "is_deleted", FALSE);

      n += !deleted && text != NULL && strstr (text, part) != NULL;
    }
  return n;
}

static void
check_insurance (const ChSharedRecord *record,
                 JsonArray            *records)
{
  g_autofree char *origin_id = ch_shared_record_dup_origin_id (record);
  guint i;

  g_assert_cmpuint (count_with (records, "origin_id", record->uuid), ==, 1);
  for (i = 0; i < json_array_get_length (records); i++)
    {
      JsonObject *remote = json_array_get_object_element (records, i);

      if (g_strcmp0 (get_text (remote, "origin_id"), origin_id) != 0)
        continue;
      g_assert_cmpstr (get_text (remote, "status"), ==, ch_field_set_get (record->local, "status"));
      g_assert_cmpstr (get_text (remote, "notes"), ==, ch_field_set_get (record->local, "notes"));
      g_assert_cmpstr (get_text (remote, "expiration_date"), ==, ch_field_set_get (record->local, "expiration_date"));
      g_assert_cmpstr (get_text (remote, "insurance_provider"), ==, ch_field_set_get (record->local, "insurance_provider"));
      g_assert_false (json_object_get_boolean_member (remote, "enable_expired_insurance_notifications"));
    }
}

static void
check_compliance (const ChSharedRecord *record,
                  JsonArray            *commitments)
{
  guint i;

  for (i = 0; i < json_array_get_length (commitments); i++)
    {
      JsonObject *commitment = json_array_get_object_element (commitments, i);
      JsonObject *compliance = json_object_get_object_member (commitment, "_compliance");

      if (get_id (commitment, "id") != record->commitment_id)
        continue;
      g_assert_cmpstr (get_text (compliance, "insurance_status"), ==, ch_field_set_get (record->local, "insurance_status"));
      g_assert_cmpstr (get_text (compliance, "insurance_notes"), ==, ch_field_set_get (record->local, "insurance_notes"));
    }
}

static void
check_kind (Fixture     *fixture,
            ChSharedKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = ch_store_list_shared (fixture->store, kind, -1, 0, &error);
  g_autoptr (JsonArray) insurances = fixture_list (fixture, "insurances");
  g_autoptr (JsonArray) commitments = fixture_list (fixture, "commitments");
  g_autoptr (JsonArray) files = fixture_list (fixture, "files");
  guint i;

  g_assert_no_error (error);
  g_assert_cmpuint (records->len, >, 0);
  for (i = 0; i < records->len; i++)
    {
      const ChSharedRecord *record = g_ptr_array_index (records, i);

      g_assert_false (record->gone);
      g_assert_nonnull (record->base);
      g_assert_true (ch_field_set_equal (record->local, record->base));
      if (kind == CH_SHARED_POLICY || kind == CH_SHARED_OVERALL)
        check_insurance (record, insurances);
      else if (kind == CH_SHARED_COMPLIANCE)
        check_compliance (record, commitments);
      else if (kind == CH_SHARED_DOCUMENT || kind == CH_SHARED_REPORT)
        g_assert_cmpuint (count_with (files, "description", record->uuid), ==, 1);
    }
}

void
fixture_check_rest (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = ch_store_verify (fixture->store, NULL, &error);
  g_autoptr (JsonArray) links = fixture_list (fixture, "links");
  g_autoptr (JsonArray) folders = fixture_list (fixture, "folders");
  g_autoptr (JsonArray) files = fixture_list (fixture, "files");
  guint n_before;
  guint kind;

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (fixture_count_outbox (fixture), ==, 0);
  g_assert_cmpuint (fixture_count_conflicts (fixture), ==, 0);
  for (kind = 0; kind < CH_N_SHARED_KINDS; kind++)
    check_kind (fixture, kind);
  g_assert_cmpuint (count_with (links, "title", "Insurance:"), ==, 2);
  g_assert_cmpuint (count_with (folders, "name", "Insurance certificates"), ==, 2);
  g_assert_cmpuint (count_with (files, "name", "Insurance compliance report.pdf"), ==, 2);

  n_before = fixture_count_writes (fixture);
  ch_round_summary_free (fixture_sync (fixture));
  g_assert_cmpuint (fixture_count_writes (fixture), ==, n_before);
}
