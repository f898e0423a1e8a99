#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ch-case-private.h"

static const char * const rule_names[] = {
  [CH_RULE_PRESENT] = "present",
  [CH_RULE_IN_FORCE] = "in_force",
  [CH_RULE_GAP] = "gap",
  [CH_RULE_BASIS] = "basis",
  [CH_RULE_AGGREGATE_PER] = "aggregate_per",
  [CH_RULE_ADDITIONAL_INSURED] = "additional_insured",
  [CH_RULE_COMPLETED_OPERATIONS_ADDITIONAL_INSURED] = "completed_operations_additional_insured",
  [CH_RULE_WAIVER_OF_SUBROGATION] = "waiver_of_subrogation",
  [CH_RULE_PRIMARY_NONCONTRIBUTORY] = "primary_noncontributory",
  [CH_RULE_STATUTORY] = "statutory",
  [CH_RULE_AUTOS] = "autos",
  [CH_RULE_CARRIER_RATING] = "carrier_rating",
  [CH_RULE_NAMED_INSURED] = "named_insured",
  [CH_RULE_HOLDER] = "holder",
  [CH_RULE_CANCELLATION_NOTICE] = "cancellation_notice",
};

/* The stable id of the issue's rule. */
char *
_ch_issue_dup_rule (const ChIssue *issue)
{
  switch (issue->rule)
    {
    case CH_RULE_LIMIT:
      return g_strconcat (issue->asked->name, ".", ch_limit_to_string ((ChLimit) issue->which), NULL);
    case CH_RULE_ENDORSEMENT:
      return g_strconcat (issue->asked->name, ".endorsement:",
                          g_ptr_array_index (issue->asked->endorsements, issue->which), NULL);
    case CH_RULE_NAMED_INSURED:
    case CH_RULE_HOLDER:
    case CH_RULE_CANCELLATION_NOTICE:
      return g_strconcat ("certificate.", rule_names[issue->rule], NULL);
    default:
      return g_strconcat (issue->asked->name, ".", rule_names[issue->rule], NULL);
    }
}

static char *
format_money (gint64 amount)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, amount);
  gsize n_digits = strlen (digits);
  GString *out = g_string_new ("$");
  gsize i;

  for (i = 0; i < n_digits; i++)
    {
      if (i > 0 && (n_digits - i) % 3 == 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, digits[i]);
    }

  return g_string_free (out, FALSE);
}

/* The coverage in words, as a sentence begins with it. */
static char *
describe_coverage (const ChCoverageRequirement *asked)
{
  ChCoverage coverage = CH_COVERAGE_OTHER;
  char *words;

  ch_coverage_from_string (asked->name, &coverage);
  switch (coverage)
    {
    case CH_COVERAGE_GENERAL_LIABILITY:
      return g_strdup (_("General liability"));
    case CH_COVERAGE_AUTOMOBILE_LIABILITY:
      return g_strdup (_("Automobile liability"));
    case CH_COVERAGE_UMBRELLA_EXCESS:
      return g_strdup (_("Umbrella or excess liability"));
    case CH_COVERAGE_WORKERS_COMPENSATION:
      return g_strdup (_("Workers' compensation"));
    case CH_COVERAGE_OTHER:
    default:
      words = g_strdelimit (g_strdup (asked->name), "_", ' ');
      words[0] = g_ascii_toupper (words[0]);
      return words;
    }
}

static const char *
describe_limit (ChLimit limit)
{
  switch (limit)
    {
    case CH_LIMIT_EACH_OCCURRENCE:
      return _("each occurrence");
    case CH_LIMIT_DAMAGE_TO_RENTED_PREMISES:
      return _("damage to rented premises");
    case CH_LIMIT_MEDICAL_EXPENSE:
      return _("medical expense");
    case CH_LIMIT_PERSONAL_ADVERTISING_INJURY:
      return _("personal and advertising injury");
    case CH_LIMIT_GENERAL_AGGREGATE:
      return _("general aggregate");
    case CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE:
      return _("products and completed operations aggregate");
    case CH_LIMIT_COMBINED_SINGLE_LIMIT:
      return _("combined single limit");
    case CH_LIMIT_BODILY_INJURY_PER_PERSON:
      return _("bodily injury per person");
    case CH_LIMIT_BODILY_INJURY_PER_ACCIDENT:
      return _("bodily injury per accident");
    case CH_LIMIT_PROPERTY_DAMAGE:
      return _("property damage");
    case CH_LIMIT_AGGREGATE:
      return _("aggregate");
    case CH_LIMIT_RETENTION:
      return _("retention");
    case CH_LIMIT_EL_EACH_ACCIDENT:
      return _("employers' liability each accident");
    case CH_LIMIT_EL_DISEASE_EACH_EMPLOYEE:
      return _("employers' liability disease, each employee");
    case CH_LIMIT_EL_DISEASE_POLICY_LIMIT:
      return _("employers' liability disease, policy limit");
    default:
      return "";
    }
}

