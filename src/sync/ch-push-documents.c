#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-file-mark-private.h"
#include "ch-folders-private.h"

#include "ch-file-kind.h"
#include "ch-store-documents.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A file has no origin_id. It is known by its id once Procore has given it one, and before that by our mark in its
 * description, which names the record and what the file holds. What people made of it, its name and place, is merged
 * like every other field; a further version is put under the same file, never beside it.
 */

static const char *
get_content_field (const ChSharedRecord *record)
{
  return record->kind == CH_SHARED_REPORT ? "fingerprint" : "sha256";
}

/* The path under which we know the file's folder, of those that we would have put it in; else one that only says its id. */
static gboolean
name_folder (ChRound              *round,
             const ChSharedRecord *record,
             const ChFieldSet     *sent,
             gint64                folder_id,
             char                **path,
             GError              **error)
{
  const ChFieldSet *const sides[] = { record->local, record->base, sent };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      const char *known = sides[i] != NULL ? ch_field_set_get (sides[i], "folder") : NULL;
      gint64 id = 0;

      if (known == NULL)
        continue;
      if (!_ch_folders_find (round, record->project_id, known, &id, error))
        return FALSE;
      if (id == folder_id)
        {
          *path = g_strdup (known);
          return TRUE;
        }
    }
  *path = _ch_folders_dup_strange_path (folder_id);
  return TRUE;
}

/* The file as a record's fields. */
static gboolean
describe_file (ChRound              *round,
               const ChSharedRecord *record,
               const ChProcoreFile  *file,
               ChFieldSet          **remote,
               GError              **error)
{
  const char *content = get_content_field (record);
  g_autofree char *mark = _ch_file_mark_dup_content (file->description);
  g_autofree char *folder = NULL;
  g_autoptr (ChFieldSet) sent = NULL;

  if (!ch_store_outbox_get_sent (round->store, record->id, &sent, error)
      || !name_folder (round, record, sent, file->parent_id, &folder, error))
    return FALSE;

  *remote = ch_field_set_new ();
  ch_field_set_set (*remote, "folder", folder);
  ch_field_set_set (*remote, "name", file->name);
  ch_field_set_set (*remote, content, mark);
  /* A description that somebody wrote over does not say that the content changed. */
  if (mark == NULL && record->base != NULL)
    ch_field_set_set (*remote, content, ch_field_set_get (record->base, content));
  return TRUE;
}

/* Among the files of a folder: the record's own, or one that was taken in with the same content and has no record. */
static const ChProcoreFile *
find_in_folder (const ChFolder       *folder,
                const ChSharedRecord *record)
{
  const char *content = ch_field_set_get (record->local, get_content_field (record));
  const ChProcoreFile *taken_in = NULL;
  guint i;

  for (i = 0; i < folder->files->len; i++)
    {
      const ChProcoreFile *file = g_ptr_array_index (folder->files, i);
      g_autofree char *mark = _ch_file_mark_dup_content (file->description);

      if (_ch_file_mark_is_of (file->description, record))
        return file;
      if (g_strcmp0 (mark, content) == 0 && _ch_file_mark_is_taken_in (file->description))
        taken_in = file;
    }
  return taken_in;
}

static gboolean
look_in_folder (ChRound              *round,
                const ChSharedRecord *record,
                const char           *path,
                ChProcoreFile       **file,
                GError              **error)
{
  const ChFolder *folder;
  const ChProcoreFile *found;
  gint64 id = 0;

  if (path == NULL)
    return TRUE;
  if (!_ch_folders_find (round, record->project_id, path, &id, error))
    return FALSE;
  if (id == 0)
    return TRUE;
  folder = _ch_folders_read (round, record->project_id, id, error);
  if (folder == NULL)
    return FALSE;
  found = find_in_folder (folder, record);
  *file = found != NULL ? ch_procore_file_copy (found) : NULL;
  return TRUE;
}

/* By its id. That Procore says it is not there is taken for a deletion only where its folder does not show it either. */
static gboolean
look_by_id (ChRound              *round,
            const ChSharedRecord *record,
            ChProcoreFile       **file,
            GError              **error)
{
  g_autoptr (GError) missing = NULL;

  *file = ch_procore_get_file (round->procore, record->project_id, g_ascii_strtoll (record->procore_id, NULL, 10),
                               round->cancellable, &missing);
  if (*file != NULL && (*file)->is_deleted)
    g_clear_pointer (file, ch_procore_file_free);
  if (missing == NULL)
    return TRUE;
  if (g_error_matches (missing, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_FOUND))
    return look_in_folder (round, record, ch_field_set_get (record->base != NULL ? record->base : record->local, "folder"), file,
                           error);

  g_propagate_error (error, g_steal_pointer (&missing));
  return FALSE;
}

