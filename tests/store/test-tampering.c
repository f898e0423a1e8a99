#include "config.h"

#include <string.h>

#include "ch-named-sql-private.h"
#include "ch-store-matches.h"
#include "ch-store-waivers.h"
#include "store-fixture.h"

/* One value changed, one row put in or taken out behind the program's back: verify says which. */

static ChFiledCertificate *
make_certificate (Fixture *fixture)
{
  static const double box[4] = { 1.5, 2, 3, 4 };
  ChFiledCertificate *filed = ch_filed_certificate_new ();
  ChPolicy *policy = ch_policy_new ();
  gint64 project_id = PROJECT;

  filed->sha256 = fixture_put_document (fixture, "%PDF one");
  filed->file_name = g_strdup ("coi.pdf");
  filed->vendor_id = SUB;
  filed->matched_by = g_strdup ("same name");
  filed->received_at = fixture->now;
  filed->n_pages = 2;
  g_array_append_val (filed->project_ids, project_id);
  filed->certificate->insured_name = g_strdup ("Keystone Electric LLC");
  g_ptr_array_add (filed->certificate->insurers, ch_insurer_new ("A", "Granite Mutual", "12345"));
  policy->policy_number = g_strdup ("GL-1");
  policy->expiration = 20454;
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 1000000;
  g_ptr_array_add (filed->certificate->policies, policy);
  g_ptr_array_add (filed->certificate->endorsements, g_strdup ("CG 20 10 04 13"));
  g_ptr_array_add (filed->certificate->fields, ch_field_reading_new ("policies[0].policy_number", 0.75, 1, box));

  return filed;
}

static void
add_certificate (Fixture *fixture)
{
  g_autoptr(ChFiledCertificate) filed = make_certificate (fixture);
  g_autoptr(GPtrArray) matches = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_stored_match_free);
  ChStoredMatch *match = g_new0 (ChStoredMatch, 1);
  g_autofree char *copy = fixture_put_document (fixture, "%PDF two");
  g_autoptr(GError) error = NULL;

  match->vendor_id = SUB;
  match->score = 0.875;
  match->reasons = g_strdup ("name");
  g_ptr_array_add (matches, match);
  ch_store_add_certificate (fixture->store, filed, &error);
  g_assert_no_error (error);
  ch_store_set_certificate_matches (fixture->store, filed->id, matches, &error);
  ch_store_add_certificate_copy (fixture->store, filed->id, copy, 0, "copy.pdf", &error);
  ch_store_set_certificate_review (fixture->store, filed->id, CH_REVIEW_APPROVED, NULL, &error);
  g_assert_no_error (error);
}

static void
add_directory (Fixture *fixture)
{
  g_autoptr(ChStage) stage = ch_stage_new (7, "Bidding", "pre_construction");
  g_autoptr(ChVendor) vendor = ch_vendor_new ();
  g_autoptr(ChInsuranceRecord) insurance = ch_insurance_record_new ();
  g_autoptr(GArray) projects = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) error = NULL;
  gint64 project_id = PROJECT;

  g_array_append_val (projects, project_id);
  ch_store_put_stage (fixture->store, stage, NULL, &error);
  vendor->id = SUB;
  vendor->name = g_strdup ("Keystone Electric LLC");
  g_ptr_array_add (vendor->trades, g_strdup ("Electrical"));
  ch_store_put_vendor (fixture->store, vendor, NULL, &error);
  ch_store_set_vendor_projects (fixture->store, SUB, projects, NULL, &error);
  insurance->id = 77;
  insurance->vendor_id = SUB;
  ch_field_set_set (insurance->fields, "status", "compliant");
  ch_store_put_insurance (fixture->store, insurance, NULL, &error);
  g_assert_no_error (error);
}

