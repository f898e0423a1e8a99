#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-merge.h"

/*
 * First the record as a whole. A side that is NULL does not have it; what the desk has withdrawn is not there locally.
 *
 *   base  local  remote
 *    -      -      -     nothing
 *    -      x      -     it is to be made: everything is sent
 *    x      -      -     nothing any more
 *    -      x      x     both made it: field by field, without a base
 *    x      x      x     field by field
 *    ?      -      x     the desk says no more: what stands there stays, and what people write there is theirs
 *    x      = base -     deleted there: it ends here too
 *    x      ≠ base -     deleted there and changed here: the change survives as a conflict to look at
 *
 * Then, where it stands on both sides or is to be made, field by field:
 *
 *   local   remote
 *   = base  = base   nothing
 *   ≠ base  = base   send ours
 *   = base  ≠ base   take over theirs
 *   ≠ base  = local  nothing to send; it becomes the base
 *   ≠ base  ≠ local  a clash: a person decides, neither value is lost
 *
 * Before the first agreement there is no base: a field that Procore does not have is sent, an equal one is agreed, and
 * a different one is a clash, since a person may have written it. Fields that we neither say nor have agreed on are
 * not ours: they are left alone.
 *
 * No value and an empty text are the same everywhere: Procore tells a text that was taken away in either way.
 */

/**
 * ch_clash_free:
 * @self: (transfer full): a clash
 */
void
ch_clash_free (ChClash *self)
{
  g_free (self->field);
  g_free (self->base);
  g_free (self->local);
  g_free (self->remote);
  g_free (self);
}

/**
 * ch_merge_free:
 * @self: (transfer full): a merge
 */
void
ch_merge_free (ChMerge *self)
{
  ch_field_set_free (self->send);
  ch_field_set_free (self->apply);
  ch_field_set_free (self->base);
  g_ptr_array_unref (self->clashes);
  g_free (self);
}

/* NULL where there is no value, also where the record is not there at all. */
static const char *
get (const ChFieldSet *fields,
     const char       *name)
{
  const char *value = fields != NULL ? ch_field_set_get (fields, name) : NULL;

  return value != NULL && *value != '\0' ? value : NULL;
}

static void
add_clash (ChMerge    *merge,
           const char *field,
           const char *base,
           const char *local,
           const char *remote)
{
  ChClash *clash = g_new0 (ChClash, 1);

  clash->field = g_strdup (field);
  clash->base = g_strdup (base);
  clash->local = g_strdup (local);
  clash->remote = g_strdup (remote);
  g_ptr_array_add (merge->clashes, clash);
}

static void
merge_field (ChMerge    *merge,
             const char *field,
             gboolean    has_base,
             const char *base,
             const char *local,
             const char *remote)
{
  if (g_strcmp0 (local, remote) == 0)
    {
      ch_field_set_set (merge->base, field, local);
      return;
    }

  ch_field_set_set (merge->base, field, base);
  if (!has_base)
    {
      if (remote == NULL)
        ch_field_set_set (merge->send, field, local);
      else if (local != NULL)
        add_clash (merge, field, NULL, local, remote);
    }
  else if (g_strcmp0 (remote, base) == 0)
    {
      ch_field_set_set (merge->send, field, local != NULL ? local : "");
    }
  else if (g_strcmp0 (local, base) == 0)
    {
      ch_field_set_set (merge->apply, field, remote != NULL ? remote : "");
      ch_field_set_set (merge->base, field, remote);
    }
  else
    {
      add_clash (merge, field, base, local, remote);
    }
}

static void
merge_fields (ChMerge          *merge,
              const ChFieldSet *base,
              const ChFieldSet *local,
              const ChFieldSet *remote)
{
  guint i;

  for (i = 0; i < ch_field_set_get_size (local); i++)
    {
      const char *field = ch_field_set_get_name (local, i);

      if (get (local, field) != NULL)
        merge_field (merge, field, base != NULL, get (base, field), get (local, field), get (remote, field));
    }
  /* What we said once and say no more. */
  for (i = 0; base != NULL && i < ch_field_set_get_size (base); i++)
    {
      const char *field = ch_field_set_get_name (base, i);

      if (get (local, field) == NULL && get (base, field) != NULL)
        merge_field (merge, field, TRUE, get (base, field), NULL, get (remote, field));
    }
}

