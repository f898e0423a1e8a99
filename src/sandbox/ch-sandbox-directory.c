#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

#include <string.h>

static ChSandboxAnswer *
refuse_missing (const char *what)
{
  return _ch_answer_problem (404, what, "does not exist");
}

/* Whether one of the call's ids of the company is another company's. */
static gboolean
is_ours (gint64 company_id)
{
  return company_id == CH_SANDBOX_COMPANY_ID;
}

static ChSandboxAnswer *
list_companies (ChCall *call)
{
  JsonArray *all = json_array_new ();
  JsonObject *company = _ch_reference (CH_SANDBOX_COMPANY_ID, "name", CH_SANDBOX_COMPANY_NAME);

  json_object_set_boolean_member (company, "is_active", TRUE);
  json_array_add_object_element (all, company);
  return _ch_call_list (call, all, 100, 300, FALSE);
}

/* The name is the directory's: only with a company or a project there is one. */
static ChSandboxAnswer *
show_me (ChCall *call)
{
  gint64 company_id = _ch_call_query_id (call, "company_id");
  JsonObject *me = json_object_new ();

  json_object_set_int_member (me, "id", 562949953421999);
  json_object_set_string_member (me, "login", "insurance.desk@harborandmain.example");
  if (is_ours (company_id) || _ch_record_find (call->sandbox->projects, _ch_call_query_id (call, "project_id")) != NULL)
    json_object_set_string_member (me, "name", "Insurance Desk");
  return _ch_answer_object (200, me);
}

static ChSandboxAnswer *
list_records (ChCall    *call,
              GPtrArray *records)
{
  JsonArray *all = json_array_new ();
  guint i;

  for (i = 0; i < records->len; i++)
    if (_ch_call_in_range (call, g_ptr_array_index (records, i)))
      json_array_add_object_element (all, _ch_record_copy (g_ptr_array_index (records, i), NULL));
  return _ch_call_list (call, all, 100, 2000, FALSE);
}

static ChSandboxAnswer *
list_stages (ChCall *call)
{
  return is_ours (call->ids[0]) ? list_records (call, call->sandbox->stages) : refuse_missing ("company");
}

static ChSandboxAnswer *
list_trades (ChCall *call)
{
  return is_ours (call->ids[0]) ? list_records (call, call->sandbox->trades) : refuse_missing ("company");
}

static gboolean
is_in_ids (ChCall *call,
           gint64  id)
{
  const char *one = _ch_call_query (call, "filters[id]");
  const char *ids = one != NULL ? one : _ch_call_query (call, "filters[id][]");
  g_auto (GStrv) list = NULL;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  if (ids == NULL)
    return TRUE;
  list = g_strsplit (ids, ",", -1);
  return g_strv_contains ((const char *const *) list, text);
}

static gboolean
has_status (ChCall     *call,
            JsonObject *project)
{
  const char *status = _ch_call_query (call, "filters[by_status]");

  if (status != NULL && g_str_equal (status, "All"))
    return TRUE;
  return _ch_record_flag (project, "active") == (status == NULL || g_str_equal (status, "Active"));
}

static gboolean
is_project_listed (ChCall     *call,
                   JsonObject *project)
{
  gint64 vendor_id = _ch_call_query_id (call, "filters[vendor_id]");
  gint64 id = _ch_record_id (project, "id");

  return has_status (call, project) && _ch_call_in_range (call, project) && is_in_ids (call, id)
         && (vendor_id == 0 || _ch_has_membership (call->sandbox, id, vendor_id));
}

/* One project in the view that was asked for; `ids` is the bare number. */
static void
add_project (JsonArray  *all,
             JsonObject *project,
             const char *view)
{
  if (g_strcmp0 (view, "ids") == 0)
    json_array_add_int_element (all, _ch_record_id (project, "id"));
  else
    json_array_add_object_element (all, _ch_record_copy (project, g_strcmp0 (view, "compact") == 0 ? "id name" : NULL));
}

static ChSandboxAnswer *
list_projects (ChCall *call)
{
  const char *view = _ch_call_query (call, "view");
  gboolean ids = view != NULL && g_str_equal (view, "ids");
  JsonArray *all;
  guint i;

  if (!is_ours (_ch_call_query_id (call, "company_id")))
    return _ch_answer_problem (403, "company_id", "App is not connected to this company");
  if (_ch_call_query_id (call, "per_page") > 300)
    return _ch_answer_problem (400, "per_page", "must be at most 300");
  all = json_array_new ();
  for (i = 0; i < call->sandbox->projects->len; i++)
    {
      JsonObject *project = g_ptr_array_index (call->sandbox->projects, i);

      if (is_project_listed (call, project))
        add_project (all, project, view);
    }
  return _ch_call_list (call, all, ids ? 0 : 100, 300, FALSE);
}

static ChSandboxAnswer *
show_project (ChCall *call)
{
  JsonObject *project = _ch_record_find (call->sandbox->projects, call->ids[0]);

  return project != NULL ? _ch_answer_object (200, _ch_record_copy (project, NULL)) : refuse_missing ("project");
}

