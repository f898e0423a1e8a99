#pragma once

#include "ch-desk-worker.h"
#include "ch-worker.h"

G_BEGIN_DECLS

/**
 * ChAccountState:
 * @CH_ACCOUNT_STARTING: the Secret Service is being asked
 * @CH_ACCOUNT_NOT_SET_UP: no client id is known
 * @CH_ACCOUNT_SIGNED_OUT: a person has to sign in
 * @CH_ACCOUNT_NEEDS_COMPANY: signed in; the sign-in sees several companies, a person has to choose
 * @CH_ACCOUNT_FAILED: see ch_account_get_problem()
 * @CH_ACCOUNT_RUNNING: the sync worker runs; see ch_account_get_report()
 */
typedef enum {
  CH_ACCOUNT_STARTING,
  CH_ACCOUNT_NOT_SET_UP,
  CH_ACCOUNT_SIGNED_OUT,
  CH_ACCOUNT_NEEDS_COMPANY,
  CH_ACCOUNT_FAILED,
  CH_ACCOUNT_RUNNING,
} ChAccountState;

/* Settings (see ch_store_dup_state()): where events of Procore's arrive, and the address that leads there; empty for none. */
#define CH_SETTING_WEBHOOK_LISTEN "webhooks.listen"
#define CH_SETTING_WEBHOOK_URL "webhooks.public_url"

/*
 * The window's side of Procore: which one, signed in as what, for which company, and the worker that syncs.
 * ::changed when anything of it did.
 */
#define CH_TYPE_ACCOUNT (ch_account_get_type ())
G_DECLARE_FINAL_TYPE (ChAccount, ch_account, CH, ACCOUNT, GObject)

ChAccount            *ch_account_new                (ChStore       *store,
                                                     ChDeskWorker  *desk,
                                                     ChChangeHub   *hub,
                                                     ChClock       *clock);
/* reads the settings (again) and signs in with what is stored */
void                  ch_account_start              (ChAccount     *self);
void                  ch_account_stop               (ChAccount     *self);

ChAccountState        ch_account_get_state          (ChAccount     *self);
/* (nullable): in plain words */
const char           *ch_account_get_problem        (ChAccount     *self);
/* (nullable): NULL unless the worker runs */
const ChWorkerReport *ch_account_get_report         (ChAccount     *self);
/* (transfer none) (nullable): NULL unless the worker runs */
ChRequestLog         *ch_account_get_request_log    (ChAccount     *self);
const ChPlace        *ch_account_get_place          (ChAccount     *self);
/* (nullable) */
const char           *ch_account_get_client_id      (ChAccount     *self);
/* (nullable) */
const char           *ch_account_get_company_name   (ChAccount     *self);
gint64                ch_account_get_company_id     (ChAccount     *self);
gboolean              ch_account_is_signed_in       (ChAccount     *self);
/* whether the address or the app come from the environment, so that settings would have no effect */
gboolean              ch_account_is_from_environment (ChAccount    *self);
/* what is on screen: it is kept freshest; 0, 0: nothing in particular */
void                  ch_account_show               (ChAccount     *self,
                                                     gint64         project_id,
                                                     gint64         vendor_id);
void                  ch_account_sync_now           (ChAccount     *self);

/* for ch-sign-in.c */
ChDeskWorker         *ch_account_get_desk           (ChAccount     *self);
/* (nullable) */
ChAuth               *ch_account_get_auth           (ChAccount     *self);
/* (nullable) */
ChTokenStore         *ch_account_get_token_store    (ChAccount     *self);

G_END_DECLS
