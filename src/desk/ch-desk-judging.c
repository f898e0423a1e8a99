#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-desk-private.h"
#include "ch-judgement-private.h"
#include "ch-publication-private.h"
#include "ch-store-directory.h"
#include "ch-store-events.h"

/**
 * Judging:
 * @only_project: 0: every active project of each sub
 * @touched: (element-type gint64): the projects whose report and link may differ now
 */
typedef struct {
  ChDeskView *view;
  gint64      only_project;
  GHashTable *touched;
  guint       n_changed;
} Judging;

static void
touch (Judging *self,
       gint64   project_id)
{
  g_hash_table_add (self->touched, g_memdup2 (&project_id, sizeof project_id));
}

static char *
dup_commitment_subject (gint64 commitment_id)
{
  return commitment_id != 0 ? g_strdup_printf ("commitment:%" G_GINT64_FORMAT, commitment_id) : NULL;
}

static gboolean
add_verdict_event (Judging                *self,
                   const ChStoredVerdict  *before,
                   const ChStoredVerdict  *after,
                   GError                **error)
{
  const ChStoredVerdict *place = after != NULL ? after : before;
  g_autofree char *subject = dup_commitment_subject (place->commitment_id);
  const char *decision = after != NULL && after->status != after->verdict->status
                         ? ch_status_to_string (after->verdict->status) : NULL;
  g_autofree char *detail = _ch_desk_dup_detail ("from", before != NULL ? ch_status_to_string (before->status) : NULL,
                                                 "to", after != NULL ? ch_status_to_string (after->status) : NULL,
                                                 "decision", decision, NULL);

  return ch_store_add_event (self->view->store, after != NULL ? "verdict.changed" : "verdict.ended",
                             place->project_id, place->vendor_id, subject, detail, error);
}

static gboolean
put_verdict (Judging                *self,
             const ChStoredVerdict  *verdict,
             GPtrArray              *previous,
             GError                **error)
{
  const ChStoredVerdict *before = _ch_find_verdict (previous, verdict->project_id, verdict->commitment_id);
  gboolean changed = FALSE;

  if (!ch_store_put_verdict (self->view->store, verdict, &changed, error))
    return FALSE;
  if (!changed)
    return TRUE;

  self->n_changed++;
  /* That nothing is asked of a new sub is no news. */
  if (before == NULL && !verdict->has_requirements)
    return TRUE;

  return add_verdict_event (self, before, verdict, error);
}

static gboolean
end_missing_verdicts (Judging    *self,
                      GPtrArray  *previous,
                      GPtrArray  *current,
                      GError    **error)
{
  for (guint i = 0; i < previous->len; i++)
    {
      const ChStoredVerdict *old = g_ptr_array_index (previous, i);

      if (_ch_find_verdict (current, old->project_id, old->commitment_id) != NULL)
        continue;
      if (!ch_store_end_verdict (self->view->store, old->project_id, old->vendor_id, old->commitment_id, error) ||
          !add_verdict_event (self, old, NULL, error))
        return FALSE;
      self->n_changed++;
      touch (self, old->project_id);
    }

  return TRUE;
}

static gboolean
judge_projects (Judging          *self,
                const ChSubView  *sub,
                GArray           *project_ids,
                GPtrArray        *previous,
                GPtrArray        *current,
                GError          **error)
{
  for (guint i = 0; i < project_ids->len; i++)
    {
      gint64 project_id = g_array_index (project_ids, gint64, i);
      ChProjectView *project = _ch_desk_view_get_watched_project (self->view, project_id);
      g_autoptr(GPtrArray) verdicts = NULL;

      if (self->only_project != 0 && project_id != self->only_project)
        continue;
      verdicts = _ch_judge_pair (self->view, sub, project, previous, error);
      if (verdicts == NULL)
        return FALSE;
      if (!project->is_closed)
        touch (self, project_id);
      g_ptr_array_extend_and_steal (current, g_steal_pointer (&verdicts));
    }

  return TRUE;
}

