#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-shown-value.h"

#include "ch-limit.h"

#include <string.h>

/* The century of a two-digit year: certificates name no year before 1970. */
#define FIRST_SHORT_YEAR 70

static gsize
read_number (const char *text,
             gsize       longest,
             int        *number)
{
  gsize length = 0;

  *number = 0;
  while (length < longest && g_ascii_isdigit (text[length]))
    *number = *number * 10 + (text[length++] - '0');

  return length;
}

static gboolean
is_separator (char character)
{
  return character == '/' || character == '-' || character == '.';
}

/* Takes the year with the number of digits asked for: where two dates touch, only the caller can tell whether
 * `26/26/25` goes on. */
static gsize
read_american (const char *text,
               gsize       n_year_digits,
               ChDate     *date)
{
  int month, day, year;
  gsize at, length;

  at = read_number (text, 2, &month);
  if (at == 0 || !is_separator (text[at]))
    return 0;
  length = read_number (text + at + 1, 2, &day);
  if (length == 0 || text[at + 1 + length] != text[at])
    return 0;
  at += 2 + length;
  if (read_number (text + at, n_year_digits, &year) != n_year_digits)
    return 0;

  if (n_year_digits == 2)
    year += year < FIRST_SHORT_YEAR ? 2000 : 1900;
  *date = ch_date_new (year, month, day);

  return *date != CH_DATE_NONE ? at + n_year_digits : 0;
}

static gsize
read_iso (const char *text,
          ChDate     *date)
{
  int month, day, year;

  if (read_number (text, 4, &year) != 4 || !is_separator (text[4]) || read_number (text + 5, 2, &month) != 2
      || text[7] != text[4] || read_number (text + 8, 2, &day) != 2)
    return 0;

  *date = ch_date_new (year, month, day);

  return *date != CH_DATE_NONE ? 10 : 0;
}

/* Four digits of a year if they make a plausible one, else two. */
static gsize
read_numeric_date (const char *text,
           ChDate     *date)
{
  gsize length = read_iso (text, date);
  int year;

  if (length > 0)
    return length;
  length = read_american (text, 4, date);
  if (length > 0)
    {
      ch_date_get_ymd (*date, &year, NULL, NULL);
      if (year >= 1900 && year < 2100)
        return length;
    }

  return read_american (text, 2, date);
}

/* Returns: the number of bytes of a month's name, whole or short, with the full stop that may follow it; 0 for none */
static gsize
read_month (const char *text,
            int        *month)
{
  static const char *const names[] = { "JANUARY", "FEBRUARY", "MARCH",     "APRIL",   "MAY",      "JUNE",
                                       "JULY",    "AUGUST",   "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER" };
  gsize length = 0;
  guint i;

  while (g_ascii_isalpha (text[length]))
    length++;
  if (length < 3)
    return 0;
  for (i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gboolean is_short = length == 3 || (i == 8 && length == 4);

      if (g_ascii_strncasecmp (text, names[i], length) != 0 || (!is_short && length != strlen (names[i])))
        continue;
      *month = (int) i + 1;
      return text[length] == '.' ? length + 1 : length;
    }

  return 0;
}

static gsize
skip_blanks (const char *text,
             const char *blanks)
{
  return strspn (text, blanks);
}

/* `Jul 15, 2025`, `15-Jul-2025` */
static gsize
read_named_date (const char *text,
                 ChDate     *date)
{
  gboolean day_first = g_ascii_isdigit (*text);
  int month, day, year;
  gsize at = 0;
  gsize length;

  if (day_first)
    {
      at = read_number (text, 2, &day);
      at += skip_blanks (text + at, " -/");
    }
  length = read_month (text + at, &month);
  if (length == 0)
    return 0;
  at += length;
  at += skip_blanks (text + at, " -/,");
  if (!day_first)
    {
      length = read_number (text + at, 2, &day);
      if (length == 0 || g_ascii_isdigit (text[at + length]))
        return 0;
      at += length;
      at += skip_blanks (text + at, " -/,");
    }
  if (read_number (text + at, 4, &year) != 4)
    return 0;

  *date = ch_date_new (year, month, day);

  return *date != CH_DATE_NONE ? at + 4 : 0;
}

