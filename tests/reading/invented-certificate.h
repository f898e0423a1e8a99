#pragma once

#include "ch-certificate.h"

G_BEGIN_DECLS

/* A certificate with everything that one can show, invented by chance: companies, people and policies don't exist. */
ChCertificate *invented_certificate_new (GRand *random);

G_END_DECLS
