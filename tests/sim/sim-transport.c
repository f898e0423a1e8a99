#include "config.h"

#include "sim-transport.h"

#include "ch-procore-error.h"
#include "ch-sandbox-private.h"

#include <string.h>

typedef struct {
  SimFault fault;
  char    *method;      /* (nullable) for any */
  char    *pattern;
  guint    left;        /* 0: for good */
} Fault;

struct _SimTransport
{
  GObject             parent_instance;

  ChSandbox          *sandbox;
  ChSandboxTransport *inner;
  TestClock          *clock;
  gint64              offset;
  GRand              *rand;
  GPtrArray          *faults;
  SimWatchFunc        watch;
  gpointer            watch_data;
  gboolean            is_broken;
  guint               n_requests;
  guint               n_writes;
};

static void transport_init (ChTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SimTransport, sim_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CH_TYPE_TRANSPORT, transport_init))

static const char *const fault_names[SIM_N_FAULTS]
  = { "offline",       "lost before",   "lost after",  "truncated",       "not JSON",    "an HTML page",   "an empty body",
      "429",           "503",           "500",         "502 after",       "revoked",     "403",            "not connected",
      "409",           "422",           "404",         "slow",            "last page lost", "first element twice", "more fields" };

const char *
sim_fault_to_string (SimFault fault)
{
  return fault_names[fault];
}

static void
fault_free (gpointer data)
{
  Fault *self = data;

  g_free (self->method);
  g_free (self->pattern);
  g_free (self);
}

static void
sim_transport_finalize (GObject *object)
{
  SimTransport *self = (SimTransport *) object;

  g_clear_object (&self->sandbox);
  g_clear_object (&self->inner);
  g_clear_object (&self->clock);
  g_rand_free (self->rand);
  g_ptr_array_unref (self->faults);

  G_OBJECT_CLASS (sim_transport_parent_class)->finalize (object);
}

static void
sim_transport_class_init (SimTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sim_transport_finalize;
}

static void
sim_transport_init (SimTransport *self)
{
  self->faults = g_ptr_array_new_with_free_func (fault_free);
}

static const char *
get_path (const ChRequest *request)
{
  const char *host = strstr (request->url, "://");

  return host != NULL ? strchrnul (host + 3, '/') : request->url;
}

/* The fault that befalls the request; -1 for none. Of one kind after the other, so that they can be combined. */
static int
take_fault (SimTransport    *self,
            const ChRequest *request)
{
  g_autofree char *path = g_strndup (get_path (request), strcspn (get_path (request), "?"));
  guint i;

  for (i = 0; i < self->faults->len; i++)
    {
      Fault *fault = g_ptr_array_index (self->faults, i);
      SimFault kind = fault->fault;

      if (fault->method != NULL && !g_str_equal (fault->method, request->method))
        continue;
      if (!g_pattern_match_simple (fault->pattern, path))
        continue;
      if (fault->left > 0 && --fault->left == 0)
        g_ptr_array_remove_index (self->faults, i);
      return kind;
    }
  return -1;
}

static ChResponse *
make_answer (guint       status,
             const char *body)
{
  ChResponse *answer = ch_response_new (status);

  g_bytes_unref (answer->body);
  answer->body = g_bytes_new (body, strlen (body));
  return answer;
}

static void
set_header (ChResponse *answer,
            const char *name,
            char       *value)
{
  g_hash_table_insert (answer->headers, g_strdup (name), value);
}

static void
set_body (ChResponse *answer,
          const char *body,
          gsize       length)
{
  /* @body may be a part of what goes. */
  GBytes *before = answer->body;

  answer->body = g_bytes_new (body, length);
  g_bytes_unref (before);
}

/* What happens instead of the work: an error, or an answer. FALSE where the work is done. */
static gboolean
happens_instead (SimTransport *self,
                 int           fault,
                 ChResponse  **answer,
                 GError      **error)
{
  gint64 now = ch_clock_now (CH_CLOCK (self->clock)) / G_USEC_PER_SEC;

  switch (fault)
    {
    case SIM_FAULT_OFFLINE:
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_OFFLINE, "no route to host");
      return TRUE;
    case SIM_FAULT_LOST_BEFORE:
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_UNKNOWN_OUTCOME, "the connection broke");
      return TRUE;
    case SIM_FAULT_BUSY_429:
      *answer = make_answer (429, "{\"errors\":\"too many\"}");
      if (g_rand_boolean (self->rand))
        {
          set_header (*answer, "x-rate-limit-limit", g_strdup ("3600"));
          set_header (*answer, "x-rate-limit-remaining", g_strdup ("0"));
          set_header (*answer, "x-rate-limit-reset", g_strdup_printf ("%" G_GINT64_FORMAT, now + 20));
        }
      return TRUE;
    case SIM_FAULT_BUSY_503:
      *answer = make_answer (503, "<html><h1>Down for maintenance</h1></html>");
      if (g_rand_boolean (self->rand))
        set_header (*answer, "retry-after", g_strdup ("7"));
      return TRUE;
    case SIM_FAULT_SERVER_500:
      *answer = make_answer (500, "<html>We're sorry, but something went wrong</html>");
      return TRUE;
    case SIM_FAULT_FORBIDDEN:
      *answer = make_answer (403, "{\"errors\":\"You do not have permission\"}");
      return TRUE;
    case SIM_FAULT_NOT_CONNECTED:
      *answer = make_answer (403, "{\"errors\":\"App is not connected to this company\"}");
      return TRUE;
    case SIM_FAULT_CONFLICT:
      *answer = make_answer (409, "{\"errors\":\"try again\"}");
      return TRUE;
    case SIM_FAULT_REFUSED:
      *answer = make_answer (422, "{\"errors\":{\"base\":[\"is refused\"]}}");
      return TRUE;
    case SIM_FAULT_NOT_FOUND:
      *answer = make_answer (404, "{\"errors\":\"not found\"}");
      return TRUE;
    default:
      return FALSE;
    }
}

