#pragma once

#include "ch-date.h"
#include "ch-finding.h"

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

const char *ch_status_to_string     (ChStatus    status);
gboolean    ch_status_from_string   (const char *text,
                                     ChStatus   *status);
ChColour    ch_status_get_colour    (ChStatus    status);
int         ch_status_compare       (ChStatus    a,
                                     ChStatus    b);
const char *ch_colour_to_string     (ChColour    colour);

/**
 * ChVerdict:
 * @changes_on: the first later day on which @status differs with the same input, or %CH_DATE_NONE
 * @judge_again_on: the first later day on which anything of it may differ, a waived finding or a warning too, or
 *   %CH_DATE_NONE; never after @changes_on
 * @findings: (element-type ChFinding): never %NULL, most severe first, then in the order of the requirement set
 */
typedef struct {
  ChStatus   status;
  ChDate     changes_on;
  ChDate     judge_again_on;
  GPtrArray *findings;
} ChVerdict;

ChVerdict *ch_verdict_new  (void);
ChVerdict *ch_verdict_copy (const ChVerdict *self);
void       ch_verdict_free (ChVerdict       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChVerdict, ch_verdict_free)

G_END_DECLS
