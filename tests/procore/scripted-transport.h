#pragma once

#include "ch-procore-error.h"
#include "ch-transport.h"

G_BEGIN_DECLS

/*
 * A network whose answers are written down beforehand and given in their order, in a time that moves only when
 * somebody waits. A request beyond the script is a failure of the test. Thread-safe.
 */
#define TEST_TYPE_SCRIPTED_TRANSPORT (scripted_transport_get_type ())
G_DECLARE_FINAL_TYPE (ScriptedTransport, scripted_transport, TEST, SCRIPTED_TRANSPORT, GObject)

/* when the tests begin, Unix seconds: 2026-11-23T17:00:00Z */
#define SCRIPT_START G_GINT64_CONSTANT (1795453200)

ScriptedTransport *scripted_transport_new           (void);
/* headers: "name: value" lines in lower case, or NULL */
void               scripted_transport_add_answer    (ScriptedTransport *self,
                                                     guint              status,
                                                     const char        *headers,
                                                     const char        *body);
void               scripted_transport_add_failure   (ScriptedTransport *self,
                                                     ChProcoreError     code);
/* called with each request, before its answer is given */
typedef void     (*ScriptFunc)                      (const ChRequest   *request,
                                                     gpointer           user_data);
void               scripted_transport_set_watch     (ScriptedTransport *self,
                                                     ScriptFunc         func,
                                                     gpointer           user_data);
/* as when a clock is set right, seconds forth or back */
void               scripted_transport_set_clock     (ScriptedTransport *self,
                                                     gint64             by);
guint              scripted_transport_get_n_left    (ScriptedTransport *self);
guint              scripted_transport_get_n_sent    (ScriptedTransport *self);
/* the nth request; its time in microseconds since SCRIPT_START */
const ChRequest   *scripted_transport_get_request   (ScriptedTransport *self,
                                                     guint              n);
gint64             scripted_transport_get_sent_at   (ScriptedTransport *self,
                                                     guint              n);
/* "METHOD /path?query" of the nth request */
char              *scripted_transport_dup_line      (ScriptedTransport *self,
                                                     guint              n);
char              *scripted_transport_dup_body      (ScriptedTransport *self,
                                                     guint              n);

G_END_DECLS
