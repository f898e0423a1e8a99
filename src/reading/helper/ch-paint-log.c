#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-paint-log.h"

#include "ch-paint-state.h"

#include <math.h>

/* Pages with more than this are drawings; they are looked at as pixels instead. */
#define MOST_SHAPES 20000
#define MOST_GLYPHS 60000
#define MOST_STYLES 512

/* An area smaller than this, in square points, hides no glyph of a size that is read. */
#define LEAST_COVER 9.0
#define THIN_STROKE 4.0
/* A glyph this light can be seen only on something dark. */
#define WHITE 245
#define DARK_GROUND 160
/* Shares of a glyph's size: where its middle is, and how little of it has to show for a person to read it. */
#define ABOVE 0.3
#define MIDDLE 0.22
#define BEGINNING 0.08

typedef struct {
  cairo_font_face_t *face;  /* (owned): so that no other font can come to its address */
  cairo_matrix_t     matrix;
  guint8             grey;
} Style;

struct _ChPaintLog
{
  double     scale;
  GArray    *glyphs;       /* (element-type ChPaintedGlyph) */
  GArray    *shapes;       /* (element-type ChPaintedShape) */
  GArray    *styles;       /* (element-type Style) */
  GPtrArray *groups;       /* (element-type cairo_surface_t) (owned): their contents are in the log already */
  guint      n_runs;
  gboolean   is_overfull;
  gboolean   hides_by_image;
};

static void
clear_shape (gpointer data)
{
  ChPaintedShape *shape = data;

  g_clear_pointer (&shape->path, cairo_path_destroy);
}

static void
clear_style (gpointer data)
{
  Style *style = data;

  g_clear_pointer (&style->face, cairo_font_face_destroy);
}

/**
 * ch_paint_log_new:
 * @scale: units of the contexts that will be heard of to a point of the page
 */
ChPaintLog *
ch_paint_log_new (double scale)
{
  ChPaintLog *self = g_new0 (ChPaintLog, 1);

  self->scale = scale;
  self->glyphs = g_array_sized_new (FALSE, FALSE, sizeof (ChPaintedGlyph), 4096);
  self->shapes = g_array_sized_new (FALSE, FALSE, sizeof (ChPaintedShape), 256);
  self->styles = g_array_new (FALSE, FALSE, sizeof (Style));
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
  g_array_set_clear_func (self->shapes, clear_shape);
  g_array_set_clear_func (self->styles, clear_style);

  return self;
}

void
ch_paint_log_free (ChPaintLog *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->glyphs);
  g_array_unref (self->shapes);
  g_array_unref (self->styles);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

/* A point of what a glyph shows: a little over its baseline, and the share @along of its size behind its origin. */
static void
find_point (const ChPaintedGlyph *glyph,
            double                along,
            double               *x,
            double               *y)
{
  *x = glyph->x + glyph->size * (glyph->along_x * along + glyph->along_y * ABOVE);
  *y = glyph->y + glyph->size * (glyph->along_y * along - glyph->along_x * ABOVE);
}

static void
find_middle (const ChPaintedGlyph *glyph,
             double               *x,
             double               *y)
{
  find_point (glyph, MIDDLE, x, y);
}

typedef cairo_bool_t (*Holds) (cairo_t *context,
                               double   x,
                               double   y);

/* Marks the glyphs that something opaque has just been painted over. */
static void
cover (ChPaintLog  *self,
       cairo_t     *context,
       const ChBox *box,
       Holds        holds)
{
  guint i;

  if (ch_box_width (box) * ch_box_height (box) < LEAST_COVER)
    return;

  for (i = 0; i < self->glyphs->len; i++)
    {
      ChPaintedGlyph *glyph = &g_array_index (self->glyphs, ChPaintedGlyph, i);
      double x, y;

      find_middle (glyph, &x, &y);
      if (glyph->covered || !ch_box_holds (box, x, y))
        continue;
      ch_paint_state_take_back (context, self->scale, &x, &y);
      glyph->covered = holds (context, x, y) && cairo_in_clip (context, x, y);
    }
}

static gboolean
covers_any_glyph (const ChPaintLog *self,
                  const ChBox      *box)
{
  guint i;

  for (i = 0; i < self->glyphs->len; i++)
    {
      const ChPaintedGlyph *glyph = &g_array_index (self->glyphs, ChPaintedGlyph, i);
      double x, y;

      find_middle (glyph, &x, &y);
      if (!glyph->covered && ch_box_holds (box, x, y))
        return TRUE;
    }

  return FALSE;
}

