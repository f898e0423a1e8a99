#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-letter-strokes.h"

#include "ch-recogniser.h"

#include <string.h>

/* Shares of the height of a capital letter: */
#define FULL_HEIGHT 0.88  /* what an l is at least as high as */
#define WIDEST 0.35
#define TOP 0.1           /* between these, from above, is the gap below a dot */
#define BELOW_GAP 0.4
/* Points: of smaller letters the dots run into the strokes. */
#define SMALLEST_CAPITAL 5.0
/* Of the ink in the usual row of a stroke, each row of an l has at least this share, though a fax may have gnawed at it;
 * in the gap below a dot there is at most so much. In between nothing can be told. */
#define EVEN 0.5
#define GAP 0.25
/* A scan in grey gnaws at nothing, but lets dots run into strokes. */
#define EVEN_IN_GREY 0.9
/* A t is wider than this, for its bar; an l that a fax has bent is not. */
#define NARROWEST_T 0.21
#define HIGHEST_T 0.92

static guint
get_ink (PIX *picture,
         int  x,
         int  y)
{
  const l_uint32 *row = pixGetData (picture) + (gsize) y * (gsize) pixGetWpl (picture);

  return 255 - GET_DATA_BYTE (row, x);
}

static int
compare_ints (gconstpointer a,
              gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/* (element-type ChInkBox): the bits of ink that stand over each other are of one letter. */
static GArray *
find_letters (const ChScanPiece *piece)
{
  GArray *letters = g_array_new (FALSE, FALSE, sizeof (ChInkBox));
  guint i;

  for (i = 0; i < piece->parts->len; i++)
    {
      ChInkBox part = g_array_index (piece->parts, ChInkBox, i);
      ChInkBox *before = letters->len > 0 ? &g_array_index (letters, ChInkBox, letters->len - 1) : NULL;

      if (before == NULL || (part.x0 + part.x1) / 2 >= before->x1)
        {
          g_array_append_val (letters, part);
          continue;
        }
      before->x1 = MAX (before->x1, part.x1);
      before->y0 = MIN (before->y0, part.y0);
      before->y1 = MAX (before->y1, part.y1);
    }

  return letters;
}

/* The height of the word's capital letters, digits, and the small letters that are as high; 0 where there are none. */
static int
measure_capitals (const ChSign   *signs,
                  const ChInkBox *letters,
                  guint           n_letters)
{
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (int));
  guint i;

  for (i = 0; i < n_letters; i++)
    {
      int height = letters[i].y1 - letters[i].y0;

      if (signs[i].character < 128 && strchr ("ABCDEFGHKLMNPRSTUVWXYZ0123456789bdhkl", (int) signs[i].character) != NULL)
        g_array_append_val (heights, height);
    }
  if (heights->len == 0)
    return 0;

  g_array_sort (heights, compare_ints);

  return g_array_index (heights, int, heights->len / 2);
}

/* How much ink the row with the least has where the gap below a dot would be, as a share of the usual row's. */
static double
measure_gap (PIX            *picture,
             const ChInkBox *letter)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (int));
  int height = letter->y1 - letter->y0;
  int least = G_MAXINT;
  int x, y;

  for (y = MAX (letter->y0, 0); y < MIN (letter->y1, pixGetHeight (picture)); y++)
    {
      int ink = 0;

      for (x = MAX (letter->x0, 0); x < MIN (letter->x1, pixGetWidth (picture)); x++)
        ink += (int) get_ink (picture, x, y);
      g_array_append_val (rows, ink);
      if (y >= letter->y0 + TOP * height && y < letter->y0 + BELOW_GAP * height)
        least = MIN (least, ink);
    }
  if (rows->len == 0 || least == G_MAXINT)
    return 0;
  g_array_sort (rows, compare_ints);

  return least / MAX ((double) g_array_index (rows, int, rows->len / 2), 1);
}

/* What an i, an l or a t is by its ink; what it was read as where that can't be told. */
static gunichar
look_at_letter (PIX            *picture,
                const ChInkBox *letter,
                int             capital,
                double          even,
                gunichar        read)
{
  int width = letter->x1 - letter->x0;
  int height = letter->y1 - letter->y0;
  double gap;

  if (read == 't')
    return width < NARROWEST_T * capital && height >= HIGHEST_T * capital ? 'l' : read;
  if ((read != 'i' && read != 'l') || height < FULL_HEIGHT * capital || width > WIDEST * capital)
    return read;
  gap = measure_gap (picture, letter);

  return gap >= even ? 'l' : gap <= GAP ? 'i' : read;
}

