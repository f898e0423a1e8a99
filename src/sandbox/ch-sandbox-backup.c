#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

#include <string.h>

/* The kinds of records that a backup holds; memberships are records too. */
#define N_KINDS 10

/**
 * ChBackup:
 * @records: (element-type JsonObject): by kind, in the order of list_kinds()
 *
 * What there was at one time. The next id goes back as well: a restored server hands ids out again.
 */
typedef struct _ChBackup {
  GPtrArray *records[N_KINDS];
  gint64     next_id;
} ChBackup;

static void
list_kinds (ChSandbox   *self,
            GPtrArray ***kinds)
{
  GPtrArray **const all[N_KINDS] = { &self->projects, &self->vendors,    &self->stages,  &self->trades, &self->memberships,
                                     &self->insurances, &self->commitments, &self->folders, &self->files,  &self->links };

  memcpy (kinds, all, sizeof all);
}

static JsonObject *
copy_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (JsonNode) copy = json_from_string (text, NULL);

  return json_object_ref (json_node_get_object (copy));
}

static GPtrArray *
copy_records (GPtrArray *records)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  guint i;

  for (i = 0; i < records->len; i++)
    g_ptr_array_add (copy, copy_object (g_ptr_array_index (records, i)));
  return copy;
}

/*< private > */
void
_ch_backup_free (ChBackup *backup)
{
  guint i;

  for (i = 0; i < N_KINDS; i++)
    g_ptr_array_unref (backup->records[i]);
  g_free (backup);
}

/**
 * ch_sandbox_back_up:
 * @self: the sandbox
 *
 * Keeps what there is; a backup that was made before is forgotten.
 */
void
ch_sandbox_back_up (ChSandbox *self)
{
  GPtrArray **kinds[N_KINDS];
  guint i;

  g_return_if_fail (CH_IS_SANDBOX (self));

  g_clear_pointer (&self->backup, _ch_backup_free);
  self->backup = g_new0 (ChBackup, 1);
  self->backup->next_id = self->next_id;
  list_kinds (self, kinds);
  for (i = 0; i < N_KINDS; i++)
    self->backup->records[i] = copy_records (*kinds[i]);
}

/**
 * ch_sandbox_restore:
 * @self: the sandbox
 *
 * Goes back to the backup, which is kept.
 *
 * Returns: whether there is one
 */
gboolean
ch_sandbox_restore (ChSandbox *self)
{
  GPtrArray **kinds[N_KINDS];
  guint i;

  g_return_val_if_fail (CH_IS_SANDBOX (self), FALSE);

  if (self->backup == NULL)
    return FALSE;
  list_kinds (self, kinds);
  for (i = 0; i < N_KINDS; i++)
    {
      g_ptr_array_unref (*kinds[i]);
      *kinds[i] = copy_records (self->backup->records[i]);
    }
  _ch_index_reset (self);
  self->next_id = self->backup->next_id;
  return TRUE;
}
