#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-party-name.h"

/* Spellings of one and the same legal form. Different forms (LLC, Inc, LP) are different entities and stay apart. */
static const struct {
  const char *written;
  const char *meant;
} legal_forms[] = {
  { "incorporated", "inc" },
  { "corporation", "corp" },
  { "company", "co" },
  { "limited", "ltd" },
  { "l l c", "llc" },
  { "l l p", "llp" },
  { "l p", "lp" },
  { "limited liability company", "llc" },
  { "limited liability partnership", "llp" },
  { "limited partnership", "lp" },
  { "inc", "inc" },
  { "corp", "corp" },
  { "co", "co" },
  { "ltd", "ltd" },
  { "llc", "llc" },
};

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    {
      if ((guchar) *text >= 0x80)
        return FALSE;
    }

  return TRUE;
}

/* The same as fold_unicode(), for the names that most companies have. */
static GString *
fold_ascii (const char *text)
{
  GString *out = g_string_sized_new (64);
  gboolean space = FALSE;
  const char *p;

  for (p = text; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p))
        {
          if (space && out->len > 0)
            g_string_append_c (out, ' ');
          g_string_append_c (out, g_ascii_tolower (*p));
          space = FALSE;
        }
      else if (*p == '&')
        {
          if (out->len > 0)
            g_string_append_c (out, ' ');
          g_string_append (out, "and");
          space = TRUE;
        }
      else if (*p != '.' && *p != '\'')
        {
          space = TRUE;
        }
    }

  return out;
}

static GString *
fold_unicode (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = g_utf8_casefold (composed, -1);
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;
  const char *p;

  for (p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        {
          if (space && out->len > 0)
            g_string_append_c (out, ' ');
          g_string_append_unichar (out, c);
          space = FALSE;
        }
      else if (c == '&')
        {
          if (out->len > 0)
            g_string_append_c (out, ' ');
          g_string_append (out, "and");
          space = TRUE;
        }
      else if (c != '.' && c != '\'' && c != 0x2019)
        {
          space = TRUE;
        }
    }

  return out;
}

/* @text in lower case, each run of anything but letters and digits as one space, "&" as "and", and dots and
 * apostrophes gone without a space, so that "L.L.C." is one word. */
static GString *
fold_text (const char *text)
{
  return is_ascii (text) ? fold_ascii (text) : fold_unicode (text);
}

/* The legal form that ends the first @end bytes of @name, the longest spelling of those that fit; -1 for none. */
static int
find_legal_form (const GString *name,
                 gsize          end)
{
  gsize best_length = 0;
  int best = -1;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (legal_forms); i++)
    {
      gsize length = strlen (legal_forms[i].written);

      if (length > best_length
          && end > length
          && name->str[end - length - 1] == ' '
          && strncmp (name->str + end - length, legal_forms[i].written, length) == 0)
        {
          best_length = length;
          best = (int) i;
        }
    }

  return best;
}

/* At the end of the name only, where there may be two ("Company, Inc."): "Limited Edition Painting" keeps its word. */
static void
shorten_legal_forms (GString *name)
{
  gsize end = name->len;
  int form;

  while ((form = find_legal_form (name, end)) >= 0)
    {
      gsize length = strlen (legal_forms[form].written);

      g_string_erase (name, (gssize) (end - length), (gssize) length);
      g_string_insert (name, (gssize) (end - length), legal_forms[form].meant);
      end = end - length - 1;
    }
}

/**
 * ch_party_name_normalise:
 * @name: (nullable): a company's name as somebody wrote it
 *
 * Case, punctuation, "&" for "and" and the spelling of the legal form make no other company; the legal form itself
 * does.
 *
 * Returns: (transfer full): the name to compare by; empty for %NULL
 */
char *
ch_party_name_normalise (const char *name)
{
  GString *folded;

  if (name == NULL)
    return g_strdup ("");

  folded = fold_text (name);
  shorten_legal_forms (folded);

  return g_string_free (folded, FALSE);
}

