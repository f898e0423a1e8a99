#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-item.h"

#include <string.h>

typedef struct {
  gint64  id;
  char   *sort_key;   /* (nullable) */
} ChItemPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ChItem, ch_item, G_TYPE_OBJECT)

static gboolean
ch_item_real_equal (ChItem *a,
                    ChItem *b)
{
  return a == b;
}

static void
ch_item_finalize (GObject *object)
{
  ChItemPrivate *priv = ch_item_get_instance_private ((ChItem *)object);

  g_free (priv->sort_key);

  G_OBJECT_CLASS (ch_item_parent_class)->finalize (object);
}

static void
ch_item_class_init (ChItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_item_finalize;
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

/* Where the id stands, as a key of a hash table that the item outlives. */
const gint64 *
ch_item_get_id_address (ChItem *self)
{
  ChItemPrivate *priv = ch_item_get_instance_private (self);

  g_return_val_if_fail (CH_IS_ITEM (self), NULL);

  return &priv->id;
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
 * ch_item_set_sort_name:
 * @self: an item, before anybody else sees it
 * @name: what ch_item_compare_names() goes by; the locale's order is worked out once, here
 */
void
ch_item_set_sort_name (ChItem     *self,
                       const char *name)
{
  ChItemPrivate *priv = ch_item_get_instance_private (self);

  g_return_if_fail (CH_IS_ITEM (self));

  g_free (priv->sort_key);
  priv->sort_key = g_utf8_collate_key (name, -1);
}

int
ch_item_compare_names (ChItem *a,
                       ChItem *b)
{
  ChItemPrivate *one = ch_item_get_instance_private (a);
  ChItemPrivate *other = ch_item_get_instance_private (b);

  return g_strcmp0 (one->sort_key, other->sort_key);
}

/* As g_ptr_array_sort() wants it. */
static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  return ch_item_compare_names (*(ChItem * const *)a, *(ChItem * const *)b);
}

void
ch_items_sort_by_name (GPtrArray *items)
{
  g_return_if_fail (items != NULL);

  g_ptr_array_sort (items, compare_places);
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
 * Returns: (transfer full): the text without case and accents, for ch_item_matches(): "ibanez" finds Ibáñez
 */
char *
ch_item_fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text != NULL ? text : "", -1, G_NORMALIZE_ALL);
  g_autofree char *lower = g_utf8_casefold (normal != NULL ? normal : "", -1);
  GString *folded = g_string_sized_new (strlen (lower));

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_type (g_utf8_get_char (p)) != G_UNICODE_NON_SPACING_MARK)
        g_string_append_len (folded, p, g_utf8_next_char (p) - p);
    }

  return g_string_free (folded, FALSE);
}

/**
 * ch_item_split:
 * @text: (nullable): what is searched for
 *
 * Returns: (transfer full) (nullable): its words without case, for ch_item_matches(); %NULL where there are none
 */
char **
ch_item_split (const char *text)
{
  g_autofree char *folded = ch_item_fold (text);
  g_auto(GStrv) words = g_strsplit_set (g_strstrip (folded), " \t", -1);

  return words[0] != NULL ? g_steal_pointer (&words) : NULL;
}

/**
 * ch_item_matches:
 * @haystack: from ch_item_fold()
 * @words: (nullable): from ch_item_split()
 *
 * Returns: whether each word stands in @haystack
 */
gboolean
ch_item_matches (const char         *haystack,
                 const char * const *words)
{
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      if (strstr (haystack, words[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}
