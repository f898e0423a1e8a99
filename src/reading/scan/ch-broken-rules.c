#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-broken-rules.h"

#include "ch-page-model.h"

#include <math.h>

/* Grey from which a pixel is ink. */
#define FAINT_INK 205
/* Points: a dash is thin, and so long at least; one of a line's dashes is longer than any stroke of a letter. */
#define THICKEST 1.5
#define SHORTEST_DASH 2.0
#define SLENDER 1.5
#define LONGEST_STROKE 9.5
#define LONGEST_BAR 6.5
/* Where there are so many, shorter ones do, if they are not all of one length. */
#define MANY 4
#define LONG_DASH 5.5
#define UNEVEN 1.2
/* Points: letters of a word stand no further apart. */
#define NEAR_BY 1.6
/* Points: how far a dash may lie off its line, and from the one before it. Whole lines are not joined that far: the
 * boxes to be ticked stand in rows. */
#define SAME_LINE 0.7
#define MOST_GAP 36.0
#define MOST_GAP_OF_WHOLE 12.0
/* Points: the shortest line that is put together; and the share of it that has to be there. */
#define SHORTEST_LINE 30.0
/* Points: where letters stand between two dashes, an upright line goes on behind them only if it is long on both sides,
 * and they are one line of text. */
#define LONG_ENOUGH 32.0
#define TEXT_HEIGHT 14.0
/* Pixels: so far beside a line there is none of its dirt; another line that crosses it is no thicker. */
#define BESIDE 3
#define MOST_CROSSINGS 5
#define LEAST_INK 0.2

/* A piece of a line in one direction: a rule that was found, or a thin bit of ink. */
typedef struct {
  double   at;
  double   from;
  double   to;
  double   width;
  gboolean whole;
  gboolean used;
} Dash;

/* One direction of a sheet. */
typedef struct {
  PIX      *ink;        /* (unowned) */
  double    scale;
  gboolean  vertical;
  GArray   *dashes;     /* (unowned) (element-type Dash) from left to right, or downwards */
} Mender;

static int
compare_dashes (gconstpointer a,
                gconstpointer b)
{
  const Dash *left = a;
  const Dash *right = b;

  return left->from < right->from ? -1 : left->from > right->from;
}

static void
take_rules (GArray  *rules,
            gboolean vertical,
            GArray  *dashes)
{
  guint i;

  for (i = rules->len; i > 0; i--)
    {
      const ChRule *rule = &g_array_index (rules, ChRule, i - 1);
      Dash dash = { rule->at, rule->from, rule->to, rule->width, TRUE, FALSE };

      if (rule->vertical != vertical)
        continue;
      g_array_append_val (dashes, dash);
      g_array_remove_index_fast (rules, i - 1);
    }
}

static gboolean
has_ink (const Mender *mender,
         int           along,
         int           across)
{
  int x = mender->vertical ? across : along;
  int y = mender->vertical ? along : across;

  return x >= 0 && y >= 0 && x < pixGetWidth (mender->ink) && y < pixGetHeight (mender->ink)
         && GET_DATA_BIT (pixGetData (mender->ink) + (gsize) y * (gsize) pixGetWpl (mender->ink), x);
}

/* Whether letters stand close beside a bit of ink for most of its length: then it is one of them. */
static gboolean
is_among_letters (const Mender *mender,
                  const Dash   *dash)
{
  int near_by = (int) ceil (NEAR_BY * mender->scale);
  int before = (int) floor ((dash->at - dash->width / 2) * mender->scale) - 1;
  int behind = (int) ceil ((dash->at + dash->width / 2) * mender->scale);
  int from = (int) (dash->from * mender->scale);
  int to = (int) (dash->to * mender->scale);
  int n_before = 0;
  int n_behind = 0;
  int along, i;

  for (along = from; along < to; along++)
    {
      gboolean is_before = FALSE;
      gboolean is_behind = FALSE;

      for (i = 0; i < near_by; i++)
        {
          is_before = is_before || has_ink (mender, along, before - i);
          is_behind = is_behind || has_ink (mender, along, behind + i);
        }
      n_before += is_before;
      n_behind += is_behind;
    }

  return MAX (n_before, n_behind) * 2 > to - from;
}

