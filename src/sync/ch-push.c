#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-removal.h"

#include "ch-publication.h"

#include <glib/gi18n-lib.h>

/*
 * Carrying over what waits in the outbox. Insurance records go in batches: one call for the company and one for each
 * project; the rest one by one. Each attempt is written down before its first byte is sent, so that after a crash it
 * is known that the outcome is not; such a record is looked up in Procore before anything is sent again. A record
 * whose attempt fails waits, or is set aside with its reason, and does not hold up the others.
 */

/* What one pass works on. */
typedef struct {
  ChRound   *round;
  GPtrArray *due;       /* (element-type ChOutboxRow): borrowed, in the order in which they were queued */
} Pass;

/*< private > */
const char *
_ch_get_place (ChSharedKind kind)
{
  static const char *const places[CH_N_SHARED_KINDS] = {
    [CH_SHARED_POLICY] = "company_insurances", [CH_SHARED_OVERALL] = "project_insurances",
    [CH_SHARED_COMPLIANCE] = "commitments",    [CH_SHARED_DOCUMENT] = "documents",
    [CH_SHARED_REPORT] = "documents",          [CH_SHARED_LINK] = "links",
  };

  return places[kind];
}

/* No failure puts a row off for as long: a clock that went wrong did. */
#define LONGEST_WAIT (G_GINT64_CONSTANT (7200) * G_USEC_PER_SEC)

/*< private > */
gint64
_ch_row_get_due (const ChOutboxRow *row,
                 gint64             now)
{
  return row->not_before - now > LONGEST_WAIT ? now : row->not_before;
}

static gboolean
is_due (ChRound           *round,
        const ChOutboxRow *row)
{
  int tries = GPOINTER_TO_INT (g_hash_table_lookup (round->tries, &row->record_id));

  if (row->state == CH_OUTBOX_PARKED || tries >= CH_MAX_TRIES
      || _ch_round_is_refused (round, _ch_get_place (row->kind), row->project_id))
    return FALSE;
  return !round->patient || _ch_row_get_due (row, _ch_round_now (round)) <= _ch_round_now (round);
}

/* (transfer container) (nullable): those that are due, at places that are switched on and do not rest. What concerns a
 * project or a sub of which it is not known whether Procore still has it waits for the answer. */
static GPtrArray *
list_due (ChRound   *round,
          GPtrArray *rows,
          GError   **error)
{
  g_autoptr (GHashTable) projects = _ch_removal_list_asked (round, CH_REMOVAL_PROJECTS, error);
  g_autoptr (GHashTable) vendors = projects != NULL ? _ch_removal_list_asked (round, CH_REMOVAL_VENDORS, error) : NULL;
  GPtrArray *due;
  gboolean is_open[CH_N_SHARED_KINDS];
  guint kind;
  guint i;

  if (vendors == NULL)
    return NULL;

  due = g_ptr_array_new ();
  for (kind = 0; kind < CH_N_SHARED_KINDS; kind++)
    is_open[kind] = ch_publication_is_on (round->store, _ch_get_place (kind)) && _ch_round_allows (round, _ch_get_place (kind));
  for (i = 0; i < rows->len; i++)
    {
      ChOutboxRow *row = g_ptr_array_index (rows, i);

      if (is_open[row->kind] && is_due (round, row) && !g_hash_table_contains (projects, &row->project_id)
          && !g_hash_table_contains (vendors, &row->vendor_id))
        g_ptr_array_add (due, row);
    }
  return due;
}

static void
count_try (ChRound           *round,
           const ChOutboxRow *row)
{
  int tries = GPOINTER_TO_INT (g_hash_table_lookup (round->tries, &row->record_id));

  g_hash_table_insert (round->tries, g_memdup2 (&row->record_id, sizeof row->record_id), GINT_TO_POINTER (tries + 1));
}

typedef gboolean (*PushFunc) (ChRound  *round,
                              gpointer  what,
                              GError  **error);

/* One call, or the few that belong together. A tool that has failed too often is left alone, and its rows wait. */
static gboolean
push_with (ChRound     *round,
           const char  *tool,
           PushFunc     push,
           gpointer     what,
           GError     **error)
{
  if (g_cancellable_set_error_if_cancelled (round->cancellable, error))
    return FALSE;
  if (!_ch_round_allows (round, tool))
    return TRUE;

  round->tool_failed = FALSE;
  if (!push (round, what, error))
    return FALSE;
  _ch_round_tool_answered (round, tool, !round->tool_failed);
  return TRUE;
}

/* The rows of one call of insurance records. */
typedef struct {
  gint64     project_id;
  GPtrArray *rows;
} Group;

static void
group_free (gpointer data)
{
  Group *self = data;

  g_ptr_array_unref (self->rows);
  g_free (self);
}

static gboolean
push_group (ChRound *round,
            gpointer what,
            GError **error)
{
  const Group *group = what;

  return _ch_push_insurances (round, group->rows, group->project_id, error);
}

