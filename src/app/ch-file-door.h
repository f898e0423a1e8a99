#pragma once

#include <adwaita.h>

#include "ch-intake.h"
#include "ch-page.h"

G_BEGIN_DECLS

/*
 * Where files come in: dropped on the window, chosen, or pasted. They go to what the page on top is about, or to what
 * lies under the pointer. ::taken when some have come in.
 */
#define CH_TYPE_FILE_DOOR (ch_file_door_get_type ())
G_DECLARE_FINAL_TYPE (ChFileDoor, ch_file_door, CH, FILE_DOOR, GObject)

/* window and overlay must outlive it */
ChFileDoor *ch_file_door_new           (ChOffice        *office,
                                        GtkWindow       *window,
                                        AdwToastOverlay *overlay);
ChIntake   *ch_file_door_get_intake    (ChFileDoor      *self);
/* page: (nullable) (unowned): the one on top */
void        ch_file_door_set_page      (ChFileDoor      *self,
                                        ChPage          *page);
void        ch_file_door_choose        (ChFileDoor      *self);
void        ch_file_door_paste         (ChFileDoor      *self);
void        ch_file_door_show_problems (ChFileDoor      *self);

G_END_DECLS
