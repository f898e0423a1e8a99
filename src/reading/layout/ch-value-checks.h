#pragma once

#include "ch-certificate.h"

G_BEGIN_DECLS

void   ch_value_checks_apply      (ChCertificate       *certificate);
double ch_value_checks_confidence (const ChCertificate *certificate);

G_END_DECLS