static gsize
read_date (const char *text,
           ChDate     *date)
{
  gsize length = read_numeric_date (text, date);

  return length > 0 ? length : read_named_date (text, date);
}

/* The hour at which a policy begins or ends, and a dash to the date beside it, are no part of a date. */
static gboolean
ends_date (const char *rest)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("^\\s*(?:[-–]|@?\\s*\\d{1,2}:\\d\\d\\s*[AP]\\.?M\\.?)?\\s*$",
                                            G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));

  return *rest == '\0' || g_regex_match (regex, rest, 0, NULL);
}

/**
 * ch_shown_date_find:
 * @from: byte offset in @text at which a date has to begin
 * @date: (out): the date, where one begins there
 *
 * Reads a date as certificates print them: M/D/YYYY, MM/DD/YY, YYYY-MM-DD, Jul 15, 2025, 15-Jul-2025.
 *
 * Returns: the number of bytes that the date takes; 0 where none begins
 */
gsize
ch_shown_date_find (const char *text,
                    gsize       from,
                    ChDate     *date)
{
  if (from > strlen (text))
    return 0;

  return read_date (text + from, date);
}

/**
 * ch_shown_date_parse:
 *
 * Returns: whether the text is a date and nothing else but an hour; the placeholder MM/DD/YYYY is none
 */
gboolean
ch_shown_date_parse (const char *text,
                     ChDate     *date)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));
  ChDate found;
  gsize length = read_date (copy, &found);

  if (length == 0 || !ends_date (copy + length))
    return FALSE;

  *date = found;
  return TRUE;
}

/* `1M`, `$1.5 Million`, `500K`: how people abbreviate. */
static gboolean
parse_abbreviated (const char *text,
                   gint64     *dollars)
{
  static GRegex *regex;
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *tenths = NULL;
  g_autofree char *unit = NULL;
  gint64 size;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("^[\\s$]*(\\d{1,3})(?:\\.(\\d))?\\s?(K|MM?|MIL|MILLION)\\.?\\s*$",
                                            G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));
  if (!g_regex_match (regex, text, 0, &match))
    return FALSE;

  whole = g_match_info_fetch (match, 1);
  tenths = g_match_info_fetch (match, 2);
  unit = g_match_info_fetch (match, 3);
  size = g_ascii_toupper (*unit) == 'K' ? 1000 : 1000000;
  *dollars = g_ascii_strtoll (whole, NULL, 10) * size + g_ascii_strtoll (tenths, NULL, 10) * size / 10;

  return TRUE;
}

/**
 * ch_shown_money_parse:
 * @dollars: (out): whole dollars
 *
 * Reads an amount: `$1,000,000`, `1000000`, `1,000,000.00`, `$1M`. Words (Included, Nil) are no amount. Cents are dropped.
 */
gboolean
ch_shown_money_parse (const char *text,
                      gint64     *dollars)
{
  gint64 amount = 0;
  guint n_digits = 0;
  const char *at = text;

  while (*at == ' ' || *at == '$' || *at == 'S')
    at++;
  for (; *at != '\0'; at++)
    {
      if (g_ascii_isdigit (*at))
        {
          amount = amount * 10 + (*at - '0');
          if (++n_digits > 15)
            return FALSE;
        }
      else if (*at == '.' && n_digits > 0 && g_ascii_isdigit (at[1]) && g_ascii_isdigit (at[2])
               && !g_ascii_isdigit (at[3]))
        {
          at += 3;
          break;
        }
      else if (*at != ',' && *at != ' ')
        {
          break;
        }
    }
  while (*at == ' ' || *at == '.' || *at == '-' || *at == ',')
    at++;
  if (n_digits == 0)
    return FALSE;
  if (*at != '\0')
    return parse_abbreviated (text, dollars);

  *dollars = amount;
  return TRUE;
}

