#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <inttypes.h>
#include <errno.h>
#include <sys/stat.h>

#include <glib/gi18n-lib.h>

#include "ch-migration-private.h"
#include "ch-seal-private.h"
#include "ch-store-error-private.h"
#include "ch-store-private.h"

#define DATABASE_NAME "certholder.db"

G_DEFINE_FINAL_TYPE (ChStore, ch_store, G_TYPE_OBJECT)

static void
forget_changes (ChStore *self)
{
  g_clear_pointer (&self->touched, g_hash_table_unref);
  for (guint kind = 0; kind < CH_N_KINDS; kind++)
    {
      g_clear_pointer (&self->changes[kind], g_hash_table_unref);
      self->changes_any[kind] = FALSE;
    }
}

static void
ch_store_finalize (GObject *object)
{
  ChStore *self = (ChStore *) object;

  forget_changes (self);
  g_clear_pointer (&self->connection, _ch_connection_close);
  g_clear_object (&self->hub);
  g_free (self->data_dir);
  g_free (self->who);

  G_OBJECT_CLASS (ch_store_parent_class)->finalize (object);
}

static void
ch_store_class_init (ChStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ch_store_finalize;
}

static void
ch_store_init (ChStore *self)
{
  self->content = 1;
  self->thread = g_thread_self ();
}

gboolean
_ch_store_make_private_dir (const char  *path,
                            GError     **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;

  _ch_store_error_set_errno (error, errno, path);

  return FALSE;
}

/* Nothing is written before the file is known to be ours and not from the future. */
static gboolean
open_database (ChStore  *self,
               GError  **error)
{
  g_autofree char *path = g_build_filename (self->data_dir, DATABASE_NAME, NULL);
  g_autoptr(GPtrArray) scripts = _ch_migration_load_scripts ();

  self->connection = _ch_connection_open (path, error);
  if (self->connection == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }

  if (!_ch_migration_check (self->connection, scripts->len, error) ||
      !_ch_connection_execute (self->connection, "PRAGMA journal_mode = WAL", error) ||
      !_ch_migration_run (self->connection, scripts, error) ||
      !_ch_connection_read_number (self->connection, "PRAGMA data_version", &self->data_version, error))
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }

  return TRUE;
}

/**
 * ch_store_open:
 * @data_dir: the folder of the database and the documents; made, for its owner alone, where it is not there
 * @hub: (nullable): is told what this connection's acts change
 *
 * Opens the store and brings it up to the program's version. A database that is damaged, newer or another program's
 * is refused with %CH_STORE_ERROR_CORRUPT or %CH_STORE_ERROR_NEWER and left as it is.
 *
 * Returns: (transfer full): a connection for the calling thread, or %NULL with @error
 */
ChStore *
ch_store_open (const char   *data_dir,
               ChChangeHub  *hub,
               GError      **error)
{
  g_autoptr(ChStore) self = NULL;

  g_return_val_if_fail (data_dir != NULL, NULL);
  g_return_val_if_fail (hub == NULL || CH_IS_CHANGE_HUB (hub), NULL);

  if (!_ch_store_make_private_dir (data_dir, error))
    return NULL;

  self = g_object_new (CH_TYPE_STORE, NULL);
  self->data_dir = g_strdup (data_dir);
  self->hub = hub != NULL ? g_object_ref (hub) : NULL;
  if (!open_database (self, error) || !_ch_seal_begin (self, error))
    return NULL;
  _ch_store_sweep_documents (self);

  return g_steal_pointer (&self);
}

/**
 * ch_store_close:
 *
 * Ends the connection; an act that is still open is undone. Nothing but ch_store_get_data_dir() works afterwards.
 */
void
ch_store_close (ChStore *self)
{
  g_return_if_fail (CH_IS_STORE (self));

  if (self->connection == NULL)
    return;

  ch_store_rollback (self);
  g_clear_pointer (&self->connection, _ch_connection_close);
}

/* (transfer none) */
const char *
ch_store_get_data_dir (ChStore *self)
{
  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  return self->data_dir;
}

ChQuery *
_ch_store_query (ChStore    *self,
                 const char *name)
{
  g_assert (self->connection != NULL);                /* not after ch_store_close() */
  g_assert (self->thread == g_thread_self ());

  return _ch_connection_query (self->connection, name);
}

/* A read whose end failed, as on a failing disk, must not hold up all that comes after it. */
static void
end_stray_transaction (ChStore *self)
{
  if (self->n_reads == 0 && !ch_store_in_transaction (self) && !sqlite3_get_autocommit (self->connection->db))
    _ch_connection_run (self->connection, "rollback", NULL);
}

