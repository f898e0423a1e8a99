#include "config.h"

#include "ch-desk-carriers.h"
#include "ch-desk-exceptions.h"
#include "ch-store-waivers.h"
#include "desk-fixture.h"

#define RULE "general_liability.each_occurrence"

static ChStatus
get_status (Fixture *fixture,
            gint64   project_id)
{
  g_autoptr(ChStoredVerdict) verdict = fixture_get_verdict (fixture, project_id, SUB, 0);

  g_assert_nonnull (verdict);

  return verdict->status;
}

static gboolean
is_waived (Fixture    *fixture,
           const char *rule)
{
  g_autoptr(ChStoredVerdict) verdict = fixture_get_verdict (fixture, PROJECT, SUB, 0);

  for (guint i = 0; i < verdict->verdict->findings->len; i++)
    {
      const ChFinding *finding = g_ptr_array_index (verdict->verdict->findings, i);

      if (g_strcmp0 (finding->rule, rule) == 0)
        return finding->waived;
    }
  g_assert_not_reached ();
}

static char *
give (Fixture    *fixture,
      gint64      project_id,
      const char *rule,
      const char *until)
{
  g_autoptr(ChWaiver) waiver = ch_waiver_new (rule, ch_date_from_iso (until), "agreed with the owner");
  g_autoptr(GError) error = NULL;
  char *uuid = NULL;

  ch_desk_give_waiver (fixture->desk, SUB, project_id, waiver, &uuid, &error);
  g_assert_no_error (error);

  return uuid;
}

static void
lapse (Fixture    *fixture,
       const char *now)
{
  g_autoptr(GError) error = NULL;

  test_clock_set (fixture->clock, now);
  ch_desk_judge_lapsed (fixture->desk, NULL, &error);
  g_assert_no_error (error);
}

/* A sub with half of what is asked. */
static void
be_short (Fixture *fixture)
{
  g_autoptr(ChCertificate) certificate = make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100",
                                                           "2026-01-01", "2027-06-01", 500000);

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_file (fixture, certificate, SUB, TRUE);
  g_assert_cmpint (get_status (fixture, PROJECT), ==, CH_STATUS_NON_COMPLIANT);
}

static void
test_waiver_holds_and_ends_by_itself (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autofree char *uuid = NULL;

  be_short (fixture);
  uuid = give (fixture, PROJECT, RULE, "2026-12-31");
  g_assert_cmpint (get_status (fixture, PROJECT), ==, CH_STATUS_COMPLIANT);
  g_assert_cmpint (get_status (fixture, PROJECT_2), ==, CH_STATUS_NON_COMPLIANT);
  g_assert_true (is_waived (fixture, RULE));
  g_assert_cmpuint (fixture_count_events (fixture, "waiver.given"), ==, 1);

  lapse (fixture, "2027-01-01T05:00:59Z");
  g_assert_cmpint (get_status (fixture, PROJECT), ==, CH_STATUS_COMPLIANT);
  lapse (fixture, "2027-01-01T05:01:00Z");
  g_assert_cmpint (get_status (fixture, PROJECT), ==, CH_STATUS_NON_COMPLIANT);
  g_assert_false (is_waived (fixture, RULE));
}

