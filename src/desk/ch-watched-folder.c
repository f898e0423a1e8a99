#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-watched-folder-private.h"

/*
 * The folder is looked at when it tells of a change, while files in it settle, and now and then besides: network
 * shares tell nothing. Each look compares it with what was looked at before (watched_file), in the desk's thread; what
 * has stayed as it is for long enough goes the way of every document: kept, read by the helper, filed.
 */

#define SETTLE_MS 2000
#define PATIENCE_MS 30000
#define IDLE_MS 60000
#define SOON_MS 200
#define TAKES_FOR_EACH_PROCESSOR 2

struct _ChWatchedFolder
{
  GObject          parent_instance;

  ChDeskWorker    *desk;
  ChReader        *reader;
  ChChangeHub     *hub;
  guint            subscription;
  ChWatchedPace    pace;

  char            *path;          /* NULL where nothing is watched */
  char            *problem;
  GFileMonitor    *monitor;
  GHashTable      *candidates;    /* (element-type utf8 Candidate): those that have not been looked at yet */
  GCancellable    *cancellable;   /* of this folder */
  guint            timer;
  gint64           timer_at;      /* monotonic, when it goes off */
  gint64           loaded_at;     /* monotonic, when the setting was last looked at */
  guint            n_taking;
  gboolean         is_scanning;
  gboolean         is_closed;
};

enum {
  TAKEN,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChWatchedFolder, ch_watched_folder, G_TYPE_OBJECT)

/* since: monotonic, from when on it has been as it is; not_before: when it is worth another try */
typedef struct {
  ChWatchedFile *file;
  gint64         since;
  gint64         not_before;
  gboolean       is_taken;
  gboolean       is_told;      /* that it can't be opened or kept */
} Candidate;

/* A file on its way, and whose it is. */
typedef struct {
  ChWatchedFolder *folder;
  ChWatchedTake   *take;
} Errand;

static void schedule (ChWatchedFolder *self,
                      guint            ms);

static void
candidate_free (Candidate *self)
{
  ch_watched_file_free (self->file);
  g_free (self);
}

static void
errand_free (Errand *errand)
{
  _ch_watched_take_free (errand->take);
  g_object_unref (errand->folder);
  g_free (errand);
}

static void
ch_watched_folder_dispose (GObject *object)
{
  ChWatchedFolder *self = (ChWatchedFolder *)object;

  g_assert (self->is_closed);   /* ch_watched_folder_close() came first */
  g_clear_object (&self->hub);

  G_OBJECT_CLASS (ch_watched_folder_parent_class)->dispose (object);
}

static void
ch_watched_folder_finalize (GObject *object)
{
  ChWatchedFolder *self = (ChWatchedFolder *)object;

  g_clear_object (&self->desk);
  g_clear_object (&self->reader);
  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->candidates);
  g_free (self->path);
  g_free (self->problem);

  G_OBJECT_CLASS (ch_watched_folder_parent_class)->finalize (object);
}

static void
ch_watched_folder_class_init (ChWatchedFolderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ch_watched_folder_dispose;
  G_OBJECT_CLASS (klass)->finalize = ch_watched_folder_finalize;

  signals[TAKEN] = g_signal_new ("taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_PTR_ARRAY, G_TYPE_STRING);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
ch_watched_folder_init (ChWatchedFolder *self)
{
  self->candidates = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)candidate_free);
  self->cancellable = g_cancellable_new ();
  self->pace = (ChWatchedPace){ SETTLE_MS, PATIENCE_MS, IDLE_MS };
}

