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
};

/* @text in lower case, each run of anything but letters and digits as one space, "&" as "and", and dots and
 * apostrophes gone without a space, so that "L.L.C." is one word. */
static GString *
fold_text (const char *text)
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

/* Longest spelling first, at the end of the name only: "Limited Edition Painting" keeps its word. */
static void
shorten_legal_form (GString *name)
{
  gsize best_length = 0;
  const char *meant = NULL;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (legal_forms); i++)
    {
      gsize length = strlen (legal_forms[i].written);

      if (length > best_length
          && name->len > length
          && name->str[name->len - length - 1] == ' '
          && g_str_has_suffix (name->str, legal_forms[i].written))
        {
          best_length = length;
          meant = legal_forms[i].meant;
        }
    }

  if (meant != NULL)
    {
      g_string_truncate (name, name->len - best_length);
      g_string_append (name, meant);
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
  shorten_legal_form (folded);

  return g_string_free (folded, FALSE);
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
  if (strcmp (a, b) == 0 && a[0] != '\0')
    return TRUE;

  x = ch_party_name_normalise (a);
  y = ch_party_name_normalise (b);

  return x[0] != '\0' && g_str_equal (x, y);
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
