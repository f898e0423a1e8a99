#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (ChSandbox, ch_sandbox, G_TYPE_OBJECT)

#define FIRST_ID G_GINT64_CONSTANT (562949953500000)

static void
clear_pointers (ChSandbox *self)
{
  GPtrArray **arrays[] = { &self->projects, &self->vendors, &self->stages, &self->trades, &self->commitments,
                           &self->insurances, &self->folders, &self->files, &self->links, &self->memberships,
                           &self->faults, &self->journal, &self->hooks, &self->deliveries };
  GHashTable **tables[] = { &self->uploads, &self->contents, &self->access_tokens, &self->refresh_tokens, &self->codes };
  guint i;

  _ch_index_reset (self);
  for (i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_clear_pointer (arrays[i], g_ptr_array_unref);
  for (i = 0; i < G_N_ELEMENTS (tables); i++)
    g_clear_pointer (tables[i], g_hash_table_unref);
}

static void
ch_sandbox_finalize (GObject *object)
{
  ChSandbox *self = CH_SANDBOX (object);

  clear_pointers (self);
  g_clear_pointer (&self->backup, _ch_backup_free);
  g_free (self->client_id);
  g_free (self->client_secret);
  G_OBJECT_CLASS (ch_sandbox_parent_class)->finalize (object);
}

static void
ch_sandbox_class_init (ChSandboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_sandbox_finalize;
}

static GHashTable *
new_table (GDestroyNotify free_value)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_value);
}

/*< private >
 * Forgets every record, token and fault; the client and the limits stay.
 */
