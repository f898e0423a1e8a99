#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-setup-window.h"

#include "ch-connection-page.h"
#include "ch-desk-page.h"
#include "ch-doctor-group.h"
#include "ch-ready-made.h"
#include "ch-requirement-acts.h"
#include "ch-store-requirements.h"

#include <glib/gi18n-lib.h>

typedef enum {
  STEP_CONNECT,
  STEP_DOCTOR,
  STEP_REQUIREMENTS,
  STEP_DESK,
  STEP_DONE,
} Step;

struct _ChSetupWindow
{
  AdwWindow            parent_instance;

  AdwToastOverlay     *toast_overlay;
  AdwWindowTitle      *title;
  GtkWidget           *back_button;
  GtkWidget           *next_button;
  GtkWidget           *stack;
  ChConnectionPage    *connection_page;
  ChDoctorGroup       *doctor_group;
  AdwPreferencesGroup *sets_group;
  ChDeskPage          *desk_page;
  AdwStatusPage       *done_page;

  GtkWidget           *asker;        /* (owned) */
  ChOffice            *office;
  GPtrArray           *choices;      /* (element-type GtkCheckButton) (unowned): the last one is to choose nothing */
  Step                 step;
  gboolean             has_checked;  /* the doctor was asked by itself */
};

static const struct {
  const char *page;
  const char *title;
} steps[] = {
  [STEP_CONNECT] = { "connect", N_("Connect to Procore") },
  [STEP_DOCTOR] = { "doctor", N_("What Procore allows") },
  [STEP_REQUIREMENTS] = { "requirements", N_("What you ask for") },
  [STEP_DESK] = { "desk", N_("How the desk works") },
  [STEP_DONE] = { "done", N_("Ready") },
};

G_DEFINE_FINAL_TYPE (ChSetupWindow, ch_setup_window, ADW_TYPE_WINDOW)

static gboolean
is_connected (ChSetupWindow *self)
{
  return ch_account_get_state (ch_office_get_account (self->office)) == CH_ACCOUNT_RUNNING;
}

static void
update (ChSetupWindow *self)
{
  g_autofree char *subtitle = NULL;
  const char *label = _("_Next");
  gboolean is_main = TRUE;

  if (self->office == NULL)
    return;

  /* Translators: the step of an assistant, of how many */
  subtitle = g_strdup_printf (_("Step %d of %d"), (int)self->step + 1, (int)G_N_ELEMENTS (steps));
  adw_window_title_set_title (self->title, g_dgettext (GETTEXT_PACKAGE, steps[self->step].title));
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_widget_set_visible (self->back_button, self->step != STEP_CONNECT);
  if (self->step == STEP_CONNECT && !is_connected (self))
    {
      label = _("_Later");
      is_main = FALSE;
    }
  if (self->step == STEP_DONE)
    label = _("_Begin");
  gtk_button_set_label (GTK_BUTTON (self->next_button), label);
  if (is_main)
    gtk_widget_add_css_class (self->next_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->next_button, "suggested-action");
}

static void
describe_outcome (ChSetupWindow *self)
{
  adw_status_page_set_description (self->done_page,
    is_connected (self)
      ? _("Projects and subs come from Procore by themselves. Drop certificates anywhere on the window, approve what "
          "was read, and Procore shows the same within seconds.")
      : _("Drop certificates anywhere on the window. Once you connect to Procore under Preferences, projects and subs "
          "come by themselves."));
}

static void
show_step (ChSetupWindow *self,
           Step           step)
{
  self->step = step;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), steps[step].page);
  if (step == STEP_DOCTOR && !self->has_checked)
    {
      self->has_checked = TRUE;
      ch_doctor_group_check (self->doctor_group);
    }
  if (step == STEP_DONE)
    describe_outcome (self);
  update (self);
  /* the keyboard begins at what the step is about */
  if (step == STEP_DONE || !gtk_widget_child_focus (gtk_stack_get_visible_child (GTK_STACK (self->stack)),
                                                    GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (self->next_button);
}

/* What was chosen is asked of every sub from now on. */
static void
take_choice (ChSetupWindow *self)
{
  for (guint i = 0; i < self->choices->len; i++)
    {
      GtkWidget *check = g_ptr_array_index (self->choices, i);
      const char *file = g_object_get_data (G_OBJECT (check), "ch-file");

      if (file != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
        ch_requirements_add (self->asker, self->office, ch_ready_made_dup_body (file), TRUE);
    }
}

static void
go_next (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  ChSetupWindow *self = (ChSetupWindow *)widget;

  switch (self->step)
    {
    case STEP_CONNECT:
      show_step (self, is_connected (self) ? STEP_DOCTOR : STEP_REQUIREMENTS);
      break;
    case STEP_DOCTOR:
      show_step (self, STEP_REQUIREMENTS);
      break;
    case STEP_REQUIREMENTS:
      take_choice (self);
      show_step (self, STEP_DESK);
      break;
    case STEP_DESK:
      show_step (self, STEP_DONE);
      break;
    case STEP_DONE:
    default:
      gtk_widget_activate_action (self->asker, "win.begin", NULL);
      gtk_window_close (GTK_WINDOW (self));
      break;
    }
}

static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  ChSetupWindow *self = (ChSetupWindow *)widget;

  if (self->step == STEP_REQUIREMENTS && !is_connected (self))
    show_step (self, STEP_CONNECT);
  else if (self->step != STEP_CONNECT)
    show_step (self, self->step - 1);
}

static void
tell_text (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  ChSetupWindow *self = (ChSetupWindow *)widget;
  g_autofree char *escaped = g_markup_escape_text (g_variant_get_string (parameter, NULL), -1);

  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (escaped));
}

