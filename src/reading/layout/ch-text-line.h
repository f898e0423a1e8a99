#pragma once

#include "ch-page-model.h"

G_BEGIN_DECLS

/**
 * ChTextLine:
 * @words: (element-type ChWord): from left to right, borrowed from the page
 *
 * Words that a person reads as one line.
 */
typedef struct {
  ChBox      box;
  GPtrArray *words;
} ChTextLine;

void       ch_text_line_free      (ChTextLine       *self);
char      *ch_text_line_to_string (const ChTextLine *self);
GPtrArray *ch_text_line_get_pieces (const ChTextLine *self);
gboolean   ch_text_line_ends_hard (const ChTextLine *self);
double     ch_text_line_get_confidence (const ChTextLine *self);
GPtrArray *ch_text_lines_group    (GPtrArray        *words);
char      *ch_text_lines_to_string (GPtrArray        *lines,
                                    const char       *separator);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChTextLine, ch_text_line_free)

G_END_DECLS
