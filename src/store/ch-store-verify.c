#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-migration-private.h"
#include "ch-store-documents.h"
#include "ch-store-error-private.h"
#include "ch-store-private.h"

/* Virtual machine steps of SQLite between two looks at the cancellable: a few milliseconds. */
#define STEPS_BETWEEN_LOOKS 100000

typedef gboolean (*CheckFunc) (ChStore       *self,
                               GPtrArray     *problems,
                               GCancellable  *cancellable,
                               GError       **error);

enum {
  DOCUMENT_SHA256,
  DOCUMENT_SIZE,
};

/* The statement is ours and has no parameters. Each row becomes a problem: @format with its first column. */
static gboolean
add_rows (ChStore     *self,
          GPtrArray   *problems,
          const char  *sql,
          const char  *fine,
          const char  *format,
          GError     **error)
{
  sqlite3 *db = self->connection->db;
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  while (code == SQLITE_OK || code == SQLITE_ROW)
    {
      const char *text;

      code = sqlite3_step (statement);
      if (code != SQLITE_ROW)
        break;
      text = (const char *) sqlite3_column_text (statement, 0);
      if (g_strcmp0 (text, fine) != 0)
        g_ptr_array_add (problems, g_strdup_printf ("%s (%s).", format, text != NULL ? text : "?"));
    }
  if (code != SQLITE_DONE)
    _ch_store_error_set_sqlite (error, sqlite3_extended_errcode (db), sqlite3_system_errno (db), sqlite3_errmsg (db));
  sqlite3_finalize (statement);

  return code == SQLITE_DONE;
}

static gboolean
check_file (ChStore       *self,
            GPtrArray     *problems,
            GCancellable  *cancellable,
            GError       **error)
{
  return add_rows (self, problems, "PRAGMA integrity_check", "ok", _("The database is damaged"), error);
}

static gboolean
check_references (ChStore       *self,
                  GPtrArray     *problems,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return add_rows (self, problems, "PRAGMA foreign_key_check", NULL, _("A row refers to one that is not there"), error);
}

static gboolean
count (ChStore     *self,
       const char  *statement,
       gint64      *n,
       GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, statement);

  return _ch_query_run_for_id (query, n, error);
}

/* What the schema can't hold by itself. */
static gboolean
check_sense (ChStore       *self,
             GPtrArray     *problems,
             GCancellable  *cancellable,
             GError       **error)
{
  static const struct {
    const char *statement;
    const char *problem;
  } counts[] = {
    { "count-certificates-without-version", N_("Certificates without content:") },
    { "count-policies-without-identity", N_("Policies without an identity:") },
    { "count-identities-of-another-sub", N_("Policies that belong to another sub:") },
    { "count-overlapping-verdicts", N_("Verdicts that hold at the same time:") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      gint64 n = 0;

      if (!count (self, counts[i].statement, &n, error))
        return FALSE;
      if (n > 0)
        {
          g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, n);

          g_ptr_array_add (problems, g_strconcat (_(counts[i].problem), " ", number, NULL));
        }
    }

  return TRUE;
}

