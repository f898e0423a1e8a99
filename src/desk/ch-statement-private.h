#pragma once

#include "ch-desk-view-private.h"
#include "ch-store-shared.h"

G_BEGIN_DECLS

/* What the desk says in Procore, one shared record at a time; see ch-statement.c for how it lives with what people
 * say there. */
ChSharedRecord *_ch_statement_find      (GPtrArray         *records,
                                         gint64             project_id,
                                         gint64             commitment_id,
                                         const char        *subject);
gboolean        _ch_statement_say       (ChDeskView        *view,
                                         ChSharedRecord    *record,
                                         const ChFieldSet  *fresh,
                                         GError           **error);
gboolean        _ch_statement_withdraw  (ChDeskView        *view,
                                         ChSharedRecord    *record,
                                         GError           **error);
gboolean        _ch_statement_forget    (ChDeskView        *view,
                                         ChSharedRecord    *record,
                                         GError           **error);
gboolean        _ch_statement_was_sent  (ChDeskView            *view,
                                         const ChSharedRecord  *record,
                                         gboolean              *was_sent,
                                         GError               **error);

G_END_DECLS
