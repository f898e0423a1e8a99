#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-procore.h"

#include "ch-pacer.h"
#include "ch-procore-error-private.h"
#include "ch-procore-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_READ_REPEATS 3
#define MAX_BUSY_REPEATS 5

/* How long an event may take to come, and how many are waited for: a flip of every status is one write for each. */
#define EVENT_SECONDS 600
#define MAX_WRITES 50000

struct _ChProcore
{
  GObject      parent_instance;

  ChPlace     *place;
  ChAuth      *auth;
  ChTransport *transport;
  gint64       company_id;
  ChPacer      pacer;
  ChRequestLog *log;
  GHashTable  *writes;        /* (element-type utf8 gint64): events to expect, and when they were caused */
  guint        n_requests;
  guint        n_writes;
  gint64       last_contact;
};

G_DEFINE_FINAL_TYPE (ChProcore, ch_procore, G_TYPE_OBJECT)

static void
ch_procore_finalize (GObject *object)
{
  ChProcore *self = (ChProcore *) object;

  g_clear_pointer (&self->place, ch_place_free);
  g_clear_object (&self->auth);
  g_clear_object (&self->transport);
  ch_request_log_unref (self->log);
  g_hash_table_unref (self->writes);

  G_OBJECT_CLASS (ch_procore_parent_class)->finalize (object);
}

static void
ch_procore_class_init (ChProcoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_procore_finalize;
}

static void
ch_procore_init (ChProcore *self)
{
  ch_pacer_init (&self->pacer);
  self->log = ch_request_log_new ();
  self->writes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * ch_procore_new:
 * @place: where Procore is
 * @auth: the sign-in
 * @transport: the network
 *
 * Returns: (transfer full): the API, for no company yet
 */
ChProcore *
ch_procore_new (const ChPlace *place,
                ChAuth        *auth,
                ChTransport   *transport)
{
  ChProcore *self = g_object_new (CH_TYPE_PROCORE, NULL);

  self->place = ch_place_new (place->api_url, place->login_url);
  self->auth = g_object_ref (auth);
  self->transport = g_object_ref (transport);
  return self;
}

/**
 * ch_procore_set_company_id:
 * @self: the API
 * @company_id: the company that every call is about
 */
void
ch_procore_set_company_id (ChProcore *self,
                           gint64     company_id)
{
  g_return_if_fail (CH_IS_PROCORE (self));

  self->company_id = company_id;
}

/**
 * ch_procore_get_company_id:
 * @self: the API
 *
 * Returns: the company that every call is about, 0 while none is set
 */
gint64
ch_procore_get_company_id (ChProcore *self)
{
  g_return_val_if_fail (CH_IS_PROCORE (self), 0);

  return self->company_id;
}

/**
 * ch_procore_get_place:
 * @self: the API
 *
 * Returns: (transfer none): where Procore is
 */
const ChPlace *
ch_procore_get_place (ChProcore *self)
{
  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  return self->place;
}

/**
 * ch_procore_get_n_requests:
 * @self: the API
 *
 * Returns: the number of requests sent so far
 */
guint
ch_procore_get_n_requests (ChProcore *self)
{
  g_return_val_if_fail (CH_IS_PROCORE (self), 0);

  return self->n_requests;
}

/**
 * ch_procore_get_n_writes:
 * @self: the API
 *
 * Returns: how many of them could change something
 */
guint
ch_procore_get_n_writes (ChProcore *self)
{
  g_return_val_if_fail (CH_IS_PROCORE (self), 0);

  return self->n_writes;
}

/**
 * ch_procore_get_last_contact:
 * @self: the API
 *
 * Returns: Unix microseconds of the last answer, 0 before the first
 */
gint64
ch_procore_get_last_contact (ChProcore *self)
{
  g_return_val_if_fail (CH_IS_PROCORE (self), 0);

  return self->last_contact;
}

/**
 * ch_procore_get_log:
 * @self: the API
 *
 * Returns: (transfer none): what was sent so far
 */
ChRequestLog *
ch_procore_get_log (ChProcore *self)
{
  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  return self->log;
}

/**
 * ch_procore_set_log:
 * @self: the API
 * @log: where requests are noted from now on; it may be looked at by other threads
 */
void
ch_procore_set_log (ChProcore    *self,
                    ChRequestLog *log)
{
  g_return_if_fail (CH_IS_PROCORE (self));

  ch_request_log_ref (log);
  ch_request_log_unref (self->log);
  self->log = log;
}

static char *
make_write_key (const char *resource_name,
                gint64      record_id)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT, resource_name, record_id);
}

