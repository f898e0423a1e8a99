#pragma once

#include <adwaita.h>

#include "ch-requirement-set.h"

G_BEGIN_DECLS

/* (transfer floating): what a set asks, a group for each coverage.
 * sources: (nullable) (element-type ChRequirementSource): by the origins of a merged set, to be told */
GtkWidget *ch_asked_view_new (const ChRequirementSet *set,
                              GPtrArray              *sources);

G_END_DECLS
