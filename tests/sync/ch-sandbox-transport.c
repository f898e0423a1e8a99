#include "config.h"

#include "ch-sandbox-transport.h"

#include "ch-procore-error.h"

#include <libsoup/soup.h>

struct _TestClock
{
  ChClock parent_instance;

  gint64  now;
};

G_DEFINE_FINAL_TYPE (TestClock, test_clock, CH_TYPE_CLOCK)

static gint64
test_clock_now (ChClock *clock)
{
  return ((TestClock *) clock)->now;
}

static void
test_clock_class_init (TestClockClass *klass)
{
  CH_CLOCK_CLASS (klass)->now = test_clock_now;
}

static void
test_clock_init (TestClock *self)
{
}

TestClock *
test_clock_new (const char *iso)
{
  g_autoptr (GDateTime) instant = g_date_time_new_from_iso8601 (iso, NULL);
  TestClock *self = g_object_new (TEST_TYPE_CLOCK, NULL);

  g_assert_nonnull (instant);
  self->now = g_date_time_to_unix (instant) * G_USEC_PER_SEC;
  return self;
}

void
test_clock_set (TestClock *self,
                gint64     now)
{
  self->now = now;
}

struct _ChSandboxTransport
{
  GObject      parent_instance;

  ChSandbox   *sandbox;
  TestClock   *clock;
  gint64       offset;       /* how far the server's clock is ahead, microseconds */
  ChBreakFunc  break_func;
  gpointer     break_data;
  gboolean     is_broken;
};

static void transport_init (ChTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChSandboxTransport, ch_sandbox_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CH_TYPE_TRANSPORT, transport_init))

static void
ch_sandbox_transport_finalize (GObject *object)
{
  ChSandboxTransport *self = (ChSandboxTransport *) object;

  g_clear_object (&self->sandbox);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (ch_sandbox_transport_parent_class)->finalize (object);
}

static void
ch_sandbox_transport_class_init (ChSandboxTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_sandbox_transport_finalize;
}

static void
ch_sandbox_transport_init (ChSandboxTransport *self)
{
}

static gboolean
breaks (ChSandboxTransport *self,
        const ChRequest    *request,
        gboolean            done,
        GError            **error)
{
  if (!self->is_broken && self->break_func != NULL && self->break_func (request, done, self->break_data))
    self->is_broken = TRUE;
  if (self->is_broken)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the program ended here");
  return self->is_broken;
}

static GHashTable *
lower_names (GHashTable *headers)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (table, g_ascii_strdown (name, -1), g_strdup (value));
  return table;
}

/* What a server with a clock always sends: without it nobody could tell that the clocks differ. */
static char *
dup_date (gint64 now)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);

  return soup_date_time_to_string (date, SOUP_DATE_HTTP);
}

static ChResponse *
send_request (ChTransport     *transport,
              const ChRequest *request,
              GCancellable    *cancellable,
              GError         **error)
{
  ChSandboxTransport *self = (ChSandboxTransport *) transport;
  g_autoptr (GUri) uri = g_uri_parse (request->url, G_URI_FLAGS_ENCODED_QUERY, error);
  g_autoptr (GHashTable) headers = lower_names (request->headers);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (ChSandboxAnswer) answer = NULL;
  ChSandboxRequest inner;
  ChResponse *response;

  g_assert_nonnull (uri);
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || breaks (self, request, FALSE, error))
    return NULL;

  inner = (ChSandboxRequest) { request->method, g_uri_get_path (uri), g_uri_get_query (uri), headers,
                               request->body != NULL ? request->body : nothing };
  ch_sandbox_set_now (self->sandbox, self->clock->now + self->offset);
  answer = ch_sandbox_handle (self->sandbox, &inner);
  if (breaks (self, request, TRUE, error))
    return NULL;
  if (answer->lose_answer)
    {
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_UNKNOWN_OUTCOME, "the connection broke");
      return NULL;
    }

  response = ch_response_new (answer->status);
  g_clear_pointer (&response->headers, g_hash_table_unref);
  response->headers = lower_names (answer->headers);
  g_hash_table_insert (response->headers, g_strdup ("date"), dup_date (self->clock->now + self->offset));
  g_clear_pointer (&response->body, g_bytes_unref);
  response->body = g_bytes_ref (answer->body);
  return response;
}

static gint64
get_now (ChTransport *transport)
{
  return ((ChSandboxTransport *) transport)->clock->now;
}

static gboolean
wait_until (ChTransport  *transport,
            gint64        until,
            GCancellable *cancellable,
            GError      **error)
{
  ChSandboxTransport *self = (ChSandboxTransport *) transport;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  self->clock->now = MAX (self->clock->now, until);
  return TRUE;
}

static void
transport_init (ChTransportInterface *iface)
{
  iface->send = send_request;
  iface->now = get_now;
  iface->wait_until = wait_until;
}

ChSandboxTransport *
ch_sandbox_transport_new (ChSandbox *sandbox,
                          TestClock *clock)
{
  ChSandboxTransport *self = g_object_new (CH_TYPE_SANDBOX_TRANSPORT, NULL);

  self->sandbox = g_object_ref (sandbox);
  self->clock = g_object_ref (clock);
  return self;
}

void
ch_sandbox_transport_set_break (ChSandboxTransport *self,
                                ChBreakFunc         func,
                                gpointer            user_data)
{
  self->break_func = func;
  self->break_data = user_data;
  self->is_broken = FALSE;
}

void
ch_sandbox_transport_set_offset (ChSandboxTransport *self,
                                 gint64              offset)
{
  self->offset = offset;
  ch_sandbox_set_now (self->sandbox, self->clock->now + offset);
}
