#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-place-row.h"

#include "ch-format.h"

struct _ChPlaceRow
{
  GtkListBoxRow  parent_instance;

  char          *name;
  char          *title;
  GtkWidget     *badge;
};

G_DEFINE_FINAL_TYPE (ChPlaceRow, ch_place_row, GTK_TYPE_LIST_BOX_ROW)

static void
ch_place_row_finalize (GObject *object)
{
  ChPlaceRow *self = (ChPlaceRow *)object;

  g_free (self->name);
  g_free (self->title);

  G_OBJECT_CLASS (ch_place_row_parent_class)->finalize (object);
}

static void
ch_place_row_class_init (ChPlaceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_place_row_finalize;
}

static void
ch_place_row_init (ChPlaceRow *self)
{
}

GtkWidget *
ch_place_row_new (const char *name,
                  const char *title,
                  const char *icon_name)
{
  ChPlaceRow *self = g_object_new (CH_TYPE_PLACE_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);

  self->name = g_strdup (name);
  self->title = g_strdup (title);
  self->badge = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->badge, "place-badge");
  gtk_widget_add_css_class (self->badge, "numeric");
  gtk_widget_set_valign (self->badge, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->badge, FALSE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon_name));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return GTK_WIDGET (self);
}

const char *
ch_place_row_get_name (ChPlaceRow *self)
{
  g_return_val_if_fail (CH_IS_PLACE_ROW (self), NULL);

  return self->name;
}

void
ch_place_row_set_count (ChPlaceRow *self,
                        guint       count,
                        const char *what)
{
  g_autofree char *text = ch_format_count (count);
  g_autofree char *spoken = NULL;

  g_return_if_fail (CH_IS_PLACE_ROW (self));

  spoken = count > 0 ? g_strdup_printf ("%s, %s", self->title, what) : g_strdup (self->title);
  gtk_label_set_label (GTK_LABEL (self->badge), text);
  gtk_widget_set_visible (self->badge, count > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), count > 0 ? what : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}
