#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-item.h"

/* So many changes one by one cost more than one that covers them all. */
#define MAX_RUNS 64

/* One change: @n_removed rows give way to the fresh ones from @start up to, but without, @end. */
typedef struct {
  guint start;
  guint n_removed;
  guint end;
} Run;

static GHashTable *
collect_ids (GPtrArray *items)
{
  GHashTable *ids = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < items->len; i++)
    g_hash_table_add (ids, (gpointer)ch_item_get_id_address (g_ptr_array_index (items, i)));

  return ids;
}

static GPtrArray *
copy_items (GListStore *store)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (store));
  GPtrArray *items = g_ptr_array_new_full (n_items, g_object_unref);

  for (guint i = 0; i < n_items; i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (store), i));

  return items;
}

/* Walks both lists side by side. A row that moved is a row that went and another that came. */
static GArray *
find_runs (GPtrArray *old,
           GPtrArray *fresh)
{
  g_autoptr(GHashTable) old_ids = collect_ids (old);
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));
  guint i = 0, j = 0;

  while (i < old->len || j < fresh->len)
    {
      Run run = { .start = j };

      while (i < old->len || j < fresh->len)
        {
          ChItem *one = i < old->len ? g_ptr_array_index (old, i) : NULL;
          ChItem *other = j < fresh->len ? g_ptr_array_index (fresh, j) : NULL;

          if (one != NULL && other != NULL && ch_item_get_id (one) == ch_item_get_id (other))
            {
              if (ch_item_equal (one, other))
                break;
              run.n_removed++;
              i++;
              j++;
            }
          else if (other != NULL && !g_hash_table_contains (old_ids, ch_item_get_id_address (other)))
            {
              j++;
            }
          else
            {
              /* it is gone, or stands further down in the fresh list */
              g_assert (one != NULL);
              g_hash_table_remove (old_ids, ch_item_get_id_address (one));
              run.n_removed++;
              i++;
            }
        }
      run.end = j;
      if (run.n_removed > 0 || run.end > run.start)
        g_array_append_val (runs, run);

      for (; i < old->len && j < fresh->len; i++, j++)
        {
          if (ch_item_get_id (g_ptr_array_index (old, i)) != ch_item_get_id (g_ptr_array_index (fresh, j))
              || !ch_item_equal (g_ptr_array_index (old, i), g_ptr_array_index (fresh, j)))
            break;
        }
    }

  return runs;
}

/* One run from the first to the last; what did not change between them is put in its own place again. */
static void
join_runs (GArray *runs)
{
  Run *first = &g_array_index (runs, Run, 0);

  for (guint i = 1; i < runs->len; i++)
    {
      const Run *next = &g_array_index (runs, Run, i);

      first->n_removed += (next->start - first->end) + next->n_removed;
      first->end = next->end;
    }
  g_array_set_size (runs, 1);
}

/**
 * ch_items_merge:
 * @store: what is shown
 * @fresh: (element-type ChItem): what is to be shown, in its order; no id twice
 *
 * Brings @store to @fresh with small changes, so that selection, focus and scroll position stay where they are.
 */
void
ch_items_merge (GListStore *store,
                GPtrArray  *fresh)
{
  g_autoptr(GPtrArray) old = NULL;
  g_autoptr(GArray) runs = NULL;

  g_return_if_fail (G_IS_LIST_STORE (store));
  g_return_if_fail (fresh != NULL);

  old = copy_items (store);
  runs = find_runs (old, fresh);
  if (runs->len > MAX_RUNS)
    join_runs (runs);
  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);

      g_list_store_splice (store, run->start, run->n_removed, fresh->pdata + run->start, run->end - run->start);
    }
}