/* The status stays what it is, but nobody may believe any more that the finding is waived. */
static void
test_waiver_ends_where_the_status_stays (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *uuid = NULL;
  g_autofree char *body = g_strdup ("{\"schema\":1,\"name\":\"More\",\"coverages\":{\"automobile_liability\":{}}}");
  g_autoptr(ChStoredRequirementSet) set = NULL;
  g_autoptr(ChRequirementAssignment) place = ch_requirement_assignment_new (CH_SCOPE_PROJECT, NULL, PROJECT, 0, 0);
  guint n_changed;

  be_short (fixture);
  set = ch_desk_import_requirements (fixture->desk, body, &error);
  ch_desk_assign_requirements (fixture->desk, set->id, place, &error);
  g_assert_no_error (error);
  uuid = give (fixture, PROJECT, RULE, "2026-12-31");
  g_assert_cmpint (get_status (fixture, PROJECT), ==, CH_STATUS_NON_COMPLIANT);
  g_assert_true (is_waived (fixture, RULE));

  lapse (fixture, "2027-01-01T05:01:00Z");
  g_assert_cmpint (get_status (fixture, PROJECT), ==, CH_STATUS_NON_COMPLIANT);
  g_assert_false (is_waived (fixture, RULE));
  ch_desk_judge_lapsed (fixture->desk, &n_changed, &error);
  g_assert_cmpuint (n_changed, ==, 0);
  g_assert_cmpint (ch_desk_get_next_lapse (fixture->desk, &error), >,
                   ch_clock_now (CH_CLOCK (fixture->clock)));
}

static void
test_exemption (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autofree char *uuid = NULL;

  be_short (fixture);
  uuid = give (fixture, 0, NULL, "2026-12-31");
  g_assert_cmpint (get_status (fixture, PROJECT), ==, CH_STATUS_EXEMPT);
  g_assert_cmpint (get_status (fixture, PROJECT_2), ==, CH_STATUS_EXEMPT);
  g_assert_cmpuint (fixture_count_events (fixture, "exemption.given"), ==, 1);
  lapse (fixture, "2027-01-01T05:01:00Z");
  g_assert_cmpint (get_status (fixture, PROJECT_2), ==, CH_STATUS_NON_COMPLIANT);
}

static void
test_taken_back (Fixture       *fixture,
                 gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStoredWaiver) stored = NULL;
  g_autofree char *uuid = NULL;

  be_short (fixture);
  uuid = give (fixture, PROJECT, RULE, "2026-12-31");
  g_assert_false (ch_desk_end_waiver (fixture->desk, uuid, " ", &error));
  g_assert_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (ch_desk_end_waiver (fixture->desk, uuid, "was a mistake", &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_status (fixture, PROJECT), ==, CH_STATUS_NON_COMPLIANT);
  g_assert_cmpuint (fixture_count_events (fixture, "waiver.ended"), ==, 1);
  stored = ch_store_find_waiver (fixture->store, uuid, &error);
  g_assert_cmpstr (stored->ended_why, ==, "was a mistake");
  g_assert_cmpstr (stored->waiver->why, ==, "agreed with the owner");
  g_assert_false (ch_desk_end_waiver (fixture->desk, uuid, "again", &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_EXISTS);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  user_data)
{
  static const struct {
    gint64      vendor, project;
    const char *rule, *until, *why;
    int         code;
  } refused[] = {
    { 999, 0, RULE, "2026-12-31", "x", CH_DESK_ERROR_NOT_FOUND },
    { SUB, 999, RULE, "2026-12-31", "x", CH_DESK_ERROR_NOT_FOUND },
    { SUB, 0, "general_liability", "2026-12-31", "x", CH_DESK_ERROR_INVALID },
    { SUB, 0, "general_liability.height", "2026-12-31", "x", CH_DESK_ERROR_INVALID },
    { SUB, 0, "certificate.autos", "2026-12-31", "x", CH_DESK_ERROR_INVALID },
    { SUB, 0, "general_liability.holder", "2026-12-31", "x", CH_DESK_ERROR_INVALID },
    { SUB, 0, RULE, "2026-11-22", "x", CH_DESK_ERROR_INVALID },
    { SUB, 0, RULE, "", "x", CH_DESK_ERROR_INVALID },
    { SUB, 0, RULE, "2026-12-31", "", CH_DESK_ERROR_INVALID },
    { SUB, 0, NULL, "2026-12-31", NULL, CH_DESK_ERROR_INVALID },
  };
  static const char * const known[] = {
    RULE, "certificate.holder", "pollution.present", "general_liability.endorsement:CG 20 10|CG 20 38",
    "automobile_liability.autos", "umbrella_excess.carrier_rating", "certificate.insurer_naic",
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(ChWaiver) waiver = ch_waiver_new (refused[i].rule, ch_date_from_iso (refused[i].until), refused[i].why);
      g_autoptr(GError) error = NULL;
      g_autofree char *uuid = NULL;

      g_assert_false (ch_desk_give_waiver (fixture->desk, refused[i].vendor, refused[i].project, waiver, &uuid, &error));
      g_assert_error (error, CH_DESK_ERROR, refused[i].code);
      g_assert_null (uuid);
    }
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *uuid = give (fixture, 0, known[i], "2026-11-23");

      g_assert_nonnull (uuid);
    }
  g_assert_cmpuint (fixture_count_events (fixture, "waiver.given"), ==, G_N_ELEMENTS (known));
}

