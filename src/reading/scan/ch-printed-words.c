#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-printed-words.h"

#include <string.h>

/* The print that the layout of a certificate is found by, line by line as it stands on the editions of the form. It is
 * small, and rules run through it: nothing on the page is recognised worse, and nothing is known better. */
static const char *const printed[] = {
  "ACCORDANCE WITH THE POLICY PROVISIONS", "ADDL", "ADDL INSR", "ADDL INSRD", "ADDL SUBR", "INSD WVD", "ADDRESS", "AGGREGATE", "ALL OWNED",
  "ALL OWNED AUTOS", "AND EMPLOYERS LIABILITY", "ANY AUTO", "ANY AUTO ONLY", "AUTHORIZED REPRESENTATIVE",
  "AUTO ONLY EA ACCIDENT", "AUTOMOBILE LIABILITY", "AUTOS", "AUTOS ONLY", "BODILY INJURY", "CANCELLATION",
  "CERTIFICATE HOLDER", "CERTIFICATE NUMBER", "CERTIFICATE OF LIABILITY INSURANCE", "CLAIMS MADE",
  "COMBINED SINGLE LIMIT", "COMMERCIAL GENERAL LIABILITY", "CONTACT", "COVERAGES", "DAMAGE TO RENTED",
  "DATE (MM/DD/YYYY)", "(MM/DD/YYYY)", "DEDUCTIBLE", "DESCRIPTION OF OPERATIONS below",
  "DESCRIPTION OF OPERATIONS / LOCATIONS / VEHICLES",
  "DESCRIPTION OF OPERATIONS / LOCATIONS / VEHICLES / EXCLUSIONS ADDED BY ENDORSEMENT / SPECIAL PROVISIONS",
  "(ACORD 101, Additional Remarks Schedule, may be attached if more space is required)",
  "(Attach ACORD 101, Additional Remarks Schedule, if more space is required)", "E.L. DISEASE - EA EMPLOYEE",
  "E.L. DISEASE - POLICY LIMIT", "E.L. EACH ACCIDENT", "EACH OCCURRENCE", "EXCESS LIAB", "EXCESS LIABILITY",
  "EXCESS/UMBRELLA LIABILITY", "FIRE DAMAGE (Any one fire)", "GARAGE LIABILITY", "GEN'L AGGREGATE LIMIT APPLIES PER",
  "GENERAL AGGREGATE", "GENERAL LIABILITY", "HIRED", "HIRED AUTOS", "HIRED AUTOS ONLY", "If yes, describe under",
  "INSRD", "INSURED", "INSURER A", "INSURER B", "INSURER C", "INSURER D", "INSURER E", "INSURER F", "INSURER(S) AFFORDING COVERAGE", "INSURERS AFFORDING COVERAGE", "JECT", "LIMITS",
  "(Mandatory in NH)", "MED EXP (Any one person)", "NON-OWNED", "NON-OWNED AUTOS", "NON-OWNED AUTOS ONLY", "OCCUR",
  "OFFICER/MEMBER EXCLUDED", "OTHER", "OTHER THAN", "OWNED", "OWNED AUTOS ONLY", "(Any one person)",
  "(Ea accident)", "(Ea occurrence)", "(Per accident)", "(Per person)", "BODILY INJURY (Per accident)",
  "BODILY INJURY (Per person)", "PER STATUTE", "PERSONAL & ADV INJURY", "PHONE", "POLICY", "POLICY EFF",
  "POLICY EFFECTIVE", "POLICY EXP", "POLICY EXPIRATION", "POLICY NUMBER", "PREMISES (Ea occurrence)", "PRODUCER",
  "PRODUCTS - COMP/OP AGG", "PROJECT", "PROPERTY DAMAGE", "RETENTION", "REVISION NUMBER", "SCHEDULED",
  "SCHEDULED AUTOS", "SPECIAL PROVISIONS below", "STATUTE", "SUBR", "SUBR WVD", "TORY LIMITS", "TYPE OF INSURANCE",
  "UMBRELLA LIAB", "WC STATU-", "WORKERS COMPENSATION", "WORKERS COMPENSATION AND",
};

