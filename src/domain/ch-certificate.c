#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-certificate.h"

ChInsurer *
ch_insurer_new (const char *letter,
                const char *name,
                const char *naic)
{
  ChInsurer *self = g_new0 (ChInsurer, 1);

  self->letter = g_strdup (letter);
  self->name = g_strdup (name);
  self->naic = g_strdup (naic);

  return self;
}

ChInsurer *
ch_insurer_copy (const ChInsurer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return ch_insurer_new (self->letter, self->name, self->naic);
}

void
ch_insurer_free (ChInsurer *self)
{
  if (self == NULL)
    return;

  g_free (self->letter);
  g_free (self->name);
  g_free (self->naic);
  g_free (self);
}

ChFieldReading *
ch_field_reading_new (const char   *path,
                      double        confidence,
                      int           page,
                      const double  box[4])
{
  ChFieldReading *self = g_new0 (ChFieldReading, 1);

  self->path = g_strdup (path);
  self->confidence = confidence;
  self->page = page;
  if (box != NULL)
    memcpy (self->box, box, sizeof self->box);

  return self;
}

ChFieldReading *
ch_field_reading_copy (const ChFieldReading *self)
{
  ChFieldReading *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = ch_field_reading_new (self->path, self->confidence, self->page, self->box);
  copy->doubts = self->doubts;

  return copy;
}

void
ch_field_reading_free (ChFieldReading *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self);
}

/**
 * ch_certificate_new:
 *
 * Returns: (transfer full): a certificate that shows nothing
 */
ChCertificate *
ch_certificate_new (void)
{
  ChCertificate *self = g_new0 (ChCertificate, 1);

  self->date = CH_DATE_NONE;
  self->insurers = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_insurer_free);
  self->policies = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_policy_free);
  self->endorsements = g_ptr_array_new_with_free_func (g_free);
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_field_reading_free);

  return self;
}

static void
copy_lists (ChCertificate       *copy,
            const ChCertificate *self)
{
  guint i;

  for (i = 0; i < self->insurers->len; i++)
    g_ptr_array_add (copy->insurers, ch_insurer_copy (g_ptr_array_index (self->insurers, i)));
  for (i = 0; i < self->policies->len; i++)
    g_ptr_array_add (copy->policies, ch_policy_copy (g_ptr_array_index (self->policies, i)));
  for (i = 0; i < self->endorsements->len; i++)
    g_ptr_array_add (copy->endorsements, g_strdup (g_ptr_array_index (self->endorsements, i)));
  for (i = 0; i < self->fields->len; i++)
    g_ptr_array_add (copy->fields, ch_field_reading_copy (g_ptr_array_index (self->fields, i)));
}

ChCertificate *
ch_certificate_copy (const ChCertificate *self)
{
  ChCertificate *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = ch_certificate_new ();
  copy->form = g_strdup (self->form);
  copy->edition = g_strdup (self->edition);
  copy->date = self->date;
  copy->producer_name = g_strdup (self->producer_name);
  copy->producer_contact = g_strdup (self->producer_contact);
  copy->producer_phone = g_strdup (self->producer_phone);
  copy->producer_email = g_strdup (self->producer_email);
  copy->insured_name = g_strdup (self->insured_name);
  copy->insured_address = g_strdup (self->insured_address);
  copy->description_of_operations = g_strdup (self->description_of_operations);
  copy->certificate_number = g_strdup (self->certificate_number);
  copy->revision_number = g_strdup (self->revision_number);
  copy->holder_name = g_strdup (self->holder_name);
  copy->holder_address = g_strdup (self->holder_address);
  copy_lists (copy, self);

  return copy;
}

void
ch_certificate_free (ChCertificate *self)
{
  if (self == NULL)
    return;

  g_free (self->form);
  g_free (self->edition);
  g_free (self->producer_name);
  g_free (self->producer_contact);
  g_free (self->producer_phone);
  g_free (self->producer_email);
  g_free (self->insured_name);
  g_free (self->insured_address);
  g_ptr_array_unref (self->insurers);
  g_ptr_array_unref (self->policies);
  g_free (self->description_of_operations);
  g_free (self->certificate_number);
  g_free (self->revision_number);
  g_free (self->holder_name);
  g_free (self->holder_address);
  g_ptr_array_unref (self->endorsements);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

/**
 * ch_certificate_get_insurer:
 * @self: a certificate
 * @letter: (nullable): A to F, as a policy's row names its insurer
 *
 * Returns: (transfer none) (nullable): the insurer under that letter
 */
const ChInsurer *
ch_certificate_get_insurer (const ChCertificate *self,
                            const char          *letter)
{
  guint i;

  g_return_val_if_fail (self != NULL, NULL);

  for (i = 0; letter != NULL && i < self->insurers->len; i++)
    {
      const ChInsurer *insurer = g_ptr_array_index (self->insurers, i);

      if (insurer->letter != NULL && g_ascii_strcasecmp (insurer->letter, letter) == 0)
        return insurer;
    }

  return NULL;
}
