#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-seal-private.h"
#include "ch-verdict-rows-private.h"

/* Verdicts are never changed or deleted: a new one supersedes the one before; the history answers for any moment. */

static gboolean
add_findings (ChQuery     *query,
              GHashTable  *by_id,
              GError     **error)
{
  while (_ch_query_next (query))
    {
      gint64 id = _ch_finding_get_owner (query);
      ChStoredVerdict *stored = g_hash_table_lookup (by_id, &id);

      if (stored != NULL)
        g_ptr_array_add (stored->verdict->findings, _ch_finding_from_row (query));
    }

  return _ch_query_finish (query, error);
}

/* *stored is NULL where there is none */
static gboolean
get_current (ChStore          *self,
             gint64            project_id,
             gint64            vendor_id,
             gint64            commitment_id,
             ChStoredVerdict **stored,
             GError          **error)
{
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(ChQuery) query = _ch_store_query (self, "get-current-verdict");
  g_autoptr(ChQuery) findings = NULL;
  g_autoptr(ChStoredVerdict) found = NULL;

  _ch_query_bind_integer (query, project_id);
  _ch_query_bind_integer (query, vendor_id);
  _ch_query_bind_integer (query, commitment_id);
  if (_ch_query_next (query))
    found = _ch_verdict_from_row (query);
  if (!_ch_query_finish (query, error))
    return FALSE;

  if (found != NULL)
    {
      g_hash_table_insert (by_id, &found->id, found);
      findings = _ch_store_query (self, "list-findings-of-verdict");
      _ch_query_bind_integer (findings, found->id);
      if (!add_findings (findings, by_id, error))
        return FALSE;
    }
  *stored = g_steal_pointer (&found);

  return TRUE;
}

static gboolean
is_same_place (const ChFindingPlace *a,
               const ChFindingPlace *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_strcmp0 (a->certificate_id, b->certificate_id) == 0 && g_strcmp0 (a->path, b->path) == 0 &&
         a->page == b->page;
}

static gboolean
is_same_finding (const ChFinding *a,
                 const ChFinding *b)
{
  return a->severity == b->severity && !a->waived == !b->waived && g_strcmp0 (a->rule, b->rule) == 0 &&
         g_strcmp0 (a->coverage, b->coverage) == 0 && g_strcmp0 (a->expected, b->expected) == 0 &&
         g_strcmp0 (a->found, b->found) == 0 && g_strcmp0 (a->text, b->text) == 0 &&
         g_strcmp0 (a->subject, b->subject) == 0 && a->layer == b->layer && !a->is_stage == !b->is_stage &&
         is_same_place (a->place, b->place);
}

/* What a verdict was made from is part of what it says: a claim asks for it years later. */
static gboolean
says_the_same (const ChStoredVerdict *a,
               const ChStoredVerdict *b)
{
  if (a->status != b->status || a->verdict->status != b->verdict->status ||
      a->verdict->changes_on != b->verdict->changes_on || !a->has_requirements != !b->has_requirements ||
      g_strcmp0 (a->inputs, b->inputs) != 0 || a->verdict->findings->len != b->verdict->findings->len)
    return FALSE;

  for (guint i = 0; i < a->verdict->findings->len; i++)
    {
      if (!is_same_finding (g_ptr_array_index (a->verdict->findings, i), g_ptr_array_index (b->verdict->findings, i)))
        return FALSE;
    }

  return TRUE;
}

/* The moment at which it ends and the next begins: never before it began, should the clock have been set back. */
static gboolean
supersede (ChStore                *self,
           const ChStoredVerdict  *current,
           gint64                 *at,
           GError                **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "supersede-verdict");

  *at = MAX (self->now, current->judged_at);
  _ch_query_bind_integer (query, *at);
  _ch_query_bind_integer (query, current->id);
  _ch_seal_touch (self, CH_SEAL_VERDICT, current->id);

  return _ch_query_run (query, error);
}

static gboolean
add_row (ChStore                *self,
         const ChStoredVerdict  *stored,
         gint64                  judged_at,
         gint64                 *id,
         GError                **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "add-verdict");

  _ch_query_bind_integer (query, stored->project_id);
  _ch_query_bind_integer (query, stored->vendor_id);
  _ch_query_bind_id (query, stored->commitment_id);
  _ch_query_bind_text (query, ch_status_to_string (stored->status));
  _ch_query_bind_text (query, ch_status_to_string (stored->verdict->status));
  _ch_query_bind_date (query, stored->verdict->changes_on);
  _ch_query_bind_boolean (query, stored->has_requirements);
  _ch_query_bind_text (query, stored->inputs);
  _ch_query_bind_integer (query, judged_at);
  _ch_query_bind_date (query, stored->verdict->judge_again_on);

  return _ch_query_run_for_id (query, id, error);
}

