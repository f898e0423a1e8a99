#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-procore-private.h"

#include <glib/gi18n-lib.h>

/* As large as Procore recommends at most; projects have a limit of their own. */
#define PER_PAGE 2000
#define PROJECTS_PER_PAGE 300

/**
 * ch_company_free:
 * @self: (transfer full): a company
 */
void
ch_company_free (ChCompany *self)
{
  g_free (self->name);
  g_free (self);
}

/**
 * ch_user_free:
 * @self: (transfer full): a user
 */
void
ch_user_free (ChUser *self)
{
  g_free (self->login);
  g_free (self->name);
  g_free (self);
}

static char *
dup_text (JsonObject *object,
          const char *member)
{
  return g_strdup (_ch_wire_get_text (object, member));
}

static gpointer
parse_company (JsonObject *object,
               gpointer    user_data)
{
  ChCompany *company = g_new0 (ChCompany, 1);

  company->id = _ch_wire_get_id (object, "id");
  company->name = dup_text (object, "name");
  company->is_active = _ch_wire_get_boolean (object, "is_active", TRUE);
  return company;
}

static gpointer
parse_stage (JsonObject *object,
             gpointer    user_data)
{
  return ch_stage_new (_ch_wire_get_id (object, "id"), _ch_wire_get_text (object, "name"),
                       _ch_wire_get_text (object, "category"));
}

static gpointer
parse_project (JsonObject *object,
               gpointer    user_data)
{
  ChProject *project = ch_project_new ();
  JsonObject *stage = _ch_wire_get_object (object, "project_stage");

  project->id = _ch_wire_get_id (object, "id");
  project->name = dup_text (object, "name");
  project->project_number = dup_text (object, "project_number");
  project->stage_id = stage != NULL ? _ch_wire_get_id (stage, "id") : _ch_wire_get_id (object, "project_stage_id");
  project->stage_name = dup_text (stage, "name");
  project->active = _ch_wire_get_boolean (object, "active", TRUE);
  project->is_demo = _ch_wire_get_boolean (object, "is_demo", FALSE);
  project->is_template = _ch_wire_get_boolean (object, "template", FALSE);
  project->tz_name = dup_text (object, "tz_name");
  project->address = dup_text (object, "address");
  project->city = dup_text (object, "city");
  project->state_code = dup_text (object, "state_code");
  project->zip = dup_text (object, "zip");
  project->updated_at = dup_text (object, "updated_at");
  project->origin_id = dup_text (object, "origin_id");
  project->company_name = dup_text (_ch_wire_get_object (object, "company"), "name");
  return project;
}

static void
take_trades (ChVendor  *vendor,
             JsonArray *trades)
{
  guint i;

  for (i = 0; trades != NULL && i < json_array_get_length (trades); i++)
    {
      JsonNode *node = json_array_get_element (trades, i);
      const char *name = JSON_NODE_HOLDS_OBJECT (node) ? _ch_wire_get_text (json_node_get_object (node), "name") : NULL;

      if (name != NULL)
        g_ptr_array_add (vendor->trades, g_strdup (name));
    }
}

/* A view that has the member says who works where, also where it says null for nowhere. */
static void
take_project_ids (ChVendor   *vendor,
                  JsonObject *object)
{
  JsonArray *ids = _ch_wire_get_array (object, "project_ids");
  guint i;

  vendor->has_project_ids = json_object_has_member (object, "project_ids");
  for (i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      gint64 id = _ch_wire_node_get_id (json_array_get_element (ids, i));

      if (id != 0)
        g_array_append_val (vendor->project_ids, id);
    }
}

/* @user_data is not NULL for the list of inactive vendors, whose view need not say so. */
static gpointer
parse_vendor (JsonObject *object,
              gpointer    user_data)
{
  ChVendor *vendor = ch_vendor_new ();

  vendor->id = _ch_wire_get_id (object, "id");
  vendor->name = dup_text (object, "name");
  vendor->trade_name = dup_text (object, "trade_name");
  vendor->legal_name = dup_text (object, "legal_name");
  vendor->abbreviated_name = dup_text (object, "abbreviated_name");
  vendor->address = dup_text (object, "address");
  vendor->city = dup_text (object, "city");
  vendor->state_code = dup_text (object, "state_code");
  vendor->zip = dup_text (object, "zip");
  vendor->email_address = dup_text (object, "email_address");
  vendor->business_phone = dup_text (object, "business_phone");
  vendor->license_number = dup_text (object, "license_number");
  vendor->origin_id = dup_text (object, "origin_id");
  vendor->parent_id = _ch_wire_get_id (_ch_wire_get_object (object, "parent"), "id");
  vendor->is_active = user_data == NULL && _ch_wire_get_boolean (object, "is_active", TRUE);
  vendor->updated_at = dup_text (object, "updated_at");
  take_trades (vendor, _ch_wire_get_array (object, "trades"));
  take_project_ids (vendor, object);
  return vendor;
}

