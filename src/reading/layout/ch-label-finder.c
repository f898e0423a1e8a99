#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-label-finder.h"

#include <math.h>
#include <string.h>

/* Points: words of one label stand no further apart than this; justified lines of the boilerplate come close. */
#define WIDEST_GAP 12.0
#define MOST_DRIFT 2.5
#define LONGEST_LABEL 12

/* A word, what of it counts for comparing, and the word that a person reads next. */
typedef struct {
  ChWord  *word;
  char    *letters;
  int      next;
  gboolean claimed;
} Node;

struct _ChLabelFinder
{
  const ChPageModel *page;   /* (unowned) */
  GArray            *nodes;  /* (element-type Node) sorted by the middle of the word */
  GHashTable        *by_word;
};

typedef struct {
  guint nodes[LONGEST_LABEL];
  guint n_nodes;
  ChBox box;
} Match;

static void
clear_node (gpointer data)
{
  Node *node = data;

  g_free (node->letters);
}

/* Only letters and digits, in capitals: forms differ in dots, dashes and spaces. */
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

static int
compare_nodes (gconstpointer a,
               gconstpointer b)
{
  double left = ch_box_centre_y (&((const Node *) a)->word->box);
  double right = ch_box_centre_y (&((const Node *) b)->word->box);

  return left < right ? -1 : left > right;
}

static int
find_next (GArray *nodes,
           guint   index)
{
  const Node *node = &g_array_index (nodes, Node, index);
  double y = ch_box_centre_y (&node->word->box);
  double best = WIDEST_GAP;
  int next = -1;
  int step;

  for (step = -1; step <= 1; step += 2)
    {
      int i;

      for (i = (int) index + step; i >= 0 && i < (int) nodes->len; i += step)
        {
          const Node *other = &g_array_index (nodes, Node, i);
          double gap = other->word->box.x0 - node->word->box.x1;

          if (fabs (ch_box_centre_y (&other->word->box) - y) > MOST_DRIFT)
            break;
          if (gap > -2.0 && gap < best && other->word->box.x0 > node->word->box.x0)
            {
              best = gap;
              next = i;
            }
        }
    }

  return next;
}

/**
 * ch_label_finder_new:
 * @page: must outlive the finder
 */
ChLabelFinder *
ch_label_finder_new (const ChPageModel *page)
{
  ChLabelFinder *self = g_new0 (ChLabelFinder, 1);
  guint i;

  self->page = page;
  self->nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  g_array_set_clear_func (self->nodes, clear_node);
  self->by_word = g_hash_table_new (NULL, NULL);

  for (i = 0; i < page->words->len; i++)
    {
      ChWord *word = g_ptr_array_index (page->words, i);
      Node node = { word, NULL, -1, FALSE };

      if (word->source == CH_WORD_FROM_FIELD)
        continue;
      node.letters = fold (word->text);
      g_array_append_val (self->nodes, node);
    }
  g_array_sort (self->nodes, compare_nodes);
  for (i = 0; i < self->nodes->len; i++)
    {
      Node *node = &g_array_index (self->nodes, Node, i);

      node->next = find_next (self->nodes, i);
      g_hash_table_insert (self->by_word, node->word, GUINT_TO_POINTER (i + 1));
    }

  return self;
}

void
ch_label_finder_free (ChLabelFinder *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->nodes);
  g_hash_table_unref (self->by_word);
  g_free (self);
}

/* Follows the words from a first one for as long as they spell the label. A label may be cut into words in any way,
 * and words without letters (a dash, a colon) may stand between. */
static gboolean
match_from (ChLabelFinder *self,
            guint          start,
            const char    *letters,
            gboolean       may_go_on,
            Match         *match)
{
  const char *rest = letters;
  int i = (int) start;

  match->n_nodes = 0;
  while (i >= 0 && match->n_nodes < LONGEST_LABEL)
    {
      const Node *node = &g_array_index (self->nodes, Node, i);
      gsize length = strlen (node->letters);

      if (node->claimed || (length == 0 && match->n_nodes == 0))
        return FALSE;
      if (strncmp (node->letters, rest, MIN (length, strlen (rest))) != 0
          || (length > strlen (rest) && !may_go_on))
        return FALSE;
      if (match->n_nodes == 0)
        match->box = node->word->box;
      else
        ch_box_unite (&match->box, &node->word->box);
      match->nodes[match->n_nodes++] = (guint) i;
      rest += MIN (length, strlen (rest));
      if (*rest == '\0')
        return TRUE;
      i = node->next;
    }

  return FALSE;
}

