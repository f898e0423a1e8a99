#pragma once

#include "ch-interchange.h"

G_BEGIN_DECLS

ChCoverageRequirement *_ch_coverage_requirement_from_json (const char                  *name,
                                                           JsonNode                    *node,
                                                           const char                  *where,
                                                           GError                     **error);
JsonNode              *_ch_coverage_requirement_to_json   (const ChCoverageRequirement *self);
const char            *_ch_coverage_ask_to_string          (ChCoverageAsk                ask);
const char            *_ch_set_ask_to_string               (ChSetAsk                     ask);
JsonNode              *_ch_strings_to_json                (GPtrArray                   *strings);

G_END_DECLS
