#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "ch-name-key.h"
#include "ch-party-name.h"

/*
 * What is the same company is said by ch_party_name_normalise() alone. Everything looser here serves to propose a sub,
 * and to know when two are near each other.
 *
 *   exact     "the blue heron elec co llc"    as ch_party_name_normalise() has it
 *   form      "llc"                           the legal form at the end
 *   stem      "blueheronelectricco"           without form, article, accents and blanks, abbreviations spelled out
 *   scanned   "blueheronelectricco"           the stem with the letters and digits that scanners confuse made the same
 */

/* Shorter stems are alike by chance. */
#define LEAST_SCANNED_LENGTH 8
#define LENGTH_FOR_TWO_ERRORS 20
#define LEAST_SHARE 0.60
#define LEAST_SHARE_OF_SCANNED 0.70

struct _ChNameKey
{
  char       *exact;
  char       *stem;
  char       *scanned;
  const char *form;       /* interned; empty where none is shown */
  guint       hash;       /* of exact */
  guint       n_words;    /* of exact */
  guint32    *pairs;      /* sorted pairs of neighbouring letters of the stem */
  guint       n_pairs;
};

static const char * const legal_forms[] = {
  "co", "corp", "gmbh", "inc", "llc", "llp", "lp", "ltd", "pa", "pc", "plc", "pllc", NULL
};

static const struct {
  const char *written;
  const char *meant;
} abbreviations[] = {
  { "assoc", "associates" },   { "bros", "brothers" },        { "const", "construction" },
  { "constr", "construction" }, { "contr", "contractors" },   { "dev", "development" },
  { "elec", "electric" },      { "elect", "electric" },       { "eng", "engineering" },
  { "engr", "engineering" },   { "ent", "enterprises" },      { "equip", "equipment" },
  { "ft", "fort" },            { "grp", "group" },            { "inds", "industries" },
  { "intl", "international" }, { "mech", "mechanical" },      { "mfg", "manufacturing" },
  { "mgmt", "management" },    { "mt", "mount" },             { "natl", "national" },
  { "plbg", "plumbing" },      { "st", "saint" },             { "svc", "service" },
  { "svcs", "services" },      { "sys", "systems" },
};

/* Letters that have no decomposition but are written plainly where a keyboard or a form lacks them. */
static const struct {
  gunichar    letter;
  const char *plain;
} plain_letters[] = {
  { 0x00df, "ss" }, { 0x00e6, "ae" }, { 0x00f0, "d" }, { 0x00f8, "o" }, { 0x00fe, "th" },
  { 0x0111, "d" },  { 0x0131, "i" },  { 0x0142, "l" }, { 0x0153, "oe" },
};

static void
append_plain (GString  *out,
              gunichar  c)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain_letters); i++)
    {
      if (plain_letters[i].letter == c)
        {
          g_string_append (out, plain_letters[i].plain);
          return;
        }
    }
  g_string_append_unichar (out, c);
}

/* (transfer full): without accents */
static char *
dup_plain (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  GString *out = g_string_new (NULL);

  for (const char *p = decomposed; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_ismark (c))
        append_plain (out, c);
    }

  return g_string_free (out, FALSE);
}

static const char *
spell_out (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (abbreviations); i++)
    {
      if (g_str_equal (abbreviations[i].written, word))
        return abbreviations[i].meant;
    }

  return word;
}

static void
set_stem (ChNameKey *self)
{
  g_autofree char *plain = dup_plain (self->exact);
  g_auto(GStrv) words = g_strsplit (plain, " ", -1);
  g_autoptr(GString) stem = g_string_new (NULL);
  guint n = g_strv_length (words);

  self->n_words = n;
  self->form = "";
  if (n > 1 && g_strv_contains (legal_forms, words[n - 1]))
    {
      self->form = g_intern_string (words[n - 1]);
      n--;
    }
  for (guint i = 0; i < n; i++)
    {
      if (!g_str_equal (words[i], "the"))
        g_string_append (stem, spell_out (words[i]));
    }
  self->stem = g_strdup (stem->len > 0 ? stem->str : plain);
}

