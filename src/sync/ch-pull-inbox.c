#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-file-mark-private.h"
#include "ch-folders-private.h"

#include "ch-publication.h"
#include "ch-store-certificates.h"
#include "ch-store-documents.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

/*
 * The way in through a project's documents: what somebody puts into "Insurance certificates/Inbox" is fetched, kept, read
 * and filed; then it goes to its sub's folder, where the push finds it and puts nothing beside it. What is not certainly
 * one sub's stays where it is and says why in its description, until the desk has decided. Which version of a file was
 * looked at, and what came of it, is stored in the transaction that files it; what follows from that is found anew each
 * time, so an act that was cut short is taken up again.
 */

#define INBOX "Inbox"

/* the projects in whose inboxes something waits for the desk, with commas between */
#define WAITING "inbox.waiting"

/* What is known of a file there. */
typedef struct {
  char *stamp;      /* the version that was looked at */
  char *sha256;     /* (nullable): NULL where its content is of no use */
  char *problem;    /* (nullable): then why */
} Known;

static void
known_free (Known *self)
{
  g_free (self->stamp);
  g_free (self->sha256);
  g_free (self->problem);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Known, known_free)

static char *
dup_path (void)
{
  return g_strconcat (CH_PUBLICATION_FOLDER "/", INBOX, NULL);
}

static char *
dup_folder_state_name (gint64 project_id)
{
  return g_strdup_printf ("inbox.folder.%" G_GINT64_FORMAT, project_id);
}

static char *
dup_file_state_name (const ChProcoreFile *file)
{
  return g_strdup_printf ("inbox.file.%" G_GINT64_FORMAT, file->id);
}

/* Changes with each new version. */
static char *
dup_stamp (const ChProcoreFile *file)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, file->version, file->size);
}

/* (nullable): what is known of the file's present version */
static gboolean
load_known (ChRound             *round,
            const ChProcoreFile *file,
            Known              **known,
            GError             **error)
{
  g_autofree char *name = dup_file_state_name (file);
  g_autofree char *stamp = dup_stamp (file);
  GError *cause = NULL;
  g_autofree char *text = ch_store_dup_state (round->store, name, &cause);
  g_auto (GStrv) lines = NULL;

  *known = NULL;
  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  if (text == NULL)
    return TRUE;

  lines = g_strsplit (text, "\n", 3);
  if (g_strv_length (lines) < 3 || !g_str_equal (lines[0], stamp))
    return TRUE;
  *known = g_new0 (Known, 1);
  (*known)->stamp = g_strdup (lines[0]);
  (*known)->sha256 = *lines[1] != '\0' ? g_strdup (lines[1]) : NULL;
  (*known)->problem = *lines[2] != '\0' ? g_strdup (lines[2]) : NULL;
  return TRUE;
}

static gboolean
store_known (ChRound             *round,
             const ChProcoreFile *file,
             const Known         *known,
             GError             **error)
{
  g_autofree char *name = dup_file_state_name (file);
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s", known->stamp, known->sha256 != NULL ? known->sha256 : "",
                                           known->problem != NULL ? known->problem : "");

  return ch_store_set_state (round->store, name, text, error);
}

/* The project's inbox by the name that it has for people. It is made once, beside the certificates, with the first report
 * that goes there or where others have made its place; one that somebody took away stays away. */
static gboolean
find_by_name (ChRound *round,
              gint64   project_id,
              gint64   known_id,
              gint64  *id,
              GError **error)
{
  g_autofree char *path = dup_path ();
  GError *refused = NULL;
  gint64 parent_id = 0;

  if (!_ch_folders_find (round, project_id, path, id, error))
    return FALSE;
  if (*id != 0 || known_id != 0)
    return TRUE;
  if (!_ch_folders_find (round, project_id, CH_PUBLICATION_FOLDER, &parent_id, error))
    return FALSE;
  if (parent_id == 0 || _ch_folders_make (round, project_id, path, id, &refused))
    return TRUE;
  *id = 0;
  if (!g_error_matches (refused, CH_PROCORE_ERROR, CH_PROCORE_ERROR_FORBIDDEN))
    {
      g_propagate_error (error, refused);
      return FALSE;
    }
  g_error_free (refused);
  return TRUE;
}

static gboolean
is_inbox (const ChFolder *folder)
{
  g_autofree char *name = g_utf8_casefold (folder->name != NULL ? folder->name : "", -1);
  g_autofree char *ours = g_utf8_casefold (INBOX, -1);

  return g_str_equal (name, ours);
}

static gboolean
remember_folder (ChRound    *round,
                 const char *state_name,
                 gint64      id,
                 GError    **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  return _ch_round_begin (round, error)
         && _ch_round_end (round, ch_store_set_state (round->store, state_name, text, error), error);
}

