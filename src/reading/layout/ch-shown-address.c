#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-shown-address.h"

#include <string.h>

#define PATTERN(text) g_regex_new (text, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL)
#define KIND_OF_FIRM                                                                                                   \
  "(?:INC|INCORPORATED|LLC|L\\.L\\.C|CORP|CORPORATION|CO|COMPANY|LTD|LIMITED|LP|L\\.P|LLP|L\\.L\\.P|PLLC|P\\.L\\.L\\.C"     \
  "|PC|P\\.C)\\b\\.?,?"

/* The states, the territories and the posts of the forces, as the mail of the United States writes them (USPS
 * Publication 28, appendix B). */
static const char states[] = "AA AE AK AL AP AR AS AZ CA CO CT DC DE FL FM GA GU HI IA ID IL IN KS KY LA MA MD ME MH MI MN MO "
                             "MP MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR PW RI SC SD TN TX UT VA VI VT WA WI WV WY";

/* What each of a code's letters may be taken for by who recognises them on a picture. */
static const struct {
  char        read;
  const char *meant;
} confusions[] = {
  { 'L', "I" }, { 'I', "L" }, { '1', "IL" }, { '|', "IL" }, { '!', "IL" }, { ']', "I" }, { '[', "I" },
  { '0', "O" }, { 'Q', "O" }, { '5', "S" },  { '8', "B" },  { '4', "A" },
};

/**
 * ch_shown_firm_ends:
 *
 * Returns: whether a text ends as the name of a firm does, with what kind of firm it is: Inc, LLC, Co., …
 */
gboolean
ch_shown_firm_ends (const char *text)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, PATTERN ("[^\\s,][\\s,]+" KIND_OF_FIRM "$"));

  return g_regex_match (regex, text, 0, NULL);
}

/**
 * ch_shown_firm_kind_is:
 *
 * Returns: whether a text is nothing but the kind of a firm
 */
gboolean
ch_shown_firm_kind_is (const char *text)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, PATTERN ("^" KIND_OF_FIRM "$"));

  return g_regex_match (regex, text, 0, NULL);
}

/**
 * ch_shown_number_begins:
 *
 * Returns: whether a text begins with the number of a house, or is a post box
 */
gboolean
ch_shown_number_begins (const char *text)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, PATTERN ("^(?:\\d{1,6}[A-Z]?(?:-[A-Z0-9]+)?(?:\\s|$)|P\\.?\\s?O\\.?\\s?BOX\\s+\\d)"));

  return g_regex_match (regex, text, 0, NULL);
}

/**
 * ch_shown_street_is:
 *
 * Returns: whether a text that begins with a number names a street, or is a post box
 */
gboolean
ch_shown_street_is (const char *text)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex,
                       PATTERN ("^(?:P\\.?\\s?O\\.?\\s?BOX\\s+\\d"
                                "|\\d+\\S*\\s.*\\b(?:STREET|ST|AVENUE|AVE|ROAD|RD|DRIVE|DR|BOULEVARD|BLVD|LANE|LN|WAY|COURT|CT"
                                "|PLACE|PL|PARKWAY|PKWY|HIGHWAY|HWY|CIRCLE|CIR|TERRACE|TER|TRAIL|TRL|SQUARE|SQ|LOOP|PLAZA"
                                "|TURNPIKE|TPKE|PIKE|ROUTE|RTE|BROADWAY|EXPRESSWAY|EXPY|SUITE|STE)\\b)"));

  return g_regex_match (regex, text, 0, NULL);
}

/* Where a state's code stands before a ZIP code at a line's end; -1 for nowhere. */
static int
find_state (const char *line)
{
  static GRegex *regex;
  g_autoptr (GMatchInfo) match = NULL;
  int at;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, PATTERN ("(?:^|[,.\\s])([A-Z0-9|!\\[\\]]{2})[.,]?\\s+\\d{5}(?:-\\d{4})?$"));

  return g_regex_match (regex, line, 0, &match) && g_match_info_fetch_pos (match, 1, &at, NULL) ? at : -1;
}

static gboolean
is_state (char first,
          char second)
{
  const char code[] = { g_ascii_toupper (first), g_ascii_toupper (second), '\0' };

  return strstr (states, code) != NULL;
}

/**
 * ch_shown_town_ends:
 *
 * Returns: whether a line ends in a state and a ZIP code
 */
gboolean
ch_shown_town_ends (const char *line)
{
  int at = find_state (line);

  return at >= 0 && is_state (line[at], line[at + 1]);
}

