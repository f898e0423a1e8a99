#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-coverage.h"

static const char * const names[CH_N_COVERAGES] = {
  [CH_COVERAGE_GENERAL_LIABILITY] = "general_liability",
  [CH_COVERAGE_AUTOMOBILE_LIABILITY] = "automobile_liability",
  [CH_COVERAGE_UMBRELLA_EXCESS] = "umbrella_excess",
  [CH_COVERAGE_WORKERS_COMPENSATION] = "workers_compensation",
  [CH_COVERAGE_OTHER] = "other",
};

/**
 * ch_coverage_to_string:
 *
 * Returns: (transfer none): the coverage's name in JSON
 */
const char *
ch_coverage_to_string (ChCoverage coverage)
{
  g_return_val_if_fail ((int) coverage >= 0 && (int) coverage < CH_N_COVERAGES, "other");

  return names[coverage];
}

/**
 * ch_coverage_from_string:
 * @text: (nullable): a name as in JSON
 * @coverage: (out): untouched where the name is unknown
 *
 * Returns: whether @text names a coverage
 */
gboolean
ch_coverage_from_string (const char *text,
                         ChCoverage *coverage)
{
  int i;

  for (i = 0; i < CH_N_COVERAGES; i++)
    {
      if (g_strcmp0 (text, names[i]) == 0)
        {
          *coverage = (ChCoverage) i;
          return TRUE;
        }
    }

  return FALSE;
}