void
_ch_clear_records (ChSandbox *self)
{
  GPtrArray **arrays[] = { &self->projects, &self->vendors, &self->stages, &self->trades, &self->commitments,
                           &self->insurances, &self->folders, &self->files, &self->links, &self->memberships,
                           &self->faults, &self->journal, &self->hooks, &self->deliveries };
  guint i;

  clear_pointers (self);
  for (i = 0; i < G_N_ELEMENTS (arrays); i++)
    *arrays[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->uploads = new_table ((GDestroyNotify) json_object_unref);
  self->contents = new_table ((GDestroyNotify) g_bytes_unref);
  self->access_tokens = new_table ((GDestroyNotify) json_object_unref);
  self->refresh_tokens = new_table ((GDestroyNotify) json_object_unref);
  self->codes = new_table ((GDestroyNotify) json_object_unref);
  self->next_id = FIRST_ID;
  self->n_settled = 0;
  self->n_events = 0;
}

static void
ch_sandbox_init (ChSandbox *self)
{
  self->now = G_GINT64_CONSTANT (1780300800) * G_USEC_PER_SEC;   /* 2026-06-01 08:00 UTC, until a clock is set */
  self->client_id = g_strdup ("sandbox-client");
  self->client_secret = g_strdup ("sandbox-secret");
  self->limit_hourly = 3600;
  self->limit_spike = 100;
}

/**
 * ch_sandbox_new:
 *
 * Returns: (transfer full): a Procore that holds the demo company
 */
ChSandbox *
ch_sandbox_new (void)
{
  ChSandbox *self = g_object_new (CH_TYPE_SANDBOX, NULL);

  ch_sandbox_tell (self, TRUE);
  return self;
}

/**
 * ch_sandbox_new_empty:
 *
 * Returns: (transfer full): a Procore that holds the company without projects and vendors
 */
ChSandbox *
ch_sandbox_new_empty (void)
{
  ChSandbox *self = g_object_new (CH_TYPE_SANDBOX, NULL);

  ch_sandbox_tell (self, FALSE);
  return self;
}

/**
 * ch_sandbox_set_now:
 * @now: Unix microseconds
 */
void
ch_sandbox_set_now (ChSandbox *self,
                    gint64     now)
{
  g_return_if_fail (CH_IS_SANDBOX (self));

  self->now = now;
}

/**
 * ch_sandbox_get_now:
 *
 * Returns: the time that the sandbox lives in, Unix microseconds
 */
gint64
ch_sandbox_get_now (ChSandbox *self)
{
  g_return_val_if_fail (CH_IS_SANDBOX (self), 0);

  return self->now;
}

/**
 * ch_sandbox_get_skew:
 *
 * Returns: how far people moved the clock through the sandbox's own doors, microseconds
 */
gint64
ch_sandbox_get_skew (ChSandbox *self)
{
  g_return_val_if_fail (CH_IS_SANDBOX (self), 0);

  return self->skew;
}

/**
 * ch_sandbox_set_client:
 *
 * The only app that may sign in.
 */
void
ch_sandbox_set_client (ChSandbox  *self,
                       const char *client_id,
                       const char *client_secret)
{
  g_return_if_fail (CH_IS_SANDBOX (self));

  g_free (self->client_id);
  self->client_id = g_strdup (client_id);
  g_free (self->client_secret);
  self->client_secret = g_strdup (client_secret);
}

/**
 * ch_sandbox_set_limits:
 * @hourly: requests an hour
 * @spike: requests in ten seconds
 */
void
ch_sandbox_set_limits (ChSandbox *self,
                       guint      hourly,
                       guint      spike)
{
  g_return_if_fail (CH_IS_SANDBOX (self));

  self->limit_hourly = hourly;
  self->limit_spike = spike;
}

/**
 * ch_sandbox_set_page_cap:
 * @page_cap: 0 for the documented bounds
 *
 * Makes small lists long ones: no page has more elements than this.
 */
void
ch_sandbox_set_page_cap (ChSandbox *self,
                         guint      page_cap)
{
  g_return_if_fail (CH_IS_SANDBOX (self));

  self->page_cap = page_cap;
}

/**
 * ch_sandbox_tell:
 * @demo: the demo company; else the company without projects and vendors
 *
 * Begins anew. The same story always makes the same records.
 */
void
ch_sandbox_tell (ChSandbox *self,
                 gboolean   demo)
{
  g_return_if_fail (CH_IS_SANDBOX (self));

  self->is_empty_story = !demo;
  self->size = (ChSandboxSize) { 0 };
  _ch_clear_records (self);
  _ch_tell_story (self);
}

/**
 * ch_sandbox_tell_company:
 * @size: how many records of each kind
 *
 * Begins anew with a company of that size.
 */
void
ch_sandbox_tell_company (ChSandbox           *self,
                         const ChSandboxSize *size)
{
  ChSandboxSize kept = *size;

  g_return_if_fail (CH_IS_SANDBOX (self));

  ch_sandbox_tell (self, FALSE);
  self->size = kept;
  _ch_make_company (self, &kept);
}

static gboolean
needs_company (const char *path)
{
  return !g_str_equal (path, "/rest/v1.0/me") && !g_str_equal (path, "/rest/v1.0/companies");
}

/* What every call under /rest needs before its route is looked at; NULL if it may pass. */
static ChSandboxAnswer *
check_admission (ChCall *call)
{
  ChSandboxAnswer *problem = _ch_limits_take (call->sandbox);
  const char *company = g_hash_table_lookup (call->request->headers, "procore-company-id");

  if (problem != NULL)
    return problem;
  if (_ch_oauth_find_token (call) == NULL)
    return _ch_answer_problem (401, "token", "The access token is missing, expired or revoked");
  if (!needs_company (call->request->path))
    return NULL;
  if (company == NULL)
    return _ch_answer_problem (400, "Procore-Company-Id", "is missing");
  if (g_ascii_strtoll (company, NULL, 10) != CH_SANDBOX_COMPANY_ID)
    return _ch_answer_problem (403, "company", "App is not connected to this company");
  return NULL;
}

static ChSandboxAnswer *
handle_rest (ChCall *call)
{
  static const ChRoute *const tables[]
    = { _ch_directory_routes, _ch_commitment_routes, _ch_insurance_routes, _ch_document_routes, _ch_link_routes,
        _ch_webhook_routes };
  ChSandboxAnswer *answer = check_admission (call);
  gboolean path_known = FALSE;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (tables) && answer == NULL; i++)
    {
      const ChRoute *route = _ch_route_find (tables[i], call, &path_known);

      if (route != NULL)
        answer = _ch_route_run (route, call);
    }
  if (answer == NULL)
    answer = path_known ? _ch_answer_problem (405, "method", "is not allowed here") : _ch_answer_problem (404, "path", "is not known");
  _ch_limits_tell (call->sandbox, answer);
  return answer;
}

