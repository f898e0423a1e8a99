#include "config.h"

#include "ch-evaluation.h"

/* Random portfolios within a short span of days, so that boundaries meet each other often. */

#define SPAN 40
#define N_PORTFOLIOS 3000

typedef struct {
  GPtrArray  *requirements;
  GPtrArray  *certificates;
  GPtrArray  *waivers;
  ChWaiver   *exemption;
  GHashTable *carriers;
  const char *state;
} Portfolio;

static const char * const rules[] = {
  "general_liability.each_occurrence", "general_liability.in_force", "umbrella_excess.each_occurrence",
  "general_liability.additional_insured", "workers_compensation.present", "general_liability.general_aggregate",
  "umbrella_excess.aggregate", "umbrella_excess.carrier_rating", "certificate.holder",
  "workers_compensation.el_each_accident",
};
static const char * const letters[] = { "A", "B", "C", NULL };

static gboolean
toss (GRand *rand)
{
  return g_rand_boolean (rand);
}

static ChPolicy *
make_policy (GRand      *rand,
             ChCoverage  coverage,
             const char *number)
{
  ChPolicy *policy = ch_policy_new ();

  policy->coverage = coverage;
  policy->policy_number = g_strdup (number);
  policy->insurer = g_strdup (letters[g_rand_int_range (rand, 0, G_N_ELEMENTS (letters))]);
  policy->effective = g_rand_int_range (rand, 0, SPAN);
  policy->expiration = policy->effective + g_rand_int_range (rand, 1, 20);
  policy->additional_insured = toss (rand) ? CH_MARK_YES : CH_MARK_ABSENT;
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = g_rand_int_range (rand, 0, 4) - 1;
  policy->limits[CH_LIMIT_GENERAL_AGGREGATE] = g_rand_int_range (rand, 1, 4);
  policy->limits[CH_LIMIT_AGGREGATE] = g_rand_int_range (rand, 0, 4) - 1;
  policy->limits[CH_LIMIT_EL_EACH_ACCIDENT] = g_rand_int_range (rand, 0, 4) - 1;

  return policy;
}

static ChRequirementSet *
make_set (GRand *rand)
{
  ChRequirementSet *set = ch_requirement_set_new ();
  ChCoverageRequirement *liability = ch_coverage_requirement_new ("general_liability");

  set->members[CH_SET_ASK_COVERAGES] = CH_MEMBER_SET;
  set->members[CH_SET_ASK_WARNING_DAYS] = CH_MEMBER_SET;
  set->warning_days = g_rand_int_range (rand, 0, 8);
  liability->members[CH_COVERAGE_ASK_MINIMUM] = CH_MEMBER_SET;
  liability->minimum[CH_LIMIT_EACH_OCCURRENCE] = 2;
  liability->minimum[CH_LIMIT_GENERAL_AGGREGATE] = 2;
  liability->members[CH_COVERAGE_ASK_ADDITIONAL_INSURED] = toss (rand) ? CH_MEMBER_SET : CH_MEMBER_ABSENT;
  liability->values[CH_COVERAGE_ASK_ADDITIONAL_INSURED] = CH_EVIDENCE_BOX;
  g_ptr_array_add (set->coverages, liability);
  if (toss (rand))
    {
      ChCoverageRequirement *umbrella = ch_coverage_requirement_new ("umbrella_excess");

      umbrella->members[CH_COVERAGE_ASK_MINIMUM] = CH_MEMBER_SET;
      umbrella->minimum[CH_LIMIT_EACH_OCCURRENCE] = 1;
      if (toss (rand))
        umbrella->minimum[CH_LIMIT_AGGREGATE] = 1;
      g_ptr_array_insert (set->coverages, toss (rand) ? 0 : -1, umbrella);
    }
  if (g_rand_int_range (rand, 0, 4) == 0)
    {
      ChCoverageRequirement *workers = ch_coverage_requirement_new ("workers_compensation");

      workers->members[CH_COVERAGE_ASK_MINIMUM] = CH_MEMBER_SET;
      workers->minimum[CH_LIMIT_EL_EACH_ACCIDENT] = 2;
      g_ptr_array_add (set->coverages, workers);
    }
  if (toss (rand))
    {
      set->members[CH_SET_ASK_UMBRELLA_ADDS_TO] = CH_MEMBER_SET;
      g_ptr_array_add (set->umbrella_adds_to, g_strdup ("general_liability"));
      g_ptr_array_add (set->umbrella_adds_to, g_strdup ("workers_compensation"));
    }
  if (g_rand_int_range (rand, 0, 3) == 0)
    {
      set->members[CH_SET_ASK_CARRIER] = CH_MEMBER_SET;
      set->minimum_rating = g_strdup ("A-");
    }
  if (g_rand_int_range (rand, 0, 3) == 0)
    {
      set->members[CH_SET_ASK_HOLDER] = CH_MEMBER_SET;
      g_ptr_array_add (set->holder_names, g_strdup ("Acme"));
    }

  return set;
}

