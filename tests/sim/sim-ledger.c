#include "config.h"

#include "sim-ledger.h"

#include "sim-world.h"

#include "ch-merge.h"

#include <string.h>

#define OUR_ORIGIN "\"certholder:"

/**
 * SimLedger:
 * @history: (element-type utf8): "key=value" for all that a shared field ever was in Procore
 * @vanished: (element-type utf8 guint): records that stood there, and when they were taken away, in steps
 * @edited: (element-type utf8 guint): when people last changed a field, in steps
 * @read: (element-type utf8 guint): when the program last read a path to its end, in steps
 * @shown: (element-type utf8 guint): when an answer last showed it an insurance record, in steps
 * @records: (element-type ChSharedRecord): as they were when the rules were last applied
 * @said: (element-type utf8 utf8): what the desk itself had said then, by record and field
 */
struct _SimLedger {
  ChSandbox  *sandbox;
  guint       step;
  guint       act_began;            /* the step at which the program's act began */
  GHashTable *history;
  GHashTable *vanished;
  GHashTable *edited;
  GHashTable *read;
  GHashTable *shown;
  GHashTable *there;
  GPtrArray  *records;
  GHashTable *said;
  GHashTable *before_write;
  char       *others;               /* what others made, when it was last looked at */
  char       *others_before_write;
  char       *links;                /* others' home links when they were last looked at */
  char       *links_before_write;
  guint       links_edited;         /* the step at which people changed any link */
  guint       links_read;           /* and the one at which the program read some project's */
};

static void
note_history (SimLedger *self)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  g_clear_pointer (&self->there, g_hash_table_unref);
  self->there = sim_server_list_shared (self->sandbox);
  g_hash_table_iter_init (&iter, self->there);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_add (self->history, g_strdup_printf ("%s=%s", (char *) key, (char *) value));
}

SimLedger *
sim_ledger_new (ChSandbox *sandbox)
{
  SimLedger *self = g_new0 (SimLedger, 1);

  self->sandbox = sandbox;
  self->history = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->vanished = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->edited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->read = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  note_history (self);
  self->others = sim_server_dup_others (sandbox);
  self->links = sim_server_dup_other_links (sandbox);
  return self;
}

void
sim_ledger_free (SimLedger *self)
{
  g_hash_table_unref (self->history);
  g_hash_table_unref (self->vanished);
  g_hash_table_unref (self->edited);
  g_hash_table_unref (self->read);
  g_hash_table_unref (self->shown);
  g_hash_table_unref (self->there);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->said, g_hash_table_unref);
  g_clear_pointer (&self->before_write, g_hash_table_unref);
  g_free (self->others);
  g_free (self->others_before_write);
  g_free (self->links);
  g_free (self->links_before_write);
  g_free (self);
}

static char *
dup_record_part (const char *key)
{
  return g_strndup (key, strcspn (key, ":") + 1);
}

/* All that differs from what stood there when it was last looked at is what people did. */
void
sim_ledger_people_acted (SimLedger *self)
{
  g_autoptr (GHashTable) before = g_hash_table_ref (self->there);
  g_autofree char *links = sim_server_dup_other_links (self->sandbox);
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  self->step++;
  note_history (self);
  g_free (self->others);
  self->others = sim_server_dup_others (self->sandbox);
  if (g_strcmp0 (links, self->links) != 0)
    {
      self->links_edited = self->step;
      g_free (self->links);
      self->links = g_steal_pointer (&links);
    }
  g_hash_table_iter_init (&iter, self->there);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      if (g_strcmp0 (g_hash_table_lookup (before, key), value) != 0)
        g_hash_table_insert (self->edited, g_strdup (key), GUINT_TO_POINTER (self->step));
    }
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      if (!g_hash_table_contains (self->there, key))
        g_hash_table_insert (self->vanished, dup_record_part (key), GUINT_TO_POINTER (self->step));
    }
}

static GPtrArray *
load_records (SimWorld *world)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_shared_record_free);
  guint kind;

  world->is_looking = TRUE;
  for (kind = 0; kind < CH_N_SHARED_KINDS; kind++)
    {
      g_autoptr (GError) error = NULL;
      GPtrArray *some = ch_store_list_shared (world->store, kind, -1, 0, &error);

      g_assert_no_error (error);
      g_ptr_array_extend_and_steal (all, some);
    }
  world->is_looking = FALSE;
  return all;
}

