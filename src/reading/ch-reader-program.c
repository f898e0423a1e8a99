#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-reader-program.h"

#define PROGRAM "certholder-reader"

/**
 * ch_reader_program_find:
 *
 * Finds certholder-reader: where CERTHOLDER_READER says, beside the running program, in its neighbour folder of a build
 * tree, where it is installed.
 *
 * Returns: (transfer full) (nullable): its path
 */
char *
ch_reader_program_find (void)
{
  static const char *const beside[] = { ".", "../reading", "../../src/reading" };
  const char *named = g_getenv ("CERTHOLDER_READER");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  char *path;
  guint i;

  if (named != NULL && *named != '\0')
    return g_strdup (named);

  for (i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      path = g_build_filename (folder, beside[i], PROGRAM, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return path;
      g_free (path);
    }

  path = g_build_filename (LIBEXECDIR, PROGRAM, NULL);
  if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return path;
  g_free (path);

  return NULL;
}
