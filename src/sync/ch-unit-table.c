#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-unit-table-rows-private.h"

#include "ch-store-directory.h"
#include "ch-store-freshness.h"
#include "ch-store-hooks.h"
#include "ch-store-shared.h"

/* a project counts as active for that long after something of it changed */
#define ACTIVE_SECONDS 86400

/* as many as Procore lists on one page */
#define VENDORS_PER_PAGE 2000
#define PROJECTS_PER_PAGE 300

/* A hook that is in order takes two requests. */
#define HOOK_COST 2

static void
failure_free (gpointer data)
{
  ChUnitFailure *self = data;

  g_free (self->problem);
  g_free (self);
}

/*< private > */
ChUnitTable *
_ch_unit_table_new (void)
{
  ChUnitTable *self = g_new0 (ChUnitTable, 1);

  self->units = g_array_new (FALSE, FALSE, sizeof (ChPlanUnit));
  self->index = g_hash_table_new_full (ch_unit_hash, ch_unit_equal, g_free, NULL);
  self->projects = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->costs = g_hash_table_new_full (ch_unit_hash, ch_unit_equal, g_free, NULL);
  self->read_at = g_hash_table_new_full (ch_unit_hash, ch_unit_equal, g_free, g_free);
  self->active_at = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->asked = g_hash_table_new_full (ch_unit_hash, ch_unit_equal, g_free, NULL);
  self->failures = g_hash_table_new_full (ch_unit_hash, ch_unit_equal, g_free, failure_free);
  self->open = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->lists_memberships = TRUE;
  self->told = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

/*< private > */
void
_ch_unit_table_free (ChUnitTable *self)
{
  g_array_unref (self->units);
  g_hash_table_unref (self->index);
  g_array_unref (self->projects);
  g_hash_table_unref (self->costs);
  g_hash_table_unref (self->read_at);
  g_hash_table_unref (self->active_at);
  g_hash_table_unref (self->asked);
  g_hash_table_unref (self->failures);
  g_hash_table_unref (self->open);
  g_hash_table_unref (self->told);
  g_free (self);
}

/*< private > */
ChPlanUnit *
_ch_unit_table_find (ChUnitTable  *self,
                     const ChUnit *unit)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->index, unit));

  return index > 0 ? &g_array_index (self->units, ChPlanUnit, index - 1) : NULL;
}

static void
put_time (GHashTable    *table,
          gconstpointer  key,
          gsize          key_size,
          gint64         at)
{
  g_hash_table_insert (table, g_memdup2 (key, key_size), g_memdup2 (&at, sizeof at));
}

static gint64
get_time (GHashTable    *table,
          gconstpointer  key)
{
  const gint64 *at = g_hash_table_lookup (table, key);

  return at != NULL ? *at : 0;
}

/*< private > */
void
_ch_unit_table_put_read_at (ChUnitTable  *self,
                            const ChUnit *unit,
                            gint64        at)
{
  put_time (self->read_at, unit, sizeof *unit, at);
}

/*< private > */
void
_ch_unit_table_note_active (ChUnitTable *self,
                            gint64       project_id,
                            gint64       at)
{
  if (project_id != 0 && get_time (self->active_at, &project_id) < at)
    put_time (self->active_at, &project_id, sizeof project_id, at);
}

static gboolean
load_freshness (ChUnitTable *self,
                ChStore     *store,
                GError     **error)
{
  g_autoptr (GPtrArray) all = ch_store_list_freshness (store, error);
  guint i;

  for (i = 0; all != NULL && i < all->len; i++)
    {
      const ChFreshness *freshness = g_ptr_array_index (all, i);
      ChUnit unit = { CH_UNIT_PROJECTS, freshness->project_id, freshness->commitment_id };

      if (!ch_unit_kind_from_string (freshness->unit, &unit.kind))
        continue;
      put_time (self->read_at, &unit, sizeof unit, freshness->read_at);
      if (freshness->changed_at > 0)
        _ch_unit_table_note_active (self, freshness->project_id, freshness->changed_at);
    }
  return all != NULL;
}

