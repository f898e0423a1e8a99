#pragma once

#include "ch-reader.h"

G_BEGIN_DECLS

/* One file of a batch: what was read of it, or why nothing was. */
typedef struct {
  const char *file;
  char       *sha256;      /* NULL where the file can't be opened */
  ChReading  *reading;
  GError     *error;
  double      seconds;
} ChFileReading;

typedef gboolean (*ChFileReadingFunc) (const ChFileReading *read,
                                       gpointer             user_data,
                                       GError             **error);

/*
 * Reads many files with all the processors, a bounded number at a time, and hands them on in the order given. A
 * file that can't be read is one of the answers; only @func and the cancellable end the batch early.
 */
gboolean ch_ctl_read_files (char              **files,
                            gboolean            shows_progress,
                            GCancellable       *cancellable,
                            ChFileReadingFunc   func,
                            gpointer            user_data,
                            GError            **error);

G_END_DECLS
