#pragma once

#include "ch-desk.h"
#include "ch-waiver.h"

G_BEGIN_DECLS

/* Waivers of single rules and exemptions from everything: recorded, with an end, never silent. */
gboolean ch_desk_give_waiver (ChDesk          *self,
                              gint64           vendor_id,
                              gint64           project_id,
                              const ChWaiver  *waiver,
                              char           **uuid,
                              GError         **error);
gboolean ch_desk_end_waiver  (ChDesk          *self,
                              const char      *uuid,
                              const char      *why,
                              GError         **error);

G_END_DECLS
