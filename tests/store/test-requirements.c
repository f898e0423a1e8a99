#include "config.h"

#include "ch-store-carriers.h"
#include "ch-store-waivers.h"
#include "store-fixture.h"

static gint64
put_set (Fixture    *fixture,
         const char *name,
         const char *body,
         int         version)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStoredRequirementSet) set = NULL;

  fixture_begin (fixture);
  set = ch_store_put_requirement_set (fixture->store, name, body, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
  g_assert_cmpstr (set->name, ==, name);
  g_assert_cmpstr (set->body, ==, body);
  g_assert_cmpint (set->version, ==, version);

  return set->id;
}

static gboolean
assign (Fixture     *fixture,
        gint64       set_id,
        ChScope      scope,
        const char  *trade,
        gint64       project_id,
        gint64       vendor_id,
        gint64       commitment_id,
        GError     **error)
{
  g_autoptr(ChRequirementAssignment) place = NULL;
  gboolean ok;

  place = ch_requirement_assignment_new (scope, trade, project_id, vendor_id, commitment_id);
  fixture_begin (fixture);
  ok = ch_store_assign_requirement_set (fixture->store, set_id, place, error);
  fixture_commit (fixture);

  return ok;
}

static char *
list_layers (Fixture *fixture,
             gint64   project_id,
             gint64   vendor_id,
             gint64   commitment_id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) layers = NULL;
  GString *names = g_string_new (NULL);

  layers = ch_store_list_requirement_layers (fixture->store, project_id, vendor_id, commitment_id, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < layers->len; i++)
    {
      const ChStoredRequirementSet *set = g_ptr_array_index (layers, i);

      g_assert_cmpuint (set->assignments->len, ==, 1);
      g_string_append_printf (names, "%s%s:%d", i > 0 ? " " : "", set->name, set->version);
    }

  return g_string_free (names, FALSE);
}

#define assert_layers(fixture, p, v, c, expected) G_STMT_START { \
    g_autofree char *layers_ = list_layers (fixture, p, v, c); \
    g_assert_cmpstr (layers_, ==, expected); \
  } G_STMT_END

static void
set_trades (Fixture    *fixture,
            gint64      vendor_id,
            const char *first,
            const char *second)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChVendor) vendor = ch_store_get_vendor (fixture->store, vendor_id, &error);

  g_ptr_array_set_size (vendor->trades, 0);
  g_ptr_array_add (vendor->trades, g_strdup (first));
  g_ptr_array_add (vendor->trades, g_strdup (second));
  fixture_begin (fixture);
  ch_store_put_vendor (fixture->store, vendor, NULL, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
}

