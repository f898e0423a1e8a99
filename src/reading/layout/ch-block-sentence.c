#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-block-sentence.h"

#include "ch-shown-address.h"
#include "ch-text-line.h"

/* What stands on a line from a word on, or before it. */
static char *
get_words (const ChTextLine *line,
           guint             first,
           guint             n_words)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  ChTextLine part = { line->box, words };
  guint i;

  for (i = first; i < first + n_words; i++)
    g_ptr_array_add (words, g_ptr_array_index (line->words, i));

  return ch_text_line_to_string (&part);
}

/* Whether a street begins with what is left of a line, and goes on down to the town. A number alone is no street:
 * firms have numbers in their names. */
static gboolean
is_street (GPtrArray  *lines,
           guint       index,
           const char *rest)
{
  g_autoptr (GString) street = g_string_new (rest);
  guint i;

  if (!ch_shown_number_begins (rest) || ch_shown_firm_ends (rest))
    return FALSE;
  if (ch_shown_town_ends (rest))
    return ch_shown_street_is (rest);

  for (i = index + 1; i < lines->len; i++)
    {
      g_autofree char *line = ch_text_line_to_string (g_ptr_array_index (lines, i));

      if (ch_shown_town_ends (line))
        return ch_shown_street_is (street->str);
      if (ch_shown_number_begins (line) && !ch_shown_street_is (rest))
        return FALSE;
      g_string_append_printf (street, " %s", line);
    }

  return FALSE;
}

/* How many words of a line are the end of a firm's name before its street; 0 where the line is not of that kind. */
static guint
count_words_of_name (GPtrArray *lines,
                     guint      index)
{
  const ChTextLine *line = g_ptr_array_index (lines, index);
  guint n_words = line->words->len;
  guint i;

  for (i = 1; i < n_words; i++)
    {
      g_autofree char *name = get_words (line, 0, i);
      g_autofree char *rest = get_words (line, i, n_words - i);

      /* The kind of firm may have got onto this line all alone. */
      if ((ch_shown_firm_ends (name) || (index > 0 && i == 1 && ch_shown_firm_kind_is (name)))
          && is_street (lines, index, rest))
        return i;
    }

  return 0;
}

static void
fit_box (ChTextLine *line)
{
  guint i;

  line->box = ((const ChWord *) g_ptr_array_index (line->words, 0))->box;
  for (i = 1; i < line->words->len; i++)
    ch_box_unite (&line->box, &((const ChWord *) g_ptr_array_index (line->words, i))->box);
}

/**
 * ch_block_sentence_part:
 * @lines: (element-type ChTextLine): of a name with its address
 * @first: (out): the street's line, where one was parted
 *
 * Some makers fill the width of the block as if name and address were one sentence: `Acme Inc. 8 Three` / `Oaks Rd.` /
 * `Richmond VA 23228`. Makes two lines of the one on which the street begins.
 *
 * Returns: whether there was such a line
 */
gboolean
ch_block_sentence_part (GPtrArray *lines,
                        guint     *first)
{
  guint i;

  for (i = 0; i < lines->len; i++)
    {
      ChTextLine *line = g_ptr_array_index (lines, i);
      g_autofree char *text = ch_text_line_to_string (line);
      guint n_words;
      ChTextLine *street;

      if (i > 0 && ch_shown_address_begins (text))
        return FALSE;
      n_words = count_words_of_name (lines, i);
      if (n_words == 0)
        continue;

      street = g_new0 (ChTextLine, 1);
      street->words = g_ptr_array_new ();
      while (line->words->len > n_words)
        g_ptr_array_add (street->words, g_ptr_array_steal_index (line->words, n_words));
      fit_box (line);
      fit_box (street);
      g_ptr_array_insert (lines, (int) i + 1, street);
      *first = i + 1;
      return TRUE;
    }

  return FALSE;
}
