#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "ch-date.h"

G_BEGIN_DECLS

typedef struct _ChConnection ChConnection;

/*
 * A prepared statement in use. It belongs to its connection; g_autoptr hands it back there, reset and unbound, at the
 * end of the scope. Parameters are bound in the order $1, $2, …; an error is kept until _ch_query_finish() or
 * _ch_query_run() tells it, so that a loop over rows needs no error handling of its own.
 */
typedef struct _ChQuery ChQuery;

ChQuery    *_ch_query_new          (ChConnection  *connection,
                                    const char    *name,
                                    const char    *sql);
void        _ch_query_free         (ChQuery       *self);
ChQuery    *_ch_query_take         (ChQuery       *self);
void        _ch_query_release      (ChQuery       *self);

void        _ch_query_bind_integer (ChQuery       *self,
                                    gint64         value);
/* 0 is NULL */
void        _ch_query_bind_id      (ChQuery       *self,
                                    gint64         id);
void        _ch_query_bind_boolean (ChQuery       *self,
                                    gboolean       value);
/* CH_DATE_NONE is NULL */
void        _ch_query_bind_date    (ChQuery       *self,
                                    ChDate         date);
void        _ch_query_bind_real    (ChQuery       *self,
                                    double         value);
void        _ch_query_bind_text    (ChQuery       *self,
                                    const char    *text);

/* has the other's error, as if it were its own */
void        _ch_query_fail_as      (ChQuery       *self,
                                    const ChQuery *other);
gboolean    _ch_query_next         (ChQuery       *self);
gboolean    _ch_query_finish       (ChQuery       *self,
                                    GError       **error);
gboolean    _ch_query_run          (ChQuery       *self,
                                    GError       **error);
/* as _ch_query_run(), for a statement that changes rows; *changed where it did */
gboolean    _ch_query_run_changing (ChQuery       *self,
                                    gboolean      *changed,
                                    GError       **error);
/* as _ch_query_run(), for a statement that returns the id of the row that it made */
gboolean    _ch_query_run_for_id   (ChQuery       *self,
                                    gint64        *id,
                                    GError       **error);

gint64      _ch_query_get_integer  (ChQuery       *self,
                                    int            column);
gboolean    _ch_query_get_boolean  (ChQuery       *self,
                                    int            column);
gboolean    _ch_query_is_null      (ChQuery       *self,
                                    int            column);
ChDate      _ch_query_get_date     (ChQuery       *self,
                                    int            column);
double      _ch_query_get_real     (ChQuery       *self,
                                    int            column);
/* (transfer none) (nullable): until the next row */
const char *_ch_query_get_text     (ChQuery       *self,
                                    int            column);
char       *_ch_query_dup_text     (ChQuery       *self,
                                    int            column);

/* The row's columns that are not NULL, each with its name; one whose name ends with "?" only where it is not 0. */
void        _ch_query_add_to_checksum (ChQuery    *self,
                                    GChecksum     *checksum);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChQuery, _ch_query_release)

G_END_DECLS
