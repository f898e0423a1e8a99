#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-sub-item.h"

#include "ch-day-order.h"
#include "ch-store-directory.h"
#include "ch-store-verdicts.h"

struct _ChSubItem
{
  ChItem    parent_instance;

  char     *name;
  char     *trades;
  char     *place;
  char     *search;
  ChStatus  status;
  ChDate    changes_on;
  guint     n_projects;
};

G_DEFINE_FINAL_TYPE (ChSubItem, ch_sub_item, CH_TYPE_ITEM)

static gboolean
ch_sub_item_equal (ChItem *a,
                   ChItem *b)
{
  ChSubItem *one = (ChSubItem *)a;
  ChSubItem *other = (ChSubItem *)b;

  return one->status == other->status && one->changes_on == other->changes_on
         && one->n_projects == other->n_projects && g_str_equal (one->search, other->search)
         && g_str_equal (one->name, other->name);
}

static void
ch_sub_item_finalize (GObject *object)
{
  ChSubItem *self = (ChSubItem *)object;

  g_free (self->name);
  g_free (self->trades);
  g_free (self->place);
  g_free (self->search);

  G_OBJECT_CLASS (ch_sub_item_parent_class)->finalize (object);
}

static void
ch_sub_item_class_init (ChSubItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_sub_item_finalize;
  CH_ITEM_CLASS (klass)->equal = ch_sub_item_equal;
}

static void
ch_sub_item_init (ChSubItem *self)
{
  self->status = CH_STATUS_NOT_REQUIRED;
  self->changes_on = CH_DATE_NONE;
}

static char *
join_trades (GPtrArray *trades)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; trades != NULL && i < trades->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *)g_ptr_array_index (trades, i));

  return g_strdup (text->str);
}

static ChSubItem *
make_item (const ChVendor *vendor)
{
  ChSubItem *self = g_object_new (CH_TYPE_SUB_ITEM, NULL);
  g_autofree char *text = NULL;

  ch_item_set_id (CH_ITEM (self), vendor->id);
  self->name = g_strdup (vendor->name != NULL ? vendor->name : "");
  ch_item_set_sort_name (CH_ITEM (self), self->name);
  self->trades = join_trades (vendor->trades);
  self->place = g_strjoin (vendor->city != NULL && vendor->state_code != NULL ? ", " : "",
                           vendor->city != NULL ? vendor->city : "",
                           vendor->state_code != NULL ? vendor->state_code : "", NULL);
  text = g_strjoin (" ", self->name, vendor->legal_name != NULL ? vendor->legal_name : "",
                    vendor->trade_name != NULL ? vendor->trade_name : "", self->trades, self->place, NULL);
  self->search = ch_item_fold (text);

  return self;
}

static void
add_standing (ChSubItem        *self,
              const ChStanding *standing)
{
  if (self->n_projects == 0 || ch_status_compare (standing->status, self->status) > 0)
    self->status = standing->status;
  self->changes_on = ch_day_earlier (self->changes_on, standing->changes_on);
  self->n_projects++;
}

/**
 * ch_sub_items_load:
 * @desk: the desk, in its own thread
 * @data: unused
 * @cancellable: (nullable): ends it early
 * @error: why the store could not be read
 *
 * Returns: (transfer full) (nullable) (element-type ChSubItem): the directory's subs, by name
 */
gpointer
ch_sub_items_load (ChDesk        *desk,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  ChStore *store = ch_desk_get_store (desk);
  g_autoptr(GPtrArray) vendors = ch_store_list_vendors (store, error);
  g_autoptr(GArray) standings = vendors != NULL ? ch_store_list_standings (store, error) : NULL;
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  GPtrArray *items;

  if (standings == NULL)
    return NULL;

  items = g_ptr_array_new_full (vendors->len, g_object_unref);
  for (guint i = 0; i < vendors->len; i++)
    {
      const ChVendor *vendor = g_ptr_array_index (vendors, i);
      ChSubItem *item = make_item (vendor);

      g_ptr_array_add (items, item);
      g_hash_table_insert (by_id, (gpointer)ch_item_get_id_address (CH_ITEM (item)), item);
    }
  for (guint i = 0; i < standings->len; i++)
    {
      const ChStanding *standing = &g_array_index (standings, ChStanding, i);
      ChSubItem *item = g_hash_table_lookup (by_id, &standing->vendor_id);

      if (item != NULL)
        add_standing (item, standing);
    }
  ch_items_sort_by_name (items);

  return items;
}

const char *
ch_sub_item_get_name (ChSubItem *self)
{
  g_return_val_if_fail (CH_IS_SUB_ITEM (self), "");

  return self->name;
}

const char *
ch_sub_item_get_trades (ChSubItem *self)
{
  g_return_val_if_fail (CH_IS_SUB_ITEM (self), "");

  return self->trades;
}

const char *
ch_sub_item_get_place (ChSubItem *self)
{
  g_return_val_if_fail (CH_IS_SUB_ITEM (self), "");

  return self->place;
}

const char *
ch_sub_item_get_search (ChSubItem *self)
{
  g_return_val_if_fail (CH_IS_SUB_ITEM (self), "");

  return self->search;
}

ChStatus
ch_sub_item_get_status (ChSubItem *self)
{
  g_return_val_if_fail (CH_IS_SUB_ITEM (self), CH_STATUS_NOT_REQUIRED);

  return self->status;
}

ChDate
ch_sub_item_get_changes_on (ChSubItem *self)
{
  g_return_val_if_fail (CH_IS_SUB_ITEM (self), CH_DATE_NONE);

  return self->changes_on;
}

guint
ch_sub_item_get_n_projects (ChSubItem *self)
{
  g_return_val_if_fail (CH_IS_SUB_ITEM (self), 0);

  return self->n_projects;
}
