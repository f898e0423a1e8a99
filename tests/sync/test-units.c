#include "config.h"

#include "ch-sandbox-private.h"
#include "ch-store-freshness.h"
#include "sync-fixture.h"

#include <string.h>

/* Each list by itself, in any order. */

static void
pull (Fixture    *fixture,
      ChUnitKind  kind,
      gint64      project_id)
{
  ChUnit unit = { kind, project_id, 0 };
  g_autoptr (ChRoundSummary) summary = g_new0 (ChRoundSummary, 1);
  g_autoptr (GError) error = NULL;

  ch_session_pull_unit (fixture->session, &unit, summary, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary->problems->len, ==, 0);
}

static guint
count_pulls (Fixture    *fixture,
             ChUnitKind  kind,
             gint64      project_id)
{
  guint n = fixture_count_requests (fixture, "GET", "/rest/*");

  pull (fixture, kind, project_id);
  return fixture_count_requests (fixture, "GET", "/rest/*") - n;
}

static gboolean
has_project (Fixture *fixture,
             gint64   id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) projects = ch_store_list_projects (fixture->store, FALSE, &error);
  guint i;

  g_assert_no_error (error);
  for (i = 0; i < projects->len; i++)
    {
      if (((ChProject *) g_ptr_array_index (projects, i))->id == id)
        return TRUE;
    }
  return FALSE;
}

static guint
count_members (Fixture *fixture,
               gint64   project_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) vendors = ch_store_list_project_vendors (fixture->store, project_id, &error);

  g_assert_no_error (error);
  return vendors->len;
}

static void
answer (JsonNode *node)
{
  json_node_unref (node);
}

/* Units that need each other's rows leave out what they can't place, and bring it the next time. */
static void
test_any_order (Fixture       *fixture,
                gconstpointer  user_data)
{
  pull (fixture, CH_UNIT_COMMITMENTS, fixture->project_ids[0]);   /* not known yet: nothing to read */
  pull (fixture, CH_UNIT_VENDORS, 0);                             /* whose projects are not known yet */
  pull (fixture, CH_UNIT_PROJECTS_CHANGED, 0);
  g_assert_cmpuint (count_members (fixture, fixture->project_ids[0]), ==, 0);
  pull (fixture, CH_UNIT_VENDORS, 0);
  pull (fixture, CH_UNIT_STAGES, 0);
  g_assert_cmpuint (count_members (fixture, fixture->project_ids[0]), ==, N_VENDORS);
  pull (fixture, CH_UNIT_COMMITMENTS, fixture->project_ids[0]);
  pull (fixture, CH_UNIT_COMMITMENTS, fixture->project_ids[1]);
  pull (fixture, CH_UNIT_PROJECT_INSURANCES, fixture->project_ids[0]);
  pull (fixture, CH_UNIT_COMPANY_INSURANCES, 0);
  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
  fixture_sync_to_rest (fixture);
  fixture_check_rest (fixture);
}

static void
test_nothing_changed_costs_four_requests (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  guint n_writes;

  fixture_sync_to_rest (fixture);
  n_writes = fixture_count_writes (fixture);
  g_assert_cmpuint (count_pulls (fixture, CH_UNIT_PROJECTS_CHANGED, 0), ==, 1);
  g_assert_cmpuint (count_pulls (fixture, CH_UNIT_PROJECT_IDS, 0), ==, 1);
  g_assert_cmpuint (count_pulls (fixture, CH_UNIT_VENDORS_CHANGED, 0), ==, 1);
  g_assert_cmpuint (count_pulls (fixture, CH_UNIT_INACTIVE_VENDORS, 0), ==, 1);
  g_assert_cmpuint (count_pulls (fixture, CH_UNIT_VENDORS, 0), ==, 1);
  g_assert_cmpuint (fixture_count_writes (fixture), ==, n_writes);
  g_assert_cmpuint (fixture_count_outbox (fixture), ==, 0);
}

