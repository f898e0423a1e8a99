#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-scan-words.h"

#include <string.h>

/* A word that is lower than this share of its line is a dash or a dot; it is as high as its line for telling which
 * words stand on one. */
#define LOW 0.6

/* The ink that a sign stands for: the recogniser knows where along the line each sign is, and not how high. */
static ChInkBox
find_ink (const ChScanPiece *piece,
          const ChInkBox    *sign)
{
  ChInkBox ink = { sign->x0, G_MAXINT, sign->x1, 0 };
  guint i;

  for (i = 0; i < piece->parts->len; i++)
    {
      const ChInkBox *part = &g_array_index (piece->parts, ChInkBox, i);

      if (part->x1 <= sign->x0 || part->x0 >= sign->x1)
        continue;
      ink.y0 = MIN (ink.y0, part->y0);
      ink.y1 = MAX (ink.y1, part->y1);
    }

  return ink.y1 > ink.y0 ? ink : (ChInkBox){ sign->x0, piece->box.y0, sign->x1, piece->box.y1 };
}

/* The recogniser is not sure where one word ends and the next begins, and words that overlap would be taken for one: of
 * the letters that both lay claim to, each takes those on its side of the middle; letters that hang together are parted
 * there. */
static void
part_words (const ChScanPiece *piece,
            ChInkBox          *before,
            ChInkBox          *next)
{
  int middle = (before->x1 + next->x0) / 2;
  int end = before->x0;
  int begin = next->x1;
  guint i;

  for (i = 0; i < piece->parts->len; i++)
    {
      const ChInkBox *part = &g_array_index (piece->parts, ChInkBox, i);

      if (part->x0 + part->x1 < 2 * middle)
        end = MAX (end, part->x1);
      else
        begin = MIN (begin, part->x0);
    }
  if (end <= before->x0 || end >= begin || begin >= next->x1)
    end = begin = middle;
  before->x1 = MAX (end, before->x0);
  next->x0 = MIN (begin, next->x1);
}

/* Returns: (transfer full) (element-type ChInkBox): where the signs stand along the line, in pixels of the sheet */
static GArray *
find_places (const ChScanPiece *piece)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (ChInkBox));
  ChInkBox offset = ch_scan_piece_get_cut (piece);
  guint i;

  for (i = 0; i < piece->signs->len; i++)
    {
      const ChSign *sign = &g_array_index (piece->signs, ChSign, i);
      ChInkBox place = { sign->x0 + offset.x0, 0, sign->x1 + offset.x0, 0 };
      ChInkBox *before = i > 0 ? &g_array_index (places, ChInkBox, i - 1) : NULL;

      if (before != NULL && sign->begins_word && before->x1 > place.x0)
        part_words (piece, before, &place);
      g_array_append_val (places, place);
    }

  return places;
}

/* What is left of a line, or of dirt, is read as signs that nobody writes, alone or among points and brackets. */
static gboolean
says_nothing (GArray *glyphs)
{
  static const char *const nothing = "|_~=^`'\"\\<>?";
  gboolean is_doubtful = FALSE;
  guint i;

  for (i = 0; i < glyphs->len; i++)
    {
      gunichar character = g_array_index (glyphs, ChGlyph, i).character;

      if (g_unichar_isalnum (character))
        return FALSE;
      is_doubtful = is_doubtful || character > 127 || strchr (nothing, (int) character) != NULL;
    }

  return is_doubtful;
}

static void
end_word (const ChScanSheet *sheet,
          const ChScanPiece *piece,
          GArray            *glyphs,
          double             confidence,
          guint              run,
          GPtrArray         *words)
{
  double top = G_MAXDOUBLE;
  double bottom = 0;
  ChWord *word;
  guint i;

  if (says_nothing (glyphs))
    g_array_set_size (glyphs, 0);
  if (glyphs->len == 0)
    return;

  for (i = 0; i < glyphs->len; i++)
    {
      const ChGlyph *glyph = &g_array_index (glyphs, ChGlyph, i);

      top = MIN (top, glyph->box.y0);
      bottom = MAX (bottom, glyph->box.y1);
    }
  if ((bottom - top) * sheet->scale < LOW * (piece->box.y1 - piece->box.y0))
    {
      top = piece->box.y0 / sheet->scale;
      bottom = piece->box.y1 / sheet->scale;
    }
  for (i = 0; i < glyphs->len; i++)
    {
      ChGlyph *glyph = &g_array_index (glyphs, ChGlyph, i);

      glyph->box.y0 = top;
      glyph->box.y1 = bottom;
    }

  word = ch_word_new (&g_array_index (glyphs, ChGlyph, 0), glyphs->len, CH_WORD_FROM_PIXELS, run);
  word->confidence = confidence;
  g_ptr_array_add (words, word);
  g_array_set_size (glyphs, 0);
}

/**
 * ch_scan_words_add:
 * @piece: with what was recognised on it
 * @run: a number of the piece's own
 * @words: (element-type ChWord): takes the words, in points of the sheet
 */
void
ch_scan_words_add (const ChScanSheet *sheet,
                   const ChScanPiece *piece,
                   guint              run,
                   GPtrArray         *words)
{
  g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (ChGlyph));
  g_autoptr (GArray) places = find_places (piece);
  double confidence = 1;
  guint i;

  for (i = 0; i < piece->signs->len; i++)
    {
      const ChSign *sign = &g_array_index (piece->signs, ChSign, i);
      ChInkBox ink = find_ink (piece, &g_array_index (places, ChInkBox, i));
      ChGlyph glyph = { sign->character,
                        { ink.x0 / sheet->scale, ink.y0 / sheet->scale, ink.x1 / sheet->scale, ink.y1 / sheet->scale } };

      if (sign->begins_word)
        {
          end_word (sheet, piece, glyphs, confidence, run, words);
          confidence = 1;
        }
      g_array_append_val (glyphs, glyph);
      confidence = MIN (confidence, sign->confidence);
    }
  end_word (sheet, piece, glyphs, confidence, run, words);
}
