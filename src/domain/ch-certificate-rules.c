#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-case-private.h"
#include "ch-form-number.h"
#include "ch-party-name.h"

/* The rules on the certificates that carry the judged policies; the worst of them counts. */

/* A DBA stands behind the legal name on the certificate: each side of it is a name. */
static gboolean
names_party (const char *shown,
             const char *name)
{
  g_autofree char *lower = NULL;
  const char * const marks[] = { " dba ", " d/b/a ", " d.b.a. " };
  guint i;

  if (ch_party_name_equal (shown, name))
    return TRUE;
  if (shown == NULL || name == NULL)
    return FALSE;

  lower = g_ascii_strdown (shown, -1);
  for (i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *place = strstr (lower, marks[i]);

      if (place != NULL)
        {
          g_autofree char *before = g_strndup (shown, (gsize) (place - lower));

          return ch_party_name_equal (before, name)
                 || ch_party_name_equal (shown + (place - lower) + strlen (marks[i]), name);
        }
    }

  return FALSE;
}

static gboolean
judge_named_insured (ChCase              *self,
                     const ChCertificate *certificate,
                     ChIssue             *issue)
{
  const ChEvaluationInput *input = self->input;
  const char *legal = input->sub_legal_name != NULL && input->sub_legal_name[0] != '\0' ? input->sub_legal_name
                                                                                       : input->sub_name;

  if (names_party (certificate->insured_name, legal))
    return TRUE;

  issue->found = certificate->insured_name;
  if (names_party (certificate->insured_name, input->sub_trade_name)
      || names_party (certificate->insured_name, input->sub_name))
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

  if (_ch_case_get_wording (self, certificate)->cancellation_notice)
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

/* Nothing here depends on the day, so each certificate is asked once. */
static gboolean
judge_one (ChCase  *self,
           guint    certificate,
           ChIssue *issue)
{
  ChStatements *statements = &self->statements[certificate];
  guint rule = issue->rule - CH_RULE_NAMED_INSURED;
  const ChCertificate *shown = _ch_case_get_certificate (self, certificate);

  if (!statements->is_judged[rule])
    {
      if (issue->rule == CH_RULE_NAMED_INSURED)
        statements->is_met[rule] = judge_named_insured (self, shown, issue);
      else if (issue->rule == CH_RULE_HOLDER)
        statements->is_met[rule] = judge_holder (self, shown, issue);
      else
        statements->is_met[rule] = judge_notice (self, certificate, issue);
      statements->issues[rule] = *issue;
      statements->is_judged[rule] = TRUE;
    }

  *issue = statements->issues[rule];
  return statements->is_met[rule];
}

static void
judge_all (ChCase   *self,
           ChSetAsk  ask,
           ChRule    rule,
           GArray   *issues)
{
  guint n_certificates = self->input->certificates->len;
  ChIssue worst = { rule, CH_SEVERITY_WARNING };
  gboolean is_met = TRUE;
  gboolean any_used = FALSE;
  guint i;

  if (self->set->members[ask] != CH_MEMBER_SET)
    return;

  for (i = 0; i < n_certificates; i++)
    any_used |= self->is_used[i];

  for (i = 0; i < n_certificates; i++)
    {
      ChIssue issue = { rule, CH_SEVERITY_WARNING };

      /* With no policy in force the newest certificate speaks for the sub. */
      if (any_used ? !self->is_used[i] : i + 1 < n_certificates)
        continue;
      if (!judge_one (self, i, &issue) && (is_met || issue.severity > worst.severity))
        {
          is_met = FALSE;
          worst = issue;
        }
    }

  if (!is_met)
    _ch_case_add_issue (self, issues, &worst);
}

void
_ch_certificate_rules_judge (ChCase *self,
                             GArray *issues)
{
  if (self->input->certificates == NULL || self->input->certificates->len == 0)
    return;

  judge_all (self, CH_SET_ASK_NAMED_INSURED, CH_RULE_NAMED_INSURED, issues);
  judge_all (self, CH_SET_ASK_HOLDER, CH_RULE_HOLDER, issues);
  judge_all (self, CH_SET_ASK_CANCELLATION_NOTICE, CH_RULE_CANCELLATION_NOTICE, issues);
}