static void
test_deleted_project_is_missed_by_its_id (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autofree char *path = g_strdup_printf ("/sandbox/projects/%" G_GINT64_FORMAT, fixture->project_ids[1]);

  fixture_sync_to_rest (fixture);
  answer (fixture_call (fixture, "DELETE", path, "%s", ""));
  pull (fixture, CH_UNIT_PROJECTS_CHANGED, 0);
  g_assert_true (has_project (fixture, fixture->project_ids[1]));
  pull (fixture, CH_UNIT_PROJECT_IDS, 0);
  g_assert_false (has_project (fixture, fixture->project_ids[1]));
  g_assert_cmpuint (count_pulls (fixture, CH_UNIT_COMMITMENTS, fixture->project_ids[1]), ==, 0);
}

/* Access that was granted moves no time stamp: the changes filter never tells of it. */
static void
test_project_that_became_visible (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  pull (fixture, CH_UNIT_PROJECTS, 0);
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + 3600 * (gint64) G_USEC_PER_SEC);
  answer (fixture_call (fixture, "POST", "/sandbox/projects", "{\"name\":\"Later\"}"));
  pull (fixture, CH_UNIT_PROJECTS_CHANGED, 0);
  fixture_begin (fixture);
  g_assert_true (ch_store_mark_project_gone (fixture->store, fixture->project_ids[0], &error));
  fixture_commit (fixture);
  pull (fixture, CH_UNIT_PROJECTS_CHANGED, 0);
  g_assert_false (has_project (fixture, fixture->project_ids[0]));
  g_assert_cmpuint (count_pulls (fixture, CH_UNIT_PROJECT_IDS, 0), ==, 2);
  g_assert_true (has_project (fixture, fixture->project_ids[0]));
}

static void
set_active (Fixture  *fixture,
            gint64    vendor_id,
            gboolean  active)
{
  g_autofree char *path = g_strdup_printf ("/sandbox/vendors/%" G_GINT64_FORMAT, vendor_id);

  answer (fixture_call (fixture, "POST", path, "{\"is_active\":%s}", active ? "true" : "false"));
}

static gboolean
is_active (Fixture *fixture,
           gint64   vendor_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChVendor) vendor = ch_store_get_vendor (fixture->store, vendor_id, &error);

  g_assert_no_error (error);
  return vendor->is_active;
}

static void
test_vendor_deactivated_and_back (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  gint64 id = fixture->vendor_ids[3];

  fixture_sync_to_rest (fixture);
  set_active (fixture, id, FALSE);
  g_assert_cmpuint (count_pulls (fixture, CH_UNIT_VENDORS, 0), ==, 2);   /* it looks where the vendor went */
  g_assert_false (is_active (fixture, id));
  set_active (fixture, id, TRUE);
  g_assert_cmpuint (count_pulls (fixture, CH_UNIT_INACTIVE_VENDORS, 0), ==, 2);
  g_assert_true (is_active (fixture, id));
  set_active (fixture, id, FALSE);
  g_assert_cmpuint (count_pulls (fixture, CH_UNIT_INACTIVE_VENDORS, 0), ==, 1);
  g_assert_false (is_active (fixture, id));
  set_active (fixture, id, TRUE);
  g_assert_cmpuint (count_pulls (fixture, CH_UNIT_VENDORS_CHANGED, 0), ==, 1);
  g_assert_true (is_active (fixture, id));
}

static void
pass_seconds (Fixture *fixture,
              gint64   seconds)
{
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + seconds * G_USEC_PER_SEC);
  ch_sandbox_set_now (fixture->sandbox, ch_clock_now (CH_CLOCK (fixture->clock)));
}

static void
rename_vendor (Fixture    *fixture,
               gint64      vendor_id,
               const char *name)
{
  g_autofree char *path = g_strdup_printf ("/sandbox/vendors/%" G_GINT64_FORMAT, vendor_id);

  answer (fixture_call (fixture, "POST", path, "{\"name\":\"%s\"}", name));
}

