#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-project-sub-item.h"

#include "ch-store-directory.h"
#include "ch-store-verdicts.h"

#include <glib/gi18n-lib.h>

struct _ChProjectSubItem
{
  ChItem    parent_instance;

  char     *name;
  char     *search;
  char     *reasons;
  GString  *commitments;
  ChStatus  status;
  ChDate    changes_on;
};

G_DEFINE_FINAL_TYPE (ChProjectSubItem, ch_project_sub_item, CH_TYPE_ITEM)

static gboolean
ch_project_sub_item_equal (ChItem *a,
                           ChItem *b)
{
  ChProjectSubItem *one = (ChProjectSubItem *)a;
  ChProjectSubItem *other = (ChProjectSubItem *)b;

  return one->status == other->status && one->changes_on == other->changes_on && g_str_equal (one->name, other->name)
         && g_str_equal (one->reasons, other->reasons) && g_string_equal (one->commitments, other->commitments);
}

static void
ch_project_sub_item_finalize (GObject *object)
{
  ChProjectSubItem *self = (ChProjectSubItem *)object;

  g_free (self->name);
  g_free (self->search);
  g_free (self->reasons);
  g_string_free (self->commitments, TRUE);

  G_OBJECT_CLASS (ch_project_sub_item_parent_class)->finalize (object);
}

static void
ch_project_sub_item_class_init (ChProjectSubItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_project_sub_item_finalize;
  CH_ITEM_CLASS (klass)->equal = ch_project_sub_item_equal;
}

static void
ch_project_sub_item_init (ChProjectSubItem *self)
{
  self->status = CH_STATUS_NOT_REQUIRED;
  self->changes_on = CH_DATE_NONE;
  self->reasons = g_strdup ("");
  self->commitments = g_string_new (NULL);
}

static ChProjectSubItem *
make_item (const ChVendor *vendor)
{
  ChProjectSubItem *self = g_object_new (CH_TYPE_PROJECT_SUB_ITEM, NULL);
  g_autofree char *text = NULL;

  ch_item_set_id (CH_ITEM (self), vendor->id);
  self->name = g_strdup (vendor->name != NULL ? vendor->name : "");
  ch_item_set_sort_name (CH_ITEM (self), self->name);
  text = g_strjoin (" ", self->name, vendor->legal_name != NULL ? vendor->legal_name : "",
                    vendor->trade_name != NULL ? vendor->trade_name : "", NULL);
  self->search = ch_item_fold (text);

  return self;
}

/* The first open finding, and how many more there are. */
static char *
describe_findings (GPtrArray *findings)
{
  const char *first = NULL;
  guint n_open = 0;

  for (guint i = 0; i < findings->len; i++)
    {
      const ChFinding *finding = g_ptr_array_index (findings, i);

      if (finding->waived)
        continue;
      if (first == NULL)
        first = finding->text;
      n_open++;
    }
  if (first == NULL)
    return g_strdup ("");
  if (n_open == 1)
    return g_strdup (first);

  /* Translators: the first of several reasons, and how many more there are */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s (and %u more)", "%s (and %u more)", n_open - 1), first,
                          n_open - 1);
}

static void
add_verdict (ChProjectSubItem      *self,
             const ChStoredVerdict *verdict)
{
  self->status = verdict->status;
  self->changes_on = verdict->verdict->changes_on;
  g_free (self->reasons);
  self->reasons = describe_findings (verdict->verdict->findings);
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  ChProjectSubItem *one = *(ChProjectSubItem * const *)a;
  ChProjectSubItem *other = *(ChProjectSubItem * const *)b;
  int order = ch_status_compare (other->status, one->status);

  return order != 0 ? order : ch_item_compare_names (CH_ITEM (one), CH_ITEM (other));
}

