#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-page-model.h"

#include "ch-rule-finder.h"

#include <string.h>

/* Below this a glyph's own pixels differ by no more than the paper's grain. */
#define VISIBLE_CONTRAST 40
/* Words of about one size that share this much of the smaller one were not meant to be read together: one was written
 * over the other. */
#define OVERWRITTEN_SHARE 0.4
#define SAME_SIZE 0.8
#define GLYPH_SHARE 0.2
#define OVERWRITTEN_CONFIDENCE 0.5

/**
 * ch_word_new:
 * @glyphs: (array length=n_glyphs): at least one; copied
 */
ChWord *
ch_word_new (const ChGlyph *glyphs,
             guint          n_glyphs,
             ChWordSource   source,
             guint          run)
{
  g_autoptr (GString) text = g_string_new (NULL);
  ChWord *self;
  guint i;

  g_return_val_if_fail (n_glyphs > 0, NULL);

  self = g_new0 (ChWord, 1);
  self->glyphs = g_memdup2 (glyphs, n_glyphs * sizeof (ChGlyph));
  self->n_glyphs = n_glyphs;
  self->box = glyphs[0].box;
  self->source = source;
  self->run = run;
  self->confidence = 1;
  for (i = 0; i < n_glyphs; i++)
    {
      g_string_append_unichar (text, glyphs[i].character);
      ch_box_unite (&self->box, &glyphs[i].box);
    }
  self->text = g_string_free (g_steal_pointer (&text), FALSE);

  return self;
}

/**
 * ch_word_slice:
 *
 * Returns: (transfer full): @n_glyphs of the word's glyphs as a word of their own
 */
ChWord *
ch_word_slice (const ChWord *self,
               guint         first,
               guint         n_glyphs)
{
  ChWord *slice;

  g_return_val_if_fail (n_glyphs > 0 && first + n_glyphs <= self->n_glyphs, NULL);

  slice = ch_word_new (self->glyphs + first, n_glyphs, self->source, self->run);
  slice->style = self->style;
  slice->confidence = self->confidence;
  slice->doubts = self->doubts;
  slice->ends_line = self->ends_line && first + n_glyphs == self->n_glyphs;

  return slice;
}

/**
 * ch_word_gap:
 *
 * Returns: the gap between two words of a line, in letters of the wider of them: a space is 0.5 to 1, more than 1.5 parts
 *   one value from another
 */
double
ch_word_gap (const ChWord *self,
             const ChWord *next)
{
  double letter = MAX (ch_box_width (&self->box) / self->n_glyphs, ch_box_width (&next->box) / next->n_glyphs);

  return (next->box.x0 - self->box.x1) / MAX (letter, 0.1);
}

void
ch_word_free (ChWord *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self->glyphs);
  g_free (self);
}

ChPageModel *
ch_page_model_new (guint  number,
                   double width,
                   double height)
{
  ChPageModel *self = g_new0 (ChPageModel, 1);

  self->number = number;
  self->width = width;
  self->height = height;
  self->to_page = CH_TURN_NONE;
  self->to_source = CH_TURN_NONE;
  self->words = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_word_free);
  self->rules = g_array_new (FALSE, FALSE, sizeof (ChRule));
  self->ticks = g_array_new (FALSE, FALSE, sizeof (ChTick));
  self->covered = g_array_new (FALSE, FALSE, sizeof (ChBox));

  return self;
}

void
ch_page_model_free (ChPageModel *self)
{
  if (self == NULL)
    return;

  if (self->source != NULL && self->source->free != NULL)
    self->source->free (self->source_data);
  g_ptr_array_unref (self->words);
  g_array_unref (self->rules);
  g_array_unref (self->ticks);
  g_array_unref (self->covered);
  ch_ink_free (self->ink);
  g_free (self);
}

/**
 * ch_page_model_take_ink:
 * @ink: (transfer full)
 *
 * Gives the page its pixels, and with them its ruling lines.
 */
void
ch_page_model_take_ink (ChPageModel *self,
                        ChInk       *ink)
{
  ch_ink_free (self->ink);
  self->ink = ink;
  g_array_set_size (self->rules, 0);
  ch_rule_finder_find (ink, self->rules);
}

/**
 * ch_page_model_set_source:
 * @source: a static table; its functions are called only while the page lives
 * @data: (transfer full): theirs
 */
void
ch_page_model_set_source (ChPageModel        *self,
                          const ChPageSource *source,
                          gpointer            data)
{
  if (self->source != NULL && self->source->free != NULL)
    self->source->free (self->source_data);
  self->source = source;
  self->source_data = data;
}

