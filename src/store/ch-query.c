#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <string.h>

#include "ch-connection-private.h"
#include "ch-query-private.h"
#include "ch-store-error-private.h"

struct _ChQuery
{
  ChConnection *connection;   /* (unowned): it owns us */
  const char   *name;
  sqlite3_stmt *statement;    /* NULL where it could not be prepared */
  int          *places;       /* SQLite's place of parameter $1, $2, … */
  int           n_parameters;
  int           n_bound;
  int           code;
  char         *problem;
  int           number;      /* what the system said behind it */
  gboolean      selects;     /* it fills or empties the table of ids */
  gboolean      is_in_use;
};

static void
keep_error (ChQuery *self,
            int      code)
{
  if (self->code != SQLITE_OK)
    return;

  self->code = code;
  self->problem = g_strdup (sqlite3_errmsg (self->connection->db));
  self->number = sqlite3_system_errno (self->connection->db);
}

static void
find_places (ChQuery *self)
{
  self->n_parameters = sqlite3_bind_parameter_count (self->statement);
  self->places = g_new0 (int, self->n_parameters);
  for (int i = 0; i < self->n_parameters; i++)
    {
      g_autofree char *name = g_strdup_printf ("$%d", i + 1);

      self->places[i] = sqlite3_bind_parameter_index (self->statement, name);
      g_assert (self->places[i] > 0);   /* the statement numbers its parameters from $1 without a gap */
    }
}

/* @name and @sql stay the connection's. */
ChQuery *
_ch_query_new (ChConnection *connection,
               const char   *name,
               const char   *sql)
{
  ChQuery *self = g_new0 (ChQuery, 1);
  int code;

  self->connection = connection;
  self->name = name;
  self->selects = g_str_has_prefix (sql, "INSERT INTO selection ") || g_str_equal (sql, "DELETE FROM selection");
  code = sqlite3_prepare_v3 (connection->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &self->statement, NULL);
  if (code == SQLITE_OK)
    find_places (self);
  else
    keep_error (self, sqlite3_extended_errcode (connection->db));

  return self;
}

void
_ch_query_free (ChQuery *self)
{
  if (self == NULL)
    return;

  sqlite3_finalize (self->statement);
  g_free (self->places);
  g_free (self->problem);
  g_free (self);
}

ChQuery *
_ch_query_take (ChQuery *self)
{
  g_assert (!self->is_in_use);

  self->is_in_use = TRUE;
  self->n_bound = 0;

  return self;
}

void
_ch_query_release (ChQuery *self)
{
  if (self == NULL)
    return;

  if (self->statement != NULL)
    {
      sqlite3_reset (self->statement);
      sqlite3_clear_bindings (self->statement);
      self->code = SQLITE_OK;
      g_clear_pointer (&self->problem, g_free);
    }
  self->is_in_use = FALSE;
}

static int
get_next_place (ChQuery *self)
{
  if (self->statement == NULL)
    return 0;

  g_assert (self->n_bound < self->n_parameters);

  return self->places[self->n_bound++];
}

static void
check_bound (ChQuery *self,
             int      place,
             int      code)
{
  if (place > 0 && code != SQLITE_OK)
    keep_error (self, code);
}

void
_ch_query_bind_integer (ChQuery *self,
                        gint64   value)
{
  int place = get_next_place (self);

  check_bound (self, place, sqlite3_bind_int64 (self->statement, place, value));
}

static void
bind_null (ChQuery *self)
{
  int place = get_next_place (self);

  check_bound (self, place, sqlite3_bind_null (self->statement, place));
}

void
_ch_query_bind_id (ChQuery *self,
                   gint64   id)
{
  if (id != 0)
    _ch_query_bind_integer (self, id);
  else
    bind_null (self);
}

void
_ch_query_bind_boolean (ChQuery  *self,
                        gboolean  value)
{
  _ch_query_bind_integer (self, value ? 1 : 0);
}

void
_ch_query_bind_date (ChQuery *self,
                     ChDate   date)
{
  if (date != CH_DATE_NONE)
    _ch_query_bind_integer (self, date);
  else
    bind_null (self);
}

void
_ch_query_bind_real (ChQuery *self,
                     double   value)
{
  int place = get_next_place (self);

  check_bound (self, place, sqlite3_bind_double (self->statement, place, value));
}

void
_ch_query_bind_text (ChQuery    *self,
                     const char *text)
{
  int place = get_next_place (self);

  check_bound (self, place, sqlite3_bind_text (self->statement, place, text, -1, SQLITE_TRANSIENT));
}

void
_ch_query_fail_as (ChQuery       *self,
                   const ChQuery *other)
{
  if (self->code != SQLITE_OK || other->code == SQLITE_OK)
    return;

  self->code = other->code;
  self->problem = g_strdup (other->problem);
}

/* The one place where statements run. SQLite undoes a whole transaction after some errors (a full disk, say); what
 * follows in the same act must not run outside of it, as if it were an act of its own. */
