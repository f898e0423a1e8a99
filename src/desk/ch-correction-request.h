#pragma once

#include "ch-desk.h"

G_BEGIN_DECLS

/**
 * ChCorrectionRequest:
 * @to: (element-type utf8): e-mail addresses; the producer's first, since it issues certificates
 * @cc: (element-type utf8): e-mail addresses
 * @subject: one line
 * @body: plain text with line feeds
 * @findings: (element-type utf8): what is asked for, each a sentence
 *
 * A letter that asks the broker or the sub for what a certificate lacks. Nothing is sent by the program: a person
 * opens it in a mail program of his own, reads it and sends it.
 */
typedef struct {
  GPtrArray *to;
  GPtrArray *cc;
  char      *subject;
  char      *body;
  GPtrArray *findings;
} ChCorrectionRequest;

void                 ch_correction_request_free       (ChCorrectionRequest       *self);
/* as RFC 6068 has it, for the user's mail program */
char                *ch_correction_request_dup_mailto (const ChCorrectionRequest *self);
/* with its recipients and subject on top, to be copied */
char                *ch_correction_request_dup_text   (const ChCorrectionRequest *self);

/* what stands against this certificate, were it approved */
ChCorrectionRequest *ch_desk_draft_correction         (ChDesk                    *self,
                                                       gint64                     certificate_id,
                                                       GError                   **error);
/* what stands against the sub as it is; project_id 0: on all its projects */
ChCorrectionRequest *ch_desk_draft_request_to_sub     (ChDesk                    *self,
                                                       gint64                     vendor_id,
                                                       gint64                     project_id,
                                                       GError                   **error);
/* Records that a person has taken the letter to a mail program. certificate_id 0: about the sub as a whole */
gboolean             ch_desk_note_request             (ChDesk                    *self,
                                                       gint64                     certificate_id,
                                                       gint64                     vendor_id,
                                                       const ChCorrectionRequest *request,
                                                       GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChCorrectionRequest, ch_correction_request_free)

G_END_DECLS
