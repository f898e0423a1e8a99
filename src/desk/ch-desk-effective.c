#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>

#include "ch-desk-effective.h"
#include "ch-desk-private.h"
#include "ch-desk-view-private.h"
#include "ch-interchange.h"
#include "ch-store-requirements.h"

void
ch_effective_requirements_free (ChEffectiveRequirements *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->set, ch_requirement_set_free);
  g_free (self->stage_category);
  g_free (self);
}

static GPtrArray *
list_sources (GPtrArray *layers)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_requirement_source_free);

  for (guint i = 0; i < layers->len; i++)
    {
      const ChStoredRequirementSet *layer = g_ptr_array_index (layers, i);
      g_autofree char *scope = _ch_requirement_place_dup_name (g_ptr_array_index (layer->assignments, 0));

      g_ptr_array_add (sources, ch_requirement_source_new (layer->uuid, layer->name, layer->version, scope));
    }

  return sources;
}

static ChEffectiveRequirements *
get_effective (ChDesk  *self,
               gint64   project_id,
               gint64   vendor_id,
               gint64   commitment_id,
               GError **error)
{
  g_autoptr(ChEffectiveRequirements) effective = NULL;
  g_autoptr(ChVendor) vendor = _ch_desk_get_vendor (self, vendor_id, error);
  g_autoptr(ChDeskView) view = vendor != NULL ? _ch_desk_view_new (self, error) : NULL;
  g_autoptr(GPtrArray) layers = NULL;
  g_autoptr(GPtrArray) sets = NULL;
  ChProjectView *project;
  gboolean watch = TRUE;

  if (view == NULL)
    return NULL;
  project = _ch_desk_view_get_watched_project (view, project_id);
  if (project == NULL)
    {
      g_set_error (error, CH_DESK_ERROR, CH_DESK_ERROR_NOT_FOUND,
                   _("there is no project %" PRId64 " on which anything is asked"), project_id);
      return NULL;
    }
  layers = ch_store_list_requirement_layers (view->store, project_id, vendor_id, commitment_id, error);
  if (layers == NULL || (project->is_closed && !_ch_desk_view_layers_watch (view, layers, &watch, error)))
    return NULL;
  if (!watch)
    g_ptr_array_set_size (layers, 0);
  sets = _ch_desk_view_merge_layers (view, layers, project->stage_category, error);
  if (sets == NULL)
    return NULL;

  effective = g_new0 (ChEffectiveRequirements, 1);
  effective->project_id = project_id;
  effective->vendor_id = vendor_id;
  effective->commitment_id = commitment_id;
  effective->stage_category = g_strdup (project->stage_category);
  effective->sources = list_sources (layers);
  effective->set = ch_requirement_set_copy (g_ptr_array_index (sets, 0));
  /* The name of one of the layers. */
  g_clear_pointer (&effective->set->name, g_free);

  return g_steal_pointer (&effective);
}

/**
 * ch_desk_get_effective_requirements:
 * @project_id: an active project, or one that was closed out
 *
 * Returns: (transfer full): what is asked of the sub on the project today, whether it is on it yet or not; empty where
 *   no requirement set reaches it
 */
ChEffectiveRequirements *
ch_desk_get_effective_requirements (ChDesk  *self,
                                    gint64   project_id,
                                    gint64   vendor_id,
                                    GError **error)
{
  g_return_val_if_fail (CH_IS_DESK (self), NULL);

  return get_effective (self, project_id, vendor_id, 0, error);
}

/**
 * ch_desk_get_commitment_requirements:
 *
 * Returns: (transfer full): what is asked under this commitment
 */
ChEffectiveRequirements *
ch_desk_get_commitment_requirements (ChDesk  *self,
                                     gint64   commitment_id,
                                     GError **error)
{
  const ChRequirementAssignment place = { CH_SCOPE_COMMITMENT, NULL, 0, 0, commitment_id };
  gint64 project_id, vendor_id;

  g_return_val_if_fail (CH_IS_DESK (self), NULL);

  if (!_ch_requirement_place_find_pair (self, &place, &project_id, &vendor_id, error))
    return NULL;

  return get_effective (self, project_id, vendor_id, commitment_id, error);
}