/* What a scanner takes for each other becomes one: "rn" and "m", "1" and "l", "0" and "o". */
static char *
dup_scanned (const char *stem)
{
  GString *out = g_string_new (NULL);

  for (const char *p = stem; *p != '\0'; p++)
    {
      if (p[0] == 'r' && p[1] == 'n')
        {
          g_string_append_c (out, 'm');
          p++;
        }
      else if (p[0] == 'v' && p[1] == 'v')
        {
          g_string_append_c (out, 'w');
          p++;
        }
      else if (*p == '0')
        g_string_append_c (out, 'o');
      else if (*p == '1' || *p == 'i')
        g_string_append_c (out, 'l');
      else if (*p == '5')
        g_string_append_c (out, 's');
      else if (*p == '8')
        g_string_append_c (out, 'b');
      else
        g_string_append_c (out, *p);
    }

  return g_string_free (out, FALSE);
}

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  guint32 left = *(const guint32 *)a;
  guint32 right = *(const guint32 *)b;

  return left < right ? -1 : left > right;
}

/* Of bytes: letters beyond ASCII make two pairs instead of one, in both names alike. */
static void
set_pairs (ChNameKey *self)
{
  gsize length = strlen (self->stem);

  self->n_pairs = length > 1 ? (guint)length - 1 : 0;
  self->pairs = g_new (guint32, self->n_pairs + 1);
  for (guint i = 0; i < self->n_pairs; i++)
    self->pairs[i] = (guint32)(guchar)self->stem[i] << 8 | (guchar)self->stem[i + 1];
  qsort (self->pairs, self->n_pairs, sizeof *self->pairs, compare_pairs);
}

/**
 * ch_name_key_new:
 * @name: (nullable): as somebody wrote it
 *
 * Returns: (transfer full) (nullable): the name to be compared
 */
ChNameKey *
ch_name_key_new (const char *name)
{
  g_autofree char *ampersands = name != NULL ? g_strdelimit (g_strdup (name), "+", '&') : NULL;
  g_autofree char *exact = ch_party_name_normalise (ampersands);
  ChNameKey *self;

  if (exact[0] == '\0')
    return NULL;

  self = g_new0 (ChNameKey, 1);
  self->exact = g_steal_pointer (&exact);
  self->hash = g_str_hash (self->exact);
  set_stem (self);
  self->scanned = dup_scanned (self->stem);
  set_pairs (self);

  return self;
}

void
ch_name_key_free (ChNameKey *self)
{
  if (self == NULL)
    return;

  g_free (self->exact);
  g_free (self->stem);
  g_free (self->scanned);
  g_free (self->pairs);
  g_free (self);
}

gboolean
ch_name_key_equal (const ChNameKey *a,
                   const ChNameKey *b)
{
  return a != NULL && b != NULL && a->hash == b->hash && g_str_equal (a->exact, b->exact);
}

/* Dice's coefficient. */
static double
get_share (const ChNameKey *a,
           const ChNameKey *b)
{
  guint i = 0, k = 0, shared = 0;

  if (a->n_pairs == 0 || b->n_pairs == 0)
    return 0;

  while (i < a->n_pairs && k < b->n_pairs)
    {
      if (a->pairs[i] == b->pairs[k])
        {
          shared++;
          i++;
          k++;
        }
      else if (a->pairs[i] < b->pairs[k])
        i++;
      else
        k++;
    }

  return 2.0 * shared / (a->n_pairs + b->n_pairs);
}

/* "Tower 1" and "Tower 2" are one letter apart and two companies. */
static gboolean
has_same_digits (const char *a,
                 const char *b)
{
  for (;;)
    {
      while (*a != '\0' && !g_ascii_isdigit (*a))
        a++;
      while (*b != '\0' && !g_ascii_isdigit (*b))
        b++;
      if (*a != *b)
        return FALSE;
      if (*a == '\0')
        return TRUE;
      a++;
      b++;
    }
}

/* Letters missing, too many, wrong or swapped between two names; more than @limit is limit + 1 (optimal string
 * alignment). */
static guint
count_errors (const char *a,
              const char *b,
              guint       limit)
{
  gsize n = strlen (a), m = strlen (b);
  g_autofree guint *rows = g_new (guint, 3 * (m + 1));
  guint *before = rows, *last = rows + (m + 1), *row = rows + 2 * (m + 1);

  if ((n > m ? n - m : m - n) > limit)
    return limit + 1;

  for (gsize k = 0; k <= m; k++)
    last[k] = (guint)k;
  for (gsize i = 1; i <= n; i++)
    {
      guint least, *swap;

      row[0] = least = (guint)i;
      for (gsize k = 1; k <= m; k++)
        {
          guint cost = a[i - 1] != b[k - 1];

          row[k] = MIN (MIN (last[k] + 1, row[k - 1] + 1), last[k - 1] + cost);
          if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
            row[k] = MIN (row[k], before[k - 2] + 1);
          least = MIN (least, row[k]);
        }
      if (least > limit)
        return limit + 1;
      swap = before;
      before = last;
      last = row;
      row = swap;
    }

  return MIN (last[m], limit + 1);
}

