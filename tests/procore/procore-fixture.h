#pragma once

#include "ch-procore.h"
#include "scripted-transport.h"

G_BEGIN_DECLS

#define API "https://api.procore.example"
#define LOGIN "https://login.procore.example"
#define COMPANY G_GINT64_CONSTANT (562949953421400)

/* The API of a company over a scripted network, signed in with “access-1” for another 90 minutes. */
typedef struct {
  ScriptedTransport *transport;
  ChTokenStore      *tokens;
  ChAuth            *auth;
  ChProcore         *procore;
} Fixture;

void  fixture_set_up          (Fixture       *fixture,
                               gconstpointer  user_data);
/* fails where the script was not played to its end */
void  fixture_tear_down       (Fixture       *fixture,
                               gconstpointer  user_data);
/* the answer to a sign-in: the nth pair, “access-N” and “refresh-N” */
void  fixture_add_pair        (Fixture       *fixture,
                               guint          n);
void  fixture_store_pair      (ChTokenStore  *tokens,
                               guint          n,
                               gint64         expires_at);

#define script(fixture, status, headers, body) scripted_transport_add_answer ((fixture)->transport, status, headers, body)

G_END_DECLS
