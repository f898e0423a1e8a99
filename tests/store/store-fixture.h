#pragma once

#include <glib.h>

#include "ch-store-certificates.h"
#include "ch-store-directory.h"
#include "ch-store-documents.h"
#include "ch-store-events.h"
#include "ch-store-requirements.h"
#include "ch-store-shared.h"
#include "ch-store-verdicts.h"

G_BEGIN_DECLS

#define PROJECT 101
#define PROJECT_2 102
#define SUB 201
#define SUB_2 202
#define COMMITMENT 301

/* 2026-11-23T14:00:00Z, in microseconds */
#define NOW (G_GINT64_CONSTANT (1795442400) * G_USEC_PER_SEC)

/* An open store on real files in a folder of its own. */
typedef struct {
  char        *dir;
  ChChangeHub *hub;
  ChStore     *store;
  gint64       now;
} Fixture;

void  fixture_set_up       (Fixture       *fixture,
                            gconstpointer  user_data);
void  fixture_tear_down    (Fixture       *fixture,
                            gconstpointer  user_data);
/* with two projects, two subs and a commitment */
void  fixture_set_up_desk  (Fixture       *fixture,
                            gconstpointer  user_data);
void  fixture_begin        (Fixture       *fixture);
void  fixture_commit       (Fixture       *fixture);
/* closes and opens again: what counts is what is on disk */
void  fixture_reopen       (Fixture       *fixture);
char *fixture_dup_path     (Fixture       *fixture,
                            const char    *name);
/* runs SQL on a connection of its own, as another program would */
void  fixture_execute      (Fixture       *fixture,
                            const char    *sql);
/* the same, by somebody who takes the triggers away first and puts them back afterwards, and minds no reference */
void  fixture_tamper       (Fixture       *fixture,
                            const char    *sql);
gint64 fixture_read_number (Fixture       *fixture,
                            const char    *sql);
char *fixture_read_text    (Fixture       *fixture,
                            const char    *sql);
/* asserts that ch_store_verify() finds nothing */
void  fixture_verify       (Fixture       *fixture);
char *fixture_put_document (Fixture       *fixture,
                            const char    *text);
void  fixture_put_project  (Fixture       *fixture,
                            gint64         id,
                            const char    *name);
void  fixture_put_vendor   (Fixture       *fixture,
                            gint64         id,
                            const char    *name);
void  remove_tree          (const char    *path);

#define FIXTURE_TEST(path, set_up, func) g_test_add (path, Fixture, NULL, set_up, func, fixture_tear_down)

G_END_DECLS
