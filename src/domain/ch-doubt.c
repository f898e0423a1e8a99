#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-doubt.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct {
  ChDoubt     doubt;
  const char *name;
  const char *text;
} doubts_by_name[] = {
  { CH_DOUBT_ENDS_BEFORE_IT_BEGINS, "ends_before_it_begins", N_("The policy would end before it begins.") },
  { CH_DOUBT_TERM_IS_NOT_A_YEAR, "term_is_not_a_year", N_("The term is not about a year.") },
  { CH_DOUBT_AGGREGATE_BELOW_OCCURRENCE, "aggregate_below_occurrence",
    N_("The aggregate is below the limit for one occurrence.") },
  { CH_DOUBT_AMOUNT_IS_NOT_ROUND, "amount_is_not_round", N_("Limits are usually round amounts.") },
  { CH_DOUBT_NAIC_IS_NOT_FIVE_DIGITS, "naic_is_not_five_digits", N_("A NAIC number has five digits.") },
  { CH_DOUBT_LETTER_WITHOUT_INSURER, "letter_without_insurer", N_("No insurer is listed under this letter.") },
  { CH_DOUBT_DATED_AFTER_EXPIRATION, "dated_after_expiration",
    N_("The certificate is dated after one of its policies had ended.") },
  { CH_DOUBT_TWO_VALUES, "two_values", N_("There are two values where the form has one place.") },
  { CH_DOUBT_FAR_FROM_ITS_PLACE, "far_from_its_place", N_("It stands between two places of the form.") },
  { CH_DOUBT_AMONG_OTHER_WORDS, "among_other_words", N_("Other words stand in the same place.") },
  { CH_DOUBT_SEVERAL_LINES, "several_lines", N_("It takes more lines than usual.") },
  { CH_DOUBT_LABEL_IS_LOST, "label_is_lost", N_("The form’s label for it can’t be read.") },
  { CH_DOUBT_MARK_IS_FAINT, "mark_is_faint", N_("There is something in the box, but hardly a mark.") },
  { CH_DOUBT_HARD_TO_RECOGNISE, "hard_to_recognise", N_("The scan is hard to read here.") },
  { CH_DOUBT_WRITTEN_OVER, "written_over", N_("Two texts stand in one place.") },
  { CH_DOUBT_CUT_OFF, "cut_off", N_("Its end is cut off on the page.") },
  { CH_DOUBT_HIDES_OTHER_TEXT, "hides_other_text", N_("The file holds another text under this one. Was it altered?") },
  { CH_DOUBT_FOLLOWS_NO_FORM, "follows_no_form", N_("The page follows no known form.") },
  { CH_DOUBT_MARK_WITHOUT_POLICY, "mark_without_policy",
    N_("A letter or a mark stands in a section that shows no policy.") },
  { CH_DOUBT_BASIS_IS_MISSING, "basis_is_missing", N_("Neither occurrence nor claims-made is marked.") },
  { CH_DOUBT_NOT_AS_DESCRIBED, "not_as_described",
    N_("The boxes for additional insureds and the description of operations don’t say the same.") },
};

/**
 * ch_doubt_to_string:
 * @doubt: one of them
 *
 * Returns: (nullable): its name in JSON
 */
const char *
ch_doubt_to_string (ChDoubt doubt)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (doubts_by_name); i++)
    {
      if (doubts_by_name[i].doubt == doubt)
        return doubts_by_name[i].name;
    }

  return NULL;
}

/**
 * ch_doubt_from_string:
 *
 * Returns: the doubt of that name; %CH_DOUBT_NONE where there is none
 */
ChDoubt
ch_doubt_from_string (const char *name)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (doubts_by_name); i++)
    {
      if (g_strcmp0 (doubts_by_name[i].name, name) == 0)
        return doubts_by_name[i].doubt;
    }

  return CH_DOUBT_NONE;
}

/**
 * ch_doubts_describe:
 * @doubts: any number of #ChDoubt
 *
 * Returns: (transfer full) (nullable): a sentence for each, for people; %NULL where there is no doubt
 */
char *
ch_doubts_describe (guint doubts)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (doubts_by_name); i++)
    {
      if ((doubts & doubts_by_name[i].doubt) == 0)
        continue;
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, g_dgettext (GETTEXT_PACKAGE, doubts_by_name[i].text));
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
