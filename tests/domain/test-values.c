#include "config.h"

#include "ch-commitment.h"
#include "ch-doubt.h"
#include "ch-evaluation.h"
#include "ch-insurance-record.h"
#include "ch-project.h"
#include "ch-vendor.h"

/* Copies are equal and independent, nothing is copied and freed as nothing, and names are read back as they were
 * written. */

/* A guard that catches a programmer's error says so and does nothing. */
#define GUARDED(expression) \
  G_STMT_START { \
    g_test_expect_message ("ch-domain", G_LOG_LEVEL_CRITICAL, "*assertion*failed*"); \
    expression; \
    g_test_assert_expected_messages (); \
  } G_STMT_END

static void
test_project (void)
{
  g_autoptr(ChProject) project = ch_project_new ();
  g_autoptr(ChProject) copy = NULL;
  g_autoptr(ChStage) stage = ch_stage_new (7, "Bidding", "pre_construction");

  project->id = 101;
  project->name = g_strdup ("Harbor School");
  project->tz_name = g_strdup ("America/New_York");
  copy = ch_project_copy (project);
  g_assert_cmpint (copy->id, ==, 101);
  g_assert_cmpstr (copy->name, ==, "Harbor School");
  g_assert_true (copy->name != project->name);
  g_assert_cmpstr (copy->tz_name, ==, "America/New_York");
  g_assert_null (copy->zip);
  g_assert_cmpstr (stage->category, ==, "pre_construction");
  ch_project_free (NULL);
  ch_stage_free (NULL);
  GUARDED (g_assert_null (ch_project_copy (NULL)));
}

static void
test_vendor (void)
{
  g_autoptr(ChVendor) vendor = ch_vendor_new ();
  g_autoptr(ChVendor) copy = NULL;
  gint64 project = 101;

  vendor->id = 201;
  vendor->legal_name = g_strdup ("Keystone Electric LLC");
  g_ptr_array_add (vendor->trades, g_strdup ("Electrical"));
  g_array_append_val (vendor->project_ids, project);
  vendor->has_project_ids = TRUE;
  copy = ch_vendor_copy (vendor);
  g_assert_cmpstr (copy->legal_name, ==, "Keystone Electric LLC");
  g_assert_cmpuint (copy->trades->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (copy->trades, 0), ==, "Electrical");
  g_assert_true (g_ptr_array_index (copy->trades, 0) != g_ptr_array_index (vendor->trades, 0));
  g_assert_cmpint (g_array_index (copy->project_ids, gint64, 0), ==, 101);
  g_assert_true (copy->has_project_ids);
  ch_vendor_free (NULL);
  GUARDED (g_assert_null (ch_vendor_copy (NULL)));
}

static void
test_commitment (void)
{
  static const ChCommitmentKind kinds[] = {
    CH_COMMITMENT_WORK_ORDER, CH_COMMITMENT_PURCHASE_ORDER, CH_COMMITMENT_UNKNOWN,
  };
  g_autoptr(ChCommitment) commitment = ch_commitment_new ();
  g_autoptr(ChCommitment) copy = NULL;
  g_autoptr(ChCompliance) compliance = ch_compliance_new ();
  ChCommitmentKind kind = CH_COMMITMENT_WORK_ORDER;
  guint i;

  commitment->number = g_strdup ("SC-001");
  copy = ch_commitment_copy (commitment);
  g_assert_cmpstr (copy->number, ==, "SC-001");
  g_assert_true (copy->number != commitment->number);
  for (i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_assert_true (ch_commitment_kind_from_string (ch_commitment_kind_to_string (kinds[i]), &kind));
      g_assert_cmpint (kind, ==, kinds[i]);
    }
  g_assert_false (ch_commitment_kind_from_string ("lease", &kind));
  g_assert_false (ch_commitment_kind_from_string (NULL, &kind));
  compliance->insurance_notes = g_strdup ("n");
  ch_commitment_free (NULL);
  ch_compliance_free (NULL);
  GUARDED (g_assert_null (ch_commitment_copy (NULL)));
  GUARDED (g_assert_nonnull (ch_commitment_kind_to_string ((ChCommitmentKind) 99)));
}

