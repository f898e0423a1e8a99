#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord25-private.h"

/* What recognising says of a word that can be read clearly. */
#define CLEARLY_RECOGNISED 0.95
/* A value that was written over another one is as a person sees it; a person should look all the same. */
#define HIDING_CONFIDENCE 0.9
/* The share of a hidden letter that a value has to lie on. */
#define HIDDEN_SHARE 0.4

static gboolean
is_in_field (const ChFieldReading *field,
             const ChBox          *box)
{
  return ch_box_centre_x (box) >= field->box[0] && ch_box_centre_x (box) <= field->box[2]
         && ch_box_centre_y (box) >= field->box[1] && ch_box_centre_y (box) <= field->box[3];
}

static guint
find_doubts_of_words (ChAcordPage          *self,
                      const ChFieldReading *field)
{
  guint doubts = 0;
  guint i;

  for (i = 0; i < self->page->words->len; i++)
    {
      const ChWord *word = g_ptr_array_index (self->page->words, i);
      ChBox box;

      if (word->doubts == 0 && (word->source != CH_WORD_FROM_PIXELS || word->confidence >= CLEARLY_RECOGNISED))
        continue;
      box = ch_turn_box (&self->page->to_page, &word->box);
      if (!is_in_field (field, &box))
        continue;
      doubts |= word->doubts;
      if (word->source == CH_WORD_FROM_PIXELS)
        doubts |= CH_DOUBT_HARD_TO_RECOGNISE;
    }

  return doubts;
}

static gboolean
hides_letters (ChAcordPage          *self,
               const ChFieldReading *field)
{
  const ChBox place = { field->box[0], field->box[1], field->box[2], field->box[3] };
  guint i;

  for (i = 0; i < self->page->covered->len; i++)
    {
      ChBox letter = ch_turn_box (&self->page->to_page, &g_array_index (self->page->covered, ChBox, i));

      if (ch_box_overlap_area (&place, &letter) > HIDDEN_SHARE * ch_box_width (&letter) * ch_box_height (&letter))
        return TRUE;
    }

  return FALSE;
}

/**
 * _ch_acord_page_explain:
 *
 * Says of each value what is wrong with the words it was read from, and where the file holds others under them.
 */
void
_ch_acord_page_explain (ChAcordPage *self)
{
  guint i;

  for (i = 0; i < self->certificate->fields->len; i++)
    {
      ChFieldReading *field = g_ptr_array_index (self->certificate->fields, i);

      field->doubts |= find_doubts_of_words (self, field);
      if (self->page->covered->len == 0 || !hides_letters (self, field))
        continue;
      field->doubts |= CH_DOUBT_HIDES_OTHER_TEXT;
      field->confidence = MIN (field->confidence, HIDING_CONFIDENCE);
    }
}