#define LIST "NAIC,Company,Rating,Size\n12345,Granite Mutual,%s,X\n"

static guint
import (Fixture    *fixture,
        const char *rating,
        int        *version)
{
  g_autofree char *text = g_strdup_printf (LIST, rating);
  g_autoptr(GError) error = NULL;
  guint n = 0;

  ch_desk_import_carriers (fixture->desk, text, -1, &n, version, &error);
  g_assert_no_error (error);

  return n;
}

static void
test_carriers (Fixture       *fixture,
               gconstpointer  user_data)
{
  const char *body = "{\"schema\":1,\"name\":\"Rated\",\"coverages\":{\"general_liability\":{}},"
                     "\"carrier\":{\"minimum_rating\":\"A-\"}}";
  g_autoptr(ChCertificate) certificate = make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100",
                                                           "2026-01-01", "2027-06-01", 1000000);
  g_autoptr(ChRequirementAssignment) place = ch_requirement_assignment_new (CH_SCOPE_COMPANY, NULL, 0, 0, 0);
  g_autoptr(ChStoredRequirementSet) set = NULL;
  g_autoptr(GError) error = NULL;
  guint n;
  int version;

  set = ch_desk_import_requirements (fixture->desk, body, &error);
  ch_desk_assign_requirements (fixture->desk, set->id, place, &error);
  fixture_file (fixture, certificate, SUB, TRUE);
  g_assert_cmpint (get_status (fixture, PROJECT), ==, CH_STATUS_NON_COMPLIANT);
  g_assert_cmpuint (import (fixture, "A", &version), ==, 1);
  g_assert_cmpint (version, ==, 1);
  g_assert_cmpint (get_status (fixture, PROJECT), ==, CH_STATUS_COMPLIANT);
  import (fixture, "A", &version);
  g_assert_cmpint (version, ==, 1);
  g_assert_cmpuint (fixture_count_events (fixture, "carriers.imported"), ==, 1);
  import (fixture, "B", &version);
  g_assert_cmpint (version, ==, 2);
  g_assert_cmpint (get_status (fixture, PROJECT), ==, CH_STATUS_NON_COMPLIANT);

  g_assert_false (ch_desk_import_carriers (fixture->desk, "NAIC,Rating\nabc,A\n", -1, &n, &version, &error));
  g_assert_nonnull (strstr (error->message, "line 2"));
  g_assert_cmpint (get_status (fixture, PROJECT), ==, CH_STATUS_NON_COMPLIANT);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/desk/exceptions/waiver-holds-and-ends-by-itself", test_waiver_holds_and_ends_by_itself);
  ADD ("/desk/exceptions/waiver-ends-where-the-status-stays", test_waiver_ends_where_the_status_stays);
  ADD ("/desk/exceptions/exemption", test_exemption);
  ADD ("/desk/exceptions/taken-back", test_taken_back);
  ADD ("/desk/exceptions/refused", test_refused);
  ADD ("/desk/exceptions/carriers", test_carriers);

  return g_test_run ();
}
