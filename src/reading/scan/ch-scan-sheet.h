#pragma once

#include "ch-leptonica.h"
#include "ch-turn.h"

G_BEGIN_DECLS

/**
 * ChScanSheet:
 * @grey: 8 bits a pixel: 255 is paper, 0 is the darkest ink
 * @scale: pixels a point
 * @in_grey: the picture came in shades of grey; else in black and white, as from a fax
 * @to_page: from the sheet's points to those of the page as it came
 *
 * The picture of a page, evenly lit; upright once it has been turned and straightened.
 */
typedef struct {
  PIX      *grey;
  double    scale;
  gboolean  in_grey;
  ChTurn    to_page;
} ChScanSheet;

ChScanSheet *ch_scan_sheet_new          (PIX               *picture,
                                         double             scale);
void         ch_scan_sheet_free         (ChScanSheet       *self);
double       ch_scan_sheet_get_width    (const ChScanSheet *self);
double       ch_scan_sheet_get_height   (const ChScanSheet *self);
gboolean     ch_scan_sheet_lies_on_side (const ChScanSheet *self);
void         ch_scan_sheet_turn         (ChScanSheet       *self,
                                         guint              n_quarters);
void         ch_scan_sheet_straighten   (ChScanSheet       *self);
void         ch_scan_sheet_replace      (ChScanSheet       *self,
                                         PIX               *picture,
                                         const ChTurn      *back);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChScanSheet, ch_scan_sheet_free)

G_END_DECLS
