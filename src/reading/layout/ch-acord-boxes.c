#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord25-private.h"

#include "ch-acord-box-places.h"
#include "ch-shown-value.h"

#include <math.h>

/* Points. A box stands this far left of its label and is this large, where its lines can't be found. */
#define BOX_DISTANCE 10.5
#define HALF_WIDTH 7.0
#define HALF_HEIGHT 6.0
#define FURTHEST_EDGE 24.0
/* The share of a box that is ink: crossed boxes show 0.09 to 0.5, empty ones nothing. */
#define TICKED_INK 0.08
#define DOUBTFUL_INK 0.03
#define SURELY_TICKED_INK 0.085
/* The lines of the box itself are left out of the measuring. */
#define EDGE 2.0
/* Where the line at its left can't be found, what stands before a box must not be measured with it. */
#define WIDEST 15.0
/* What a mark and the lines around it were taken for is at most so much wider than the box. */
#define FRAMED 2.0

static gboolean
crosses (const ChRule *rule,
         gboolean      vertical,
         double        position)
{
  return rule->vertical == vertical && rule->from - 1 <= position && rule->to + 1 >= position;
}

/* The nearest line to one side of a point. */
static double
find_edge (const ChPageModel *page,
           gboolean           vertical,
           double             from,
           double             to,
           double             along,
           double             otherwise)
{
  double edge = otherwise;
  double nearest = G_MAXDOUBLE;
  guint i;

  for (i = 0; i < page->rules->len; i++)
    {
      const ChRule *rule = &g_array_index (page->rules, ChRule, i);

      if (!crosses (rule, vertical, along) || rule->at < MIN (from, to) || rule->at > MAX (from, to))
        continue;
      if (fabs (rule->at - from) < nearest)
        {
          nearest = fabs (rule->at - from);
          edge = rule->at;
        }
    }

  return edge;
}

/* Returns: the box that stands left of its label */
ChBox
_ch_acord_page_find_box (ChAcordPage *self,
                         const ChBox *label)
{
  const ChPageModel *page = self->page;
  double y = ch_box_centre_y (label);
  ChBox box;

  box.x1
      = find_edge (page, TRUE, label->x0 + 1, label->x0 - FURTHEST_EDGE / 2, y, label->x0 - BOX_DISTANCE + HALF_WIDTH);
  box.x0 = find_edge (page, TRUE, box.x1 - 5, box.x1 - FURTHEST_EDGE, y, box.x1 - 2 * HALF_WIDTH);
  box.y0 = find_edge (page, FALSE, y - 2, y - 10, (box.x0 + box.x1) / 2, y - HALF_HEIGHT);
  box.y1
      = find_edge (page, FALSE, MAX (y + 2, box.y0 + 7), box.y0 + 16, (box.x0 + box.x1) / 2, box.y0 + 2 * HALF_HEIGHT);

  return box;
}

static gboolean
find_tick (const ChPageModel *page,
           const ChBox       *box,
           gboolean          *ticked)
{
  guint i;

  for (i = 0; i < page->ticks->len; i++)
    {
      const ChTick *tick = &g_array_index (page->ticks, ChTick, i);

      if (ch_box_overlap_area (&tick->box, box) > 0.4 * ch_box_width (box) * ch_box_height (box))
        {
          *ticked = tick->ticked;
          return TRUE;
        }
    }

  return FALSE;
}

/* A person takes any sign in a box for a tick. Which signs these are is known of what was typed; what a recogniser makes
 * of a box's lines may look like any of them. */
gboolean
_ch_acord_word_is_tick (const ChWord *word)
{
  return ch_shown_tick_is (word->text)
         || (word->source != CH_WORD_FROM_PIXELS
             && (ch_shown_yes_no_parse (word->text) == CH_MARK_YES || ch_shown_sign_is (word->text)));
}

/* Among what was filled in, cut at the columns' lines: a mark may touch the date beside it. */
static const ChWord *
find_tick_word (ChAcordPage *self,
                const ChBox *box)
{
  double x = ch_box_centre_x (box);
  double y = ch_box_centre_y (box) + self->cells->drifts[CH_COLUMN_TYPE];
  guint column, i;

  for (column = 0; column < CH_N_COLUMNS; column++)
    {
      for (i = 0; i < self->cells->columns[column]->len; i++)
        {
          const ChWord *word = g_ptr_array_index (self->cells->columns[column], i);

          if (fabs (ch_box_centre_x (&word->box) - x) < ch_box_width (box) / 2 + 2
              && fabs (ch_box_centre_y (&word->box) - y) < ch_box_height (box) / 2 && _ch_acord_word_is_tick (word))
            return word;
        }
    }

  return NULL;
}

/* Whether a label reaches into the box. What is no wider than the box and stands in it is what a mark was taken for; a
 * mark that was taken for the beginning of the box's own label is none either. A recogniser may hold a word of the row
 * above for as high as both rows. */
