#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChCommitmentKind:
 * @CH_COMMITMENT_WORK_ORDER: a subcontract: Procore's work order contract
 * @CH_COMMITMENT_UNKNOWN: one of the two; Procore's list of both does not say which
 */
typedef enum {
  CH_COMMITMENT_WORK_ORDER,
  CH_COMMITMENT_PURCHASE_ORDER,
  CH_COMMITMENT_UNKNOWN,
} ChCommitmentKind;

/* A contract between the GC and a sub on one project, as Procore has it. */
typedef struct {
  gint64            id;
  gint64            project_id;
  gint64            vendor_id;
  ChCommitmentKind  kind;
  char             *number;
  char             *title;
  char             *status;
  char             *updated_at;
} ChCommitment;

ChCommitment *ch_commitment_new  (void);
ChCommitment *ch_commitment_copy (const ChCommitment *self);
void          ch_commitment_free (ChCommitment       *self);

const char *ch_commitment_kind_to_string   (ChCommitmentKind  kind);
gboolean    ch_commitment_kind_from_string (const char       *text,
                                            ChCommitmentKind *kind);

/* The insurance pair of a commitment's compliance; NULL where Procore has null. */
typedef struct {
  char *insurance_status;
  char *insurance_notes;
  char *updated_at;
} ChCompliance;

ChCompliance *ch_compliance_new  (void);
void          ch_compliance_free (ChCompliance *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChCommitment, ch_commitment_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChCompliance, ch_compliance_free)

G_END_DECLS
