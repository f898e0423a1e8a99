#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-item.h"

#include <string.h>

typedef struct {
  gint64 id;
} ChItemPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ChItem, ch_item, G_TYPE_OBJECT)

static gboolean
ch_item_real_equal (ChItem *a,
                    ChItem *b)
{
  return a == b;
}

static void
ch_item_class_init (ChItemClass *klass)
{
  klass->equal = ch_item_real_equal;
}

static void
ch_item_init (ChItem *self)
{
}

/**
 * ch_item_get_id:
 * @self: an item
 *
 * Returns: the row that it is of
 */
gint64
ch_item_get_id (ChItem *self)
{
  ChItemPrivate *priv = ch_item_get_instance_private (self);

  g_return_val_if_fail (CH_IS_ITEM (self), 0);

  return priv->id;
}

void
ch_item_set_id (ChItem *self,
                gint64  id)
{
  ChItemPrivate *priv = ch_item_get_instance_private (self);

  g_return_if_fail (CH_IS_ITEM (self));

  priv->id = id;
}

/**
 * ch_item_equal:
 * @a: an item
 * @b: an item of the same list
 *
 * Returns: whether they are of the same row and show the same
 */
gboolean
ch_item_equal (ChItem *a,
               ChItem *b)
{
  g_return_val_if_fail (CH_IS_ITEM (a) && CH_IS_ITEM (b), FALSE);

  return ch_item_get_id (a) == ch_item_get_id (b) && CH_ITEM_GET_CLASS (a)->equal (a, b);
}

/**
 * ch_item_fold:
 * @text: (nullable): what is searched, or searched for
 *
 * Returns: (transfer full): the text without case, for ch_item_matches()
 */
char *
ch_item_fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text != NULL ? text : "", -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

gboolean
ch_item_matches (const char *haystack,
                 const char *needle)
{
  g_auto(GStrv) words = NULL;

  if (needle == NULL || *needle == '\0')
    return TRUE;

  words = g_strsplit (needle, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (strstr (haystack, words[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_same (GListStore *store,
         guint       position,
         ChItem     *fresh)
{
  g_autoptr(ChItem) old = g_list_model_get_item (G_LIST_MODEL (store), position);

  return old != NULL && ch_item_equal (old, fresh);
}

/* Same length: the usual case of a few rows that say something else; each run of them is one change. */
static void
replace_runs (GListStore *store,
              GPtrArray  *fresh)
{
  guint i = 0;

  while (i < fresh->len)
    {
      guint start = i;

      while (i < fresh->len && !is_same (store, i, g_ptr_array_index (fresh, i)))
        i++;
      if (i > start)
        g_list_store_splice (store, start, i - start, fresh->pdata + start, i - start);
      i++;
    }
}

/**
 * ch_items_merge:
 * @store: what is shown
 * @fresh: (element-type ChItem): what is to be shown, in its order
 *
 * Brings @store to @fresh with changes as small as two lists in the same order allow, so that selection, focus and
 * scroll position stay where they are.
 */
void
ch_items_merge (GListStore *store,
                GPtrArray  *fresh)
{
  guint n_old, head = 0, tail = 0;

  g_return_if_fail (G_IS_LIST_STORE (store));
  g_return_if_fail (fresh != NULL);

  n_old = g_list_model_get_n_items (G_LIST_MODEL (store));
  if (n_old == fresh->len)
    {
      replace_runs (store, fresh);
      return;
    }

  while (head < n_old && head < fresh->len && is_same (store, head, g_ptr_array_index (fresh, head)))
    head++;
  while (tail < n_old - head && tail < fresh->len - head
         && is_same (store, n_old - 1 - tail, g_ptr_array_index (fresh, fresh->len - 1 - tail)))
    tail++;
  g_list_store_splice (store, head, n_old - head - tail, fresh->pdata + head, fresh->len - head - tail);
}
