#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-vendor.h"

ChVendor *
ch_vendor_new (void)
{
  ChVendor *self = g_new0 (ChVendor, 1);

  self->trades = g_ptr_array_new_with_free_func (g_free);
  self->project_ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  return self;
}

ChVendor *
ch_vendor_copy (const ChVendor *self)
{
  ChVendor *copy;
  guint i;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (ChVendor, 1);
  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->trade_name = g_strdup (self->trade_name);
  copy->legal_name = g_strdup (self->legal_name);
  copy->abbreviated_name = g_strdup (self->abbreviated_name);
  copy->address = g_strdup (self->address);
  copy->city = g_strdup (self->city);
  copy->state_code = g_strdup (self->state_code);
  copy->zip = g_strdup (self->zip);
  copy->email_address = g_strdup (self->email_address);
  copy->business_phone = g_strdup (self->business_phone);
  copy->license_number = g_strdup (self->license_number);
  copy->origin_id = g_strdup (self->origin_id);
  copy->updated_at = g_strdup (self->updated_at);

  copy->trades = g_ptr_array_new_with_free_func (g_free);
  for (i = 0; i < self->trades->len; i++)
    g_ptr_array_add (copy->trades, g_strdup (g_ptr_array_index (self->trades, i)));

  copy->project_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (self->project_ids->len > 0)
    g_array_append_vals (copy->project_ids, self->project_ids->data, self->project_ids->len);

  return copy;
}

void
ch_vendor_free (ChVendor *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->trade_name);
  g_free (self->legal_name);
  g_free (self->abbreviated_name);
  g_free (self->address);
  g_free (self->city);
  g_free (self->state_code);
  g_free (self->zip);
  g_free (self->email_address);
  g_free (self->business_phone);
  g_free (self->license_number);
  g_free (self->origin_id);
  g_free (self->updated_at);
  g_ptr_array_unref (self->trades);
  g_array_unref (self->project_ids);
  g_free (self);
}
