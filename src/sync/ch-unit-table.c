#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-unit-table-private.h"

#include "ch-procore-error.h"
#include "ch-store-directory.h"
#include "ch-store-freshness.h"
#include "ch-store-shared.h"

/* a project counts as active for that long after something of it changed */
#define ACTIVE_SECONDS 86400
#define REFUSED_SECONDS 3600
#define FAILED_SECONDS 5
#define MAX_FAILED_SECONDS 600

/* as many as Procore lists on one page */
#define VENDORS_PER_PAGE 2000
#define PROJECTS_PER_PAGE 300

typedef struct {
  guint  n;            /* failures in a row */
  gint64 not_before;
  char  *problem;
  guint  serial;       /* counts failing units in the order in which they began to */
} Failure;

/* A tool that refused several projects in a row refuses all: one is tried now and then. */
#define MAX_REFUSED 3
#define TOOL_PAUSE_SECONDS 600

struct _ChUnitTable
{
  GArray     *units;      /* (element-type ChPlanUnit) */
  GHashTable *index;      /* (element-type ChUnit guint): where a unit stands, plus 1 */
  GArray     *projects;   /* (element-type gint64) */
  GHashTable *costs;      /* (element-type ChUnit guint): requests that it last took, where that is not 1 */
  GHashTable *read_at;    /* (element-type ChUnit gint64) */
  GHashTable *active_at;  /* (element-type gint64 gint64): when something of a project last changed */
  GHashTable *asked;      /* (element-type ChUnit ChAsked) */
  GHashTable *failures;   /* (element-type ChUnit Failure) */
  GHashTable *open;       /* (element-type gint64): projects on screen */
  guint       n_refused[CH_N_UNIT_KINDS];     /* in a row */
  gint64      kind_not_before[CH_N_UNIT_KINDS];
  guint       serial;
  gint64      now;        /* of the last load */
};

static void
failure_free (gpointer data)
{
  Failure *self = data;

  g_free (self->problem);
  g_free (self);
}

/*< private > */
ChUnitTable *
_ch_unit_table_new (void)
{
  ChUnitTable *self = g_new0 (ChUnitTable, 1);

  self->units = g_array_new (FALSE, FALSE, sizeof (ChPlanUnit));
  self->index = g_hash_table_new (ch_unit_hash, ch_unit_equal);
  self->projects = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->costs = g_hash_table_new_full (ch_unit_hash, ch_unit_equal, g_free, NULL);
  self->read_at = g_hash_table_new_full (ch_unit_hash, ch_unit_equal, g_free, g_free);
  self->active_at = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->asked = g_hash_table_new_full (ch_unit_hash, ch_unit_equal, g_free, NULL);
  self->failures = g_hash_table_new_full (ch_unit_hash, ch_unit_equal, g_free, failure_free);
  self->open = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
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
  g_free (self);
}

