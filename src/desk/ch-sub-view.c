#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-store-directory.h"
#include "ch-sub-view-private.h"

/* The form's own date; one that shows none counts as made when it arrived. */
static ChDate
get_certificate_day (const ChFiledCertificate *filed)
{
  if (filed->certificate != NULL && filed->certificate->date != CH_DATE_NONE)
    return filed->certificate->date;

  return ch_date_in_zone (filed->received_at / G_USEC_PER_SEC, "UTC");
}

static int
compare_certificates (gconstpointer a,
                      gconstpointer b)
{
  const ChFiledCertificate *left = *(ChFiledCertificate * const *)a;
  const ChFiledCertificate *right = *(ChFiledCertificate * const *)b;
  ChDate left_day = get_certificate_day (left);
  ChDate right_day = get_certificate_day (right);

  if (left_day != right_day)
    return left_day < right_day ? -1 : 1;
  if (left->received_at != right->received_at)
    return left->received_at < right->received_at ? -1 : 1;

  return left->id < right->id ? -1 : left->id > right->id;
}

static gboolean
load_projects (ChSubView   *self,
               ChDeskView  *view,
               GError     **error)
{
  g_autoptr(GArray) all = ch_store_list_vendor_projects (view->store, self->vendor_id, error);

  if (all == NULL)
    return FALSE;

  for (guint i = 0; i < all->len; i++)
    {
      gint64 project_id = g_array_index (all, gint64, i);

      const ChProjectView *project = _ch_desk_view_get_watched_project (view, project_id);

      if (project != NULL)
        g_array_append_val (project->is_closed ? self->closed_project_ids : self->project_ids, project_id);
    }

  return TRUE;
}

ChSubView *
_ch_sub_view_new (ChDeskView  *view,
                  gint64       vendor_id,
                  GError     **error)
{
  g_autoptr(ChSubView) self = g_new0 (ChSubView, 1);
  g_autoptr(GError) local_error = NULL;

  self->vendor_id = vendor_id;
  self->project_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->closed_project_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->vendor = ch_store_get_vendor (view->store, vendor_id, &local_error);
  if (self->vendor == NULL && !g_error_matches (local_error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  g_clear_error (&local_error);
  self->is_gone = ch_store_is_vendor_gone (view->store, vendor_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  self->certificates = ch_store_list_certificates (view->store, vendor_id, FALSE, error);
  if (self->certificates == NULL)
    return NULL;
  g_ptr_array_sort (self->certificates, compare_certificates);
  self->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_evidence_file_free);
  g_ptr_array_set_size (self->evidence, (int)self->certificates->len);

  if (self->vendor != NULL && !load_projects (self, view, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
_ch_sub_view_free (ChSubView *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->vendor, ch_vendor_free);
  g_clear_pointer (&self->evidence, g_ptr_array_unref);
  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  g_clear_pointer (&self->project_ids, g_array_unref);
  g_clear_pointer (&self->closed_project_ids, g_array_unref);
  g_free (self);
}

ChEvidenceFile *
_ch_sub_view_get_evidence (const ChSubView *self,
                           guint            index)
{
  ChFiledCertificate *filed = g_ptr_array_index (self->certificates, index);

  if (g_ptr_array_index (self->evidence, index) == NULL)
    g_ptr_array_index (self->evidence, index) = ch_evidence_file_new (filed->certificate);

  return g_ptr_array_index (self->evidence, index);
}

gboolean
_ch_sub_view_is_on (const ChSubView *self,
                    gint64           project_id)
{
  for (guint i = 0; i < self->project_ids->len; i++)
    {
      if (g_array_index (self->project_ids, gint64, i) == project_id)
        return TRUE;
    }

  return FALSE;
}

gboolean
_ch_filed_certificate_is_for (const ChFiledCertificate *filed,
                              gint64                    project_id)
{
  if (filed->project_ids == NULL || filed->project_ids->len == 0)
    return TRUE;

  for (guint i = 0; i < filed->project_ids->len; i++)
    {
      if (g_array_index (filed->project_ids, gint64, i) == project_id)
        return TRUE;
    }

  return FALSE;
}

const ChFiledCertificate *
_ch_sub_view_get_pending (const ChSubView *self,
                          gint64           project_id)
{
  const ChFiledCertificate *first = NULL;

  for (guint i = 0; i < self->certificates->len; i++)
    {
      const ChFiledCertificate *filed = g_ptr_array_index (self->certificates, i);

      if (filed->review != CH_REVIEW_PENDING || !_ch_filed_certificate_is_for (filed, project_id))
        continue;
      if (first == NULL || filed->pending_since < first->pending_since)
        first = filed;
    }

  return first;
}

/* A contract that was called off: nothing is asked for it, and nothing is said about it. */
gboolean
_ch_commitment_is_dead (const ChCommitment *commitment)
{
  return commitment->status != NULL &&
         (g_ascii_strcasecmp (commitment->status, "Void") == 0 ||
          g_ascii_strcasecmp (commitment->status, "Terminated") == 0);
}
