#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-conflict-item.h"

#include "ch-format.h"
#include "ch-record-label.h"
#include "ch-store-directory.h"
#include "ch-store-shared.h"

#include <glib/gi18n-lib.h>

struct _ChConflictItem
{
  ChItem  parent_instance;

  char   *title;
  char   *field;
  char   *base;
  char   *local;
  char   *remote;
  gboolean is_removal;
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
  g_free (self->base);
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

/* The listing that would take much away at once, by the beginning of its scope. */
static const char *
get_listing_label (const char *scope)
{
  if (g_str_has_prefix (scope, "projects"))
    return _("Procore lists far fewer projects");
  if (g_str_has_prefix (scope, "vendors") || g_str_has_prefix (scope, "inactive-vendors"))
    return _("Procore lists far fewer subs");
  if (g_str_has_prefix (scope, "memberships"))
    return _("Procore lists far fewer subs on their projects");
  if (g_str_has_prefix (scope, "commitments"))
    return _("Procore lists far fewer commitments");

  return _("Procore lists far fewer insurance records");
}

/* A name that can't be looked up leaves the rest of the sentence standing. */
static char *
dup_listing_title (ChStore    *store,
                   const char *scope)
{
  const char *project_id = strchr (scope, '/');
  g_autoptr(ChProject) project = NULL;

  if (project_id != NULL)
    project = ch_store_get_project (store, g_ascii_strtoll (project_id + 1, NULL, 10), NULL);
  if (project == NULL)
    return g_strdup (get_listing_label (scope));

  return g_strdup_printf ("%s · %s", get_listing_label (scope), project->name);
}

/* A day as the user writes days; anything else as it is. */
static char *
dup_value (const char *value)
{
  ChDate date = value != NULL ? ch_date_from_iso (value) : CH_DATE_NONE;

  if (value == NULL || *value == '\0')
    return g_strdup (_("nothing"));

  return date != CH_DATE_NONE ? ch_format_date (date) : g_strdup (value);
}

static ChConflictItem *
make_item (ChStore          *store,
           const ChConflict *conflict)
{
  ChConflictItem *self = g_object_new (CH_TYPE_CONFLICT_ITEM, NULL);
  g_autoptr(ChSharedRecord) record = conflict->scope == NULL ? ch_store_get_shared (store, conflict->record_id, NULL) : NULL;

  ch_item_set_id (CH_ITEM (self), conflict->id);
  if (conflict->scope != NULL)
    self->title = dup_listing_title (store, conflict->scope);
  else if (record != NULL)
    self->title = ch_record_dup_title (store, record->kind, record->vendor_id, record->project_id);
  else
    self->title = g_strdup (_("A record"));
  self->field = ch_record_dup_field (conflict->field);
  self->is_removal = g_str_equal (conflict->field, CH_CONFLICT_REMOVAL);
  self->base = dup_value (conflict->base);
  self->local = dup_value (conflict->local);
  self->remote = dup_value (conflict->remote);

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

gboolean
ch_conflict_item_is_removal (ChConflictItem *self)
{
  g_return_val_if_fail (CH_IS_CONFLICT_ITEM (self), FALSE);

  return self->is_removal;
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

const char *
ch_conflict_item_get_base (ChConflictItem *self)
{
  g_return_val_if_fail (CH_IS_CONFLICT_ITEM (self), "");

  return self->base;
}
