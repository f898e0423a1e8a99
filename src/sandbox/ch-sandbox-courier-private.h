#pragma once

#include "ch-sandbox.h"

G_BEGIN_DECLS

/* Carries the sandbox's deliveries to their hooks over HTTP, in the main context's time. */
typedef struct _ChSandboxCourier ChSandboxCourier;

/* @sandbox: (transfer none): outlives it */
ChSandboxCourier *_ch_sandbox_courier_new  (ChSandbox        *sandbox);
void              _ch_sandbox_courier_free (ChSandboxCourier *self);
/* Something may be due. */
void              _ch_sandbox_courier_look (ChSandboxCourier *self);

G_END_DECLS
