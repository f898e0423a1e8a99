#include "config.h"

#include <string.h>

#include "ch-carrier-rating.h"
#include "ch-finding.h"
#include "ch-form-number.h"
#include "ch-party-name.h"
#include "ch-wording.h"

/* The texts that people and forms write, in the spellings that they come in. */

static void
test_form_numbers (void)
{
  static const struct {
    const char *text, *number, *edition;
  } cases[] = {
    { "CG 20 10", "CG2010", "" }, { "  cg 20 10", "CG2010", "" }, { "CG2010", "CG2010", "" },
    { "CG 20 10 04 13", "CG2010", "0413" }, { "CG 20 10 0413", "CG2010", "0413" }, { "CG20100413", "CG2010", "0413" },
    { "CG 20 10 (04/13)", "CG2010", "0413" }, { "CG 20 10 4/13", "CG2010", "0413" }, { "CG 20 10 04/2013", "CG2010", "0413" },
    { "CG 20 10 042013", "CG2010", "0413" }, { "CG-20-10-12-19", "CG2010", "1219" }, { "CG 20 10 Ed. 11/85", "CG2010", "1185" },
    { "CG 20 10 edition 07 04", "CG2010", "0704" }, { "CG 20 10 Rev 10 01", "CG2010", "1001" },
    { "CG 20 10 13 04", "CG2010", "" }, { "CG 20 10 04", "CG2010", "" }, { "CG 20 10 edges", "CG2010", "" },
    { "CG 20 10 00 13", "CG2010", "" }, { "CG 20 10 04 133", "CG2010", "" }, { "CG 20 10 041", "CG2010", "" },
    { "WC 00 03 13", "WC000313", "" }, { "WC 00 03 13 04 84", "WC000313", "0484" }, { "WC000313A", "WC000313", "" },
    { "CG 20 10 04 13 Additional insured", "CG2010", "0413" },
    { "CG 20", NULL, NULL }, { "C 20 10", NULL, NULL }, { "CGL 20 10", NULL, NULL }, { "", NULL, NULL },
    { "20 10", NULL, NULL }, { "WC 00 03", NULL, NULL }, { "additional insured", NULL, NULL }, { NULL, NULL, NULL },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ChFormNumber form;
      gboolean found = ch_form_number_read (cases[i].text, &form);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (found, ==, cases[i].number != NULL);
      g_assert_cmpstr (form.number, ==, cases[i].number != NULL ? cases[i].number : "");
      g_assert_cmpstr (form.edition, ==, cases[i].number != NULL ? cases[i].edition : "");
    }
}

static void
test_forms_within_a_text (void)
{
  const char *rest = "Blanket (CG 20 10 04 13) & CG2037, BCG 20 01, see ca 04 44 and CG 1.";
  ChFormNumber form;

  g_assert_true (ch_form_number_next (&rest, &form));
  g_assert_cmpstr (form.number, ==, "CG2010");
  g_assert_cmpstr (form.edition, ==, "0413");
  g_assert_true (ch_form_number_next (&rest, &form));
  g_assert_cmpstr (form.number, ==, "CG2037");
  g_assert_true (ch_form_number_next (&rest, &form));
  g_assert_cmpstr (form.number, ==, "CA0444");
  g_assert_false (ch_form_number_next (&rest, &form));
  g_assert_cmpstr (rest, ==, "");
}

static void
test_forms_met (void)
{
  static const struct {
    const char *entry, *asked;
    gboolean    is_met;
  } cases[] = {
    { "CG 20 10 04 13", "CG 20 10", TRUE }, { "CG 20 10 04 13", "CG 20 10 04 13", TRUE },
    { "CG 20 10 04 13", "CG 20 10 12 19", FALSE }, { "CG 20 10", "CG 20 10 04 13", FALSE },
    { "CG 20 38", "CG 20 10|CG 20 38", TRUE }, { "CG 20 33", "CG 20 10|CG 20 38", FALSE },
    { "CG 20 10 & CG 20 37", "CG 20 37", TRUE }, { "See CG 20 37", "CG 20 37", TRUE },
    { "Hartford HG 00 01", "HG 00 01", FALSE }, { "HG 00 01 09 16", "HG 00 01", TRUE },
    { "BLANKET Additional-Insured", "additional insured", TRUE }, { "Blanket", "additional insured", FALSE },
    { "Additional insureds", "additional insured", TRUE }, { "Notadditional insured", "additional insured", FALSE },
    { "anything", "", FALSE }, { "anything", "|", FALSE }, { "", "CG 20 10", FALSE }, { "Caf\xc3\xa9 form", "caf\xc3\xa9 form", TRUE },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s for %s", cases[i].entry, cases[i].asked);
      g_assert_cmpint (ch_form_number_meets (cases[i].entry, cases[i].asked), ==, cases[i].is_met);
    }
  g_assert_false (ch_form_title_has ("additional", "additional insured"));
  g_assert_false (ch_form_title_has ("additionalinsured", "additional insured"));
}

