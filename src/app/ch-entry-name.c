#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-entry-name.h"

/**
 * ch_entry_set_name:
 * @entry: a composite #GtkEditable, as #GtkSearchEntry or #AdwEntryRow
 * @name: what a screen reader is to call it
 *
 * Names the text inside the entry: it is what takes the focus, and neither GTK 4.8 nor libadwaita 1.2 name it after the
 * entry.
 */
void
ch_entry_set_name (GtkWidget  *entry,
                   const char *name)
{
  GtkEditable *delegate;

  g_return_if_fail (GTK_IS_EDITABLE (entry));

  delegate = gtk_editable_get_delegate (GTK_EDITABLE (entry));
  if (GTK_IS_ACCESSIBLE (delegate))
    gtk_accessible_update_property (GTK_ACCESSIBLE (delegate), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
