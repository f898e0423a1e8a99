#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-address-opener.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GtkWindow *window;
  char      *address;
} OpenOp;

static void
on_opened_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  OpenOp *op = user_data;
  g_autoptr(GError) error = NULL;

  if (!gtk_show_uri_full_finish (op->window, result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (op->window)), op->address);
      gtk_widget_activate_action (GTK_WIDGET (op->window), "win.tell", "s",
                                  _("No web browser opened. The address is on the clipboard instead."));
    }
  g_object_unref (op->window);
  g_free (op->address);
  g_free (op);
}

/**
 * ch_open_address:
 * @window: the window that asks, with an action `win.tell`
 * @address: a web page
 */
void
ch_open_address (GtkWindow  *window,
                 const char *address)
{
  OpenOp *op;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (address != NULL);

  op = g_new0 (OpenOp, 1);
  op->window = g_object_ref (window);
  op->address = g_strdup (address);
  gtk_show_uri_full (window, address, GDK_CURRENT_TIME, NULL, on_opened_cb, op);
}
