#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

#include <string.h>

static JsonObject *
find_in_project (GPtrArray *records,
                 gint64     project_id,
                 gint64     id)
{
  JsonObject *record = _ch_record_find (records, id);

  return record != NULL && _ch_record_id (record, "_project_id") == project_id ? record : NULL;
}

static gboolean
is_shown (JsonObject *record,
          gint64      parent_id)
{
  return _ch_record_id (record, "parent_id") == parent_id && !_ch_record_flag (record, "is_deleted");
}

static char *
make_storage_url (ChCall     *call,
                  const char *uuid)
{
  const char *host = g_hash_table_lookup (call->request->headers, "host");

  return g_strdup_printf ("http://%s/storage/%s", host != NULL ? host : "localhost", uuid);
}

/* A file as Procore shows it: each version with the address from which it can be had. */
static JsonObject *
show_record (ChCall     *call,
             JsonObject *file)
{
  JsonObject *copy = _ch_record_copy (file, NULL);
  JsonArray *versions = json_array_new ();
  JsonArray *known = json_object_get_array_member (file, "file_versions");
  guint i;

  for (i = 0; i < json_array_get_length (known); i++)
    {
      JsonObject *version = json_array_get_object_element (known, i);
      JsonObject *shown = _ch_record_copy (version, NULL);
      g_autofree char *url = make_storage_url (call, _ch_record_text (version, "_upload"));

      json_object_set_string_member (json_object_get_object_member (shown, "prostore_file"), "url", url);
      json_object_set_string_member (shown, "url", url);
      json_array_add_object_element (versions, shown);
    }
  json_object_set_array_member (copy, "file_versions", versions);
  return copy;
}

static JsonObject *
show_content (ChCall     *call,
              JsonObject *folder)
{
  ChSandbox *self = call->sandbox;
  JsonObject *copy = _ch_record_copy (folder, NULL);
  JsonArray *folders = json_array_new ();
  JsonArray *files = json_array_new ();
  gint64 id = _ch_record_id (folder, "id");
  guint i;

  for (i = 0; i < self->folders->len; i++)
    if (is_shown (g_ptr_array_index (self->folders, i), id))
      {
        /* What is deeper is not told here. */
        JsonObject *child = _ch_record_copy (g_ptr_array_index (self->folders, i), NULL);

        json_object_set_array_member (child, "folders", json_array_new ());
        json_object_set_array_member (child, "files", json_array_new ());
        json_array_add_object_element (folders, child);
      }
  for (i = 0; i < self->files->len; i++)
    if (is_shown (g_ptr_array_index (self->files, i), id))
      json_array_add_object_element (files, show_record (call, g_ptr_array_index (self->files, i)));
  json_object_set_array_member (copy, "folders", folders);
  json_object_set_array_member (copy, "files", files);
  return copy;
}

static ChSandboxAnswer *
show_root (ChCall *call)
{
  JsonObject *folder = _ch_root_folder (call->sandbox, _ch_call_query_id (call, "project_id"));

  return folder != NULL ? _ch_answer_object (200, show_content (call, folder))
                        : _ch_answer_problem (404, "project_id", "does not exist");
}

static ChSandboxAnswer *
show_folder (ChCall *call)
{
  JsonObject *folder = find_in_project (call->sandbox->folders, _ch_call_query_id (call, "project_id"), call->ids[0]);

  return folder != NULL ? _ch_answer_object (200, show_content (call, folder))
                        : _ch_answer_problem (404, "folder", "does not exist");
}