static void
add_commitment (ChProjectSubItem   *self,
                const ChCommitment *commitment)
{
  const char *number = commitment->number != NULL ? commitment->number : commitment->title;

  if (number != NULL)
    g_string_append_printf (self->commitments, "%s%s", self->commitments->len > 0 ? ", " : "", number);
}

static gboolean
add_facts (ChStore     *store,
           gint64       project_id,
           GHashTable  *by_id,
           GError     **error)
{
  g_autoptr(GPtrArray) verdicts = ch_store_list_verdicts (store, project_id, 0, 0, error);
  g_autoptr(GPtrArray) commitments = NULL;

  if (verdicts == NULL)
    return FALSE;
  commitments = ch_store_list_commitments (store, project_id, 0, error);
  if (commitments == NULL)
    return FALSE;

  for (guint i = 0; i < verdicts->len; i++)
    {
      const ChStoredVerdict *verdict = g_ptr_array_index (verdicts, i);
      ChProjectSubItem *item = g_hash_table_lookup (by_id, &verdict->vendor_id);

      if (item != NULL)
        add_verdict (item, verdict);
    }
  for (guint i = 0; i < commitments->len; i++)
    {
      const ChCommitment *commitment = g_ptr_array_index (commitments, i);
      ChProjectSubItem *item = g_hash_table_lookup (by_id, &commitment->vendor_id);

      if (item != NULL)
        add_commitment (item, commitment);
    }

  return TRUE;
}

/**
 * ch_project_sub_items_load:
 * @desk: the desk, in its own thread
 * @data: points to the project's id
 * @cancellable: (nullable): ends it early
 * @error: why the store could not be read
 *
 * Returns: (transfer full) (nullable) (element-type ChProjectSubItem): the project's subs, worst first, then by name
 */
gpointer
ch_project_sub_items_load (ChDesk        *desk,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  gint64 project_id = *(const gint64 *)data;
  ChStore *store = ch_desk_get_store (desk);
  g_autoptr(GPtrArray) vendors = ch_store_list_project_vendors (store, project_id, error);
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(GPtrArray) items = NULL;

  if (vendors == NULL)
    return NULL;

  items = g_ptr_array_new_full (vendors->len, g_object_unref);
  for (guint i = 0; i < vendors->len; i++)
    {
      const ChVendor *vendor = g_ptr_array_index (vendors, i);
      ChProjectSubItem *item = make_item (vendor);

      g_ptr_array_add (items, item);
      g_hash_table_insert (by_id, (gpointer)ch_item_get_id_address (CH_ITEM (item)), item);
    }
  if (!add_facts (store, project_id, by_id, error))
    return NULL;
  g_ptr_array_sort (items, compare_items);

  return g_steal_pointer (&items);
}

const char *
ch_project_sub_item_get_name (ChProjectSubItem *self)
{
  g_return_val_if_fail (CH_IS_PROJECT_SUB_ITEM (self), "");

  return self->name;
}

const char *
ch_project_sub_item_get_search (ChProjectSubItem *self)
{
  g_return_val_if_fail (CH_IS_PROJECT_SUB_ITEM (self), "");

  return self->search;
}

const char *
ch_project_sub_item_get_reasons (ChProjectSubItem *self)
{
  g_return_val_if_fail (CH_IS_PROJECT_SUB_ITEM (self), "");

  return self->reasons;
}

const char *
ch_project_sub_item_get_commitments (ChProjectSubItem *self)
{
  g_return_val_if_fail (CH_IS_PROJECT_SUB_ITEM (self), "");

  return self->commitments->str;
}

ChStatus
ch_project_sub_item_get_status (ChProjectSubItem *self)
{
  g_return_val_if_fail (CH_IS_PROJECT_SUB_ITEM (self), CH_STATUS_NOT_REQUIRED);

  return self->status;
}

ChDate
ch_project_sub_item_get_changes_on (ChProjectSubItem *self)
{
  g_return_val_if_fail (CH_IS_PROJECT_SUB_ITEM (self), CH_DATE_NONE);

  return self->changes_on;
}
