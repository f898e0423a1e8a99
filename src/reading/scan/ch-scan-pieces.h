#pragma once

#include "ch-page-model.h"
#include "ch-scan-sheet.h"

G_BEGIN_DECLS

/**
 * ChInkBox:
 *
 * A rectangle of a sheet, in pixels; the last column and row are outside.
 */
typedef struct {
  int x0;
  int y0;
  int x1;
  int y1;
} ChInkBox;

/**
 * ChScanPiece:
 * @parts: (element-type ChInkBox): its connected bits of ink, from left to right
 * @signs: (nullable) (element-type ChSign): what was recognised on it, in pixels of what ch_scan_piece_cut() gives
 * @printed: it is part of the form
 *
 * A piece of a line of text: what stands close together between two ruling lines.
 */
typedef struct {
  ChInkBox  box;
  GArray   *parts;
  GArray   *signs;
  gboolean  printed;
} ChScanPiece;

void       ch_scan_piece_free  (ChScanPiece       *self);
GPtrArray *ch_scan_pieces_find (const ChScanSheet *sheet,
                                PIX               *without_rules,
                                GArray            *rules);
ChScanPiece *ch_scan_piece_copy_parts (const ChScanPiece *self,
                                       guint              first,
                                       guint              n_parts);
void       ch_scan_piece_drop_first (ChScanPiece   *self);
ChInkBox   ch_scan_piece_get_cut (const ChScanPiece *self);
PIX       *ch_scan_piece_cut   (const ChScanPiece *self,
                                PIX               *picture);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChScanPiece, ch_scan_piece_free)

G_END_DECLS
