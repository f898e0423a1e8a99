#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-sentences-private.h"
#include "ch-wording.h"

/* Days of notice stand within a dozen words of the notice itself. */
#define NEAR 80

static const char * const additional_insured[] = { " additional insured", " addl insured", " add l insured", NULL };
static const char * const completed[] = { " completed operation", " completed ops", NULL };
static const char * const noncontributory[] = {
  " noncontribut", " non contribut", " not contribut", " without contribut", NULL
};
static const char * const waiver[] = {
  " waiver of subrogation", " waivers of subrogation", " subrogation is waived", " subrogation are waived",
  " subrogation has been waived", " subrogation waived", " waive subrogation", " waives subrogation", NULL
};
static const char * const notice[] = { " notice of cancel", " notices of cancel", NULL };
static const char * const primary_words[] = { " primary", NULL };
static const char * const excluded[] = { " excluded", NULL };
static const char * const exclusion[] = { " exclu", NULL };
static const char * const action_over[] = { " action over", " labor law", NULL };
static const char * const retroactive[] = { " retro", NULL };
static const char * const acord_855[] = { " acord 855", NULL };
static const char * const owners[] = {
  " owner", " proprietor", " partner", " officer", " member", " principal", NULL
};
static const char * const no_payroll[] = {
  " if any basis", " if any policy", " if any exposure", " if any payroll", " if any only", " no payroll",
  " without payroll", " zero payroll", " ghost policy", NULL
};

static gboolean
says_days_of_notice (const char *sentence,
                     guint64     openings)
{
  guint i;

  for (i = 0; notice[i] != NULL; i++)
    {
      const char *place = _ch_sentence_find (sentence, openings, notice[i]);
      const char *days = place != NULL ? strstr (sentence, " day") : NULL;

      for (; days != NULL; days = strstr (days + 1, " day"))
        {
          if (ABS (days - place) <= NEAR)
            return _ch_sentence_says (sentence, notice[i]);
        }
    }

  return FALSE;
}

/* Whether one of these words stands in the sentence, whatever is said of it. */
static gboolean
names_one_of (const char         *sentence,
              guint64             openings,
              const char * const *words)
{
  for (; *words != NULL; words++)
    {
      if (_ch_sentence_find (sentence, openings, *words) != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
read_sentence (const char *sentence,
               ChWording  *wording,
               gboolean   *primary,
               gboolean   *contributes_not)
{
  guint64 openings = _ch_sentence_get_openings (sentence);
  gboolean insured = _ch_sentence_says_any (sentence, openings, additional_insured);

  wording->additional_insured |= insured;
  wording->completed_operations |= insured && _ch_sentence_says_any (sentence, openings, completed);
  wording->waiver_of_subrogation |= _ch_sentence_says_any (sentence, openings, waiver);
  wording->cancellation_notice |= says_days_of_notice (sentence, openings);
  *primary |= _ch_sentence_says_any (sentence, openings, primary_words);
  *contributes_not |= _ch_sentence_says_any (sentence, openings, noncontributory);

  wording->action_over_exclusion |= _ch_sentence_says_any (sentence, openings, exclusion)
                                    && names_one_of (sentence, openings, action_over);
  wording->owner_excluded |= _ch_sentence_says_any (sentence, openings, excluded)
                             && names_one_of (sentence, openings, owners);
  wording->no_payroll |= _ch_sentence_says_any (sentence, openings, no_payroll);
  wording->retroactive_date |= names_one_of (sentence, openings, retroactive);
  wording->acord_855 |= _ch_sentence_says_any (sentence, openings, acord_855);
}

/**
 * ch_wording_read:
 * @text: (nullable): the description of operations
 * @wording: (out): what it says
 *
 * Looks for the usual wording in any spelling and case. Wording that is taken back ("not additional insured") does
 * not count, and completed operations count only in the sentence that speaks of the additional insured.
 */
void
ch_wording_read (const char *text,
                 ChWording  *wording)
{
  g_autoptr(GPtrArray) sentences = NULL;
  gboolean primary = FALSE;
  gboolean contributes_not = FALSE;
  guint i;

  memset (wording, 0, sizeof *wording);
  if (text == NULL || text[0] == '\0')
    return;

  sentences = _ch_sentences_split (text);
  for (i = 0; i < sentences->len; i++)
    read_sentence (g_ptr_array_index (sentences, i), wording, &primary, &contributes_not);

  wording->primary_noncontributory = primary && contributes_not;
}
