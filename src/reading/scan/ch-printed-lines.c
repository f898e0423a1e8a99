#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-printed-lines.h"

#include <math.h>
#include <string.h>

/* Print in two lines: where one of them is known, what stands in the other's place is the other, however it was read.
 * Small as it is, it is misread beyond recognition, and would pass for something that was filled in. */
static const struct {
  const char *first;
  const char *second;
} pairs[] = {
  { "ADDL", "INSD" },
  { "COMBINED SINGLE LIMIT", "(Ea accident)" },
  { "CONTACT", "NAME:" },
  { "DAMAGE TO RENTED", "PREMISES (Ea occurrence)" },
  { "E-MAIL", "ADDRESS:" },
  { "FAX", "(A/C, No):" },
  { "HIRED", "AUTOS ONLY" },
  { "INSR", "LTR" },
  { "OWNED", "AUTOS ONLY" },
  { "NON-OWNED", "AUTOS ONLY" },
  { "PER", "STATUTE" },
  { "PHONE", "(A/C, No, Ext):" },
  { "POLICY EFF", "(MM/DD/YYYY)" },
  { "POLICY EXP", "(MM/DD/YYYY)" },
  { "PRO-", "JECT" },
  { "PROPERTY DAMAGE", "(Per accident)" },
  { "SUBR", "WVD" },
};

/* Points: the lines of small print stand so close, begin or lie so exactly under each other, and are so low. */
#define PITCH 7.5
#define SAME_EDGE 3.0
#define SMALL_PRINT 7.0
#define ROW_SLACK 4.0
#define FEWEST_ROWS 2
#define BEHIND 20.0
#define WIDEST_HEADING 50.0

/* What was recognised in one piece. */
typedef struct {
  guint    run;
  guint    first;      /* of its words among all */
  guint    n_words;
  char    *letters;
  ChBox    box;
} Piece;

static void
clear_piece (gpointer data)
{
  g_free (((Piece *) data)->letters);
}

static char *
fold (const char *text)
{
  GString *letters = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (g_ascii_isalnum (*text))
        g_string_append_c (letters, g_ascii_toupper (*text));
    }

  return g_string_free (letters, FALSE);
}

static GArray *
find_pieces (GPtrArray *words)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  guint i = 0;

  g_array_set_clear_func (pieces, clear_piece);
  while (i < words->len)
    {
      const ChWord *word = g_ptr_array_index (words, i);
      g_autoptr (GString) text = g_string_new (NULL);
      Piece piece = { word->run, i, 0, NULL, word->box };

      for (; i < words->len && ((const ChWord *) g_ptr_array_index (words, i))->run == piece.run; i++)
        {
          word = g_ptr_array_index (words, i);
          g_string_append (text, word->text);
          ch_box_unite (&piece.box, &word->box);
          piece.n_words++;
        }
      piece.letters = fold (text->str);
      g_array_append_val (pieces, piece);
    }

  return pieces;
}

/* Whether the one lies over or under the other as the lines of one label do. */
static gboolean
is_other_line (const Piece *known,
               const Piece *other,
               gboolean     below)
{
  double distance = ch_box_centre_y (&other->box) - ch_box_centre_y (&known->box);

  if (!below)
    distance = -distance;
  if (distance < ch_box_height (&known->box) * 0.6 || distance > PITCH || ch_box_height (&other->box) > SMALL_PRINT)
    return FALSE;

  return fabs (known->box.x0 - other->box.x0) < SAME_EDGE
         || fabs (ch_box_centre_x (&known->box) - ch_box_centre_x (&other->box)) < SAME_EDGE;
}

/* Puts the right words in the place of a piece's. */
static void
rewrite (GPtrArray   *words,
         const Piece *piece,
         const char  *phrase)
{
  g_auto (GStrv) texts = g_strsplit (phrase, " ", -1);
  double step = ch_box_width (&piece->box) / (double) strlen (phrase);
  double at = 0;
  guint i, j;

  for (i = 0; i < piece->n_words; i++)
    ((ChWord *) g_ptr_array_index (words, piece->first + i))->confidence = -1;
  for (i = 0; texts[i] != NULL; i++, at++)
    {
      g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (ChGlyph));

      for (j = 0; texts[i][j] != '\0'; j++, at++)
        {
          ChGlyph glyph = { (guchar) texts[i][j],
                            { piece->box.x0 + at * step, piece->box.y0, piece->box.x0 + (at + 1) * step, piece->box.y1 } };

          g_array_append_val (glyphs, glyph);
        }
      g_ptr_array_add (words, ch_word_new (&g_array_index (glyphs, ChGlyph, 0), glyphs->len, CH_WORD_FROM_PIXELS,
                                           piece->run));
    }
}

static void
mend_other_line (GPtrArray   *words,
                 GArray      *pieces,
                 const Piece *known,
                 const char  *phrase,
                 gboolean     below,
                 GHashTable  *printed_runs)
{
  guint i;

  for (i = 0; i < pieces->len; i++)
    {
      Piece *other = &g_array_index (pieces, Piece, i);

      if (g_hash_table_contains (printed_runs, GUINT_TO_POINTER (other->run)) || !is_other_line (known, other, below))
        continue;
      rewrite (words, other, phrase);
      g_hash_table_add (printed_runs, GUINT_TO_POINTER (other->run));
      return;
    }
}

