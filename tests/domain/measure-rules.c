/* The figures of judging: 20,000 project-sub pairs with 25,000 policies judged anew, on one core. Printed as Markdown. */

#include "config.h"

#include <time.h>

#include "ch-evaluation.h"

#define N_SUBS 5000
#define N_PROJECTS_OF_SUB 4
#define N_POLICIES_OF_SUB 5
#define N_TRADES 12
#define N_PROJECTS 200
#define N_ROUNDS 5

#define TODAY ch_date_new (2026, 11, 23)

typedef struct {
  GPtrArray  *stacks;        /* (element-type GPtrArray): merged sets, one for each trade and project */
  GPtrArray  *subs;          /* (element-type GPtrArray of ChCertificate) */
  GPtrArray  *no_waivers;
  GHashTable *carriers;
} Desk;

static void
ask_evidence (ChCoverageRequirement *coverage,
              ChCoverageAsk          ask,
              ChEvidence             evidence)
{
  coverage->members[ask] = CH_MEMBER_SET;
  coverage->values[ask] = (int) evidence;
}

static ChCoverageRequirement *
ask (ChRequirementSet *set,
     const char       *name)
{
  ChCoverageRequirement *coverage = ch_coverage_requirement_new (name);

  coverage->members[CH_COVERAGE_ASK_MINIMUM] = CH_MEMBER_SET;
  g_ptr_array_add (set->coverages, coverage);
  set->members[CH_SET_ASK_COVERAGES] = CH_MEMBER_SET;

  return coverage;
}

/* The standard subcontract, as data/requirements has it. */
static ChRequirementSet *
make_standard (void)
{
  static const char * const adds[] = { "general_liability", "automobile_liability", "workers_compensation" };
  ChRequirementSet *set = ch_requirement_set_new ();
  ChCoverageRequirement *coverage;
  guint i;

  set->name = g_strdup ("Standard subcontract");
  set->members[CH_SET_ASK_WARNING_DAYS] = CH_MEMBER_SET;
  set->warning_days = 30;
  coverage = ask (set, "general_liability");
  coverage->minimum[CH_LIMIT_EACH_OCCURRENCE] = 1000000;
  coverage->minimum[CH_LIMIT_GENERAL_AGGREGATE] = 2000000;
  coverage->minimum[CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE] = 2000000;
  coverage->members[CH_COVERAGE_ASK_BASIS] = CH_MEMBER_SET;
  coverage->values[CH_COVERAGE_ASK_BASIS] = CH_BASIS_OCCURRENCE;
  coverage->members[CH_COVERAGE_ASK_AGGREGATE_PER] = CH_MEMBER_SET;
  coverage->values[CH_COVERAGE_ASK_AGGREGATE_PER] = CH_AGGREGATE_PER_PROJECT;
  ask_evidence (coverage, CH_COVERAGE_ASK_ADDITIONAL_INSURED, CH_EVIDENCE_FORM);
  ask_evidence (coverage, CH_COVERAGE_ASK_COMPLETED_OPERATIONS_ADDITIONAL_INSURED, CH_EVIDENCE_DESCRIPTION);
  ask_evidence (coverage, CH_COVERAGE_ASK_PRIMARY_NONCONTRIBUTORY, CH_EVIDENCE_DESCRIPTION);
  ask_evidence (coverage, CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION, CH_EVIDENCE_BOX);
  coverage->members[CH_COVERAGE_ASK_ENDORSEMENTS] = CH_MEMBER_SET;
  g_ptr_array_add (coverage->endorsements, g_strdup ("CG 20 10|CG 20 38"));
  g_ptr_array_add (coverage->endorsements, g_strdup ("CG 20 37"));
  coverage = ask (set, "automobile_liability");
  coverage->minimum[CH_LIMIT_COMBINED_SINGLE_LIMIT] = 1000000;
  coverage->members[CH_COVERAGE_ASK_AUTOS] = CH_MEMBER_SET;
  coverage->values[CH_COVERAGE_ASK_AUTOS] = CH_AUTOS_ASK_ANY;
  ask_evidence (coverage, CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION, CH_EVIDENCE_BOX);
  coverage = ask (set, "umbrella_excess");
  coverage->minimum[CH_LIMIT_EACH_OCCURRENCE] = 5000000;
  coverage->minimum[CH_LIMIT_AGGREGATE] = 5000000;
  coverage = ask (set, "workers_compensation");
  coverage->members[CH_COVERAGE_ASK_STATUTORY] = CH_MEMBER_SET;
  coverage->values[CH_COVERAGE_ASK_STATUTORY] = TRUE;
  coverage->minimum[CH_LIMIT_EL_EACH_ACCIDENT] = 1000000;
  coverage->minimum[CH_LIMIT_EL_DISEASE_EACH_EMPLOYEE] = 1000000;
  coverage->minimum[CH_LIMIT_EL_DISEASE_POLICY_LIMIT] = 1000000;
  ask_evidence (coverage, CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION, CH_EVIDENCE_BOX);

  set->members[CH_SET_ASK_UMBRELLA_ADDS_TO] = CH_MEMBER_SET;
  for (i = 0; i < G_N_ELEMENTS (adds); i++)
    g_ptr_array_add (set->umbrella_adds_to, g_strdup (adds[i]));
  set->members[CH_SET_ASK_NAMED_INSURED] = CH_MEMBER_SET;
  set->named_insured = CH_NAMED_INSURED_LEGAL_OR_DBA;
  set->members[CH_SET_ASK_CARRIER] = CH_MEMBER_SET;
  set->minimum_rating = g_strdup ("A-");
  set->minimum_size = g_strdup ("VII");

  return set;
}