static gboolean
judge_sub (Judging  *self,
           gint64    vendor_id,
           GError  **error)
{
  g_autoptr(ChSubView) sub = _ch_sub_view_new (self->view, vendor_id, error);
  g_autoptr(GPtrArray) previous = NULL;
  g_autoptr(GPtrArray) current = NULL;

  if (sub == NULL)
    return FALSE;
  previous = ch_store_list_verdicts (self->view->store, self->only_project, vendor_id, -1, error);
  if (previous == NULL)
    return FALSE;

  current = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_stored_verdict_free);
  if (!judge_projects (self, sub, sub->project_ids, previous, current, error) ||
      !judge_projects (self, sub, sub->closed_project_ids, previous, current, error))
    return FALSE;

  for (guint i = 0; i < current->len; i++)
    {
      if (!put_verdict (self, g_ptr_array_index (current, i), previous, error))
        return FALSE;
    }

  return end_missing_verdicts (self, previous, current, error) &&
         _ch_publish_sub_in_view (self->view, sub, error);
}

static void
add_vendor_id (GArray     *ids,
               GHashTable *seen,
               gint64      id)
{
  if (g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
    g_array_append_val (ids, id);
}

/* The subs in the asked scope, and those that have left it but still have a verdict there. */
static GArray *
list_subs_in_scope (Judging  *self,
                    gint64    vendor_id,
                    GError  **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(GPtrArray) vendors = NULL;
  g_autoptr(GPtrArray) verdicts = NULL;

  if (vendor_id != 0)
    {
      g_array_append_val (ids, vendor_id);
      return g_steal_pointer (&ids);
    }

  vendors = self->only_project != 0 ? ch_store_list_project_vendors (self->view->store, self->only_project, error)
                                    : ch_store_list_vendors (self->view->store, error);
  if (vendors == NULL)
    return NULL;
  verdicts = ch_store_list_verdicts (self->view->store, self->only_project, 0, 0, error);
  if (verdicts == NULL)
    return NULL;

  for (guint i = 0; i < vendors->len; i++)
    add_vendor_id (ids, seen, ((ChVendor *)g_ptr_array_index (vendors, i))->id);
  for (guint i = 0; i < verdicts->len; i++)
    add_vendor_id (ids, seen, ((ChStoredVerdict *)g_ptr_array_index (verdicts, i))->vendor_id);

  return g_steal_pointer (&ids);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 left = *(const gint64 *)a;
  gint64 right = *(const gint64 *)b;

  return left < right ? -1 : left > right;
}

static gboolean
publish_touched (Judging  *self,
                 GError  **error)
{
  g_autoptr(GList) ids = NULL;

  if (self->only_project != 0)
    touch (self, self->only_project);

  /* In the order of their ids: the same act writes the same rows in the same order. */
  ids = g_list_sort (g_hash_table_get_keys (self->touched), compare_ids);
  for (GList *l = ids; l != NULL; l = l->next)
    {
      if (!_ch_publish_project_in_view (self->view, *(gint64 *)l->data, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
_ch_desk_judge_in_view (ChDeskView  *view,
                        gint64       project_id,
                        gint64       vendor_id,
                        guint       *n_changed,
                        GError     **error)
{
  g_autoptr(GHashTable) touched = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Judging judging = { view, project_id, touched, 0 };
  g_autoptr(GArray) subs = list_subs_in_scope (&judging, vendor_id, error);

  if (subs == NULL)
    return FALSE;

  for (guint i = 0; i < subs->len; i++)
    {
      if (!judge_sub (&judging, g_array_index (subs, gint64, i), error))
        return FALSE;
    }
  if (n_changed != NULL)
    *n_changed += judging.n_changed;

  return publish_touched (&judging, error);
}

/**
 * ch_desk_judge:
 * @project_id: 0 for every active project, and those closed out after which something is asked
 * @vendor_id: 0 for every sub
 * @n_changed: (out) (optional): the number of verdicts that differ now, ended ones included
 *
 * Judges the asked scope with what the store holds now and the clock's day in each project's zone, stores the
 * verdicts that differ with an event each, ends those whose sub, project or commitment has gone, and publishes the
 * subs and projects in scope. Must be called inside a transaction. Judging twice changes nothing.
 *
 * Returns: %FALSE with @error set where the store failed, or a stored requirement set can't be understood
 */
gboolean
ch_desk_judge (ChDesk  *self,
               gint64   project_id,
               gint64   vendor_id,
               guint   *n_changed,
               GError **error)
{
  g_autoptr(ChDeskView) view = NULL;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (ch_desk_get_store (self)), FALSE);

  if (n_changed != NULL)
    *n_changed = 0;
  view = _ch_desk_view_new (self, error);

  return view != NULL && _ch_desk_judge_in_view (view, project_id, vendor_id, n_changed, error);
}
