#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-statement-private.h"

/*
 * The desk's words and other people's
 *
 * A shared record's `local` is what should stand in Procore. Two hands write to it: the desk, with every publication,
 * and people, whose edits in Procore the merge takes over into `local`, or whose value the desk's person chose when
 * a conflict was settled. If each publication simply replaced `local`, it would put the desk's value back over the
 * person's at the next occasion, silently. So the desk remembers, field by field, what it said last, and a
 * publication changes only those fields whose own value differs from that:
 *
 *   fresh = said before   local stays, whoever wrote it
 *   fresh ≠ said before   local := fresh; there is something new to say
 *
 * A person's value therefore holds until the facts behind it change, and the same facts twice write nothing.
 *
 * What was said is kept as the store's state `said.<uuid of the record>`, one line `name=hash` for each field that
 * has a value. A 64-bit hash is enough to see a change, and keeps long notes from being stored twice.
 *
 * A record that was deleted in Procore and whose deletion was accepted is both gone and withdrawn. It comes back only
 * when it has news: a field other than its prose says something new. That a policy ends by itself is no news of the
 * policy, and the counts of a home link and what a report draws are prose: who deleted those has seen them. A record that the desk itself withdrew has nothing
 * said, hence comes back as soon as the desk has anything to say.
 */

#define FNV_OFFSET G_GUINT64_CONSTANT (14695981039346656037)
#define FNV_PRIME G_GUINT64_CONSTANT (1099511628211)

static char *
hash_value (const char *value)
{
  guint64 hash = FNV_OFFSET;

  for (const guchar *p = (const guchar *)value; *p != '\0'; p++)
    hash = (hash ^ *p) * FNV_PRIME;

  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x", hash);
}

static char *
dup_state_name (const ChSharedRecord *record)
{
  return g_strconcat ("said.", record->uuid, NULL);
}

static char *
describe_said (const ChFieldSet *fresh)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ch_field_set_get_size (fresh); i++)
    {
      const char *value = ch_field_set_get_value (fresh, i);
      g_autofree char *hash = NULL;

      if (value == NULL)
        continue;
      hash = hash_value (value);
      g_string_append_printf (text, "%s=%s\n", ch_field_set_get_name (fresh, i), hash);
    }

  return g_string_free (text, FALSE);
}

/* (element-type utf8 utf8): hash by field */
static GHashTable *
parse_said (const char *text)
{
  GHashTable *said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *equals = strchr (lines[i], '=');

      if (equals != NULL)
        g_hash_table_insert (said, g_strndup (lines[i], equals - lines[i]), g_strdup (equals + 1));
    }

  return said;
}

static gboolean
is_said (GHashTable *said,
         const char *name,
         const char *value)
{
  const char *before = g_hash_table_lookup (said, name);
  g_autofree char *hash = value != NULL ? hash_value (value) : NULL;

  return g_strcmp0 (before, hash) == 0;
}

static gboolean
is_news (ChSharedKind  kind,
         const char   *name)
{
  static const char * const prose[] = { "notes", "insurance_notes", "title", "fingerprint", NULL };

  return !g_strv_contains (prose, name) && (kind != CH_SHARED_POLICY || !g_str_equal (name, "status"));
}

/* Whether a field other than prose has something new to say. */
static gboolean
has_news (ChSharedKind      kind,
          const ChFieldSet *fresh,
          GHashTable       *said)
{
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < ch_field_set_get_size (fresh); i++)
    {
      const char *field = ch_field_set_get_name (fresh, i);

      if (is_news (kind, field) && !is_said (said, field, ch_field_set_get_value (fresh, i)))
        return TRUE;
    }

  g_hash_table_iter_init (&iter, said);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (is_news (kind, name) && ch_field_set_get (fresh, name) == NULL)
        return TRUE;
    }

  return FALSE;
}

/* (transfer full): local with the fields in which the desk has something new to say */
static ChFieldSet *
lay_over (const ChFieldSet *local,
          const ChFieldSet *fresh,
          GHashTable       *said)
{
  ChFieldSet *result = ch_field_set_copy (local);
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < ch_field_set_get_size (fresh); i++)
    {
      const char *field = ch_field_set_get_name (fresh, i);
      const char *value = ch_field_set_get_value (fresh, i);

      if (!is_said (said, field, value))
        ch_field_set_set (result, field, value);
    }

  g_hash_table_iter_init (&iter, said);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (ch_field_set_get (fresh, name) == NULL)
        ch_field_set_set (result, name, NULL);
    }

  return result;
}

/* (transfer none) (nullable): the record of one place and subject among those of a sub or project */
ChSharedRecord *
_ch_statement_find (GPtrArray  *records,
                    gint64      project_id,
                    gint64      commitment_id,
                    const char *subject)
{
  for (guint i = 0; i < records->len; i++)
    {
      ChSharedRecord *record = g_ptr_array_index (records, i);
      const char *record_subject = record->subject != NULL ? record->subject : "";

      if (record->project_id == project_id && record->commitment_id == commitment_id &&
          g_str_equal (record_subject, subject != NULL ? subject : ""))
        return record;
    }

  return NULL;
}

