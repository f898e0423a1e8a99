#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-limit-line.h"

#include "ch-shown-value.h"

#include <string.h>

/* No line of the form has room for more. */
#define MOST_AMOUNTS 4

/* @from and @to: where the amount stands in the line, in bytes */
typedef struct {
  gint64 dollars;
  int    from;
  int    to;
} Amount;

/* A copy may lose the commas, or make points of them, and a recogniser sees a blank behind them; what follows a blank in
 * their place is no amount of its own. */
static GRegex *
get_amount_regex (void)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("\\$?\\s*(?:[1-9]\\d{0,2}(?:(?:, ?|\\.| )\\d{3})+(?!\\d)(?:\\.\\d\\d)?"
                                            "|[1-9]\\d{2,}(?:\\.\\d\\d)?"
                                            "|\\d{1,3}(?:\\.\\d)?\\s?(?:K|MM?|MIL|MILLION)\\b"
                                            "|(?<![\\w.])0(?![\\w.]))",
                                            G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));

  return regex;
}

/* Points before three digits, and blanks, are what is left of commas. */
static void
mend_commas (char *amount)
{
  char *to = amount;
  const char *from;

  for (from = amount; *from != '\0'; from++)
    {
      if (*from == '.' && strspn (from + 1, "0123456789") == 3)
        *to++ = ',';
      else if (*from != ' ')
        *to++ = *from;
    }
  *to = '\0';
}

static guint
find_amounts (const char *text,
              Amount      amounts[MOST_AMOUNTS])
{
  g_autoptr (GMatchInfo) match = NULL;
  guint n_amounts = 0;

  for (g_regex_match (get_amount_regex (), text, 0, &match); g_match_info_matches (match) && n_amounts < MOST_AMOUNTS;
       g_match_info_next (match, NULL))
    {
      g_autofree char *shown = g_match_info_fetch (match, 0);
      Amount *amount = &amounts[n_amounts];

      mend_commas (shown);
      g_match_info_fetch_pos (match, 0, &amount->from, &amount->to);
      n_amounts += ch_shown_money_parse (shown, &amount->dollars);
    }

  return n_amounts;
}

static gboolean
mentions (const char *label,
          const char *pattern)
{
  return g_regex_match_simple (pattern, label, G_REGEX_CASELESS, 0);
}

/* Which limit an amount is, by what is written beside it; -1 for one that the schema has no key for. */
static int
find_limit (const char *label)
{
  if (mentions (label, "\\b(de ?d|deductible|s\\.?i\\.?r|retention|self[- ]?insured)\\b"))
    return CH_LIMIT_RETENTION;
  if (mentions (label, "\\b(agg|aggregate)\\b"))
    return CH_LIMIT_AGGREGATE;
  if (mentions (label, "\\b(claim|occ|occurrence|occur|condition|incident|loss)s?\\b"))
    return CH_LIMIT_EACH_OCCURRENCE;
  if (mentions (label, "^\\W*limits?\\W*$"))
    return CH_LIMIT_EACH_OCCURRENCE;

  return -1;
}

static guint
set_limit (const char *label,
           gint64      dollars,
           gint64      limits[CH_N_LIMITS])
{
  int limit = find_limit (label);

  if (limit < 0 || limits[limit] != CH_MONEY_ABSENT)
    return 0;
  limits[limit] = dollars;

  return 1;
}

static gboolean
says_something (const char *text)
{
  for (; *text != '\0'; text++)
    {
      if (g_ascii_isalpha (*text))
        return TRUE;
    }

  return FALSE;
}

/* `Occ/Agg` beside `1,000,000/2,000,000`, or beside one amount that is both */
static guint
set_limits_in_turn (const char   *label,
                    const Amount *amounts,
                    guint         n_amounts,
                    gint64        limits[CH_N_LIMITS])
{
  g_auto (GStrv) parts = g_strsplit (label, "/", -1);
  guint n_parts = g_strv_length (parts);
  guint n_set = 0;
  guint i;

  if (n_parts < 2 || (n_amounts > 1 && n_amounts != n_parts))
    return 0;
  for (i = 0; i < n_parts; i++)
    {
      if (find_limit (parts[i]) < 0)
        return 0;
    }
  for (i = 0; i < n_parts; i++)
    n_set += set_limit (parts[i], amounts[n_amounts > 1 ? i : 0].dollars, limits);

  return n_set;
}

static guint
set_single_limit (const char   *text,
                  const Amount *amount,
                  gint64        limits[CH_N_LIMITS])
{
  g_autofree char *label = g_strdup_printf ("%.*s %s", amount->from, text, text + amount->to);
  guint n_set = set_limits_in_turn (label, amount, 1, limits);

  return n_set > 0 ? n_set : set_limit (label, amount->dollars, limits);
}

/**
 * ch_limit_line_parse:
 * @limits: (inout): set where the line says so, and were absent
 *
 * Reads a line of free text with its amounts, in either order: `PER CLAIM $1,000,000`, `$1,000,000 Aggregate`,
 * `$1,000,000 Occurrence / $2,000,000 Aggregate`, `Occ/Agg 1,000,000/2,000,000`, and the pair `2,000,000 / 5,000 Ded.`
 * An amount under another label, or under none, is no limit that the schema has a key for.
 *
 * Returns: how many limits were set
 */
guint
ch_limit_line_parse (const char *text,
                     gint64      limits[CH_N_LIMITS])
{
  Amount amounts[MOST_AMOUNTS];
  guint n_amounts = find_amounts (text, amounts);
  g_autofree char *before = NULL;
  g_autofree char *behind = NULL;
  gboolean labels_follow;
  guint n_set = 0;
  guint i;

  if (n_amounts == 0)
    return 0;
  if (n_amounts == 1)
    return set_single_limit (text, &amounts[0], limits);

  before = g_strndup (text, (gsize) amounts[0].from);
  behind = g_strdup (text + amounts[n_amounts - 1].to);
  labels_follow = !says_something (before);
  n_set = set_limits_in_turn (labels_follow ? behind : before, amounts, n_amounts, limits);
  if (n_set > 0)
    return n_set;

  for (i = 0; i < n_amounts; i++)
    {
      int from = labels_follow ? amounts[i].to : i > 0 ? amounts[i - 1].to : 0;
      int to = !labels_follow ? amounts[i].from : i + 1 < n_amounts ? amounts[i + 1].from : (int) strlen (text);
      g_autofree char *label = g_strndup (text + from, (gsize) (to - from));
      g_autofree char *next = i + 1 < n_amounts ? g_strdup (text + amounts[i + 1].to) : NULL;

      /* What has a deductible of its own is the limit. */
      if (!says_something (label) && next != NULL && find_limit (next) == CH_LIMIT_RETENTION)
        n_set += set_limit ("limit", amounts[i].dollars, limits);
      else
        n_set += set_limit (label, amounts[i].dollars, limits);
    }

  return n_set;
}
