#pragma once

#include "ch-date.h"

G_BEGIN_DECLS

/**
 * ChWaiver:
 * @rule: (nullable): the rule id that it waives; %NULL makes it an exemption from everything
 * @until: the last day on which it holds
 */
typedef struct {
  char   *rule;
  ChDate  until;
  char   *why;
} ChWaiver;

ChWaiver *ch_waiver_new  (const char     *rule,
                          ChDate          until,
                          const char     *why);
ChWaiver *ch_waiver_copy (const ChWaiver *self);
void      ch_waiver_free (ChWaiver       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChWaiver, ch_waiver_free)

G_END_DECLS
