#pragma once

#include "ch-breaker.h"
#include "ch-session.h"
#include "ch-store-directory.h"
#include "ch-store-shared.h"
#include "ch-unit-marks-private.h"
#include "ch-unit.h"

G_BEGIN_DECLS

typedef struct _ChFolders ChFolders;

struct _ChSession
{
  GObject         parent_instance;

  ChDesk         *desk;
  ChProcore      *procore;
  ChProgressFunc  progress;
  gpointer        progress_data;
  ChBreaker      *breaker;
  GRand          *rand;
  ChReportFunc    report_func;
  gpointer        report_data;
  ChReadFunc      read_func;
  gpointer        read_data;
  ChReader       *reader;       /* (nullable): till something is to be read */
  ChUnitMarks    *marks;
  gboolean        patient;
  gboolean        lists_memberships;
};

/* What one round carries along. */
typedef struct {
  ChSession      *session;
  ChDesk         *desk;
  ChStore        *store;
  ChProcore      *procore;
  ChRoundSummary *summary;
  GCancellable   *cancellable;
  GHashTable     *tries;        /* (element-type gint64 int): attempts of this round by record */
  GHashTable     *refused;      /* (element-type utf8): tool/project that gave no permission in this round */
  GHashTable     *in_conflict;  /* (nullable) (element-type gint64): records with open conflicts, as of the open transaction */
  ChFolders      *folders;      /* see ch-folders-private.h */
  gboolean        tool_failed;  /* the tool that was asked did not work: its own fault, not the row's */
  gboolean        patient;      /* rows wait for their time; otherwise a person asked, and they are tried now */
  gboolean        judges_later; /* the first round: all is judged at its end, once */
  const ChUnit   *unit;         /* (nullable): what is being read; its transaction also notes how fresh it is */
  ChListMark     *mark;         /* (nullable): of the unit's list */
  gint64          unit_began;   /* Unix microseconds */
  gboolean        read_all_projects; /* the unit's list was complete, whatever it was asked for as */
  guint           unit_pulled;  /* the summary's pulled rows when it began */
} ChRound;

/* so many attempts at one record in a round */
#define CH_MAX_TRIES 3

/* how long it holds what was read before a write, microseconds; a person may edit in the meantime */
#define CH_LOOK_HOLDS (5 * G_USEC_PER_SEC)

/* Stamps show whole seconds and clocks differ: a little is read twice, so that nothing is missed. */
#define CH_PULL_OVERLAP_SECONDS 60
/* the latest updated_at seen, Unix seconds; written in the transaction of the rows that it covers */
#define CH_PULL_PROJECTS_SINCE "sync.projects_since"
#define CH_PULL_VENDORS_SINCE "sync.vendors_since"

/* every unit that a whole round is made of */
gboolean  _ch_pull            (ChRound             *round,
                               GError             **error);
/*
 * Reads one unit and takes it over. What it promises:
 *  - it reads the whole list (all pages, as many as the server's Total), or fails and has changed nothing;
 *  - what was read is taken over in one transaction, with the verdicts and outbox rows that follow from it and with the
 *    position in the changes; so a crash at any moment leaves it read or not read, and reading it again does no harm;
 *  - units may be read in any order: rows that name a project or vendor that is not known yet are left out, and come when
 *    the unit is read again;
 *  - only a unit that is a complete listing of its scope takes anything away (PROJECTS, PROJECT_IDS, VENDORS,
 *    INACTIVE_VENDORS, the insurances and commitments, PROJECT_VENDORS), and a mass removal stops and asks;
 *  - a unit of a project that is gone, inactive or a template is read without a request;
 *  - errors are what ch-procore.h or ch-store.h raise; _ch_ends_round() says whether others would fail the same way.
 */
gboolean  _ch_pull_unit       (ChRound             *round,
                               const ChUnit        *unit,
                               GError             **error);
gboolean  _ch_pull_projects_changed (ChRound       *round,
                               GError             **error);
gboolean  _ch_pull_projects   (ChRound             *round,
                               GError             **error);
gboolean  _ch_pull_project_ids (ChRound            *round,
                               GError             **error);
gboolean  _ch_pull_stages     (ChRound             *round,
                               GError             **error);
gboolean  _ch_pull_vendors_changed (ChRound        *round,
                               GError             **error);
gboolean  _ch_pull_vendors    (ChRound             *round,
                               GError             **error);
gboolean  _ch_pull_inactive_vendors (ChRound       *round,
                               GError             **error);
gboolean  _ch_pull_project_vendors (ChRound        *round,
                               gint64               project_id,
                               GError             **error);
gboolean  _ch_pull_commitments (ChRound            *round,
                               gint64               project_id,
                               GError             **error);
/* project_id 0: the company directory */
gboolean  _ch_pull_insurances (ChRound             *round,
                               gint64               project_id,
                               GError             **error);
/* one record of the company directory; one that is not there is left to the whole list */
gboolean  _ch_pull_insurance  (ChRound             *round,
                               gint64               record_id,
                               GError             **error);
gboolean  _ch_pull_compliance (ChRound             *round,
                               gint64               project_id,
                               gint64               commitment_id,
                               GError             **error);
/* The commitment, its kind looked up in Procore where nobody has needed it before. NULL without an error where there
 * is none. Not inside a transaction. */
ChCommitment *_ch_find_commitment (ChRound         *round,
                               gint64               project_id,
                               gint64               commitment_id,
                               GError             **error);
gint64    _ch_pull_parse_stamp (const char         *text);
gint64    _ch_pull_get_position (ChRound           *round,
                               const char          *name);
gboolean  _ch_pull_set_position (ChRound           *round,
                               const char          *name,
                               gint64               position,
                               GError             **error);
