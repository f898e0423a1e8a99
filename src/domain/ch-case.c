#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-carrier-rating.h"
#include "ch-case-private.h"

static void
free_line (gpointer data)
{
  ChLine *line = data;

  _ch_policy_pool_free (line->pool);
  g_clear_pointer (&line->issues, g_array_unref);
  g_free (line);
}

static ChLine *
open_line (ChCase                      *self,
           const ChCoverageRequirement *asked)
{
  ChLine *line = g_new0 (ChLine, 1);
  guint i;

  line->asked = asked;
  line->coverage = CH_COVERAGE_OTHER;
  line->is_acord = ch_coverage_from_string (asked->name, &line->coverage) && line->coverage != CH_COVERAGE_OTHER;
  line->pool = _ch_policy_pool_new (self->input->certificates, line->coverage, line->is_acord ? NULL : asked->name);

  for (i = 0; self->set->members[CH_SET_ASK_UMBRELLA_ADDS_TO] == CH_MEMBER_SET
              && i < self->set->umbrella_adds_to->len; i++)
    line->umbrella_adds |= g_str_equal (g_ptr_array_index (self->set->umbrella_adds_to, i), asked->name);
  if (line->is_acord && line->coverage == CH_COVERAGE_UMBRELLA_EXCESS)
    {
      line->umbrella_adds = FALSE;
      self->umbrella_line = line;
    }

  return line;
}

/* North Dakota, Ohio, Washington and Wyoming sell workers' compensation through the state only. */
static const char * const monopolistic[] = {
  "ND", "OH", "WA", "WY", "North Dakota", "Ohio", "Washington", "Wyoming", NULL
};
static const char * const new_york[] = { "NY", "New York", NULL };

static gboolean
is_one_of (const char         *state,
           const char * const *names)
{
  for (; state != NULL && *names != NULL; names++)
    {
      if (g_ascii_toupper (state[0]) == (*names)[0] && g_ascii_strcasecmp (*names, state) == 0)
        return TRUE;
    }

  return FALSE;
}

/* A single layer without anything for stages need not be copied. */
static void
choose_set (ChCase *self)
{
  GPtrArray *layers = self->input->requirements;

  if (layers != NULL && layers->len == 1)
    {
      const ChRequirementSet *only = g_ptr_array_index (layers, 0);

      if (only->stages->len == 0)
        {
          self->set = only;
          return;
        }
    }

  self->merged = layers != NULL ? ch_requirement_set_merge (layers, self->input->project_stage)
                                : ch_requirement_set_new ();
  self->set = self->merged;
}

ChCase *
_ch_case_new (const ChEvaluationInput *input)
{
  ChCase *self = g_new0 (ChCase, 1);
  guint n_certificates = input->certificates != NULL ? input->certificates->len : 0;
  guint i;

  self->input = input;
  choose_set (self);
  self->sells_no_private_wc = is_one_of (input->project_state, monopolistic);
  self->is_in_new_york = is_one_of (input->project_state, new_york);
  if (self->set->members[CH_SET_ASK_CARRIER] == CH_MEMBER_SET)
    {
      self->minimum_rating = ch_carrier_rating_rank (self->set->minimum_rating);
      self->minimum_size = ch_carrier_size_rank (self->set->minimum_size);
    }
  self->statements = g_new0 (ChStatements, n_certificates + 1);
  self->is_used = g_new0 (gboolean, n_certificates + 1);
  self->issues = g_array_new (FALSE, FALSE, sizeof (ChIssue));
  self->trial = g_array_new (FALSE, FALSE, sizeof (ChIssue));
  self->lines = g_ptr_array_new_full (self->set->coverages->len, free_line);
  for (i = 0; self->set->members[CH_SET_ASK_COVERAGES] == CH_MEMBER_SET && i < self->set->coverages->len; i++)
    {
      const ChCoverageRequirement *asked = g_ptr_array_index (self->set->coverages, i);

      if (!asked->is_removed)
        g_ptr_array_add (self->lines, open_line (self, asked));
    }
  self->umbrella = self->umbrella_line != NULL
                     ? g_array_ref (self->umbrella_line->pool)
                     : _ch_policy_pool_new (input->certificates, CH_COVERAGE_UMBRELLA_EXCESS, NULL);

  return self;
}

void
_ch_case_free (ChCase *self)
{
  guint i;

  for (i = 0; self->input->certificates != NULL && i < self->input->certificates->len; i++)
    ch_evidence_file_free (self->statements[i].own_file);
  g_ptr_array_unref (self->lines);
  _ch_policy_pool_free (self->umbrella);
  g_clear_pointer (&self->all_pools, g_ptr_array_unref);
  g_array_unref (self->issues);
  g_array_unref (self->trial);
  g_free (self->statements);
  g_free (self->is_used);
  g_clear_pointer (&self->merged, ch_requirement_set_free);
  g_free (self);
}

const ChCertificate *
_ch_case_get_certificate (const ChCase *self,
                          guint         certificate)
{
  return g_ptr_array_index (self->input->certificates, certificate);
}

const ChEvidenceFile *
_ch_case_get_evidence (ChCase *self,
                       guint   certificate)
{
  ChStatements *statements = &self->statements[certificate];

  if (self->input->evidence != NULL)
    return g_ptr_array_index (self->input->evidence, certificate);
  if (statements->own_file == NULL)
    statements->own_file = ch_evidence_file_new (_ch_case_get_certificate (self, certificate));

  return statements->own_file;
}

/* Notes the last day on which the issue is waived. */
void
_ch_case_find_waiver (const ChCase *self,
                      ChIssue      *issue)
{
  GPtrArray *waivers = self->input->waivers;
  g_autofree char *rule = NULL;
  guint i;

  issue->waived_until = CH_DATE_NONE;
  if (waivers == NULL || waivers->len == 0)
    return;

  rule = _ch_issue_dup_rule (issue);
  for (i = 0; i < waivers->len; i++)
    {
      const ChWaiver *waiver = g_ptr_array_index (waivers, i);

      if (waiver->until != CH_DATE_NONE && g_strcmp0 (waiver->rule, rule) == 0)
        issue->waived_until = MAX (issue->waived_until, waiver->until);
    }
}

void
_ch_case_add_issue (const ChCase *self,
                    GArray       *issues,
                    ChIssue      *issue)
{
  _ch_case_find_waiver (self, issue);
  g_array_append_val (issues, *issue);
}

gboolean
_ch_issue_is_waived (const ChIssue *issue,
                     ChDate         day)
{
  return issue->waived_until != CH_DATE_NONE && day <= issue->waived_until;
}