/* Not inside a transaction, where SQLite would ignore it. */
static gboolean
apply_lasting (ChStore  *self,
               GError  **error)
{
  if (self->is_fleeting == self->writes_fleetingly)
    return TRUE;
  if (!_ch_connection_execute (self->connection,
                               self->is_fleeting ? "PRAGMA synchronous = NORMAL;" : "PRAGMA synchronous = FULL;", error))
    return FALSE;
  self->writes_fleetingly = self->is_fleeting;
  return TRUE;
}

static gint64
count_changes (ChStore *self)
{
  return sqlite3_total_changes64 (self->connection->db) - self->connection->n_selected - self->freshness_changes;
}

/**
 * ch_store_begin:
 * @who: who acts, for the events: `desk:<login name>`, `sync`, `clock`
 * @now: Unix microseconds
 *
 * Begins an act: all that is written until ch_store_commit() is done as a whole or not at all.
 *
 * Returns: %FALSE with %CH_STORE_ERROR_BUSY where another process keeps writing
 */
gboolean
ch_store_begin (ChStore     *self,
                const char  *who,
                gint64       now,
                GError     **error)
{
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (who != NULL, FALSE);
  g_return_val_if_fail (!ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (self->n_reads == 0, FALSE);

  end_stray_transaction (self);
  if (!apply_lasting (self, error))
    return FALSE;
  query = _ch_store_query (self, "begin-write");
  if (!_ch_query_run (query, error))
    return FALSE;

  self->connection->in_act = TRUE;
  self->connection->undone_code = 0;
  self->changes_before_act = count_changes (self);
  self->who = g_strdup (who);
  self->now = now;

  return TRUE;
}

/**
 * ch_store_set_lasting:
 * @self: the store
 * @lasting: whether commits wait for the disk
 *
 * In the write-ahead log a commit that waits also carries all that were made before it (SQLite, “PRAGMA synchronous”).
 */
void
ch_store_set_lasting (ChStore  *self,
                      gboolean  lasting)
{
  g_return_if_fail (CH_IS_STORE (self));
  g_return_if_fail (!ch_store_in_transaction (self));

  self->is_fleeting = !lasting;
}

static void
end_act (ChStore *self)
{
  self->connection->in_act = FALSE;
  self->connection->undone_code = 0;
  g_clear_pointer (&self->who, g_free);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

static void
announce_changes (ChStore *self)
{
  for (guint kind = 0; self->hub != NULL && kind < CH_N_KINDS; kind++)
    {
      g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      GHashTableIter iter;
      gpointer id;

      if (self->changes[kind] == NULL && !self->changes_any[kind])
        continue;

      if (!self->changes_any[kind])
        {
          g_hash_table_iter_init (&iter, self->changes[kind]);
          while (g_hash_table_iter_next (&iter, &id, NULL))
            g_array_append_vals (ids, id, 1);
          g_array_sort (ids, compare_ids);
        }
      ch_change_hub_announce (self->hub, (ChKind) kind, ids);
    }
}

/**
 * ch_store_commit:
 *
 * Ends the act. What it changed is on stable storage when this returns, and the hub is told. On an error the act is
 * undone as a whole and is over.
 */
gboolean
ch_store_commit (ChStore  *self,
                 GError  **error)
{
  gboolean ok;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);

  ok = _ch_seal_write (self, error) && _ch_connection_run (self->connection, "commit", error);
  if (!ok)
    {
      ch_store_rollback (self);
      return FALSE;
    }

  if (count_changes (self) != self->changes_before_act)
    self->content++;
  end_act (self);
  announce_changes (self);
  forget_changes (self);

  return TRUE;
}

/**
 * ch_store_rollback:
 *
 * Undoes the act; does nothing where none is open.
 */
void
ch_store_rollback (ChStore *self)
{
  g_return_if_fail (CH_IS_STORE (self));

  if (!ch_store_in_transaction (self))
    return;

  /* Fails only where SQLite has undone it already. */
  if (!sqlite3_get_autocommit (self->connection->db))
    _ch_connection_run (self->connection, "rollback", NULL);
  for (guint kind = 0; kind < CH_N_KINDS; kind++)
    self->generations[kind]++;
  self->content++;
  end_act (self);
  forget_changes (self);
}

gboolean
ch_store_in_transaction (ChStore *self)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);

  return self->connection != NULL && self->connection->in_act;
}