/* What Procore has of the record; *file is NULL where it has nothing. */
static gboolean
look (ChRound              *round,
      const ChSharedRecord *record,
      ChProcoreFile       **file,
      GError              **error)
{
  g_autoptr (ChFieldSet) sent = NULL;

  *file = NULL;
  if (record->procore_id != NULL)
    return look_by_id (round, record, file, error);
  if (!ch_store_outbox_get_sent (round->store, record->id, &sent, error)
      || !look_in_folder (round, record, ch_field_set_get (record->local, "folder"), file, error))
    return FALSE;
  return *file != NULL || sent == NULL || look_in_folder (round, record, ch_field_set_get (sent, "folder"), file, error);
}

/* Merges what was seen and marks what is to be done; *send is NULL where nothing is. The desk went on while Procore was
 * asked: *now is the record as it is by now. */
static gboolean
take_and_mark (ChRound             *round,
               gint64               record_id,
               const ChProcoreFile *file,
               const ChFieldSet    *remote,
               ChSharedRecord     **now,
               ChFieldSet         **send,
               GError             **error)
{
  ChSharedRecord *record = *now = ch_store_get_shared (round->store, record_id, error);

  if (record == NULL)
    return FALSE;
  if (file != NULL)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, file->id);

      /* One that was taken in has been put there by us: what it shows is agreed on. */
      if (record->base == NULL && !_ch_file_mark_is_of (file->description, record))
        record->base = ch_field_set_copy (remote);
      if (!ch_store_claim_procore_id (round->store, record, id, error))
        return FALSE;
    }
  if (!_ch_take_remote (round, record, remote, send, error))
    return FALSE;
  if (!record->gone && ch_field_set_get_size (*send) > 0)
    return ch_store_outbox_mark_sending (round->store, record->id, *send, error);

  g_clear_pointer (send, ch_field_set_free);
  return ch_store_outbox_confirm (round->store, record->id, error);
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
  return record->kind == CH_SHARED_REPORT
           ? _ch_session_make_report (round->session, record->project_id, error)
           : load_document (round->store, ch_field_set_get (record->local, get_content_field (record)), error);
}

static const char *
get_last_name (const char *path)
{
  const char *slash = strrchr (path, '/');

  return slash != NULL ? slash + 1 : path;
}

/* A folder that has the name that the desk gave it, beside which none of the new name stands, is renamed with all that
 * people put into it, instead of being emptied file by file. *renamed tells whether it was. */
static gboolean
rename_folder (ChRound              *round,
               const ChSharedRecord *record,
               const ChProcoreFile  *file,
               gboolean             *renamed,
               GError              **error)
{
  const char *from = record->base != NULL ? ch_field_set_get (record->base, "folder") : NULL;
  const char *to = ch_field_set_get (record->local, "folder");
  const char *last = get_last_name (to);
  g_autofree char *parent_path = last > to ? g_strndup (to, last - to - 1) : NULL;
  const ChFolder *folder;
  gint64 parent_id = 0;
  gint64 there = 0;

  *renamed = FALSE;
  if (from == NULL || *from == '#' || *to == '#' || parent_path == NULL || strchr (from, '/') == NULL)
    return TRUE;
  if (!_ch_folders_find (round, record->project_id, to, &there, error)
      || !_ch_folders_find (round, record->project_id, parent_path, &parent_id, error))
    return FALSE;
  if (there != 0 || parent_id == 0)
    return TRUE;
  folder = _ch_folders_read (round, record->project_id, file->parent_id, error);
  if (folder == NULL)
    return FALSE;
  if (folder->parent_id != parent_id || g_strcmp0 (folder->name, get_last_name (from)) != 0)
    return TRUE;

  *renamed = TRUE;
  if (!ch_procore_update_folder (round->procore, record->project_id, file->parent_id, 0, last, round->cancellable, error))
    return FALSE;
  _ch_folders_forget (round->folders, record->project_id);
  return TRUE;
}

/* Where the file belongs; 0 where it stays. */
static gboolean
find_place (ChRound              *round,
            const ChSharedRecord *record,
            const ChProcoreFile  *file,
            const ChFieldSet     *send,
            gint64               *folder_id,
            GError              **error)
{
  gboolean renamed = FALSE;

  *folder_id = 0;
  if (file != NULL && ch_field_set_get (send, "folder") == NULL)
    return TRUE;
  if (file != NULL && !rename_folder (round, record, file, &renamed, error))
    return FALSE;
  return renamed || _ch_folders_make (round, record->project_id, ch_field_set_get (record->local, "folder"), folder_id, error);
}

static gboolean
upload (ChRound              *round,
        const ChSharedRecord *record,
        GBytes               *content,
        char                **uuid,
        GError              **error)
{
  const char *mime_type;
  gconstpointer data;
  gsize length;

  if (content == NULL)
    return TRUE;
  data = g_bytes_get_data (content, &length);
  mime_type = ch_file_kind_get_mime_type (ch_file_kind_find (data, length));
  *uuid = ch_procore_upload (round->procore, record->project_id, ch_field_set_get (record->local, "name"),
                             mime_type != NULL ? mime_type : "application/octet-stream", content, round->cancellable,
                             error);
  return *uuid != NULL;
}