static void
test_versions_are_kept (Fixture       *fixture,
                        gconstpointer  user_data)
{
  gint64 id = put_set (fixture, "Standard", "{\"a\":1}", 1);
  g_autoptr(ChStoredRequirementSet) by_name = NULL;
  g_autoptr(ChStoredRequirementSet) by_uuid = NULL;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (put_set (fixture, "Standard", "{\"a\":1}", 1), ==, id);
  g_assert_cmpint (put_set (fixture, "Standard", "{\"a\":2}", 2), ==, id);
  g_assert_cmpint (put_set (fixture, "Standard", "{\"a\":1}", 3), ==, id);
  g_assert_cmpint (put_set (fixture, "Light", "{}", 1), !=, id);

  by_name = ch_store_find_requirement_set (fixture->store, "Standard", &error);
  g_assert_cmpint (by_name->version, ==, 3);
  by_uuid = ch_store_find_requirement_set (fixture->store, by_name->uuid, &error);
  g_assert_cmpint (by_uuid->id, ==, id);
  g_assert_no_error (error);
  g_assert_null (ch_store_find_requirement_set (fixture->store, "Nothing", &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  all = ch_store_list_requirement_sets (fixture->store, &error);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (((ChStoredRequirementSet *) g_ptr_array_index (all, 0))->name, ==, "Light");
  g_assert_cmpint (((ChStoredRequirementSet *) g_ptr_array_index (all, 1))->version, ==, 3);
  g_assert_cmpint (fixture_read_number (fixture, "SELECT count (*) FROM requirement_set_version"), ==, 4);
}

static void
test_layers_go_from_general_to_specific (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  gint64 company = put_set (fixture, "company", "{}", 1);
  gint64 roofing = put_set (fixture, "roofing", "{}", 1);
  gint64 crane = put_set (fixture, "crane", "{}", 1);
  gint64 project = put_set (fixture, "project", "{}", 1);
  gint64 sub = put_set (fixture, "sub", "{}", 1);
  gint64 commitment = put_set (fixture, "commitment", "{}", 1);

  assert_layers (fixture, PROJECT, SUB, 0, "");
  g_assert_true (assign (fixture, commitment, CH_SCOPE_COMMITMENT, NULL, 0, 0, COMMITMENT, &error));
  g_assert_true (assign (fixture, sub, CH_SCOPE_SUB_ON_PROJECT, NULL, PROJECT, SUB, 0, &error));
  g_assert_true (assign (fixture, project, CH_SCOPE_PROJECT, NULL, PROJECT, 0, 0, &error));
  g_assert_true (assign (fixture, roofing, CH_SCOPE_TRADE, "ROOFING", 0, 0, 0, &error));
  g_assert_true (assign (fixture, crane, CH_SCOPE_TRADE, "Cränes", 0, 0, 0, &error));
  g_assert_true (assign (fixture, company, CH_SCOPE_COMPANY, NULL, 0, 0, 0, &error));
  set_trades (fixture, SUB, "Roofing ", "CRÄNES");
  set_trades (fixture, SUB_2, "roofing", "Painting");

  assert_layers (fixture, PROJECT, SUB, COMMITMENT, "company:1 crane:1 roofing:1 project:1 sub:1 commitment:1");
  assert_layers (fixture, PROJECT, SUB, 0, "company:1 crane:1 roofing:1 project:1 sub:1");
  assert_layers (fixture, PROJECT, SUB_2, 0, "company:1 roofing:1 project:1");
  assert_layers (fixture, PROJECT_2, SUB, 0, "company:1 crane:1 roofing:1");
  put_set (fixture, "project", "{\"b\":1}", 2);
  assert_layers (fixture, PROJECT, SUB_2, 0, "company:1 roofing:1 project:2");
}

static void
test_one_set_per_place (Fixture       *fixture,
                        gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  gint64 a = put_set (fixture, "a", "{}", 1);
  gint64 b = put_set (fixture, "b", "{}", 1);
  g_autoptr(ChStoredRequirementSet) found = NULL;
  const ChRequirementAssignment *place;

  g_assert_true (assign (fixture, a, CH_SCOPE_TRADE, "Steel", 0, 0, 0, &error));
  g_assert_true (assign (fixture, a, CH_SCOPE_COMPANY, NULL, 0, 0, 0, &error));
  g_assert_true (assign (fixture, b, CH_SCOPE_TRADE, "STEEL", 0, 0, 0, &error));
  assert_layers (fixture, PROJECT, SUB, 0, "a:1");
  g_assert_true (assign (fixture, b, CH_SCOPE_COMPANY, NULL, 0, 0, 0, &error));
  assert_layers (fixture, PROJECT, SUB, 0, "b:1");
  g_assert_true (assign (fixture, 0, CH_SCOPE_COMPANY, NULL, 0, 0, 0, &error));
  g_assert_true (assign (fixture, 0, CH_SCOPE_COMPANY, NULL, 0, 0, 0, &error));
  assert_layers (fixture, PROJECT, SUB, 0, "");

  found = ch_store_find_requirement_set (fixture->store, "b", &error);
  g_assert_cmpuint (found->assignments->len, ==, 1);
  place = g_ptr_array_index (found->assignments, 0);
  g_assert_cmpint (place->scope, ==, CH_SCOPE_TRADE);
  g_assert_cmpstr (place->trade, ==, "STEEL");
}

static void
test_places_that_make_no_sense (Fixture       *fixture,
                                gconstpointer  user_data)
{
  static const struct { ChScope scope; gint64 project, vendor, commitment; } bad[] = {
    { CH_SCOPE_COMPANY, PROJECT, 0, 0 }, { CH_SCOPE_TRADE, 0, 0, 0 }, { CH_SCOPE_PROJECT, 0, 0, 0 },
    { CH_SCOPE_PROJECT, 999, 0, 0 }, { CH_SCOPE_SUB_ON_PROJECT, PROJECT, 0, 0 }, { CH_SCOPE_COMMITMENT, 0, 0, 999 },
  };
  gint64 id = put_set (fixture, "a", "{}", 1);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (assign (fixture, id, bad[i].scope, NULL, bad[i].project, bad[i].vendor, bad[i].commitment,
                               &error));
      g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_INVALID);
    }

  {
    g_autoptr(GError) error = NULL;

    g_assert_false (assign (fixture, 999, CH_SCOPE_COMPANY, NULL, 0, 0, 0, &error));
    g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
  }
  g_assert_cmpint (fixture_read_number (fixture, "SELECT count (*) FROM requirement_assignment"), ==, 0);
}