/* Styles are numbered from 1 in the order in which they come up; the first of a font stands for the font. */
static guint
find_style (ChPaintLog           *self,
            cairo_font_face_t    *face,
            const cairo_matrix_t *matrix,
            guint8                grey,
            guint                *face_number)
{
  Style fresh = { face, *matrix, grey };
  guint i;

  *face_number = 0;
  for (i = 0; i < self->styles->len; i++)
    {
      const Style *style = &g_array_index (self->styles, Style, i);

      if (style->face != face)
        continue;
      if (*face_number == 0)
        *face_number = i + 1;
      if (style->grey == grey && fabs (style->matrix.xx - matrix->xx) + fabs (style->matrix.yx - matrix->yx) < 0.1)
        return i + 1;
    }

  if (self->styles->len == MOST_STYLES)
    return MOST_STYLES;
  cairo_font_face_reference (face);
  g_array_append_val (self->styles, fresh);
  if (*face_number == 0)
    *face_number = self->styles->len;

  return self->styles->len;
}

static void
name_glyphs (ChPaintedGlyph             *glyphs,
             int                         n_glyphs,
             const char                 *text,
             int                         text_length,
             const cairo_text_cluster_t *clusters,
             int                         n_clusters)
{
  const char *at = text;
  int glyph = 0;
  int i;

  for (i = 0; i < n_clusters && at < text + text_length && glyph < n_glyphs; i++)
    {
      if (clusters[i].num_glyphs > 0 && clusters[i].num_bytes > 0)
        {
          gunichar character = g_utf8_get_char_validated (at, text + text_length - at);

          glyphs[glyph].character = character == (gunichar) -1 || character == (gunichar) -2 ? 0 : character;
        }
      at += clusters[i].num_bytes;
      glyph += clusters[i].num_glyphs;
    }
}

/**
 * ch_paint_log_add_glyphs:
 * @context: as it is when the glyphs are painted
 * @text: (nullable): UTF-8, with its clusters
 */
void
ch_paint_log_add_glyphs (ChPaintLog                 *self,
                         cairo_t                    *context,
                         const cairo_glyph_t        *glyphs,
                         int                         n_glyphs,
                         const char                 *text,
                         int                         text_length,
                         const cairo_text_cluster_t *clusters,
                         int                         n_clusters)
{
  ChPaintedGlyph common = { 0 };
  cairo_matrix_t matrix, font;
  gboolean opaque;
  guint first = self->glyphs->len;
  gboolean any_in_clip = FALSE;
  double length;
  int i;

  if (n_glyphs <= 0 || self->glyphs->len + (guint) n_glyphs > MOST_GLYPHS)
    {
      self->is_overfull = self->is_overfull || n_glyphs > 0;
      return;
    }

  ch_paint_state_get_matrix (context, self->scale, &matrix);
  cairo_get_font_matrix (context, &font);
  cairo_matrix_multiply (&font, &font, &matrix);
  length = hypot (font.xx, font.yx);
  common.size = hypot (font.xy, font.yy);
  common.along_x = length > 0 && isfinite (length) ? font.xx / length : 1;
  common.along_y = length > 0 && isfinite (length) ? font.yx / length : 0;
  common.grey = ch_paint_state_get_grey (context, 1, &opaque);
  common.style = find_style (self, cairo_get_font_face (context), &font, common.grey, &common.face);
  common.run = self->n_runs++;
  common.n_shapes_before = self->shapes->len;
  for (i = 0; i < n_glyphs; i++)
    {
      ChPaintedGlyph glyph = common;
      double x, y;

      glyph.x = glyphs[i].x;
      glyph.y = glyphs[i].y;
      glyph.index = glyphs[i].index;
      cairo_matrix_transform_point (&matrix, &glyph.x, &glyph.y);
      find_point (&glyph, BEGINNING, &x, &y);
      ch_paint_state_take_back (context, self->scale, &x, &y);
      glyph.cut_off = !cairo_in_clip (context, x, y);
      any_in_clip = any_in_clip || !glyph.cut_off;
      g_array_append_val (self->glyphs, glyph);
    }
  for (i = 0; !any_in_clip && i < n_glyphs; i++)
    g_array_index (self->glyphs, ChPaintedGlyph, first + (guint) i).covered = TRUE;
  if (text != NULL)
    name_glyphs (&g_array_index (self->glyphs, ChPaintedGlyph, first), n_glyphs, text, text_length, clusters,
                 n_clusters);
}