/**
 * ch_procore_list_companies:
 * @self: the API
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type ChCompany) (nullable): the companies that the sign-in sees
 */
GPtrArray *
ch_procore_list_companies (ChProcore    *self,
                           GCancellable *cancellable,
                           GError      **error)
{
  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  return _ch_procore_list (self, "/rest/v1.0/companies", 100, parse_company, NULL, (GDestroyNotify) ch_company_free,
                           cancellable, error);
}

/**
 * ch_procore_get_me:
 * @self: the API
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (nullable): who is signed in
 */
ChUser *
ch_procore_get_me (ChProcore    *self,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  ChUser *user;
  gint64 company_id;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  company_id = ch_procore_get_company_id (self);
  path = company_id != 0 ? g_strdup_printf ("/rest/v1.0/me?company_id=%" G_GINT64_FORMAT, company_id)
                         : g_strdup ("/rest/v1.0/me");
  node = _ch_procore_call_json (self, "GET", path, NULL, cancellable, error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER, _ ("Procore's answer about the user makes no sense"));
      return NULL;
    }

  object = json_node_get_object (node);
  user = g_new0 (ChUser, 1);
  user->id = _ch_wire_get_id (object, "id");
  user->login = dup_text (object, "login");
  user->name = dup_text (object, "name");
  return user;
}

/**
 * ch_procore_list_stages:
 * @self: the API
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type ChStage) (nullable): the company's project stages
 */
GPtrArray *
ch_procore_list_stages (ChProcore    *self,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = g_strdup_printf ("/rest/v1.0/companies/%" G_GINT64_FORMAT "/project_stages", ch_procore_get_company_id (self));
  return _ch_procore_list (self, path, PER_PAGE, parse_stage, NULL, (GDestroyNotify) ch_stage_free, cancellable, error);
}

/**
 * ch_procore_list_projects:
 * @self: the API
 * @updated_since: Unix seconds; only what changed at that second or later, 0 for all
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type ChProject) (nullable): projects, active or not
 */
GPtrArray *
ch_procore_list_projects (ChProcore    *self,
                          gint64        updated_since,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_autofree char *filter = _ch_updated_filter (updated_since);
  g_autofree char *path = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = g_strdup_printf ("/rest/v1.1/projects?company_id=%" G_GINT64_FORMAT "&filters%%5Bby_status%%5D=All&view=extended%s",
                          ch_procore_get_company_id (self), filter);
  return _ch_procore_list (self, path, PROJECTS_PER_PAGE, parse_project, NULL, (GDestroyNotify) ch_project_free, cancellable,
                           error);
}

/**
 * ch_procore_list_some_projects:
 * @self: the API
 * @n: at most so many, of one page
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type ChProject) (nullable): active projects, the first that Procore lists
 */
GPtrArray *
ch_procore_list_some_projects (ChProcore    *self,
                               guint         n,
                               GCancellable *cancellable,
                               GError      **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = g_strdup_printf ("/rest/v1.1/projects?company_id=%" G_GINT64_FORMAT "&filters%%5Bby_status%%5D=Active&view=extended",
                          ch_procore_get_company_id (self));
  return _ch_procore_list_first (self, path, MIN (n, PROJECTS_PER_PAGE), parse_project, NULL, (GDestroyNotify) ch_project_free,
                                 cancellable, error);
}

/* So many ids make an address that every server takes. */
#define IDS_PER_REQUEST 100

/* filters[id][] for each of up to @n ids from @from on, as a piece of a query with its & */
static char *
make_id_filter (GArray *ids,
                guint   from,
                guint   n)
{
  GString *filter = g_string_new (NULL);
  guint i;

  for (i = from; i < ids->len && i - from < n; i++)
    g_string_append_printf (filter, "&filters%%5Bid%%5D%%5B%%5D=%" G_GINT64_FORMAT, g_array_index (ids, gint64, i));
  return g_string_free (filter, FALSE);
}

