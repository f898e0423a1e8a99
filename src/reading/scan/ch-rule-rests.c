#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-rule-rests.h"

/* Pixels on both sides of a line that may hold what is left of it. */
#define REST 2.5
/* Points: what is left where two lines cross is no larger. */
#define LARGEST_CORNER 6.0
/* Of its ink, so much may lie beside the lines. */
#define MOST_BESIDE 0.25

/* The ground that a line takes up, in pixels */
typedef struct {
  double x0;
  double y0;
  double x1;
  double y1;
} Ground;

static Ground
get_ground (const ChRule *rule,
            double        scale)
{
  double reach = rule->width * scale / 2 + REST;
  double low = rule->at * scale - reach;
  double high = rule->at * scale + reach;
  double from = rule->from * scale - REST;
  double to = rule->to * scale + REST;

  return rule->vertical ? (Ground){ low, from, high, to } : (Ground){ from, low, to, high };
}

/**
 * ch_rule_rests_hold:
 * @rules: (element-type ChRule)
 * @scale: pixels a point
 *
 * Returns: whether all of a bit of ink lies on one line: what is left of it where letters cross it is no comma
 */
gboolean
ch_rule_rests_hold (GArray         *rules,
                    double          scale,
                    const ChInkBox *part)
{
  guint i;

  for (i = 0; i < rules->len; i++)
    {
      Ground ground = get_ground (&g_array_index (rules, ChRule, i), scale);

      if (part->x0 >= ground.x0 && part->x1 <= ground.x1 && part->y0 >= ground.y0 && part->y1 <= ground.y1)
        return TRUE;
    }

  return FALSE;
}

/* A line of one direction that runs through the part. */
static gboolean
find_ground (GArray         *rules,
             double          scale,
             gboolean        vertical,
             const ChInkBox *part,
             Ground         *found)
{
  guint i;

  for (i = 0; i < rules->len; i++)
    {
      const ChRule *rule = &g_array_index (rules, ChRule, i);
      Ground ground = get_ground (rule, scale);

      if (rule->vertical != vertical || ground.x0 >= part->x1 || ground.x1 <= part->x0 || ground.y0 >= part->y1
          || ground.y1 <= part->y0)
        continue;
      *found = ground;
      return TRUE;
    }

  return FALSE;
}

/**
 * ch_rule_rests_touch:
 * @rules: (element-type ChRule)
 * @scale: pixels a point
 *
 * Returns: whether a line of one direction runs through a bit of ink
 */
gboolean
ch_rule_rests_touch (GArray         *rules,
                     double          scale,
                     gboolean        vertical,
                     const ChInkBox *part)
{
  Ground ground;

  return find_ground (rules, scale, vertical, part, &ground);
}

static gboolean
lies_on (const Ground *ground,
         int           x,
         int           y)
{
  return x >= ground->x0 && x < ground->x1 && y >= ground->y0 && y < ground->y1;
}

/**
 * ch_rule_rests_are_all:
 * @rules: (element-type ChRule)
 * @scale: pixels a point
 * @ink: 1 bit a pixel
 *
 * Returns: whether a bit of ink is what is left where two lines cross: a fax makes sevens and fours of it
 */
gboolean
ch_rule_rests_are_all (GArray         *rules,
                       double          scale,
                       PIX            *ink,
                       const ChInkBox *part)
{
  guint n_ink = 0;
  guint n_beside = 0;
  Ground upright, level;
  int x, y;

  if (part->x1 - part->x0 > LARGEST_CORNER * scale || part->y1 - part->y0 > LARGEST_CORNER * scale
      || !find_ground (rules, scale, TRUE, part, &upright) || !find_ground (rules, scale, FALSE, part, &level))
    return FALSE;

  for (y = part->y0; y < part->y1; y++)
    {
      for (x = part->x0; x < part->x1; x++)
        {
          l_uint32 is_ink = 0;

          if (pixGetPixel (ink, x, y, &is_ink) != 0 || !is_ink)
            continue;
          n_ink++;
          n_beside += !lies_on (&upright, x, y) && !lies_on (&level, x, y);
        }
    }

  return n_beside <= MOST_BESIDE * n_ink;
}