static void
magnify_box (const ChTurn *turn,
             ChBox        *box)
{
  *box = ch_turn_box (turn, box);
}

static void
magnify_word (const ChTurn *turn,
              ChWord       *word)
{
  guint i;

  magnify_box (turn, &word->box);
  for (i = 0; i < word->n_glyphs; i++)
    magnify_box (turn, &word->glyphs[i].box);
}

static void
magnify_rule (const ChTurn *turn,
              ChRule       *rule)
{
  double offset_along = rule->vertical ? turn->y0 : turn->x0;
  double offset_across = rule->vertical ? turn->x0 : turn->y0;

  rule->at = rule->at * turn->xx + offset_across;
  rule->from = rule->from * turn->xx + offset_along;
  rule->to = rule->to * turn->xx + offset_along;
  rule->width *= turn->xx;
}

/**
 * ch_page_model_magnify:
 * @factor: more than 0
 * @dx: points to the right by which everything is moved when it has been magnified
 * @dy: points down
 *
 * Makes everything on the page larger or smaller. Where it is on the page as it is shown stays known.
 */
void
ch_page_model_magnify (ChPageModel *self,
                       double       factor,
                       double       dx,
                       double       dy)
{
  const ChTurn turn = { factor, 0, 0, factor, dx, dy };
  const ChTurn back = ch_turn_invert (&turn);
  guint i;

  g_return_if_fail (factor > 0);

  for (i = 0; i < self->words->len; i++)
    magnify_word (&turn, g_ptr_array_index (self->words, i));
  for (i = 0; i < self->rules->len; i++)
    magnify_rule (&turn, &g_array_index (self->rules, ChRule, i));
  for (i = 0; i < self->ticks->len; i++)
    magnify_box (&turn, &g_array_index (self->ticks, ChTick, i).box);
  for (i = 0; i < self->covered->len; i++)
    magnify_box (&turn, &g_array_index (self->covered, ChBox, i));
  self->to_page = ch_turn_after (&back, &self->to_page);
  self->to_source = ch_turn_after (&back, &self->to_source);
}

/**
 * ch_page_model_get_density:
 * @density: (out): the share of the part that is ink, 0 to 1
 *
 * Returns: whether the page can be looked at
 */
gboolean
ch_page_model_get_density (const ChPageModel *self,
                           const ChBox       *part,
                           double            *density)
{
  g_autoptr (ChInk) drawn = NULL;
  const ChInk *ink = self->ink;
  ChBox of_source = ch_turn_box (&self->to_source, part);

  if (ink == NULL && self->source != NULL && self->source->draw != NULL)
    ink = drawn = self->source->draw (self->source_data, &of_source);
  if (ink == NULL)
    return FALSE;

  *density = ch_ink_density (ink, &of_source);
  return TRUE;
}

/**
 * ch_page_model_is_from_pixels:
 *
 * Returns: whether most of its words were recognised, so that any of them may be misread or missing
 */
gboolean
ch_page_model_is_from_pixels (const ChPageModel *self)
{
  guint n_from_pixels = 0;
  guint i;

  for (i = 0; i < self->words->len; i++)
    n_from_pixels += ((const ChWord *) g_ptr_array_index (self->words, i))->source == CH_WORD_FROM_PIXELS;

  return n_from_pixels * 2 > self->words->len;
}

/**
 * ch_page_model_recognise:
 *
 * Asks again for the words of a part of a page that was recognised from pixels.
 *
 * Returns: (transfer full) (nullable) (element-type ChWord): the words; %NULL where the page can't be asked
 */
GPtrArray *
ch_page_model_recognise (const ChPageModel *self,
                         const ChBox       *part,
                         ChExpected         expected)
{
  const ChTurn from_source = ch_turn_invert (&self->to_source);
  ChBox of_source = ch_turn_box (&self->to_source, part);
  GPtrArray *words;
  guint i;

  if (self->source == NULL || self->source->recognise == NULL)
    return NULL;

  words = self->source->recognise (self->source_data, &of_source, expected);
  for (i = 0; words != NULL && !ch_turn_is_none (&from_source) && i < words->len; i++)
    magnify_word (&from_source, g_ptr_array_index (words, i));

  return words;
}

/* A glyph box reaches from ascender to descender; rules run along its edges, so only its middle is asked. */
static gboolean
shows_ink (const ChInk   *ink,
           const ChGlyph *glyph)
{
  double height = ch_box_height (&glyph->box);
  ChBox middle = { glyph->box.x0, glyph->box.y0 + height * 0.15, glyph->box.x1, glyph->box.y1 - height * 0.15 };

  return ch_ink_contrast (ink, &middle) >= VISIBLE_CONTRAST;
}

