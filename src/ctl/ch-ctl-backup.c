#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-ctl-output.h"
#include "ch-store-backup.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

/* Only a person at a terminal is told how far it is. */
static void
on_progress_cb (guint    n_done,
                guint    n_all,
                gpointer user_data)
{
  if (isatty (STDERR_FILENO) != 0)
    g_printerr (_ ("\r%u of %u documents"), n_done, n_all);
  if (isatty (STDERR_FILENO) != 0 && n_done == n_all)
    g_printerr ("\n");
}

static JsonObject *
make_record (const char *file,
             guint       n_documents,
             GPtrArray  *problems)
{
  JsonObject *record = json_object_new ();
  JsonArray *list = json_array_new ();
  guint i;

  for (i = 0; i < problems->len; i++)
    json_array_add_string_element (list, g_ptr_array_index (problems, i));
  json_object_set_string_member (record, "file", file);
  json_object_set_int_member (record, "documents", n_documents);
  json_object_set_array_member (record, "problems", list);
  return record;
}

/**
 * ch_ctl_backup:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words, or why no copy can be made
 *
 * `backup FILE`: a consistent copy of the database and all documents, while others go on working.
 *
 * Returns: the exit status; %CH_EXIT_LOCAL where a document is damaged, though the others are in the copy
 */
ChExit
ch_ctl_backup (ChCtl   *ctl,
               int      argc,
               char   **argv,
               GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  ChStore *store;
  guint n_documents = 0;
  guint i;

  if (!ch_ctl_parse ("backup FILE", NULL, &argc, &argv, error))
    return CH_EXIT_USAGE;
  if (argc != 2)
    {
      g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("usage: certholderctl %s"), "backup FILE");
      return CH_EXIT_USAGE;
    }

  store = ch_ctl_get_store (ctl, error);
  if (store == NULL
      || !ch_store_backup (store, argv[1], ch_ctl_get_cancellable (ctl), on_progress_cb, NULL, problems, &n_documents, error))
    return CH_EXIT_LOCAL;

  ch_ctl_print_record (ch_ctl_wants_json (ctl), make_record (argv[1], n_documents, problems));
  for (i = 0; i < problems->len; i++)
    g_printerr ("certholderctl: backup: %s\n", (const char *) g_ptr_array_index (problems, i));
  return problems->len == 0 ? CH_EXIT_DONE : CH_EXIT_LOCAL;
}

/**
 * ch_ctl_restore:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words or the backup
 *
 * `restore FILE`: takes a backup apart into a data folder that is empty or not there yet, and checks all of it.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_restore (ChCtl   *ctl,
                int      argc,
                char   **argv,
                GError **error)
{
  g_autoptr (GPtrArray) problems = NULL;
  JsonObject *record;
  ChStore *store;
  guint i;

  if (!ch_ctl_parse ("restore FILE", NULL, &argc, &argv, error))
    return CH_EXIT_USAGE;
  if (argc != 2)
    {
      g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("usage: certholderctl %s"), "restore FILE");
      return CH_EXIT_USAGE;
    }

  if (!ch_store_restore (argv[1], ch_ctl_get_data_dir (ctl), ch_ctl_get_cancellable (ctl), error))
    return CH_EXIT_LOCAL;
  store = ch_ctl_get_store (ctl, error);
  problems = store != NULL ? ch_store_verify (store, ch_ctl_get_cancellable (ctl), error) : NULL;
  if (problems == NULL)
    return CH_EXIT_LOCAL;

  record = json_object_new ();
  json_object_set_string_member (record, "data_dir", ch_ctl_get_data_dir (ctl));
  json_object_set_boolean_member (record, "ok", problems->len == 0);
  ch_ctl_print_record (ch_ctl_wants_json (ctl), record);
  for (i = 0; i < problems->len; i++)
    g_printerr ("certholderctl: restore: %s\n", (const char *) g_ptr_array_index (problems, i));
  return problems->len == 0 ? CH_EXIT_DONE : CH_EXIT_LOCAL;
}
