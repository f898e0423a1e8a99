#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-text-line.h"

#include <math.h>
#include <stdlib.h>

/* Two words are on one line when their middles are closer than this share of the lower one's height. */
#define SAME_LINE 0.5
/* The same where only ink is known, which is lower than the letters of its font may be. */
#define SAME_LINE_OF_INK 0.65
/* A gap of less than this share of the line's height is kerning, not a space. */
#define SPACE_GAP 0.1
/* A gap of more letters than this parts what was written in one go into values. */
#define PIECE_GAP 1.5
/* Points: what was written later and reaches this far into what stands there already is another value. */
#define OVERLAP 1.0

static ChTextLine *
text_line_new (ChWord *word)
{
  ChTextLine *self = g_new0 (ChTextLine, 1);

  self->box = word->box;
  self->words = g_ptr_array_new ();
  g_ptr_array_add (self->words, word);

  return self;
}

void
ch_text_line_free (ChTextLine *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->words);
  g_free (self);
}

static int
compare_by_middle (gconstpointer a,
                   gconstpointer b)
{
  const ChWord *left = *(ChWord *const *) a;
  const ChWord *right = *(ChWord *const *) b;
  double left_y = ch_box_centre_y (&left->box);
  double right_y = ch_box_centre_y (&right->box);

  if (left_y != right_y)
    return left_y < right_y ? -1 : 1;

  return left->box.x0 < right->box.x0 ? -1 : left->box.x0 > right->box.x0;
}

static int
compare_by_x (gconstpointer a,
              gconstpointer b)
{
  const ChWord *left = *(ChWord *const *) a;
  const ChWord *right = *(ChWord *const *) b;

  return left->box.x0 < right->box.x0 ? -1 : left->box.x0 > right->box.x0;
}

static gboolean
is_on_line (const ChTextLine *line,
            const ChWord     *word)
{
  const ChWord *last = g_ptr_array_index (line->words, line->words->len - 1);
  double distance = fabs (ch_box_centre_y (&word->box) - ch_box_centre_y (&last->box));
  gboolean is_ink = word->source == CH_WORD_FROM_PIXELS && last->source == CH_WORD_FROM_PIXELS;

  return distance < (is_ink ? SAME_LINE_OF_INK : SAME_LINE)
                        * MIN (ch_box_height (&word->box), ch_box_height (&last->box));
}

/* A word and where the piece that it belongs to begins: words that follow each other and were written in one go. */
typedef struct {
  ChWord *word;
  double  start;
} Placed;

static int
compare_placed (gconstpointer a,
                gconstpointer b)
{
  const Placed *left = a;
  const Placed *right = b;

  if (left->start != right->start)
    return left->start < right->start ? -1 : 1;
  if (left->word->run != right->word->run)
    return left->word->run < right->word->run ? -1 : 1;

  return left->word->box.x0 < right->word->box.x0 ? -1 : left->word->box.x0 > right->word->box.x0;
}

static double
find_start (const Placed *placed,
            guint         index)
{
  const ChWord *word = placed[index].word;
  guint i;

  for (i = index; i > 0; i--)
    {
      const ChWord *before = placed[i - 1].word;

      if (before->run == word->run && ch_word_gap (before, word) < PIECE_GAP)
        return placed[i - 1].start;
    }

  return word->box.x0;
}

/* From left to right; a value that reaches under the next one stays together. */
static void
order_words (GPtrArray *words)
{
  g_autofree Placed *placed = g_new (Placed, words->len);
  guint i;

  g_ptr_array_sort (words, compare_by_x);
  for (i = 0; i < words->len; i++)
    {
      placed[i].word = g_ptr_array_index (words, i);
      placed[i].start = find_start (placed, i);
    }
  qsort (placed, words->len, sizeof (Placed), compare_placed);
  for (i = 0; i < words->len; i++)
    words->pdata[i] = placed[i].word;
}

/**
 * ch_text_lines_group:
 * @words: (element-type ChWord)
 *
 * Returns: (transfer container) (element-type ChTextLine): the lines from top to bottom; they borrow the words
 */