/* *folder is NULL where there is none. Once it is known, one request shows it. */
static gboolean
open_inbox (ChRound   *round,
            gint64     project_id,
            ChFolder **folder,
            GError   **error)
{
  g_autofree char *state_name = dup_folder_state_name (project_id);
  GError *cause = NULL;
  g_autofree char *state = ch_store_dup_state (round->store, state_name, &cause);
  gint64 known_id = state != NULL ? g_ascii_strtoll (state, NULL, 10) : 0;
  const ChFolder *found = NULL;
  gint64 id = 0;

  *folder = NULL;
  if (cause == NULL && known_id != 0)
    {
      found = _ch_folders_read (round, project_id, known_id, &cause);
      if (found != NULL && is_inbox (found))
        {
          *folder = ch_folder_copy (found);
          return TRUE;
        }
      if (g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_FOUND))
        g_clear_error (&cause);
    }
  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  if (!find_by_name (round, project_id, known_id, &id, error))
    return FALSE;
  if (id == 0)
    return TRUE;
  found = _ch_folders_read (round, project_id, id, error);
  if (found == NULL)
    return FALSE;
  *folder = ch_folder_copy (found);
  return id == known_id || remember_folder (round, state_name, id, error);
}

/*< private > */
void
_ch_inbox_make (ChRound *round,
                gint64   project_id)
{
  g_autofree char *state_name = dup_folder_state_name (project_id);
  g_autofree char *state = ch_store_dup_state (round->store, state_name, NULL);
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  if (state != NULL)
    return;
  if (!find_by_name (round, project_id, 0, &id, &error) || (id != 0 && !remember_folder (round, state_name, id, &error)))
    g_debug ("The inbox is made another time: %s", error->message);
}

/*< private > */
GArray *
_ch_inbox_list_waiting (ChStore *store,
                        GError **error)
{
  GError *cause = NULL;
  g_autofree char *text = ch_store_dup_state (store, WAITING, &cause);
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", ",", -1);
  GArray *project_ids;
  guint i;

  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return NULL;
    }
  project_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (i = 0; words[i] != NULL; i++)
    {
      gint64 id = g_ascii_strtoll (words[i], NULL, 10);

      if (id != 0)
        g_array_append_val (project_ids, id);
    }
  return project_ids;
}

/* Inside the caller's transaction. */
static gboolean
note_waiting (ChRound *round,
              gint64   project_id,
              gboolean waits,
              GError **error)
{
  g_autoptr (GArray) before = _ch_inbox_list_waiting (round->store, error);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean waited = FALSE;
  guint i;

  if (before == NULL)
    return FALSE;

  for (i = 0; i < before->len; i++)
    {
      gint64 id = g_array_index (before, gint64, i);

      waited = waited || id == project_id;
      if (id != project_id)
        g_string_append_printf (text, "%" G_GINT64_FORMAT ",", id);
    }
  if (waits == waited)
    return TRUE;
  if (waits)
    g_string_append_printf (text, "%" G_GINT64_FORMAT ",", project_id);
  return ch_store_set_state (round->store, WAITING, text->str, error);
}

/* Whether the same bytes are on file, and could be read. */
static gboolean
is_on_file (ChRound    *round,
            const char *sha256)
{
  g_autoptr (ChFiledCertificate) filed = ch_store_find_certificate_by_document (round->store, sha256, 0, NULL);

  return filed != NULL && filed->read_problem == NULL;
}

