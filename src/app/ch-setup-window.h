#pragma once

#include <adwaita.h>

#include "ch-office.h"

G_BEGIN_DECLS

/*
 * The way from nothing to a desk that works: sign in and choose the company, see what Procore allows, choose what is
 * asked of every sub, a watched folder. Each step can be left for later. Actions: `setup.next`, `setup.back`,
 * `setup.tell` (s).
 */
#define CH_TYPE_SETUP_WINDOW (ch_setup_window_get_type ())
G_DECLARE_FINAL_TYPE (ChSetupWindow, ch_setup_window, CH, SETUP_WINDOW, AdwWindow)

/* (transfer none): asker: in whose window outcomes are told after this one is closed */
GtkWindow *ch_setup_window_new (GtkWidget *asker,
                                ChOffice  *office);

G_END_DECLS
