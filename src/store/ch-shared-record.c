#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-store-shared.h"

static const char * const kind_names[CH_N_SHARED_KINDS] = {
  [CH_SHARED_POLICY] = "policy",
  [CH_SHARED_OVERALL] = "overall",
  [CH_SHARED_COMPLIANCE] = "compliance",
  [CH_SHARED_DOCUMENT] = "document",
  [CH_SHARED_REPORT] = "report",
  [CH_SHARED_LINK] = "link",
};

/**
 * ch_shared_kind_to_string:
 *
 * Returns: (transfer none): the stable word, as in the origin_id
 */
const char *
ch_shared_kind_to_string (ChSharedKind kind)
{
  g_return_val_if_fail ((guint) kind < CH_N_SHARED_KINDS, NULL);

  return kind_names[kind];
}

/**
 * ch_shared_record_new:
 *
 * Returns: (transfer full): a record that says nothing yet and is not known to exist in Procore
 */
ChSharedRecord *
ch_shared_record_new (ChSharedKind kind)
{
  ChSharedRecord *self = g_new0 (ChSharedRecord, 1);

  self->kind = kind;
  self->local = ch_field_set_new ();

  return self;
}

void
ch_shared_record_free (ChSharedRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->uuid);
  g_free (self->subject);
  g_free (self->procore_id);
  g_clear_pointer (&self->local, ch_field_set_free);
  g_clear_pointer (&self->base, ch_field_set_free);
  g_clear_pointer (&self->remote, ch_field_set_free);
  g_free (self);
}

/**
 * ch_shared_record_dup_origin_id:
 * @self: a record that has its uuid
 *
 * Returns: (transfer full): `certholder:<kind>:<uuid>`, by which Procore knows a record as ours
 */
char *
ch_shared_record_dup_origin_id (const ChSharedRecord *self)
{
  g_return_val_if_fail (self != NULL && self->uuid != NULL, NULL);

  return g_strdup_printf ("certholder:%s:%s", ch_shared_kind_to_string (self->kind), self->uuid);
}