static gboolean
equals_any (const char        *text,
            const char *const *list)
{
  for (; *list != NULL; list++)
    {
      if (g_ascii_strcasecmp (text, *list) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * ch_shown_tick_is:
 *
 * Returns: whether the text is what people and programs put into a box to tick it
 */
gboolean
ch_shown_tick_is (const char *text)
{
  /* The last three are Wingdings' tick, cross and ticked box where a font's own codes are all there is. */
  static const char *const ticks[] = { "X",
                                       "XX",
                                       "✓",
                                       "✔",
                                       "✕",
                                       "✖",
                                       "✗",
                                       "✘",
                                       "☒",
                                       "☑",
                                       "×",
                                       "╳",
                                       "●",
                                       "■",
                                       "\xef\x83\xbc",
                                       "\xef\x83\xbb",
                                       "\xef\x83\xbe",
                                       NULL };

  return equals_any (text, ticks);
}

/**
 * ch_shown_sign_is:
 *
 * Returns: whether the text is a sign that ticks a box, and that elsewhere may be anything: `√`, `•`, `*`, and what the
 *   ticks and crosses of Wingdings are taken for where their font isn't known
 */
gboolean
ch_shown_sign_is (const char *text)
{
  static const char *const signs[] = { "√", "•", "*", "**", "V", "/", "+", "þ", "ý", "ü", "û", "◼", "⬛", "▪", "☓", NULL };

  return equals_any (text, signs);
}

/**
 * ch_shown_yes_no_parse:
 *
 * Returns: what a box for Y or N says; %CH_MARK_ABSENT where it says anything else
 */
ChMark
ch_shown_yes_no_parse (const char *text)
{
  static const char *const yes[] = { "Y", "YES", NULL };
  static const char *const no[] = { "N", "NO", NULL };

  if (equals_any (text, yes) || ch_shown_tick_is (text))
    return CH_MARK_YES;

  return equals_any (text, no) ? CH_MARK_NO : CH_MARK_ABSENT;
}

/**
 * ch_shown_phone_is:
 *
 * Returns: whether the text is a telephone number, with or without a word before it
 */
gboolean
ch_shown_phone_is (const char *text)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("^(?:(?:phone|ph|tel|fax|cell|office|p|f|o)[ .:#]*)?"
                                            "(?:\\+?1[-. ])?\\(?\\d{3}\\)?[-. /]*\\d{3}[-. ]?\\d{4}"
                                            "(?:\\s*(?:x|ext\\.?)\\s*\\d+)?$",
                                            G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));

  return g_regex_match (regex, text, 0, NULL);
}

/**
 * ch_shown_coi_mend:
 * @number: (inout): of a certificate, as it was recognised
 *
 * Agencies number certificates of insurance COI12345, and a recogniser takes the I for a one, a stroke or a T, and then the O
 * for a small one.
 *
 * Returns: whether anything was changed
 */
gboolean
ch_shown_coi_mend (char *number)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("^(?:CO[1Tl|!]|Co[1ITl|!])\\d{4,}$", G_REGEX_OPTIMIZE, 0, NULL));
  if (!g_regex_match (regex, number, 0, NULL))
    return FALSE;

  number[1] = 'O';
  number[2] = 'I';

  return TRUE;
}

/**
 * ch_shown_name_mend:
 * @name: (inout): of a firm, as it was recognised
 *
 * The comma before the kind of a firm loses its tail on a copy. A long word before it is no abbreviation with a point.
 *
 * Returns: whether anything was changed
 */
gboolean
ch_shown_name_mend (char *name)
{
  static GRegex *regex;
  g_autoptr (GMatchInfo) match = NULL;
  int point;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("[A-Za-z]{7,}(\\.) (?:Inc|LLC|L\\.L\\.C|Corp|Ltd|LP|L\\.P|PLLC)\\b\\.?$",
                                            G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));
  if (!g_regex_match (regex, name, 0, &match) || !g_match_info_fetch_pos (match, 1, &point, NULL))
    return FALSE;

  name[point] = ',';

  return TRUE;
}