static void
add_judgement (Fixture *fixture)
{
  g_autoptr(ChStoredRequirementSet) set = NULL;
  g_autoptr(ChRequirementAssignment) place = ch_requirement_assignment_new (CH_SCOPE_COMPANY, NULL, 0, 0, 0);
  g_autoptr(ChWaiver) waiver = ch_waiver_new ("general_liability.present", 20500, "why not");
  g_autoptr(ChStoredVerdict) verdict = ch_stored_verdict_new ();
  g_autoptr(GError) error = NULL;

  set = ch_store_put_requirement_set (fixture->store, "Standard", "{\"schema\":1}", &error);
  ch_store_assign_requirement_set (fixture->store, set->id, place, &error);
  ch_store_add_waiver (fixture->store, SUB, 0, waiver, NULL, &error);
  g_assert_no_error (error);
  verdict->project_id = PROJECT;
  verdict->vendor_id = SUB;
  verdict->status = CH_STATUS_COMPLIANT;
  verdict->verdict->status = CH_STATUS_COMPLIANT;
  verdict->verdict->changes_on = 20424;
  ch_store_put_verdict (fixture->store, verdict, NULL, &error);
  verdict->status = CH_STATUS_NON_COMPLIANT;
  verdict->verdict->status = CH_STATUS_NON_COMPLIANT;
  g_ptr_array_add (verdict->verdict->findings, ch_finding_new ("general_liability.present", "general_liability",
                                                               CH_SEVERITY_FAIL, "a", "b", "c"));
  ch_store_put_verdict (fixture->store, verdict, NULL, &error);
  g_assert_no_error (error);
}