/* The position becomes the latest change that a listing showed, but for as long as its reading took: what changed on its
 * first pages while the last were under way is told the next time. It falls below @before never; after a complete listing (0)
 * only where that shows nothing as late as what was known. Inside the caller's transaction. */
gboolean  _ch_pull_advance    (ChRound             *round,
                               const char          *name,
                               gint64               before,
                               gint64               began,
                               gint64               latest,
                               GError             **error);
/* What people put into the project's inbox: fetched, kept, read, filed, and put where it belongs. A file at a time, each
 * in a transaction of its own. */
gboolean  _ch_pull_inbox      (ChRound             *round,
                               gint64               project_id,
                               GError             **error);
/* (transfer full) (element-type gint64): the projects in whose inboxes something waits for what the desk decides */
GArray   *_ch_inbox_list_waiting (ChStore          *store,
                               GError             **error);
/* The inbox beside the certificates, where there never was one; what does not work now is done when it is read. */
void      _ch_inbox_make      (ChRound             *round,
                               gint64               project_id);
/* what waits in the outbox and is due; *progress where a row left it */
gboolean  _ch_push            (ChRound             *round,
                               gboolean            *progress,
                               GError             **error);

/* Begins and ends a transaction in the name of the sync. */
gboolean  _ch_round_begin     (ChRound             *round,
                               GError             **error);
gboolean  _ch_round_end       (ChRound             *round,
                               gboolean             ok,
                               GError             **error);
/* Judges inside the caller's transaction, as ch_desk_judge(). In the first round it only notes, in the same transaction, that
 * all has still to be judged: _ch_round_judge_due() does so, in a transaction of its own, also after a crash. */
gboolean  _ch_round_judge     (ChRound             *round,
                               gint64               project_id,
                               gint64               vendor_id,
                               GError             **error);
gboolean  _ch_round_judge_due (ChRound             *round,
                               GError             **error);
/* From here on what is committed belongs to the reading of this unit; NULL ends it. */
void      _ch_round_set_unit  (ChRound             *round,
                               const ChUnit        *unit);
void      _ch_round_progress  (ChRound             *round,
                               const char          *what,
                               guint                done,
                               guint                total);
void      _ch_round_problem   (ChRound             *round,
                               const char          *what,
                               const GError        *error);
/* Whether a tool, by the name of its place, may be asked; one that rests is told in the summary. */
gboolean  _ch_round_allows    (ChRound             *round,
                               const char          *tool);
void      _ch_round_tool_answered (ChRound         *round,
                               const char          *tool,
                               gboolean             well);
/* A tool that gave no permission on a project is not asked for anything more of it in this round. */
void      _ch_round_refuse    (ChRound             *round,
                               const char          *tool,
                               gint64               project_id);
gboolean  _ch_round_is_refused (ChRound            *round,
                               const char          *tool,
                               gint64               project_id);
/* A number of microseconds below this one, by the session's own chance. */
gint64    _ch_round_jitter    (ChRound             *round,
                               gint64               below);
/* when the row may be tried: its time, but for what no failure can have set */
gint64    _ch_row_get_due     (const ChOutboxRow   *row,
                               gint64               now);
/* the place that a kind of record has in Procore, as its switch is called */
const char *_ch_get_place     (ChSharedKind         kind);
/* Whether the round can't go on after this error: offline, signed out, cancelled, the disk. A refusal of one tool is
 * told in the summary, and the rest goes on. */
gboolean  _ch_ends_round      (const GError        *error);
gint64    _ch_round_now       (ChRound             *round);
GBytes   *_ch_session_make_report (ChSession        *session,
                               gint64               project_id,
                               GError             **error);
ChReading *_ch_session_read_document (ChSession    *session,
                               int                  fd,
                               GCancellable        *cancellable,
                               GError             **error);
void      _ch_session_set_lists_memberships (ChSession *session,
                               gboolean             lists_memberships);

/* Takes what Procore tells of a shared record: merges it, stores it, notes clashes, queues what is to be sent, and
 * knows then what became of an attempt whose answer was lost. Inside the caller's transaction. @remote is NULL where a
 * complete listing does not have the record. (nullable) @send gets what Procore is to be told. */
gboolean  _ch_take_remote     (ChRound             *round,
                               ChSharedRecord      *record,
                               const ChFieldSet    *remote,
                               ChFieldSet         **send,
                               GError             **error);
/* Procore confirmed what was sent: base and remote become what it answered. Inside the caller's transaction. */
gboolean  _ch_confirm         (ChRound             *round,
                               gint64               record_id,
                               const ChFieldSet    *sent,
                               const ChFieldSet    *answer,
                               const char          *procore_id,
                               GError             **error);
/* How far an attempt came: reading before the write, or the write itself. */
typedef enum {
  CH_STAGE_LOOK,
  CH_STAGE_WRITE,
} ChAttemptStage;

/* What becomes of a row whose attempt failed. FALSE where the round ends. */
gboolean  _ch_attempt_failed  (ChRound             *round,
                               const ChOutboxRow   *row,
                               ChAttemptStage       stage,
                               const char          *what,
                               GError              *cause,
                               GError             **error);

gboolean  _ch_push_insurances (ChRound             *round,
                               GPtrArray           *rows,
                               gint64               project_id,
                               GError             **error);
gboolean  _ch_push_compliance (ChRound             *round,
                               const ChOutboxRow   *row,
                               GError             **error);
gboolean  _ch_push_document   (ChRound             *round,
                               const ChOutboxRow   *row,
                               GError             **error);
gboolean  _ch_push_link       (ChRound             *round,
                               const ChOutboxRow   *row,
                               GError             **error);

G_END_DECLS
