#include "config.h"

#include "ch-merge.h"

#include <string.h>

/* One row of the decision table; NULL: the field is absent. has_base, has_remote: whether there is such a record. */
typedef struct {
  const char *path;
  gboolean    has_base;
  const char *base;
  const char *local;
  gboolean    has_remote;
  const char *remote;
  const char *send;
  const char *apply;
  const char *new_base;
  gboolean    clashes;
} Cell;

static const Cell cells[] = {
  { "agreed", TRUE, "a", "a", TRUE, "a", NULL, NULL, "a", FALSE },
  { "only-local-differs", TRUE, "a", "b", TRUE, "a", "b", NULL, "a", FALSE },
  { "only-remote-differs", TRUE, "a", "a", TRUE, "b", NULL, "b", "b", FALSE },
  { "both-differ-alike", TRUE, "a", "b", TRUE, "b", NULL, NULL, "b", FALSE },
  { "both-differ", TRUE, "a", "b", TRUE, "c", NULL, NULL, "a", TRUE },
  { "local-takes-away", TRUE, "a", NULL, TRUE, "a", "", NULL, "a", FALSE },
  { "remote-takes-away", TRUE, "a", "a", TRUE, NULL, NULL, "", NULL, FALSE },
  { "both-take-away", TRUE, "a", NULL, TRUE, NULL, NULL, NULL, NULL, FALSE },
  { "local-adds", TRUE, NULL, "b", TRUE, NULL, "b", NULL, NULL, FALSE },
  { "both-add-alike", TRUE, NULL, "b", TRUE, "b", NULL, NULL, "b", FALSE },
  { "both-add", TRUE, NULL, "b", TRUE, "c", NULL, NULL, NULL, TRUE },
  { "first-time", FALSE, NULL, "b", FALSE, NULL, "b", NULL, NULL, FALSE },
  { "first-time-found-equal", FALSE, NULL, "b", TRUE, "b", NULL, NULL, "b", FALSE },
  { "first-time-found-without", FALSE, NULL, "b", TRUE, NULL, "b", NULL, NULL, FALSE },
  { "first-time-found-other", FALSE, NULL, "b", TRUE, "c", NULL, NULL, NULL, TRUE },
  { "remote-empties", TRUE, "a", "a", TRUE, "", NULL, "", NULL, FALSE },
  { "remote-empties-what-we-changed", TRUE, "a", "b", TRUE, "", NULL, NULL, "a", TRUE },
  { "local-empties", TRUE, "a", "", TRUE, "a", "", NULL, "a", FALSE },
  { "local-empties-what-they-changed", TRUE, "a", "", TRUE, "b", NULL, NULL, "a", TRUE },
  { "both-empty", TRUE, "a", "", TRUE, NULL, NULL, NULL, NULL, FALSE },
  { "empty-is-absent-there", TRUE, NULL, NULL, TRUE, "", NULL, NULL, NULL, FALSE },
  { "empty-is-absent-here", TRUE, "", "", TRUE, NULL, NULL, NULL, NULL, FALSE },
  { "empty-base", TRUE, "", "b", TRUE, NULL, "b", NULL, NULL, FALSE },
  { "first-time-found-empty", FALSE, NULL, "b", TRUE, "", "b", NULL, NULL, FALSE },
  { "not-ours", TRUE, NULL, NULL, TRUE, "theirs", NULL, NULL, NULL, FALSE },
};

static ChFieldSet *
make_set (gboolean    is_there,
          const char *value)
{
  ChFieldSet *set = is_there ? ch_field_set_new () : NULL;

  if (value != NULL)
    ch_field_set_set (set, "notes", value);
  return set;
}

/* The merge says NULL for no value, however it was told. */
static const char *
none_if_empty (const char *value)
{
  return value != NULL && *value != '\0' ? value : NULL;
}

