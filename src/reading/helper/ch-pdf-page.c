#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-pdf-page.h"

#include "ch-paint-look.h"
#include "ch-paint-rules.h"
#include "ch-paint-tap.h"
#include "ch-surface-ink.h"
#include "ch-text-turn.h"

#include <cairo.h>
#include <math.h>

/* Pixels a point: 144 a inch. Two pixels make the form's hairlines and a crossed box plain; more costs time. */
#define INK_SCALE 2.0
/* A page of more than this many points a side is a drawing, not a certificate; its pixels would fill the memory. */
#define LARGEST_SIDE 2000.0
/* The share of the page from which on images make it a scan, or a form that is itself an image. */
#define MUCH_IMAGE 0.2
/* A word or two may be drawn, as a logo or a signature is. In points, and in parts of an outline. */
#define MANY_SHAPES 120
#define SMALLEST_LETTER 2.0
#define LARGEST_LETTER 24.0
#define LEAST_OUTLINE 8
/* The parts of a letter's outline, about: some programs draw whole lines of letters as one shape. */
#define USUAL_OUTLINE 60

/* What a page was made from, while somebody may still ask about it. */
typedef struct {
  PopplerPage  *page;
  ChPaintLog   *log;
  ChGlyphIndex *index;
  ChTurn        turn;   /* from the page as it is shown to the model */
} Painted;

/**
 * ch_pdf_page_draw_part:
 * @turn: how the page is held
 * @part: of the page held that way, in points
 * @scale: pixels a point
 *
 * Returns: (transfer full) (nullable): the part's pixels; %NULL where it is too large for a page of a certificate
 */
ChInk *
ch_pdf_page_draw_part (PopplerPage  *page,
                       const ChTurn *turn,
                       const ChBox  *part,
                       double        scale)
{
  const cairo_matrix_t matrix = { turn->xx, turn->yx, turn->xy, turn->yy, turn->x0, turn->y0 };
  double width = ch_box_width (part);
  double height = ch_box_height (part);
  cairo_surface_t *surface;
  cairo_t *context;
  ChInk *ink = NULL;

  if (!(width * scale >= 1 && height * scale >= 1 && width <= LARGEST_SIDE && height <= LARGEST_SIDE))
    return NULL;

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (width * scale + 0.5), (int) (height * scale + 0.5));
  context = cairo_create (surface);
  cairo_set_source_rgb (context, 1, 1, 1);
  cairo_paint (context);
  cairo_scale (context, scale, scale);
  cairo_translate (context, -part->x0, -part->y0);
  cairo_transform (context, &matrix);
  poppler_page_render (page, context);
  if (cairo_status (context) == CAIRO_STATUS_SUCCESS)
    ink = ch_surface_ink_new (surface, scale, part->x0, part->y0);
  cairo_destroy (context);
  cairo_surface_destroy (surface);

  return ink;
}

/**
 * ch_pdf_page_read_ink:
 *
 * Returns: (transfer full) (nullable): the page's pixels; %NULL where the page is too large to be a certificate
 */
ChInk *
ch_pdf_page_read_ink (PopplerPage *page)
{
  ChBox all = { 0, 0, 0, 0 };

  poppler_page_get_size (page, &all.x1, &all.y1);

  return ch_pdf_page_draw_part (page, &CH_TURN_NONE, &all, INK_SCALE);
}

static void
free_painted (gpointer data)
{
  Painted *painted = data;

  ch_glyph_index_free (painted->index);
  ch_paint_log_free (painted->log);
  g_object_unref (painted->page);
  g_free (painted);
}

static gboolean
is_crossed_by_image (const ChPaintLog *log,
                     const ChBox      *part)
{
  guint i;

  for (i = 0; i < ch_paint_log_get_n_shapes (log); i++)
    {
      const ChPaintedShape *shape = ch_paint_log_get_shape (log, i);

      if (shape->kind == CH_PAINTED_IMAGE && ch_box_overlap_area (&shape->box, part) > 0)
        return TRUE;
    }

  return FALSE;
}

/* Lines and areas are painted again from the log; images, and letters of which nobody knows what they are, by poppler. */
static ChInk *
draw_painted (gpointer     data,
              const ChBox *part)
{
  Painted *painted = data;
  ChTurn back = ch_turn_invert (&painted->turn);
  ChBox shown = ch_turn_box (&back, part);

  if (is_crossed_by_image (painted->log, &shown) || ch_glyph_index_has_unnamed (painted->index, &shown))
    return ch_pdf_page_draw_part (painted->page, &painted->turn, part, INK_SCALE);

  return ch_paint_look_at (painted->log, &painted->turn, part);
}

