#pragma once

#include "ch-page-model.h"

G_BEGIN_DECLS

/**
 * ChScanVote:
 *
 * One piece of text, read several times from differently prepared pixels: what most of the readings say, and how far
 * they agree. Readings that can't be what is expected have no vote.
 */
typedef struct _ChScanVote ChScanVote;

ChScanVote *ch_scan_vote_new            (ChExpected        expected);
void        ch_scan_vote_free           (ChScanVote       *self);
gboolean    ch_scan_vote_can_be         (ChExpected        expected,
                                         const char       *text);
void        ch_scan_vote_add            (ChScanVote       *self,
                                         const char       *text,
                                         double            confidence);
gboolean    ch_scan_vote_is_unanimous   (const ChScanVote *self,
                                         guint             n_wanted);
int         ch_scan_vote_get_winner     (const ChScanVote *self);
double      ch_scan_vote_get_confidence (const ChScanVote *self);
gboolean    ch_scan_vote_is_usual_amount (const char      *amount);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChScanVote, ch_scan_vote_free)

G_END_DECLS
