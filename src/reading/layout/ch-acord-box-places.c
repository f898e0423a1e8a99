#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord-box-places.h"

#include <math.h>

#define MOST_LABELS 3
/* The standard grid's column of boxes, in points. */
#define USUAL_TYPE_FROM 36.0
#define USUAL_TYPE_WIDTH 140.4
#define ROW_PITCH 12.0
/* From the column of limits to the label of the box among them. */
#define STATUTORY_INDENT 18.7
/* A label that begins further left than this of its place begins with what stands in its box; one that begins so near
 * it stands where the form has it. */
#define MOST_DRIFT 8.0
#define NEAR 3.0

/* What is printed right of a box, on one line or two. */
typedef struct {
  const char *line;
  const char *second_line;
} Print;

/**
 * Place:
 * @x: of the label on the standard grid
 * @row: of the section, counted from its first
 * @prints: what is printed there, in any edition
 *
 * Where a box is on the editions since 2010. That of 2010 begins the boxes of general liability a row lower.
 */
typedef struct {
  ChAcordBox box;
  ChSection  section;
  double     x;
  guint      row;
  Print      prints[MOST_LABELS];
} Place;

static const Place places[] = {
  { CH_ACORD_BOX_CLAIMS_MADE, CH_SECTION_GENERAL_LIABILITY, 68, 1, { { "CLAIMS MADE", NULL } } },
  { CH_ACORD_BOX_OCCUR, CH_SECTION_GENERAL_LIABILITY, 133, 1, { { "OCCUR", NULL } } },
  { CH_ACORD_BOX_POLICY, CH_SECTION_GENERAL_LIABILITY, 54, 5, { { "POLICY", NULL } } },
  { CH_ACORD_BOX_PROJECT, CH_SECTION_GENERAL_LIABILITY, 97, 5, { { "PRO", "JECT" }, { "PROJECT", NULL } } },
  { CH_ACORD_BOX_LOCATION, CH_SECTION_GENERAL_LIABILITY, 140, 5, { { "LOC", NULL } } },
  { CH_ACORD_BOX_ANY_AUTO, CH_SECTION_AUTOMOBILE, 54, 1, { { "ANY AUTO", NULL } } },
  { CH_ACORD_BOX_OWNED,
    CH_SECTION_AUTOMOBILE,
    54,
    2,
    { { "ALL OWNED AUTOS", NULL }, { "ALL OWNED", "AUTOS" }, { "OWNED", "AUTOS ONLY" } } },
  { CH_ACORD_BOX_SCHEDULED,
    CH_SECTION_AUTOMOBILE,
    122,
    2,
    { { "SCHEDULED AUTOS", NULL }, { "SCHEDULED", "AUTOS" } } },
  { CH_ACORD_BOX_HIRED, CH_SECTION_AUTOMOBILE, 54, 3, { { "HIRED AUTOS", NULL }, { "HIRED", "AUTOS ONLY" } } },
  { CH_ACORD_BOX_NON_OWNED,
    CH_SECTION_AUTOMOBILE,
    122,
    3,
    { { "NON OWNED AUTOS", NULL }, { "NON OWNED", "AUTOS ONLY" }, { "NON OWNED", "AUTOS" } } },
  { CH_ACORD_BOX_UMBRELLA, CH_SECTION_UMBRELLA, 54, 0, { { "UMBRELLA LIAB", NULL } } },
  { CH_ACORD_BOX_UMBRELLA_OCCUR, CH_SECTION_UMBRELLA, 133, 0, { { "OCCUR", NULL } } },
  { CH_ACORD_BOX_EXCESS, CH_SECTION_UMBRELLA, 54, 1, { { "EXCESS LIAB", NULL } } },
  { CH_ACORD_BOX_UMBRELLA_CLAIMS_MADE, CH_SECTION_UMBRELLA, 133, 1, { { "CLAIMS MADE", NULL } } },
};

/* The one that stands among the limits. */
static const Print statutory_prints[] = {
  { "PER", "STATUTE" },
  { "PER STATUTE", NULL },
  { "WC STATU", "TORY LIMITS" },
  { "STATUTE", NULL },
  { "TORY LIMITS", NULL },
};

static gboolean
find_print (ChAcordPage *page,
            const Print *print,
            const ChBox *region,
            ChBox       *label)
{
  ChBox below;

  if (!ch_label_finder_find (page->finder, print->line, region, label))
    return FALSE;
  if (print->second_line == NULL)
    return TRUE;

  below = (ChBox){ label->x0 - 2, label->y1 - 3, label->x1 + 60, label->y1 + 8 };
  if (ch_label_finder_find (page->finder, print->second_line, &below, &below) && fabs (below.x0 - label->x0) < 4)
    ch_box_unite (label, &below);

  return TRUE;
}

