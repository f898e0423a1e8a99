#pragma once

#include "sim-server.h"
#include "sim-transport.h"

G_BEGIN_DECLS

/*
 * Remembers what stood where, and holds each step against the rules:
 *
 *  1. what the desk says gives way only to what it had agreed on with Procore, or to a person's answer
 *  2. nothing of ours stands in Procore twice
 *  3. a write replaces only what was agreed on, or what nobody could have seen
 *  4. what others made in Procore stays as it is
 *  5. a base holds only what Procore really had
 *  6. the database is sound
 *  7. the position in the changes of projects and subs never passes one that is not stored
 */
typedef struct _SimLedger SimLedger;
typedef struct _SimWorld SimWorld;

SimLedger *sim_ledger_new            (ChSandbox       *sandbox);
void       sim_ledger_free           (SimLedger       *self);
/* a request of the program, at each of its stages */
void       sim_ledger_watch          (SimLedger        *self,
                                      SimWorld         *world,
                                      const ChRequest  *request,
                                      SimStage          stage,
                                      const ChResponse *answer);
/* around what people do in Procore: all that differs afterwards is theirs */
void       sim_ledger_people_acted   (SimLedger       *self);
/* around what the desk does: what differs afterwards is the desk's */
void       sim_ledger_before_desk    (SimLedger       *self,
                                      SimWorld        *world);
void       sim_ledger_after_desk     (SimLedger       *self,
                                      SimWorld        *world);
/* the program's act begins and ends: the rules for what it did in between */
void       sim_ledger_begin_act      (SimLedger       *self,
                                      SimWorld        *world);
void       sim_ledger_end_act        (SimLedger       *self,
                                      SimWorld        *world);
/* whether people changed a field, or the whole record, and the program has had no occasion yet to see it */
gboolean   sim_ledger_is_unseen      (SimLedger            *self,
                                      const ChSharedRecord *record,
                                      const char           *key);
void       sim_ledger_check_database (SimLedger       *self,
                                      SimWorld        *world);
void       sim_ledger_check_position (SimLedger       *self,
                                      SimWorld        *world);
/* remote = base = local everywhere, and Procore shows it */
void       sim_ledger_check_rest     (SimLedger       *self,
                                      SimWorld        *world);

G_END_DECLS
