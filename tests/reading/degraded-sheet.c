#include "config.h"

#include "degraded-sheet.h"

#include <math.h>

#define DEGREES (G_PI / 180)
/* Pixels on each side of one that a blur reaches */
#define BLUR_REACH 3
/* Drawn once and then picked from: pixels are many. */
#define N_NOISES 65536
/* Grey that is black on a fax, and how much darker or lighter a machine is set */
#define FAX_INK 150
#define FAX_SETTING 25

/**
 * Degrees:
 * @skew: degrees, to either side
 * @blur: pixels, the deviation of a Gaussian
 * @noise: grey, likewise
 * @brightness: what is added to each grey
 * @corner: share of the sheet by which a corner may lie off its place
 *
 * How bad it can get: each between two bounds.
 */
typedef struct {
  const char *name;
  int         resolution;
  double      skew[2];
  double      blur[2];
  double      noise[2];
  double      brightness[2];
  double      corner;
} Degrees;

static const Degrees degrees[] = {
  [DEGRADED_SCAN] = { "scan", 200, { 0.1, 1.2 }, { 0.5, 0.9 }, { 2, 9 }, { -10, 6 }, 0 },
  [DEGRADED_SCAN_150] = { "scan150", 150, { 0.1, 1.2 }, { 0.3, 0.7 }, { 2, 6 }, { -10, 6 }, 0 },
  [DEGRADED_FAX] = { "fax", 200, { 0.05, 0.9 }, { 0.4, 0.9 }, { 5, 25 }, { 0, 0 }, 0 },
  [DEGRADED_PHOTO] = { "photo", 220, { 0.2, 3 }, { 0.4, 0.9 }, { 2, 7 }, { -20, 0 }, 0.03 },
};

const char *
degraded_sheet_get_name (DegradedKind kind)
{
  return degrees[kind].name;
}

int
degraded_sheet_get_resolution (DegradedKind kind)
{
  return degrees[kind].resolution;
}

static double
choose (GRand        *random,
        const double *bounds)
{
  return bounds[0] < bounds[1] ? g_rand_double_range (random, bounds[0], bounds[1]) : bounds[0];
}

static double
draw_normal (GRand *random)
{
  double u = 1 - g_rand_double (random);
  double v = g_rand_double (random);

  return sqrt (-2 * log (u)) * cos (2 * G_PI * v);
}

static float *
draw_noises (GRand *random,
             double deviation)
{
  float *noises = g_new (float, N_NOISES);
  guint i;

  for (i = 0; i < N_NOISES; i++)
    noises[i] = (float) (deviation * draw_normal (random));

  return noises;
}

static inline l_uint32 *
get_row (PIX *picture,
         int  y)
{
  return pixGetData (picture) + (gsize) y * (gsize) pixGetWpl (picture);
}

/* What a lens and a worn glass do, then the sensor's own noise. The ink of a printer isn't all black. */
static PIX *
expose (PIX           *picture,
        const Degrees *degree,
        GRand         *random)
{
  L_KERNEL *kernel = makeGaussianKernel (BLUR_REACH, BLUR_REACH, (l_float32) choose (random, degree->blur), 1);
  PIX *blurred = pixConvolve (picture, kernel, 8, 1);
  g_autofree float *noises = draw_noises (random, choose (random, degree->noise));
  double brightness = choose (random, degree->brightness) + 10;
  int x, y;

  kernelDestroy (&kernel);
  for (y = 0; y < pixGetHeight (blurred); y++)
    {
      l_uint32 *row = get_row (blurred, y);

      for (x = 0; x < pixGetWidth (blurred); x++)
        {
          double grey = GET_DATA_BYTE (row, x) * 0.92 + brightness + noises[g_rand_int (random) % N_NOISES];

          SET_DATA_BYTE (row, x, (int) CLAMP (grey, 0, 255));
        }
    }

  return blurred;
}

/* Each corner of the sheet is somewhat further in than on the picture; beside the sheet is a dark table. */
static PIX *
look_at_angle (PIX    *picture,
               double  corner,
               GRand  *random)
{
  double right = pixGetWidth (picture) - 1;
  double bottom = pixGetHeight (picture) - 1;
  const double corners[4][2] = { { 0, 0 }, { right, 0 }, { right, bottom }, { 0, bottom } };
  PTA *on_sheet = ptaCreate (4);
  PTA *on_picture = ptaCreate (4);
  PIX *seen;
  guint i;

  for (i = 0; i < 4; i++)
    {
      double x = corners[i][0] + (corners[i][0] > 0 ? -1 : 1) * g_rand_double_range (random, 0, corner) * right;
      double y = corners[i][1] + (corners[i][1] > 0 ? -1 : 1) * g_rand_double_range (random, 0, corner) * bottom;

      ptaAddPt (on_sheet, (l_float32) corners[i][0], (l_float32) corners[i][1]);
      ptaAddPt (on_picture, (l_float32) x, (l_float32) y);
    }
  seen = pixProjectivePta (picture, on_picture, on_sheet, L_BRING_IN_BLACK);
  ptaDestroy (&on_sheet);
  ptaDestroy (&on_picture);

  return seen;
}

/* A lamp to one side, and the shadow of whoever holds the telephone. */
static void
light_unevenly (PIX   *picture,
                GRand *random)
{
  double phase = g_rand_double_range (random, 0, 2 * G_PI);
  double width = pixGetWidth (picture);
  double height = pixGetHeight (picture);
  int x, y;

  for (y = 0; y < height; y++)
    {
      l_uint32 *row = get_row (picture, y);

      for (x = 0; x < width; x++)
        {
          double light = 0.775 + 0.225 * sin (x * 2.2 / width + y * 1.7 / height + phase);
          double grey = GET_DATA_BYTE (row, x) * light + 35;

          SET_DATA_BYTE (row, x, (int) CLAMP (grey, 0, 255));
        }
    }
}

PIX *
degraded_sheet_make (PIX         *clean,
                     DegradedKind kind,
                     GRand       *random)
{
  const Degrees *degree = &degrees[kind];
  double skew = choose (random, degree->skew) * (g_rand_boolean (random) ? 1 : -1);
  g_autoptr (PIX) askew = pixRotate (clean, (l_float32) (skew * DEGREES), L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0);
  g_autoptr (PIX) picture = expose (askew, degree, random);

  if (degree->corner > 0)
    {
      PIX *seen = look_at_angle (picture, degree->corner, random);

      pixDestroy (&picture);
      picture = seen;
      light_unevenly (picture, random);
    }
  if (kind == DEGRADED_FAX)
    return pixThresholdToBinary (picture, FAX_INK + g_rand_int_range (random, -FAX_SETTING, FAX_SETTING + 1));

  return g_steal_pointer (&picture);
}

gboolean
degraded_sheet_save (PIX         *picture,
                     DegradedKind kind,
                     GRand       *random,
                     const char  *path)
{
  int quality = g_rand_int_range (random, 50, 81);

  return pixConvertToPdf (picture, kind == DEGRADED_FAX ? L_G4_ENCODE : L_JPEG_ENCODE, quality, path, 0, 0,
                          degrees[kind].resolution, "", NULL, 0)
         == 0;
}