/* In 2010 a heading of its own stands over the box of commercial general liability. */
static gboolean
begins_lower (ChAcordPage *page)
{
  const ChSpan *type = &page->grid.columns[CH_COLUMN_TYPE];
  const ChSpan *band = &page->grid.sections[CH_SECTION_GENERAL_LIABILITY];
  ChBox region = { type->from, band->from - 4, type->to, band->to };
  ChBox commercial;

  return ch_label_finder_find (page->finder, "COMMERCIAL GENERAL LIABILITY", &region, &commercial)
         && ch_box_centre_y (&commercial) - band->from > ROW_PITCH;
}

static double
get_scale (ChAcordPage *page)
{
  const ChSpan *type = &page->grid.columns[CH_COLUMN_TYPE];

  return (type->to - type->from) / USUAL_TYPE_WIDTH;
}

/* Whether the boxes are where they have been since 2010. The editions before have another arrangement, and two columns
 * of rows that don't meet. */
static gboolean
is_usual (ChAcordPage *page,
          ChSection    section)
{
  return page->rows[section].pitch > 0 && !page->grid.sections[CH_SECTION_GARAGE].present;
}

static double
get_usual_x (ChAcordPage *page,
             const Place *place)
{
  return page->grid.columns[CH_COLUMN_TYPE].from + (place->x - USUAL_TYPE_FROM) * get_scale (page);
}

static double
get_statutory_x (ChAcordPage *page)
{
  return page->grid.columns[CH_COLUMN_LIMITS].from + STATUTORY_INDENT * get_scale (page);
}

/* Where the label would be if it could be read. */
static void
guess_label (ChAcordPage *page,
             ChSection    section,
             guint        row,
             double       x,
             ChBox       *label)
{
  double scale = get_scale (page);
  double y = page->rows[section].first + row * page->rows[section].pitch;

  *label = (ChBox){ x, y - 3 * scale, x + 20 * scale, y + 3 * scale };
}

static gboolean
find_statutory (ChAcordPage *page,
                ChBox       *label,
                gboolean    *is_sure)
{
  const ChSpan *limits = &page->grid.columns[CH_COLUMN_LIMITS];
  const ChSpan *band = &page->grid.sections[CH_SECTION_WORKERS_COMPENSATION];
  ChBox region = { limits->from, band->from - 2, limits->to, band->from + 18 };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (statutory_prints); i++)
    {
      if (find_print (page, &statutory_prints[i], &region, label))
        return TRUE;
    }

  *is_sure = FALSE;
  if (!is_usual (page, CH_SECTION_WORKERS_COMPENSATION))
    return FALSE;
  guess_label (page, CH_SECTION_WORKERS_COMPENSATION, 0, get_statutory_x (page), label);

  return TRUE;
}

static gboolean
guess_place (ChAcordPage *page,
             const Place *place,
             ChBox       *label)
{
  guint row = place->row;

  if (!is_usual (page, place->section))
    return FALSE;

  if (place->section == CH_SECTION_GENERAL_LIABILITY && begins_lower (page))
    row++;
  guess_label (page, place->section, row, get_usual_x (page, place), label);

  return TRUE;
}

/* What is in the box may have been taken for the first letter of its label. */
static void
cut_off_mark (ChAcordPage *page,
              const Place *place,
              ChBox       *label)
{
  double x = get_usual_x (page, place);

  if (is_usual (page, place->section) && label->x0 < x - MOST_DRIFT && label->x1 > x + MOST_DRIFT)
    label->x0 = x;
}

/**
 * ch_acord_box_places_find:
 * @label: (out): what is printed right of the box
 * @is_sure: (out): whether it can be read; else @label is where it has to be
 *
 * Returns: whether the form has such a box
 */
gboolean
ch_acord_box_places_find (ChAcordPage *page,
                          ChAcordBox   box,
                          ChBox       *label,
                          gboolean    *is_sure)
{
  guint i, j;

  *is_sure = TRUE;
  if (box == CH_ACORD_BOX_STATUTORY)
    return find_statutory (page, label, is_sure);

  for (i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const Place *place = &places[i];
      const ChSpan *type = &page->grid.columns[CH_COLUMN_TYPE];
      const ChSpan *band = &page->grid.sections[place->section];
      ChBox region = { type->from, band->from - 1, type->to + 2, band->to + 1 };

      if (place->box != box)
        continue;
      for (j = 0; j < MOST_LABELS && place->prints[j].line != NULL; j++)
        {
          if (find_print (page, &place->prints[j], &region, label))
            {
              cut_off_mark (page, place, label);
              return TRUE;
            }
        }
      *is_sure = FALSE;
      return guess_place (page, place, label);
    }

  return FALSE;
}

/**
 * ch_acord_box_places_is_usual:
 *
 * Returns: whether a label is where the form's editions since 2010 have it
 */
gboolean
ch_acord_box_places_is_usual (ChAcordPage *page,
                              ChAcordBox   box,
                              const ChBox *label)
{
  guint i;

  if (box == CH_ACORD_BOX_STATUTORY)
    return is_usual (page, CH_SECTION_WORKERS_COMPENSATION) && fabs (label->x0 - get_statutory_x (page)) < NEAR;

  for (i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (places[i].box == box)
        return is_usual (page, places[i].section) && fabs (label->x0 - get_usual_x (page, &places[i])) < NEAR;
    }

  return FALSE;
}