/* One letter in so many may be misread. Words of four letters are taken for print only where they stand alone. */
#define LETTERS_PER_MISTAKE 5
#define SHORTEST 4
/* Points: single words are printed as small as this; what people fill in is larger. */
#define SMALL_PRINT 5.7
#define SINGLE_WORD 9
#define LONGEST 160
#define MOST_WORDS 16

/* The words of one piece of a line, as letters and digits in capitals. */
typedef struct {
  GPtrArray *words;     /* (unowned) all of the page's */
  guint      first;
  guint      n_words;
  char     **letters;   /* (array length=n_words) */
} Piece;

typedef struct {
  const char *phrase;
  guint       n_words;
  guint       distance;
  double      share;
} Match;

static char *
fold (const char *text)
{
  GString *letters = g_string_new (NULL);
  const char *at;

  for (at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (g_unichar_isalnum (character))
        g_string_append_unichar (letters, g_unichar_toupper (character));
    }

  return g_string_free (letters, FALSE);
}

/* How many letters have to be changed, added or dropped to make one of the other; more than @most counts as that. */
static guint
count_mistakes (const char *a,
                const char *b,
                guint       most)
{
  gsize a_length = strlen (a);
  gsize b_length = strlen (b);
  guint row[LONGEST + 1];
  gsize i, j;

  if (a_length > LONGEST || b_length > LONGEST || (a_length > b_length ? a_length - b_length : b_length - a_length) > most)
    return most + 1;

  for (j = 0; j <= b_length; j++)
    row[j] = (guint) j;
  for (i = 1; i <= a_length; i++)
    {
      guint diagonal = row[0];
      guint least = row[0] = (guint) i;

      for (j = 1; j <= b_length; j++)
        {
          guint above = row[j];

          row[j] = MIN (MIN (above, row[j - 1]) + 1, diagonal + (a[i - 1] != b[j - 1]));
          least = MIN (least, row[j]);
          diagonal = above;
        }
      if (least > most)
        return most + 1;
    }

  return MIN (row[b_length], most + 1);
}

/* What people fill in stands behind some of the print without a gap. */
static gboolean
begins_value (const char *text)
{
  return *text == '$' || g_ascii_isdigit (*text);
}

static gboolean
is_in_capitals (const Piece *piece)
{
  guint n_capitals = 0;
  guint n_small = 0;
  guint i;

  for (i = 0; i < piece->n_words; i++)
    {
      const char *at = ((const ChWord *) g_ptr_array_index (piece->words, piece->first + i))->text;

      for (; *at != '\0'; at++)
        {
          n_capitals += g_ascii_isupper (*at);
          n_small += g_ascii_islower (*at);
        }
    }

  return n_capitals >= n_small;
}

/* Whether the piece looks like that print at all: a misread letter changes neither its size nor most capitals. */
static gboolean
can_be (const Piece *piece,
        const char  *phrase,
        gsize        length)
{
  const ChWord *first = g_ptr_array_index (piece->words, piece->first);

  if (length < SINGLE_WORD && ch_box_height (&first->box) > SMALL_PRINT)
    return FALSE;

  return is_in_capitals (piece) || strpbrk (phrase, "abcdefghijklmnopqrstuvwxyz") != NULL;
}

/* What of the print the piece is nearest to, if to anything. What stands in the midst of other words is no print. */
static gboolean
find_match (const Piece *piece,
            char *const *phrases,
            Match       *best)
{
  g_autoptr (GString) letters = g_string_new (NULL);
  guint n_words, i;

  best->phrase = NULL;
  best->share = 1;
  for (n_words = 1; n_words <= piece->n_words && n_words <= MOST_WORDS; n_words++)
    {
      gboolean alone = n_words == piece->n_words;

      g_string_append (letters, piece->letters[n_words - 1]);
      if (!alone && !begins_value (((const ChWord *) g_ptr_array_index (piece->words, piece->first + n_words))->text))
        continue;
      for (i = 0; i < G_N_ELEMENTS (printed); i++)
        {
          gsize length = strlen (phrases[i]);
          guint most = (guint) (length == SHORTEST && alone ? 1 : length / LETTERS_PER_MISTAKE);
          guint distance = count_mistakes (letters->str, phrases[i], most);
          double share = (distance + 0.01) / (double) length;

          if (distance <= most && share < best->share && (distance == 0 || can_be (piece, printed[i], length)))
            *best = (Match){ printed[i], n_words, distance, share };
        }
    }

  return best->phrase != NULL;
}