/* The desk keeps what it said last as lines `field=hash` in the record's state. */
static GHashTable *
load_said (SimWorld  *world,
           GPtrArray *records)
{
  GHashTable *said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint i;
  guint k;

  world->is_looking = TRUE;
  for (i = 0; i < records->len; i++)
    {
      const ChSharedRecord *record = g_ptr_array_index (records, i);
      g_autofree char *name = g_strconcat ("said.", record->uuid, NULL);
      g_autofree char *text = ch_store_dup_state (world->store, name, NULL);
      g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

      for (k = 0; lines[k] != NULL; k++)
        {
          char *equals = strchr (lines[k], '=');

          if (equals != NULL)
            g_hash_table_insert (said, g_strdup_printf ("%s:%.*s", record->uuid, (int) (equals - lines[k]), lines[k]),
                                 g_strdup (equals + 1));
        }
    }
  world->is_looking = FALSE;
  return said;
}

/* Of a contract that is another sub's now it speaks of that one, though it were in the same words. */
static gboolean
has_spoken (SimLedger            *self,
            GHashTable           *said,
            const ChSharedRecord *before,
            const ChSharedRecord *after,
            const char           *field)
{
  g_autofree char *key = g_strdup_printf ("%s:%s", after->uuid, field);

  return before->vendor_id != after->vendor_id
         || g_strcmp0 (g_hash_table_lookup (self->said, key), g_hash_table_lookup (said, key)) != 0;
}

static const char *
get (const ChFieldSet *fields,
     const char       *name)
{
  const char *value = fields != NULL ? ch_field_set_get (fields, name) : NULL;

  return value != NULL ? value : "";
}

static ChSharedRecord *
find_record (GPtrArray  *records,
             const char *record_part)
{
  guint i;

  for (i = 0; i < records->len; i++)
    {
      ChSharedRecord *record = g_ptr_array_index (records, i);
      g_autofree char *part = sim_server_dup_prefix (record);

      if (g_strcmp0 (part, record_part) == 0)
        return record;
    }
  return NULL;
}

/* The path whose reading shows the record. */
static char *
dup_path (const ChSharedRecord *record)
{
  switch (record->kind)
    {
    case CH_SHARED_POLICY:
      return g_strdup_printf ("/rest/v1.0/companies/%" G_GINT64_FORMAT "/insurances", SIM_COMPANY);
    case CH_SHARED_OVERALL:
      return g_strdup_printf ("/rest/v1.0/projects/%" G_GINT64_FORMAT "/insurances", record->project_id);
    case CH_SHARED_COMPLIANCE:
      return g_strdup_printf ("contract-%" G_GINT64_FORMAT, record->commitment_id);
    case CH_SHARED_LINK:
      return g_strdup_printf ("/rest/v2.0/companies/%" G_GINT64_FORMAT "/projects/%" G_GINT64_FORMAT "/links", SIM_COMPANY,
                              record->project_id);
    case CH_SHARED_DOCUMENT:
    case CH_SHARED_REPORT:
    default:
      return g_strdup_printf ("file-%s", record->procore_id);
    }
}

static guint
get_step (GHashTable *steps,
          const char *key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (steps, key));
}

/* When the program last saw the record. An insurance record stands on one of a list's pages: what people make of it while
 * the next ones are read, that reading does not show. */
static guint
get_seen (SimLedger            *self,
          const ChSharedRecord *record,
          const char           *part)
{
  g_autofree char *path = NULL;
  g_autofree char *listed = NULL;

  if (record->kind == CH_SHARED_POLICY || record->kind == CH_SHARED_OVERALL)
    return get_step (self->shown, part);

  path = dup_path (record);
  listed = g_strconcat ("listed ", path, NULL);
  return MAX (get_step (self->read, path), get_step (self->read, listed));
}

/* The write of home links sends them all: what people make of them in the very breath in which they are read and written
 * back cannot be kept. */
static gboolean
changed_links_in_between (SimLedger *self)
{
  return self->links_edited > self->links_read;
}