/* Each trade has an umbrella minimum of its own, each project its holder. */
static GPtrArray *
make_layers (guint trade,
             guint project)
{
  GPtrArray *layers = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_requirement_set_free);
  ChRequirementSet *of_trade = ch_requirement_set_new ();
  ChRequirementSet *of_project = ch_requirement_set_new ();

  ask (of_trade, "umbrella_excess")->minimum[CH_LIMIT_EACH_OCCURRENCE] = 1000000 * (1 + trade % 5);
  of_project->members[CH_SET_ASK_HOLDER] = CH_MEMBER_SET;
  g_ptr_array_add (of_project->holder_names, g_strdup ("Acme Builders, Inc."));
  g_ptr_array_add (of_project->holder_names, g_strdup_printf ("Owner %u LLC", project));
  g_ptr_array_add (layers, make_standard ());
  g_ptr_array_add (layers, of_trade);
  g_ptr_array_add (layers, of_project);

  return layers;
}

static ChPolicy *
add_policy (ChCertificate *certificate,
            ChCoverage     coverage,
            guint          sub,
            int            shift)
{
  ChPolicy *policy = ch_policy_new ();

  policy->coverage = coverage;
  policy->insurer = g_strdup ("A");
  policy->policy_number = g_strdup_printf ("P-%u-%d", sub, (int) coverage);
  policy->effective = ch_date_new (2026, 1, 1) + shift;
  policy->expiration = policy->effective + 365;
  policy->waiver_of_subrogation = CH_MARK_YES;
  policy->additional_insured = CH_MARK_YES;
  g_ptr_array_add (certificate->policies, policy);

  return policy;
}

/* Of a hundred subs ten are short, five have expired, and the others are in order. */
static GPtrArray *
make_papers (guint sub)
{
  GPtrArray *papers = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_certificate_free);
  ChCertificate *certificate = ch_certificate_new ();
  int shift = sub % 20 == 7 ? -300 : (int) (sub % 200);
  ChPolicy *policy;

  certificate->insured_name = g_strdup_printf ("KEYSTONE TRADE %u LLC", sub);
  certificate->holder_name = g_strdup ("Acme Builders, Inc.");
  certificate->description_of_operations = g_strdup (
    "Re: Project No. 4711, Harbor School. Acme Builders, Inc. is included as additional insured for ongoing and completed "
    "operations on a primary and non-contributory basis as required by written contract. Waiver of subrogation applies.");
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", "Granite Mutual Insurance Company", "12345"));
  g_ptr_array_add (certificate->endorsements, g_strdup ("CG 20 10 04 13"));
  g_ptr_array_add (certificate->endorsements, g_strdup ("CG 20 37 04 13"));
  policy = add_policy (certificate, CH_COVERAGE_GENERAL_LIABILITY, sub, shift);
  policy->basis = CH_BASIS_OCCURRENCE;
  policy->aggregate_per = CH_AGGREGATE_PER_PROJECT;
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = sub % 10 == 3 ? 500000 : 1000000;
  policy->limits[CH_LIMIT_GENERAL_AGGREGATE] = 2000000;
  policy->limits[CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE] = 2000000;
  policy = add_policy (certificate, CH_COVERAGE_AUTOMOBILE_LIABILITY, sub, shift);
  policy->autos = CH_AUTOS_ANY;
  policy->limits[CH_LIMIT_COMBINED_SINGLE_LIMIT] = 1000000;
  policy = add_policy (certificate, CH_COVERAGE_UMBRELLA_EXCESS, sub, shift);
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 5000000;
  policy->limits[CH_LIMIT_AGGREGATE] = 5000000;
  policy = add_policy (certificate, CH_COVERAGE_WORKERS_COMPENSATION, sub, shift);
  policy->statutory = CH_MARK_YES;
  policy->limits[CH_LIMIT_EL_EACH_ACCIDENT] = 1000000;
  policy->limits[CH_LIMIT_EL_DISEASE_EACH_EMPLOYEE] = 1000000;
  policy->limits[CH_LIMIT_EL_DISEASE_POLICY_LIMIT] = 1000000;
  policy = add_policy (certificate, CH_COVERAGE_OTHER, sub, shift);
  policy->coverage_text = g_strdup ("Contractors pollution liability");
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 1000000;
  g_ptr_array_add (papers, certificate);

  return papers;
}

