#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-migration-private.h"
#include "ch-named-sql-private.h"
#include "ch-store-error-private.h"

#define SCHEMA_PATH "/io/github/certholder/Certholder/store/schema/"

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char * const *) a, *(const char * const *) b);
}

/* NNN-what.sql, NNN from 001 without a gap. */
GPtrArray *
_ch_migration_load_scripts (void)
{
  GPtrArray *scripts = g_ptr_array_new_with_free_func (g_free);
  GResource *resource = _ch_named_sql_get_resource ();
  g_auto(GStrv) names = g_resource_enumerate_children (resource, SCHEMA_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (names != NULL);
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (SCHEMA_PATH, names[i], NULL);
      g_autoptr(GBytes) bytes = g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      g_assert (g_ascii_strtoull (names[i], NULL, 10) == i + 1);
      g_ptr_array_add (scripts, g_strdup (g_bytes_get_data (bytes, NULL)));
    }

  return scripts;
}

/* The three belong together: without a transaction, another process that makes the file between two of the reads would
 * make it look like some other program's. */
static gboolean
read_marks (ChConnection  *connection,
            gint64        *application,
            gint64        *version,
            gint64        *n_tables,
            GError       **error)
{
  gboolean ok;

  if (!_ch_connection_execute (connection, "BEGIN", error))
    return FALSE;

  ok = _ch_connection_read_number (connection, "SELECT count (*) FROM sqlite_schema", n_tables, error) &&
       _ch_connection_read_number (connection, "PRAGMA application_id", application, error) &&
       _ch_connection_read_number (connection, "PRAGMA user_version", version, error);

  return _ch_connection_execute (connection, "COMMIT", ok ? error : NULL) && ok;
}

gboolean
_ch_migration_check (ChConnection  *connection,
                     guint          newest,
                     GError       **error)
{
  gint64 application, version, n_tables;

  if (!read_marks (connection, &application, &version, &n_tables, error))
    return FALSE;

  if (application == 0 && version == 0 && n_tables == 0)
    return TRUE;

  if (application != CH_STORE_APPLICATION_ID || version < 1)
    {
      g_set_error_literal (error, CH_STORE_ERROR, CH_STORE_ERROR_CORRUPT,
                           _("The database belongs to another program. Nothing was changed."));
      return FALSE;
    }
  if (version > newest)
    {
      g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NEWER,
                   _("A newer version of Certholder wrote the database (version %d, this program knows %u). "
                     "Nothing was changed; update the program."),
                   (int) version, newest);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_references (ChConnection  *connection,
                  GError       **error)
{
  gint64 n;

  if (!_ch_connection_read_number (connection, "SELECT count (*) FROM pragma_foreign_key_check", &n, error))
    return FALSE;
  if (n == 0)
    return TRUE;

  g_set_error (error, CH_STORE_ERROR, CH_STORE_ERROR_CORRUPT,
               _("The database can’t be brought up to date: %d rows refer to rows that are not there. "
                 "Nothing was changed; restore a backup."),
               (int) n);

  return FALSE;
}

/* Another process may have done it since we looked, so the version counts that the writer sees. */
static gboolean
apply (ChConnection  *connection,
       const char    *script,
       guint          version,
       GError       **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %u", version);
  gint64 found;
  gboolean ok;

  if (!_ch_connection_execute (connection, "BEGIN IMMEDIATE", error))
    return FALSE;

  ok = _ch_connection_read_number (connection, "PRAGMA user_version", &found, error);
  if (ok && found < version)
    ok = _ch_connection_execute (connection, script, error) &&
         check_references (connection, error) &&
         _ch_connection_execute (connection, mark, error);
  ok = ok && _ch_connection_execute (connection, "COMMIT", error);
  if (!ok && !sqlite3_get_autocommit (connection->db))
    _ch_connection_execute (connection, "ROLLBACK", NULL);
  if (!ok)
    g_prefix_error (error, _("Version %u of the database: "), version);

  return ok;
}

/*
 * _ch_migration_run:
 *
 * A script that rebuilds a table must be able to drop the old one, so references are not enforced meanwhile but
 * checked as a whole before each commit (https://www.sqlite.org/lang_altertable.html#otheralter). A script that fails
 * leaves the file as the script before it left it.
 */
gboolean
_ch_migration_run (ChConnection  *connection,
                   GPtrArray     *scripts,
                   GError       **error)
{
  gint64 version;
  gboolean ok = TRUE;

  if (!_ch_migration_check (connection, scripts->len, error) ||
      !_ch_connection_read_number (connection, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version == scripts->len)
    return TRUE;

  if (!_ch_connection_execute (connection, "PRAGMA foreign_keys = OFF", error))
    return FALSE;
  for (guint i = (guint) version; ok && i < scripts->len; i++)
    ok = apply (connection, g_ptr_array_index (scripts, i), i + 1, error);

  return _ch_connection_execute (connection, "PRAGMA foreign_keys = ON", ok ? error : NULL) && ok;
}
