#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

/* What people do in Procore's own screens, and what follows from it there. A person can do what a program may not. */

/*< private >
 * @except: names that stay as they are, separated by blanks
 */
void
_ch_set_fields (JsonObject *record,
                JsonObject *sent,
                const char *except)
{
  g_auto (GStrv) names = g_strsplit (except, " ", -1);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, sent);
  while (json_object_iter_next (&iter, &name, &node))
    if (*name != '_' && !g_strv_contains ((const char *const *) names, name))
      json_object_set_member (record, name, json_node_copy (node));
}

/* Those whose @member is @id. */
static void
remove_where (GPtrArray  *records,
              const char *member,
              gint64      id)
{
  guint i;

  for (i = records->len; i > 0; i--)
    if (_ch_record_id (g_ptr_array_index (records, i - 1), member) == id)
      g_ptr_array_remove_index (records, i - 1);
}

/*< private >
 * Nothing tells of it but that it is not listed any more.
 */
void
_ch_remove_project (ChSandbox *self,
                    gint64     project_id)
{
  GPtrArray *const of_project[] = { self->memberships, self->commitments, self->insurances, self->folders, self->files, self->links };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (of_project); i++)
    remove_where (of_project[i], "_project_id", project_id);
  remove_where (self->projects, "id", project_id);
}

static void
set_commitment_vendor (ChSandbox  *self,
                       JsonObject *commitment,
                       gint64      vendor_id)
{
  JsonObject *vendor = _ch_record_find (self->vendors, vendor_id);

  if (vendor != NULL)
    json_object_set_object_member (commitment, "vendor",
                                   _ch_reference (vendor_id, "company", _ch_record_text (vendor, "name")));
  else
    json_object_set_null_member (commitment, "vendor");
  _ch_touch (self, commitment);
}

static void
move_commitments (ChSandbox *self,
                  gint64     vendor_id,
                  gint64     into)
{
  guint i;

  for (i = 0; i < self->commitments->len; i++)
    {
      JsonObject *commitment = g_ptr_array_index (self->commitments, i);
      JsonNode *vendor = json_object_get_member (commitment, "vendor");

      if (vendor != NULL && JSON_NODE_HOLDS_OBJECT (vendor) && _ch_record_id (json_node_get_object (vendor), "id") == vendor_id)
        set_commitment_vendor (self, commitment, into);
    }
}

/*< private > */
void
_ch_remove_vendor (ChSandbox *self,
                   gint64     vendor_id)
{
  move_commitments (self, vendor_id, 0);
  remove_where (self->memberships, "_vendor_id", vendor_id);
  remove_where (self->insurances, "vendor_id", vendor_id);
  remove_where (self->vendors, "id", vendor_id);
}

/*< private >
 * All that was the vendor's is the other's then, and the vendor is gone.
 */
void
_ch_merge_vendor (ChSandbox *self,
                  gint64     vendor_id,
                  gint64     into)
{
  guint i;

  for (i = self->memberships->len; i > 0; i--)
    {
      JsonObject *member = g_ptr_array_index (self->memberships, i - 1);

      if (_ch_record_id (member, "_vendor_id") == vendor_id)
        _ch_add_membership (self, _ch_record_id (member, "_project_id"), into);
    }
  for (i = 0; i < self->insurances->len; i++)
    {
      JsonObject *record = g_ptr_array_index (self->insurances, i);

      if (_ch_record_id (record, "vendor_id") == vendor_id)
        json_object_set_int_member (record, "vendor_id", into);
    }
  move_commitments (self, vendor_id, into);
  _ch_remove_vendor (self, vendor_id);
}

/*< private >
 * A membership moves nobody's updated_at.
 */
void
_ch_remove_membership (ChSandbox *self,
                       gint64     project_id,
                       gint64     vendor_id)
{
  guint i;

  for (i = self->memberships->len; i > 0; i--)
    {
      JsonObject *member = g_ptr_array_index (self->memberships, i - 1);

      if (_ch_record_id (member, "_project_id") == project_id && _ch_record_id (member, "_vendor_id") == vendor_id)
        g_ptr_array_remove_index (self->memberships, i - 1);
    }
}

/*< private >
 * @parent_id: 0 for the root
 */
JsonObject *
_ch_put_file (ChSandbox  *self,
              gint64      project_id,
              gint64      parent_id,
              const char *name,
              GBytes     *content)
{
  gint64 parent = parent_id != 0 ? parent_id : _ch_record_id (_ch_root_folder (self, project_id), "id");
  JsonObject *file = _ch_add_file (self, project_id, parent, name);
  g_autofree char *uuid = g_uuid_string_random ();

  g_hash_table_insert (self->contents, g_strdup (uuid), g_bytes_ref (content));
  _ch_attach_content (self, file, uuid);
  _ch_emit (self, "Project Files", "create", _ch_record_id (file, "id"), project_id);
  return file;
}

static ChSandboxAnswer *
edit (ChCall     *call,
      GPtrArray  *records,
      const char *what)
{
  JsonObject *record = _ch_record_find (records, call->ids[0]);

  if (record == NULL)
    return _ch_answer_problem (404, what, "does not exist");
  _ch_set_fields (record, _ch_call_body (call), "id updated_at created_at");
  _ch_touch (call->sandbox, record);
  return _ch_answer_object (200, _ch_record_copy (record, NULL));
}

static ChSandboxAnswer *
edit_project (ChCall *call)
{
  _ch_emit (call->sandbox, "Projects", "update", call->ids[0], call->ids[0]);
  return edit (call, call->sandbox->projects, "project");
}

