#pragma once

#include "ch-paint-log.h"

G_BEGIN_DECLS

/**
 * ChGlyphIndex:
 *
 * Finds the painted glyphs that a character of the text layer stands for. Poppler's text has the meaning and the place,
 * the log the order, the colour, and what was painted in one go.
 */
typedef struct _ChGlyphIndex ChGlyphIndex;

#define CH_GLYPH_NONE (-1)
#define CH_GLYPH_SEVERAL (-2)

ChGlyphIndex *ch_glyph_index_new         (const ChPaintLog *log,
                                          double            width,
                                          double            height);
void          ch_glyph_index_free        (ChGlyphIndex     *self);
int           ch_glyph_index_take_only   (ChGlyphIndex     *self,
                                          gunichar          character,
                                          const ChBox      *box);
int           ch_glyph_index_take        (ChGlyphIndex     *self,
                                          gunichar          character,
                                          const ChBox      *box);
gboolean      ch_glyph_index_has_unnamed (const ChGlyphIndex *self,
                                          const ChBox      *part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChGlyphIndex, ch_glyph_index_free)

G_END_DECLS