static void
take_thin_ink (const Mender *mender,
               BOXA         *boxes)
{
  double scale = mender->scale;
  int i;

  for (i = 0; i < boxaGetCount (boxes); i++)
    {
      int x, y, width, height, length, thickness;
      Dash dash = { 0 };

      if (boxaGetBoxGeometry (boxes, i, &x, &y, &width, &height) != 0)
        continue;
      length = mender->vertical ? height : width;
      thickness = mender->vertical ? width : height;
      if (thickness > THICKEST * scale || length < SHORTEST_DASH * scale || length < SLENDER * thickness)
        continue;
      dash.from = (mender->vertical ? y : x) / scale;
      dash.to = dash.from + length / scale;
      dash.at = ((mender->vertical ? x : y) + thickness / 2.0) / scale;
      dash.width = thickness / scale;
      if (!mender->vertical || !is_among_letters (mender, &dash))
        g_array_append_val (mender->dashes, dash);
    }
}

/* At how many places along a line something crosses it: the line's own dirt doesn't reach so far to its sides. */
static guint
count_crossings (const Mender *mender,
                 double        at,
                 double        from,
                 double        to)
{
  int middle = (int) (at * mender->scale);
  guint n = 0;
  int along;

  for (along = (int) (from * mender->scale) + 1; along < (int) (to * mender->scale) - 1; along++)
    {
      if ((has_ink (mender, along, middle) || has_ink (mender, along, middle - 1) || has_ink (mender, along, middle + 1))
          && (has_ink (mender, along, middle - BESIDE) || has_ink (mender, along, middle + BESIDE)))
        n++;
    }

  return n;
}

/* Letters stand where an upright line would go on. */
static gboolean
is_interrupted (const Mender *mender,
                double        at,
                double        from,
                double        to)
{
  return mender->vertical && count_crossings (mender, at, from, to) > MOST_CROSSINGS;
}

static gboolean
goes_on (const Dash *before,
         const Dash *dash,
         double      at,
         double      to)
{
  double gap = dash->from - to;

  return !dash->used && fabs (dash->at - at) <= SAME_LINE
         && gap <= (before->whole && dash->whole ? MOST_GAP_OF_WHOLE : MOST_GAP);
}

/* All the dashes, from a first one on, that lie in one line without too wide a gap. */
static void
gather (const Mender *mender,
        guint         first,
        GArray       *line)
{
  GArray *dashes = mender->dashes;
  const Dash *last = &g_array_index (dashes, Dash, first);
  double at = last->at;
  double to = last->to;
  guint i;

  g_array_set_size (line, 0);
  g_array_append_val (line, first);
  for (i = first + 1; i < dashes->len && g_array_index (dashes, Dash, i).from - to <= MOST_GAP; i++)
    {
      const Dash *dash = &g_array_index (dashes, Dash, i);

      if (!goes_on (last, dash, at, to))
        continue;
      if (is_interrupted (mender, at, to, dash->from))
        break;
      g_array_append_val (line, i);
      at = (at * (to - last->from) + dash->at * (dash->to - dash->from)) / (to - last->from + dash->to - dash->from);
      to = MAX (to, dash->to);
      last = dash;
    }
}

static int
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

/* Dashes are of all lengths; letters that stand under each other are of one. */
static gboolean
is_uneven (GArray *dashes,
           GArray *line,
           double  longest)
{
  g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (double));
  guint i;

  for (i = 0; i < line->len; i++)
    {
      const Dash *dash = &g_array_index (dashes, Dash, g_array_index (line, guint, i));
      double length = dash->to - dash->from;

      g_array_append_val (lengths, length);
    }
  g_array_sort (lengths, compare_lengths);

  return longest - g_array_index (lengths, double, lengths->len / 2) >= UNEVEN;
}

