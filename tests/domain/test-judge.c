#include "config.h"

#include "ch-evaluation.h"

/* Cases that no document of `evaluate` can put, and those at the edges of the judge's own short cuts. */

typedef struct {
  GPtrArray *requirements;
  GPtrArray *certificates;
  GPtrArray *waivers;
} Papers;

static void
papers_init (Papers *papers)
{
  papers->requirements = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_requirement_set_free);
  papers->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_certificate_free);
  papers->waivers = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_waiver_free);
}

static void
papers_clear (Papers *papers)
{
  g_ptr_array_unref (papers->requirements);
  g_ptr_array_unref (papers->certificates);
  g_ptr_array_unref (papers->waivers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Papers, papers_clear)

static ChRequirementSet *
add_set (Papers *papers)
{
  ChRequirementSet *set = ch_requirement_set_new ();

  set->members[CH_SET_ASK_COVERAGES] = CH_MEMBER_SET;
  g_ptr_array_add (papers->requirements, set);

  return set;
}

static ChCoverageRequirement *
ask (ChRequirementSet *set,
     const char       *name)
{
  ChCoverageRequirement *coverage = ch_coverage_requirement_new (name);

  g_ptr_array_add (set->coverages, coverage);

  return coverage;
}

static ChCertificate *
add_certificate (Papers *papers)
{
  ChCertificate *certificate = ch_certificate_new ();

  g_ptr_array_add (papers->certificates, certificate);

  return certificate;
}

static ChPolicy *
add_policy (ChCertificate *certificate,
            ChCoverage     coverage,
            const char    *number,
            const char    *text)
{
  ChPolicy *policy = ch_policy_new ();

  policy->coverage = coverage;
  policy->policy_number = g_strdup (number);
  policy->coverage_text = g_strdup (text);
  policy->effective = 0;
  policy->expiration = 365;
  g_ptr_array_add (certificate->policies, policy);

  return policy;
}

static ChVerdict *
judge (const Papers *papers,
       ChDate        today)
{
  ChEvaluationInput input = {
    .today = today,
    .requirements = papers->requirements,
    .certificates = papers->certificates,
    .waivers = papers->waivers,
  };

  return ch_evaluate (&input);
}

static guint
count_rule (const ChVerdict *verdict,
            const char      *rule)
{
  guint n = 0;
  guint i;

  for (i = 0; i < verdict->findings->len; i++)
    n += g_strcmp0 (((ChFinding *) g_ptr_array_index (verdict->findings, i))->rule, rule) == 0 ? 1 : 0;

  return n;
}

/* Nothing at all is asked, and nothing is there. */
static void
test_nothing (void)
{
  ChEvaluationInput input = { .today = 10 };
  g_autoptr(ChVerdict) verdict = ch_evaluate (&input);
  g_autoptr(ChVerdict) of_one = NULL;
  g_auto(Papers) papers = { NULL };

  g_assert_cmpint (verdict->status, ==, CH_STATUS_NOT_REQUIRED);
  papers_init (&papers);
  ask (add_set (&papers), "general_liability");
  input.requirements = papers.requirements;
  of_one = ch_evaluate (&input);
  g_assert_cmpint (of_one->status, ==, CH_STATUS_MISSING);
}

/* What was worked out before gives the same verdict as what the judge works out by itself. */
static void
test_evidence_beforehand (void)
{
  g_auto(Papers) papers = { NULL };
  g_autoptr(GPtrArray) evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_evidence_file_free);
  g_autoptr(ChVerdict) without = NULL;
  g_autoptr(ChVerdict) with = NULL;
  ChEvaluationInput input = { .today = 10 };
  ChCoverageRequirement *asked;
  ChCertificate *certificate;
  g_autofree char *endless = g_strnfill (300, 'x');
  guint i;

  papers_init (&papers);
  asked = ask (add_set (&papers), "general_liability");
  for (i = CH_COVERAGE_ASK_ADDITIONAL_INSURED; i <= CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION; i++)
    {
      asked->members[i] = CH_MEMBER_SET;
      asked->values[i] = CH_EVIDENCE_FORM;
    }
  asked->members[CH_COVERAGE_ASK_ENDORSEMENTS] = CH_MEMBER_SET;
  g_ptr_array_add (asked->endorsements, g_strdup ("CG 20 10"));
  g_ptr_array_add (asked->endorsements, g_strdup ("Blanket"));
  g_ptr_array_add (asked->endorsements, g_strdup (endless));
  g_ptr_array_add (asked->endorsements, g_strconcat (endless, "|CG 20 01", NULL));
  certificate = add_certificate (&papers);
  add_policy (certificate, CH_COVERAGE_GENERAL_LIABILITY, "1", NULL);
  certificate->description_of_operations = g_strdup ("Holder is additional insured. Waiver of subrogation applies.");
  g_ptr_array_add (certificate->endorsements, g_strdup ("CG 20 10, blanket; CG 20 01"));
  g_ptr_array_add (certificate->endorsements, g_strdup ("Waiver of transfer of rights, automobile"));
  g_ptr_array_add (certificate->endorsements, g_strdup ("Waiver of something else"));

  without = judge (&papers, 10);
  g_ptr_array_add (evidence, ch_evidence_file_new (certificate));
  input.requirements = papers.requirements;
  input.certificates = papers.certificates;
  input.evidence = evidence;
  with = ch_evaluate (&input);
  g_assert_cmpint (with->status, ==, without->status);
  g_assert_cmpuint (with->findings->len, ==, without->findings->len);
  for (i = 0; i < with->findings->len; i++)
    {
      const ChFinding *a = g_ptr_array_index (with->findings, i);
      const ChFinding *b = g_ptr_array_index (without->findings, i);

      g_assert_cmpstr (a->rule, ==, b->rule);
      g_assert_cmpstr (a->text, ==, b->text);
    }
  g_assert_cmpuint (count_rule (with, "general_liability.endorsement:CG 20 10"), ==, 0);
  g_assert_cmpuint (count_rule (with, "general_liability.endorsement:Blanket"), ==, 0);
  g_assert_cmpuint (count_rule (with, "general_liability.additional_insured"), ==, 0);
  g_assert_cmpuint (count_rule (with, "general_liability.waiver_of_subrogation"), ==, 1);
}