static void
test_names (void)
{
  static const struct {
    const char *a, *b;
    gboolean    is_same;
  } cases[] = {
    { "Smith & Sons, LLC", "SMITH AND SONS L.L.C.", TRUE }, { "Smith LLC", "Smith Inc", FALSE },
    { "Stra\xc3\x9f" "e GmbH", "STRASSE GMBH", TRUE }, { "Caf\xc3\xa9 & Co", "CAF\xc3\x89 and Company", TRUE },
    { "O\xe2\x80\x99" "Brien", "OBrien", TRUE }, { "O'Brien", "OBrien", TRUE }, { "Smith  Co. ", " smith co", TRUE },
    { "Limited Edition", "Ltd Edition", FALSE }, { "LLC", "Limited Liability Company", FALSE },
    { "Acme Co, Inc.", "Acme Company Incorporated", TRUE }, { "&", "and", TRUE }, { "& Sons", "and sons", TRUE },
    { "a", "a", TRUE }, { "", "", FALSE }, { "...", "...", FALSE }, { NULL, "a", FALSE }, { "a", NULL, FALSE },
    { "Bad \xff" " bytes", "bad bytes", TRUE }, { "\xc2\xb7 Acme", "Acme", TRUE }, { "A\xc2\xb7" "B", "a b", TRUE },
    { "Gr\xc3\xbc n", "gr\xc3\x9c  n", TRUE }, { "\xc3\xbc & b", "\xc3\x9c and B", TRUE }, { "& \xc3\xbc", "and \xc3\xbc", TRUE },
    { "Smith \xc3\xbc.b", "smith \xc3\xbc" "b", TRUE }, { "Acme, Inc", "Acme Inc extra", FALSE }, { "Acme!", "Acme", TRUE },
  };
  g_autofree char *nothing = ch_party_name_normalise (NULL);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("names %u", i);
      g_assert_cmpint (ch_party_name_equal (cases[i].a, cases[i].b), ==, cases[i].is_same);
    }
  g_assert_cmpstr (nothing, ==, "");
}

static void
test_aliases (void)
{
  g_assert_true (ch_party_name_names ("Smith LLC dba Sparky", "Sparky"));
  g_assert_true (ch_party_name_names ("Smith LLC d/b/a Sparky", "Smith, L.L.C."));
  g_assert_true (ch_party_name_names ("Smith LLC dba Sparky dba Bolt", "Bolt"));
  g_assert_true (ch_party_name_names ("Minh Ta Electric LLC dba Ta Bolt", "Ta Bolt"));
  g_assert_false (ch_party_name_names ("Smith LLC dba Sparky", "Bolt"));
  g_assert_false (ch_party_name_names (NULL, "Bolt"));
  g_assert_false (ch_party_name_names ("Bolt", NULL));
}

static void
test_likeness (void)
{
  g_assert_cmpfloat (ch_party_name_likeness ("Acme, Inc.", "ACME INCORPORATED"), ==, 1.0);
  g_assert_cmpfloat (ch_party_name_likeness ("Granite Mutual Ins Co", "Granite Mutual Insurance Company"), >, 0.7);
  g_assert_cmpfloat (ch_party_name_likeness ("Granite Mutual", "Zephyr Casualty"), <, 0.3);
  g_assert_cmpfloat (ch_party_name_likeness ("abab", "baba"), <, 1.0);
  g_assert_cmpfloat (ch_party_name_likeness (NULL, "a"), ==, 0.0);
  g_assert_cmpfloat (ch_party_name_likeness ("a", NULL), ==, 0.0);
  g_assert_cmpfloat (ch_party_name_likeness ("a", "bc"), ==, 0.0);
  g_assert_cmpfloat (ch_party_name_likeness ("bc", "a"), ==, 0.0);
}

