#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the wording of a description of operations says of each right. */
typedef struct {
  gboolean additional_insured;
  gboolean completed_operations;
  gboolean primary_noncontributory;
  gboolean waiver_of_subrogation;
  gboolean cancellation_notice;
} ChWording;

void ch_wording_read (const char *text,
                      ChWording  *wording);

G_END_DECLS