gboolean
_ch_store_begin_read (ChStore  *self,
                      GError  **error)
{
  if (!ch_store_in_transaction (self) && self->n_reads == 0)
    {
      g_autoptr(ChQuery) query = NULL;

      end_stray_transaction (self);
      query = _ch_store_query (self, "begin-read");
      if (!_ch_query_run (query, error))
        return FALSE;
    }
  self->n_reads++;

  return TRUE;
}

void
_ch_store_end_read (ChStore *self)
{
  g_assert (self->n_reads > 0);

  self->n_reads--;
  if (self->n_reads == 0 && !ch_store_in_transaction (self) && !sqlite3_get_autocommit (self->connection->db))
    _ch_connection_run (self->connection, "rollback", NULL);   /* nothing was written */
}

ChQuery *
_ch_store_select (ChStore    *self,
                  const char *name)
{
  g_autoptr(ChQuery) clear = _ch_store_query (self, "clear-selection");
  ChQuery *query = _ch_store_query (self, name);

  /* With what was selected before, the list would be of others too: then there is no list. */
  if (!_ch_query_run (clear, NULL))
    _ch_query_fail_as (query, clear);

  return query;
}

gboolean
_ch_store_begin_step (ChStore  *self,
                      GError  **error)
{
  return _ch_connection_run (self->connection, "begin-step", error);
}

gboolean
_ch_store_end_step (ChStore   *self,
                    gboolean   ok,
                    GError   **error)
{
  if (!ok)
    _ch_connection_run (self->connection, "undo-step", NULL);

  return _ch_connection_run (self->connection, "end-step", ok ? error : NULL) && ok;
}

/* Verdicts and settings are touched where they are written: the hub is not told which. */
static void
touch (ChStore *self,
       ChKind   kind,
       gint64   id)
{
  static const int sealed[CH_N_KINDS] = {
    [CH_KIND_PROJECT] = 1 + CH_SEAL_PROJECT,
    [CH_KIND_VENDOR] = 1 + CH_SEAL_VENDOR,
    [CH_KIND_MEMBERSHIP] = 1 + CH_SEAL_MEMBERS,
    [CH_KIND_COMMITMENT] = 1 + CH_SEAL_COMMITMENT,
    [CH_KIND_INSURANCE] = 1 + CH_SEAL_INSURANCE,
    [CH_KIND_CERTIFICATE] = 1 + CH_SEAL_CERTIFICATE,
    [CH_KIND_REQUIREMENT_SET] = 1 + CH_SEAL_REQUIREMENT_SET,
    [CH_KIND_WAIVER] = 1 + CH_SEAL_WAIVERS,
    [CH_KIND_CONFLICT] = 1 + CH_SEAL_CONFLICT,
  };

  if (id != 0 && sealed[kind] != 0)
    _ch_seal_touch (self, (ChSealKind) (sealed[kind] - 1), id);
  else if (kind == CH_KIND_PROJECT)
    _ch_seal_touch (self, CH_SEAL_STAGES, 0);
  else if (kind == CH_KIND_REQUIREMENT_SET)
    _ch_seal_touch (self, CH_SEAL_CARRIERS, 0);
}

void
_ch_store_note (ChStore *self,
                ChKind   kind,
                gint64   id)
{
  self->generations[kind]++;
  touch (self, kind, id);
  if (id == 0)
    {
      self->changes_any[kind] = TRUE;
      return;
    }

  if (self->changes[kind] == NULL)
    self->changes[kind] = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (!g_hash_table_contains (self->changes[kind], &id))
    g_hash_table_add (self->changes[kind], g_memdup2 (&id, sizeof id));
}

/* FALSE without an error where there is no such row */
gboolean
_ch_store_has (ChStore     *self,
               const char  *statement,
               gint64       id,
               GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, statement);
  gboolean has;

  _ch_query_bind_integer (query, id);
  has = _ch_query_next (query);

  return _ch_query_finish (query, error) && has;
}

void
_ch_store_set_not_found (GError     **error,
                         const char  *what,
                         gint64       id)
{
  g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND, _("There is no %s %" PRId64 "."), what, id);
}

static const char *
get_kind_name (ChKind kind)
{
  switch (kind)
    {
    case CH_KIND_PROJECT:
      return _("project");
    case CH_KIND_VENDOR:
      return _("sub");
    case CH_KIND_COMMITMENT:
      return _("commitment");
    default:
      return _("insurance record");
    }
}

