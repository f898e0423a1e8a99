/*
 * Poppler tells its text, but neither the lines that it draws nor what lies over what; it only paints, on cairo. To
 * paint a page into pixels and to look for lines and hidden text there takes longer than everything else together, so
 * certholder-reader listens to what poppler asks cairo to paint. Cairo lets nobody else write a kind of surface, but a
 * program may define functions of a library that it uses, and the dynamic linker then takes the program's: those below
 * note what is painted on the one context that is listened to, and spare it the painting. On every other context they
 * are cairo's own.
 *
 * Where the linker does otherwise (a poppler with cairo inside it), nothing is heard, and ch_paint_tap_log() says so.
 */
#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-paint-tap.h"

#include <dlfcn.h>

/* What is listened to while a page is painted. */
static struct {
  cairo_t    *context;
  ChPaintLog *log;
  guint       n_heard;
} tap;

static gboolean
is_tapped (cairo_t *context)
{
  if (tap.context == NULL || context != tap.context)
    return FALSE;

  tap.n_heard++;
  return TRUE;
}

/* The function of that name in the library behind this program. */
static void
find_behind (const char *name,
             void      **function)
{
  if (*function == NULL)
    *function = dlsym (RTLD_NEXT, name);
  g_assert (*function != NULL);
}

#define FIND_BEHIND(name) \
  static __typeof__ (name) *behind; \
  find_behind (#name, (void **) &behind)

void
cairo_fill (cairo_t *cr)
{
  FIND_BEHIND (cairo_fill);

  if (!is_tapped (cr))
    {
      behind (cr);
      return;
    }
  ch_paint_log_add_fill (tap.log, cr);
  cairo_new_path (cr);
}

void
cairo_fill_preserve (cairo_t *cr)
{
  FIND_BEHIND (cairo_fill_preserve);

  if (is_tapped (cr))
    ch_paint_log_add_fill (tap.log, cr);
  else
    behind (cr);
}

void
cairo_stroke (cairo_t *cr)
{
  FIND_BEHIND (cairo_stroke);

  if (!is_tapped (cr))
    {
      behind (cr);
      return;
    }
  ch_paint_log_add_stroke (tap.log, cr);
  cairo_new_path (cr);
}

void
cairo_stroke_preserve (cairo_t *cr)
{
  FIND_BEHIND (cairo_stroke_preserve);

  if (is_tapped (cr))
    ch_paint_log_add_stroke (tap.log, cr);
  else
    behind (cr);
}

void
cairo_show_glyphs (cairo_t             *cr,
                   const cairo_glyph_t *glyphs,
                   int                  num_glyphs)
{
  FIND_BEHIND (cairo_show_glyphs);

  if (is_tapped (cr))
    ch_paint_log_add_glyphs (tap.log, cr, glyphs, num_glyphs, NULL, 0, NULL, 0);
  else
    behind (cr, glyphs, num_glyphs);
}

void
cairo_show_text_glyphs (cairo_t                    *cr,
                        const char                 *utf8,
                        int                         utf8_len,
                        const cairo_glyph_t        *glyphs,
                        int                         num_glyphs,
                        const cairo_text_cluster_t *clusters,
                        int                         num_clusters,
                        cairo_text_cluster_flags_t  cluster_flags)
{
  FIND_BEHIND (cairo_show_text_glyphs);

  if (is_tapped (cr))
    ch_paint_log_add_glyphs (tap.log, cr, glyphs, num_glyphs, utf8, utf8_len, clusters, num_clusters);
  else
    behind (cr, utf8, utf8_len, glyphs, num_glyphs, clusters, num_clusters, cluster_flags);
}

/* Letters that are outlined, or that others are cut out along: the outline is still needed. */
void
cairo_glyph_path (cairo_t             *cr,
                  const cairo_glyph_t *glyphs,
                  int                  num_glyphs)
{
  FIND_BEHIND (cairo_glyph_path);

  if (is_tapped (cr))
    ch_paint_log_add_glyphs (tap.log, cr, glyphs, num_glyphs, NULL, 0, NULL, 0);
  behind (cr, glyphs, num_glyphs);
}

void
cairo_paint (cairo_t *cr)
{
  FIND_BEHIND (cairo_paint);

  if (is_tapped (cr))
    ch_paint_log_add_paint (tap.log, cr, 1);
  else
    behind (cr);
}

void
cairo_paint_with_alpha (cairo_t *cr,
                        double   alpha)
{
  FIND_BEHIND (cairo_paint_with_alpha);

  if (is_tapped (cr))
    ch_paint_log_add_paint (tap.log, cr, alpha);
  else
    behind (cr, alpha);
}

void
cairo_mask (cairo_t         *cr,
            cairo_pattern_t *pattern)
{
  FIND_BEHIND (cairo_mask);

  if (is_tapped (cr))
    ch_paint_log_add_mask (tap.log, cr, pattern);
  else
    behind (cr, pattern);
}

cairo_pattern_t *
cairo_pop_group (cairo_t *cr)
{
  cairo_pattern_t *group;
  FIND_BEHIND (cairo_pop_group);

  group = behind (cr);
  if (tap.context != NULL && cr == tap.context)
    ch_paint_log_add_group (tap.log, group);

  return group;
}

void
cairo_pop_group_to_source (cairo_t *cr)
{
  FIND_BEHIND (cairo_pop_group_to_source);

  behind (cr);
  if (tap.context != NULL && cr == tap.context)
    ch_paint_log_add_group (tap.log, cairo_get_source (cr));
}

/**
 * ch_paint_tap_log:
 * @log: of %CH_PAINT_TAP_SCALE
 *
 * Has poppler paint the page, and notes what it paints instead of letting it. Poppler gathers the page's text on the
 * way, so that to ask for that afterwards costs little.
 *
 * Returns: whether @log can be relied on; %FALSE where nothing was heard of a page that isn't empty, or there was too
 *   much of it
 */
gboolean
ch_paint_tap_log (PopplerPage *page,
                  ChPaintLog  *log)
{
  /* A recording surface has no edge at which cairo could leave anything out, and passes on what glyphs mean. */
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *context = cairo_create (surface);
  gboolean heard;

  cairo_scale (context, CH_PAINT_TAP_SCALE, CH_PAINT_TAP_SCALE);
  tap.context = context;
  tap.log = log;
  tap.n_heard = 0;
  poppler_page_render (page, context);
  heard = tap.n_heard > 0;
  tap.context = NULL;
  tap.log = NULL;

  if (!heard)
    {
      double x, y, width, height;

      cairo_recording_surface_ink_extents (surface, &x, &y, &width, &height);
      heard = width <= 0 || height <= 0;
    }
  cairo_destroy (context);
  cairo_surface_destroy (surface);

  return heard && ch_paint_log_is_complete (log);
}
