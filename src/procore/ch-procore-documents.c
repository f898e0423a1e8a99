#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-procore-private.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#define MAX_REDIRECTS 5

/**
 * ch_folder_free:
 * @self: (transfer full): a folder
 */
void
ch_folder_free (ChFolder *self)
{
  g_free (self->name);
  g_ptr_array_unref (self->folders);
  g_ptr_array_unref (self->files);
  g_free (self);
}

/**
 * ch_procore_file_free:
 * @self: (transfer full): a file
 */
void
ch_procore_file_free (ChProcoreFile *self)
{
  g_free (self->name);
  g_free (self->description);
  g_free (self->url);
  g_free (self);
}

/**
 * ch_procore_file_copy:
 * @self: a file
 *
 * Returns: (transfer full): another like it
 */
ChProcoreFile *
ch_procore_file_copy (const ChProcoreFile *self)
{
  ChProcoreFile *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->description = g_strdup (self->description);
  copy->url = g_strdup (self->url);
  return copy;
}

/**
 * ch_folder_copy:
 * @self: a folder
 *
 * Returns: (transfer full): another like it, with what stands in it
 */
ChFolder *
ch_folder_copy (const ChFolder *self)
{
  ChFolder *copy = g_memdup2 (self, sizeof *self);
  guint i;

  copy->name = g_strdup (self->name);
  copy->folders = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_folder_free);
  copy->files = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_procore_file_free);
  for (i = 0; i < self->folders->len; i++)
    g_ptr_array_add (copy->folders, ch_folder_copy (g_ptr_array_index (self->folders, i)));
  for (i = 0; i < self->files->len; i++)
    g_ptr_array_add (copy->files, ch_procore_file_copy (g_ptr_array_index (self->files, i)));
  return copy;
}

/* The newest of the versions, wherever it stands in the list. */
static void
read_versions (ChProcoreFile *file,
               JsonArray     *versions)
{
  guint i;

  for (i = 0; versions != NULL && i < json_array_get_length (versions); i++)
    {
      JsonNode *node = json_array_get_element (versions, i);
      JsonObject *version = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonObject *stored = version != NULL ? _ch_wire_get_object (version, "prostore_file") : NULL;
      gint64 number = version != NULL ? MAX (_ch_wire_get_id (version, "number"), 1) : 0;
      const char *url = stored != NULL ? _ch_wire_get_text (stored, "url") : NULL;

      if (number <= file->version)
        continue;
      file->version = number;
      g_free (file->url);
      file->url = g_strdup (url != NULL ? url : _ch_wire_get_text (version, "url"));
    }
}

static ChProcoreFile *
parse_file (JsonObject *object)
{
  ChProcoreFile *file = g_new0 (ChProcoreFile, 1);

  file->id = _ch_wire_get_id (object, "id");
  file->parent_id = _ch_wire_get_id (object, "parent_id");
  file->name = g_strdup (_ch_wire_get_text (object, "name"));
  file->description = g_strdup (_ch_wire_get_text (object, "description"));
  file->size = _ch_wire_get_id (object, "size");
  file->is_deleted = _ch_wire_get_boolean (object, "is_deleted", FALSE);
  read_versions (file, _ch_wire_get_array (object, "file_versions"));
  return file;
}

static ChFolder *
parse_folder (JsonObject *object)
{
  ChFolder *folder = g_new0 (ChFolder, 1);
  JsonArray *folders = _ch_wire_get_array (object, "folders");
  JsonArray *files = _ch_wire_get_array (object, "files");
  guint i;

  folder->id = _ch_wire_get_id (object, "id");
  folder->parent_id = _ch_wire_get_id (object, "parent_id");
  folder->name = g_strdup (_ch_wire_get_text (object, "name"));
  folder->folders = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_folder_free);
  folder->files = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_procore_file_free);
  for (i = 0; folders != NULL && i < json_array_get_length (folders); i++)
    {
      JsonNode *node = json_array_get_element (folders, i);

      if (JSON_NODE_HOLDS_OBJECT (node) && !_ch_wire_get_boolean (json_node_get_object (node), "is_deleted", FALSE)
          && !_ch_wire_get_boolean (json_node_get_object (node), "is_recycle_bin", FALSE))
        g_ptr_array_add (folder->folders, parse_folder (json_node_get_object (node)));
    }
  for (i = 0; files != NULL && i < json_array_get_length (files); i++)
    {
      JsonNode *node = json_array_get_element (files, i);

      if (JSON_NODE_HOLDS_OBJECT (node) && !_ch_wire_get_boolean (json_node_get_object (node), "is_deleted", FALSE))
        g_ptr_array_add (folder->files, parse_file (json_node_get_object (node)));
    }
  return folder;
}

