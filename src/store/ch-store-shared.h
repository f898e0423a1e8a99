#pragma once

#include "ch-field-set.h"
#include "ch-store.h"

G_BEGIN_DECLS

/**
 * ChSharedKind:
 * @CH_SHARED_POLICY: one policy as an insurance record of the company directory (subject: policy uuid)
 * @CH_SHARED_OVERALL: "Overall compliance" of a sub as an insurance record of the project directory
 * @CH_SHARED_COMPLIANCE: the insurance pair of a commitment's compliance
 * @CH_SHARED_DOCUMENT: a certificate's PDF in the project's documents (subject: certificate uuid)
 * @CH_SHARED_REPORT: the project's compliance report in its documents
 * @CH_SHARED_LINK: the project's home link to that report
 */
typedef enum {
  CH_SHARED_POLICY,
  CH_SHARED_OVERALL,
  CH_SHARED_COMPLIANCE,
  CH_SHARED_DOCUMENT,
  CH_SHARED_REPORT,
  CH_SHARED_LINK,
} ChSharedKind;

#define CH_N_SHARED_KINDS (CH_SHARED_LINK + 1)

const char *ch_shared_kind_to_string (ChSharedKind kind);

/**
 * ChSharedRecord:
 * @uuid: made before the first request and kept for life; `certholder:<kind>:<uuid>` is the origin_id
 * @procore_id: (nullable): Procore's id as text (links have text ids), once known
 * @local: what the desk says it should be
 * @base: (nullable): what both sides last agreed on; %NULL before the first agreement
 * @remote: (nullable): what Procore last told; %NULL where it is not known to exist there
 * @gone: it was there and a complete listing no longer has it
 * @withdrawn: the desk no longer says anything (sub left the project, policy corrected away)
 */
typedef struct {
  gint64        id;
  char         *uuid;
  ChSharedKind  kind;
  gint64        project_id;
  gint64        vendor_id;
  gint64        commitment_id;
  char         *subject;
  char         *procore_id;
  ChFieldSet   *local;
  ChFieldSet   *base;
  ChFieldSet   *remote;
  gboolean      gone;
  gboolean      withdrawn;
} ChSharedRecord;

ChSharedRecord *ch_shared_record_new           (ChSharedKind kind);
void            ch_shared_record_free          (ChSharedRecord *self);
char           *ch_shared_record_dup_origin_id (const ChSharedRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChSharedRecord, ch_shared_record_free)

/* Inserts (id 0; fills in id and, where NULL, uuid) or updates. At most one row per kind and place+subject. */
gboolean        ch_store_put_shared            (ChStore *self, ChSharedRecord *record, GError **error);
/* Gives the record this Procore id, and takes it from any other that had it: a server that was restored hands ids out
 * again. */
gboolean        ch_store_claim_procore_id      (ChStore *self, ChSharedRecord *record, const char *procore_id, GError **error);
ChSharedRecord *ch_store_get_shared            (ChStore *self, gint64 id, GError **error);
/* NULL without an error where there is none */
ChSharedRecord *ch_store_find_shared           (ChStore *self, ChSharedKind kind, gint64 project_id, gint64 vendor_id, gint64 commitment_id, const char *subject, GError **error);
ChSharedRecord *ch_store_find_shared_by_uuid   (ChStore *self, const char *uuid, GError **error);
/* (element-type ChSharedRecord); project_id -1: all; vendor_id 0: all */
GPtrArray      *ch_store_list_shared           (ChStore *self, ChSharedKind kind, gint64 project_id, gint64 vendor_id, GError **error);

/**
 * ChOutboxState:
 * @CH_OUTBOX_SENDING: written before the first byte; after a crash it means that the outcome is unknown
 * @CH_OUTBOX_PARKED: set aside with its reason; needs a person
 */
typedef enum {
  CH_OUTBOX_QUEUED,
  CH_OUTBOX_SENDING,
  CH_OUTBOX_PARKED,
} ChOutboxState;

