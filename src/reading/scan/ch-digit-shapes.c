#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-digit-shapes.h"

#include "ch-recogniser.h"
#include "ch-scan-vote.h"

#include <math.h>
#include <string.h>

/* A digit's picture is brought to this size before it is compared. */
#define WIDE 10
#define HIGH 14
/* Digits of another size were not written by the same hand: their heights differ by more than this share. */
#define SAME_HEIGHT 0.14
/* Another digit's shape is nearer than the own one's by this factor, or next to as near. */
#define NEARER 0.8
#define NEXT_TO 1.0
/* What is left of the confidence in a value with a digit that looks like another, like two, or like none. */
#define CONTRADICTED 0.6
#define AMBIGUOUS 0.9
#define ALONE 0.97
/* The letter O is so much wider than the digits beside it; a nought is no wider than this. In between are typewriters'
 * letters, of which nothing can be told. */
#define WIDER 1.3
#define AS_WIDE 1.15
#define FEWEST_MEASURED 2
/* A digit may be a nought if its shape is at most so much further from the noughts than from what it was read as. */
#define LIKE_NOUGHT 1.7
/* Grey: two shapes that differ by more are not of one digit. */
#define MOST_UNLIKE 45.0
/* With fewer digits it is a word rather than a number. */
#define FEWEST_DIGITS 3

typedef struct {
  const ChScanPiece *piece;     /* (unowned) where it stands, to tell it from the others */
  guint              index;     /* of its part */
  char               digit;
  gboolean           is_number; /* it stands where only a number can */
  int                width;
  int                height;
  guint8             grey[WIDE * HIGH];
} Shape;

struct _ChDigitShapes
{
  GArray *shapes;   /* (element-type Shape) */
};

ChDigitShapes *
ch_digit_shapes_new (void)
{
  ChDigitShapes *self = g_new0 (ChDigitShapes, 1);

  self->shapes = g_array_new (FALSE, FALSE, sizeof (Shape));

  return self;
}

void
ch_digit_shapes_free (ChDigitShapes *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->shapes);
  g_free (self);
}

static gboolean
take_shape (PIX            *picture,
            const ChInkBox *part,
            Shape          *shape)
{
  BOX *box = boxCreate (part->x0, part->y0, part->x1 - part->x0, part->y1 - part->y0);
  g_autoptr (PIX) cut = pixClipRectangle (picture, box, NULL);
  g_autoptr (PIX) scaled = cut != NULL ? pixScaleToSize (cut, WIDE, HIGH) : NULL;
  int x, y;

  boxDestroy (&box);
  if (scaled == NULL || pixGetWidth (scaled) != WIDE || pixGetHeight (scaled) != HIGH || pixGetDepth (scaled) != 8)
    return FALSE;

  shape->width = part->x1 - part->x0;
  shape->height = part->y1 - part->y0;
  for (y = 0; y < HIGH; y++)
    {
      const l_uint32 *row = pixGetData (scaled) + (gsize) y * (gsize) pixGetWpl (scaled);

      for (x = 0; x < WIDE; x++)
        shape->grey[y * WIDE + x] = (guint8) GET_DATA_BYTE (row, x);
    }

  return TRUE;
}

/* Which bit of ink a sign is can be told only where there are as many of the one as of the other. */
static gboolean
has_part_for_each_sign (const ChScanPiece *piece)
{
  return piece->signs != NULL && piece->signs->len == piece->parts->len;
}

static char
get_digit (const ChScanPiece *piece,
           guint              index)
{
  gunichar character = g_array_index (piece->signs, ChSign, index).character;

  return character < 128 && g_ascii_isdigit ((char) character) ? (char) character : '\0';
}

/**
 * ch_digit_shapes_add:
 * @picture: the sheet's, without its ruling lines
 * @piece: with what was recognised on it
 * @is_number: the piece stands where only a number can
 *
 * Takes the shapes of the piece's digits.
 */
