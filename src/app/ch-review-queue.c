#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-review-queue.h"

#include "ch-certificate-item.h"

/* (element-type gint64) */
static GArray *
list_pending (ChOffice *office)
{
  GListModel *model = ch_collection_get_model (ch_office_get_certificates (office));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(ChCertificateItem) item = g_list_model_get_item (model, i);
      gint64 id = ch_item_get_id (CH_ITEM (item));

      /* they stand in front */
      if (ch_certificate_item_get_review (item) != CH_REVIEW_PENDING)
        break;
      g_array_append_val (ids, id);
    }

  return ids;
}

guint
ch_review_queue_count (ChOffice *office)
{
  g_autoptr(GArray) ids = NULL;

  g_return_val_if_fail (CH_IS_OFFICE (office), 0);

  ids = list_pending (office);

  return ids->len;
}

/**
 * ch_review_queue_find:
 * @office: the office
 * @certificate_id: a certificate
 * @position: (out): where it stands, from 0
 * @n: (out): how many await review
 *
 * Returns: whether it is one of them
 */
gboolean
ch_review_queue_find (ChOffice *office,
                      gint64    certificate_id,
                      guint    *position,
                      guint    *n)
{
  g_autoptr(GArray) ids = NULL;

  g_return_val_if_fail (CH_IS_OFFICE (office), FALSE);

  ids = list_pending (office);
  *n = ids->len;
  for (guint i = 0; i < ids->len; i++)
    {
      *position = i;
      if (g_array_index (ids, gint64, i) == certificate_id)
        return TRUE;
    }

  return FALSE;
}

/**
 * ch_review_queue_get_next:
 * @office: the office
 * @certificate_id: a certificate that is being reviewed; the list may know already that it is done, or not yet
 * @step: 1 for the one after it, -1 for the one before
 *
 * After the last one it begins again.
 *
 * Returns: another certificate that awaits review, 0 where there is none
 */
gint64
ch_review_queue_get_next (ChOffice *office,
                          gint64    certificate_id,
                          int       step)
{
  g_autoptr(GArray) ids = NULL;
  guint position, n;

  g_return_val_if_fail (CH_IS_OFFICE (office), 0);

  ids = list_pending (office);
  if (!ch_review_queue_find (office, certificate_id, &position, &n))
    return ids->len > 0 ? g_array_index (ids, gint64, 0) : 0;
  if (n < 2)
    return 0;

  return g_array_index (ids, gint64, (position + n + step) % n);
}