static void
test_insurance_record (void)
{
  g_autoptr(ChInsuranceRecord) record = ch_insurance_record_new ();
  g_autoptr(ChInsuranceRecord) copy = NULL;

  record->origin_id = g_strdup ("certholder:policy:1");
  ch_field_set_set (record->fields, "status", "compliant");
  copy = ch_insurance_record_copy (record);
  ch_field_set_set (record->fields, "status", "expired");
  g_assert_cmpstr (ch_field_set_get (copy->fields, "status"), ==, "compliant");
  g_assert_cmpstr (copy->origin_id, ==, record->origin_id);
  ch_insurance_record_free (NULL);
  GUARDED (g_assert_null (ch_insurance_record_copy (NULL)));
}

static void
test_certificate (void)
{
  const double box[4] = { 1, 2, 3, 4 };
  g_autoptr(ChCertificate) certificate = ch_certificate_new ();
  g_autoptr(ChCertificate) copy = NULL;
  ChPolicy *policy = ch_policy_new ();

  policy->tail = g_strdup ("36 months");
  g_ptr_array_add (certificate->policies, policy);
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", "Granite", "12345"));
  g_ptr_array_add (certificate->insurers, ch_insurer_new (NULL, "Nameless", NULL));
  g_ptr_array_add (certificate->endorsements, g_strdup ("CG 20 10"));
  g_ptr_array_add (certificate->fields, ch_field_reading_new ("date", 0.5, 1, box));
  g_ptr_array_add (certificate->fields, ch_field_reading_new ("form", 0.5, 1, NULL));
  certificate->holder_name = g_strdup ("Acme");
  copy = ch_certificate_copy (certificate);
  g_assert_cmpstr (((ChPolicy *) g_ptr_array_index (copy->policies, 0))->tail, ==, "36 months");
  g_assert_cmpstr (ch_certificate_get_insurer (copy, "a")->naic, ==, "12345");
  g_assert_null (ch_certificate_get_insurer (copy, "B"));
  g_assert_null (ch_certificate_get_insurer (copy, NULL));
  g_assert_cmpstr (g_ptr_array_index (copy->endorsements, 0), ==, "CG 20 10");
  g_assert_cmpfloat (((ChFieldReading *) g_ptr_array_index (copy->fields, 0))->box[3], ==, 4);
  g_assert_cmpstr (copy->holder_name, ==, "Acme");
  ch_certificate_free (NULL);
  ch_insurer_free (NULL);
  ch_field_reading_free (NULL);
  ch_policy_free (NULL);
  GUARDED (g_assert_null (ch_certificate_copy (NULL)));
  GUARDED (g_assert_null (ch_insurer_copy (NULL)));
  GUARDED (g_assert_null (ch_field_reading_copy (NULL)));
  GUARDED (g_assert_null (ch_policy_copy (NULL)));
  GUARDED (g_assert_null (ch_certificate_get_insurer (NULL, "A")));
  GUARDED (g_assert_false (ch_policy_in_force_on (NULL, 0)));
}

/* Without a day nothing is in force. */
static void
test_in_force (void)
{
  g_autoptr(ChPolicy) policy = ch_policy_new ();

  policy->effective = 100;
  policy->expiration = 200;
  g_assert_false (ch_policy_in_force_on (policy, CH_DATE_NONE));
  g_assert_false (ch_policy_in_force_on (policy, 99));
  g_assert_true (ch_policy_in_force_on (policy, 100));
  g_assert_true (ch_policy_in_force_on (policy, 199));
  g_assert_false (ch_policy_in_force_on (policy, 200));
}

