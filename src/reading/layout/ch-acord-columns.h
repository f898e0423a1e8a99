#pragma once

#include "ch-acord-grid.h"
#include "ch-column-lines.h"

G_BEGIN_DECLS

/**
 * ChAcordHeading:
 *
 * A heading of the table of policies, and where it stands.
 */
typedef struct {
  ChColumn column;
  ChBox    box;
} ChAcordHeading;

GArray *ch_acord_columns_find_headings (ChLabelFinder     *finder);
GArray *ch_acord_columns_from_lines    (const ChColumnLines *lines);
void    ch_acord_columns_claim_head    (const ChPageModel *page,
                                        ChLabelFinder     *finder,
                                        double             level);
void    ch_acord_columns_set           (const ChPageModel *page,
                                        ChAcordGrid       *grid,
                                        GArray            *found);
double  ch_acord_columns_at            (const ChPageModel *page,
                                        double             from,
                                        double             to,
                                        double             top,
                                        double             bottom,
                                        double             otherwise);

G_END_DECLS
