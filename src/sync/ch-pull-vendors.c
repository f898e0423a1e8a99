#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-matching.h"
#include "ch-memberships-private.h"

#include <glib/gi18n-lib.h>

/* More than this many changed vendors are judged all at once. */
#define MANY 50

/* filters[id][] of a request; longer queries are refused by some proxies */
#define IDS_PER_REQUEST 100

typedef struct {
  ChRound    *round;
  GHashTable *listed;        /* (element-type gint64) */
  GHashTable *projects;      /* (element-type gint64): those that we know */
  GHashTable *changed;       /* (element-type gint64): vendors to judge */
  GHashTable *kept;          /* (nullable) (element-type gint64 GArray): projects on which vendors stay although unlisted */
  const char *scope;         /* of whole lists: of what activity; see ch-removal.h */
  gint64      latest;        /* the latest updated_at seen, Unix seconds */
  gint64      before;        /* the position that they were asked from, 0 for whole lists */
  gint64      began;         /* when its reading began, Unix microseconds */
  gboolean    tells_changes; /* it shows all active ones that have changed */
  gboolean    has_projects;  /* whether the view carries memberships */
} Taking;

static void
taking_clear (Taking *self)
{
  g_clear_pointer (&self->listed, g_hash_table_unref);
  g_clear_pointer (&self->projects, g_hash_table_unref);
  g_clear_pointer (&self->changed, g_hash_table_unref);
  g_clear_pointer (&self->kept, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Taking, taking_clear)

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
  const GArray *kept;
  guint i;

  taking->has_projects = TRUE;
  for (i = 0; i < vendor->project_ids->len; i++)
    {
      gint64 id = g_array_index (vendor->project_ids, gint64, i);

      if (g_hash_table_contains (taking->projects, &id))
        g_array_append_val (known, id);
    }
  kept = taking->kept != NULL ? g_hash_table_lookup (taking->kept, &vendor->id) : NULL;
  if (kept != NULL)
    g_array_append_vals (known, kept->data, kept->len);
  if (!ch_store_set_vendor_projects (taking->round->store, vendor->id, known, changed, error))
    return FALSE;

  if (changed->len > 0)
    {
      taking->round->summary->pulled_assignments += changed->len;
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
      taking->latest = MAX (taking->latest, _ch_pull_parse_stamp (vendor->updated_at));
      if (vendor->has_project_ids && !take_memberships (taking, vendor, error))
        return FALSE;
    }
  return TRUE;
}

/* The known ones of this activity that the listing does not have: (element-type gint64). *n_known of that activity. */
static GArray *
find_missing (Taking  *taking,
              gboolean is_active,
              guint   *n_known,
              GError **error)
{
  g_autoptr (GPtrArray) known = ch_store_list_vendors (taking->round->store, error);
  GArray *missing;
  guint i;

  if (known == NULL)
    return NULL;

  missing = g_array_new (FALSE, FALSE, sizeof (gint64));
  *n_known = 0;
  for (i = 0; i < known->len; i++)
    {
      const ChVendor *vendor = g_ptr_array_index (known, i);

      if (vendor->is_active != is_active)
        continue;
      ++*n_known;
      if (!g_hash_table_contains (taking->listed, &vendor->id))
        g_array_append_val (missing, vendor->id);
    }
  return missing;
}

/* Those that neither list has. */
static gboolean
remove_vendors (Taking  *taking,
                GArray  *missing,
                guint    n_known,
                GError **error)
{
  g_autoptr (GArray) unlisted = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) gone = NULL;
  guint i;

  for (i = 0; i < missing->len; i++)
    {
      if (!g_hash_table_contains (taking->listed, &g_array_index (missing, gint64, i)))
        g_array_append_val (unlisted, g_array_index (missing, gint64, i));
    }
  if (!_ch_removal_judge (taking->round, taking->scope, _ ("company directory"), n_known, unlisted, &gone, error))
    return FALSE;

  for (i = 0; i < gone->len; i++)
    {
      gint64 id = g_array_index (gone, gint64, i);
      g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (gint64));

      if (!ch_store_set_vendor_projects (taking->round->store, id, none, left, error)
          || !ch_store_mark_vendor_gone (taking->round->store, id, error))
        return FALSE;
      note_changed (taking, id);
    }
  return TRUE;
}

