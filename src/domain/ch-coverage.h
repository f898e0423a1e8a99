#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChCoverage:
 * @CH_COVERAGE_OTHER: whatever stands in the form's last section; the policy's coverage_text says what it is
 *
 * The sections of an ACORD 25.
 */
typedef enum {
  CH_COVERAGE_GENERAL_LIABILITY,
  CH_COVERAGE_AUTOMOBILE_LIABILITY,
  CH_COVERAGE_UMBRELLA_EXCESS,
  CH_COVERAGE_WORKERS_COMPENSATION,
  CH_COVERAGE_OTHER,
} ChCoverage;

#define CH_N_COVERAGES (CH_COVERAGE_OTHER + 1)

const char *ch_coverage_to_string   (ChCoverage  coverage);
gboolean    ch_coverage_from_string (const char *text,
                                     ChCoverage *coverage);

G_END_DECLS
