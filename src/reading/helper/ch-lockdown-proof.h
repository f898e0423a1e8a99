#pragma once

#include <glib.h>

G_BEGIN_DECLS

int ch_lockdown_proof_run (const char *attempt);

G_END_DECLS
