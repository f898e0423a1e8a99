#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-session-private.h"

#include "ch-publication.h"
#include "ch-store-documents.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Files and folders have no origin_id. So a folder is known by its name under its parent, and a file by its name and
 * by our mark in its description, which says what it holds; both are looked for before they are made.
 */

static ChFolder *
find_folder (ChFolder   *parent,
             const char *name)
{
  guint i;

  for (i = 0; i < parent->folders->len; i++)
    {
      ChFolder *folder = g_ptr_array_index (parent->folders, i);

      if (folder->name != NULL && g_utf8_collate (folder->name, name) == 0)
        return folder;
    }
  return NULL;
}

/* The folder at the end of a path like "Insurance certificates/A sub", made where it is missing, with its content. */
static ChFolder *
open_folder (ChRound    *round,
             gint64      project_id,
             const char *path,
             GError    **error)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  g_autoptr (ChFolder) folder = ch_procore_get_folder (round->procore, project_id, 0, round->cancellable, error);
  guint i;

  for (i = 0; folder != NULL && names[i] != NULL; i++)
    {
      ChFolder *child = find_folder (folder, names[i]);
      gint64 parent_id = i == 0 ? 0 : folder->id;
      ChFolder *next = child != NULL
                         ? ch_procore_get_folder (round->procore, project_id, child->id, round->cancellable, error)
                         : ch_procore_create_folder (round->procore, project_id, parent_id, names[i], round->cancellable, error);

      ch_folder_free (g_steal_pointer (&folder));
      folder = next;
    }
  return g_steal_pointer (&folder);
}

static ChProcoreFile *
find_file (ChFolder             *folder,
           const ChSharedRecord *record)
{
  const char *name = ch_field_set_get (record->local, "name");
  ChProcoreFile *by_name = NULL;
  guint i;

  for (i = 0; i < folder->files->len; i++)
    {
      ChProcoreFile *file = g_ptr_array_index (folder->files, i);

      if (file->description != NULL && strstr (file->description, record->uuid) != NULL)
        return file;
      if (g_strcmp0 (file->name, name) == 0)
        by_name = file;
    }
  return by_name;
}

static const char *
get_content_mark (const ChSharedRecord *record)
{
  return ch_field_set_get (record->local, record->kind == CH_SHARED_REPORT ? "fingerprint" : "sha256");
}

static char *
make_description (const ChSharedRecord *record)
{
  return g_strdup_printf ("Certholder %s sha256:%s", record->uuid, get_content_mark (record));
}

static GBytes *
load_document (ChStore    *store,
               const char *sha256,
               GError    **error)
{
  int fd = ch_store_open_document (store, sha256, error);
  struct stat info;
  g_autofree guint8 *data = NULL;
  gsize have = 0;
  ssize_t n = 1;

  if (fd < 0)
    return NULL;

  if (fstat (fd, &info) == 0)
    {
      data = g_malloc (MAX (info.st_size, 1));
      while (have < (gsize) info.st_size && ((n = read (fd, data + have, info.st_size - have)) > 0 || (n < 0 && errno == EINTR)))
        have += MAX (n, 0);
    }
  close (fd);
  if (data == NULL || have < (gsize) info.st_size)
    {
      g_set_error_literal (error, CH_STORE_ERROR, CH_STORE_ERROR_IO, _ ("a document can't be read from the disk"));
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&data), have);
}

static GBytes *
load_content (ChRound              *round,
              const ChSharedRecord *record,
              GError              **error)
{
  return record->kind == CH_SHARED_REPORT ? ch_publication_make_report (round->desk, record->project_id, error)
                                          : load_document (round->store, get_content_mark (record), error);
}

static ChProcoreFile *
copy_file (const ChProcoreFile *file)
{
  ChProcoreFile *copy = g_new0 (ChProcoreFile, 1);

  copy->id = file->id;
  copy->parent_id = file->parent_id;
  copy->name = g_strdup (file->name);
  copy->description = g_strdup (file->description);
  copy->size = file->size;
  return copy;
}

/* Puts the file where it belongs; one that is there already with this content needs nothing. */
static ChProcoreFile *
file_away (ChRound              *round,
           const ChSharedRecord *record,
           gboolean             *written,
           GError              **error)
{
  const char *name = ch_field_set_get (record->local, "name");
  g_autofree char *description = make_description (record);
  g_autoptr (ChFolder) folder = open_folder (round, record->project_id, ch_field_set_get (record->local, "folder"), error);
  g_autoptr (GBytes) content = NULL;
  g_autofree char *upload = NULL;
  ChProcoreFile *there;

  if (folder == NULL)
    return NULL;
  there = find_file (folder, record);
  if (there != NULL && g_strcmp0 (there->description, description) == 0 && g_strcmp0 (there->name, name) == 0)
    return copy_file (there);

  content = load_content (round, record, error);
  if (content == NULL)
    return NULL;
  upload = ch_procore_upload (round->procore, record->project_id, name, "application/pdf", content, round->cancellable, error);
  if (upload == NULL)
    return NULL;
  *written = TRUE;
  return there != NULL ? ch_procore_update_file (round->procore, record->project_id, there->id, 0, name, description, upload,
                                                 round->cancellable, error)
                       : ch_procore_create_file (round->procore, record->project_id, folder->id, name, description, upload,
                                                 round->cancellable, error);
}

static gboolean
mark (ChRound              *round,
      const ChSharedRecord *record,
      gboolean             *nothing,
      GError              **error)
{
  *nothing = record->withdrawn || (record->base != NULL && ch_field_set_equal (record->base, record->local));
  return *nothing ? ch_store_outbox_confirm (round->store, record->id, error)
                  : ch_store_outbox_mark_sending (round->store, record->id, record->local, error);
}

/*< private > */
gboolean
_ch_push_document (ChRound           *round,
                   const ChOutboxRow *row,
                   GError           **error)
{
  g_autoptr (ChSharedRecord) record = ch_store_get_shared (round->store, row->record_id, error);
  g_autoptr (ChProcoreFile) file = NULL;
  g_autofree char *id = NULL;
  gboolean nothing = FALSE;
  gboolean written = FALSE;
  GError *cause = NULL;

  if (record == NULL || !_ch_round_begin (round, error) || !_ch_round_end (round, mark (round, record, &nothing, error), error))
    return FALSE;
  if (nothing)
    return TRUE;

  file = file_away (round, record, &written, &cause);
  if (file == NULL)
    return _ch_attempt_failed (round, row, CH_STAGE_WRITE, _ ("project documents"), cause, error);

  if (written)
    round->summary->pushed_files++;
  id = g_strdup_printf ("%" G_GINT64_FORMAT, file->id);
  return _ch_round_begin (round, error)
         && _ch_round_end (round, _ch_confirm (round, row->record_id, record->local, NULL, id, error), error);
}
