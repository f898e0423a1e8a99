#include "config.h"

#include "ch-store-private.h"
#include "store-fixture.h"

static ChSharedRecord *
make_record (ChSharedKind  kind,
             gint64        project_id,
             gint64        vendor_id,
             const char   *subject)
{
  ChSharedRecord *record = ch_shared_record_new (kind);

  record->project_id = project_id;
  record->vendor_id = vendor_id;
  record->subject = g_strdup (subject);
  ch_field_set_set (record->local, "status", "compliant");

  return record;
}

static void
put (Fixture        *fixture,
     ChSharedRecord *record)
{
  g_autoptr(GError) error = NULL;

  fixture_begin (fixture);
  ch_store_put_shared (fixture->store, record, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
}

static ChSharedRecord *
get (Fixture *fixture,
     gint64   id)
{
  g_autoptr(GError) error = NULL;
  ChSharedRecord *record = ch_store_get_shared (fixture->store, id, &error);

  g_assert_no_error (error);

  return record;
}

static void
assert_same_fields (const ChFieldSet *a,
                    const ChFieldSet *b)
{
  g_assert_cmpint (a == NULL, ==, b == NULL);
  if (a != NULL)
    g_assert_true (ch_field_set_equal (a, b));
}

static void
assert_same_record (const ChSharedRecord *a,
                    const ChSharedRecord *b)
{
  g_assert_cmpint (a->id, ==, b->id);
  g_assert_cmpstr (a->uuid, ==, b->uuid);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->project_id, ==, b->project_id);
  g_assert_cmpint (a->vendor_id, ==, b->vendor_id);
  g_assert_cmpint (a->commitment_id, ==, b->commitment_id);
  g_assert_cmpstr (a->subject, ==, b->subject);
  g_assert_cmpstr (a->procore_id, ==, b->procore_id);
  assert_same_fields (a->local, b->local);
  assert_same_fields (a->base, b->base);
  assert_same_fields (a->remote, b->remote);
  g_assert_cmpint (a->gone, ==, b->gone);
  g_assert_cmpint (a->withdrawn, ==, b->withdrawn);
}

/* Each of the three versions comes back as it is: absent, empty, or with its own fields. */
static void
test_three_versions_come_back (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autoptr(ChSharedRecord) record = make_record (CH_SHARED_COMPLIANCE, PROJECT, SUB, NULL);
  g_autoptr(ChSharedRecord) made = NULL;
  g_autoptr(ChSharedRecord) changed = NULL;
  g_autoptr(ChSharedRecord) emptied = NULL;
  g_autoptr(ChSharedRecord) without = NULL;
  g_autofree char *origin_id = NULL;
  g_autofree char *expected = NULL;

  record->commitment_id = COMMITMENT;
  put (fixture, record);
  g_assert_cmpint (record->id, !=, 0);
  g_assert_true (g_uuid_string_is_valid (record->uuid));
  origin_id = ch_shared_record_dup_origin_id (record);
  expected = g_strconcat ("certholder:compliance:", record->uuid, NULL);
  g_assert_cmpstr (origin_id, ==, expected);
  made = get (fixture, record->id);
  assert_same_record (record, made);

  record->base = ch_field_set_new ();
  record->remote = ch_field_set_new ();
  ch_field_set_set (record->remote, "status", "expired");
  ch_field_set_set (record->remote, "notes", "by hand");
  record->procore_id = g_strdup ("77");
  record->gone = TRUE;
  put (fixture, record);
  fixture_reopen (fixture);
  changed = get (fixture, record->id);
  assert_same_record (record, changed);

  ch_field_set_set (record->local, "status", NULL);
  g_clear_pointer (&record->remote, ch_field_set_free);
  record->withdrawn = TRUE;
  put (fixture, record);
  emptied = get (fixture, record->id);
  assert_same_record (record, emptied);
  g_assert_cmpint (fixture_read_number (fixture, "SELECT count (*) FROM shared_field"), ==, 0);

  g_clear_pointer (&record->local, ch_field_set_free);
  put (fixture, record);
  without = get (fixture, record->id);
  assert_same_record (record, without);
}

