#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ch-connection-private.h"
#include "ch-named-sql-private.h"
#include "ch-store-error-private.h"

/* How long a writer waits for another one: acts take milliseconds, so this is for a machine that is busy. */
#define BUSY_TIMEOUT_MS 10000

static gboolean
execute (ChConnection  *self,
         const char    *sql,
         GError       **error)
{
  int code = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;

  _ch_store_error_set_sqlite (error, sqlite3_extended_errcode (self->db), sqlite3_system_errno (self->db),
                              sqlite3_errmsg (self->db));

  return FALSE;
}

/* Settings of this connection alone; the file is not touched. The table `selection` holds the ids that a list is
 * about while its rows and their children are read, one ordered query for each kind of child; those CROSS JOIN it,
 * which keeps SQLite from walking through all children to look for the few ids. */
static gboolean
configure (ChConnection  *self,
           GError       **error)
{
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);

  return execute (self,
                  "PRAGMA foreign_keys = ON;"
                  "PRAGMA synchronous = FULL;"
                  "PRAGMA temp_store = MEMORY;"
                  "CREATE TEMP TABLE selection (id INTEGER NOT NULL PRIMARY KEY) STRICT;",
                  error);
}

/*
 * SQLite gives its journals the permissions of the database, so it is enough to make that one private. A database that
 * is there already must not be opened here: closing it would drop the locks that this process's other connections
 * hold on it (POSIX locks belong to the process), and another process that closes would then take the journal away
 * from under them.
 */
static gboolean
create_privately (const char  *path,
                  GError     **error)
{
  struct stat info;
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }
  if (errno == EEXIST && lstat (path, &info) == 0 && S_ISREG (info.st_mode))
    return TRUE;

  _ch_store_error_set_errno (error, errno == EEXIST ? ELOOP : errno, path);
  return FALSE;
}

ChConnection *
_ch_connection_open (const char  *path,
                     GError     **error)
{
  g_autoptr(ChConnection) self = NULL;
  int code;

  if (!g_str_equal (path, CH_CONNECTION_IN_MEMORY) && !create_privately (path, error))
    return NULL;

  self = g_new0 (ChConnection, 1);
  self->sql = _ch_named_sql_load ();
  self->queries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) _ch_query_free);

  /* One connection is one thread's, so SQLite needs no mutex. */
  code = sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (code != SQLITE_OK)
    {
      _ch_store_error_set_sqlite (error, code, self->db != NULL ? sqlite3_system_errno (self->db) : 0,
                                  self->db != NULL ? sqlite3_errmsg (self->db) : sqlite3_errstr (code));
      return NULL;
    }
  if (!configure (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
_ch_connection_close (ChConnection *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->queries);
  g_hash_table_unref (self->sql);
  if (self->db != NULL && sqlite3_close (self->db) != SQLITE_OK)
    g_critical ("a statement outlives its connection");
  g_free (self);
}

ChQuery *
_ch_connection_query (ChConnection *self,
                      const char   *name)
{
  ChQuery *query = g_hash_table_lookup (self->queries, name);
  gpointer key, sql;

  if (query == NULL)
    {
      if (!g_hash_table_lookup_extended (self->sql, name, &key, &sql))
        g_error ("there is no statement “%s”", name);
      query = _ch_query_new (self, key, sql);
      g_hash_table_insert (self->queries, key, query);
    }

  return _ch_query_take (query);
}

gboolean
_ch_connection_run (ChConnection  *self,
                    const char    *name,
                    GError       **error)
{
  g_autoptr(ChQuery) query = _ch_connection_query (self, name);

  return _ch_query_run (query, error);
}

/* For scripts of the schema and settings: text that is ours. */
gboolean
_ch_connection_execute (ChConnection  *self,
                        const char    *script,
                        GError       **error)
{
  return execute (self, script, error);
}

gboolean
_ch_connection_read_number (ChConnection  *self,
                            const char    *sql,
                            gint64        *number,
                            GError       **error)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    *number = sqlite3_column_int64 (statement, 0);
  else
    _ch_store_error_set_sqlite (error, sqlite3_extended_errcode (self->db), sqlite3_system_errno (self->db),
                              sqlite3_errmsg (self->db));
  sqlite3_finalize (statement);

  return code == SQLITE_ROW;
}

void
_ch_connection_set_step_func (ChConnection *self,
                              ChStepFunc    func,
                              gpointer      user_data)
{
  self->step_func = func;
  self->step_data = user_data;
}