static char *
dup_vendor_name (Fixture *fixture,
                 gint64   vendor_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChVendor) vendor = ch_store_get_vendor (fixture->store, vendor_id, &error);

  g_assert_no_error (error);
  return g_strdup (vendor->name);
}

/* A list that does not show all that changed says nothing of how far the changes were read. */
static void
test_list_of_inactive_vendors_leaves_the_position (Fixture       *fixture,
                                                   gconstpointer  user_data)
{
  g_autofree char *name = NULL;

  fixture_sync_to_rest (fixture);
  pass_seconds (fixture, 600);
  rename_vendor (fixture, fixture->vendor_ids[2], "Renamed Before");
  pass_seconds (fixture, 600);
  set_active (fixture, fixture->vendor_ids[3], FALSE);
  pull (fixture, CH_UNIT_INACTIVE_VENDORS, 0);
  pull (fixture, CH_UNIT_VENDORS_CHANGED, 0);
  name = dup_vendor_name (fixture, fixture->vendor_ids[2]);
  g_assert_cmpstr (name, ==, "Renamed Before");
}

/* One of the first page changes after that page was read, and minutes later one of the last page before it is read. */
static gboolean
edit_between_pages (const ChRequest *request,
                    gboolean         done,
                    gpointer         user_data)
{
  Fixture *fixture = user_data;

  if (done || strstr (request->url, "/vendors?") == NULL || strstr (request->url, "&page=2&") == NULL)
    return FALSE;
  ch_sandbox_transport_set_break (fixture->transport, NULL, NULL);
  pass_seconds (fixture, 10);
  rename_vendor (fixture, fixture->vendor_ids[0], "Renamed Between");
  pass_seconds (fixture, 300);
  rename_vendor (fixture, fixture->vendor_ids[N_VENDORS - 1], "Renamed Last");
  return FALSE;
}

static void
test_change_while_a_list_was_read_is_told_later (Fixture       *fixture,
                                                 gconstpointer  user_data)
{
  g_autofree char *before = NULL;
  g_autofree char *last = NULL;
  g_autofree char *after = NULL;

  fixture_sync_to_rest (fixture);
  ch_sandbox_set_page_cap (fixture->sandbox, N_VENDORS - 1);
  ch_sandbox_transport_set_break (fixture->transport, edit_between_pages, fixture);
  pull (fixture, CH_UNIT_VENDORS, 0);
  before = dup_vendor_name (fixture, fixture->vendor_ids[0]);
  last = dup_vendor_name (fixture, fixture->vendor_ids[N_VENDORS - 1]);
  g_assert_cmpstr (before, !=, "Renamed Between");
  g_assert_cmpstr (last, ==, "Renamed Last");
  pull (fixture, CH_UNIT_VENDORS_CHANGED, 0);
  after = dup_vendor_name (fixture, fixture->vendor_ids[0]);
  g_assert_cmpstr (after, ==, "Renamed Between");
}

static void
rename_here (ChStore    *store,
             gint64      vendor_id,
             const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChVendor) vendor = ch_store_get_vendor (store, vendor_id, &error);

  g_assert_no_error (error);
  g_free (vendor->name);
  vendor->name = g_strdup (name);
  ch_store_begin (store, "somebody", 1, &error);
  ch_store_put_vendor (store, vendor, NULL, &error);
  ch_store_commit (store, &error);
  g_assert_no_error (error);
}

static gboolean
take_three_seconds (const ChRequest *request,
                    gboolean         done,
                    gpointer         user_data)
{
  pass_seconds (user_data, 3);
  return FALSE;
}

static char *
dup_position (Fixture *fixture)
{
  return ch_store_dup_state (fixture->store, "sync.vendors_since", NULL);
}

