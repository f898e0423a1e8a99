#include "config.h"

#include <string.h>

#include "ch-interchange.h"

/* Cases as `certholderctl evaluate` reads them: single quotes stand for double ones. */

#define GL(number, from, to, limits) \
  "{'coverage':'general_liability','insurer':'A','policy_number':'" number "','effective':'" from "'," \
  "'expiration':'" to "','basis':'occurrence','limits':{" limits "}}"
#define LIMITS "'each_occurrence':1000000,'general_aggregate':2000000,'products_completed_operations_aggregate':2000000"
#define SHORT "'each_occurrence':500000,'general_aggregate':2000000,'products_completed_operations_aggregate':2000000"
#define GL_SET "'general_liability':{'minimum':{" LIMITS "}}"
#define UMBRELLA \
  "{'coverage':'umbrella_excess','policy_number':'U1','effective':'2026-01-01','expiration':'2027-01-01'," \
  "'limits':{'each_occurrence':5000000,'aggregate':5000000}}"
#define DOC(today, coverages, extra, policies, more) \
  "{'today':'" today "','requirements':[{'warning_days':30,'coverages':{" coverages "}" extra "}]," \
  "'certificates':[{'policies':[" policies "]}]" more "}"

static JsonNode *
parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr(GError) error = NULL;
  JsonNode *node = ch_json_parse (json, -1, &error);

  g_assert_no_error (error);
  return node;
}

typedef struct {
  const char *name;
  const char *document;
  const char *status;
  const char *changes_on;
  const char *rules;        /* rule ids with their severity's first letter, in order */
} Case;

