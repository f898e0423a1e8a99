#pragma once

#include <adwaita.h>

#include "ch-office.h"

G_BEGIN_DECLS

/*
 * A letter that asks a broker or a sub for what is missing. A person reads it, changes it, and takes it to a mail
 * program of his own or to the clipboard: the program itself sends nothing.
 */
#define CH_TYPE_LETTER_WINDOW (ch_letter_window_get_type ())
G_DECLARE_FINAL_TYPE (ChLetterWindow, ch_letter_window, CH, LETTER_WINDOW, AdwWindow)

/* (transfer none) each: presented, and filled once the desk has drafted it */
GtkWindow *ch_letter_window_open_for_sub         (GtkWindow *parent,
                                                  ChOffice  *office,
                                                  gint64     vendor_id);
GtkWindow *ch_letter_window_open_for_certificate (GtkWindow *parent,
                                                  ChOffice  *office,
                                                  gint64     certificate_id);

G_END_DECLS
