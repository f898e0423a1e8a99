#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-list-page.h"

/* A text that is cut off tells itself in full when pointed at. */
static gboolean
on_query_tooltip_cb (GtkWidget  *label,
                     int         x,
                     int         y,
                     gboolean    keyboard,
                     GtkTooltip *tooltip,
                     gpointer    user_data)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))))
    return FALSE;

  gtk_tooltip_set_text (tooltip, gtk_label_get_label (GTK_LABEL (label)));
  return TRUE;
}

static GtkWidget *
make_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (on_query_tooltip_cb), NULL);

  return label;
}

/**
 * ch_list_cell_new_text:
 *
 * Returns: (transfer floating): a cell with one line
 */
GtkWidget *
ch_list_cell_new_text (void)
{
  GtkWidget *label = make_label ();

  gtk_label_set_width_chars (GTK_LABEL (label), 6);

  return label;
}

void
ch_list_cell_set_text (GtkWidget  *cell,
                       const char *text)
{
  gtk_label_set_label (GTK_LABEL (cell), text != NULL ? text : "");
}

/**
 * ch_list_cell_new_title:
 *
 * Returns: (transfer floating): a cell with a name and a quieter line below it
 */
GtkWidget *
ch_list_cell_new_title (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = make_label ();
  GtkWidget *detail = make_label ();

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "title-cell");
  gtk_label_set_width_chars (GTK_LABEL (title), 14);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), detail);

  return box;
}

void
ch_list_cell_set_title (GtkWidget  *cell,
                        const char *title,
                        const char *detail)
{
  GtkWidget *first = gtk_widget_get_first_child (cell);
  GtkWidget *second = gtk_widget_get_last_child (cell);

  gtk_label_set_label (GTK_LABEL (first), title != NULL ? title : "");
  gtk_label_set_label (GTK_LABEL (second), detail != NULL ? detail : "");
  gtk_widget_set_visible (second, detail != NULL && *detail != '\0');
}