/* A list that takes longer to read tells no less of what is known already; one of a server whose time went back does. */
static void
test_slow_list_leaves_the_position (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *restored = NULL;
  guint i;

  fixture_sync_to_rest (fixture);
  pass_seconds (fixture, 600);
  rename_vendor (fixture, fixture->vendor_ids[0], "Renamed");
  pull (fixture, CH_UNIT_VENDORS, 0);
  before = dup_position (fixture);
  ch_sandbox_transport_set_break (fixture->transport, take_three_seconds, fixture);
  rename_here (fixture->store, fixture->vendor_ids[0], "So That The List Is Looked Into");
  pull (fixture, CH_UNIT_VENDORS, 0);
  ch_sandbox_transport_set_break (fixture->transport, NULL, NULL);
  after = dup_position (fixture);
  g_assert_cmpstr (after, ==, before);

  for (i = 0; i < fixture->sandbox->vendors->len; i++)
    json_object_set_string_member (g_ptr_array_index (fixture->sandbox->vendors, i), "updated_at", "2026-11-01T08:00:00Z");
  pull (fixture, CH_UNIT_VENDORS, 0);
  restored = dup_position (fixture);
  g_assert_cmpint (g_ascii_strtoll (restored, NULL, 10), <, g_ascii_strtoll (before, NULL, 10));
}

static void
test_deleted_vendor_is_gone_from_both_lists (Fixture       *fixture,
                                             gconstpointer  user_data)
{
  g_autofree char *path = g_strdup_printf ("/sandbox/vendors/%" G_GINT64_FORMAT, fixture->vendor_ids[5]);

  fixture_sync_to_rest (fixture);
  answer (fixture_call (fixture, "DELETE", path, "%s", ""));
  pull (fixture, CH_UNIT_VENDORS, 0);
  g_assert_cmpuint (count_members (fixture, fixture->project_ids[0]), ==, N_VENDORS - 1);
  fixture_sync_to_rest (fixture);
}

/* A membership moves nobody's updated_at. */
static void
test_memberships_by_vendor_and_by_project (Fixture       *fixture,
                                           gconstpointer  user_data)
{
  g_autofree char *add = g_strdup_printf ("/sandbox/projects/%" G_GINT64_FORMAT "/vendors", fixture->project_ids[1]);
  g_autofree char *remove = g_strdup_printf ("%s/%" G_GINT64_FORMAT, add, fixture->vendor_ids[4]);
  guint n;

  fixture_sync_to_rest (fixture);
  n = count_members (fixture, fixture->project_ids[1]);
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + 3600 * (gint64) G_USEC_PER_SEC);
  answer (fixture_call (fixture, "POST", add, "{\"vendor_id\":%" G_GINT64_FORMAT "}", fixture->vendor_ids[4]));
  pull (fixture, CH_UNIT_VENDORS, 0);
  g_assert_cmpuint (count_members (fixture, fixture->project_ids[1]), ==, n + 1);
  answer (fixture_call (fixture, "DELETE", remove, "%s", ""));
  g_assert_cmpuint (count_pulls (fixture, CH_UNIT_PROJECT_VENDORS, fixture->project_ids[1]), ==, 1);
  g_assert_cmpuint (count_members (fixture, fixture->project_ids[1]), ==, n);
}

/* A sub that was made after the directory was read, seen on a project first. */
static void
test_project_names_an_unknown_vendor (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autofree char *add = g_strdup_printf ("/sandbox/projects/%" G_GINT64_FORMAT "/vendors", fixture->project_ids[1]);
  g_autoptr (JsonNode) made = NULL;
  guint n;

  fixture_sync_to_rest (fixture);
  n = count_members (fixture, fixture->project_ids[1]);
  made = fixture_call (fixture, "POST", "/sandbox/vendors", "{\"name\":\"Newcomer Paving, LLC\"}");
  answer (fixture_call (fixture, "POST", add, "{\"vendor_id\":%" G_GINT64_FORMAT "}", get_id (json_node_get_object (made), "id")));
  g_assert_cmpuint (count_pulls (fixture, CH_UNIT_PROJECT_VENDORS, fixture->project_ids[1]), ==, 2);
  g_assert_cmpuint (count_members (fixture, fixture->project_ids[1]), ==, n + 1);
}

