#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks why something is done that others will ask about. ::given (const char *why) where it is to be done. */
#define CH_TYPE_REASON_DIALOG (ch_reason_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ChReasonDialog, ch_reason_dialog, CH, REASON_DIALOG, AdwMessageDialog)

GtkWindow *ch_reason_dialog_new (GtkWindow  *parent,
                                 const char *heading,
                                 const char *body,
                                 const char *label);

G_END_DECLS
