#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "ch-seal-private.h"
#include "ch-store-events.h"
#include "ch-store-private.h"

/* The audit trail. Each event's hash covers the hash before it, so that nothing in the middle can be changed, taken
 * out or put in unseen; event_head says where the trail ends, so that it can't be cut off unseen either. */

enum {
  EVENT_ID,
  EVENT_AT,
  EVENT_WHO,
  EVENT_WHAT,
  EVENT_PROJECT_ID,
  EVENT_VENDOR_ID,
  EVENT_SUBJECT,
  EVENT_DETAIL,
  EVENT_HASH,
};

void
ch_event_free (ChEvent *self)
{
  if (self == NULL)
    return;

  g_free (self->who);
  g_free (self->what);
  g_free (self->subject);
  g_free (self->detail);
  g_free (self->hash);
  g_free (self);
}

static ChEvent *
event_from_row (ChQuery *query)
{
  ChEvent *event = g_new0 (ChEvent, 1);

  event->id = _ch_query_get_integer (query, EVENT_ID);
  event->at = _ch_query_get_integer (query, EVENT_AT);
  event->who = _ch_query_dup_text (query, EVENT_WHO);
  event->what = _ch_query_dup_text (query, EVENT_WHAT);
  event->project_id = _ch_query_get_integer (query, EVENT_PROJECT_ID);
  event->vendor_id = _ch_query_get_integer (query, EVENT_VENDOR_ID);
  event->subject = _ch_query_dup_text (query, EVENT_SUBJECT);
  event->detail = _ch_query_dup_text (query, EVENT_DETAIL);
  event->hash = _ch_query_dup_text (query, EVENT_HASH);

  return event;
}

/* With its length before it, so that no text can pass for the end of one and the start of the next. */
static void
hash_text (GChecksum  *checksum,
           const char *text)
{
  g_autofree char *length = NULL;

  if (text == NULL)
    {
      g_checksum_update (checksum, (const guchar *) "-;", 2);
      return;
    }

  length = g_strdup_printf ("%" G_GSIZE_FORMAT ":", strlen (text));
  g_checksum_update (checksum, (const guchar *) length, (gssize) strlen (length));
  g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text));
  g_checksum_update (checksum, (const guchar *) ";", 1);
}

static void
hash_number (GChecksum *checksum,
             gint64     number)
{
  g_autofree char *text = g_strdup_printf ("%" PRId64, number);

  hash_text (checksum, text);
}

/* The members in this order are the format of the chain: it must never change. */
static char *
dup_event_hash (const char    *previous,
                const ChEvent *event)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  hash_text (checksum, previous);
  hash_number (checksum, event->id);
  hash_number (checksum, event->at);
  hash_text (checksum, event->who);
  hash_text (checksum, event->what);
  hash_number (checksum, event->project_id);
  hash_number (checksum, event->vendor_id);
  hash_text (checksum, event->subject);
  hash_text (checksum, event->detail);

  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
get_head (ChStore  *self,
          gint64   *last_id,
          char    **hash,
          GError  **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "get-event-head");

  *last_id = 0;
  *hash = NULL;
  if (_ch_query_next (query))
    {
      *last_id = _ch_query_get_integer (query, 0);
      *hash = _ch_query_dup_text (query, 1);
    }

  return _ch_query_finish (query, error);
}

static gboolean
set_head (ChStore        *self,
          const ChEvent  *event,
          const char     *hash,
          GError        **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "set-event-head");

  _ch_query_bind_integer (query, event->id);
  _ch_query_bind_text (query, hash);

  return _ch_query_run (query, error);
}

static gboolean
append (ChStore        *self,
        const ChEvent  *event,
        const char     *previous,
        GError        **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "add-event");
  g_autofree char *hash = dup_event_hash (previous, event);

  _ch_query_bind_integer (query, event->id);
  _ch_query_bind_integer (query, event->at);
  _ch_query_bind_text (query, event->who);
  _ch_query_bind_text (query, event->what);
  _ch_query_bind_integer (query, event->project_id);
  _ch_query_bind_integer (query, event->vendor_id);
  _ch_query_bind_text (query, event->subject);
  _ch_query_bind_text (query, event->detail);
  _ch_query_bind_text (query, hash);

  return _ch_query_run (query, error) && set_head (self, event, hash, error);
}

/**
 * ch_store_add_event:
 * @what: stable word
 * @project_id: 0 for none
 * @vendor_id: 0 for none
 * @subject: (nullable): what it is about, as a uuid
 * @detail: (nullable): JSON text
 *
 * Adds a line to the audit trail, with the act's `who` and time.
 */
