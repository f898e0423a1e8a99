#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-ctl-output.h"
#include "ch-desk-carriers.h"
#include "ch-store-carriers.h"

#include <glib/gi18n-lib.h>

#define SYNOPSIS "carriers list|import FILE"

static ChExit
list (ChCtl   *ctl,
      GError **error)
{
  static const char *const columns[] = { "naic", "rating", "size", "name", NULL };
  g_autoptr (JsonArray) records = json_array_new ();
  g_autoptr (GPtrArray) carriers = NULL;
  ChStore *store = ch_ctl_get_store (ctl, error);
  int version = store != NULL ? ch_store_get_carrier_version (store, error) : -1;
  guint i;

  carriers = version >= 0 ? ch_store_list_carriers (store, version, error) : NULL;
  if (carriers == NULL)
    return CH_EXIT_LOCAL;

  for (i = 0; i < carriers->len; i++)
    {
      const ChCarrier *carrier = g_ptr_array_index (carriers, i);
      JsonObject *record = json_object_new ();

      json_object_set_string_member (record, "naic", carrier->naic);
      ch_ctl_set_text (record, "name", carrier->name);
      ch_ctl_set_text (record, "rating", carrier->rating);
      ch_ctl_set_text (record, "size", carrier->size);
      json_array_add_object_element (records, record);
    }
  ch_ctl_print_records (ch_ctl_wants_json (ctl), records, columns,
                        _ ("No list of carriers yet: run “certholderctl carriers import FILE”."));
  return CH_EXIT_DONE;
}

static ChExit
import (ChCtl      *ctl,
        const char *file,
        GError    **error)
{
  g_autofree char *text = NULL;
  JsonObject *record;
  ChDesk *desk;
  gsize length;
  guint n = 0;
  int version = 0;

  if (!g_file_get_contents (file, &text, &length, error))
    return CH_EXIT_LOCAL;
  desk = ch_ctl_get_desk (ctl, error);
  if (desk == NULL || !ch_desk_import_carriers (desk, text, (gssize) length, &n, &version, error))
    return CH_EXIT_LOCAL;

  record = json_object_new ();
  json_object_set_int_member (record, "carriers", n);
  json_object_set_int_member (record, "version", version);
  ch_ctl_print_record (ch_ctl_wants_json (ctl), record);
  return CH_EXIT_DONE;
}

/**
 * ch_ctl_carriers:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words or the list
 *
 * `carriers list|import FILE`: the list of carriers with their AM Best ratings; an import replaces it.
 *
 * Returns: the exit status
 */
ChExit
ch_ctl_carriers (ChCtl   *ctl,
                 int      argc,
                 char   **argv,
                 GError **error)
{
  if (!ch_ctl_parse (SYNOPSIS, NULL, &argc, &argv, error))
    return CH_EXIT_USAGE;
  if (argc == 2 && g_str_equal (argv[1], "list"))
    return list (ctl, error);
  if (argc == 3 && g_str_equal (argv[1], "import"))
    return import (ctl, argv[2], error);

  g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("usage: certholderctl %s"), SYNOPSIS);
  return CH_EXIT_USAGE;
}