/* Names in a folder are unique, of folders and of files each. */
static gboolean
is_name_taken (GPtrArray  *records,
               gint64      parent_id,
               const char *name,
               JsonObject *except)
{
  guint i;

  for (i = 0; i < records->len; i++)
    {
      JsonObject *record = g_ptr_array_index (records, i);

      if (record != except && is_shown (record, parent_id) && g_strcmp0 (_ch_record_text (record, "name"), name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The folder named, or the root where none is. */
static JsonObject *
find_parent (ChCall *call,
             gint64  project_id,
             gint64  parent_id)
{
  return parent_id != 0 ? find_in_project (call->sandbox->folders, project_id, parent_id)
                        : _ch_root_folder (call->sandbox, project_id);
}

static ChSandboxAnswer *
create_folder (ChCall *call)
{
  JsonObject *sent = json_object_get_object_member (_ch_call_body (call), "folder");
  gint64 project_id = _ch_call_query_id (call, "project_id");
  ChSandboxAnswer *problem
    = _ch_check_object (sent, "name:text! parent_id:int is_tracked:bool explicit_permissions:bool");
  JsonObject *parent;
  const char *name;

  if (problem != NULL)
    return problem;
  name = _ch_record_text (sent, "name");
  parent = find_parent (call, project_id, _ch_record_id (sent, "parent_id"));
  if (parent == NULL)
    return _ch_answer_problem (404, "parent_id", "does not exist");
  if (*name == '\0')
    return _ch_answer_problem (400, "name", "can't be blank");
  if (is_name_taken (call->sandbox->folders, _ch_record_id (parent, "id"), name, NULL))
    return _ch_answer_problem (400, "name", "has already been taken");
  return _ch_answer_object (
    201, show_content (call, _ch_add_folder (call->sandbox, project_id, _ch_record_id (parent, "id"), name)));
}

static ChSandboxAnswer *
update_folder (ChCall *call)
{
  JsonObject *sent = json_object_get_object_member (_ch_call_body (call), "folder");
  gint64 project_id = _ch_call_query_id (call, "project_id");
  JsonObject *folder = find_in_project (call->sandbox->folders, project_id, call->ids[0]);
  ChSandboxAnswer *problem = _ch_check_object (sent, "name:text parent_id:int is_tracked:bool explicit_permissions:bool");
  JsonObject *parent;
  const char *name;

  if (problem != NULL)
    return problem;
  if (folder == NULL || _ch_record_flag (folder, "_is_root") || _ch_record_flag (folder, "is_deleted"))
    return _ch_answer_problem (404, "folder", "does not exist");
  parent = find_parent (call, project_id,
                        _ch_record_id (sent, "parent_id") != 0 ? _ch_record_id (sent, "parent_id")
                                                               : _ch_record_id (folder, "parent_id"));
  name = _ch_record_text (sent, "name") != NULL ? _ch_record_text (sent, "name") : _ch_record_text (folder, "name");
  if (parent == NULL)
    return _ch_answer_problem (404, "parent_id", "does not exist");
  if (*name == '\0')
    return _ch_answer_problem (400, "name", "can't be blank");
  if (is_name_taken (call->sandbox->folders, _ch_record_id (parent, "id"), name, folder))
    return _ch_answer_problem (400, "name", "has already been taken");
  json_object_set_int_member (folder, "parent_id", _ch_record_id (parent, "id"));
  json_object_set_string_member (folder, "name", name);
  _ch_touch (call->sandbox, folder);
  return _ch_answer_object (200, show_content (call, folder));
}

static ChSandboxAnswer *
create_upload (ChCall *call)
{
  JsonObject *upload;
  JsonObject *fields;
  g_autofree char *uuid = NULL;
  g_autofree char *url = NULL;
  g_autofree char *key = NULL;

  if (_ch_record_find (call->sandbox->projects, call->ids[0]) == NULL)
    return _ch_answer_problem (404, "project", "does not exist");
  uuid = g_uuid_string_random ();
  url = make_storage_url (call, uuid);
  key = g_strdup_printf ("uploads/%s", uuid);
  fields = json_object_new ();
  json_object_set_string_member (fields, "key", key);
  json_object_set_string_member (fields, "policy", "c2FuZGJveA==");
  upload = json_object_new ();
  json_object_set_string_member (upload, "uuid", uuid);
  json_object_set_string_member (upload, "url", url);
  json_object_set_object_member (upload, "fields", fields);
  json_object_set_int_member (upload, "_project_id", call->ids[0]);
  if (_ch_call_form (call, "size") != NULL)
    json_object_set_int_member (upload, "_size", g_ascii_strtoll (_ch_call_form (call, "size"), NULL, 10));
  g_hash_table_insert (call->sandbox->uploads, g_strdup (uuid), upload);
  return _ch_answer_object (201, _ch_record_copy (upload, NULL));
}

/* The store is not Procore: it takes the fields, then the file, and no token of Procore's. */
static ChSandboxAnswer *
store_upload (ChCall *call)
{
  JsonObject *upload = g_hash_table_lookup (call->sandbox->uploads, call->word);
  g_autofree char *key = g_strdup_printf ("uploads/%s", call->word);

  if (upload == NULL)
    return _ch_answer_problem (404, "upload", "does not exist");
  if (g_hash_table_contains (call->request->headers, "authorization"))
    return _ch_answer_problem (400, "authorization", "must not be sent to the storage");
  if (g_strcmp0 (_ch_call_form (call, "key"), key) != 0 || _ch_call_form (call, "policy") == NULL)
    return _ch_answer_problem (403, "fields", "are missing or wrong");
  if (call->file == NULL || g_strcmp0 (g_ptr_array_index (call->form_names, call->form_names->len - 1), "file") != 0)
    return _ch_answer_problem (400, "file", "must come last");
  if (json_object_has_member (upload, "_size")
      && (gsize) _ch_record_id (upload, "_size") != g_bytes_get_size (call->file))
    return _ch_answer_problem (400, "size", "is not what was announced");
  g_hash_table_insert (call->sandbox->contents, g_strdup (call->word), g_bytes_ref (call->file));
  return _ch_answer (204, "text/plain", g_strdup (""));
}

/*< private >
 * Puts the content that was uploaded as @uuid under @file as its newest version.
 */
void
_ch_attach_content (ChSandbox  *self,
                    JsonObject *file,
                    const char *uuid)
{
  GBytes *content = g_hash_table_lookup (self->contents, uuid);
  JsonArray *versions = json_object_get_array_member (file, "file_versions");
  JsonObject *version = json_object_new ();
  JsonObject *stored = json_object_new ();
  g_autofree char *at = _ch_format_time (self->now);
  gint64 id = _ch_new_id (self);

  json_object_set_int_member (version, "id", id);
  json_object_set_int_member (version, "number", json_array_get_length (versions) + 1);
  json_object_set_int_member (version, "size", g_bytes_get_size (content));
  json_object_set_string_member (version, "created_at", at);
  json_object_set_int_member (stored, "id", id);
  json_object_set_string_member (stored, "name", _ch_record_text (file, "name"));
  json_object_set_object_member (version, "prostore_file", stored);
  json_object_set_string_member (version, "_upload", uuid);
  json_array_add_object_element (versions, version);
  json_object_set_int_member (file, "size", g_bytes_get_size (content));
  json_object_set_string_member (file, "_upload", uuid);
  g_hash_table_remove (self->uploads, uuid);
}

/* What a file's fields must keep to, made or changed; NULL if they do. */
static ChSandboxAnswer *
check_file (ChCall     *call,
            gint64      project_id,
            JsonObject *parent,
            const char *name,
            JsonObject *except)
{
  const char *uuid = _ch_call_form (call, "file[upload_uuid]");
  JsonObject *upload = uuid != NULL ? g_hash_table_lookup (call->sandbox->uploads, uuid) : NULL;

  if (parent == NULL)
    return _ch_answer_problem (404, "file[parent_id]", "does not exist");
  if (name == NULL || *name == '\0')
    return _ch_answer_problem (400, "file[name]", "can't be blank");
  if (is_name_taken (call->sandbox->files, _ch_record_id (parent, "id"), name, except))
    return _ch_answer_problem (400, "file[name]", "has already been taken");
  if (uuid == NULL)
    return NULL;
  if (upload == NULL || _ch_record_id (upload, "_project_id") != project_id)
    return _ch_answer_problem (400, "file[upload_uuid]", "is unknown or was used");
  return g_hash_table_contains (call->sandbox->contents, uuid) ? NULL
                                                               : _ch_answer_problem (400, "file[upload_uuid]", "was never sent");
}

static void
take_fields (ChCall     *call,
             JsonObject *file)
{
  const char *name = _ch_call_form (call, "file[name]");
  const char *description = _ch_call_form (call, "file[description]");
  const char *uuid = _ch_call_form (call, "file[upload_uuid]");

  if (name != NULL)
    json_object_set_string_member (file, "name", name);
  if (description != NULL)
    json_object_set_string_member (file, "description", description);
  if (uuid != NULL)
    _ch_attach_content (call->sandbox, file, uuid);
  _ch_touch (call->sandbox, file);
}

/* The addresses are signed: no token of Procore's is wanted here either. */
static ChSandboxAnswer *
load_content (ChCall *call)
{
  GBytes *content = g_hash_table_lookup (call->sandbox->contents, call->word);
  ChSandboxAnswer *answer;

  if (content == NULL)
    return _ch_answer_problem (404, "content", "does not exist");
  if (g_hash_table_contains (call->request->headers, "authorization"))
    return _ch_answer_problem (400, "authorization", "must not be sent to the storage");
  answer = _ch_answer (200, "application/pdf", g_strdup (""));
  g_bytes_unref (answer->body);
  answer->body = g_bytes_ref (content);
  return answer;
}

static gint64
get_form_id (ChCall     *call,
             const char *name)
{
  const char *text = _ch_call_form (call, name);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static ChSandboxAnswer *
create_file (ChCall *call)
{
  gint64 project_id = _ch_call_query_id (call, "project_id");
  JsonObject *parent = find_parent (call, project_id, get_form_id (call, "file[parent_id]"));
  const char *name = _ch_call_form (call, "file[name]");
  ChSandboxAnswer *problem = check_file (call, project_id, parent, name, NULL);
  JsonObject *file;

  if (problem != NULL)
    return problem;
  if (_ch_call_form (call, "file[upload_uuid]") == NULL)
    return _ch_answer_problem (400, "file[upload_uuid]", "is missing");
  file = _ch_add_file (call->sandbox, project_id, _ch_record_id (parent, "id"), name);
  take_fields (call, file);
  _ch_emit (call->sandbox, "Project Files", "create", _ch_record_id (file, "id"), project_id);
  return _ch_answer_object (201, show_record (call, file));
}

static JsonObject *
find_file (ChCall *call)
{
  JsonObject *file = find_in_project (call->sandbox->files, _ch_call_query_id (call, "project_id"), call->ids[0]);

  return file;
}

static ChSandboxAnswer *
update_file (ChCall *call)
{
  JsonObject *file = find_file (call);
  gint64 parent_id = get_form_id (call, "file[parent_id]");
  const char *name = _ch_call_form (call, "file[name]");
  gint64 project_id = _ch_call_query_id (call, "project_id");
  JsonObject *parent;
  ChSandboxAnswer *problem;

  if (file == NULL || _ch_record_flag (file, "is_deleted"))
    return _ch_answer_problem (404, "file", "does not exist");
  parent = find_parent (call, project_id, parent_id != 0 ? parent_id : _ch_record_id (file, "parent_id"));
  problem = check_file (call, project_id, parent, name != NULL ? name : _ch_record_text (file, "name"), file);
  if (problem != NULL)
    return problem;
  json_object_set_int_member (file, "parent_id", _ch_record_id (parent, "id"));
  take_fields (call, file);
  _ch_emit (call->sandbox, "Project Files", "update", _ch_record_id (file, "id"), project_id);
  return _ch_answer_object (200, show_record (call, file));
}

static ChSandboxAnswer *
show_file (ChCall *call)
{
  JsonObject *file = find_file (call);

  return file != NULL ? _ch_answer_object (200, show_record (call, file)) : _ch_answer_problem (404, "file", "does not exist");
}

static ChSandboxAnswer *
delete_file (ChCall *call)
{
  JsonObject *file = find_file (call);

  if (file == NULL)
    return _ch_answer_problem (404, "file", "does not exist");
  json_object_set_boolean_member (file, "is_deleted", TRUE);
  _ch_touch (call->sandbox, file);
  return _ch_answer (204, "text/plain", g_strdup (""));
}

#define PROJECT "project_id:int!"
#define FILE_FIELDS "file[parent_id]:int file[name]:text file[description]:text file[upload_uuid]:text"

const ChRoute _ch_document_routes[] = {
  { "GET", "/rest/v1.0/folders", PROJECT, CH_BODY_NONE, NULL, show_root },
  { "POST", "/rest/v1.0/folders", PROJECT, CH_BODY_JSON, "folder:object!", create_folder },
  { "GET", "/rest/v1.0/folders/{id}", PROJECT, CH_BODY_NONE, NULL, show_folder },
  { "PATCH", "/rest/v1.0/folders/{id}", PROJECT, CH_BODY_JSON, "folder:object!", update_folder },
  { "POST", "/rest/v1.1/projects/{id}/uploads", NULL, CH_BODY_MULTIPART,
    "response_filename:text! response_content_type:text attachment_content_disposition:bool size:int", create_upload },
  { "POST", "/storage/{word}", NULL, CH_BODY_MULTIPART, NULL, store_upload },
  { "GET", "/storage/{word}", NULL, CH_BODY_NONE, NULL, load_content },
  { "POST", "/rest/v1.0/files", PROJECT, CH_BODY_MULTIPART, FILE_FIELDS, create_file },
  { "GET", "/rest/v1.0/files/{id}", PROJECT " show_latest_version_only:bool", CH_BODY_NONE, NULL, show_file },
  { "PATCH", "/rest/v1.0/files/{id}", PROJECT, CH_BODY_MULTIPART, FILE_FIELDS, update_file },
  { "DELETE", "/rest/v1.0/files/{id}", PROJECT, CH_BODY_NONE, NULL, delete_file },
  { NULL },
};
