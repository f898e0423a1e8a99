#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-recogniser.h"

#include <tesseract/capi.h>

/* The language of the forms. */
#define LANGUAGE "eng"
#define DATA_FILE LANGUAGE ".traineddata"
#define POINTS_AN_INCH 72

struct _ChRecogniser
{
  GMappedFile   *data;
  TessBaseAPI   *engine;     /* (nullable): while nothing has been read */
  ChExpected     expected;   /* what the engine is set to */
};

/* What may stand where something particular is expected; NULL for anything. */
static const char *const allowed[] = {
  [CH_EXPECTED_TEXT] = "",
  [CH_EXPECTED_MONEY] = "0123456789,.$",
  [CH_EXPECTED_DATE] = "0123456789/-.",
  [CH_EXPECTED_DIGITS] = "0123456789",
  [CH_EXPECTED_LETTER] = "ABCDEF",
  [CH_EXPECTED_YES_NO] = "XYN",
};

/**
 * ch_recogniser_map_data:
 *
 * Finds what tesseract has learned of English, while files can still be opened: in TESSDATA_PREFIX, where the program
 * was built to look, and where distributions put it.
 *
 * Returns: (transfer full) (nullable): the file, in memory
 */
GMappedFile *
ch_recogniser_map_data (void)
{
  const char *const folders[] = { g_getenv ("TESSDATA_PREFIX"), TESSDATA_DIR, "/usr/share/tesseract-ocr/5/tessdata",
                                  "/usr/share/tessdata", "/usr/share/tesseract/tessdata", "/app/share/tessdata" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = folders[i] != NULL ? g_build_filename (folders[i], DATA_FILE, NULL) : NULL;
      GMappedFile *file = path != NULL ? g_mapped_file_new (path, FALSE, NULL) : NULL;

      if (file != NULL)
        return file;
    }

  return NULL;
}

/**
 * ch_recogniser_new:
 * @data: what ch_recogniser_map_data() found
 */
ChRecogniser *
ch_recogniser_new (GMappedFile *data)
{
  ChRecogniser *self = g_new0 (ChRecogniser, 1);

  self->data = g_mapped_file_ref (data);

  return self;
}

void
ch_recogniser_free (ChRecogniser *self)
{
  if (self == NULL)
    return;

  if (self->engine != NULL)
    TessBaseAPIDelete (self->engine);
  g_mapped_file_unref (self->data);
  g_free (self);
}

/* Lines are cut out and evened already; a second look with black and white swapped would only cost time. */
static gboolean
start_engine (ChRecogniser *self)
{
  static char *const names[] = { (char *) "tessedit_do_invert" };
  static char *const values[] = { (char *) "0" };
  gsize length = g_mapped_file_get_length (self->data);

  if (self->engine != NULL)
    return TRUE;
  if (length == 0 || length > G_MAXINT)
    return FALSE;

  self->engine = TessBaseAPICreate ();
  if (TessBaseAPIInit5 (self->engine, g_mapped_file_get_contents (self->data), (int) length, LANGUAGE, OEM_LSTM_ONLY,
                        NULL, 0, (char **) names, (char **) values, G_N_ELEMENTS (names), FALSE)
      != 0)
    {
      TessBaseAPIDelete (self->engine);
      self->engine = NULL;
      return FALSE;
    }
  TessBaseAPISetPageSegMode (self->engine, PSM_SINGLE_LINE);
  self->expected = CH_EXPECTED_TEXT;

  return TRUE;
}

static gboolean
is_one_letter (ChExpected expected)
{
  return expected == CH_EXPECTED_LETTER || expected == CH_EXPECTED_YES_NO;
}

static void
expect (ChRecogniser *self,
        ChExpected    expected)
{
  if (self->expected == expected)
    return;

  TessBaseAPISetVariable (self->engine, "tessedit_char_whitelist", allowed[expected]);
  TessBaseAPISetPageSegMode (self->engine, is_one_letter (expected) ? PSM_SINGLE_CHAR : PSM_SINGLE_LINE);
  self->expected = expected;
}

/* The recogniser sets type: in the stead of what a keyboard has, it sees quotes that look the same. */
static gunichar
find_typed (gunichar character)
{
  switch (character)
    {
    case 0x2018:
    case 0x2019:
      return '\'';
    case 0x201c:
    case 0x201d:
      return '"';
    default:
      return character;
    }
}

static void
take_sign (TessResultIterator *at,
           GArray             *signs)
{
  const TessPageIterator *place = TessResultIteratorGetPageIteratorConst (at);
  char *text = TessResultIteratorGetUTF8Text (at, RIL_SYMBOL);
  double confidence = TessResultIteratorConfidence (at, RIL_SYMBOL) / 100.0;
  gboolean begins_word = TessPageIteratorIsAtBeginningOf (place, RIL_WORD);
  ChSign sign = { 0 };
  const char *next;

  if (text != NULL && g_utf8_validate (text, -1, NULL)
      && TessPageIteratorBoundingBox (place, RIL_SYMBOL, &sign.x0, &sign.y0, &sign.x1, &sign.y1))
    {
      sign.confidence = CLAMP (confidence, 0, 1);
      sign.begins_word = begins_word;
      for (next = text; *next != '\0'; next = g_utf8_next_char (next))
        {
          sign.character = find_typed (g_utf8_get_char (next));
          if (!g_unichar_isspace (sign.character))
            g_array_append_val (signs, sign);
          sign.begins_word = FALSE;
        }
    }
  TessDeleteText (text);
}

/**
 * ch_recogniser_read_line:
 * @line: 8 bits a pixel, one line of text on white paper
 * @scale: pixels a point
 *
 * Returns: (transfer full) (element-type ChSign): what it says, from left to right; empty where nothing is recognised
 */
GArray *
ch_recogniser_read_line (ChRecogniser *self,
                         PIX          *line,
                         double        scale,
                         ChExpected    expected)
{
  GArray *signs = g_array_new (FALSE, TRUE, sizeof (ChSign));
  TessResultIterator *at;

  if (!start_engine (self))
    return signs;

  expect (self, expected);
  TessBaseAPISetImage2 (self->engine, line);
  TessBaseAPISetSourceResolution (self->engine, (int) (scale * POINTS_AN_INCH));
  if (TessBaseAPIRecognize (self->engine, NULL) == 0)
    {
      at = TessBaseAPIGetIterator (self->engine);
      if (at != NULL)
        {
          do
            take_sign (at, signs);
          while (TessResultIteratorNext (at, RIL_SYMBOL));
          TessResultIteratorDelete (at);
        }
    }
  TessBaseAPIClear (self->engine);

  return signs;
}
