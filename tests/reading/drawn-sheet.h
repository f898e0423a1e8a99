#pragma once

#include "drawn-manner.h"

G_BEGIN_DECLS

#define DRAWN_MOST_ROWS 8

/**
 * DrawnBand:
 * @tops: of its rows, and the bottom of the last
 *
 * A section of the table of policies.
 */
typedef struct {
  guint  n_rows;
  double tops[DRAWN_MOST_ROWS + 1];
} DrawnBand;

typedef enum {
  DRAWN_BOX_COMMERCIAL,
  DRAWN_BOX_CLAIMS_MADE,
  DRAWN_BOX_OCCUR,
  DRAWN_BOX_GENERAL_FREE,
  DRAWN_BOX_POLICY,
  DRAWN_BOX_PROJECT,
  DRAWN_BOX_LOCATION,
  DRAWN_BOX_GENERAL_OTHER,
  DRAWN_BOX_ANY_AUTO,
  DRAWN_BOX_OWNED,
  DRAWN_BOX_SCHEDULED,
  DRAWN_BOX_HIRED,
  DRAWN_BOX_NON_OWNED,
  DRAWN_BOX_AUTO_FREE,
  DRAWN_BOX_UMBRELLA,
  DRAWN_BOX_UMBRELLA_OCCUR,
  DRAWN_BOX_EXCESS,
  DRAWN_BOX_UMBRELLA_CLAIMS_MADE,
  DRAWN_BOX_DEDUCTIBLE,
  DRAWN_BOX_RETENTION,
  DRAWN_BOX_STATUTORY,
  DRAWN_BOX_WORKERS_OTHER,
} DrawnBox;

#define DRAWN_N_BOXES (DRAWN_BOX_WORKERS_OTHER + 1)

/**
 * DrawnSheet:
 * @columns: letter, type, additional insured, waiver, number, effective, expiration, limits, amounts, and the end
 * @boxes: those to tick; of no size where the edition has none
 * @retention_x: where the amount behind RETENTION begins
 *
 * Where a form has its places, in points.
 */
typedef struct {
  PdfPen            *pen;
  const DrawnManner *manner;
  gboolean           is_old;
  guint              n_labels;
  double             left;
  double             right;
  double             columns[10];
  DrawnBand          general;
  DrawnBand          automobile;
  DrawnBand          garage;
  DrawnBand          umbrella;
  DrawnBand          workers;
  DrawnBand          other;
  ChBox              boxes[DRAWN_N_BOXES];
  double             retention_x;
  double             retention_y;
  double             description;
  double             holder;
  double             bottom;
} DrawnSheet;

enum {
  DRAWN_COLUMN_LETTER,
  DRAWN_COLUMN_TYPE,
  DRAWN_COLUMN_ADDITIONAL_INSURED,
  DRAWN_COLUMN_WAIVER,
  DRAWN_COLUMN_NUMBER,
  DRAWN_COLUMN_EFFECTIVE,
  DRAWN_COLUMN_EXPIRATION,
  DRAWN_COLUMN_LIMITS,
  DRAWN_COLUMN_AMOUNTS,
  DRAWN_COLUMN_END,
};

void        drawn_sheet_init    (DrawnSheet        *self,
                                 PdfPen            *pen,
                                 const DrawnManner *manner,
                                 GRand             *random);
/* Prints the form itself */
void        drawn_sheet_print   (DrawnSheet        *self);
/* A x of the usual form on this one, and a y above the table */
double      drawn_sheet_x       (const DrawnSheet  *self,
                                 double             x);
double      drawn_sheet_y       (const DrawnSheet  *self,
                                 double             y);
const char *drawn_sheet_edition (const DrawnSheet  *self);
void        drawn_sheet_label   (DrawnSheet        *self,
                                 double             x,
                                 double             baseline,
                                 const char        *text);
void        drawn_text          (PdfPen            *pen,
                                 DrawnRun           runs,
                                 double             x,
                                 double             baseline,
                                 const char        *text);

G_END_DECLS
