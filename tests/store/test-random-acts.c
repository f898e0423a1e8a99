#include "config.h"

#include "store-fixture.h"

/* Whatever people, Procore and the clock do in whatever order, the store stays in order. `--seed` repeats a run. */

#define N_PROJECTS 4
#define N_VENDORS 5
#define N_ACTS 400

static gint64
pick_project (void)
{
  return 1000 + g_test_rand_int_range (0, N_PROJECTS);
}

static gint64
pick_vendor (void)
{
  return 2000 + g_test_rand_int_range (0, N_VENDORS);
}

static ChCertificate *
make_certificate (void)
{
  ChCertificate *certificate = ch_certificate_new ();
  int n = g_test_rand_int_range (0, 4);

  for (int i = 0; i < n; i++)
    {
      ChPolicy *policy = ch_policy_new ();

      policy->coverage = (ChCoverage) g_test_rand_int_range (0, CH_N_COVERAGES);
      policy->policy_number = g_strdup_printf ("P-%d", g_test_rand_int_range (0, 4));
      policy->effective = g_test_rand_int_range (0, 3) * 365;
      policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 1000000;
      g_ptr_array_add (certificate->policies, policy);
    }

  return certificate;
}

static void
add_certificate (Fixture  *fixture,
                 GError  **error)
{
  g_autoptr(ChFiledCertificate) filed = ch_filed_certificate_new ();
  g_autofree char *text = g_strdup_printf ("document %d", g_test_rand_int_range (0, 60));

  filed->sha256 = fixture_put_document (fixture, text);
  filed->vendor_id = g_test_rand_bit () ? pick_vendor () : 0;
  filed->received_at = fixture->now;
  ch_certificate_free (filed->certificate);
  filed->certificate = make_certificate ();
  ch_store_add_certificate (fixture->store, filed, error);
}

static void
change_certificate (Fixture  *fixture,
                    GError  **error)
{
  gint64 id = g_test_rand_int_range (1, 60);
  g_autoptr(ChCertificate) certificate = make_certificate ();

  switch (g_test_rand_int_range (0, 3))
    {
    case 0:
      ch_store_set_certificate_sub (fixture->store, id, g_test_rand_bit () ? pick_vendor () : 0, "given", error);
      break;
    case 1:
      ch_store_correct_certificate (fixture->store, id, certificate, error);
      break;
    default:
      ch_store_set_certificate_review (fixture->store, id, (ChReviewState) g_test_rand_int_range (0, 3), NULL, error);
      break;
    }
}

static void
change_directory (Fixture  *fixture,
                  GError  **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  int n = g_test_rand_int_range (0, 4);

  for (int i = 0; i < n; i++)
    {
      gint64 id = pick_project ();

      g_array_append_val (ids, id);
    }
  if (g_test_rand_bit ())
    ch_store_set_vendor_projects (fixture->store, pick_vendor (), ids, NULL, error);
  else if (g_test_rand_bit ())
    ch_store_mark_project_gone (fixture->store, pick_project (), error);
  else
    fixture_put_project (fixture, pick_project (), g_test_rand_bit () ? "One name" : "Another name");
}

static void
judge (Fixture  *fixture,
       GError  **error)
{
  g_autoptr(ChStoredVerdict) stored = ch_stored_verdict_new ();

  stored->project_id = pick_project ();
  stored->vendor_id = pick_vendor ();
  stored->status = (ChStatus) g_test_rand_int_range (0, CH_N_STATUSES);
  stored->verdict->status = stored->status;
  stored->verdict->changes_on = CH_DATE_NONE;
  if (g_test_rand_bit ())
    g_ptr_array_add (stored->verdict->findings, ch_finding_new ("a.present", "a", CH_SEVERITY_FAIL, NULL, NULL, "x"));
  if (g_test_rand_int_range (0, 5) == 0)
    ch_store_end_verdict (fixture->store, stored->project_id, stored->vendor_id, 0, error);
  else
    ch_store_put_verdict (fixture->store, stored, NULL, error);
  if (*error == NULL)
    ch_store_add_event (fixture->store, "verdict.changed", stored->project_id, stored->vendor_id, NULL, NULL, error);
}

