#pragma once

#include "ch-compliance-report.h"
#include "ch-report-canvas-private.h"

G_BEGIN_DECLS

/**
 * ChPages:
 * @as_of: the report's moment as text
 * @heading: (nullable): whose pages these are, for the foot of each
 * @has_table: a following page begins with the table's heading
 * @details: (element-type guint): for each project the page on which all its subs are told, 0 where one page told them;
 *   learnt while the pages are counted
 *
 * The pages of one report while they are drawn.
 */
typedef struct {
  ChCanvas                 *canvas;
  const ChComplianceReport *report;
  const char               *as_of;
  const char               *heading;
  gboolean                  has_table;
  GArray                   *details;
} ChPages;

void _ch_pages_draw_footer    (ChPages    *self);
void _ch_pages_next           (ChPages    *self);
void _ch_pages_draw_paragraph (ChPages    *self,
                               const char *text,
                               ChFace      face,
                               double      size,
                               ChInk       ink,
                               double      space_after);
void _ch_pages_draw_title     (ChPages    *self,
                               const char *heading);
void _ch_pages_draw_counts    (ChPages    *self,
                               guint       ok,
                               guint       expiring,
                               guint       pending,
                               guint       bad);
void _ch_pages_draw_colophon  (ChPages    *self);
double _ch_pages_measure_colophon (ChPages *self);
void _ch_pages_draw_overview  (ChPages    *self);
void _ch_pages_draw_project   (ChPages    *self,
                               guint       index);
void _ch_pages_draw_details   (ChPages    *self,
                               guint       index);

G_END_DECLS