/* Rule 3. */
static void
check_overwriting (SimLedger  *self,
                   SimWorld   *world,
                   GPtrArray  *records,
                   const char *key,
                   const char *before,
                   const char *after)
{
  g_autofree char *part = dup_record_part (key);
  const char *field = key + strlen (part);
  const ChSharedRecord *record = find_record (records, part);
  guint seen;

  if (g_str_equal (field, "parent_id"))
    return;
  if (record == NULL && g_str_has_prefix (key, "link-") && changed_links_in_between (self))
    return;
  if (after == NULL || record == NULL)
    {
      sim_world_fail (world, "the program took %s away from Procore (it was “%s”)", key, before);
      return;
    }
  if (g_str_equal (get (record->base, field), before))
    return;
  seen = get_seen (self, record, part);
  /* It looked, in this very act, and a person was faster between the look and the write. */
  if (seen >= self->act_began && get_step (self->edited, key) > seen)
    return;
  sim_world_fail (world, "%s %s: “%s” was overwritten with “%s” unseen; the base was “%s”",
                  ch_shared_kind_to_string (record->kind), key, before, after, get (record->base, field));
}

/* Rules 2, 3 and 4. */
static void
check_write (SimLedger *self,
             SimWorld  *world)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *links = sim_server_dup_other_links (self->sandbox);
  g_autofree char *twice = sim_server_find_twice (self->sandbox);
  GHashTableIter iter;
  gpointer key;
  gpointer before;

  if (twice != NULL)
    sim_world_fail (world, "%s", twice);
  g_free (self->others);
  self->others = sim_server_dup_others (self->sandbox);
  if (!g_str_equal (self->others, self->others_before_write)
      || (!g_str_equal (links, self->links_before_write) && !changed_links_in_between (self)))
    sim_world_fail (world, "the program changed what others made");
  g_hash_table_iter_init (&iter, self->before_write);
  while (g_hash_table_iter_next (&iter, &key, &before))
    {
      const char *after = g_hash_table_lookup (self->there, key);

      if (g_strcmp0 (before, after) == 0)
        continue;
      if (records == NULL)
        records = load_records (world);
      check_overwriting (self, world, records, key, before, after);
    }
}

/* What was read, without the query; a contract and the documents under a name of their own. */
static char *
dup_read_path (const ChRequest *request)
{
  const char *path = strchrnul (strstr (request->url, "://") + 3, '/');
  g_autofree char *bare = g_strndup (path, strcspn (path, "?"));

  if (g_str_has_suffix (bare, "/compliance"))
    {
      g_auto (GStrv) parts = g_strsplit (bare, "/", -1);

      return g_strdup_printf ("contract-%s", parts[g_strv_length (parts) - 2]);
    }
  if (strstr (bare, "/files/") != NULL)
    return g_strdup_printf ("file-%s", strrchr (bare, '/') + 1);
  return g_steal_pointer (&bare);
}

/* A folder shows what stands in it. */
static void
note_read (SimLedger       *self,
           const ChRequest *request)
{
  char *path = dup_read_path (request);
  gint64 folder_id = strstr (path, "/folders/") != NULL ? g_ascii_strtoll (strrchr (path, '/') + 1, NULL, 10) : 0;
  guint i;

  if (g_str_has_suffix (path, "/links"))
    self->links_read = self->step;
  g_hash_table_insert (self->read, path, GUINT_TO_POINTER (self->step));
  for (i = 0; folder_id != 0 && i < self->sandbox->files->len; i++)
    {
      JsonObject *file = g_ptr_array_index (self->sandbox->files, i);

      if (_ch_record_id (file, "parent_id") == folder_id)
        g_hash_table_insert (self->read, g_strdup_printf ("listed file-%" G_GINT64_FORMAT, _ch_record_id (file, "id")),
                             GUINT_TO_POINTER (self->step));
    }
}

/* Our insurance records that an answer shows. */
static void
note_shown (SimLedger        *self,
            const ChResponse *answer)
{
  gsize length;
  const char *text = g_bytes_get_data (answer->body, &length);
  const char *end = text + length;
  const char *at = g_strstr_len (text, (gssize) length, OUR_ORIGIN);

  while (at != NULL)
    {
      const char *close = memchr (at + 1, '"', end - at - 1);
      const char *colon = close != NULL ? g_strrstr_len (at, close - at, ":") : NULL;

      if (colon == NULL)
        return;
      g_hash_table_insert (self->shown, g_strdup_printf ("%.*s:", (int) (close - colon - 1), colon + 1),
                           GUINT_TO_POINTER (self->step));
      at = g_strstr_len (close, end - close, OUR_ORIGIN);
    }
}

