#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-scan-vote.h"

#include "ch-shown-value.h"

#include <string.h>

/* How sure one can be, measured on scans and faxes: all readings agree; all but one do; the most do; only one could be
 * made sense of. */
#define SURE 0.99
#define NEARLY_SURE 0.95
#define LIKELY 0.85
#define DOUBTFUL 0.60
/* Readings that agree and that the recogniser itself is this little sure of are no proof. */
#define UNSURE 0.5
/* Noughts are misread as other digits more than anything: an amount that is not as limits are is no proof either. */
#define UNUSUAL 0.90
/* ACORD 25 is older, but no edition that is read; the last is far enough for any policy's term. */
#define FIRST_YEAR 1990
#define LAST_YEAR 2049

typedef struct {
  char   *value;        /* (nullable): what the reading means; NULL where it can't be what is expected */
  double  confidence;
} Reading;

struct _ChScanVote
{
  ChExpected  expected;
  GArray     *readings;   /* (element-type Reading) */
};

static void
clear_reading (gpointer data)
{
  g_free (((Reading *) data)->value);
}

ChScanVote *
ch_scan_vote_new (ChExpected expected)
{
  ChScanVote *self = g_new0 (ChScanVote, 1);

  self->expected = expected;
  self->readings = g_array_new (FALSE, FALSE, sizeof (Reading));
  g_array_set_clear_func (self->readings, clear_reading);

  return self;
}

void
ch_scan_vote_free (ChScanVote *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->readings);
  g_free (self);
}

/* Digits in groups of three, or in no groups at all; cents, if any, are two. A comma on a scan may look like a point:
 * three digits behind it tell. */
static char *
find_money (const char *text)
{
  static GRegex *regex;
  g_autofree char *amount = NULL;
  gint64 dollars;
  gsize i;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("^[$S ]*(?:\\d{1,3}(?:[,.]\\d{3})+|\\d{1,3}(?: \\d{3})+|\\d+)(?:\\.\\d\\d)?$",
                                            G_REGEX_OPTIMIZE, 0, NULL));
  if (!g_regex_match (regex, text, 0, NULL))
    return NULL;

  amount = g_strdup (text);
  for (i = 0; amount[i] != '\0'; i++)
    {
      if (amount[i] == '.' && strspn (amount + i + 1, "0123456789") == 3)
        amount[i] = ',';
    }
  if (!ch_shown_money_parse (amount, &dollars))
    return NULL;

  return g_strdup_printf ("%" G_GINT64_FORMAT, dollars);
}

/* A date of a year in which no policy is can't be what is written. */
static char *
find_date (const char *text)
{
  ChDate date;
  int year, month, day;

  if (!ch_shown_date_parse (text, &date))
    return NULL;

  ch_date_get_ymd (date, &year, &month, &day);

  return year >= FIRST_YEAR && year <= LAST_YEAR ? g_strdup_printf ("%d", (int) date) : NULL;
}

static char *
find_digits (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0' ? g_strdup (text) : NULL;
}

/* One of those, whichever case it is in. */
static char *
find_letter (const char *text,
             const char *letters)
{
  return text[0] != '\0' && text[1] == '\0' && strchr (letters, g_ascii_toupper (text[0])) != NULL ? g_ascii_strup (text, 1)
                                                                                                  : NULL;
}

static char *
find_text (const char *text)
{
  GString *letters = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (*text != ' ')
        g_string_append_c (letters, *text);
    }

  return g_string_free (letters, letters->len == 0);
}

static char *
find_value (ChExpected  expected,
            const char *text)
{
  switch (expected)
    {
    case CH_EXPECTED_MONEY:
      return find_money (text);
    case CH_EXPECTED_DATE:
      return find_date (text);
    case CH_EXPECTED_DIGITS:
      return find_digits (text);
    case CH_EXPECTED_LETTER:
      return find_letter (text, "ABCDEF");
    case CH_EXPECTED_YES_NO:
      return find_letter (text, "XYN");
    case CH_EXPECTED_TEXT:
    default:
      return find_text (text);
    }
}

/**
 * ch_scan_vote_can_be:
 *
 * Returns: whether a reading that says @text can be what is expected
 */
gboolean
ch_scan_vote_can_be (ChExpected  expected,
                     const char *text)
{
  g_autofree char *value = find_value (expected, text);

  return value != NULL;
}

/**
 * ch_scan_vote_add:
 * @text: what one reading says, with single spaces
 * @confidence: what the recogniser says of it, 0 to 1
 */
