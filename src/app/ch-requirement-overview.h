#pragma once

#include "ch-desk-worker.h"
#include "ch-store-requirements.h"

G_BEGIN_DECLS

/**
 * ChPlacedSet:
 * @label: the place, in words
 *
 * A place where a requirement set holds.
 */
typedef struct {
  gint64                   set_id;
  char                    *set_name;
  int                      version;
  ChRequirementAssignment *place;
  char                    *label;
} ChPlacedSet;

/**
 * ChRequirementOverview:
 * @sets: (element-type ChStoredRequirementSet): by name
 * @placed: (element-type ChPlacedSet): general to specific, without the company's
 * @company_set: what holds for everybody, 0 for nothing
 * @n_carriers: how many the list of carriers has
 * @carrier_version: 0 where there is no list
 *
 * All that the place about requirements shows.
 */
typedef struct {
  GPtrArray *sets;
  GPtrArray *placed;
  gint64     company_set;
  guint      n_carriers;
  int        carrier_version;
} ChRequirementOverview;

/* a #ChDeskFunc; the answer is a ChRequirementOverview */
gpointer  ch_requirement_overview_load  (ChDesk                         *desk,
                                         gpointer                        data,
                                         GCancellable                   *cancellable,
                                         GError                        **error);
void      ch_requirement_overview_free  (ChRequirementOverview          *self);
/* (transfer full): "Riverside Tower", or "Roofing", or "Keystone Electric LLC · Riverside Tower" */
char     *ch_requirement_place_dup_label (ChStore                       *store,
                                         const ChRequirementAssignment  *place);
ChRequirementAssignment *
          ch_requirement_place_copy     (const ChRequirementAssignment  *place);
gboolean  ch_requirement_place_equal    (const ChRequirementAssignment  *a,
                                         const ChRequirementAssignment  *b);

G_END_DECLS