/* Insurer A is well rated, B badly, and C is in no list. */
static void
add_certificate (Portfolio *portfolio,
                 GRand     *rand,
                 ChPolicy  *policy)
{
  ChCertificate *certificate;

  if (portfolio->certificates->len > 0 && g_rand_int_range (rand, 0, 3) == 0)
    {
      certificate = g_ptr_array_index (portfolio->certificates, portfolio->certificates->len - 1);
    }
  else
    {
      certificate = ch_certificate_new ();
      certificate->holder_name = g_strdup (g_rand_int_range (rand, 0, 4) == 0 ? "Other" : "Acme");
      g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", "Granite", "1"));
      g_ptr_array_add (certificate->insurers, ch_insurer_new ("B", "Sand", "2"));
      g_ptr_array_add (certificate->insurers, ch_insurer_new ("C", "Dust", "3"));
      g_ptr_array_add (portfolio->certificates, certificate);
    }
  g_ptr_array_add (certificate->policies, policy);
}

static Portfolio
make_portfolio (GRand *rand)
{
  static const ChCoverage coverages[] = {
    CH_COVERAGE_GENERAL_LIABILITY, CH_COVERAGE_GENERAL_LIABILITY, CH_COVERAGE_UMBRELLA_EXCESS,
    CH_COVERAGE_WORKERS_COMPENSATION,
  };
  Portfolio portfolio = { NULL };
  ChCarrier *good = ch_carrier_new ("1", NULL, "A", NULL);
  ChCarrier *bad = ch_carrier_new ("2", NULL, "B", NULL);
  int n_policies = g_rand_int_range (rand, 0, 7);
  int n_waivers = g_rand_int_range (rand, 0, 4);
  int i;

  portfolio.requirements = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_requirement_set_free);
  portfolio.certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_certificate_free);
  portfolio.waivers = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_waiver_free);
  portfolio.carriers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) ch_carrier_free);
  g_hash_table_insert (portfolio.carriers, good->naic, good);
  g_hash_table_insert (portfolio.carriers, bad->naic, bad);
  portfolio.state = g_rand_int_range (rand, 0, 4) == 0 ? "OH" : "TX";
  g_ptr_array_add (portfolio.requirements, make_set (rand));
  for (i = 0; i < n_policies; i++)
    {
      g_autofree char *number = g_strdup_printf ("P%d", i);
      ChCoverage coverage = coverages[g_rand_int_range (rand, 0, G_N_ELEMENTS (coverages))];

      add_certificate (&portfolio, rand, make_policy (rand, coverage, number));
    }
  for (i = 0; i < n_waivers; i++)
    g_ptr_array_add (portfolio.waivers,
                     ch_waiver_new (rules[g_rand_int_range (rand, 0, G_N_ELEMENTS (rules))],
                                    g_rand_int_range (rand, -5, SPAN), NULL));
  if (g_rand_int_range (rand, 0, 6) == 0)
    portfolio.exemption = ch_waiver_new (NULL, g_rand_int_range (rand, -5, SPAN), NULL);

  return portfolio;
}

static void
clear_portfolio (Portfolio *portfolio)
{
  g_ptr_array_unref (portfolio->requirements);
  g_ptr_array_unref (portfolio->certificates);
  g_ptr_array_unref (portfolio->waivers);
  ch_waiver_free (portfolio->exemption);
  g_hash_table_unref (portfolio->carriers);
}

static ChVerdict *
judge (const Portfolio *portfolio,
       ChDate           today)
{
  ChEvaluationInput input = {
    .today = today,
    .project_state = portfolio->state,
    .carriers = portfolio->carriers,
    .requirements = portfolio->requirements,
    .certificates = portfolio->certificates,
    .waivers = portfolio->waivers,
    .exemption = portfolio->exemption,
  };

  return ch_evaluate (&input);
}

static ChStatus
judge_status (const Portfolio *portfolio,
              ChDate           today)
{
  g_autoptr(ChVerdict) verdict = judge (portfolio, today);

  return verdict->status;
}

/* `missing` and `expired` say why a sub is red, not how red. */
static int
rank (ChStatus status)
{
  return MIN ((int) status, (int) CH_STATUS_NON_COMPLIANT);
}

static void
test_changes_on (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261123);
  int n;

  for (n = 0; n < N_PORTFOLIOS; n++)
    {
      Portfolio portfolio = make_portfolio (rand);
      ChDate today = g_rand_int_range (rand, -12, SPAN);
      g_autoptr(ChVerdict) verdict = judge (&portfolio, today);
      ChDate change = CH_DATE_NONE;
      ChDate day;

      for (day = today + 1; day < 2 * SPAN && change == CH_DATE_NONE; day++)
        {
          if (judge_status (&portfolio, day) != verdict->status)
            change = day;
        }
      g_assert_cmpint (verdict->changes_on, ==, change);
      clear_portfolio (&portfolio);
    }
}

static char *
describe (const ChVerdict *verdict)
{
  GString *text = g_string_new (ch_status_to_string (verdict->status));
  guint i;

  for (i = 0; i < verdict->findings->len; i++)
    {
      const ChFinding *finding = g_ptr_array_index (verdict->findings, i);

      g_string_append_printf (text, "\n%s %d %s %s %s", finding->rule, finding->waived, finding->expected, finding->found,
                              finding->text);
    }

  return g_string_free (text, FALSE);
}

