#pragma once

#include "ch-desk-worker.h"

G_BEGIN_DECLS

/* What can be chosen from. */
typedef enum {
  CH_CHOICE_SET,
  CH_CHOICE_TRADE,
  CH_CHOICE_PROJECT,
  CH_CHOICE_SUB,        /* of a project */
  CH_CHOICE_CONTRACT,   /* of a project */
} ChChoiceKind;

#define CH_N_CHOICE_KINDS (CH_CHOICE_CONTRACT + 1)

/* id: 0 for trades, which are what they are called */
typedef struct {
  gint64  id;
  char   *label;
} ChAssignChoice;

typedef struct {
  ChChoiceKind kind;
  gint64       project_id;
} ChAssignRequest;

/* a #ChDeskFunc; data: a ChAssignRequest; the answer: (transfer full) (element-type ChAssignChoice), by label */
gpointer ch_assign_choices_load (ChDesk        *desk,
                                 gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);

G_END_DECLS
