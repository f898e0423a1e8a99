#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Rests a tool of Procore's that keeps failing, so that an outage costs a few requests and not one for each row that
 * waits; then tries it with one. Pure but for its own memory: the time is a parameter, and so is chance.
 *
 *   closed      calls go through; after three failures in a row, whatever they were about: open
 *   open        nothing goes through until a time that doubles with each further failure, 15 s to 15 min, more or less
 *   half open   that time has come: the next call goes through; well, closed; failed, open again
 *
 * Used by one thread, which makes one call at a time.
 */
typedef struct _ChBreaker ChBreaker;

/* (transfer full) */
ChBreaker *ch_breaker_new            (GRand       *rand);
void       ch_breaker_free           (ChBreaker   *self);
/* whether a call to this tool may be made; now: Unix microseconds */
gboolean   ch_breaker_allows         (ChBreaker   *self,
                                      const char  *tool,
                                      gint64       now);
void       ch_breaker_succeeded      (ChBreaker   *self,
                                      const char  *tool);
void       ch_breaker_failed         (ChBreaker   *self,
                                      const char  *tool,
                                      gint64       now);
/* a person asks: each tool that rests may be tried now */
void       ch_breaker_half_open      (ChBreaker   *self);
/* until when the tool rests, Unix microseconds; 0 where it does not */
gint64     ch_breaker_get_open_until (ChBreaker   *self,
                                      const char  *tool);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChBreaker, ch_breaker_free)

G_END_DECLS