static void
drop_next_page (ChResponse *answer)
{
  g_hash_table_remove (answer->headers, "link");
}

static JsonArray *
find_array (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  if (JSON_NODE_HOLDS_OBJECT (node) && json_object_has_member (json_node_get_object (node), "data"))
    return json_object_get_array_member (json_node_get_object (node), "data");
  return NULL;
}

/* A list that names its first element once more at its end, as when one was inserted before it between two pages. */
static void
repeat_first (JsonNode *node)
{
  JsonArray *array = find_array (node);

  if (array != NULL && json_array_get_length (array) > 0)
    json_array_add_element (array, json_node_copy (json_array_get_element (array, 0)));
}

static void
add_fields (JsonArray *array,
            guint      i,
            JsonNode  *element,
            gpointer   user_data)
{
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (element))
    return;
  object = json_node_get_object (element);
  json_object_set_null_member (object, "a_new_field");
  json_object_set_array_member (object, "another_new_field", json_array_new ());
}

static void
change_json (ChResponse *answer,
             int         fault)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body));
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autofree char *changed = NULL;

  if (node == NULL)
    return;
  if (fault == SIM_FAULT_FIRST_TWICE)
    repeat_first (node);
  else if (find_array (node) != NULL)
    json_array_foreach_element (find_array (node), add_fields, NULL);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    add_fields (NULL, 0, node, NULL);
  changed = json_to_string (node, FALSE);
  set_body (answer, changed, strlen (changed));
}

/* What becomes of an answer on its way; TRUE where it is lost. */
static gboolean
spoil (SimTransport *self,
       int           fault,
       ChResponse   *answer,
       GError      **error)
{
  gsize length = g_bytes_get_size (answer->body);

  switch (fault)
    {
    case SIM_FAULT_LOST_AFTER:
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_UNKNOWN_OUTCOME, "the connection broke");
      return TRUE;
    case SIM_FAULT_TRUNCATED:
      set_body (answer, g_bytes_get_data (answer->body, NULL), length / 2);
      return FALSE;
    case SIM_FAULT_NOT_JSON:
      set_body (answer, "oops", 4);
      return FALSE;
    case SIM_FAULT_HTML_PAGE:
      set_body (answer, "<html><body>Please log in</body></html>", 39);
      return FALSE;
    case SIM_FAULT_EMPTY_BODY:
      set_body (answer, "", 0);
      return FALSE;
    case SIM_FAULT_SERVER_502_AFTER:
      answer->status = 502;
      set_body (answer, "<html>Bad gateway</html>", 24);
      return FALSE;
    case SIM_FAULT_SLOW:
      test_clock_set (self->clock, ch_clock_now (CH_CLOCK (self->clock)) + 30 * G_USEC_PER_SEC);
      return FALSE;
    case SIM_FAULT_LAST_PAGE_LOST:
      drop_next_page (answer);
      return FALSE;
    case SIM_FAULT_FIRST_TWICE:
    case SIM_FAULT_MORE_FIELDS:
      change_json (answer, fault);
      return FALSE;
    default:
      return FALSE;
    }
}

static gboolean
set_broken (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the program ended here");
  return TRUE;
}

static gboolean
watch (SimTransport     *self,
       const ChRequest  *request,
       SimStage          stage,
       const ChResponse *answer,
       GError          **error)
{
  if (!self->is_broken && self->watch != NULL && self->watch (request, stage, answer, self->watch_data))
    self->is_broken = TRUE;
  return self->is_broken && set_broken (error);
}

static gboolean
has_next_page (const ChResponse *answer)
{
  const char *link = ch_response_get_header (answer, "link");

  return link != NULL && strstr (link, "rel=\"next\"") != NULL;
}

