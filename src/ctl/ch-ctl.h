#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "ch-desk.h"
#include "ch-procore.h"
#include "ch-session.h"

G_BEGIN_DECLS

/* The exit statuses of the command-line contract. */
typedef enum {
  CH_EXIT_DONE = 0,
  CH_EXIT_NEEDS_PERSON = 1,
  CH_EXIT_USAGE = 2,
  CH_EXIT_PROCORE = 3,
  CH_EXIT_LOCAL = 4,
} ChExit;

/* A command line that makes no sense; the message says what would. */
#define CH_CTL_ERROR (ch_ctl_error_quark ())
typedef enum {
  CH_CTL_ERROR_USAGE,
} ChCtlError;
GQuark       ch_ctl_error_quark         (void);

/**
 * ChCtlKeep:
 * @CH_CTL_KEEP_AS_FOUND: in the Secret Service where somebody has signed in, else in memory where the environment has
 *   the app's secret
 * @CH_CTL_KEEP_STORED: in the Secret Service
 * @CH_CTL_KEEP_IN_MEMORY: in this process only
 *
 * Where the tokens of a sign-in are kept.
 */
typedef enum {
  CH_CTL_KEEP_AS_FOUND,
  CH_CTL_KEEP_STORED,
  CH_CTL_KEEP_IN_MEMORY,
} ChCtlKeep;

/*
 * What a command works with. Everything is opened when first asked for, so that `evaluate` and `read` touch no
 * database and `projects` no network.
 */
#define CH_TYPE_CTL (ch_ctl_get_type ())
G_DECLARE_FINAL_TYPE (ChCtl, ch_ctl, CH, CTL, GObject)

ChCtl       *ch_ctl_new                 (const char    *data_dir,
                                         gboolean       json);
gboolean     ch_ctl_wants_json          (ChCtl         *self);
const char  *ch_ctl_get_data_dir        (ChCtl         *self);
GCancellable *ch_ctl_get_cancellable    (ChCtl         *self);
ChClock     *ch_ctl_get_clock           (ChCtl         *self,
                                         GError       **error);
ChChangeHub *ch_ctl_get_hub             (ChCtl         *self);
ChStore     *ch_ctl_get_store           (ChCtl         *self,
                                         GError       **error);
ChDesk      *ch_ctl_get_desk            (ChCtl         *self,
                                         GError       **error);
ChAuth      *ch_ctl_get_auth            (ChCtl         *self,
                                         ChCtlKeep      keep,
                                         GError       **error);
ChTokenStore *ch_ctl_get_token_store    (ChCtl         *self);
ChTransport *ch_ctl_get_transport       (ChCtl         *self);
const ChPlace *ch_ctl_get_place         (ChCtl         *self,
                                         GError       **error);
ChProcore   *ch_ctl_get_procore         (ChCtl         *self,
                                         GError       **error);
/* the same with the company known: from the environment, the database, or the only one there is */
ChProcore   *ch_ctl_get_company_procore (ChCtl         *self,
                                         GError       **error);

/* A command: argv[0] is its name. What it prints goes through ch-ctl-output.h. */
typedef ChExit (*ChCommandFunc) (ChCtl   *ctl,
                                 int      argc,
                                 char   **argv,
                                 GError **error);

ChExit ch_ctl_login        (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_doctor       (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_sync         (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_watch        (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_projects     (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_subs         (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_certificates (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_settings     (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_status       (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_read         (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_add          (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_review       (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_evaluate     (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_request      (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_requirements (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_waive        (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_exempt       (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_waivers      (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_carriers     (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_report       (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_conflicts    (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_events       (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_backup       (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_restore      (ChCtl *ctl, int argc, char **argv, GError **error);
ChExit ch_ctl_verify       (ChCtl *ctl, int argc, char **argv, GError **error);

/* One line of what `watch` tells. detail: (nullable): JSON text of an object */
void         ch_ctl_print_event         (ChCtl              *ctl,
                                         const char         *what,
                                         const char         *detail);
/* Parses a command's options out of argv; what is left stays in it. Wrong ones are CH_CTL_ERROR_USAGE. */
gboolean     ch_ctl_parse               (const char         *synopsis,
                                         const GOptionEntry *entries,
                                         int                *argc,
                                         char             ***argv,
                                         GError            **error);
gboolean     ch_ctl_parse_id            (const char         *text,
                                         const char         *what,
                                         gint64             *id,
                                         GError            **error);
/* (element-type gint64): of an option that may be given several times */
GArray      *ch_ctl_parse_ids           (char              **texts,
                                         const char         *what,
                                         GError            **error);
gboolean     ch_ctl_parse_instant       (const char         *text,
                                         gboolean            end_of_day,
                                         gint64             *at,
                                         GError            **error);

G_END_DECLS
