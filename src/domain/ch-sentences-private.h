#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sentences of free text, made plain for looking for phrases: lower case, one space before each word and after the
 * last, no punctuation but " ; " where a clause ends. A phrase is looked for with the space before its first word. */
GPtrArray *_ch_sentences_split   (const char         *text);
gboolean   _ch_sentence_says     (const char         *sentence,
                                  const char         *phrase);
/* a bit for each letter from a to z with which one of its words begins */
guint32    _ch_sentence_get_initials (const char     *sentence);
gboolean   _ch_sentence_says_any (const char         *sentence,
                                  guint32             initials,
                                  const char * const *phrases);

G_END_DECLS
