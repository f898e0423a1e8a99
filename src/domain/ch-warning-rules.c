#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-case-private.h"
#include "ch-form-number.h"
#include "ch-party-name.h"

/* What changes no status but a person should know of. Only the day that is asked about is looked at, since no change of
 * status hangs on it. */

/* Two spellings of one insurer have more in common than this, two insurers less. */
#define SAME_INSURER 0.5

static gboolean
is_acord_line (const ChLine *line,
               ChCoverage    coverage)
{
  return line->is_acord && line->coverage == coverage;
}

static void
warn (ChCase        *self,
      ChLine        *line,
      ChRule         rule,
      const char    *found)
{
  ChIssue issue = { rule, CH_SEVERITY_WARNING, line->asked };

  issue.found = found;
  issue.certificate = _ch_case_get_certificate (self, line->judged->certificate);
  issue.policy = line->judged->policy;
  _ch_case_add_issue (self, self->issues, &issue);
}

static gboolean
has_title (const ChCertificate *certificate,
           const char          *words)
{
  guint i;

  for (i = 0; i < certificate->endorsements->len; i++)
    {
      if (ch_form_title_has (g_ptr_array_index (certificate->endorsements, i), words))
        return TRUE;
    }

  return FALSE;
}

static void
warn_of_policy (ChCase *self,
                ChLine *line)
{
  const ChPolicy *policy = line->judged->policy;
  const ChCertificate *certificate = _ch_case_get_certificate (self, line->judged->certificate);
  const ChWording *wording = &_ch_case_get_evidence (self, line->judged->certificate)->wording;
  const char *text = policy->coverage_text != NULL ? policy->coverage_text : "";
  const char *own = _ch_evidence_get_own_form (self, line, line->judged);

  if (own != NULL)
    warn (self, line, CH_RULE_CARRIERS_OWN_FORM, own);
  if (policy->basis == CH_BASIS_CLAIMS_MADE && policy->retroactive_date == CH_DATE_NONE
      && !wording->retroactive_date && !ch_form_title_has (text, "retro"))
    warn (self, line, CH_RULE_RETROACTIVE_DATE, NULL);

  if (is_acord_line (line, CH_COVERAGE_WORKERS_COMPENSATION))
    {
      if (policy->owner_excluded == CH_MARK_YES || wording->owner_excluded)
        warn (self, line, CH_RULE_OWNER_EXCLUDED, NULL);
      if (wording->no_payroll || ch_form_title_has (text, "if any"))
        warn (self, line, CH_RULE_NO_PAYROLL, NULL);
    }
  if (is_acord_line (line, CH_COVERAGE_GENERAL_LIABILITY)
      && (wording->action_over_exclusion || has_title (certificate, "action over")))
    warn (self, line, CH_RULE_ACTION_OVER, NULL);
}

/* New York's Labor Law 240 and 241 make the liability towards other companies' workers the costly one; the addendum
 * tells of it. */
static gboolean
shows_acord_855 (ChCase *self,
                 guint   certificate)
{
  const ChCertificate *shown = _ch_case_get_certificate (self, certificate);

  return (shown->form != NULL && ch_form_title_has (shown->form, "acord 855"))
         || has_title (shown, "acord 855")
         || _ch_case_get_evidence (self, certificate)->wording.acord_855;
}

static void
warn_of_new_york (ChCase *self,
                  ChLine *line)
{
  ChIssue issue = { CH_RULE_ACORD_855, CH_SEVERITY_WARNING };
  guint i;

  if (!self->is_in_new_york
      || !is_acord_line (line, CH_COVERAGE_GENERAL_LIABILITY)
      || line->asked->members[CH_COVERAGE_ASK_ADDITIONAL_INSURED] != CH_MEMBER_SET)
    return;

  for (i = 0; i < self->input->certificates->len; i++)
    {
      if (shows_acord_855 (self, i))
        return;
    }
  issue.certificate = _ch_case_get_certificate (self, line->judged->certificate);
  _ch_case_add_issue (self, self->issues, &issue);
}

static gboolean
is_other_name (const char *a,
               const char *b)
{
  if (a == NULL || b == NULL || a[0] == '\0' || b[0] == '\0' || g_str_equal (a, b) || g_ascii_strcasecmp (a, b) == 0)
    return FALSE;

  return ch_party_name_likeness (a, b) < SAME_INSURER;
}

/* Whether the other insurer shares the number but not the name, or the name but not the number. */
static gboolean
contradicts (const ChInsurer *self,
             const ChInsurer *other)
{
  if (self == other || self->naic == NULL || other->naic == NULL || self->naic[0] == '\0' || other->naic[0] == '\0')
    return FALSE;
  if (g_str_equal (self->naic, other->naic))
    return is_other_name (self->name, other->name);

  return ch_party_name_equal (self->name, other->name);
}

static gboolean
is_doubtful (const ChCase    *self,
             const ChInsurer *insurer)
{
  GPtrArray *certificates = self->input->certificates;
  const ChCarrier *carrier = ch_carrier_find (self->input->carriers, insurer->naic);
  guint i;
  guint j;

  if (carrier != NULL && is_other_name (carrier->name, insurer->name))
    return TRUE;

  for (i = 0; i < certificates->len; i++)
    {
      GPtrArray *others = ((const ChCertificate *) g_ptr_array_index (certificates, i))->insurers;

      for (j = 0; j < others->len; j++)
        {
          if (contradicts (insurer, g_ptr_array_index (others, j)))
            return TRUE;
        }
    }

  return FALSE;
}

/* One warning is enough to make a person look. */
static void
warn_of_insurers (ChCase *self)
{
  guint i;
  guint j;

  for (i = 0; self->input->certificates != NULL && i < self->input->certificates->len; i++)
    {
      const ChCertificate *certificate = _ch_case_get_certificate (self, i);

      for (j = 0; self->is_used[i] && j < certificate->insurers->len; j++)
        {
          const ChInsurer *insurer = g_ptr_array_index (certificate->insurers, j);

          if (is_doubtful (self, insurer))
            {
              ChIssue issue = { CH_RULE_INSURER_NAIC, CH_SEVERITY_WARNING };

              issue.which = j;
              issue.found = insurer->naic;
              issue.certificate = certificate;
              _ch_case_add_issue (self, self->issues, &issue);
              return;
            }
        }
    }
}

/* Adds the warnings of @day, which was judged last, to the case's issues. */
void
_ch_case_warn (ChCase *self,
               ChDate  day)
{
  guint i;

  for (i = 0; i < self->lines->len; i++)
    {
      ChLine *line = g_ptr_array_index (self->lines, i);

      _ch_history_warn (self, line, day);
      if (line->judged != NULL)
        {
          warn_of_policy (self, line);
          warn_of_new_york (self, line);
        }
    }
  if (self->lines->len > 0)
    warn_of_insurers (self);
}
