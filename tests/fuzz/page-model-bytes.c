#include "config.h"

#include "page-model-bytes.h"

#include <string.h>

/* Coordinates are in twentieths of a point: 3276 points are the most. */
#define UNITS 20.0
#define MOST_RECORDS 8000
#define MOST_PAGES 8
/* A page's picture has few pixels: filling large ones would take the time that the reader is to have. */
#define PIXELS_A_POINT 0.25
#define MOST_COLUMNS 170
#define MOST_ROWS 220

typedef struct {
  const guint8 *at;
  const guint8 *end;
} Bytes;

static guint
take_byte (Bytes *bytes)
{
  return bytes->at < bytes->end ? *bytes->at++ : 0;
}

static double
take_length (Bytes *bytes)
{
  guint low = take_byte (bytes);

  return ((take_byte (bytes) << 8) | low) / UNITS;
}

static ChBox
take_box (Bytes *bytes)
{
  double x0 = take_length (bytes);
  double y0 = take_length (bytes);
  double x1 = take_length (bytes);
  double y1 = take_length (bytes);

  return (ChBox){ MIN (x0, x1), MIN (y0, y1), MAX (x0, x1), MAX (y0, y1) };
}

static void
take_word (Bytes       *bytes,
           ChPageModel *model)
{
  ChBox box = take_box (bytes);
  guint flags = take_byte (bytes);
  guint run = take_byte (bytes);
  guint confidence = take_byte (bytes);
  guint n_glyphs = take_byte (bytes);
  g_autofree ChGlyph *glyphs = g_new0 (ChGlyph, n_glyphs + 1);
  ChWord *word;
  guint i;

  for (i = 0; i < n_glyphs; i++)
    {
      guint low = take_byte (bytes);
      gunichar character = (take_byte (bytes) << 8) | low;
      double width = ch_box_width (&box) / n_glyphs;

      if (!g_unichar_validate (character) || !g_unichar_isprint (character) || g_unichar_isspace (character))
        character = 'x';
      glyphs[i].character = character;
      glyphs[i].run = run;
      glyphs[i].box = (ChBox){ box.x0 + i * width, box.y0, box.x0 + (i + 1) * width, box.y1 };
    }
  if (n_glyphs == 0)
    return;

  word = ch_word_new (glyphs, n_glyphs, (ChWordSource) (flags % 3), run);
  word->ends_line = (flags & 4) != 0;
  word->style = flags >> 3;
  word->confidence = confidence / 255.0;
  g_ptr_array_add (model->words, word);
}

static void
take_rule (Bytes       *bytes,
           ChPageModel *model)
{
  gboolean vertical = (take_byte (bytes) & 1) != 0;
  double at = take_length (bytes);
  double from = take_length (bytes);
  double to = take_length (bytes);
  ChRule rule = { vertical, at, MIN (from, to), MAX (from, to), 0.5 };

  g_array_append_val (model->rules, rule);
}

/* White paper with one dark area; a page has one picture. */
static void
take_ink (Bytes       *bytes,
          ChPageModel *model)
{
  ChBox area = take_box (bytes);
  guint width = (guint) CLAMP (model->width * PIXELS_A_POINT, 1, MOST_COLUMNS);
  guint height = (guint) CLAMP (model->height * PIXELS_A_POINT, 1, MOST_ROWS);
  guint x0 = MIN ((guint) (area.x0 * PIXELS_A_POINT), width);
  guint x1 = MIN ((guint) (area.x1 * PIXELS_A_POINT), width);
  guint8 *grey;
  guint y;

  if (model->ink != NULL)
    return;

  grey = g_malloc ((gsize) width * height);
  memset (grey, 255, (gsize) width * height);
  for (y = (guint) (area.y0 * PIXELS_A_POINT); y < MIN ((guint) (area.y1 * PIXELS_A_POINT), height); y++)
    memset (grey + (gsize) y * width + x0, 0, x1 - x0);
  ch_page_model_take_ink (model, ch_ink_new (grey, width, height, PIXELS_A_POINT));
}