static ChSandboxAnswer *
handle_other (ChCall *call)
{
  static const ChRoute *const tables[] = { _ch_oauth_routes, _ch_document_routes, _ch_admin_routes, _ch_people_routes,
                                           _ch_page_routes };
  gboolean path_known = FALSE;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      const ChRoute *route = _ch_route_find (tables[i], call, &path_known);

      if (route != NULL)
        return _ch_route_run (route, call);
    }
  return path_known ? _ch_answer_problem (405, "method", "is not allowed here") : _ch_answer_problem (404, "path", "is not known");
}

static ChSandboxAnswer *
handle_call (ChCall *call)
{
  return g_str_has_prefix (call->request->path, "/rest/") ? handle_rest (call) : handle_other (call);
}

static void
cut_body (ChSandboxAnswer *answer,
          const char      *kind)
{
  GBytes *whole = answer->body;

  if (g_str_equal (kind, "malformed"))
    answer->body = g_bytes_new_static ("<html>oops", 10);
  else
    answer->body = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);
  g_bytes_unref (whole);
}

static ChSandboxAnswer *
handle_faulty (ChCall     *call,
               JsonObject *fault)
{
  const char *kind = _ch_record_text (fault, "kind");
  gint64 retry_after = _ch_record_id (fault, "retry_after");
  ChSandboxAnswer *answer;

  if (g_str_equal (kind, "status"))
    {
      answer = _ch_answer_problem (_ch_record_id (fault, "status"), "server", "A fault that was asked for");
      if (retry_after > 0)
        _ch_answer_header (answer, "Retry-After", "%" G_GINT64_FORMAT, retry_after);
      return answer;
    }
  if (g_str_equal (kind, "lose_before"))
    {
      answer = _ch_answer_problem (503, "server", "A fault that was asked for");
      answer->lose_answer = TRUE;
      return answer;
    }
  if (g_str_equal (kind, "revoke"))
    g_hash_table_remove_all (call->sandbox->access_tokens);
  answer = handle_call (call);
  if (g_str_equal (kind, "lose_after"))
    answer->lose_answer = TRUE;
  else if (!g_str_equal (kind, "revoke"))
    cut_body (answer, kind);
  return answer;
}

static void
write_journal (ChSandbox              *self,
               const ChSandboxRequest *request,
               guint                   status)
{
  JsonObject *entry = json_object_new ();

  json_object_set_string_member (entry, "method", request->method);
  json_object_set_string_member (entry, "path", request->path);
  if (request->query != NULL)
    json_object_set_string_member (entry, "query", request->query);
  json_object_set_int_member (entry, "status", status);
  g_ptr_array_add (self->journal, entry);
}

/**
 * ch_sandbox_handle:
 * @request: what a client sends
 *
 * Does what Procore does with @request, with the faults that were asked for.
 *
 * Returns: (transfer full): the answer
 */
ChSandboxAnswer *
ch_sandbox_handle (ChSandbox              *self,
                   const ChSandboxRequest *request)
{
  g_autoptr (ChCall) call = NULL;
  g_autoptr (JsonObject) fault = NULL;
  ChSandboxAnswer *answer;
  gboolean is_admin;

  g_return_val_if_fail (CH_IS_SANDBOX (self), NULL);

  is_admin = g_str_has_prefix (request->path, "/sandbox/");
  self->is_app_acting = g_str_has_prefix (request->path, "/rest/");
  call = _ch_call_new (self, request);
  fault = is_admin ? NULL : _ch_faults_take (self, request);
  answer = fault != NULL ? handle_faulty (call, fault) : handle_call (call);
  /* A batch of statuses only adds records; whatever else was done may have changed any. */
  if (!g_str_equal (request->method, "GET") && !g_str_has_suffix (request->path, "/insurances/sync"))
    _ch_index_reset (self);
  if (!is_admin)
    write_journal (self, request, answer->status);
  return answer;
}
