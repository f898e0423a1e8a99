#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-sentences-private.h"

/* Words that turn what follows into its opposite: the first kind within a few words, the second directly before it
 * ("on all policies except workers compensation additional insured status applies" takes nothing back). */
static const char * const negations[] = {
  "not", "no", "never", "nor", "neither", "none", "cannot", "isnt", "arent", "doesnt", "wont",
};
static const char * const exceptions[] = { "without", "excludes", "exclude", "excluding", "except" };
static const char * const fillers[] = { "a", "an", "any", "the", "all", "for" };

/* Words after a phrase that take it back, some of them behind a "not". */
static const char * const denials[] = { " excluded ", " is denied " };
static const char * const after_not[] = {
  "provided ", "included ", "granted ", "given ", "afforded ", "apply ", "applicable ", "extend ", "available ", "covered ",
};
/* Where another thought begins. */
static const char * const turns[] = { " ; ", " but ", " however ", " whereas " };
static const char * const abbreviations[] = { "inc", "co", "corp", "ltd", "nr", "st", "jr", "dba" };

#define NOT " not "
#define LONGEST_NEGATION 7
#define WORDS_BEFORE 5
#define CHARACTERS_AFTER 48
/* What "no." and "no 12" become: the short form of "number" negates nothing. */
#define NUMBER_SIGN "nr"

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

/* What stands between a text and its sentences. */
typedef struct {
  GPtrArray *sentences;
  GString   *sentence;
  gsize      word;               /* where the last word begins */
  gboolean   has_lower_case;
} Splitter;

static void
end_word (Splitter *self)
{
  GString *sentence = self->sentence;

  if (sentence->len > 0 && sentence->str[sentence->len - 1] != ' ')
    {
      g_string_append_c (sentence, ' ');
      self->word = sentence->len;
    }
}

static void
start_sentence (Splitter *self)
{
  self->sentence = g_string_sized_new (256);
  g_string_append_c (self->sentence, ' ');
  self->word = 1;
}

static void
end_sentence (Splitter *self)
{
  end_word (self);
  if (self->sentence->len > 1)
    g_ptr_array_add (self->sentences, g_string_free (self->sentence, FALSE));
  else
    g_string_free (self->sentence, TRUE);
}

/* The letters that most of any text consists of, as many as stand in a row. Returns where they end. */
static const char *
add_letters (Splitter   *self,
             const char *letters)
{
  GString *sentence = self->sentence;
  gsize start = sentence->len;
  const char *end = letters + 1;
  gsize i;

  while (g_ascii_isalpha (*end))
    end++;
  g_string_append_len (sentence, letters, end - letters);
  for (i = start; i < sentence->len; i++)
    sentence->str[i] |= 'a' - 'A';   /* of a letter, its lower case */

  return end;
}

static void
add_character (Splitter *self,
               gunichar  c)
{
  const char *word = self->sentence->str + self->word;

  /* "no 4711" is a number. */
  if (word[0] == '\0' && g_unichar_isdigit (c) && g_str_has_suffix (self->sentence->str, " no "))
    {
      g_string_truncate (self->sentence, self->sentence->len - 3);
      g_string_append (self->sentence, NUMBER_SIGN " ");
      self->word = self->sentence->len;
    }
  g_string_append_unichar (self->sentence, g_unichar_tolower (c));
}

/* A dot after an abbreviation ends a sentence only where the next word begins large among small ones. */
static gboolean
ends_sentence (Splitter   *self,
               const char *next)
{
  const char *word = self->sentence->str + self->word;

  if (*next != '\0' && !g_unichar_isspace (g_utf8_get_char (next)))
    return FALSE;
  while (*next != '\0' && g_unichar_isspace (g_utf8_get_char (next)))
    next = g_utf8_next_char (next);
  if (*next == '\0' || !is_listed (word, strlen (word), abbreviations, G_N_ELEMENTS (abbreviations)))
    return TRUE;

  return self->has_lower_case && g_unichar_isupper (g_utf8_get_char (next));
}

static void
add_dot (Splitter   *self,
         const char *next)
{
  if (g_str_has_suffix (self->sentence->str, " no"))
    {
      g_string_truncate (self->sentence, self->sentence->len - 2);
      g_string_append (self->sentence, NUMBER_SIGN);
    }
  if (ends_sentence (self, next))
    {
      end_sentence (self);
      start_sentence (self);
    }
  else
    {
      end_word (self);
    }
}

static void
add_mark (Splitter   *self,
          gunichar    c,
          const char *next)
{
  /* "Add'l", "isn't" and words that a soft hyphen divides are one word each. */
  if (c == '\'' || c == 0x2019 || c == 0x00ad)
    return;

  if (c == '.')
    {
      add_dot (self, next);
    }
  else if (c == '!' || c == '?')
    {
      end_sentence (self);
      start_sentence (self);
    }
  else
    {
      end_word (self);
      if (c == ';' && self->sentence->len > 1)
        {
          g_string_append (self->sentence, "; ");
          self->word = self->sentence->len;
        }
    }
}

/**
 * _ch_sentences_split:
 * @text: free text, in whatever encoding it came
 *
 * Returns: (transfer full) (element-type utf8): its sentences
 */
