#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-ink.h"

#include <math.h>

struct _ChInk
{
  guint8 *grey;     /* (owned) width bytes a row, no padding */
  guint   width;
  guint   height;
  double  scale;    /* pixels a point */
  double  left;     /* points from the page's left to the first pixel */
  double  top;
};

typedef struct {
  guint x0;
  guint y0;
  guint x1;
  guint y1;
} PixelBox;

/**
 * ch_ink_new:
 * @grey: (transfer full): @width times @height bytes, 0 black to 255 white
 * @scale: pixels a point
 */
ChInk *
ch_ink_new (guint8 *grey,
            guint   width,
            guint   height,
            double  scale)
{
  ChInk *self;

  g_return_val_if_fail (grey != NULL || width == 0 || height == 0, NULL);
  g_return_val_if_fail (scale > 0, NULL);

  self = g_new0 (ChInk, 1);
  self->grey = grey;
  self->width = width;
  self->height = height;
  self->scale = scale;

  return self;
}

/**
 * ch_ink_new_part:
 * @grey: (transfer full): @width times @height bytes, 0 black to 255 white
 * @scale: pixels a point
 * @left: points from the page's left edge to the first pixel
 */
ChInk *
ch_ink_new_part (guint8 *grey,
                 guint   width,
                 guint   height,
                 double  scale,
                 double  left,
                 double  top)
{
  ChInk *self = ch_ink_new (grey, width, height, scale);

  if (self != NULL)
    {
      self->left = left;
      self->top = top;
    }

  return self;
}

void
ch_ink_free (ChInk *self)
{
  if (self == NULL)
    return;

  g_free (self->grey);
  g_free (self);
}

guint
ch_ink_get_width (const ChInk *self)
{
  return self->width;
}

guint
ch_ink_get_height (const ChInk *self)
{
  return self->height;
}

double
ch_ink_get_scale (const ChInk *self)
{
  return self->scale;
}

const guint8 *
ch_ink_get_row (const ChInk *self,
                guint        y)
{
  g_return_val_if_fail (y < self->height, NULL);

  return self->grey + (gsize) y * self->width;
}

static guint
clamp_pixel (double position,
             guint  end)
{
  if (!(position > 0))
    return 0;

  return position >= end ? end : (guint) position;
}

static PixelBox
find_pixels (const ChInk *self,
             const ChBox *box)
{
  PixelBox pixels = {
    clamp_pixel (floor ((box->x0 - self->left) * self->scale + 0.5), self->width),
    clamp_pixel (floor ((box->y0 - self->top) * self->scale + 0.5), self->height),
    clamp_pixel (floor ((box->x1 - self->left) * self->scale + 0.5), self->width),
    clamp_pixel (floor ((box->y1 - self->top) * self->scale + 0.5), self->height),
  };

  return pixels;
}

/**
 * ch_ink_density:
 *
 * Returns: the share of the box's pixels that are ink, 0 to 1; 0 for a box outside the page
 */
double
ch_ink_density (const ChInk *self,
                const ChBox *box)
{
  PixelBox pixels = find_pixels (self, box);
  guint n_ink = 0;
  guint x, y;

  if (pixels.x0 >= pixels.x1 || pixels.y0 >= pixels.y1)
    return 0;

  for (y = pixels.y0; y < pixels.y1; y++)
    {
      const guint8 *row = self->grey + (gsize) y * self->width;

      for (x = pixels.x0; x < pixels.x1; x++)
        n_ink += row[x] < CH_INK_THRESHOLD;
    }

  return (double) n_ink / ((double) (pixels.x1 - pixels.x0) * (pixels.y1 - pixels.y0));
}

/**
 * ch_ink_contrast:
 *
 * Returns: the difference between the lightest and the darkest pixel in the box: glyphs show as contrast also where
 *   they are white on black
 */
guint
ch_ink_contrast (const ChInk *self,
                 const ChBox *box)
{
  PixelBox pixels = find_pixels (self, box);
  guint8 lightest = 0;
  guint8 darkest = 255;
  guint x, y;

  for (y = pixels.y0; y < pixels.y1; y++)
    {
      const guint8 *row = self->grey + (gsize) y * self->width;

      for (x = pixels.x0; x < pixels.x1; x++)
        {
          lightest = MAX (lightest, row[x]);
          darkest = MIN (darkest, row[x]);
        }
    }

  return lightest > darkest ? lightest - darkest : 0;
}
