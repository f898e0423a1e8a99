#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-commitment.h"

static const char * const kind_names[] = { "work_order_contract", "purchase_order_contract", "unknown" };

ChCommitment *
ch_commitment_new (void)
{
  return g_new0 (ChCommitment, 1);
}

ChCommitment *
ch_commitment_copy (const ChCommitment *self)
{
  ChCommitment *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (ChCommitment, 1);
  *copy = *self;
  copy->number = g_strdup (self->number);
  copy->title = g_strdup (self->title);
  copy->status = g_strdup (self->status);
  copy->updated_at = g_strdup (self->updated_at);

  return copy;
}

void
ch_commitment_free (ChCommitment *self)
{
  if (self == NULL)
    return;

  g_free (self->number);
  g_free (self->title);
  g_free (self->status);
  g_free (self->updated_at);
  g_free (self);
}

/**
 * ch_commitment_kind_to_string:
 *
 * Returns: (transfer none): the kind's name in JSON and in the store
 */
const char *
ch_commitment_kind_to_string (ChCommitmentKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), kind_names[0]);

  return kind_names[kind];
}

/**
 * ch_commitment_kind_from_string:
 * @text: (nullable): a name
 * @kind: (out): untouched where the name is unknown
 *
 * Returns: whether @text names a kind
 */
gboolean
ch_commitment_kind_from_string (const char       *text,
                                ChCommitmentKind *kind)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (kind_names); i++)
    {
      if (g_strcmp0 (text, kind_names[i]) == 0)
        {
          *kind = (ChCommitmentKind) i;
          return TRUE;
        }
    }

  return FALSE;
}

ChCompliance *
ch_compliance_new (void)
{
  return g_new0 (ChCompliance, 1);
}

void
ch_compliance_free (ChCompliance *self)
{
  if (self == NULL)
    return;

  g_free (self->insurance_status);
  g_free (self->insurance_notes);
  g_free (self->updated_at);
  g_free (self);
}
