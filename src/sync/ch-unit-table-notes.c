#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-unit-table-rows-private.h"

#include "ch-procore-error.h"

/* What happens to units: they are asked for, shown, read, and fail. */

#define REFUSED_SECONDS 3600
#define FAILED_SECONDS 5
#define MAX_FAILED_SECONDS 600

/* A tool that refused several projects in a row refuses all: one is tried now and then. */
#define MAX_REFUSED 3
#define TOOL_PAUSE_SECONDS 600

/* A unit is read for events that often at most. */
#define EVENTS_APART G_USEC_PER_SEC

/*< private > */
void
_ch_unit_table_ask (ChUnitTable  *self,
                    const ChUnit *unit,
                    ChAsked       asked)
{
  ChPlanUnit *found = _ch_unit_table_find (self, unit);
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->asked, unit));

  g_hash_table_insert (self->asked, g_memdup2 (unit, sizeof *unit), GUINT_TO_POINTER (MAX (known, (guint) asked)));
  if (found == NULL)
    return;

  found->asked = MAX (found->asked, asked);
  /* Who asks wants it tried now. */
  if (asked == CH_ASKED_BY_PERSON)
    found->not_before = 0;
}

static gboolean
is_asked (ChUnitTable  *self,
          const ChUnit *unit)
{
  return g_hash_table_contains (self->asked, unit);
}

static gboolean
is_record (gpointer key,
           gpointer value,
           gpointer user_data)
{
  return ((const ChUnit *) key)->kind == CH_UNIT_INSURANCE;
}

/* One more record; where the whole list is not dearer, it is asked for instead. */
static gboolean
ask_for_list_instead (ChUnitTable *self)
{
  const ChUnit list = { CH_UNIT_COMPANY_INSURANCES, 0, 0 };
  const ChPlanUnit *row = _ch_unit_table_find (self, &list);
  guint i;

  if (row == NULL || ++self->n_records <= row->cost)
    return FALSE;

  self->n_records = 0;
  g_hash_table_foreach_remove (self->asked, is_record, NULL);
  for (i = 0; i < self->units->len; i++)
    {
      ChPlanUnit *unit = &g_array_index (self->units, ChPlanUnit, i);

      if (unit->unit.kind == CH_UNIT_INSURANCE)
        unit->asked = CH_ASKED_BY_NOBODY;
    }
  _ch_unit_table_ask (self, &list, CH_ASKED_BY_EVENT);
  return TRUE;
}

/*< private > */
void
_ch_unit_table_ask_by_event (ChUnitTable  *self,
                             const ChUnit *unit,
                             gint64        now)
{
  const ChUnit list = { CH_UNIT_COMPANY_INSURANCES, 0, 0 };
  ChPlanUnit *found;

  if (is_asked (self, unit))
    return;
  if (unit->kind == CH_UNIT_INSURANCE)
    {
      if (is_asked (self, &list) || ask_for_list_instead (self))
        return;
      if (_ch_unit_table_find (self, unit) == NULL)
        _ch_unit_table_add (self, unit, 1);
    }

  _ch_unit_table_ask (self, unit, CH_ASKED_BY_EVENT);
  found = _ch_unit_table_find (self, unit);
  if (found != NULL && found->read_at <= now && now - found->read_at < EVENTS_APART)
    found->not_before = MAX (found->not_before, found->read_at + EVENTS_APART);
}

/*< private > */
void
_ch_unit_table_ask_all (ChUnitTable *self,
                        ChAsked      asked)
{
  guint i;

  for (i = 0; i < self->units->len; i++)
    {
      const ChUnit unit = g_array_index (self->units, ChPlanUnit, i).unit;

      if (unit.kind < CH_UNIT_INSURANCE)
        _ch_unit_table_ask (self, &unit, asked);
    }
}

/*< private > */
gboolean
_ch_unit_table_is_asked_by_events (ChUnitTable *self)
{
  GHashTableIter iter;
  gpointer asked;

  g_hash_table_iter_init (&iter, self->asked);
  while (g_hash_table_iter_next (&iter, NULL, &asked))
    {
      if (GPOINTER_TO_UINT (asked) == CH_ASKED_BY_EVENT)
        return TRUE;
    }
  return FALSE;
}

