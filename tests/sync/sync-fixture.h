#pragma once

#include "ch-sandbox-transport.h"
#include "ch-session.h"
#include "ch-store-directory.h"
#include "ch-store-documents.h"
#include "ch-store-events.h"
#include "ch-store-shared.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define COMPANY G_GINT64_CONSTANT (562949953421400)
#define N_VENDORS 8

/*
 * A company in the sandbox with two projects in New York's zone, eight subs on the first of them and one also on the
 * second, a subcontract of that one; and a desk with a requirement set, which that sub's certificate meets until
 * 2026-12-31. It is 2026-11-23, noon in New York.
 */
typedef struct {
  char               *dir;
  ChSandbox          *sandbox;
  TestClock          *clock;
  ChSandboxTransport *transport;
  gint64              vendor_ids[N_VENDORS];
  gint64              project_ids[2];
  gint64              commitment_id;
  ChChangeHub        *hub;
  ChStore            *store;
  ChDesk             *desk;
  ChProcore          *procore;
  ChSession          *session;
} Fixture;

void             fixture_set_up          (Fixture       *fixture,
                                          gconstpointer  user_data);
void             fixture_tear_down       (Fixture       *fixture,
                                          gconstpointer  user_data);
/* one start and one end of the program on the fixture's folder */
void             fixture_open            (Fixture       *fixture);
void             fixture_close           (Fixture       *fixture);
void             fixture_begin           (Fixture       *fixture);
void             fixture_commit          (Fixture       *fixture);

/* One round that comes to its end. */
ChRoundSummary  *fixture_sync            (Fixture       *fixture);
/* rounds, a minute apart, until nothing waits; fails after ten */
void             fixture_sync_to_rest    (Fixture       *fixture);
/* what the desk does: approves a certificate of general liability for the first sub */
void             fixture_file            (Fixture       *fixture,
                                          const char    *policy_number,
                                          const char    *effective,
                                          const char    *expiration);
void             fixture_file_for        (Fixture       *fixture,
                                          gint64         vendor_id,
                                          const char    *policy_number,
                                          const char    *effective,
                                          const char    *expiration);

/* The sandbox's own doors and Procore's, as a person or another program uses them. Format: JSON, printf-like. */
JsonNode        *fixture_call            (Fixture       *fixture,
                                          const char    *method,
                                          const char    *path,
                                          const char    *format,
                                          ...) G_GNUC_PRINTF (4, 5);
void             fixture_add_fault       (Fixture       *fixture,
                                          const char    *format,
                                          ...) G_GNUC_PRINTF (2, 3);
void             fixture_clear_faults    (Fixture       *fixture);
/* the sandbox's records of one kind: "insurances", "files", "folders", "links", "commitments", … */
JsonArray       *fixture_list            (Fixture       *fixture,
                                          const char    *what);
/* ours of one kind ("policy", "overall"), or others' where kind is NULL; project_id -1: any */
JsonArray       *fixture_list_insurances (Fixture       *fixture,
                                          const char    *kind,
                                          gint64         project_id);
/* requests in the journal of this method, path pattern; NULL: any */
guint            fixture_count_requests  (Fixture       *fixture,
                                          const char    *method,
                                          const char    *path);
guint            fixture_count_writes    (Fixture       *fixture);
const char      *get_text                (JsonObject    *object,
                                          const char    *member);
gint64           get_id                  (JsonObject    *object,
                                          const char    *member);

ChSharedRecord  *fixture_get_shared      (Fixture       *fixture,
                                          ChSharedKind   kind,
                                          gint64         project_id,
                                          gint64         vendor_id);
guint            fixture_count_outbox    (Fixture       *fixture);
guint            fixture_count_conflicts (Fixture       *fixture);
/* that Procore shows what the desk says, once each, in all five places; and that the database is sound */
void             fixture_check_rest      (Fixture       *fixture);

G_END_DECLS
