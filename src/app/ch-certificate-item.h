#pragma once

#include "ch-item.h"
#include "ch-store-certificates.h"
#include "ch-desk.h"

G_BEGIN_DECLS

#define CH_TYPE_CERTIFICATE_ITEM (ch_certificate_item_get_type ())
G_DECLARE_FINAL_TYPE (ChCertificateItem, ch_certificate_item, CH, CERTIFICATE_ITEM, ChItem)

/* whose it is: the sub's name, else the insured on the form, else the file's name */
const char   *ch_certificate_item_get_title       (ChCertificateItem *self);
const char   *ch_certificate_item_get_file_name   (ChCertificateItem *self);
const char   *ch_certificate_item_get_search      (ChCertificateItem *self);
gint64        ch_certificate_item_get_vendor_id   (ChCertificateItem *self);
gint64        ch_certificate_item_get_received_at (ChCertificateItem *self);
/* the day on which its first policy ends, or %CH_DATE_NONE */
ChDate        ch_certificate_item_get_ends_on     (ChCertificateItem *self);
guint         ch_certificate_item_get_n_policies  (ChCertificateItem *self);
ChReviewState ch_certificate_item_get_review      (ChCertificateItem *self);
gboolean      ch_certificate_item_is_unreadable   (ChCertificateItem *self);

const char   *ch_review_get_label                 (ChReviewState      review);
const char   *ch_review_get_icon_name             (ChReviewState      review);
const char   *ch_review_get_style_class           (ChReviewState      review);

/* ChDeskFunc: (element-type ChCertificateItem): those that await review first, oldest first; then the newest */
gpointer      ch_certificate_items_load           (ChDesk            *desk,
                                                   gpointer           data,
                                                   GCancellable      *cancellable,
                                                   GError           **error);

G_END_DECLS