static int
step (ChQuery *self)
{
  ChConnection *connection = self->connection;
  int code = SQLITE_OK;

  if (connection->in_act && sqlite3_get_autocommit (connection->db))
    return connection->undone_code != 0 ? connection->undone_code : SQLITE_ABORT;

  if (connection->step_func != NULL)
    code = connection->step_func (self->name, connection->step_data);
  if (code == SQLITE_OK)
    code = sqlite3_step (self->statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE && connection->in_act && sqlite3_get_autocommit (connection->db))
    connection->undone_code = code;

  return code;
}

/*
 * _ch_query_next:
 *
 * Returns: whether there is a row; %FALSE after the last one and on an error, which _ch_query_finish() tells
 */
gboolean
_ch_query_next (ChQuery *self)
{
  int code;

  if (self->code != SQLITE_OK)
    return FALSE;

  g_assert (self->n_bound == self->n_parameters);
  code = step (self);
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    keep_error (self, code);

  return FALSE;
}

gboolean
_ch_query_finish (ChQuery  *self,
                  GError  **error)
{
  if (self->code == SQLITE_OK)
    return TRUE;

  g_debug ("%s: %s (%d)", self->name, self->problem, self->code);
  _ch_store_error_set_sqlite (error, self->code, self->number, self->problem);

  return FALSE;
}

gboolean
_ch_query_run (ChQuery  *self,
               GError  **error)
{
  gint64 before = sqlite3_total_changes64 (self->connection->db);

  while (_ch_query_next (self))
    continue;
  if (self->selects)
    self->connection->n_selected += sqlite3_total_changes64 (self->connection->db) - before;

  return _ch_query_finish (self, error);
}

gboolean
_ch_query_run_changing (ChQuery   *self,
                        gboolean  *changed,
                        GError   **error)
{
  gint64 before = sqlite3_total_changes64 (self->connection->db);

  if (!_ch_query_run (self, error))
    return FALSE;
  if (changed != NULL)
    *changed = sqlite3_total_changes64 (self->connection->db) != before;

  return TRUE;
}

gboolean
_ch_query_run_for_id (ChQuery  *self,
                      gint64   *id,
                      GError  **error)
{
  while (_ch_query_next (self))
    *id = _ch_query_get_integer (self, 0);

  return _ch_query_finish (self, error);
}

gint64
_ch_query_get_integer (ChQuery *self,
                       int      column)
{
  return sqlite3_column_int64 (self->statement, column);
}

gboolean
_ch_query_get_boolean (ChQuery *self,
                       int      column)
{
  return sqlite3_column_int (self->statement, column) != 0;
}

gboolean
_ch_query_is_null (ChQuery *self,
                   int      column)
{
  return sqlite3_column_type (self->statement, column) == SQLITE_NULL;
}

ChDate
_ch_query_get_date (ChQuery *self,
                    int      column)
{
  return _ch_query_is_null (self, column) ? CH_DATE_NONE : sqlite3_column_int (self->statement, column);
}

double
_ch_query_get_real (ChQuery *self,
                    int      column)
{
  return sqlite3_column_double (self->statement, column);
}

const char *
_ch_query_get_text (ChQuery *self,
                    int      column)
{
  return (const char *) sqlite3_column_text (self->statement, column);
}

char *
_ch_query_dup_text (ChQuery *self,
                    int      column)
{
  return g_strdup (_ch_query_get_text (self, column));
}

static void
add_text (GChecksum  *checksum,
          const char *text,
          gsize       length)
{
  char head[32];

  /* with its length before it, so that no text can pass for the end of one and the start of the next */
  g_snprintf (head, sizeof head, "%" G_GSIZE_FORMAT ":", length);
  g_checksum_update (checksum, (const guchar *) head, -1);
  g_checksum_update (checksum, (const guchar *) text, (gssize) length);
}

void
_ch_query_add_to_checksum (ChQuery   *self,
                           GChecksum *checksum)
{
  int n = sqlite3_column_count (self->statement);

  for (int i = 0; i < n; i++)
    {
      const char *name = sqlite3_column_name (self->statement, i);
      int type = sqlite3_column_type (self->statement, i);
      char kind = (char) ('0' + type);

      if (type == SQLITE_NULL ||
          (g_str_has_suffix (name, "?") && type == SQLITE_INTEGER && sqlite3_column_int64 (self->statement, i) == 0))
        continue;
      add_text (checksum, name, strcspn (name, "?"));
      g_checksum_update (checksum, (const guchar *) &kind, 1);
      if (type == SQLITE_FLOAT)
        {
          char real[G_ASCII_DTOSTR_BUF_SIZE];

          /* a text that is this number again */
          g_ascii_dtostr (real, sizeof real, sqlite3_column_double (self->statement, i));
          add_text (checksum, real, strlen (real));
        }
      else
        {
          const char *value = (const char *) sqlite3_column_text (self->statement, i);

          add_text (checksum, value, (gsize) sqlite3_column_bytes (self->statement, i));
        }
    }
  g_checksum_update (checksum, (const guchar *) "\n", 1);
}
