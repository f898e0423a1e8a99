#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-event-row.h"

#include "ch-event-text.h"
#include "ch-format.h"

#include <glib/gi18n-lib.h>

/* Who did it, in words for people. */
static const char *
get_actor (const char *who)
{
  if (who == NULL)
    return "";
  if (g_str_has_prefix (who, "desk:"))
    return who + strlen ("desk:");
  if (g_str_equal (who, "sync"))
    return _("sync with Procore");
  if (g_str_equal (who, "clock"))
    return _("calendar");

  return who;
}

static GtkWidget *
make_label (const char *text,
            gboolean    is_quiet)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (is_quiet)
    {
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "caption");
    }

  return label;
}

/**
 * ch_event_row_new:
 * @event: a line of the audit trail
 * @project_name: (nullable): its project
 * @now: Unix microseconds
 *
 * Returns: (transfer floating): a row that only tells
 */
GtkWidget *
ch_event_row_new (const ChEvent *event,
                  const char    *project_name,
                  gint64         now)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *title = ch_event_dup_title (event);
  g_autofree char *detail = ch_event_dup_detail (event);
  g_autofree char *when = ch_format_ago (event->at, now);
  g_autofree char *full = ch_format_instant (event->at);
  g_autofree char *what = detail != NULL ? g_strdup_printf ("%s: %s", title, detail) : g_strdup (title);
  g_autofree char *by = project_name != NULL ? g_strdup_printf ("%s · %s", project_name, get_actor (event->who))
                                             : g_strdup (get_actor (event->who));
  GtkWidget *time = make_label (when, TRUE);

  gtk_label_set_wrap (GTK_LABEL (time), FALSE);
  gtk_widget_set_valign (time, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (time, full);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), make_label (what, FALSE));
  gtk_box_append (GTK_BOX (texts), make_label (by, TRUE));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), time);
  gtk_widget_add_css_class (row, "event-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);

  return row;
}