/* Before the day on which it is to be judged again, not even a finding differs. */
static void
test_judge_again_on (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261124);
  int n;

  for (n = 0; n < N_PORTFOLIOS; n++)
    {
      Portfolio portfolio = make_portfolio (rand);
      ChDate today = g_rand_int_range (rand, -12, SPAN);
      g_autoptr(ChVerdict) verdict = judge (&portfolio, today);
      g_autofree char *said = describe (verdict);
      ChDate last = verdict->judge_again_on != CH_DATE_NONE ? verdict->judge_again_on : 2 * SPAN;
      ChDate day;

      g_assert_true (verdict->judge_again_on != CH_DATE_NONE || verdict->changes_on == CH_DATE_NONE);
      g_assert_true (verdict->changes_on == CH_DATE_NONE || verdict->judge_again_on <= verdict->changes_on);
      for (day = today + 1; day < last; day++)
        {
          g_autoptr(ChVerdict) later = judge (&portfolio, day);
          g_autofree char *says = describe (later);

          g_assert_cmpstr (says, ==, said);
        }
      clear_portfolio (&portfolio);
    }
}

static void
test_waiver (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  int n;

  for (n = 0; n < N_PORTFOLIOS; n++)
    {
      Portfolio portfolio = make_portfolio (rand);
      ChDate today = g_rand_int_range (rand, 0, SPAN);
      ChStatus before = judge_status (&portfolio, today);

      g_ptr_array_add (portfolio.waivers,
                       ch_waiver_new (rules[g_rand_int_range (rand, 0, G_N_ELEMENTS (rules))], 2 * SPAN, NULL));
      g_assert_cmpint (rank (judge_status (&portfolio, today)), <=, rank (before));
      clear_portfolio (&portfolio);
    }
}

/* Who waives that nothing is in force has said nothing of the policy that then comes in and is short. */
static void
waive_no_absence (Portfolio *portfolio)
{
  guint i;

  for (i = portfolio->waivers->len; i > 0; i--)
    {
      const ChWaiver *waiver = g_ptr_array_index (portfolio->waivers, i - 1);

      if (g_str_has_suffix (waiver->rule, ".in_force") || g_str_has_suffix (waiver->rule, ".present"))
        g_ptr_array_remove_index (portfolio->waivers, i - 1);
    }
}

static void
test_more_cover (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (11);
  int n;

  for (n = 0; n < N_PORTFOLIOS; n++)
    {
      Portfolio portfolio = make_portfolio (rand);
      ChDate today = g_rand_int_range (rand, 0, SPAN);
      static const ChCoverage more[] = {
        CH_COVERAGE_GENERAL_LIABILITY, CH_COVERAGE_UMBRELLA_EXCESS, CH_COVERAGE_WORKERS_COMPENSATION
      };
      ChCoverage coverage = more[g_rand_int_range (rand, 0, G_N_ELEMENTS (more))];
      ChStatus before;

      waive_no_absence (&portfolio);
      before = judge_status (&portfolio, today);
      add_certificate (&portfolio, rand, make_policy (rand, coverage, "MORE"));
      g_assert_cmpint (rank (judge_status (&portfolio, today)), <=, rank (before));
      clear_portfolio (&portfolio);
    }
}

static void
test_order (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (13);
  int n;

  for (n = 0; n < N_PORTFOLIOS; n++)
    {
      Portfolio portfolio = make_portfolio (rand);
      ChDate today = g_rand_int_range (rand, 0, SPAN);
      const ChRequirementSet *set = g_ptr_array_index (portfolio.requirements, 0);
      g_autoptr(ChVerdict) before = NULL;
      g_autoptr(ChVerdict) after = NULL;
      guint i;

      /* With nothing in force the newest certificate speaks for the holder's name; that matters only where a waiver
       * takes off that nothing is in force. */
      if (set->members[CH_SET_ASK_HOLDER] == CH_MEMBER_SET)
        g_ptr_array_set_size (portfolio.waivers, 0);
      before = judge (&portfolio, today);
      for (i = 0; i < portfolio.certificates->len / 2; i++)
        {
          gpointer *data = portfolio.certificates->pdata;
          gpointer swap = data[i];

          data[i] = data[portfolio.certificates->len - 1 - i];
          data[portfolio.certificates->len - 1 - i] = swap;
        }
      after = judge (&portfolio, today);
      g_assert_cmpint (before->status, ==, after->status);
      g_assert_cmpint (before->changes_on, ==, after->changes_on);
      clear_portfolio (&portfolio);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/evaluation/properties/changes-on-is-exact", test_changes_on);
  g_test_add_func ("/evaluation/properties/judge-again-on-misses-nothing", test_judge_again_on);
  g_test_add_func ("/evaluation/properties/waiver-never-worsens", test_waiver);
  g_test_add_func ("/evaluation/properties/more-cover-never-worsens", test_more_cover);
  g_test_add_func ("/evaluation/properties/order-does-not-matter", test_order);

  return g_test_run ();
}
