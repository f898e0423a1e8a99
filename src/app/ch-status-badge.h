#pragma once

#include <gtk/gtk.h>

#include "ch-verdict.h"

G_BEGIN_DECLS

/* A status as shape, word and colour. */
#define CH_TYPE_STATUS_BADGE (ch_status_badge_get_type ())
G_DECLARE_FINAL_TYPE (ChStatusBadge, ch_status_badge, CH, STATUS_BADGE, GtkBox)

GtkWidget *ch_status_badge_new        (void);
void       ch_status_badge_set_status (ChStatusBadge *self,
                                       ChStatus       status);
/* a number of subs with that status, as `✓ 31`; hidden at zero */
void       ch_status_badge_set_count  (ChStatusBadge *self,
                                       ChStatus       status,
                                       guint          count);
/* any other short fact in the same dress */
void       ch_status_badge_set_text   (ChStatusBadge *self,
                                       const char    *icon_name,
                                       const char    *text,
                                       const char    *style_class);

G_END_DECLS
