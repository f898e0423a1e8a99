#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-folder-teller.h"

#include <glib/gi18n-lib.h>

struct _ChFolderTeller
{
  GObject          parent_instance;

  AdwToastOverlay *overlay;
  AdwToast        *toast;        /* (nullable) (unowned): weak; the one that is seen */
  guint            n_taken;      /* that it tells of */
  guint            n_problems;
};

G_DEFINE_FINAL_TYPE (ChFolderTeller, ch_folder_teller, G_TYPE_OBJECT)

static char *
dup_title (ChFolderTeller *self,
           const char     *file_name,
           const char     *problem)
{
  guint n = self->n_taken;

  if (n == 0 && self->n_problems == 1)
    /* Translators: a file's name, and why it could not be taken in */
    return g_strdup_printf (_("%s in the watched folder was not taken in: %s"), file_name, problem);
  if (n == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u file in the watched folder was not taken in",
                                         "%u files in the watched folder were not taken in", self->n_problems),
                            self->n_problems);
  if (n == 1 && self->n_problems == 0)
    return g_strdup_printf (_("%s came in from the watched folder"), file_name);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u certificate came in from the watched folder",
                                       "%u certificates came in from the watched folder", n), n);
}

static void
on_taken_cb (ChFolderTeller *self,
             const char     *file_name,
             GPtrArray      *filed,
             const char     *problem)
{
  g_autofree char *title = NULL;
  g_autofree char *escaped = NULL;

  if (self->toast == NULL)
    self->n_taken = self->n_problems = 0;
  if (filed != NULL && filed->len > 0)
    self->n_taken += filed->len;
  else if (problem != NULL)
    self->n_problems++;
  else
    return;

  title = dup_title (self, file_name, problem);
  escaped = g_markup_escape_text (title, -1);
  if (self->toast != NULL)
    {
      adw_toast_set_title (self->toast, escaped);
      return;
    }
  g_set_weak_pointer (&self->toast, adw_toast_new (escaped));
  adw_toast_set_button_label (self->toast, _("_Show"));
  adw_toast_set_action_name (self->toast, "win.show-place");
  adw_toast_set_action_target (self->toast, "s", "certificates");
  adw_toast_overlay_add_toast (self->overlay, self->toast);
}

static void
ch_folder_teller_dispose (GObject *object)
{
  ChFolderTeller *self = (ChFolderTeller *)object;

  g_clear_weak_pointer (&self->toast);
  g_clear_weak_pointer (&self->overlay);

  G_OBJECT_CLASS (ch_folder_teller_parent_class)->dispose (object);
}

static void
ch_folder_teller_class_init (ChFolderTellerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ch_folder_teller_dispose;
}

static void
ch_folder_teller_init (ChFolderTeller *self)
{
}

ChFolderTeller *
ch_folder_teller_new (ChOffice        *office,
                      AdwToastOverlay *overlay)
{
  ChFolderTeller *self = g_object_new (CH_TYPE_FOLDER_TELLER, NULL);

  g_set_weak_pointer (&self->overlay, overlay);
  g_signal_connect_object (ch_office_get_watched_folder (office), "taken", G_CALLBACK (on_taken_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}