/* One project, or none where it can't be seen (any more). */
static GPtrArray *
list_one_project (ChProcore     *self,
                  gint64         project_id,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (GPtrArray) projects = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_project_free);
  g_autoptr (GError) cause = NULL;
  ChProject *project = ch_procore_get_project (self, project_id, cancellable, &cause);

  if (project != NULL)
    g_ptr_array_add (projects, project);
  if (project != NULL || g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_FOUND))
    return g_steal_pointer (&projects);

  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

/**
 * ch_procore_list_projects_by_id:
 * @self: the API
 * @ids: (element-type gint64): at least one
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type ChProject) (nullable): those of them that can be seen, active or not
 */
GPtrArray *
ch_procore_list_projects_by_id (ChProcore    *self,
                                GArray       *ids,
                                GCancellable *cancellable,
                                GError      **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_project_free);
  guint from;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);
  g_return_val_if_fail (ids->len > 0, NULL);

  if (ids->len == 1)
    return list_one_project (self, g_array_index (ids, gint64, 0), cancellable, error);

  for (from = 0; from < ids->len; from += IDS_PER_REQUEST)
    {
      g_autofree char *filter = make_id_filter (ids, from, IDS_PER_REQUEST);
      g_autofree char *path
        = g_strdup_printf ("/rest/v1.1/projects?company_id=%" G_GINT64_FORMAT "&filters%%5Bby_status%%5D=All&view=extended%s",
                           ch_procore_get_company_id (self), filter);
      GPtrArray *some = _ch_procore_list (self, path, PROJECTS_PER_PAGE, parse_project, NULL, (GDestroyNotify) ch_project_free,
                                          cancellable, error);

      if (some == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (all, some);
    }
  return g_steal_pointer (&all);
}

/**
 * ch_procore_list_project_ids:
 * @self: the API
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * The cheap proof of what is still there: one call, however many projects.
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the ids of all projects
 */
GArray *
ch_procore_list_project_ids (ChProcore    *self,
                             GCancellable *cancellable,
                             GError      **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = g_strdup_printf ("/rest/v1.1/projects?company_id=%" G_GINT64_FORMAT "&filters%%5Bby_status%%5D=All&view=ids",
                          ch_procore_get_company_id (self));
  return _ch_procore_list_ids (self, path, 0, cancellable, error);
}

/**
 * ch_procore_get_project:
 * @self: the API
 * @project_id: the project
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (nullable): the project
 */
ChProject *
ch_procore_get_project (ChProcore    *self,
                        gint64        project_id,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = g_strdup_printf ("/rest/v1.0/projects/%" G_GINT64_FORMAT "?company_id=%" G_GINT64_FORMAT, project_id,
                          ch_procore_get_company_id (self));
  node = _ch_procore_call_json (self, "GET", path, NULL, cancellable, error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER, _ ("Procore's answer about the project makes no sense"));
      return NULL;
    }
  return parse_project (json_node_get_object (node), NULL);
}

/**
 * ch_procore_list_vendors:
 * @self: the API
 * @updated_since: Unix seconds; only what changed at that second or later, 0 for all
 * @mark: (nullable): what the list was when it was last read
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * The extended view carries each vendor's projects: who works where costs nothing more.
 *
 * Returns: (transfer full) (element-type ChVendor) (nullable): the active vendors; none where ch_list_mark_is_unchanged()
 */
GPtrArray *
ch_procore_list_vendors (ChProcore    *self,
                         gint64        updated_since,
                         ChListMark   *mark,
                         GCancellable *cancellable,
                         GError      **error)
{
  g_autofree char *filter = _ch_updated_filter (updated_since);
  g_autofree char *path = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = g_strdup_printf ("/rest/v1.0/vendors?company_id=%" G_GINT64_FORMAT "&view=extended%s",
                          ch_procore_get_company_id (self), filter);
  return _ch_procore_list_again (self, path, PER_PAGE, mark, parse_vendor, NULL, (GDestroyNotify) ch_vendor_free, cancellable,
                                 error);
}

