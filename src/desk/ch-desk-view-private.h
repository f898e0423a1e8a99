#pragma once

#include "ch-certificate.h"
#include "ch-desk.h"
#include "ch-project.h"
#include "ch-requirement-set.h"

G_BEGIN_DECLS

/* The five places in Procore that the desk writes to; each can be switched off. */
typedef enum {
  CH_PLACE_COMPANY_INSURANCES,
  CH_PLACE_PROJECT_INSURANCES,
  CH_PLACE_COMMITMENTS,
  CH_PLACE_DOCUMENTS,
  CH_PLACE_LINKS,
} ChPublicationPlace;

#define CH_N_PUBLICATION_PLACES (CH_PLACE_LINKS + 1)

/**
 * ChProjectView:
 * @tz_name: the project's zone, else the company's, else UTC
 * @today: the day there
 * @is_closed: it is not active any more; what is asked after construction stays watched
 *
 * A project, as one act sees it.
 */
typedef struct {
  ChProject *project;
  char      *tz_name;
  char      *stage_category;
  ChDate     today;
  gboolean   is_closed;
} ChProjectView;

/**
 * ChDeskView:
 * @projects: (element-type gint64 ChProjectView): the active ones, and those that were closed out
 * @sets: (element-type utf8 ChRequirementSet): parsed bodies by id and version
 * @stacks: (element-type utf8 GPtrArray): what layers ask for when they are put together, by layers and stage
 * @commitments_with_sets: (element-type gint64): the commitments to which a requirement set is assigned
 * @carriers: (element-type utf8 ChCarrier): by NAIC number, those of the list that were asked for
 * @carriers_sought: (element-type utf8): the NAIC numbers that were looked up, found or not
 * @carrier_version: of the list, 0 where there is none
 * @is_on: whether the place in Procore is switched on
 * @next_policy_end: the earliest day on which a published policy ends, %CH_DATE_NONE where none does
 *
 * What one act has loaded, so that it loads nothing twice. It lives no longer than the act: the next one sees what
 * others have changed meanwhile.
 */
typedef struct {
  ChDesk     *desk;
  ChStore    *store;
  char       *company_tz;
  char       *company_name;
  ChDate      company_today;
  GHashTable *projects;
  GHashTable *sets;
  GHashTable *stacks;
  GHashTable *commitments_with_sets;
  GHashTable *carriers;
  GHashTable *carriers_sought;
  int         carrier_version;
  gboolean    is_on[CH_N_PUBLICATION_PLACES];
  gboolean    notifies_subs;
  ChDate      next_policy_end;
} ChDeskView;

ChDeskView       *_ch_desk_view_new             (ChDesk      *desk,
                                                 GError     **error);
void              _ch_desk_view_free            (ChDeskView  *self);
ChProjectView    *_ch_desk_view_get_project     (ChDeskView  *self,
                                                 gint64       project_id);
/* the same, also where it was closed out */
ChProjectView    *_ch_desk_view_get_watched_project (ChDeskView *self,
                                                 gint64       project_id);
/* Whether the layers ask for something after construction. */
gboolean          _ch_desk_view_layers_watch    (ChDeskView  *self,
                                                 GPtrArray   *layers,
                                                 gboolean    *watch,
                                                 GError     **error);
/* (transfer full) (element-type ChRequirementSet): the one set that the layers make during the stage */
GPtrArray        *_ch_desk_view_merge_layers    (ChDeskView  *self,
                                                 GPtrArray   *layers,
                                                 const char  *stage_category,
                                                 GError     **error);
/* Looks up the carriers that a certificate names. */
gboolean          _ch_desk_view_find_carriers   (ChDeskView  *self,
                                                 const ChCertificate *certificate,
                                                 GError     **error);
/* Remembers that a policy ends on this day, for the lapse clock. */
gboolean          _ch_desk_view_expect_policy_end (ChDeskView *self,
                                                 ChDate       day,
                                                 GError     **error);
/* (transfer full): the company's zone: what Procore says, else UTC */
char             *_ch_desk_dup_company_zone     (ChStore     *store,
                                                 GError     **error);

#define CH_STATE_POLICY_END "desk.next_policy_end"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChDeskView, _ch_desk_view_free)

G_END_DECLS
