#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include <inttypes.h>

#include "ch-requirement-overview.h"

#include "ch-store-carriers.h"
#include "ch-store-directory.h"

#include <glib/gi18n-lib.h>

static void
placed_set_free (gpointer data)
{
  ChPlacedSet *placed = data;

  g_free (placed->set_name);
  ch_requirement_assignment_free (placed->place);
  g_free (placed->label);
  g_free (placed);
}

void
ch_requirement_overview_free (ChRequirementOverview *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->sets, g_ptr_array_unref);
  g_clear_pointer (&self->placed, g_ptr_array_unref);
  g_free (self);
}

ChRequirementAssignment *
ch_requirement_place_copy (const ChRequirementAssignment *place)
{
  return ch_requirement_assignment_new (place->scope, place->trade, place->project_id, place->vendor_id,
                                        place->commitment_id);
}

gboolean
ch_requirement_place_equal (const ChRequirementAssignment *a,
                            const ChRequirementAssignment *b)
{
  if (a->scope != b->scope)
    return FALSE;

  switch (a->scope)
    {
    case CH_SCOPE_TRADE:
      return g_strcmp0 (a->trade, b->trade) == 0;
    case CH_SCOPE_PROJECT:
      return a->project_id == b->project_id;
    case CH_SCOPE_SUB_ON_PROJECT:
      return a->project_id == b->project_id && a->vendor_id == b->vendor_id;
    case CH_SCOPE_COMMITMENT:
      return a->commitment_id == b->commitment_id;
    case CH_SCOPE_COMPANY:
    default:
      return TRUE;
    }
}

static char *
dup_project_name (ChStore *store,
                  gint64   project_id)
{
  g_autoptr(ChProject) project = ch_store_get_project (store, project_id, NULL);

  return project != NULL ? g_strdup (project->name) : g_strdup_printf (_("Project %" PRId64), project_id);
}

static char *
dup_vendor_name (ChStore *store,
                 gint64   vendor_id)
{
  g_autoptr(ChVendor) vendor = ch_store_get_vendor (store, vendor_id, NULL);

  return vendor != NULL ? g_strdup (vendor->name) : g_strdup_printf (_("Sub %" PRId64), vendor_id);
}

static char *
dup_commitment_label (ChStore *store,
                      gint64   commitment_id)
{
  g_autoptr(GPtrArray) commitments = ch_store_list_commitments (store, 0, 0, NULL);

  for (guint i = 0; commitments != NULL && i < commitments->len; i++)
    {
      const ChCommitment *commitment = g_ptr_array_index (commitments, i);

      if (commitment->id == commitment_id)
        {
          g_autofree char *vendor = dup_vendor_name (store, commitment->vendor_id);
          g_autofree char *project = dup_project_name (store, commitment->project_id);

          return g_strdup_printf ("%s · %s · %s", commitment->number != NULL ? commitment->number : "", vendor, project);
        }
    }

  return g_strdup_printf (_("Contract %" PRId64), commitment_id);
}

/**
 * ch_requirement_place_dup_label:
 * @store: the store, for names
 * @place: where a requirement set holds
 *
 * Returns: (transfer full): the place, in words; a name that can't be looked up leaves its number
 */
char *
ch_requirement_place_dup_label (ChStore                       *store,
                                const ChRequirementAssignment *place)
{
  switch (place->scope)
    {
    case CH_SCOPE_TRADE:
      return g_strdup (place->trade);
    case CH_SCOPE_PROJECT:
      return dup_project_name (store, place->project_id);
    case CH_SCOPE_SUB_ON_PROJECT:
      {
        g_autofree char *vendor = dup_vendor_name (store, place->vendor_id);
        g_autofree char *project = dup_project_name (store, place->project_id);

        return g_strdup_printf ("%s · %s", vendor, project);
      }
    case CH_SCOPE_COMMITMENT:
      return dup_commitment_label (store, place->commitment_id);
    case CH_SCOPE_COMPANY:
    default:
      return g_strdup (_("Every sub"));
    }
}

static int
compare_placed (gconstpointer a,
                gconstpointer b)
{
  const ChPlacedSet *one = *(const ChPlacedSet * const *)a;
  const ChPlacedSet *other = *(const ChPlacedSet * const *)b;

  if (one->place->scope != other->place->scope)
    return one->place->scope < other->place->scope ? -1 : 1;

  return g_utf8_collate (one->label, other->label);
}

static void
add_places (ChRequirementOverview        *self,
            ChStore                      *store,
            const ChStoredRequirementSet *set)
{
  for (guint i = 0; i < set->assignments->len; i++)
    {
      const ChRequirementAssignment *place = g_ptr_array_index (set->assignments, i);
      ChPlacedSet *placed;

      if (place->scope == CH_SCOPE_COMPANY)
        {
          self->company_set = set->id;
          continue;
        }
      placed = g_new0 (ChPlacedSet, 1);
      placed->set_id = set->id;
      placed->set_name = g_strdup (set->name);
      placed->version = set->version;
      placed->place = ch_requirement_place_copy (place);
      placed->label = ch_requirement_place_dup_label (store, place);
      g_ptr_array_add (self->placed, placed);
    }
}

static gboolean
count_carriers (ChRequirementOverview  *self,
                ChStore                *store,
                GError                **error)
{
  g_autoptr(GPtrArray) carriers = NULL;

  self->carrier_version = ch_store_get_carrier_version (store, error);
  if (self->carrier_version <= 0)
    return self->carrier_version == 0;

  carriers = ch_store_list_carriers (store, self->carrier_version, error);
  if (carriers == NULL)
    return FALSE;
  self->n_carriers = carriers->len;

  return TRUE;
}

/**
 * ch_requirement_overview_load:
 * @desk: the desk, in its own thread
 * @data: unused
 * @cancellable: (nullable): ends it early
 * @error: why the store could not be read
 *
 * Returns: (transfer full) (nullable): a #ChRequirementOverview
 */
gpointer
ch_requirement_overview_load (ChDesk        *desk,
                              gpointer       data,
                              GCancellable  *cancellable,
                              GError       **error)
{
  ChStore *store = ch_desk_get_store (desk);
  ChRequirementOverview *self = g_new0 (ChRequirementOverview, 1);

  self->placed = g_ptr_array_new_with_free_func (placed_set_free);
  self->sets = ch_store_list_requirement_sets (store, error);
  if (self->sets == NULL || !count_carriers (self, store, error))
    {
      ch_requirement_overview_free (self);
      return NULL;
    }
  for (guint i = 0; i < self->sets->len; i++)
    add_places (self, store, g_ptr_array_index (self->sets, i));
  g_ptr_array_sort (self->placed, compare_placed);

  return self;
}