/* A certificate that nobody could place before may be one of theirs. */
static gboolean
judge_changed (Taking  *taking,
               GError **error)
{
  GHashTableIter iter;
  gpointer id;

  if (g_hash_table_size (taking->changed) == 0)
    return TRUE;
  if (g_hash_table_size (taking->changed) > MANY)
    return _ch_round_judge (taking->round, 0, 0, error)
           && ch_desk_match_waiting (taking->round->desk, NULL, error);

  g_hash_table_iter_init (&iter, taking->changed);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (!_ch_round_judge (taking->round, 0, *(gint64 *) id, error))
        return FALSE;
    }
  return ch_desk_match_waiting (taking->round->desk, NULL, error);
}

/* Inside one transaction: what was listed, then what is missing from it. @others: (nullable): the other list, of those
 * that are missing here. */
static gboolean
take_listing (Taking    *taking,
              GPtrArray *vendors,
              GPtrArray *others,
              GArray    *missing,
              guint      n_known,
              GError   **error)
{
  /* The active list alone tells of all memberships. */
  if (g_strcmp0 (taking->scope, CH_REMOVAL_VENDORS) == 0)
    {
      taking->kept = _ch_memberships_kept_by_vendor (taking->round, vendors, error);
      if (taking->kept == NULL)
        return FALSE;
    }
  return take_vendors (taking, vendors, error) && (others == NULL || take_vendors (taking, others, error))
         && (missing == NULL || remove_vendors (taking, missing, n_known, error))
         && (!taking->tells_changes
             || _ch_pull_advance (taking->round, CH_PULL_VENDORS_SINCE, taking->before, taking->began, taking->latest, error))
         && judge_changed (taking, error);
}

static gboolean
begin_taking (Taking  *taking,
              ChRound *round,
              GError **error)
{
  taking->round = round;
  taking->listed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  taking->changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  taking->projects = load_project_ids (round->store, error);
  return taking->projects != NULL;
}

static void
note_listed (Taking    *taking,
             GPtrArray *vendors)
{
  guint i;

  for (i = 0; i < vendors->len; i++)
    g_hash_table_add (taking->listed, g_memdup2 (&((ChVendor *) g_ptr_array_index (vendors, i))->id, sizeof (gint64)));
}

/*< private > */
gboolean
_ch_pull_vendors (ChRound *round,
                  GError **error)
{
  gint64 began = _ch_round_now (round);
  g_auto (Taking) taking = { NULL };
  g_autoptr (GPtrArray) active = ch_procore_list_vendors (round->procore, 0, round->mark, round->cancellable, error);
  g_autoptr (GPtrArray) inactive = NULL;
  g_autoptr (GArray) missing = NULL;
  guint n_known = 0;

  if (active != NULL && round->mark != NULL && ch_list_mark_is_unchanged (round->mark))
    return _ch_round_begin (round, error) && _ch_round_end (round, TRUE, error);
  if (active == NULL || !begin_taking (&taking, round, error))
    return FALSE;
  note_listed (&taking, active);
  taking.scope = CH_REMOVAL_VENDORS;
  taking.began = began;
  taking.tells_changes = TRUE;
  missing = find_missing (&taking, TRUE, &n_known, error);
  if (missing == NULL)
    return FALSE;
  /* One that is not listed any more was deactivated, or is gone. */
  if (missing->len > 0)
    {
      inactive = ch_procore_list_inactive_vendors (round->procore, round->cancellable, error);
      if (inactive == NULL)
        return FALSE;
      /* What becomes of those is not in this list alone. */
      if (round->mark != NULL)
        ch_list_mark_forget (round->mark);
    }

  if (!_ch_round_begin (round, error)
      || !_ch_round_end (round, take_listing (&taking, active, inactive, missing, n_known, error), error))
    return FALSE;
  _ch_session_set_lists_memberships (round->session, taking.has_projects || active->len == 0);
  return TRUE;
}

/*< private > */
gboolean
_ch_pull_vendors_changed (ChRound *round,
                          GError **error)
{
  gint64 position = _ch_pull_get_position (round, CH_PULL_VENDORS_SINCE);
  gint64 began = _ch_round_now (round);
  g_auto (Taking) taking = { NULL };
  g_autoptr (GPtrArray) changed = NULL;

  if (position == 0)
    return _ch_pull_vendors (round, error);

  changed = ch_procore_list_vendors (round->procore, position - CH_PULL_OVERLAP_SECONDS, NULL, round->cancellable, error);
  if (changed == NULL || !begin_taking (&taking, round, error))
    return FALSE;
  taking.before = position;
  taking.began = began;
  taking.tells_changes = TRUE;
  return _ch_round_begin (round, error)
         && _ch_round_end (round, take_listing (&taking, changed, NULL, NULL, 0, error), error);
}

