#pragma once

#include "ch-ink.h"

G_BEGIN_DECLS

/* Where a word came from: it decides how far it can be trusted. */
typedef enum {
  CH_WORD_FROM_TEXT,
  CH_WORD_FROM_FIELD,
  CH_WORD_FROM_PIXELS,
} ChWordSource;

typedef struct {
  gunichar character;
  ChBox    box;
} ChGlyph;

/**
 * ChWord:
 * @text: UTF-8 without white space; never empty
 * @glyphs: (array length=n_glyphs): one for each character of @text
 * @run: words with the same number were drawn or typed in one go
 * @style: words with the same number share font, size and colour
 * @confidence: 0 to 1: 1 for text, what the recogniser says for pixels
 * @ends_line: the source says that a line ends here (a line break inside a form field)
 */
typedef struct {
  char         *text;
  ChGlyph      *glyphs;
  guint         n_glyphs;
  ChBox         box;
  guint         run;
  guint         style;
  ChWordSource  source;
  double        confidence;
  gboolean      ends_line;
} ChWord;

ChWord *ch_word_new     (const ChGlyph *glyphs,
                         guint          n_glyphs,
                         ChWordSource   source,
                         guint          run);
ChWord *ch_word_slice   (const ChWord  *self,
                         guint          first,
                         guint          n_glyphs);
void    ch_word_free    (ChWord        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChWord, ch_word_free)

/**
 * ChRule:
 * @at: the line's x where it is vertical, its y where it is horizontal
 * @from: its smaller end along its own direction
 * @to: its larger end
 * @width: its thickness
 */
typedef struct {
  gboolean vertical;
  double   at;
  double   from;
  double   to;
  double   width;
} ChRule;

/**
 * ChTick:
 *
 * A box that someone can tick, whose state the file itself states (a button of a form).
 */
typedef struct {
  ChBox    box;
  gboolean ticked;
} ChTick;

/**
 * ChPageModel:
 * @number: 1-based page of the document
 * @width: in points, after the page's own rotation
 * @words: (element-type ChWord)
 * @rules: (element-type ChRule)
 * @ticks: (element-type ChTick)
 * @ink: (nullable) (owned): the page's pixels
 * @n_covered_words: words in the file that nobody sees, left out of @words
 * @has_image: an image is drawn on the page
 *
 * What is on one page, whatever it was made from. The layout reader sees nothing else of a document.
 */
typedef struct {
  guint      number;
  double     width;
  double     height;
  GPtrArray *words;
  GArray    *rules;
  GArray    *ticks;
  ChInk     *ink;
  guint      n_covered_words;
  gboolean   has_image;
} ChPageModel;

ChPageModel *ch_page_model_new              (guint        number,
                                             double       width,
                                             double       height);
void         ch_page_model_free             (ChPageModel *self);
void         ch_page_model_take_ink         (ChPageModel *self,
                                             ChInk       *ink);
void         ch_page_model_drop_unseen_words (ChPageModel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChPageModel, ch_page_model_free)

G_END_DECLS
