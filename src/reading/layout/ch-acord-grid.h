#pragma once

#include "ch-label-finder.h"

G_BEGIN_DECLS

typedef enum {
  CH_COLUMN_LETTER,
  CH_COLUMN_TYPE,
  CH_COLUMN_ADDITIONAL_INSURED,
  CH_COLUMN_WAIVER,
  CH_COLUMN_NUMBER,
  CH_COLUMN_EFFECTIVE,
  CH_COLUMN_EXPIRATION,
  CH_COLUMN_LIMITS,
} ChColumn;

#define CH_N_COLUMNS (CH_COLUMN_LIMITS + 1)

typedef enum {
  CH_SECTION_GENERAL_LIABILITY,
  CH_SECTION_AUTOMOBILE,
  CH_SECTION_GARAGE,
  CH_SECTION_UMBRELLA,
  CH_SECTION_WORKERS_COMPENSATION,
  CH_SECTION_OTHER,
} ChSection;

#define CH_N_SECTIONS (CH_SECTION_OTHER + 1)

typedef struct {
  gboolean present;
  double   from;
  double   to;
} ChSpan;

/**
 * ChAcordGrid:
 * @table: from under the headings to the description of operations
 * @columns: in x, by #ChColumn; older editions have no column for waivers
 * @sections: in y, by #ChSection
 * @may_hold_next: by #ChSection: the label of the section that follows can't be read, nor do lines tell where it begins
 * @amounts_from: x from which the limits column holds amounts rather than what they are for
 * @description: (nullable): the label over the description of operations
 *
 * The table of policies on an ACORD 25, found by its headings and ruling lines.
 */
typedef struct {
  ChBox    table;
  ChSpan   columns[CH_N_COLUMNS];
  ChSpan   sections[CH_N_SECTIONS];
  gboolean may_hold_next[CH_N_SECTIONS];
  double   amounts_from;
  ChBox    description;
} ChAcordGrid;

gboolean ch_acord_grid_find      (const ChPageModel *page,
                                  ChLabelFinder     *finder,
                                  ChAcordGrid       *grid);

G_END_DECLS
