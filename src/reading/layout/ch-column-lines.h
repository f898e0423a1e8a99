#pragma once

#include "ch-acord-grid.h"

G_BEGIN_DECLS

/**
 * ChColumnLines:
 * @at: x of the lines between which the columns of #ChColumn stand, and of the last one's end
 * @top: y from which they run
 * @head: y of the end of the headings' row
 */
typedef struct {
  double at[CH_N_COLUMNS + 1];
  double top;
  double head;
} ChColumnLines;

gboolean ch_column_lines_find (const ChPageModel *page,
                               ChColumnLines     *lines);

G_END_DECLS