static void
take_record (Bytes       *bytes,
             guint        letter,
             ChPageModel *model)
{
  ChTick tick;
  ChBox box;

  switch (letter)
    {
    case 'R':
      take_rule (bytes, model);
      break;
    case 'T':
      tick.box = take_box (bytes);
      tick.ticked = (take_byte (bytes) & 1) != 0;
      g_array_append_val (model->ticks, tick);
      break;
    case 'C':
      box = take_box (bytes);
      g_array_append_val (model->covered, box);
      break;
    case 'I':
      take_ink (bytes, model);
      break;
    case 'W':
    default:
      take_word (bytes, model);
      break;
    }
}

GPtrArray *
page_models_from_bytes (const guint8 *data,
                        gsize         length)
{
  GPtrArray *models = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_page_model_free);
  Bytes bytes = { data, data + length };
  ChPageModel *model = NULL;
  guint n_records = 0;

  while (bytes.at < bytes.end && n_records++ < MOST_RECORDS)
    {
      guint letter = model != NULL ? take_byte (&bytes) : 'P';

      if (letter != 'P')
        {
          take_record (&bytes, letter, model);
          continue;
        }
      if (models->len == MOST_PAGES)
        break;
      {
        double width = take_length (&bytes);
        double height = take_length (&bytes);

        model = ch_page_model_new (models->len + 1, MAX (width, 1), MAX (height, 1));
        g_ptr_array_add (models, model);
      }
    }

  return models;
}

static void
put_byte (GByteArray *bytes,
          guint       value)
{
  guint8 byte = (guint8) value;

  g_byte_array_append (bytes, &byte, 1);
}

static void
put_length (GByteArray *bytes,
            double      length)
{
  guint units = (guint) CLAMP (length * UNITS + 0.5, 0, 65535);

  put_byte (bytes, units & 0xff);
  put_byte (bytes, units >> 8);
}

static void
put_box (GByteArray  *bytes,
         const ChBox *box)
{
  put_length (bytes, box->x0);
  put_length (bytes, box->y0);
  put_length (bytes, box->x1);
  put_length (bytes, box->y1);
}

static void
put_word (GByteArray   *bytes,
          const ChWord *word)
{
  guint n_glyphs = MIN (word->n_glyphs, 255);
  guint i;

  put_byte (bytes, 'W');
  put_box (bytes, &word->box);
  put_byte (bytes, (guint) word->source | (word->ends_line ? 4 : 0) | word->style << 3);
  put_byte (bytes, word->run);
  put_byte (bytes, (guint) (word->confidence * 255));
  put_byte (bytes, n_glyphs);
  for (i = 0; i < n_glyphs; i++)
    {
      put_byte (bytes, word->glyphs[i].character & 0xff);
      put_byte (bytes, (word->glyphs[i].character >> 8) & 0xff);
    }
}

void
page_model_to_bytes (const ChPageModel *model,
                     GByteArray        *bytes)
{
  guint i;

  if (bytes->len > 0)
    put_byte (bytes, 'P');
  put_length (bytes, model->width);
  put_length (bytes, model->height);
  for (i = 0; i < model->words->len; i++)
    put_word (bytes, g_ptr_array_index (model->words, i));
  for (i = 0; i < model->rules->len; i++)
    {
      const ChRule *rule = &g_array_index (model->rules, ChRule, i);

      put_byte (bytes, 'R');
      put_byte (bytes, rule->vertical ? 1 : 0);
      put_length (bytes, rule->at);
      put_length (bytes, rule->from);
      put_length (bytes, rule->to);
    }
  for (i = 0; i < model->ticks->len; i++)
    {
      const ChTick *tick = &g_array_index (model->ticks, ChTick, i);

      put_byte (bytes, 'T');
      put_box (bytes, &tick->box);
      put_byte (bytes, tick->ticked ? 1 : 0);
    }
}
