#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-conflict-item.h"

#include "ch-store-directory.h"
#include "ch-store-shared.h"

#include <glib/gi18n-lib.h>

struct _ChConflictItem
{
  ChItem  parent_instance;

  char   *title;
  char   *field;
  char   *local;
  char   *remote;
};

G_DEFINE_FINAL_TYPE (ChConflictItem, ch_conflict_item, CH_TYPE_ITEM)

static gboolean
ch_conflict_item_equal (ChItem *a,
                        ChItem *b)
{
  ChConflictItem *one = (ChConflictItem *)a;
  ChConflictItem *other = (ChConflictItem *)b;

  return g_str_equal (one->title, other->title) && g_str_equal (one->field, other->field)
         && g_str_equal (one->local, other->local) && g_str_equal (one->remote, other->remote);
}

static void
ch_conflict_item_finalize (GObject *object)
{
  ChConflictItem *self = (ChConflictItem *)object;

  g_free (self->title);
  g_free (self->field);
  g_free (self->local);
  g_free (self->remote);

  G_OBJECT_CLASS (ch_conflict_item_parent_class)->finalize (object);
}

static void
ch_conflict_item_class_init (ChConflictItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_conflict_item_finalize;
  CH_ITEM_CLASS (klass)->equal = ch_conflict_item_equal;
}

static void
ch_conflict_item_init (ChConflictItem *self)
{
}

static const char *
get_kind_label (ChSharedKind kind)
{
  switch (kind)
    {
    case CH_SHARED_POLICY:
      return _("Policy in the company directory");
    case CH_SHARED_OVERALL:
      return _("Overall compliance in the project directory");
    case CH_SHARED_COMPLIANCE:
      return _("Compliance of a commitment");
    case CH_SHARED_DOCUMENT:
      return _("Certificate in the project’s documents");
    case CH_SHARED_REPORT:
      return _("Compliance report in the project’s documents");
    case CH_SHARED_LINK:
    default:
      return _("Link on the project’s home page");
    }
}

/* Procore's own field names are shown as words; nothing is known about them here but their spelling. */
static char *
describe_field (const char *field)
{
  char *words;

  if (g_strcmp0 (field, CH_CONFLICT_RECORD) == 0)
    return g_strdup (_("The whole record"));

  words = g_strdelimit (g_strdup (field != NULL ? field : ""), "_", ' ');
  words[0] = g_ascii_toupper (words[0]);

  return words;
}

static ChConflictItem *
make_item (ChStore          *store,
           const ChConflict *conflict)
{
  ChConflictItem *self = g_object_new (CH_TYPE_CONFLICT_ITEM, NULL);
  g_autoptr(ChSharedRecord) record = ch_store_get_shared (store, conflict->record_id, NULL);
  g_autoptr(ChVendor) vendor = NULL;
  g_autoptr(ChProject) project = NULL;
  g_autoptr(GString) title = g_string_new (NULL);

  /* A name that can't be looked up leaves the rest of the sentence standing. */
  if (record != NULL && record->vendor_id != 0)
    vendor = ch_store_get_vendor (store, record->vendor_id, NULL);
  if (record != NULL && record->project_id != 0)
    project = ch_store_get_project (store, record->project_id, NULL);
  g_string_append (title, record != NULL ? get_kind_label (record->kind) : _("Record"));
  if (vendor != NULL)
    g_string_append_printf (title, " · %s", vendor->name);
  if (project != NULL)
    g_string_append_printf (title, " · %s", project->name);

  ch_item_set_id (CH_ITEM (self), conflict->id);
  self->title = g_strdup (title->str);
  self->field = describe_field (conflict->field);
  self->local = g_strdup (conflict->local != NULL ? conflict->local : _("nothing"));
  self->remote = g_strdup (conflict->remote != NULL ? conflict->remote : _("nothing"));

  return self;
}

/**
 * ch_conflict_items_load:
 * @desk: the desk, in its own thread
 * @data: unused
 * @cancellable: (nullable): ends it early
 * @error: why the store could not be read
 *
 * Returns: (transfer full) (nullable) (element-type ChConflictItem): the open ones
 */
gpointer
ch_conflict_items_load (ChDesk        *desk,
                        gpointer       data,
                        GCancellable  *cancellable,
                        GError       **error)
{
  ChStore *store = ch_desk_get_store (desk);
  g_autoptr(GPtrArray) conflicts = ch_store_list_conflicts (store, 0, error);
  GPtrArray *items;

  if (conflicts == NULL)
    return NULL;

  items = g_ptr_array_new_full (conflicts->len, g_object_unref);
  for (guint i = 0; i < conflicts->len; i++)
    g_ptr_array_add (items, make_item (store, g_ptr_array_index (conflicts, i)));

  return items;
}

const char *
ch_conflict_item_get_title (ChConflictItem *self)
{
  g_return_val_if_fail (CH_IS_CONFLICT_ITEM (self), "");

  return self->title;
}

const char *
ch_conflict_item_get_field (ChConflictItem *self)
{
  g_return_val_if_fail (CH_IS_CONFLICT_ITEM (self), "");

  return self->field;
}

const char *
ch_conflict_item_get_local (ChConflictItem *self)
{
  g_return_val_if_fail (CH_IS_CONFLICT_ITEM (self), "");

  return self->local;
}

const char *
ch_conflict_item_get_remote (ChConflictItem *self)
{
  g_return_val_if_fail (CH_IS_CONFLICT_ITEM (self), "");

  return self->remote;
}