static void
test_cell (gconstpointer data)
{
  const Cell *cell = data;
  g_autoptr (ChFieldSet) base = make_set (cell->has_base, cell->base);
  g_autoptr (ChFieldSet) local = make_set (TRUE, cell->local);
  g_autoptr (ChFieldSet) remote = make_set (cell->has_remote, cell->remote);
  g_autoptr (ChMerge) merge = ch_merge (base, local, remote);

  g_assert_cmpstr (ch_field_set_get (merge->send, "notes"), ==, cell->send);
  g_assert_cmpstr (ch_field_set_get (merge->apply, "notes"), ==, cell->apply);
  g_assert_cmpstr (ch_field_set_get (merge->base, "notes"), ==, cell->new_base);
  g_assert_cmpuint (merge->clashes->len, ==, cell->clashes ? 1 : 0);
  if (cell->clashes)
    {
      const ChClash *clash = g_ptr_array_index (merge->clashes, 0);

      g_assert_cmpstr (clash->field, ==, "notes");
      g_assert_cmpstr (clash->base, ==, none_if_empty (cell->base));
      g_assert_cmpstr (clash->local, ==, none_if_empty (cell->local));
      g_assert_cmpstr (clash->remote, ==, none_if_empty (cell->remote));
    }
}

/* The record as a whole: x it is there with a value, y with another one, - it is not there. */
static const struct {
  const char    *path;
  char           base;
  char           local;
  char           remote;
  ChMergeOutcome outcome;
  const char    *send;
  const char    *new_base;
  guint          n_clashes;
} record_cells[] = {
  { "on-neither-side", '-', '-', '-', CH_MERGE_MISSING, NULL, NULL, 0 },
  { "made-here", '-', 'x', '-', CH_MERGE_FIELDS, "x", NULL, 0 },
  { "made-on-both-sides-alike", '-', 'x', 'x', CH_MERGE_FIELDS, NULL, "x", 0 },
  { "made-on-both-sides", '-', 'x', 'y', CH_MERGE_FIELDS, NULL, NULL, 1 },
  { "not-said-here", '-', '-', 'x', CH_MERGE_LEFT, NULL, NULL, 0 },
  { "withdrawn", 'x', '-', 'x', CH_MERGE_LEFT, NULL, "x", 0 },
  { "withdrawn-and-edited-there", 'x', '-', 'y', CH_MERGE_LEFT, NULL, "y", 0 },
  { "withdrawn-and-deleted-there", 'x', '-', '-', CH_MERGE_MISSING, NULL, NULL, 0 },
  { "deleted-there", 'x', 'x', '-', CH_MERGE_DELETED, NULL, "x", 0 },
  { "deleted-there-changed-here", 'x', 'y', '-', CH_MERGE_DELETED_AND_CHANGED, NULL, "x", 0 },
};

static ChFieldSet *
make_side (char side)
{
  const char value[] = { side, '\0' };

  return make_set (side != '-', side != '-' ? value : NULL);
}

static void
test_record_cells (void)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (record_cells); i++)
    {
      g_autoptr (ChFieldSet) base = make_side (record_cells[i].base);
      g_autoptr (ChFieldSet) local = make_side (record_cells[i].local);
      g_autoptr (ChFieldSet) remote = make_side (record_cells[i].remote);
      g_autoptr (ChMerge) merge = ch_merge (base, local, remote);

      g_test_message ("%s", record_cells[i].path);
      g_assert_cmpint (merge->outcome, ==, record_cells[i].outcome);
      g_assert_cmpstr (ch_field_set_get (merge->send, "notes"), ==, record_cells[i].send);
      g_assert_cmpstr (ch_field_set_get (merge->base, "notes"), ==, record_cells[i].new_base);
      g_assert_cmpuint (ch_field_set_get_size (merge->apply), ==, 0);
      g_assert_cmpuint (merge->clashes->len, ==, record_cells[i].n_clashes);
    }
}