/* Several other coverages may stand under one number: only those of the same text are one policy, and a newer
 * certificate without one of them has dropped it. */
static void
test_other_coverages (void)
{
  g_auto(Papers) papers = { NULL };
  g_autoptr(ChVerdict) verdict = NULL;
  ChRequirementSet *set;
  ChCertificate *older;
  ChCertificate *newer;

  papers_init (&papers);
  set = add_set (&papers);
  ask (set, "professional");
  ask (set, "pollution");
  ask (set, "other");
  older = add_certificate (&papers);
  add_policy (older, CH_COVERAGE_OTHER, "77", "Professional");
  add_policy (older, CH_COVERAGE_OTHER, "77", "Pollution");
  newer = add_certificate (&papers);
  add_policy (newer, CH_COVERAGE_OTHER, "7-7", "POLLUTION");
  add_policy (newer, CH_COVERAGE_OTHER, "78", NULL);
  verdict = judge (&papers, 10);
  g_assert_cmpuint (count_rule (verdict, "professional.dropped"), ==, 1);
  g_assert_cmpuint (count_rule (verdict, "pollution.dropped"), ==, 0);
  g_assert_cmpuint (count_rule (verdict, "professional.present"), ==, 0);
  g_assert_cmpuint (count_rule (verdict, "other.present"), ==, 1);
}

