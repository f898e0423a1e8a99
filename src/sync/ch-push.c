#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-session-private.h"

#include "ch-publication.h"

#include <glib/gi18n-lib.h>

/*
 * Carrying over what waits in the outbox. Insurance records go in batches: one call for the company and one for each
 * project; the rest one by one. Each attempt is written down before its first byte is sent, so that after a crash it
 * is known that the outcome is not; such a record is looked up in Procore before anything is sent again. A record
 * whose attempt fails waits, or is set aside with its reason, and does not hold up the others.
 */

static const char *
get_place (ChSharedKind kind)
{
  static const char *const places[CH_N_SHARED_KINDS] = {
    [CH_SHARED_POLICY] = "company_insurances", [CH_SHARED_OVERALL] = "project_insurances",
    [CH_SHARED_COMPLIANCE] = "commitments",    [CH_SHARED_DOCUMENT] = "documents",
    [CH_SHARED_REPORT] = "documents",          [CH_SHARED_LINK] = "links",
  };

  return places[kind];
}

static gboolean
is_due (ChRound           *round,
        const ChOutboxRow *row)
{
  int tries = GPOINTER_TO_INT (g_hash_table_lookup (round->tries, &row->record_id));

  if (row->state == CH_OUTBOX_PARKED || tries >= CH_MAX_TRIES)
    return FALSE;
  if (round->patient && row->not_before > _ch_round_now (round))
    return FALSE;
  return ch_publication_is_on (round->store, get_place (row->kind));
}

static void
count_try (ChRound           *round,
           const ChOutboxRow *row)
{
  int tries = GPOINTER_TO_INT (g_hash_table_lookup (round->tries, &row->record_id));

  g_hash_table_insert (round->tries, g_memdup2 (&row->record_id, sizeof row->record_id), GINT_TO_POINTER (tries + 1));
}

/* The due rows of a kind, in the order in which they were queued; project_id -1: all. Counts each as tried. */
static GPtrArray *
take_due (ChRound     *round,
          GPtrArray   *rows,
          ChSharedKind kind,
          gint64       project_id)
{
  GPtrArray *due = g_ptr_array_new ();
  guint i;

  for (i = 0; i < rows->len; i++)
    {
      ChOutboxRow *row = g_ptr_array_index (rows, i);

      if (row->kind != kind || (project_id != -1 && row->project_id != project_id) || !is_due (round, row))
        continue;
      count_try (round, row);
      g_ptr_array_add (due, row);
    }
  return due;
}

static gboolean
push_policies (ChRound   *round,
               GPtrArray *rows,
               GError   **error)
{
  g_autoptr (GPtrArray) due = take_due (round, rows, CH_SHARED_POLICY, -1);

  if (due->len == 0)
    return TRUE;
  _ch_round_progress (round, _ ("Writing policies"), 0, due->len);
  return _ch_push_insurances (round, due, 0, error);
}

static gboolean
push_overall (ChRound   *round,
              GPtrArray *rows,
              GError   **error)
{
  g_autoptr (GHashTable) done = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint i;

  for (i = 0; i < rows->len; i++)
    {
      ChOutboxRow *row = g_ptr_array_index (rows, i);
      g_autoptr (GPtrArray) due = NULL;

      if (row->kind != CH_SHARED_OVERALL || !g_hash_table_add (done, &row->project_id))
        continue;
      due = take_due (round, rows, CH_SHARED_OVERALL, row->project_id);
      _ch_round_progress (round, _ ("Writing statuses"), i, rows->len);
      if (due->len > 0 && !_ch_push_insurances (round, due, row->project_id, error))
        return FALSE;
    }
  return TRUE;
}

typedef gboolean (*PushOne) (ChRound           *round,
                             const ChOutboxRow *row,
                             GError           **error);

static gboolean
push_one_by_one (ChRound     *round,
                 GPtrArray   *rows,
                 ChSharedKind kind,
                 const char  *what,
                 PushOne      push_one,
                 GError     **error)
{
  g_autoptr (GPtrArray) due = take_due (round, rows, kind, -1);
  guint i;

  for (i = 0; i < due->len; i++)
    {
      const ChOutboxRow *row = g_ptr_array_index (due, i);

      if (g_cancellable_set_error_if_cancelled (round->cancellable, error))
        return FALSE;
      _ch_round_progress (round, what, i, due->len);
      if (!push_one (round, row, error))
        return FALSE;
    }
  return TRUE;
}

static guint
count_due (ChRound   *round,
           GPtrArray *rows)
{
  guint n = 0;
  guint i;

  for (i = 0; i < rows->len; i++)
    n += is_due (round, g_ptr_array_index (rows, i));
  return n;
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

  *progress = FALSE;
  if (rows == NULL || !drop_what_is_over (round, rows, error))
    return FALSE;
  if (count_due (round, rows) == 0)
    return TRUE;

  /* The document before the link that leads to it. */
  if (!push_policies (round, rows, error) || !push_overall (round, rows, error)
      || !push_one_by_one (round, rows, CH_SHARED_COMPLIANCE, _ ("Writing commitments"), _ch_push_compliance, error)
      || !push_one_by_one (round, rows, CH_SHARED_DOCUMENT, _ ("Filing documents"), _ch_push_document, error)
      || !push_one_by_one (round, rows, CH_SHARED_REPORT, _ ("Filing reports"), _ch_push_document, error)
      || !push_one_by_one (round, rows, CH_SHARED_LINK, _ ("Writing home links"), _ch_push_link, error))
    return FALSE;

  left = ch_store_outbox_list (round->store, error);
  if (left == NULL)
    return FALSE;
  *progress = count_due (round, left) > 0;
  return TRUE;
}
