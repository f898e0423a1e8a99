#pragma once

#include "ch-ctl.h"

G_BEGIN_DECLS

/* `requirements effective`, a verb of `requirements`. */
ChExit ch_ctl_requirements_effective (ChCtl   *ctl,
                                      int      argc,
                                      char   **argv,
                                      GError **error);

G_END_DECLS
