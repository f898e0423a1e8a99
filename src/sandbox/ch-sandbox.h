#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A Procore in memory. No HTTP in it: a request goes in, an answer comes out, so that the server, and later the
 * simulation, call the same logic. Strict: what is not documented is refused with 400.
 */
#define CH_TYPE_SANDBOX (ch_sandbox_get_type ())
G_DECLARE_FINAL_TYPE (ChSandbox, ch_sandbox, CH, SANDBOX, GObject)

/**
 * ChSandboxRequest:
 * @path: decoded path, @query: (nullable) raw query string
 * @headers: (element-type utf8 utf8): by lower-case name
 */
typedef struct {
  const char *method;
  const char *path;
  const char *query;
  GHashTable *headers;
  GBytes     *body;
} ChSandboxRequest;

typedef struct {
  guint       status;
  GHashTable *headers;
  GBytes     *body;
  gboolean    lose_answer;   /* a fault: the work is done (or not), and the connection breaks */
} ChSandboxAnswer;

typedef struct {
  char   *id;
  char   *url;
  char   *authorization;   /* (nullable) */
  GBytes *body;
} ChSandboxDelivery;

void             ch_sandbox_delivery_free (ChSandboxDelivery    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChSandboxDelivery, ch_sandbox_delivery_free)

/* How much a company of any size has; the insurance records are others', in the company directory. */
typedef struct {
  guint n_projects;
  guint n_subs;
  guint n_assignments;
  guint n_insurances;
} ChSandboxSize;

void             ch_sandbox_answer_free (ChSandboxAnswer        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChSandboxAnswer, ch_sandbox_answer_free)

ChSandbox       *ch_sandbox_new         (void);
ChSandbox       *ch_sandbox_new_empty   (void);
/* the time that the sandbox lives in, Unix microseconds; advances only by this call */
void             ch_sandbox_set_now     (ChSandbox              *self,
                                         gint64                  now);
gint64           ch_sandbox_get_now     (ChSandbox              *self);
/* how far people moved the clock by the sandbox's own doors, microseconds; a server adds it to the real time */
gint64           ch_sandbox_get_skew    (ChSandbox              *self);
void             ch_sandbox_set_client  (ChSandbox              *self,
                                         const char             *client_id,
                                         const char             *client_secret);
void             ch_sandbox_set_limits  (ChSandbox              *self,
                                         guint                   hourly,
                                         guint                   spike);
/* no list shows more elements a page than this, whatever is asked for; 0 (the default) for the documented bounds */
void             ch_sandbox_set_page_cap (ChSandbox             *self,
                                         guint                   page_cap);
/* keeps what there is, and goes back to it: clock, tokens and faults go on */
void             ch_sandbox_back_up     (ChSandbox              *self);
gboolean         ch_sandbox_restore     (ChSandbox              *self);
/* begins anew: the demo company, or the company without projects and vendors */
void             ch_sandbox_tell        (ChSandbox              *self,
                                         gboolean                demo);
/* the same with a company of that many records, made by counting */
void             ch_sandbox_tell_company (ChSandbox             *self,
                                         const ChSandboxSize    *size);
/* What hooks are to be told: taken, carried by the caller, and settled with the status that was answered (0: none). */
GPtrArray       *ch_sandbox_take_deliveries (ChSandbox          *self);
void             ch_sandbox_settle_delivery (ChSandbox          *self,
                                         const char             *id,
                                         guint                   status);
ChSandboxAnswer *ch_sandbox_handle      (ChSandbox              *self,
                                         const ChSandboxRequest *request);

G_END_DECLS
