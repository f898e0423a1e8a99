#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-date-row.h"

#include "ch-format.h"

#include <glib/gi18n-lib.h>

struct _ChDateRow
{
  AdwEntryRow  parent_instance;

  GtkWidget   *away_label;
  GtkWidget   *button;
  GtkWidget   *calendar;
  ChDate       today;
};

G_DEFINE_FINAL_TYPE (ChDateRow, ch_date_row, ADW_TYPE_ENTRY_ROW)

static void
on_changed_cb (ChDateRow *self)
{
  ChDate date = ch_date_row_get_date (self);
  g_autofree char *away = ch_format_in_days (date, self->today);
  gboolean is_empty = *gtk_editable_get_text (GTK_EDITABLE (self)) == '\0';

  gtk_label_set_label (GTK_LABEL (self->away_label), away);
  if (date == CH_DATE_NONE && !is_empty)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
}

/* The calendar opens at the day that is typed. */
static void
on_popped_up_cb (ChDateRow *self)
{
  ChDate date = ch_date_row_get_date (self);
  g_autoptr(GDateTime) time = NULL;
  int year, month, day;

  if (date == CH_DATE_NONE)
    date = self->today;
  if (date == CH_DATE_NONE)
    return;
  ch_date_get_ymd (date, &year, &month, &day);
  time = g_date_time_new_local (year, month, day, 12, 0, 0);
  if (time != NULL)
    gtk_calendar_select_day (GTK_CALENDAR (self->calendar), time);
}

static void
on_day_picked_cb (ChDateRow *self)
{
  g_autoptr(GDateTime) time = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));

  ch_date_row_set_date (self, ch_date_new (g_date_time_get_year (time), g_date_time_get_month (time),
                                           g_date_time_get_day_of_month (time)));
}

static void
ch_date_row_class_init (ChDateRowClass *klass)
{
}

static void
ch_date_row_init (ChDateRow *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->today = CH_DATE_NONE;
  self->away_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->away_label, "dim-label");
  self->calendar = gtk_calendar_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), self->calendar);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_tooltip_text (self->button, _("Pick a day"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Pick a day"), -1);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), self->away_label);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), self->button);

  g_signal_connect_swapped (popover, "show", G_CALLBACK (on_popped_up_cb), self);
  g_signal_connect_swapped (self->calendar, "day-selected", G_CALLBACK (on_day_picked_cb), self);
  g_signal_connect (self, "changed", G_CALLBACK (on_changed_cb), NULL);
}

/**
 * ch_date_row_set_today:
 * @self: a row
 * @today: today, to say how far away the day is
 */
void
ch_date_row_set_today (ChDateRow *self,
                       ChDate     today)
{
  g_return_if_fail (CH_IS_DATE_ROW (self));

  self->today = today;
  on_changed_cb (self);
}

ChDate
ch_date_row_get_date (ChDateRow *self)
{
  g_autofree char *typed = NULL;

  g_return_val_if_fail (CH_IS_DATE_ROW (self), CH_DATE_NONE);

  typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self))));

  return ch_parse_typed_date (typed);
}

void
ch_date_row_set_date (ChDateRow *self,
                      ChDate     date)
{
  g_autofree char *text = ch_format_date (date);

  g_return_if_fail (CH_IS_DATE_ROW (self));

  gtk_editable_set_text (GTK_EDITABLE (self), text);
}
