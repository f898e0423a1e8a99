#pragma once

#include "ch-store.h"

G_BEGIN_DECLS

/**
 * ChStoredHook:
 * @project_id: the hook's scope, 0 for the company
 * @hook_id: Procore's id
 * @destination_url: where Procore was told to send events
 * @position: the events up to here were taken, by their own time stamps, Unix microseconds; 0 before the first
 * @checked_at: when it was last found in order, Unix microseconds
 *
 * A hook that this database's program made in Procore.
 */
typedef struct {
  gint64  project_id;
  char   *hook_id;
  char   *destination_url;
  gint64  position;
  gint64  checked_at;
} ChStoredHook;

void          ch_stored_hook_free    (ChStoredHook        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChStoredHook, ch_stored_hook_free)

/* One for each scope. Writing needs a transaction. */
gboolean      ch_store_put_hook      (ChStore             *self,
                                      const ChStoredHook  *hook,
                                      GError             **error);
gboolean      ch_store_remove_hook   (ChStore             *self,
                                      gint64               project_id,
                                      GError             **error);
/* NULL without an error where there is none */
ChStoredHook *ch_store_get_hook      (ChStore             *self,
                                      gint64               project_id,
                                      GError             **error);
/* (element-type ChStoredHook), by project id */
GPtrArray    *ch_store_list_hooks    (ChStore             *self,
                                      GError             **error);

G_END_DECLS
