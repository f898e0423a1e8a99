#pragma once

#include "ch-reader.h"
#include "corpus.h"

G_BEGIN_DECLS

/**
 * ComparisonTimes:
 * @read: seconds that the warm helper takes for the file
 * @other: seconds that a process of @program takes for the same file; 0 where it isn't on this machine
 *
 * Both measured in turns, so that whatever else the machine does meets both; each the median of its turns.
 */
typedef struct {
  double      read;
  double      other;
  const char *program;
} ComparisonTimes;

ComparisonTimes comparison_times_measure (ChReader         *reader,
                                          const CorpusFile *file);

G_END_DECLS