/* What the helper makes of the document. FALSE where that says nothing about the document. */
static gboolean
read_document (ChRound    *round,
               const char *sha256,
               ChReading **reading,
               GError    **read_error,
               GError    **error)
{
  int fd = ch_store_open_document (round->store, sha256, error);

  if (fd < 0)
    return FALSE;
  *reading = _ch_session_read_document (round->session, fd, round->cancellable, read_error);
  close (fd);
  if (*reading != NULL
      || ((*read_error)->domain == CH_READER_ERROR && !g_error_matches (*read_error, CH_READER_ERROR, CH_READER_ERROR_NO_HELPER)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (read_error));
  return FALSE;
}

static gboolean
file_document (ChRound             *round,
               const ChProcoreFile *file,
               const Known         *known,
               const ChReading     *reading,
               const GError        *read_error,
               GError             **error)
{
  ChFiling filing = { .file_name = file->name, .sha256 = known->sha256, .source = "procore_inbox" };
  g_autoptr (GPtrArray) filed = NULL;

  if (known->sha256 != NULL)
    {
      filed = ch_desk_file_document (round->desk, &filing, reading, read_error, error);
      if (filed == NULL)
        return FALSE;
    }
  return store_known (round, file, known, error);
}

/* Files what was read and notes that this version was looked at: both or nothing. */
static gboolean
take_document (ChRound             *round,
               const ChProcoreFile *file,
               Known               *known,
               GError             **error)
{
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (GError) read_error = NULL;

  if (known->sha256 != NULL && !is_on_file (round, known->sha256)
      && !read_document (round, known->sha256, &reading, &read_error, error))
    return FALSE;
  if (g_error_matches (read_error, CH_READER_ERROR, CH_READER_ERROR_NOT_PDF))
    {
      g_clear_pointer (&known->sha256, g_free);
      known->problem = g_strdup (read_error->message);
    }
  return _ch_round_begin (round, error)
         && _ch_round_end (round, file_document (round, file, known, reading, read_error, error), error);
}

/* (transfer full) (nullable): what the storage has; a proxy's page, or half a file, is not the file. */
static GBytes *
fetch (ChRound             *round,
       const ChProcoreFile *file,
       GError             **error)
{
  g_autoptr (GBytes) bytes = ch_procore_download (round->procore, file, round->cancellable, error);

  if (bytes == NULL || file->size <= 0 || g_bytes_get_size (bytes) == (gsize) file->size)
    return g_steal_pointer (&bytes);
  g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER, _ ("Procore’s storage answers with something else than the file “%s”"),
               file->name);
  return NULL;
}

/* Fetches the present version and takes it in. *known is NULL where it is not there any more. */
static gboolean
take_in (ChRound             *round,
         const ChProcoreFile *file,
         Known              **known,
         GError             **error)
{
  g_autoptr (Known) taken = g_new0 (Known, 1);
  GError *cause = NULL;

  taken->stamp = dup_stamp (file);
  if (file->size > CH_READER_MAX_BYTES)
    {
      taken->problem = g_strdup (_ ("The file is too large."));
    }
  else
    {
      g_autoptr (GBytes) bytes = fetch (round, file, &cause);

      if (g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_FOUND))
        {
          g_error_free (cause);
          return TRUE;
        }
      taken->sha256 = bytes != NULL ? ch_store_put_document (round->store, bytes, &cause) : NULL;
      if (taken->sha256 == NULL)
        {
          g_propagate_error (error, cause);
          return FALSE;
        }
    }
  if (!take_document (round, file, taken, error))
    return FALSE;
  *known = g_steal_pointer (&taken);
  return TRUE;
}

/* Whose the document is: *sub NULL where it is not certainly one sub's; then *note says why. */
static gboolean
decide (ChRound     *round,
        const Known *known,
        ChVendor   **sub,
        char       **note,
        GError     **error)
{
  gint64 vendor_id = 0;
  gboolean is_one = TRUE;
  guint i;

  for (i = 0; known->sha256 != NULL && is_one; i++)
    {
      GError *cause = NULL;
      g_autoptr (ChFiledCertificate) filed
        = ch_store_find_certificate_by_document (round->store, known->sha256, i, &cause);

      if (g_error_matches (cause, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND))
        {
          g_error_free (cause);
          break;
        }
      if (cause != NULL)
        {
          g_propagate_error (error, cause);
          return FALSE;
        }
      is_one = filed->vendor_id != 0 && (vendor_id == 0 || vendor_id == filed->vendor_id);
      if (vendor_id != 0 && filed->vendor_id != 0 && !is_one)
        *note = g_strdup (_ ("It holds certificates of several subs."));
      else if (filed->vendor_id == 0 && filed->read_problem != NULL)
        *note = g_strdup_printf (_ ("It could not be read: %s The insurance desk looks at it."), filed->read_problem);
      else if (filed->vendor_id == 0)
        *note = g_strdup_printf (_ ("It names “%s”, and no sub is certainly that one. The insurance desk decides."),
                                 filed->certificate->insured_name != NULL ? filed->certificate->insured_name : "");
      vendor_id = filed->vendor_id;
    }
  if (*note == NULL && vendor_id == 0)
    *note = g_strdup (known->problem != NULL ? known->problem : _ ("No certificate was found in it."));
  if (*note != NULL)
    return TRUE;

  *sub = ch_store_get_vendor (round->store, vendor_id, error);
  return *sub != NULL;
}

