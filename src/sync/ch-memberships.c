#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-memberships-private.h"

#include <glib/gi18n-lib.h>

/* A membership has no id: the two that it joins make one. */
static gint64
mix (const ChMembership *one)
{
  guint64 mixed = (guint64) one->vendor_id * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ (guint64) one->project_id;

  return (gint64) (mixed & G_MAXINT64);
}

static gboolean
has_id (const GArray *ids,
        gint64        id)
{
  guint i;

  for (i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == id)
        return TRUE;
    }
  return FALSE;
}

/* (transfer full) (element-type gint64 ChVendor): those whose projects were told */
static GHashTable *
index_vendors (GPtrArray *vendors)
{
  GHashTable *index = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint i;

  for (i = 0; i < vendors->len; i++)
    {
      ChVendor *vendor = g_ptr_array_index (vendors, i);

      if (vendor->has_project_ids)
        g_hash_table_insert (index, &vendor->id, vendor);
    }
  return index;
}

/* Which of the lost ones may go; (transfer full) (element-type gint64): mixed */
static GHashTable *
judge (ChRound      *round,
       const char   *scope,
       guint         n_known,
       const GArray *lost,
       GError      **error)
{
  g_autoptr (GArray) mixed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) gone = NULL;
  GHashTable *may_go;
  guint i;

  for (i = 0; i < lost->len; i++)
    {
      gint64 id = mix (&g_array_index (lost, ChMembership, i));

      g_array_append_val (mixed, id);
    }
  if (!_ch_removal_judge (round, scope, _ ("who works where"), n_known, mixed, &gone, error))
    return NULL;

  may_go = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (i = 0; i < gone->len; i++)
    g_hash_table_add (may_go, g_memdup2 (&g_array_index (gone, gint64, i), sizeof (gint64)));
  return may_go;
}

static void
keep (GHashTable         *kept,
      const ChMembership *one)
{
  GArray *projects = g_hash_table_lookup (kept, &one->vendor_id);

  if (projects == NULL)
    {
      projects = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (kept, g_memdup2 (&one->vendor_id, sizeof one->vendor_id), projects);
    }
  g_array_append_val (projects, one->project_id);
}

/*< private > */
GHashTable *
_ch_memberships_kept_by_vendor (ChRound   *round,
                                GPtrArray *vendors,
                                GError   **error)
{
  g_autoptr (GArray) known = ch_store_list_memberships (round->store, error);
  g_autoptr (GHashTable) listed = index_vendors (vendors);
  g_autoptr (GArray) lost = g_array_new (FALSE, FALSE, sizeof (ChMembership));
  g_autoptr (GHashTable) may_go = NULL;
  GHashTable *kept;
  guint i;

  if (known == NULL)
    return NULL;

  for (i = 0; i < known->len; i++)
    {
      const ChMembership *one = &g_array_index (known, ChMembership, i);
      const ChVendor *vendor = g_hash_table_lookup (listed, &one->vendor_id);

      if (vendor != NULL && !has_id (vendor->project_ids, one->project_id))
        g_array_append_val (lost, *one);
    }
  may_go = judge (round, CH_REMOVAL_MEMBERSHIPS, known->len, lost, error);
  if (may_go == NULL)
    return NULL;

  kept = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
  for (i = 0; i < lost->len; i++)
    {
      const ChMembership *one = &g_array_index (lost, ChMembership, i);
      gint64 id = mix (one);

      if (!g_hash_table_contains (may_go, &id))
        keep (kept, one);
    }
  return kept;
}

/*< private > */
gboolean
_ch_memberships_keep_on_project (ChRound *round,
                                 gint64   project_id,
                                 GArray  *vendor_ids,
                                 GError **error)
{
  g_autoptr (GPtrArray) known = ch_store_list_project_vendors (round->store, project_id, error);
  g_autoptr (GArray) lost = g_array_new (FALSE, FALSE, sizeof (ChMembership));
  g_autofree char *scope = g_strdup_printf ("memberships/%" G_GINT64_FORMAT, project_id);
  g_autoptr (GHashTable) may_go = NULL;
  guint i;

  if (known == NULL)
    return FALSE;

  for (i = 0; i < known->len; i++)
    {
      ChMembership one = { ((const ChVendor *) g_ptr_array_index (known, i))->id, project_id };

      if (!has_id (vendor_ids, one.vendor_id))
        g_array_append_val (lost, one);
    }
  may_go = judge (round, scope, known->len, lost, error);
  if (may_go == NULL)
    return FALSE;

  for (i = 0; i < lost->len; i++)
    {
      const ChMembership *one = &g_array_index (lost, ChMembership, i);
      gint64 id = mix (one);

      if (!g_hash_table_contains (may_go, &id))
        g_array_append_val (vendor_ids, one->vendor_id);
    }
  return TRUE;
}
