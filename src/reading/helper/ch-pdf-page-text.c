#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-pdf-page.h"

#include "ch-glyph-index.h"

#include <math.h>

/* Points that a glyph may reach back under the one before it: kerning and italics. */
#define MOST_OVERLAP 1.5
#define MOST_OVERLAP_OF_RUNS 0.4
/* A gap of this share of the height ends a word. Poppler says where words end, but leaves out the space between what it
 * takes for columns; what was painted doesn't say it at all. */
#define WIDEST_GAP 0.25
#define WIDEST_PAINTED_GAP 0.1
#define LIGATURE_GAP 0.3
/* Points around the page from which text is taken too: poppler leaves out a last letter that lies beyond the edge for
 * the most part, and an amount would lose a nought. */
#define BEYOND_EDGE 12.0
/* The file says how a word goes on that its field cuts off; the page doesn't. */
#define CUT_OFF_CONFIDENCE 0.9

/* The word being gathered while the page's characters are walked. */
typedef struct {
  ChPageModel *model;
  GArray      *glyphs;
  guint        run;
  guint        style;
  double       widest_gap;
  gboolean     cut_off;   /* the end of the word lies outside of what may be painted on */
} Gatherer;

/* The page's characters in poppler's order. */
typedef struct {
  gunichar *characters;
  ChBox    *boxes;
  guint     n_characters;
} Layout;

/* The characters that a painted glyph stands for: one, or the parts of a ligature. */
typedef struct {
  guint first;
  guint n_characters;
} Painting;

static gboolean
is_blank (gunichar character)
{
  if (character < 0x80)
    return !g_ascii_isgraph (character);

  return g_unichar_isspace (character) || !g_unichar_isprint (character);
}

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

/* How many glyphs lie beyond the edge of the page, for the most part. */
static guint
count_off_page (const ChPageModel *model,
                const ChWord      *word)
{
  guint n = 0;
  guint i;

  for (i = 0; i < word->n_glyphs; i++)
    {
      double x = ch_box_centre_x (&word->glyphs[i].box);
      double y = ch_box_centre_y (&word->glyphs[i].box);

      n += x < 0 || y < 0 || x > model->width || y > model->height;
    }

  return n;
}

static void
end_word (Gatherer *gatherer)
{
  ChWord *word;
  guint n_off;

  if (gatherer->glyphs->len == 0)
    return;

  mend_apostrophes (gatherer->glyphs);
  word = ch_word_new (&g_array_index (gatherer->glyphs, ChGlyph, 0), gatherer->glyphs->len, CH_WORD_FROM_TEXT,
                      gatherer->run);
  word->style = gatherer->style;
  n_off = count_off_page (gatherer->model, word);
  if (gatherer->cut_off || n_off > 0)
    {
      word->confidence = CUT_OFF_CONFIDENCE;
      word->doubts |= CH_DOUBT_CUT_OFF;
    }
  gatherer->cut_off = FALSE;
  if (n_off < word->n_glyphs)
    g_ptr_array_add (gatherer->model->words, word);
  else
    ch_word_free (word);
  g_array_set_size (gatherer->glyphs, 0);
}

/* Poppler joins what touches. Text that steps back or up or down was not written in one go with what precedes it, and
 * what was painted later doesn't begin within what was painted before. */
static gboolean
continues_word (const Gatherer *gatherer,
                const ChBox    *box,
                guint           run)
{
  const ChGlyph *glyph;
  const ChBox *last;
  double most_overlap;

  if (gatherer->glyphs->len == 0)
    return TRUE;

  glyph = &g_array_index (gatherer->glyphs, ChGlyph, gatherer->glyphs->len - 1);
  last = &glyph->box;
  most_overlap = glyph->run == run ? MOST_OVERLAP : MOST_OVERLAP_OF_RUNS;

  return box->x0 >= last->x1 - most_overlap && box->x0 <= last->x1 + gatherer->widest_gap * ch_box_height (last)
         && fabs (ch_box_centre_y (box) - ch_box_centre_y (last)) < ch_box_height (last) * 0.4;
}

static void
take_character (Gatherer    *gatherer,
                gunichar     character,
                const ChBox *box,
                guint        run)
{
  ChGlyph glyph = { character, *box, run };

  if (character == '\n' || character == '\f')
    {
      end_word (gatherer);
      gatherer->run++;
      return;
    }
  if (is_blank (character))
    {
      end_word (gatherer);
      return;
    }
  if (!continues_word (gatherer, &glyph.box, run))
    {
      end_word (gatherer);
      gatherer->run++;
    }
  g_array_append_val (gatherer->glyphs, glyph);
}

/* Two characters of which only the first has a glyph are a ligature. */
static gboolean
continues_ligature (const ChBox *last,
                    const ChBox *box)
{
  return fabs (box->x0 - last->x1) < LIGATURE_GAP && fabs (box->y1 - last->y1) < LIGATURE_GAP;
}

/* Finds for every character the glyph that was painted for it; characters of the text that nothing was painted for are
 * seen by nobody. Those that can be but one glyph come first: they tell what the glyphs of each font mean. */
