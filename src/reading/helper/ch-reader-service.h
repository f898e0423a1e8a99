#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ch_reader_service_run (int socket);

G_END_DECLS
