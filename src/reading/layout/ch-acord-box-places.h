#pragma once

#include "ch-acord25-private.h"

G_BEGIN_DECLS

/* The boxes of the form that say something about a policy. */
typedef enum {
  CH_ACORD_BOX_CLAIMS_MADE,
  CH_ACORD_BOX_OCCUR,
  CH_ACORD_BOX_POLICY,
  CH_ACORD_BOX_PROJECT,
  CH_ACORD_BOX_LOCATION,
  CH_ACORD_BOX_ANY_AUTO,
  CH_ACORD_BOX_OWNED,
  CH_ACORD_BOX_SCHEDULED,
  CH_ACORD_BOX_HIRED,
  CH_ACORD_BOX_NON_OWNED,
  CH_ACORD_BOX_UMBRELLA,
  CH_ACORD_BOX_UMBRELLA_OCCUR,
  CH_ACORD_BOX_EXCESS,
  CH_ACORD_BOX_UMBRELLA_CLAIMS_MADE,
  CH_ACORD_BOX_STATUTORY,
} ChAcordBox;

#define CH_N_ACORD_BOXES (CH_ACORD_BOX_STATUTORY + 1)

gboolean ch_acord_box_places_find (ChAcordPage *page,
                                   ChAcordBox   box,
                                   ChBox       *label,
                                   gboolean    *is_sure);
gboolean ch_acord_box_places_is_usual (ChAcordPage *page,
                                       ChAcordBox   box,
                                       const ChBox *label);

G_END_DECLS