void
sim_ledger_watch (SimLedger        *self,
                  SimWorld         *world,
                  const ChRequest  *request,
                  SimStage          stage,
                  const ChResponse *answer)
{
  gboolean writes = !g_str_equal (request->method, "GET") && strstr (request->url, "/oauth/") == NULL;

  switch (stage)
    {
    case SIM_STAGE_SENT:
      self->step++;
      g_clear_pointer (&self->before_write, g_hash_table_unref);
      g_clear_pointer (&self->others_before_write, g_free);
      g_clear_pointer (&self->links_before_write, g_free);
      if (writes)
        {
          self->before_write = g_hash_table_ref (self->there);
          self->others_before_write = g_strdup (self->others);
          self->links_before_write = sim_server_dup_other_links (self->sandbox);
        }
      return;
    case SIM_STAGE_DONE:
      if (!writes)
        return;
      note_history (self);
      check_write (self, world);
      g_free (self->links);
      self->links = sim_server_dup_other_links (self->sandbox);
      return;
    case SIM_STAGE_ANSWERED:
    default:
      if (writes || answer->status >= 300)
        return;
      note_read (self, request);
      if (strstr (request->url, "/insurances") != NULL)
        note_shown (self, answer);
      return;
    }
}

static gboolean
was_there (SimLedger            *self,
           const ChSharedRecord *record,
           const char           *field,
           const char           *value)
{
  g_autofree char *key = sim_server_dup_key (record, field);
  g_autofree char *entry = g_strdup_printf ("%s=%s", key, value);

  return key == NULL || g_hash_table_contains (self->history, entry);
}

/* What of a record can be seen in Procore by the name that it has here. */
static gboolean
is_visible (const ChSharedRecord *record,
            const char           *field)
{
  return (record->kind != CH_SHARED_DOCUMENT && record->kind != CH_SHARED_REPORT) || g_str_equal (field, "name");
}

/* Rules 1 and 5, for one field. */
static void
check_field (SimLedger            *self,
             SimWorld             *world,
             GHashTable           *said,
             const ChSharedRecord *before,
             const ChSharedRecord *after,
             const char           *field)
{
  const char *old_local = get (before->local, field);
  const char *new_local = get (after->local, field);
  const char *old_base = get (before->base, field);
  const char *new_base = get (after->base, field);
  const char *kind = ch_shared_kind_to_string (after->kind);

  if (!is_visible (after, field))
    return;
  /* What it says anew replaces what waited; what it withdraws waits no more. */
  if (!g_str_equal (old_local, new_local) && !has_spoken (self, said, before, after, field) && !after->withdrawn)
    {
      if (!g_str_equal (old_local, old_base) && !was_there (self, after, field, old_local))
        sim_world_fail (world, "%s %s %s: the desk's “%s” is lost; it is “%s” now", kind, after->uuid, field, old_local, new_local);
      if (!was_there (self, after, field, new_local))
        sim_world_fail (world, "%s %s %s: “%s” never stood in Procore", kind, after->uuid, field, new_local);
    }
  if (!g_str_equal (old_base, new_base) && *new_base != '\0' && !was_there (self, after, field, new_base))
    sim_world_fail (world, "%s %s %s: the base “%s” never stood in Procore", kind, after->uuid, field, new_base);
}

static void
collect_names (GHashTable       *names,
               const ChFieldSet *fields)
{
  guint i;

  for (i = 0; fields != NULL && i < ch_field_set_get_size (fields); i++)
    g_hash_table_add (names, (gpointer) ch_field_set_get_name (fields, i));
}

static void
check_record (SimLedger            *self,
              SimWorld             *world,
              GHashTable           *said,
              const ChSharedRecord *before,
              const ChSharedRecord *after)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *part = sim_server_dup_prefix (after);
  GHashTableIter iter;
  gpointer name;

  collect_names (names, before->local);
  collect_names (names, after->local);
  collect_names (names, after->base);
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    check_field (self, world, said, before, after, name);
  if (after->gone && !before->gone && part != NULL && !g_hash_table_contains (self->vanished, part))
    sim_world_fail (world, "%s %s is held for deleted, and never was", ch_shared_kind_to_string (after->kind), after->uuid);
}

static ChSharedRecord *
find_by_id (GPtrArray *records,
            gint64     id)
{
  guint i;

  for (i = 0; i < records->len; i++)
    {
      ChSharedRecord *record = g_ptr_array_index (records, i);

      if (record->id == id)
        return record;
    }
  return NULL;
}

