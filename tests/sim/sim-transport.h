#pragma once

#include "ch-sandbox-transport.h"

G_BEGIN_DECLS

/**
 * SimFault:
 *
 * What can befall a request. OFFLINE, LOST_BEFORE and the statuses happen instead of the work; LOST_AFTER and what
 * spoils the answer happen after it was done.
 */
typedef enum {
  SIM_FAULT_OFFLINE,
  SIM_FAULT_LOST_BEFORE,
  SIM_FAULT_LOST_AFTER,
  SIM_FAULT_TRUNCATED,
  SIM_FAULT_NOT_JSON,
  SIM_FAULT_HTML_PAGE,
  SIM_FAULT_EMPTY_BODY,
  SIM_FAULT_BUSY_429,
  SIM_FAULT_BUSY_503,
  SIM_FAULT_SERVER_500,
  SIM_FAULT_SERVER_502_AFTER,
  SIM_FAULT_REVOKED,
  SIM_FAULT_FORBIDDEN,
  SIM_FAULT_NOT_CONNECTED,
  SIM_FAULT_CONFLICT,
  SIM_FAULT_REFUSED,
  SIM_FAULT_NOT_FOUND,
  SIM_FAULT_SLOW,
  SIM_FAULT_LAST_PAGE_LOST,
  SIM_FAULT_FIRST_TWICE,
  SIM_FAULT_MORE_FIELDS,
} SimFault;

#define SIM_N_FAULTS (SIM_FAULT_MORE_FIELDS + 1)

const char *sim_fault_to_string (SimFault fault);

/* How far a request has come: on its way, its work done, its answer with the client as the server gave it. */
typedef enum {
  SIM_STAGE_SENT,
  SIM_STAGE_DONE,
  SIM_STAGE_ANSWERED,
} SimStage;

/* Told of each request at each stage that it reaches, with its answer once there is one. TRUE ends the program there. */
typedef gboolean (*SimWatchFunc) (const ChRequest  *request,
                                  SimStage          stage,
                                  const ChResponse *answer,
                                  gpointer          user_data);

/*
 * The way from the client to the sandbox: takes its time on the virtual clock, loses and spoils what it is told to,
 * and breaks for good where the program is to end.
 */
#define SIM_TYPE_TRANSPORT (sim_transport_get_type ())
G_DECLARE_FINAL_TYPE (SimTransport, sim_transport, SIM, TRANSPORT, GObject)

SimTransport *sim_transport_new          (ChSandbox     *sandbox,
                                          TestClock     *clock,
                                          GRand         *rand);
void          sim_transport_set_watch    (SimTransport  *self,
                                          SimWatchFunc   func,
                                          gpointer       user_data);
/* pattern: of the path, as `*\/insurances/sync`; count 0: until cleared */
void          sim_transport_add_fault    (SimTransport  *self,
                                          SimFault       fault,
                                          const char    *method,
                                          const char    *pattern,
                                          guint          count);
void          sim_transport_clear_faults (SimTransport  *self);
/* the program has ended: nothing goes through any more, until mended */
void          sim_transport_break        (SimTransport  *self);
gboolean      sim_transport_is_broken    (SimTransport  *self);
void          sim_transport_mend         (SimTransport  *self);
/* moves the client's clock, microseconds; the server's goes on as it did */
void          sim_transport_shift_client (SimTransport  *self,
                                          gint64         by);
/* tells the server what time it is */
void          sim_transport_tell_time    (SimTransport  *self);
guint         sim_transport_get_n_requests (SimTransport *self);
/* requests that could change something, tokens aside */
guint         sim_transport_get_n_writes (SimTransport  *self);

G_END_DECLS
