#pragma once

#include "ch-page.h"

G_BEGIN_DECLS

/*
 * The pages one beside the other (roots) and those opened from them, one on top of the other. ::changed when another
 * page is on top, ::retitled when the one on top has another title.
 */
#define CH_TYPE_NAVIGATOR (ch_navigator_get_type ())
G_DECLARE_FINAL_TYPE (ChNavigator, ch_navigator, CH, NAVIGATOR, AdwBin)

/* numbered from 0 in the order of adding */
void     ch_navigator_add_root  (ChNavigator *self,
                                 ChPage      *page);
void     ch_navigator_show_root (ChNavigator *self,
                                 guint        index);
void     ch_navigator_push      (ChNavigator *self,
                                 ChPage      *page);
/* the new one takes the place of the one on top; on a root it is pushed */
void     ch_navigator_replace   (ChNavigator *self,
                                 ChPage      *page);
/* FALSE on a root */
gboolean ch_navigator_pop       (ChNavigator *self);
gboolean ch_navigator_can_pop   (ChNavigator *self);
/* (transfer none) (nullable): NULL before a root is shown */
ChPage  *ch_navigator_get_page  (ChNavigator *self);

G_END_DECLS
