#include "config.h"

#include "ch-webhooks-private.h"
#include "live-fixture.h"

/* What events of Procore's ask for, and what they do not. */

/* What a new commitment costs: the project's list of them, that of its kind, and its compliance */
#define READS_OF_ONE 3

static gboolean
has_crane (Live *live)
{
  return live_has_commitment (live, "Crane");
}

static gboolean
has_nothing_to_send (Live *live)
{
  return fixture_count_outbox (&live->inner) == 0;
}

static void
test_event_is_followed (Live         *live,
                        gconstpointer user_data)
{
  guint n_before;

  live_start (live);
  live_let_pass (live, 5);
  live_make_commitment (live, 1, "Elevator");
  n_before = live_count_reads (live);
  g_assert_cmpuint (live_carry (live, 1), ==, 1);
  live_wait_for (live, live_has_elevator, "the commitment");
  live_let_finish (live);
  g_assert_cmpuint (live_count_reads (live) - n_before, <=, READS_OF_ONE);
  g_assert_cmpuint (ch_worker_get_report (live->worker)->webhook_port, >, 0);
}

static void
test_duplicates_cost_nothing (Live         *live,
                              gconstpointer user_data)
{
  guint n_before;

  live_start (live);
  live_let_pass (live, 5);
  live_make_commitment (live, 1, "Elevator");
  n_before = live_count_reads (live);
  live_carry (live, 5);
  live_wait_for (live, live_has_elevator, "the commitment");
  live_let_finish (live);
  live_let_pass (live, 5);
  live_make_commitment (live, 1, "Crane");
  live_carry (live, 5);
  live_wait_for (live, has_crane, "the second commitment");
  live_let_finish (live);
  g_assert_cmpuint (live_count_reads (live) - n_before, <=, 2 * READS_OF_ONE);
}

static void
test_burst_is_coalesced (Live         *live,
                         gconstpointer user_data)
{
  guint n_before;
  guint n_looks;
  guint i;

  live_start (live);
  live_let_pass (live, 5);
  for (i = 0; i < 100; i++)
    live_make_commitment (live, 1, "one of many");
  live_make_commitment (live, 1, "Elevator");
  n_before = live_count_reads (live);
  n_looks = live_count (live, "GET", "*/compliance");
  g_assert_cmpuint (live_carry (live, 1), ==, 101);
  live_wait_for (live, live_has_elevator, "the commitment");
  live_let_pass (live, 5);
  ch_worker_show (live->worker, 0, 0);
  live_let_finish (live);
  live_wait_for (live, has_nothing_to_send, "what the commitments mean in Procore");
  live_let_finish (live);
  /* The compliance of each is looked at before it is written; the lists that show them all are read for all at once. */
  n_looks = live_count (live, "GET", "*/compliance") - n_looks;
  g_assert_cmpuint (n_looks, ==, 101);
  g_assert_cmpuint (live_count_reads (live) - n_before - n_looks, <=, 8);
}

