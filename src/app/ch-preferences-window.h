#pragma once

#include <adwaita.h>

#include "ch-office.h"

G_BEGIN_DECLS

/* The connection to Procore, what is shown there, and what is asked of subs. */
#define CH_TYPE_PREFERENCES_WINDOW (ch_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (ChPreferencesWindow, ch_preferences_window, CH, PREFERENCES_WINDOW, AdwPreferencesWindow)

GtkWindow *ch_preferences_window_new (GtkWindow *parent,
                                      ChOffice  *office);

G_END_DECLS
