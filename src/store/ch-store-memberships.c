#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-store-directory.h"
#include "ch-store-private.h"

/* Who works where: pairs of a vendor and a project, set whole from either side. */

/* (element-type gint64), in order */
static GArray *
list_ids (ChStore     *self,
          const char  *statement,
          gint64       id,
          GError     **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(ChQuery) query = _ch_store_query (self, statement);

  _ch_query_bind_integer (query, id);
  while (_ch_query_next (query))
    {
      gint64 found = _ch_query_get_integer (query, 0);

      g_array_append_val (ids, found);
    }

  return _ch_query_finish (query, error) ? g_steal_pointer (&ids) : NULL;
}

static gboolean
change_membership (ChStore     *self,
                   const char  *statement,
                   gint64       vendor_id,
                   gint64       project_id,
                   GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (self, statement);

  _ch_query_bind_integer (query, vendor_id);
  _ch_query_bind_integer (query, project_id);
  if (!_ch_query_run (query, error))
    return FALSE;
  _ch_store_note (self, CH_KIND_MEMBERSHIP, project_id);

  return TRUE;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

/* What is in @wanted and not in @known (both in order). A wanted one may stand there twice. */
static void
append_difference (GArray *wanted,
                   GArray *known,
                   GArray *difference)
{
  guint k = 0;

  for (guint i = 0; i < wanted->len; i++)
    {
      gint64 id = g_array_index (wanted, gint64, i);

      if (i > 0 && g_array_index (wanted, gint64, i - 1) == id)
        continue;
      while (k < known->len && g_array_index (known, gint64, k) < id)
        k++;
      if (k == known->len || g_array_index (known, gint64, k) != id)
        g_array_append_val (difference, id);
    }
}

static gboolean
change_all (ChStore     *self,
            const char  *statement,
            gint64       id,
            gboolean     is_vendor,
            GArray      *others,
            GError     **error)
{
  for (guint i = 0; i < others->len; i++)
    {
      gint64 other = g_array_index (others, gint64, i);

      if (!change_membership (self, statement, is_vendor ? id : other, is_vendor ? other : id, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
set_members (ChStore   *self,
             gint64     id,
             gboolean   is_vendor,
             GArray    *ids,
             GArray    *changed,
             GError   **error)
{
  g_autoptr(GArray) wanted = g_array_copy (ids);
  g_autoptr(GArray) come = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) left = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) known = NULL;

  known = list_ids (self, is_vendor ? "list-memberships-of-vendor" : "list-memberships-of-project", id, error);
  if (known == NULL)
    return FALSE;

  g_array_sort (wanted, compare_ids);
  append_difference (wanted, known, come);
  append_difference (known, wanted, left);
  if (!change_all (self, "add-membership", id, is_vendor, come, error) ||
      !change_all (self, "delete-membership", id, is_vendor, left, error))
    return FALSE;

  if (changed != NULL && come->len > 0)
    g_array_append_vals (changed, come->data, come->len);
  if (changed != NULL && left->len > 0)
    g_array_append_vals (changed, left->data, left->len);

  return TRUE;
}

/**
 * ch_store_set_vendor_projects:
 * @project_ids: (element-type gint64): all projects on which the vendor works
 * @changed_projects: (nullable) (element-type gint64): gets those that came, then those that went
 *
 * Returns: %FALSE with %CH_STORE_ERROR_INVALID, and nothing changed, where the vendor or a project is not known: put
 *   those first
 */
gboolean
ch_store_set_vendor_projects (ChStore  *self,
                              gint64    vendor_id,
                              GArray   *project_ids,
                              GArray   *changed_projects,
                              GError  **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (project_ids != NULL, FALSE);

  if (!_ch_store_begin_step (self, error))
    return FALSE;

  return _ch_store_end_step (self, set_members (self, vendor_id, TRUE, project_ids, changed_projects, error), error);
}

/**
 * ch_store_set_project_vendors:
 * @vendor_ids: (element-type gint64): all vendors that work on the project
 * @changed_vendors: (nullable) (element-type gint64): gets those that came, then those that went
 *
 * Returns: %FALSE with %CH_STORE_ERROR_INVALID, and nothing changed, where the project or a vendor is not known: put
 *   those first
 */
gboolean
ch_store_set_project_vendors (ChStore  *self,
                              gint64    project_id,
                              GArray   *vendor_ids,
                              GArray   *changed_vendors,
                              GError  **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (self), FALSE);
  g_return_val_if_fail (vendor_ids != NULL, FALSE);

  if (!_ch_store_begin_step (self, error))
    return FALSE;

  return _ch_store_end_step (self, set_members (self, project_id, FALSE, vendor_ids, changed_vendors, error), error);
}

/**
 * ch_store_list_vendor_projects:
 *
 * Returns: (transfer full) (element-type gint64): the projects on which the vendor works, without those that are gone
 */
GArray *
ch_store_list_vendor_projects (ChStore  *self,
                               gint64    vendor_id,
                               GError  **error)
{
  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  return list_ids (self, "list-vendor-projects", vendor_id, error);
}

/**
 * ch_store_list_memberships:
 *
 * Returns: (transfer full) (element-type ChMembership): who works where, on projects that are not gone, by vendor
 */
GArray *
ch_store_list_memberships (ChStore  *self,
                           GError  **error)
{
  g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof (ChMembership));
  g_autoptr(ChQuery) query = NULL;

  g_return_val_if_fail (CH_IS_STORE (self), NULL);

  query = _ch_store_query (self, "list-memberships");
  while (_ch_query_next (query))
    {
      ChMembership one = { _ch_query_get_integer (query, 0), _ch_query_get_integer (query, 1) };

      g_array_append_val (all, one);
    }

  return _ch_query_finish (query, error) ? g_steal_pointer (&all) : NULL;
}
