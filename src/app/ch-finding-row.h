#pragma once

#include <adwaita.h>

#include "ch-verdict.h"

G_BEGIN_DECLS

/* (transfer floating): a finding in plain words, with what was asked and found, and what can be done about it.
 * origin: (nullable): the requirement set that asks for it */
GtkWidget  *ch_finding_row_new        (const ChFinding *finding,
                                       const char      *origin,
                                       gint64           vendor_id,
                                       gint64           project_id);

/* How heavily a finding weighs, as shape, word and colour. */
const char *ch_finding_get_icon_name   (const ChFinding *finding);
const char *ch_finding_get_label       (const ChFinding *finding);
const char *ch_finding_get_style_class (const ChFinding *finding);

G_END_DECLS
