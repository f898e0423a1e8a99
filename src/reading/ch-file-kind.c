#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-file-kind.h"

#include <string.h>

/* A kind's first bytes; PDF and HEIC have them further behind. */
static const struct {
  ChFileKind  kind;
  const char *bytes;
  gsize       length;
} magics[] = {
  { CH_FILE_KIND_JPEG, "\xff\xd8\xff", 3 },
  { CH_FILE_KIND_PNG, "\x89PNG\r\n\x1a\n", 8 },
  { CH_FILE_KIND_TIFF, "II*\0", 4 },
  { CH_FILE_KIND_TIFF, "MM\0*", 4 },
};

/* The brands of ISO/IEC 23008-12 under which telephones store stills in HEVC. */
static const char *const heic_brands[] = { "heic", "heix", "heim", "heis", "mif1" };

static gboolean
is_heic (const guint8 *head,
         gsize         length)
{
  guint i;

  if (length < 12 || memcmp (head + 4, "ftyp", 4) != 0)
    return FALSE;

  for (i = 0; i < G_N_ELEMENTS (heic_brands); i++)
    {
      if (memcmp (head + 8, heic_brands[i], 4) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * ch_file_kind_find:
 * @head: (array length=length): a file's first %CH_FILE_KIND_HEAD bytes, or all of it where it is shorter
 *
 * Tells the kind of a file by what is in it, whatever its name. (ISO 32000 wants a PDF's header first; programs accept
 * it anywhere in the first kilobyte, and files rely on that.)
 */
ChFileKind
ch_file_kind_find (gconstpointer head,
                   gsize         length)
{
  guint i;

  if (length == 0)
    return CH_FILE_KIND_UNKNOWN;
  for (i = 0; i < G_N_ELEMENTS (magics); i++)
    {
      if (length >= magics[i].length && memcmp (head, magics[i].bytes, magics[i].length) == 0)
        return magics[i].kind;
    }
  if (is_heic (head, length))
    return CH_FILE_KIND_HEIC;

  return memmem (head, MIN (length, CH_FILE_KIND_HEAD), "%PDF-", 5) != NULL ? CH_FILE_KIND_PDF : CH_FILE_KIND_UNKNOWN;
}

/**
 * ch_file_kind_can_be_read:
 *
 * Returns: whether this build of the reader takes such files
 */
gboolean
ch_file_kind_can_be_read (ChFileKind kind)
{
  switch (kind)
    {
    case CH_FILE_KIND_PDF:
      return TRUE;
    case CH_FILE_KIND_JPEG:
    case CH_FILE_KIND_PNG:
    case CH_FILE_KIND_TIFF:
#ifdef HAVE_OCR
      return TRUE;
#else
      return FALSE;
#endif
    case CH_FILE_KIND_HEIC:
#ifdef HAVE_HEIF
      return TRUE;
#else
      return FALSE;
#endif
    case CH_FILE_KIND_UNKNOWN:
    default:
      return FALSE;
    }
}

/* Returns: (nullable): the media type that IANA has registered; %NULL for an unknown kind */
const char *
ch_file_kind_get_mime_type (ChFileKind kind)
{
  static const char *const types[] = { NULL, "application/pdf", "image/jpeg", "image/png", "image/tiff", "image/heic" };

  return types[kind];
}

/* Returns: (nullable): what names of such files end with, with its dot; %NULL for an unknown kind */
const char *
ch_file_kind_get_extension (ChFileKind kind)
{
  static const char *const extensions[] = { NULL, ".pdf", ".jpg", ".png", ".tif", ".heic" };

  return extensions[kind];
}