static void
test_the_same_again_writes_nothing (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  g_autoptr(ChSharedRecord) record = make_record (CH_SHARED_OVERALL, PROJECT, SUB, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStore) other = ch_store_open (fixture->dir, NULL, &error);

  put (fixture, record);
  g_assert_true (ch_store_poll_others (other));
  put (fixture, record);
  g_assert_false (ch_store_poll_others (other));
  ch_store_close (other);
}

static void
test_one_record_per_place (Fixture       *fixture,
                           gconstpointer  user_data)
{
  g_autoptr(ChSharedRecord) first = make_record (CH_SHARED_OVERALL, PROJECT, SUB, NULL);
  g_autoptr(ChSharedRecord) same_place = make_record (CH_SHARED_OVERALL, PROJECT, SUB, NULL);
  g_autoptr(ChSharedRecord) other_sub = make_record (CH_SHARED_OVERALL, PROJECT, SUB_2, NULL);
  g_autoptr(ChSharedRecord) unknown = make_record (CH_SHARED_OVERALL, PROJECT, SUB_2, "x");
  g_autoptr(GError) error = NULL;

  first->procore_id = g_strdup ("5");
  put (fixture, first);
  fixture_begin (fixture);
  g_assert_false (ch_store_put_shared (fixture->store, same_place, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_EXISTS);
  g_assert_cmpint (same_place->id, ==, 0);
  g_clear_error (&error);
  other_sub->procore_id = g_strdup ("5");
  g_assert_false (ch_store_put_shared (fixture->store, other_sub, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  unknown->id = 999;
  g_assert_false (ch_store_put_shared (fixture->store, unknown, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_free (other_sub->procore_id);
  other_sub->procore_id = g_strdup ("6");
  g_assert_true (ch_store_put_shared (fixture->store, other_sub, &error));
  fixture_commit (fixture);
}

static void
test_finding_and_listing (Fixture       *fixture,
                          gconstpointer  user_data)
{
  static const struct { gint64 project, vendor; guint n; } cases[] = {
    { -1, 0, 3 }, { PROJECT, 0, 2 }, { -1, SUB, 2 }, { PROJECT, SUB, 1 }, { 0, 0, 0 }, { PROJECT_2, SUB_2, 0 },
  };
  g_autoptr(ChSharedRecord) a = make_record (CH_SHARED_DOCUMENT, PROJECT, SUB, "cert-1");
  g_autoptr(ChSharedRecord) b = make_record (CH_SHARED_DOCUMENT, PROJECT_2, SUB, "cert-1");
  g_autoptr(ChSharedRecord) c = make_record (CH_SHARED_DOCUMENT, PROJECT, SUB_2, "cert-2");
  g_autoptr(ChSharedRecord) report = make_record (CH_SHARED_REPORT, PROJECT, 0, NULL);
  g_autoptr(ChSharedRecord) found = NULL;
  g_autoptr(ChSharedRecord) by_uuid = NULL;
  g_autoptr(GError) error = NULL;

  put (fixture, a);
  put (fixture, b);
  put (fixture, c);
  put (fixture, report);

  found = ch_store_find_shared (fixture->store, CH_SHARED_DOCUMENT, PROJECT_2, SUB, 0, "cert-1", &error);
  g_assert_no_error (error);
  assert_same_record (b, found);
  by_uuid = ch_store_find_shared_by_uuid (fixture->store, c->uuid, &error);
  assert_same_record (c, by_uuid);
  g_assert_null (ch_store_find_shared (fixture->store, CH_SHARED_DOCUMENT, PROJECT_2, SUB, 0, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (ch_store_find_shared_by_uuid (fixture->store, "x", &error));
  g_assert_no_error (error);
  g_assert_null (ch_store_get_shared (fixture->store, 999, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) all = NULL;

      all = ch_store_list_shared (fixture->store, CH_SHARED_DOCUMENT, cases[i].project, cases[i].vendor, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (all->len, ==, cases[i].n);
    }
}

static ChConflict *
get_conflict (Fixture *fixture,
              gint64   record_id,
              guint    n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) all = ch_store_list_conflicts (fixture->store, record_id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, n);

  return n > 0 ? g_ptr_array_steal_index (all, 0) : NULL;
}

static void
test_conflicts_open_and_settled (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  g_autoptr(ChSharedRecord) record = make_record (CH_SHARED_OVERALL, PROJECT, SUB, NULL);
  g_autoptr(ChConflict) first = NULL;
  g_autoptr(ChConflict) updated = NULL;
  g_autoptr(ChConflict) again = NULL;
  g_autoptr(GError) error = NULL;

  put (fixture, record);
  fixture_begin (fixture);
  ch_store_put_conflict (fixture->store, record->id, "status", "a", "b", "c", &error);
  ch_store_put_conflict (fixture->store, record->id, "notes", NULL, "b", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (ch_store_put_conflict (fixture->store, 999, "status", NULL, NULL, NULL, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_INVALID);
  g_clear_error (&error);
  fixture_commit (fixture);
  first = get_conflict (fixture, record->id, 2);
  g_assert_cmpstr (first->field, ==, "status");
  g_assert_cmpstr (first->base, ==, "a");
  g_assert_cmpstr (first->local, ==, "b");
  g_assert_cmpstr (first->remote, ==, "c");
  g_assert_cmpint (first->at, ==, NOW);

  fixture->now += 10;
  fixture_begin (fixture);
  ch_store_put_conflict (fixture->store, record->id, "status", "a", "b", "c", &error);
  fixture_commit (fixture);
  fixture_begin (fixture);
  ch_store_put_conflict (fixture->store, record->id, "status", "a", "b", "d", &error);
  fixture_commit (fixture);
  updated = get_conflict (fixture, 0, 2);
  g_assert_cmpint (updated->id, ==, first->id);
  g_assert_cmpstr (updated->remote, ==, "d");

  fixture_begin (fixture);
  g_assert_true (ch_store_settle_conflict (fixture->store, first->id, &error));
  g_assert_false (ch_store_settle_conflict (fixture->store, first->id, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  ch_store_put_conflict (fixture->store, record->id, "status", "d", "e", "f", &error);
  fixture_commit (fixture);
  again = get_conflict (fixture, record->id, 2);
  g_assert_cmpstr (again->field, ==, "notes");
  g_assert_cmpint (fixture_read_number (fixture, "SELECT count (*) FROM conflict WHERE settled_by = 'desk:test'"),
                   ==, 1);
}

/* A list for which SQLite could not forget the ids of the one before must not show what those were about: what it lacks
 * would be held for deleted. */
static int
fail_to_clear_cb (const char *name,
                  gpointer    user_data)
{
  return g_str_equal (name, "clear-selection") ? SQLITE_IOERR : SQLITE_OK;
}

static void
test_a_list_that_fails_shows_nothing_else (Fixture       *fixture,
                                           gconstpointer  user_data)
{
  g_autoptr(ChSharedRecord) record = ch_shared_record_new (CH_SHARED_OVERALL);
  g_autoptr(GPtrArray) first = NULL;
  g_autoptr(GPtrArray) second = NULL;
  g_autoptr(GPtrArray) third = NULL;
  g_autoptr(GError) error = NULL;

  record->project_id = PROJECT;
  record->vendor_id = SUB;
  fixture_begin (fixture);
  g_assert_true (ch_store_put_shared (fixture->store, record, &error));
  fixture_commit (fixture);

  first = ch_store_list_shared (fixture->store, CH_SHARED_OVERALL, PROJECT, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->len, ==, 1);
  _ch_connection_set_step_func (fixture->store->connection, fail_to_clear_cb, NULL);
  second = ch_store_list_shared (fixture->store, CH_SHARED_OVERALL, PROJECT_2, 0, &error);
  g_assert_null (second);
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_IO);
  g_clear_error (&error);
  _ch_connection_set_step_func (fixture->store->connection, NULL, NULL);
  third = ch_store_list_shared (fixture->store, CH_SHARED_OVERALL, PROJECT_2, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (third->len, ==, 0);
}

/* The end of a read that failed leaves a transaction open in SQLite: the next act must not stumble over it. */
static int
fail_to_end_cb (const char *name,
                gpointer    user_data)
{
  return g_str_equal (name, "rollback") ? SQLITE_IOERR : SQLITE_OK;
}

static void
test_a_read_that_fails_to_end_holds_up_nothing (Fixture       *fixture,
                                                gconstpointer  user_data)
{
  g_autoptr(GPtrArray) read = NULL;
  g_autoptr(GPtrArray) again = NULL;
  g_autoptr(GError) error = NULL;

  _ch_connection_set_step_func (fixture->store->connection, fail_to_end_cb, NULL);
  read = ch_store_list_shared (fixture->store, CH_SHARED_OVERALL, -1, 0, &error);
  _ch_connection_set_step_func (fixture->store->connection, NULL, NULL);
  fixture_begin (fixture);
  fixture_commit (fixture);
  again = ch_store_list_shared (fixture->store, CH_SHARED_OVERALL, -1, 0, &error);
  g_assert_no_error (error);
  g_assert_nonnull (again);
}

/* A restored server hands ids out again: the one that Procore shows now is right. */
static void
test_procore_id_goes_to_the_last_claim (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr(ChSharedRecord) one = ch_shared_record_new (CH_SHARED_OVERALL);
  g_autoptr(ChSharedRecord) other = ch_shared_record_new (CH_SHARED_OVERALL);
  g_autoptr(ChSharedRecord) after = NULL;
  g_autoptr(GError) error = NULL;

  one->project_id = other->project_id = PROJECT;
  one->vendor_id = SUB;
  other->vendor_id = SUB_2;
  fixture_begin (fixture);
  g_assert_true (ch_store_put_shared (fixture->store, one, &error));
  g_assert_true (ch_store_put_shared (fixture->store, other, &error));
  g_assert_true (ch_store_claim_procore_id (fixture->store, one, "77", &error));
  fixture_commit (fixture);
  fixture_begin (fixture);
  g_assert_true (ch_store_claim_procore_id (fixture->store, other, "77", &error));
  fixture_commit (fixture);
  g_assert_cmpstr (other->procore_id, ==, "77");
  after = ch_store_get_shared (fixture->store, one->id, &error);
  g_assert_null (after->procore_id);
  fixture_verify (fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  FIXTURE_TEST ("/store/shared/three-versions-come-back", fixture_set_up_desk, test_three_versions_come_back);
  FIXTURE_TEST ("/store/shared/the-same-again-writes-nothing", fixture_set_up_desk, test_the_same_again_writes_nothing);
  FIXTURE_TEST ("/store/shared/one-record-per-place", fixture_set_up_desk, test_one_record_per_place);
  FIXTURE_TEST ("/store/shared/finding-and-listing", fixture_set_up_desk, test_finding_and_listing);
  FIXTURE_TEST ("/store/shared/a-list-that-fails-shows-nothing-else", fixture_set_up_desk,
                test_a_list_that_fails_shows_nothing_else);
  FIXTURE_TEST ("/store/shared/a-read-that-fails-to-end-holds-up-nothing", fixture_set_up_desk,
                test_a_read_that_fails_to_end_holds_up_nothing);
  FIXTURE_TEST ("/store/shared/procore-id-goes-to-the-last-claim", fixture_set_up_desk,
                test_procore_id_goes_to_the_last_claim);
  FIXTURE_TEST ("/store/shared/conflicts-open-and-settled", fixture_set_up_desk, test_conflicts_open_and_settled);

  return g_test_run ();
}
