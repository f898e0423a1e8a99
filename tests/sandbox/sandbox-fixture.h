#pragma once

#include "ch-sandbox.h"

#include <json-glib/json-glib.h>

/* A sandbox with an access token, and the last answer. */
typedef struct {
  ChSandbox *sandbox;
  char      *token;
  guint      status;
  char      *link;
  char      *total;
  char      *limit_remaining;
  char      *text;
  gboolean   lost;
} Fixture;

void        fixture_set_up    (Fixture *self, gconstpointer data);
void        fixture_tear_down (Fixture *self, gconstpointer data);
/* Sends one request; @type NULL for no body. The answer's JSON, NULL if it is none. */
JsonNode   *fixture_send      (Fixture *self, const char *method, const char *path, const char *query, const char *type,
                               const char *body);
JsonNode   *fixture_get       (Fixture *self, const char *path, const char *query);
JsonNode   *fixture_post_form (Fixture *self, const char *method, const char *path, const char *query, ...) G_GNUC_NULL_TERMINATED;
gint64      fixture_first_id  (Fixture *self, const char *path, const char *query);
char       *fixture_take_text (JsonNode *node, const char *member);