/* The phrase's words over the place of those that were misread. */
static void
write_phrase (const Piece *piece,
              const Match *match,
              GPtrArray   *mended)
{
  const ChWord *first = g_ptr_array_index (piece->words, piece->first);
  g_auto (GStrv) words = g_strsplit (match->phrase, " ", -1);
  double length = (double) strlen (match->phrase);
  double at = 0;
  ChBox box = first->box;
  guint i, j;

  for (i = 1; i < match->n_words; i++)
    ch_box_unite (&box, &((const ChWord *) g_ptr_array_index (piece->words, piece->first + i))->box);
  for (i = 0; words[i] != NULL; i++)
    {
      g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (ChGlyph));
      double step = ch_box_width (&box) / length;
      ChWord *word;

      for (j = 0; words[i][j] != '\0'; j++, at++)
        {
          ChGlyph glyph = { (guchar) words[i][j],
                            { box.x0 + at * step, box.y0, box.x0 + (at + 1) * step, box.y1 } };

          g_array_append_val (glyphs, glyph);
        }
      at++;
      word = ch_word_new (&g_array_index (glyphs, ChGlyph, 0), glyphs->len, CH_WORD_FROM_PIXELS, first->run);
      g_ptr_array_add (mended, word);
    }
}

static guint
count_words (const char *phrase)
{
  guint n_words = 1;

  for (; *phrase != '\0'; phrase++)
    n_words += *phrase == ' ';

  return n_words;
}

/* Returns: whether all of the piece is print */
static gboolean
mend_piece (const Piece *piece,
            char *const *phrases,
            GPtrArray   *mended)
{
  Match match = { NULL, 0, 0, 0 };
  gboolean found = find_match (piece, phrases, &match);
  guint i = 0;

  if (found && (match.distance > 0 || count_words (match.phrase) != match.n_words))
    {
      write_phrase (piece, &match, mended);
      i = match.n_words;
    }
  for (; i < piece->n_words; i++)
    {
      const ChWord *word = g_ptr_array_index (piece->words, piece->first + i);

      g_ptr_array_add (mended, ch_word_slice (word, 0, word->n_glyphs));
    }

  return found && match.n_words == piece->n_words;
}

/**
 * ch_printed_words_mend:
 * @words: (element-type ChWord): recognised, the words of a run one behind the other
 * @printed_runs: (element-type uint uint): a set that takes the runs that are nothing but print
 *
 * Puts right what was misread of the form's own print: a piece of a line that is but a letter or two off something that
 * is printed on certificates is that. What people filled in is left as it was recognised.
 */
void
ch_printed_words_mend (GPtrArray  *words,
                       GHashTable *printed_runs)
{
  g_autoptr (GPtrArray) mended = g_ptr_array_new ();
  g_auto (GStrv) phrases = g_new0 (char *, G_N_ELEMENTS (printed) + 1);
  guint first, i;

  for (i = 0; i < G_N_ELEMENTS (printed); i++)
    phrases[i] = fold (printed[i]);

  for (first = 0; first < words->len;)
    {
      guint run = ((const ChWord *) g_ptr_array_index (words, first))->run;
      g_autoptr (GPtrArray) letters = g_ptr_array_new_with_free_func (g_free);
      Piece piece = { words, first };

      while (first < words->len && ((const ChWord *) g_ptr_array_index (words, first))->run == run)
        g_ptr_array_add (letters, fold (((const ChWord *) g_ptr_array_index (words, first++))->text));
      piece.n_words = letters->len;
      piece.letters = (char **) letters->pdata;
      if (mend_piece (&piece, phrases, mended))
        g_hash_table_add (printed_runs, GUINT_TO_POINTER (run));
    }

  g_ptr_array_set_size (words, 0);
  for (i = 0; i < mended->len; i++)
    g_ptr_array_add (words, g_ptr_array_index (mended, i));
}