static gboolean
is_seen (const ChInk  *ink,
         const ChWord *word)
{
  guint n_seen = 0;
  guint i;

  for (i = 0; i < word->n_glyphs; i++)
    n_seen += shows_ink (ink, &word->glyphs[i]);

  return n_seen * 2 >= word->n_glyphs;
}

static gboolean
overlaps (const ChWord *one,
          const ChWord *two)
{
  double one_height = ch_box_height (&one->box);
  double two_height = ch_box_height (&two->box);
  double smaller = MIN (one_height * ch_box_width (&one->box), two_height * ch_box_width (&two->box));

  return MIN (one_height, two_height) > SAME_SIZE * MAX (one_height, two_height)
         && ch_box_overlap_area (&one->box, &two->box) > OVERWRITTEN_SHARE * smaller;
}

/* Whether those of a word's glyphs that the other leaves free show no ink: then all of it is under something. */
static gboolean
is_covered_beside (const ChInk  *ink,
                   const ChWord *word,
                   const ChWord *other)
{
  guint n_free = 0;
  guint n_seen = 0;
  guint i;

  for (i = 0; i < word->n_glyphs; i++)
    {
      const ChBox *box = &word->glyphs[i].box;

      if (ch_box_overlap_area (box, &other->box) > GLYPH_SHARE * ch_box_width (box) * ch_box_height (box))
        continue;
      n_free++;
      n_seen += shows_ink (ink, &word->glyphs[i]);
    }

  return n_free > 0 && n_seen * 2 < n_free;
}

static int
compare_tops (gconstpointer a,
              gconstpointer b)
{
  double left = (*(ChWord *const *) a)->box.y0;
  double right = (*(ChWord *const *) b)->box.y0;

  return left < right ? -1 : left > right;
}

static void
doubt_both (ChWord *one,
            ChWord *two)
{
  one->confidence = MIN (one->confidence, OVERWRITTEN_CONFIDENCE);
  two->confidence = MIN (two->confidence, OVERWRITTEN_CONFIDENCE);
  one->doubts |= CH_DOUBT_WRITTEN_OVER;
  two->doubts |= CH_DOUBT_WRITTEN_OVER;
}

static void
drop_word (ChPageModel *self,
           guint        index)
{
  g_array_append_val (self->covered, ((const ChWord *) g_ptr_array_index (self->words, index))->box);
  g_ptr_array_remove_index (self->words, index);
}

/**
 * ch_page_model_doubt_overwritten:
 *
 * Where two words stand in one place, what a person reads can't be told from the text layer alone: nobody is to be sure
 * of either. Where the page's ink shows that one of them reaches beyond the other and isn't there, it is dropped.
 */
void
ch_page_model_doubt_overwritten (ChPageModel *self)
{
  g_autoptr (GHashTable) covered = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  guint i, j;

  g_ptr_array_extend (sorted, self->words, NULL, NULL);
  g_ptr_array_sort (sorted, compare_tops);
  for (i = 0; i < sorted->len; i++)
    {
      ChWord *one = g_ptr_array_index (sorted, i);

      for (j = i + 1; j < sorted->len; j++)
        {
          ChWord *two = g_ptr_array_index (sorted, j);

          if (two->box.y0 >= one->box.y1)
            break;
          if (!overlaps (one, two))
            continue;
          if (self->ink != NULL && is_covered_beside (self->ink, one, two))
            g_hash_table_add (covered, one);
          else if (self->ink != NULL && is_covered_beside (self->ink, two, one))
            g_hash_table_add (covered, two);
          else
            doubt_both (one, two);
        }
    }

  for (i = self->words->len; i > 0 && g_hash_table_size (covered) > 0; i--)
    {
      if (g_hash_table_contains (covered, g_ptr_array_index (self->words, i - 1)))
        drop_word (self, i - 1);
    }
}

/**
 * ch_page_model_drop_unseen_words:
 *
 * Takes out the words of the text layer whose place on the page shows nothing: text under a white box, or white on
 * white. What a tampered certificate hides is not what it certifies. Where new text stands over old, and pixels don't
 * tell which is which, both stay and nobody is to be sure of them. Needs the page's ink.
 */
void
ch_page_model_drop_unseen_words (ChPageModel *self)
{
  guint i = 0;

  g_return_if_fail (self->ink != NULL);

  while (i < self->words->len)
    {
      const ChWord *word = g_ptr_array_index (self->words, i);

      if (word->source == CH_WORD_FROM_TEXT && !is_seen (self->ink, word))
        drop_word (self, i);
      else
        i++;
    }

  ch_page_model_doubt_overwritten (self);
}
