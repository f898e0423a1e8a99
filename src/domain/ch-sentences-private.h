#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sentences of free text, made plain for looking for phrases: lower case, one space before each word and after the
 * last, no punctuation but " ; " where a clause ends. A phrase is looked for with the space before its first word. */
GPtrArray *_ch_sentences_split   (const char         *text);
gboolean   _ch_sentence_says     (const char         *sentence,
                                  const char         *phrase);
guint64    _ch_sentence_get_openings (const char     *sentence);
const char *_ch_sentence_find    (const char         *sentence,
                                  guint64             openings,
                                  const char         *phrase);
gboolean   _ch_sentence_says_any (const char         *sentence,
                                  guint64             openings,
                                  const char * const *phrases);

G_END_DECLS
