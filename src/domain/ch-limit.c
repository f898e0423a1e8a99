#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-limit.h"

static const char * const names[CH_N_LIMITS] = {
  [CH_LIMIT_EACH_OCCURRENCE] = "each_occurrence",
  [CH_LIMIT_DAMAGE_TO_RENTED_PREMISES] = "damage_to_rented_premises",
  [CH_LIMIT_MEDICAL_EXPENSE] = "medical_expense",
  [CH_LIMIT_PERSONAL_ADVERTISING_INJURY] = "personal_advertising_injury",
  [CH_LIMIT_GENERAL_AGGREGATE] = "general_aggregate",
  [CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE] = "products_completed_operations_aggregate",
  [CH_LIMIT_COMBINED_SINGLE_LIMIT] = "combined_single_limit",
  [CH_LIMIT_BODILY_INJURY_PER_PERSON] = "bodily_injury_per_person",
  [CH_LIMIT_BODILY_INJURY_PER_ACCIDENT] = "bodily_injury_per_accident",
  [CH_LIMIT_PROPERTY_DAMAGE] = "property_damage",
  [CH_LIMIT_AGGREGATE] = "aggregate",
  [CH_LIMIT_RETENTION] = "retention",
  [CH_LIMIT_EL_EACH_ACCIDENT] = "el_each_accident",
  [CH_LIMIT_EL_DISEASE_EACH_EMPLOYEE] = "el_disease_each_employee",
  [CH_LIMIT_EL_DISEASE_POLICY_LIMIT] = "el_disease_policy_limit",
};

/**
 * ch_limit_to_string:
 *
 * Returns: (transfer none): the limit's key in certificate and requirement JSON
 */
const char *
ch_limit_to_string (ChLimit limit)
{
  g_return_val_if_fail ((int) limit >= 0 && (int) limit < CH_N_LIMITS, names[0]);

  return names[limit];
}

/**
 * ch_limit_from_string:
 * @text: (nullable): a key as in JSON
 * @limit: (out): untouched where the key is unknown
 *
 * Returns: whether @text names a limit
 */
gboolean
ch_limit_from_string (const char *text,
                      ChLimit    *limit)
{
  int i;

  for (i = 0; i < CH_N_LIMITS; i++)
    {
      if (g_strcmp0 (text, names[i]) == 0)
        {
          *limit = (ChLimit) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * ch_limit_is_aggregate:
 *
 * Returns: whether the amount is for all claims of the policy period together, so that an umbrella fills it from its
 *   aggregate. The employers' liability policy limit is none here: an umbrella answers it per occurrence.
 */
gboolean
ch_limit_is_aggregate (ChLimit limit)
{
  return limit == CH_LIMIT_GENERAL_AGGREGATE
         || limit == CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE
         || limit == CH_LIMIT_AGGREGATE;
}
