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
  char       *explanation;   /* (nullable): told when it is pointed at */
};

G_DEFINE_FINAL_TYPE (ChStatusBadge, ch_status_badge, GTK_TYPE_BOX)

static void
ch_status_badge_finalize (GObject *object)
{
  ChStatusBadge *self = (ChStatusBadge *)object;

  g_free (self->style_class);
  g_free (self->explanation);

  G_OBJECT_CLASS (ch_status_badge_parent_class)->finalize (object);
}

static gboolean
ch_status_badge_query_tooltip (GtkWidget  *widget,
                               int         x,
                               int         y,
                               gboolean    keyboard,
                               GtkTooltip *tooltip)
{
  ChStatusBadge *self = (ChStatusBadge *)widget;

  if (self->explanation == NULL)
    return GTK_WIDGET_CLASS (ch_status_badge_parent_class)->query_tooltip (widget, x, y, keyboard, tooltip);

  gtk_tooltip_set_text (tooltip, self->explanation);
  return TRUE;
}

static void
ch_status_badge_class_init (ChStatusBadgeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_status_badge_finalize;
  GTK_WIDGET_CLASS (klass)->query_tooltip = ch_status_badge_query_tooltip;
}

static void
ch_status_badge_init (ChStatusBadge *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self), "status");
  /* asked for when it is needed: setting a tooltip looks where the pointer is, too dear for each row of a table */
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);

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

static void
set_explanation (ChStatusBadge *self,
                 const char    *explanation)
{
  g_free (self->explanation);
  self->explanation = g_strdup (explanation);
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

  set_explanation (self, NULL);
  if (g_strcmp0 (self->style_class, style_class) != 0)
    {
      if (self->style_class != NULL)
        gtk_widget_remove_css_class (GTK_WIDGET (self), self->style_class);
      g_free (self->style_class);
      self->style_class = g_strdup (style_class);
      if (style_class != NULL)
        gtk_widget_add_css_class (GTK_WIDGET (self), style_class);
    }

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
  set_explanation (self, ch_status_get_explanation (status));
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
  set_explanation (self, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->label), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), count > 0);
}
