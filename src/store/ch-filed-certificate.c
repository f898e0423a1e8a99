#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-store-certificates.h"

static const char * const review_names[] = { "pending", "approved", "rejected" };

/**
 * ch_review_state_to_string:
 *
 * Returns: (transfer none): the stable word, as in JSON
 */
const char *
ch_review_state_to_string (ChReviewState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (review_names), NULL);

  return review_names[state];
}

const char *
ch_duplicate_to_string (ChDuplicate duplicate)
{
  static const char * const names[] = { NULL, "document", "content" };

  g_return_val_if_fail ((guint) duplicate < G_N_ELEMENTS (names), NULL);

  return names[duplicate];
}

/**
 * ch_filed_certificate_new:
 *
 * Returns: (transfer full): one that is for all projects, awaits review and has an empty certificate
 */
ChFiledCertificate *
ch_filed_certificate_new (void)
{
  ChFiledCertificate *self = g_new0 (ChFiledCertificate, 1);

  self->version = 1;
  self->project_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->certificate = ch_certificate_new ();
  self->policy_uuids = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
ch_filed_certificate_free (ChFiledCertificate *self)
{
  if (self == NULL)
    return;

  g_free (self->uuid);
  g_free (self->sha256);
  g_free (self->file_name);
  g_free (self->matched_by);
  g_clear_pointer (&self->project_ids, g_array_unref);
  g_free (self->review_why);
  g_free (self->reviewed_by);
  g_free (self->read_problem);
  g_free (self->first_approved_by);
  g_clear_pointer (&self->certificate, ch_certificate_free);
  g_clear_pointer (&self->policy_uuids, g_ptr_array_unref);
  g_free (self);
}

void
ch_certificate_version_free (ChCertificateVersion *self)
{
  if (self == NULL)
    return;

  g_free (self->made_by);
  g_clear_pointer (&self->certificate, ch_certificate_free);
  g_free (self);
}
