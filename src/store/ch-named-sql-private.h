#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The store's own resource: its schema scripts and its statements. (transfer none) */
GResource  *_ch_named_sql_get_resource (void);
/* (transfer full) (element-type utf8 utf8): every statement by name */
GHashTable *_ch_named_sql_load         (void);
/* Adds the statements of one file's @text to @statements; a line `-- name: put-project` starts each. */
void        _ch_named_sql_parse        (const char *text,
                                        GHashTable *statements);

G_END_DECLS