/* Whether Procore has, or may have, heard of it: also by an attempt of which nobody knows yet what became of it. */
gboolean
_ch_statement_was_sent (ChDeskView            *view,
                        const ChSharedRecord  *record,
                        gboolean              *was_sent,
                        GError               **error)
{
  g_autoptr(ChFieldSet) sent = NULL;

  *was_sent = record->procore_id != NULL || record->base != NULL || record->remote != NULL;
  if (*was_sent || record->id == 0)
    return TRUE;
  if (!ch_store_outbox_get_sent (view->store, record->id, &sent, error))
    return FALSE;
  *was_sent = sent != NULL;

  return TRUE;
}

static gboolean
store_and_queue (ChDeskView      *view,
                 ChSharedRecord  *record,
                 GError         **error)
{
  return ch_store_put_shared (view->store, record, error) &&
         ch_store_outbox_queue (view->store, record->id, error);
}

static gboolean
say_first (ChDeskView        *view,
           ChSharedRecord    *record,
           const ChFieldSet  *fresh,
           GError           **error)
{
  g_autofree char *said = describe_said (fresh);
  g_autofree char *name = NULL;

  g_clear_pointer (&record->local, ch_field_set_free);
  record->local = ch_field_set_copy (fresh);
  /* What Procore once had of it is gone: it is made anew there. */
  if (record->gone)
    {
      g_clear_pointer (&record->base, ch_field_set_free);
      g_clear_pointer (&record->remote, ch_field_set_free);
      g_clear_pointer (&record->procore_id, g_free);
      record->gone = FALSE;
    }
  record->withdrawn = FALSE;
  if (!store_and_queue (view, record, error))
    return FALSE;
  name = dup_state_name (record);

  return ch_store_set_state (view->store, name, said, error);
}

static gboolean
say_again (ChDeskView        *view,
           ChSharedRecord    *record,
           const ChFieldSet  *fresh,
           const char        *state_name,
           const char        *said_before,
           GError           **error)
{
  g_autofree char *said_now = describe_said (fresh);
  g_autoptr(GHashTable) said = parse_said (said_before);
  g_autoptr(ChFieldSet) local = lay_over (record->local, fresh, said);

  if (record->withdrawn || !ch_field_set_equal (local, record->local))
    {
      ch_field_set_free (record->local);
      record->local = g_steal_pointer (&local);
      record->withdrawn = FALSE;
      if (!store_and_queue (view, record, error))
        return FALSE;
    }

  return g_str_equal (said_now, said_before) || ch_store_set_state (view->store, state_name, said_now, error);
}

/**
 * _ch_statement_say:
 * @record: new (id 0) with its kind and place, or as stored; updated
 * @fresh: what the facts make the desk say now
 *
 * Brings the record up to what the desk says, without undoing what people said in it, and queues it for Procore
 * where that makes a difference.
 */
gboolean
_ch_statement_say (ChDeskView        *view,
                   ChSharedRecord    *record,
                   const ChFieldSet  *fresh,
                   GError           **error)
{
  g_autofree char *state_name = NULL;
  g_autofree char *said = NULL;
  GError *local_error = NULL;

  if (record->id == 0 || record->local == NULL)
    return say_first (view, record, fresh, error);

  state_name = dup_state_name (record);
  said = ch_store_dup_state (view->store, state_name, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (said == NULL || said[0] == '\0')
    return say_first (view, record, fresh, error);

  if (record->gone && record->withdrawn)
    {
      g_autoptr(GHashTable) table = parse_said (said);

      return !has_news (record->kind, fresh, table) || say_first (view, record, fresh, error);
    }

  return say_again (view, record, fresh, state_name, said, error);
}

/* Of what is said no more there is nothing left to decide. */
static gboolean
close_conflicts (ChDeskView            *view,
                 const ChSharedRecord  *record,
                 GError               **error)
{
  g_autoptr(GPtrArray) conflicts = ch_store_list_conflicts (view->store, record->id, error);

  if (conflicts == NULL)
    return FALSE;

  for (guint i = 0; i < conflicts->len; i++)
    {
      if (!ch_store_settle_conflict (view->store, ((ChConflict *)g_ptr_array_index (conflicts, i))->id, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * _ch_statement_withdraw:
 *
 * The desk has nothing to say here any more: what Procore has stays as it was last agreed, and nothing waits to be
 * sent, or to be decided.
 */
gboolean
_ch_statement_withdraw (ChDeskView      *view,
                        ChSharedRecord  *record,
                        GError         **error)
{
  g_autofree char *state_name = dup_state_name (record);

  if (record->withdrawn)
    return TRUE;

  record->withdrawn = TRUE;
  if (record->base != NULL)
    {
      g_clear_pointer (&record->local, ch_field_set_free);
      record->local = ch_field_set_copy (record->base);
    }
  if (!ch_store_put_shared (view->store, record, error) ||
      !ch_store_set_state (view->store, state_name, NULL, error) ||
      !close_conflicts (view, record, error))
    return FALSE;

  return ch_store_outbox_withdraw (view->store, record->id, error);
}

/**
 * _ch_statement_forget:
 *
 * Lets go of all that was said here, as for one who is spoken of no more: whoever is spoken of next is news.
 */
gboolean
_ch_statement_forget (ChDeskView      *view,
                      ChSharedRecord  *record,
                      GError         **error)
{
  g_autofree char *state_name = dup_state_name (record);

  return _ch_statement_withdraw (view, record, error) &&
         ch_store_set_state (view->store, state_name, NULL, error);
}
