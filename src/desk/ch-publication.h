#pragma once

#include "ch-desk.h"
#include "ch-store-shared.h"
#include "ch-vendor.h"

G_BEGIN_DECLS

/* in each project's documents */
#define CH_PUBLICATION_FOLDER "Insurance certificates"

/*
 * What Procore should say, as local field sets of shared records (five places; see the table in the .c file). Inside
 * the caller's transaction: computes the records of one sub, or of one project's report and link, stores where they
 * differ, withdraws what is said no more, and queues the outbox.
 */
gboolean   ch_publish_sub             (ChDesk      *desk,
                                       gint64       vendor_id,
                                       GError     **error);
gboolean   ch_publish_project         (ChDesk      *desk,
                                       gint64       project_id,
                                       GError     **error);
/* whether one of the five places is switched on: `company_insurances`, `project_insurances`, `commitments`,
 * `documents`, `links` */
gboolean   ch_publication_is_on       (ChStore     *store,
                                       const char  *place);
/* the report of a project as it stands, for the push */
GBytes    *ch_publication_make_report (ChDesk      *desk,
                                       gint64       project_id,
                                       GError     **error);

/* "Insurance certificates/<Sub>", where a sub's certificates are filed */
char      *ch_publication_dup_folder  (const ChVendor *sub);

G_END_DECLS