static void
mend_pairs (GPtrArray  *words,
            GArray     *pieces,
            GHashTable *printed_runs)
{
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *first = fold (pairs[i].first);
      g_autofree char *second = fold (pairs[i].second);

      for (j = 0; j < pieces->len; j++)
        {
          const Piece *piece = &g_array_index (pieces, Piece, j);

          if (strcmp (piece->letters, first) == 0)
            {
              g_hash_table_add (printed_runs, GUINT_TO_POINTER (piece->run));
              mend_other_line (words, pieces, piece, pairs[i].second, TRUE, printed_runs);
            }
        }
      for (j = 0; j < pieces->len && strcmp (pairs[i].second, "AUTOS ONLY") != 0
                  && strcmp (pairs[i].second, "(MM/DD/YYYY)") != 0; j++)
        {
          const Piece *piece = &g_array_index (pieces, Piece, j);

          if (strcmp (piece->letters, second) == 0)
            mend_other_line (words, pieces, piece, pairs[i].first, FALSE, printed_runs);
        }
    }
}

/* The insurers' labels are one under the other at one distance: those that were read say where the others are. */
static void
mend_insurers (GPtrArray  *words,
               GArray     *pieces,
               GHashTable *printed_runs)
{
  const Piece *rows[6] = { NULL };
  guint first = 0;
  guint last = 0;
  guint n_rows = 0;
  double pitch;
  guint i, j;

  for (i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);
      gsize length = strlen (piece->letters);

      if (length == strlen ("INSURERA") && g_str_has_prefix (piece->letters, "INSURER") && piece->letters[length - 1] >= 'A'
          && piece->letters[length - 1] <= 'F')
        rows[piece->letters[length - 1] - 'A'] = piece;
    }
  for (i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i] == NULL)
        continue;
      first = n_rows == 0 ? i : first;
      last = i;
      n_rows++;
    }
  if (n_rows < FEWEST_ROWS)
    return;

  pitch = (ch_box_centre_y (&rows[last]->box) - ch_box_centre_y (&rows[first]->box)) / (last - first);
  for (i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double y = ch_box_centre_y (&rows[first]->box) + ((double) i - first) * pitch;
      char phrase[] = "INSURER A :";

      phrase[strlen ("INSURER ")] = (char) ('A' + i);
      for (j = 0; rows[i] == NULL && j < pieces->len; j++)
        {
          const Piece *piece = &g_array_index (pieces, Piece, j);

          if (fabs (ch_box_centre_y (&piece->box) - y) < ROW_SLACK
              && fabs (piece->box.x0 - rows[first]->box.x0) < SAME_EDGE && ch_box_height (&piece->box) < SMALL_PRINT)
            {
              rewrite (words, piece, phrase);
              g_hash_table_add (printed_runs, GUINT_TO_POINTER (piece->run));
              break;
            }
        }
    }
}

static const Piece *
find_piece (GArray     *pieces,
            const char *letters)
{
  guint i;

  for (i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);

      if (strcmp (piece->letters, letters) == 0)
        return piece;
    }

  return NULL;
}

/* The last heading of the table stands alone behind the others, and level with the first. */
static void
mend_limits (GPtrArray  *words,
             GArray     *pieces,
             GHashTable *printed_runs)
{
  const Piece *type = find_piece (pieces, "TYPEOFINSURANCE");
  const Piece *expiration = find_piece (pieces, "POLICYEXP");
  const Piece *found = NULL;
  guint i;

  if (type == NULL || expiration == NULL || find_piece (pieces, "LIMITS") != NULL)
    return;

  for (i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);

      if (fabs (ch_box_centre_y (&piece->box) - ch_box_centre_y (&type->box)) > ROW_SLACK
          || piece->box.x0 < expiration->box.x1 + BEHIND || ch_box_height (&piece->box) > SMALL_PRINT
          || ch_box_width (&piece->box) > WIDEST_HEADING)
        continue;
      if (found != NULL)
        return;
      found = piece;
    }
  if (found == NULL)
    return;

  rewrite (words, found, "LIMITS");
  g_hash_table_add (printed_runs, GUINT_TO_POINTER (found->run));
}

static void
drop_rewritten (GPtrArray *words)
{
  guint i;

  for (i = words->len; i > 0; i--)
    {
      if (((const ChWord *) g_ptr_array_index (words, i - 1))->confidence < 0)
        g_ptr_array_remove_index (words, i - 1);
    }
}

/**
 * ch_printed_lines_mend:
 * @words: (element-type ChWord): recognised, the words of a run one behind the other, the known print put right
 * @printed_runs: (element-type uint uint): a set of the runs that are nothing but print; takes those found
 *
 * Puts right print that is known by the print beside it.
 */
void
ch_printed_lines_mend (GPtrArray  *words,
                       GHashTable *printed_runs)
{
  g_autoptr (GArray) pieces = find_pieces (words);

  mend_pairs (words, pieces, printed_runs);
  mend_insurers (words, pieces, printed_runs);
  mend_limits (words, pieces, printed_runs);
  drop_rewritten (words);
}