static void
set_problem (ChWatchedFolder *self,
             const char      *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;

  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gint64
get_patience (const ChWatchedFolder *self)
{
  return (gint64)self->pace.patience * 1000;
}

/* What people take for a document; that nothing came of other files is no news. */
static gboolean
is_named_like_document (const char *name)
{
  static const char * const ends[] = { ".heic", ".jpeg", ".jpg", ".pdf", ".png", ".tif", ".tiff" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (g_str_has_suffix (lower, ends[i]))
        return TRUE;
    }

  return FALSE;
}

/* It has been looked at; what was here before is not worth a word. */
static void
tell_taken (ChWatchedFolder     *self,
            const ChWatchedTake *take)
{
  g_autofree char *name = g_path_get_basename (take->file->path);
  const char *problem = take->read_error != NULL ? take->read_error->message : take->problem;

  g_hash_table_remove (self->candidates, take->file->path);
  if (!self->is_closed && (take->filed != NULL || (problem != NULL && is_named_like_document (name))))
    g_signal_emit (self, signals[TAKEN], 0, name, take->filed, problem);
}

/* Somebody still writes it, or it could not be kept: as long as it stays as it is, there is another try, soon or after
 * a while. A failure is told once. */
static void
postpone (ChWatchedFolder     *self,
          const ChWatchedTake *take,
          const GError        *error)
{
  Candidate *candidate = g_hash_table_lookup (self->candidates, take->file->path);
  gboolean failed = error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autofree char *name = g_path_get_basename (take->file->path);

  if (candidate == NULL)
    return;

  candidate->is_taken = FALSE;
  candidate->not_before = g_get_monotonic_time () + (gint64)(failed ? self->pace.idle : self->pace.settle) * 1000;
  if (!failed || candidate->is_told)
    return;
  candidate->is_told = TRUE;
  g_signal_emit (self, signals[TAKEN], 0, name, NULL, error->message);
}

/* Eats @errand. */
static void
end_errand (Errand       *errand,
            const GError *error)
{
  g_autoptr(ChWatchedFolder) self = g_object_ref (errand->folder);

  self->n_taking--;
  if (error == NULL && errand->take->state != CH_WATCHED_INCOMPLETE)
    tell_taken (self, errand->take);
  else
    postpone (self, errand->take, error);
  if (!self->is_closed)
    schedule (self, SOON_MS);
  errand_free (errand);
}

static gpointer
file_in_worker (ChDesk        *desk,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  _ch_watched_take_file (((Errand *)data)->take, desk, error);

  return NULL;
}

static void
on_filed_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  end_errand (user_data, error);
}

static void
on_read_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Errand *errand = user_data;
  ChWatchedTake *take = errand->take;

  take->reading = ch_reader_read_finish (CH_READER (object), result, &take->read_error);
  if (g_error_matches (take->read_error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (take->read_error, CH_READER_ERROR, CH_READER_ERROR_NO_HELPER))
    {
      g_autoptr(GError) error = g_error_copy (take->read_error);

      take->state = CH_WATCHED_INCOMPLETE;
      end_errand (errand, error);
      return;
    }

  /* What can't be read is filed as well: a person reads it. */
  ch_desk_worker_run_async (errand->folder->desk, file_in_worker, errand, NULL, NULL, NULL, on_filed_cb, errand);
}

static gpointer
store_in_worker (ChDesk        *desk,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  _ch_watched_take_store (((Errand *)data)->take, desk, cancellable, error);

  return NULL;
}

static void
on_stored_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Errand *errand = user_data;
  g_autoptr(GError) error = NULL;

  ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  if (error != NULL || errand->take->state != CH_WATCHED_STORED)
    {
      end_errand (errand, error);
      return;
    }
  ch_reader_read_async (errand->folder->reader, errand->take->fd, errand->folder->cancellable, on_read_cb, errand);
}

static void
take (ChWatchedFolder *self,
      Candidate       *candidate,
      gint64           now)
{
  Errand *errand = g_new0 (Errand, 1);

  candidate->is_taken = TRUE;
  errand->folder = g_object_ref (self);
  errand->take = _ch_watched_take_new (candidate->file, now - candidate->since < get_patience (self));
  self->n_taking++;
  ch_desk_worker_run_async (self->desk, store_in_worker, errand, NULL, NULL, self->cancellable, on_stored_cb, errand);
}