/* What is agreed on after an attempt without an answer: base, sent, remote → base; - for no record, . for no value. */
static void
test_learning_from_a_lost_answer (void)
{
  static const char *const lessons[] = {
    /* it was there: done, not done, done and edited since, not done and edited since */
    "abb:b", "aba:a", "abc:a", ".bb:b", ".b.:.", "a.a:a", "a..:.",
    /* it was not there: whatever it shows now, it was made with what was sent */
    "-bb:b", "-bc:b", "-b.:b",
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (lessons); i++)
    {
      const char *lesson = lessons[i];
      g_autoptr (ChFieldSet) base = make_set (lesson[0] != '-', g_ascii_isalpha (lesson[0]) ? (char[]) { lesson[0], 0 } : NULL);
      g_autoptr (ChFieldSet) sent = make_set (TRUE, g_ascii_isalpha (lesson[1]) ? (char[]) { lesson[1], 0 } : "");
      g_autoptr (ChFieldSet) remote = make_set (TRUE, g_ascii_isalpha (lesson[2]) ? (char[]) { lesson[2], 0 } : NULL);
      g_autoptr (ChFieldSet) learnt = ch_merge_learn (base, sent, remote);
      const char *notes = ch_field_set_get (learnt, "notes");

      g_test_message ("%s", lesson);
      if (lesson[4] == '.')
        g_assert_true (notes == NULL || *notes == '\0');
      else
        g_assert_cmpint (notes[0], ==, lesson[4]);
    }
  g_assert_null (ch_merge_learn (NULL, NULL, NULL));
}

static void
test_different_fields_both_go_through (void)
{
  g_autoptr (ChFieldSet) base = ch_field_set_new ();
  g_autoptr (ChFieldSet) local = ch_field_set_new ();
  g_autoptr (ChFieldSet) remote = ch_field_set_new ();
  g_autoptr (ChMerge) merge = NULL;

  ch_field_set_set (base, "status", "compliant");
  ch_field_set_set (base, "notes", "one");
  ch_field_set_set (local, "status", "expired");
  ch_field_set_set (local, "notes", "one");
  ch_field_set_set (remote, "status", "compliant");
  ch_field_set_set (remote, "notes", "a person's");
  merge = ch_merge (base, local, remote);

  g_assert_cmpuint (merge->clashes->len, ==, 0);
  g_assert_cmpuint (ch_field_set_get_size (merge->send), ==, 1);
  g_assert_cmpstr (ch_field_set_get (merge->send, "status"), ==, "expired");
  g_assert_cmpuint (ch_field_set_get_size (merge->apply), ==, 1);
  g_assert_cmpstr (ch_field_set_get (merge->apply, "notes"), ==, "a person's");
}

static const char *const field_names[] = { "a", "b", "c", "d", "e" };
static const char *const values[] = { NULL, "1", "2", "3" };

static const char *
get (const ChFieldSet *set,
     const char       *name)
{
  return set != NULL ? ch_field_set_get (set, name) : NULL;
}

/* One record set, perturbed twice: independent ones would hardly ever meet. */
static ChFieldSet *
perturb (const ChFieldSet *from)
{
  ChFieldSet *set = from != NULL ? ch_field_set_copy (from) : ch_field_set_new ();
  guint i;

  for (i = 0; i < G_N_ELEMENTS (field_names); i++)
    {
      if (g_test_rand_int_range (0, 3) == 0)
        ch_field_set_set (set, field_names[i], values[g_test_rand_int_range (0, G_N_ELEMENTS (values))]);
    }
  return set;
}

static void
lay_over (ChFieldSet       *set,
          const ChFieldSet *plan)
{
  guint i;

  for (i = 0; i < ch_field_set_get_size (plan); i++)
    {
      const char *value = ch_field_set_get_value (plan, i);

      ch_field_set_set (set, ch_field_set_get_name (plan, i), *value != '\0' ? value : NULL);
    }
}

static const ChClash *
find_clash (const ChMerge *merge,
            const char    *field)
{
  guint i;

  for (i = 0; i < merge->clashes->len; i++)
    {
      const ChClash *clash = g_ptr_array_index (merge->clashes, i);

      if (g_str_equal (clash->field, field))
        return clash;
    }
  return NULL;
}

/* What a random case is about; NULL: there is no such record. */
typedef struct {
  guint32     seed;     /* of what becomes of the attempts */
  ChFieldSet *base;
  ChFieldSet *local;
  ChFieldSet *remote;
} Case;

