#pragma once

#include "ch-page-model.h"

G_BEGIN_DECLS

typedef enum {
  CH_ACORD_NONE,
  CH_ACORD_24 = 24,
  CH_ACORD_25 = 25,
  CH_ACORD_27 = 27,
  CH_ACORD_28 = 28,
} ChAcordForm;

ChAcordForm ch_acord_form_recognise (const ChPageModel *page,
                                     char             **edition);

G_END_DECLS