/**
 * ChOutboxRow:
 * @record_id: the shared record that is to be carried over; one row each
 * @sent: (nullable): what was, or may have been, sent in the attempt under way
 * @not_before: Unix microseconds of the next attempt
 * @why: (nullable): the last attempt's problem, as a sentence
 * @is_over: the record was withdrawn, or was deleted there: there is nothing to carry
 */
typedef struct {
  gint64         record_id;
  ChSharedKind   kind;
  gint64         project_id;
  gint64         vendor_id;
  gint64         commitment_id;
  ChOutboxState  state;
  ChFieldSet    *sent;
  guint          attempts;
  gint64         not_before;
  gint64         created_at;
  char          *why;
  gboolean       is_over;
} ChOutboxRow;

void         ch_outbox_row_free            (ChOutboxRow *self);
const char  *ch_outbox_state_to_string     (ChOutboxState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChOutboxRow, ch_outbox_row_free)

/* Queues it; a queued row stays as it is, a parked one is queued again, a sending one is queued once it has ended. */
gboolean     ch_store_outbox_queue         (ChStore *self, gint64 record_id, GError **error);
/* Queues it where it is not in the outbox; a row that is there stays as it is. */
gboolean     ch_store_outbox_ensure        (ChStore *self, gint64 record_id, GError **error);
gboolean     ch_store_outbox_mark_sending  (ChStore *self, gint64 record_id, const ChFieldSet *sent, GError **error);
/* Confirmed by Procore: the row leaves, or is queued again if ch_store_outbox_queue() came meanwhile. */
gboolean     ch_store_outbox_confirm       (ChStore *self, gint64 record_id, GError **error);
gboolean     ch_store_outbox_retry         (ChStore *self, gint64 record_id, gint64 not_before, const char *why, GError **error);
/* No answer, or no attempt: the row waits as it is. */
gboolean     ch_store_outbox_postpone      (ChStore *self, gint64 record_id, gint64 not_before, const char *why, GError **error);
/* It is known what became of the attempt: a row that is being sent is queued. */
gboolean     ch_store_outbox_learn         (ChStore *self, gint64 record_id, GError **error);
/* (out) (nullable) what may have been sent */
gboolean     ch_store_outbox_get_sent      (ChStore *self, gint64 record_id, ChFieldSet **sent, GError **error);
gboolean     ch_store_outbox_park          (ChStore *self, gint64 record_id, const char *why, GError **error);
gboolean     ch_store_outbox_drop          (ChStore *self, gint64 record_id, GError **error);
gboolean     ch_store_outbox_withdraw      (ChStore *self, gint64 record_id, GError **error);
/* (element-type ChOutboxRow), oldest first */
GPtrArray   *ch_store_outbox_list          (ChStore *self, GError **error);

/* the conflict's field where the whole record was deleted on one side and changed on the other */
#define CH_CONFLICT_RECORD "record"
/* the conflict's field where a listing would take much away at once */
#define CH_CONFLICT_REMOVAL "removal"
/* the state that holds what the question was about and how it was answered: see ch-removal.h; followed by the scope */
#define CH_STATE_REMOVAL "removal."

/**
 * ChConflict:
 * @record_id: 0 where it is about a listing
 * @scope: (nullable): which listing
 *
 * What people changed on both sides.
 */
typedef struct {
  gint64  id;
  gint64  record_id;
  char   *scope;
  char   *field;
  char   *base;
  char   *local;
  char   *remote;
  gint64  at;
} ChConflict;

void         ch_conflict_free              (ChConflict *self);
/* The same clash again updates the row. */
gboolean     ch_store_put_conflict         (ChStore *self, gint64 record_id, const char *field, const char *base, const char *local, const char *remote, GError **error);
gboolean     ch_store_put_conflict_of_scope (ChStore *self, const char *scope, const char *field, const char *base, const char *local, const char *remote, GError **error);
gboolean     ch_store_settle_conflict      (ChStore *self, gint64 id, GError **error);
/* (element-type ChConflict): open ones; record_id 0: all */
GPtrArray   *ch_store_list_conflicts       (ChStore *self, gint64 record_id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChConflict, ch_conflict_free)

G_END_DECLS