static void
case_clear (Case *self)
{
  g_clear_pointer (&self->base, ch_field_set_free);
  g_clear_pointer (&self->local, ch_field_set_free);
  g_clear_pointer (&self->remote, ch_field_set_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static ChFieldSet *
copy (const ChFieldSet *set)
{
  return set != NULL ? ch_field_set_copy (set) : NULL;
}

static void
case_copy (const Case *self,
           Case       *to)
{
  *to = (Case) { self->seed, copy (self->base), copy (self->local), copy (self->remote) };
}

static gboolean
is_equal (const ChFieldSet *a,
          const ChFieldSet *b,
          const char       *name)
{
  return g_strcmp0 (get (a, name), get (b, name)) == 0;
}

/* Every value that either side had stands on a side afterwards, was replaced by the other's edit of an agreed value,
 * or waits in a clash. (nullable): what is wrong with it */
static const char *
find_loss (const Case    *start,
           const ChMerge *first,
           const Case    *end,
           const char    *name)
{
  const ChClash *clash = find_clash (first, name);
  gboolean ours = get (start->local, name) != NULL || get (start->base, name) != NULL;

  if (clash != NULL)
    {
      if (g_strcmp0 (clash->local, get (start->local, name)) != 0 || g_strcmp0 (clash->remote, get (start->remote, name)) != 0)
        return "a clash does not tell both values";
      return is_equal (end->local, start->local, name) && is_equal (end->remote, start->remote, name)
               ? NULL : "a value that clashes was touched";
    }
  if (!ours)
    return is_equal (end->remote, start->remote, name) ? NULL : "a field that is not ours was written";
  if (!is_equal (end->local, end->remote, name))
    return "the sides do not meet";
  if (start->base == NULL)
    return NULL;
  if (!is_equal (start->local, start->base, name) && !is_equal (end->remote, start->local, name))
    return "the desk's edit is lost";
  if (!is_equal (start->remote, start->base, name) && !is_equal (end->local, start->remote, name))
    return "the person's edit is lost";
  return NULL;
}

typedef enum {
  FATE_CONFIRMED,
  FATE_LOST_BEFORE,
  FATE_LOST_AFTER,      /* done, and nobody heard of it */
  N_FATES,
} Fate;

#define TROUBLED_TURNS 4
#define MOST_TURNS 7

/* One reading, one merge, one attempt to write, with what may become of it. */
static ChMerge *
take_turn (Case        *now,
           ChFieldSet **sent,
           Fate         fate)
{
  g_autoptr (ChFieldSet) learnt = *sent != NULL ? ch_merge_learn (now->base, *sent, now->remote) : copy (now->base);
  ChMerge *merge = ch_merge (learnt, now->local, now->remote);

  g_clear_pointer (sent, ch_field_set_free);
  g_clear_pointer (&now->base, ch_field_set_free);
  now->base = ch_field_set_copy (merge->base);
  lay_over (now->local, merge->apply);
  if (fate != FATE_LOST_BEFORE)
    lay_over (now->remote, merge->send);
  if (fate == FATE_CONFIRMED)
    lay_over (now->base, merge->send);
  else
    *sent = ch_field_set_copy (merge->send);
  return merge;
}

/* The desk says something else while nobody knows yet what became of what it said before. */
static void
say_anew (Case          *told,
          Case          *now,
          const ChMerge *first,
          GRand         *rand)
{
  const char *name = field_names[g_rand_int_range (rand, 0, G_N_ELEMENTS (field_names))];
  g_autofree char *word = g_strdup_printf ("said %d", g_rand_int_range (rand, 0, 1000));

  if (find_clash (first, name) != NULL || get (told->local, name) == NULL || is_equal (told->local, told->base, name)
      || !is_equal (told->remote, told->base, name))
    return;
  ch_field_set_set (told->local, name, word);
  ch_field_set_set (now->local, name, word);
}

/* From there to rest. (nullable): which rule is broken */
static const char *
play (const Case *start)
{
  g_auto (Case) now = { 0 };
  g_auto (Case) told = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (start->seed);
  g_autoptr (ChMerge) first = NULL;
  g_autoptr (ChFieldSet) sent = NULL;
  guint turn;
  guint i;

  case_copy (start, &now);
  case_copy (start, &told);
  for (turn = 0; turn < MOST_TURNS; turn++)
    {
      Fate fate = turn < TROUBLED_TURNS ? (Fate) g_rand_int_range (rand, 0, N_FATES) : FATE_CONFIRMED;
      g_autoptr (ChMerge) merge = take_turn (&now, &sent, fate);
      gboolean is_last = turn + 1 == MOST_TURNS;

      if (is_last && (ch_field_set_get_size (merge->send) > 0 || ch_field_set_get_size (merge->apply) > 0))
        return "it does not come to rest";
      if (first != NULL && merge->clashes->len > first->clashes->len)
        return "a clash comes of nothing";
      if (first == NULL)
        first = g_steal_pointer (&merge);
      if (turn < TROUBLED_TURNS)
        say_anew (&told, &now, first, rand);
    }
  for (i = 0; i < G_N_ELEMENTS (field_names); i++)
    {
      const char *loss = find_loss (&told, first, &now, field_names[i]);

      if (loss != NULL)
        return loss;
    }
  return NULL;
}

/* Leaves out fields and whole sides while the same rule is broken. */
static void
shrink (Case       *broken,
        const char *rule)
{
  gboolean shrunk = TRUE;
  guint side;
  guint i;

  while (shrunk)
    {
      shrunk = FALSE;
      for (side = 0; side < 3; side++)
        {
          for (i = 0; i < G_N_ELEMENTS (field_names); i++)
            {
              g_auto (Case) shorter = { 0 };
              ChFieldSet *sides[3];

              case_copy (broken, &shorter);
              sides[0] = shorter.base;
              sides[1] = shorter.local;
              sides[2] = shorter.remote;
              if (get (sides[side], field_names[i]) == NULL)
                continue;
              ch_field_set_set (sides[side], field_names[i], NULL);
              if (play (&shorter) != rule)
                continue;
              case_clear (broken);
              case_copy (&shorter, broken);
              shrunk = TRUE;
            }
        }
    }
}

static char *
describe (const ChFieldSet *set)
{
  GString *text = g_string_new (set != NULL ? "{" : "none");
  guint i;

  for (i = 0; set != NULL && i < ch_field_set_get_size (set); i++)
    g_string_append_printf (text, " %s=%s", ch_field_set_get_name (set, i), ch_field_set_get_value (set, i));
  return g_string_free (g_string_append (text, set != NULL ? " }" : ""), FALSE);
}

static void
test_random_merges_meet (void)
{
  guint turn;

  for (turn = 0; turn < 20000; turn++)
    {
      g_autoptr (ChFieldSet) start = perturb (NULL);
      gboolean has_base = g_test_rand_int_range (0, 4) > 0;
      g_auto (Case) made = { (guint32) g_test_rand_int (), has_base ? perturb (start) : NULL, perturb (start), perturb (start) };
      const char *rule = play (&made);
      g_autofree char *base = NULL;
      g_autofree char *local = NULL;
      g_autofree char *remote = NULL;

      if (rule == NULL)
        continue;
      shrink (&made, rule);
      base = describe (made.base);
      local = describe (made.local);
      remote = describe (made.remote);
      g_error ("%s: base %s, local %s, remote %s, seed of its attempts %u", rule, base, local, remote, made.seed);
    }
}

int
main (int    argc,
      char **argv)
{
  guint i;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autofree char *path = g_strconcat ("/sync/merge/cell/", cells[i].path, NULL);

      g_test_add_data_func (path, &cells[i], test_cell);
    }
  g_test_add_func ("/sync/merge/record-cells", test_record_cells);
  g_test_add_func ("/sync/merge/learning-from-a-lost-answer", test_learning_from_a_lost_answer);
  g_test_add_func ("/sync/merge/different-fields-both-go-through", test_different_fields_both_go_through);
  g_test_add_func ("/sync/merge/random-merges-meet", test_random_merges_meet);

  return g_test_run ();
}
