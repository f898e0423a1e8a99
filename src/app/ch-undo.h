#pragma once

#include <adwaita.h>

#include "ch-desk-worker.h"

G_BEGIN_DECLS

/*
 * What the user did last and how to take it back. The window tells each act in a toast with a button; the keyboard
 * takes the latest one back as long as it is remembered.
 */
#define CH_TYPE_UNDO (ch_undo_get_type ())
G_DECLARE_FINAL_TYPE (ChUndo, ch_undo, CH, UNDO, GObject)

ChUndo  *ch_undo_new      (ChDeskWorker    *desk,
                           AdwToastOverlay *overlay);
/* text: what was done, without markup; undo: takes it back, in the desk's thread */
void     ch_undo_offer    (ChUndo          *self,
                           const char      *text,
                           ChDeskFunc       undo,
                           gpointer         data,
                           GDestroyNotify   data_free);
gboolean ch_undo_can      (ChUndo          *self);
/* the act of that number, as the toast's button has it; 0: the latest */
void     ch_undo_run      (ChUndo          *self,
                           guint            number);

/* the same, through the window that the widget is in */
void     ch_undo_offer_in (GtkWidget       *widget,
                           const char      *text,
                           ChDeskFunc       undo,
                           gpointer         data,
                           GDestroyNotify   data_free);

G_END_DECLS
