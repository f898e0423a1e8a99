#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-file-door.h"

#include "ch-intake-outcome.h"

#include <glib/gi18n-lib.h>

#define PDF_TYPE "application/pdf"

struct _ChFileDoor
{
  GObject          parent_instance;

  GtkWindow       *window;     /* (unowned) */
  AdwToastOverlay *overlay;    /* (unowned) */
  ChIntake        *intake;
  ChPage          *page;       /* (nullable) (unowned): weak */
  GCancellable    *cancellable;
};

enum {
  TAKEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChFileDoor, ch_file_door, G_TYPE_OBJECT)

static void
tell (ChFileDoor *self,
      const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->overlay, adw_toast_new (escaped));
}

static void
take (ChFileDoor *self,
      GPtrArray  *files,
      gint64      vendor_id,
      gint64      project_id)
{
  if (files->len == 0)
    return;

  ch_intake_add (self->intake, files, vendor_id, project_id);
  g_signal_emit (self, signals[TAKEN], 0);
}

static void
take_for_page (ChFileDoor *self,
               GPtrArray  *files)
{
  take (self, files, self->page != NULL ? ch_page_get_drop_vendor (self->page) : 0,
        self->page != NULL ? ch_page_get_drop_project (self->page) : 0);
}

static GPtrArray *
copy_list (GSList *list)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (GSList *l = list; l != NULL; l = l->next)
    g_ptr_array_add (files, g_object_ref (l->data));

  return files;
}

/* Dropping. */

static GdkDragAction
on_motion_cb (GtkDropTarget *target,
              double         x,
              double         y,
              ChFileDoor    *self)
{
  if (self->page != NULL)
    ch_page_point_drop (self->page, GTK_WIDGET (self->window), x, y);

  return GDK_ACTION_COPY;
}

static void
on_leave_cb (GtkDropTarget *target,
             ChFileDoor    *self)
{
  if (self->page != NULL)
    ch_page_point_drop (self->page, NULL, 0, 0);
}

static gboolean
on_drop_cb (GtkDropTarget *target,
            const GValue  *value,
            double         x,
            double         y,
            ChFileDoor    *self)
{
  g_autoptr(GPtrArray) files = copy_list (g_value_get_boxed (value));
  gint64 vendor_id = 0, project_id = 0;

  if (self->page != NULL)
    {
      ch_page_point_drop (self->page, GTK_WIDGET (self->window), x, y);
      ch_page_get_drop (self->page, &vendor_id, &project_id);
      ch_page_point_drop (self->page, NULL, 0, 0);
    }
  take (self, files, vendor_id, project_id);

  return files->len > 0;
}

/* Choosing. */

static void
on_chosen_cb (GtkNativeDialog *dialog,
              int              response,
              ChFileDoor      *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GListModel) chosen = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < g_list_model_get_n_items (chosen); i++)
        g_ptr_array_add (files, g_list_model_get_item (chosen, i));
      take_for_page (self, files);
    }
  g_object_unref (dialog);
}

/**
 * ch_file_door_choose:
 * @self: a door
 *
 * Asks for files.
 */
void
ch_file_door_choose (ChFileDoor *self)
{
  GtkFileChooserNative *chooser;

  g_return_if_fail (CH_IS_FILE_DOOR (self));

  chooser = ch_intake_chooser_new (self->window);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* Pasting: files that were copied in a file manager, a PDF or a picture that another program put there. */

static void
take_bytes (ChFileDoor *self,
            GBytes     *bytes,
            const char *file_name)
{
  ch_intake_add_bytes (self->intake, bytes, file_name, self->page != NULL ? ch_page_get_drop_vendor (self->page) : 0,
                       self->page != NULL ? ch_page_get_drop_project (self->page) : 0);
  g_signal_emit (self, signals[TAKEN], 0);
}

static void
on_files_read_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(ChFileDoor) self = user_data;
  g_autoptr(GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, &error);
  g_autoptr(GPtrArray) files = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (value == NULL)
    {
      tell (self, error->message);
      return;
    }

  files = copy_list (g_value_get_boxed (value));
  take_for_page (self, files);
}

static void
on_pdf_copied_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(ChFileDoor) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  gssize n_bytes = g_output_stream_splice_finish (G_OUTPUT_STREAM (object), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (n_bytes < 0)
    {
      tell (self, error->message);
      return;
    }

  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (object));
  take_bytes (self, bytes, _("Pasted.pdf"));
}

static void
on_pdf_read_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(ChFileDoor) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (object), result, NULL, &error);
  g_autoptr(GOutputStream) memory = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (stream == NULL)
    {
      tell (self, error->message);
      return;
    }

  memory = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (memory, stream,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, self->cancellable, on_pdf_copied_cb, g_object_ref (self));
}