/* The list of both kinds does not say which is which; a project's kinds are looked up once, when they matter. */
static void
test_commitment_kinds_are_looked_up_once (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autoptr (GPtrArray) commitments = NULL;
  g_autoptr (GError) error = NULL;
  guint n_orders = 0;
  guint i;

  answer (fixture_call (fixture, "POST", "/sandbox/commitments",
                        "{\"project_id\":%" G_GINT64_FORMAT ",\"vendor_id\":%" G_GINT64_FORMAT
                        ",\"kind\":\"purchase_order_contract\",\"title\":\"Switchgear\"}",
                        fixture->project_ids[0], fixture->vendor_ids[1]));
  fixture_sync_to_rest (fixture);
  fixture_file (fixture, "GL-1", "2026-01-01", "2027-01-01");
  fixture_sync_to_rest (fixture);
  g_assert_cmpuint (fixture_count_requests (fixture, "GET", "/rest/v1.0/work_order_contracts"), ==, 1);
  commitments = ch_store_list_commitments (fixture->store, fixture->project_ids[0], 0, &error);
  g_assert_no_error (error);
  for (i = 0; i < commitments->len; i++)
    n_orders += ((ChCommitment *) g_ptr_array_index (commitments, i))->kind == CH_COMMITMENT_PURCHASE_ORDER;
  g_assert_cmpuint (n_orders, ==, 1);
  fixture_check_rest (fixture);
}

static gint64
get_read_at (Fixture    *fixture,
             ChUnitKind  kind,
             gint64      project_id)
{
  g_autoptr (GPtrArray) all = ch_store_list_freshness (fixture->store, NULL);
  guint i;

  for (i = 0; i < all->len; i++)
    {
      const ChFreshness *freshness = g_ptr_array_index (all, i);

      if (g_str_equal (freshness->unit, ch_unit_kind_to_string (kind)) && freshness->project_id == project_id)
        return freshness->read_at;
    }
  return 0;
}

static void
test_freshness_is_only_of_what_was_read (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  ChUnit unit = { CH_UNIT_VENDORS, 0, 0 };
  g_autoptr (ChRoundSummary) summary = g_new0 (ChRoundSummary, 1);
  g_autoptr (GError) error = NULL;
  gint64 first;

  fixture_sync_to_rest (fixture);
  first = get_read_at (fixture, CH_UNIT_VENDORS, 0);
  g_assert_cmpint (first, >, 0);
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + 60 * (gint64) G_USEC_PER_SEC);
  fixture_add_fault (fixture, "{\"path\":\"*/vendors\",\"kind\":\"status\",\"status\":403,\"count\":1}");
  g_assert_false (ch_session_pull_unit (fixture->session, &unit, summary, NULL, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_FORBIDDEN);
  g_assert_cmpint (get_read_at (fixture, CH_UNIT_VENDORS, 0), ==, first);
  pull (fixture, CH_UNIT_VENDORS, 0);
  g_assert_cmpint (get_read_at (fixture, CH_UNIT_VENDORS, 0), >, first);
}

#define UNIT_TEST(name, func) g_test_add ("/sync/units/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

static void
check_name (Fixture    *fixture,
            gint64      vendor_id,
            const char *name)
{
  g_autoptr (ChVendor) vendor = ch_store_get_vendor (fixture->store, vendor_id, NULL);

  g_assert_cmpstr (vendor->name, ==, name);
}

/* A list that Procore tells as before is not looked into, and fresh all the same; once the rows differ, whoever changed
 * them, it is. */
