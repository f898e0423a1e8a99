#include "config.h"

#include "scripted-transport.h"

#include <string.h>

typedef struct {
  guint  status;       /* 0: a failure */
  char  *headers;
  char  *body;
  int    code;
} Answer;

typedef struct {
  ChRequest *request;
  gint64     at;
} Sent;

struct _ScriptedTransport
{
  GObject     parent_instance;

  GMutex      mutex;
  GQueue      answers;
  GPtrArray  *sent;
  gint64      now;
  ScriptFunc  watch;
  gpointer    watch_data;
};

static void scripted_transport_iface_init (ChTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ScriptedTransport, scripted_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CH_TYPE_TRANSPORT, scripted_transport_iface_init))

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_free (self->headers);
  g_free (self->body);
  g_free (self);
}

static void
sent_free (gpointer data)
{
  Sent *self = data;

  ch_request_free (self->request);
  g_free (self);
}

static void
scripted_transport_finalize (GObject *object)
{
  ScriptedTransport *self = TEST_SCRIPTED_TRANSPORT (object);

  g_queue_clear_full (&self->answers, answer_free);
  g_ptr_array_unref (self->sent);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (scripted_transport_parent_class)->finalize (object);
}

static void
scripted_transport_class_init (ScriptedTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = scripted_transport_finalize;
}

static void
scripted_transport_init (ScriptedTransport *self)
{
  g_mutex_init (&self->mutex);
  g_queue_init (&self->answers);
  self->sent = g_ptr_array_new_with_free_func (sent_free);
  self->now = SCRIPT_START * G_USEC_PER_SEC;
}

static void
keep_request (ScriptedTransport *self,
              const ChRequest   *request)
{
  Sent *sent = g_new0 (Sent, 1);
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  sent->request = ch_request_new (request->method, request->url);
  g_hash_table_iter_init (&iter, request->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (sent->request->headers, g_strdup (name), g_strdup (value));
  if (request->body != NULL)
    sent->request->body = g_bytes_ref (request->body);
  sent->at = self->now - SCRIPT_START * G_USEC_PER_SEC;
  g_ptr_array_add (self->sent, sent);
}

static ChResponse *
make_response (const Answer *answer)
{
  ChResponse *response = ch_response_new (answer->status);
  g_auto (GStrv) lines = g_strsplit (answer->headers != NULL ? answer->headers : "", "\n", -1);
  guint i;

  for (i = 0; lines[i] != NULL; i++)
    {
      char *colon = strstr (lines[i], ": ");

      if (colon != NULL)
        g_hash_table_insert (response->headers, g_strndup (lines[i], colon - lines[i]), g_strdup (colon + 2));
    }
  g_clear_pointer (&response->body, g_bytes_unref);
  response->body = g_bytes_new (answer->body, strlen (answer->body));
  return response;
}

static ChResponse *
scripted_transport_send (ChTransport      *transport,
                         const ChRequest  *request,
                         GCancellable     *cancellable,
                         GError          **error)
{
  ScriptedTransport *self = TEST_SCRIPTED_TRANSPORT (transport);
  Answer *answer;
  ChResponse *response = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  g_mutex_lock (&self->mutex);
  keep_request (self, request);
  answer = g_queue_pop_head (&self->answers);
  g_mutex_unlock (&self->mutex);
  if (answer == NULL)
    g_error ("request %u is not in the script: %s %s", self->sent->len, request->method, request->url);

  if (self->watch != NULL)
    self->watch (request, self->watch_data);
  if (answer->status != 0)
    response = make_response (answer);
  else
    g_set_error_literal (error, CH_PROCORE_ERROR, answer->code, "a failure in the script");
  answer_free (answer);
  return response;
}

static gint64
scripted_transport_now (ChTransport *transport)
{
  ScriptedTransport *self = TEST_SCRIPTED_TRANSPORT (transport);
  gint64 now;

  g_mutex_lock (&self->mutex);
  now = self->now;
  g_mutex_unlock (&self->mutex);
  return now;
}

static gboolean
scripted_transport_wait_until (ChTransport   *transport,
                               gint64         until,
                               GCancellable  *cancellable,
                               GError       **error)
{
  ScriptedTransport *self = TEST_SCRIPTED_TRANSPORT (transport);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  g_mutex_lock (&self->mutex);
  self->now = MAX (self->now, until);
  g_mutex_unlock (&self->mutex);
  g_thread_yield ();
  return TRUE;
}

static void
scripted_transport_iface_init (ChTransportInterface *iface)
{
  iface->send = scripted_transport_send;
  iface->now = scripted_transport_now;
  iface->wait_until = scripted_transport_wait_until;
}

ScriptedTransport *
scripted_transport_new (void)
{
  return g_object_new (TEST_TYPE_SCRIPTED_TRANSPORT, NULL);
}

void
scripted_transport_add_answer (ScriptedTransport *self,
                               guint              status,
                               const char        *headers,
                               const char        *body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->headers = g_strdup (headers);
  answer->body = g_strdup (body);
  g_queue_push_tail (&self->answers, answer);
}

void
scripted_transport_add_failure (ScriptedTransport *self,
                                ChProcoreError     code)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->code = code;
  g_queue_push_tail (&self->answers, answer);
}

void
scripted_transport_set_watch (ScriptedTransport *self,
                              ScriptFunc         func,
                              gpointer           user_data)
{
  self->watch = func;
  self->watch_data = user_data;
}

void
scripted_transport_set_clock (ScriptedTransport *self,
                              gint64             by)
{
  g_mutex_lock (&self->mutex);
  self->now += by * G_USEC_PER_SEC;
  g_mutex_unlock (&self->mutex);
}

guint
scripted_transport_get_n_left (ScriptedTransport *self)
{
  return g_queue_get_length (&self->answers);
}

guint
scripted_transport_get_n_sent (ScriptedTransport *self)
{
  return self->sent->len;
}

static const Sent *
get_sent (ScriptedTransport *self,
          guint              n)
{
  g_assert_cmpuint (n, <, self->sent->len);
  return g_ptr_array_index (self->sent, n);
}

const ChRequest *
scripted_transport_get_request (ScriptedTransport *self,
                                guint              n)
{
  return get_sent (self, n)->request;
}

gint64
scripted_transport_get_sent_at (ScriptedTransport *self,
                                guint              n)
{
  return get_sent (self, n)->at;
}

char *
scripted_transport_dup_line (ScriptedTransport *self,
                             guint              n)
{
  const ChRequest *request = get_sent (self, n)->request;
  const char *path = strchr (strstr (request->url, "://") + 3, '/');

  return g_strconcat (request->method, " ", path, NULL);
}

char *
scripted_transport_dup_body (ScriptedTransport *self,
                             guint              n)
{
  const ChRequest *request = get_sent (self, n)->request;

  g_assert_nonnull (request->body);
  return g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body));
}
