#pragma once

#include <adwaita.h>

#include "ch-office.h"

G_BEGIN_DECLS

/* Asks which sub a certificate belongs to: likely ones first, then all, with search. ::chosen (gint64 vendor_id). */
#define CH_TYPE_SUB_CHOOSER (ch_sub_chooser_get_type ())
G_DECLARE_FINAL_TYPE (ChSubChooser, ch_sub_chooser, CH, SUB_CHOOSER, AdwWindow)

/* certificate_id 0: no suggestions */
ChSubChooser *ch_sub_chooser_new (ChOffice *office,
                                  gint64    certificate_id);

G_END_DECLS