static gboolean
has_text (const ChPageModel *page,
          const ChBox       *box,
          const ChBox       *own_label)
{
  guint i;

  for (i = 0; i < page->words->len; i++)
    {
      const ChWord *word = g_ptr_array_index (page->words, i);
      double y = ch_box_centre_y (&word->box);

      if (ch_box_overlap_area (&word->box, box) > 0 && y > box->y0 - EDGE && y < box->y1 + EDGE
          && ch_box_overlap_area (&word->box, own_label) == 0
          && !(ch_box_width (&word->box) <= ch_box_width (box) + 2 * EDGE + FRAMED
               && ch_box_holds (box, ch_box_centre_x (&word->box), ch_box_centre_y (&word->box))))
        return TRUE;
    }

  return FALSE;
}

/* Looks at a box as a person does: the state of the form's button, a letter or sign in it, else its pixels. Where it is
 * clear, no letter of the form can be in the box, whatever was recognised there. */
static ChShownTick
look_at_box (ChAcordPage *self,
             const ChBox *label,
             gboolean     is_clear)
{
  ChShownTick shown = { FALSE };
  const ChWord *word;
  double density;
  ChBox inside;

  shown.box = _ch_acord_page_find_box (self, label);
  shown.confidence = CH_SURE_OF_FIELD;
  if (find_tick (self->page, &shown.box, &shown.ticked))
    return shown;

  word = find_tick_word (self, &shown.box);
  if (word != NULL)
    {
      shown.ticked = TRUE;
      shown.confidence = MIN (CH_SURE_OF_TEXT, word->confidence);
      return shown;
    }

  shown.confidence = CH_SURE_OF_INK;
  inside = (ChBox){ MAX (shown.box.x0, shown.box.x1 - WIDEST) + EDGE, shown.box.y0 + EDGE, shown.box.x1 - EDGE, shown.box.y1 - EDGE };
  /* The pixels of a whole page hold its letters too: where some reach into the box, nothing can be told by its ink. */
  if (self->page->ink != NULL && !is_clear && has_text (self->page, &inside, label))
    {
      shown.confidence = CH_DOUBTFUL;
      return shown;
    }
  if (!ch_page_model_get_density (self->page, &inside, &density))
    return shown;
  shown.ticked = density >= TICKED_INK;
  if (density > DOUBTFUL_INK && density < SURELY_TICKED_INK)
    {
      shown.confidence = CH_VERY_DOUBTFUL;
      shown.doubts = CH_DOUBT_MARK_IS_FAINT;
    }

  return shown;
}

static ChShownTick
look_at (ChAcordPage *self,
         ChAcordBox   name)
{
  ChShownTick shown = { FALSE };
  gboolean is_sure;
  ChBox label;

  if (!ch_acord_box_places_find (self, name, &label, &is_sure))
    return shown;
  shown = look_at_box (self, &label, is_sure && ch_acord_box_places_is_usual (self, name, &label));
  if (!is_sure)
    {
      shown.confidence = MIN (shown.confidence, CH_DOUBTFUL);
      shown.doubts |= CH_DOUBT_LABEL_IS_LOST;
    }

  return shown;
}

static void
note (ChAcordPage       *self,
      const ChShownTick *shown,
      guint              index,
      const char        *name)
{
  _ch_acord_page_note (self, shown->confidence, &shown->box, "policies[%u].%s", index, name);
  _ch_acord_page_doubt (self, shown->doubts, shown->confidence);
}

/* What is ticked is no surer than that the other boxes are empty. */
static void
weigh_empty (ChShownTick       *chosen,
             const ChShownTick *empty)
{
  if (empty->ticked || empty->confidence >= CH_SURE_OF_INK || empty->confidence == 0
      || (empty->doubts & CH_DOUBT_LABEL_IS_LOST) != 0)
    return;

  chosen->confidence = MIN (chosen->confidence, empty->confidence);
  chosen->doubts |= empty->doubts;
}

/* Returns: which of two boxes is ticked, 1 or 2; 0 where both or neither are */
static guint
choose (ChAcordPage *self,
        ChAcordBox   first,
        ChAcordBox   second,
        ChShownTick *chosen)
{
  ChShownTick one = look_at (self, first);
  ChShownTick two = look_at (self, second);

  if (one.ticked == two.ticked)
    return 0;
  *chosen = one.ticked ? one : two;
  weigh_empty (chosen, one.ticked ? &two : &one);

  return one.ticked ? 1 : 2;
}

static void
read_basis (ChAcordPage *self,
            ChAcordBox   occurrence,
            ChAcordBox   claims_made,
            ChPolicy    *policy,
            guint        index)
{
  ChShownTick shown;
  guint chosen = choose (self, occurrence, claims_made, &shown);

  if (chosen == 0)
    return;

  policy->basis = chosen == 1 ? CH_BASIS_OCCURRENCE : CH_BASIS_CLAIMS_MADE;
  note (self, &shown, index, "basis");
}

