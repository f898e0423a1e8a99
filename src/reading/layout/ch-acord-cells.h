#pragma once

#include "ch-acord-grid.h"

G_BEGIN_DECLS

/**
 * ChAcordCells:
 * @columns: (element-type ChWord): what stands in each column, cut at the column's lines
 * @drifts: points that what was filled into a column stands lower than what is printed beside it; the same for a whole
 *   file, but some programs set the amounts alone higher than the rest
 *
 * What was filled into the table.
 */
typedef struct {
  const ChAcordGrid *grid;
  GPtrArray         *columns[CH_N_COLUMNS];
  double             drifts[CH_N_COLUMNS];
} ChAcordCells;

ChAcordCells *ch_acord_cells_new   (const ChAcordGrid  *grid,
                                    GPtrArray          *words);
void          ch_acord_cells_free  (ChAcordCells       *self);
GPtrArray    *ch_acord_cells_lines (const ChAcordCells *self,
                                    ChColumn            column,
                                    double              from,
                                    double              to);
void          ch_acord_cells_drop  (ChAcordCells       *self,
                                    ChColumn            column,
                                    const ChBox        *place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChAcordCells, ch_acord_cells_free)

G_END_DECLS