static void
test_requirement_set (void)
{
  g_autoptr(ChRequirementSet) set = ch_requirement_set_new ();
  g_autoptr(ChRequirementSet) copy = NULL;
  g_autoptr(ChRequirementSet) merged = NULL;
  g_autoptr(GPtrArray) layers = g_ptr_array_new ();
  ChCoverageRequirement *coverage = ch_coverage_requirement_new ("general_liability");
  ChRequirementSet *stage = ch_requirement_set_new ();

  g_ptr_array_add (coverage->endorsements, g_strdup ("CG 20 10"));
  g_ptr_array_add (set->coverages, coverage);
  g_ptr_array_add (set->holder_names, g_strdup ("Acme"));
  g_ptr_array_add (set->umbrella_adds_to, g_strdup ("general_liability"));
  set->minimum_rating = g_strdup ("A-");
  stage->warning_days = 5;
  g_ptr_array_add (set->stages, ch_stage_requirement_new ("pre_construction", stage));
  g_ptr_array_add (set->stages, ch_stage_requirement_new ("completed", NULL));
  set->origins[CH_SET_ASK_HOLDER] = (ChOrigin) { 3, TRUE };
  copy = ch_requirement_set_copy (set);
  g_assert_cmpint (copy->origins[CH_SET_ASK_HOLDER].layer, ==, 3);
  g_assert_true (copy->origins[CH_SET_ASK_HOLDER].is_stage);
  g_assert_cmpstr (((ChCoverageRequirement *) g_ptr_array_index (copy->coverages, 0))->name, ==, "general_liability");
  g_assert_cmpuint (copy->stages->len, ==, 2);
  g_assert_cmpint (((ChStageRequirement *) g_ptr_array_index (copy->stages, 0))->set->warning_days, ==, 5);
  g_assert_null (((ChStageRequirement *) g_ptr_array_index (copy->stages, 1))->set);
  g_assert_cmpstr (copy->minimum_rating, ==, "A-");

  /* No layers ask for nothing. */
  merged = ch_requirement_set_merge (layers, NULL);
  g_assert_cmpuint (merged->coverages->len, ==, 0);
  ch_requirement_set_free (NULL);
  ch_coverage_requirement_free (NULL);
  ch_stage_requirement_free (NULL);
  GUARDED (g_assert_null (ch_requirement_set_copy (NULL)));
  GUARDED (g_assert_null (ch_coverage_requirement_copy (NULL)));
  g_clear_pointer (&merged, ch_requirement_set_free);
  GUARDED (merged = ch_requirement_set_merge (NULL, NULL));
  g_assert_cmpuint (merged->coverages->len, ==, 0);
}

static ChRequirementSet *
make_layer (const char       *stage,
            ChRequirementSet *part)
{
  ChRequirementSet *layer = ch_requirement_set_new ();

  layer->members[CH_SET_ASK_STAGES] = CH_MEMBER_SET;
  g_ptr_array_add (layer->stages, ch_stage_requirement_new (stage, part));

  return layer;
}

/* The last layer that says something of the stage decides whether anything is said of it at all. */
static void
test_layers_have_stage (void)
{
  g_autoptr(GPtrArray) layers = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_requirement_set_free);
  ChRequirementSet *no_stages = ch_requirement_set_new ();

  no_stages->members[CH_SET_ASK_STAGES] = CH_MEMBER_REMOVED;
  g_assert_false (ch_requirement_layers_have_stage (layers, "post_construction"));
  g_ptr_array_add (layers, make_layer ("Post-Construction", ch_requirement_set_new ()));
  g_assert_true (ch_requirement_layers_have_stage (layers, "post_construction"));
  g_assert_false (ch_requirement_layers_have_stage (layers, "post_constructions"));
  g_assert_false (ch_requirement_layers_have_stage (layers, "pre_construction"));
  g_ptr_array_add (layers, make_layer ("post_construction", NULL));
  g_assert_false (ch_requirement_layers_have_stage (layers, "post_construction"));
  g_ptr_array_add (layers, make_layer ("post_construction", ch_requirement_set_new ()));
  g_assert_true (ch_requirement_layers_have_stage (layers, "post_construction"));
  g_ptr_array_add (layers, no_stages);
  g_assert_false (ch_requirement_layers_have_stage (layers, "post_construction"));
  g_ptr_array_add (layers, ch_requirement_set_new ());
  g_assert_false (ch_requirement_layers_have_stage (layers, "post_construction"));
  GUARDED (g_assert_false (ch_requirement_layers_have_stage (NULL, "x")));
  GUARDED (g_assert_false (ch_requirement_layers_have_stage (layers, NULL)));
}