static const Case cases[] = {
  { "worked-compliant", DOC ("2026-11-23", GL_SET, "", GL ("1", "2026-01-01", "2027-01-01", LIMITS), ""),
    "compliant", "2026-12-02", "" },
  { "worked-day-before-warning", DOC ("2026-12-01", GL_SET, "", GL ("1", "2026-01-01", "2027-01-01", LIMITS), ""),
    "compliant", "2026-12-02", "" },
  { "worked-expiring", DOC ("2026-12-31", GL_SET, "", GL ("1", "2026-01-01", "2027-01-01", LIMITS), ""),
    "expiring", "2027-01-01", "" },
  { "worked-expired", DOC ("2027-01-01", GL_SET, "", GL ("1", "2026-01-01", "2027-01-01", LIMITS), ""),
    "expired", NULL, "f:general_liability.in_force" },
  { "worked-renewal", DOC ("2026-11-23", GL_SET, "", GL ("1", "2026-01-01", "2027-01-01", LIMITS) ","
                           GL ("2", "2027-01-01", "2028-01-01", LIMITS), ""),
    "compliant", "2027-12-02", "" },
  { "renewal-a-day-late", DOC ("2026-11-23", GL_SET, "", GL ("1", "2026-01-01", "2027-01-01", LIMITS) ","
                               GL ("2", "2027-01-02", "2028-01-01", LIMITS), ""),
    "compliant", "2026-12-02", "w:general_liability.gap" },
  { "in-the-gap", DOC ("2027-01-01", GL_SET, "", GL ("1", "2026-01-01", "2027-01-01", LIMITS) ","
                       GL ("2", "2027-01-02", "2028-01-01", LIMITS), ""),
    "non_compliant", "2027-01-02", "f:general_liability.in_force" },
  { "first-day-in-force", DOC ("2026-01-01", GL_SET, "", GL ("1", "2026-01-01", "2027-01-01", LIMITS), ""),
    "compliant", "2026-12-02", "" },
  { "starts-tomorrow", DOC ("2025-12-31", GL_SET, "", GL ("1", "2026-01-01", "2027-01-01", LIMITS), ""),
    "non_compliant", "2026-01-01", "f:general_liability.in_force" },
  { "worked-umbrella", DOC ("2026-06-01", GL_SET ",'umbrella_excess':{'minimum':{'each_occurrence':5000000}}",
                            ",'umbrella_adds_to':['general_liability']",
                            GL ("1", "2026-01-01", "2027-01-01", SHORT) "," UMBRELLA, ""),
    "non_compliant", "2027-01-01", "f:umbrella_excess.each_occurrence" },
  { "umbrella-not-allowed", DOC ("2026-06-01", GL_SET, "", GL ("1", "2026-01-01", "2027-01-01", SHORT) "," UMBRELLA, ""),
    "non_compliant", "2027-01-01", "f:general_liability.each_occurrence" },
  { "umbrella-fills", DOC ("2026-06-01", GL_SET, ",'umbrella_adds_to':['general_liability']",
                           GL ("1", "2026-01-01", "2027-01-01", SHORT) "," UMBRELLA, ""),
    "compliant", "2026-12-02", "" },
  { "missing-nothing-asked", "{'today':'2026-01-01'}", "not_required", NULL, "" },
  { "missing", "{'today':'2026-01-01','requirements':[{'coverages':{'general_liability':{}}}]}",
    "missing", NULL, "f:general_liability.present" },
  { "exempt", "{'today':'2026-01-01','requirements':[{'coverages':{'general_liability':{}}}],"
              "'exempt':{'until':'2026-01-05','why':'x'}}",
    "exempt", "2026-01-06", "f:general_liability.present" },
  { "null-removes", "{'today':'2026-01-01','requirements':[{'coverages':{'general_liability':{}}},"
                    "{'coverages':{'general_liability':null}}]}", "not_required", NULL, "" },
  { "stage-replaces", "{'today':'2026-01-01','project':{'stage':'bidding'},'requirements':[{'coverages':"
                      "{'general_liability':{}},'stages':{'bidding':{'coverages':{'pollution':{}}}}}]}",
    "missing", NULL, "f:pollution.present" },
  { "waived-until", DOC ("2026-06-01", GL_SET, "", GL ("1", "2026-01-01", "2027-01-01", SHORT),
                         ",'waivers':[{'rule':'general_liability.each_occurrence','until':'2026-06-30','why':'x'}]"),
    "compliant", "2026-07-01", "f:general_liability.each_occurrence" },
  { "waiver-ended", DOC ("2026-07-01", GL_SET, "", GL ("1", "2026-01-01", "2027-01-01", SHORT),
                         ",'waivers':[{'rule':'general_liability.each_occurrence','until':'2026-06-30','why':'x'}]"),
    "non_compliant", "2027-01-01", "f:general_liability.each_occurrence" },
  { "limit-not-shown", DOC ("2026-06-01", "'general_liability':{'minimum':{'each_occurrence':0}}", "",
                            GL ("1", "2026-01-01", "2027-01-01", ""), ""),
    "non_compliant", "2027-01-01", "f:general_liability.each_occurrence" },
  { "claims-made-fails", DOC ("2026-06-01", "'general_liability':{'basis':'claims_made'}", "",
                              GL ("1", "2026-01-01", "2027-01-01", ""), ""),
    "non_compliant", "2027-01-01", "f:general_liability.basis" },
  { "evidence-levels", "{'today':'2026-06-01','requirements':[{'coverages':{'general_liability':{"
                       "'additional_insured':'form','completed_operations_additional_insured':'description',"
                       "'primary_noncontributory':'description','waiver_of_subrogation':'description',"
                       "'endorsements':['CG 20 10|CG 20 38','CG 20 37 04 13']}},'cancellation_notice':'description'}],"
                       "'certificates':[{'policies':[{'coverage':'general_liability','effective':'2026-01-01',"
                       "'expiration':'2027-01-01','waiver_of_subrogation':true}],'description_of_operations':"
                       "'Acme is additional insured for ongoing and completed operations. Insurance is primary and "
                       "non-contributory. 30 days notice of cancellation.','endorsements':['CG 20 37 12 19']}]}",
    "non_compliant", "2027-01-01",
    "f:general_liability.endorsement:CG 20 10|CG 20 38 f:general_liability.endorsement:CG 20 37 04 13 "
    "n:general_liability.additional_insured n:general_liability.waiver_of_subrogation" },
  { "negated-description", "{'today':'2026-06-01','requirements':[{'coverages':{'general_liability':{"
                           "'additional_insured':'description'}}}],'certificates':[{'policies':[{'coverage':"
                           "'general_liability','effective':'2026-01-01','expiration':'2027-01-01'}],"
                           "'description_of_operations':'Holder is not an additional insured.'}]}",
    "non_compliant", "2027-01-01", "f:general_liability.additional_insured" },
  { "named-insured-and-holder", "{'today':'2026-06-01','sub':{'name':'Sparky','legal_name':'Smith Electric, LLC',"
                                "'trade_name':'Sparky Electric'},'requirements':[{'coverages':{'general_liability':{}},"
                                "'named_insured':'legal','holder':{'names':['Acme Builders, Inc.']}}],'certificates':[{"
                                "'insured':{'name':'SPARKY ELECTRIC'},'certificate_holder':{'name':'Acme Builders LLC'},"
                                "'policies':[{'coverage':'general_liability','effective':'2026-01-01',"
                                "'expiration':'2027-01-01'}]}]}",
    "non_compliant", "2027-01-01", "f:certificate.holder n:certificate.named_insured" },
  { "carriers", "{'today':'2026-06-01','requirements':[{'coverages':{'general_liability':{},'pollution':{}},'carrier':"
                "{'minimum_rating':'A-','minimum_size':'VII'}}],'carriers':[{'naic':'11111','rating':'B++','size':'X'}],"
                "'certificates':[{'insurers':[{'letter':'A','naic':'11111'},{'letter':'B','naic':'22222'}],'policies':["
                "{'coverage':'general_liability','insurer':'A','effective':'2026-01-01','expiration':'2027-01-01'},"
                "{'coverage':'other','coverage_text':'POLLUTION LIAB','insurer':'B','effective':'2026-01-01',"
                "'expiration':'2027-01-01'}]}]}",
    "non_compliant", "2027-01-01", "f:general_liability.carrier_rating n:pollution.carrier_rating" },
  { "state-fund", "{'today':'2026-06-01','project':{'state':'OH'},'requirements':[{'coverages':{'workers_compensation':"
                  "{'statutory':true,'minimum':{'el_each_accident':1000000}}},'carrier':{'minimum_rating':'A-'}}],"
                  "'certificates':[{'policies':[{'coverage':'workers_compensation','effective':'2026-01-01',"
                  "'expiration':'2027-01-01'},{'coverage':'other','coverage_text':'Stop gap','effective':'2026-01-01',"
                  "'expiration':'2027-01-01','limits':{'el_each_accident':1000000}}]}]}",
    "compliant", "2027-01-01", "" },
};

