#pragma once

#include "ch-requirement-set.h"

G_BEGIN_DECLS

/**
 * ChAsked:
 * @heading: what it is about: a coverage, the certificate as a whole, or a stage's coverage
 * @title: what is asked
 * @value: how much of it, or which; never %NULL, but may be empty
 * @origin: which layer of a merged set asks it
 *
 * One line of what a requirement set asks, in the user's words.
 */
typedef struct {
  char     *heading;
  char     *title;
  char     *value;
  ChOrigin  origin;
} ChAsked;

void       ch_asked_free                   (ChAsked                *self);
/* (transfer full) (element-type ChAsked): those of one heading stand together */
GPtrArray *ch_asked_list                   (const ChRequirementSet *set);
/* category: Procore's stage category; (transfer full) */
char      *ch_stage_category_dup_label     (const char             *category);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChAsked, ch_asked_free)

G_END_DECLS
