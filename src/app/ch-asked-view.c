#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-asked-view.h"

#include "ch-asked-list.h"
#include "ch-rule-label.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
make_value (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
  gtk_widget_add_css_class (label, "numeric");

  return label;
}

static GtkWidget *
make_row (const ChAsked *asked,
          GPtrArray     *sources)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *origin = NULL;
  g_autofree char *spoken = g_strdup_printf ("%s: %s", asked->title, asked->value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), asked->title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (sources != NULL && asked->origin.layer >= 0 && asked->origin.layer < (int)sources->len)
    {
      origin = ch_source_dup_label (g_ptr_array_index (sources, asked->origin.layer), asked->origin.is_stage);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), origin);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_value (asked->value));
  gtk_widget_add_css_class (row, "asked-row");
  /* a row that only tells is no stop for the keyboard */
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  return row;
}

/**
 * ch_asked_view_new:
 * @set: a requirement set, or several merged into one
 * @sources: (nullable) (element-type ChRequirementSource): which they were, by the origins of @set's members
 *
 * Returns: (transfer floating): all that is asked, in words
 */
GtkWidget *
ch_asked_view_new (const ChRequirementSet *set,
                   GPtrArray              *sources)
{
  g_autoptr(GPtrArray) asked = ch_asked_list (set);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  AdwPreferencesGroup *group = NULL;
  const char *heading = NULL;

  for (guint i = 0; i < asked->len; i++)
    {
      const ChAsked *line = g_ptr_array_index (asked, i);

      if (group == NULL || !g_str_equal (heading, line->heading))
        {
          g_autofree char *escaped = g_markup_escape_text (line->heading, -1);

          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, escaped);
          gtk_box_append (GTK_BOX (box), GTK_WIDGET (group));
          heading = line->heading;
        }
      adw_preferences_group_add (group, make_row (line, sources));
    }
  if (asked->len == 0)
    {
      GtkWidget *note = gtk_label_new (_("Nothing is asked."));

      gtk_widget_add_css_class (note, "dim-label");
      gtk_label_set_xalign (GTK_LABEL (note), 0);
      gtk_box_append (GTK_BOX (box), note);
    }

  return box;
}
