#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>

#include "ch-desk-private.h"
#include "ch-statement-private.h"
#include "ch-store-events.h"
#include "ch-store-shared.h"

static ChConflict *
find_conflict (ChStore  *store,
               gint64    id,
               GError  **error)
{
  g_autoptr(GPtrArray) conflicts = ch_store_list_conflicts (store, 0, error);

  if (conflicts == NULL)
    return NULL;

  for (guint i = 0; i < conflicts->len; i++)
    {
      ChConflict *conflict = g_ptr_array_index (conflicts, i);

      if (conflict->id == id)
        return g_ptr_array_steal_index (conflicts, i);
    }
  g_set_error (error, CH_DESK_ERROR, CH_DESK_ERROR_NOT_FOUND, _("there is no open conflict %" PRId64), id);

  return NULL;
}

/* One field that both changed. Either way Procore's value has been seen: it becomes the base, so that the same clash
 * does not come again. Kept here, the desk's value differs from the base and is sent; kept there, it is the record's
 * value until the desk has something new to say in this field (ch-statement.c). */
static gboolean
settle_field (ChSharedRecord    *record,
              const ChConflict  *conflict,
              gboolean           keep_procore)
{
  const char *remote = conflict->remote;

  /* What Procore has told since the clash was found counts more than what it said then. */
  if (record->remote != NULL)
    remote = ch_field_set_get (record->remote, conflict->field);
  /* An empty text is no value, as everywhere in the merge: else the field would look said, and stay behind. */
  if (remote != NULL && remote[0] == '\0')
    remote = NULL;
  if (record->base == NULL)
    record->base = ch_field_set_new ();
  if (keep_procore)
    {
      if (record->local == NULL)
        record->local = ch_field_set_new ();
      ch_field_set_set (record->local, conflict->field, remote);
    }
  ch_field_set_set (record->base, conflict->field, remote);

  return !keep_procore;
}

/* A record that was deleted in Procore while it changed here: it stays away, or is made again. */
static gboolean
settle_record (ChSharedRecord *record,
               gboolean        keep_procore)
{
  if (keep_procore)
    {
      record->gone = TRUE;
      record->withdrawn = TRUE;
      return FALSE;
    }

  g_clear_pointer (&record->base, ch_field_set_free);
  g_clear_pointer (&record->remote, ch_field_set_free);
  g_clear_pointer (&record->procore_id, g_free);
  record->gone = FALSE;
  record->withdrawn = FALSE;

  return TRUE;
}

/* A listing that would take much away: it is believed, or what is here is kept. The next listing acts on the answer, which
 * holds for what was missing when it was asked for. */
static gboolean
settle_removal (ChStore           *store,
                const ChConflict  *conflict,
                gboolean           keep_procore,
                GError           **error)
{
  g_autofree char *name = g_strconcat (CH_STATE_REMOVAL, conflict->scope, NULL);
  g_autofree char *asked = ch_store_dup_state (store, name, error);
  g_autofree char *answer = NULL;
  g_autofree char *detail = NULL;
  const char *ids = asked != NULL ? strchr (asked, ' ') : NULL;

  if (ids == NULL)
    {
      if (error == NULL || *error == NULL)
        g_set_error (error, CH_DESK_ERROR, CH_DESK_ERROR_NOT_FOUND, _("there is no open conflict %" PRId64),
                     conflict->id);
      return FALSE;
    }
  answer = g_strconcat (keep_procore ? "remove" : "keep", ids, NULL);
  detail = _ch_desk_dup_detail ("listing", conflict->scope, "keep", keep_procore ? "procore" : "certholder", "local",
                                conflict->local, "remote", conflict->remote, NULL);

  return ch_store_set_state (store, name, answer, error) &&
         ch_store_settle_conflict (store, conflict->id, error) &&
         ch_store_add_event (store, "conflict.settled", 0, 0, NULL, detail, error);
}

static gboolean
settle (ChDesk    *self,
        gint64     conflict_id,
        gboolean   keep_procore,
        GError   **error)
{
  ChStore *store = ch_desk_get_store (self);
  g_autoptr(ChConflict) conflict = find_conflict (store, conflict_id, error);
  g_autoptr(ChSharedRecord) record = NULL;
  g_autofree char *detail = NULL;
  gboolean is_record, sends;

  if (conflict == NULL)
    return FALSE;
  if (conflict->scope != NULL)
    return settle_removal (store, conflict, keep_procore, error);
  record = ch_store_get_shared (store, conflict->record_id, error);
  if (record == NULL)
    return FALSE;

  is_record = g_strcmp0 (conflict->field, CH_CONFLICT_RECORD) == 0;
  sends = is_record ? settle_record (record, keep_procore) : settle_field (record, conflict, keep_procore);
  detail = _ch_desk_dup_detail ("record", ch_shared_kind_to_string (record->kind), "field", conflict->field,
                                "keep", keep_procore ? "procore" : "certholder", "local", conflict->local,
                                "remote", conflict->remote, NULL);
  if (!ch_store_put_shared (store, record, error) ||
      !ch_store_settle_conflict (store, conflict_id, error) ||
      !ch_store_add_event (store, "conflict.settled", record->project_id, record->vendor_id, record->uuid, detail,
                           error))
    return FALSE;
  if (sends)
    return ch_store_outbox_queue (store, record->id, error);

  return !is_record || ch_store_outbox_drop (store, record->id, error);
}

/**
 * ch_desk_settle_conflict:
 * @keep_procore: whether what stands in Procore is to hold; else what the desk says
 *
 * A person's answer to a clash. What a person kept is not put back by the next publication: it holds until the facts
 * behind that field change.
 *
 * Returns: %FALSE with %CH_DESK_ERROR_NOT_FOUND where no such conflict is open
 */
gboolean
ch_desk_settle_conflict (ChDesk    *self,
                         gint64     conflict_id,
                         gboolean   keep_procore,
                         GError   **error)
{
  gboolean own;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);

  if (!_ch_desk_begin (self, NULL, &own, error))
    return FALSE;

  return _ch_desk_end (self, own, settle (self, conflict_id, keep_procore, error), error);
}
