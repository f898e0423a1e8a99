#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-intake-bar.h"

#include <glib/gi18n-lib.h>

struct _ChIntakeBar
{
  AdwBin     parent_instance;

  GtkWidget *revealer;
  GtkWidget *label;
  GtkWidget *progress;

  ChIntake  *intake;
};

G_DEFINE_FINAL_TYPE (ChIntakeBar, ch_intake_bar, ADW_TYPE_BIN)

static void
update (ChIntakeBar *self)
{
  guint n_done = ch_intake_get_n_done (self->intake);
  guint n_total = ch_intake_get_n_total (self->intake);
  g_autofree char *text = NULL;
  g_autofree char *page_text = NULL;
  const char *file_name;
  guint page, n_pages;

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), ch_intake_is_running (self->intake));
  if (n_total == 0)
    return;

  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Reading %u of %u file", "Reading %u of %u files", n_total),
                          MIN (n_done + 1, n_total), n_total);
  file_name = ch_intake_get_page (self->intake, &page, &n_pages);
  if (file_name != NULL)
    page_text = g_strdup_printf (_("%s: page %u of %u"), file_name, page, n_pages);
  if (page_text != NULL)
    {
      g_autofree char *both = g_strconcat (text, " · ", page_text, NULL);

      gtk_label_set_label (GTK_LABEL (self->label), both);
    }
  else
    {
      gtk_label_set_label (GTK_LABEL (self->label), text);
    }
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), ch_intake_get_fraction (self->intake));
}

static void
ch_intake_bar_dispose (GObject *object)
{
  ChIntakeBar *self = (ChIntakeBar *)object;

  if (self->intake != NULL)
    g_signal_handlers_disconnect_by_data (self->intake, self);
  g_clear_object (&self->intake);

  G_OBJECT_CLASS (ch_intake_bar_parent_class)->dispose (object);
}

static void
ch_intake_bar_class_init (ChIntakeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_intake_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-intake-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ChIntakeBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, ChIntakeBar, label);
  gtk_widget_class_bind_template_child (widget_class, ChIntakeBar, progress);
}

static void
ch_intake_bar_init (ChIntakeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ch_intake_bar_set_intake (ChIntakeBar *self,
                          ChIntake    *intake)
{
  g_return_if_fail (CH_IS_INTAKE_BAR (self));
  g_return_if_fail (self->intake == NULL);

  self->intake = g_object_ref (intake);
  g_signal_connect_swapped (intake, "progress", G_CALLBACK (update), self);
  g_signal_connect_swapped (intake, "finished", G_CALLBACK (update), self);
}
