#pragma once

#include "drawn-manner.h"

G_BEGIN_DECLS

/* Any manner in which certificates are filled in */
DrawnManner chance_manner_choose (GRand *random);

G_END_DECLS
