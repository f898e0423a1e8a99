#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-filter-bar.h"

#include "ch-format.h"
#include "ch-wrap-layout.h"

#include <glib/gi18n-lib.h>

#define SPACING 6

typedef struct {
  GtkWidget *button;        /* (unowned) */
  GtkWidget *count_label;   /* (unowned) */
  char      *label;
} Part;

struct _ChFilterBar
{
  GtkWidget  parent_instance;

  GArray    *parts;         /* (element-type Part) */
  guint      selected;
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChFilterBar, ch_filter_bar, GTK_TYPE_WIDGET)

static void
clear_part (gpointer data)
{
  g_free (((Part *)data)->label);
}

static void
ch_filter_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ch_filter_bar_parent_class)->dispose (object);
}

static void
ch_filter_bar_finalize (GObject *object)
{
  g_array_unref (((ChFilterBar *)object)->parts);

  G_OBJECT_CLASS (ch_filter_bar_parent_class)->finalize (object);
}

static void
ch_filter_bar_class_init (ChFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ch_filter_bar_dispose;
  object_class->finalize = ch_filter_bar_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "filterbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
}

static void
ch_filter_bar_init (ChFilterBar *self)
{
  self->parts = g_array_new (FALSE, TRUE, sizeof (Part));
  g_array_set_clear_func (self->parts, clear_part);
  gtk_widget_set_layout_manager (GTK_WIDGET (self), ch_wrap_layout_new (SPACING));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Show"), -1);
}

static void
on_toggled_cb (GtkToggleButton *button,
               ChFilterBar     *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;

  for (guint i = 0; i < self->parts->len; i++)
    {
      if (g_array_index (self->parts, Part, i).button == GTK_WIDGET (button))
        self->selected = i;
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * ch_filter_bar_add:
 * @self: a bar
 * @label: what the part is called
 * @icon_name: (nullable): its shape
 * @style_class: (nullable): the class that gives the shape its colour
 */
void
ch_filter_bar_add (ChFilterBar *self,
                   const char  *label,
                   const char  *icon_name,
                   const char  *style_class)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  Part part = { .label = g_strdup (label) };

  g_return_if_fail (CH_IS_FILTER_BAR (self));

  part.button = gtk_toggle_button_new ();
  part.count_label = gtk_label_new (NULL);
  if (icon_name != NULL)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

      if (style_class != NULL)
        gtk_widget_add_css_class (icon, style_class);
      gtk_box_append (GTK_BOX (box), icon);
    }
  gtk_box_append (GTK_BOX (box), gtk_label_new (label));
  gtk_widget_add_css_class (part.count_label, "filter-count");
  gtk_widget_add_css_class (part.count_label, "numeric");
  gtk_box_append (GTK_BOX (box), part.count_label);
  gtk_button_set_child (GTK_BUTTON (part.button), box);
  gtk_widget_add_css_class (part.button, "filter");
  gtk_accessible_update_property (GTK_ACCESSIBLE (part.button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  if (self->parts->len > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (part.button),
                                 GTK_TOGGLE_BUTTON (g_array_index (self->parts, Part, 0).button));
  else
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (part.button), TRUE);
  gtk_widget_set_visible (part.button, self->parts->len == 0);
  gtk_widget_set_parent (part.button, GTK_WIDGET (self));
  g_array_append_val (self->parts, part);
  g_signal_connect (part.button, "toggled", G_CALLBACK (on_toggled_cb), self);
}

guint
ch_filter_bar_get_n (ChFilterBar *self)
{
  g_return_val_if_fail (CH_IS_FILTER_BAR (self), 0);

  return self->parts->len;
}

/**
 * ch_filter_bar_set_count:
 * @self: a bar
 * @index: a part, in the order of adding
 * @count: how many belong to it; a part of none is hidden unless it is the first, or the one that is shown
 */
void
ch_filter_bar_set_count (ChFilterBar *self,
                         guint        index,
                         guint        count)
{
  g_autofree char *number = ch_format_count (count);
  g_autofree char *spoken = NULL;
  Part *part;

  g_return_if_fail (CH_IS_FILTER_BAR (self));
  g_return_if_fail (index < self->parts->len);

  part = &g_array_index (self->parts, Part, index);
  spoken = g_strdup_printf ("%s, %s", part->label, number);
  gtk_label_set_label (GTK_LABEL (part->count_label), number);
  gtk_widget_set_visible (part->button, index == 0 || count > 0 || index == self->selected);
  gtk_accessible_update_property (GTK_ACCESSIBLE (part->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

guint
ch_filter_bar_get_selected (ChFilterBar *self)
{
  g_return_val_if_fail (CH_IS_FILTER_BAR (self), 0);

  return self->selected;
}

void
ch_filter_bar_set_selected (ChFilterBar *self,
                            guint        index)
{
  g_return_if_fail (CH_IS_FILTER_BAR (self));
  g_return_if_fail (index < self->parts->len);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (g_array_index (self->parts, Part, index).button), TRUE);
}