static void
take_shape (ChPaintLog           *self,
            const ChPaintedShape *shape)
{
  if (self->shapes->len < MOST_SHAPES)
    {
      g_array_append_val (self->shapes, *shape);
      return;
    }

  self->is_overfull = TRUE;
  if (shape->path != NULL)
    cairo_path_destroy (shape->path);
}

static cairo_path_t *
copy_path (const ChPaintLog *self,
           cairo_t          *context)
{
  cairo_matrix_t matrix;
  cairo_path_t *path;

  cairo_get_matrix (context, &matrix);
  cairo_identity_matrix (context);
  cairo_scale (context, self->scale, self->scale);
  path = cairo_copy_path (context);
  cairo_set_matrix (context, &matrix);

  return path;
}

static gboolean
is_group (const ChPaintLog *self,
          cairo_pattern_t  *pattern)
{
  cairo_surface_t *surface;

  return cairo_pattern_get_surface (pattern, &surface) == CAIRO_STATUS_SUCCESS
         && g_ptr_array_find (self->groups, surface, NULL);
}

/* An opaque image over text hides who knows what of it. */
static void
take_image (ChPaintLog  *self,
            const ChBox *box,
            gboolean     opaque)
{
  ChPaintedShape shape = { CH_PAINTED_IMAGE };

  shape.box = *box;
  shape.opaque = opaque;
  if (opaque && covers_any_glyph (self, box))
    self->hides_by_image = TRUE;
  take_shape (self, &shape);
}

/**
 * ch_paint_log_add_fill:
 * @context: with the path that is about to be filled
 */
void
ch_paint_log_add_fill (ChPaintLog *self,
                       cairo_t    *context)
{
  cairo_pattern_t *source = cairo_get_source (context);
  ChPaintedShape shape = { CH_PAINTED_FILL };

  cairo_path_extents (context, &shape.box.x0, &shape.box.y0, &shape.box.x1, &shape.box.y1);
  shape.box = ch_paint_state_get_box (context, self->scale, &shape.box);
  ch_paint_state_cut (context, self->scale, &shape.box);
  /* Poppler paints images as rectangles filled with them. */
  if (cairo_pattern_get_type (source) == CAIRO_PATTERN_TYPE_SURFACE)
    {
      if (!is_group (self, source))
        take_image (self, &shape.box, !ch_paint_state_is_see_through (source));
      return;
    }
  shape.grey = ch_paint_state_get_grey (context, 1, &shape.opaque);
  shape.rule = cairo_get_fill_rule (context);
  if (shape.opaque)
    cover (self, context, &shape.box, cairo_in_fill);
  shape.path = copy_path (self, context);
  take_shape (self, &shape);
}

/**
 * ch_paint_log_add_stroke:
 * @context: with the path that is about to be stroked
 */
void
ch_paint_log_add_stroke (ChPaintLog *self,
                         cairo_t    *context)
{
  ChPaintedShape shape = { CH_PAINTED_STROKE };
  double dx = cairo_get_line_width (context);
  double dy = 0;

  cairo_path_extents (context, &shape.box.x0, &shape.box.y0, &shape.box.x1, &shape.box.y1);
  shape.box = ch_paint_state_get_box (context, self->scale, &shape.box);
  cairo_user_to_device_distance (context, &dx, &dy);
  shape.width = MAX (hypot (dx, dy) / self->scale, 0.1);
  shape.box.x0 -= shape.width / 2;
  shape.box.y0 -= shape.width / 2;
  shape.box.x1 += shape.width / 2;
  shape.box.y1 += shape.width / 2;
  ch_paint_state_cut (context, self->scale, &shape.box);
  shape.grey = ch_paint_state_get_grey (context, 1, &shape.opaque);
  if (shape.opaque && shape.width > THIN_STROKE)
    cover (self, context, &shape.box, cairo_in_stroke);
  shape.path = copy_path (self, context);
  take_shape (self, &shape);
}

static void
add_image (ChPaintLog      *self,
           cairo_t         *context,
           cairo_pattern_t *pattern,
           gboolean         opaque)
{
  ChBox box = ch_paint_state_get_image_box (context, self->scale, pattern);

  take_image (self, &box, opaque);
}