void
ch_digit_shapes_add (ChDigitShapes     *self,
                     PIX               *picture,
                     const ChScanPiece *piece,
                     gboolean           is_number)
{
  guint i;

  if (!has_part_for_each_sign (piece))
    return;

  for (i = 0; i < piece->signs->len; i++)
    {
      Shape shape = { piece, i, get_digit (piece, i), is_number };

      if (shape.digit != '\0' && take_shape (picture, &g_array_index (piece->parts, ChInkBox, i), &shape))
        g_array_append_val (self->shapes, shape);
    }
}

static gboolean
is_same_height (const Shape *a,
                const Shape *b)
{
  return abs (a->height - b->height) <= SAME_HEIGHT * MAX (a->height, b->height);
}

/* How far apart two shapes are: in grey, and in how wide they are for their height. */
static double
find_distance (const Shape *a,
               const Shape *b)
{
  double widths = fabs ((double) a->width / a->height - (double) b->width / b->height);
  guint sum = 0;
  guint i;

  for (i = 0; i < WIDE * HIGH; i++)
    sum += (guint) abs (a->grey[i] - b->grey[i]);

  return sum / (double) (WIDE * HIGH) + widths * 100;
}

/* How near the nearest digit of the same kind is, and the nearest of any other. */
static void
find_nearest (ChDigitShapes *self,
              const Shape   *shape,
              double        *own,
              double        *other)
{
  guint i;

  *own = *other = G_MAXDOUBLE;
  for (i = 0; i < self->shapes->len; i++)
    {
      const Shape *known = &g_array_index (self->shapes, Shape, i);
      double distance;

      if ((known->piece == shape->piece && known->index == shape->index) || !is_same_height (known, shape))
        continue;
      distance = find_distance (known, shape);
      if (known->digit == shape->digit)
        *own = MIN (*own, distance);
      else
        *other = MIN (*other, distance);
    }
}

/**
 * ch_digit_shapes_check:
 * @piece: a value that is a number, an amount or a date
 *
 * Returns: how sure one can be of its digits by their shapes, 0 to 1
 */