GPtrArray *
ch_text_lines_group (GPtrArray *words)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_text_line_free);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  guint i;

  /* (A copy of the array would free the page's words with itself.) */
  g_ptr_array_extend (sorted, words, NULL, NULL);
  g_ptr_array_sort (sorted, compare_by_middle);
  for (i = 0; i < sorted->len; i++)
    {
      ChWord *word = g_ptr_array_index (sorted, i);
      ChTextLine *line = lines->len > 0 ? g_ptr_array_index (lines, lines->len - 1) : NULL;

      if (line == NULL || !is_on_line (line, word))
        {
          g_ptr_array_add (lines, text_line_new (word));
          continue;
        }
      g_ptr_array_add (line->words, word);
      ch_box_unite (&line->box, &word->box);
    }

  for (i = 0; i < lines->len; i++)
    {
      ChTextLine *line = g_ptr_array_index (lines, i);

      order_words (line->words);
    }

  return lines;
}

static gboolean
is_space_between (const ChWord *left,
                  const ChWord *right)
{
  if (left->source == CH_WORD_FROM_FIELD || right->source == CH_WORD_FROM_FIELD)
    return TRUE;
  if (left->run != right->run && left->box.x1 - right->box.x0 > OVERLAP)
    return TRUE;

  return right->box.x0 - left->box.x1 > SPACE_GAP * MIN (ch_box_height (&left->box), ch_box_height (&right->box));
}

/**
 * ch_text_line_to_string:
 *
 * Returns: (transfer full): the line's words with single spaces where there is a gap
 */
char *
ch_text_line_to_string (const ChTextLine *self)
{
  GString *text = g_string_new (NULL);
  guint i;

  for (i = 0; i < self->words->len; i++)
    {
      const ChWord *word = g_ptr_array_index (self->words, i);

      if (i > 0 && is_space_between (g_ptr_array_index (self->words, i - 1), word))
        g_string_append_c (text, ' ');
      g_string_append (text, word->text);
    }

  return g_string_free (text, FALSE);
}

/**
 * ch_text_line_get_pieces:
 *
 * Returns: (transfer container) (element-type ChTextLine): the parts of a line between its wide gaps
 */
GPtrArray *
ch_text_line_get_pieces (const ChTextLine *self)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_text_line_free);
  guint i;

  for (i = 0; i < self->words->len; i++)
    {
      ChWord *word = g_ptr_array_index (self->words, i);
      ChTextLine *piece = pieces->len > 0 ? g_ptr_array_index (pieces, pieces->len - 1) : NULL;

      if (piece == NULL || ch_word_gap (g_ptr_array_index (piece->words, piece->words->len - 1), word) > PIECE_GAP)
        {
          g_ptr_array_add (pieces, text_line_new (word));
          continue;
        }
      g_ptr_array_add (piece->words, word);
      ch_box_unite (&piece->box, &word->box);
    }

  return pieces;
}

/**
 * ch_text_line_ends_hard:
 *
 * Returns: whether the source itself says that the line ends here, rather than the width of the paper
 */
gboolean
ch_text_line_ends_hard (const ChTextLine *self)
{
  const ChWord *last = g_ptr_array_index (self->words, self->words->len - 1);

  return last->ends_line;
}

/**
 * ch_text_line_get_confidence:
 *
 * Returns: that of the line's least certain word, 0 to 1
 */
double
ch_text_line_get_confidence (const ChTextLine *self)
{
  double confidence = 1;
  guint i;

  for (i = 0; i < self->words->len; i++)
    confidence = MIN (confidence, ((const ChWord *) g_ptr_array_index (self->words, i))->confidence);

  return confidence;
}

/**
 * ch_text_lines_to_string:
 * @lines: (element-type ChTextLine)
 *
 * Returns: (transfer full) (nullable): the lines joined; %NULL where there are none
 */
char *
ch_text_lines_to_string (GPtrArray  *lines,
                         const char *separator)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint i;

  for (i = 0; i < lines->len; i++)
    {
      g_autofree char *line = ch_text_line_to_string (g_ptr_array_index (lines, i));

      if (i > 0)
        g_string_append (text, separator);
      g_string_append (text, line);
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
