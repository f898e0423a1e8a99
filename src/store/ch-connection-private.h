#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "ch-query-private.h"

G_BEGIN_DECLS

/**
 * ChStepFunc:
 *
 * Called before each step of a statement; lets a test fail or end any single access to the database.
 *
 * Returns: %SQLITE_OK to go on, else the result code that the step is to have
 */
typedef int (*ChStepFunc) (const char *name,
                           gpointer    user_data);

/**
 * ChConnection:
 * @undone_code: while an act is open: the result code that made SQLite undo it, 0 while it holds
 * @n_selected: rows that came into and left the table of ids; they are among SQLite's changes, and none of the database
 * @in_act: a writer transaction was begun and not ended by us; statements must then run inside of it
 *
 * One connection with its named statements.
 */
struct _ChConnection
{
  sqlite3    *db;
  GHashTable *sql;        /* (element-type utf8 utf8): statements by name */
  GHashTable *queries;    /* (element-type utf8 ChQuery): those that have been prepared */
  gint64      n_selected;
  gboolean    in_act;
  int         undone_code;
  ChStepFunc  step_func;
  gpointer    step_data;
};

/* for what is thrown away again */
#define CH_CONNECTION_IN_MEMORY ":memory:"

ChConnection *_ch_connection_open          (const char    *path,
                                            GError       **error);
void          _ch_connection_close         (ChConnection  *self);
/* (transfer none); never NULL: what went wrong is told by _ch_query_finish() */
ChQuery      *_ch_connection_query         (ChConnection  *self,
                                            const char    *name);
gboolean      _ch_connection_run           (ChConnection  *self,
                                            const char    *name,
                                            GError       **error);
gboolean      _ch_connection_execute       (ChConnection  *self,
                                            const char    *script,
                                            GError       **error);
/* the first column of the only row, as `PRAGMA user_version` */
gboolean      _ch_connection_read_number   (ChConnection  *self,
                                            const char    *sql,
                                            gint64        *number,
                                            GError       **error);
void          _ch_connection_set_step_func (ChConnection  *self,
                                            ChStepFunc     func,
                                            gpointer       user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChConnection, _ch_connection_close)

G_END_DECLS