gboolean
ch_store_add_event (ChStore     *self,
                    const char  *what,
                    gint64       project_id,
                    gint64       vendor_id,
                    const char  *subject,
                    const char  *detail,
                    GError     **error)
{
  g_autofree char *previous = NULL;
  ChEvent event = { 0 };
  gint64 last_id;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (what != NULL, FALSE);

  if (!get_head (self, &last_id, &previous, error))
    return FALSE;

  /* Borrowed for the time of this call. */
  event.id = last_id + 1;
  event.at = self->now;
  event.who = self->who;
  event.what = (char *) what;
  event.project_id = project_id;
  event.vendor_id = vendor_id;
  event.subject = (char *) subject;
  event.detail = (char *) detail;

  return _ch_store_begin_step (self, error) &&
         _ch_store_end_step (self, append (self, &event, previous, error), error);
}

/**
 * ch_store_list_events:
 * @since: Unix microseconds; 0 for all
 * @vendor_id: 0 for all
 * @limit: at most so many, counted from @since on; 0 for all
 *
 * Returns: (transfer full) (element-type ChEvent): oldest first
 */
GPtrArray *
ch_store_list_events (ChStore  *self,
                      gint64    since,
                      gint64    vendor_id,
                      guint     limit,
                      GError  **error)
{
  g_autoptr(GPtrArray) events = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  events = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_event_free);
  query = _ch_store_query (self, vendor_id != 0 ? "list-events-of-vendor" : "list-events");
  _ch_query_bind_integer (query, since);
  if (vendor_id != 0)
    _ch_query_bind_integer (query, vendor_id);
  _ch_query_bind_integer (query, limit != 0 ? (gint64) limit : G_MAXINT64);
  while (_ch_query_next (query))
    g_ptr_array_add (events, event_from_row (query));

  return _ch_query_finish (query, error) ? g_steal_pointer (&events) : NULL;
}

/**
 * ch_store_list_latest_events:
 * @vendor_id: 0 for all
 * @limit: at most so many
 *
 * Returns: (transfer full) (element-type ChEvent): newest first
 */
GPtrArray *
ch_store_list_latest_events (ChStore  *self,
                             gint64    vendor_id,
                             guint     limit,
                             GError  **error)
{
  g_autoptr(GPtrArray) events = NULL;
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  events = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_event_free);
  query = _ch_store_query (self, vendor_id != 0 ? "list-latest-events-of-vendor" : "list-latest-events");
  if (vendor_id != 0)
    _ch_query_bind_integer (query, vendor_id);
  _ch_query_bind_integer (query, limit);
  while (_ch_query_next (query))
    g_ptr_array_add (events, event_from_row (query));

  return _ch_query_finish (query, error) ? g_steal_pointer (&events) : NULL;
}

/* Walks the chain and gathers the seals in it. Stops at the first break, which is a problem: what comes after it can't
 * be told. */
static gboolean
walk_trail (ChStore       *self,
            ChSealBook    *book,
            GPtrArray     *problems,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, "list-whole-trail");
  g_autofree char *head = NULL;
  g_autofree char *previous = g_strdup ("");
  gint64 last_id;
  gint64 id = 0;

  if (!get_head (self, &last_id, &head, error))
    return FALSE;

  while (_ch_query_next (query))
    {
      g_autoptr(ChEvent) event = event_from_row (query);
      g_autofree char *hash = dup_event_hash (previous, event);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (event->id != id + 1 || g_strcmp0 (hash, event->hash) != 0)
        {
          g_ptr_array_add (problems, g_strdup_printf (_("The audit trail was tampered with at event %"
                                                        PRId64 "."), id + 1));
          return TRUE;
        }
      if (g_str_equal (event->what, CH_EVENT_SEALED))
        _ch_seal_book_add (book, event->detail);
      id = event->id;
      g_free (previous);
      previous = g_steal_pointer (&hash);
    }
  if (!_ch_query_finish (query, error))
    return FALSE;

  if (id != last_id || g_strcmp0 (previous, head) != 0)
    g_ptr_array_add (problems, g_strdup_printf (_("The audit trail ends at event %" PRId64
                                                  ", but should end at event %" PRId64 "."), id, last_id));

  return TRUE;
}

/* A trail that is broken vouches for nothing. */
gboolean
_ch_store_verify_events (ChStore       *self,
                         GPtrArray     *problems,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr(ChSealBook) book = _ch_seal_book_new ();
  guint n_before = problems->len;

  if (!walk_trail (self, book, problems, cancellable, error))
    return FALSE;

  return problems->len > n_before || _ch_seal_book_verify (book, self, problems, cancellable, error);
}

/**
 * ch_store_get_event_at:
 * @at: Unix microseconds
 * @id: (out): 0 where nothing had been recorded yet
 * @hash: (out) (nullable) (transfer full)
 */
gboolean
ch_store_get_event_at (ChStore  *self,
                       gint64    at,
                       gint64   *id,
                       char    **hash,
                       GError  **error)
{
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), FALSE);

  *id = 0;
  *hash = NULL;
  query = _ch_store_query (self, "get-event-at");
  _ch_query_bind_integer (query, at);
  if (_ch_query_next (query))
    {
      *id = _ch_query_get_integer (query, 0);
      *hash = _ch_query_dup_text (query, 1);
    }

  return _ch_query_finish (query, error);
}
