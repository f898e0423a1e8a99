#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-field-label.h"

#include <glib/gi18n-lib.h>

static const char * const limit_labels[CH_N_LIMITS] = {
  [CH_LIMIT_EACH_OCCURRENCE] = N_("Each occurrence"),
  [CH_LIMIT_DAMAGE_TO_RENTED_PREMISES] = N_("Damage to rented premises"),
  [CH_LIMIT_MEDICAL_EXPENSE] = N_("Medical expense (one person)"),
  [CH_LIMIT_PERSONAL_ADVERTISING_INJURY] = N_("Personal and advertising injury"),
  [CH_LIMIT_GENERAL_AGGREGATE] = N_("General aggregate"),
  [CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE] = N_("Products and completed operations aggregate"),
  [CH_LIMIT_COMBINED_SINGLE_LIMIT] = N_("Combined single limit"),
  [CH_LIMIT_BODILY_INJURY_PER_PERSON] = N_("Bodily injury (per person)"),
  [CH_LIMIT_BODILY_INJURY_PER_ACCIDENT] = N_("Bodily injury (per accident)"),
  [CH_LIMIT_PROPERTY_DAMAGE] = N_("Property damage"),
  [CH_LIMIT_AGGREGATE] = N_("Aggregate"),
  [CH_LIMIT_RETENTION] = N_("Retention"),
  [CH_LIMIT_EL_EACH_ACCIDENT] = N_("Employers’ liability, each accident"),
  [CH_LIMIT_EL_DISEASE_EACH_EMPLOYEE] = N_("Employers’ liability, disease, each employee"),
  [CH_LIMIT_EL_DISEASE_POLICY_LIMIT] = N_("Employers’ liability, disease, policy limit"),
};

const char *
ch_limit_get_label (ChLimit limit)
{
  g_return_val_if_fail ((guint)limit < CH_N_LIMITS, "");

  return g_dgettext (GETTEXT_PACKAGE, limit_labels[limit]);
}

const char *
ch_coverage_get_label (ChCoverage coverage)
{
  switch (coverage)
    {
    case CH_COVERAGE_GENERAL_LIABILITY:
      return _("General liability");
    case CH_COVERAGE_AUTOMOBILE_LIABILITY:
      return _("Automobile liability");
    case CH_COVERAGE_UMBRELLA_EXCESS:
      return _("Umbrella or excess");
    case CH_COVERAGE_WORKERS_COMPENSATION:
      return _("Workers’ compensation");
    case CH_COVERAGE_OTHER:
    default:
      return _("Other coverage");
    }
}

const char *
ch_policy_get_title (const ChPolicy *policy)
{
  g_return_val_if_fail (policy != NULL, "");

  return policy->coverage == CH_COVERAGE_OTHER && policy->coverage_text != NULL
           ? policy->coverage_text : ch_coverage_get_label (policy->coverage);
}

/**
 * ch_coverage_has_limit:
 * @coverage: a section of an ACORD 25
 * @limit: an amount
 *
 * Returns: whether the section has a place for the amount; the last section has two free ones
 */
gboolean
ch_coverage_has_limit (ChCoverage coverage,
                       ChLimit    limit)
{
  switch (coverage)
    {
    case CH_COVERAGE_GENERAL_LIABILITY:
      return limit <= CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE;
    case CH_COVERAGE_AUTOMOBILE_LIABILITY:
      return limit >= CH_LIMIT_COMBINED_SINGLE_LIMIT && limit <= CH_LIMIT_PROPERTY_DAMAGE;
    case CH_COVERAGE_UMBRELLA_EXCESS:
      return limit == CH_LIMIT_EACH_OCCURRENCE || limit == CH_LIMIT_AGGREGATE || limit == CH_LIMIT_RETENTION;
    case CH_COVERAGE_WORKERS_COMPENSATION:
      return limit >= CH_LIMIT_EL_EACH_ACCIDENT;
    case CH_COVERAGE_OTHER:
    default:
      return limit == CH_LIMIT_EACH_OCCURRENCE || limit == CH_LIMIT_AGGREGATE;
    }
}
