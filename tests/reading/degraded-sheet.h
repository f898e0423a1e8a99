#pragma once

#include "ch-leptonica.h"

G_BEGIN_DECLS

/**
 * DegradedKind:
 * @DEGRADED_SCAN: by an office's scanner: 200 dots an inch, grey, a little askew
 * @DEGRADED_SCAN_150: the same with fewer dots
 * @DEGRADED_FAX: black and white: fine lines break, there are specks
 * @DEGRADED_PHOTO: by a telephone: uneven light, seen at an angle
 *
 * What becomes of a sheet of paper on its way.
 */
typedef enum {
  DEGRADED_SCAN,
  DEGRADED_SCAN_150,
  DEGRADED_FAX,
  DEGRADED_PHOTO,
} DegradedKind;

#define DEGRADED_N_KINDS (DEGRADED_PHOTO + 1)

/* As the corpus calls files of that kind */
const char *degraded_sheet_get_name       (DegradedKind  kind);
/* Dots an inch that the clean sheet has to have */
int         degraded_sheet_get_resolution (DegradedKind  kind);
/* clean: 8 bits of grey */
PIX        *degraded_sheet_make           (PIX          *clean,
                                           DegradedKind  kind,
                                           GRand        *random);
/* Writes a PDF whose only page is that picture */
gboolean    degraded_sheet_save           (PIX          *picture,
                                           DegradedKind  kind,
                                           GRand        *random,
                                           const char   *path);

G_END_DECLS