/* Whether the client has the answer as the server gave it. What has no further page loses none. */
static gboolean
is_whole (int      fault,
          gboolean goes_on)
{
  static const SimFault spoiling[] = { SIM_FAULT_TRUNCATED, SIM_FAULT_NOT_JSON, SIM_FAULT_HTML_PAGE, SIM_FAULT_EMPTY_BODY,
                                       SIM_FAULT_SERVER_502_AFTER };
  guint i;

  if (fault == SIM_FAULT_LAST_PAGE_LOST)
    return !goes_on;
  for (i = 0; i < G_N_ELEMENTS (spoiling); i++)
    {
      if (fault == (int) spoiling[i])
        return FALSE;
    }
  return TRUE;
}

static ChResponse *
send_request (ChTransport     *transport,
              const ChRequest *request,
              GCancellable    *cancellable,
              GError         **error)
{
  SimTransport *self = (SimTransport *) transport;
  g_autoptr (ChResponse) answer = NULL;
  gboolean goes_on;
  int fault;

  if (self->is_broken)
    {
      set_broken (error);
      return NULL;
    }
  self->n_requests++;
  if (!g_str_equal (request->method, "GET") && strstr (request->url, "/oauth/") == NULL)
    self->n_writes++;
  test_clock_set (self->clock, ch_clock_now (CH_CLOCK (self->clock)) + g_rand_int_range (self->rand, 30, 300) * 1000);
  if (watch (self, request, SIM_STAGE_SENT, NULL, error) || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  fault = take_fault (self, request);
  if (fault == SIM_FAULT_REVOKED)
    g_hash_table_remove_all (self->sandbox->access_tokens);
  if (happens_instead (self, fault, &answer, error))
    return g_steal_pointer (&answer);

  answer = ch_transport_send (CH_TRANSPORT (self->inner), request, NULL, error);
  goes_on = answer != NULL && has_next_page (answer);
  if (answer == NULL || watch (self, request, SIM_STAGE_DONE, answer, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error) || spoil (self, fault, answer, error)
      || (is_whole (fault, goes_on) && watch (self, request, SIM_STAGE_ANSWERED, answer, error)))
    return NULL;
  return g_steal_pointer (&answer);
}

static gint64
get_now (ChTransport *transport)
{
  return ch_clock_now (CH_CLOCK (((SimTransport *) transport)->clock));
}

static gboolean
wait_until (ChTransport  *transport,
            gint64        until,
            GCancellable *cancellable,
            GError      **error)
{
  SimTransport *self = (SimTransport *) transport;

  if (self->is_broken)
    return !set_broken (error);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  test_clock_set (self->clock, MAX (ch_clock_now (CH_CLOCK (self->clock)), until));
  return TRUE;
}

static void
transport_init (ChTransportInterface *iface)
{
  iface->send = send_request;
  iface->now = get_now;
  iface->wait_until = wait_until;
}

/**
 * sim_transport_new:
 * @rand: (transfer full): the network's own chance
 */
SimTransport *
sim_transport_new (ChSandbox *sandbox,
                   TestClock *clock,
                   GRand     *rand)
{
  SimTransport *self = g_object_new (SIM_TYPE_TRANSPORT, NULL);

  self->sandbox = g_object_ref (sandbox);
  self->inner = ch_sandbox_transport_new (sandbox, clock);
  self->clock = g_object_ref (clock);
  self->rand = rand;
  return self;
}

void
sim_transport_set_watch (SimTransport *self,
                         SimWatchFunc  func,
                         gpointer      user_data)
{
  self->watch = func;
  self->watch_data = user_data;
}

void
sim_transport_add_fault (SimTransport *self,
                         SimFault      fault,
                         const char   *method,
                         const char   *pattern,
                         guint         count)
{
  Fault *added = g_new0 (Fault, 1);

  added->fault = fault;
  added->method = g_strdup (method);
  added->pattern = g_strdup (pattern);
  added->left = count;
  g_ptr_array_add (self->faults, added);
}

void
sim_transport_clear_faults (SimTransport *self)
{
  g_ptr_array_set_size (self->faults, 0);
}

void
sim_transport_break (SimTransport *self)
{
  self->is_broken = TRUE;
}

gboolean
sim_transport_is_broken (SimTransport *self)
{
  return self->is_broken;
}

void
sim_transport_mend (SimTransport *self)
{
  self->is_broken = FALSE;
}

guint
sim_transport_get_n_requests (SimTransport *self)
{
  return self->n_requests;
}

guint
sim_transport_get_n_writes (SimTransport *self)
{
  return self->n_writes;
}

void
sim_transport_shift_client (SimTransport *self,
                            gint64        by)
{
  self->offset -= by;
  test_clock_set (self->clock, ch_clock_now (CH_CLOCK (self->clock)) + by);
  sim_transport_tell_time (self);
}

/* So that people act in the server's present. */
void
sim_transport_tell_time (SimTransport *self)
{
  ch_sandbox_transport_set_offset (self->inner, self->offset);
}
