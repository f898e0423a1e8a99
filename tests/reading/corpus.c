#include "config.h"

#include "corpus.h"

#include "ch-interchange.h"

#include <string.h>

void
corpus_file_free (CorpusFile *self)
{
  g_free (self->pdf);
  g_free (self->json);
  g_free (self->kind);
  g_free (self);
}

char *
corpus_find_folder (const char *name)
{
  const char *shared = g_getenv ("CERTHOLDER_SHARED_DIR");
  const char *source = g_getenv ("CERTHOLDER_SOURCE_DIR");
  g_autofree char *folder = NULL;

  if (shared != NULL)
    folder = g_build_filename (shared, "acord", name, NULL);
  else if (source != NULL)
    folder = g_build_filename (source, "..", "shared", "acord", name, NULL);

  return folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&folder) : NULL;
}

static CorpusFile *
make_file (const char *folder,
           const char *name)
{
  g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".pdf"));
  g_autofree char *own = g_strconcat (stem, ".json", NULL);
  g_autofree char *json = g_build_filename (folder, own, NULL);
  char *underscore = strrchr (stem, '_');
  CorpusFile *file;

  if (!g_file_test (json, G_FILE_TEST_EXISTS) && underscore != NULL)
    {
      g_autofree char *shared = g_strdup_printf ("%.*s.json", (int) (underscore - stem), stem);

      g_free (json);
      json = g_build_filename (folder, shared, NULL);
    }
  if (!g_file_test (json, G_FILE_TEST_EXISTS))
    return NULL;

  file = g_new0 (CorpusFile, 1);
  file->pdf = g_build_filename (folder, name, NULL);
  file->json = g_steal_pointer (&json);
  file->kind = g_strdup (underscore != NULL ? underscore + 1 : "other");

  return file;
}

static int
compare_files (gconstpointer a,
               gconstpointer b)
{
  return strcmp ((*(CorpusFile *const *) a)->pdf, (*(CorpusFile *const *) b)->pdf);
}

GPtrArray *
corpus_list (const char *folder,
             GError    **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  GPtrArray *files;
  const char *name;

  if (dir == NULL)
    return NULL;

  files = g_ptr_array_new_with_free_func ((GDestroyNotify) corpus_file_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      CorpusFile *file = g_str_has_suffix (name, ".pdf") ? make_file (folder, name) : NULL;

      if (file != NULL)
        g_ptr_array_add (files, file);
    }
  g_ptr_array_sort (files, compare_files);

  return files;
}

ChCertificate *
corpus_load_truth (const char *json,
                   GError    **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (!g_file_get_contents (json, &text, NULL, error))
    return NULL;
  node = json_from_string (text, error);
  if (node == NULL)
    return NULL;

  return ch_certificate_from_json (node, error);
}