static JsonObject *
show_vendor (ChCall     *call,
             JsonObject *vendor,
             gboolean    with_projects)
{
  const char *view = _ch_call_query (call, "view");
  gboolean ids = view != NULL && g_str_equal (view, "ids_only");
  JsonObject *copy = _ch_record_copy (vendor, ids ? "id" : NULL);

  if (with_projects && view != NULL && g_str_equal (view, "extended"))
    {
      GArray *ids_of_projects = _ch_list_vendor_projects (call->sandbox, _ch_record_id (vendor, "id"));
      JsonArray *projects = json_array_new ();
      guint i;

      for (i = 0; ids_of_projects != NULL && i < ids_of_projects->len; i++)
        json_array_add_int_element (projects, g_array_index (ids_of_projects, gint64, i));
      json_object_set_array_member (copy, "project_ids", projects);
    }
  return copy;
}

static ChSandboxAnswer *
list_company_vendors (ChCall  *call,
                      gboolean active)
{
  JsonArray *all = json_array_new ();
  guint i;

  for (i = 0; i < call->sandbox->vendors->len; i++)
    {
      JsonObject *vendor = g_ptr_array_index (call->sandbox->vendors, i);

      if (_ch_record_flag (vendor, "is_active") == active && _ch_call_in_range (call, vendor)
          && is_in_ids (call, _ch_record_id (vendor, "id")))
        json_array_add_object_element (all, show_vendor (call, vendor, TRUE));
    }
  return _ch_call_list (call, all, 100, 2000, FALSE);
}

static ChSandboxAnswer *
list_vendors (ChCall *call)
{
  return is_ours (_ch_call_query_id (call, "company_id")) ? list_company_vendors (call, TRUE) : refuse_missing ("company");
}

static ChSandboxAnswer *
list_inactive_vendors (ChCall *call)
{
  return is_ours (call->ids[0]) ? list_company_vendors (call, FALSE) : refuse_missing ("company");
}

static ChSandboxAnswer *
list_project_vendors (ChCall *call)
{
  JsonArray *all;
  guint i;

  if (_ch_record_find (call->sandbox->projects, call->ids[0]) == NULL)
    return refuse_missing ("project");
  all = json_array_new ();
  for (i = 0; i < call->sandbox->vendors->len; i++)
    {
      JsonObject *vendor = g_ptr_array_index (call->sandbox->vendors, i);

      if (_ch_has_membership (call->sandbox, call->ids[0], _ch_record_id (vendor, "id")))
        json_array_add_object_element (all, show_vendor (call, vendor, FALSE));
    }
  return _ch_call_list (call, all, 100, 2000, FALSE);
}

/* What the signed-in user may do: everything, but where a project's `_access` says less of a tool. */
static ChSandboxAnswer *
show_permissions (ChCall *call)
{
  static const char *const names[] = { "directory", "home", "documents", "commitments", "admin" };
  JsonObject *project = _ch_record_find (call->sandbox->projects, _ch_call_query_id (call, "project_id"));
  JsonObject *access = project != NULL && json_object_has_member (project, "_access")
                         ? json_object_get_object_member (project, "_access")
                         : NULL;
  JsonObject *object = json_object_new ();
  JsonArray *tools = json_array_new ();
  guint i;

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonObject *tool = _ch_reference (i + 1, "name", names[i]);

      const char *less = access != NULL ? _ch_record_text (access, names[i]) : NULL;

      json_object_set_object_member (tool, "user_access_level",
                                     less != NULL ? _ch_reference (2, "name", less) : _ch_reference (4, "name", "admin"));
      json_array_add_object_element (tools, tool);
    }
  json_object_set_array_member (object, "tools", tools);
  return _ch_answer_object (200, object);
}

#define PAGING "page:int per_page:int "
#define COMPANY_VIEWS "view:compact|normal|erp|extended|directory|summary "
#define PROJECT_VIEWS "view:extended|ids_only|list|name|minimal|normal "

const ChRoute _ch_directory_routes[] = {
  { "GET", "/rest/v1.0/companies", PAGING "include_free_companies:bool", CH_BODY_NONE, NULL, list_companies },
  { "GET", "/rest/v1.0/me", "company_id:int project_id:int", CH_BODY_NONE, NULL, show_me },
  { "GET", "/rest/v1.0/companies/{id}/project_stages", PAGING "project_id:int", CH_BODY_NONE, NULL, list_stages },
  { "GET", "/rest/v1.0/companies/{id}/trades", PAGING "filters[updated_at]:range", CH_BODY_NONE, NULL, list_trades },
  { "GET", "/rest/v1.1/projects",
    PAGING "company_id:int! view:ids|compact|normal|extended filters[by_status]:Active|Inactive|All "
           "filters[updated_at]:range filters[id]:int filters[id][]:int filters[vendor_id]:int",
    CH_BODY_NONE, NULL, list_projects },
  { "GET", "/rest/v1.0/projects/{id}", "company_id:int!", CH_BODY_NONE, NULL, show_project },
  { "GET", "/rest/v1.0/vendors", PAGING COMPANY_VIEWS "company_id:int! filters[updated_at]:range filters[id][]:int", CH_BODY_NONE,
    NULL, list_vendors },
  { "GET", "/rest/v1.0/companies/{id}/vendors/inactive", PAGING COMPANY_VIEWS, CH_BODY_NONE, NULL, list_inactive_vendors },
  { "GET", "/rest/v1.1/projects/{id}/vendors", PAGING PROJECT_VIEWS "filters[id][]:int", CH_BODY_NONE, NULL, list_project_vendors },
  { "GET", "/rest/v1.0/settings/permissions", "company_id:int project_id:int filter_correspondence_types:bool", CH_BODY_NONE, NULL, show_permissions },
  { NULL },
};
