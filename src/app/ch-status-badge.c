#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-status-badge.h"

#include "ch-format.h"
#include "ch-status-look.h"

struct _ChStatusBadge
{
  GtkBox      parent_instance;

  GtkWidget  *icon;
  GtkWidget  *label;
  char       *style_class;
};

G_DEFINE_FINAL_TYPE (ChStatusBadge, ch_status_badge, GTK_TYPE_BOX)

static void
ch_status_badge_finalize (GObject *object)
{
  ChStatusBadge *self = (ChStatusBadge *)object;

  g_free (self->style_class);

  G_OBJECT_CLASS (ch_status_badge_parent_class)->finalize (object);
}

static void
ch_status_badge_class_init (ChStatusBadgeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ch_status_badge_finalize;
}

static void
ch_status_badge_init (ChStatusBadge *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self), "status");

  self->icon = gtk_image_new ();
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (self), self->icon);

  self->label = gtk_label_new (NULL);
  gtk_box_append (GTK_BOX (self), self->label);
}

/**
 * ch_status_badge_new:
 *
 * Returns: (transfer floating): a badge that says nothing yet
 */
GtkWidget *
ch_status_badge_new (void)
{
  return g_object_new (CH_TYPE_STATUS_BADGE, NULL);
}

/**
 * ch_status_badge_set_text:
 * @self: a badge
 * @icon_name: (nullable): a symbolic icon
 * @text: what it says
 * @style_class: (nullable): the class that gives the colour
 */
void
ch_status_badge_set_text (ChStatusBadge *self,
                          const char    *icon_name,
                          const char    *text,
                          const char    *style_class)
{
  g_return_if_fail (CH_IS_STATUS_BADGE (self));

  if (self->style_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->style_class);
  g_free (self->style_class);
  self->style_class = g_strdup (style_class);
  if (style_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), style_class);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon_name);
  gtk_widget_set_visible (self->icon, icon_name != NULL);
  gtk_label_set_label (GTK_LABEL (self->label), text);
}

/**
 * ch_status_badge_set_status:
 * @self: a badge
 * @status: what it shows
 */
void
ch_status_badge_set_status (ChStatusBadge *self,
                            ChStatus       status)
{
  g_return_if_fail (CH_IS_STATUS_BADGE (self));

  ch_status_badge_set_text (self, ch_status_get_icon_name (status), ch_status_get_label (status),
                            ch_status_get_style_class (status));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), ch_status_get_explanation (status));
}

/**
 * ch_status_badge_set_count:
 * @self: a badge
 * @status: whose shape and colour it takes
 * @count: how many; none hides the badge
 */
void
ch_status_badge_set_count (ChStatusBadge *self,
                           ChStatus       status,
                           guint          count)
{
  g_autofree char *number = ch_format_count (count);
  g_autofree char *spoken = g_strdup_printf ("%u %s", count, ch_status_get_label (status));

  g_return_if_fail (CH_IS_STATUS_BADGE (self));

  ch_status_badge_set_text (self, ch_status_get_icon_name (status), number, ch_status_get_style_class (status));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->label), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), count > 0);
}
