#pragma once

#include "ch-date.h"

G_BEGIN_DECLS

/**
 * ChStatus:
 * @CH_STATUS_PENDING: documents await review; never given by the judge, only by the desk around it
 *
 * What the desk says of a sub.
 */
typedef enum {
  CH_STATUS_NOT_REQUIRED,
  CH_STATUS_EXEMPT,
  CH_STATUS_COMPLIANT,
  CH_STATUS_EXPIRING,
  CH_STATUS_PENDING,
  CH_STATUS_NON_COMPLIANT,
  CH_STATUS_EXPIRED,
  CH_STATUS_MISSING,
} ChStatus;

#define CH_N_STATUSES (CH_STATUS_MISSING + 1)

typedef enum {
  CH_COLOUR_GREEN,
  CH_COLOUR_YELLOW,
  CH_COLOUR_RED,
} ChColour;

typedef enum {
  CH_SEVERITY_WARNING,
  CH_SEVERITY_NEEDS_EVIDENCE,
  CH_SEVERITY_FAIL,
} ChSeverity;

const char *ch_status_to_string     (ChStatus    status);
gboolean    ch_status_from_string   (const char *text,
                                     ChStatus   *status);
ChColour    ch_status_get_colour    (ChStatus    status);
int         ch_status_compare       (ChStatus    a,
                                     ChStatus    b);
const char *ch_colour_to_string     (ChColour    colour);
const char *ch_severity_to_string   (ChSeverity  severity);
gboolean    ch_severity_from_string (const char *text,
                                     ChSeverity *severity);

/**
 * ChFinding:
 * @rule: stable id, as `general_liability.each_occurrence`
 * @coverage: (nullable): the coverage's name in the requirement set; %NULL for `certificate.…` rules
 * @expected: (nullable): what was asked, as text
 * @found: (nullable): what the certificates show, as text; %NULL where nothing is shown
 * @text: one sentence that a broker can act on, in the user's language
 * @waived: a waiver for this rule holds on the day of the verdict
 */
typedef struct {
  char       *rule;
  char       *coverage;
  ChSeverity  severity;
  char       *expected;
  char       *found;
  char       *text;
  gboolean    waived;
} ChFinding;

ChFinding *ch_finding_new  (const char      *rule,
                            const char      *coverage,
                            ChSeverity       severity,
                            const char      *expected,
                            const char      *found,
                            const char      *text);
ChFinding *ch_finding_copy (const ChFinding *self);
void       ch_finding_free (ChFinding       *self);

/**
 * ChVerdict:
 * @changes_on: the first later day on which @status differs with the same input, or %CH_DATE_NONE
 * @findings: (element-type ChFinding): never %NULL, most severe first, then in the order of the requirement set
 */
typedef struct {
  ChStatus   status;
  ChDate     changes_on;
  GPtrArray *findings;
} ChVerdict;

ChVerdict *ch_verdict_new  (void);
ChVerdict *ch_verdict_copy (const ChVerdict *self);
void       ch_verdict_free (ChVerdict       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChFinding, ch_finding_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChVerdict, ch_verdict_free)

G_END_DECLS
