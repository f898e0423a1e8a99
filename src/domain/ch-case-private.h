#pragma once

#include "ch-evaluation.h"
#include "ch-evidence-file-private.h"

G_BEGIN_DECLS

/* Everything about one case that does not depend on the day, worked out once, so that the judge can ask about many
 * days cheaply: an issue holds numbers and borrowed strings, and becomes a finding only for the day asked about. */

typedef enum {
  CH_RULE_PRESENT,
  CH_RULE_IN_FORCE,
  CH_RULE_GAP,
  CH_RULE_BASIS,
  CH_RULE_AGGREGATE_PER,
  CH_RULE_ADDITIONAL_INSURED,
  CH_RULE_COMPLETED_OPERATIONS_ADDITIONAL_INSURED,
  CH_RULE_WAIVER_OF_SUBROGATION,
  CH_RULE_PRIMARY_NONCONTRIBUTORY,
  CH_RULE_STATUTORY,
  CH_RULE_AUTOS,
  CH_RULE_LIMIT,
  CH_RULE_ENDORSEMENT,
  CH_RULE_CARRIER_RATING,
  CH_RULE_NAMED_INSURED,
  CH_RULE_HOLDER,
  CH_RULE_CANCELLATION_NOTICE,
  /* Warnings of one coverage. */
  CH_RULE_CARRIERS_OWN_FORM,
  CH_RULE_RETROACTIVE_DATE,
  CH_RULE_OWNER_EXCLUDED,
  CH_RULE_NO_PAYROLL,
  CH_RULE_ACTION_OVER,
  CH_RULE_DROPPED,
  CH_RULE_POLICY_DATES,
  /* Warnings of the certificates. */
  CH_RULE_INSURER_NAIC,
  CH_RULE_ACORD_855,
} ChRule;

#define CH_N_CERTIFICATE_RULES (CH_RULE_CANCELLATION_NOTICE - CH_RULE_NAMED_INSURED + 1)

/**
 * ChIssue:
 * @asked: (nullable): the coverage; %NULL for rules on the certificate
 * @which: the #ChLimit of a limit rule, the index of an endorsement rule
 * @amount: the limit as it stands, %CH_MONEY_ABSENT where nothing is shown
 * @level: the evidence, basis, aggregate or autos found
 * @from: the day that ends cover or that it starts; of policy dates, the effective date
 * @to: for a gap, the day that cover starts again; of policy dates, the expiration date
 * @has_ended: every policy of the coverage has ended
 * @found: (nullable): borrowed text found
 * @carrier: (nullable): borrowed
 * @certificate: (nullable): borrowed: where it was found
 * @policy: (nullable): borrowed: the one of that certificate
 * @earlier: (nullable): borrowed: for policy dates, the policy with the other dates
 * @waived_until: the last day on which a waiver for this rule holds
 */
typedef struct {
  ChRule                       rule;
  ChSeverity                   severity;
  const ChCoverageRequirement *asked;
  guint                        which;
  gint64                       amount;
  int                          level;
  ChDate                       from;
  ChDate                       to;
  gboolean                     has_ended;
  const char                  *found;
  const ChCarrier             *carrier;
  const ChCertificate         *certificate;
  const ChPolicy              *policy;
  const ChPolicy              *earlier;
  ChDate                       waived_until;
} ChIssue;

/* A policy in the pool; a newer certificate has the higher number. */
typedef struct {
  const ChPolicy *policy;
  guint           certificate;
  gboolean        is_judged;
  GArray         *issues;   /* (nullable) (element-type ChIssue): those that hold on any day; NULL where there are none */
} ChPooled;

typedef struct {
  const ChCoverageRequirement *asked;
  gboolean                     is_acord;
  ChCoverage                   coverage;
  gboolean                     umbrella_adds;
  GArray                      *pool;     /* (element-type ChPooled) */
  GArray                      *issues;   /* (nullable) (element-type ChIssue): of the day being judged; NULL until there is one */
  const ChPooled              *judged;   /* (nullable): the policy that was judged on the day */
} ChLine;

/* What one certificate says apart from its policies. */
typedef struct {
  ChEvidenceFile *own_file;    /* (nullable) (owned): where the input brings none along */
  gboolean  is_judged;
  gboolean  is_met[CH_N_CERTIFICATE_RULES];
  ChIssue   issues[CH_N_CERTIFICATE_RULES];
} ChStatements;

typedef struct {
  const ChEvaluationInput *input;
  const ChRequirementSet  *set;
  ChRequirementSet        *merged;       /* (nullable) (owned): where @set is no input's own */
  GPtrArray               *lines;        /* (element-type ChLine) (owned): in the order of the set */
  GArray                  *umbrella;     /* (element-type ChPooled): that of its line, where it is asked for */
  ChLine                  *umbrella_line;  /* (nullable) */
  GPtrArray               *all_pools;    /* (nullable) (element-type GArray): of every coverage, once needed */
  ChStatements            *statements;   /* one per certificate */
  gboolean                *is_used;      /* one per certificate, for the day being judged */
  gboolean                 sells_no_private_wc;
  gboolean                 is_in_new_york;
  int                      minimum_rating;  /* as ch_carrier_rating_rank() has it, 0 where none is asked */
  int                      minimum_size;
  const ChCarrier         *ranked;       /* (nullable): the carrier whose ranks these are: */
  int                      rating;
  int                      size;
  GArray                  *issues;       /* (element-type ChIssue): of the day being judged */
  GArray                  *trial;        /* (element-type ChIssue): of the policy being tried */
} ChCase;

