#pragma once

#include <gio/gio.h>

#include "ch-clock.h"
#include "ch-reader.h"
#include "ch-store-certificates.h"
#include "ch-store-requirements.h"
#include "ch-store.h"

G_BEGIN_DECLS

typedef enum {
  CH_DESK_ERROR_INVALID,      /* what was asked makes no sense; the message says what would */
  CH_DESK_ERROR_NOT_FOUND,
} ChDeskError;

#define CH_DESK_ERROR (ch_desk_error_quark ())
GQuark ch_desk_error_quark (void);

/*
 * The insurance desk's acts on what this machine knows. Each act is one transaction that holds the change, its audit
 * event, the verdicts that follow from it, and the outbox rows that carry them to Procore. No network. Used by one
 * thread, with that thread's store.
 */
#define CH_TYPE_DESK (ch_desk_get_type ())
G_DECLARE_FINAL_TYPE (ChDesk, ch_desk, CH, DESK, GObject)

/* who: for the audit trail, as `desk:rwells`, `sync`, `clock` */
ChDesk    *ch_desk_new                  (ChStore            *store,
                                         ChClock            *clock,
                                         const char         *who);
ChStore   *ch_desk_get_store            (ChDesk             *self);
ChClock   *ch_desk_get_clock            (ChDesk             *self);
const char *ch_desk_get_who             (ChDesk             *self);

/**
 * ChFiling:
 * @vendor_id: the sub, 0 to have it matched
 * @project_ids: (nullable): the projects it is for, NULL or empty for all of the sub's
 * @approve: confirm without review
 * @source: (nullable): by which way it came, for the audit trail, as `watched_folder`
 */
typedef struct {
  const char *file_name;
  const char *sha256;          /* of the document, already in the store */
  gint64      vendor_id;
  GArray     *project_ids;
  gboolean    approve;
  const char *source;
} ChFiling;

/* A document that was read (@reading) or could not be (@read_error). Answers (element-type ChFiledCertificate) the
 * rows, those on file already included. A sub is only given where one candidate stands out; never guessed silently. */
GPtrArray *ch_desk_file_document        (ChDesk             *self,
                                         const ChFiling     *filing,
                                         const ChReading    *reading,
                                         const GError       *read_error,
                                         GError            **error);
/* corrections: (nullable) (element-type utf8 utf8) value by field path; kept beside what was read */
gboolean   ch_desk_review_certificate   (ChDesk             *self,
                                         gint64              certificate_id,
                                         ChReviewState       decision,
                                         const char         *why,
                                         GHashTable         *corrections,
                                         GError            **error);
/* vendor_id 0: nobody's */
gboolean   ch_desk_assign_certificate   (ChDesk             *self,
                                         gint64              certificate_id,
                                         gint64              vendor_id,
                                         GArray             *project_ids,
                                         GError            **error);

/* body: requirement-set JSON; checked before it is stored */
ChStoredRequirementSet *ch_desk_import_requirements (ChDesk *self,
                                         const char         *body,
                                         GError            **error);
gboolean   ch_desk_assign_requirements  (ChDesk             *self,
                                         gint64              set_id,
                                         const ChRequirementAssignment *place,
                                         GError            **error);

/* Judges anew inside the caller's transaction: every sub on every project (0, 0), one project, one sub, or one pair.
 * Stores what changed, writes the outbox, and counts the changed verdicts. */
gboolean   ch_desk_judge                (ChDesk             *self,
                                         gint64              project_id,
                                         gint64              vendor_id,
                                         guint              *n_changed,
                                         GError            **error);
/* The lapse clock's act, a transaction of its own: judges what was due to change by now. */
/* Once the clock was set, and after a start: what was judged ahead of it is judged again. */
gboolean   ch_desk_judge_after_set_clock (ChDesk            *self,
                                         guint              *n_changed,
                                         GError            **error);
gboolean   ch_desk_judge_lapsed         (ChDesk             *self,
                                         guint              *n_changed,
                                         GError            **error);
/* Unix microseconds of the next instant at which a verdict changes by itself, 0 where none will */
gint64     ch_desk_get_next_lapse       (ChDesk             *self,
                                         GError            **error);
/* A person's answer to a conflict. */
gboolean   ch_desk_settle_conflict      (ChDesk             *self,
                                         gint64              conflict_id,
                                         gboolean            keep_procore,
                                         GError            **error);
/* What Procore refused is sent again, since a person has put right what was in the way. */
gboolean   ch_desk_try_again            (ChDesk             *self,
                                         gint64              record_id,
                                         GError            **error);

G_END_DECLS
