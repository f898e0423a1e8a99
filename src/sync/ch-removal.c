#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-removal.h"

#include "ch-store-events.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FEWEST 5
#define SHARE 10

static gboolean
is_mass (guint n_known,
         guint n_missing)
{
  return n_missing >= FEWEST && n_missing * SHARE > n_known;
}

/* (element-type gint64): the ids behind the first word */
static GHashTable *
parse_ids (const char *state)
{
  GHashTable *ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_auto (GStrv) words = g_strsplit (state != NULL ? state : "", " ", -1);
  guint i;

  for (i = 1; words[0] != NULL && words[i] != NULL; i++)
    {
      gint64 id = g_ascii_strtoll (words[i], NULL, 10);

      g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
    }
  return ids;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

/* The same set is the same text. */
static char *
describe_ids (const char *word,
              GArray     *ids)
{
  g_autoptr (GArray) sorted = g_array_copy (ids);
  GString *text = g_string_new (word);
  guint i;

  g_array_sort (sorted, compare_ids);
  for (i = 0; i < sorted->len; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT, g_array_index (sorted, gint64, i));
  return g_string_free (text, FALSE);
}

/* The open question of a listing that is whole again, or nearly, has gone away by itself. */
static gboolean
close_question (ChRound    *round,
                const char *scope,
                GError    **error)
{
  g_autoptr (GPtrArray) open = ch_store_list_conflicts (round->store, 0, error);
  guint i;

  if (open == NULL)
    return FALSE;
  for (i = 0; i < open->len; i++)
    {
      const ChConflict *conflict = g_ptr_array_index (open, i);

      if (g_strcmp0 (conflict->scope, scope) == 0 && !ch_store_settle_conflict (round->store, conflict->id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
ask (ChRound    *round,
     const char *scope,
     const char *state_name,
     const char *before,
     const char *what,
     guint       n_known,
     GArray     *missing,
     GError    **error)
{
  g_autofree char *asked = describe_ids ("asked", missing);
  g_autofree char *here = g_strdup_printf ("%u", n_known);
  g_autofree char *there = g_strdup_printf ("%u", n_known - MIN (missing->len, n_known));

  g_ptr_array_add (round->summary->problems,
                   g_strdup_printf (_ ("%s: Procore lists %u fewer than before (of %u). Nothing was removed here; a conflict asks "
                                       "whether that is right"),
                                    what, missing->len, n_known));
  /* It is told again as often as the list lacks them. */
  if (round->mark != NULL)
    ch_list_mark_forget (round->mark);
  if (g_strcmp0 (before, asked) == 0)
    return TRUE;
  return ch_store_set_state (round->store, state_name, asked, error)
         && ch_store_put_conflict_of_scope (round->store, scope, CH_CONFLICT_REMOVAL, here, here, there, error)
         && ch_store_add_event (round->store, "conflict.found", 0, 0, NULL, scope, error);
}

/* (nullable): what was asked about a listing, or answered; FALSE where that can't be found out */
static gboolean
load_state (ChRound    *round,
            const char *scope,
            char      **state,
            GError    **error)
{
  g_autofree char *name = g_strconcat (CH_STATE_REMOVAL, scope, NULL);
  GError *cause = NULL;

  *state = ch_store_dup_state (round->store, name, &cause);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, cause);
  return FALSE;
}

/*< private > */
gboolean
_ch_removal_judge (ChRound    *round,
                   const char *scope,
                   const char *what,
                   guint       n_known,
                   GArray     *missing,
                   GArray    **gone,
                   GError    **error)
{
  g_autofree char *name = g_strconcat (CH_STATE_REMOVAL, scope, NULL);
  g_autofree char *state = NULL;
  g_autoptr (GHashTable) asked_about = NULL;
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean removes;
  gboolean keeps;
  guint i;

  if (!load_state (round, scope, &state, error))
    return FALSE;

  asked_about = parse_ids (state);
  removes = state != NULL && g_str_has_prefix (state, "remove ");
  keeps = state != NULL && g_str_has_prefix (state, "keep ");
  *gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (i = 0; i < missing->len; i++)
    {
      gint64 id = g_array_index (missing, gint64, i);

      if ((removes || keeps) && g_hash_table_contains (asked_about, &id))
        {
          if (removes)
            g_array_append_val (*gone, id);
          continue;
        }
      g_array_append_val (others, id);
    }

  if (is_mass (n_known, others->len))
    {
      g_array_set_size (*gone, 0);
      return ask (round, scope, name, state, what, n_known, missing, error);
    }
  g_array_append_vals (*gone, others->data, others->len);
  if (state == NULL || (keeps && missing->len > 0))
    return TRUE;
  return close_question (round, scope, error) && ch_store_set_state (round->store, name, NULL, error);
}

/*< private > */
char *
_ch_removal_make_scope (const char *of,
                        gint64      project_id)
{
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT, of, project_id);
}

/*< private > */
GHashTable *
_ch_removal_list_in_doubt (ChRound    *round,
                           const char *scope,
                           GError    **error)
{
  g_autofree char *state = NULL;

  if (!load_state (round, scope, &state, error))
    return NULL;
  return parse_ids (state != NULL && !g_str_has_prefix (state, "remove ") ? state : NULL);
}

/*< private > */
GHashTable *
_ch_removal_list_asked (ChRound    *round,
                        const char *scope,
                        GError    **error)
{
  g_autofree char *state = NULL;

  if (!load_state (round, scope, &state, error))
    return NULL;
  return parse_ids (state != NULL && g_str_has_prefix (state, "asked ") ? state : NULL);
}
