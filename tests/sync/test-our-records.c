#include "config.h"

#include "ch-our-records-private.h"
#include "sync-fixture.h"

/* The records of ours that a list may show, as they stand in the store while the list is taken over. */

static char *
dup_origin (const ChSharedRecord *record)
{
  return g_strdup_printf ("certholder:%s:%s", ch_shared_kind_to_string (record->kind), record->uuid);
}

static ChOurRecords *
load (Fixture *fixture,
      gint64   project_id)
{
  ChOurRecords *ours = _ch_our_records_new (fixture->store);
  g_autoptr (GError) error = NULL;

  g_assert_true (_ch_our_records_load (ours, project_id, &error));
  g_assert_no_error (error);
  return ours;
}

static void
test_the_list_has_those_of_its_project_alone (Fixture      *fixture,
                                              gconstpointer user_data)
{
  g_autoptr (ChOurRecords) of_first = NULL;
  g_autoptr (ChOurRecords) of_company = NULL;
  GPtrArray *list;
  guint i;

  fixture_sync_to_rest (fixture);
  fixture_file (fixture, "GL-1", "2026-01-01", "2026-12-31");
  fixture_sync_to_rest (fixture);

  of_first = load (fixture, fixture->project_ids[0]);
  list = _ch_our_records_get_list (of_first);
  g_assert_cmpuint (list->len, ==, N_VENDORS);
  for (i = 0; i < list->len; i++)
    g_assert_cmpint (((ChSharedRecord *) g_ptr_array_index (list, i))->project_id, ==, fixture->project_ids[0]);

  of_company = load (fixture, 0);
  list = _ch_our_records_get_list (of_company);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpint (((ChSharedRecord *) g_ptr_array_index (list, 0))->kind, ==, CH_SHARED_POLICY);
}

static void
test_an_origin_is_found_wherever_it_belongs (Fixture      *fixture,
                                             gconstpointer user_data)
{
  g_autoptr (ChSharedRecord) here = NULL;
  g_autoptr (ChSharedRecord) elsewhere = NULL;
  g_autofree char *origin_here = NULL;
  g_autofree char *origin_elsewhere = NULL;
  g_autoptr (ChOurRecords) ours = NULL;
  g_autoptr (GError) error = NULL;
  ChSharedRecord *found;

  fixture_sync_to_rest (fixture);
  here = fixture_get_shared (fixture, CH_SHARED_OVERALL, fixture->project_ids[0], fixture->vendor_ids[0]);
  elsewhere = fixture_get_shared (fixture, CH_SHARED_OVERALL, fixture->project_ids[1], fixture->vendor_ids[0]);
  origin_here = dup_origin (here);
  origin_elsewhere = dup_origin (elsewhere);

  ours = load (fixture, fixture->project_ids[0]);
  found = _ch_our_records_find (ours, origin_here, &error);
  g_assert_nonnull (found);
  g_assert_cmpint (found->id, ==, here->id);
  g_assert_true (g_ptr_array_find (_ch_our_records_get_list (ours), found, NULL));

  found = _ch_our_records_find (ours, origin_elsewhere, &error);
  g_assert_nonnull (found);
  g_assert_cmpint (found->id, ==, elsewhere->id);
  g_assert_true (_ch_our_records_find (ours, origin_elsewhere, &error) == found);

  g_assert_null (_ch_our_records_find (ours, "certholder:overall:4f8b8fe1-0000-4000-8000-000000000000", &error));
  g_assert_null (_ch_our_records_find (ours, "somebody:overall:1", &error));
  g_assert_null (_ch_our_records_find (ours, NULL, &error));
  g_assert_no_error (error);
}

/* What is stored of the other afterwards must not ask for the id again. */
static void
test_a_claim_takes_the_id_from_the_one_that_had_it (Fixture      *fixture,
                                                    gconstpointer user_data)
{
  g_autofree char *origin_one = NULL;
  g_autofree char *origin_other = NULL;
  g_autofree char *id = NULL;
  g_autoptr (ChSharedRecord) one = NULL;
  g_autoptr (ChSharedRecord) other = NULL;
  g_autoptr (ChOurRecords) ours = NULL;
  g_autoptr (GError) error = NULL;
  ChSharedRecord *robbed;
  ChSharedRecord *claimer;

  fixture_sync_to_rest (fixture);
  one = fixture_get_shared (fixture, CH_SHARED_OVERALL, fixture->project_ids[0], fixture->vendor_ids[0]);
  other = fixture_get_shared (fixture, CH_SHARED_OVERALL, fixture->project_ids[0], fixture->vendor_ids[1]);
  origin_one = dup_origin (one);
  origin_other = dup_origin (other);
  id = g_strdup (one->procore_id);
  g_assert_nonnull (id);

  ours = load (fixture, fixture->project_ids[0]);
  robbed = _ch_our_records_find (ours, origin_one, &error);
  claimer = _ch_our_records_find (ours, origin_other, &error);
  fixture_begin (fixture);
  g_assert_true (_ch_our_records_claim (ours, claimer, id, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (claimer->procore_id, ==, id);
  g_assert_null (robbed->procore_id);

  robbed->gone = TRUE;
  ch_store_put_shared (fixture->store, robbed, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);

  g_clear_pointer (&one, ch_shared_record_free);
  one = fixture_get_shared (fixture, CH_SHARED_OVERALL, fixture->project_ids[0], fixture->vendor_ids[0]);
  g_assert_null (one->procore_id);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/sync/our-records/of-the-project-alone", Fixture, NULL, fixture_set_up,
              test_the_list_has_those_of_its_project_alone, fixture_tear_down);
  g_test_add ("/sync/our-records/found-wherever-they-belong", Fixture, NULL, fixture_set_up,
              test_an_origin_is_found_wherever_it_belongs, fixture_tear_down);
  g_test_add ("/sync/our-records/a-claim-takes-the-id", Fixture, NULL, fixture_set_up,
              test_a_claim_takes_the_id_from_the_one_that_had_it, fixture_tear_down);

  return g_test_run ();
}