static const char *
describe_evidence (int level)
{
  switch (level)
    {
    case CH_EVIDENCE_BOX:
      return _("the box on the certificate");
    case CH_EVIDENCE_DESCRIPTION:
      return _("wording in the description of operations");
    case CH_EVIDENCE_FORM:
      return _("the endorsement itself");
    default:
      return _("nothing");
    }
}

static const char *
describe_right (ChRule rule)
{
  switch (rule)
    {
    case CH_RULE_ADDITIONAL_INSURED:
      return _("Additional insured status");
    case CH_RULE_COMPLETED_OPERATIONS_ADDITIONAL_INSURED:
      return _("Additional insured status for completed operations");
    case CH_RULE_WAIVER_OF_SUBROGATION:
      return _("Waiver of subrogation");
    case CH_RULE_PRIMARY_NONCONTRIBUTORY:
      return _("Primary and non-contributory wording");
    default:
      return _("Notice of cancellation");
    }
}

static char *
format_autos_asked (int mask)
{
  GString *out = g_string_new (NULL);

  if (mask & CH_AUTOS_ASK_ANY)
    g_string_append (out, "|any");
  if (mask & CH_AUTOS_ASK_OWNED_HIRED_NON_OWNED)
    g_string_append (out, "|owned_hired_non_owned");
  if (mask & CH_AUTOS_ASK_HIRED_NON_OWNED)
    g_string_append (out, "|hired_non_owned");
  if (out->len > 0)
    g_string_erase (out, 0, 1);

  return g_string_free (out, FALSE);
}

static char *
format_autos_found (int mask)
{
  GString *out = g_string_new (NULL);
  int bit;

  for (bit = CH_AUTOS_ANY; bit <= CH_AUTOS_NON_OWNED; bit <<= 1)
    {
      if (mask & bit)
        g_string_append_printf (out, "%s%s", out->len > 0 ? "," : "", ch_autos_to_string ((ChAutos) bit));
    }

  return g_string_free (out, out->len == 0);
}

static char *
join_rating (const char *rating,
             const char *size)
{
  if (rating != NULL && size != NULL)
    return g_strconcat (rating, " ", size, NULL);

  return g_strdup (rating != NULL ? rating : size);
}

static char *
join_names (const ChCase *self)
{
  GString *out = g_string_new (NULL);
  guint i;

  for (i = 0; i < self->set->holder_names->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "|" : "",
                            (const char *) g_ptr_array_index (self->set->holder_names, i));

  return g_string_free (out, FALSE);
}

static const char *
get_legal_name (const ChCase *self)
{
  const char *legal = self->input->sub_legal_name;

  return legal != NULL && legal[0] != '\0' ? legal : self->input->sub_name;
}

static int
get_asked_evidence (const ChCase  *self,
                    const ChIssue *issue)
{
  switch (issue->rule)
    {
    case CH_RULE_ADDITIONAL_INSURED:
      return issue->asked->values[CH_COVERAGE_ASK_ADDITIONAL_INSURED];
    case CH_RULE_COMPLETED_OPERATIONS_ADDITIONAL_INSURED:
      return issue->asked->values[CH_COVERAGE_ASK_COMPLETED_OPERATIONS_ADDITIONAL_INSURED];
    case CH_RULE_WAIVER_OF_SUBROGATION:
      return issue->asked->values[CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION];
    case CH_RULE_PRIMARY_NONCONTRIBUTORY:
      return issue->asked->values[CH_COVERAGE_ASK_PRIMARY_NONCONTRIBUTORY];
    default:
      return (int) self->set->cancellation_notice;
    }
}

static char *
dup_expected (const ChCase  *self,
              const ChIssue *issue,
              ChDate         day)
{
  const ChCoverageRequirement *asked = issue->asked;

  switch (issue->rule)
    {
    case CH_RULE_PRESENT:
      return NULL;
    case CH_RULE_IN_FORCE:
      return ch_date_to_iso (day);
    case CH_RULE_GAP:
      return ch_date_to_iso (issue->from);
    case CH_RULE_BASIS:
      return g_strdup (ch_basis_to_string ((ChBasis) asked->values[CH_COVERAGE_ASK_BASIS]));
    case CH_RULE_AGGREGATE_PER:
      return g_strdup (ch_aggregate_per_to_string ((ChAggregatePer) asked->values[CH_COVERAGE_ASK_AGGREGATE_PER]));
    case CH_RULE_STATUTORY:
      return g_strdup ("true");
    case CH_RULE_AUTOS:
      return format_autos_asked (asked->values[CH_COVERAGE_ASK_AUTOS]);
    case CH_RULE_LIMIT:
      return g_strdup_printf ("%" G_GINT64_FORMAT, asked->minimum[issue->which]);
    case CH_RULE_ENDORSEMENT:
      return g_strdup (g_ptr_array_index (asked->endorsements, issue->which));
    case CH_RULE_CARRIER_RATING:
      return join_rating (self->set->minimum_rating, self->set->minimum_size);
    case CH_RULE_NAMED_INSURED:
      return g_strdup (get_legal_name (self));
    case CH_RULE_HOLDER:
      return join_names (self);
    default:
      return g_strdup (ch_evidence_to_string ((ChEvidence) get_asked_evidence (self, issue)));
    }
}

