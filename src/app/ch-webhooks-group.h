#pragma once

#include <adwaita.h>

#include "ch-office.h"

G_BEGIN_DECLS

/* Where Procore tells of changes by itself: what to listen on, the address that leads there, and whether it works. */
#define CH_TYPE_WEBHOOKS_GROUP (ch_webhooks_group_get_type ())
G_DECLARE_FINAL_TYPE (ChWebhooksGroup, ch_webhooks_group, CH, WEBHOOKS_GROUP, AdwPreferencesGroup)

GtkWidget *ch_webhooks_group_new (ChOffice *office);

G_END_DECLS
