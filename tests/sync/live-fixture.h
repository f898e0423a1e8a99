#pragma once

#include "ch-sandbox-private.h"
#include "ch-store-hooks.h"
#include "ch-worker.h"
#include "sync-fixture.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define LIVE_SECRET "not-so-secret-in-a-test"

/*
 * A worker that listens, and a sandbox whose deliveries the test carries over real HTTP, when and as often as it likes.
 */
typedef struct {
  Fixture      inner;
  ChWorker    *worker;
  ChAuth      *auth;
  SoupSession *session;
  char        *public_url;
  guint        n_pulled;
  guint        n_problems;
} Live;

typedef gboolean (*LiveCondition) (Live *live);

void     live_set_up          (Live         *live,
                               gconstpointer user_data);
void     live_tear_down       (Live         *live,
                               gconstpointer user_data);
/* with the secret that deliveries have to bring */
void     live_start_with      (Live         *live,
                               const char   *secret);
/* until all hooks are there, and the worker rests */
void     live_start           (Live         *live);
void     live_stop            (Live         *live);
void     live_wait_for        (Live         *live,
                               LiveCondition condition,
                               const char   *what);
void     live_let_finish      (Live         *live);
void     live_let_pass        (Live         *live,
                               guint         seconds);
guint    live_carry           (Live         *live,
                               guint         times);
guint    live_count           (Live         *live,
                               const char   *method,
                               const char   *path);
guint    live_count_reads     (Live         *live);
guint    live_count_hooks     (Live         *live);
void     live_make_commitment (Live         *live,
                               guint         project,
                               const char   *title);
gboolean live_has_commitment  (Live         *live,
                               const char   *title);
gboolean live_has_elevator    (Live         *live);

G_END_DECLS