/* What umbrella and excess layers have on a day, and what was taken from them. What may be taken before its own
 * minimum is broken is negative where that is broken already. */
typedef struct {
  gint64 each_occurrence;    /* CH_MONEY_ABSENT where no layer shows it */
  gint64 aggregate;          /* likewise */
  gint64 for_aggregates;     /* each layer's aggregate, or its each occurrence where that is not shown */
  gint64 room_occurrence;
  gint64 room_aggregate;
  gint64 filled_occurrence;
  gint64 filled_aggregate;
} ChUmbrella;

/* Which layers of the umbrella count: those of carriers that do may be enough without the others. */
typedef enum {
  CH_LAYERS_ALL,
  CH_LAYERS_RATED,
} ChLayers;

ChCase       *_ch_case_new               (const ChEvaluationInput *input);
void          _ch_case_free              (ChCase                  *self);
ChStatus      _ch_case_judge             (ChCase                  *self,
                                          ChDate                   day);
ChDate        _ch_case_find_change       (ChCase                  *self,
                                          ChStatus                 status,
                                          ChDate                  *next);
void          _ch_case_find_waiver       (const ChCase            *self,
                                          ChIssue                 *issue);
void          _ch_case_add_issue         (const ChCase            *self,
                                          GArray                  *issues,
                                          ChIssue                 *issue);
void          _ch_case_warn              (ChCase                  *self,
                                          ChDate                   day);
gboolean      _ch_issue_is_waived        (const ChIssue           *issue,
                                          ChDate                   day);
const ChEvidenceFile *_ch_case_get_evidence (ChCase                *self,
                                          guint                    certificate);
const ChCertificate *_ch_case_get_certificate (const ChCase       *self,
                                          guint                    certificate);

GArray       *_ch_policy_pool_new        (GPtrArray               *certificates,
                                          ChCoverage               coverage,
                                          const char              *word);
void          _ch_policy_pool_free       (GArray                  *pool);
gboolean      _ch_policy_pool_ends_on    (GArray                  *pool,
                                          ChDate                   day,
                                          ChDate                  *starts,
                                          ChDate                  *ends);
gboolean      _ch_policy_pool_find_gap   (GArray                  *pool,
                                          ChDate                   day,
                                          ChDate                  *from,
                                          ChDate                  *to);

gboolean      _ch_policy_has_number_of   (const ChPolicy          *self,
                                          const ChPolicy          *other);

ChUmbrella    _ch_umbrella_on            (ChCase                  *self,
                                          ChDate                   day,
                                          ChLayers                 layers);
gboolean      _ch_umbrella_has_layer     (ChCase                  *self,
                                          ChPooled                *pooled,
                                          ChDate                   day,
                                          ChLayers                 layers);
void          _ch_policy_choose          (ChCase                  *self,
                                          ChLine                  *line,
                                          ChDate                   day,
                                          ChLayers                 layers,
                                          ChUmbrella              *umbrella);
void          _ch_limit_rules_judge      (ChCase                  *self,
                                          ChLine                  *line,
                                          const ChPooled          *pooled,
                                          ChDate                   day,
                                          ChUmbrella              *umbrella,
                                          GArray                  *issues);
void          _ch_policy_rules_judge     (ChCase                  *self,
                                          ChLine                  *line,
                                          ChPooled                *pooled);
ChEvidence    _ch_evidence_of            (ChCase                  *self,
                                          const ChLine            *line,
                                          const ChPooled          *pooled,
                                          ChRule                   rule);
const char   *_ch_evidence_get_own_form  (ChCase                  *self,
                                          const ChLine            *line,
                                          const ChPooled          *pooled);
void          _ch_certificate_rules_judge (ChCase                 *self,
                                          GArray                  *issues);
guint         _ch_certificate_rules_count (ChCase                 *self,
                                          guint                    certificate,
                                          ChDate                   day);
void          _ch_history_warn           (ChCase                  *self,
                                          ChLine                  *line,
                                          ChDate                   day);
char         *_ch_issue_dup_rule         (const ChIssue           *issue);
char         *_ch_issue_dup_expected     (const ChCase            *self,
                                          const ChIssue           *issue);
char         *_ch_issue_dup_found        (const ChIssue           *issue);
ChEvidence    _ch_issue_get_asked_evidence (const ChCase          *self,
                                          const ChIssue           *issue);
gboolean      _ch_rule_from_finding      (const ChFinding         *finding,
                                          ChRule                  *rule,
                                          ChLimit                 *limit);
char         *_ch_issue_dup_path         (const ChIssue           *issue);
const ChOrigin *_ch_issue_get_origin     (const ChCase            *self,
                                          const ChIssue           *issue);
ChFinding    *_ch_issue_to_finding       (const ChCase            *self,
                                          const ChIssue           *issue,
                                          ChDate                   day,
                                          gboolean                 exempt);

G_END_DECLS
