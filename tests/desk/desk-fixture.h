#pragma once

#include "ch-desk.h"
#include "ch-evaluation.h"
#include "ch-publication.h"
#include "ch-store-directory.h"
#include "ch-store-documents.h"
#include "ch-store-events.h"
#include "ch-store-shared.h"
#include "ch-store-verdicts.h"

G_BEGIN_DECLS

/* A clock that stands still until it is set. */
#define TEST_TYPE_CLOCK (test_clock_get_type ())
G_DECLARE_FINAL_TYPE (TestClock, test_clock, TEST, CLOCK, ChClock)

TestClock *test_clock_new (const char *iso);
void       test_clock_set (TestClock  *self,
                           const char *iso);

#define PROJECT G_GINT64_CONSTANT (101)
#define PROJECT_2 G_GINT64_CONSTANT (102)
#define SUB G_GINT64_CONSTANT (201)
#define SUB_2 G_GINT64_CONSTANT (202)
#define COMMITMENT G_GINT64_CONSTANT (301)

/* A store in a new folder with two active projects in New York's zone, and one sub on both. 2026-11-23, 9 AM there. */
typedef struct {
  char        *dir;
  TestClock   *clock;
  ChChangeHub *hub;
  ChStore     *store;
  ChDesk      *desk;
} Fixture;

void                fixture_set_up        (Fixture       *fixture,
                                           gconstpointer  user_data);
void                fixture_tear_down     (Fixture       *fixture,
                                           gconstpointer  user_data);
void                fixture_remove_tree   (const char    *path);
void                fixture_begin         (Fixture       *fixture);
void                fixture_commit        (Fixture       *fixture);
void                fixture_set_state     (Fixture       *fixture,
                                           const char    *name,
                                           const char    *value);
void                fixture_put_project   (Fixture       *fixture,
                                           gint64         id,
                                           const char    *name,
                                           gboolean       active);
void                fixture_put_vendor    (Fixture       *fixture,
                                           gint64         id,
                                           const char    *name);
void                fixture_put_on        (Fixture       *fixture,
                                           gint64         vendor_id,
                                           gint64         project_a,
                                           gint64         project_b);
void                fixture_put_commitment (Fixture      *fixture,
                                           gint64         id,
                                           const char    *status);
guint               fixture_judge         (Fixture       *fixture);
/* imports the set (its name is made of the limit) and assigns it */
gint64              fixture_require       (Fixture       *fixture,
                                           ChScope        scope,
                                           gint64         gl_each_occurrence);
ChCertificate      *make_certificate      (const char    *insured,
                                           const char    *date,
                                           const char    *policy_number,
                                           const char    *effective,
                                           const char    *expiration,
                                           gint64         each_occurrence);
/* files it as a document of its own; returns the row's id */
gint64              fixture_file          (Fixture       *fixture,
                                           ChCertificate *certificate,
                                           gint64         vendor_id,
                                           gboolean       approve);
ChStoredVerdict    *fixture_get_verdict   (Fixture       *fixture,
                                           gint64         project_id,
                                           gint64         vendor_id,
                                           gint64         commitment_id);
ChSharedRecord     *fixture_get_shared    (Fixture       *fixture,
                                           ChSharedKind   kind,
                                           gint64         project_id,
                                           gint64         vendor_id);
guint               fixture_count_outbox  (Fixture       *fixture);
/* as if Procore had confirmed everything: base and remote become local, the outbox empties */
void                fixture_confirm_all   (Fixture       *fixture);
guint               fixture_count_events  (Fixture       *fixture,
                                           const char    *what);

G_END_DECLS
