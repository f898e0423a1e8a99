#pragma once

#include "ch-desk.h"

G_BEGIN_DECLS

/*
 * How certificates are reviewed; the decisions themselves are in ch-desk.h. The settings are kept in the store and
 * each change of one is an event.
 */

/**
 * ChReviewPolicy:
 * @second_person: an approval takes two: who corrected it or approved it first can't be the second
 * @automatic: what is certain in every field and leaves no finding is approved by itself; not where two are asked for
 *
 * Both are off by default.
 */
typedef struct {
  gboolean second_person;
  gboolean automatic;
} ChReviewPolicy;

/* the settings behind it, as `true` or absent */
#define CH_SETTING_SECOND_PERSON "review.second_person"
#define CH_SETTING_AUTOMATIC "review.automatic"

gboolean   ch_review_policy_load         (ChStore              *store,
                                          ChReviewPolicy       *policy,
                                          GError              **error);
gboolean   ch_desk_set_review_policy     (ChDesk               *self,
                                          const ChReviewPolicy *policy,
                                          GError              **error);
/* Any setting of the store that people change: kept with an event that says from what to what. NULL takes it away. */
gboolean   ch_desk_change_setting        (ChDesk               *self,
                                          const char           *name,
                                          const char           *value,
                                          GError              **error);

/* The same as with a decision, but there is none yet: a certificate that had one is under review again. An entry of a
 * list (`policies[1]`) is taken away by an empty value. */
gboolean   ch_desk_correct_certificate   (ChDesk               *self,
                                          gint64                certificate_id,
                                          GHashTable           *corrections,
                                          GError              **error);

/* (element-type ChStoredVerdict), not stored: what would be said of its sub were it approved as it stands. Changes
 * nothing. CH_DESK_ERROR_INVALID where it is nobody's. */
GPtrArray *ch_desk_preview_approval      (ChDesk               *self,
                                          gint64                certificate_id,
                                          GError              **error);

/**
 * ChCorrection:
 * @path: of the value as it is now; where a whole entry was taken away, of the entry as it was read
 * @read: (nullable): what was read there
 * @now: (nullable): what counts
 * @by: (nullable): who typed it
 * @at: Unix microseconds, 0 where that was not recorded
 *
 * One value that differs from what was read. A whole policy that was added or taken away is one of them, in a few
 * words.
 */
typedef struct {
  char   *path;
  char   *read;
  char   *now;
  char   *by;
  gint64  at;
} ChCorrection;

void       ch_correction_free            (ChCorrection         *self);
/* (element-type ChCorrection), by path */
GPtrArray *ch_correction_list            (ChStore              *store,
                                          gint64                certificate_id,
                                          GError              **error);

/* The name in the reviewer's place where a certificate was approved by itself. */
#define CH_RULE_CERTAIN "rule:certain"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChCorrection, ch_correction_free)

G_END_DECLS