static char *
join_rules (JsonArray *findings)
{
  GString *out = g_string_new (NULL);
  guint i;

  for (i = 0; i < json_array_get_length (findings); i++)
    {
      JsonObject *finding = json_array_get_object_element (findings, i);

      g_string_append_printf (out, "%s%c:%s", i > 0 ? " " : "",
                              json_object_get_string_member (finding, "severity")[0],
                              json_object_get_string_member (finding, "rule"));
    }

  return g_string_free (out, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *expected = data;
  g_autoptr(JsonNode) input = parse (expected->document);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) output = ch_evaluate_json (input, CH_DATE_NONE, &error);
  g_autofree char *rules = NULL;
  JsonObject *verdict;

  g_assert_no_error (error);
  verdict = json_node_get_object (output);
  rules = join_rules (json_object_get_array_member (verdict, "findings"));
  g_assert_cmpstr (rules, ==, expected->rules);
  g_assert_cmpstr (json_object_get_string_member (verdict, "status"), ==, expected->status);
  g_assert_cmpstr (json_object_get_string_member_with_default (verdict, "changes_on", NULL), ==,
                   expected->changes_on);
}

static void
test_amounts_are_numbers (void)
{
  g_autoptr(JsonNode) input = parse (DOC ("2026-06-01", GL_SET, "", GL ("1", "2026-01-01", "2027-01-01", SHORT), ""));
  g_autoptr(JsonNode) output = ch_evaluate_json (input, CH_DATE_NONE, NULL);
  JsonObject *finding = json_array_get_object_element (
    json_object_get_array_member (json_node_get_object (output), "findings"), 0);

  g_assert_cmpint (json_object_get_int_member (finding, "expected"), ==, 1000000);
  g_assert_cmpint (json_object_get_int_member (finding, "found"), ==, 500000);
  g_assert_false (json_object_get_boolean_member (finding, "waived"));
  g_assert_nonnull (strstr (json_object_get_string_member (finding, "text"), "$500,000"));
}

static void
test_refused (void)
{
  static const struct {
    const char *document;
    const char *named;
  } refused[] = {
    { "{}", "today" },
    { "{'today':'2026-02-29'}", "today" },
    { "{'today':7}", "today" },
    { "{'today':'2026-01-01','requirements':{}}", "requirements" },
    { "{'today':'2026-01-01','requirements':[{'warnings':1}]}", "warnings" },
    { "{'today':'2026-01-01','requirements':[{'coverages':{'general_liability':{'minimun':{}}}}]}", "minimun" },
    { "{'today':'2026-01-01','requirements':[{'coverages':{'general_liability':{'minimum':{'each':1}}}}]}", "each" },
    { "{'today':'2026-01-01','requirements':[{'coverages':{'general_liability':{'additional_insured':'none'}}}]}",
      "additional_insured" },
    { "{'today':'2026-01-01','certificates':[{'policies':[{'coverage':'gl'}]}]}", "policies[0].coverage" },
    { "{'today':'2026-01-01','certificates':[{'policies':[{'coverage':'other','limits':{'aggregate':-1}}]}]}",
      "aggregate" },
    { "{'today':'2026-01-01','waivers':[{'rule':'x'}]}", "waivers[0].until" },
    { "{'today':'2026-01-01','exempt':{}}", "exempt.until" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(JsonNode) input = parse (refused[i].document);
      g_autoptr(GError) error = NULL;

      g_assert_null (ch_evaluate_json (input, CH_DATE_NONE, &error));
      g_assert_error (error, CH_INTERCHANGE_ERROR, CH_INTERCHANGE_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, refused[i].named));
    }
}

int
main (int   argc,
      char *argv[])
{
  guint i;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/interchange/evaluate/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/interchange/evaluate/amounts-are-numbers", test_amounts_are_numbers);
  g_test_add_func ("/interchange/evaluate/refused-by-name", test_refused);

  return g_test_run ();
}
