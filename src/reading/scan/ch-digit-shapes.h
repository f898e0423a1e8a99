#pragma once

#include "ch-scan-pieces.h"

G_BEGIN_DECLS

/**
 * ChDigitShapes:
 *
 * What the digits on a page look like: whoever filled it in used one machine, so that each digit looks like the others
 * of its kind. A recogniser that is sure of itself can be caught by that.
 */
typedef struct _ChDigitShapes ChDigitShapes;

ChDigitShapes *ch_digit_shapes_new   (void);
void           ch_digit_shapes_free  (ChDigitShapes       *self);
void           ch_digit_shapes_add   (ChDigitShapes       *self,
                                      PIX                 *picture,
                                      const ChScanPiece   *piece,
                                      gboolean             is_number);
double         ch_digit_shapes_check (ChDigitShapes       *self,
                                      PIX                 *picture,
                                      const ChScanPiece   *piece);
gboolean       ch_digit_shapes_mend  (const ChScanPiece   *piece);
gboolean       ch_digit_shapes_mend_noughts (ChDigitShapes *self,
                                      PIX                 *picture,
                                      const ChScanPiece   *piece);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChDigitShapes, ch_digit_shapes_free)

G_END_DECLS
