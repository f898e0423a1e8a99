#pragma once

#include <gtk/gtk.h>

#include "ch-office.h"
#include "ch-sub-file.h"

G_BEGIN_DECLS

/* Waivers and exemptions: each can be taken back at once, and ended later. page: a ChPage in a ChWindow. */
void ch_exception_give (GtkWidget       *page,
                        ChOffice        *office,
                        const ChSubFile *file,
                        gint64           project_id,
                        const char      *rule);
void ch_exception_end  (GtkWidget       *page,
                        ChOffice        *office,
                        const char      *uuid);

G_END_DECLS
