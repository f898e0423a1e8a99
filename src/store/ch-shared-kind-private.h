#pragma once

#include "ch-store-shared.h"

G_BEGIN_DECLS

/* for what ch_shared_kind_to_string() wrote */
ChSharedKind _ch_shared_kind_from_string (const char *text);

G_END_DECLS