static JsonObject *
check_object (JsonNode *node,
              gboolean  is_read,
              GError  **error)
{
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  if (node != NULL)
    g_set_error_literal (error, CH_PROCORE_ERROR, is_read ? CH_PROCORE_ERROR_SERVER : CH_PROCORE_ERROR_UNKNOWN_OUTCOME,
                         _ ("Procore's answer about a document makes no sense"));
  return NULL;
}

/**
 * ch_procore_get_folder:
 * @self: the API
 * @project_id: the project
 * @folder_id: the folder, 0 for the root of the project's documents
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (nullable): the folder with what stands directly in it
 */
ChFolder *
ch_procore_get_folder (ChProcore    *self,
                       gint64        project_id,
                       gint64        folder_id,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = folder_id != 0
           ? g_strdup_printf ("/rest/v1.0/folders/%" G_GINT64_FORMAT "?project_id=%" G_GINT64_FORMAT, folder_id, project_id)
           : g_strdup_printf ("/rest/v1.0/folders?project_id=%" G_GINT64_FORMAT, project_id);
  node = _ch_procore_call_json (self, "GET", path, NULL, cancellable, error);
  object = check_object (node, TRUE, error);
  return object != NULL ? parse_folder (object) : NULL;
}

/**
 * ch_procore_create_folder:
 * @self: the API
 * @project_id: the project
 * @parent_id: the folder around it, 0 for the root
 * @name: its name
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (nullable): the new folder
 */
ChFolder *
ch_procore_create_folder (ChProcore    *self,
                          gint64        project_id,
                          gint64        parent_id,
                          const char   *name,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *folder = json_object_new ();
  JsonObject *object = json_object_new ();

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  json_object_set_string_member (folder, "name", name);
  if (parent_id != 0)
    json_object_set_int_member (folder, "parent_id", parent_id);
  json_object_set_object_member (object, "folder", folder);
  json_node_take_object (body, object);
  path = g_strdup_printf ("/rest/v1.0/folders?project_id=%" G_GINT64_FORMAT, project_id);
  node = _ch_procore_call_json (self, "POST", path, body, cancellable, error);
  object = check_object (node, FALSE, error);
  return object != NULL ? parse_folder (object) : NULL;
}

/**
 * ch_procore_update_folder:
 * @self: the API
 * @project_id: the project
 * @folder_id: the folder
 * @parent_id: the folder to move it to, 0 to leave it
 * @name: (nullable): its new name
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: whether it was done
 */
gboolean
ch_procore_update_folder (ChProcore    *self,
                          gint64        project_id,
                          gint64        folder_id,
                          gint64        parent_id,
                          const char   *name,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = json_object_new ();
  JsonObject *folder = json_object_new ();

  g_return_val_if_fail (CH_IS_PROCORE (self), FALSE);

  if (parent_id != 0)
    json_object_set_int_member (folder, "parent_id", parent_id);
  if (name != NULL)
    json_object_set_string_member (folder, "name", name);
  json_object_set_object_member (object, "folder", folder);
  json_node_take_object (body, object);
  path = g_strdup_printf ("/rest/v1.0/folders/%" G_GINT64_FORMAT "?project_id=%" G_GINT64_FORMAT, folder_id, project_id);
  node = _ch_procore_call_json (self, "PATCH", path, body, cancellable, error);
  return check_object (node, FALSE, error) != NULL;
}

/**
 * ch_procore_get_file:
 * @self: the API
 * @project_id: the project
 * @file_id: the file
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (nullable): the file, which may lie in the recycle bin
 */
