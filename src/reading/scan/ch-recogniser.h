#pragma once

#include "ch-leptonica.h"
#include "ch-page-model.h"

G_BEGIN_DECLS

/**
 * ChSign:
 * @x0: pixels from the left of the picture that was read
 * @confidence: 0 to 1, as the recogniser says
 * @begins_word: white space is before it
 *
 * One character that was recognised.
 */
typedef struct {
  gunichar character;
  int      x0;
  int      y0;
  int      x1;
  int      y1;
  double   confidence;
  gboolean begins_word;
} ChSign;

/**
 * ChRecogniser:
 *
 * Reads single lines of text from their pixels. Costs tens of megabytes once it has read the first one.
 */
typedef struct _ChRecogniser ChRecogniser;

GMappedFile  *ch_recogniser_map_data  (void);
ChRecogniser *ch_recogniser_new       (GMappedFile        *data);
void          ch_recogniser_free      (ChRecogniser       *self);
GArray       *ch_recogniser_read_line (ChRecogniser       *self,
                                       PIX                *line,
                                       double              scale,
                                       ChExpected          expected);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChRecogniser, ch_recogniser_free)

G_END_DECLS
