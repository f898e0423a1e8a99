#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-touching-lines.h"

#include "ch-rule-rests.h"

/* Points to both sides in which the letters of two lines are looked for, how many there are at least of each, and how high
 * two of them are together. */
#define BESIDE 14.0
#define FEWEST 2
#define LOWEST_TWO 8.0
/* A letter is at most so much higher than those beside it. */
#define TWO_LINES 1.6
/* Of a letter's height: how far one may stand out of its line. */
#define STANDS_OUT 0.35
/* Pixels beyond the lines in which the letters may touch */
#define SLACK 2

/* The letters of a line that stand beside a place */
typedef struct {
  guint n_letters;
  int   top;      /* of the highest */
  int   bottom;   /* of the lowest */
  int   height;   /* of the highest letter */
} Line;

static void
add_to_line (Line           *line,
             const ChInkBox *letter)
{
  line->top = line->n_letters > 0 ? MIN (line->top, letter->y0) : letter->y0;
  line->bottom = MAX (line->bottom, letter->y1);
  line->height = MAX (line->height, letter->y1 - letter->y0);
  line->n_letters++;
}

/* Whether two lines of letters stand beside one that is as high as both. */
static gboolean
find_lines (GArray         *letters,
            double          scale,
            const ChInkBox *high,
            Line           *above,
            Line           *below)
{
  int middle = (high->y0 + high->y1) / 2;
  guint i;

  *above = *below = (Line){ 0 };
  for (i = 0; i < letters->len; i++)
    {
      const ChInkBox *letter = &g_array_index (letters, ChInkBox, i);

      if (letter->x1 < high->x0 - BESIDE * scale || letter->x0 > high->x1 + BESIDE * scale || letter->y1 <= high->y0
          || letter->y0 >= high->y1 || (letter->x0 == high->x0 && letter->y0 == high->y0))
        continue;
      /* What reaches from one line into the other tells nothing of either. */
      if (letter->y0 < middle && letter->y1 <= middle + SLACK)
        add_to_line (above, letter);
      else if (letter->y0 >= middle - SLACK)
        add_to_line (below, letter);
    }

  return above->n_letters >= FEWEST && below->n_letters >= FEWEST
         && high->y1 - high->y0 > TWO_LINES * MAX (above->height, below->height)
         && high->y0 >= above->top - STANDS_OUT * above->height && high->y1 <= below->bottom + STANDS_OUT * below->height;
}

/* The row between the lines with the least ink */
static int
find_waist (PIX            *ink,
            const ChInkBox *high,
            int             from,
            int             to)
{
  int waist = (from + to) / 2;
  int least = G_MAXINT;
  int x, y;

  for (y = from; y <= to; y++)
    {
      int n_pixels = 0;

      for (x = high->x0; x < high->x1; x++)
        {
          l_uint32 is_ink = 0;

          if (pixGetPixel (ink, x, y, &is_ink) == 0 && is_ink)
            n_pixels++;
        }
      if (n_pixels < least)
        {
          least = n_pixels;
          waist = y;
        }
    }

  return waist;
}

/**
 * ch_touching_lines_part:
 * @letters: (element-type ChInkBox): connected bits of ink; changed
 * @rules: (element-type ChRule)
 * @scale: pixels a point
 * @ink: 1 bit a pixel
 *
 * Where lines are close, the tail of a letter touches the head of one below it. Of what hangs together between two lines
 * of letters two letters are made, one for each line.
 */
void
ch_touching_lines_part (GArray *letters,
                        GArray *rules,
                        double  scale,
                        PIX    *ink)
{
  guint n_letters = letters->len;
  guint i;

  for (i = 0; i < n_letters; i++)
    {
      ChInkBox high = g_array_index (letters, ChInkBox, i);
      ChInkBox low = high;
      Line above, below;
      int from, to;

      /* What is left of a ruling line is high as well. */
      if (high.y1 - high.y0 < LOWEST_TWO * scale || ch_rule_rests_touch (rules, scale, TRUE, &high)
          || !find_lines (letters, scale, &high, &above, &below))
        continue;
      from = MAX (MIN (above.bottom, below.top) - SLACK, high.y0 + 1);
      to = MIN (MAX (above.bottom, below.top) + SLACK, high.y1 - 2);
      if (from > to)
        continue;
      high.y1 = low.y0 = find_waist (ink, &high, from, to);
      g_array_index (letters, ChInkBox, i) = high;
      g_array_append_val (letters, low);
    }
}