/* In a thread of its own: a large picture takes its time. */
static void
encode_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_save_to_png_bytes (task_data), (GDestroyNotify)g_bytes_unref);
}

static void
on_encoded_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  ChFileDoor *self = (ChFileDoor *)object;
  g_autoptr(GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  if (bytes != NULL)
    take_bytes (self, bytes, _("Pasted picture.png"));
}

static void
on_picture_read_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(ChFileDoor) self = user_data;
  g_autoptr(GError) error = NULL;
  GdkTexture *texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (object), result, &error);
  g_autoptr(GTask) task = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_object (&texture);
      return;
    }
  if (texture == NULL)
    {
      tell (self, error->message);
      return;
    }

  task = g_task_new (self, self->cancellable, on_encoded_cb, NULL);
  g_task_set_task_data (task, texture, g_object_unref);
  g_task_run_in_thread (task, encode_in_thread);
}

/**
 * ch_file_door_paste:
 * @self: a door
 *
 * Takes in what is on the clipboard, or says that there is nothing to take in.
 */
void
ch_file_door_paste (ChFileDoor *self)
{
  static const char *mime_types[] = { PDF_TYPE, NULL };
  GdkClipboard *clipboard;
  GdkContentFormats *formats;

  g_return_if_fail (CH_IS_FILE_DOOR (self));

  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self->window));
  formats = gdk_clipboard_get_formats (clipboard);
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)
      || gdk_content_formats_contain_mime_type (formats, "text/uri-list"))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, self->cancellable,
                                    on_files_read_cb, g_object_ref (self));
  else if (gdk_content_formats_contain_mime_type (formats, PDF_TYPE))
    gdk_clipboard_read_async (clipboard, mime_types, G_PRIORITY_DEFAULT, self->cancellable, on_pdf_read_cb,
                              g_object_ref (self));
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE)
           || gdk_content_formats_contain_mime_type (formats, "image/png")
           || gdk_content_formats_contain_mime_type (formats, "image/jpeg"))
    gdk_clipboard_read_texture_async (clipboard, self->cancellable, on_picture_read_cb, g_object_ref (self));
  else
    tell (self, _("There is no file and no picture on the clipboard"));
}

static void
on_finished_cb (ChIntake   *intake,
                ChFileDoor *self)
{
  AdwToast *toast = ch_intake_outcome_dup_toast (intake);

  if (toast != NULL)
    adw_toast_overlay_add_toast (self->overlay, toast);
}

void
ch_file_door_show_problems (ChFileDoor *self)
{
  g_return_if_fail (CH_IS_FILE_DOOR (self));

  if (ch_intake_get_problems (self->intake)->len > 0)
    gtk_window_present (ch_intake_problems_dialog_new (self->window, self->intake));
}

static void
ch_file_door_dispose (GObject *object)
{
  ChFileDoor *self = (ChFileDoor *)object;

  g_cancellable_cancel (self->cancellable);
  if (self->intake != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->intake, self);
      ch_intake_cancel (self->intake);
    }
  g_clear_object (&self->intake);
  g_clear_weak_pointer (&self->page);

  G_OBJECT_CLASS (ch_file_door_parent_class)->dispose (object);
}

static void
ch_file_door_finalize (GObject *object)
{
  g_object_unref (((ChFileDoor *)object)->cancellable);

  G_OBJECT_CLASS (ch_file_door_parent_class)->finalize (object);
}

static void
ch_file_door_class_init (ChFileDoorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ch_file_door_dispose;
  object_class->finalize = ch_file_door_finalize;

  signals[TAKEN] = g_signal_new ("taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
ch_file_door_init (ChFileDoor *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * ch_file_door_new:
 * @office: where the files go
 * @window: on which they are dropped; must outlive it
 * @overlay: where the outcome is told
 *
 * Returns: (transfer full): an open door
 */
ChFileDoor *
ch_file_door_new (ChOffice        *office,
                  GtkWindow       *window,
                  AdwToastOverlay *overlay)
{
  ChFileDoor *self = g_object_new (CH_TYPE_FILE_DOOR, NULL);
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->window = window;
  self->overlay = overlay;
  self->intake = ch_intake_new (office);
  g_signal_connect (self->intake, "finished", G_CALLBACK (on_finished_cb), self);
  g_signal_connect_object (target, "motion", G_CALLBACK (on_motion_cb), self, 0);
  g_signal_connect_object (target, "leave", G_CALLBACK (on_leave_cb), self, 0);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));

  return self;
}

ChIntake *
ch_file_door_get_intake (ChFileDoor *self)
{
  g_return_val_if_fail (CH_IS_FILE_DOOR (self), NULL);

  return self->intake;
}

void
ch_file_door_set_page (ChFileDoor *self,
                       ChPage     *page)
{
  g_return_if_fail (CH_IS_FILE_DOOR (self));

  g_set_weak_pointer (&self->page, page);
}