ChProcoreFile *
ch_procore_get_file (ChProcore    *self,
                     gint64        project_id,
                     gint64        file_id,
                     GCancellable *cancellable,
                     GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = g_strdup_printf ("/rest/v1.0/files/%" G_GINT64_FORMAT "?project_id=%" G_GINT64_FORMAT, file_id, project_id);
  node = _ch_procore_call_json (self, "GET", path, NULL, cancellable, error);
  object = check_object (node, TRUE, error);
  return object != NULL ? parse_file (object) : NULL;
}

/* The parts as one body, with the content type that names their boundary. */
static GBytes *
finish_form (SoupMultipart *form,
             char         **content_type)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  GBytes *body = NULL;

  soup_multipart_to_message (form, headers, &body);
  *content_type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  return body;
}

static JsonNode *
call_with_form (ChProcore     *self,
                const char    *method,
                const char    *path,
                SoupMultipart *form,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autofree char *content_type = NULL;
  g_autoptr (GBytes) body = finish_form (form, &content_type);
  g_autoptr (ChResponse) response = _ch_procore_call (self, method, path, content_type, body, cancellable, error);

  return response != NULL ? _ch_procore_parse_json (response, FALSE, error) : NULL;
}

/*
 * The second step: to an address that is none of Procore's API, so without our token, fields first and `file` last.
 */
static gboolean
post_to_storage (ChProcore    *self,
                 const char   *url,
                 JsonObject   *fields,
                 const char   *file_name,
                 const char   *content_type,
                 GBytes       *bytes,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autoptr (SoupMultipart) form = soup_multipart_new ("multipart/form-data");
  g_autoptr (ChRequest) request = ch_request_new ("POST", url);
  g_autoptr (ChResponse) response = NULL;
  char *form_type = NULL;

  if (fields != NULL)
    {
      g_autoptr (GList) names = json_object_get_members (fields);
      GList *l;

      for (l = names; l != NULL; l = l->next)
        {
          g_autofree char *value = _ch_wire_dup_scalar (fields, l->data);

          soup_multipart_append_form_string (form, l->data, value != NULL ? value : "");
        }
    }
  soup_multipart_append_form_file (form, "file", file_name, content_type, bytes);
  request->body = finish_form (form, &form_type);
  g_hash_table_insert (request->headers, g_strdup ("Content-Type"), form_type);

  response = ch_transport_send (_ch_procore_get_transport (self), request, cancellable, error);
  if (response == NULL)
    return FALSE;
  if (response->status >= 200 && response->status < 300)
    return TRUE;

  /* Nothing refers to the upload yet: it can simply be made again. */
  g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER, _ ("Procore's storage answers with status %u"), response->status);
  return FALSE;
}

/**
 * ch_procore_upload:
 * @self: the API
 * @project_id: the project
 * @file_name: the name under which it may be downloaded
 * @content_type: its type
 * @bytes: its content
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Brings a file to Procore's storage. It stands nowhere until a file refers to it, and is gone after a day.
 *
 * Returns: (transfer full) (nullable): the upload's uuid
 */
char *
ch_procore_upload (ChProcore    *self,
                   gint64        project_id,
                   const char   *file_name,
                   const char   *content_type,
                   GBytes       *bytes,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr (SoupMultipart) form = soup_multipart_new ("multipart/form-data");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  const char *uuid;
  const char *url;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  soup_multipart_append_form_string (form, "response_filename", file_name);
  soup_multipart_append_form_string (form, "response_content_type", content_type);
  path = g_strdup_printf ("/rest/v1.1/projects/%" G_GINT64_FORMAT "/uploads", project_id);
  node = call_with_form (self, "POST", path, form, cancellable, error);
  object = check_object (node, FALSE, error);
  if (object == NULL)
    return NULL;

  uuid = _ch_wire_get_text (object, "uuid");
  url = _ch_wire_get_text (object, "url");
  if (uuid == NULL || url == NULL)
    {
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER, _ ("Procore does not say where to put the file"));
      return NULL;
    }
  if (!post_to_storage (self, url, _ch_wire_get_object (object, "fields"), file_name, content_type, bytes, cancellable, error))
    return NULL;
  return g_strdup (uuid);
}