static gboolean
mend_word (PIX            *picture,
           double          scale,
           double          even,
           ChSign         *signs,
           const ChInkBox *letters,
           guint           n_letters)
{
  int capital = measure_capitals (signs, letters, n_letters);
  gboolean changed = FALSE;
  guint i;

  /* The first letter may be a capital I as well. */
  for (i = 1; capital >= SMALLEST_CAPITAL * scale && i < n_letters; i++)
    {
      gunichar seen = look_at_letter (picture, &letters[i], capital, even, signs[i].character);

      changed = changed || seen != signs[i].character;
      signs[i].character = seen;
    }

  return changed;
}

/* Which letters of a piece are a word's is told by their places, and trusted where there is one for each sign. */
static gboolean
mend_letters (PIX               *picture,
              double             scale,
              double             even,
              const ChScanPiece *piece)
{
  g_autoptr (GArray) letters = find_letters (piece);
  int left = ch_scan_piece_get_cut (piece).x0;
  gboolean changed = FALSE;
  guint first = 0;
  guint i;

  for (i = 1; i <= piece->signs->len; i++)
    {
      ChSign *signs = &g_array_index (piece->signs, ChSign, first);
      int x0 = signs->x0 + left;
      int x1 = g_array_index (piece->signs, ChSign, i - 1).x1 + left;
      guint from, to;

      if (i < piece->signs->len && !g_array_index (piece->signs, ChSign, i).begins_word)
        continue;
      for (from = 0; from < letters->len; from++)
        {
          const ChInkBox *letter = &g_array_index (letters, ChInkBox, from);

          if ((letter->x0 + letter->x1) / 2 >= x0)
            break;
        }
      for (to = from; to < letters->len; to++)
        {
          const ChInkBox *letter = &g_array_index (letters, ChInkBox, to);

          if ((letter->x0 + letter->x1) / 2 >= x1)
            break;
        }
      if (to - from == i - first)
        changed = mend_word (picture, scale, even, signs, &g_array_index (letters, ChInkBox, from), to - from)
                  || changed;
      first = i;
    }

  return changed;
}

static gboolean
is_stroke (gunichar character)
{
  return character == 'I' || character == 'l' || character == '|' || character == '!';
}

/* A word of two or three strokes is a Roman number, "Phase II", but for an abbreviated state before its ZIP code, and for
 * what is left of lines, of which no letter is made. The first may have lost its shape. */
static gboolean
mend_roman (GArray *signs,
            guint   first,
            guint   last)
{
  gunichar next = last < signs->len ? g_array_index (signs, ChSign, last).character : 0;
  gunichar begins = g_array_index (signs, ChSign, first).character;
  gboolean has_letter = g_unichar_isalpha (begins);
  gboolean changed = FALSE;
  guint i;

  while (last > first && !is_stroke (g_array_index (signs, ChSign, last - 1).character))
    last--;
  if (last - first < 2 || last - first > 3 || g_unichar_isdigit (next)
      || (!is_stroke (begins) && begins != 'J' && begins != 't'))
    return FALSE;
  for (i = first + 1; i < last; i++)
    {
      gunichar character = g_array_index (signs, ChSign, i).character;

      if (!is_stroke (character))
        return FALSE;
      has_letter = has_letter || g_unichar_isalpha (character);
    }
  for (i = first; has_letter && i < last; i++)
    {
      ChSign *sign = &g_array_index (signs, ChSign, i);

      changed = changed || sign->character != 'I';
      sign->character = 'I';
    }

  return changed;
}

static gboolean
mend_romans (GArray *signs)
{
  gboolean changed = FALSE;
  guint first = 0;
  guint i;

  for (i = 1; i <= signs->len; i++)
    {
      if (i < signs->len && !g_array_index (signs, ChSign, i).begins_word)
        continue;
      changed = mend_roman (signs, first, i) || changed;
      first = i;
    }

  return changed;
}

/**
 * ch_letter_strokes_mend:
 * @picture: the sheet's, without its ruling lines
 * @scale: pixels a point
 * @in_grey: whether the sheet is a scan in shades of grey
 * @piece: a text, with what was recognised on it
 *
 * Tells the small i and t from the small l by dot and bar, where the recogniser took one for the other, and makes Roman numbers of
 * words that are nothing but strokes.
 *
 * Returns: whether anything was changed
 */
gboolean
ch_letter_strokes_mend (PIX               *picture,
                        double             scale,
                        gboolean           in_grey,
                        const ChScanPiece *piece)
{
  gboolean changed = mend_romans (piece->signs);

  if (piece->signs->len == 0)
    return changed;

  return mend_letters (picture, scale, in_grey ? EVEN_IN_GREY : EVEN, piece) || changed;
}
