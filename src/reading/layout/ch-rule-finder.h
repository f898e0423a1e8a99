#pragma once

#include "ch-page-model.h"

G_BEGIN_DECLS

void ch_rule_finder_find (const ChInk *ink,
                          GArray      *rules);

G_END_DECLS