/* What Procore does not have any more is kept here, for what refers to it, but is not listed. */
gboolean
_ch_store_mark_gone (ChStore     *self,
                     const char  *mark,
                     const char  *has,
                     ChKind       kind,
                     gint64       id,
                     GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, mark);
  g_autoptr(GError) local_error = NULL;
  gboolean changed;

  _ch_query_bind_integer (query, id);
  if (!_ch_query_run_changing (query, &changed, error))
    return FALSE;
  if (changed)
    {
      _ch_store_note (self, kind, id);
      return TRUE;
    }
  if (_ch_store_has (self, has, id, &local_error))
    return TRUE;

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    _ch_store_set_not_found (error, get_kind_name (kind), id);

  return FALSE;
}

/**
 * ch_store_poll_others:
 *
 * Tells the hub that anything may have changed where another connection has committed since the last call. It can't
 * be known what; and a connection of this process that shares the hub counts as another one too.
 *
 * Returns: whether another connection has committed
 */
gboolean
ch_store_poll_others (ChStore *self)
{
  g_autoptr(GArray) none = NULL;
  gint64 version;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);

  if (!_ch_connection_read_number (self->connection, "PRAGMA data_version", &version, NULL) ||
      version == self->data_version)
    return FALSE;

  self->data_version = version;
  none = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint kind = 0; self->hub != NULL && kind < CH_N_KINDS; kind++)
    ch_change_hub_announce (self->hub, (ChKind) kind, none);

  return TRUE;
}

/**
 * ch_store_dup_state:
 *
 * Returns: (transfer full) (nullable): the text; %NULL where there is none, and with @error
 */
char *
ch_store_dup_state (ChStore     *self,
                    const char  *name,
                    GError     **error)
{
  g_autoptr(ChQuery) query = NULL;
  g_autofree char *value = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  query = _ch_store_query (self, "get-state");
  _ch_query_bind_text (query, name);
  if (_ch_query_next (query))
    value = _ch_query_dup_text (query, 0);

  return _ch_query_finish (query, error) ? g_steal_pointer (&value) : NULL;
}

/* What people decide on and what requests go to; not the positions that the sync keeps (list-ids-of-setting). */
static gboolean
is_setting (const char *name)
{
  static const char * const names[] = { "company_id", "company_name", "notify_subs", "watched_folder", NULL };

  return g_strv_contains (names, name) || g_str_has_prefix (name, "place.") || g_str_has_prefix (name, "review.") ||
         g_str_has_prefix (name, "procore.");
}

/**
 * ch_store_set_state:
 * @value: (nullable): %NULL takes it away
 */
gboolean
ch_store_set_state (ChStore     *self,
                    const char  *name,
                    const char  *value,
                    GError     **error)
{
  g_autoptr(ChQuery) query = NULL;
  gboolean changed;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  query = _ch_store_query (self, value != NULL ? "put-state" : "delete-state");
  _ch_query_bind_text (query, name);
  if (value != NULL)
    _ch_query_bind_text (query, value);
  if (!_ch_query_run_changing (query, &changed, error))
    return FALSE;
  if (changed)
    _ch_store_note (self, CH_KIND_STATE, 0);
  if (changed && is_setting (name))
    _ch_seal_touch_named (self, CH_SEAL_SETTING, name);

  return TRUE;
}

/**
 * ch_store_get_generation:
 *
 * Tells whether something that was made from the database is out of date: the number differs from the one before
 * where anything of this kind may have changed since, by this connection (also in the act that is open, and when it
 * is undone) or by another one.
 */
guint64
ch_store_get_generation (ChStore *self,
                         ChKind   kind)
{
  gint64 version;

  g_return_val_if_fail (CH_IS_STORE (self), 0);
  g_return_val_if_fail ((guint) kind < CH_N_KINDS, 0);

  if (!_ch_connection_read_number (self->connection, "PRAGMA data_version", &version, NULL) ||
      version != self->generation_version)
    {
      self->generation_version = version;
      for (guint i = 0; i < CH_N_KINDS; i++)
        self->generations[i]++;
    }

  return self->generations[kind];
}

/**
 * ch_store_get_content:
 *
 * Tells whether what was made from the database, all of it, is out of date: the number differs from the one before where
 * any row may have changed since, by this connection or by another one. Outside acts only.
 *
 * When a list was last read is no content, so that what was read again and brought nothing is not taken for a change.
 */
guint64
ch_store_get_content (ChStore *self)
{
  gint64 version;

  g_return_val_if_fail (CH_IS_STORE (self), 0);
  g_return_val_if_fail (!ch_store_in_transaction (self), 0);

  if (!_ch_connection_read_number (self->connection, "PRAGMA data_version", &version, NULL) ||
      version != self->content_version)
    {
      self->content_version = version;
      self->content++;
    }

  return self->content;
}