static void
test_doubts (void)
{
  g_autofree char *none = ch_doubts_describe (CH_DOUBT_NONE);
  g_autofree char *two = ch_doubts_describe (CH_DOUBT_CUT_OFF | CH_DOUBT_TERM_IS_NOT_A_YEAR);
  guint n_named = 0;
  guint bit;

  for (bit = 0; bit < 31; bit++)
    {
      const char *name = ch_doubt_to_string ((ChDoubt) (1u << bit));
      g_autofree char *text = ch_doubts_describe (1u << bit);

      g_assert_true ((name == NULL) == (text == NULL));
      if (name == NULL)
        continue;
      n_named++;
      g_assert_cmpint (ch_doubt_from_string (name), ==, 1u << bit);
      g_assert_true (g_str_has_suffix (text, ".") || g_str_has_suffix (text, "?"));
    }
  g_assert_cmpuint (n_named, >=, 20);
  g_assert_cmpint (ch_doubt_from_string ("nonsense"), ==, CH_DOUBT_NONE);
  g_assert_cmpint (ch_doubt_from_string (NULL), ==, CH_DOUBT_NONE);
  g_assert_null (ch_doubt_to_string (CH_DOUBT_NONE));
  g_assert_null (none);
  g_assert_cmpstr (two, ==, "The term is not about a year. Its end is cut off on the page.");
}

static void
test_verdict (void)
{
  g_autoptr(ChVerdict) verdict = ch_verdict_new ();
  g_autoptr(ChVerdict) copy = NULL;
  ChFinding *finding = ch_finding_new ("certificate.holder", NULL, CH_SEVERITY_FAIL, "a", "b", "c");
  const ChFinding *copied;

  finding->subject = g_strdup ("s");
  finding->place = ch_finding_place_new (2, "certificate_holder.name");
  finding->place->certificate_id = g_strdup ("uuid");
  finding->place->page = 3;
  finding->waived = TRUE;
  finding->layer = 1;
  finding->is_stage = TRUE;
  g_ptr_array_add (verdict->findings, finding);
  g_ptr_array_add (verdict->findings, ch_finding_new (NULL, NULL, CH_SEVERITY_WARNING, NULL, NULL, NULL));
  verdict->changes_on = 5;
  verdict->judge_again_on = 4;
  copy = ch_verdict_copy (verdict);
  copied = g_ptr_array_index (copy->findings, 0);
  g_assert_cmpint (copy->changes_on, ==, 5);
  g_assert_cmpint (copy->judge_again_on, ==, 4);
  g_assert_cmpstr (copied->subject, ==, "s");
  g_assert_cmpstr (copied->place->certificate_id, ==, "uuid");
  g_assert_cmpint (copied->place->page, ==, 3);
  g_assert_true (copied->waived && copied->is_stage && copied->layer == 1);
  g_assert_null (((ChFinding *) g_ptr_array_index (copy->findings, 1))->place);
  ch_verdict_free (NULL);
  ch_finding_free (NULL);
  ch_finding_place_free (NULL);
  GUARDED (g_assert_null (ch_verdict_copy (NULL)));
  GUARDED (g_assert_null (ch_finding_copy (NULL)));
  GUARDED (g_assert_null (ch_finding_place_copy (NULL)));
  GUARDED (g_assert_null (ch_finding_dup_text (NULL, FALSE)));
}