static void
test_waivers_by_place (Fixture       *fixture,
                       gconstpointer  user_data)
{
  static const struct { gint64 vendor, project; guint n; } cases[] = {
    { SUB, PROJECT, 2 }, { SUB, PROJECT_2, 1 }, { SUB, 0, 2 }, { SUB_2, PROJECT, 0 },
  };
  g_autoptr(ChWaiver) rule = ch_waiver_new ("certificate.holder", ch_date_from_iso ("2026-12-31"), "agreed");
  g_autoptr(ChWaiver) exempt = ch_waiver_new (NULL, ch_date_from_iso ("2027-01-31"), NULL);
  g_autoptr(ChWaiver) endless = ch_waiver_new (NULL, CH_DATE_NONE, NULL);
  g_autofree char *uuid = NULL;
  g_autoptr(GError) error = NULL;

  fixture_begin (fixture);
  g_assert_true (ch_store_add_waiver (fixture->store, SUB, PROJECT, rule, &uuid, &error));
  g_assert_true (g_uuid_string_is_valid (uuid));
  g_assert_true (ch_store_add_waiver (fixture->store, SUB, 0, exempt, NULL, &error));
  g_assert_false (ch_store_add_waiver (fixture->store, SUB, 0, endless, NULL, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (ch_store_add_waiver (fixture->store, 999, 0, exempt, NULL, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_INVALID);
  g_clear_error (&error);
  fixture_commit (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) found = NULL;

      found = ch_store_list_waivers (fixture->store, cases[i].vendor, cases[i].project, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, cases[i].n);
      if (i == 0)
        {
          const ChStoredWaiver *first = g_ptr_array_index (found, 0);

          g_assert_cmpstr (first->uuid, ==, uuid);
          g_assert_cmpstr (first->waiver->rule, ==, rule->rule);
          g_assert_cmpint (first->waiver->until, ==, rule->until);
          g_assert_cmpstr (first->waiver->why, ==, "agreed");
          g_assert_cmpint (first->ended_at, ==, 0);
        }
    }
}

static void
test_waiver_taken_back (Fixture       *fixture,
                        gconstpointer  user_data)
{
  g_autoptr(ChWaiver) waiver = ch_waiver_new ("certificate.holder", ch_date_from_iso ("2026-12-31"), "agreed");
  g_autoptr(ChStoredWaiver) stored = NULL;
  g_autofree char *uuid = NULL;
  g_autoptr(GError) error = NULL;

  fixture_begin (fixture);
  g_assert_true (ch_store_add_waiver (fixture->store, SUB, 0, waiver, &uuid, &error));
  fixture->now += 5;
  fixture_commit (fixture);
  fixture_begin (fixture);
  g_assert_true (ch_store_end_waiver (fixture->store, uuid, "a mistake", &error));
  g_assert_false (ch_store_end_waiver (fixture->store, uuid, "a mistake", &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (ch_store_end_waiver (fixture->store, "nobody", "a mistake", &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  fixture_commit (fixture);

  stored = ch_store_find_waiver (fixture->store, uuid, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stored->vendor_id, ==, SUB);
  g_assert_cmpint (stored->project_id, ==, 0);
  g_assert_cmpint (stored->ended_at, ==, fixture->now);
  g_assert_cmpstr (stored->ended_why, ==, "a mistake");
  g_assert_nonnull (stored->given_by);
  g_assert_cmpstr (stored->waiver->why, ==, "agreed");
}

static void
test_earlier_versions_are_found (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  g_autoptr(ChStoredRequirementSet) first = NULL;
  g_autoptr(ChStoredRequirementSet) second = NULL;
  g_autoptr(ChStoredRequirementSet) found = NULL;
  g_autoptr(GError) error = NULL;

  fixture_begin (fixture);
  first = ch_store_put_requirement_set (fixture->store, "Asked", "{\"warning_days\":1}", &error);
  second = ch_store_put_requirement_set (fixture->store, "Asked", "{\"warning_days\":2}", &error);
  fixture_commit (fixture);
  g_assert_cmpint (second->version, ==, 2);
  found = ch_store_get_requirement_version (fixture->store, first->uuid, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->body, ==, first->body);
  g_assert_cmpint (found->version, ==, 1);
  g_assert_null (ch_store_get_requirement_version (fixture->store, first->uuid, 3, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
}

static GPtrArray *
make_carriers (const char *rating)
{
  GPtrArray *carriers = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_carrier_free);

  g_ptr_array_add (carriers, ch_carrier_new ("22222", NULL, rating, "X"));
  g_ptr_array_add (carriers, ch_carrier_new ("11111", "Granite", "A", NULL));

  return carriers;
}

static void
test_carriers (Fixture       *fixture,
               gconstpointer  user_data)
{
  static const struct { const char *rating; int version; } imports[] = { { "B", 1 }, { "B", 1 }, { "A-", 2 } };
  g_autoptr(GPtrArray) listed = NULL;
  g_autoptr(ChCarrier) found = NULL;
  g_autoptr(ChCarrier) unknown = NULL;
  g_autoptr(GError) error = NULL;
  int version;

  g_assert_cmpint (ch_store_get_carrier_version (fixture->store, &error), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (imports); i++)
    {
      g_autoptr(GPtrArray) carriers = make_carriers (imports[i].rating);

      fixture_begin (fixture);
      g_assert_true (ch_store_put_carriers (fixture->store, carriers, &version, &error));
      fixture_commit (fixture);
      g_assert_cmpint (version, ==, imports[i].version);
    }
  g_assert_cmpint (ch_store_get_carrier_version (fixture->store, &error), ==, 2);

  listed = ch_store_list_carriers (fixture->store, 1, &error);
  g_assert_cmpuint (listed->len, ==, 2);
  g_assert_cmpstr (((ChCarrier *) g_ptr_array_index (listed, 0))->naic, ==, "11111");
  g_assert_cmpstr (((ChCarrier *) g_ptr_array_index (listed, 1))->rating, ==, "B");
  g_assert_true (ch_store_find_carrier (fixture->store, 2, "22222", &found, &error));
  g_assert_cmpstr (found->rating, ==, "A-");
  g_assert_cmpstr (found->size, ==, "X");
  g_assert_null (found->name);
  g_assert_true (ch_store_find_carrier (fixture->store, 2, "99999", &unknown, &error));
  g_assert_null (unknown);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  FIXTURE_TEST ("/store/requirements/versions-are-kept", fixture_set_up, test_versions_are_kept);
  FIXTURE_TEST ("/store/requirements/layers-go-from-general-to-specific", fixture_set_up_desk,
                test_layers_go_from_general_to_specific);
  FIXTURE_TEST ("/store/requirements/one-set-per-place", fixture_set_up_desk, test_one_set_per_place);
  FIXTURE_TEST ("/store/requirements/places-that-make-no-sense", fixture_set_up_desk, test_places_that_make_no_sense);
  FIXTURE_TEST ("/store/requirements/waivers-by-place", fixture_set_up_desk, test_waivers_by_place);
  FIXTURE_TEST ("/store/requirements/waiver-taken-back", fixture_set_up_desk, test_waiver_taken_back);
  FIXTURE_TEST ("/store/requirements/earlier-versions-are-found", fixture_set_up, test_earlier_versions_are_found);
  FIXTURE_TEST ("/store/requirements/carriers", fixture_set_up, test_carriers);

  return g_test_run ();
}