double
ch_digit_shapes_check (ChDigitShapes     *self,
                       PIX               *picture,
                       const ChScanPiece *piece)
{
  double confidence = 1;
  guint i;

  if (!has_part_for_each_sign (piece))
    return ALONE;

  for (i = 0; i < piece->signs->len; i++)
    {
      Shape shape = { piece, i, get_digit (piece, i), TRUE };
      double own, other;

      if (shape.digit == '\0' || !take_shape (picture, &g_array_index (piece->parts, ChInkBox, i), &shape))
        continue;
      find_nearest (self, &shape, &own, &other);
      if (other < own * NEARER && own < G_MAXDOUBLE)
        confidence = MIN (confidence, CONTRADICTED);
      else if (own == G_MAXDOUBLE)
        confidence = MIN (confidence, ALONE);
      else if (other < own * NEXT_TO)
        confidence = MIN (confidence, AMBIGUOUS);
    }

  return confidence;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

/* How wide the piece's own digits are for a height, but for the narrow ones and those that may be letters. 0 where there
 * are too few. */
static double
measure_digits (const ChScanPiece *piece,
                int                height)
{
  g_autoptr (GArray) widths = g_array_new (FALSE, FALSE, sizeof (double));
  guint i;

  for (i = 0; i < piece->signs->len; i++)
    {
      const ChInkBox *part = &g_array_index (piece->parts, ChInkBox, i);
      char digit = get_digit (piece, i);
      double wide;

      if (digit == '\0' || strchr ("01", digit) != NULL || abs (part->y1 - part->y0 - height) > SAME_HEIGHT * height)
        continue;
      wide = (double) (part->x1 - part->x0) / height;
      g_array_append_val (widths, wide);
    }
  if (widths->len < FEWEST_MEASURED)
    return 0;

  g_array_sort (widths, compare_doubles);

  return g_array_index (widths, double, widths->len / 2);
}

static guint
count_digits (const ChScanPiece *piece)
{
  guint n_digits = 0;
  guint i;

  for (i = 0; i < piece->signs->len; i++)
    n_digits += get_digit (piece, i) != '\0';

  return n_digits;
}

/* In the same word: the CO of an address is followed by one that is all digits. */
static gboolean
stands_beside_digit (const ChScanPiece *piece,
                     guint              index)
{
  gboolean begins = g_array_index (piece->signs, ChSign, index).begins_word;
  gboolean ends = index + 1 == piece->signs->len || g_array_index (piece->signs, ChSign, index + 1).begins_word;

  return (!begins && index > 0 && get_digit (piece, index - 1) != '\0')
         || (!ends && get_digit (piece, index + 1) != '\0');
}

/**
 * ch_digit_shapes_mend:
 * @piece: a value that may hold letters and digits
 *
 * Tells the letter O from a nought by how wide it is beside the digits of the same value.
 *
 * Returns: whether anything was changed
 */
gboolean
ch_digit_shapes_mend (const ChScanPiece *piece)
{
  gboolean changed = FALSE;
  guint i;

  if (!has_part_for_each_sign (piece) || count_digits (piece) < FEWEST_DIGITS)
    return FALSE;

  for (i = 0; i < piece->signs->len; i++)
    {
      ChSign *sign = &g_array_index (piece->signs, ChSign, i);
      const ChInkBox *part = &g_array_index (piece->parts, ChInkBox, i);
      double digit, wide;
      gunichar right;

      if (sign->character != '0' && sign->character != 'O')
        continue;
      digit = measure_digits (piece, part->y1 - part->y0);
      if (digit == 0)
        continue;
      wide = (double) (part->x1 - part->x0) / (part->y1 - part->y0);
      if (wide < digit * WIDER && (wide > digit * AS_WIDE || !stands_beside_digit (piece, i)))
        continue;
      right = wide >= digit * WIDER ? 'O' : '0';
      changed = changed || sign->character != right;
      sign->character = right;
    }

  return changed;
}

static double
find_distance_to_noughts (ChDigitShapes *self,
                          const Shape   *shape)
{
  double nearest = G_MAXDOUBLE;
  guint i;

  for (i = 0; i < self->shapes->len; i++)
    {
      const Shape *known = &g_array_index (self->shapes, Shape, i);

      if (known->digit == '0' && is_same_height (known, shape))
        nearest = MIN (nearest, find_distance (known, shape));
    }

  return nearest;
}

static gboolean
can_be_nought (ChDigitShapes     *self,
               PIX               *picture,
               const ChScanPiece *piece,
               guint              index)
{
  Shape shape = { piece, index, get_digit (piece, index), TRUE };
  double own, other, nought;

  if (shape.digit == '\0' || shape.digit == '0'
      || !take_shape (picture, &g_array_index (piece->parts, ChInkBox, index), &shape))
    return FALSE;
  find_nearest (self, &shape, &own, &other);
  nought = find_distance_to_noughts (self, &shape);

  return nought <= MOST_UNLIKE && (own == G_MAXDOUBLE || nought <= own * LIKE_NOUGHT);
}

/**
 * ch_digit_shapes_mend_noughts:
 * @piece: an amount
 *
 * What fills the middle of a nought on a fax makes a six, an eight or a nine of it. Where that gave an amount that no
 * limit has, and those of its digits that look like noughts as well give a usual one, they are noughts.
 *
 * Returns: whether anything was changed
 */
gboolean
ch_digit_shapes_mend_noughts (ChDigitShapes     *self,
                              PIX               *picture,
                              const ChScanPiece *piece)
{
  g_autoptr (GString) read = g_string_new (NULL);
  g_autoptr (GString) mended = g_string_new (NULL);
  g_autoptr (GArray) noughts = g_array_new (FALSE, FALSE, sizeof (guint));
  guint i;

  if (!has_part_for_each_sign (piece))
    return FALSE;

  for (i = 0; i < piece->signs->len; i++)
    {
      char digit = get_digit (piece, i);

      if (digit == '\0')
        continue;
      g_string_append_c (read, digit);
      if (read->len > 1 && can_be_nought (self, picture, piece, i))
        {
          digit = '0';
          g_array_append_val (noughts, i);
        }
      g_string_append_c (mended, digit);
    }
  if (noughts->len == 0 || ch_scan_vote_is_usual_amount (read->str) || !ch_scan_vote_is_usual_amount (mended->str))
    return FALSE;

  for (i = 0; i < noughts->len; i++)
    g_array_index (piece->signs, ChSign, g_array_index (noughts, guint, i)).character = '0';

  return TRUE;
}
