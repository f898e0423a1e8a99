#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-desk-private.h"
#include "ch-store-events.h"
#include "ch-store-shared.h"

static gboolean
try_again (ChDesk  *self,
           gint64   record_id,
           GError **error)
{
  ChStore *store = ch_desk_get_store (self);
  g_autoptr(ChSharedRecord) record = ch_store_get_shared (store, record_id, error);
  g_autofree char *detail = NULL;

  if (record == NULL)
    return FALSE;
  detail = _ch_desk_dup_detail ("record", ch_shared_kind_to_string (record->kind), NULL);

  return ch_store_outbox_queue (store, record_id, error) &&
         ch_store_add_event (store, "procore.retried", record->project_id, record->vendor_id, record->uuid, detail,
                             error);
}

/**
 * ch_desk_try_again:
 * @record_id: a shared record whose change Procore refused
 *
 * A person has put right what was in the way (a permission, a value) and has it sent again.
 */
gboolean
ch_desk_try_again (ChDesk  *self,
                   gint64   record_id,
                   GError **error)
{
  gboolean own;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);

  if (!_ch_desk_begin (self, NULL, &own, error))
    return FALSE;

  return _ch_desk_end (self, own, try_again (self, record_id, error), error);
}
