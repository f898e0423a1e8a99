#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-loopback-receiver.h"

#include "ch-procore-error.h"
#include "ch-random-private.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

struct _ChLoopbackReceiver
{
  GObject     parent_instance;

  SoupServer *server;
  char       *redirect_uri;
  char       *state;
  char       *code;
  GError     *failure;
  gboolean    answered;
  GTask      *waiting;
  GSource    *cancelled_source;
};

G_DEFINE_FINAL_TYPE (ChLoopbackReceiver, ch_loopback_receiver, G_TYPE_OBJECT)

static void
ch_loopback_receiver_dispose (GObject *object)
{
  ChLoopbackReceiver *self = (ChLoopbackReceiver *) object;

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->redirect_uri, g_free);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->code, g_free);

  G_OBJECT_CLASS (ch_loopback_receiver_parent_class)->dispose (object);
}

static void
ch_loopback_receiver_class_init (ChLoopbackReceiverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ch_loopback_receiver_dispose;
}

static void
ch_loopback_receiver_init (ChLoopbackReceiver *self)
{
  self->state = _ch_random_text ();
}

/* In the time that the length takes, whatever the content. */
static gboolean
is_same (const char *a,
         const char *b)
{
  gsize length = strlen (a);
  guint8 difference = 0;
  gsize i;

  if (strlen (b) != length)
    return FALSE;
  for (i = 0; i < length; i++)
    difference |= (guint8) (a[i] ^ b[i]);
  return difference == 0;
}

/* The source holds a reference on us. */
static void
stop_watching_cancellable (ChLoopbackReceiver *self)
{
  if (self->cancelled_source != NULL)
    g_source_destroy (self->cancelled_source);
  g_clear_pointer (&self->cancelled_source, g_source_unref);
}

static void
hand_over (ChLoopbackReceiver *self)
{
  g_autoptr (GTask) task = NULL;

  if (!self->answered || self->waiting == NULL)
    return;

  stop_watching_cancellable (self);
  task = g_steal_pointer (&self->waiting);
  if (self->code != NULL)
    g_task_return_pointer (task, g_steal_pointer (&self->code), g_free);
  else
    g_task_return_error (task, g_steal_pointer (&self->failure));
}

static void
show_page (SoupServerMessage *message,
           const char        *title,
           const char        *text)
{
  g_autofree char *page = g_strdup_printf (
    "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><title>%s</title>"
    "<style>:root{color-scheme:light dark}body{font:18px system-ui;max-width:32em;margin:20vh auto;padding:0 1em}</style>"
    "<h1>%s</h1><p>%s</p>",
    title, title, text);

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY, page, strlen (page));
}

static void
on_request_cb (SoupServer        *server,
               SoupServerMessage *message,
               const char        *path,
               GHashTable        *query,
               gpointer           user_data)
{
  ChLoopbackReceiver *self = user_data;
  const char *state = query != NULL ? g_hash_table_lookup (query, "state") : NULL;
  const char *code = query != NULL ? g_hash_table_lookup (query, "code") : NULL;
  const char *refused = query != NULL ? g_hash_table_lookup (query, "error") : NULL;

  /* A request that does not know the state is not Procore's answer: it changes nothing. */
  if (self->answered || state == NULL || !is_same (self->state, state) || (code == NULL && refused == NULL))
    {
      soup_server_message_set_status (message, 404, NULL);
      return;
    }

  self->answered = TRUE;
  if (code != NULL)
    {
      self->code = g_strdup (code);
      show_page (message, _ ("Signed in"), _ ("You can close this page and go back to Certholder."));
    }
  else
    {
      g_set_error_literal (&self->failure, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN,
                           g_str_equal (refused, "access_denied") ? _ ("access was denied in the browser")
                                                                  : _ ("Procore did not allow the sign-in"));
      show_page (message, _ ("Not signed in"), _ ("Procore did not allow it. You can close this page."));
    }
  hand_over (self);
}

/**
 * ch_loopback_receiver_new:
 * @port: a port, or 0 to let the system choose
 * @error: why nothing can listen there
 *
 * Returns: (transfer full) (nullable): the browser's other end
 */
ChLoopbackReceiver *
ch_loopback_receiver_new (guint    port,
                          GError **error)
{
  g_autoptr (ChLoopbackReceiver) self = g_object_new (CH_TYPE_LOOPBACK_RECEIVER, NULL);
  GSList *uris;

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request_cb, self, NULL);
  if (!soup_server_listen_local (self->server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return NULL;

  uris = soup_server_get_uris (self->server);
  port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  /* The same port on IPv6, where there is any: a browser may prefer it for “localhost”. */
  if (!soup_server_listen_local (self->server, port, SOUP_SERVER_LISTEN_IPV6_ONLY, NULL))
    g_debug ("no IPv6 loopback address to listen on");
  self->redirect_uri = g_strdup_printf ("http://localhost:%u/", port);
  return g_steal_pointer (&self);
}

/**
 * ch_loopback_receiver_get_redirect_uri:
 * @self: the receiver
 *
 * Returns: (transfer none): where Procore shall send the browser
 */
const char *
ch_loopback_receiver_get_redirect_uri (ChLoopbackReceiver *self)
{
  g_return_val_if_fail (CH_IS_LOOPBACK_RECEIVER (self), NULL);

  return self->redirect_uri;
}

/**
 * ch_loopback_receiver_get_state:
 * @self: the receiver
 *
 * Returns: (transfer none): what must come back with it
 */
const char *
ch_loopback_receiver_get_state (ChLoopbackReceiver *self)
{
  g_return_val_if_fail (CH_IS_LOOPBACK_RECEIVER (self), NULL);

  return self->state;
}

static gboolean
on_cancelled_cb (GCancellable *cancellable,
                 gpointer      user_data)
{
  ChLoopbackReceiver *self = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->waiting);

  if (task != NULL)
    g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

/**
 * ch_loopback_receiver_wait_async:
 * @self: the receiver
 * @cancellable: (nullable): to give up
 * @callback: called when the browser has come
 * @user_data: for @callback
 *
 * Waits for the redirect.
 */
void
ch_loopback_receiver_wait_async (ChLoopbackReceiver *self,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  g_return_if_fail (CH_IS_LOOPBACK_RECEIVER (self));
  g_return_if_fail (self->waiting == NULL);

  self->waiting = g_task_new (self, cancellable, callback, user_data);
  if (cancellable != NULL)
    {
      g_autoptr (GSource) source = g_cancellable_source_new (cancellable);

      g_source_set_callback (source, G_SOURCE_FUNC (on_cancelled_cb), g_object_ref (self), g_object_unref);
      g_source_attach (source, g_main_context_get_thread_default ());
      self->cancelled_source = g_steal_pointer (&source);
    }
  hand_over (self);
}

/**
 * ch_loopback_receiver_wait_finish:
 * @self: the receiver
 * @result: what the callback got
 * @error: %CH_PROCORE_ERROR_SIGN_IN where access was denied, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the code
 */
char *
ch_loopback_receiver_wait_finish (ChLoopbackReceiver *self,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
