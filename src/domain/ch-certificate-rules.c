#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-case-private.h"
#include "ch-form-number.h"
#include "ch-party-name.h"

/* The rules on the certificates that carry the judged policies; the worst of them counts. */

static gboolean
judge_named_insured (ChCase              *self,
                     const ChCertificate *certificate,
                     ChIssue             *issue)
{
  const ChEvaluationInput *input = self->input;
  const char *legal = input->sub_legal_name != NULL && input->sub_legal_name[0] != '\0' ? input->sub_legal_name
                                                                                       : input->sub_name;

  if (ch_party_name_names (certificate->insured_name, legal))
    return TRUE;

  issue->found = certificate->insured_name;
  if (ch_party_name_names (certificate->insured_name, input->sub_trade_name)
      || ch_party_name_names (certificate->insured_name, input->sub_name))
    {
      issue->severity = CH_SEVERITY_NEEDS_EVIDENCE;
      return self->set->named_insured == CH_NAMED_INSURED_LEGAL_OR_DBA;
    }

  issue->severity = legal != NULL ? CH_SEVERITY_FAIL : CH_SEVERITY_NEEDS_EVIDENCE;
  return FALSE;
}

static gboolean
judge_holder (ChCase              *self,
              const ChCertificate *certificate,
              ChIssue             *issue)
{
  GPtrArray *names = self->set->holder_names;
  guint i;

  for (i = 0; i < names->len; i++)
    {
      if (ch_party_name_equal (certificate->holder_name, g_ptr_array_index (names, i)))
        return TRUE;
    }

  issue->severity = CH_SEVERITY_FAIL;
  issue->found = certificate->holder_name;
  return names->len == 0;
}

static gboolean
judge_notice (ChCase  *self,
              guint    certificate,
              ChIssue *issue)
{
  GPtrArray *endorsements = _ch_case_get_certificate (self, certificate)->endorsements;
  ChEvidence found = CH_EVIDENCE_NONE;
  guint i;

  if (_ch_case_get_evidence (self, certificate)->wording.cancellation_notice)
    found = CH_EVIDENCE_DESCRIPTION;
  for (i = 0; i < endorsements->len; i++)
    {
      if (ch_form_title_has (g_ptr_array_index (endorsements, i), "notice of cancellation"))
        found = CH_EVIDENCE_FORM;
    }

  issue->level = (int) found;
  issue->severity = found == CH_EVIDENCE_NONE ? CH_SEVERITY_FAIL : CH_SEVERITY_NEEDS_EVIDENCE;
  return found >= self->set->cancellation_notice;
}

static gboolean
is_met (ChCase  *self,
        guint    certificate,
        ChIssue *issue)
{
  const ChCertificate *shown = _ch_case_get_certificate (self, certificate);

  switch (issue->rule)
    {
    case CH_RULE_NAMED_INSURED:
      return self->set->members[CH_SET_ASK_NAMED_INSURED] != CH_MEMBER_SET
             || judge_named_insured (self, shown, issue);
    case CH_RULE_HOLDER:
      return self->set->members[CH_SET_ASK_HOLDER] != CH_MEMBER_SET || judge_holder (self, shown, issue);
    default:
      return self->set->members[CH_SET_ASK_CANCELLATION_NOTICE] != CH_MEMBER_SET
             || judge_notice (self, certificate, issue);
    }
}

/* Nothing here depends on the day, so each certificate is asked once. */
static const ChStatements *
judge_certificate (ChCase *self,
                   guint   certificate)
{
  ChStatements *statements = &self->statements[certificate];
  guint i;

  if (statements->is_judged)
    return statements;

  for (i = 0; i < CH_N_CERTIFICATE_RULES; i++)
    {
      ChIssue issue = { (ChRule) (CH_RULE_NAMED_INSURED + i), CH_SEVERITY_WARNING };

      issue.certificate = _ch_case_get_certificate (self, certificate);
      statements->is_met[i] = is_met (self, certificate, &issue);
      _ch_case_find_waiver (self, &issue);
      statements->issues[i] = issue;
    }
  statements->is_judged = TRUE;

  return statements;
}

/* The number of findings that the certificate leaves open on @day. */
guint
_ch_certificate_rules_count (ChCase *self,
                             guint   certificate,
                             ChDate  day)
{
  const ChStatements *statements = judge_certificate (self, certificate);
  guint n = 0;
  guint i;

  for (i = 0; i < CH_N_CERTIFICATE_RULES; i++)
    {
      if (!statements->is_met[i] && !_ch_issue_is_waived (&statements->issues[i], day))
        n++;
    }

  return n;
}

static void
add_worst (ChCase *self,
           guint   rule,
           GArray *issues)
{
  guint n_certificates = self->input->certificates->len;
  const ChIssue *worst = NULL;
  gboolean any_used = FALSE;
  guint i;

  for (i = 0; i < n_certificates; i++)
    any_used |= self->is_used[i];

  for (i = 0; i < n_certificates; i++)
    {
      const ChStatements *statements;

      /* With no policy in force the newest certificate speaks for the sub. */
      if (any_used ? !self->is_used[i] : i + 1 < n_certificates)
        continue;
      statements = judge_certificate (self, i);
      if (!statements->is_met[rule] && (worst == NULL || statements->issues[rule].severity > worst->severity))
        worst = &statements->issues[rule];
    }

  if (worst != NULL)
    g_array_append_val (issues, *worst);
}

void
_ch_certificate_rules_judge (ChCase *self,
                             GArray *issues)
{
  guint i;

  if (self->input->certificates == NULL || self->input->certificates->len == 0)
    return;

  for (i = 0; i < CH_N_CERTIFICATE_RULES; i++)
    add_worst (self, i, issues);
}
