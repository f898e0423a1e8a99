#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-desk-private.h"
#include "ch-interchange.h"
#include "ch-matching-private.h"

struct _ChDesk
{
  GObject     parent_instance;

  ChStore    *store;
  ChClock    *clock;
  char       *who;
  GHashTable *zones;     /* (element-type utf8 GTimeZone): those in use */
  ChMatcher  *matcher;   /* NULL until it is needed */

  GHashTable *projects;             /* (element-type gint64 ChProjectView): as the last act saw them, or NULL */
  guint64     projects_generation;  /* of the store, when they were read */
  char       *projects_zone;        /* the company's, when they were read */

  ChLapseMemo lapse;
};

G_DEFINE_QUARK (ch-desk-error-quark, ch_desk_error)
G_DEFINE_FINAL_TYPE (ChDesk, ch_desk, G_TYPE_OBJECT)

static void
ch_desk_finalize (GObject *object)
{
  ChDesk *self = (ChDesk *)object;

  g_clear_pointer (&self->matcher, _ch_matcher_free);
  g_clear_pointer (&self->projects, g_hash_table_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_free (self->who);
  g_free (self->projects_zone);
  g_hash_table_unref (self->zones);

  G_OBJECT_CLASS (ch_desk_parent_class)->finalize (object);
}

static void
ch_desk_class_init (ChDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ch_desk_finalize;
}

static void
ch_desk_init (ChDesk *self)
{
  self->zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_time_zone_unref);
}

void
_ch_desk_keep_zone (ChDesk     *self,
                    const char *tz_name)
{
  GTimeZone *zone;

  if (g_hash_table_contains (self->zones, tz_name))
    return;
  zone = g_time_zone_new_identifier (tz_name);
  if (zone != NULL)
    g_hash_table_insert (self->zones, g_strdup (tz_name), zone);
}

gboolean
_ch_desk_begin (ChDesk      *self,
                const char  *who,
                gboolean    *own,
                GError     **error)
{
  *own = !ch_store_in_transaction (self->store);
  if (!*own)
    return TRUE;

  return ch_store_begin (self->store, who != NULL ? who : self->who, ch_clock_now (self->clock), error);
}

/* Commits what went well and undoes what did not; leaves the caller's transaction to the caller. */
gboolean
_ch_desk_end (ChDesk    *self,
              gboolean   own,
              gboolean   ok,
              GError   **error)
{
  if (own && ok)
    {
      ok = ch_store_commit (self->store, error);
      if (!ok && ch_store_in_transaction (self->store))
        ch_store_rollback (self->store);
    }
  else if (own)
    {
      ch_store_rollback (self->store);
    }

  return ok;
}

ChMatcher *
_ch_desk_get_matcher (ChDesk *self)
{
  if (self->matcher == NULL)
    self->matcher = _ch_matcher_new (self->store);

  return self->matcher;
}

GHashTable *
_ch_desk_get_projects (ChDesk     *self,
                       guint64     generation,
                       const char *zone)
{
  if (self->projects == NULL || self->projects_generation != generation || g_strcmp0 (self->projects_zone, zone) != 0)
    return NULL;

  return g_hash_table_ref (self->projects);
}

void
_ch_desk_keep_projects (ChDesk     *self,
                        GHashTable *projects,
                        guint64     generation,
                        const char *zone)
{
  g_clear_pointer (&self->projects, g_hash_table_unref);
  self->projects = g_hash_table_ref (projects);
  self->projects_generation = generation;
  g_free (self->projects_zone);
  self->projects_zone = g_strdup (zone);
}

char *
_ch_desk_dup_detail (const char *first_name,
                     ...)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  const char *name;
  va_list members;

  json_builder_begin_object (builder);
  va_start (members, first_name);
  for (name = first_name; name != NULL; name = va_arg (members, const char *))
    {
      const char *value = va_arg (members, const char *);

      if (value != NULL)
        {
          json_builder_set_member_name (builder, name);
          json_builder_add_string_value (builder, value);
        }
    }
  va_end (members);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return ch_json_print (root, FALSE);
}

/**
 * ch_desk_new:
 * @store: this thread's connection
 * @clock: what tells the time
 * @who: for the audit trail, as `desk:rwells`, `sync`, `clock`
 *
 * Returns: (transfer full): a desk for the calling thread
 */
ChDesk *
ch_desk_new (ChStore    *store,
             ChClock    *clock,
             const char *who)
{
  ChDesk *self;

  g_return_val_if_fail (CH_IS_STORE (store), NULL);
  g_return_val_if_fail (CH_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (who != NULL, NULL);

  self = g_object_new (CH_TYPE_DESK, NULL);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->who = g_strdup (who);

  return self;
}

/* (transfer none) */
ChStore *
ch_desk_get_store (ChDesk *self)
{
  g_return_val_if_fail (CH_IS_DESK (self), NULL);

  return self->store;
}

/* (transfer none) */
ChClock *
ch_desk_get_clock (ChDesk *self)
{
  g_return_val_if_fail (CH_IS_DESK (self), NULL);

  return self->clock;
}

/* (transfer none) */
const char *
ch_desk_get_who (ChDesk *self)
{
  g_return_val_if_fail (CH_IS_DESK (self), NULL);

  return self->who;
}

/* (transfer none): what the lapse clock knows */
ChLapseMemo *
_ch_desk_get_lapse_memo (ChDesk *self)
{
  return &self->lapse;
}