static ChInterest
get_interest (ChUnitTable *self,
              gint64       project_id)
{
  if (project_id == 0)
    return CH_INTEREST_QUIET;
  if (g_hash_table_contains (self->open, &project_id))
    return CH_INTEREST_OPEN;
  return get_time (self->active_at, &project_id) > self->now - ACTIVE_SECONDS * (gint64) G_USEC_PER_SEC ? CH_INTEREST_ACTIVE
                                                                                                   : CH_INTEREST_QUIET;
}

/*< private > */
void
_ch_unit_table_set_interests (ChUnitTable *self)
{
  guint i;

  for (i = 0; i < self->units->len; i++)
    {
      ChPlanUnit *unit = &g_array_index (self->units, ChPlanUnit, i);

      unit->interest = get_interest (self, unit->unit.project_id);
    }
}

/*< private > */
gint64
_ch_unit_table_get_not_before (ChUnitTable  *self,
                               const ChUnit *unit)
{
  const ChUnitFailure *failure = g_hash_table_lookup (self->failures, unit);

  return MAX (failure != NULL ? failure->not_before : 0, self->kind_not_before[unit->kind]);
}

/*< private > */
ChPlanUnit *
_ch_unit_table_add (ChUnitTable  *self,
                    const ChUnit *unit,
                    guint         cost)
{
  guint known_cost = GPOINTER_TO_UINT (g_hash_table_lookup (self->costs, unit));
  ChPlanUnit row = { .unit = *unit,
                     .interest = get_interest (self, unit->project_id),
                     .asked = GPOINTER_TO_UINT (g_hash_table_lookup (self->asked, unit)),
                     .cost = known_cost > 0 ? known_cost : MAX (cost, 1),
                     .read_at = _ch_unit_table_get_read_at (self, unit),
                     .not_before = _ch_unit_table_get_not_before (self, unit),
                     .is_told = g_hash_table_contains (self->told, &unit->project_id) };

  g_array_append_val (self->units, row);
  g_hash_table_insert (self->index, g_memdup2 (unit, sizeof *unit), GUINT_TO_POINTER (self->units->len));
  return &g_array_index (self->units, ChPlanUnit, self->units->len - 1);
}

static void
add_unit (ChUnitTable *self,
          ChUnitKind   kind,
          gint64       project_id,
          gint64       record_id,
          guint        cost)
{
  const ChUnit unit = { kind, project_id, record_id };

  _ch_unit_table_add (self, &unit, cost);
}

static guint
get_n_pages (guint n,
             guint per_page)
{
  return (n + per_page - 1) / per_page;
}

static gboolean
add_company (ChUnitTable *self,
             ChStore     *store,
             guint        n_projects,
             GError     **error)
{
  g_autoptr (GPtrArray) vendors = ch_store_list_vendors (store, error);

  if (vendors == NULL)
    return FALSE;

  add_unit (self, CH_UNIT_PROJECTS_CHANGED, 0, 0, 1);
  add_unit (self, CH_UNIT_PROJECTS, 0, 0, get_n_pages (n_projects, PROJECTS_PER_PAGE));
  add_unit (self, CH_UNIT_PROJECT_IDS, 0, 0, 1);
  add_unit (self, CH_UNIT_STAGES, 0, 0, 1);
  add_unit (self, CH_UNIT_VENDORS_CHANGED, 0, 0, 1);
  add_unit (self, CH_UNIT_VENDORS, 0, 0, get_n_pages (vendors->len, VENDORS_PER_PAGE));
  add_unit (self, CH_UNIT_INACTIVE_VENDORS, 0, 0, 1);
  add_unit (self, CH_UNIT_COMPANY_INSURANCES, 0, 0, 1);
  return TRUE;
}

static void
add_project (ChUnitTable *self,
             gint64       project_id)
{
  g_array_append_val (self->projects, project_id);
  add_unit (self, CH_UNIT_COMMITMENTS, project_id, 0, 1);
  add_unit (self, CH_UNIT_PROJECT_INSURANCES, project_id, 0, 1);
  add_unit (self, CH_UNIT_PROJECT_VENDORS, project_id, 0, 1);
  add_unit (self, CH_UNIT_INBOX, project_id, 0, 1);
}

