#pragma once

#include "ch-store.h"
#include "ch-waiver.h"

G_BEGIN_DECLS

/**
 * ChStoredWaiver:
 * @uuid: its name for people and programs
 * @project_id: 0: on every project
 * @waiver: what it takes off (everything where the rule is %NULL), and through which day
 * @given_at: Unix microseconds
 * @ended_at: Unix microseconds at which a person took it back, 0 where nobody has; its last day ends it by itself
 *
 * An exception that a person made for a sub.
 */
typedef struct {
  char     *uuid;
  gint64    vendor_id;
  gint64    project_id;
  ChWaiver *waiver;
  char     *given_by;
  gint64    given_at;
  gint64    ended_at;
  char     *ended_by;
  char     *ended_why;
} ChStoredWaiver;

void            ch_stored_waiver_free   (ChStoredWaiver  *self);

gboolean        ch_store_add_waiver     (ChStore         *self,
                                         gint64           vendor_id,
                                         gint64           project_id,
                                         const ChWaiver  *waiver,
                                         char           **uuid,
                                         GError         **error);
gboolean        ch_store_end_waiver     (ChStore         *self,
                                         const char      *uuid,
                                         const char      *why,
                                         GError         **error);
ChStoredWaiver *ch_store_find_waiver    (ChStore         *self,
                                         const char      *uuid,
                                         GError         **error);
GPtrArray      *ch_store_list_waivers   (ChStore         *self,
                                         gint64           vendor_id,
                                         gint64           project_id,
                                         GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChStoredWaiver, ch_stored_waiver_free)

G_END_DECLS