static void
read_aggregate_per (ChAcordPage *self,
                    ChPolicy    *policy,
                    guint        index)
{
  static const struct {
    ChAggregatePer per;
    ChAcordBox     box;
  } boxes[] = {
    { CH_AGGREGATE_PER_POLICY, CH_ACORD_BOX_POLICY },
    { CH_AGGREGATE_PER_PROJECT, CH_ACORD_BOX_PROJECT },
    { CH_AGGREGATE_PER_LOCATION, CH_ACORD_BOX_LOCATION },
  };
  ChShownTick shown[G_N_ELEMENTS (boxes)];
  ChShownTick chosen = { FALSE };
  guint n_ticked = 0;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      shown[i] = look_at (self, boxes[i].box);
      if (!shown[i].ticked)
        continue;
      policy->aggregate_per = boxes[i].per;
      chosen = shown[i];
      n_ticked++;
    }
  if (n_ticked == 0)
    return;
  for (i = 0; i < G_N_ELEMENTS (boxes); i++)
    weigh_empty (&chosen, &shown[i]);

  note (self, &chosen, index, "aggregate_per");
  if (n_ticked > 1)
    _ch_acord_page_doubt (self, CH_DOUBT_TWO_VALUES, CH_VERY_DOUBTFUL);
}

static void
read_autos (ChAcordPage *self,
            ChPolicy    *policy,
            guint        index)
{
  static const struct {
    ChAutos    autos;
    ChAcordBox box;
  } boxes[] = {
    { CH_AUTOS_ANY, CH_ACORD_BOX_ANY_AUTO },
    { CH_AUTOS_OWNED, CH_ACORD_BOX_OWNED },
    { CH_AUTOS_SCHEDULED, CH_ACORD_BOX_SCHEDULED },
    { CH_AUTOS_HIRED, CH_ACORD_BOX_HIRED },
    { CH_AUTOS_NON_OWNED, CH_ACORD_BOX_NON_OWNED },
  };
  ChShownTick shown[G_N_ELEMENTS (boxes)];
  ChShownTick all = { FALSE };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      shown[i] = look_at (self, boxes[i].box);
      if (!shown[i].ticked)
        continue;
      if (policy->autos == CH_AUTOS_NONE)
        all = shown[i];
      policy->autos |= boxes[i].autos;
      ch_box_unite (&all.box, &shown[i].box);
      all.confidence = MIN (all.confidence, shown[i].confidence);
      all.doubts |= shown[i].doubts;
    }
  for (i = 0; i < G_N_ELEMENTS (boxes); i++)
    weigh_empty (&all, &shown[i]);

  if (policy->autos != CH_AUTOS_NONE)
    note (self, &all, index, "autos");
}

static void
read_kind (ChAcordPage *self,
           ChPolicy    *policy,
           guint        index)
{
  ChShownTick shown;
  guint chosen;

  /* Before 2010 nothing told an umbrella from an excess policy. */
  if (self->grid.sections[CH_SECTION_GARAGE].present)
    return;
  chosen = choose (self, CH_ACORD_BOX_UMBRELLA, CH_ACORD_BOX_EXCESS, &shown);
  if (chosen == 0)
    return;

  policy->kind = chosen == 1 ? CH_UMBRELLA_KIND_UMBRELLA : CH_UMBRELLA_KIND_EXCESS;
  note (self, &shown, index, "kind");
}

static void
read_statutory (ChAcordPage *self,
                ChPolicy    *policy,
                guint        index)
{
  ChShownTick shown = look_at (self, CH_ACORD_BOX_STATUTORY);

  if (!shown.ticked)
    return;

  policy->statutory = CH_MARK_YES;
  note (self, &shown, index, "statutory");
}

/**
 * _ch_acord_page_read_boxes:
 * @index: the policy's place in the certificate
 *
 * Reads the boxes of one section into its policy.
 */
void
_ch_acord_page_read_boxes (ChAcordPage *self,
                           ChSection    section,
                           ChPolicy    *policy,
                           guint        index)
{
  switch (section)
    {
    case CH_SECTION_GENERAL_LIABILITY:
      read_basis (self, CH_ACORD_BOX_OCCUR, CH_ACORD_BOX_CLAIMS_MADE, policy, index);
      read_aggregate_per (self, policy, index);
      break;
    case CH_SECTION_AUTOMOBILE:
      read_autos (self, policy, index);
      break;
    case CH_SECTION_UMBRELLA:
      read_basis (self, CH_ACORD_BOX_UMBRELLA_OCCUR, CH_ACORD_BOX_UMBRELLA_CLAIMS_MADE, policy, index);
      read_kind (self, policy, index);
      break;
    case CH_SECTION_WORKERS_COMPENSATION:
      read_statutory (self, policy, index);
      break;
    case CH_SECTION_GARAGE:
    case CH_SECTION_OTHER:
    default:
      break;
    }
}
