#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChCsvRow:
 * @line: the line on which it begins, 1-based
 * @cells: (element-type utf8): without the blanks around them
 */
typedef struct {
  guint      line;
  GPtrArray *cells;
} ChCsvRow;

void       _ch_csv_row_free (ChCsvRow   *self);
GPtrArray *_ch_csv_read     (const char *text);

G_END_DECLS
