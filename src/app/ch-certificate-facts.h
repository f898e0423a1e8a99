#pragma once

#include "ch-desk-review.h"
#include "ch-matching.h"

G_BEGIN_DECLS

/**
 * ChCertificateFacts:
 * @preview: (nullable) (element-type ChStoredVerdict): what would be said of the sub were it approved as it stands;
 *   %NULL where that can't be told, since nobody knows whose it is
 * @corrections: (element-type ChCorrection): what people changed of what was read
 * @candidates: (element-type ChMatch): subs that it may belong to, best first
 * @projects: (element-type ChProject): that the sub works on
 *
 * What belongs to a certificate beyond its own values, and takes longer to find out.
 */
typedef struct {
  GPtrArray *preview;
  GPtrArray *corrections;
  GPtrArray *candidates;
  GPtrArray *projects;
} ChCertificateFacts;

/* ChDeskFunc: @data points to the certificate's id; the answer is a ChCertificateFacts */
gpointer ch_certificate_facts_load (ChDesk              *desk,
                                    gpointer             data,
                                    GCancellable        *cancellable,
                                    GError             **error);
void     ch_certificate_facts_free (ChCertificateFacts  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChCertificateFacts, ch_certificate_facts_free)

G_END_DECLS
