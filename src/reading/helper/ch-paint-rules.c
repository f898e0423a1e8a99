#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-paint-rules.h"

#include <math.h>

/* Points. The sides of tick boxes are the shortest lines that matter; strokes of letters are thinner or shorter. */
#define SHORTEST 5.5
#define THICKEST 3.0
#define STRAIGHT 0.35
/* Pieces of one line, drawn cell by cell, are this close to each other. */
#define SAME_LINE 0.8
#define SAME_END 1.2
/* Lines lighter than this don't show on paper. */
#define LIGHTEST 225
#define MOST_RULES 6000

/* The rectangles that one shape consists of, as far as it does. */
typedef struct {
  ChBox boxes[2];
  guint n_boxes;
  guint n_others;
} Rectangles;

static void
add_rule (GArray *rules,
          gboolean vertical,
          double   at,
          double   from,
          double   to,
          double   width)
{
  ChRule rule = { vertical, at, MIN (from, to), MAX (from, to), width };

  if (rules->len < MOST_RULES && rule.to - rule.from >= SHORTEST)
    g_array_append_val (rules, rule);
}

static void
add_segment (GArray               *rules,
             const ChPaintedShape *shape,
             double                x0,
             double                y0,
             double                x1,
             double                y1)
{
  const ChBox *box = &shape->box;

  if (fabs (x1 - x0) <= STRAIGHT && x0 >= box->x0 && x0 <= box->x1)
    add_rule (rules, TRUE, (x0 + x1) / 2, CLAMP (y0, box->y0, box->y1), CLAMP (y1, box->y0, box->y1), shape->width);
  else if (fabs (y1 - y0) <= STRAIGHT && y0 >= box->y0 && y0 <= box->y1)
    add_rule (rules, FALSE, (y0 + y1) / 2, CLAMP (x0, box->x0, box->x1), CLAMP (x1, box->x0, box->x1), shape->width);
}

static void
find_point (const ChTurn            *turn,
            const cairo_path_data_t *data,
            double                  *x,
            double                  *y)
{
  *x = data->point.x;
  *y = data->point.y;
  ch_turn_point (turn, x, y);
}

static void
add_stroke (GArray               *rules,
            const ChPaintedShape *shape,
            const ChTurn         *turn)
{
  double x = 0, y = 0, first_x = 0, first_y = 0;
  int i;

  for (i = 0; i < shape->path->num_data; i += shape->path->data[i].header.length)
    {
      const cairo_path_data_t *part = &shape->path->data[i];
      double next_x, next_y;

      switch (part->header.type)
        {
        case CAIRO_PATH_MOVE_TO:
          find_point (turn, &part[1], &x, &y);
          first_x = x;
          first_y = y;
          break;
        case CAIRO_PATH_LINE_TO:
          find_point (turn, &part[1], &next_x, &next_y);
          add_segment (rules, shape, x, y, next_x, next_y);
          x = next_x;
          y = next_y;
          break;
        case CAIRO_PATH_CURVE_TO:
          find_point (turn, &part[3], &x, &y);
          break;
        case CAIRO_PATH_CLOSE_PATH:
          add_segment (rules, shape, x, y, first_x, first_y);
          x = first_x;
          y = first_y;
          break;
        default:
          break;
        }
    }
}

/* Ends one outline: a rectangle, when its corners were all on its own edges and it went along each of them. */
static void
end_outline (Rectangles  *rectangles,
             const ChBox *box,
             guint        n_corners,
             gboolean     straight)
{
  if (n_corners < 2)
    return;

  if (straight && n_corners >= 3 && n_corners <= 5 && rectangles->n_boxes < G_N_ELEMENTS (rectangles->boxes))
    rectangles->boxes[rectangles->n_boxes++] = *box;
  else
    rectangles->n_others++;
}

static void
find_rectangles (const ChPaintedShape *shape,
                 const ChTurn         *turn,
                 Rectangles           *rectangles)
{
  ChBox box = { 0 };
  gboolean straight = TRUE;
  guint n_corners = 0;
  double x = 0, y = 0;
  int i;

  for (i = 0; i < shape->path->num_data; i += shape->path->data[i].header.length)
    {
      const cairo_path_data_t *part = &shape->path->data[i];
      ChBox corner;

      if (part->header.type == CAIRO_PATH_MOVE_TO)
        {
          end_outline (rectangles, &box, n_corners, straight);
          n_corners = 0;
          straight = TRUE;
        }
      else if (part->header.type == CAIRO_PATH_CURVE_TO)
        {
          straight = FALSE;
        }
      if (part->header.type != CAIRO_PATH_MOVE_TO && part->header.type != CAIRO_PATH_LINE_TO)
        continue;
      find_point (turn, &part[1], &corner.x0, &corner.y0);
      corner.x1 = corner.x0;
      corner.y1 = corner.y0;
      straight = straight
                 && (n_corners == 0 || fabs (corner.x0 - x) <= STRAIGHT || fabs (corner.y0 - y) <= STRAIGHT);
      if (n_corners++ == 0)
        box = corner;
      else
        ch_box_unite (&box, &corner);
      x = corner.x0;
      y = corner.y0;
    }
  end_outline (rectangles, &box, n_corners, straight);
}