static void
fill_desk (Desk *desk)
{
  ChCarrier *carrier = ch_carrier_new ("12345", "Granite Mutual Insurance Company", "A", "X");
  guint i;
  guint k;

  desk->stacks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (i = 0; i < N_TRADES; i++)
    {
      for (k = 0; k < N_PROJECTS; k++)
        {
          g_autoptr(GPtrArray) layers = make_layers (i, k);
          GPtrArray *stack = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_requirement_set_free);

          g_ptr_array_add (stack, ch_requirement_set_merge (layers, "course_of_construction"));
          g_ptr_array_add (desk->stacks, stack);
        }
    }
  desk->subs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (i = 0; i < N_SUBS; i++)
    g_ptr_array_add (desk->subs, make_papers (i));
  desk->no_waivers = g_ptr_array_new ();
  desk->carriers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) ch_carrier_free);
  g_hash_table_insert (desk->carriers, carrier->naic, carrier);
}

static void
clear_desk (Desk *desk)
{
  g_ptr_array_unref (desk->stacks);
  g_ptr_array_unref (desk->subs);
  g_ptr_array_unref (desk->no_waivers);
  g_hash_table_unref (desk->carriers);
}

static void
judge_sub (const Desk *desk,
           guint       sub,
           guint      *counts)
{
  GPtrArray *papers = g_ptr_array_index (desk->subs, sub);
  g_autoptr(GPtrArray) evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_evidence_file_free);
  g_autofree char *name = g_strdup_printf ("Keystone Trade %u, LLC", sub);
  ChEvaluationInput input = {
    .today = TODAY,
    .project_state = "TX",
    .project_stage = "course_of_construction",
    .sub_name = name,
    .certificates = papers,
    .waivers = desk->no_waivers,
    .carriers = desk->carriers,
  };
  guint i;

  for (i = 0; i < papers->len; i++)
    g_ptr_array_add (evidence, ch_evidence_file_new (g_ptr_array_index (papers, i)));
  input.evidence = evidence;
  for (i = 0; i < N_PROJECTS_OF_SUB; i++)
    {
      guint project = (sub * 7 + i * 31) % N_PROJECTS;
      g_autoptr(ChVerdict) verdict = NULL;

      input.requirements = g_ptr_array_index (desk->stacks, (sub % N_TRADES) * N_PROJECTS + project);
      verdict = ch_evaluate (&input);
      counts[verdict->status]++;
    }
}

/* Milliseconds of this thread's own processor time: other programs on the machine do not count. */
static double
get_cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec * 1000.0 + (double) now.tv_nsec / 1000000.0;
}

static double
judge_all (const Desk *desk,
           guint      *counts)
{
  double begun = get_cpu_time ();
  guint i;

  for (i = 0; i < CH_N_STATUSES; i++)
    counts[i] = 0;
  for (i = 0; i < N_SUBS; i++)
    judge_sub (desk, i, counts);

  return get_cpu_time () - begun;
}

int
main (void)
{
  Desk desk = { NULL };
  guint counts[CH_N_STATUSES];
  double best = 0;
  double one;
  guint i;

  fill_desk (&desk);
  for (i = 0; i < N_ROUNDS; i++)
    {
      double spent = judge_all (&desk, counts);

      best = i == 0 ? spent : MIN (best, spent);
    }
  one = get_cpu_time ();
  judge_sub (&desk, 3, counts);
  one = get_cpu_time () - one;

  g_print ("| judging | pairs | policies | ms of one core (best of %d) | microseconds a pair |\n|---|---|---|---|---|\n", N_ROUNDS);
  g_print ("| everybody | %d | %d | %.0f | %.1f |\n", N_SUBS * N_PROJECTS_OF_SUB, N_SUBS * N_POLICIES_OF_SUB, best,
           best * 1000.0 / (N_SUBS * N_PROJECTS_OF_SUB));
  g_print ("| one sub | %d | %d | %.2f | %.1f |\n\n", N_PROJECTS_OF_SUB, N_POLICIES_OF_SUB, one,
           one * 1000.0 / N_PROJECTS_OF_SUB);
  g_print ("Verdicts:");
  judge_all (&desk, counts);
  for (i = 0; i < CH_N_STATUSES; i++)
    {
      if (counts[i] > 0)
        g_print (" %u %s", counts[i], ch_status_to_string ((ChStatus) i));
    }
  g_print ("\n");
  clear_desk (&desk);

  return 0;
}
