#pragma once

#include "ch-acord-grid.h"
#include "ch-recogniser.h"
#include "ch-scan-pieces.h"

G_BEGIN_DECLS

/**
 * ChPreparation:
 * @CH_PREPARATION_WITH_RULES: with the ruling lines: where a stroke lies in one, it went with the line
 *
 * How the pixels of a piece are made ready to be read.
 */
typedef enum {
  CH_PREPARATION_AS_IT_IS,
  CH_PREPARATION_TWICE_AS_LARGE,
  CH_PREPARATION_BLACK_AND_WHITE,
  CH_PREPARATION_LARGE_BLACK_AND_WHITE,
  CH_N_PREPARATIONS,
  CH_PREPARATION_WITH_RULES = CH_N_PREPARATIONS,
} ChPreparation;

/**
 * ChScanLook:
 * @signs: (element-type ChSign): in pixels of the piece's cut
 *
 * A reading of a piece.
 */
typedef struct {
  GArray *signs;
  char   *text;
  double  confidence;
} ChScanLook;

/**
 * ChScanLooker:
 * @picture: (unowned): the sheet's, with its ruling lines painted over
 * @sign_column: pixels from the left, of the form's dollar signs; -1 for none
 * @retention: where the label RETENTION stands; of no size where it can't be read
 *
 * What is needed to read a piece of a certificate again.
 */
typedef struct {
  ChRecogniser      *recogniser;
  const ChScanSheet *sheet;
  PIX               *picture;
  const ChAcordGrid *grid;
  int                sign_column;
  ChInkBox           retention;
} ChScanLooker;

ChScanLook ch_scan_look_make            (GArray             *signs);
void       ch_scan_look_clear           (gpointer            look);
ChScanLook ch_scan_looker_look          (const ChScanLooker *looker,
                                         const ChScanPiece  *piece,
                                         ChPreparation       how,
                                         ChExpected          expected);
gboolean   ch_scan_looker_find_column   (const ChScanLooker *looker,
                                         double              x,
                                         ChColumn           *column);
gboolean   ch_scan_looker_find_expected (const ChScanLooker *looker,
                                         const ChScanPiece  *piece,
                                         ChExpected         *expected);

G_END_DECLS
