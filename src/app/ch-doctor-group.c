#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-doctor-group.h"

#include "ch-account-check.h"
#include "ch-procore.h"

#include <glib/gi18n-lib.h>

struct _ChDoctorGroup
{
  AdwPreferencesGroup  parent_instance;

  ChAccount           *account;
  GtkWidget           *button;
  GPtrArray           *rows;         /* (unowned) */
  GCancellable        *cancellable;
  gboolean             is_busy;
};

enum {
  CHECKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChDoctorGroup, ch_doctor_group, ADW_TYPE_PREFERENCES_GROUP)

static void
clear_rows (ChDoctorGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_row (ChDoctorGroup *self,
         const char    *title,
         const char    *subtitle,
         const char    *icon_name,
         const char    *style_class,
         const char    *word)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (icon, style_class);
  gtk_widget_set_tooltip_text (icon, word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static const char *
get_tier_text (int tier)
{
  switch (tier)
    {
    case 4:
      return _("All five places in Procore can be kept current.");
    case 3:
      return _("The directories and the commitments can be kept current; documents or home links can’t.");
    case 2:
      return _("The directories can be kept current; commitments, documents and home links can’t.");
    case 1:
      return _("Projects and subs can be read. Nothing can be written yet.");
    default:
      return _("Not enough can be read to work with.");
    }
}

static void
show_check (ChDoctorGroup        *self,
            const ChAccountCheck *found)
{
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), get_tier_text (found->tier));
  for (guint i = 0; i < found->checks->len; i++)
    {
      const ChCheck *check = g_ptr_array_index (found->checks, i);
      g_autofree char *text = NULL;

      if (!check->ok)
        text = g_strjoin (check->why != NULL && check->fix != NULL ? "\n" : "", check->why != NULL ? check->why : "",
                          check->fix != NULL ? check->fix : "", NULL);
      add_row (self, check->name, text,
               check->ok ? "ch-ok-symbolic" : check->is_optional ? "ch-not-required-symbolic" : "ch-error-symbolic",
               check->ok ? "status-green" : check->is_optional ? "status-yellow" : "status-red",
               check->ok            ? _("Allowed")
               : check->is_optional ? _("Not allowed, and not needed")
                                    : _("Not allowed"));
    }
}

static void
on_checked_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(ChDoctorGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(ChAccountCheck) found = ch_account_check_finish (CH_ACCOUNT (object), result, &error);

  self->is_busy = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  gtk_widget_set_sensitive (self->button, TRUE);
  clear_rows (self);
  if (found != NULL)
    {
      show_check (self, found);
    }
  else
    {
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), NULL);
      add_row (self, error->message, ch_procore_error_get_hint (error), "ch-error-symbolic", "status-red",
               _("Not checked"));
    }
  g_signal_emit (self, signals[CHECKED], 0);
}

static void
ch_doctor_group_dispose (GObject *object)
{
  ChDoctorGroup *self = (ChDoctorGroup *)object;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (ch_doctor_group_parent_class)->dispose (object);
}

static void
ch_doctor_group_finalize (GObject *object)
{
  ChDoctorGroup *self = (ChDoctorGroup *)object;

  g_ptr_array_unref (self->rows);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (ch_doctor_group_parent_class)->finalize (object);
}

static void
ch_doctor_group_class_init (ChDoctorGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ch_doctor_group_dispose;
  object_class->finalize = ch_doctor_group_finalize;

  signals[CHECKED] = g_signal_new ("checked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
ch_doctor_group_init (ChDoctorGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  self->button = gtk_button_new_with_mnemonic (_("C_heck"));
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->button, _("Ask Procore what this sign-in may read and write"));
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (ch_doctor_group_check), self);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("What Procore allows"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         _("Asks what your account may read and write. Nothing is changed."));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->button);
}

void
ch_doctor_group_set_account (ChDoctorGroup *self,
                             ChAccount     *account)
{
  g_return_if_fail (CH_IS_DOCTOR_GROUP (self));

  g_set_object (&self->account, account);
}

/**
 * ch_doctor_group_check:
 * @self: a group with an account
 *
 * Asks Procore, without writing anything there.
 */
void
ch_doctor_group_check (ChDoctorGroup *self)
{
  g_return_if_fail (CH_IS_DOCTOR_GROUP (self));

  if (self->is_busy || self->account == NULL)
    return;

  self->is_busy = TRUE;
  gtk_widget_set_sensitive (self->button, FALSE);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _("Asking Procore…"));
  ch_account_check_async (self->account, self->cancellable, on_checked_cb, g_object_ref (self));
}