/* Shared records and the outbox are not sealed; they vouch for each other. */
static gboolean
check_outbox (ChStore       *self,
              GPtrArray     *problems,
              GCancellable  *cancellable,
              GError       **error)
{
  static const struct {
    const char *statement;
    const char *problem;
  } lists[] = {
    { "list-outbox-rows-with-stray-fields", N_("The outbox keeps what was sent of a record that is not being sent: %s.") },
    { "list-outbox-rows-parked-without-why", N_("A record is set aside without a reason: %s.") },
    { "list-shared-records-not-queued",
      N_("A record differs from what Procore agreed to, and nothing is queued for it: %s.") },
    { "list-shared-records-out-of-step",
      N_("A record says that Procore agreed to something else than Procore told: %s.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr(ChQuery) query = _ch_store_query (self, lists[i].statement);

      while (_ch_query_next (query))
        {
          g_auto(GStrv) around = g_strsplit (_(lists[i].problem), "%s", 2);

          g_ptr_array_add (problems, g_strconcat (around[0], _ch_query_get_text (query, 0), around[1], NULL));
        }
      if (!_ch_query_finish (query, error))
        return FALSE;
    }

  return TRUE;
}

/* (element-type utf8 utf8): what the schema's objects are made of, by type and name */
static GHashTable *
load_schema (ChConnection  *connection,
             GError       **error)
{
  g_autoptr(GHashTable) schema = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(ChQuery) query = _ch_connection_query (connection, "list-schema");

  while (_ch_query_next (query))
    g_hash_table_insert (schema, _ch_query_dup_text (query, 0), _ch_query_dup_text (query, 1));

  return _ch_query_finish (query, error) ? g_steal_pointer (&schema) : NULL;
}

/* As the scripts make it: without its triggers and constraints the database keeps nothing by itself. */
static GHashTable *
make_schema (GError **error)
{
  g_autoptr(GPtrArray) scripts = _ch_migration_load_scripts ();
  g_autoptr(ChConnection) connection = _ch_connection_open (CH_CONNECTION_IN_MEMORY, error);

  if (connection == NULL || !_ch_migration_run (connection, scripts, error))
    return NULL;

  return load_schema (connection, error);
}

/* (transfer none): made once, since it takes as long as reading a small database whole, and never changes. */
static GHashTable *
get_schema (GError **error)
{
  static GHashTable *schema;
  g_autoptr(GHashTable) made = NULL;

  if (g_atomic_pointer_get (&schema) != NULL)
    return g_atomic_pointer_get (&schema);
  made = make_schema (error);
  if (made == NULL)
    return NULL;

  if (g_atomic_pointer_compare_and_exchange (&schema, NULL, made))
    g_steal_pointer (&made);

  return g_atomic_pointer_get (&schema);
}

static gboolean
check_schema (ChStore       *self,
              GPtrArray     *problems,
              GCancellable  *cancellable,
              GError       **error)
{
  GHashTable *wanted = get_schema (error);
  g_autoptr(GHashTable) found = wanted != NULL ? load_schema (self->connection, error) : NULL;
  g_autoptr(GList) names = NULL;

  if (found == NULL)
    return FALSE;

  names = g_list_sort (g_hash_table_get_keys (wanted), (GCompareFunc) g_strcmp0);
  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *sql = g_hash_table_lookup (found, l->data);

      if (sql == NULL)
        g_ptr_array_add (problems, g_strdup_printf (_("The database lacks its %s."), (const char *) l->data));
      else if (!g_str_equal (sql, g_hash_table_lookup (wanted, l->data)))
        g_ptr_array_add (problems, g_strdup_printf (_("The %s of the database was changed by another program."),
                                                    (const char *) l->data));
    }
  g_clear_pointer (&names, g_list_free);

  names = g_list_sort (g_hash_table_get_keys (found), (GCompareFunc) g_strcmp0);
  for (GList *l = names; l != NULL; l = l->next)
    {
      if (!g_hash_table_contains (wanted, l->data))
        g_ptr_array_add (problems, g_strdup_printf (_("The %s of the database is another program’s."),
                                                    (const char *) l->data));
    }

  return TRUE;
}

static gboolean
check_document (ChStore       *self,
                const char    *sha256,
                gint64         size,
                GPtrArray     *problems,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autofree char *found = NULL;
  g_autoptr(GError) local_error = NULL;

  if (_ch_store_get_document_size (self, sha256) < 0)
    {
      g_ptr_array_add (problems, g_strdup_printf (_("Document %s is missing."), sha256));
      return TRUE;
    }

  found = _ch_store_hash_document (self, sha256, cancellable, &local_error);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (found == NULL)
    g_ptr_array_add (problems, g_strdup_printf (_("Document %s can’t be read: %s"), sha256, local_error->message));
  else if (!g_str_equal (found, sha256) || _ch_store_get_document_size (self, sha256) != size)
    g_ptr_array_add (problems, g_strdup_printf (_("Document %s is damaged: its content is not what was stored."),
                                                sha256));

  return TRUE;
}

static gboolean
check_documents (ChStore       *self,
                 GPtrArray     *problems,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-documents");

  while (_ch_query_next (query))
    {
      if (!check_document (self, _ch_query_get_text (query, DOCUMENT_SHA256),
                           _ch_query_get_integer (query, DOCUMENT_SIZE), problems, cancellable, error))
        return FALSE;
    }

  return _ch_query_finish (query, error);
}

static int
is_cancelled_cb (gpointer data)
{
  return g_cancellable_is_cancelled (data);
}

/* A check that damage stops has found a problem; only what is not about the data is an error. */
static gboolean
run_check (ChStore       *self,
           CheckFunc      check,
           GPtrArray     *problems,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(GError) local_error = NULL;

  if (check (self, problems, cancellable, &local_error))
    return TRUE;
  if (!g_error_matches (local_error, CH_STORE_ERROR, CH_STORE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_ptr_array_add (problems, g_strdup (local_error->message));

  return TRUE;
}

/**
 * ch_store_verify:
 *
 * Looks at everything; changes nothing. Takes as long as reading all documents takes.
 *
 * Returns: (transfer full) (element-type utf8): problems as sentences, empty where all is well; %NULL with @error
 *   where it could not look
 */
GPtrArray *
ch_store_verify (ChStore       *self,
                 GCancellable  *cancellable,
                 GError       **error)
{
  static const CheckFunc checks[] = {
    check_file, check_schema, check_references, check_sense, check_outbox, check_documents, _ch_store_verify_events,
  };
  g_autoptr(GPtrArray) problems = NULL;
  gboolean ok = TRUE;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  problems = g_ptr_array_new_with_free_func (g_free);
  if (!_ch_store_begin_read (self, error))
    return NULL;

  if (cancellable != NULL)
    sqlite3_progress_handler (self->connection->db, STEPS_BETWEEN_LOOKS, is_cancelled_cb, cancellable);
  for (guint i = 0; ok && i < G_N_ELEMENTS (checks); i++)
    ok = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         run_check (self, checks[i], problems, cancellable, error);
  sqlite3_progress_handler (self->connection->db, 0, NULL, NULL);
  _ch_store_end_read (self);

  return ok ? g_steal_pointer (&problems) : NULL;
}
