#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChRequestEntry:
 * @serial: counts from 1, over the life of the log
 * @at: when it was sent, Unix microseconds
 * @method: `GET`, `PATCH`, …
 * @path: with its query, without the host; never a token, a signature or what was sent
 * @status: of the answer, 0 where none came
 * @duration: till the whole answer was there, microseconds
 * @size: of the answer, bytes
 * @remaining: what the answer said is left of the nearer limit, -1 where it said nothing
 */
typedef struct {
  guint64  serial;
  gint64   at;
  char    *method;
  char    *path;
  guint    status;
  gint64   duration;
  gsize    size;
  int      remaining;
} ChRequestEntry;

void ch_request_entry_free (ChRequestEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChRequestEntry, ch_request_entry_free)

/**
 * ChRequestCounts:
 * @n_requests: all, sign-in left out
 * @n_writes: those that could change something
 * @n_refused: answered with 4xx, 429 left out
 * @n_busy: answered with 429 or 503
 * @n_failed: answered with another 5xx, or not at all
 * @n_bytes: of all answers
 * @waited: for the limits, microseconds
 */
typedef struct {
  guint64 n_requests;
  guint64 n_writes;
  guint64 n_refused;
  guint64 n_busy;
  guint64 n_failed;
  guint64 n_bytes;
  gint64  waited;
} ChRequestCounts;

/* The last requests of one program, and how many of each kind there were. Thread-safe, shared by reference. */
typedef struct _ChRequestLog ChRequestLog;

ChRequestLog *ch_request_log_new        (void);
ChRequestLog *ch_request_log_ref        (ChRequestLog          *self);
void          ch_request_log_unref      (ChRequestLog          *self);
void          ch_request_log_add        (ChRequestLog          *self,
                                         const ChRequestEntry  *entry);
void          ch_request_log_add_wait   (ChRequestLog          *self,
                                         gint64                 microseconds);
GPtrArray    *ch_request_log_list       (ChRequestLog          *self,
                                         guint64                after);
void          ch_request_log_get_counts (ChRequestLog          *self,
                                         ChRequestCounts       *counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChRequestLog, ch_request_log_unref)

G_END_DECLS
