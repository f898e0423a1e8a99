#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-list-page.h"

static GtkWidget *
make_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);

  return label;
}

/* A text that may be cut off tells itself in full when pointed at. */
static void
fill_label (GtkWidget  *label,
            const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_tooltip_text (label, text != NULL && *text != '\0' ? text : NULL);
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
  fill_label (cell, text);
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

  fill_label (first, title);
  fill_label (second, detail);
  gtk_widget_set_visible (second, detail != NULL && *detail != '\0');
}
