#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-change-hub.h"

/**
 * Subscription:
 * @waiting: (element-type gint64): ids not delivered yet, by kind; %NULL where nothing waits
 * @source: (nullable): in @context while something waits
 *
 * One watcher. It lives as long as the hub or a delivery under way needs it; whoever lets go last, in whichever
 * thread, frees the watcher's data.
 */
typedef struct {
  gatomicrefcount  ref_count;
  guint            id;
  ChChangeFunc     func;
  gpointer         user_data;
  GDestroyNotify   destroy;
  GMainContext    *context;

  GMutex           mutex;       /* guards what follows */
  gboolean         is_active;
  GArray          *waiting[CH_N_KINDS];
  gboolean         waiting_any[CH_N_KINDS];
  GSource         *source;
} Subscription;

struct _ChChangeHub
{
  GObject    parent_instance;

  GMutex     mutex;
  GPtrArray *subscriptions;   /* (element-type Subscription): guarded by mutex */
  guint      last_id;
};

G_DEFINE_FINAL_TYPE (ChChangeHub, ch_change_hub, G_TYPE_OBJECT)

static void
subscription_unref (Subscription *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  for (guint kind = 0; kind < CH_N_KINDS; kind++)
    g_clear_pointer (&self->waiting[kind], g_array_unref);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static Subscription *
subscription_ref (Subscription *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/* No delivery starts after this; one that another thread is in the middle of ends by itself. */
static void
end_subscription (Subscription *self)
{
  g_autoptr(GSource) source = NULL;

  g_mutex_lock (&self->mutex);
  self->is_active = FALSE;
  source = g_steal_pointer (&self->source);
  g_mutex_unlock (&self->mutex);

  if (source != NULL)
    g_source_destroy (source);
  subscription_unref (self);
}

static gboolean
deliver_cb (gpointer data)
{
  Subscription *self = data;
  GArray *waiting[CH_N_KINDS];
  gboolean is_active;

  g_mutex_lock (&self->mutex);
  for (guint kind = 0; kind < CH_N_KINDS; kind++)
    {
      waiting[kind] = g_steal_pointer (&self->waiting[kind]);
      self->waiting_any[kind] = FALSE;
    }
  g_clear_pointer (&self->source, g_source_unref);
  is_active = self->is_active;
  g_mutex_unlock (&self->mutex);

  for (guint kind = 0; kind < CH_N_KINDS; kind++)
    {
      if (waiting[kind] == NULL)
        continue;
      if (is_active)
        self->func ((ChKind) kind, waiting[kind], self->user_data);
      g_array_unref (waiting[kind]);

      /* The watcher may have unsubscribed in what it was just told. */
      g_mutex_lock (&self->mutex);
      is_active = self->is_active;
      g_mutex_unlock (&self->mutex);
    }

  return G_SOURCE_REMOVE;
}

static gboolean
has_id (GArray *ids,
        gint64  id)
{
  for (guint i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == id)
        return TRUE;
    }

  return FALSE;
}

/* What waits for this kind and @ids become one; more than these are "anything", which is as quick to refresh. */
#define MAX_WAITING 1024

static void
add_waiting (Subscription *self,
             ChKind        kind,
             GArray       *ids)
{
  GArray *waiting = self->waiting[kind];
  gboolean is_first = waiting == NULL;

  if (is_first)
    waiting = self->waiting[kind] = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (ids->len == 0)
    self->waiting_any[kind] = TRUE;

  for (guint i = 0; !self->waiting_any[kind] && i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      if (waiting->len >= MAX_WAITING)
        self->waiting_any[kind] = TRUE;
      else if (is_first || !has_id (waiting, id))
        g_array_append_val (waiting, id);
    }
  if (self->waiting_any[kind])
    g_array_set_size (waiting, 0);
}

static void
queue (Subscription *self,
       ChKind        kind,
       GArray       *ids)
{
  g_autoptr(GSource) source = NULL;

  g_mutex_lock (&self->mutex);
  if (self->is_active)
    {
      add_waiting (self, kind, ids);
      if (self->source == NULL)
        {
          source = g_idle_source_new ();
          g_source_set_priority (source, G_PRIORITY_DEFAULT);
          g_source_set_static_name (source, "[ch-store] changes");
          g_source_set_callback (source, deliver_cb, subscription_ref (self), (GDestroyNotify) subscription_unref);
          self->source = g_source_ref (source);
        }
    }
  g_mutex_unlock (&self->mutex);

  if (source != NULL)
    g_source_attach (source, self->context);
}

static void
ch_change_hub_finalize (GObject *object)
{
  ChChangeHub *self = (ChChangeHub *) object;

  g_ptr_array_unref (self->subscriptions);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (ch_change_hub_parent_class)->finalize (object);
}

static void
ch_change_hub_class_init (ChChangeHubClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ch_change_hub_finalize;
}

static void
ch_change_hub_init (ChChangeHub *self)
{
  g_mutex_init (&self->mutex);
  self->subscriptions = g_ptr_array_new_with_free_func ((GDestroyNotify) end_subscription);
}

/**
 * ch_change_hub_new:
 *
 * Returns: (transfer full): a hub that nobody watches yet
 */
ChChangeHub *
ch_change_hub_new (void)
{
  return g_object_new (CH_TYPE_CHANGE_HUB, NULL);
}

/**
 * ch_change_hub_subscribe:
 * @func: is called in the main context that is the calling thread's default now
 * @destroy: (nullable): frees @user_data once @func can't be called any more
 *
 * Announcements of one kind that have not been delivered yet become one.
 *
 * Returns: an id for ch_change_hub_unsubscribe(), never 0
 */
guint
ch_change_hub_subscribe (ChChangeHub    *self,
                         ChChangeFunc    func,
                         gpointer        user_data,
                         GDestroyNotify  destroy)
{
  Subscription *subscription;
  guint id;

  g_return_val_if_fail (CH_IS_CHANGE_HUB (self), 0);
  g_return_val_if_fail (func != NULL, 0);

  subscription = g_new0 (Subscription, 1);
  g_atomic_ref_count_init (&subscription->ref_count);
  g_mutex_init (&subscription->mutex);
  subscription->func = func;
  subscription->user_data = user_data;
  subscription->destroy = destroy;
  subscription->context = g_main_context_ref_thread_default ();
  subscription->is_active = TRUE;

  g_mutex_lock (&self->mutex);
  id = subscription->id = ++self->last_id;
  g_ptr_array_add (self->subscriptions, subscription);
  g_mutex_unlock (&self->mutex);

  return id;
}

/**
 * ch_change_hub_unsubscribe:
 *
 * Called in the watcher's own thread, its function is not called again; from another thread a call that is under way
 * ends first, by itself.
 */
void
ch_change_hub_unsubscribe (ChChangeHub *self,
                           guint        id)
{
  Subscription *found = NULL;

  g_return_if_fail (CH_IS_CHANGE_HUB (self));

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->subscriptions->len && found == NULL; i++)
    {
      Subscription *subscription = g_ptr_array_index (self->subscriptions, i);

      if (subscription->id == id)
        found = g_ptr_array_steal_index (self->subscriptions, i);
    }
  g_mutex_unlock (&self->mutex);

  g_return_if_fail (found != NULL);
  end_subscription (found);
}

/**
 * ch_change_hub_announce:
 * @ids: (element-type gint64): what changed; empty for "anything of this kind". It is copied.
 */
void
ch_change_hub_announce (ChChangeHub *self,
                        ChKind       kind,
                        GArray      *ids)
{
  g_return_if_fail (CH_IS_CHANGE_HUB (self));
  g_return_if_fail (kind < CH_N_KINDS);
  g_return_if_fail (ids != NULL);

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->subscriptions->len; i++)
    queue (g_ptr_array_index (self->subscriptions, i), kind, ids);
  g_mutex_unlock (&self->mutex);
}