static char *
dup_found (const ChIssue *issue)
{
  switch (issue->rule)
    {
    case CH_RULE_PRESENT:
    case CH_RULE_ENDORSEMENT:
      return NULL;
    case CH_RULE_IN_FORCE:
      return ch_date_to_iso (issue->from);
    case CH_RULE_GAP:
      return ch_date_to_iso (issue->to);
    case CH_RULE_BASIS:
      return g_strdup (ch_basis_to_string ((ChBasis) issue->level));
    case CH_RULE_AGGREGATE_PER:
      return g_strdup (ch_aggregate_per_to_string ((ChAggregatePer) issue->level));
    case CH_RULE_STATUTORY:
      return issue->level == CH_MARK_NO ? g_strdup ("false") : NULL;
    case CH_RULE_AUTOS:
      return format_autos_found (issue->level);
    case CH_RULE_LIMIT:
      return issue->amount == CH_MONEY_ABSENT ? NULL : g_strdup_printf ("%" G_GINT64_FORMAT, issue->amount);
    case CH_RULE_CARRIER_RATING:
      return issue->carrier != NULL ? join_rating (issue->carrier->rating, issue->carrier->size) : NULL;
    case CH_RULE_NAMED_INSURED:
    case CH_RULE_HOLDER:
      return g_strdup (issue->found);
    default:
      return issue->level == CH_EVIDENCE_NONE ? NULL : g_strdup (ch_evidence_to_string ((ChEvidence) issue->level));
    }
}

static char *
write_limit (const ChIssue *issue,
             const char    *coverage)
{
  const char *limit = describe_limit ((ChLimit) issue->which);
  g_autofree char *asked = format_money (issue->asked->minimum[issue->which]);
  g_autofree char *shown = NULL;

  if (issue->amount == CH_MONEY_ABSENT)
    return g_strdup_printf (_("%s shows no limit for %s; the contract asks for %s. "
                              "Ask for a certificate that shows it."), coverage, limit, asked);

  shown = format_money (issue->amount);
  if (g_str_equal (issue->asked->name, "umbrella_excess"))
    return g_strdup_printf (_("%s leaves %s for %s; the contract asks for %s. Ask for a higher limit."),
                            coverage, shown, limit, asked);

  return g_strdup_printf (_("%s shows %s for %s; the contract asks for %s. "
                            "Ask for a higher limit or umbrella cover."), coverage, shown, limit, asked);
}

static char *
write_evidence (const ChCase  *self,
                const ChIssue *issue,
                const char    *coverage)
{
  const char *right = describe_right (issue->rule);
  const char *asked = describe_evidence (get_asked_evidence (self, issue));

  if (coverage == NULL)
    return issue->level == CH_EVIDENCE_NONE
             ? g_strdup_printf (_("%s is not shown; the contract asks for %s."), right, asked)
             : g_strdup_printf (_("%s is shown by %s only; the contract asks for %s."),
                                right, describe_evidence (issue->level), asked);
  if (issue->level == CH_EVIDENCE_NONE)
    return g_strdup_printf (_("%s: %s is not shown; the contract asks for %s. Ask the broker for it."),
                            coverage, right, asked);

  return g_strdup_printf (_("%s: %s is shown by %s only; the contract asks for %s. Ask the broker for it."),
                          coverage, right, describe_evidence (issue->level), asked);
}

static char *
write_dates (const ChIssue *issue,
             const char    *coverage,
             ChDate         day)
{
  g_autofree char *from = ch_date_to_iso (issue->from);
  g_autofree char *to = issue->rule == CH_RULE_GAP ? ch_date_to_iso (issue->to) : NULL;

  if (issue->rule == CH_RULE_GAP)
    return g_strdup_printf (_("%s has a gap: cover ends on %s and starts again on %s. "
                              "Ask for a policy that closes it."), coverage, from, to);
  if (from == NULL)
    return g_strdup_printf (_("%s shows no policy dates. Ask for a certificate that shows them."), coverage);
  if (issue->from > day)
    return g_strdup_printf (_("%s starts only on %s. Ask for the policy that is in force until then."),
                            coverage, from);

  return g_strdup_printf (_("%s ended on %s. Ask for the certificate of its renewal."), coverage, from);
}