static gboolean
is_old (gpointer key,
        gpointer value,
        gpointer user_data)
{
  const gint64 *at = value;
  const gint64 *now = user_data;

  return *now - *at > EVENT_SECONDS * (gint64) G_USEC_PER_SEC;
}

/*< private > */
void
_ch_procore_note_write (ChProcore  *self,
                        const char *resource_name,
                        gint64      record_id)
{
  gint64 now = ch_transport_now (self->transport);

  if (g_hash_table_size (self->writes) >= MAX_WRITES)
    g_hash_table_foreach_remove (self->writes, is_old, &now);
  if (g_hash_table_size (self->writes) < MAX_WRITES)
    g_hash_table_insert (self->writes, make_write_key (resource_name, record_id), g_memdup2 (&now, sizeof now));
}

/**
 * ch_procore_take_own_write:
 * @self: the API
 * @resource_name: as events name it
 * @record_id: the record that an event tells of
 *
 * Each write explains one event: a second one is somebody else's.
 *
 * Returns: whether a write of ours explains it
 */
gboolean
ch_procore_take_own_write (ChProcore  *self,
                           const char *resource_name,
                           gint64      record_id)
{
  g_autofree char *key = make_write_key (resource_name, record_id);
  gint64 now = ch_transport_now (self->transport);
  gint64 *at;
  gboolean is_own;

  g_return_val_if_fail (CH_IS_PROCORE (self), FALSE);

  at = g_hash_table_lookup (self->writes, key);
  is_own = at != NULL && !is_old (key, at, &now);
  g_hash_table_remove (self->writes, key);
  return is_own;
}

/**
 * ch_procore_get_rate:
 * @self: the API
 * @limit: (out): requests in the nearer limit's window, -1 while unknown
 * @remaining: (out): what is left of them
 * @reset: (out): when the window ends, Unix seconds
 */
void
ch_procore_get_rate (ChProcore *self,
                     int       *limit,
                     int       *remaining,
                     gint64    *reset)
{
  g_return_if_fail (CH_IS_PROCORE (self));

  *limit = self->pacer.limit;
  *remaining = self->pacer.remaining;
  *reset = self->pacer.reset;
}

/**
 * ch_procore_get_hourly_rate:
 * @self: the API
 * @limit: (out): requests in an hour, -1 until an answer spoke of it
 * @remaining: (out): what was left of them then, -1 until an answer spoke of it
 * @reset: (out): when that hour ends, Unix seconds
 */
void
ch_procore_get_hourly_rate (ChProcore *self,
                            int       *limit,
                            int       *remaining,
                            gint64    *reset)
{
  g_return_if_fail (CH_IS_PROCORE (self));

  *limit = self->pacer.hourly_limit;
  *remaining = self->pacer.hourly_remaining;
  *reset = self->pacer.hourly_reset;
}

/*< private > */
ChTransport *
_ch_procore_get_transport (ChProcore *self)
{
  return self->transport;
}

/* Adds what `errors` or `message` say, whatever their shape: texts, lists of texts, lists by field. */
static void
collect_texts (JsonNode   *node,
               const char *prefix,
               GString    *texts)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint i;

      for (i = 0; i < json_array_get_length (array); i++)
        collect_texts (json_array_get_element (array, i), prefix, texts);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *member;
      JsonNode *value;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &member, &value))
        collect_texts (value, member, texts);
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING && texts->len < 500)
    {
      g_string_append_printf (texts, "%s%s%s%s", texts->len > 0 ? "; " : "", prefix != NULL ? prefix : "",
                              prefix != NULL ? " " : "", json_node_get_string (node));
    }
}

/*< private > */
char *
_ch_procore_describe_errors (JsonNode *node)
{
  GString *texts = g_string_new (NULL);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      static const char *const members[] = { "errors", "error", "message", "error_description" };
      guint i;

      for (i = 0; i < G_N_ELEMENTS (members) && texts->len == 0; i++)
        collect_texts (json_object_get_member (json_node_get_object (node), members[i]), NULL, texts);
    }
  if (texts->len == 0)
    g_string_append (texts, _ ("no reason given"));
  return g_string_free (texts, FALSE);
}