static void
append_id (SoupMultipart *form,
           const char    *name,
           gint64         id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  if (id != 0)
    soup_multipart_append_form_string (form, name, text);
}

static void
append_text (SoupMultipart *form,
             const char    *name,
             const char    *text)
{
  if (text != NULL)
    soup_multipart_append_form_string (form, name, text);
}

static ChProcoreFile *
send_file (ChProcore    *self,
           const char   *method,
           const char   *path,
           gint64        parent_id,
           const char   *name,
           const char   *description,
           const char   *upload_uuid,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (SoupMultipart) form = soup_multipart_new ("multipart/form-data");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  append_id (form, "file[parent_id]", parent_id);
  append_text (form, "file[name]", name);
  append_text (form, "file[description]", description);
  append_text (form, "file[upload_uuid]", upload_uuid);
  node = call_with_form (self, method, path, form, cancellable, error);
  object = check_object (node, FALSE, error);
  if (object == NULL)
    return NULL;
  _ch_procore_note_write (self, "Project Files", _ch_wire_get_id (object, "id"));
  return parse_file (object);
}

/**
 * ch_procore_create_file:
 * @self: the API
 * @project_id: the project
 * @parent_id: the folder, 0 for the root
 * @name: the file's name
 * @description: (nullable): its description
 * @upload_uuid: its content
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (nullable): the new file
 */
ChProcoreFile *
ch_procore_create_file (ChProcore    *self,
                        gint64        project_id,
                        gint64        parent_id,
                        const char   *name,
                        const char   *description,
                        const char   *upload_uuid,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = g_strdup_printf ("/rest/v1.0/files?project_id=%" G_GINT64_FORMAT, project_id);
  return send_file (self, "POST", path, parent_id, name, description, upload_uuid, cancellable, error);
}

/**
 * ch_procore_update_file:
 * @self: the API
 * @project_id: the project
 * @file_id: the file
 * @parent_id: the folder to move it to, 0 to leave it
 * @name: (nullable): its new name
 * @description: (nullable): its new description
 * @upload_uuid: (nullable): its new version
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (nullable): the file as it is then
 */
ChProcoreFile *
ch_procore_update_file (ChProcore    *self,
                        gint64        project_id,
                        gint64        file_id,
                        gint64        parent_id,
                        const char   *name,
                        const char   *description,
                        const char   *upload_uuid,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = g_strdup_printf ("/rest/v1.0/files/%" G_GINT64_FORMAT "?project_id=%" G_GINT64_FORMAT, file_id, project_id);
  return send_file (self, "PATCH", path, parent_id, name, description, upload_uuid, cancellable, error);
}

/**
 * ch_procore_download:
 * @self: the API
 * @file: a file as Procore last showed it
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * The storage's addresses are signed and good for a while; our token is none of the storage's business. A redirect is
 * followed, since nothing secret travels along.
 *
 * Returns: (transfer full) (nullable): what its newest version holds
 */
GBytes *
ch_procore_download (ChProcore           *self,
                     const ChProcoreFile *file,
                     GCancellable        *cancellable,
                     GError             **error)
{
  g_autofree char *url = g_strdup (file->url);
  guint turn;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  for (turn = 0; url != NULL && turn < MAX_REDIRECTS; turn++)
    {
      g_autoptr (ChRequest) request = ch_request_new ("GET", url);
      g_autoptr (ChResponse) response = ch_transport_send (_ch_procore_get_transport (self), request, cancellable, error);
      const char *location;

      if (response == NULL)
        return NULL;
      if (response->status >= 200 && response->status < 300)
        return g_bytes_ref (response->body);
      location = response->status >= 300 && response->status < 400 ? ch_response_get_header (response, "location") : NULL;
      if (location == NULL)
        {
          g_set_error (error, CH_PROCORE_ERROR, response->status == 404 ? CH_PROCORE_ERROR_NOT_FOUND : CH_PROCORE_ERROR_SERVER,
                       _ ("Procore's storage answers with status %u"), response->status);
          return NULL;
        }
      g_free (url);
      url = g_uri_resolve_relative (request->url, location, G_URI_FLAGS_ENCODED, NULL);
    }
  g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER, _ ("Procore does not say where the file can be had"));
  return NULL;
}