static void
bind_place (ChQuery              *query,
            const ChFindingPlace *place)
{
  gboolean has_page = place != NULL && place->page > 0;

  _ch_query_bind_text (query, place != NULL ? place->certificate_id : NULL);
  _ch_query_bind_text (query, place != NULL ? place->path : NULL);
  _ch_query_bind_id (query, has_page ? place->page : 0);
  for (guint i = 0; i < 4; i++)
    {
      if (has_page)
        _ch_query_bind_real (query, place->box[i]);
      else
        _ch_query_bind_id (query, 0);
    }
}

static gboolean
add_finding (ChStore          *self,
             gint64            verdict_id,
             guint             position,
             const ChFinding  *finding,
             GError          **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "add-finding");

  _ch_query_bind_integer (query, verdict_id);
  _ch_query_bind_integer (query, position);
  _ch_query_bind_text (query, finding->rule);
  _ch_query_bind_text (query, finding->coverage);
  _ch_query_bind_text (query, ch_severity_to_string (finding->severity));
  _ch_query_bind_text (query, finding->expected);
  _ch_query_bind_text (query, finding->found);
  _ch_query_bind_text (query, finding->text);
  _ch_query_bind_boolean (query, finding->waived);
  _ch_query_bind_text (query, finding->subject);
  if (finding->layer >= 0)
    _ch_query_bind_integer (query, finding->layer);
  else
    _ch_query_bind_id (query, 0);
  _ch_query_bind_boolean (query, finding->is_stage);
  bind_place (query, finding->place);

  return _ch_query_run (query, error);
}

/* The moment at which one begins where none stands: never before the last one ended, should the clock have been set
 * back. */
static gboolean
find_beginning (ChStore                *self,
                const ChStoredVerdict  *stored,
                gint64                 *at,
                GError                **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "get-last-verdict-end");

  _ch_query_bind_integer (query, stored->project_id);
  _ch_query_bind_integer (query, stored->vendor_id);
  _ch_query_bind_integer (query, stored->commitment_id);
  *at = self->now;
  if (_ch_query_next (query))
    *at = MAX (*at, _ch_query_get_integer (query, 0));

  return _ch_query_finish (query, error);
}

static gboolean
put (ChStore                *self,
     const ChStoredVerdict  *current,
     const ChStoredVerdict  *stored,
     GError                **error)
{
  gint64 judged_at;
  gint64 id = 0;

  if (!(current != NULL ? supersede (self, current, &judged_at, error)
                        : find_beginning (self, stored, &judged_at, error)))
    return FALSE;
  if (!add_row (self, stored, judged_at, &id, error))
    return FALSE;
  for (guint i = 0; i < stored->verdict->findings->len; i++)
    {
      if (!add_finding (self, id, i, g_ptr_array_index (stored->verdict->findings, i), error))
        return FALSE;
    }
  _ch_seal_touch (self, CH_SEAL_VERDICT, id);
  _ch_store_note (self, CH_KIND_VERDICT, stored->vendor_id);

  return TRUE;
}

static gboolean
set_judge_again (ChStore                *self,
                 const ChStoredVerdict  *current,
                 ChDate                  day,
                 GError                **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "set-judge-again");

  _ch_query_bind_date (query, day);
  _ch_query_bind_integer (query, current->id);
  if (!_ch_query_run (query, error))
    return FALSE;

  /* The lapse clock has another day to wait for. */
  _ch_store_note (self, CH_KIND_VERDICT, current->vendor_id);
  return TRUE;
}

/**
 * ch_store_put_verdict:
 * @verdict: its ids, judged_at and superseded_at are not used: it stands from the act's time on
 * @changed: (out) (nullable): whether it says something else than the current one
 *
 * "The same" is status, decision, findings in their order, day of change, whether anything is asked, and inputs. The
 * day on which it is to be judged again is noted either way.
 */