/* (transfer container) (element-type Group): by project, in the order in which its first row was queued */
static GPtrArray *
group_rows (Pass        *pass,
            ChSharedKind kind)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);
  g_autoptr (GHashTable) by_project = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint i;

  for (i = 0; i < pass->due->len; i++)
    {
      ChOutboxRow *row = g_ptr_array_index (pass->due, i);
      Group *group;

      if (row->kind != kind)
        continue;
      group = g_hash_table_lookup (by_project, &row->project_id);
      if (group == NULL)
        {
          group = g_new0 (Group, 1);
          group->project_id = row->project_id;
          group->rows = g_ptr_array_new ();
          g_ptr_array_add (groups, group);
          g_hash_table_insert (by_project, &group->project_id, group);
        }
      count_try (pass->round, row);
      g_ptr_array_add (group->rows, row);
    }
  return groups;
}

static gboolean
push_insurances (Pass        *pass,
                 ChSharedKind kind,
                 const char  *what,
                 GError     **error)
{
  g_autoptr (GPtrArray) groups = group_rows (pass, kind);
  guint i;

  for (i = 0; i < groups->len; i++)
    {
      _ch_round_progress (pass->round, what, i, groups->len);
      if (!push_with (pass->round, _ch_get_place (kind), push_group, g_ptr_array_index (groups, i), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
push_compliance (ChRound *round,
                 gpointer what,
                 GError **error)
{
  return _ch_push_compliance (round, what, error);
}

static gboolean
push_document (ChRound *round,
               gpointer what,
               GError **error)
{
  return _ch_push_document (round, what, error);
}

static gboolean
push_link (ChRound *round,
           gpointer what,
           GError **error)
{
  return _ch_push_link (round, what, error);
}

static gboolean
push_one_by_one (Pass        *pass,
                 ChSharedKind kind,
                 const char  *what,
                 PushFunc     push,
                 GError     **error)
{
  guint n = 0;
  guint total = 0;
  guint i;

  for (i = 0; i < pass->due->len; i++)
    total += ((const ChOutboxRow *) g_ptr_array_index (pass->due, i))->kind == kind;
  for (i = 0; i < pass->due->len; i++)
    {
      ChOutboxRow *row = g_ptr_array_index (pass->due, i);

      /* One before it may have shown that the tool gives no permission on its project. */
      if (row->kind != kind || !is_due (pass->round, row))
        continue;
      count_try (pass->round, row);
      _ch_round_progress (pass->round, what, n++, total);
      if (!push_with (pass->round, _ch_get_place (kind), push, row, error))
        return FALSE;
    }
  return TRUE;
}

/* What was withdrawn, or was deleted there, leaves without a request, whatever became of it on the way. */
static gboolean
drop_what_is_over (ChRound   *round,
                   GPtrArray *rows,
                   GError   **error)
{
  gboolean ok = TRUE;
  guint n = 0;
  guint i;

  for (i = 0; i < rows->len; i++)
    n += ((const ChOutboxRow *) g_ptr_array_index (rows, i))->is_over;
  if (n == 0)
    return TRUE;

  if (!_ch_round_begin (round, error))
    return FALSE;
  for (i = rows->len; i > 0 && ok; i--)
    {
      const ChOutboxRow *row = g_ptr_array_index (rows, i - 1);

      if (!row->is_over)
        continue;
      ok = ch_store_outbox_drop (round->store, row->record_id, error);
      g_ptr_array_remove_index (rows, i - 1);
    }
  return _ch_round_end (round, ok, error);
}

/*< private > */
gboolean
_ch_push (ChRound  *round,
          gboolean *progress,
          GError  **error)
{
  g_autoptr (GPtrArray) rows = ch_store_outbox_list (round->store, error);
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) due_left = NULL;
  Pass pass = { round, NULL };
  gboolean ok;

  *progress = FALSE;
  if (rows == NULL || !drop_what_is_over (round, rows, error))
    return FALSE;

  pass.due = list_due (round, rows, error);
  if (pass.due == NULL)
    return FALSE;
  /* The document before the link that leads to it. */
  ok = push_insurances (&pass, CH_SHARED_POLICY, _ ("Writing policies"), error)
       && push_insurances (&pass, CH_SHARED_OVERALL, _ ("Writing statuses"), error)
       && push_one_by_one (&pass, CH_SHARED_COMPLIANCE, _ ("Writing commitments"), push_compliance, error)
       && push_one_by_one (&pass, CH_SHARED_DOCUMENT, _ ("Filing documents"), push_document, error)
       && push_one_by_one (&pass, CH_SHARED_REPORT, _ ("Filing reports"), push_document, error)
       && push_one_by_one (&pass, CH_SHARED_LINK, _ ("Writing home links"), push_link, error);
  *progress = pass.due->len > 0;
  g_ptr_array_unref (pass.due);
  if (!ok || !*progress)
    return ok;

  left = ch_store_outbox_list (round->store, error);
  if (left == NULL)
    return FALSE;
  due_left = list_due (round, left, error);
  if (due_left == NULL)
    return FALSE;
  *progress = due_left->len > 0;
  return TRUE;
}
