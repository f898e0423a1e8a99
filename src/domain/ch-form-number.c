#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-form-number.h"

#define MAX_DIGITS 10

/**
 * ch_form_number_read:
 * @text: (nullable): an entry of a certificate's endorsements, or of a requirement, as `CG 20 10 04 13`
 * @form: (out): the number and edition
 *
 * ISO's forms have four digits after two letters, those for workers' compensation (NCCI) six; an edition of four
 * digits may follow. Spaces, hyphens and slashes between them mean nothing.
 *
 * Returns: whether @text begins with such a number
 */
gboolean
ch_form_number_read (const char   *text,
                     ChFormNumber *form)
{
  char digits[MAX_DIGITS + 1] = "";
  gsize n_digits = 0;
  gsize n_number;
  const char *p;

  memset (form, 0, sizeof *form);
  if (text == NULL)
    return FALSE;

  while (g_ascii_isspace (*text))
    text++;
  if (!g_ascii_isalpha (text[0]) || !g_ascii_isalpha (text[1]) || g_ascii_isalpha (text[2]))
    return FALSE;

  for (p = text + 2; *p != '\0' && n_digits < MAX_DIGITS; p++)
    {
      if (g_ascii_isdigit (*p))
        digits[n_digits++] = *p;
      else if (strchr (" -/()", *p) == NULL)
        break;
    }
  digits[n_digits] = '\0';

  n_number = g_ascii_strncasecmp (text, "WC", 2) == 0 ? 6 : 4;
  if (n_digits < n_number)
    return FALSE;

  form->number[0] = g_ascii_toupper (text[0]);
  form->number[1] = g_ascii_toupper (text[1]);
  memcpy (form->number + 2, digits, n_number);
  if (n_digits >= n_number + 4)
    memcpy (form->edition, digits + n_number, 4);

  return TRUE;
}

static char *
fold_title (const char *text)
{
  GString *out = g_string_new (" ");

  for (; *text != '\0'; text++)
    {
      if (g_ascii_isalnum (*text) || (guchar) *text >= 0x80)
        g_string_append_c (out, g_ascii_tolower (*text));
      else if (out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }

  return g_string_free (out, FALSE);
}

static gboolean
is_title_letter (char c)
{
  return g_ascii_isalnum (c) || (guchar) c >= 0x80;
}

/* Each space in @words stands for whatever lies between two words of @text. */
static gboolean
begins_with (const char *text,
             const char *words)
{
  for (; *words != '\0'; words++)
    {
      if (*words == ' ')
        {
          if (is_title_letter (*text))
            return FALSE;
          while (*text != '\0' && !is_title_letter (*text))
            text++;
        }
      else if (g_ascii_tolower (*text++) != *words)
        {
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * ch_form_title_has:
 * @entry: the number or title of a form, as a certificate lists it
 * @words: in lower case, single spaces between
 *
 * Returns: whether the title holds @words, in any case and punctuation
 */
gboolean
ch_form_title_has (const char *entry,
                   const char *words)
{
  const char *start;

  for (start = entry; *start != '\0'; start++)
    {
      if (is_title_letter (*start) && (start == entry || !is_title_letter (start[-1])) && begins_with (start, words))
        return TRUE;
    }

  return FALSE;
}

static gboolean
meets_one (const char *entry,
           const char *asked)
{
  ChFormNumber have;
  ChFormNumber want;
  g_autofree char *title = NULL;

  if (ch_form_number_read (asked, &want))
    return ch_form_number_read (entry, &have)
           && g_str_equal (have.number, want.number)
           && (want.edition[0] == '\0' || g_str_equal (have.edition, want.edition));

  title = fold_title (asked);
  g_strstrip (title);
  return title[0] != '\0' && ch_form_title_has (entry, title);
}

/**
 * ch_form_number_meets:
 * @entry: an entry of a certificate's endorsements
 * @asked: a number in any edition, a number with the one edition that will do, words of a title, or several of these
 *   with `|` between
 *
 * Returns: whether @entry is one of the forms asked for
 */
gboolean
ch_form_number_meets (const char *entry,
                      const char *asked)
{
  g_auto(GStrv) alternatives = NULL;
  guint i;

  if (strchr (asked, '|') == NULL)
    return meets_one (entry, asked);

  alternatives = g_strsplit (asked, "|", -1);
  for (i = 0; alternatives[i] != NULL; i++)
    {
      if (meets_one (entry, alternatives[i]))
        return TRUE;
    }

  return FALSE;
}
