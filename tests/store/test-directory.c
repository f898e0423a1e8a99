#include "config.h"

#include "store-fixture.h"

#define assert_next_ids(ids, ...) G_STMT_START { \
    const gint64 expected[] = { __VA_ARGS__ }; \
    g_assert_cmpmem ((ids)->data, (ids)->len * sizeof (gint64), expected, sizeof expected); \
  } G_STMT_END

static GArray *
make_ids (guint         n,
          const gint64 *values)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_vals (ids, values, n);

  return ids;
}

static ChProject *
make_project (void)
{
  ChProject *project = ch_project_new ();

  project->id = 7;
  project->name = g_strdup ("Dock Street");
  project->project_number = g_strdup ("26-007");
  project->stage_id = 3;
  project->stage_name = g_strdup ("Course of Construction");
  project->active = TRUE;
  project->is_demo = TRUE;
  project->tz_name = g_strdup ("America/Chicago");
  project->address = g_strdup ("1 Dock St");
  project->city = g_strdup ("Duluth");
  project->state_code = g_strdup ("MN");
  project->zip = g_strdup ("55802");
  project->updated_at = g_strdup ("2026-11-23T10:00:00Z");
  project->origin_id = g_strdup ("erp-7");

  return project;
}

static void
test_project_round_trip (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_autoptr(ChProject) project = make_project ();
  g_autoptr(ChStage) stage = ch_stage_new (3, "Course of Construction", "course_of_construction");
  g_autoptr(ChProject) found = NULL;
  g_autofree char *category = NULL;
  g_autoptr(GError) error = NULL;
  gboolean changed;

  fixture_begin (fixture);
  g_assert_true (ch_store_put_stage (fixture->store, stage, &changed, &error));
  g_assert_true (changed);
  g_assert_true (ch_store_put_project (fixture->store, project, &changed, &error));
  g_assert_true (changed);
  fixture_commit (fixture);
  fixture_reopen (fixture);

  found = ch_store_get_project (fixture->store, 7, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->name, ==, project->name);
  g_assert_cmpstr (found->project_number, ==, project->project_number);
  g_assert_cmpint (found->stage_id, ==, 3);
  g_assert_cmpstr (found->stage_name, ==, project->stage_name);
  g_assert_true (found->active && found->is_demo && !found->is_template);
  g_assert_cmpstr (found->tz_name, ==, project->tz_name);
  g_assert_cmpstr (found->address, ==, project->address);
  g_assert_cmpstr (found->city, ==, project->city);
  g_assert_cmpstr (found->state_code, ==, project->state_code);
  g_assert_cmpstr (found->zip, ==, project->zip);
  g_assert_cmpstr (found->updated_at, ==, project->updated_at);
  g_assert_cmpstr (found->origin_id, ==, project->origin_id);
  category = ch_store_dup_stage_category (fixture->store, 7, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (category, ==, "course_of_construction");
}

static void
test_put_says_whether_something_differs (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  g_autoptr(ChProject) project = make_project ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStore) other = NULL;
  gboolean changed;

  fixture_begin (fixture);
  ch_store_put_project (fixture->store, project, &changed, &error);
  g_assert_true (changed);
  fixture_commit (fixture);

  other = ch_store_open (fixture->dir, NULL, &error);
  fixture_begin (fixture);
  ch_store_put_project (fixture->store, project, &changed, &error);
  g_assert_false (changed);
  fixture_commit (fixture);
  g_assert_false (ch_store_poll_others (other));   /* nothing was written at all */

  fixture_begin (fixture);
  g_clear_pointer (&project->city, g_free);
  ch_store_put_project (fixture->store, project, &changed, &error);
  g_assert_true (changed);
  ch_store_put_project (fixture->store, project, &changed, &error);
  g_assert_false (changed);
  g_assert_no_error (error);
  fixture_commit (fixture);
  g_assert_true (ch_store_poll_others (other));
  ch_store_close (other);
}