static gboolean
has_much_image (const ChPageModel *model,
                const ChPaintLog  *log)
{
  const ChBox page = { 0, 0, model->width, model->height };
  double area = 0;
  guint i;

  for (i = 0; i < ch_paint_log_get_n_shapes (log); i++)
    {
      const ChPaintedShape *shape = ch_paint_log_get_shape (log, i);

      if (shape->kind == CH_PAINTED_IMAGE)
        area += ch_box_overlap_area (&shape->box, &page);
    }

  return area > MUCH_IMAGE * model->width * model->height;
}

/* Letters whose outlines are drawn are many small shapes, or low ones of many parts. */
static gboolean
has_drawn_letters (const ChPaintLog *log)
{
  guint n_small = 0;
  guint i;

  for (i = 0; i < ch_paint_log_get_n_shapes (log) && n_small < MANY_SHAPES; i++)
    {
      const ChPaintedShape *shape = ch_paint_log_get_shape (log, i);

      if (shape->kind == CH_PAINTED_IMAGE || ch_box_height (&shape->box) <= SMALLEST_LETTER
          || ch_box_height (&shape->box) >= LARGEST_LETTER)
        continue;
      if (ch_box_width (&shape->box) < LARGEST_LETTER)
        n_small += shape->path->num_data > LEAST_OUTLINE;
      else
        n_small += (guint) shape->path->num_data / USUAL_OUTLINE;
    }

  return n_small >= MANY_SHAPES;
}

/* Fields are on the page already when it shows how the page is to be held. */
static void
turn_model (ChPageModel  *model,
            const ChTurn *turn)
{
  guint i, j;

  model->to_page = ch_turn_invert (turn);
  for (i = 0; i < model->words->len; i++)
    {
      ChWord *word = g_ptr_array_index (model->words, i);

      word->box = ch_turn_upright (turn, &word->box);
      for (j = 0; j < word->n_glyphs; j++)
        word->glyphs[j].box = ch_turn_upright (turn, &word->glyphs[j].box);
    }
  for (i = 0; i < model->ticks->len; i++)
    {
      ChTick *tick = &g_array_index (model->ticks, ChTick, i);

      tick->box = ch_turn_upright (turn, &tick->box);
    }
}

/* What shows can be told from the order in which things were painted, except where images lie over text. */
static void
read_painted (PopplerPage *page,
              ChPageModel *model,
              ChPaintLog  *log)
{
  static const ChPageSource source = { draw_painted, NULL, free_painted };
  Painted *painted = g_new0 (Painted, 1);

  painted->page = g_object_ref (page);
  painted->log = log;
  painted->index = ch_glyph_index_new (log, model->width, model->height);
  model->has_image = has_much_image (model, log);
  model->has_drawn_letters = has_drawn_letters (log);
  painted->turn = ch_text_turn_find (log, &model->width, &model->height);
  if (!ch_turn_is_none (&painted->turn))
    turn_model (model, &painted->turn);
  ch_pdf_page_read_text (page, model, log, painted->index, &painted->turn);
  ch_paint_rules_find (log, &painted->turn, model->rules);
  if (ch_paint_log_hides_by_image (log))
    {
      const ChBox all = { 0, 0, model->width, model->height };
      ChInk *ink = ch_pdf_page_draw_part (page, &painted->turn, &all, INK_SCALE);

      if (ink != NULL)
        {
          ch_page_model_take_ink (model, ink);
          ch_page_model_drop_unseen_words (model);
        }
    }
  else
    {
      ch_page_model_doubt_overwritten (model);
    }
  ch_page_model_set_source (model, &source, painted);
}

/* Pages of more than can be kept in mind are looked at as pixels. */
static void
read_drawn (PopplerPage *page,
            ChPageModel *model)
{
  ChInk *ink = ch_pdf_page_read_ink (page);

  model->has_drawn_letters = TRUE;
  ch_pdf_page_read_text (page, model, NULL, NULL, &CH_TURN_NONE);
  if (ink == NULL)
    return;
  ch_page_model_take_ink (model, ink);
  ch_page_model_drop_unseen_words (model);
}

/**
 * ch_pdf_page_read:
 *
 * The page's own fields are hidden on the way.
 *
 * Returns: (transfer full): everything that is seen on the page, in points from its top left as it is shown
 */
ChPageModel *
ch_pdf_page_read (PopplerPage *page)
{
  g_autoptr (ChPaintLog) log = ch_paint_log_new (CH_PAINT_TAP_SCALE);
  ChPageModel *model;
  double width, height;

  poppler_page_get_size (page, &width, &height);
  model = ch_page_model_new ((guint) poppler_page_get_index (page) + 1, width, height);
  ch_pdf_page_read_fields (page, model);
  if (ch_paint_tap_log (page, log))
    read_painted (page, model, g_steal_pointer (&log));
  else
    read_drawn (page, model);

  return model;
}