static ChPlanUnit *
find (ChUnitTable  *self,
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

static void
note_active (ChUnitTable *self,
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
      /* The first reading is no news. */
      if (freshness->changed_at > 0 && freshness->changed_at < freshness->read_at)
        note_active (self, freshness->project_id, freshness->changed_at);
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

static gint64
get_not_before (ChUnitTable  *self,
                const ChUnit *unit)
{
  const Failure *failure = g_hash_table_lookup (self->failures, unit);

  return MAX (failure != NULL ? failure->not_before : 0, self->kind_not_before[unit->kind]);
}

static void
add_unit (ChUnitTable *self,
          ChUnitKind   kind,
          gint64       project_id,
          gint64       commitment_id,
          guint        cost)
{
  ChPlanUnit unit = { { kind, project_id, commitment_id }, CH_INTEREST_QUIET, CH_ASKED_BY_NOBODY, MAX (cost, 1), 0, 0 };
  guint known_cost = GPOINTER_TO_UINT (g_hash_table_lookup (self->costs, &unit.unit));

  if (known_cost > 0)
    unit.cost = known_cost;
  unit.interest = get_interest (self, project_id);
  unit.asked = GPOINTER_TO_UINT (g_hash_table_lookup (self->asked, &unit.unit));
  unit.read_at = get_time (self->read_at, &unit.unit);
  unit.not_before = get_not_before (self, &unit.unit);
  g_array_append_val (self->units, unit);
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

static gboolean
is_no_unit (gpointer key,
            gpointer value,
            gpointer user_data)
{
  ChUnitTable *self = user_data;

  return !g_hash_table_contains (self->index, key);
}

static void
make_index (ChUnitTable *self)
{
  guint i;

  g_hash_table_remove_all (self->index);
  for (i = 0; i < self->units->len; i++)
    g_hash_table_insert (self->index, &g_array_index (self->units, ChPlanUnit, i).unit, GUINT_TO_POINTER (i + 1));
  g_hash_table_foreach_remove (self->asked, is_no_unit, self);
  g_hash_table_foreach_remove (self->failures, is_no_unit, self);
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
  ok = ok && add_compliances (self, store, error);
  make_index (self);
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
  return get_time (self->read_at, unit);
}

/*< private > */
void
_ch_unit_table_ask (ChUnitTable  *self,
                    const ChUnit *unit,
                    ChAsked       asked)
{
  ChPlanUnit *found = find (self, unit);
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->asked, unit));

  g_hash_table_insert (self->asked, g_memdup2 (unit, sizeof *unit), GUINT_TO_POINTER (MAX (known, (guint) asked)));
  if (found == NULL)
    return;

  found->asked = MAX (found->asked, asked);
  /* Who asks wants it tried now. */
  if (asked == CH_ASKED_BY_PERSON)
    found->not_before = 0;
}

/*< private > */
void
_ch_unit_table_ask_project (ChUnitTable *self,
                            gint64       project_id,
                            ChAsked      asked)
{
  guint i;

  for (i = 0; i < self->units->len; i++)
    {
      const ChUnit unit = g_array_index (self->units, ChPlanUnit, i).unit;

      if (unit.project_id == project_id)
        _ch_unit_table_ask (self, &unit, asked);
    }
}

static void
set_interests (ChUnitTable *self)
{
  guint i;

  for (i = 0; i < self->units->len; i++)
    {
      ChPlanUnit *unit = &g_array_index (self->units, ChPlanUnit, i);

      unit->interest = get_interest (self, unit->unit.project_id);
    }
}

/*< private > */
void
_ch_unit_table_set_open (ChUnitTable *self,
                         GArray      *project_ids,
                         gint64       now)
{
  guint i;

  self->now = now;
  g_hash_table_remove_all (self->open);
  for (i = 0; i < project_ids->len; i++)
    g_hash_table_add (self->open, g_memdup2 (&g_array_index (project_ids, gint64, i), sizeof (gint64)));
  set_interests (self);
}

static void
set_kind_pause (ChUnitTable *self,
                ChUnitKind   kind,
                gint64       not_before)
{
  guint i;

  if (self->kind_not_before[kind] == not_before)
    return;
  self->kind_not_before[kind] = not_before;
  for (i = 0; i < self->units->len; i++)
    {
      ChPlanUnit *unit = &g_array_index (self->units, ChPlanUnit, i);

      if (unit->unit.kind == kind)
        unit->not_before = get_not_before (self, &unit->unit);
    }
}

/*< private > */
void
_ch_unit_table_note_read (ChUnitTable  *self,
                          const ChUnit *unit,
                          gint64        began,
                          guint         n_requests,
                          gboolean      changed)
{
  ChPlanUnit *found = find (self, unit);
  gboolean is_first = get_time (self->read_at, unit) == 0;

  put_time (self->read_at, unit, sizeof *unit, began);
  g_hash_table_remove (self->asked, unit);
  g_hash_table_remove (self->failures, unit);
  self->n_refused[unit->kind] = 0;
  set_kind_pause (self, unit->kind, 0);
  if (n_requests > 1)
    g_hash_table_insert (self->costs, g_memdup2 (unit, sizeof *unit), GUINT_TO_POINTER (n_requests));
  else
    g_hash_table_remove (self->costs, unit);
  if (found != NULL)
    {
      found->read_at = began;
      found->asked = CH_ASKED_BY_NOBODY;
      found->not_before = 0;
      found->cost = MAX (n_requests, 1);
    }
  if (changed && !is_first && unit->project_id != 0)
    {
      self->now = began;
      note_active (self, unit->project_id, began);
      set_interests (self);
    }
}

static gint64
get_pause (const GError *error,
           guint         n)
{
  if (g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_FORBIDDEN)
      || g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_FOUND)
      || g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID))
    return REFUSED_SECONDS * (gint64) G_USEC_PER_SEC;
  return MIN ((gint64) FAILED_SECONDS << MIN (n, 10), MAX_FAILED_SECONDS) * G_USEC_PER_SEC
         + g_random_int_range (0, 2 * G_USEC_PER_SEC);
}

/*< private > */
void
_ch_unit_table_note_failure (ChUnitTable  *self,
                             const ChUnit *unit,
                             gint64        now,
                             const GError *error,
                             const char   *problem)
{
  ChPlanUnit *found = find (self, unit);
  Failure *failure = g_hash_table_lookup (self->failures, unit);

  if (failure == NULL)
    {
      failure = g_new0 (Failure, 1);
      failure->serial = ++self->serial;
      g_hash_table_insert (self->failures, g_memdup2 (unit, sizeof *unit), failure);
    }
  failure->not_before = now + get_pause (error, failure->n++);
  g_free (failure->problem);
  failure->problem = g_strdup (problem);
  g_hash_table_remove (self->asked, unit);
  if (found != NULL)
    {
      found->asked = CH_ASKED_BY_NOBODY;
      found->not_before = failure->not_before;
    }
  if (ch_unit_kind_is_of_project (unit->kind) && g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_FORBIDDEN)
      && ++self->n_refused[unit->kind] >= MAX_REFUSED)
    set_kind_pause (self, unit->kind, now + TOOL_PAUSE_SECONDS * (gint64) G_USEC_PER_SEC);
}

/*< private > */
const char *
_ch_unit_table_get_problem (ChUnitTable *self)
{
  const Failure *first = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->failures);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Failure *failure = value;

      if (first == NULL || failure->serial < first->serial)
        first = failure;
    }
  return first != NULL ? first->problem : NULL;
}
