#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-undo.h"

#include "ch-window.h"

#include <glib/gi18n-lib.h>

#define MAX_ACTS 20

typedef struct {
  guint           number;
  ChDeskFunc      undo;
  gpointer        data;        /* (nullable) */
  GDestroyNotify  data_free;   /* (nullable) */
} Act;

struct _ChUndo
{
  GObject          parent_instance;

  ChDeskWorker    *desk;
  AdwToastOverlay *overlay;    /* (unowned): the window's, which outlives us */
  GQueue           acts;       /* (element-type Act): the latest is last */
  guint            n_acts;     /* ever */
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChUndo, ch_undo, G_TYPE_OBJECT)

static void
act_free (Act *act)
{
  if (act->data_free != NULL)
    act->data_free (act->data);
  g_free (act);
}

static void
ch_undo_dispose (GObject *object)
{
  ChUndo *self = (ChUndo *)object;

  g_queue_clear_full (&self->acts, (GDestroyNotify)act_free);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (ch_undo_parent_class)->dispose (object);
}

static void
ch_undo_class_init (ChUndoClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ch_undo_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
ch_undo_init (ChUndo *self)
{
  g_queue_init (&self->acts);
}

/**
 * ch_undo_new:
 * @desk: takes acts back
 * @overlay: where they are told; must outlive it
 *
 * Returns: (transfer full): with nothing to take back yet
 */
ChUndo *
ch_undo_new (ChDeskWorker    *desk,
             AdwToastOverlay *overlay)
{
  ChUndo *self = g_object_new (CH_TYPE_UNDO, NULL);

  self->desk = g_object_ref (desk);
  self->overlay = overlay;

  return self;
}

/**
 * ch_undo_offer:
 * @self: an undo
 * @text: what was done, without markup
 * @undo: takes it back, in the desk's thread; its answer is nothing
 * @data: (nullable): for @undo
 * @data_free: (nullable): frees @data
 */
void
ch_undo_offer (ChUndo         *self,
               const char     *text,
               ChDeskFunc      undo,
               gpointer        data,
               GDestroyNotify  data_free)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);
  Act *act = g_new0 (Act, 1);

  g_return_if_fail (CH_IS_UNDO (self));

  act->number = ++self->n_acts;
  act->undo = undo;
  act->data = data;
  act->data_free = data_free;
  g_queue_push_tail (&self->acts, act);
  if (g_queue_get_length (&self->acts) > MAX_ACTS)
    act_free (g_queue_pop_head (&self->acts));

  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  adw_toast_set_action_target (toast, "u", act->number);
  adw_toast_overlay_add_toast (self->overlay, toast);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
ch_undo_can (ChUndo *self)
{
  g_return_val_if_fail (CH_IS_UNDO (self), FALSE);

  return !g_queue_is_empty (&self->acts);
}

static void
on_undone_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(AdwToastOverlay) overlay = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *escaped = NULL;

  ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  escaped = g_markup_escape_text (error != NULL ? error->message : _("Taken back"), -1);
  adw_toast_overlay_add_toast (overlay, adw_toast_new (escaped));
}

/**
 * ch_undo_run:
 * @self: an undo
 * @number: which act, as the toast's button has it; 0 for the latest
 */
void
ch_undo_run (ChUndo *self,
             guint   number)
{
  g_return_if_fail (CH_IS_UNDO (self));

  for (GList *l = self->acts.tail; l != NULL; l = l->prev)
    {
      Act *act = l->data;

      if (number != 0 && act->number != number)
        continue;
      g_queue_delete_link (&self->acts, l);
      ch_desk_worker_run_async (self->desk, act->undo, act->data, act->data_free, NULL, NULL, on_undone_cb,
                                g_object_ref (self->overlay));
      g_free (act);
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }
}

/**
 * ch_undo_offer_in:
 * @widget: somewhere in a #ChWindow, or that window
 * @text: what was done
 * @undo: takes it back
 * @data: (nullable): for @undo
 * @data_free: (nullable): frees @data
 *
 * Where the window is gone there is nobody to offer it to.
 */
void
ch_undo_offer_in (GtkWidget      *widget,
                  const char     *text,
                  ChDeskFunc      undo,
                  gpointer        data,
                  GDestroyNotify  data_free)
{
  GtkWidget *window = gtk_widget_get_ancestor (widget, CH_TYPE_WINDOW);

  if (window != NULL)
    ch_undo_offer (ch_window_get_undo (CH_WINDOW (window)), text, undo, data, data_free);
  else if (data_free != NULL)
    data_free (data);
}