static char *
write_carrier (const ChIssue *issue,
               const char    *coverage,
               const char    *expected,
               const char    *found)
{
  const char *insurer = issue->found != NULL ? issue->found : _("The insurer");

  if (issue->severity == CH_SEVERITY_FAIL)
    return g_strdup_printf (_("%s: %s is rated %s; the contract asks for %s or better. Ask for another carrier."),
                            coverage, insurer, found, expected);

  return g_strdup_printf (_("%s: %s has no rating in the list of carriers; the contract asks for %s or better. "
                            "Look the rating up."), coverage, insurer, expected);
}

static char *
write_party (const ChIssue *issue,
             const char    *expected,
             const char    *found)
{
  if (issue->rule == CH_RULE_HOLDER)
    return found != NULL
             ? g_strdup_printf (_("The certificate holder is “%s”; the contract asks for “%s”. "
                                  "Ask for a corrected certificate."), found, expected)
             : g_strdup_printf (_("No certificate holder is shown; the contract asks for “%s”. "
                                  "Ask for a corrected certificate."), expected);
  if (expected == NULL)
    return g_strdup (_("The legal name of the subcontractor is not known, so the named insured cannot be compared."));
  if (found == NULL)
    return g_strdup_printf (_("No named insured is shown; the contract is with “%s”. "
                              "Ask for a corrected certificate."), expected);
  if (issue->severity == CH_SEVERITY_NEEDS_EVIDENCE)
    return g_strdup_printf (_("The policies insure the trade name “%s”; the contract is with “%s”. "
                              "Ask for a certificate that names the legal entity."), found, expected);

  return g_strdup_printf (_("The policies insure “%s”; the contract is with “%s”. "
                            "Ask for a certificate that names the legal entity."), found, expected);
}

static char *
write_text (const ChCase  *self,
            const ChIssue *issue,
            ChDate         day,
            const char    *expected,
            const char    *found)
{
  g_autofree char *coverage = issue->asked != NULL ? describe_coverage (issue->asked) : NULL;
  const char *shown = found != NULL ? found : _("nothing");

  switch (issue->rule)
    {
    case CH_RULE_PRESENT:
      return g_strdup_printf (_("%s is not on file. Ask for a certificate that shows it."), coverage);
    case CH_RULE_IN_FORCE:
    case CH_RULE_GAP:
      return write_dates (issue, coverage, day);
    case CH_RULE_BASIS:
      return g_strdup_printf (_("%s must be written on the basis “%s”; the certificate shows %s."),
                              coverage, expected, shown);
    case CH_RULE_AGGREGATE_PER:
      return g_strdup_printf (_("%s: the aggregate must apply per %s; the certificate shows %s. "
                                "Ask for the endorsement (CG 25 03 for a project)."), coverage, expected, shown);
    case CH_RULE_STATUTORY:
      return g_strdup_printf (_("%s does not show statutory limits. Ask for a certificate with that box marked."),
                              coverage);
    case CH_RULE_AUTOS:
      return g_strdup_printf (_("%s must cover %s autos; the certificate shows %s."), coverage, expected, shown);
    case CH_RULE_LIMIT:
      return write_limit (issue, coverage);
    case CH_RULE_ENDORSEMENT:
      return g_strdup_printf (_("%s: endorsement %s is not on file. Ask the broker for the endorsement page."),
                              coverage, expected);
    case CH_RULE_CARRIER_RATING:
      return write_carrier (issue, coverage, expected, found);
    case CH_RULE_NAMED_INSURED:
    case CH_RULE_HOLDER:
      return write_party (issue, expected, found);
    default:
      return write_evidence (self, issue, coverage);
    }
}

/* @exempt: an exemption from everything holds, and so waives this too */
ChFinding *
_ch_issue_to_finding (const ChCase  *self,
                      const ChIssue *issue,
                      ChDate         day,
                      gboolean       exempt)
{
  g_autofree char *rule = _ch_issue_dup_rule (issue);
  g_autofree char *expected = dup_expected (self, issue, day);
  g_autofree char *found = dup_found (issue);
  g_autofree char *text = write_text (self, issue, day, expected, found);
  ChFinding *finding = ch_finding_new (rule, issue->asked != NULL ? issue->asked->name : NULL, issue->severity,
                                       expected, found, text);

  finding->waived = exempt || (issue->waived_until != CH_DATE_NONE && day <= issue->waived_until);

  return finding;
}
