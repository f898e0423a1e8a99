#pragma once

#include "ch-publication.h"
#include "ch-store-verdicts.h"
#include "ch-sub-view-private.h"

G_BEGIN_DECLS

/* as ch_publication_is_on(), where that matters */
gboolean    _ch_publication_load_is_on    (ChStore                  *store,
                                           const char               *place,
                                           gboolean                 *is_on,
                                           GError                  **error);
gboolean    _ch_publish_sub_in_view       (ChDeskView               *view,
                                           const ChSubView          *sub,
                                           GError                  **error);
gboolean    _ch_publish_project_in_view   (ChDeskView               *view,
                                           gint64                    project_id,
                                           GError                  **error);
/* the company directory's records of a sub's policies */
gboolean    _ch_publish_policies          (ChDeskView               *view,
                                           const ChSubView          *sub,
                                           GError                  **error);
/* the certificates' PDFs in the documents of the sub's projects */
gboolean    _ch_publish_documents         (ChDeskView               *view,
                                           const ChSubView          *sub,
                                           GError                  **error);
/* (transfer full) (element-type ChReportLine): the project's subs with requirements, worst first, then by name */
GPtrArray  *_ch_list_report_lines         (ChStore                  *store,
                                           gint64                    project_id,
                                           GError                  **error);

G_END_DECLS