static gboolean
is_scanned (const ChNameKey *a,
            const ChNameKey *b)
{
  gsize length = MIN (strlen (a->scanned), strlen (b->scanned));
  guint limit = length >= LENGTH_FOR_TWO_ERRORS ? 2 : 1;

  if (length < LEAST_SCANNED_LENGTH || a->form != b->form)
    return FALSE;
  if (g_str_equal (a->scanned, b->scanned))
    return TRUE;

  return has_same_digits (a->stem, b->stem) && count_errors (a->scanned, b->scanned, limit) <= limit;
}

/* Whole words, and enough of them that it can't be by chance: a legal form among them, or three words. */
static gboolean
stands_within (const ChNameKey *name,
               const ChNameKey *longer)
{
  gsize length = strlen (name->exact);
  const char *at = longer->exact;

  if (name->n_words < 2 || (name->form[0] == '\0' && name->n_words < 3) || longer->n_words <= name->n_words)
    return FALSE;

  while ((at = strstr (at, name->exact)) != NULL)
    {
      if ((at == longer->exact || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
        return TRUE;
      at++;
    }

  return FALSE;
}

/**
 * ch_name_key_compare:
 * @share: (out): what they have in common, 0 to 1
 *
 * Returns: how alike the two names are
 */
ChNameLikeness
ch_name_key_compare (const ChNameKey *a,
                     const ChNameKey *b,
                     double          *share)
{
  *share = 1;
  if (ch_name_key_equal (a, b))
    return CH_NAME_SAME;
  if (g_str_equal (a->stem, b->stem))
    return a->form == b->form                             ? CH_NAME_SPELLING
           : a->form[0] == '\0' || b->form[0] == '\0' ? CH_NAME_NO_FORM
                                                          : CH_NAME_OTHER_FORM;

  if (stands_within (a, b) || stands_within (b, a))
    return CH_NAME_AMONG;
  *share = get_share (a, b);
  if (*share >= LEAST_SHARE_OF_SCANNED && is_scanned (a, b))
    return CH_NAME_SCANNED;

  return *share >= LEAST_SHARE ? CH_NAME_SIMILAR : CH_NAME_DIFFERENT;
}

/* An e-mail address beside the name is none of it. */
static char *
dup_without_email (const char *name)
{
  g_autofree char *flat = g_strdelimit (g_strdup (name), "\r\n\t", ' ');
  g_auto(GStrv) words = g_strsplit (flat, " ", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (strchr (words[i], '@') == NULL)
        g_string_append_printf (out, "%s%s", i > 0 ? " " : "", words[i]);
    }

  return g_string_free (out, FALSE);
}

/**
 * ch_name_split_trade:
 * @name: as a certificate shows the insured
 *
 * Returns: (transfer full) (array zero-terminated=1): the legal name, then the names that it does business under; the
 *   whole of it alone where it has but one
 */
char **
ch_name_split_trade (const char *name)
{
  static GRegex *marks = NULL;
  g_autofree char *flat = dup_without_email (name);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = NULL;

  if (g_once_init_enter (&marks))
    {
      GRegex *regex = g_regex_new ("[\\s,;(]+(?:d\\s*[./]?\\s*b\\s*[./]?\\s*a|doing business as|t\\s*/\\s*a|trading as|"
                                   "a\\s*/?\\s*k\\s*/?\\s*a|also known as|f\\s*/?\\s*k\\s*/?\\s*a|formerly(?: known as)?)"
                                   "\\b[.:\\s]+",
                                   G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);

      g_assert (regex != NULL);
      g_once_init_leave (&marks, regex);
    }

  parts = g_regex_split (marks, flat, 0);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *part = g_strdup (parts[i]);

      if (g_strstrip (part)[0] != '\0')
        g_strv_builder_add (builder, part);
    }

  return g_strv_builder_end (builder);
}
