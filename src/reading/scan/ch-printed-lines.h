#pragma once

#include "ch-page-model.h"

G_BEGIN_DECLS

void ch_printed_lines_mend (GPtrArray  *words,
                            GHashTable *printed_runs);

G_END_DECLS