static void
test_ratings (void)
{
  g_assert_cmpint (ch_carrier_rating_rank ("A+"), >, ch_carrier_rating_rank ("A"));
  g_assert_cmpint (ch_carrier_rating_rank (" a- "), ==, ch_carrier_rating_rank ("A-"));
  g_assert_cmpint (ch_carrier_rating_rank ("A- u"), ==, ch_carrier_rating_rank ("A-"));
  g_assert_cmpint (ch_carrier_rating_rank ("A (Excellent)"), ==, ch_carrier_rating_rank ("A"));
  g_assert_cmpint (ch_carrier_rating_rank ("NR"), ==, 0);
  g_assert_cmpint (ch_carrier_rating_rank ("AA"), ==, 0);
  g_assert_cmpint (ch_carrier_rating_rank (""), ==, 0);
  g_assert_cmpint (ch_carrier_rating_rank (NULL), ==, 0);
  g_assert_cmpint (ch_carrier_size_rank ("xv"), ==, 15);
  g_assert_cmpint (ch_carrier_size_rank ("0"), ==, 0);
}

static void
test_wording (void)
{
  ChWording wording;

  ch_wording_read ("!?;; \xc2\xad\xe2\x80\x99' . No. \xff; \xc3\x9c" "ber no \xc2\xb9 ... Inc. X no. 7 additional insured", &wording);
  g_assert_true (wording.additional_insured);
  ch_wording_read ("ACME, INC. IS ADDITIONAL INSURED FOR COMPLETED OPERATIONS", &wording);
  g_assert_true (wording.completed_operations);
  ch_wording_read ("Acme, Inc. Additional insured. Completed operations", &wording);
  g_assert_false (wording.completed_operations);
  ch_wording_read ("Addi\xc2\xad" "tional insured! Holder isn\xe2\x80\x99t additional insured? Yes", &wording);
  g_assert_true (wording.additional_insured);
  ch_wording_read ("No additional insured; additional insured", &wording);
  g_assert_true (wording.additional_insured);
  ch_wording_read ("Not additional insured, however additional insured elsewhere", &wording);
  g_assert_true (wording.additional_insured);
  ch_wording_read ("Additional insured but waiver does not apply", &wording);
  g_assert_true (wording.additional_insured);
  ch_wording_read ("Additional insured status is not so nice, and not provided", &wording);
  g_assert_false (wording.additional_insured);
  ch_wording_read ("Days before: notice of cancellation.  A notice of cancellation is told 30 days ahead", &wording);
  g_assert_true (wording.cancellation_notice);
  ch_wording_read (NULL, &wording);
  g_assert_false (wording.additional_insured);
  ch_wording_read ("", &wording);
  g_assert_false (wording.additional_insured);
}

/* Whatever bytes stand in a description, they are read to their end. */
static void
test_noise (void)
{
  static const char * const words[] = {
    "additional", "insured", "not", "no", "No.", ";", ".", "completed operations", "primary", "30 days", "notice of cancellation",
    "\xff", "\xc3", "\xe2\x80\x91", "'", "Inc.", "but", "except", "waiver of subrogation", "is not provided", "CG 20 10", "  ", "7",
  };
  g_autoptr(GRand) rand = g_rand_new_with_seed (4711);
  int n;

  for (n = 0; n < 3000; n++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      const char *rest;
      ChFormNumber form;
      ChWording wording;
      int left = g_rand_int_range (rand, 0, 14);

      while (left-- > 0)
        g_string_append_printf (text, "%s%s", words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))],
                                g_rand_boolean (rand) ? " " : "");
      ch_wording_read (text->str, &wording);
      g_assert_true (!wording.completed_operations || wording.additional_insured);
      for (rest = text->str; ch_form_number_next (&rest, &form);)
        g_assert_cmpuint (strlen (form.number), >=, 6);
    }
}