/* In a state that sells workers' compensation itself the stop gap may stand on any row, whichever number it shares. */
static void
test_stop_gap_rows (void)
{
  g_auto(Papers) papers = { NULL };
  ChEvaluationInput input = { .today = 10, .project_state = "ND" };
  g_autoptr(ChVerdict) verdict = NULL;
  ChCoverageRequirement *asked;
  ChCertificate *older;
  ChCertificate *newer;

  papers_init (&papers);
  asked = ask (add_set (&papers), "workers_compensation");
  asked->members[CH_COVERAGE_ASK_MINIMUM] = CH_MEMBER_SET;
  asked->minimum[CH_LIMIT_EL_EACH_ACCIDENT] = 5;
  asked->minimum[CH_LIMIT_AGGREGATE] = 1;
  older = add_certificate (&papers);
  add_policy (older, CH_COVERAGE_WORKERS_COMPENSATION, "W", NULL)->limits[CH_LIMIT_AGGREGATE] = 1;
  add_policy (older, CH_COVERAGE_OTHER, "77", "Stop gap")->limits[CH_LIMIT_EL_EACH_ACCIDENT] = 5;
  newer = add_certificate (&papers);
  add_policy (newer, CH_COVERAGE_OTHER, "77", "Pollution");
  add_policy (newer, CH_COVERAGE_OTHER, "77", NULL)->effective = CH_DATE_NONE;
  add_policy (newer, CH_COVERAGE_OTHER, NULL, NULL)->expiration = CH_DATE_NONE;
  input.requirements = papers.requirements;
  input.certificates = papers.certificates;
  verdict = ch_evaluate (&input);
  g_assert_cmpint (verdict->status, ==, CH_STATUS_COMPLIANT);
  g_assert_cmpint (verdict->changes_on, ==, 365);
}

/* Numbers are the same whatever stands between their letters; a number that is not shown is no number. */
static void
test_numbers (void)
{
  static const struct {
    const char *a, *b;
    gboolean    is_same;
  } cases[] = {
    { "GL-1", "gl 1", TRUE }, { "GL-1", "GL-12", FALSE }, { "GL-12", "GL-1", FALSE }, { " 1", "1 ", TRUE }, { "1-", "--1", TRUE },
    { "\xc3\xbc" "1", "\xc3\xbc 1", TRUE }, { NULL, NULL, TRUE }, { "1", NULL, FALSE }, { NULL, "1", FALSE }, { "", "", TRUE },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(Papers) papers = { NULL };
      g_autoptr(ChVerdict) verdict = NULL;
      ChCoverageRequirement *asked;

      papers_init (&papers);
      asked = ask (add_set (&papers), "general_liability");
      asked->members[CH_COVERAGE_ASK_BASIS] = CH_MEMBER_SET;
      asked->values[CH_COVERAGE_ASK_BASIS] = CH_BASIS_OCCURRENCE;
      add_policy (add_certificate (&papers), CH_COVERAGE_GENERAL_LIABILITY, cases[i].a, NULL)->basis = CH_BASIS_OCCURRENCE;
      add_policy (add_certificate (&papers), CH_COVERAGE_GENERAL_LIABILITY, cases[i].b, NULL);
      verdict = judge (&papers, 10);
      g_test_message ("numbers %u", i);
      g_assert_cmpint (verdict->status, ==, cases[i].is_same ? CH_STATUS_NON_COMPLIANT : CH_STATUS_COMPLIANT);
    }
}

/* Policies whose dates make no sense leave no gap and move no dates. */
static void
test_senseless_dates (void)
{
  g_auto(Papers) papers = { NULL };
  g_autoptr(ChVerdict) verdict = NULL;
  ChCertificate *certificate;
  ChPolicy *policy;

  papers_init (&papers);
  ask (add_set (&papers), "general_liability");
  certificate = add_certificate (&papers);
  add_policy (certificate, CH_COVERAGE_GENERAL_LIABILITY, "1", NULL);
  add_policy (certificate, CH_COVERAGE_GENERAL_LIABILITY, "2", NULL)->effective = CH_DATE_NONE;
  add_policy (certificate, CH_COVERAGE_GENERAL_LIABILITY, "3", NULL)->expiration = CH_DATE_NONE;
  policy = add_policy (certificate, CH_COVERAGE_GENERAL_LIABILITY, "4", NULL);
  policy->effective = 500;
  policy->expiration = 400;
  verdict = judge (&papers, 10);
  g_assert_cmpint (verdict->status, ==, CH_STATUS_COMPLIANT);
  g_assert_cmpuint (verdict->findings->len, ==, 0);
  g_assert_cmpint (verdict->changes_on, ==, 365);
}