/* Whether the dashes make a line. A column of the letter I doesn't. */
static gboolean
make_line (GArray *dashes,
           GArray *line,
           ChRule *rule)
{
  double covered = 0;
  double longest = 0;
  double sum = 0;
  guint i;

  rule->from = G_MAXDOUBLE;
  rule->to = 0;
  rule->width = 0;
  for (i = 0; i < line->len; i++)
    {
      const Dash *dash = &g_array_index (dashes, Dash, g_array_index (line, guint, i));
      double length = dash->to - dash->from;

      covered += length;
      sum += dash->at * length;
      longest = MAX (longest, length);
      rule->from = MIN (rule->from, dash->from);
      rule->to = MAX (rule->to, dash->to);
      rule->width = MAX (rule->width, dash->width);
    }
  rule->at = sum / covered;

  if (line->len < 2 || rule->to - rule->from < SHORTEST_LINE || covered < LEAST_INK * (rule->to - rule->from))
    return FALSE;

  return longest >= LONGEST_STROKE
         || (line->len >= MANY && longest >= LONG_DASH && is_uneven (dashes, line, longest));
}

/* Long lines go on behind what was written over them. */
static void
join_behind_text (gboolean vertical,
                  GArray  *rules)
{
  guint i, j;

  for (i = 0; i < rules->len; i++)
    {
      for (j = 0; j < rules->len; j++)
        {
          ChRule *above = &g_array_index (rules, ChRule, i);
          const ChRule *below = &g_array_index (rules, ChRule, j);

          if (i == j || above->vertical != vertical || below->vertical != vertical
              || fabs (above->at - below->at) > SAME_LINE || below->from < above->to
              || below->from - above->to > TEXT_HEIGHT || above->to - above->from < LONG_ENOUGH
              || below->to - below->from < LONG_ENOUGH)
            continue;
          above->to = below->to;
          g_array_remove_index (rules, j);
          i -= j < i ? 1 : 0;
          j = (guint) -1;
        }
    }
}

/* The bits of ink once what runs the other way is taken out: dashes hang together where lines meet. */
static BOXA *
find_bits (PIX     *ink,
           double   scale,
           gboolean vertical)
{
  g_autoptr (PIX) across = vertical ? pixOpenBrick (NULL, ink, (int) (LONGEST_BAR * scale), 1)
                                    : pixOpenBrick (NULL, ink, 1, (int) (LONGEST_STROKE * scale));
  g_autoptr (PIX) along = pixSubtract (NULL, ink, across);

  return pixConnCompBB (along, 8);
}

static void
mend_direction (PIX     *ink,
                double   scale,
                gboolean vertical,
                GArray  *rules)
{
  g_autoptr (BOXA) boxes = find_bits (ink, scale, vertical);
  g_autoptr (GArray) dashes = g_array_new (FALSE, FALSE, sizeof (Dash));
  g_autoptr (GArray) line = g_array_new (FALSE, FALSE, sizeof (guint));
  Mender mender = { ink, scale, vertical, dashes };
  guint i, j;

  take_rules (rules, vertical, dashes);
  take_thin_ink (&mender, boxes);
  g_array_sort (dashes, compare_dashes);
  for (i = 0; i < dashes->len; i++)
    {
      Dash *dash = &g_array_index (dashes, Dash, i);
      ChRule rule = { vertical, dash->at, dash->from, dash->to, dash->width };

      if (dash->used)
        continue;
      gather (&mender, i, line);
      if (make_line (dashes, line, &rule))
        {
          for (j = 0; j < line->len; j++)
            g_array_index (dashes, Dash, g_array_index (line, guint, j)).used = TRUE;
          g_array_append_val (rules, rule);
        }
      else if (dash->whole)
        {
          g_array_append_val (rules, rule);
        }
    }
  if (vertical)
    join_behind_text (vertical, rules);
}

/**
 * ch_broken_rules_mend:
 * @without_rules: the sheet's picture, with the lines painted over that were found
 * @rules: (element-type ChRule): those lines; takes what they are parts of
 *
 * On a fax, what is left of a fine line may be a row of dashes: puts them together again.
 */
void
ch_broken_rules_mend (const ChScanSheet *sheet,
                      PIX               *without_rules,
                      GArray            *rules)
{
  g_autoptr (PIX) ink = pixThresholdToBinary (without_rules, FAINT_INK);

  mend_direction (ink, sheet->scale, FALSE, rules);
  mend_direction (ink, sheet->scale, TRUE, rules);
}