static char *
describe_answer (const ChResponse *response)
{
  gsize length;
  const char *data = g_bytes_get_data (response->body, &length);
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (length == 0 || !g_utf8_validate (data, length, NULL) || !json_parser_load_from_data (parser, data, length, NULL))
    return g_strdup (_ ("no reason given"));
  return _ch_procore_describe_errors (json_parser_get_root (parser));
}

static void
set_error_from_answer (const ChResponse *response,
                       gboolean          is_read,
                       GError          **error)
{
  g_autofree char *why = describe_answer (response);

  switch (response->status)
    {
    case 400:
    case 422:
      g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID, _ ("Procore refuses it: %s"), why);
      break;
    case 401:
      g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN, _ ("Procore no longer accepts the sign-in: %s"), why);
      break;
    case 403:
      if (strstr (why, "not connected") != NULL)
        g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_CONNECTED, _ ("the app is not connected to this company"));
      else
        g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_FORBIDDEN, _ ("Procore gives no permission: %s"), why);
      break;
    case 404:
    case 410:
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_FOUND, _ ("Procore does not have it"));
      break;
    case 409:
    case 412:
      g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_CONFLICT, _ ("it changed in Procore at the same moment: %s"), why);
      break;
    default:
      /* A write that ended in a server's failure may have been done. */
      g_set_error (error, CH_PROCORE_ERROR,
                   is_read || response->status < 500 ? CH_PROCORE_ERROR_SERVER : CH_PROCORE_ERROR_UNKNOWN_OUTCOME,
                   _ ("Procore answers with status %u"), response->status);
    }
}

/* /me and /companies are asked before a company is known; a service account needs it there too once it is. */
static ChRequest *
make_request (ChProcore  *self,
              const char *method,
              const char *path,
              const char *content_type,
              GBytes     *body,
              const char *token)
{
  g_autofree char *url = g_strconcat (self->place->api_url, path, NULL);
  ChRequest *request = ch_request_new (method, url);

  g_hash_table_insert (request->headers, g_strdup ("Authorization"), g_strconcat ("Bearer ", token, NULL));
  g_hash_table_insert (request->headers, g_strdup ("Accept"), g_strdup ("application/json"));
  if (self->company_id != 0)
    g_hash_table_insert (request->headers, g_strdup ("Procore-Company-Id"),
                         g_strdup_printf ("%" G_GINT64_FORMAT, self->company_id));
  if (body != NULL)
    {
      g_hash_table_insert (request->headers, g_strdup ("Content-Type"), g_strdup (content_type));
      request->body = g_bytes_ref (body);
    }
  return request;
}

/* Neither headers nor bodies: they hold tokens and people's data. */
static void
note_request (ChProcore        *self,
              const char       *method,
              const char       *path,
              const ChResponse *response,
              gint64            started)
{
  gint64 remaining = -1;
  const char *text = response != NULL ? ch_response_get_header (response, "x-rate-limit-remaining") : NULL;
  ChRequestEntry entry = { .at = started,
                           .method = (char *) method,
                           .path = (char *) path,
                           .status = response != NULL ? response->status : 0,
                           .duration = ch_transport_now (self->transport) - started,
                           .size = response != NULL ? g_bytes_get_size (response->body) : 0 };

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT, &remaining, NULL))
    remaining = -1;
  entry.remaining = (int) remaining;
  ch_request_log_add (self->log, &entry);
  g_debug ("%s %s: %u in %" G_GINT64_FORMAT " ms, %" G_GSIZE_FORMAT " bytes, %d left", method, path, entry.status,
           entry.duration / 1000, entry.size, entry.remaining);
}

/* One turn over the wire. @token gets the token that was used. */
static ChResponse *
send_once (ChProcore    *self,
           const char   *method,
           const char   *path,
           const char   *content_type,
           GBytes       *body,
           char        **token,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (ChRequest) request = NULL;
  ChResponse *response;
  gint64 started = ch_transport_now (self->transport);

  if (!ch_pacer_wait (&self->pacer, self->transport, cancellable, error))
    return NULL;
  ch_request_log_add_wait (self->log, ch_transport_now (self->transport) - started);
  g_clear_pointer (token, g_free);
  *token = ch_auth_dup_access_token (self->auth, cancellable, error);
  if (*token == NULL)
    return NULL;

  request = make_request (self, method, path, content_type, body, *token);
  started = ch_transport_now (self->transport);
  self->n_requests++;
  if (!g_str_equal (method, "GET"))
    self->n_writes++;
  response = ch_transport_send (self->transport, request, cancellable, error);
  note_request (self, method, path, response, started);
  if (response != NULL)
    {
      self->last_contact = ch_transport_now (self->transport);
      ch_pacer_observe (&self->pacer, response, self->last_contact);
    }
  return response;
}