/* What is new or differs begins to settle; what is gone is forgotten. */
static void
update_candidates (ChWatchedFolder *self,
                   GPtrArray       *found,
                   gint64           now)
{
  g_autoptr(GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer path, value;

  for (guint i = 0; i < found->len; i++)
    {
      const ChWatchedFile *file = g_ptr_array_index (found, i);
      Candidate *candidate = g_hash_table_lookup (self->candidates, file->path);

      g_hash_table_add (there, file->path);
      if (candidate != NULL && (candidate->is_taken || (candidate->file->size == file->size &&
                                                        candidate->file->modified_at == file->modified_at)))
        continue;
      candidate = g_new0 (Candidate, 1);
      candidate->file = g_new0 (ChWatchedFile, 1);
      candidate->file->path = g_strdup (file->path);
      candidate->file->size = file->size;
      candidate->file->modified_at = file->modified_at;
      candidate->since = now;
      candidate->not_before = now + (gint64)self->pace.settle * 1000;
      g_hash_table_replace (self->candidates, candidate->file->path, candidate);
    }

  g_hash_table_iter_init (&iter, self->candidates);
  while (g_hash_table_iter_next (&iter, &path, &value))
    {
      if (!((Candidate *)value)->is_taken && !g_hash_table_contains (there, path))
        g_hash_table_iter_remove (&iter);
    }
}

/* Starts what has settled, in the order in which it was found; answers after how many milliseconds to look again. */
static guint
take_settled (ChWatchedFolder *self,
              GPtrArray       *found,
              gint64           now)
{
  guint most = TAKES_FOR_EACH_PROCESSOR * g_get_num_processors ();
  gint64 wait = (gint64)self->pace.idle * 1000;

  for (guint i = 0; i < found->len; i++)
    {
      const ChWatchedFile *file = g_ptr_array_index (found, i);
      Candidate *candidate = g_hash_table_lookup (self->candidates, file->path);

      if (candidate == NULL || candidate->is_taken)
        continue;
      if (candidate->not_before > now)
        wait = MIN (wait, candidate->not_before - now);
      else if (self->n_taking < most)
        take (self, candidate, now);
    }

  return (guint)(wait / 1000) + 1;
}

static gpointer
scan_in_worker (ChDesk        *desk,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return _ch_watched_scan (desk, data, cancellable, error);
}

static void
on_scanned_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(ChWatchedFolder) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) found = ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  gint64 now = g_get_monotonic_time ();

  self->is_scanning = FALSE;
  if (self->is_closed)
    return;
  if (found == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        set_problem (self, error->message);
      schedule (self, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? SOON_MS : self->pace.idle);
      return;
    }

  set_problem (self, NULL);
  update_candidates (self, found, now);
  schedule (self, take_settled (self, found, now));
}

static void
scan (ChWatchedFolder *self)
{
  if (self->path == NULL || self->is_scanning || self->is_closed)
    return;

  self->is_scanning = TRUE;
  ch_desk_worker_run_async (self->desk, scan_in_worker, g_strdup (self->path), g_free, (GDestroyNotify)g_ptr_array_unref,
                            self->cancellable, on_scanned_cb, g_object_ref (self));
}

static void load (ChWatchedFolder *self);

/* Another program may have changed the setting, of which the hub knows nothing. */
static gboolean
on_timer_cb (gpointer user_data)
{
  ChWatchedFolder *self = user_data;

  self->timer = 0;
  if (g_get_monotonic_time () - self->loaded_at >= (gint64)self->pace.idle * 1000)
    load (self);
  scan (self);

  return G_SOURCE_REMOVE;
}

/* The nearer of what is planned and this. */
static void
schedule (ChWatchedFolder *self,
          guint            ms)
{
  gint64 at = g_get_monotonic_time () + (gint64)ms * 1000;

  if (self->timer != 0 && self->timer_at <= at)
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (ms, on_timer_cb, self);
  self->timer_at = at;
}

