#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

typedef struct {
  gint64 project_id;
  gint64 vendor_id;
} Pair;

/*
 * A company of thousands of subs would take hours by walking lists. These tables only say where to look, and hold no
 * record: each is made anew when the list that it was made from is another one, or got shorter, or ends differently, and
 * after every request of a person.
 */
struct _ChSandboxIndex {
  GPtrArray  *memberships;         /* (unowned): as of when the tables were made */
  guint       n_memberships;
  Pair        last_membership;
  GHashTable *pairs;               /* (element-type Pair) */
  GHashTable *projects_of_vendor;  /* (element-type gint64 GArray) */
  GPtrArray  *insurances;          /* (unowned) */
  guint       n_insurances;
  gint64      last_insurance;
  GHashTable *origins;             /* (element-type utf8 gint64): the record's id */
};

/* Lists up to this are walked where the table knows of nothing. */
#define SHORT 1000

static guint
hash_pair (gconstpointer key)
{
  const Pair *pair = key;

  return g_int64_hash (&pair->project_id) * 31 + g_int64_hash (&pair->vendor_id);
}

static gboolean
equal_pairs (gconstpointer a,
             gconstpointer b)
{
  const Pair *left = a;
  const Pair *right = b;

  return left->project_id == right->project_id && left->vendor_id == right->vendor_id;
}

/*< private > */
void
_ch_index_reset (ChSandbox *self)
{
  ChSandboxIndex *index = g_steal_pointer (&self->index);

  if (index == NULL)
    return;
  g_clear_pointer (&index->pairs, g_hash_table_unref);
  g_clear_pointer (&index->projects_of_vendor, g_hash_table_unref);
  g_clear_pointer (&index->origins, g_hash_table_unref);
  g_free (index);
}

static ChSandboxIndex *
get_index (ChSandbox *self)
{
  if (self->index == NULL)
    self->index = g_new0 (ChSandboxIndex, 1);
  return self->index;
}

static Pair
get_pair (JsonObject *member)
{
  return (Pair) { _ch_record_id (member, "_project_id"), _ch_record_id (member, "_vendor_id") };
}

static void
index_membership (ChSandboxIndex *index,
                  JsonObject     *member)
{
  Pair pair = get_pair (member);
  GArray *projects = g_hash_table_lookup (index->projects_of_vendor, &pair.vendor_id);

  if (projects == NULL)
    {
      projects = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (index->projects_of_vendor, g_memdup2 (&pair.vendor_id, sizeof pair.vendor_id), projects);
    }
  g_array_append_val (projects, pair.project_id);
  g_hash_table_add (index->pairs, g_memdup2 (&pair, sizeof pair));
  index->last_membership = pair;
}

static gboolean
knows_memberships (ChSandbox      *self,
                   ChSandboxIndex *index)
{
  Pair last;

  if (index->memberships != self->memberships || index->n_memberships != self->memberships->len)
    return FALSE;
  if (index->n_memberships == 0)
    return TRUE;
  last = get_pair (g_ptr_array_index (self->memberships, self->memberships->len - 1));
  return equal_pairs (&last, &index->last_membership);
}

static ChSandboxIndex *
index_memberships (ChSandbox *self)
{
  ChSandboxIndex *index = get_index (self);
  guint i;

  if (knows_memberships (self, index))
    return index;

  g_clear_pointer (&index->pairs, g_hash_table_unref);
  g_clear_pointer (&index->projects_of_vendor, g_hash_table_unref);
  index->pairs = g_hash_table_new_full (hash_pair, equal_pairs, g_free, NULL);
  index->projects_of_vendor = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
  for (i = 0; i < self->memberships->len; i++)
    index_membership (index, g_ptr_array_index (self->memberships, i));
  index->memberships = self->memberships;
  index->n_memberships = self->memberships->len;
  return index;
}

/*< private > */
gboolean
_ch_has_membership (ChSandbox *self,
                    gint64     project_id,
                    gint64     vendor_id)
{
  Pair pair = { project_id, vendor_id };

  return g_hash_table_contains (index_memberships (self)->pairs, &pair);
}

/*< private >
 * A membership moves nobody's updated_at.
 */
void
_ch_add_membership (ChSandbox *self,
                    gint64     project_id,
                    gint64     vendor_id)
{
  ChSandboxIndex *index = index_memberships (self);
  JsonObject *member;

  if (_ch_has_membership (self, project_id, vendor_id))
    return;
  member = json_object_new ();
  json_object_set_int_member (member, "_project_id", project_id);
  json_object_set_int_member (member, "_vendor_id", vendor_id);
  g_ptr_array_add (self->memberships, member);
  index_membership (index, member);
  index->n_memberships++;
}

/*< private >
 * Returns: (nullable) (transfer none) (element-type gint64): the vendor's projects
 */
GArray *
_ch_list_vendor_projects (ChSandbox *self,
                          gint64     vendor_id)
{
  return g_hash_table_lookup (index_memberships (self)->projects_of_vendor, &vendor_id);
}

static void
index_origin (ChSandboxIndex *index,
              JsonObject     *record)
{
  const char *origin_id = _ch_record_text (record, "origin_id");
  gint64 id = _ch_record_id (record, "id");

  if (origin_id != NULL && !g_hash_table_contains (index->origins, origin_id))
    g_hash_table_insert (index->origins, g_strdup (origin_id), g_memdup2 (&id, sizeof id));
  index->last_insurance = id;
}

static gboolean
knows_insurances (ChSandbox      *self,
                  ChSandboxIndex *index)
{
  if (index->insurances != self->insurances || index->n_insurances > self->insurances->len)
    return FALSE;
  return index->n_insurances == 0
         || _ch_record_id (g_ptr_array_index (self->insurances, index->n_insurances - 1), "id") == index->last_insurance;
}

static ChSandboxIndex *
index_insurances (ChSandbox *self)
{
  ChSandboxIndex *index = get_index (self);
  guint i;

  if (!knows_insurances (self, index))
    {
      g_clear_pointer (&index->origins, g_hash_table_unref);
      index->insurances = self->insurances;
      index->n_insurances = 0;
    }
  if (index->origins == NULL)
    index->origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (i = index->n_insurances; i < self->insurances->len; i++)
    index_origin (index, g_ptr_array_index (self->insurances, i));
  index->n_insurances = self->insurances->len;
  return index;
}

/*< private >
 * Returns: (nullable) (transfer none): the insurance record of that origin_id
 */
JsonObject *
_ch_find_insurance_by_origin (ChSandbox  *self,
                              const char *origin_id)
{
  const gint64 *id;
  JsonObject *record;
  guint i;

  if (origin_id == NULL)
    return NULL;
  id = g_hash_table_lookup (index_insurances (self)->origins, origin_id);
  record = id != NULL ? _ch_record_find (self->insurances, *id) : NULL;
  if (g_strcmp0 (_ch_record_text (record, "origin_id"), origin_id) == 0)
    return record;

  /* Somebody may have changed a record in place. */
  for (i = 0; i < self->insurances->len && self->insurances->len <= SHORT; i++)
    {
      record = g_ptr_array_index (self->insurances, i);
      if (g_strcmp0 (_ch_record_text (record, "origin_id"), origin_id) == 0)
        return record;
    }
  return NULL;
}