/* g_ascii_tolower() is a call, and every name on every certificate comes through here. */
static int
to_lower (char c)
{
  return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* The next letter or digit of a plain name in lower case, a space for what stands between two words, 0 at the end; -1
 * where the name is not so plain that this would be enough. */
static int
take_plain (const char **text)
{
  const char *p = *text;
  gboolean space = FALSE;

  for (; *p != '\0' && !g_ascii_isalnum (*p); p++)
    {
      if (*p == '&' || (guchar) *p >= 0x80)
        return -1;
      space = space || (*p != '.' && *p != '\'');
    }
  if (*p == '\0')
    {
      *text = p;
      return 0;
    }
  *text = space ? p : p + 1;

  return space ? ' ' : to_lower (*p);
}

/* Whether two names are the same without a look at legal forms: what most certificates show is. */
static gboolean
is_plainly_equal (const char *a,
                  const char *b)
{
  int x;
  int y;

  do
    {
      for (; g_ascii_isalnum (*a) && to_lower (*a) == to_lower (*b); a++, b++)
        ;
      x = take_plain (&a);
      y = take_plain (&b);
    }
  while (x == y && x > 0);

  return x == y && x == 0;
}

/**
 * ch_party_name_equal:
 * @a: (nullable): a name
 * @b: (nullable): another
 *
 * Returns: whether both name the same company; nothing is the same as no name
 */
gboolean
ch_party_name_equal (const char *a,
                     const char *b)
{
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;

  if (a == NULL || b == NULL)
    return FALSE;
  if (a[0] != '\0' && g_ascii_isalnum (a[0]) && is_plainly_equal (a, b))
    return TRUE;

  x = ch_party_name_normalise (a);
  y = ch_party_name_normalise (b);

  return x[0] != '\0' && g_str_equal (x, y);
}

/* What stands between a legal name and the name that the company trades under, as fold_text() leaves it. */
static const char * const alias_marks[] = {
  " dba ", " d b a ", " doing business as ", " ta ", " t a ", " trading as ", " aka ", " a k a ",
};

/**
 * ch_party_name_names:
 * @shown: (nullable): a name as a certificate shows it, maybe with a DBA behind it
 * @name: (nullable): a company's name
 *
 * Returns: whether @shown is @name, or has it on either side of a "DBA"
 */
gboolean
ch_party_name_names (const char *shown,
                     const char *name)
{
  g_autoptr(GString) folded = NULL;
  guint i;

  if (ch_party_name_equal (shown, name))
    return TRUE;
  if (shown == NULL || name == NULL)
    return FALSE;

  folded = fold_text (shown);
  for (i = 0; i < G_N_ELEMENTS (alias_marks); i++)
    {
      const char *mark = strstr (folded->str, alias_marks[i]);

      if (mark != NULL)
        {
          g_autofree char *before = g_strndup (folded->str, (gsize) (mark - folded->str));

          if (ch_party_name_equal (before, name) || ch_party_name_names (mark + strlen (alias_marks[i]), name))
            return TRUE;
        }
    }

  return FALSE;
}

static guint
count_shared_pairs (const char *a,
                    const char *b)
{
  gsize b_length = strlen (b);
  g_autofree gboolean *taken = g_new0 (gboolean, b_length + 1);
  guint shared = 0;
  const char *p;
  gsize i;

  for (p = a; p[0] != '\0' && p[1] != '\0'; p++)
    {
      for (i = 0; i + 1 < b_length; i++)
        {
          if (!taken[i] && b[i] == p[0] && b[i + 1] == p[1])
            {
              taken[i] = TRUE;
              shared++;
              break;
            }
        }
    }

  return shared;
}

/**
 * ch_party_name_likeness:
 * @a: (nullable): a name
 * @b: (nullable): another
 *
 * How alike two names look, by the pairs of neighbouring letters that they share (Dice's coefficient). For proposing
 * a match to a person, never for deciding one.
 *
 * Returns: 0 for nothing in common to 1 for the same company
 */
double
ch_party_name_likeness (const char *a,
                        const char *b)
{
  g_autofree char *x = ch_party_name_normalise (a);
  g_autofree char *y = ch_party_name_normalise (b);
  gsize x_length = strlen (x);
  gsize y_length = strlen (y);

  if (x_length == 0 || y_length == 0)
    return 0.0;
  if (g_str_equal (x, y))
    return 1.0;
  if (x_length < 2 || y_length < 2)
    return 0.0;

  /* Below 1 even for two names of the same pairs in another order: 1 is kept for equality. */
  return MIN (0.99, 2.0 * count_shared_pairs (x, y) / (double) (x_length - 1 + y_length - 1));
}