static void
on_monitor_changed_cb (GFileMonitor      *monitor,
                       GFile             *file,
                       GFile             *other,
                       GFileMonitorEvent  event,
                       ChWatchedFolder   *self)
{
  schedule (self, SOON_MS);
}

static void
leave (ChWatchedFolder *self)
{
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
    }
  g_clear_object (&self->monitor);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->candidates);
  g_clear_pointer (&self->path, g_free);
}

static void
enter (ChWatchedFolder *self,
       const char      *path)
{
  g_autoptr(GFile) folder = g_file_new_for_path (path);

  self->path = g_strdup (path);
  /* Where it can't be watched it is still looked at now and then. */
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect (self->monitor, "changed", G_CALLBACK (on_monitor_changed_cb), self);
  schedule (self, 0);
}

static gpointer
load_in_worker (ChDesk        *desk,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return _ch_watched_load_path (desk, error);
}

static void
on_loaded_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(ChWatchedFolder) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);

  if (self->is_closed)
    return;
  schedule (self, self->pace.idle);
  if (error != NULL || g_strcmp0 (path, self->path) == 0)
    return;

  leave (self);
  set_problem (self, NULL);
  if (path != NULL && path[0] != '\0')
    enter (self, path);
  else
    schedule (self, self->pace.idle);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
load (ChWatchedFolder *self)
{
  self->loaded_at = g_get_monotonic_time ();
  ch_desk_worker_run_async (self->desk, load_in_worker, NULL, NULL, g_free, NULL, on_loaded_cb, g_object_ref (self));
}

static void
on_store_changed_cb (ChKind    kind,
                     GArray   *ids,
                     gpointer  user_data)
{
  ChWatchedFolder *self = user_data;

  if (kind == CH_KIND_STATE && !self->is_closed)
    load (self);
}

/**
 * ch_watched_folder_new:
 * @desk: does the work on disk
 * @reader: reads what is found
 * @hub: tells of changes of the setting
 *
 * Begins to follow the setting, and to watch the folder that it names.
 *
 * Returns: (transfer full): to be closed
 */
ChWatchedFolder *
ch_watched_folder_new (ChDeskWorker *desk,
                       ChReader     *reader,
                       ChChangeHub  *hub)
{
  ChWatchedFolder *self;

  g_return_val_if_fail (CH_IS_DESK_WORKER (desk), NULL);
  g_return_val_if_fail (CH_IS_READER (reader), NULL);
  g_return_val_if_fail (CH_IS_CHANGE_HUB (hub), NULL);

  self = g_object_new (CH_TYPE_WATCHED_FOLDER, NULL);
  self->desk = g_object_ref (desk);
  self->reader = g_object_ref (reader);
  self->hub = g_object_ref (hub);
  self->subscription = ch_change_hub_subscribe (hub, on_store_changed_cb, self, NULL);
  load (self);

  return self;
}

void
_ch_watched_folder_set_pace (ChWatchedFolder     *self,
                             const ChWatchedPace *pace)
{
  self->pace = *pace;
}

/**
 * ch_watched_folder_close:
 *
 * Before the desk's worker is closed.
 */
void
ch_watched_folder_close (ChWatchedFolder *self)
{
  g_return_if_fail (CH_IS_WATCHED_FOLDER (self));

  if (self->is_closed)
    return;

  self->is_closed = TRUE;
  ch_change_hub_unsubscribe (self->hub, self->subscription);
  leave (self);
}

const char *
ch_watched_folder_get_path (ChWatchedFolder *self)
{
  g_return_val_if_fail (CH_IS_WATCHED_FOLDER (self), NULL);

  return self->path;
}

const char *
ch_watched_folder_get_problem (ChWatchedFolder *self)
{
  g_return_val_if_fail (CH_IS_WATCHED_FOLDER (self), NULL);

  return self->problem;
}
