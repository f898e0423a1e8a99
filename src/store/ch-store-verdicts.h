#pragma once

#include "ch-store.h"
#include "ch-verdict.h"

G_BEGIN_DECLS

/**
 * ChStoredVerdict:
 * @commitment_id: 0 for the verdict of the sub on the project; else one commitment's own
 * @status: what people see: the decision, or %CH_STATUS_PENDING while documents await review
 * @verdict: the judge's decision and its findings
 * @has_requirements: whether any requirement set reaches this sub here; where none does, nothing is said in Procore
 * @inputs: JSON text: the ids and versions of what it was made from
 * @judged_at: Unix microseconds: since when this has been the verdict
 * @superseded_at: Unix microseconds, 0 while it is the current one
 */
typedef struct {
  gint64     id;
  gint64     project_id;
  gint64     vendor_id;
  gint64     commitment_id;
  ChStatus   status;
  ChVerdict *verdict;
  gboolean   has_requirements;
  char      *inputs;
  gint64     judged_at;
  gint64     superseded_at;
} ChStoredVerdict;

ChStoredVerdict *ch_stored_verdict_new  (void);
void             ch_stored_verdict_free (ChStoredVerdict *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChStoredVerdict, ch_stored_verdict_free)

/* Where it says the same as the current one nothing is written and *changed is FALSE; else that one is superseded. */
gboolean         ch_store_put_verdict        (ChStore *self, const ChStoredVerdict *verdict, gboolean *changed, GError **error);
/* The sub is not on the project any more (or the commitment is gone): the current verdict ends without a next. */
gboolean         ch_store_end_verdict        (ChStore *self, gint64 project_id, gint64 vendor_id, gint64 commitment_id, GError **error);
/* (element-type ChStoredVerdict); 0 means any; commitment_id -1 means any, 0 the sub's own */
GPtrArray       *ch_store_list_verdicts      (ChStore *self, gint64 project_id, gint64 vendor_id, gint64 commitment_id, GError **error);
/* as they stood then; at in Unix microseconds */
GPtrArray       *ch_store_list_verdicts_at   (ChStore *self, gint64 project_id, gint64 vendor_id, gint64 at, GError **error);
/* the earliest changes_on of all current verdicts, per zone: the lapse clock turns it into an instant.
 * (element-type ChLapse) ordered by day */
typedef struct {
  char   *tz_name;
  ChDate  day;
} ChLapse;
void             ch_lapse_free               (ChLapse *self);
GPtrArray       *ch_store_list_lapses        (ChStore *self, GError **error);
/* (element-type ChStoredVerdict) without findings: current ones of projects in this zone with changes_on <= day */
GPtrArray       *ch_store_list_lapsed        (ChStore *self, const char *tz_name, ChDate day, GError **error);
/* *at: when the newest of all verdicts came to stand, Unix microseconds, 0 where there is none */
gboolean         ch_store_get_newest_judgement (ChStore *self, gint64 *at, GError **error);
/* number of current verdicts (commitment_id 0) per status; counts has CH_N_STATUSES places; project_id 0: all */
gboolean         ch_store_count_statuses     (ChStore *self, gint64 project_id, guint *counts, GError **error);

/**
 * ChStanding:
 * @changes_on: the day on which @status changes by itself, or %CH_DATE_NONE
 *
 * How a sub stands on a project, without the reasons: enough for lists of thousands.
 */
typedef struct {
  gint64    project_id;
  gint64    vendor_id;
  ChStatus  status;
  ChDate    changes_on;
} ChStanding;
/* (element-type ChStanding): the current verdict of each sub on each project */
GArray          *ch_store_list_standings     (ChStore *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChLapse, ch_lapse_free)

G_END_DECLS
