#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-request-log.h"

#include <string.h>

/* as many as a person would read back */
#define MAX_ENTRIES 500

struct _ChRequestLog
{
  GMutex          mutex;
  GQueue          entries;   /* (element-type ChRequestEntry), oldest first */
  guint64         serial;    /* of the newest */
  ChRequestCounts counts;
};

/**
 * ch_request_entry_free:
 * @self: (transfer full): an entry
 */
void
ch_request_entry_free (ChRequestEntry *self)
{
  g_free (self->method);
  g_free (self->path);
  g_free (self);
}

static ChRequestEntry *
copy_entry (const ChRequestEntry *entry)
{
  ChRequestEntry *copy = g_memdup2 (entry, sizeof *entry);

  copy->method = g_strdup (entry->method);
  copy->path = g_strdup (entry->path);
  return copy;
}

static void
clear (gpointer data)
{
  ChRequestLog *self = data;
  ChRequestEntry *entry;

  while ((entry = g_queue_pop_head (&self->entries)) != NULL)
    ch_request_entry_free (entry);
  g_mutex_clear (&self->mutex);
}

/**
 * ch_request_log_new:
 *
 * Returns: (transfer full): an empty log
 */
ChRequestLog *
ch_request_log_new (void)
{
  ChRequestLog *self = g_atomic_rc_box_new0 (ChRequestLog);

  g_mutex_init (&self->mutex);
  g_queue_init (&self->entries);
  return self;
}

/**
 * ch_request_log_ref:
 * @self: a log
 *
 * Returns: (transfer full): the same
 */
ChRequestLog *
ch_request_log_ref (ChRequestLog *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * ch_request_log_unref:
 * @self: (transfer full): a log
 */
void
ch_request_log_unref (ChRequestLog *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static void
count (ChRequestCounts      *counts,
       const ChRequestEntry *entry)
{
  counts->n_requests++;
  counts->n_bytes += entry->size;
  if (!g_str_equal (entry->method, "GET"))
    counts->n_writes++;
  if (entry->status == 429 || entry->status == 503)
    counts->n_busy++;
  else if (entry->status == 0 || entry->status >= 500)
    counts->n_failed++;
  else if (entry->status >= 400)
    counts->n_refused++;
}

/**
 * ch_request_log_add:
 * @self: the log
 * @entry: a request that has ended; its serial is of no matter
 *
 * Copies it, and forgets the oldest where there are many.
 */
void
ch_request_log_add (ChRequestLog         *self,
                    const ChRequestEntry *entry)
{
  ChRequestEntry *copy = copy_entry (entry);

  g_mutex_lock (&self->mutex);
  copy->serial = ++self->serial;
  count (&self->counts, copy);
  g_queue_push_tail (&self->entries, copy);
  if (self->entries.length > MAX_ENTRIES)
    ch_request_entry_free (g_queue_pop_head (&self->entries));
  g_mutex_unlock (&self->mutex);
}

/**
 * ch_request_log_add_wait:
 * @self: the log
 * @microseconds: for how long a limit was waited out
 */
void
ch_request_log_add_wait (ChRequestLog *self,
                         gint64        microseconds)
{
  g_mutex_lock (&self->mutex);
  self->counts.waited += MAX (microseconds, 0);
  g_mutex_unlock (&self->mutex);
}

/**
 * ch_request_log_list:
 * @self: the log
 * @after: the serial of the last one that is known already, 0 for all
 *
 * Returns: (transfer full) (element-type ChRequestEntry): copies of those since, as far as they are kept, oldest first
 */
GPtrArray *
ch_request_log_list (ChRequestLog *self,
                     guint64       after)
{
  GPtrArray *some = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_request_entry_free);
  GList *l;

  g_mutex_lock (&self->mutex);
  for (l = self->entries.head; l != NULL; l = l->next)
    {
      const ChRequestEntry *entry = l->data;

      if (entry->serial > after)
        g_ptr_array_add (some, copy_entry (entry));
    }
  g_mutex_unlock (&self->mutex);
  return some;
}

/**
 * ch_request_log_get_counts:
 * @self: the log
 * @counts: (out caller-allocates): how many requests of each kind there were so far
 */
void
ch_request_log_get_counts (ChRequestLog    *self,
                           ChRequestCounts *counts)
{
  g_mutex_lock (&self->mutex);
  *counts = self->counts;
  g_mutex_unlock (&self->mutex);
}
