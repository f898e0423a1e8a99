#pragma once

#include "ch-page-model.h"

#include <cairo.h>

G_BEGIN_DECLS

/**
 * ChPaintedGlyph:
 * @x: of its origin, in points of the page
 * @along_x: the direction in which its text runs, as a unit vector
 * @size: of its font, in points
 * @grey: 0 black to 255 white
 * @character: what the file says that it means; 0 where it doesn't say
 * @face: the same number for glyphs of one font, in any size
 * @index: of the glyph in its font
 * @style: the same number for glyphs of one font, size and colour
 * @run: the same number for glyphs painted in one go
 * @n_shapes_before: shapes that were painted before it
 * @cut_off: it lies outside of what may be painted on, while a part of the text it belongs to does not: a value too long
 *   for its field
 * @covered: something opaque was painted over it later, or all of its text lies outside of what may be painted on
 */
typedef struct {
  double   x;
  double   y;
  double   along_x;
  double   along_y;
  double   size;
  guint8   grey;
  gunichar character;
  guint    face;
  gulong   index;
  guint    style;
  guint    run;
  guint    n_shapes_before;
  gboolean cut_off;
  gboolean covered;
} ChPaintedGlyph;

typedef enum {
  CH_PAINTED_FILL,
  CH_PAINTED_STROKE,
  CH_PAINTED_IMAGE,
} ChPaintedKind;

/**
 * ChPaintedShape:
 * @box: what it can reach, in points of the page
 * @path: (nullable) (owned): in points of the page; none for images
 * @width: of a stroke
 * @opaque: hides what is under it
 * @grey: 0 black to 255 white; images count as black
 */
typedef struct {
  ChPaintedKind     kind;
  ChBox             box;
  cairo_path_t     *path;
  cairo_fill_rule_t rule;
  double            width;
  gboolean          opaque;
  guint8            grey;
} ChPaintedShape;

/**
 * ChPaintLog:
 *
 * What was painted on a page, in the order in which it was painted: the one thing that tells what is under what.
 */
typedef struct _ChPaintLog ChPaintLog;

ChPaintLog           *ch_paint_log_new           (double                      scale);
void                  ch_paint_log_free          (ChPaintLog                 *self);
void                  ch_paint_log_add_glyphs    (ChPaintLog                 *self,
                                                  cairo_t                    *context,
                                                  const cairo_glyph_t        *glyphs,
                                                  int                         n_glyphs,
                                                  const char                 *text,
                                                  int                         text_length,
                                                  const cairo_text_cluster_t *clusters,
                                                  int                         n_clusters);
void                  ch_paint_log_add_fill      (ChPaintLog                 *self,
                                                  cairo_t                    *context);
void                  ch_paint_log_add_stroke    (ChPaintLog                 *self,
                                                  cairo_t                    *context);
void                  ch_paint_log_add_paint     (ChPaintLog                 *self,
                                                  cairo_t                    *context,
                                                  double                      alpha);
void                  ch_paint_log_add_mask      (ChPaintLog                 *self,
                                                  cairo_t                    *context,
                                                  cairo_pattern_t            *mask);
void                  ch_paint_log_add_group     (ChPaintLog                 *self,
                                                  cairo_pattern_t            *group);

guint                 ch_paint_log_get_n_glyphs  (const ChPaintLog           *self);
const ChPaintedGlyph *ch_paint_log_get_glyph     (const ChPaintLog           *self,
                                                  guint                       index);
const ChPaintedGlyph *ch_paint_log_get_glyphs    (const ChPaintLog           *self);
gboolean              ch_paint_log_shows_glyph   (const ChPaintLog           *self,
                                                  guint                       index);
guint                 ch_paint_log_get_n_shapes  (const ChPaintLog           *self);
const ChPaintedShape *ch_paint_log_get_shape     (const ChPaintLog           *self,
                                                  guint                       index);
gboolean              ch_paint_log_is_complete   (const ChPaintLog           *self);
gboolean              ch_paint_log_hides_by_image (const ChPaintLog          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChPaintLog, ch_paint_log_free)

G_END_DECLS