static void
match_glyphs (const Layout *layout,
              ChGlyphIndex *index,
              Painting     *paintings)
{
  g_autofree int *glyphs = g_new (int, layout->n_characters + 1);
  int last = CH_GLYPH_NONE;
  guint i;

  for (i = 0; i < layout->n_characters; i++)
    glyphs[i] = is_blank (layout->characters[i])
                  ? CH_GLYPH_NONE : ch_glyph_index_take_only (index, layout->characters[i], &layout->boxes[i]);
  for (i = 0; i < layout->n_characters; i++)
    {
      if (is_blank (layout->characters[i]))
        {
          last = CH_GLYPH_NONE;
          continue;
        }
      if (glyphs[i] == CH_GLYPH_SEVERAL)
        glyphs[i] = ch_glyph_index_take (index, layout->characters[i], &layout->boxes[i]);
      if (glyphs[i] != CH_GLYPH_NONE)
        {
          last = glyphs[i];
          paintings[last] = (Painting){ i, 1 };
        }
      else if (last != CH_GLYPH_NONE && paintings[last].first + paintings[last].n_characters == i
               && continues_ligature (&layout->boxes[i - 1], &layout->boxes[i]))
        {
          paintings[last].n_characters++;
        }
    }
}

/* Words in the order in which they were painted, which is the order in which their letters are read even where poppler
 * mixes them with the letters of older text under them. */
static void
gather_painted (Gatherer         *gatherer,
                const Layout     *layout,
                const ChPaintLog *log,
                const Painting   *paintings)
{
  guint i, j;

  for (i = 0; i < ch_paint_log_get_n_glyphs (log); i++)
    {
      const ChPaintedGlyph *glyph = ch_paint_log_get_glyph (log, i);

      if (paintings[i].n_characters == 0)
        continue;
      if (!ch_paint_log_shows_glyph (log, i))
        {
          if (glyph->covered)
            g_array_append_val (gatherer->model->covered, layout->boxes[paintings[i].first]);
          continue;
        }
      if (glyph->style != gatherer->style)
        end_word (gatherer);
      for (j = 0; j < paintings[i].n_characters; j++)
        take_character (gatherer, layout->characters[paintings[i].first + j],
                        &layout->boxes[paintings[i].first + j], glyph->run + 1);
      if (gatherer->glyphs->len <= paintings[i].n_characters)
        gatherer->run = glyph->run;
      gatherer->style = glyph->style;
      gatherer->cut_off = gatherer->cut_off || glyph->cut_off;
    }
}

static void
read_layout (PopplerPage *page,
             Layout      *layout)
{
  g_autofree char *text = NULL;
  g_autofree PopplerRectangle *places = NULL;
  PopplerRectangle area = { -BEYOND_EDGE, -BEYOND_EDGE, BEYOND_EDGE, BEYOND_EDGE };
  double width, height;
  guint n_places = 0;
  const char *at;

  poppler_page_get_size (page, &width, &height);
  area.x2 += width;
  area.y2 += height;
  text = poppler_page_get_text_for_area (page, &area);
  poppler_page_get_text_layout_for_area (page, &area, &places, &n_places);
  layout->characters = g_new (gunichar, n_places + 1);
  layout->boxes = g_new (ChBox, n_places + 1);
  layout->n_characters = 0;
  for (at = text; at != NULL && *at != '\0' && layout->n_characters < n_places; at = g_utf8_next_char (at))
    {
      const PopplerRectangle *place = &places[layout->n_characters];

      layout->characters[layout->n_characters] = g_utf8_get_char (at);
      layout->boxes[layout->n_characters++] = (ChBox){ place->x1, place->y1, place->x2, place->y2 };
    }
}

/**
 * ch_pdf_page_read_text:
 * @log: (nullable): what was painted on the page
 * @index: (nullable): of @log
 * @turn: how the page is held to be read
 *
 * Adds the text layer's words to @model, with a box for each character; without a log also those that nobody sees.
 */
void
ch_pdf_page_read_text (PopplerPage      *page,
                       ChPageModel      *model,
                       const ChPaintLog *log,
                       ChGlyphIndex     *index,
                       const ChTurn     *turn)
{
  g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (ChGlyph));
  g_autofree Painting *paintings = NULL;
  Gatherer gatherer = { model, glyphs, 0, 0, log != NULL ? WIDEST_PAINTED_GAP : WIDEST_GAP, FALSE };
  Layout layout;
  guint i;

  read_layout (page, &layout);
  if (log != NULL)
    {
      paintings = g_new0 (Painting, ch_paint_log_get_n_glyphs (log) + 1);
      match_glyphs (&layout, index, paintings);
      for (i = 0; !ch_turn_is_none (turn) && i < layout.n_characters; i++)
        layout.boxes[i] = ch_turn_upright (turn, &layout.boxes[i]);
      gather_painted (&gatherer, &layout, log, paintings);
    }
  else
    {
      for (i = 0; i < layout.n_characters; i++)
        take_character (&gatherer, layout.characters[i], &layout.boxes[i], 0);
    }
  end_word (&gatherer);

  g_free (layout.characters);
  g_free (layout.boxes);
}
