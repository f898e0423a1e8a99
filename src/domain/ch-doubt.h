#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChDoubt:
 * @CH_DOUBT_ENDS_BEFORE_IT_BEGINS: the expiration is not after the effective date
 * @CH_DOUBT_TERM_IS_NOT_A_YEAR: the term is shorter or longer than about a year
 * @CH_DOUBT_AGGREGATE_BELOW_OCCURRENCE: an aggregate limit is below the limit of one occurrence
 * @CH_DOUBT_AMOUNT_IS_NOT_ROUND: limits are round amounts
 * @CH_DOUBT_NAIC_IS_NOT_FIVE_DIGITS: NAIC numbers have five digits
 * @CH_DOUBT_LETTER_WITHOUT_INSURER: no insurer is listed under the letter
 * @CH_DOUBT_DATED_AFTER_EXPIRATION: the certificate is dated after one of its policies had ended
 * @CH_DOUBT_TWO_VALUES: there are two values where the form has one place
 * @CH_DOUBT_FAR_FROM_ITS_PLACE: the value stands between two places of the form
 * @CH_DOUBT_AMONG_OTHER_WORDS: the value is one of several words in its place
 * @CH_DOUBT_SEVERAL_LINES: the value takes more lines than usual
 * @CH_DOUBT_LABEL_IS_LOST: the form's label can't be read; the place follows from the others
 * @CH_DOUBT_MARK_IS_FAINT: there is something in the box, and it is hardly a mark
 * @CH_DOUBT_HARD_TO_RECOGNISE: read from pixels, and not clearly
 * @CH_DOUBT_WRITTEN_OVER: two texts stand in one place
 * @CH_DOUBT_CUT_OFF: the end lies outside of what the page shows
 * @CH_DOUBT_HIDES_OTHER_TEXT: the file holds another text under this one
 * @CH_DOUBT_FOLLOWS_NO_FORM: the page has an arrangement of its own
 * @CH_DOUBT_MARK_WITHOUT_POLICY: a letter or a mark stands in a section that shows no policy
 * @CH_DOUBT_BASIS_IS_MISSING: neither occurrence nor claims-made is marked
 * @CH_DOUBT_NOT_AS_DESCRIBED: the description of operations says otherwise, or says it alone
 *
 * Why the reader is not sure of a value, for the person who looks at it. What is printed is never repaired.
 */
typedef enum {
  CH_DOUBT_NONE = 0,
  CH_DOUBT_ENDS_BEFORE_IT_BEGINS = 1 << 0,
  CH_DOUBT_TERM_IS_NOT_A_YEAR = 1 << 1,
  CH_DOUBT_AGGREGATE_BELOW_OCCURRENCE = 1 << 2,
  CH_DOUBT_AMOUNT_IS_NOT_ROUND = 1 << 3,
  CH_DOUBT_NAIC_IS_NOT_FIVE_DIGITS = 1 << 4,
  CH_DOUBT_LETTER_WITHOUT_INSURER = 1 << 5,
  CH_DOUBT_DATED_AFTER_EXPIRATION = 1 << 6,
  CH_DOUBT_TWO_VALUES = 1 << 7,
  CH_DOUBT_FAR_FROM_ITS_PLACE = 1 << 8,
  CH_DOUBT_AMONG_OTHER_WORDS = 1 << 9,
  CH_DOUBT_SEVERAL_LINES = 1 << 10,
  CH_DOUBT_LABEL_IS_LOST = 1 << 11,
  CH_DOUBT_MARK_IS_FAINT = 1 << 12,
  CH_DOUBT_HARD_TO_RECOGNISE = 1 << 13,
  CH_DOUBT_WRITTEN_OVER = 1 << 14,
  CH_DOUBT_CUT_OFF = 1 << 15,
  CH_DOUBT_HIDES_OTHER_TEXT = 1 << 16,
  CH_DOUBT_FOLLOWS_NO_FORM = 1 << 17,
  CH_DOUBT_MARK_WITHOUT_POLICY = 1 << 18,
  CH_DOUBT_BASIS_IS_MISSING = 1 << 19,
  CH_DOUBT_NOT_AS_DESCRIBED = 1 << 20,
} ChDoubt;

#define CH_DOUBT_ALL ((1u << 21) - 1)

const char *ch_doubt_to_string   (ChDoubt      doubt);
ChDoubt     ch_doubt_from_string (const char  *name);
char       *ch_doubts_describe   (guint        doubts);

G_END_DECLS
