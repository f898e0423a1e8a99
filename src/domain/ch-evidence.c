#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-case-private.h"
#include "ch-form-number.h"

/* A certificate grants no rights: an endorsement does. So what is shown has a level, and the highest one counts.
 * Carriers have forms of their own beside ISO's; those are known by the words of their title. */

#define N_TITLES 3
#define N_WORDS 2
#define N_OTHER_WORDS 3

/**
 * Right:
 * @forms: (array zero-terminated=1): numbers of ISO's and NCCI's forms
 * @titles: words that the title of a carrier's own form must hold, all of one row
 * @not_titles_of: (nullable) (array zero-terminated=1): numbers of forms whose title may sound like it
 * @not_words: words of a title that make it another line's
 */
typedef struct {
  const char * const *forms;
  const char         *titles[N_TITLES][N_WORDS];
  const char * const *not_titles_of;
  const char         *not_words[N_OTHER_WORDS];
} Right;

static const char * const additional_insured_forms[] = { "CG 20 10", "CG 20 38", "CG 20 33", NULL };
static const char * const auto_additional_insured_forms[] = { "CA 20 48", NULL };
static const char * const completed_operations_forms[] = { "CG 20 37", "CG 20 10 11 85", NULL };
static const char * const primary_forms[] = { "CG 20 01", NULL };
static const char * const general_waiver_forms[] = { "CG 24 04", NULL };
static const char * const auto_waiver_forms[] = { "CA 04 44", NULL };
static const char * const workers_waiver_forms[] = { "WC 00 03 13", "WC 04 03 06", NULL };
/* CG 20 37 is for completed operations only; CG 20 10, 20 33 and 20 38 never give them, but for 20 10's first edition. */
static const char * const completed_only[] = { "CG 20 37", NULL };
static const char * const ongoing_only[] = { "CG 20 10", "CG 20 33", "CG 20 38", NULL };

static const Right additional_insured = {
  additional_insured_forms, { { "additional insured" } }, completed_only, { NULL }
};
static const Right auto_additional_insured = {
  auto_additional_insured_forms, { { "additional insured" } }, ongoing_only, { NULL }
};
static const Right completed_operations = {
  completed_operations_forms, { { "additional insured", "completed operations" } }, ongoing_only, { NULL }
};
static const Right primary = {
  primary_forms, { { "primary", "noncontributory" }, { "primary", "non contributory" } }, NULL, { NULL }
};
static const Right general_waiver = {
  general_waiver_forms,
  { { "waiver of subrogation" }, { "waiver of transfer of rights" } }, NULL, { "workers", "auto", "automobile" }
};
static const Right auto_waiver = {
  auto_waiver_forms, { { "waiver of subrogation", "auto" }, { "waiver of transfer of rights", "auto" } }, NULL, { NULL }
};
static const Right workers_waiver = {
  workers_waiver_forms, { { "waiver of subrogation", "workers" }, { "waiver of our right to recover" } }, NULL, { NULL }
};