/* What stands there of the fields that were agreed on, so that an edit there is no news twice. */
static void
follow_remote (ChMerge          *merge,
               const ChFieldSet *base,
               const ChFieldSet *remote)
{
  guint i;

  for (i = 0; base != NULL && i < ch_field_set_get_size (base); i++)
    {
      const char *field = ch_field_set_get_name (base, i);

      ch_field_set_set (merge->base, field, get (remote, field));
    }
}

static gboolean
is_same (const ChFieldSet *a,
         const ChFieldSet *b)
{
  guint i;

  for (i = 0; i < ch_field_set_get_size (a); i++)
    {
      if (g_strcmp0 (get (a, ch_field_set_get_name (a, i)), get (b, ch_field_set_get_name (a, i))) != 0)
        return FALSE;
    }
  for (i = 0; i < ch_field_set_get_size (b); i++)
    {
      if (g_strcmp0 (get (a, ch_field_set_get_name (b, i)), get (b, ch_field_set_get_name (b, i))) != 0)
        return FALSE;
    }
  return TRUE;
}

static ChMergeOutcome
find_outcome (const ChFieldSet *base,
              const ChFieldSet *local,
              const ChFieldSet *remote)
{
  if (local == NULL)
    return remote != NULL ? CH_MERGE_LEFT : CH_MERGE_MISSING;
  if (remote != NULL || base == NULL)
    return CH_MERGE_FIELDS;

  return is_same (base, local) ? CH_MERGE_DELETED : CH_MERGE_DELETED_AND_CHANGED;
}

/**
 * ch_merge:
 * @base: (nullable): what both sides last agreed on; %NULL before the first agreement
 * @local: (nullable): what the desk says; %NULL where it says nothing (any more)
 * @remote: (nullable): what Procore says; %NULL where it does not have the record
 *
 * Pure: the same three give the same answer.
 *
 * Returns: (transfer full): what to do
 */
ChMerge *
ch_merge (const ChFieldSet *base,
          const ChFieldSet *local,
          const ChFieldSet *remote)
{
  ChMerge *merge = g_new0 (ChMerge, 1);

  merge->outcome = find_outcome (base, local, remote);
  merge->send = ch_field_set_new ();
  merge->apply = ch_field_set_new ();
  merge->base = ch_field_set_new ();
  merge->clashes = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_clash_free);

  switch (merge->outcome)
    {
    case CH_MERGE_FIELDS:
      merge_fields (merge, base, local, remote);
      break;
    case CH_MERGE_LEFT:
      follow_remote (merge, base, remote);
      break;
    case CH_MERGE_DELETED:
    case CH_MERGE_DELETED_AND_CHANGED:
      ch_field_set_free (merge->base);
      merge->base = ch_field_set_copy (base);
      break;
    case CH_MERGE_MISSING:
    default:
      break;
    }
  return merge;
}

/**
 * ch_merge_learn:
 * @base: (nullable): what both sides last agreed on
 * @sent: (nullable): what an attempt carried of which nobody knows whether it was done
 * @remote: what Procore has since
 *
 * Where Procore has what was sent, it is agreed on, whatever the desk says by now: else the desk's newer word would look
 * as if it were the old one, and Procore's echo as if it were a person's. A record that was not there before can only
 * have been made by the attempt, hence with all that it carried: where it shows something else, somebody wrote it since.
 *
 * Returns: (transfer full) (nullable): the base for ch_merge()
 */
ChFieldSet *
ch_merge_learn (const ChFieldSet *base,
                const ChFieldSet *sent,
                const ChFieldSet *remote)
{
  ChFieldSet *learnt = base != NULL ? ch_field_set_copy (base) : NULL;
  guint i;

  if (sent == NULL)
    return learnt;

  if (learnt == NULL)
    learnt = ch_field_set_new ();
  for (i = 0; i < ch_field_set_get_size (sent); i++)
    {
      const char *field = ch_field_set_get_name (sent, i);

      if (base == NULL || g_strcmp0 (get (sent, field), get (remote, field)) == 0)
        ch_field_set_set (learnt, field, get (sent, field));
    }
  return learnt;
}
