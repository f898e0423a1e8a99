#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <string.h>

#include "ch-named-sql-private.h"
#include "ch-store-resources.h"

#define SQL_PATH "/io/github/certholder/Certholder/store/sql/"
#define NAME_MARK "-- name: "

/* A static library's constructors may be left out by the linker, hence the explicit registration. It is only noted by
 * GLib, which unpacks a static resource when it is first asked for, and hands out NULL to a thread that asks while
 * another one's request is being unpacked: so the first request belongs inside. */
GResource *
_ch_named_sql_get_resource (void)
{
  static gsize resource = 0;

  if (g_once_init_enter (&resource))
    {
      _ch_store_register_resource ();
      g_once_init_leave (&resource, (gsize) _ch_store_get_resource ());
    }

  return (GResource *) resource;
}

static void
add_statement (GHashTable  *statements,
               const char  *name,
               GString     *text)
{
  char *sql = g_strstrip (g_strdup (text->str));

  g_assert (!g_hash_table_contains (statements, name));   /* each name once, over all files */
  g_hash_table_insert (statements, g_strdup (name), sql);
}

void
_ch_named_sql_parse (const char *text,
                     GHashTable *statements)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr(GString) statement = g_string_new (NULL);
  const char *name = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (!g_str_has_prefix (lines[i], NAME_MARK))
        {
          g_string_append (statement, lines[i]);
          g_string_append_c (statement, '\n');
          continue;
        }

      if (name != NULL)
        add_statement (statements, name, statement);
      name = g_strchomp (lines[i] + strlen (NAME_MARK));
      g_string_truncate (statement, 0);
    }
  if (name != NULL)
    add_statement (statements, name, statement);
}

GHashTable *
_ch_named_sql_load (void)
{
  GResource *resource = _ch_named_sql_get_resource ();
  GHashTable *statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto(GStrv) files = g_resource_enumerate_children (resource, SQL_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (SQL_PATH, files[i], NULL);
      g_autoptr(GBytes) bytes = g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      /* Resources end in a NUL that their size does not count. */
      _ch_named_sql_parse (g_bytes_get_data (bytes, NULL), statements);
    }

  return statements;
}
