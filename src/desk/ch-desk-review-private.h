#pragma once

#include <json-glib/json-glib.h>

#include "ch-desk-private.h"
#include "ch-desk-review.h"

G_BEGIN_DECLS

/* (transfer full): %NULL with %CH_DESK_ERROR_NOT_FOUND in people's words */
ChFiledCertificate *_ch_desk_get_certificate    (ChDesk                    *self,
                                                 gint64                     certificate_id,
                                                 GError                   **error);
/* Puts what people typed into @certificate and tells, as an array of objects, what each value replaced; @any where
 * something differs now. */
gboolean            _ch_desk_apply_corrections  (ChCertificate             *certificate,
                                                 GHashTable                *corrections,
                                                 JsonBuilder               *told,
                                                 gboolean                  *any,
                                                 GError                   **error);
/* An approval by the one who acts: the first of two, the second, or the only one. @corrected: by this act.
 * *is_final where the certificate is approved now. */
gboolean            _ch_desk_approve            (ChDesk                    *self,
                                                 const ChFiledCertificate  *filed,
                                                 gboolean                   corrected,
                                                 const char                *why,
                                                 gboolean                  *is_final,
                                                 GError                   **error);
/* (transfer full) (element-type ChStoredVerdict): what would be said of the certificate's sub, on the projects that it is
 * for, were it approved; nothing is stored */
GPtrArray          *_ch_desk_judge_as_if_approved (ChDesk                  *self,
                                                 const ChFiledCertificate  *filed,
                                                 GError                   **error);
/* Approves it by itself where the policy says so and nothing is in doubt; *approved where it did. */
gboolean            _ch_desk_approve_if_certain (ChDesk                    *self,
                                                 ChFiledCertificate        *filed,
                                                 double                     match_score,
                                                 gboolean                  *approved,
                                                 GError                   **error);

G_END_DECLS
