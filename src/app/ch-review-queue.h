#pragma once

#include "ch-office.h"

G_BEGIN_DECLS

/* The certificates that await review, in the order of their arrival, as the list of certificates has them in front. */
guint    ch_review_queue_count    (ChOffice *office);
/* whether it is one of them; position: from 0; n: of how many */
gboolean ch_review_queue_find     (ChOffice *office,
                                   gint64    certificate_id,
                                   guint    *position,
                                   guint    *n);
/* step: 1 or -1; 0 where there is no other */
gint64   ch_review_queue_get_next (ChOffice *office,
                                   gint64    certificate_id,
                                   int       step);

G_END_DECLS
