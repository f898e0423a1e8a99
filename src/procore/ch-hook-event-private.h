#pragma once

#include "ch-hook-event.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* NULL where it is none */
ChHookEvent *_ch_hook_event_parse (JsonObject *object);

G_END_DECLS