void
ch_scan_vote_add (ChScanVote *self,
                  const char *text,
                  double      confidence)
{
  Reading reading = { find_value (self->expected, text), confidence };

  g_array_append_val (self->readings, reading);
}

static guint
count_same (const ChScanVote *self,
            guint             index,
            double           *best)
{
  const char *value = g_array_index (self->readings, Reading, index).value;
  guint n = 0;
  guint i;

  *best = 0;
  for (i = 0; i < self->readings->len; i++)
    {
      const Reading *other = &g_array_index (self->readings, Reading, i);

      if (other->value == NULL || strcmp (other->value, value) != 0)
        continue;
      *best = MAX (*best, other->confidence);
      n++;
    }

  return n;
}

/**
 * ch_scan_vote_is_unanimous:
 * @n_wanted: so many readings at least
 *
 * Returns: whether all readings so far agree, so that no further one is needed
 */
gboolean
ch_scan_vote_is_unanimous (const ChScanVote *self,
                           guint             n_wanted)
{
  double best;

  return self->readings->len >= n_wanted && g_array_index (self->readings, Reading, 0).value != NULL
         && count_same (self, 0, &best) == self->readings->len;
}

/* Whether an amount is another one with a digit before it that the form's dollar sign may have been taken for. */
static gboolean
has_sign_read_as_digit (const char *amount,
                        const char *other)
{
  return strchr ("35689", amount[0]) != NULL && strcmp (amount + 1, other) == 0;
}

/* Of amounts that as many readings bear out, the one without what may be the form's dollar sign. */
static int
prefer_without_sign (const ChScanVote *self,
                     int               winner,
                     guint             n_same)
{
  const char *amount = g_array_index (self->readings, Reading, winner).value;
  double best;
  guint i;

  for (i = 0; i < self->readings->len; i++)
    {
      const char *other = g_array_index (self->readings, Reading, i).value;

      if (other != NULL && has_sign_read_as_digit (amount, other) && count_same (self, i, &best) == n_same)
        return (int) i;
    }

  return winner;
}

/**
 * ch_scan_vote_get_winner:
 *
 * Returns: the index of the surest of the readings that agree with most others; -1 where none can be what is expected
 */
int
ch_scan_vote_get_winner (const ChScanVote *self)
{
  int winner = -1;
  guint most = 0;
  double surest = 0;
  guint i;

  for (i = 0; i < self->readings->len; i++)
    {
      const Reading *reading = &g_array_index (self->readings, Reading, i);
      double best;
      guint n;

      if (reading->value == NULL)
        continue;
      n = count_same (self, i, &best);
      if (n < most || (n == most && (best < surest || (best == surest && reading->confidence < best))))
        continue;
      if (n == most && winner >= 0 && best == surest
          && g_array_index (self->readings, Reading, winner).confidence >= reading->confidence)
        continue;
      winner = (int) i;
      most = n;
      surest = best;
    }

  return winner >= 0 && self->expected == CH_EXPECTED_MONEY ? prefer_without_sign (self, winner, most) : winner;
}

/**
 * ch_scan_vote_is_usual_amount:
 * @amount: digits
 *
 * Limits are one digit and noughts, or two or three of which the last is a five: 3,000,000, 25,000, 1,250,000.
 *
 * Returns: whether the amount is like that
 */
gboolean
ch_scan_vote_is_usual_amount (const char *amount)
{
  gsize n_digits = strlen (amount);

  while (n_digits > 1 && amount[n_digits - 1] == '0')
    n_digits--;

  return n_digits == 1 || (n_digits <= 3 && amount[n_digits - 1] == '5');
}

static double
find_confidence (const ChScanVote *self,
                 int               winner)
{
  double best;
  guint n = count_same (self, (guint) winner, &best);

  if (n < 2)
    return DOUBTFUL;
  if (n == self->readings->len)
    return n > 2 && best >= UNSURE ? SURE : NEARLY_SURE;
  if (n + 1 == self->readings->len && n > 2)
    return NEARLY_SURE;

  return n * 2 > self->readings->len ? LIKELY : DOUBTFUL;
}

/**
 * ch_scan_vote_get_confidence:
 *
 * Returns: how sure the winner is, 0 to 1
 */
double
ch_scan_vote_get_confidence (const ChScanVote *self)
{
  int winner = ch_scan_vote_get_winner (self);
  double confidence;

  if (winner < 0)
    return 0;

  confidence = find_confidence (self, winner);
  if (self->expected == CH_EXPECTED_MONEY && !ch_scan_vote_is_usual_amount (g_array_index (self->readings, Reading, winner).value))
    confidence = MIN (confidence, UNUSUAL);

  return confidence;
}
