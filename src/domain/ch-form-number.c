#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-form-number.h"

/* ISO's forms (and NCCI's, WC) by the line that they belong to; in the middle of a text only these are looked for. */
static const char * const prefixes[] = { "CA", "CG", "CR", "CU", "CX", "IL", "WC" };
static const char * const edition_words[] = { "edition", "ed", "rev" };

static gboolean
is_title_letter (char c)
{
  return g_ascii_isalnum (c) || (guchar) c >= 0x80;
}

static const char *
skip_separators (const char *p)
{
  while (*p != '\0' && strchr (" -/().:,", *p) != NULL)
    p++;

  return p;
}

/* Takes @n digits, whatever separators stand between them; NULL where there are fewer. */
static const char *
take_digits (const char *p,
             gsize       n,
             char       *digits)
{
  gsize i;

  for (i = 0; i < n; i++)
    {
      p = skip_separators (p);
      if (!g_ascii_isdigit (*p))
        return NULL;
      digits[i] = *p++;
    }
  digits[n] = '\0';

  return p;
}

static gsize
count_digits (const char *p)
{
  return strspn (p, "0123456789");
}

/* Month and year, each with or without its century or leading zero: 04 13, 0413, 4/13, 04/2013. Answers the place
 * behind it, or NULL. */
static const char *
take_edition (const char *p,
              char       *edition)
{
  gsize n;
  guint month;
  guint i;

  p = skip_separators (p);
  for (i = 0; i < G_N_ELEMENTS (edition_words); i++)
    {
      gsize length = strlen (edition_words[i]);

      if (g_ascii_strncasecmp (p, edition_words[i], length) == 0 && !g_ascii_isalpha (p[length]))
        p = skip_separators (p + length);
    }

  n = count_digits (p);
  if (n == 4 || n == 6)
    n = 2;
  if (n != 1 && n != 2)
    return NULL;
  month = (guint) (n == 1 ? p[0] - '0' : 10 * (p[0] - '0') + (p[1] - '0'));
  p = skip_separators (p + n);
  n = count_digits (p);
  if (month < 1 || month > 12 || (n != 2 && n != 4))
    return NULL;

  edition[0] = (char) ('0' + month / 10);
  edition[1] = (char) ('0' + month % 10);
  edition[2] = p[n - 2];
  edition[3] = p[n - 1];
  edition[4] = '\0';

  return p + n;
}

/* Reads the number at @text; answers the place behind it, or NULL where there is none. */
static const char *
take_form (const char   *text,
           ChFormNumber *form)
{
  const char *rest;
  const char *behind;

  memset (form, 0, sizeof *form);
  if (!g_ascii_isalpha (text[0]) || !g_ascii_isalpha (text[1]) || g_ascii_isalpha (text[2]))
    return NULL;

  rest = take_digits (text + 2, g_ascii_strncasecmp (text, "WC", 2) == 0 ? 6 : 4, form->number + 2);
  if (rest == NULL)
    {
      memset (form, 0, sizeof *form);
      return NULL;
    }
  form->number[0] = g_ascii_toupper (text[0]);
  form->number[1] = g_ascii_toupper (text[1]);
  behind = take_edition (rest, form->edition);

  return behind != NULL ? behind : rest;
}

/**
 * ch_form_number_read:
 * @text: (nullable): an entry of a certificate's endorsements, or of a requirement, as `CG 20 10 04 13`
 * @form: (out): the number and edition
 *
 * ISO's forms have four digits after two letters, those for workers' compensation (NCCI) six; an edition of month and
 * year may follow. Spaces, hyphens and slashes between them mean nothing.
 *
 * Returns: whether @text begins with such a number
 */
gboolean
ch_form_number_read (const char   *text,
                     ChFormNumber *form)
{
  memset (form, 0, sizeof *form);
  if (text == NULL)
    return FALSE;

  while (g_ascii_isspace (*text))
    text++;

  return take_form (text, form) != NULL;
}

static gboolean
is_known_prefix (const char *text)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      if (g_ascii_strncasecmp (text, prefixes[i], 2) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * ch_form_number_next:
 * @text: (inout): where to look on; moved behind the number that was found
 * @form: (out): the number and edition
 *
 * Finds the next of the forms that an entry names, as both in `CG 20 10 04 13 & CG 20 37 04 13`, and the one in
 * `Blanket additional insured (CG 20 10)`.
 *
 * Returns: whether there is one more
 */
gboolean
ch_form_number_next (const char  **text,
                     ChFormNumber *form)
{
  const char *start;

  for (start = *text; *start != '\0'; start++)
    {
      const char *behind;

      if (!g_ascii_isalpha (*start) || (start > *text && is_title_letter (start[-1])) || !is_known_prefix (start))
        continue;
      behind = take_form (start, form);
      if (behind != NULL)
        {
          *text = behind;
          return TRUE;
        }
    }

  *text = start;
  return FALSE;
}

/* Lower case, and one space for whatever lies between two words. */
static char *
fold_title (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (is_title_letter (*text))
        g_string_append_c (out, g_ascii_tolower (*text));
      else if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }

  return g_strchomp (g_string_free (out, FALSE));
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
is_form (const ChFormNumber *have,
         const ChFormNumber *want)
{
  return g_str_equal (have->number, want->number)
         && (want->edition[0] == '\0' || g_str_equal (have->edition, want->edition));
}

static gboolean
meets_one (const char *entry,
           const char *asked)
{
  ChFormNumber have;
  ChFormNumber want;
  g_autofree char *title = NULL;

  if (ch_form_number_read (asked, &want))
    {
      const char *rest = entry;

      if (ch_form_number_read (entry, &have) && is_form (&have, &want))
        return TRUE;
      while (ch_form_number_next (&rest, &have))
        {
          if (is_form (&have, &want))
            return TRUE;
        }

      return FALSE;
    }

  title = fold_title (asked);
  return title[0] != '\0' && ch_form_title_has (entry, title);
}

/**
 * ch_form_number_meets:
 * @entry: an entry of a certificate's endorsements
 * @asked: a number in any edition, a number with the one edition that will do, words of a title, or several of these
 *   with `|` between
 *
 * Returns: whether @entry is, or names, one of the forms asked for
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
