#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-unit.h"

static const char *const names[CH_N_UNIT_KINDS] = {
  [CH_UNIT_PROJECTS_CHANGED] = "projects_changed",
  [CH_UNIT_PROJECTS] = "projects",
  [CH_UNIT_PROJECT_IDS] = "project_ids",
  [CH_UNIT_STAGES] = "stages",
  [CH_UNIT_VENDORS_CHANGED] = "vendors_changed",
  [CH_UNIT_VENDORS] = "vendors",
  [CH_UNIT_INACTIVE_VENDORS] = "inactive_vendors",
  [CH_UNIT_COMPANY_INSURANCES] = "company_insurances",
  [CH_UNIT_PROJECT_VENDORS] = "project_vendors",
  [CH_UNIT_COMMITMENTS] = "commitments",
  [CH_UNIT_PROJECT_INSURANCES] = "project_insurances",
  [CH_UNIT_INBOX] = "inbox",
  [CH_UNIT_COMPLIANCE] = "compliance",
  [CH_UNIT_INSURANCE] = "insurance",
  [CH_UNIT_HOOK] = "hook",
  [CH_UNIT_DELIVERIES] = "deliveries",
};

/**
 * ch_unit_kind_to_string:
 * @kind: a kind of unit
 *
 * Returns: its name, for logs, the database and --json
 */
const char *
ch_unit_kind_to_string (ChUnitKind kind)
{
  g_return_val_if_fail (kind < CH_N_UNIT_KINDS, NULL);

  return names[kind];
}

/**
 * ch_unit_kind_from_string:
 * @name: a name
 * @kind: (out): the kind that it names
 *
 * Returns: whether there is one; a newer program may have known more
 */
gboolean
ch_unit_kind_from_string (const char *name,
                          ChUnitKind *kind)
{
  guint i;

  for (i = 0; i < CH_N_UNIT_KINDS; i++)
    {
      if (g_strcmp0 (name, names[i]) == 0)
        {
          *kind = i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * ch_unit_kind_is_of_project:
 * @kind: a kind of unit
 *
 * Returns: whether it reads something of a project
 */
gboolean
ch_unit_kind_is_of_project (ChUnitKind kind)
{
  return kind >= CH_UNIT_PROJECT_VENDORS && kind <= CH_UNIT_COMPLIANCE;
}

/**
 * ch_unit_hash:
 * @unit: a #ChUnit
 *
 * Returns: a hash of it, for tables
 */
guint
ch_unit_hash (gconstpointer unit)
{
  const ChUnit *self = unit;

  return g_int64_hash (&self->project_id) * 31 + g_int64_hash (&self->record_id) + self->kind;
}

/**
 * ch_unit_equal:
 * @a: a #ChUnit
 * @b: another
 *
 * Returns: whether they are the same list of the same scope
 */
gboolean
ch_unit_equal (gconstpointer a,
               gconstpointer b)
{
  const ChUnit *left = a;
  const ChUnit *right = b;

  return left->kind == right->kind && left->project_id == right->project_id && left->record_id == right->record_id;
}