static void
add_thin_box (GArray      *rules,
              const ChBox *box)
{
  double width = ch_box_width (box);
  double height = ch_box_height (box);

  if (width <= THICKEST && height > width)
    add_rule (rules, TRUE, ch_box_centre_x (box), box->y0, box->y1, width);
  else if (height <= THICKEST && width > height)
    add_rule (rules, FALSE, ch_box_centre_y (box), box->x0, box->x1, height);
}

static gboolean
is_frame (const ChBox *outer,
          const ChBox *inner)
{
  return inner->x0 >= outer->x0 && inner->y0 >= outer->y0 && inner->x1 <= outer->x1 && inner->y1 <= outer->y1
         && inner->x0 - outer->x0 <= THICKEST && outer->x1 - inner->x1 <= THICKEST && inner->y0 - outer->y0 <= THICKEST
         && outer->y1 - inner->y1 <= THICKEST;
}

/* Many programs draw lines as thin rectangles, and some a frame as one rectangle with another cut out of it. */
static void
add_fill (GArray               *rules,
          const ChPaintedShape *shape,
          const ChTurn         *turn)
{
  Rectangles rectangles = { 0 };
  guint i;

  find_rectangles (shape, turn, &rectangles);
  for (i = 0; i < rectangles.n_boxes; i++)
    add_thin_box (rules, &rectangles.boxes[i]);
  if (rectangles.n_boxes == 2
      && (is_frame (&rectangles.boxes[0], &rectangles.boxes[1]) || is_frame (&rectangles.boxes[1], &rectangles.boxes[0])))
    {
      ChBox box = rectangles.boxes[0];

      ch_box_unite (&box, &rectangles.boxes[1]);
      add_rule (rules, TRUE, box.x0, box.y0, box.y1, 1);
      add_rule (rules, TRUE, box.x1, box.y0, box.y1, 1);
      add_rule (rules, FALSE, box.y0, box.x0, box.x1, 1);
      add_rule (rules, FALSE, box.y1, box.x0, box.x1, 1);
    }
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const ChRule *left = a;
  const ChRule *right = b;

  if (left->vertical != right->vertical)
    return left->vertical ? 1 : -1;

  return left->at < right->at ? -1 : left->at > right->at;
}

static int
compare_ends (gconstpointer a,
              gconstpointer b)
{
  const ChRule *left = a;
  const ChRule *right = b;

  return left->from < right->from ? -1 : left->from > right->from;
}

/* Joins what touches among rules that lie on one line. */
static void
join_line (GArray *rules,
           ChRule *pieces,
           guint   n_pieces)
{
  ChRule whole;
  guint i;

  qsort (pieces, n_pieces, sizeof (ChRule), compare_ends);
  whole = pieces[0];
  for (i = 1; i < n_pieces; i++)
    {
      if (pieces[i].from > whole.to + SAME_END)
        {
          g_array_append_val (rules, whole);
          whole = pieces[i];
          continue;
        }
      whole.to = MAX (whole.to, pieces[i].to);
      whole.width = MAX (whole.width, pieces[i].width);
    }
  g_array_append_val (rules, whole);
}

/**
 * ch_paint_rules_find:
 * @turn: how the page is held to be read
 * @rules: (element-type ChRule): takes the straight lines that were painted
 */
void
ch_paint_rules_find (const ChPaintLog *log,
                     const ChTurn     *turn,
                     GArray           *rules)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (ChRule));
  guint first = 0;
  guint i;

  for (i = 0; i < ch_paint_log_get_n_shapes (log); i++)
    {
      ChPaintedShape shape = *ch_paint_log_get_shape (log, i);

      if (shape.grey > LIGHTEST)
        continue;
      shape.box = ch_turn_box (turn, &shape.box);
      if (shape.kind == CH_PAINTED_STROKE && shape.width <= THICKEST)
        add_stroke (pieces, &shape, turn);
      else if (shape.kind == CH_PAINTED_FILL)
        add_fill (pieces, &shape, turn);
      else if (shape.kind == CH_PAINTED_IMAGE)
        add_thin_box (pieces, &shape.box);
    }

  g_array_sort (pieces, compare_places);
  for (i = 1; i <= pieces->len; i++)
    {
      const ChRule *line = &g_array_index (pieces, ChRule, first);
      const ChRule *piece = i < pieces->len ? &g_array_index (pieces, ChRule, i) : NULL;

      if (piece != NULL && piece->vertical == line->vertical && piece->at - line->at <= SAME_LINE)
        continue;
      join_line (rules, &g_array_index (pieces, ChRule, first), i - first);
      first = i;
    }
}
