#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-certificate-facts.h"

#include "ch-store-directory.h"

void
ch_certificate_facts_free (ChCertificateFacts *self)
{
  g_clear_pointer (&self->preview, g_ptr_array_unref);
  g_clear_pointer (&self->corrections, g_ptr_array_unref);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_pointer (&self->projects, g_ptr_array_unref);
  g_free (self);
}

static GPtrArray *
list_projects (ChStore *store,
               gint64   vendor_id)
{
  g_autoptr(GArray) ids = ch_store_list_vendor_projects (store, vendor_id, NULL);
  GPtrArray *projects = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_project_free);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      ChProject *project = ch_store_get_project (store, g_array_index (ids, gint64, i), NULL);

      if (project != NULL)
        g_ptr_array_add (projects, project);
    }

  return projects;
}

/* Of the proposals that were kept with it, those that are subs. */
static GPtrArray *
list_candidates (ChStore *store,
                 gint64   certificate_id)
{
  g_autoptr(GPtrArray) kept = ch_match_list_kept (store, certificate_id, NULL);
  GPtrArray *candidates = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_match_free);
  guint i = 0;

  while (kept != NULL && i < kept->len)
    {
      if (((ChMatch *)g_ptr_array_index (kept, i))->vendor_id != 0)
        g_ptr_array_add (candidates, g_ptr_array_steal_index (kept, i));
      else
        i++;
    }

  return candidates;
}

/**
 * ch_certificate_facts_load:
 * @desk: the desk, in its own thread
 * @data: points to the certificate's id
 * @cancellable: (nullable): ends it early
 * @error: why the store could not be read
 *
 * Returns: (transfer full) (nullable): a #ChCertificateFacts
 */
gpointer
ch_certificate_facts_load (ChDesk        *desk,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  gint64 id = *(const gint64 *)data;
  ChStore *store = ch_desk_get_store (desk);
  g_autoptr(ChFiledCertificate) filed = ch_store_get_certificate (store, id, error);
  g_autoptr(ChCertificateFacts) self = NULL;

  if (filed == NULL)
    return NULL;

  self = g_new0 (ChCertificateFacts, 1);
  self->corrections = ch_correction_list (store, id, error);
  if (self->corrections == NULL)
    return NULL;
  self->candidates = list_candidates (store, id);
  self->projects = list_projects (store, filed->vendor_id);
  if (filed->vendor_id != 0)
    self->preview = ch_desk_preview_approval (desk, id, NULL);

  return g_steal_pointer (&self);
}