/* Whether a read that failed like this may be worth another try soon; sleeps before it. */
static gboolean
wait_to_read_again (ChProcore    *self,
                    guint         attempt,
                    GCancellable *cancellable,
                    GError      **error)
{
  gint64 wait = (G_GINT64_CONSTANT (1) << attempt) * G_USEC_PER_SEC / 2 + g_random_int_range (0, G_USEC_PER_SEC / 4);

  return ch_transport_wait_until (self->transport, ch_transport_now (self->transport) + wait, cancellable, error);
}

static gboolean
is_busy (const ChResponse *response)
{
  return response->status == 429 || response->status == 503;
}

/*< private > */
ChResponse *
_ch_procore_call (ChProcore    *self,
                  const char   *method,
                  const char   *path,
                  const char   *content_type,
                  GBytes       *body,
                  GCancellable *cancellable,
                  GError      **error)
{
  gboolean is_read = g_str_equal (method, "GET");
  g_autofree char *token = NULL;
  gboolean renewed = FALSE;
  guint n_busy = 0;
  guint n_failed = 0;

  for (;;)
    {
      g_autoptr (GError) cause = NULL;
      g_autoptr (ChResponse) response = send_once (self, method, path, content_type, body, &token, cancellable, &cause);

      if (response != NULL && response->status >= 200 && response->status < 300)
        return g_steal_pointer (&response);

      if (response != NULL && response->status == 401 && !renewed)
        {
          renewed = TRUE;
          if (!ch_auth_renew (self->auth, token, cancellable, error))
            return NULL;
          continue;
        }
      /* Surely not done: both may be repeated, whatever the method. */
      if (response != NULL && is_busy (response))
        {
          ch_pacer_back_off (&self->pacer, response, ch_transport_now (self->transport), n_busy);
          if (n_busy++ < MAX_BUSY_REPEATS)
            continue;
          _ch_procore_error_set_busy (error, self->pacer.not_before / G_USEC_PER_SEC + 1);
          return NULL;
        }

      if (cause == NULL)
        set_error_from_answer (response, is_read, &cause);
      if (is_read && n_failed < MAX_READ_REPEATS
          && (g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER)
              || g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_UNKNOWN_OUTCOME)))
        {
          if (!wait_to_read_again (self, n_failed++, cancellable, error))
            return NULL;
          continue;
        }

      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
}

/*< private > */
JsonNode *
_ch_procore_parse_json (const ChResponse *response,
                        gboolean          is_read,
                        GError          **error)
{
  gsize length;
  const char *data = g_bytes_get_data (response->body, &length);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root = NULL;

  if (length > 0 && g_utf8_validate (data, length, NULL) && json_parser_load_from_data (parser, data, length, NULL))
    root = json_parser_steal_root (parser);
  /* A write was answered with success: it is done, though nobody can say how. */
  if (root == NULL)
    g_set_error_literal (error, CH_PROCORE_ERROR, is_read ? CH_PROCORE_ERROR_SERVER : CH_PROCORE_ERROR_UNKNOWN_OUTCOME,
                         _ ("Procore's answer makes no sense (it is not JSON)"));
  return root;
}

/*< private > */
JsonNode *
_ch_procore_call_json (ChProcore    *self,
                       const char   *method,
                       const char   *path,
                       JsonNode     *body,
                       GCancellable *cancellable,
                       GError      **error)
{
  gboolean is_read = g_str_equal (method, "GET");
  g_autoptr (GBytes) bytes = NULL;
  guint attempt;

  if (body != NULL)
    {
      char *text = json_to_string (body, FALSE);

      bytes = g_bytes_new_take (text, strlen (text));
    }

  for (attempt = 0;; attempt++)
    {
      g_autoptr (ChResponse) response = _ch_procore_call (self, method, path, "application/json", bytes, cancellable, error);
      g_autoptr (GError) cause = NULL;
      JsonNode *node;

      if (response == NULL)
        return NULL;
      node = _ch_procore_parse_json (response, is_read, &cause);
      if (node != NULL)
        return node;
      if (!is_read || attempt >= MAX_READ_REPEATS)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return NULL;
        }
      if (!wait_to_read_again (self, attempt, cancellable, error))
        return NULL;
    }
}
