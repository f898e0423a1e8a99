#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-record-label.h"

#include "ch-store-directory.h"

#include <glib/gi18n-lib.h>

const char *
ch_shared_kind_get_label (ChSharedKind kind)
{
  switch (kind)
    {
    case CH_SHARED_POLICY:
      return _("Policy in the company directory");
    case CH_SHARED_OVERALL:
      return _("Overall compliance in the project directory");
    case CH_SHARED_COMPLIANCE:
      return _("Compliance of a commitment");
    case CH_SHARED_DOCUMENT:
      return _("Certificate in the project’s documents");
    case CH_SHARED_REPORT:
      return _("Compliance report in the project’s documents");
    case CH_SHARED_LINK:
    default:
      return _("Link on the project’s home page");
    }
}

/**
 * ch_record_dup_title:
 * @store: where names are looked up
 * @kind: what it is
 * @vendor_id: the sub, 0 for none
 * @project_id: the project, 0 for none
 *
 * Returns: (transfer full): what it is, of whom and where; a name that can't be found is left out
 */
char *
ch_record_dup_title (ChStore      *store,
                     ChSharedKind  kind,
                     gint64        vendor_id,
                     gint64        project_id)
{
  g_autoptr(ChVendor) vendor = vendor_id != 0 ? ch_store_get_vendor (store, vendor_id, NULL) : NULL;
  g_autoptr(ChProject) project = project_id != 0 ? ch_store_get_project (store, project_id, NULL) : NULL;
  g_autoptr(GString) title = g_string_new (ch_shared_kind_get_label (kind));

  if (vendor != NULL)
    g_string_append_printf (title, " · %s", vendor->name);
  if (project != NULL)
    g_string_append_printf (title, " · %s", project->name);

  return g_strdup (title->str);
}

/* Procore's own field names are shown as words; nothing is known about them here but their spelling. */
char *
ch_record_dup_field (const char *field)
{
  char *words;

  if (g_strcmp0 (field, CH_CONFLICT_RECORD) == 0)
    return g_strdup (_("The whole record"));
  if (g_strcmp0 (field, CH_CONFLICT_REMOVAL) == 0)
    return g_strdup (_("How many there are"));

  words = g_strdelimit (g_strdup (field != NULL ? field : ""), "_", ' ');
  words[0] = g_ascii_toupper (words[0]);

  return words;
}
