#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-assign-choice.h"

#include "ch-store-directory.h"
#include "ch-store-requirements.h"

static void
assign_choice_free (gpointer data)
{
  ChAssignChoice *choice = data;

  g_free (choice->label);
  g_free (choice);
}

static void
add (GPtrArray *choices,
     gint64     id,
     char      *label)
{
  ChAssignChoice *choice = g_new0 (ChAssignChoice, 1);

  choice->id = id;
  choice->label = label;
  g_ptr_array_add (choices, choice);
}

static int
compare_labels (gconstpointer a,
                gconstpointer b)
{
  const ChAssignChoice *one = *(const ChAssignChoice * const *)a;
  const ChAssignChoice *other = *(const ChAssignChoice * const *)b;

  return g_utf8_collate (one->label, other->label);
}

static gboolean
add_sets (GPtrArray  *choices,
          ChStore    *store,
          GError    **error)
{
  g_autoptr(GPtrArray) sets = ch_store_list_requirement_sets (store, error);

  for (guint i = 0; sets != NULL && i < sets->len; i++)
    {
      const ChStoredRequirementSet *set = g_ptr_array_index (sets, i);

      add (choices, set->id, g_strdup (set->name));
    }

  return sets != NULL;
}

static gboolean
add_trades (GPtrArray  *choices,
            ChStore    *store,
            GError    **error)
{
  g_autoptr(GPtrArray) vendors = ch_store_list_vendors (store, error);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; vendors != NULL && i < vendors->len; i++)
    {
      const ChVendor *vendor = g_ptr_array_index (vendors, i);

      for (guint t = 0; t < vendor->trades->len; t++)
        {
          char *trade = g_ptr_array_index (vendor->trades, t);

          if (g_hash_table_add (seen, trade))
            add (choices, 0, g_strdup (trade));
        }
    }

  return vendors != NULL;
}

static gboolean
add_projects (GPtrArray  *choices,
              ChStore    *store,
              GError    **error)
{
  g_autoptr(GPtrArray) projects = ch_store_list_projects (store, TRUE, error);

  for (guint i = 0; projects != NULL && i < projects->len; i++)
    {
      const ChProject *project = g_ptr_array_index (projects, i);

      add (choices, project->id, g_strdup (project->name));
    }

  return projects != NULL;
}

static gboolean
add_subs (GPtrArray  *choices,
          ChStore    *store,
          gint64      project_id,
          GError    **error)
{
  g_autoptr(GPtrArray) vendors = ch_store_list_project_vendors (store, project_id, error);

  for (guint i = 0; vendors != NULL && i < vendors->len; i++)
    {
      const ChVendor *vendor = g_ptr_array_index (vendors, i);

      add (choices, vendor->id, g_strdup (vendor->name));
    }

  return vendors != NULL;
}

static gboolean
add_contracts (GPtrArray  *choices,
               ChStore    *store,
               gint64      project_id,
               GError    **error)
{
  g_autoptr(GPtrArray) commitments = ch_store_list_commitments (store, project_id, 0, error);

  for (guint i = 0; commitments != NULL && i < commitments->len; i++)
    {
      const ChCommitment *commitment = g_ptr_array_index (commitments, i);
      g_autoptr(ChVendor) vendor = ch_store_get_vendor (store, commitment->vendor_id, NULL);
      const char *number = commitment->number != NULL ? commitment->number : commitment->title;

      add (choices, commitment->id, g_strdup_printf ("%s · %s", number != NULL ? number : "",
                                                     vendor != NULL ? vendor->name : ""));
    }

  return commitments != NULL;
}

/**
 * ch_assign_choices_load:
 * @desk: the desk, in its own thread
 * @data: a #ChAssignRequest
 * @cancellable: (nullable): ends it early
 * @error: why the store could not be read
 *
 * Returns: (transfer full) (nullable) (element-type ChAssignChoice): what there is to choose from, by label
 */
gpointer
ch_assign_choices_load (ChDesk        *desk,
                        gpointer       data,
                        GCancellable  *cancellable,
                        GError       **error)
{
  const ChAssignRequest *request = data;
  ChStore *store = ch_desk_get_store (desk);
  g_autoptr(GPtrArray) choices = g_ptr_array_new_with_free_func (assign_choice_free);
  gboolean is_done = FALSE;

  switch (request->kind)
    {
    case CH_CHOICE_SET:
      is_done = add_sets (choices, store, error);
      break;
    case CH_CHOICE_TRADE:
      is_done = add_trades (choices, store, error);
      break;
    case CH_CHOICE_PROJECT:
      is_done = add_projects (choices, store, error);
      break;
    case CH_CHOICE_SUB:
      is_done = add_subs (choices, store, request->project_id, error);
      break;
    case CH_CHOICE_CONTRACT:
    default:
      is_done = add_contracts (choices, store, request->project_id, error);
      break;
    }
  if (!is_done)
    return NULL;

  g_ptr_array_sort (choices, compare_labels);
  return g_steal_pointer (&choices);
}