static cairo_bool_t
holds_all (cairo_t *context,
           double   x,
           double   y)
{
  return TRUE;
}

/**
 * ch_paint_log_add_paint:
 *
 * Everything inside the clip is painted: that is how images come, groups, and colour.
 */
void
ch_paint_log_add_paint (ChPaintLog *self,
                        cairo_t    *context,
                        double      alpha)
{
  cairo_pattern_t *source = cairo_get_source (context);
  ChPaintedShape shape = { CH_PAINTED_IMAGE };

  if (is_group (self, source))
    return;
  if (cairo_pattern_get_type (source) == CAIRO_PATTERN_TYPE_SURFACE)
    {
      add_image (self, context, source, alpha >= CH_PAINT_STATE_OPAQUE && !ch_paint_state_is_see_through (source));
      return;
    }

  shape.box = ch_paint_state_get_image_box (context, self->scale, source);
  shape.grey = ch_paint_state_get_grey (context, alpha, &shape.opaque);
  if (shape.opaque)
    cover (self, context, &shape.box, holds_all);
  take_shape (self, &shape);
}

/**
 * ch_paint_log_add_mask:
 * @mask: says where the source is painted
 */
void
ch_paint_log_add_mask (ChPaintLog      *self,
                       cairo_t         *context,
                       cairo_pattern_t *mask)
{
  if (!is_group (self, cairo_get_source (context)))
    add_image (self, context, mask, FALSE);
}

/**
 * ch_paint_log_add_group:
 * @group: what a finished group became; its parts were added as they were painted
 */
void
ch_paint_log_add_group (ChPaintLog      *self,
                        cairo_pattern_t *group)
{
  cairo_surface_t *surface;

  if (cairo_pattern_get_surface (group, &surface) == CAIRO_STATUS_SUCCESS)
    g_ptr_array_add (self->groups, cairo_surface_reference (surface));
}

guint
ch_paint_log_get_n_glyphs (const ChPaintLog *self)
{
  return self->glyphs->len;
}

const ChPaintedGlyph *
ch_paint_log_get_glyph (const ChPaintLog *self,
                        guint             index)
{
  return &g_array_index (self->glyphs, ChPaintedGlyph, index);
}

/**
 * ch_paint_log_get_glyphs:
 *
 * Returns: (array): all of them, for as long as nothing is added
 */
const ChPaintedGlyph *
ch_paint_log_get_glyphs (const ChPaintLog *self)
{
  return &g_array_index (self->glyphs, ChPaintedGlyph, 0);
}

/**
 * ch_paint_log_shows_glyph:
 *
 * Returns: whether a person sees the glyph: nothing was painted over it, and it isn't white on paper
 */
gboolean
ch_paint_log_shows_glyph (const ChPaintLog *self,
                          guint             index)
{
  const ChPaintedGlyph *glyph = ch_paint_log_get_glyph (self, index);
  double x, y;
  guint i;

  if (glyph->covered)
    return FALSE;
  if (glyph->grey < WHITE)
    return TRUE;

  find_middle (glyph, &x, &y);
  for (i = glyph->n_shapes_before; i > 0; i--)
    {
      const ChPaintedShape *shape = ch_paint_log_get_shape (self, i - 1);

      if (shape->kind != CH_PAINTED_STROKE && ch_box_holds (&shape->box, x, y))
        return shape->grey < DARK_GROUND;
    }

  return FALSE;
}

guint
ch_paint_log_get_n_shapes (const ChPaintLog *self)
{
  return self->shapes->len;
}

const ChPaintedShape *
ch_paint_log_get_shape (const ChPaintLog *self,
                        guint             index)
{
  return &g_array_index (self->shapes, ChPaintedShape, index);
}

/**
 * ch_paint_log_is_complete:
 *
 * Returns: whether all that was painted is in the log; where not, only pixels can tell what is seen
 */
gboolean
ch_paint_log_is_complete (const ChPaintLog *self)
{
  return !self->is_overfull;
}

/**
 * ch_paint_log_hides_by_image:
 *
 * Returns: whether an image was painted over text: what of the text shows, only pixels can tell
 */
gboolean
ch_paint_log_hides_by_image (const ChPaintLog *self)
{
  return self->hides_by_image;
}