/* (element-type ChVendor): those of the ids that are active */
static GPtrArray *
list_active_by_id (ChRound *round,
                   GArray  *ids,
                   GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_vendor_free);
  guint from;

  for (from = 0; from < ids->len; from += IDS_PER_REQUEST)
    {
      g_autoptr (GArray) some = g_array_new (FALSE, FALSE, sizeof (gint64));
      GPtrArray *found;

      g_array_append_vals (some, &g_array_index (ids, gint64, from), MIN (IDS_PER_REQUEST, ids->len - from));
      found = ch_procore_list_vendors_by_id (round->procore, some, round->cancellable, error);
      if (found == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (all, found);
    }
  return g_steal_pointer (&all);
}

/*< private > */
gboolean
_ch_pull_inactive_vendors (ChRound *round,
                           GError **error)
{
  g_auto (Taking) taking = { NULL };
  g_autoptr (GPtrArray) inactive = ch_procore_list_inactive_vendors (round->procore, round->cancellable, error);
  g_autoptr (GPtrArray) active = NULL;
  g_autoptr (GArray) missing = NULL;
  guint n_known = 0;

  if (inactive == NULL || !begin_taking (&taking, round, error))
    return FALSE;
  note_listed (&taking, inactive);
  taking.scope = CH_REMOVAL_INACTIVE_VENDORS;
  missing = find_missing (&taking, FALSE, &n_known, error);
  active = missing != NULL ? list_active_by_id (round, missing, error) : NULL;
  return active != NULL && _ch_round_begin (round, error)
         && _ch_round_end (round, take_listing (&taking, inactive, active, missing, n_known, error), error);
}

/* (element-type gint64): those of the ids that are, or are not, among the vendors that we know. */
static GArray *
filter_known (ChRound *round,
              GArray  *ids,
              gboolean known,
              GError **error)
{
  g_autoptr (GPtrArray) vendors = ch_store_list_vendors (round->store, error);
  g_autoptr (GHashTable) table = g_hash_table_new (g_int64_hash, g_int64_equal);
  GArray *some;
  guint i;

  if (vendors == NULL)
    return NULL;

  for (i = 0; i < vendors->len; i++)
    g_hash_table_add (table, &((ChVendor *) g_ptr_array_index (vendors, i))->id);
  some = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (i = 0; i < ids->len; i++)
    {
      if (g_hash_table_contains (table, &g_array_index (ids, gint64, i)) == known)
        g_array_append_val (some, g_array_index (ids, gint64, i));
    }
  return some;
}

static gboolean
take_project_vendors (Taking    *taking,
                      gint64     project_id,
                      GArray    *ids,
                      GPtrArray *found,
                      GError   **error)
{
  ChRound *round = taking->round;
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) known = NULL;

  if (!take_vendors (taking, found, error))
    return FALSE;
  /* An inactive one that we don't know comes with its own list. */
  known = filter_known (round, ids, TRUE, error);
  if (known == NULL || !_ch_memberships_keep_on_project (round, project_id, known, error)
      || !ch_store_set_project_vendors (round->store, project_id, known, changed, error))
    return FALSE;
  round->summary->pulled_assignments += changed->len;
  return judge_changed (taking, error) && (changed->len == 0 || _ch_round_judge (round, project_id, 0, error));
}

/*< private > */
gboolean
_ch_pull_project_vendors (ChRound *round,
                          gint64   project_id,
                          GError **error)
{
  g_auto (Taking) taking = { NULL };
  g_autoptr (GArray) ids = ch_procore_list_project_vendor_ids (round->procore, project_id, round->cancellable, error);
  g_autoptr (GArray) unknown = ids != NULL ? filter_known (round, ids, FALSE, error) : NULL;
  g_autoptr (GPtrArray) found = unknown != NULL ? list_active_by_id (round, unknown, error) : NULL;

  return found != NULL && begin_taking (&taking, round, error) && _ch_round_begin (round, error)
         && _ch_round_end (round, take_project_vendors (&taking, project_id, ids, found, error), error);
}