/**
 * ch_label_finder_find_all:
 * @label: the printed words; case, punctuation and spaces don't count; with a star at its end, the last word may go on
 * @within: (nullable): only labels whose middle is in here
 *
 * Returns: (transfer full) (element-type ChBox): where it stands and nothing else has been claimed, from top to bottom
 */
GArray *
ch_label_finder_find_all (ChLabelFinder *self,
                          const char    *label,
                          const ChBox   *within)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (ChBox));
  g_autofree char *letters = fold (label);
  guint i;

  for (i = 0; i < self->nodes->len; i++)
    {
      Match match;

      if (!match_from (self, i, letters, g_str_has_suffix (label, "*"), &match))
        continue;
      if (within == NULL || ch_box_holds (within, ch_box_centre_x (&match.box), ch_box_centre_y (&match.box)))
        g_array_append_val (found, match.box);
    }

  return found;
}

/**
 * ch_label_finder_find:
 * @within: (nullable): only labels whose middle is in here
 * @place: (out): the topmost such label
 */
gboolean
ch_label_finder_find (ChLabelFinder *self,
                      const char    *label,
                      const ChBox   *within,
                      ChBox         *place)
{
  g_autoptr (GArray) found = ch_label_finder_find_all (self, label, within);

  if (found->len == 0)
    return FALSE;

  *place = g_array_index (found, ChBox, 0);
  return TRUE;
}

/**
 * ch_label_finder_claim:
 * @label: what was found
 * @place: (nullable): where; %NULL for everywhere
 *
 * Says that the words that spell @label are the form's own.
 */
void
ch_label_finder_claim (ChLabelFinder *self,
                       const char    *label,
                       const ChBox   *place)
{
  g_autofree char *letters = fold (label);
  guint i, j;

  for (i = 0; i < self->nodes->len; i++)
    {
      Match match;

      if (!match_from (self, i, letters, g_str_has_suffix (label, "*"), &match))
        continue;
      if (place != NULL && ch_box_overlap_area (place, &match.box) <= 0)
        continue;
      for (j = 0; j < match.n_nodes; j++)
        g_array_index (self->nodes, Node, match.nodes[j]).claimed = TRUE;
    }
}

/**
 * ch_label_finder_is_heading:
 * @place: where a label was found
 *
 * Returns: whether it stands for itself: a sentence that happens to hold the same words goes on behind them
 */
gboolean
ch_label_finder_is_heading (ChLabelFinder *self,
                            const ChBox   *place)
{
  guint i;

  for (i = 0; i < self->page->words->len; i++)
    {
      const ChWord *word = g_ptr_array_index (self->page->words, i);
      double behind = word->box.x0 - place->x1;
      double before = place->x0 - word->box.x1;

      if (fabs (ch_box_centre_y (&word->box) - ch_box_centre_y (place)) < MOST_DRIFT
          && ((behind > -1 && behind < WIDEST_GAP) || (before > -1 && before < WIDEST_GAP)))
        return FALSE;
    }

  return TRUE;
}

gboolean
ch_label_finder_is_claimed (ChLabelFinder *self,
                            const ChWord  *word)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_word, word));

  return index > 0 && g_array_index (self->nodes, Node, index - 1).claimed;
}

/**
 * ch_label_finder_get_filled:
 *
 * Returns: (transfer container) (element-type ChWord): the page's words that nobody claimed for the form
 */
GPtrArray *
ch_label_finder_get_filled (ChLabelFinder *self)
{
  GPtrArray *filled = g_ptr_array_new ();
  guint i;

  for (i = 0; i < self->page->words->len; i++)
    {
      ChWord *word = g_ptr_array_index (self->page->words, i);

      if (!ch_label_finder_is_claimed (self, word))
        g_ptr_array_add (filled, word);
    }

  return filled;
}