/* Many records of one list are read as the list; a few by themselves. */
static void
test_insurance_record_is_read_alone (Live         *live,
                                     gconstpointer user_data)
{
  g_autoptr (JsonArray) records = NULL;
  gint64 id;
  guint n_lists;
  g_autofree char *path = NULL;

  fixture_file (&live->inner, "GL-1", "2026-01-01", "2027-01-01");
  fixture_sync_to_rest (&live->inner);
  live_start (live);
  live_let_pass (live, 5);
  records = fixture_list_insurances (&live->inner, "policy", 0);
  id = get_id (json_array_get_object_element (records, 0), "id");
  path = g_strdup_printf ("/sandbox/insurances/%" G_GINT64_FORMAT, id);
  n_lists = live_count (live, "GET", "/rest/v1.0/companies/*/insurances");
  json_node_unref (fixture_call (&live->inner, "POST", path, "{\"notes\":\"A person was here.\"}"));
  live->n_pulled = 0;
  live_carry (live, 1);
  while (live->n_pulled == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (live_count (live, "GET", "/rest/v1.0/companies/*/insurances"), ==, n_lists);
  g_assert_cmpuint (live_count (live, "GET", "/rest/v1.0/companies/*/insurances/*"), ==, 1);
}

/* What we write comes back as events: they ask for nothing. */
static void
test_own_events_ask_for_nothing (Live         *live,
                                 gconstpointer user_data)
{
  guint n_before;
  guint n_deliveries;

  live_start (live);
  live_let_pass (live, 5);
  fixture_file (&live->inner, "GL-1", "2026-01-01", "2027-01-01");
  while (fixture_count_outbox (&live->inner) > 0)
    g_main_context_iteration (NULL, FALSE);
  n_before = live_count_reads (live);
  n_deliveries = live_carry (live, 1);
  g_assert_cmpuint (n_deliveries, >=, 2);
  live_let_pass (live, 2);
  while (ch_worker_get_report (live->worker)->n_own_events < n_deliveries)
    {
      ch_worker_show (live->worker, live->inner.project_ids[0], 0);
      live_let_pass (live, 2);
      g_usleep (1000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_cmpuint (ch_worker_get_report (live->worker)->n_own_events, ==, n_deliveries);
  g_assert_cmpuint (live_count (live, "GET", "/rest/v1.0/companies/*/insurances/*"), ==, 0);
  g_assert_cmpuint (n_before, >, 0);
}

/* While nobody listened: nothing arrives, and after a while Procore's list tells. */
static void
test_missed_deliveries_are_read_back (Live         *live,
                                      gconstpointer user_data)
{
  guint n_before;

  live_start (live);
  live_stop (live);
  live_let_pass (live, 3600);
  live_make_commitment (live, 1, "Elevator");
  g_assert_cmpuint (live_carry (live, 1), ==, 1);    /* refused: nobody is there */
  live_let_pass (live, 1);
  n_before = live_count (live, "GET", "*/deliveries*");
  live_start_with (live, LIVE_SECRET);
  live_wait_for (live, live_has_elevator, "the commitment");
  g_assert_cmpuint (live_count (live, "GET", "*/deliveries*") - n_before, ==, 3);
  g_assert_cmpuint (ch_worker_get_report (live->worker)->n_missed_events, <=, 1);
}

/* Whether all that events asked for was read when it stopped; else it looks back the next time. */
static gboolean
has_ended_in_peace (Live *live)
{
  g_autofree char *stopped_at = ch_store_dup_state (live->inner.store, "webhooks.stopped_at", NULL);

  return stopped_at != NULL;
}

/* A short pause is made good by Procore itself. */
static void
test_short_absence_reads_nothing_back (Live         *live,
                                       gconstpointer user_data)
{
  guint n_before;

  live_start (live);
  live_stop (live);
  while (!has_ended_in_peace (live))
    {
      live_start_with (live, LIVE_SECRET);
      live_stop (live);
    }
  live_let_pass (live, 30);
  live_make_commitment (live, 1, "Elevator");
  live_carry (live, 1);
  n_before = live_count (live, "GET", "*/deliveries*");
  live_start_with (live, LIVE_SECRET);
  while (ch_worker_get_report (live->worker)->webhook_port == 0)
    g_main_context_iteration (NULL, TRUE);
  live_let_pass (live, 3);                           /* Procore's pause after a failure is over */
  g_assert_cmpuint (live_carry (live, 1), ==, 1);
  live_wait_for (live, live_has_elevator, "the commitment");
  g_assert_cmpuint (live_count (live, "GET", "*/deliveries*"), ==, n_before);
}

static void
test_units_of_events (void)
{
  static const struct {
    const char *resource_name;
    const char *reason;
    gint64      project_id;
    ChUnitKind  kinds[2];
    guint       n;
  } cases[] = {
    { "Projects", "create", 9, { CH_UNIT_PROJECTS_CHANGED, 0 }, 1 },
    { "Projects", "delete", 9, { CH_UNIT_PROJECT_IDS, 0 }, 1 },
    { "Company Vendors", "update", 0, { CH_UNIT_VENDORS_CHANGED, CH_UNIT_INACTIVE_VENDORS }, 2 },
    { "Company Vendors", "delete", 0, { CH_UNIT_VENDORS, 0 }, 1 },
    { "Company Insurances", "update", 0, { CH_UNIT_INSURANCE, 0 }, 1 },
    { "Company Insurances", "delete", 0, { CH_UNIT_COMPANY_INSURANCES, 0 }, 1 },
    { "Project Stages", "create", 0, { CH_UNIT_STAGES, 0 }, 1 },
    { "Project Vendors", "delete", 9, { CH_UNIT_PROJECT_VENDORS, 0 }, 1 },
    { "Project Insurances", "delete", 9, { CH_UNIT_PROJECT_INSURANCES, 0 }, 1 },
    { "Project Files", "create", 9, { CH_UNIT_INBOX, 0 }, 1 },
    { "Work Order Contracts", "status_changed", 9, { CH_UNIT_COMMITMENTS, CH_UNIT_COMPLIANCE }, 2 },
    { "Purchase Order Contracts", "update", 9, { CH_UNIT_COMMITMENTS, CH_UNIT_COMPLIANCE }, 2 },
    { "Work Order Contracts", "update", 0, { 0, 0 }, 0 },
    { "RFIs", "update", 9, { 0, 0 }, 0 },
  };
  guint i;
  guint k;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ChHookEvent event = { .resource_name = (char *) cases[i].resource_name,
                            .reason = (char *) cases[i].reason,
                            .project_id = cases[i].project_id,
                            .resource_id = 77 };
      ChUnit units[CH_WEBHOOK_MAX_UNITS];

      g_assert_cmpuint (_ch_webhook_get_units (&event, units), ==, cases[i].n);
      for (k = 0; k < cases[i].n; k++)
        {
          gboolean names_record = units[k].kind == CH_UNIT_INSURANCE || units[k].kind == CH_UNIT_COMPLIANCE;

          g_assert_cmpint (units[k].kind, ==, cases[i].kinds[k]);
          g_assert_cmpint (units[k].record_id, ==, names_record ? 77 : 0);
          g_assert_cmpint (units[k].project_id, ==, ch_unit_kind_is_of_project (units[k].kind) ? cases[i].project_id : 0);
        }
    }
}

#define LIVE_TEST(name, func) g_test_add ("/sync/webhooks/" name, Live, NULL, live_set_up, func, live_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  LIVE_TEST ("event-is-followed", test_event_is_followed);
  LIVE_TEST ("duplicates-cost-nothing", test_duplicates_cost_nothing);
  LIVE_TEST ("burst-is-coalesced", test_burst_is_coalesced);
  LIVE_TEST ("insurance-record-is-read-alone", test_insurance_record_is_read_alone);
  LIVE_TEST ("own-events-ask-for-nothing", test_own_events_ask_for_nothing);
  LIVE_TEST ("missed-deliveries-are-read-back", test_missed_deliveries_are_read_back);
  LIVE_TEST ("short-absence-reads-nothing-back", test_short_absence_reads_nothing_back);
  g_test_add_func ("/sync/webhooks/units-of-events", test_units_of_events);

  return g_test_run ();
}