static void
share (Fixture  *fixture,
       GError  **error)
{
  gint64 project_id = pick_project ();
  gint64 vendor_id = pick_vendor ();
  g_autoptr(ChSharedRecord) record = NULL;
  g_autofree char *value = g_strdup_printf ("%d", g_test_rand_int_range (0, 3));

  record = ch_store_find_shared (fixture->store, CH_SHARED_OVERALL, project_id, vendor_id, 0, NULL, error);
  if (record == NULL)
    record = ch_shared_record_new (CH_SHARED_OVERALL);
  record->project_id = project_id;
  record->vendor_id = vendor_id;
  ch_field_set_set (record->local, "status", value);
  /* as every act does: what is to be said is queued in the same breath */
  if (!ch_store_put_shared (fixture->store, record, error) ||
      !ch_store_outbox_queue (fixture->store, record->id, error))
    return;

  switch (g_test_rand_int_range (0, 5))
    {
    case 0:
      ch_store_outbox_mark_sending (fixture->store, record->id, record->local, error);
      break;
    case 1:
      g_clear_pointer (&record->base, ch_field_set_free);
      g_clear_pointer (&record->remote, ch_field_set_free);
      record->base = ch_field_set_copy (record->local);
      record->remote = ch_field_set_copy (record->local);
      if (ch_store_put_shared (fixture->store, record, error))
        ch_store_outbox_confirm (fixture->store, record->id, error);
      break;
    case 2:
      ch_store_outbox_park (fixture->store, record->id, "refused", error);
      break;
    case 3:
      ch_store_put_conflict (fixture->store, record->id, "status", NULL, value, "other", error);
      break;
    default:
      break;
    }
}

/* The same policy of the same sub has one uuid, on whichever certificates, and no other policy has it. */
static void
check_policies (Fixture *fixture)
{
  g_autoptr(GHashTable) uuids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) all = ch_store_list_certificates (fixture->store, 0, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, >, 0);
  for (guint i = 0; i < all->len; i++)
    {
      const ChFiledCertificate *filed = g_ptr_array_index (all, i);
      g_autoptr(GHashTable) ordinals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      g_assert_cmpuint (filed->policy_uuids->len, ==, filed->certificate->policies->len);
      for (guint k = 0; k < filed->policy_uuids->len; k++)
        {
          const ChPolicy *policy = g_ptr_array_index (filed->certificate->policies, k);
          g_autofree char *shown = NULL;
          g_autofree char *key = NULL;
          const char *known;
          int ordinal;

          shown = g_strdup_printf ("%d %s %d", policy->coverage, policy->policy_number, policy->effective);
          ordinal = GPOINTER_TO_INT (g_hash_table_lookup (ordinals, shown));
          g_hash_table_insert (ordinals, g_strdup (shown), GINT_TO_POINTER (ordinal + 1));
          key = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %d", filed->vendor_id,
                                 filed->vendor_id != 0 ? 0 : filed->id, shown, ordinal);
          known = g_hash_table_lookup (uuids, g_ptr_array_index (filed->policy_uuids, k));
          if (known != NULL)
            g_assert_cmpstr (known, ==, key);
          else
            g_hash_table_insert (uuids, g_strdup (g_ptr_array_index (filed->policy_uuids, k)), g_steal_pointer (&key));
        }
    }
  g_assert_cmpint (fixture_read_number (fixture, "SELECT count (*) FROM pragma_foreign_key_check"), ==, 0);
}

static void
act (Fixture *fixture)
{
  static void (* const acts[]) (Fixture *, GError **) = {
    add_certificate, change_certificate, change_directory, judge, share,
  };
  int n = g_test_rand_int_range (1, 4);

  fixture->now += g_test_rand_int_range (-1000, 100000);
  fixture_begin (fixture);
  for (int i = 0; i < n; i++)
    {
      g_autoptr(GError) error = NULL;

      /* What a rule refuses has changed nothing, and the act may go on. */
      acts[g_test_rand_int_range (0, G_N_ELEMENTS (acts))] (fixture, &error);
      if (error != NULL)
        g_assert_true (error->domain == CH_STORE_ERROR &&
                       (error->code == CH_STORE_ERROR_NOT_FOUND || error->code == CH_STORE_ERROR_EXISTS ||
                        error->code == CH_STORE_ERROR_INVALID));
    }
  if (g_test_rand_int_range (0, 6) == 0)
    ch_store_rollback (fixture->store);
  else
    fixture_commit (fixture);
  if (g_test_rand_int_range (0, 50) == 0)
    fixture_reopen (fixture);
}

static void
test_any_series_of_acts (Fixture       *fixture,
                         gconstpointer  user_data)
{
  fixture_begin (fixture);
  for (guint i = 0; i < N_PROJECTS; i++)
    fixture_put_project (fixture, 1000 + i, "Project");
  for (guint i = 0; i < N_VENDORS; i++)
    fixture_put_vendor (fixture, 2000 + i, "Sub");
  fixture_commit (fixture);

  for (guint i = 0; i < N_ACTS; i++)
    {
      act (fixture);
      if (i % 50 == 49)
        fixture_verify (fixture);
    }
  check_policies (fixture);
  fixture_verify (fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  FIXTURE_TEST ("/store/random-acts/any-series", fixture_set_up, test_any_series_of_acts);

  return g_test_run ();
}
