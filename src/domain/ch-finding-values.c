#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-case-private.h"

/* What an issue says in values that programs read: the rule's id, what was asked and found, where, and on whose word. */

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
  [CH_RULE_CARRIERS_OWN_FORM] = "carriers_own_form",
  [CH_RULE_RETROACTIVE_DATE] = "retroactive_date",
  [CH_RULE_OWNER_EXCLUDED] = "owner_excluded",
  [CH_RULE_NO_PAYROLL] = "no_payroll",
  [CH_RULE_ACTION_OVER] = "action_over_exclusion",
  [CH_RULE_DROPPED] = "dropped",
  [CH_RULE_POLICY_DATES] = "policy_dates",
  [CH_RULE_INSURER_NAIC] = "insurer_naic",
  [CH_RULE_ACORD_855] = "acord_855",
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
    default:
      return g_strconcat (issue->asked != NULL ? issue->asked->name : "certificate", ".", rule_names[issue->rule], NULL);
    }
}

/* The rule that a finding is about, read back from its id. */
gboolean
_ch_rule_from_finding (const ChFinding *finding,
                       ChRule          *rule,
                       ChLimit         *limit)
{
  const char *name = finding->rule != NULL ? finding->rule : "";
  gsize length = finding->coverage != NULL ? strlen (finding->coverage) : strlen ("certificate");
  guint i;

  if (!g_str_has_prefix (name, finding->coverage != NULL ? finding->coverage : "certificate") || name[length] != '.')
    return FALSE;

  name += length + 1;
  if (g_str_has_prefix (name, "endorsement:"))
    {
      *rule = CH_RULE_ENDORSEMENT;
      return TRUE;
    }
  if (ch_limit_from_string (name, limit))
    {
      *rule = CH_RULE_LIMIT;
      return TRUE;
    }
  for (i = 0; i < G_N_ELEMENTS (rule_names); i++)
    {
      if (g_strcmp0 (rule_names[i], name) == 0)
        {
          *rule = (ChRule) i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
is_of_certificate (ChRule rule)
{
  return (rule >= CH_RULE_NAMED_INSURED && rule <= CH_RULE_CANCELLATION_NOTICE) || rule >= CH_RULE_INSURER_NAIC;
}

/**
 * ch_rule_is_known:
 * @rule: (nullable): a rule's id, as findings and waivers have it
 *
 * Coverages beyond ACORD's four have whatever name a requirement set gives them, and endorsements are as written there,
 * so that only what stands between can be checked.
 *
 * Returns: whether there can be such a rule
 */
gboolean
ch_rule_is_known (const char *rule)
{
  const char *dot = rule != NULL ? strchr (rule, '.') : NULL;
  g_autoptr(ChFinding) finding = NULL;
  ChLimit limit;
  ChRule known;

  if (dot == NULL || dot == rule || g_str_has_suffix (rule, ".endorsement:"))
    return FALSE;

  finding = ch_finding_new (rule, NULL, CH_SEVERITY_FAIL, NULL, NULL, NULL);
  finding->coverage = g_strndup (rule, (gsize) (dot - rule));

  return _ch_rule_from_finding (finding, &known, &limit)
         && is_of_certificate (known) == g_str_equal (finding->coverage, "certificate");
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

ChEvidence
_ch_issue_get_asked_evidence (const ChCase  *self,
                              const ChIssue *issue)
{
  switch (issue->rule)
    {
    case CH_RULE_ADDITIONAL_INSURED:
      return (ChEvidence) issue->asked->values[CH_COVERAGE_ASK_ADDITIONAL_INSURED];
    case CH_RULE_COMPLETED_OPERATIONS_ADDITIONAL_INSURED:
      return (ChEvidence) issue->asked->values[CH_COVERAGE_ASK_COMPLETED_OPERATIONS_ADDITIONAL_INSURED];
    case CH_RULE_WAIVER_OF_SUBROGATION:
      return (ChEvidence) issue->asked->values[CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION];
    case CH_RULE_PRIMARY_NONCONTRIBUTORY:
      return (ChEvidence) issue->asked->values[CH_COVERAGE_ASK_PRIMARY_NONCONTRIBUTORY];
    default:
      return self->set->cancellation_notice;
    }
}

static char *
join_dates (ChDate from,
            ChDate to)
{
  g_autofree char *first = ch_date_to_iso (from);
  g_autofree char *last = ch_date_to_iso (to);

  return g_strconcat (first != NULL ? first : "..", "/", last != NULL ? last : "..", NULL);
}

/* Text of what was asked; dates ISO, spans of them with a slash between, amounts in whole dollars. Nothing in it is the
 * day of the verdict: the same facts on another day are the same finding. */
char *
_ch_issue_dup_expected (const ChCase  *self,
                        const ChIssue *issue)
{
  const ChCoverageRequirement *asked = issue->asked;

  switch (issue->rule)
    {
    case CH_RULE_PRESENT:
      return NULL;
    case CH_RULE_IN_FORCE:
      return g_strdup (rule_names[CH_RULE_IN_FORCE]);
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
    case CH_RULE_POLICY_DATES:
      return join_dates (issue->earlier->effective, issue->earlier->expiration);
    case CH_RULE_ACORD_855:
      return g_strdup ("ACORD 855");
    case CH_RULE_INSURER_NAIC:
    case CH_RULE_DROPPED:
    case CH_RULE_CARRIERS_OWN_FORM:
    case CH_RULE_RETROACTIVE_DATE:
    case CH_RULE_OWNER_EXCLUDED:
    case CH_RULE_NO_PAYROLL:
    case CH_RULE_ACTION_OVER:
      return NULL;
    default:
      return g_strdup (ch_evidence_to_string (_ch_issue_get_asked_evidence (self, issue)));
    }
}

/* Text of what was found instead, %NULL where that is nothing. */
char *
_ch_issue_dup_found (const ChIssue *issue)
{
  switch (issue->rule)
    {
    case CH_RULE_PRESENT:
    case CH_RULE_ENDORSEMENT:
    case CH_RULE_ACORD_855:
    case CH_RULE_RETROACTIVE_DATE:
    case CH_RULE_OWNER_EXCLUDED:
    case CH_RULE_NO_PAYROLL:
    case CH_RULE_ACTION_OVER:
      return NULL;
    case CH_RULE_IN_FORCE:
    case CH_RULE_DROPPED:
      return ch_date_to_iso (issue->from);
    case CH_RULE_POLICY_DATES:
      return join_dates (issue->from, issue->to);
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
    case CH_RULE_INSURER_NAIC:
    case CH_RULE_CARRIERS_OWN_FORM:
      return g_strdup (issue->found);
    default:
      return issue->level == CH_EVIDENCE_NONE ? NULL : g_strdup (ch_evidence_to_string ((ChEvidence) issue->level));
    }
}

/* The member of the policy that a rule is about. */
static const char *
get_member (ChRule rule)
{
  switch (rule)
    {
    case CH_RULE_BASIS:
    case CH_RULE_RETROACTIVE_DATE:
      return "basis";
    case CH_RULE_AGGREGATE_PER:
      return "aggregate_per";
    case CH_RULE_ADDITIONAL_INSURED:
      return "additional_insured";
    case CH_RULE_WAIVER_OF_SUBROGATION:
      return "waiver_of_subrogation";
    case CH_RULE_STATUTORY:
      return "statutory";
    case CH_RULE_AUTOS:
      return "autos";
    case CH_RULE_OWNER_EXCLUDED:
      return "owner_excluded";
    case CH_RULE_DROPPED:
      return "policy_number";
    case CH_RULE_POLICY_DATES:
      return "effective";
    default:
      return "expiration";
    }
}

static char *
dup_policy_path (const ChIssue *issue,
                 const char    *member,
                 const char    *submember)
{
  guint index = 0;

  g_ptr_array_find (issue->certificate->policies, issue->policy, &index);

  return g_strdup_printf ("policies[%u].%s%s%s", index, member, submember != NULL ? "." : "",
                          submember != NULL ? submember : "");
}

static char *
dup_carrier_path (const ChIssue *issue)
{
  const ChInsurer *insurer = ch_certificate_get_insurer (issue->certificate, issue->policy->insurer);
  guint index = 0;

  if (insurer == NULL || !g_ptr_array_find (issue->certificate->insurers, insurer, &index))
    return dup_policy_path (issue, "insurer", NULL);

  return g_strdup_printf ("insurers[%u].%s", index, insurer->naic != NULL ? "naic" : "name");
}

/* The JSON path of the value on the issue's certificate that a person should look at, %NULL where there is none. */
char *
_ch_issue_dup_path (const ChIssue *issue)
{
  if (issue->certificate == NULL)
    return NULL;

  switch (issue->rule)
    {
    case CH_RULE_LIMIT:
      return dup_policy_path (issue, "limits", ch_limit_to_string ((ChLimit) issue->which));
    case CH_RULE_IN_FORCE:
      return dup_policy_path (issue, issue->has_ended ? "expiration" : "effective", NULL);
    case CH_RULE_CARRIER_RATING:
      return dup_carrier_path (issue);
    case CH_RULE_ENDORSEMENT:
    case CH_RULE_CARRIERS_OWN_FORM:
      return g_strdup ("endorsements");
    case CH_RULE_COMPLETED_OPERATIONS_ADDITIONAL_INSURED:
    case CH_RULE_PRIMARY_NONCONTRIBUTORY:
    case CH_RULE_CANCELLATION_NOTICE:
    case CH_RULE_NO_PAYROLL:
    case CH_RULE_ACTION_OVER:
    case CH_RULE_ACORD_855:
      return g_strdup ("description_of_operations");
    case CH_RULE_NAMED_INSURED:
      return g_strdup ("insured.name");
    case CH_RULE_HOLDER:
      return g_strdup ("certificate_holder.name");
    case CH_RULE_INSURER_NAIC:
      return g_strdup_printf ("insurers[%u].naic", issue->which);
    default:
      return dup_policy_path (issue, get_member (issue->rule), NULL);
    }
}

static const ChOrigin *
get_set_origin (const ChCase *self,
                ChRule        rule)
{
  switch (rule)
    {
    case CH_RULE_NAMED_INSURED:
      return &self->set->origins[CH_SET_ASK_NAMED_INSURED];
    case CH_RULE_HOLDER:
      return &self->set->origins[CH_SET_ASK_HOLDER];
    case CH_RULE_CANCELLATION_NOTICE:
      return &self->set->origins[CH_SET_ASK_CANCELLATION_NOTICE];
    default:
      return NULL;
    }
}

/* Which layer asks for what the issue is about; %NULL where it is nothing that a set asks for. */
const ChOrigin *
_ch_issue_get_origin (const ChCase  *self,
                      const ChIssue *issue)
{
  static const struct {
    ChRule        rule;
    ChCoverageAsk ask;
  } asks[] = {
    { CH_RULE_BASIS, CH_COVERAGE_ASK_BASIS },
    { CH_RULE_AGGREGATE_PER, CH_COVERAGE_ASK_AGGREGATE_PER },
    { CH_RULE_ADDITIONAL_INSURED, CH_COVERAGE_ASK_ADDITIONAL_INSURED },
    { CH_RULE_COMPLETED_OPERATIONS_ADDITIONAL_INSURED, CH_COVERAGE_ASK_COMPLETED_OPERATIONS_ADDITIONAL_INSURED },
    { CH_RULE_WAIVER_OF_SUBROGATION, CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION },
    { CH_RULE_PRIMARY_NONCONTRIBUTORY, CH_COVERAGE_ASK_PRIMARY_NONCONTRIBUTORY },
    { CH_RULE_STATUTORY, CH_COVERAGE_ASK_STATUTORY },
    { CH_RULE_AUTOS, CH_COVERAGE_ASK_AUTOS },
    { CH_RULE_LIMIT, CH_COVERAGE_ASK_MINIMUM },
    { CH_RULE_ENDORSEMENT, CH_COVERAGE_ASK_ENDORSEMENTS },
  };
  guint i;

  if (issue->asked == NULL)
    return get_set_origin (self, issue->rule);
  if (issue->rule == CH_RULE_CARRIER_RATING)
    return &self->set->origins[CH_SET_ASK_CARRIER];

  for (i = 0; i < G_N_ELEMENTS (asks); i++)
    {
      if (asks[i].rule == issue->rule)
        return &issue->asked->origins[asks[i].ask];
    }

  return &issue->asked->origin;
}

static const char *
get_subject (const ChIssue *issue)
{
  switch (issue->rule)
    {
    case CH_RULE_CARRIER_RATING:
      return issue->found;
    case CH_RULE_POLICY_DATES:
    case CH_RULE_DROPPED:
      return issue->policy->policy_number;
    case CH_RULE_INSURER_NAIC:
      return ((const ChInsurer *) g_ptr_array_index (issue->certificate->insurers, issue->which))->name;
    default:
      return NULL;
    }
}

static ChFindingPlace *
find_place (const ChCase  *self,
            const ChIssue *issue)
{
  g_autofree char *path = _ch_issue_dup_path (issue);
  ChFindingPlace *place;
  guint index = 0;
  guint i;

  if (path == NULL)
    return NULL;

  g_ptr_array_find (self->input->certificates, issue->certificate, &index);
  place = ch_finding_place_new ((int) index, path);
  for (i = 0; i < issue->certificate->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (issue->certificate->fields, i);

      if (g_strcmp0 (field->path, path) == 0)
        {
          place->page = field->page;
          memcpy (place->box, field->box, sizeof place->box);
          break;
        }
    }

  return place;
}

/* @exempt: an exemption from everything holds, and so waives this too */
ChFinding *
_ch_issue_to_finding (const ChCase  *self,
                      const ChIssue *issue,
                      ChDate         day,
                      gboolean       exempt)
{
  g_autofree char *rule = _ch_issue_dup_rule (issue);
  g_autofree char *expected = _ch_issue_dup_expected (self, issue);
  g_autofree char *found = _ch_issue_dup_found (issue);
  const ChOrigin *origin = _ch_issue_get_origin (self, issue);
  ChFinding *finding = ch_finding_new (rule, issue->asked != NULL ? issue->asked->name : NULL, issue->severity,
                                       expected, found, NULL);

  finding->waived = exempt || _ch_issue_is_waived (issue, day);
  finding->subject = g_strdup (get_subject (issue));
  finding->place = find_place (self, issue);
  finding->layer = origin != NULL ? origin->layer : -1;
  finding->is_stage = origin != NULL && origin->is_stage;
  finding->text = ch_finding_dup_text (finding, FALSE);

  return finding;
}