/**
 * ch_procore_list_vendors_by_id:
 * @self: the API
 * @ids: (element-type gint64): at least one
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type ChVendor) (nullable): those of them that are active
 */
GPtrArray *
ch_procore_list_vendors_by_id (ChProcore    *self,
                               GArray       *ids,
                               GCancellable *cancellable,
                               GError      **error)
{
  g_autofree char *filter = make_id_filter (ids, 0, ids->len);
  g_autofree char *path = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);
  g_return_val_if_fail (ids->len > 0, NULL);

  path = g_strdup_printf ("/rest/v1.0/vendors?company_id=%" G_GINT64_FORMAT "&view=extended%s",
                          ch_procore_get_company_id (self), filter);
  return _ch_procore_list (self, path, PER_PAGE, parse_vendor, NULL, (GDestroyNotify) ch_vendor_free, cancellable, error);
}

/**
 * ch_procore_list_inactive_vendors:
 * @self: the API
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type ChVendor) (nullable): the inactive vendors
 */
GPtrArray *
ch_procore_list_inactive_vendors (ChProcore    *self,
                                  GCancellable *cancellable,
                                  GError      **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = g_strdup_printf ("/rest/v1.0/companies/%" G_GINT64_FORMAT "/vendors/inactive?view=extended",
                          ch_procore_get_company_id (self));
  return _ch_procore_list (self, path, PER_PAGE, parse_vendor, GINT_TO_POINTER (TRUE), (GDestroyNotify) ch_vendor_free,
                           cancellable, error);
}

/**
 * ch_procore_list_project_vendor_ids:
 * @self: the API
 * @project_id: the project
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the vendors on the project
 */
GArray *
ch_procore_list_project_vendor_ids (ChProcore    *self,
                                    gint64        project_id,
                                    GCancellable *cancellable,
                                    GError      **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = g_strdup_printf ("/rest/v1.1/projects/%" G_GINT64_FORMAT "/vendors?view=ids_only", project_id);
  return _ch_procore_list_ids (self, path, PER_PAGE, cancellable, error);
}

/**
 * ch_procore_list_project_vendors:
 * @self: the API
 * @project_id: the project
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type ChVendor) (nullable): the vendors on the project
 */
GPtrArray *
ch_procore_list_project_vendors (ChProcore    *self,
                                 gint64        project_id,
                                 GCancellable *cancellable,
                                 GError      **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = g_strdup_printf ("/rest/v1.1/projects/%" G_GINT64_FORMAT "/vendors?view=extended", project_id);
  return _ch_procore_list (self, path, PER_PAGE, parse_vendor, NULL, (GDestroyNotify) ch_vendor_free, cancellable, error);
}

/* The levels have no documented names; what is listed as a text is taken as it is. */
static void
take_tools (JsonArray  *tools,
            GHashTable *levels)
{
  guint i;

  for (i = 0; tools != NULL && i < json_array_get_length (tools); i++)
    {
      JsonNode *node = json_array_get_element (tools, i);
      JsonObject *tool = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *name = tool != NULL ? _ch_wire_get_text (tool, "name") : NULL;
      const char *level = _ch_wire_get_text (tool != NULL ? _ch_wire_get_object (tool, "user_access_level") : NULL, "name");

      if (name != NULL && level != NULL)
        g_hash_table_insert (levels, g_ascii_strdown (name, -1), g_ascii_strdown (level, -1));
    }
}

/**
 * ch_procore_get_permissions:
 * @self: the API
 * @project_id: the project, 0 for the company's tools
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type utf8 utf8) (nullable): access level by tool, both in lower case
 */
GHashTable *
ch_procore_get_permissions (ChProcore    *self,
                            gint64        project_id,
                            GCancellable *cancellable,
                            GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) node = NULL;
  GHashTable *levels;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = g_strdup_printf ("/rest/v1.0/settings/permissions?%s=%" G_GINT64_FORMAT, project_id != 0 ? "project_id" : "company_id",
                          project_id != 0 ? project_id : ch_procore_get_company_id (self));
  node = _ch_procore_call_json (self, "GET", path, NULL, cancellable, error);
  if (node == NULL)
    return NULL;

  levels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (JSON_NODE_HOLDS_OBJECT (node))
    take_tools (_ch_wire_get_array (json_node_get_object (node), "tools"), levels);
  return levels;
}
