#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * One row of a list: an unchanging copy of what the store said, made in any thread. A change is another item with the
 * same id.
 */
#define CH_TYPE_ITEM (ch_item_get_type ())
G_DECLARE_DERIVABLE_TYPE (ChItem, ch_item, CH, ITEM, GObject)

struct _ChItemClass {
  GObjectClass parent_class;

  /* same id and class: whether they show the same */
  gboolean (*equal) (ChItem *a,
                     ChItem *b);
};

gint64   ch_item_get_id     (ChItem     *self);
/* a key for a hash table that the item outlives */
const gint64 *ch_item_get_id_address (ChItem *self);
/* for the subclasses, before anybody else sees it */
void     ch_item_set_id     (ChItem     *self,
                             gint64      id);
void     ch_item_set_sort_name  (ChItem     *self,
                                 const char *name);
/* in the order of the locale */
int      ch_item_compare_names  (ChItem     *a,
                                 ChItem     *b);
void     ch_items_sort_by_name  (GPtrArray  *items);
gboolean ch_item_equal      (ChItem     *a,
                             ChItem     *b);
/* whether each word of @needle begins or stands in @haystack, both folded by ch_item_fold() */
char    *ch_item_fold       (const char *text);
/* (nullable): the words of what is searched for, NULL where it is nothing */
char   **ch_item_split      (const char *text);
gboolean ch_item_matches    (const char *haystack,
                             const char * const *words);
/* (element-type ChItem): makes @store hold @fresh, touching only what differs */
void     ch_items_merge     (GListStore *store,
                             GPtrArray  *fresh);

G_END_DECLS