gboolean
ch_store_put_verdict (ChStore                *self,
                      const ChStoredVerdict  *verdict,
                      gboolean               *changed,
                      GError                **error)
{
  g_autoptr(ChStoredVerdict) current = NULL;
  gboolean same;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (verdict != NULL && verdict->verdict != NULL, FALSE);

  if (!get_current (self, verdict->project_id, verdict->vendor_id, verdict->commitment_id, &current, error))
    return FALSE;

  same = current != NULL && says_the_same (current, verdict);
  if (changed != NULL)
    *changed = !same;
  if (same)
    return current->verdict->judge_again_on == verdict->verdict->judge_again_on ||
           set_judge_again (self, current, verdict->verdict->judge_again_on, error);

  return _ch_store_begin_step (self, error) &&
         _ch_store_end_step (self, put (self, current, verdict, error), error);
}

/**
 * ch_store_end_verdict:
 * @commitment_id: 0 for the sub's own
 *
 * Does nothing where there is no current one.
 */
gboolean
ch_store_end_verdict (ChStore  *self,
                      gint64    project_id,
                      gint64    vendor_id,
                      gint64    commitment_id,
                      GError  **error)
{
  g_autoptr(ChStoredVerdict) current = NULL;
  gint64 at;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  if (!get_current (self, project_id, vendor_id, commitment_id, &current, error))
    return FALSE;
  if (current == NULL)
    return TRUE;
  if (!supersede (self, current, &at, error))
    return FALSE;
  _ch_store_note (self, CH_KIND_VERDICT, vendor_id);

  return TRUE;
}

static GPtrArray *
load_selected (ChStore  *self,
               GError  **error)
{
  g_autoptr(GPtrArray) verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_stored_verdict_free);
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(ChQuery) rows = _ch_store_query (self, "list-selected-verdicts");
  g_autoptr(ChQuery) findings = NULL;

  while (_ch_query_next (rows))
    {
      ChStoredVerdict *stored = _ch_verdict_from_row (rows);

      g_ptr_array_add (verdicts, stored);
      g_hash_table_insert (by_id, &stored->id, stored);
    }
  if (!_ch_query_finish (rows, error))
    return NULL;
  findings = _ch_store_query (self, "list-selected-findings");
  if (!add_findings (findings, by_id, error))
    return NULL;

  return g_steal_pointer (&verdicts);
}

/* @statements: for all, of a vendor, of a project, of both; each takes @first, then the ids that are not 0 */
static GPtrArray *
load (ChStore             *self,
      const char * const   statements[4],
      gint64               first,
      gint64               project_id,
      gint64               vendor_id,
      GError             **error)
{
  g_autoptr(ChQuery) query = NULL;
  GPtrArray *verdicts = NULL;

  if (!_ch_store_begin_read (self, error))
    return NULL;

  query = _ch_store_select (self, statements[(project_id != 0 ? 2 : 0) + (vendor_id != 0 ? 1 : 0)]);
  _ch_query_bind_integer (query, first);
  if (project_id != 0)
    _ch_query_bind_integer (query, project_id);
  if (vendor_id != 0)
    _ch_query_bind_integer (query, vendor_id);
  if (_ch_query_run (query, error))
    verdicts = load_selected (self, error);
  _ch_store_end_read (self);

  return verdicts;
}

/**
 * ch_store_list_verdicts:
 * @project_id: 0 for any
 * @vendor_id: 0 for any
 * @commitment_id: -1 for any, 0 for the subs' own
 *
 * Returns: (transfer full) (element-type ChStoredVerdict): the current ones, by project, vendor and commitment
 */
GPtrArray *
ch_store_list_verdicts (ChStore  *self,
                        gint64    project_id,
                        gint64    vendor_id,
                        gint64    commitment_id,
                        GError  **error)
{
  static const char * const statements[4] = {
    "select-verdicts", "select-verdicts-of-vendor", "select-verdicts-of-project", "select-verdicts-of-pair",
  };

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  return load (self, statements, commitment_id, project_id, vendor_id, error);
}

/**
 * ch_store_list_verdicts_at:
 * @project_id: 0 for any
 * @vendor_id: 0 for any
 * @at: Unix microseconds
 *
 * Returns: (transfer full) (element-type ChStoredVerdict): those that stood at that moment, by project, vendor and
 *   commitment
 */
GPtrArray *
ch_store_list_verdicts_at (ChStore  *self,
                           gint64    project_id,
                           gint64    vendor_id,
                           gint64    at,
                           GError  **error)
{
  static const char * const statements[4] = {
    "select-verdicts-at", "select-verdicts-of-vendor-at", "select-verdicts-of-project-at", "select-verdicts-of-pair-at",
  };

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  return load (self, statements, at, project_id, vendor_id, error);
}