static void
test_names (void)
{
  int i;

  for (i = 0; i < CH_N_STATUSES; i++)
    {
      ChStatus status = CH_STATUS_MISSING;

      g_assert_true (ch_status_from_string (ch_status_to_string ((ChStatus) i), &status));
      g_assert_cmpint (status, ==, i);
      g_assert_nonnull (ch_colour_to_string (ch_status_get_colour (status)));
    }
  for (i = 0; i <= CH_SEVERITY_FAIL; i++)
    {
      ChSeverity severity = CH_SEVERITY_FAIL;

      g_assert_true (ch_severity_from_string (ch_severity_to_string ((ChSeverity) i), &severity));
      g_assert_cmpint (severity, ==, i);
    }
  for (i = 0; i < CH_N_COVERAGES; i++)
    {
      ChCoverage coverage = CH_COVERAGE_OTHER;

      g_assert_true (ch_coverage_from_string (ch_coverage_to_string ((ChCoverage) i), &coverage));
      g_assert_cmpint (coverage, ==, i);
    }
  for (i = 0; i < CH_N_LIMITS; i++)
    {
      ChLimit limit = CH_LIMIT_EACH_OCCURRENCE;

      g_assert_true (ch_limit_from_string (ch_limit_to_string ((ChLimit) i), &limit));
      g_assert_cmpint (limit, ==, i);
    }
  for (i = CH_EVIDENCE_BOX; i <= CH_EVIDENCE_FORM; i++)
    {
      ChEvidence evidence = CH_EVIDENCE_NONE;

      g_assert_true (ch_evidence_from_string (ch_evidence_to_string ((ChEvidence) i), &evidence));
      g_assert_cmpint (evidence, ==, i);
    }
  for (i = CH_AUTOS_ANY; i <= CH_AUTOS_NON_OWNED; i <<= 1)
    g_assert_cmpint (ch_autos_from_string (ch_autos_to_string ((ChAutos) i)), ==, i);
  for (i = CH_BASIS_ABSENT; i <= CH_BASIS_CLAIMS_MADE; i++)
    g_assert_cmpint (ch_basis_from_string (ch_basis_to_string ((ChBasis) i)), ==, i);
  for (i = CH_AGGREGATE_PER_ABSENT; i <= CH_AGGREGATE_PER_LOCATION; i++)
    g_assert_cmpint (ch_aggregate_per_from_string (ch_aggregate_per_to_string ((ChAggregatePer) i)), ==, i);
  for (i = CH_UMBRELLA_KIND_ABSENT; i <= CH_UMBRELLA_KIND_EXCESS; i++)
    g_assert_cmpint (ch_umbrella_kind_from_string (ch_umbrella_kind_to_string ((ChUmbrellaKind) i)), ==, i);
  g_assert_cmpint (ch_status_compare (CH_STATUS_MISSING, CH_STATUS_COMPLIANT), >, 0);
}

