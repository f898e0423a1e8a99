#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-procore-private.h"
#include "ch-procore.h"

/* Whether a list may be read, by a page of one element. */

static char *
make_path (ChProcore *self,
           ChProbe    what,
           gint64     project_id)
{
  gint64 company_id = ch_procore_get_company_id (self);

  switch (what)
    {
    case CH_PROBE_VENDORS:
      return g_strdup_printf ("/rest/v1.0/vendors?company_id=%" G_GINT64_FORMAT, company_id);
    case CH_PROBE_COMPANY_INSURANCES:
      return g_strdup_printf ("/rest/v1.0/companies/%" G_GINT64_FORMAT "/insurances", company_id);
    case CH_PROBE_PROJECT_INSURANCES:
      return g_strdup_printf ("/rest/v1.0/projects/%" G_GINT64_FORMAT "/insurances", project_id);
    case CH_PROBE_COMMITMENTS:
      return g_strdup_printf ("/rest/v1.0/commitments?project_id=%" G_GINT64_FORMAT, project_id);
    case CH_PROBE_LINKS:
    default:
      return g_strdup_printf ("/rest/v2.0/companies/%" G_GINT64_FORMAT "/projects/%" G_GINT64_FORMAT "/links", company_id,
                              project_id);
    }
}

static gpointer
take_nothing (JsonObject *object,
              gpointer    user_data)
{
  return NULL;
}

/**
 * ch_procore_probe:
 * @self: the API
 * @what: which list
 * @project_id: of which project; 0 for the company's
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Costs one request, whatever the list's length.
 *
 * Returns: whether the list may be read
 */
gboolean
ch_procore_probe (ChProcore    *self,
                  ChProbe       what,
                  gint64        project_id,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) nothing = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), FALSE);

  path = make_path (self, what, project_id);
  nothing = _ch_procore_list_first (self, path, 1, take_nothing, NULL, NULL, cancellable, error);
  return nothing != NULL;
}
