#pragma once

#include "pdf-pen.h"

G_BEGIN_DECLS

/* The editions, and two insurers' own drawings of the form */
typedef enum {
  DRAWN_1997,
  DRAWN_2001,
  DRAWN_2010,
  DRAWN_2014,
  DRAWN_2016,
  DRAWN_2025,
  DRAWN_UNEVEN,
  DRAWN_CENTRED,
} DrawnEdition;

#define DRAWN_N_EDITIONS (DRAWN_CENTRED + 1)

typedef enum {
  DRAWN_MARK_CAPITAL_X,
  DRAWN_MARK_SMALL_X,
  DRAWN_MARK_YES,
  DRAWN_MARK_ASTERISK,
  DRAWN_MARK_DINGBAT,
  DRAWN_MARK_CHECK,
  DRAWN_MARK_STROKES,
  DRAWN_MARK_AREA,
  DRAWN_MARK_PICTURE,
} DrawnMark;

#define DRAWN_N_MARKS (DRAWN_MARK_PICTURE + 1)

/* How much of a text is painted in one go */
typedef enum {
  DRAWN_RUN_LINE,
  DRAWN_RUN_WORD,
  DRAWN_RUN_GLYPH,
} DrawnRun;

typedef enum {
  DRAWN_DATE_SHORT,       /* 7/4/2026 */
  DRAWN_DATE_LONG,        /* 07/04/2026 */
  DRAWN_DATE_TWO_DIGITS,  /* 07/04/26 */
  DRAWN_DATE_ISO,         /* 2026-07-04 */
} DrawnDate;

typedef enum {
  DRAWN_NOISE_CODES = 1 << 0,       /* the agency's and the client's, beside the labels */
  DRAWN_NOISE_PHONES = 1 << 1,      /* phone and mail over the holder's name */
  DRAWN_NOISE_PRINTED_BY = 1 << 2,  /* over the form */
  DRAWN_NOISE_LOGO = 1 << 3,
  DRAWN_NOISE_WORDS = 1 << 4,       /* Included, Excluded, Nil instead of amounts */
  DRAWN_NOISE_EXTRA_ROWS = 1 << 5,  /* limits that have no name on the form */
  DRAWN_NOISE_LETTERS = 1 << 6,     /* sections with a letter, a mark, and nothing else */
  DRAWN_NOISE_SIGNATURE = 1 << 7,
} DrawnNoise;

#define DRAWN_ALL_NOISE ((1 << 8) - 1)

/**
 * DrawnManner:
 * @foot: (nullable): the edition that the foot says it is, where it is another than the drawing's own
 * @scale: of the whole page
 * @degrees: by which it is askew
 * @shift_x: points by which everything typed stands to the right of where the form has its place
 * @shift_y: points by which it stands lower
 * @amounts_shift_y: points by which the amounts alone stand lower still
 * @row: of a section, on which its letter, number and dates stand: 0 the first, 1 the middle, 2 the fifth
 * @printed_dollar: the form prints the sign itself
 * @as_fields: typed into the form's fields
 * @lost_label: the number of one of the form's labels that is not printed; 0 for none
 * @lost_texts: (nullable) (array zero-terminated=1): labels that are not printed, by their text
 * @covered: over an older certificate that white boxes hide
 *
 * How a maker of certificates fills in the form.
 */
typedef struct {
  DrawnEdition edition;
  const char  *foot;
  double       scale;
  double       degrees;
  double       dx;
  double       dy;
  int          rotate;
  int          quarter_turns;
  PdfFont      font;
  double       size;
  double       shift_x;
  double       shift_y;
  double       amounts_shift_y;
  DrawnRun     runs;
  DrawnRun     label_runs;
  guint        row;
  gboolean     right_aligned;
  gboolean     printed_dollar;
  gboolean     typed_dollar;
  gboolean     thousands;
  DrawnDate    dates;
  DrawnMark    mark;
  const char  *yes;
  const char  *no;
  gboolean     as_fields;
  gboolean     covered;
  gboolean     no_footer;
  guint        lost_label;
  const char *const *lost_texts;
  guint        noise;
} DrawnManner;

/* What most certificates look like */
#define DRAWN_PLAIN_MANNER \
  { .edition = DRAWN_2016, .scale = 1, .font = PDF_FONT_HELVETICA, .size = 8, .printed_dollar = TRUE, \
    .thousands = TRUE, .dates = DRAWN_DATE_LONG, .yes = "Y", .no = "N" }

G_END_DECLS