/**
 * ch_shown_address_begins:
 *
 * Returns: whether a line of a name-and-address block is the first one of the address: a number and a street, a post
 *   box, c/o, Attn, a suite, or a town with its state and ZIP code
 */
gboolean
ch_shown_address_begins (const char *line)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex,
                       PATTERN ("^(?:"
                                "#?(?:\\d+|\\d{2,}[A-Z])(?:-\\d+)?(?:\\s*/\\s*\\d+)?\\s+\\S"
                                "|[NSEW]\\d+\\s?[NSEW]?\\d*\\s+\\S"
                                "|P\\.?\\s?O\\.?\\s?(?:BOX|DRAWER)|POST OFFICE|BOX\\s+\\d"
                                "|C/O\\b|C\\.O\\.|%\\s|ATTN\\b|ATTENTION\\b"
                                "|(?:SUITE|STE|UNIT|BLDG|BUILDING|FLOOR|APT|ROOM|RM|LOT)\\b\\.?\\s*#?\\s*\\w"
                                "|ONE\\s+\\S+.*\\b(?:PLAZA|PLACE|PL|CENTER|CENTRE|SQUARE|STREET|ST|AVE|AVENUE|WAY|"
                                "DRIVE|DR|ROAD|RD|PARK|PKWY|PARKWAY|BLVD|LANE|CIRCLE|TOWER)\\b"
                                "|(?:RR|HC|RURAL ROUTE)\\s*#?\\d"
                                "|ADDRESS LINE\\b"
                                ")"));

  return g_regex_match (regex, line, 0, NULL) || ch_shown_town_ends (line);
}

/* What a letter may stand for: itself first. */
static void
list_meanings (char read,
               char meanings[4])
{
  guint i;

  meanings[0] = g_ascii_toupper (read);
  meanings[1] = '\0';
  for (i = 0; i < G_N_ELEMENTS (confusions); i++)
    {
      if (confusions[i].read == meanings[0])
        g_strlcpy (meanings + 1, confusions[i].meant, 3);
    }
}

/**
 * ch_shown_state_mend:
 * @line: (inout): of an address, as it was recognised
 *
 * Two letters before a ZIP code that are the code of no state become the only code that they can have been misread of:
 * `Farmington Hills, Ml 48335`.
 *
 * Returns: whether anything was changed
 */
gboolean
ch_shown_state_mend (char *line)
{
  int at = find_state (line);
  char firsts[4], seconds[4];
  char found[2] = { 0 };
  guint n_found = 0;
  guint i, j;

  if (at < 0)
    return FALSE;
  /* Nobody writes a small letter before a capital: `lA` is Iowa rather than Louisiana. */
  if (line[at] == 'l' && g_ascii_isupper (line[at + 1]) && is_state ('I', line[at + 1]))
    {
      line[at] = 'I';
      return TRUE;
    }
  if (is_state (line[at], line[at + 1]) || (g_ascii_isdigit (line[at]) && g_ascii_isdigit (line[at + 1])))
    return FALSE;

  list_meanings (line[at], firsts);
  list_meanings (line[at + 1], seconds);
  for (i = 0; firsts[i] != '\0'; i++)
    {
      for (j = 0; seconds[j] != '\0'; j++)
        {
          if (!is_state (firsts[i], seconds[j]))
            continue;
          found[0] = firsts[i];
          found[1] = seconds[j];
          n_found++;
        }
    }
  if (n_found != 1)
    return FALSE;

  memcpy (line + at, found, sizeof found);

  return TRUE;
}

/**
 * ch_shown_care_mend:
 * @line: (inout): of an address, as it was recognised
 *
 * The stroke of c/o is read as a letter.
 *
 * Returns: whether anything was changed
 */
gboolean
ch_shown_care_mend (char *line)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, PATTERN ("^C[I1L|!]O\\s+\\S"));
  if (!g_regex_match (regex, line, 0, NULL))
    return FALSE;

  line[1] = '/';

  return TRUE;
}

/**
 * ch_shown_house_mend:
 * @line: (inout): of an address, as it was recognised
 *
 * No house has a price: a dollar sign before its number is a five.
 *
 * Returns: whether anything was changed
 */
gboolean
ch_shown_house_mend (char *line)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, PATTERN ("^\\$\\d{1,5}\\s+[A-Z]"));
  if (!g_regex_match (regex, line, 0, NULL))
    return FALSE;

  *line = '5';

  return TRUE;
}
