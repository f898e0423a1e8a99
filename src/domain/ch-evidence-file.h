#pragma once

#include "ch-certificate.h"

G_BEGIN_DECLS

/*
 * What a certificate says in its wording and its list of endorsements, worked out once: a sub's certificates are judged
 * on many projects. It borrows the certificate, which must not change meanwhile.
 */
typedef struct _ChEvidenceFile ChEvidenceFile;

ChEvidenceFile *ch_evidence_file_new  (const ChCertificate *certificate);
void            ch_evidence_file_free (ChEvidenceFile      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChEvidenceFile, ch_evidence_file_free)

G_END_DECLS
