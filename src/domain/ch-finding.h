#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  CH_SEVERITY_WARNING,
  CH_SEVERITY_NEEDS_EVIDENCE,
  CH_SEVERITY_FAIL,
} ChSeverity;

const char     *ch_severity_to_string   (ChSeverity            severity);
gboolean        ch_severity_from_string (const char           *text,
                                         ChSeverity           *severity);

/**
 * ChFindingPlace:
 * @certificate: the index of the certificate among those that were judged
 * @certificate_id: (nullable): the name under which the store knows it
 * @path: as in #ChFieldReading
 * @page: 1-based page of its document, 0 where the value was not read from one
 * @box: on that page, as in #ChFieldReading
 *
 * Where on the certificates a person should look.
 */
typedef struct {
  int     certificate;
  char   *certificate_id;
  char   *path;
  int     page;
  double  box[4];
} ChFindingPlace;

ChFindingPlace *ch_finding_place_new  (int                   certificate,
                                       const char           *path);
ChFindingPlace *ch_finding_place_copy (const ChFindingPlace *self);
void            ch_finding_place_free (ChFindingPlace       *self);

/**
 * ChFinding:
 * @rule: stable id, as `general_liability.each_occurrence`
 * @coverage: (nullable): the coverage's name in the requirement set; %NULL for `certificate.…` rules
 * @expected: (nullable): what was asked, as text
 * @found: (nullable): what the certificates show, as text; %NULL where nothing is shown
 * @text: a sentence or two that a broker can act on, in English; ch_finding_dup_text() has them in others
 * @waived: a waiver for this rule holds on the day of the verdict
 * @subject: (nullable): whom or what it is about beyond that: the insurer, the policy's number
 * @place: (nullable): where on the certificates
 * @layer: the index of the requirement set that asks for it among those of the verdict, -1 where none does
 * @is_stage: it is what that set says of the project's stage
 */
typedef struct {
  char       *rule;
  char       *coverage;
  ChSeverity  severity;
  char       *expected;
  char       *found;
  char       *text;
  gboolean    waived;
  char       *subject;
  ChFindingPlace *place;
  int         layer;
  gboolean    is_stage;
} ChFinding;

ChFinding *ch_finding_new      (const char      *rule,
                                const char      *coverage,
                                ChSeverity       severity,
                                const char      *expected,
                                const char      *found,
                                const char      *text);
ChFinding *ch_finding_copy     (const ChFinding *self);
void       ch_finding_free     (ChFinding       *self);
char      *ch_finding_dup_text (const ChFinding *self,
                                gboolean         is_translated);
char      *ch_finding_dup_statement (const ChFinding *self);

gboolean   ch_rule_is_known    (const char      *rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChFindingPlace, ch_finding_place_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChFinding, ch_finding_free)

G_END_DECLS
