#include "config.h"

#include "ch-interchange.h"

static JsonNode *
parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr(GError) error = NULL;
  JsonNode *node = ch_json_parse (json, -1, &error);

  g_assert_no_error (error);
  return node;
}

static void
test_certificate (void)
{
  g_autoptr(JsonNode) node = parse (
    "{'form':'ACORD 25','edition':'2016/03','date':'2026-01-05','producer':{'name':'P','email':'e'},"
    "'insured':{'name':'I','address':'A'},'insurers':[{'letter':'A','name':'N','naic':'12345'}],"
    "'policies':[{'coverage':'automobile_liability','insurer':'A','policy_number':'1','effective':'2026-01-01',"
    "'expiration':'2027-01-01','additional_insured':true,'waiver_of_subrogation':false,'basis':'claims_made',"
    "'aggregate_per':'location','kind':'excess','autos':['owned','hired'],'statutory':true,'owner_excluded':false,'retroactive_date':'2019-07-01','tail':'36 months',"
    "'limits':{'combined_single_limit':0,'retention':10000}}],'certificate_holder':{'name':'H'},"
    "'endorsements':['CG 20 10 04 13'],'fields':[{'path':'date','confidence':0.5,'page':1,'box':[1.5,2.5,3.5,4.5],"
    "'doubts':['term_is_not_a_year','cut_off']}]}");
  g_autoptr(GError) error = NULL;
  g_autoptr(ChCertificate) certificate = ch_certificate_from_json (node, &error);
  g_autoptr(ChCertificate) copy = NULL;
  g_autoptr(JsonNode) again = NULL;

  g_assert_no_error (error);
  copy = ch_certificate_copy (certificate);
  again = ch_certificate_to_json (copy);
  g_assert_true (json_node_equal (node, again));
}

static void
test_requirement_set (void)
{
  g_autoptr(JsonNode) node = parse (
    "{'schema':1,'name':'N','warning_days':null,'coverages':{'general_liability':{'minimum':{'each_occurrence':1},"
    "'basis':null,'aggregate_per':'project','additional_insured':'form','endorsements':[]},'umbrella_excess':null,"
    "'automobile_liability':{'autos':'any|owned_hired_non_owned','scheduled_counts_as_owned':true},'cyber':{}},"
    "'umbrella_adds_to':['general_liability'],'holder':{'names':['A','B']},'named_insured':'legal',"
    "'carrier':{'minimum_rating':'A-','minimum_size':'VII'},'cancellation_notice':'form',"
    "'stages':{'bidding':{'coverages':null},'warranty':null}}");
  g_autoptr(GError) error = NULL;
  g_autoptr(ChRequirementSet) set = ch_requirement_set_from_json (node, &error);
  g_autoptr(ChRequirementSet) copy = NULL;
  g_autoptr(JsonNode) again = NULL;

  g_assert_no_error (error);
  copy = ch_requirement_set_copy (set);
  again = ch_requirement_set_to_json (copy);
  g_assert_true (json_node_equal (node, again));
}

static void
test_usual_sets (void)
{
  static const char * const names[] = {
    "bidding", "design-professional", "environmental", "high-hazard", "light-trades", "standard", "supplier",
  };
  const char *source = g_getenv ("CERTHOLDER_SOURCE_DIR");
  guint i;

  if (source == NULL)
    {
      g_test_skip ("CERTHOLDER_SOURCE_DIR is not set");
      return;
    }

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_strdup_printf ("%s/data/requirements/%s.json", source, names[i]);
      g_autofree char *text = NULL;
      g_autofree char *name = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) node = NULL;
      g_autoptr(JsonNode) again = NULL;
      g_autoptr(ChRequirementSet) set = NULL;

      g_file_get_contents (file, &text, NULL, &error);
      g_assert_no_error (error);
      node = ch_json_parse (text, -1, &error);
      g_assert_no_error (error);
      set = ch_requirement_set_from_json (node, &error);
      g_assert_no_error (error);
      name = ch_requirement_set_dup_name (set);
      g_assert_nonnull (name);
      again = ch_requirement_set_to_json (set);
      g_assert_true (json_node_equal (node, again));
    }
}

static void
test_values (void)
{
  static const struct {
    const char *path;
    const char *value;
    const char *shown;
  } values[] = {
    { "insured.name", "Smith", "Smith" },
    { "policies[0].coverage", "general_liability", "general_liability" },
    { "policies[0].effective", "2026-01-01", "2026-01-01" },
    { "policies[0].limits.each_occurrence", "$1,000,000", "1000000" },
    { "policies[0].additional_insured", "true", "true" },
    { "policies[1].autos", "owned, hired", "owned,hired" },
    { "insurers[0].naic", "12345", "12345" },
    { "endorsements[0]", "CG 20 10", "CG 20 10" },
    { "policies[0].effective", "", NULL },
  };
  static const struct {
    const char *path;
    const char *value;
  } refused[] = {
    { "policies[9].effective", "2026-01-01" }, { "policies[0].effective", "1/1/2026" },
    { "policies[0].limits.each_occurrence", "1.5" }, { "policies[0].limits.none", "1" },
    { "policies[0].additional_insured", "maybe" }, { "policies", "x" }, { "fields[0].path", "x" },
    { "policies[0].autos", "boats" }, { "", "x" }, { "policies[0", "x" }, { "insured", "x" },
  };
  g_autoptr(ChCertificate) certificate = ch_certificate_new ();
  guint i;

  for (i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *shown = NULL;

      ch_certificate_set_value (certificate, values[i].path, values[i].value, &error);
      g_assert_no_error (error);
      shown = ch_certificate_dup_value (certificate, values[i].path);
      g_assert_cmpstr (shown, ==, values[i].shown);
    }
  g_assert_cmpuint (certificate->policies->len, ==, 2);

  for (i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (ch_certificate_set_value (certificate, refused[i].path, refused[i].value, &error));
      g_assert_error (error, CH_INTERCHANGE_ERROR, CH_INTERCHANGE_ERROR_INVALID);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/interchange/round-trip/certificate", test_certificate);
  g_test_add_func ("/interchange/round-trip/requirement-set", test_requirement_set);
  g_test_add_func ("/interchange/round-trip/usual-sets", test_usual_sets);
  g_test_add_func ("/interchange/values-by-path", test_values);

  return g_test_run ();
}
