#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-collection.h"

/* The first of a burst of changes is shown after this many milliseconds; a list that takes long to load waits longer
 * before the next load, so that a sync that changes everything leaves the desk's thread to the user. */
#define SETTLE_MS 60
#define MAX_SETTLE_MS 3000
#define REST_FACTOR 4

struct _ChCollection
{
  GObject            parent_instance;

  ChDeskWorker      *worker;
  ChDeskFunc         load;
  guint              kinds;
  gint64             id;
  GListStore        *items;          /* (element-type ChItem) */
  ChCollectionState  state;
  char              *problem;
  GCancellable      *cancellable;
  guint              timeout_id;
  gint64             started_at;     /* monotonic, of the load under way or the last one */
  guint              settle_ms;
  gboolean           is_loading;
  gboolean           is_stale;       /* something changed during the load */
};

enum {
  LOADED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChCollection, ch_collection, G_TYPE_OBJECT)

static void
ch_collection_dispose (GObject *object)
{
  ChCollection *self = (ChCollection *)object;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_object (&self->worker);
  g_clear_object (&self->items);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (ch_collection_parent_class)->dispose (object);
}

static void
ch_collection_class_init (ChCollectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ch_collection_dispose;

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
ch_collection_init (ChCollection *self)
{
  self->items = g_list_store_new (CH_TYPE_ITEM);
  self->cancellable = g_cancellable_new ();
  self->settle_ms = SETTLE_MS;
}

/**
 * ch_collection_new:
 * @worker: whose thread loads
 * @load: (scope forever): answers a #GPtrArray of #ChItem, in their order; its data points to @id
 * @kinds: the kinds of change that make it load again, as bits
 * @id: what it is a list of, 0 for all
 *
 * Returns: (transfer full): an empty list that loads on ch_collection_reload()
 */
ChCollection *
ch_collection_new (ChDeskWorker *worker,
                   ChDeskFunc    load,
                   guint         kinds,
                   gint64        id)
{
  ChCollection *self;

  g_return_val_if_fail (CH_IS_DESK_WORKER (worker), NULL);
  g_return_val_if_fail (load != NULL, NULL);

  self = g_object_new (CH_TYPE_COLLECTION, NULL);
  self->worker = g_object_ref (worker);
  self->load = load;
  self->kinds = kinds;
  self->id = id;

  return self;
}

GListModel *
ch_collection_get_model (ChCollection *self)
{
  g_return_val_if_fail (CH_IS_COLLECTION (self), NULL);

  return G_LIST_MODEL (self->items);
}

ChCollectionState
ch_collection_get_state (ChCollection *self)
{
  g_return_val_if_fail (CH_IS_COLLECTION (self), CH_COLLECTION_FAILED);

  return self->state;
}

const char *
ch_collection_get_problem (ChCollection *self)
{
  g_return_val_if_fail (CH_IS_COLLECTION (self), NULL);

  return self->problem;
}

static void
on_loaded_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(ChCollection) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) fresh = ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  gint64 took_ms = (g_get_monotonic_time () - self->started_at) / 1000;

  self->is_loading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  self->settle_ms = CLAMP (took_ms * REST_FACTOR, SETTLE_MS, MAX_SETTLE_MS);
  g_clear_pointer (&self->problem, g_free);
  if (fresh != NULL)
    {
      self->state = CH_COLLECTION_READY;
      ch_items_merge (self->items, fresh);
    }
  else
    {
      self->state = CH_COLLECTION_FAILED;
      self->problem = g_strdup (error != NULL ? error->message : "");
    }
  g_signal_emit (self, signals[LOADED], 0);

  if (self->is_stale)
    ch_collection_reload (self);
}

static gboolean
on_settled_cb (gpointer user_data)
{
  ChCollection *self = user_data;

  self->timeout_id = 0;
  self->is_loading = TRUE;
  self->is_stale = FALSE;
  self->started_at = g_get_monotonic_time ();
  ch_desk_worker_run_async (self->worker, self->load, g_memdup2 (&self->id, sizeof self->id), g_free,
                            (GDestroyNotify)g_ptr_array_unref, self->cancellable, on_loaded_cb, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

/**
 * ch_collection_reload:
 * @self: a list
 *
 * Loads it (again), soon; several calls are one load.
 */
void
ch_collection_reload (ChCollection *self)
{
  gint64 rested_ms;

  g_return_if_fail (CH_IS_COLLECTION (self));

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (self->is_loading)
    {
      self->is_stale = TRUE;
      return;
    }
  if (self->timeout_id != 0)
    return;

  if (self->started_at == 0)
    {
      on_settled_cb (self);
      return;
    }
  rested_ms = (g_get_monotonic_time () - self->started_at) / 1000;
  self->timeout_id = g_timeout_add (MAX (SETTLE_MS, (gint64)self->settle_ms - rested_ms), on_settled_cb, self);
}

void
ch_collection_note_change (ChCollection *self,
                           ChKind        kind)
{
  g_return_if_fail (CH_IS_COLLECTION (self));

  if ((self->kinds & (1u << kind)) != 0)
    ch_collection_reload (self);
}

/**
 * ch_collection_close:
 * @self: a list
 *
 * Nothing is loaded any more.
 */
void
ch_collection_close (ChCollection *self)
{
  g_return_if_fail (CH_IS_COLLECTION (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
}