/* What a finding says is made from its values, in both languages of a machine without a translation. */
static void
test_finding_texts (void)
{
  static const struct {
    const char *rule, *coverage, *expected, *found, *says;
  } cases[] = {
    { "general_liability.each_occurrence", "general_liability", "1000000", "500000", "$500,000" },
    { "umbrella_excess.each_occurrence", "umbrella_excess", "1000000", "-500000", "-$500,000" },
    { "umbrella_excess.each_occurrence", "umbrella_excess", "1000000", "-100", "-$100" },
    { "general_liability.each_occurrence", "general_liability", "a lot", NULL, "a lot" },
    { "builders_risk.present", "builders_risk", NULL, NULL, "Builders risk is not on file" },
    { "workers_compensation.gap", "workers_compensation", "2027-01-01", "2027-02-01", "January 1, 2027" },
    { "workers_compensation.dropped", "workers_compensation", NULL, NULL, "no date" },
    { "general_liability.policy_dates", "general_liability", "../2027-01-01", "2026-01-01/..", ".." },
    { "general_liability.aggregate_per", "general_liability", "location", NULL, "CG 25 04" },
    { "general_liability.basis", "general_liability", "occurrence", NULL, "nothing" },
    { "automobile_liability.autos", "automobile_liability", "any|hired_non_owned", NULL, "any auto or hired" },
    { "certificate.named_insured", NULL, NULL, "X", "not known" },
    { "certificate.holder", NULL, "A|B", NULL, "A” or “B" },
    { "general_liability.carrier_rating", "general_liability", "A- VII", NULL, "the insurer" },
    { "general_liability.endorsement:CG 20 10|CG 20 38", "general_liability", "CG 20 10|CG 20 38", NULL, "CG 20 10 or CG 20 38" },
    { "general_liability.unheard_of", "general_liability", NULL, NULL, "own words" },
    { "automobile_liability.autos", "general_liability", NULL, NULL, "own words" },
    { "certificate", NULL, NULL, NULL, "own words" },
    { NULL, NULL, NULL, NULL, "own words" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(ChFinding) finding = ch_finding_new (cases[i].rule, cases[i].coverage, CH_SEVERITY_NEEDS_EVIDENCE, cases[i].expected,
                                                     cases[i].found, "own words");
      g_autofree char *stored = ch_finding_dup_text (finding, FALSE);
      g_autofree char *shown = ch_finding_dup_text (finding, TRUE);

      g_test_message ("%s", cases[i].rule);
      g_assert_nonnull (strstr (stored, cases[i].says));
      g_assert_cmpstr (stored, ==, shown);
    }
}

static void
test_rules_known (void)
{
  static const char * const known[] = {
    "general_liability.present", "pollution.each_occurrence", "certificate.holder", "certificate.acord_855",
    "general_liability.endorsement:CG 20 10", "certificate.insurer_naic", "general_liability.dropped",
  };
  static const char * const unknown[] = {
    "", ".", ".present", "general_liability", "general_liability.", "general_liability.endorsement:", "certificate.present",
    "general_liability.holder", "certificate.each_occurrence", "general_liability.acord_855", "certificate.dropped",
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_true (ch_rule_is_known (known[i]));
  for (i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_test_message ("%s", unknown[i]);
      g_assert_false (ch_rule_is_known (unknown[i]));
    }
  g_assert_false (ch_rule_is_known (NULL));
}

/* What stands in a letter to the broker: the same without what the desk is to do. */
static void
test_statements (void)
{
  static const struct {
    const char *text;
    const char *statement;
  } texts[] = {
    { "General liability is not on file. Ask for a certificate that shows it.", "General liability is not on file." },
    { "The insured is “Co. Ask Ltd”. Ask for a corrected certificate.", "The insured is “Co. Ask Ltd”." },
    { "Something else.", "Something else." },
    { NULL, NULL },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(ChFinding) finding = ch_finding_new ("x.y", NULL, CH_SEVERITY_FAIL, NULL, NULL, texts[i].text);
      g_autofree char *statement = ch_finding_dup_statement (finding);

      g_assert_cmpstr (statement, ==, texts[i].statement);
    }
  g_test_expect_message ("ch-domain", G_LOG_LEVEL_CRITICAL, "*assertion*failed*");
  g_assert_null (ch_finding_dup_statement (NULL));
  g_test_assert_expected_messages ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/domain/texts/form-numbers", test_form_numbers);
  g_test_add_func ("/domain/texts/forms-within-a-text", test_forms_within_a_text);
  g_test_add_func ("/domain/texts/forms-met", test_forms_met);
  g_test_add_func ("/domain/texts/names", test_names);
  g_test_add_func ("/domain/texts/aliases", test_aliases);
  g_test_add_func ("/domain/texts/likeness", test_likeness);
  g_test_add_func ("/domain/texts/ratings", test_ratings);
  g_test_add_func ("/domain/texts/wording", test_wording);
  g_test_add_func ("/domain/texts/noise", test_noise);
  g_test_add_func ("/domain/texts/finding-texts", test_finding_texts);
  g_test_add_func ("/domain/texts/statements", test_statements);
  g_test_add_func ("/domain/texts/rules-known", test_rules_known);

  return g_test_run ();
}
