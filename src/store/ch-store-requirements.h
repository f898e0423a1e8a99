#pragma once

#include "ch-store.h"

G_BEGIN_DECLS

/**
 * ChStoredRequirementSet:
 * @version: counts up from 1; a version is never changed once it is stored
 * @body: the set as JSON (the interchange format)
 * @assignments: (element-type ChRequirementAssignment)
 */
typedef struct {
  gint64     id;
  char      *uuid;
  char      *name;
  int        version;
  char      *body;
  GPtrArray *assignments;
} ChStoredRequirementSet;

/* Most general first; the order in which layers are laid over each other. */
typedef enum {
  CH_SCOPE_COMPANY,
  CH_SCOPE_TRADE,
  CH_SCOPE_PROJECT,
  CH_SCOPE_SUB_ON_PROJECT,
  CH_SCOPE_COMMITMENT,
} ChScope;

typedef struct {
  ChScope  scope;
  char    *trade;
  gint64   project_id;
  gint64   vendor_id;
  gint64   commitment_id;
} ChRequirementAssignment;

ChRequirementAssignment *ch_requirement_assignment_new  (ChScope scope, const char *trade, gint64 project_id, gint64 vendor_id, gint64 commitment_id);
void                     ch_requirement_assignment_free (ChRequirementAssignment *self);
void                     ch_stored_requirement_set_free (ChStoredRequirementSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChRequirementAssignment, ch_requirement_assignment_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChStoredRequirementSet, ch_stored_requirement_set_free)

/* A set of the same name becomes its next version, unless the body is the same as the newest one's. */
ChStoredRequirementSet *ch_store_put_requirement_set     (ChStore *self, const char *name, const char *body, GError **error);
/* One set per place; assigning another replaces it. set_id 0 takes the place's set away. */
gboolean                ch_store_assign_requirement_set  (ChStore *self, gint64 set_id, const ChRequirementAssignment *place, GError **error);
/* the newest version of each; (element-type ChStoredRequirementSet) */
GPtrArray              *ch_store_list_requirement_sets   (ChStore *self, GError **error);
/* by uuid, or by name */
ChStoredRequirementSet *ch_store_find_requirement_set    (ChStore *self, const char *uuid_or_name, GError **error);
/* the layers for a sub on a project, general to specific; (element-type ChStoredRequirementSet); commitment_id 0: none */
GPtrArray              *ch_store_list_requirement_layers (ChStore *self, gint64 project_id, gint64 vendor_id, gint64 commitment_id, GError **error);

/* one version of it, by uuid, without its places */
ChStoredRequirementSet *ch_store_get_requirement_version (ChStore *self, const char *uuid, int version, GError **error);

G_END_DECLS