/* Whatever the desk says and Procore does not know is in the outbox or in a conflict. */
static void
check_carried (SimWorld  *world,
               GPtrArray *records)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GHashTable) carried = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint i;

  world->is_looking = TRUE;
  rows = ch_store_outbox_list (world->store, NULL);
  world->is_looking = FALSE;
  g_assert_nonnull (rows);
  for (i = 0; i < rows->len; i++)
    g_hash_table_add (carried, &((ChOutboxRow *) g_ptr_array_index (rows, i))->record_id);
  for (i = 0; i < records->len; i++)
    {
      const ChSharedRecord *record = g_ptr_array_index (records, i);
      g_autoptr (ChMerge) merge = ch_merge (record->base, record->withdrawn ? NULL : record->local, record->remote);

      if (!record->gone && ch_field_set_get_size (merge->send) > 0 && !g_hash_table_contains (carried, &record->id))
        sim_world_fail (world, "%s %s has something to say (%s) that nobody carries", ch_shared_kind_to_string (record->kind),
                        record->uuid, ch_field_set_get_name (merge->send, 0));
    }
}

/* Only people make conflicts: a field that nobody edited in Procore cannot differ there from what the desk agreed on. */
static void
check_conflicts (SimLedger *self,
                 SimWorld  *world,
                 GPtrArray *records)
{
  g_autoptr (GPtrArray) conflicts = NULL;
  guint i;

  world->is_looking = TRUE;
  conflicts = ch_store_list_conflicts (world->store, 0, NULL);
  world->is_looking = FALSE;
  g_assert_nonnull (conflicts);
  for (i = 0; i < conflicts->len; i++)
    {
      const ChConflict *conflict = g_ptr_array_index (conflicts, i);
      const ChSharedRecord *record = conflict->record_id != 0 ? find_by_id (records, conflict->record_id) : NULL;
      g_autofree char *key = record != NULL ? sim_server_dup_key (record, conflict->field) : NULL;
      g_autofree char *part = record != NULL ? sim_server_dup_prefix (record) : NULL;

      if (key != NULL && !g_hash_table_contains (self->edited, key) && !g_hash_table_contains (self->vanished, part))
        sim_world_fail (world, "%s %s: a conflict about %s (“%s”, here “%s”, in Procore “%s”) that nobody made",
                        ch_shared_kind_to_string (record->kind), key, conflict->field, conflict->base, conflict->local,
                        conflict->remote);
    }
}

static void
apply_rules (SimLedger *self,
             SimWorld  *world)
{
  GPtrArray *now = load_records (world);
  GHashTable *said = load_said (world, now);
  guint i;

  for (i = 0; self->records != NULL && i < now->len; i++)
    {
      const ChSharedRecord *after = g_ptr_array_index (now, i);
      const ChSharedRecord *before = find_by_id (self->records, after->id);

      if (before != NULL)
        check_record (self, world, said, before, after);
    }
  check_carried (world, now);
  check_conflicts (self, world, now);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->said, g_hash_table_unref);
  self->records = now;
  self->said = said;
}

/* What every record says before somebody acts. */
static void
remember (SimLedger *self,
          SimWorld  *world)
{
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->said, g_hash_table_unref);
  self->records = load_records (world);
  self->said = load_said (world, self->records);
}

void
sim_ledger_begin_act (SimLedger *self,
                      SimWorld  *world)
{
  self->act_began = ++self->step;
  remember (self, world);
}

void
sim_ledger_end_act (SimLedger *self,
                    SimWorld  *world)
{
  apply_rules (self, world);
  sim_ledger_check_position (self, world);
}

void
sim_ledger_before_desk (SimLedger *self,
                        SimWorld  *world)
{
  apply_rules (self, world);
}

void
sim_ledger_after_desk (SimLedger *self,
                       SimWorld  *world)
{
  remember (self, world);
}

gboolean
sim_ledger_is_unseen (SimLedger            *self,
                      const ChSharedRecord *record,
                      const char           *key)
{
  g_autofree char *path = dup_path (record);
  g_autofree char *part = dup_record_part (key);
  guint read = get_step (self->read, path);

  return get_step (self->edited, key) > read || get_step (self->vanished, part) > read;
}

void
sim_ledger_check_database (SimLedger *self,
                           SimWorld  *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  world->is_looking = TRUE;
  problems = ch_store_verify (world->store, NULL, &error);
  world->is_looking = FALSE;
  g_assert_no_error (error);
  if (problems->len > 0)
    sim_world_fail (world, "the database: %s", (char *) g_ptr_array_index (problems, 0));
}
