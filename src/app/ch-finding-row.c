#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-finding-row.h"

#include <glib/gi18n-lib.h>

const char *
ch_finding_get_icon_name (const ChFinding *finding)
{
  if (finding->waived)
    return "ch-exempt-symbolic";

  switch (finding->severity)
    {
    case CH_SEVERITY_FAIL:
      return "ch-error-symbolic";
    case CH_SEVERITY_NEEDS_EVIDENCE:
      return "ch-missing-symbolic";
    case CH_SEVERITY_WARNING:
    default:
      return "ch-expiring-symbolic";
    }
}

const char *
ch_finding_get_label (const ChFinding *finding)
{
  if (finding->waived)
    return _("Waived");

  switch (finding->severity)
    {
    case CH_SEVERITY_FAIL:
      return _("Not met");
    case CH_SEVERITY_NEEDS_EVIDENCE:
      return _("Needs evidence");
    case CH_SEVERITY_WARNING:
    default:
      return _("Warning");
    }
}

const char *
ch_finding_get_style_class (const ChFinding *finding)
{
  return finding->waived ? "status-green" : finding->severity == CH_SEVERITY_WARNING ? "status-yellow" : "status-red";
}

static void
append_part (GString    *text,
             const char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

/* What was asked and what was found, and by whom, under the sentence that says how to put it right. */
static char *
describe (const ChFinding *finding,
          const char      *origin)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *asked = finding->expected != NULL ? g_strdup_printf (_("Asked: %s"), finding->expected) : NULL;
  g_autofree char *found = NULL;
  g_autofree char *from = origin != NULL ? g_strdup_printf (_("By: %s"), origin) : NULL;

  if (asked != NULL || finding->found != NULL)
    found = g_strdup_printf (_("Found: %s"), finding->found != NULL ? finding->found : _("nothing"));
  append_part (text, ch_finding_get_label (finding));
  if (asked != NULL)
    append_part (text, asked);
  if (found != NULL)
    append_part (text, found);
  if (from != NULL)
    append_part (text, from);

  return g_strdup (text->str);
}

static GtkWidget *
make_button (const char *icon_name,
             const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);

  return button;
}

static void
add_buttons (GtkWidget       *row,
             const ChFinding *finding,
             gint64           vendor_id,
             gint64           project_id)
{
  if (finding->place != NULL && finding->place->certificate_id != NULL && finding->place->page > 0)
    {
      GtkWidget *show = make_button ("find-location-symbolic", _("Show it on the certificate"));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (show), "win.show-evidence");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (show), "(ss)", finding->place->certificate_id,
                                        finding->place->path != NULL ? finding->place->path : "");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), show);
    }
  if (vendor_id != 0 && !finding->waived && finding->severity != CH_SEVERITY_WARNING)
    {
      GtkWidget *waive = make_button ("ch-exempt-symbolic", _("Waive this…"));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (waive), "page.waive-finding");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (waive), "(xxs)", vendor_id, project_id, finding->rule);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), waive);
    }
}

/**
 * ch_finding_row_new:
 * @finding: a finding
 * @origin: (nullable): the requirement set that asks for it
 * @vendor_id: the sub that it is about, 0 where nothing is to be waived here
 * @project_id: on which project
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
ch_finding_row_new (const ChFinding *finding,
                    const char      *origin,
                    gint64           vendor_id,
                    gint64           project_id)
{
  g_autofree char *title = ch_finding_dup_text (finding, TRUE);
  g_autofree char *subtitle = describe (finding, origin);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (ch_finding_get_icon_name (finding));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (icon, ch_finding_get_style_class (finding));
  /* the word stands in the subtitle */
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  add_buttons (row, finding, vendor_id, project_id);

  return row;
}