/* What was read of all subs was read of each project's. */
static void
take_memberships (ChUnitTable *self)
{
  guint i;

  for (i = 0; i < self->units->len; i++)
    {
      ChPlanUnit *unit = &g_array_index (self->units, ChPlanUnit, i);

      if (unit->unit.kind == CH_UNIT_PROJECT_VENDORS)
        unit->read_at = _ch_unit_table_get_read_at (self, &unit->unit);
    }
}

/*< private > */
void
_ch_unit_table_set_lists_memberships (ChUnitTable *self,
                                      gboolean     lists_memberships)
{
  if (lists_memberships == self->lists_memberships)
    return;
  self->lists_memberships = lists_memberships;
  take_memberships (self);
}

/*< private > */
void
_ch_unit_table_set_webhooks (ChUnitTable *self,
                             gboolean     on)
{
  self->has_webhooks = on;
}

/*< private > */
void
_ch_unit_table_set_told (ChUnitTable *self,
                         gint64       project_id,
                         gboolean     told)
{
  guint i;

  if (told)
    g_hash_table_add (self->told, g_memdup2 (&project_id, sizeof project_id));
  else
    g_hash_table_remove (self->told, &project_id);
  for (i = 0; i < self->units->len; i++)
    {
      ChPlanUnit *unit = &g_array_index (self->units, ChPlanUnit, i);

      if (unit->unit.project_id == project_id)
        unit->is_told = told;
    }
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

      if (unit.project_id == project_id && ch_unit_kind_is_of_project (unit.kind))
        _ch_unit_table_ask (self, &unit, asked);
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
  _ch_unit_table_set_interests (self);
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
        unit->not_before = _ch_unit_table_get_not_before (self, &unit->unit);
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
  ChPlanUnit *found = _ch_unit_table_find (self, unit);
  gboolean is_first = _ch_unit_table_get_read_at (self, unit) == 0;

  _ch_unit_table_put_read_at (self, unit, began);
  if (unit->kind == CH_UNIT_INSURANCE && self->n_records > 0 && g_hash_table_contains (self->asked, unit))
    self->n_records--;
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
  if (unit->kind == CH_UNIT_VENDORS)
    take_memberships (self);
  if (changed && !is_first && unit->project_id != 0)
    {
      self->now = began;
      _ch_unit_table_note_active (self, unit->project_id, began);
      _ch_unit_table_set_interests (self);
    }
}

/*< private > */
void
_ch_unit_table_come_forth (ChUnitTable *self,
                           gint64       by)
{
  GHashTableIter iter;
  gpointer failure;
  guint i;

  g_hash_table_iter_init (&iter, self->failures);
  while (g_hash_table_iter_next (&iter, NULL, &failure))
    ((ChUnitFailure *) failure)->not_before -= by;
  for (i = 0; i < CH_N_UNIT_KINDS; i++)
    self->kind_not_before[i] -= MIN (by, self->kind_not_before[i]);
  for (i = 0; i < self->units->len; i++)
    {
      ChPlanUnit *unit = &g_array_index (self->units, ChPlanUnit, i);

      unit->not_before = _ch_unit_table_get_not_before (self, &unit->unit);
    }
}

static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_FORBIDDEN)
         || g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_FOUND)
         || g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID);
}

static gint64
get_pause (const GError *error,
           guint         n)
{
  if (is_refusal (error))
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
  ChPlanUnit *found = _ch_unit_table_find (self, unit);
  ChUnitFailure *failure = g_hash_table_lookup (self->failures, unit);

  if (failure == NULL)
    {
      failure = g_new0 (ChUnitFailure, 1);
      failure->serial = ++self->serial;
      g_hash_table_insert (self->failures, g_memdup2 (unit, sizeof *unit), failure);
    }
  failure->not_before = now + get_pause (error, failure->n++);
  g_free (failure->problem);
  failure->problem = g_strdup (problem);
  /* What an event asked for has still to be read; a person has seen that it failed. */
  if (is_refusal (error))
    g_hash_table_remove (self->asked, unit);
  else if (is_asked (self, unit))
    g_hash_table_insert (self->asked, g_memdup2 (unit, sizeof *unit), GUINT_TO_POINTER (CH_ASKED_BY_EVENT));
  if (found != NULL)
    {
      found->asked = GPOINTER_TO_UINT (g_hash_table_lookup (self->asked, unit));
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
  const ChUnitFailure *first = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->failures);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const ChUnitFailure *failure = value;

      if (first == NULL || failure->serial < first->serial)
        first = failure;
    }
  return first != NULL ? first->problem : NULL;
}
