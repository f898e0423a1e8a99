#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-pdf-page.h"

#include <math.h>

/* Points that a glyph may reach back under the one before it: kerning and italics. */
#define MOST_OVERLAP 1.5
/* Poppler leaves out the space between what it takes for columns: a gap of this share of the height ends a word. */
#define WIDEST_GAP 0.25

/* The word being gathered while the page's characters are walked. */
typedef struct {
  ChPageModel *model;
  GArray      *glyphs;
  guint        run;
  guint        style;
} Gatherer;

/* A straight apostrophe is 0251 in Adobe's standard encoding, a copyright sign in the one that some programs (mutool)
 * take it for when they write down what their glyphs mean. Behind a letter it is the former. */
static void
mend_apostrophes (GArray *glyphs)
{
  guint i;

  for (i = 1; i < glyphs->len; i++)
    {
      ChGlyph *glyph = &g_array_index (glyphs, ChGlyph, i);

      if (glyph->character == 0xa9 && g_unichar_isalpha (g_array_index (glyphs, ChGlyph, i - 1).character))
        glyph->character = '\'';
    }
}

static void
end_word (Gatherer *gatherer)
{
  ChWord *word;

  if (gatherer->glyphs->len == 0)
    return;

  mend_apostrophes (gatherer->glyphs);
  word = ch_word_new (&g_array_index (gatherer->glyphs, ChGlyph, 0), gatherer->glyphs->len, CH_WORD_FROM_TEXT,
                      gatherer->run);
  word->style = gatherer->style;
  g_ptr_array_add (gatherer->model->words, word);
  g_array_set_size (gatherer->glyphs, 0);
}

/* Poppler joins what touches. Text that steps back or up or down was not written in one go with what precedes it. */
static gboolean
continues_word (const Gatherer *gatherer,
                const ChBox    *box)
{
  const ChBox *last;

  if (gatherer->glyphs->len == 0)
    return TRUE;

  last = &g_array_index (gatherer->glyphs, ChGlyph, gatherer->glyphs->len - 1).box;

  return box->x0 >= last->x1 - MOST_OVERLAP && box->x0 <= last->x1 + WIDEST_GAP * ch_box_height (last)
         && fabs (ch_box_centre_y (box) - ch_box_centre_y (last)) < ch_box_height (last) * 0.4;
}

static void
take_character (Gatherer              *gatherer,
                gunichar               character,
                const PopplerRectangle *place)
{
  ChGlyph glyph = { character, { place->x1, place->y1, place->x2, place->y2 } };

  if (character == '\n' || character == '\f')
    {
      end_word (gatherer);
      gatherer->run++;
      return;
    }
  if (g_unichar_isspace (character) || !g_unichar_isprint (character))
    {
      end_word (gatherer);
      return;
    }
  if (!continues_word (gatherer, &glyph.box))
    {
      end_word (gatherer);
      gatherer->run++;
    }
  g_array_append_val (gatherer->glyphs, glyph);
}

/* What is typed into a form differs from what is printed on it by its font, however close they stand. */
static void
take_style (Gatherer *gatherer,
            guint     style)
{
  if (style == gatherer->style)
    return;

  end_word (gatherer);
  gatherer->style = style;
  gatherer->run++;
}

static guint
find_style (GHashTable                  *styles,
            const PopplerTextAttributes *attributes)
{
  g_autofree char *key = g_strdup_printf ("%s/%.1f/%04x%04x%04x", attributes->font_name, attributes->font_size,
                                          attributes->color.red, attributes->color.green, attributes->color.blue);
  guint style = GPOINTER_TO_UINT (g_hash_table_lookup (styles, key));

  if (style == 0)
    {
      style = g_hash_table_size (styles) + 1;
      g_hash_table_insert (styles, g_steal_pointer (&key), GUINT_TO_POINTER (style));
    }

  return style;
}

/**
 * ch_pdf_page_read_text:
 *
 * Adds the text layer's words to @model, seen or not, with a box for each character.
 */
void
ch_pdf_page_read_text (PopplerPage *page,
                       ChPageModel *model)
{
  g_autoptr (GHashTable) styles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (ChGlyph));
  g_autofree char *text = poppler_page_get_text (page);
  g_autofree PopplerRectangle *places = NULL;
  Gatherer gatherer = { model, glyphs, 0, 0 };
  GList *attributes = poppler_page_get_text_attributes (page);
  GList *span = attributes;
  guint n_places = 0;
  const char *at = text;
  guint i;

  poppler_page_get_text_layout (page, &places, &n_places);
  for (i = 0; i < n_places && at != NULL && *at != '\0'; i++, at = g_utf8_next_char (at))
    {
      while (span != NULL && ((PopplerTextAttributes *) span->data)->end_index < (int) i)
        span = span->next;
      if (span != NULL && ((PopplerTextAttributes *) span->data)->start_index == (int) i)
        take_style (&gatherer, find_style (styles, span->data));
      take_character (&gatherer, g_utf8_get_char (at), &places[i]);
    }
  end_word (&gatherer);

  poppler_page_free_text_attributes (attributes);
}
