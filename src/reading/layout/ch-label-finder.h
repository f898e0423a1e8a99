#pragma once

#include "ch-page-model.h"

G_BEGIN_DECLS

/**
 * ChLabelFinder:
 *
 * Finds the printed words of a form on a page, and remembers which words of the page those are: what is left is
 * what somebody filled in.
 */
typedef struct _ChLabelFinder ChLabelFinder;

ChLabelFinder *ch_label_finder_new        (const ChPageModel *page);
void           ch_label_finder_free       (ChLabelFinder     *self);
gboolean       ch_label_finder_find       (ChLabelFinder     *self,
                                           const char        *label,
                                           const ChBox       *within,
                                           ChBox             *place);
GArray        *ch_label_finder_find_all   (ChLabelFinder     *self,
                                           const char        *label,
                                           const ChBox       *within);
void           ch_label_finder_claim      (ChLabelFinder     *self,
                                           const char        *label,
                                           const ChBox       *place);
gboolean       ch_label_finder_is_heading (ChLabelFinder     *self,
                                           const ChBox       *place);
GPtrArray     *ch_label_finder_get_filled (ChLabelFinder     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChLabelFinder, ch_label_finder_free)

G_END_DECLS
