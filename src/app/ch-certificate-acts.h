#pragma once

#include <gtk/gtk.h>

#include "ch-desk-worker.h"

G_BEGIN_DECLS

/* What a reviewer does with a certificate, in the desk's thread; and how it is taken back. */

/* corrections: (nullable) (element-type utf8 utf8): copied */
void     ch_certificate_decide_async     (ChDeskWorker         *desk,
                                          gint64                certificate_id,
                                          ChReviewState         decision,
                                          const char           *why,
                                          GHashTable           *corrections,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* vendor_id 0: nobody's; project_ids: (nullable): copied; none is every project of the sub */
void     ch_certificate_assign_async     (ChDeskWorker         *desk,
                                          gint64                certificate_id,
                                          gint64                vendor_id,
                                          GArray               *project_ids,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* of either */
gboolean ch_certificate_act_finish       (ChDeskWorker         *desk,
                                          GAsyncResult         *result,
                                          GError              **error);
/* tells @text in the widget's window, with a button that takes the decision back */
void     ch_certificate_offer_reopening  (GtkWidget            *widget,
                                          const char           *text,
                                          gint64                certificate_id);
/* … that gives it to whom it was before */
void     ch_certificate_offer_assigning  (GtkWidget            *widget,
                                          const char           *text,
                                          const ChFiledCertificate *before);

G_END_DECLS
