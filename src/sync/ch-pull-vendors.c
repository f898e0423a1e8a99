#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-session-private.h"

#include <glib/gi18n-lib.h>

/* More than this many changed vendors are judged all at once. */
#define MANY 50

typedef struct {
  ChRound    *round;
  GHashTable *listed;        /* (element-type gint64) */
  GHashTable *projects;      /* (element-type gint64): those that we know */
  GHashTable *changed;       /* (element-type gint64): vendors to judge */
  GArray     *touched;       /* (element-type gint64): projects whose vendors changed */
  gboolean    has_projects;  /* whether the view carries memberships */
} Taking;

static GHashTable *
load_project_ids (ChStore *store,
                  GError **error)
{
  g_autoptr (GPtrArray) projects = ch_store_list_projects (store, FALSE, error);
  GHashTable *ids;
  guint i;

  if (projects == NULL)
    return NULL;

  ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (i = 0; i < projects->len; i++)
    g_hash_table_add (ids, g_memdup2 (&((ChProject *) g_ptr_array_index (projects, i))->id, sizeof (gint64)));
  return ids;
}

static void
note_changed (Taking *taking,
              gint64  vendor_id)
{
  g_hash_table_add (taking->changed, g_memdup2 (&vendor_id, sizeof vendor_id));
}

/* A project that was started between two lists is not known yet; its membership comes with the next round. */
static gboolean
take_memberships (Taking         *taking,
                  const ChVendor *vendor,
                  GError        **error)
{
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint i;

  for (i = 0; i < vendor->project_ids->len; i++)
    {
      gint64 id = g_array_index (vendor->project_ids, gint64, i);

      if (g_hash_table_contains (taking->projects, &id))
        g_array_append_val (known, id);
    }
  if (!ch_store_set_vendor_projects (taking->round->store, vendor->id, known, changed, error))
    return FALSE;

  if (changed->len > 0)
    {
      taking->round->summary->pulled_assignments += changed->len;
      g_array_append_vals (taking->touched, changed->data, changed->len);
      note_changed (taking, vendor->id);
    }
  return TRUE;
}

static gboolean
take_vendors (Taking    *taking,
              GPtrArray *vendors,
              GError   **error)
{
  guint i;

  for (i = 0; i < vendors->len; i++)
    {
      const ChVendor *vendor = g_ptr_array_index (vendors, i);
      gboolean changed = FALSE;

      g_hash_table_add (taking->listed, g_memdup2 (&vendor->id, sizeof vendor->id));
      if (!ch_store_put_vendor (taking->round->store, vendor, &changed, error))
        return FALSE;
      if (changed)
        {
          taking->round->summary->pulled_subs++;
          note_changed (taking, vendor->id);
        }
      if (vendor->has_project_ids)
        {
          taking->has_projects = TRUE;
          if (!take_memberships (taking, vendor, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
remove_vendors (Taking  *taking,
                GError **error)
{
  g_autoptr (GPtrArray) known = ch_store_list_vendors (taking->round->store, error);
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint i;

  if (known == NULL)
    return FALSE;

  for (i = 0; i < known->len; i++)
    {
      const ChVendor *vendor = g_ptr_array_index (known, i);

      if (!g_hash_table_contains (taking->listed, &vendor->id))
        g_array_append_val (missing, vendor->id);
    }
  if (_ch_is_mass_removal (taking->round, _ ("company directory"), known->len, missing->len))
    return TRUE;

  for (i = 0; i < missing->len; i++)
    {
      gint64 id = g_array_index (missing, gint64, i);
      g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (gint64));

      if (!ch_store_set_vendor_projects (taking->round->store, id, none, left, error)
          || !ch_store_mark_vendor_gone (taking->round->store, id, error))
        return FALSE;
      g_array_append_vals (taking->touched, left->data, left->len);
      note_changed (taking, id);
    }
  return TRUE;
}

static gboolean
judge_changed (Taking  *taking,
               GError **error)
{
  GHashTableIter iter;
  gpointer id;

  if (g_hash_table_size (taking->changed) > MANY)
    return ch_desk_judge (taking->round->desk, 0, 0, NULL, error);

  g_hash_table_iter_init (&iter, taking->changed);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (!ch_desk_judge (taking->round->desk, 0, *(gint64 *) id, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_all (Taking    *taking,
          GPtrArray *active,
          GPtrArray *inactive,
          GError   **error)
{
  if (!take_vendors (taking, active, error) || !take_vendors (taking, inactive, error) || !remove_vendors (taking, error))
    return FALSE;
  return judge_changed (taking, error);
}

/* Where the company list does not say who works where, each active project is asked. */
static gboolean
pull_memberships (ChRound *round,
                  GError **error)
{
  g_autoptr (GPtrArray) projects = ch_store_list_projects (round->store, TRUE, error);
  guint i;

  for (i = 0; projects != NULL && i < projects->len; i++)
    {
      const ChProject *project = g_ptr_array_index (projects, i);
      g_autoptr (GArray) ids = ch_procore_list_project_vendor_ids (round->procore, project->id, round->cancellable, error);
      g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
      gboolean ok;

      if (ids == NULL || !_ch_round_begin (round, error))
        return FALSE;
      ok = ch_store_set_project_vendors (round->store, project->id, ids, changed, error);
      round->summary->pulled_assignments += changed->len;
      if (ok && changed->len > 0)
        ok = ch_desk_judge (round->desk, project->id, 0, NULL, error);
      if (!_ch_round_end (round, ok, error))
        return FALSE;
    }
  return projects != NULL;
}

/*< private > */
gboolean
_ch_pull_vendors (ChRound *round,
                  GError **error)
{
  g_autoptr (GPtrArray) active = NULL;
  g_autoptr (GPtrArray) inactive = NULL;
  g_autoptr (GHashTable) listed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) projects = NULL;
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (gint64));
  Taking taking = { .round = round, .listed = listed, .changed = changed, .touched = touched };

  active = ch_procore_list_vendors (round->procore, 0, round->cancellable, error);
  inactive = active != NULL ? ch_procore_list_inactive_vendors (round->procore, round->cancellable, error) : NULL;
  projects = inactive != NULL ? load_project_ids (round->store, error) : NULL;
  if (projects == NULL)
    return FALSE;

  taking.projects = projects;
  if (!_ch_round_begin (round, error) || !_ch_round_end (round, take_all (&taking, active, inactive, error), error))
    return FALSE;
  return taking.has_projects || active->len == 0 || pull_memberships (round, error);
}