static void
test_unknown_names (void)
{
  ChStatus status = CH_STATUS_PENDING;
  ChSeverity severity = CH_SEVERITY_FAIL;
  ChCoverage coverage = CH_COVERAGE_OTHER;
  ChLimit limit = CH_LIMIT_RETENTION;
  ChEvidence evidence = CH_EVIDENCE_BOX;

  g_assert_false (ch_status_from_string ("fine", &status));
  g_assert_false (ch_status_from_string (NULL, &status));
  g_assert_cmpint (status, ==, CH_STATUS_PENDING);
  g_assert_false (ch_severity_from_string ("grave", &severity));
  g_assert_false (ch_coverage_from_string (NULL, &coverage));
  g_assert_false (ch_limit_from_string ("height", &limit));
  g_assert_false (ch_evidence_from_string ("none", &evidence));
  g_assert_cmpint (ch_basis_from_string ("sometimes"), ==, CH_BASIS_ABSENT);
  g_assert_cmpint (ch_autos_from_string ("boat"), ==, CH_AUTOS_NONE);
  g_assert_null (ch_autos_to_string (CH_AUTOS_NONE));
  GUARDED (g_assert_nonnull (ch_status_to_string ((ChStatus) 99)));
  GUARDED (g_assert_nonnull (ch_status_to_string ((ChStatus) -1)));
  GUARDED (g_assert_nonnull (ch_severity_to_string ((ChSeverity) 99)));
  GUARDED (g_assert_nonnull (ch_colour_to_string ((ChColour) 99)));
  GUARDED (g_assert_nonnull (ch_coverage_to_string ((ChCoverage) 99)));
  GUARDED (g_assert_nonnull (ch_limit_to_string ((ChLimit) 99)));
  GUARDED (g_assert_nonnull (ch_evidence_to_string ((ChEvidence) 99)));
  GUARDED (g_assert_null (ch_basis_to_string ((ChBasis) 99)));
  GUARDED (g_assert_null (ch_aggregate_per_to_string ((ChAggregatePer) 99)));
  GUARDED (g_assert_null (ch_umbrella_kind_to_string ((ChUmbrellaKind) 99)));
  GUARDED (g_assert_nonnull (ch_coverage_to_string ((ChCoverage) -1)));
  GUARDED (g_assert_nonnull (ch_limit_to_string ((ChLimit) -1)));
}

static void
test_waiver_and_carrier (void)
{
  g_autoptr(ChWaiver) waiver = ch_waiver_new ("certificate.holder", 5, "why");
  g_autoptr(ChWaiver) copy = ch_waiver_copy (waiver);
  g_autoptr(ChCarrier) carrier = ch_carrier_new ("00077", "Granite", "A", "X");
  g_autoptr(GHashTable) carriers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *naic = ch_naic_normalise ("77");

  g_assert_cmpstr (copy->rule, ==, "certificate.holder");
  g_assert_cmpint (copy->until, ==, 5);
  g_hash_table_insert (carriers, carrier->naic, carrier);
  g_assert_cmpstr (naic, ==, "00077");
  g_assert_true (ch_carrier_find (carriers, "00077") == carrier);
  g_assert_true (ch_carrier_find (carriers, "77") == carrier);
  g_assert_null (ch_carrier_find (carriers, "00078"));
  g_assert_null (ch_carrier_find (carriers, "7a"));
  g_assert_null (ch_carrier_find (carriers, NULL));
  g_assert_null (ch_carrier_find (NULL, "77"));
  g_assert_null (ch_naic_normalise ("123456"));
  g_assert_null (ch_naic_normalise (""));
  g_assert_null (ch_naic_normalise (NULL));
  ch_waiver_free (NULL);
  ch_carrier_free (NULL);
  GUARDED (g_assert_null (ch_waiver_copy (NULL)));
}

static void
test_evaluation_guards (void)
{
  ChEvaluationInput input = { .today = CH_DATE_NONE };
  g_autoptr(ChVerdict) verdict = NULL;

  GUARDED (verdict = ch_evaluate (&input));
  g_assert_cmpint (verdict->status, ==, CH_STATUS_MISSING);
  g_clear_pointer (&verdict, ch_verdict_free);
  GUARDED (verdict = ch_evaluate (NULL));
  ch_evidence_file_free (NULL);
  GUARDED (g_assert_null (ch_evidence_file_new (NULL)));
}

