#include "config.h"

#include "ch-desk-review.h"
#include "ch-interchange.h"
#include "desk-fixture.h"

/* The strict automatic rule: off by default, and nothing that a person would look at passes it. */

static void
turn_on (Fixture  *fixture,
         gboolean  second_person)
{
  ChReviewPolicy policy = { second_person, TRUE };
  g_autoptr(GError) error = NULL;

  g_assert_true (ch_desk_set_review_policy (fixture->desk, &policy, &error));
  g_assert_no_error (error);
}

static void
add_fields (ChCertificate *certificate,
            double         confidence)
{
  static const double box[4] = { 1, 2, 3, 4 };
  g_autoptr(GHashTable) values = ch_certificate_list_values (certificate);
  GHashTableIter iter;
  gpointer path;

  g_ptr_array_set_size (certificate->fields, 0);
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_ptr_array_add (certificate->fields, ch_field_reading_new (path, confidence, 1, box));
}

/* As the reader gives a clear print. */
static ChCertificate *
make_certain (const char *number)
{
  ChCertificate *certificate = make_certificate ("Keystone Electric LLC", "2026-01-05", number, "2026-01-01",
                                                 "2027-01-01", 1000000);

  certificate->form = g_strdup ("ACORD 25");
  add_fields (certificate, 0.99);

  return certificate;
}

static ChFiledCertificate *
file (Fixture       *fixture,
      ChCertificate *certificate)
{
  g_autoptr(GError) error = NULL;
  ChFiledCertificate *filed = ch_store_get_certificate (fixture->store, fixture_file (fixture, certificate, 0, FALSE),
                                                        &error);

  g_assert_no_error (error);

  return filed;
}

static void
assert_approved (Fixture       *fixture,
                 ChCertificate *certificate,
                 gboolean       approved)
{
  g_autoptr(ChFiledCertificate) filed = file (fixture, certificate);

  g_assert_cmpint (filed->review, ==, approved ? CH_REVIEW_APPROVED : CH_REVIEW_PENDING);
  g_assert_cmpstr (filed->reviewed_by, ==, approved ? CH_RULE_CERTAIN : NULL);
}

static void
test_off_by_default (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_certain ("GL-100");

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  assert_approved (fixture, certificate, FALSE);
}

static void
test_what_is_certain_is_approved (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_certain ("GL-100");
  g_autoptr(ChStoredVerdict) verdict = NULL;
  g_autoptr(GPtrArray) events = NULL;
  g_autoptr(GError) error = NULL;
  gboolean found = FALSE;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  turn_on (fixture, FALSE);
  assert_approved (fixture, certificate, TRUE);
  verdict = fixture_get_verdict (fixture, PROJECT, SUB, 0);
  g_assert_cmpint (verdict->status, ==, CH_STATUS_COMPLIANT);

  events = ch_store_list_events (fixture->store, 0, SUB, 0, &error);
  for (guint i = 0; i < events->len; i++)
    {
      const ChEvent *event = g_ptr_array_index (events, i);

      found |= g_str_equal (event->what, "certificate.approved") &&
               g_str_equal (event->detail, "{\"file\":\"coi.pdf\",\"rule\":\"rule:certain\"}");
    }
  g_assert_true (found);
}

static void
doubt_one_value (ChCertificate *certificate)
{
  ((ChFieldReading *)g_ptr_array_index (certificate->fields, 0))->confidence = 0.9;
}

/* A value that was read nowhere. */
static void
forget_one_place (ChCertificate *certificate)
{
  for (guint i = 0; i < certificate->fields->len; i++)
    {
      if (g_str_equal (((ChFieldReading *)g_ptr_array_index (certificate->fields, i))->path, "policies[0].policy_number"))
        {
          g_ptr_array_remove_index (certificate->fields, i);
          return;
        }
    }
  g_assert_not_reached ();
}

static void
drop_the_insurer (ChCertificate *certificate)
{
  g_ptr_array_set_size (certificate->insurers, 0);
  add_fields (certificate, 0.99);
}

static void
drop_the_number (ChCertificate *certificate)
{
  ChPolicy *policy = g_ptr_array_index (certificate->policies, 0);

  g_clear_pointer (&policy->policy_number, g_free);
  add_fields (certificate, 0.99);
}

static void
drop_the_holder (ChCertificate *certificate)
{
  g_clear_pointer (&certificate->holder_name, g_free);
  add_fields (certificate, 0.99);
}

static void
swap_the_days (ChCertificate *certificate)
{
  ChPolicy *policy = g_ptr_array_index (certificate->policies, 0);

  policy->expiration = policy->effective;
}

static void
name_nobody_quite (ChCertificate *certificate)
{
  g_free (certificate->insured_name);
  certificate->insured_name = g_strdup ("Keystone Electric");
}

static void
lower_the_limit (ChCertificate *certificate)
{
  ((ChPolicy *)g_ptr_array_index (certificate->policies, 0))->limits[CH_LIMIT_EACH_OCCURRENCE] = 999999;
}

static void
test_any_doubt_is_a_persons (Fixture       *fixture,
                             gconstpointer  user_data)
{
  static void (* const doubts[]) (ChCertificate *) = {
    doubt_one_value, forget_one_place, drop_the_insurer, drop_the_number, drop_the_holder, swap_the_days,
    name_nobody_quite, lower_the_limit,
  };

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  turn_on (fixture, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (doubts); i++)
    {
      g_autofree char *number = g_strdup_printf ("GL-%u", i);
      g_autoptr(ChCertificate) certificate = make_certain (number);

      g_test_message ("doubt %u", i);
      doubts[i] (certificate);
      assert_approved (fixture, certificate, FALSE);
    }
}

/* Satisfied here and not there: not by itself. */
static void
test_every_project_has_to_be_satisfied (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_certain ("GL-100");

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_require (fixture, CH_SCOPE_PROJECT, 2000000);
  turn_on (fixture, FALSE);
  assert_approved (fixture, certificate, FALSE);
}

static void
test_where_nobody_asks_a_person_decides (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_certain ("GL-100");

  turn_on (fixture, FALSE);
  assert_approved (fixture, certificate, FALSE);
}

static void
test_a_rule_is_no_second_person (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_certain ("GL-100");

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  turn_on (fixture, TRUE);
  assert_approved (fixture, certificate, FALSE);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/desk/automatic/off-by-default", test_off_by_default);
  ADD ("/desk/automatic/what-is-certain-is-approved", test_what_is_certain_is_approved);
  ADD ("/desk/automatic/any-doubt-is-a-persons", test_any_doubt_is_a_persons);
  ADD ("/desk/automatic/every-project-has-to-be-satisfied", test_every_project_has_to_be_satisfied);
  ADD ("/desk/automatic/where-nobody-asks", test_where_nobody_asks_a_person_decides);
  ADD ("/desk/automatic/rule-is-no-second-person", test_a_rule_is_no_second_person);

  return g_test_run ();
}