/* Writes what is to be written; answers the file as it is then. */
static ChProcoreFile *
write_file (ChRound              *round,
            const ChSharedRecord *record,
            const ChProcoreFile  *file,
            const ChFieldSet     *send,
            GBytes               *content,
            GError              **error)
{
  g_autofree char *description = NULL;
  g_autofree char *name = NULL;
  g_autofree char *uuid = NULL;
  const ChFolder *folder;
  ChProcoreFile *written;
  gint64 folder_id = 0;

  if (!find_place (round, record, file, send, &folder_id, error))
    return NULL;
  if (file == NULL && record->kind == CH_SHARED_REPORT)
    _ch_inbox_make (round, record->project_id);
  folder = _ch_folders_read (round, record->project_id, folder_id != 0 ? folder_id : file->parent_id, error);
  if (folder == NULL)
    return NULL;
  if (file == NULL || ch_field_set_get (send, "name") != NULL)
    name = _ch_folders_dup_free_name (folder, ch_field_set_get (record->local, "name"), file != NULL ? file->id : 0);
  if (!upload (round, record, content, &uuid, error))
    return NULL;
  /* What somebody wrote into a description stays below ours, which has to say what a new version holds. */
  if (file == NULL || uuid != NULL || _ch_file_mark_is_taken_in (file->description))
    description = _ch_file_mark_describe (record, ch_field_set_get (record->local, get_content_field (record)),
                                          file != NULL ? file->description : NULL);

  /* Its folder was renamed, and that was all. */
  if (file != NULL && folder_id == 0 && name == NULL && description == NULL && uuid == NULL)
    return ch_procore_get_file (round->procore, record->project_id, file->id, round->cancellable, error);

  written = file != NULL ? ch_procore_update_file (round->procore, record->project_id, file->id, folder_id, name, description,
                                                   uuid, round->cancellable, error)
                         : ch_procore_create_file (round->procore, record->project_id, folder_id, name, description, uuid,
                                                   round->cancellable, error);
  _ch_folders_forget_files (round->folders, record->project_id, folder_id);
  if (file != NULL)
    _ch_folders_forget_files (round->folders, record->project_id, file->parent_id);
  return written;
}

/* What is wrong on this machine is told in the row, and holds up nothing else. */
static gboolean
park (ChRound           *round,
      const ChOutboxRow *row,
      GError            *cause,
      GError           **error)
{
  gboolean ok = _ch_round_begin (round, error)
                && _ch_round_end (round, ch_store_outbox_park (round->store, row->record_id, cause->message, error), error);

  g_error_free (cause);
  return ok;
}

static gboolean
confirm (ChRound              *round,
         const ChSharedRecord *record,
         const ChFieldSet     *send,
         const ChProcoreFile  *written,
         GError              **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, written->id);
  g_autoptr (ChFieldSet) answer = NULL;
  GError *cause = NULL;

  round->summary->pushed_files++;
  /* Where the answer can't be read in full, what was sent stands for it. */
  if (!describe_file (round, record, written, &answer, &cause))
    g_clear_error (&cause);
  return _ch_round_begin (round, error)
         && _ch_round_end (round, _ch_confirm (round, record->id, send, answer, id, error), error);
}

/*< private > */
gboolean
_ch_push_document (ChRound           *round,
                   const ChOutboxRow *row,
                   GError           **error)
{
  const char *what = _ ("project documents");
  g_autoptr (ChSharedRecord) before = ch_store_get_shared (round->store, row->record_id, error);
  g_autoptr (ChSharedRecord) record = NULL;
  g_autoptr (ChProcoreFile) file = NULL;
  g_autoptr (ChProcoreFile) written = NULL;
  g_autoptr (ChFieldSet) remote = NULL;
  g_autoptr (ChFieldSet) send = NULL;
  g_autoptr (GBytes) content = NULL;
  GError *cause = NULL;

  if (before == NULL)
    return FALSE;

  if (!look (round, before, &file, &cause) || (file != NULL && !describe_file (round, before, file, &remote, &cause)))
    return _ch_attempt_failed (round, row, CH_STAGE_LOOK, what, cause, error);
  if (!_ch_round_begin (round, error)
      || !_ch_round_end (round, take_and_mark (round, row->record_id, file, remote, &record, &send, error), error))
    return FALSE;
  if (send == NULL)
    return TRUE;

  if (file == NULL || ch_field_set_get (send, get_content_field (record)) != NULL)
    {
      content = load_content (round, record, &cause);
      if (content == NULL)
        return park (round, row, cause, error);
    }
  written = write_file (round, record, file, send, content, &cause);
  if (written == NULL)
    {
      _ch_folders_forget (round->folders, record->project_id);
      return _ch_attempt_failed (round, row, CH_STAGE_WRITE, what, cause, error);
    }
  return confirm (round, record, send, written, error);
}
