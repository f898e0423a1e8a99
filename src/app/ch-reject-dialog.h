#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks why a certificate is rejected. ::rejected (const char *why). */
#define CH_TYPE_REJECT_DIALOG (ch_reject_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ChRejectDialog, ch_reject_dialog, CH, REJECT_DIALOG, AdwMessageDialog)

GtkWindow *ch_reject_dialog_new (GtkWindow *parent);

G_END_DECLS