/* file: (nullable): NULL for choosing nothing */
static GtkWidget *
add_choice (ChSetupWindow *self,
            const char    *file,
            const char    *title,
            const char    *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (check), "ch-file", g_strdup (file), g_free);
  if (self->choices->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), g_ptr_array_index (self->choices, 0));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (self->sets_group, row);
  g_ptr_array_add (self->choices, check);

  return check;
}

/* (transfer full) (nullable): what everybody is asked already */
static char *
dup_company_set (ChSetupWindow *self)
{
  g_autoptr(GPtrArray) sets = ch_store_list_requirement_sets (ch_office_get_store (self->office), NULL);

  for (guint i = 0; sets != NULL && i < sets->len; i++)
    {
      const ChStoredRequirementSet *set = g_ptr_array_index (sets, i);

      for (guint p = 0; p < set->assignments->len; p++)
        {
          if (((const ChRequirementAssignment *)g_ptr_array_index (set->assignments, p))->scope == CH_SCOPE_COMPANY)
            return g_strdup (set->name);
        }
    }

  return NULL;
}

static void
fill_choices (ChSetupWindow *self)
{
  g_auto(GStrv) files = ch_ready_made_list ();
  g_autofree char *now = dup_company_set (self);
  GtkWidget *nothing;

  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autoptr(ChRequirementSet) set = ch_ready_made_get_set (files[i]);

      add_choice (self, files[i], set->name, i == 0 ? _("What most begin with") : NULL);
    }
  if (now != NULL)
    {
      g_autofree char *title = g_strdup_printf (_("Leave it at “%s”"), now);

      nothing = add_choice (self, NULL, title, NULL);
    }
  else
    {
      nothing = add_choice (self, NULL, _("Nothing yet"), _("Nothing is said of a sub until a set is assigned"));
    }
  gtk_check_button_set_active (GTK_CHECK_BUTTON (now != NULL ? nothing : g_ptr_array_index (self->choices, 0)), TRUE);
}

static void
ch_setup_window_dispose (GObject *object)
{
  ChSetupWindow *self = (ChSetupWindow *)object;

  g_clear_object (&self->asker);
  g_clear_object (&self->office);

  G_OBJECT_CLASS (ch_setup_window_parent_class)->dispose (object);
}

static void
ch_setup_window_finalize (GObject *object)
{
  g_ptr_array_unref (((ChSetupWindow *)object)->choices);

  G_OBJECT_CLASS (ch_setup_window_parent_class)->finalize (object);
}

static void
ch_setup_window_class_init (ChSetupWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_setup_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = ch_setup_window_finalize;

  g_type_ensure (CH_TYPE_CONNECTION_PAGE);
  g_type_ensure (CH_TYPE_DESK_PAGE);
  g_type_ensure (CH_TYPE_DOCTOR_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-setup-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ChSetupWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, ChSetupWindow, title);
  gtk_widget_class_bind_template_child (widget_class, ChSetupWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, ChSetupWindow, next_button);
  gtk_widget_class_bind_template_child (widget_class, ChSetupWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ChSetupWindow, connection_page);
  gtk_widget_class_bind_template_child (widget_class, ChSetupWindow, doctor_group);
  gtk_widget_class_bind_template_child (widget_class, ChSetupWindow, sets_group);
  gtk_widget_class_bind_template_child (widget_class, ChSetupWindow, desk_page);
  gtk_widget_class_bind_template_child (widget_class, ChSetupWindow, done_page);
  gtk_widget_class_install_action (widget_class, "setup.next", NULL, go_next);
  gtk_widget_class_install_action (widget_class, "setup.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "setup.tell", "s", tell_text);
}

static void
ch_setup_window_init (ChSetupWindow *self)
{
  self->choices = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ch_setup_window_new:
 * @asker: a widget in the window that asks
 * @office: what is set up
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
ch_setup_window_new (GtkWidget *asker,
                     ChOffice  *office)
{
  ChSetupWindow *self = g_object_new (CH_TYPE_SETUP_WINDOW, "transient-for", gtk_widget_get_root (asker), NULL);

  self->asker = g_object_ref (asker);
  self->office = g_object_ref (office);
  ch_connection_page_set_office (self->connection_page, office);
  ch_desk_page_set_office (self->desk_page, office);
  ch_doctor_group_set_account (self->doctor_group, ch_office_get_account (office));
  fill_choices (self);
  g_signal_connect_object (ch_office_get_account (office), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  show_step (self, STEP_CONNECT);

  return GTK_WINDOW (self);
}