/* To the sub's folder, known there for what it holds. Nothing that stands there is written over. */
static ChProcoreFile *
move_to_sub (ChRound             *round,
             gint64               project_id,
             const ChProcoreFile *file,
             const ChVendor      *sub,
             const char          *sha256,
             GError             **error)
{
  g_autofree char *path = ch_publication_dup_folder (sub);
  g_autofree char *description = _ch_file_mark_describe (NULL, sha256, file->description);
  g_autofree char *name = NULL;
  const ChFolder *folder;
  gint64 folder_id = 0;

  if (!_ch_folders_make (round, project_id, path, &folder_id, error))
    return NULL;
  folder = _ch_folders_read (round, project_id, folder_id, error);
  if (folder == NULL)
    return NULL;
  name = _ch_folders_dup_free_name (folder, file->name, file->id);
  return ch_procore_update_file (round->procore, project_id, file->id, folder_id,
                                 g_strcmp0 (name, file->name) != 0 ? name : NULL, description, NULL, round->cancellable,
                                 error);
}

/* Somebody may have moved it, or written into its description, since the folder was read. *file is NULL where there is
 * nothing to do. */
static gboolean
look_again (ChRound             *round,
            gint64               project_id,
            const ChProcoreFile *shown,
            ChProcoreFile      **file,
            GError             **error)
{
  GError *cause = NULL;

  *file = ch_procore_get_file (round->procore, project_id, shown->id, round->cancellable, &cause);
  if (g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_FOUND))
    g_clear_error (&cause);
  if (*file != NULL && ((*file)->is_deleted || (*file)->parent_id != shown->parent_id || (*file)->version != shown->version))
    g_clear_pointer (file, ch_procore_file_free);
  if (cause != NULL)
    g_propagate_error (error, cause);
  return cause == NULL;
}

static gboolean
put_in_its_place (ChRound             *round,
                  gint64               project_id,
                  const ChProcoreFile *shown,
                  const Known         *known,
                  gboolean            *waits,
                  GError             **error)
{
  g_autoptr (ChVendor) sub = NULL;
  g_autofree char *note = NULL;
  g_autofree char *description = NULL;
  g_autoptr (ChProcoreFile) file = NULL;
  g_autoptr (ChProcoreFile) written = NULL;

  if (!decide (round, known, &sub, &note, error))
    return FALSE;
  *waits = *waits || sub == NULL;
  description = note != NULL ? _ch_file_mark_note (note, shown->description) : NULL;
  if (sub == NULL && g_strcmp0 (description, shown->description) == 0)
    return TRUE;
  if (!look_again (round, project_id, shown, &file, error))
    return FALSE;
  if (file == NULL)
    return TRUE;

  if (sub != NULL)
    {
      written = move_to_sub (round, project_id, file, sub, known->sha256, error);
    }
  else
    {
      g_free (description);
      description = _ch_file_mark_note (note, file->description);
      written = ch_procore_update_file (round->procore, project_id, file->id, 0, NULL, description, NULL,
                                        round->cancellable, error);
    }
  _ch_folders_forget (round->folders, project_id);
  return written != NULL;
}

static gboolean
take_file (ChRound             *round,
           gint64               project_id,
           const ChProcoreFile *file,
           gboolean            *waits,
           GError             **error)
{
  g_autoptr (Known) known = NULL;

  if (!load_known (round, file, &known, error) || (known == NULL && !take_in (round, file, &known, error)))
    return FALSE;
  return known == NULL || put_in_its_place (round, project_id, file, known, waits, error);
}

/* A file that makes trouble does not hold up the others; but then the inbox has not been read. */
static gboolean
take_files (ChRound        *round,
            gint64          project_id,
            const ChFolder *inbox,
            gboolean       *waits,
            GError        **error)
{
  GError *first = NULL;
  guint i;

  for (i = 0; inbox != NULL && i < inbox->files->len; i++)
    {
      GError *cause = NULL;

      if (take_file (round, project_id, g_ptr_array_index (inbox->files, i), waits, &cause))
        continue;
      if (first != NULL)
        g_clear_error (&first);
      first = cause;
      if (_ch_ends_round (first))
        break;
    }
  if (first != NULL)
    g_propagate_error (error, first);
  return first == NULL;
}

/*< private > */
gboolean
_ch_pull_inbox (ChRound *round,
                gint64   project_id,
                GError **error)
{
  const ChUnit *unit = round->unit;
  g_autoptr (ChFolder) inbox = NULL;
  gboolean waits = FALSE;
  gboolean ok;

  if (!ch_publication_is_on (round->store, _ch_get_place (CH_SHARED_DOCUMENT)))
    return TRUE;

  /* It is not read before its last file is filed. */
  round->unit = NULL;
  ok = open_inbox (round, project_id, &inbox, error) && take_files (round, project_id, inbox, &waits, error);
  round->unit = unit;
  return ok && _ch_round_begin (round, error)
         && _ch_round_end (round, note_waiting (round, project_id, waits, error), error);
}