/* One at rest, one being sent, one in conflict. */
static void
add_shared (Fixture      *fixture,
            ChSharedKind  kind)
{
  g_autoptr(ChSharedRecord) record = ch_shared_record_new (kind);
  g_autoptr(GError) error = NULL;

  record->project_id = PROJECT;
  record->vendor_id = SUB;
  ch_field_set_set (record->local, "status", "compliant");
  if (kind == CH_SHARED_OVERALL)
    {
      record->base = ch_field_set_copy (record->local);
      record->remote = ch_field_set_copy (record->local);
    }
  ch_store_put_shared (fixture->store, record, &error);
  if (kind == CH_SHARED_COMPLIANCE)
    {
      ch_store_outbox_queue (fixture->store, record->id, &error);
      ch_store_outbox_mark_sending (fixture->store, record->id, record->local, &error);
    }
  if (kind == CH_SHARED_LINK)
    ch_store_put_conflict (fixture->store, record->id, "status", "a", "b", "c", &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;

  fixture_set_up_desk (fixture, user_data);
  fixture_begin (fixture);
  add_directory (fixture);
  add_certificate (fixture);
  add_judgement (fixture);
  add_shared (fixture, CH_SHARED_OVERALL);
  add_shared (fixture, CH_SHARED_COMPLIANCE);
  add_shared (fixture, CH_SHARED_LINK);
  ch_store_set_state (fixture->store, "review.second_person", "true", &error);
  ch_store_set_state (fixture->store, "sync.projects_since", "2026", &error);
  ch_store_add_event (fixture->store, "test", 0, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
}

typedef struct {
  const char *name;
  const char *sql;
  const char *problem;     /* part of the one sentence that tells it */
} Case;

#define COI " (coi.pdf) was changed by another program: "

static const Case cases[] = {
  { "certificate", "UPDATE certificate SET review = 'rejected'", COI "its file, sub or review." },
  { "certificate-sub", "UPDATE certificate SET matched_by = 'same namf'", COI "its file, sub or review." },
  { "certificate-gone", "DELETE FROM certificate_project", COI "its projects." },
  { "certificate-version", "UPDATE certificate_version SET insured_name = 'Keystone Electric LLD'", COI "what it says." },
  { "insurer", "UPDATE insurer SET naic = '12346'", COI "its insurers." },
  { "policy", "UPDATE policy SET expiration = expiration + 1", COI "its policies." },
  { "policy-blank-box", "UPDATE policy SET additional_insured = 0", COI "its policies." },
  { "limit", "UPDATE policy_limit SET amount = amount + 1", COI "its limits." },
  { "limit-put-in", "INSERT INTO policy_limit SELECT version_id, position, 'general_aggregate', 1 FROM policy_limit",
    COI "its limits." },
  { "endorsement", "UPDATE endorsement SET form = 'CG 20 10 04 14'", COI "its endorsements." },
  { "endorsement-gone", "DELETE FROM endorsement", COI "its endorsements." },
  { "field", "UPDATE certificate_field SET confidence = 0.7500000001", COI "where it was read." },
  { "policy-identity", "UPDATE policy_identity SET uuid = 'another'", COI "which policies its are." },
  { "match", "UPDATE certificate_match SET score = 1.0", COI "its proposed subs and projects." },
  { "copy", "DELETE FROM certificate_copy", COI "its copies." },
  { "key", "UPDATE certificate_key SET insured_key = 'x'", COI "by what it is found." },
  { "requirement-set", "UPDATE requirement_set SET name = 'Standarc'",
    "Requirement set Standarc was changed by another program: its name." },
  { "requirement-set-version", "UPDATE requirement_set_version SET body = '{\"schema\":2}'",
    "Requirement set Standard was changed by another program: what it asks." },
  { "requirement-assignment", "DELETE FROM requirement_assignment",
    "Requirement set Standard was changed by another program: where it is assigned." },
  { "waiver", "UPDATE waiver SET until = until + 1",
    "Waivers of sub Keystone Electric LLC was changed by another program: what is waived, until when, or by whom." },
  { "waivers-gone", "DELETE FROM waiver", "Waivers of sub 201 was taken out by another program." },
  { "verdict", "UPDATE verdict SET decision = 'compliant', status = 'compliant' WHERE superseded_at IS NULL",
    "was changed by another program: its status." },
  { "verdict-of-the-past", "UPDATE verdict SET judged_at = judged_at - 1 WHERE superseded_at IS NOT NULL",
    "Verdict #1 (Keystone Electric LLC, Riverside Tower) was changed by another program: its status." },
  { "verdict-put-in", "INSERT INTO verdict (project_id, vendor_id, status, decision, has_requirements, judged_at, superseded_at) "
                      "SELECT project_id, vendor_id, 'missing', 'missing', 1, judged_at - 9, judged_at - 5 FROM verdict LIMIT 1",
    "Verdict #3 (Keystone Electric LLC, Riverside Tower) was put in by another program" },
  { "verdict-taken-out", "DELETE FROM verdict WHERE id = 1", "Verdict 1 was taken out by another program." },
  { "finding", "UPDATE finding SET waived = 1", "was changed by another program: its findings." },
  { "finding-gone", "DELETE FROM finding", "was changed by another program: its findings." },
  { "conflict", "UPDATE conflict SET settled_at = 1, settled_by = 'desk:other'", "Conflict #1 (status) was changed" },
  { "setting", "UPDATE state SET value = 'false' WHERE name = 'review.second_person'",
    "Setting review.second_person was changed by another program: its value." },
  { "setting-gone", "DELETE FROM state WHERE name = 'review.second_person'",
    "Setting review.second_person was taken out by another program." },
  { "setting-put-in", "INSERT INTO state VALUES ('procore.api_url', 'https://evil.example')",
    "Setting procore.api_url was put in by another program" },
  { "stage", "UPDATE stage SET category = 'course_of_construction'", "The list of stages" },
  { "project", "UPDATE project SET active = 0 WHERE id = 101", "Project Riverside Tower was changed" },
  { "membership", "DELETE FROM membership", "Subs on project 101 was taken out" },
  { "membership-put-in", "INSERT INTO membership VALUES (202, 101)", "Subs on project Riverside Tower was changed" },
  { "vendor", "UPDATE vendor SET legal_name = 'Somebody Else' WHERE id = 201",
    "Sub Keystone Electric LLC was changed by another program: what Procore told of it." },
  { "vendor-trade", "UPDATE vendor_trade SET trade_key = 'roofing'",
    "Sub Keystone Electric LLC was changed by another program: its trades." },
  { "commitment", "UPDATE commitment SET status = 'Void'", "Commitment " },
  { "insurance", "UPDATE insurance SET origin_id = 'mine'", "Insurance record #77 was changed" },
  { "insurance-field", "UPDATE insurance_field SET value = 'expired'",
    "Insurance record #77 was changed by another program: its fields." },
  { "document-size", "UPDATE document SET size = size + 1 WHERE size = 8", "is damaged" },
  { "shared-local", "UPDATE shared_field SET local = 'expired' WHERE record_id = 1",
    "A record differs from what Procore agreed to, and nothing is queued for it: overall " },
  { "shared-base", "UPDATE shared_field SET base = 'expired' WHERE record_id = 1", "overall " },
  { "shared-remote", "UPDATE shared_field SET remote = 'expired' WHERE record_id = 1",
    "A record says that Procore agreed to something else than Procore told: overall " },
  { "shared-id", "UPDATE shared_record SET procore_id = '4711' WHERE id = 1",
    " was changed by another program: which one it is in Procore." },
  { "shared-withdrawn", "UPDATE shared_record SET withdrawn = 1 WHERE id = 1", "Shared record overall " },
  { "outbox-gone", "DELETE FROM outbox_field; DELETE FROM outbox",
    "A record differs from what Procore agreed to, and nothing is queued for it: compliance " },
  { "outbox-state", "UPDATE outbox SET state = 'queued'",
    "The outbox keeps what was sent of a record that is not being sent: compliance " },
  { "outbox-parked", "DELETE FROM outbox_field; UPDATE outbox SET state = 'parked', has_sent = 0",
    "A record is set aside without a reason: compliance " },
  { "event", "UPDATE event SET what = 'tesu' WHERE what = 'test'", "The audit trail was tampered with at event " },
  { "seal", "UPDATE event SET detail = replace (detail, 'review', 'reviev') WHERE what = 'sealed'",
    "The audit trail was tampered with at event " },
  { "event-head", "UPDATE event_head SET hash = 'x'", "The audit trail ends at event " },
  { "trigger", "DROP INDEX verdict_current", "The database lacks its index verdict_current." },
  { "table-put-in", "CREATE TABLE mine (x)", "The table mine of the database is another program’s." },
};

static void
test_tampering (Fixture       *fixture,
                gconstpointer  user_data)
{
  const Case *one = user_data;
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_told = FALSE;

  fixture_verify (fixture);
  fixture_tamper (fixture, one->sql);
  problems = ch_store_verify (fixture->store, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    {
      const char *problem = g_ptr_array_index (problems, i);

      g_test_message ("%s", problem);
      is_told |= strstr (problem, one->problem) != NULL;
    }
  g_assert_true (is_told);
}

/* A trigger that was taken away for good. */
static void
test_missing_triggers_are_seen (Fixture       *fixture,
                                gconstpointer  user_data)
{
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;

  fixture_execute (fixture, "DROP TRIGGER event_keeps_update");
  problems = ch_store_verify (fixture->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (problems, 0), ==, "The database lacks its trigger event_keeps_update.");
}

/* What is not sealed, and why. */
static const char * const unsealed[] = {
  "document",          /* by its SHA-256 */
  "event", "event_head",   /* the trail itself */
  "freshness", "hook",     /* the sync's own; losing them costs requests, never content */
  "outbox", "outbox_field", "shared_field",   /* checked against each other */
  "watched_file",      /* what was looked at in a folder */
};

static const char * const unsealed_columns[] = {
  "certificate.id", "certificate_version.id", "certificate_version.certificate_id", "certificate_project.certificate_id",
  "insurer.version_id", "policy.version_id", "policy_limit.version_id", "endorsement.version_id",
  "certificate_field.version_id", "policy_identity.id", "certificate_policy.certificate_id",
  "certificate_policy.identity_id", "certificate_match.certificate_id", "certificate_copy.certificate_id",
  "certificate_key.certificate_id", "requirement_set.id", "requirement_set_version.set_id", "requirement_assignment.id",
  "requirement_assignment.set_id", "waiver.vendor_id", "verdict.id", "verdict.judge_again_on", "finding.verdict_id", "conflict.id", "state.name",
  "project.id", "membership.project_id", "vendor.id", "vendor_trade.vendor_id", "commitment.id", "insurance.id",
  "insurance_field.insurance_id", "shared_record.id",
};

static gboolean
is_among (const char * const *list,
          gsize               n,
          const char         *name)
{
  for (gsize i = 0; i < n; i++)
    {
      if (g_str_equal (list[i], name))
        return TRUE;
    }

  return FALSE;
}

/* Whether one of the statements reads the table's column for a seal. */
static gboolean
is_sealed (GHashTable *statements,
           const char *table,
           const char *column)
{
  g_autofree char *from = g_strdup_printf ("(FROM|JOIN) %s\\b", table);
  g_autofree char *word = g_strdup_printf ("(SELECT|[ .])\\s*%s\\b[^(]*FROM", column);
  GHashTableIter iter;
  gpointer name, sql;

  g_hash_table_iter_init (&iter, statements);
  while (g_hash_table_iter_next (&iter, &name, &sql))
    {
      if (g_str_has_prefix (name, "seal-") && g_regex_match_simple (from, sql, 0, 0) &&
          g_regex_match_simple (word, sql, G_REGEX_DOTALL, 0))
        return TRUE;
    }

  return FALSE;
}

/* Who adds a column adds it to its seal (sql/seals.sql), or says here why not. */
static void
test_every_column_is_sealed (Fixture       *fixture,
                             gconstpointer  user_data)
{
  g_autoptr(GHashTable) statements = _ch_named_sql_load ();
  g_autofree char *names = fixture_read_text (fixture, "SELECT group_concat (t.name || '.' || c.name, ' ') "
                                              "FROM pragma_table_list AS t JOIN pragma_table_info (t.name) AS c "
                                              "WHERE t.schema = 'main' AND t.type = 'table' "
                                              "AND substr (t.name, 1, 7) <> 'sqlite_'");
  g_auto(GStrv) columns = g_strsplit (names, " ", -1);

  g_assert_cmpuint (g_strv_length (columns), >, 150);
  for (guint i = 0; columns[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (columns[i], ".", 2);

      if (is_among (unsealed, G_N_ELEMENTS (unsealed), parts[0]) ||
          is_among (unsealed_columns, G_N_ELEMENTS (unsealed_columns), columns[i]) ||
          is_sealed (statements, parts[0], parts[1]))
        continue;
      g_test_fail_printf ("%s is not sealed", columns[i]);
    }
}

/* What an earlier version wrote is vouched for from the day of the update on. */
static void
test_what_was_there_before_is_sealed_once (Fixture       *fixture,
                                           gconstpointer  user_data)
{
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;

  ch_store_close (fixture->store);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  fixture_tamper (fixture, "DELETE FROM event; UPDATE event_head SET last_id = 0, hash = ''");
  fixture->store = ch_store_open (fixture->dir, fixture->hub, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_read_number (fixture, "SELECT count (*) FROM event"), ==, 1);
  fixture_verify (fixture);

  fixture_tamper (fixture, "UPDATE policy_limit SET amount = 5");
  fixture_reopen (fixture);
  g_assert_cmpint (fixture_read_number (fixture, "SELECT count (*) FROM event"), ==, 1);
  problems = ch_store_verify (fixture->store, NULL, &error);
  g_assert_cmpuint (problems->len, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/store/tampering/", cases[i].name, NULL);

      g_test_add (path, Fixture, &cases[i], set_up, test_tampering, fixture_tear_down);
    }
  FIXTURE_TEST ("/store/tampering/missing-trigger", set_up, test_missing_triggers_are_seen);
  FIXTURE_TEST ("/store/tampering/every-column-is-sealed", fixture_set_up, test_every_column_is_sealed);
  FIXTURE_TEST ("/store/tampering/earlier-data-is-sealed-once", set_up, test_what_was_there_before_is_sealed_once);

  return g_test_run ();
}
