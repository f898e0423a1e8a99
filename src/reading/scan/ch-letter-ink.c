#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-letter-ink.h"

/* A pixel is part of a letter from this grey on, where there is ink as dark as the second nearby. On a fax what is paler
 * was made by turning it. */
#define INK 150
#define DARK 70
#define DARK_OF_FAX 100
/* Small print, dots and dashes are blurred until they hardly have such pixels: where the darkest nearby is as pale as the
 * first, pixels count up to the second; where it is paler than the third, there is nothing. */
#define PALE 180
#define PALE_INK 212
#define PAPER 200
/* Pixels on a side of what is nearby */
#define NEARBY 9

static int
find_threshold (int darkest,
                int dark)
{
  if (darkest <= dark)
    return INK;
  if (darkest >= PAPER)
    return 0;

  return INK + (MIN (darkest, PALE) - dark) * (PALE_INK - INK) / (PALE - dark);
}

/**
 * ch_letter_ink_find:
 * @picture: 8 bits of grey
 * @in_grey: whether it came so; else it was a fax
 *
 * Returns: (transfer full): what may be letters on it, and their dots and dashes, 1 bit a pixel
 */
PIX *
ch_letter_ink_find (PIX      *picture,
                    gboolean  in_grey)
{
  g_autoptr (PIX) darkest = pixErodeGray (picture, NEARBY, NEARBY);
  PIX *ink = pixCreate (pixGetWidth (picture), pixGetHeight (picture), 1);
  int thresholds[256];
  int x, y;

  for (x = 0; x < 256; x++)
    thresholds[x] = find_threshold (x, in_grey ? DARK : DARK_OF_FAX);
  for (y = 0; darkest != NULL && y < pixGetHeight (picture); y++)
    {
      const l_uint32 *grey = pixGetData (picture) + (gsize) y * (gsize) pixGetWpl (picture);
      const l_uint32 *nearby = pixGetData (darkest) + (gsize) y * (gsize) pixGetWpl (darkest);
      l_uint32 *row = pixGetData (ink) + (gsize) y * (gsize) pixGetWpl (ink);

      for (x = 0; x < pixGetWidth (picture); x++)
        {
          if (GET_DATA_BYTE (grey, x) < thresholds[GET_DATA_BYTE (nearby, x)])
            SET_DATA_BIT (row, x);
        }
    }

  return ink;
}
