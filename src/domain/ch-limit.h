#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChLimit:
 *
 * Every amount that an ACORD 25 can show. The string form is the key in certificate and requirement JSON.
 */
typedef enum {
  CH_LIMIT_EACH_OCCURRENCE,
  CH_LIMIT_DAMAGE_TO_RENTED_PREMISES,
  CH_LIMIT_MEDICAL_EXPENSE,
  CH_LIMIT_PERSONAL_ADVERTISING_INJURY,
  CH_LIMIT_GENERAL_AGGREGATE,
  CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE,
  CH_LIMIT_COMBINED_SINGLE_LIMIT,
  CH_LIMIT_BODILY_INJURY_PER_PERSON,
  CH_LIMIT_BODILY_INJURY_PER_ACCIDENT,
  CH_LIMIT_PROPERTY_DAMAGE,
  CH_LIMIT_AGGREGATE,
  CH_LIMIT_RETENTION,
  CH_LIMIT_EL_EACH_ACCIDENT,
  CH_LIMIT_EL_DISEASE_EACH_EMPLOYEE,
  CH_LIMIT_EL_DISEASE_POLICY_LIMIT,
} ChLimit;

#define CH_N_LIMITS (CH_LIMIT_EL_DISEASE_POLICY_LIMIT + 1)

/* Whole dollars. Zero is a printed 0; an amount that is not shown is CH_MONEY_ABSENT. */
#define CH_MONEY_ABSENT ((gint64) -1)

const char *ch_limit_to_string    (ChLimit     limit);
gboolean    ch_limit_from_string  (const char *text,
                                   ChLimit    *limit);
gboolean    ch_limit_is_aggregate (ChLimit     limit);

G_END_DECLS
