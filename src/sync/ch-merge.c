#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-merge.h"

/*
 * Field by field, what to do about base, local and remote:
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
      /* An empty text stands for a value that is taken away. */
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

/**
 * ch_merge:
 * @base: (nullable): what both sides last agreed on
 * @local: what the desk says
 * @remote: (nullable): what Procore says
 *
 * Pure: the same three give the same answer. In @send and @apply an empty text means that the value is taken away.
 *
 * Returns: (transfer full): what to do
 */
ChMerge *
ch_merge (const ChFieldSet *base,
          const ChFieldSet *local,
          const ChFieldSet *remote)
{
  ChMerge *merge = g_new0 (ChMerge, 1);
  guint i;

  merge->send = ch_field_set_new ();
  merge->apply = ch_field_set_new ();
  merge->base = ch_field_set_new ();
  merge->clashes = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_clash_free);

  for (i = 0; i < ch_field_set_get_size (local); i++)
    {
      const char *field = ch_field_set_get_name (local, i);

      merge_field (merge, field, base != NULL, base != NULL ? ch_field_set_get (base, field) : NULL,
                   ch_field_set_get_value (local, i), remote != NULL ? ch_field_set_get (remote, field) : NULL);
    }
  /* What we said once and say no more. */
  for (i = 0; base != NULL && i < ch_field_set_get_size (base); i++)
    {
      const char *field = ch_field_set_get_name (base, i);

      if (ch_field_set_get (local, field) == NULL)
        merge_field (merge, field, TRUE, ch_field_set_get_value (base, i), NULL,
                     remote != NULL ? ch_field_set_get (remote, field) : NULL);
    }
  return merge;
}
