#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChWording:
 *
 * What the description of operations says: of each right, and of what takes cover away again.
 */
typedef struct {
  gboolean additional_insured;
  gboolean completed_operations;
  gboolean primary_noncontributory;
  gboolean waiver_of_subrogation;
  gboolean cancellation_notice;
  gboolean action_over_exclusion;
  gboolean owner_excluded;
  gboolean no_payroll;
  gboolean retroactive_date;
  gboolean acord_855;
} ChWording;

void ch_wording_read (const char *text,
                      ChWording  *wording);

G_END_DECLS
