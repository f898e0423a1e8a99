#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-label-finder.h"

#include <math.h>
#include <string.h>

/* Points: words of one label stand no further apart than this; justified lines of the boilerplate come close. */
#define WIDEST_GAP 12.0
#define MOST_DRIFT 2.5
#define LONGEST_LABEL 12
/* Words are looked up by their first letter; one more for all that begins with none. */
#define N_LETTERS 27

/* A word, what of it counts for comparing, and the word that a person reads next. */
typedef struct {
  ChWord  *word;
  char    *letters;
  guint    length;
  guint    place;    /* of the word among the page's */
  int      next;
  int      same;     /* the next node that begins with the same letter */
} Node;

struct _ChLabelFinder
{
  const ChPageModel *page;      /* (unowned) */
  GArray            *nodes;     /* (element-type Node) sorted by the middle of the word */
  int                first[N_LETTERS];
  gboolean          *claimed;   /* (owned): by the place of a word among the page's */
};

typedef struct {
  guint nodes[LONGEST_LABEL];
  guint n_nodes;
  ChBox box;
} Match;

/* What is looked for: the letters, and whether the last word may go on behind them. */
typedef struct {
  char     *letters;
  guint     length;
  gboolean  may_go_on;
} Label;

static void
clear_node (gpointer data)
{
  Node *node = data;

  g_free (node->letters);
}

/* Only letters and digits, in capitals: forms differ in dots, dashes and spaces. */
static char *
fold (const char *text,
      guint      *length)
{
  char *letters = g_malloc (strlen (text) + 1);
  const char *at = text;

  *length = 0;
  while (*at != '\0')
    {
      if ((guchar) *at < 0x80)
        {
          if (g_ascii_isalnum (*at))
            letters[(*length)++] = g_ascii_toupper (*at);
          at++;
        }
      else
        {
          gunichar character = g_utf8_get_char (at);
          gunichar upper = g_unichar_toupper (character);

          /* Capitals that need more bytes than their small letter would not fit. */
          if (g_unichar_isalnum (character) && g_unichar_to_utf8 (upper, NULL) <= g_unichar_to_utf8 (character, NULL))
            *length += (guint) g_unichar_to_utf8 (upper, letters + *length);
          at = g_utf8_next_char (at);
        }
    }
  letters[*length] = '\0';

  return letters;
}

static guint
find_slot (const char *letters)
{
  if (*letters >= 'A' && *letters <= 'Z')
    return (guint) (*letters - 'A');

  return N_LETTERS - 1;
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
  self->nodes = g_array_sized_new (FALSE, FALSE, sizeof (Node), page->words->len);
  self->claimed = g_new0 (gboolean, page->words->len + 1);
  g_array_set_clear_func (self->nodes, clear_node);

  for (i = 0; i < page->words->len; i++)
    {
      ChWord *word = g_ptr_array_index (page->words, i);
      Node node = { .word = word, .place = i };

      if (word->source == CH_WORD_FROM_FIELD)
        continue;
      node.letters = fold (word->text, &node.length);
      g_array_append_val (self->nodes, node);
    }
  g_array_sort (self->nodes, compare_nodes);

  for (i = 0; i < N_LETTERS; i++)
    self->first[i] = -1;
  for (i = self->nodes->len; i > 0; i--)
    {
      Node *node = &g_array_index (self->nodes, Node, i - 1);
      int *first = &self->first[find_slot (node->letters)];

      node->next = find_next (self->nodes, i - 1);
      node->same = *first;
      *first = (int) i - 1;
    }

  return self;
}

void
ch_label_finder_free (ChLabelFinder *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->nodes);
  g_free (self->claimed);
  g_free (self);
}

/* Follows the words from a first one for as long as they spell the label. A label may be cut into words in any way,
 * and words without letters (a dash, a colon) may stand between. */
static gboolean
match_from (const ChLabelFinder *self,
            int                  start,
            const Label         *label,
            Match               *match)
{
  guint done = 0;
  int i = start;

  match->n_nodes = 0;
  while (i >= 0 && match->n_nodes < LONGEST_LABEL)
    {
      const Node *node = &g_array_index (self->nodes, Node, i);
      guint left = label->length - done;

      if (self->claimed[node->place] || (node->length > left && !label->may_go_on)
          || memcmp (node->letters, label->letters + done, MIN (node->length, left)) != 0)
        return FALSE;
      if (match->n_nodes == 0)
        match->box = node->word->box;
      else
        ch_box_unite (&match->box, &node->word->box);
      match->nodes[match->n_nodes++] = (guint) i;
      done += MIN (node->length, left);
      if (done == label->length)
        return TRUE;
      i = node->next;
    }

  return FALSE;
}

typedef void (*Take) (ChLabelFinder *self,
                      const Match   *match,
                      gpointer       user_data);

static void
for_each_match (ChLabelFinder *self,
                const char    *text,
                Take           take,
                gpointer       user_data)
{
  Label label = { NULL };
  int i;

  label.letters = fold (text, &label.length);
  label.may_go_on = g_str_has_suffix (text, "*");
  for (i = label.length > 0 ? self->first[find_slot (label.letters)] : -1; i >= 0;
       i = g_array_index (self->nodes, Node, i).same)
    {
      Match match;

      if (g_array_index (self->nodes, Node, i).length > 0 && match_from (self, i, &label, &match))
        take (self, &match, user_data);
    }

  g_free (label.letters);
}

typedef struct {
  const ChBox *within;
  GArray      *found;
} Finding;

static void
take_found (ChLabelFinder *self,
            const Match   *match,
            gpointer       user_data)
{
  Finding *finding = user_data;

  if (finding->within == NULL
      || ch_box_holds (finding->within, ch_box_centre_x (&match->box), ch_box_centre_y (&match->box)))
    g_array_append_val (finding->found, match->box);
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
  Finding finding = { within, g_array_new (FALSE, FALSE, sizeof (ChBox)) };

  for_each_match (self, label, take_found, &finding);

  return finding.found;
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

static void
take_claim (ChLabelFinder *self,
            const Match   *match,
            gpointer       user_data)
{
  const ChBox *place = user_data;
  guint i;

  if (place != NULL && ch_box_overlap_area (place, &match->box) <= 0)
    return;
  for (i = 0; i < match->n_nodes; i++)
    self->claimed[g_array_index (self->nodes, Node, match->nodes[i]).place] = TRUE;
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
  for_each_match (self, label, take_claim, (gpointer) place);
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

      if (!self->claimed[i])
        g_ptr_array_add (filled, word);
    }

  return filled;
}
