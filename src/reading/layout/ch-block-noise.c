#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-block-noise.h"

#include <string.h>

#define LONGEST_CODE 20
#define MOST_WORDS_OF_MAIL 4

static GRegex *
compile (const char *pattern)
{
  return g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
}

static gboolean
says_nothing (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      if (g_unichar_isalnum (g_utf8_get_char (text)))
        return FALSE;
    }

  return TRUE;
}

/**
 * ch_block_noise_is_contact:
 *
 * Returns: whether a line says telephone numbers, addresses of mail and web, and nothing else: agencies print them among
 *   the lines of a name and address
 */
gboolean
ch_block_noise_is_contact (const char *text)
{
  static GRegex *contacts;
  g_autofree char *rest = NULL;

  if (g_once_init_enter (&contacts))
    g_once_init_leave (&contacts,
                       compile ("\\S+@\\S+|\\b(?:https?://|www\\.)\\S+"
                                "|(?:\\+?1[-. ])?\\(?\\b\\d{3}\\)?[-. /]*\\d{3}[-. ]\\d{4}\\b(?:\\s*(?:x|ext\\.?)\\s*\\d+)?"
                                "|(?:\\+?1[-. ])?\\(\\d{3}\\)\\s*\\d{7}\\b|\\b\\d{10}\\b|\\b\\d{3}-\\d{4}\\b"
                                "|\\b(?:tele|cell)?(?:phone|fax|ph|tel|cell|mobile|office|direct|toll[- ]free|e-?mail|web(?:site)?"
                                "|p|f|o|t|m|a/c|no|ext)\\b[.:#]*"));
  if (strpbrk (text, "0123456789@") == NULL && !g_regex_match_simple ("^(?:phone|fax|e-?mail|tel)\\b[ .:]*$", text, G_REGEX_CASELESS, 0)
      && !g_regex_match_simple ("^www\\.", text, G_REGEX_CASELESS, 0))
    return FALSE;

  rest = g_regex_replace_literal (contacts, text, -1, 0, "", 0, NULL);

  return rest != NULL && says_nothing (rest);
}

/**
 * ch_block_noise_is_mail:
 *
 * Returns: whether a line that was recognised from pixels, with blanks where there are none and letters misread, is an
 *   address of mail: no name has an @ in it
 */
gboolean
ch_block_noise_is_mail (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  return strchr (text, '@') != NULL && g_strv_length (words) <= MOST_WORDS_OF_MAIL;
}

static gboolean
has_digit (const char *text)
{
  return strpbrk (text, "0123456789") != NULL;
}

static gboolean
is_capital (const char *text)
{
  for (; *text != '\0'; text++)
    {
      if (!g_ascii_isupper (*text) && !g_ascii_isdigit (*text) && *text != '-' && *text != '#' && *text != '.')
        return FALSE;
    }

  return TRUE;
}

/**
 * ch_block_noise_is_code:
 *
 * Returns: whether a text can be the code by which an agency's program knows a client (`APFREIG-02`, `182-972-0`,
 *   `7616 1`) rather than a name: there is a digit in each of its words, but for an operator's initials at its end
 */
gboolean
ch_block_noise_is_code (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  gsize length = strlen (text);
  guint i;

  if (length < 4 || length > LONGEST_CODE || !has_digit (words[0]))
    return FALSE;

  for (i = 0; words[i] != NULL; i++)
    {
      if (!is_capital (words[i]) || (i > 0 && !has_digit (words[i]) && strlen (words[i]) > 3))
        return FALSE;
    }

  return TRUE;
}

/**
 * ch_block_noise_is_remark:
 *
 * Returns: whether a line is something else that agencies' programs print: a licence, a page's number, a client's code
 *   that is said to be one
 */
gboolean
ch_block_noise_is_remark (const char *text)
{
  static GRegex *remarks;

  if (g_once_init_enter (&remarks))
    g_once_init_leave (&remarks,
                       compile ("^\\W*(?:page \\d+ of \\d+"
                                "|cert(?:ificate)? ?(?:no|num(?:ber)?|#|id)\\b.*"
                                "|client ?(?:code|no|#|id)\\b.*"
                                "|(?:\\w{2} )?(?:ins(?:urance)? )?lic(?:ense|ence)?s?\\.? ?(?:no\\.?|number|#|:).*"
                                "|(?:\\w{2} )?(?:dept\\.? of ins(?:urance)?|doi)\\b.*"
                                "|(?:agency|producer|customer) ?(?:code|no|#|id)\\b.*"
                                "|op id\\b.*)\\W*$"));

  return g_regex_match (remarks, text, 0, NULL);
}
