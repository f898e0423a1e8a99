#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-exif.h"

#include <string.h>

/* Of JPEG (ITU-T T.81), Exif (CIPA DC-008) and TIFF 6.0, as much as tells how a telephone was held. */
#define MARKER 0xff
#define APPLICATION_1 0xe1
#define START_OF_SCAN 0xda
#define ORIENTATION_TAG 0x0112
#define ENTRY_SIZE 12
#define MOST_ENTRIES 512

typedef struct {
  const guint8 *data;
  gsize         length;
  gboolean      is_little_endian;
} Block;

static gboolean
read_16 (const Block *block,
         gsize        at,
         guint       *value)
{
  if (at + 2 > block->length)
    return FALSE;

  *value = block->is_little_endian ? block->data[at] | (guint) block->data[at + 1] << 8
                                   : (guint) block->data[at] << 8 | block->data[at + 1];
  return TRUE;
}

static gboolean
read_32 (const Block *block,
         gsize        at,
         guint       *value)
{
  guint first, second;

  if (!read_16 (block, at, &first) || !read_16 (block, at + 2, &second))
    return FALSE;

  *value = block->is_little_endian ? second << 16 | first : first << 16 | second;
  return TRUE;
}

/* Looks the orientation up in the block that is laid out as a TIFF file. 1 where it isn't there. */
static guint
find_in_block (const guint8 *data,
               gsize         length)
{
  Block block = { data, length, FALSE };
  guint offset, n_entries, i;

  if (length < 8 || (memcmp (data, "II", 2) != 0 && memcmp (data, "MM", 2) != 0))
    return 1;
  block.is_little_endian = data[0] == 'I';
  if (!read_32 (&block, 4, &offset) || !read_16 (&block, offset, &n_entries))
    return 1;

  for (i = 0; i < MIN (n_entries, MOST_ENTRIES); i++)
    {
      gsize at = (gsize) offset + 2 + (gsize) i * ENTRY_SIZE;
      guint tag, value;

      if (!read_16 (&block, at, &tag))
        return 1;
      if (tag == ORIENTATION_TAG)
        return read_16 (&block, at + 8, &value) && value >= 1 && value <= 8 ? value : 1;
    }

  return 1;
}

/**
 * ch_exif_find_orientation:
 * @data: (array length=length): a JPEG file
 *
 * Returns: 1 to 8 as Exif counts; 1 (upright) where the file says nothing
 */
guint
ch_exif_find_orientation (const guint8 *data,
                          gsize         length)
{
  gsize at = 2;

  while (at + 4 <= length && data[at] == MARKER && data[at + 1] != START_OF_SCAN)
    {
      gsize size = (gsize) data[at + 2] << 8 | data[at + 3];

      if (size < 2 || at + 2 + size > length)
        return 1;
      if (data[at + 1] == APPLICATION_1 && size >= 8 && memcmp (data + at + 4, "Exif\0\0", 6) == 0)
        return find_in_block (data + at + 10, size - 8);
      at += 2 + size;
    }

  return 1;
}

/**
 * ch_exif_turn_upright:
 * @data: (array length=length): the JPEG file that @picture came from
 *
 * Returns: (transfer full): the picture as the camera was held
 */
PIX *
ch_exif_turn_upright (const guint8 *data,
                      gsize         length,
                      PIX          *picture)
{
  /* Quarters to turn clockwise, after having swapped left and right where it is mirrored. */
  static const struct {
    gboolean mirrored;
    int      n_quarters;
  } turns[] = { { FALSE, 0 }, { FALSE, 0 }, { TRUE, 0 }, { FALSE, 2 }, { TRUE, 2 }, { TRUE, 3 }, { FALSE, 1 },
                { TRUE, 1 }, { FALSE, 3 } };
  guint orientation = ch_exif_find_orientation (data, length);
  g_autoptr (PIX) flipped = turns[orientation].mirrored ? pixFlipLR (NULL, picture) : pixClone (picture);

  if (flipped == NULL || turns[orientation].n_quarters == 0)
    return g_steal_pointer (&flipped);

  return pixRotateOrth (flipped, turns[orientation].n_quarters);
}