/* Only of contracts of which something was said: nobody merges the others. */
static gboolean
add_compliances (ChUnitTable *self,
                 ChStore     *store,
                 GError     **error)
{
  g_autoptr (GPtrArray) records = ch_store_list_shared (store, CH_SHARED_COMPLIANCE, -1, 0, error);
  guint i;

  for (i = 0; records != NULL && i < records->len; i++)
    {
      const ChSharedRecord *record = g_ptr_array_index (records, i);

      if (record->base != NULL && !record->withdrawn)
        add_unit (self, CH_UNIT_COMPLIANCE, record->project_id, record->commitment_id, 1);
    }
  return records != NULL;
}

/* Single records are nobody's but the events' that ask for them. */
static void
add_records (ChUnitTable *self)
{
  GHashTableIter iter;
  gpointer unit;

  g_hash_table_iter_init (&iter, self->asked);
  while (g_hash_table_iter_next (&iter, &unit, NULL))
    {
      if (((const ChUnit *) unit)->kind == CH_UNIT_INSURANCE)
        _ch_unit_table_add (self, unit, 1);
    }
}

/* Of the company, and of each project that is at work; what was delivered only where there is a hook. */
static gboolean
add_hooks (ChUnitTable *self,
           ChStore     *store,
           GError     **error)
{
  g_autoptr (GPtrArray) hooks = ch_store_list_hooks (store, error);
  guint i;

  if (hooks == NULL)
    return FALSE;

  add_unit (self, CH_UNIT_HOOK, 0, 0, HOOK_COST);
  for (i = 0; i < self->projects->len; i++)
    add_unit (self, CH_UNIT_HOOK, g_array_index (self->projects, gint64, i), 0, HOOK_COST);
  for (i = 0; i < hooks->len; i++)
    add_unit (self, CH_UNIT_DELIVERIES, ((ChStoredHook *) g_ptr_array_index (hooks, i))->project_id, 0, 1);
  return TRUE;
}

static gboolean
is_no_unit (gpointer key,
            gpointer value,
            gpointer user_data)
{
  ChUnitTable *self = user_data;

  return !g_hash_table_contains (self->index, key);
}

/*< private > */
gboolean
_ch_unit_table_load (ChUnitTable *self,
                     ChStore     *store,
                     gint64       now,
                     GError     **error)
{
  g_autoptr (GPtrArray) projects = ch_store_list_projects (store, TRUE, error);
  gboolean ok;
  guint i;

  if (projects == NULL || !load_freshness (self, store, error))
    return FALSE;

  self->now = now;
  g_hash_table_remove_all (self->index);
  g_array_set_size (self->units, 0);
  g_array_set_size (self->projects, 0);
  ok = add_company (self, store, projects->len, error);
  for (i = 0; i < projects->len; i++)
    {
      const ChProject *project = g_ptr_array_index (projects, i);

      if (!project->is_template)
        add_project (self, project->id);
    }
  ok = ok && add_compliances (self, store, error) && (!self->has_webhooks || add_hooks (self, store, error));
  add_records (self);
  g_hash_table_foreach_remove (self->asked, is_no_unit, self);
  g_hash_table_foreach_remove (self->failures, is_no_unit, self);
  return ok;
}

/*< private > */
const ChPlanUnit *
_ch_unit_table_get_units (ChUnitTable *self,
                          guint       *n_units)
{
  *n_units = self->units->len;
  return (const ChPlanUnit *) self->units->data;
}

/*< private > */
GArray *
_ch_unit_table_get_projects (ChUnitTable *self)
{
  return self->projects;
}

/*< private > */
gint64
_ch_unit_table_get_read_at (ChUnitTable  *self,
                            const ChUnit *unit)
{
  const ChUnit vendors = { CH_UNIT_VENDORS, 0, 0 };
  gint64 read_at = get_time (self->read_at, unit);

  /* The list of all subs says who works where. */
  if (unit->kind == CH_UNIT_PROJECT_VENDORS && self->lists_memberships)
    read_at = MAX (read_at, get_time (self->read_at, &vendors));
  return read_at;
}