GPtrArray *
_ch_sentences_split (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  Splitter self = { g_ptr_array_new_with_free_func (g_free), NULL, 0, FALSE };
  const char *p;

  for (p = valid; *p != '\0' && !self.has_lower_case; p = g_utf8_next_char (p))
    self.has_lower_case = g_unichar_islower (g_utf8_get_char (p));

  start_sentence (&self);
  for (p = valid; *p != '\0';)
    {
      gboolean is_ascii = (guchar) *p < 0x80;
      gunichar c = is_ascii ? (gunichar) *p : g_utf8_get_char (p);
      const char *next = is_ascii ? p + 1 : g_utf8_next_char (p);

      if (is_ascii && g_ascii_isalpha (*p))
        next = add_letters (&self, p);
      else if (is_ascii ? g_ascii_isdigit (*p) : g_unichar_isalnum (c))
        add_character (&self, c);
      else
        add_mark (&self, c, next);
      p = next;
    }
  end_sentence (&self);

  return self.sentences;
}

static gboolean
is_turn (const char *word,
         gsize       length)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      if (strncmp (turns[i] + 1, word, length) == 0 && turns[i][length + 1] == ' ')
        return TRUE;
    }

  return FALSE;
}

/* @place: the space before the phrase */
static gboolean
is_negated_before (const char *sentence,
                   const char *place)
{
  const char *end = place;
  gboolean is_direct = TRUE;
  int n;

  for (n = 0; n < WORDS_BEFORE && end > sentence; n++)
    {
      const char *start = end;
      gsize length;

      while (start > sentence && start[-1] != ' ')
        start--;
      length = (gsize) (end - start);
      if (is_turn (start, length))
        return FALSE;
      if (length <= LONGEST_NEGATION
          && is_listed (start, length, negations, G_N_ELEMENTS (negations))
          && !g_str_has_prefix (start, "not limited ") && !g_str_has_prefix (start, "not only "))
        return TRUE;
      if (is_direct && is_listed (start, length, exceptions, G_N_ELEMENTS (exceptions)))
        return TRUE;
      is_direct = is_direct && is_listed (start, length, fillers, G_N_ELEMENTS (fillers));
      end = start > sentence ? start - 1 : sentence;
    }

  return FALSE;
}

static gboolean
is_near (const char *place,
         const char *word)
{
  const char *found = strstr (place, word);

  return found != NULL && found - place <= CHARACTERS_AFTER;
}

/* Most of what follows a phrase takes nothing back, and need not be taken apart. */
static gboolean
may_be_denied_after (const char *place)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (denials); i++)
    {
      if (is_near (place, denials[i]))
        return TRUE;
    }

  return is_near (place, NOT);
}

static gboolean
is_denied_after (const char *place)
{
  char near[CHARACTERS_AFTER + 1];
  const char *not;
  guint i;

  if (!may_be_denied_after (place))
    return FALSE;

  g_strlcpy (near, place, sizeof near);
  for (i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      char *turn = strstr (near, turns[i]);

      if (turn != NULL)
        *turn = '\0';
    }
  for (i = 0; i < G_N_ELEMENTS (denials); i++)
    {
      if (strstr (near, denials[i]) != NULL)
        return TRUE;
    }
  for (not = strstr (near, NOT); not != NULL; not = strstr (not + 1, NOT))
    {
      for (i = 0; i < G_N_ELEMENTS (after_not); i++)
        {
          if (g_str_has_prefix (not + strlen (NOT), after_not[i]))
            return TRUE;
        }
    }

  return FALSE;
}

/**
 * _ch_sentence_says:
 * @phrase: as " additional insured"; its last word may go on (" additional insureds")
 *
 * Returns: whether the phrase stands somewhere in the sentence and is not taken back there
 */
gboolean
_ch_sentence_says (const char *sentence,
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

/* One bit of 64 for the first three characters of a word or phrase. A shorter word's are those of the next one too;
 * there is always one, since a sentence ends with a space and no phrase is that short. */
static guint64
get_opening (const char *word)
{
  guint letters = (guint) (guchar) word[0] * 31;

  if (word[0] != '\0')
    letters += (guint) (guchar) word[1] * 7 + (word[1] != '\0' ? (guint) (guchar) word[2] : 0);

  return (guint64) 1 << (letters % 64);
}

/* The openings of the sentence's words, to tell cheaply which phrases can't stand in it. */
guint64
_ch_sentence_get_openings (const char *sentence)
{
  guint64 openings = 0;
  const char *space;

  for (space = strchr (sentence, ' '); space != NULL; space = strchr (space + 1, ' '))
    openings |= get_opening (space + 1);

  return openings;
}

/* Where @phrase, with a space before its first word, stands in the sentence; it need not be looked for where no word
 * begins as it does. */
const char *
_ch_sentence_find (const char *sentence,
                   guint64     openings,
                   const char *phrase)
{
  return (openings & get_opening (phrase + 1)) != 0 ? strstr (sentence, phrase) : NULL;
}

/* @phrases: (array zero-terminated=1) */
gboolean
_ch_sentence_says_any (const char         *sentence,
                       guint64             openings,
                       const char * const *phrases)
{
  for (; *phrases != NULL; phrases++)
    {
      if ((openings & get_opening (*phrases + 1)) != 0 && _ch_sentence_says (sentence, *phrases))
        return TRUE;
    }

  return FALSE;
}
