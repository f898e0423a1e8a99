#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ch_block_sentence_part (GPtrArray *lines,
                                 guint     *first);

G_END_DECLS
