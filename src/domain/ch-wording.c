#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-wording.h"

/* Words that turn a right into its opposite when they stand shortly before it, or after it. */
static const char * const negations[] = {
  "not", "no", "never", "nor", "neither", "without", "isnt", "arent", "doesnt", "excludes", "excluding", "except",
};
static const char * const denials[] = {
  " not provided", " not included", " not granted", " not afforded", " not apply", " not applicable", " not extend",
  " is excluded", " are excluded", " is denied",
};
static const char * const abbreviations[] = { "inc", "co", "corp", "ltd", "no", "st", "jr" };

#define WORDS_BEFORE 5
#define CHARACTERS_AFTER 48

static gboolean
is_listed (const char         *word,
           gsize               length,
           const char * const *list,
           guint               n_list)
{
  guint i;

  for (i = 0; i < n_list; i++)
    {
      if (strlen (list[i]) == length && strncmp (list[i], word, length) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
ends_sentence (const char    *dot,
               const GString *sentence,
               gboolean       has_lower_case)
{
  const char *next = dot + 1;
  const char *word;

  if (*dot == ';')
    return TRUE;
  if (*next != '\0' && !g_ascii_isspace (*next))
    return FALSE;

  while (g_ascii_isspace (*next))
    next++;
  if (*next == '\0')
    return TRUE;

  word = strrchr (sentence->str, ' ');
  word = word != NULL ? word + 1 : sentence->str;
  if (is_listed (word, strlen (word), abbreviations, G_N_ELEMENTS (abbreviations)))
    return has_lower_case && g_ascii_isupper (*next);

  return TRUE;
}

/* Each sentence in lower case, its words after single spaces and with a space at its end. */
static GPtrArray *
split_sentences (const char *text)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  GString *sentence = g_string_new (" ");
  gboolean has_lower_case = FALSE;
  const char *p;

  for (p = text; *p != '\0' && !has_lower_case; p++)
    has_lower_case = g_ascii_islower (*p);

  for (p = text; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p) || (guchar) *p >= 0x80)
        {
          g_string_append_c (sentence, g_ascii_tolower (*p));
        }
      else if ((*p == '.' || *p == ';') && ends_sentence (p, sentence, has_lower_case))
        {
          g_string_append_c (sentence, ' ');
          g_ptr_array_add (sentences, g_string_free (sentence, FALSE));
          sentence = g_string_new (" ");
        }
      else if (*p != '\'' && sentence->str[sentence->len - 1] != ' ')
        {
          g_string_append_c (sentence, ' ');
        }
    }

  g_string_append_c (sentence, ' ');
  g_ptr_array_add (sentences, g_string_free (sentence, FALSE));

  return sentences;
}

static gboolean
is_negated_before (const char *sentence,
                   const char *place)
{
  const char *end = place;
  int n;

  for (n = 0; n < WORDS_BEFORE && end > sentence; n++)
    {
      const char *start = end;

      while (start > sentence && start[-1] != ' ')
        start--;
      if (is_listed (start, (gsize) (end - start), negations, G_N_ELEMENTS (negations))
          && !g_str_has_prefix (start, "not limited ") && !g_str_has_prefix (start, "not only "))
        return TRUE;
      end = start > sentence ? start - 1 : sentence;
    }

  return FALSE;
}

static gboolean
is_denied_after (const char *place)
{
  gsize length = MIN (strlen (place), CHARACTERS_AFTER);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (denials); i++)
    {
      if (g_strstr_len (place, (gssize) length, denials[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Whether @phrase begins a word somewhere in the sentence and is not taken back there. */
static gboolean
says (const char *sentence,
      const char *phrase)
{
  const char *place = sentence;

  while ((place = strstr (place, phrase)) != NULL)
    {
      if (!is_negated_before (sentence, place) && !is_denied_after (place + strlen (phrase)))
        return TRUE;
      place += strlen (phrase);
    }

  return FALSE;
}

static gboolean
says_one_of (const char         *sentence,
             const char * const *phrases)
{
  for (; *phrases != NULL; phrases++)
    {
      if (says (sentence, *phrases))
        return TRUE;
    }

  return FALSE;
}

/* Days of notice stand within a dozen words of the notice itself. */
static gboolean
says_days_of_notice (const char *sentence)
{
  const char *notice = strstr (sentence, " notice of cancel");
  const char *days = strstr (sentence, " days");
  const gssize near = 80;

  for (; days != NULL && notice != NULL; days = strstr (days + 1, " days"))
    {
      if (ABS (days - notice) <= near)
        return says (sentence, " notice of cancel");
    }

  return FALSE;
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
  static const char * const additional_insured[] = { " additional insured", " addl insured", NULL };
  static const char * const completed[] = { " completed operations", " completed ops", NULL };
  static const char * const noncontributory[] = { " noncontribut", " non contribut", NULL };
  static const char * const waiver[] = {
    " waiver of subrogation", " waivers of subrogation", " subrogation is waived", " subrogation waived", NULL
  };
  g_autoptr(GPtrArray) sentences = NULL;
  gboolean primary = FALSE;
  gboolean contributes_not = FALSE;
  guint i;

  memset (wording, 0, sizeof *wording);
  if (text == NULL || text[0] == '\0')
    return;

  sentences = split_sentences (text);
  for (i = 0; i < sentences->len; i++)
    {
      const char *sentence = g_ptr_array_index (sentences, i);
      gboolean insured = says_one_of (sentence, additional_insured);

      wording->additional_insured |= insured;
      wording->completed_operations |= insured && says_one_of (sentence, completed);
      wording->waiver_of_subrogation |= says_one_of (sentence, waiver);
      wording->cancellation_notice |= says_days_of_notice (sentence);
      primary |= says (sentence, " primary");
      contributes_not |= says_one_of (sentence, noncontributory);
    }

  wording->primary_noncontributory = primary && contributes_not;
}
