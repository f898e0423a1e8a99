#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-policy.h"

static const char * const basis_names[] = { NULL, "occurrence", "claims_made" };
static const char * const aggregate_per_names[] = { NULL, "policy", "project", "location" };
static const char * const umbrella_kind_names[] = { NULL, "umbrella", "excess" };
static const char * const autos_names[] = { "any", "owned", "scheduled", "hired", "non_owned" };

/* The index of @text in @names, 0 (which stands for absent) where it is not there. */
static int
find_name (const char * const *names,
           guint               n_names,
           const char         *text)
{
  guint i;

  for (i = 1; text != NULL && i < n_names; i++)
    {
      if (g_str_equal (names[i], text))
        return (int) i;
    }

  return 0;
}

/**
 * ch_policy_new:
 *
 * Returns: (transfer full): a policy that shows nothing
 */
ChPolicy *
ch_policy_new (void)
{
  ChPolicy *self = g_new0 (ChPolicy, 1);
  int i;

  self->effective = CH_DATE_NONE;
  self->expiration = CH_DATE_NONE;
  self->additional_insured = CH_MARK_ABSENT;
  self->waiver_of_subrogation = CH_MARK_ABSENT;
  self->statutory = CH_MARK_ABSENT;
  self->owner_excluded = CH_MARK_ABSENT;
  self->retroactive_date = CH_DATE_NONE;
  for (i = 0; i < CH_N_LIMITS; i++)
    self->limits[i] = CH_MONEY_ABSENT;

  return self;
}

ChPolicy *
ch_policy_copy (const ChPolicy *self)
{
  ChPolicy *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (ChPolicy, 1);
  *copy = *self;
  copy->coverage_text = g_strdup (self->coverage_text);
  copy->insurer = g_strdup (self->insurer);
  copy->policy_number = g_strdup (self->policy_number);
  copy->tail = g_strdup (self->tail);

  return copy;
}

void
ch_policy_free (ChPolicy *self)
{
  if (self == NULL)
    return;

  g_free (self->coverage_text);
  g_free (self->insurer);
  g_free (self->policy_number);
  g_free (self->tail);
  g_free (self);
}

/**
 * ch_policy_in_force_on:
 * @self: a policy
 * @day: a day
 *
 * A policy ends at 12:01 AM of its expiration date, so that day is not covered. One without both dates is in force on
 * no day.
 *
 * Returns: whether effective ≤ @day < expiration
 */
gboolean
ch_policy_in_force_on (const ChPolicy *self,
                       ChDate          day)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return day != CH_DATE_NONE
         && self->effective != CH_DATE_NONE
         && self->expiration != CH_DATE_NONE
         && self->effective <= day
         && day < self->expiration;
}

/**
 * ch_basis_to_string:
 *
 * Returns: (transfer none) (nullable): the name in JSON, %NULL for %CH_BASIS_ABSENT
 */
const char *
ch_basis_to_string (ChBasis basis)
{
  g_return_val_if_fail ((guint) basis < G_N_ELEMENTS (basis_names), NULL);

  return basis_names[basis];
}

/**
 * ch_basis_from_string:
 * @text: (nullable): a name as in JSON
 *
 * Returns: the basis, %CH_BASIS_ABSENT where the name is unknown
 */
ChBasis
ch_basis_from_string (const char *text)
{
  return (ChBasis) find_name (basis_names, G_N_ELEMENTS (basis_names), text);
}

/**
 * ch_aggregate_per_to_string:
 *
 * Returns: (transfer none) (nullable): the name in JSON, %NULL for %CH_AGGREGATE_PER_ABSENT
 */
const char *
ch_aggregate_per_to_string (ChAggregatePer per)
{
  g_return_val_if_fail ((guint) per < G_N_ELEMENTS (aggregate_per_names), NULL);

  return aggregate_per_names[per];
}

/**
 * ch_aggregate_per_from_string:
 * @text: (nullable): a name as in JSON
 *
 * Returns: what the aggregate applies to, %CH_AGGREGATE_PER_ABSENT where the name is unknown
 */
ChAggregatePer
ch_aggregate_per_from_string (const char *text)
{
  return (ChAggregatePer) find_name (aggregate_per_names, G_N_ELEMENTS (aggregate_per_names), text);
}

/**
 * ch_umbrella_kind_to_string:
 *
 * Returns: (transfer none) (nullable): the name in JSON, %NULL for %CH_UMBRELLA_KIND_ABSENT
 */
const char *
ch_umbrella_kind_to_string (ChUmbrellaKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (umbrella_kind_names), NULL);

  return umbrella_kind_names[kind];
}

/**
 * ch_umbrella_kind_from_string:
 * @text: (nullable): a name as in JSON
 *
 * Returns: the kind, %CH_UMBRELLA_KIND_ABSENT where the name is unknown
 */
ChUmbrellaKind
ch_umbrella_kind_from_string (const char *text)
{
  return (ChUmbrellaKind) find_name (umbrella_kind_names, G_N_ELEMENTS (umbrella_kind_names), text);
}

/**
 * ch_autos_to_string:
 * @one: a single box
 *
 * Returns: (transfer none) (nullable): its name in JSON; %NULL for none, and for several at once
 */
const char *
ch_autos_to_string (ChAutos one)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (autos_names); i++)
    {
      if ((guint) one == 1u << i)
        return autos_names[i];
    }

  return NULL;
}

/**
 * ch_autos_from_string:
 * @text: (nullable): one name as in JSON
 *
 * Returns: the box, %CH_AUTOS_NONE where the name is unknown
 */
ChAutos
ch_autos_from_string (const char *text)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (autos_names); i++)
    {
      if (g_strcmp0 (text, autos_names[i]) == 0)
        return (ChAutos) (1u << i);
    }

  return CH_AUTOS_NONE;
}
