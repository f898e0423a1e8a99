#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-insurance-record.h"

ChInsuranceRecord *
ch_insurance_record_new (void)
{
  ChInsuranceRecord *self = g_new0 (ChInsuranceRecord, 1);

  self->fields = ch_field_set_new ();

  return self;
}

ChInsuranceRecord *
ch_insurance_record_copy (const ChInsuranceRecord *self)
{
  ChInsuranceRecord *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (ChInsuranceRecord, 1);
  *copy = *self;
  copy->origin_id = g_strdup (self->origin_id);
  copy->fields = ch_field_set_copy (self->fields);

  return copy;
}

void
ch_insurance_record_free (ChInsuranceRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->origin_id);
  ch_field_set_free (self->fields);
  g_free (self);
}
