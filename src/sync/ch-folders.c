#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-folders-private.h"

#include <string.h>

/*
 * Folders have no origin_id: one is known by its name under its parent, and is looked for before it is made. Procore
 * refuses a second one of the same name, so that a lost answer makes no two.
 */

typedef struct {
  gint64    project_id;
  gint64    folder_id;
  ChFolder *folder;
  gint64    read_at;
} Shelf;

struct _ChFolders {
  GPtrArray *shelves;   /* (element-type Shelf): few at a time */
};

static void
shelf_free (gpointer data)
{
  Shelf *self = data;

  ch_folder_free (self->folder);
  g_free (self);
}

/*< private > */
ChFolders *
_ch_folders_new (void)
{
  ChFolders *self = g_new0 (ChFolders, 1);

  self->shelves = g_ptr_array_new_with_free_func (shelf_free);
  return self;
}

/*< private > */
void
_ch_folders_free (ChFolders *self)
{
  g_ptr_array_unref (self->shelves);
  g_free (self);
}

/*< private > */
void
_ch_folders_forget (ChFolders *self,
                    gint64     project_id)
{
  guint i;

  for (i = self->shelves->len; i > 0; i--)
    {
      if (((const Shelf *) g_ptr_array_index (self->shelves, i - 1))->project_id == project_id)
        g_ptr_array_remove_index_fast (self->shelves, i - 1);
    }
}

/*< private > */
void
_ch_folders_forget_files (ChFolders *self,
                          gint64     project_id,
                          gint64     folder_id)
{
  guint i;

  for (i = self->shelves->len; i > 0; i--)
    {
      const Shelf *shelf = g_ptr_array_index (self->shelves, i - 1);

      if (shelf->project_id == project_id && shelf->folder_id == folder_id)
        g_ptr_array_remove_index_fast (self->shelves, i - 1);
    }
}

static Shelf *
find_shelf (ChRound *round,
            gint64   project_id,
            gint64   folder_id)
{
  GPtrArray *shelves = round->folders->shelves;
  gint64 oldest = _ch_round_now (round) - CH_LOOK_HOLDS;
  guint i;

  for (i = 0; i < shelves->len; i++)
    {
      Shelf *shelf = g_ptr_array_index (shelves, i);

      if (shelf->project_id != project_id || shelf->folder_id != folder_id)
        continue;
      if (shelf->read_at >= oldest && shelf->read_at <= _ch_round_now (round))
        return shelf;
      g_ptr_array_remove_index_fast (shelves, i);
      return NULL;
    }
  return NULL;
}

/*< private > */
const ChFolder *
_ch_folders_read (ChRound *round,
                  gint64   project_id,
                  gint64   folder_id,
                  GError **error)
{
  Shelf *shelf = find_shelf (round, project_id, folder_id);
  ChFolder *folder;

  if (shelf != NULL)
    return shelf->folder;

  folder = ch_procore_get_folder (round->procore, project_id, folder_id, round->cancellable, error);
  if (folder == NULL)
    return NULL;
  shelf = g_new0 (Shelf, 1);
  shelf->project_id = project_id;
  shelf->folder_id = folder_id;
  shelf->folder = folder;
  shelf->read_at = _ch_round_now (round);
  g_ptr_array_add (round->folders->shelves, shelf);
  return folder;
}

/* Procore may hold names equal that differ in case only; the exact one is preferred. 0 where there is none. */
static gint64
find_child (const ChFolder *parent,
            const char     *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  gint64 alike = 0;
  guint i;

  for (i = 0; i < parent->folders->len; i++)
    {
      const ChFolder *folder = g_ptr_array_index (parent->folders, i);
      g_autofree char *other = folder->name != NULL ? g_utf8_casefold (folder->name, -1) : NULL;

      if (g_strcmp0 (folder->name, name) == 0)
        return folder->id;
      if (alike == 0 && g_strcmp0 (folded, other) == 0)
        alike = folder->id;
    }
  return alike;
}

static gboolean
read_child (ChRound    *round,
            gint64      project_id,
            gint64      parent_id,
            const char *name,
            gint64     *id,
            GError    **error)
{
  const ChFolder *parent = _ch_folders_read (round, project_id, parent_id, error);

  if (parent == NULL)
    return FALSE;
  *id = find_child (parent, name);
  return TRUE;
}

/* Somebody may have made it in this very moment: then theirs is the one. */
static gboolean
make_child (ChRound    *round,
            gint64      project_id,
            gint64      parent_id,
            const char *name,
            gint64     *id,
            GError    **error)
{
  g_autoptr (GError) refused = NULL;
  ChFolder *made = ch_procore_create_folder (round->procore, project_id, parent_id, name, round->cancellable, &refused);
  Shelf *shelf = find_shelf (round, project_id, parent_id);

  if (made != NULL)
    {
      *id = made->id;
      if (shelf != NULL)
        g_ptr_array_add (shelf->folder->folders, made);
      else
        ch_folder_free (made);
      return TRUE;
    }
  _ch_folders_forget (round->folders, project_id);
  if (g_error_matches (refused, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID))
    {
      if (!read_child (round, project_id, parent_id, name, id, error))
        return FALSE;
      if (*id != 0)
        return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&refused));
  return FALSE;
}

static gboolean
walk (ChRound    *round,
      gint64      project_id,
      const char *path,
      gboolean    makes,
      gint64     *id,
      GError    **error)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  guint i;

  *id = 0;
  if (*path == '#')
    {
      *id = g_ascii_strtoll (path + 1, NULL, 10);
      return TRUE;
    }
  for (i = 0; names[i] != NULL; i++)
    {
      gint64 parent_id = *id;

      if (!read_child (round, project_id, parent_id, names[i], id, error))
        return FALSE;
      if (*id == 0 && !makes)
        return TRUE;
      if (*id == 0 && !make_child (round, project_id, parent_id, names[i], id, error))
        return FALSE;
    }
  return TRUE;
}

/*< private > */
gboolean
_ch_folders_find (ChRound    *round,
                  gint64      project_id,
                  const char *path,
                  gint64     *id,
                  GError    **error)
{
  return walk (round, project_id, path, FALSE, id, error);
}

/*< private > */
gboolean
_ch_folders_make (ChRound    *round,
                  gint64      project_id,
                  const char *path,
                  gint64     *id,
                  GError    **error)
{
  return walk (round, project_id, path, TRUE, id, error);
}

/*< private > */
char *
_ch_folders_dup_strange_path (gint64 folder_id)
{
  return g_strdup_printf ("#%" G_GINT64_FORMAT, folder_id);
}

/*< private > */
char *
_ch_folders_dup_free_name (const ChFolder *folder,
                           const char     *name,
                           gint64          own_id)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *stem = dot != NULL ? g_strndup (name, dot - name) : g_strdup (name);
  g_autofree char *candidate = g_strdup (name);
  guint number;
  guint i;

  for (number = 2;; number++)
    {
      gboolean taken = FALSE;

      for (i = 0; i < folder->files->len; i++)
        {
          const ChProcoreFile *file = g_ptr_array_index (folder->files, i);

          taken = taken || (file->id != own_id && g_strcmp0 (file->name, candidate) == 0);
        }
      if (!taken)
        return g_steal_pointer (&candidate);
      g_free (candidate);
      candidate = g_strdup_printf ("%s (%u)%s", stem, number, dot != NULL ? dot : "");
    }
}