static ChSandboxAnswer *
edit_vendor (ChCall *call)
{
  _ch_emit (call->sandbox, "Company Vendors", "update", call->ids[0], 0);
  return edit (call, call->sandbox->vendors, "vendor");
}

static ChSandboxAnswer *
edit_commitment (ChCall *call)
{
  JsonObject *commitment = _ch_record_find (call->sandbox->commitments, call->ids[0]);

  if (commitment != NULL)
    _ch_emit_commitment (call->sandbox, commitment, "update");
  return edit (call, call->sandbox->commitments, "commitment");
}

static ChSandboxAnswer *
edit_folder (ChCall *call)
{
  return edit (call, call->sandbox->folders, "folder");
}

static ChSandboxAnswer *
edit_file (ChCall *call)
{
  JsonObject *file = _ch_record_find (call->sandbox->files, call->ids[0]);

  if (file != NULL)
    _ch_emit (call->sandbox, "Project Files", "update", call->ids[0], _ch_record_id (file, "_project_id"));
  return edit (call, call->sandbox->files, "file");
}

static ChSandboxAnswer *
answer_done (void)
{
  return _ch_answer_object (200, json_object_new ());
}

static ChSandboxAnswer *
remove_project (ChCall *call)
{
  _ch_remove_project (call->sandbox, call->ids[0]);
  return answer_done ();
}

static ChSandboxAnswer *
remove_vendor (ChCall *call)
{
  _ch_remove_vendor (call->sandbox, call->ids[0]);
  return answer_done ();
}

static ChSandboxAnswer *
remove_commitment (ChCall *call)
{
  JsonObject *commitment = _ch_record_find (call->sandbox->commitments, call->ids[0]);

  if (commitment != NULL)
    _ch_emit_commitment (call->sandbox, commitment, "delete");
  remove_where (call->sandbox->commitments, "id", call->ids[0]);
  return answer_done ();
}

static ChSandboxAnswer *
remove_from_project (ChCall *call)
{
  _ch_remove_membership (call->sandbox, call->ids[0], call->ids[1]);
  _ch_emit (call->sandbox, "Project Vendors", "delete", call->ids[1], call->ids[0]);
  return answer_done ();
}

static ChSandboxAnswer *
merge_vendor (ChCall *call)
{
  gint64 into = _ch_record_id (_ch_call_body (call), "into");

  if (_ch_record_find (call->sandbox->vendors, call->ids[0]) == NULL || _ch_record_find (call->sandbox->vendors, into) == NULL)
    return _ch_answer_problem (404, "vendor", "does not exist");
  _ch_merge_vendor (call->sandbox, call->ids[0], into);
  return answer_done ();
}

/* A folder at the end of a path below the root; 0 where there is none. */
static gint64
find_path (ChSandbox  *self,
           gint64      project_id,
           const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  gint64 parent = _ch_record_id (_ch_root_folder (self, project_id), "id");
  guint i;
  guint k;

  for (i = 0; names[i] != NULL && parent != 0; i++)
    {
      gint64 next = 0;

      for (k = 0; k < self->folders->len && *names[i] != '\0'; k++)
        {
          JsonObject *folder = g_ptr_array_index (self->folders, k);

          if (_ch_record_id (folder, "parent_id") == parent && g_strcmp0 (_ch_record_text (folder, "name"), names[i]) == 0)
            next = _ch_record_id (folder, "id");
        }
      parent = *names[i] != '\0' ? next : parent;
    }
  return parent;
}

static ChSandboxAnswer *
put_file (ChCall *call)
{
  JsonObject *sent = _ch_call_body (call);
  gint64 project_id = _ch_record_id (sent, "project_id");
  const char *path = _ch_record_text (sent, "folder");
  gint64 parent = find_path (call->sandbox, project_id, path != NULL ? path : "");
  gsize length;
  guint8 *data;
  g_autoptr (GBytes) content = NULL;
  JsonObject *answer;

  if (parent == 0)
    return _ch_answer_problem (404, "folder", "does not exist");
  data = g_base64_decode (_ch_record_text (sent, "content"), &length);
  content = g_bytes_new_take (data, length);
  answer = json_object_new ();
  json_object_set_int_member (
    answer, "id", _ch_record_id (_ch_put_file (call->sandbox, project_id, parent, _ch_record_text (sent, "name"), content), "id"));
  return _ch_answer_object (201, answer);
}

const ChRoute _ch_people_routes[] = {
  { "POST", "/sandbox/projects/{id}", NULL, CH_BODY_JSON, NULL, edit_project },
  { "DELETE", "/sandbox/projects/{id}", NULL, CH_BODY_NONE, NULL, remove_project },
  { "DELETE", "/sandbox/projects/{id}/vendors/{id}", NULL, CH_BODY_NONE, NULL, remove_from_project },
  { "POST", "/sandbox/vendors/{id}", NULL, CH_BODY_JSON, NULL, edit_vendor },
  { "DELETE", "/sandbox/vendors/{id}", NULL, CH_BODY_NONE, NULL, remove_vendor },
  { "POST", "/sandbox/vendors/{id}/merge", NULL, CH_BODY_JSON, "into:int!", merge_vendor },
  { "POST", "/sandbox/commitments/{id}", NULL, CH_BODY_JSON, NULL, edit_commitment },
  { "DELETE", "/sandbox/commitments/{id}", NULL, CH_BODY_NONE, NULL, remove_commitment },
  { "POST", "/sandbox/folders/{id}", NULL, CH_BODY_JSON, NULL, edit_folder },
  { "POST", "/sandbox/files", NULL, CH_BODY_JSON, "project_id:int! folder:text name:text! content:text!", put_file },
  { "POST", "/sandbox/files/{id}", NULL, CH_BODY_JSON, NULL, edit_file },
  { NULL },
};