static void
test_field_set (void)
{
  g_autoptr(ChFieldSet) a = ch_field_set_new ();
  g_autoptr(ChFieldSet) b = NULL;
  g_autoptr(ChFieldSet) c = ch_field_set_new ();
  g_autofree char *print_a = NULL;
  g_autofree char *print_b = NULL;
  g_autofree char *print_c = NULL;

  ch_field_set_set (a, "status", "compliant");
  ch_field_set_set (a, "limit", "1");
  ch_field_set_set (a, "zeal", "z");
  ch_field_set_set (a, "limit", "2");
  ch_field_set_set (a, "nothing", NULL);
  ch_field_set_set (a, "zeal", NULL);
  g_assert_cmpuint (ch_field_set_get_size (a), ==, 2);
  g_assert_cmpstr (ch_field_set_get_name (a, 0), ==, "limit");
  g_assert_cmpstr (ch_field_set_get_value (a, 0), ==, "2");
  g_assert_cmpstr (ch_field_set_get (a, "status"), ==, "compliant");
  g_assert_null (ch_field_set_get (a, "other"));
  b = ch_field_set_copy (a);
  g_assert_true (ch_field_set_equal (a, b));
  print_a = ch_field_set_fingerprint (a);
  print_b = ch_field_set_fingerprint (b);
  g_assert_cmpstr (print_a, ==, print_b);

  /* The ends of names and values count: "ab"="c" is not "a"="bc". */
  ch_field_set_set (c, "limit2", NULL);
  ch_field_set_set (c, "limit", "2s");
  g_assert_false (ch_field_set_equal (a, c));
  ch_field_set_set (c, "status", "compliant");
  g_assert_false (ch_field_set_equal (a, c));
  ch_field_set_set (c, "limit", NULL);
  ch_field_set_set (c, "limits", "2");
  g_assert_false (ch_field_set_equal (a, c));
  print_c = ch_field_set_fingerprint (c);
  g_assert_cmpstr (print_a, !=, print_c);
  ch_field_set_free (NULL);
}

static void
test_field_set_guards (void)
{
  g_autoptr(ChFieldSet) set = ch_field_set_new ();

  GUARDED (g_assert_null (ch_field_set_copy (NULL)));
  GUARDED (ch_field_set_set (NULL, "a", "b"));
  GUARDED (ch_field_set_set (set, NULL, "b"));
  GUARDED (g_assert_null (ch_field_set_get (NULL, "a")));
  GUARDED (g_assert_null (ch_field_set_get (set, NULL)));
  GUARDED (g_assert_cmpuint (ch_field_set_get_size (NULL), ==, 0));
  GUARDED (g_assert_null (ch_field_set_get_name (set, 0)));
  GUARDED (g_assert_null (ch_field_set_get_name (NULL, 0)));
  GUARDED (g_assert_null (ch_field_set_get_value (set, 0)));
  GUARDED (g_assert_null (ch_field_set_get_value (NULL, 0)));
  GUARDED (g_assert_false (ch_field_set_equal (set, NULL)));
  GUARDED (g_assert_false (ch_field_set_equal (NULL, set)));
  GUARDED (g_assert_null (ch_field_set_fingerprint (NULL)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/domain/values/project", test_project);
  g_test_add_func ("/domain/values/vendor", test_vendor);
  g_test_add_func ("/domain/values/commitment", test_commitment);
  g_test_add_func ("/domain/values/insurance-record", test_insurance_record);
  g_test_add_func ("/domain/values/certificate", test_certificate);
  g_test_add_func ("/domain/values/in-force", test_in_force);
  g_test_add_func ("/domain/values/requirement-set", test_requirement_set);
  g_test_add_func ("/domain/values/layers-have-stage", test_layers_have_stage);
  g_test_add_func ("/domain/values/doubts", test_doubts);
  g_test_add_func ("/domain/values/verdict", test_verdict);
  g_test_add_func ("/domain/values/names", test_names);
  g_test_add_func ("/domain/values/unknown-names", test_unknown_names);
  g_test_add_func ("/domain/values/waiver-and-carrier", test_waiver_and_carrier);
  g_test_add_func ("/domain/values/evaluation-guards", test_evaluation_guards);
  g_test_add_func ("/domain/values/field-set", test_field_set);
  g_test_add_func ("/domain/values/field-set-guards", test_field_set_guards);

  return g_test_run ();
}
