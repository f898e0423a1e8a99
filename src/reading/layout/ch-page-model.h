#pragma once

#include "ch-doubt.h"
#include "ch-ink.h"
#include "ch-turn.h"

G_BEGIN_DECLS

/* Where a word came from: it decides how far it can be trusted. */
typedef enum {
  CH_WORD_FROM_TEXT,
  CH_WORD_FROM_FIELD,
  CH_WORD_FROM_PIXELS,
} ChWordSource;

/**
 * ChGlyph:
 * @run: the same number for glyphs that were painted in one go; 0 where the source doesn't say
 */
typedef struct {
  gunichar character;
  ChBox    box;
  guint    run;
} ChGlyph;

/**
 * ChWord:
 * @text: UTF-8 without white space; never empty
 * @glyphs: (array length=n_glyphs): one for each character of @text
 * @run: words with the same number were drawn or typed in one go
 * @style: words with the same number share font, size and colour
 * @confidence: 0 to 1: 1 for text, what the recogniser says for pixels
 * @doubts: of #ChDoubt: why nobody can be sure of it
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
  guint         doubts;
  gboolean      ends_line;
} ChWord;

ChWord *ch_word_new     (const ChGlyph *glyphs,
                         guint          n_glyphs,
                         ChWordSource   source,
                         guint          run);
ChWord *ch_word_slice   (const ChWord  *self,
                         guint          first,
                         guint          n_glyphs);
double  ch_word_gap     (const ChWord  *self,
                         const ChWord  *next);
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

/* What is expected in a part of the page that is looked at again: of letters that of an insurer, A to F, and of yes and no
 * Y, N and X. */
typedef enum {
  CH_EXPECTED_TEXT,
  CH_EXPECTED_MONEY,
  CH_EXPECTED_DATE,
  CH_EXPECTED_DIGITS,
  CH_EXPECTED_LETTER,
  CH_EXPECTED_YES_NO,
} ChExpected;

/**
 * ChPageSource:
 * @draw: (nullable): pixels of a part of a page that wasn't drawn as a whole; they say themselves where they are
 * @recognise: (nullable): (element-type ChWord): what a part of the page says when only the expected is looked for
 * @free: (nullable)
 *
 * What a page was made from, for questions that come up while it is read. Parts are in the model's points.
 */
typedef struct {
  ChInk     *(*draw)      (gpointer     data,
                           const ChBox *part);
  GPtrArray *(*recognise) (gpointer     data,
                           const ChBox *part,
                           ChExpected   expected);
  void       (*free)      (gpointer     data);
} ChPageSource;

/**
 * ChPageModel:
 * @number: 1-based page of the document
 * @width: in points, of the page held upright
 * @to_page: from the model's points to those of the page as it is shown, where these differ: scans are straightened,
 *   pages that lie on their side are turned
 * @words: (element-type ChWord)
 * @rules: (element-type ChRule)
 * @ticks: (element-type ChTick)
 * @ink: (nullable) (owned): the page's pixels, where all of it was drawn
 * @covered: (element-type ChBox): where the file has letters, left out of @words, under what was painted over them
 * @has_image: images make up a good part of the page
 * @has_drawn_letters: there is much on the page that may be letters drawn as outlines
 *
 * What is on one page, whatever it was made from. The layout reader sees nothing else of a document.
 */
typedef struct {
  guint      number;
  double     width;
  double     height;
  ChTurn     to_page;
  GPtrArray *words;
  GArray    *rules;
  GArray    *ticks;
  ChInk     *ink;
  GArray    *covered;
  gboolean   has_image;
  gboolean   has_drawn_letters;

  /*< private >*/
  const ChPageSource *source;
  gpointer            source_data;
  ChTurn              to_source;
} ChPageModel;

ChPageModel *ch_page_model_new              (guint        number,
                                             double       width,
                                             double       height);
void         ch_page_model_free             (ChPageModel *self);
void         ch_page_model_take_ink         (ChPageModel *self,
                                             ChInk       *ink);
void         ch_page_model_drop_unseen_words (ChPageModel *self);
void         ch_page_model_doubt_overwritten (ChPageModel *self);
void         ch_page_model_set_source       (ChPageModel        *self,
                                             const ChPageSource *source,
                                             gpointer            data);
void         ch_page_model_magnify          (ChPageModel        *self,
                                             double              factor,
                                             double              dx,
                                             double              dy);
gboolean     ch_page_model_get_density      (const ChPageModel  *self,
                                             const ChBox        *part,
                                             double             *density);
gboolean     ch_page_model_is_from_pixels   (const ChPageModel  *self);
GPtrArray   *ch_page_model_recognise        (const ChPageModel  *self,
                                             const ChBox        *part,
                                             ChExpected          expected);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChPageModel, ch_page_model_free)

G_END_DECLS