/* An open end waives nothing and changes nothing; a day beyond all calendars neither. */
static void
test_endless_exceptions (void)
{
  g_auto(Papers) papers = { NULL };
  g_autoptr(ChWaiver) exemption = ch_waiver_new (NULL, CH_DATE_NONE, NULL);
  g_autoptr(ChWaiver) for_ever = ch_waiver_new (NULL, G_MAXINT32, NULL);
  ChEvaluationInput input = { .today = 10 };
  g_autoptr(ChVerdict) open = NULL;
  g_autoptr(ChVerdict) exempt = NULL;

  papers_init (&papers);
  ask (add_set (&papers), "general_liability");
  add_certificate (&papers);
  g_ptr_array_add (papers.waivers, ch_waiver_new ("general_liability.present", CH_DATE_NONE, NULL));
  g_ptr_array_add (papers.waivers, ch_waiver_new (NULL, 20, NULL));
  input.requirements = papers.requirements;
  input.certificates = papers.certificates;
  input.waivers = papers.waivers;
  input.exemption = exemption;
  open = ch_evaluate (&input);
  g_assert_cmpint (open->status, ==, CH_STATUS_NON_COMPLIANT);
  input.exemption = for_ever;
  exempt = ch_evaluate (&input);
  g_assert_cmpint (exempt->status, ==, CH_STATUS_EXEMPT);
  g_assert_cmpint (exempt->changes_on, ==, CH_DATE_NONE);
}

/* Where a certificate points to an insurer that it does not list, a person is led to the policy's row. */
static void
test_carrier_places (void)
{
  g_auto(Papers) papers = { NULL };
  g_autoptr(ChVerdict) verdict = NULL;
  ChRequirementSet *set;
  ChCertificate *certificate;
  ChPolicy *policy;
  const ChFinding *finding;

  papers_init (&papers);
  set = add_set (&papers);
  set->members[CH_SET_ASK_CARRIER] = CH_MEMBER_SET;
  set->minimum_rating = g_strdup ("A-");
  ask (set, "general_liability");
  ask (set, "automobile_liability");
  certificate = add_certificate (&papers);
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", "Granite", NULL));
  policy = add_policy (certificate, CH_COVERAGE_GENERAL_LIABILITY, "1", NULL);
  policy->insurer = g_strdup ("F");
  policy = add_policy (certificate, CH_COVERAGE_AUTOMOBILE_LIABILITY, "2", NULL);
  policy->insurer = g_strdup ("A");
  verdict = judge (&papers, 10);
  finding = g_ptr_array_index (verdict->findings, 0);
  g_assert_cmpstr (finding->place->path, ==, "policies[0].insurer");
  finding = g_ptr_array_index (verdict->findings, 1);
  g_assert_cmpstr (finding->place->path, ==, "insurers[0].name");
  g_assert_cmpstr (finding->subject, ==, "Granite");
}

/* Insurers without a number or a name contradict nobody. */
static void
test_insurers_half_shown (void)
{
  static const struct {
    const char *name, *naic;
  } insurers[] = {
    { "Granite", NULL }, { "Granite", "" }, { NULL, "11111" }, { "", "11111" }, { "Granite", "11111" }, { "GRANITE", "11111" },
  };
  g_auto(Papers) papers = { NULL };
  g_autoptr(ChVerdict) verdict = NULL;
  ChCertificate *certificate;
  guint i;

  papers_init (&papers);
  ask (add_set (&papers), "general_liability");
  certificate = add_certificate (&papers);
  add_policy (certificate, CH_COVERAGE_GENERAL_LIABILITY, "1", NULL);
  for (i = 0; i < G_N_ELEMENTS (insurers); i++)
    g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", insurers[i].name, insurers[i].naic));
  verdict = judge (&papers, 10);
  g_assert_cmpuint (count_rule (verdict, "certificate.insurer_naic"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/domain/judge/nothing", test_nothing);
  g_test_add_func ("/domain/judge/evidence-beforehand", test_evidence_beforehand);
  g_test_add_func ("/domain/judge/other-coverages", test_other_coverages);
  g_test_add_func ("/domain/judge/stop-gap-rows", test_stop_gap_rows);
  g_test_add_func ("/domain/judge/numbers", test_numbers);
  g_test_add_func ("/domain/judge/senseless-dates", test_senseless_dates);
  g_test_add_func ("/domain/judge/endless-exceptions", test_endless_exceptions);
  g_test_add_func ("/domain/judge/carrier-places", test_carrier_places);
  g_test_add_func ("/domain/judge/insurers-half-shown", test_insurers_half_shown);

  return g_test_run ();
}
