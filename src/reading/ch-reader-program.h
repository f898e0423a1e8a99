#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ch_reader_program_find (void);

G_END_DECLS