/* Whether the certificate lists a form that meets @asked. */
gboolean
_ch_evidence_has_form (const ChCase *self,
                       guint         certificate,
                       const char   *asked)
{
  GPtrArray *endorsements = _ch_case_get_certificate (self, certificate)->endorsements;
  guint i;

  for (i = 0; i < endorsements->len; i++)
    {
      if (ch_form_number_meets (g_ptr_array_index (endorsements, i), asked))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_one_of (const char         *entry,
           const char * const *forms)
{
  for (; forms != NULL && *forms != NULL; forms++)
    {
      if (ch_form_number_meets (entry, *forms))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_title (const char  *entry,
           const Right *right)
{
  guint i;
  guint j;

  if (is_one_of (entry, right->not_titles_of))
    return FALSE;
  for (i = 0; i < N_OTHER_WORDS && right->not_words[i] != NULL; i++)
    {
      if (ch_form_title_has (entry, right->not_words[i]))
        return FALSE;
    }

  for (i = 0; i < N_TITLES && right->titles[i][0] != NULL; i++)
    {
      for (j = 0; j < N_WORDS && right->titles[i][j] != NULL; j++)
        {
          if (!ch_form_title_has (entry, right->titles[i][j]))
            break;
        }
      if (j == N_WORDS || right->titles[i][j] == NULL)
        return TRUE;
    }

  return FALSE;
}

/* Whether the certificate lists an endorsement that gives the right. @own: (out): one that is known by its title only,
 * where no form with a number gives it */
static gboolean
find_form (const ChCase  *self,
           guint          certificate,
           const Right   *right,
           const char   **own)
{
  GPtrArray *endorsements = _ch_case_get_certificate (self, certificate)->endorsements;
  guint i;

  *own = NULL;
  for (i = 0; i < endorsements->len; i++)
    {
      const char *entry = g_ptr_array_index (endorsements, i);

      if (is_one_of (entry, right->forms))
        {
          *own = NULL;
          return TRUE;
        }
      if (*own == NULL && has_title (entry, right))
        *own = entry;
    }

  return *own != NULL;
}

/* Forms count by line: one for general liability says nothing of autos. */
static const Right *
get_right (const ChLine *line,
           ChRule        rule)
{
  gboolean is_auto = line->coverage == CH_COVERAGE_AUTOMOBILE_LIABILITY;

  switch (rule)
    {
    case CH_RULE_ADDITIONAL_INSURED:
      return is_auto ? &auto_additional_insured : &additional_insured;
    case CH_RULE_COMPLETED_OPERATIONS_ADDITIONAL_INSURED:
      return &completed_operations;
    case CH_RULE_PRIMARY_NONCONTRIBUTORY:
      return &primary;
    default:
      if (line->coverage == CH_COVERAGE_WORKERS_COMPENSATION)
        return &workers_waiver;
      return is_auto ? &auto_waiver : &general_waiver;
    }
}

static gboolean
is_described (const ChWording *wording,
              ChRule           rule)
{
  switch (rule)
    {
    case CH_RULE_ADDITIONAL_INSURED:
      return wording->additional_insured;
    case CH_RULE_COMPLETED_OPERATIONS_ADDITIONAL_INSURED:
      return wording->completed_operations;
    case CH_RULE_PRIMARY_NONCONTRIBUTORY:
      return wording->primary_noncontributory;
    default:
      return wording->waiver_of_subrogation;
    }
}

static gboolean
is_boxed (const ChPolicy *policy,
          ChRule          rule)
{
  return (rule == CH_RULE_ADDITIONAL_INSURED && policy->additional_insured == CH_MARK_YES)
         || (rule == CH_RULE_WAIVER_OF_SUBROGATION && policy->waiver_of_subrogation == CH_MARK_YES);
}

/* The level at which the certificate of a policy shows a right. */
ChEvidence
_ch_evidence_of (ChCase         *self,
                 const ChLine   *line,
                 const ChPooled *pooled,
                 ChRule          rule)
{
  const char *own;

  if (find_form (self, pooled->certificate, get_right (line, rule), &own))
    return CH_EVIDENCE_FORM;
  if (is_described (_ch_case_get_wording (self, pooled->certificate), rule))
    return CH_EVIDENCE_DESCRIPTION;

  return is_boxed (pooled->policy, rule) ? CH_EVIDENCE_BOX : CH_EVIDENCE_NONE;
}

/* (nullable): a carrier's own form on which one of the rights asked of the line rests: a person has to read it. */
const char *
_ch_evidence_get_own_form (ChCase         *self,
                           const ChLine   *line,
                           const ChPooled *pooled)
{
  static const struct {
    ChCoverageAsk ask;
    ChRule        rule;
  } rights[] = {
    { CH_COVERAGE_ASK_ADDITIONAL_INSURED, CH_RULE_ADDITIONAL_INSURED },
    { CH_COVERAGE_ASK_COMPLETED_OPERATIONS_ADDITIONAL_INSURED, CH_RULE_COMPLETED_OPERATIONS_ADDITIONAL_INSURED },
    { CH_COVERAGE_ASK_PRIMARY_NONCONTRIBUTORY, CH_RULE_PRIMARY_NONCONTRIBUTORY },
    { CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION, CH_RULE_WAIVER_OF_SUBROGATION },
  };
  const char *own = NULL;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      if (line->asked->members[rights[i].ask] == CH_MEMBER_SET
          && line->asked->values[rights[i].ask] == CH_EVIDENCE_FORM
          && find_form (self, pooled->certificate, get_right (line, rights[i].rule), &own)
          && own != NULL)
        return own;
    }

  return NULL;
}
