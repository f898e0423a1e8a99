#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-outbox-item.h"

#include "ch-record-label.h"

/* More than a person looks through; the worker's report says how many there are in all. */
#define MAX_ITEMS 200

struct _ChOutboxItem
{
  ChItem         parent_instance;

  char          *title;
  char          *why;          /* (nullable) */
  ChOutboxState  state;
  gint64         since;
  gint64         not_before;
  gint64         vendor_id;
};

G_DEFINE_FINAL_TYPE (ChOutboxItem, ch_outbox_item, CH_TYPE_ITEM)

static gboolean
ch_outbox_item_equal (ChItem *a,
                      ChItem *b)
{
  ChOutboxItem *one = (ChOutboxItem *)a;
  ChOutboxItem *other = (ChOutboxItem *)b;

  return one->state == other->state && one->not_before == other->not_before && g_strcmp0 (one->why, other->why) == 0
         && g_str_equal (one->title, other->title);
}

static void
ch_outbox_item_finalize (GObject *object)
{
  ChOutboxItem *self = (ChOutboxItem *)object;

  g_free (self->title);
  g_free (self->why);

  G_OBJECT_CLASS (ch_outbox_item_parent_class)->finalize (object);
}

static void
ch_outbox_item_class_init (ChOutboxItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_outbox_item_finalize;
  CH_ITEM_CLASS (klass)->equal = ch_outbox_item_equal;
}

static void
ch_outbox_item_init (ChOutboxItem *self)
{
}

static ChOutboxItem *
make_item (ChStore           *store,
           const ChOutboxRow *row)
{
  ChOutboxItem *self = g_object_new (CH_TYPE_OUTBOX_ITEM, NULL);

  ch_item_set_id (CH_ITEM (self), row->record_id);
  self->title = ch_record_dup_title (store, row->kind, row->vendor_id, row->project_id);
  self->why = g_strdup (row->why);
  self->state = row->state;
  self->since = row->created_at;
  self->not_before = row->not_before;
  self->vendor_id = row->vendor_id;

  return self;
}

/* Adds those that are set aside, or those that are not. */
static void
add_items (GPtrArray *items,
           ChStore   *store,
           GPtrArray *rows,
           gboolean   parked)
{
  for (guint i = 0; i < rows->len && items->len < MAX_ITEMS; i++)
    {
      const ChOutboxRow *row = g_ptr_array_index (rows, i);

      if ((row->state == CH_OUTBOX_PARKED) == parked)
        g_ptr_array_add (items, make_item (store, row));
    }
}

/**
 * ch_outbox_items_load:
 * @desk: the desk, in its own thread
 * @data: unused
 * @cancellable: (nullable): ends it early
 * @error: why the store could not be read
 *
 * Returns: (transfer full) (nullable) (element-type ChOutboxItem): what waits, at most so much as a person looks
 *   through; those that are set aside first
 */
gpointer
ch_outbox_items_load (ChDesk        *desk,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  ChStore *store = ch_desk_get_store (desk);
  g_autoptr(GPtrArray) rows = ch_store_outbox_list (store, error);
  GPtrArray *items;

  if (rows == NULL)
    return NULL;

  items = g_ptr_array_new_with_free_func (g_object_unref);
  add_items (items, store, rows, TRUE);
  add_items (items, store, rows, FALSE);

  return items;
}

const char *
ch_outbox_item_get_title (ChOutboxItem *self)
{
  g_return_val_if_fail (CH_IS_OUTBOX_ITEM (self), "");

  return self->title;
}

const char *
ch_outbox_item_get_why (ChOutboxItem *self)
{
  g_return_val_if_fail (CH_IS_OUTBOX_ITEM (self), NULL);

  return self->why;
}

ChOutboxState
ch_outbox_item_get_state (ChOutboxItem *self)
{
  g_return_val_if_fail (CH_IS_OUTBOX_ITEM (self), CH_OUTBOX_QUEUED);

  return self->state;
}

gint64
ch_outbox_item_get_since (ChOutboxItem *self)
{
  g_return_val_if_fail (CH_IS_OUTBOX_ITEM (self), 0);

  return self->since;
}

gint64
ch_outbox_item_get_not_before (ChOutboxItem *self)
{
  g_return_val_if_fail (CH_IS_OUTBOX_ITEM (self), 0);

  return self->not_before;
}

gint64
ch_outbox_item_get_vendor_id (ChOutboxItem *self)
{
  g_return_val_if_fail (CH_IS_OUTBOX_ITEM (self), 0);

  return self->vendor_id;
}
