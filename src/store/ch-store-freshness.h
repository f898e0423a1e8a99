#pragma once

#include "ch-store.h"

G_BEGIN_DECLS

/**
 * ChFreshness:
 * @unit: the name of one list of Procore
 * @project_id: the list's project, 0 for the company's
 * @commitment_id: the list's contract, else 0
 * @read_at: when its last complete reading began, Unix microseconds: it is known as of then
 * @changed_at: when a reading last brought something new, Unix microseconds, 0 for never
 */
typedef struct {
  char   *unit;
  gint64  project_id;
  gint64  commitment_id;
  gint64  read_at;
  gint64  changed_at;
} ChFreshness;

void       ch_freshness_free         (ChFreshness  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChFreshness, ch_freshness_free)

/* Notes that the list was read; @changed: whether it brought something new. Belongs into the transaction that takes its
 * content over. Nothing is announced: nobody's list of projects or subs differs by it. */
gboolean   ch_store_put_freshness    (ChStore      *self,
                                      const char   *unit,
                                      gint64        project_id,
                                      gint64        commitment_id,
                                      gint64        read_at,
                                      gboolean      changed,
                                      GError      **error);
/* (element-type ChFreshness): of all lists, those of projects that are gone left out */
GPtrArray *ch_store_list_freshness   (ChStore      *self,
                                      GError      **error);

G_END_DECLS
