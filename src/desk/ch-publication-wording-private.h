#pragma once

#include "ch-policy.h"
#include "ch-store-verdicts.h"

G_BEGIN_DECLS

const char *_ch_wording_get_insurance_status  (ChStatus               shown,
                                               ChStatus               decision);
const char *_ch_wording_get_commitment_status (ChStatus               shown,
                                               ChStatus               decision);
char       *_ch_wording_dup_day               (ChDate                 day);
/* pending_since: the day on which the document that awaits review arrived, or CH_DATE_NONE */
char       *_ch_wording_dup_notes             (const ChStoredVerdict *verdict,
                                               ChDate                 since,
                                               ChDate                 pending_since,
                                               guint                  max_findings,
                                               glong                  max_length);
char       *_ch_wording_dup_limit             (const ChPolicy        *policy);
char       *_ch_wording_dup_insurance_type    (const ChPolicy        *policy);
/* counts: by ChStatus */
char       *_ch_wording_dup_link_title        (const guint            counts[CH_N_STATUSES]);

G_END_DECLS