static void
test_unchanged_list_is_looked_into_once_the_rows_differ (Fixture       *fixture,
                                                         gconstpointer  user_data)
{
  g_autoptr (ChVendor) before = NULL;
  g_autoptr (ChStore) other = NULL;
  gint64 id = fixture->vendor_ids[0];
  guint64 content;
  gint64 read_at;

  fixture_sync_to_rest (fixture);
  before = ch_store_get_vendor (fixture->store, id, NULL);
  pull (fixture, CH_UNIT_VENDORS, 0);
  content = ch_store_get_content (fixture->store);
  read_at = get_read_at (fixture, CH_UNIT_VENDORS, 0);
  test_clock_set (fixture->clock, ch_clock_now (CH_CLOCK (fixture->clock)) + 60 * (gint64) G_USEC_PER_SEC);
  pull (fixture, CH_UNIT_VENDORS, 0);
  g_assert_cmpuint (ch_store_get_content (fixture->store), ==, content);
  g_assert_cmpint (get_read_at (fixture, CH_UNIT_VENDORS, 0), >, read_at);
  /* Nor do lists that bring nothing new. */
  pull (fixture, CH_UNIT_INACTIVE_VENDORS, 0);
  pull (fixture, CH_UNIT_COMPANY_INSURANCES, 0);
  pull (fixture, CH_UNIT_PROJECT_INSURANCES, fixture->project_ids[0]);
  pull (fixture, CH_UNIT_VENDORS_CHANGED, 0);
  pull (fixture, CH_UNIT_COMMITMENTS, fixture->project_ids[0]);
  g_assert_cmpuint (ch_store_get_content (fixture->store), ==, content);

  rename_here (fixture->store, id, "Not Its Name");
  g_assert_cmpuint (ch_store_get_content (fixture->store), !=, content);
  pull (fixture, CH_UNIT_VENDORS, 0);
  check_name (fixture, id, before->name);

  other = ch_store_open (fixture->dir, NULL, NULL);
  g_assert_nonnull (other);
  pull (fixture, CH_UNIT_VENDORS, 0);
  rename_here (other, id, "Neither This");
  pull (fixture, CH_UNIT_VENDORS, 0);
  check_name (fixture, id, before->name);
  ch_store_close (other);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  UNIT_TEST ("any-order", test_any_order);
  UNIT_TEST ("nothing-changed-costs-four-requests", test_nothing_changed_costs_four_requests);
  UNIT_TEST ("deleted-project-is-missed-by-its-id", test_deleted_project_is_missed_by_its_id);
  UNIT_TEST ("project-that-became-visible", test_project_that_became_visible);
  UNIT_TEST ("vendor-deactivated-and-back", test_vendor_deactivated_and_back);
  UNIT_TEST ("list-of-inactive-vendors-leaves-the-position", test_list_of_inactive_vendors_leaves_the_position);
  UNIT_TEST ("change-while-a-list-was-read-is-told-later", test_change_while_a_list_was_read_is_told_later);
  UNIT_TEST ("slow-list-leaves-the-position", test_slow_list_leaves_the_position);
  UNIT_TEST ("deleted-vendor-is-gone-from-both-lists", test_deleted_vendor_is_gone_from_both_lists);
  UNIT_TEST ("memberships-by-vendor-and-by-project", test_memberships_by_vendor_and_by_project);
  UNIT_TEST ("project-names-an-unknown-vendor", test_project_names_an_unknown_vendor);
  UNIT_TEST ("commitment-kinds-are-looked-up-once", test_commitment_kinds_are_looked_up_once);
  UNIT_TEST ("freshness-is-only-of-what-was-read", test_freshness_is_only_of_what_was_read);
  UNIT_TEST ("unchanged-list-is-looked-into-once-the-rows-differ", test_unchanged_list_is_looked_into_once_the_rows_differ);

  return g_test_run ();
}
