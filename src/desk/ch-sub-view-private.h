#pragma once

#include "ch-commitment.h"
#include "ch-desk-view-private.h"
#include "ch-evidence-file.h"
#include "ch-store-certificates.h"
#include "ch-vendor.h"

G_BEGIN_DECLS

/**
 * ChSubView:
 * @vendor: (nullable): %NULL where the directory never had such a sub
 * @is_gone: the directory has it no more
 * @certificates: (element-type ChFiledCertificate): all of the sub's, oldest to newest by their own date, then by
 *   arrival
 * @evidence: (element-type ChEvidenceFile): what each of them says, %NULL where nobody has asked yet
 * @project_ids: (element-type gint64): the active projects on which it works
 * @closed_project_ids: (element-type gint64): those on which it worked that were closed out
 *
 * A sub, as one act sees it.
 */
typedef struct {
  gint64     vendor_id;
  ChVendor  *vendor;
  gboolean   is_gone;
  GPtrArray *certificates;
  GPtrArray *evidence;
  GArray    *project_ids;
  GArray    *closed_project_ids;
} ChSubView;

ChSubView *_ch_sub_view_new              (ChDeskView               *view,
                                          gint64                    vendor_id,
                                          GError                  **error);
void       _ch_sub_view_free             (ChSubView                *self);
/* (transfer none): of the certificate of that index */
ChEvidenceFile *_ch_sub_view_get_evidence (const ChSubView        *self,
                                          guint                     index);
gboolean   _ch_sub_view_is_on            (const ChSubView          *self,
                                          gint64                    project_id);
gboolean   _ch_filed_certificate_is_for  (const ChFiledCertificate *filed,
                                          gint64                    project_id);
/* (transfer none) (nullable): the first that arrived of those that await review for this project */
const ChFiledCertificate *_ch_sub_view_get_pending (const ChSubView *self,
                                          gint64                    project_id);
gboolean   _ch_commitment_is_dead        (const ChCommitment       *commitment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChSubView, _ch_sub_view_free)

G_END_DECLS
