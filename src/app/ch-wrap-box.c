#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-wrap-box.h"

#include "ch-wrap-layout.h"

#define SPACING 6

struct _ChWrapBox
{
  GtkWidget parent_instance;
};

static void ch_wrap_box_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChWrapBox, ch_wrap_box, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, ch_wrap_box_buildable_init))

static GtkBuildableIface *parent_buildable;

static void
ch_wrap_box_add_child (GtkBuildable *buildable,
                       GtkBuilder   *builder,
                       GObject      *child,
                       const char   *type)
{
  if (GTK_IS_WIDGET (child))
    ch_wrap_box_append ((ChWrapBox *)buildable, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
ch_wrap_box_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = ch_wrap_box_add_child;
}

static void
ch_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ch_wrap_box_parent_class)->dispose (object);
}

static void
ch_wrap_box_class_init (ChWrapBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ch_wrap_box_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "wrapbox");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ch_wrap_box_init (ChWrapBox *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), ch_wrap_layout_new (SPACING));
}

GtkWidget *
ch_wrap_box_new (void)
{
  return g_object_new (CH_TYPE_WRAP_BOX, NULL);
}

void
ch_wrap_box_append (ChWrapBox *self,
                    GtkWidget *child)
{
  g_return_if_fail (CH_IS_WRAP_BOX (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
ch_wrap_box_remove (ChWrapBox *self,
                    GtkWidget *child)
{
  g_return_if_fail (CH_IS_WRAP_BOX (self));
  g_return_if_fail (gtk_widget_get_parent (child) == GTK_WIDGET (self));

  gtk_widget_unparent (child);
}
