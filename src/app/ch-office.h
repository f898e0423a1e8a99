#pragma once

#include "ch-account.h"
#include "ch-collection.h"
#include "ch-desk-worker.h"
#include "ch-reader.h"
#include "ch-watched-folder.h"

G_BEGIN_DECLS

/*
 * What the windows share: this machine's data, the threads that work on it, and the lists that show it.
 * ::store-changed (guint kind, GArray *ids): see ChChangeFunc; in the main thread.
 */
#define CH_TYPE_OFFICE (ch_office_get_type ())
G_DECLARE_FINAL_TYPE (ChOffice, ch_office, CH, OFFICE, GObject)

ChOffice     *ch_office_new              (const char  *data_dir,
                                          GError     **error);
/* ends the threads; acts that were asked for are done first */
void          ch_office_close            (ChOffice    *self);

/* all (transfer none). The store is for short reads in the main thread; writes go through the desk. */
ChStore      *ch_office_get_store        (ChOffice    *self);
ChDeskWorker *ch_office_get_desk         (ChOffice    *self);
ChReader     *ch_office_get_reader       (ChOffice    *self);
ChAccount    *ch_office_get_account      (ChOffice    *self);
ChWatchedFolder *ch_office_get_watched_folder (ChOffice *self);
ChCollection *ch_office_get_projects     (ChOffice    *self);
ChCollection *ch_office_get_subs         (ChOffice    *self);
ChCollection *ch_office_get_certificates (ChOffice    *self);
ChCollection *ch_office_get_conflicts    (ChOffice    *self);
gint64        ch_office_get_now          (ChOffice    *self);
/* the day in the company's zone */
ChDate        ch_office_get_today        (ChOffice    *self);

G_END_DECLS
