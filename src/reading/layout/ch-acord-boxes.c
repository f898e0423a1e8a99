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
/* The lines of the box itself are left out of the measuring. */
#define EDGE 2.0

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

static ChBox
find_box (const ChPageModel *page,
          const ChBox       *label)
{
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

/* Among what was filled in, cut at the columns' lines: a mark may touch the date beside it. */
static const ChWord *
find_tick_word (ChAcordPage *self,
                const ChBox *box)
{
  double x = ch_box_centre_x (box);
  double y = ch_box_centre_y (box) + self->cells->drift;
  guint column, i;

  for (column = 0; column < CH_N_COLUMNS; column++)
    {
      for (i = 0; i < self->cells->columns[column]->len; i++)
        {
          const ChWord *word = g_ptr_array_index (self->cells->columns[column], i);

          if (fabs (ch_box_centre_x (&word->box) - x) < ch_box_width (box) / 2 + 2
              && fabs (ch_box_centre_y (&word->box) - y) < ch_box_height (box) / 2 && ch_shown_tick_is (word->text))
            return word;
        }
    }

  return NULL;
}

static gboolean
has_text (const ChPageModel *page,
          const ChBox       *box)
{
  guint i;

  for (i = 0; i < page->words->len; i++)
    {
      const ChWord *word = g_ptr_array_index (page->words, i);

      if (ch_box_overlap_area (&word->box, box) > 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * _ch_acord_page_is_ticked:
 * @label: the words printed right of the box
 * @box: (out): where the box is
 * @confidence: (out): how sure the answer is
 *
 * Looks at a box as a person does: the state of the form's button, a letter or sign in it, else its pixels.
 */
gboolean
_ch_acord_page_is_ticked (ChAcordPage *self,
                          const ChBox *label,
                          ChBox       *box,
                          double      *confidence)
{
  ChBox inside;
  gboolean ticked;
  double density;
  const ChWord *word;

  *box = find_box (self->page, label);
  *confidence = CH_SURE_OF_FIELD;
  if (find_tick (self->page, box, &ticked))
    return ticked;

  word = find_tick_word (self, box);
  if (word != NULL)
    {
      *confidence = MIN (CH_SURE_OF_TEXT, word->confidence);
      return TRUE;
    }

  *confidence = CH_SURE_OF_INK;
  inside = (ChBox){ box->x0 + EDGE, box->y0 + EDGE, box->x1 - EDGE, box->y1 - EDGE };
  /* The pixels of a whole page hold its letters too. */
  if ((self->page->ink != NULL && has_text (self->page, &inside))
      || !ch_page_model_get_density (self->page, &inside, &density))
    return FALSE;
  if (density > DOUBTFUL_INK && density < TICKED_INK)
    *confidence = CH_VERY_DOUBTFUL;

  return density >= TICKED_INK;
}

static gboolean
is_ticked (ChAcordPage *self,
           ChAcordBox   name,
           ChBox       *box,
           double      *confidence)
{
  gboolean is_sure;
  ChBox label;

  if (!ch_acord_box_places_find (self, name, &label, &is_sure)
      || !_ch_acord_page_is_ticked (self, &label, box, confidence))
    return FALSE;
  if (!is_sure)
    *confidence = MIN (*confidence, CH_DOUBTFUL);

  return TRUE;
}

/* Returns: which of two boxes is ticked, 1 or 2; 0 where both or neither are */
static guint
choose (ChAcordPage *self,
        ChAcordBox   first,
        ChAcordBox   second,
        ChBox       *box,
        double      *confidence)
{
  ChBox second_box;
  double second_confidence;
  gboolean first_ticked = is_ticked (self, first, box, confidence);
  gboolean second_ticked = is_ticked (self, second, &second_box, &second_confidence);

  if (first_ticked == second_ticked)
    return 0;
  if (first_ticked)
    return 1;

  *box = second_box;
  *confidence = second_confidence;

  return 2;
}

static void
read_basis (ChAcordPage *self,
            ChAcordBox   occurrence,
            ChAcordBox   claims_made,
            ChPolicy    *policy,
            guint        index)
{
  double confidence;
  ChBox box;
  guint chosen = choose (self, occurrence, claims_made, &box, &confidence);

  if (chosen == 0)
    return;

  policy->basis = chosen == 1 ? CH_BASIS_OCCURRENCE : CH_BASIS_CLAIMS_MADE;
  _ch_acord_page_note (self, confidence, &box, "policies[%u].basis", index);
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
  guint n_ticked = 0;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      double confidence;
      ChBox box;

      if (!is_ticked (self, boxes[i].box, &box, &confidence))
        continue;
      policy->aggregate_per = boxes[i].per;
      if (++n_ticked > 1)
        confidence = CH_VERY_DOUBTFUL;
      _ch_acord_page_note (self, confidence, &box, "policies[%u].aggregate_per", index);
    }
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
  ChBox all = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };
  double least = 1;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      double confidence;
      ChBox box;

      if (!is_ticked (self, boxes[i].box, &box, &confidence))
        continue;
      policy->autos |= boxes[i].autos;
      ch_box_unite (&all, &box);
      least = MIN (least, confidence);
    }

  if (policy->autos != CH_AUTOS_NONE)
    _ch_acord_page_note (self, least, &all, "policies[%u].autos", index);
}

static void
read_kind (ChAcordPage *self,
           ChPolicy    *policy,
           guint        index)
{
  double confidence;
  ChBox box;
  guint chosen;

  /* Before 2010 nothing told an umbrella from an excess policy. */
  if (self->grid.sections[CH_SECTION_GARAGE].present)
    return;
  chosen = choose (self, CH_ACORD_BOX_UMBRELLA, CH_ACORD_BOX_EXCESS, &box, &confidence);
  if (chosen == 0)
    return;

  policy->kind = chosen == 1 ? CH_UMBRELLA_KIND_UMBRELLA : CH_UMBRELLA_KIND_EXCESS;
  _ch_acord_page_note (self, confidence, &box, "policies[%u].kind", index);
}

static void
read_statutory (ChAcordPage *self,
                ChPolicy    *policy,
                guint        index)
{
  double confidence;
  ChBox box;

  if (!is_ticked (self, CH_ACORD_BOX_STATUTORY, &box, &confidence))
    return;

  policy->statutory = CH_MARK_YES;
  _ch_acord_page_note (self, confidence, &box, "policies[%u].statutory", index);
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
