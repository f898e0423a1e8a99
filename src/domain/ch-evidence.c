#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-case-private.h"
#include "ch-form-number.h"

/* A certificate grants no rights: an endorsement does. So what is shown has a level, and the highest one counts. */

static const char * const additional_insured_forms[] = { "CG 20 10", "CG 20 38", "CG 20 33", NULL };
static const char * const auto_additional_insured_forms[] = { "CA 20 48", NULL };
static const char * const completed_operations_forms[] = { "CG 20 37", "CG 20 10 11 85", NULL };
static const char * const primary_forms[] = { "CG 20 01", NULL };
static const char * const general_waiver_forms[] = { "CG 24 04", NULL };
static const char * const auto_waiver_forms[] = { "CA 04 44", NULL };
static const char * const workers_waiver_forms[] = { "WC 00 03 13", "WC 04 03 06", NULL };

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
has_one_of (const ChCase       *self,
            guint               certificate,
            const char * const *forms)
{
  for (; *forms != NULL; forms++)
    {
      if (_ch_evidence_has_form (self, certificate, *forms))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_title (const ChCase *self,
           guint         certificate,
           const char   *words,
           const char   *more_words)
{
  GPtrArray *endorsements = _ch_case_get_certificate (self, certificate)->endorsements;
  guint i;

  for (i = 0; i < endorsements->len; i++)
    {
      const char *entry = g_ptr_array_index (endorsements, i);

      if (ch_form_title_has (entry, words) && (more_words == NULL || ch_form_title_has (entry, more_words)))
        return TRUE;
    }

  return FALSE;
}

static ChEvidence
choose_level (gboolean form,
              gboolean description,
              gboolean box)
{
  if (form)
    return CH_EVIDENCE_FORM;
  if (description)
    return CH_EVIDENCE_DESCRIPTION;

  return box ? CH_EVIDENCE_BOX : CH_EVIDENCE_NONE;
}

static const char * const *
get_waiver_forms (ChCoverage coverage)
{
  if (coverage == CH_COVERAGE_AUTOMOBILE_LIABILITY)
    return auto_waiver_forms;
  if (coverage == CH_COVERAGE_WORKERS_COMPENSATION)
    return workers_waiver_forms;

  return general_waiver_forms;
}

/* The level at which the certificate of a policy shows a right. Forms count by line: one for general liability says
 * nothing of autos. */
ChEvidence
_ch_evidence_of (ChCase         *self,
                 const ChLine   *line,
                 const ChPooled *pooled,
                 ChRule          rule)
{
  const ChWording *wording = _ch_case_get_wording (self, pooled->certificate);
  guint at = pooled->certificate;
  const char * const *forms;

  switch (rule)
    {
    case CH_RULE_ADDITIONAL_INSURED:
      forms = line->coverage == CH_COVERAGE_AUTOMOBILE_LIABILITY ? auto_additional_insured_forms
                                                                 : additional_insured_forms;
      return choose_level (has_one_of (self, at, forms) || has_title (self, at, "additional insured", NULL),
                           wording->additional_insured,
                           pooled->policy->additional_insured == CH_MARK_YES);
    case CH_RULE_COMPLETED_OPERATIONS_ADDITIONAL_INSURED:
      return choose_level (has_one_of (self, at, completed_operations_forms)
                             || has_title (self, at, "additional insured", "completed operations"),
                           wording->completed_operations, FALSE);
    case CH_RULE_PRIMARY_NONCONTRIBUTORY:
      return choose_level (has_one_of (self, at, primary_forms)
                             || has_title (self, at, "primary", "noncontributory")
                             || has_title (self, at, "primary", "non contributory"),
                           wording->primary_noncontributory, FALSE);
    case CH_RULE_WAIVER_OF_SUBROGATION:
      return choose_level (has_one_of (self, at, get_waiver_forms (line->coverage)),
                           wording->waiver_of_subrogation,
                           pooled->policy->waiver_of_subrogation == CH_MARK_YES);
    default:
      g_return_val_if_reached (CH_EVIDENCE_NONE);
    }
}
