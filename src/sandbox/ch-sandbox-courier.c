#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-courier-private.h"

#include <libsoup/soup.h>

/* as Procore waits */
#define TIMEOUT_SECONDS 5
#define LOOK_MILLISECONDS 100

struct _ChSandboxCourier
{
  ChSandbox    *sandbox;
  SoupSession  *session;
  GCancellable *cancellable;
  guint         timer;
};

/* One on its way. */
typedef struct {
  ChSandboxCourier *courier;
  char             *id;
  SoupMessage      *message;
} Parcel;

static void
parcel_free (Parcel *self)
{
  g_free (self->id);
  g_object_unref (self->message);
  g_free (self);
}

static void
on_answered_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Parcel *parcel = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  /* The courier has gone. */
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      ch_sandbox_settle_delivery (parcel->courier->sandbox, parcel->id,
                                  answer != NULL ? soup_message_get_status (parcel->message) : 0);
      _ch_sandbox_courier_look (parcel->courier);
    }
  parcel_free (parcel);
}

static void
send (ChSandboxCourier        *self,
      const ChSandboxDelivery *delivery)
{
  SoupMessage *message = soup_message_new ("POST", delivery->url);
  Parcel *parcel;

  if (message == NULL)
    {
      ch_sandbox_settle_delivery (self->sandbox, delivery->id, 0);
      return;
    }
  if (delivery->authorization != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", delivery->authorization);
  soup_message_set_request_body_from_bytes (message, "application/json", delivery->body);
  parcel = g_new0 (Parcel, 1);
  parcel->courier = self;
  parcel->id = g_strdup (delivery->id);
  parcel->message = message;
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, self->cancellable, on_answered_cb, parcel);
}

/*< private > */
void
_ch_sandbox_courier_look (ChSandboxCourier *self)
{
  g_autoptr (GPtrArray) due = NULL;
  guint i;

  ch_sandbox_set_now (self->sandbox, g_get_real_time () + ch_sandbox_get_skew (self->sandbox));
  due = ch_sandbox_take_deliveries (self->sandbox);
  for (i = 0; i < due->len; i++)
    send (self, g_ptr_array_index (due, i));
}

static gboolean
on_timer_cb (gpointer user_data)
{
  _ch_sandbox_courier_look (user_data);
  return G_SOURCE_CONTINUE;
}

/*< private > */
ChSandboxCourier *
_ch_sandbox_courier_new (ChSandbox *sandbox)
{
  ChSandboxCourier *self = g_new0 (ChSandboxCourier, 1);

  self->sandbox = sandbox;
  self->session = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS, "user-agent", "certholder-sandbox", NULL);
  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_add (LOOK_MILLISECONDS, on_timer_cb, self);
  return self;
}

/*< private > */
void
_ch_sandbox_courier_free (ChSandboxCourier *self)
{
  g_source_remove (self->timer);
  g_cancellable_cancel (self->cancellable);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_object_unref (self->cancellable);
  g_free (self);
}