static void
test_gone_is_kept_but_not_listed (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  g_autoptr(ChProject) project = make_project ();
  g_autoptr(ChProject) found = NULL;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) again = NULL;
  g_autoptr(GError) error = NULL;
  gboolean changed;

  fixture_begin (fixture);
  ch_store_put_project (fixture->store, project, NULL, &error);
  g_assert_true (ch_store_mark_project_gone (fixture->store, 7, &error));
  g_assert_true (ch_store_mark_project_gone (fixture->store, 7, &error));
  g_assert_false (ch_store_mark_project_gone (fixture->store, 8, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  fixture_commit (fixture);

  all = ch_store_list_projects (fixture->store, FALSE, &error);
  g_assert_cmpuint (all->len, ==, 0);
  found = ch_store_get_project (fixture->store, 7, &error);
  g_assert_cmpstr (found->name, ==, "Dock Street");

  fixture_begin (fixture);
  ch_store_put_project (fixture->store, project, &changed, &error);
  g_assert_no_error (error);
  g_assert_true (changed);
  fixture_commit (fixture);
  again = ch_store_list_projects (fixture->store, TRUE, &error);
  g_assert_cmpuint (again->len, ==, 1);
}

static void
test_unknown_ids_are_not_found (Fixture       *fixture,
                                gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (ch_store_get_project (fixture->store, 1, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (ch_store_get_vendor (fixture->store, 1, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (ch_store_get_vendor (fixture->store, 0, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (ch_store_dup_stage_category (fixture->store, 1, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
}

static void
test_project_without_stage_has_no_category (Fixture       *fixture,
                                            gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (ch_store_dup_stage_category (fixture->store, PROJECT, &error));
  g_assert_no_error (error);
}

static void
test_vendor_with_trades (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_autoptr(ChVendor) vendor = ch_vendor_new ();
  g_autoptr(ChVendor) found = NULL;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) on_project = NULL;
  g_autoptr(GArray) projects = make_ids (1, (const gint64[]) { PROJECT });
  g_autoptr(GError) error = NULL;
  gboolean changed;

  vendor->id = 9;
  vendor->name = g_strdup ("Ørsted Plumbing");
  vendor->legal_name = g_strdup ("Ørsted Plumbing LLC");
  vendor->parent_id = 12345;
  vendor->license_number = g_strdup ("PL-1");
  g_ptr_array_add (vendor->trades, g_strdup ("Plumbing"));
  g_ptr_array_add (vendor->trades, g_strdup ("Fire Protection"));

  fixture_begin (fixture);
  ch_store_put_vendor (fixture->store, vendor, &changed, &error);
  g_assert_true (changed);
  ch_store_put_vendor (fixture->store, vendor, &changed, &error);
  g_assert_false (changed);
  g_ptr_array_remove_index (vendor->trades, 0);
  ch_store_put_vendor (fixture->store, vendor, &changed, &error);
  g_assert_true (changed);
  g_ptr_array_add (vendor->trades, g_strdup ("HVAC"));
  ch_store_put_vendor (fixture->store, vendor, &changed, &error);
  g_assert_true (changed);
  ch_store_set_vendor_projects (fixture->store, 9, projects, NULL, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);

  found = ch_store_get_vendor (fixture->store, 9, &error);
  g_assert_cmpstr (found->legal_name, ==, "Ørsted Plumbing LLC");
  g_assert_cmpint (found->parent_id, ==, 12345);
  g_assert_cmpuint (found->trades->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (found->trades, 0), ==, "Fire Protection");
  g_assert_cmpstr (g_ptr_array_index (found->trades, 1), ==, "HVAC");
  all = ch_store_list_vendors (fixture->store, &error);
  g_assert_cmpuint (all->len, ==, 3);
  on_project = ch_store_list_project_vendors (fixture->store, PROJECT, &error);
  g_assert_cmpuint (on_project->len, ==, 1);
  found = (ch_vendor_free (found), g_ptr_array_steal_index (on_project, 0));
  g_assert_cmpuint (found->trades->len, ==, 2);
}

static void
test_memberships_say_what_came_and_went (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  g_autoptr(GArray) both = make_ids (3, (const gint64[]) { PROJECT_2, PROJECT, PROJECT_2 });
  g_autoptr(GArray) one = make_ids (1, (const gint64[]) { PROJECT_2 });
  g_autoptr(GArray) subs = make_ids (2, (const gint64[]) { SUB_2, SUB });
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) found = NULL;
  g_autoptr(GError) error = NULL;

  fixture_begin (fixture);
  ch_store_set_vendor_projects (fixture->store, SUB, both, changed, &error);
  assert_next_ids (changed, PROJECT, PROJECT_2);
  g_array_set_size (changed, 0);
  ch_store_set_vendor_projects (fixture->store, SUB, both, changed, &error);
  g_assert_cmpuint (changed->len, ==, 0);
  ch_store_set_vendor_projects (fixture->store, SUB, one, changed, &error);
  assert_next_ids (changed, PROJECT);
  g_array_set_size (changed, 0);
  ch_store_set_project_vendors (fixture->store, PROJECT, subs, changed, &error);
  assert_next_ids (changed, SUB, SUB_2);
  g_array_set_size (changed, 0);
  g_array_remove_index (subs, 1);
  ch_store_set_project_vendors (fixture->store, PROJECT, subs, changed, &error);
  assert_next_ids (changed, SUB);
  g_assert_no_error (error);
  fixture_commit (fixture);

  found = ch_store_list_vendor_projects (fixture->store, SUB, &error);
  assert_next_ids (found, PROJECT_2);
}

static void
test_membership_of_unknown_project_changes_nothing (Fixture       *fixture,
                                                    gconstpointer  user_data)
{
  g_autoptr(GArray) ids = make_ids (2, (const gint64[]) { PROJECT, 999 });
  g_autoptr(GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) found = NULL;
  g_autoptr(GError) error = NULL;

  fixture_begin (fixture);
  g_assert_false (ch_store_set_vendor_projects (fixture->store, SUB, ids, changed, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpuint (changed->len, ==, 0);
  fixture_commit (fixture);

  found = ch_store_list_vendor_projects (fixture->store, SUB, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 0);
}

static void
test_commitments_by_place (Fixture       *fixture,
                           gconstpointer  user_data)
{
  static const struct { gint64 project, vendor; guint n; } cases[] = {
    { 0, 0, 2 }, { PROJECT, 0, 2 }, { PROJECT_2, 0, 0 }, { 0, SUB, 1 }, { PROJECT, SUB, 1 }, { PROJECT, SUB_2, 0 },
  };
  g_autoptr(ChCommitment) commitment = ch_commitment_new ();
  g_autoptr(GError) error = NULL;
  gboolean changed;

  commitment->id = 400;
  commitment->project_id = PROJECT;
  commitment->kind = CH_COMMITMENT_PURCHASE_ORDER;
  commitment->number = g_strdup ("PO-1");
  commitment->title = g_strdup ("Switchgear");
  commitment->status = g_strdup ("Approved");
  fixture_begin (fixture);
  ch_store_put_commitment (fixture->store, commitment, &changed, &error);
  g_assert_true (changed);
  ch_store_put_commitment (fixture->store, commitment, &changed, &error);
  g_assert_false (changed);
  /* A list that does not say the kind takes nothing away from what is known. */
  commitment->kind = CH_COMMITMENT_UNKNOWN;
  ch_store_put_commitment (fixture->store, commitment, &changed, &error);
  g_assert_false (changed);
  fixture_commit (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) found = NULL;

      found = ch_store_list_commitments (fixture->store, cases[i].project, cases[i].vendor, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, cases[i].n);
      if (i == 0)
        {
          const ChCommitment *second = g_ptr_array_index (found, 1);

          g_assert_cmpint (second->kind, ==, CH_COMMITMENT_PURCHASE_ORDER);
          g_assert_cmpint (second->vendor_id, ==, 0);
          g_assert_cmpstr (second->title, ==, "Switchgear");
        }
    }
}

static void
put_insurance (Fixture    *fixture,
               gint64      id,
               gint64      project_id,
               gint64      vendor_id,
               const char *type,
               gboolean    expect_change)
{
  g_autoptr(ChInsuranceRecord) record = ch_insurance_record_new ();
  g_autoptr(GError) error = NULL;
  gboolean changed;

  record->id = id;
  record->project_id = project_id;
  record->vendor_id = vendor_id;
  if (record->fields == NULL)
    record->fields = ch_field_set_new ();
  ch_field_set_set (record->fields, "insurance_type", type);
  ch_field_set_set (record->fields, "exempt", "false");
  ch_store_put_insurance (fixture->store, record, &changed, &error);
  g_assert_no_error (error);
  g_assert_cmpint (changed, ==, expect_change);
}

static void
test_insurances_of_others (Fixture       *fixture,
                           gconstpointer  user_data)
{
  static const struct { gint64 project, vendor; guint n; } cases[] = {
    { -1, 0, 3 }, { 0, 0, 2 }, { PROJECT, 0, 1 }, { -1, SUB, 2 }, { 0, SUB, 1 }, { PROJECT, SUB, 1 },
    { PROJECT_2, 0, 0 },
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) left = NULL;

  fixture_begin (fixture);
  put_insurance (fixture, 1, 0, SUB, "General Liability", TRUE);
  put_insurance (fixture, 1, 0, SUB, "General Liability", FALSE);
  put_insurance (fixture, 1, 0, SUB, "Auto", TRUE);
  put_insurance (fixture, 2, PROJECT, SUB, "Umbrella", TRUE);
  put_insurance (fixture, 3, 0, SUB_2, "Pollution", TRUE);
  fixture_commit (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) found = ch_store_list_insurances (fixture->store, cases[i].project, cases[i].vendor, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, cases[i].n);
      if (i == 0)
        {
          const ChInsuranceRecord *first = g_ptr_array_index (found, 0);

          g_assert_cmpuint (ch_field_set_get_size (first->fields), ==, 2);
          g_assert_cmpstr (ch_field_set_get (first->fields, "insurance_type"), ==, "Auto");
        }
    }

  fixture_begin (fixture);
  g_assert_true (ch_store_mark_insurance_gone (fixture->store, 3, &error));
  g_assert_true (ch_store_mark_commitment_gone (fixture->store, COMMITMENT, &error));
  g_assert_true (ch_store_mark_vendor_gone (fixture->store, SUB_2, &error));
  fixture_commit (fixture);
  left = ch_store_list_insurances (fixture->store, -1, 0, &error);
  g_assert_cmpuint (left->len, ==, 2);
  fixture_verify (fixture);
}

static void
test_child_before_its_parent_is_refused (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  g_autoptr(ChCommitment) commitment = ch_commitment_new ();
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GError) error = NULL;

  commitment->id = 500;
  commitment->project_id = 999;
  fixture_begin (fixture);
  g_assert_false (ch_store_put_commitment (fixture->store, commitment, NULL, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (ch_store_in_transaction (fixture->store));
  fixture_put_project (fixture, 999, "Late");
  g_assert_true (ch_store_put_commitment (fixture->store, commitment, NULL, &error));
  fixture_commit (fixture);
  all = ch_store_list_commitments (fixture->store, 999, 0, &error);
  g_assert_cmpuint (all->len, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  FIXTURE_TEST ("/store/directory/project-round-trip", fixture_set_up, test_project_round_trip);
  FIXTURE_TEST ("/store/directory/put-says-whether-something-differs", fixture_set_up,
                test_put_says_whether_something_differs);
  FIXTURE_TEST ("/store/directory/gone-is-kept-but-not-listed", fixture_set_up, test_gone_is_kept_but_not_listed);
  FIXTURE_TEST ("/store/directory/unknown-ids-are-not-found", fixture_set_up, test_unknown_ids_are_not_found);
  FIXTURE_TEST ("/store/directory/project-without-stage-has-no-category", fixture_set_up_desk,
                test_project_without_stage_has_no_category);
  FIXTURE_TEST ("/store/directory/vendor-with-trades", fixture_set_up_desk, test_vendor_with_trades);
  FIXTURE_TEST ("/store/directory/memberships-say-what-came-and-went", fixture_set_up_desk,
                test_memberships_say_what_came_and_went);
  FIXTURE_TEST ("/store/directory/membership-of-unknown-project-changes-nothing", fixture_set_up_desk,
                test_membership_of_unknown_project_changes_nothing);
  FIXTURE_TEST ("/store/directory/commitments-by-place", fixture_set_up_desk, test_commitments_by_place);
  FIXTURE_TEST ("/store/directory/insurances-of-others", fixture_set_up_desk, test_insurances_of_others);
  FIXTURE_TEST ("/store/directory/child-before-its-parent-is-refused", fixture_set_up_desk,
                test_child_before_its_parent_is_refused);

  return g_test_run ();
}
