#pragma once

#include "ch-auth.h"
#include "ch-commitment.h"
#include "ch-field-set.h"
#include "ch-insurance-record.h"
#include "ch-list-mark.h"
#include "ch-place.h"
#include "ch-procore-error.h"
#include "ch-project.h"
#include "ch-request-log.h"
#include "ch-transport.h"
#include "ch-vendor.h"

G_BEGIN_DECLS

/*
 * Procore's REST API as typed calls. Blocking; used by one thread at a time. Every call adds the token and
 * Procore-Company-Id, paces itself by the rate-limit headers (and never trusts fixed numbers), refreshes the token
 * once on 401, repeats reads a few times with jittered back-off where that can help, and never repeats a write whose
 * outcome is unknown. A list is all pages or an error: a partial list is never returned.
 */
#define CH_TYPE_PROCORE (ch_procore_get_type ())
G_DECLARE_FINAL_TYPE (ChProcore, ch_procore, CH, PROCORE, GObject)

ChProcore  *ch_procore_new            (const ChPlace *place,
                                       ChAuth        *auth,
                                       ChTransport   *transport);
void        ch_procore_set_company_id (ChProcore     *self,
                                       gint64         company_id);
gint64      ch_procore_get_company_id (ChProcore     *self);
const ChPlace *ch_procore_get_place   (ChProcore     *self);
/* requests sent so far, and of those the ones that write */
guint       ch_procore_get_n_requests (ChProcore     *self);
guint       ch_procore_get_n_writes   (ChProcore     *self);
/* Unix microseconds of the last answer of any kind, 0 before the first */
gint64      ch_procore_get_last_contact (ChProcore   *self);
/* (transfer none): every request since it was made, or since another log was set */
ChRequestLog *ch_procore_get_log      (ChProcore     *self);
void        ch_procore_set_log        (ChProcore     *self,
                                       ChRequestLog  *log);
/* Whether a write of ours made or changed this record lately, whose event has not been taken yet: an event of it is then
 * our own. @resource_name: as events name it. */
gboolean    ch_procore_take_own_write (ChProcore     *self,
                                       const char    *resource_name,
                                       gint64         record_id);
/* where the nearer limit stands: -1 while unknown; reset in Unix seconds */
void        ch_procore_get_rate       (ChProcore     *self,
                                       int           *limit,
                                       int           *remaining,
                                       gint64        *reset);

/* the same of the hour, as an answer last spoke of it */
void        ch_procore_get_hourly_rate (ChProcore    *self,
                                       int           *limit,
                                       int           *remaining,
                                       gint64        *reset);

typedef struct {
  gint64   id;
  char    *name;
  gboolean is_active;
} ChCompany;

typedef struct {
  gint64  id;
  char   *login;
  char   *name;
} ChUser;

void        ch_company_free           (ChCompany     *self);
void        ch_user_free              (ChUser        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChCompany, ch_company_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChUser, ch_user_free)

/* A list that may or may not be read; see ch_procore_probe(). */
typedef enum {
  CH_PROBE_VENDORS,
  CH_PROBE_COMPANY_INSURANCES,
  CH_PROBE_PROJECT_INSURANCES,
  CH_PROBE_COMMITMENTS,
  CH_PROBE_LINKS,
} ChProbe;

gboolean    ch_procore_probe                   (ChProcore *self, ChProbe what, gint64 project_id, GCancellable *cancellable,
                                                GError **error);

/* Directory. (element-type …) (transfer full). updated_since: Unix seconds, 0 for all; the range ends open
 * (a far future), so that no change between two ranges is missed. */
GPtrArray  *ch_procore_list_companies          (ChProcore *self, GCancellable *cancellable, GError **error);
ChUser     *ch_procore_get_me                  (ChProcore *self, GCancellable *cancellable, GError **error);
GPtrArray  *ch_procore_list_stages             (ChProcore *self, GCancellable *cancellable, GError **error);
GPtrArray  *ch_procore_list_projects           (ChProcore *self, gint64 updated_since, GCancellable *cancellable, GError **error);
/* of the first page of the active ones, at most @n */
GPtrArray  *ch_procore_list_some_projects      (ChProcore *self, guint n, GCancellable *cancellable, GError **error);
/* those of the ids that can be seen, active or not; (element-type gint64) @ids */
GPtrArray  *ch_procore_list_projects_by_id     (ChProcore *self, GArray *ids, GCancellable *cancellable, GError **error);
GArray     *ch_procore_list_project_ids        (ChProcore *self, GCancellable *cancellable, GError **error);
ChProject  *ch_procore_get_project             (ChProcore *self, gint64 project_id, GCancellable *cancellable, GError **error);
GPtrArray  *ch_procore_list_vendors            (ChProcore *self, gint64 updated_since, ChListMark *mark, GCancellable *cancellable, GError **error);
/* those of the ids that are active; (element-type gint64) @ids */
GPtrArray  *ch_procore_list_vendors_by_id      (ChProcore *self, GArray *ids, GCancellable *cancellable, GError **error);
GPtrArray  *ch_procore_list_inactive_vendors   (ChProcore *self, GCancellable *cancellable, GError **error);
GArray     *ch_procore_list_project_vendor_ids (ChProcore *self, gint64 project_id, GCancellable *cancellable, GError **error);
GPtrArray  *ch_procore_list_project_vendors    (ChProcore *self, gint64 project_id, GCancellable *cancellable, GError **error);

/* Commitments: both kinds in one list that does not say which is which; ChCommitment. */
GPtrArray  *ch_procore_list_commitments        (ChProcore *self, gint64 project_id, GCancellable *cancellable, GError **error);
GArray     *ch_procore_list_work_order_ids     (ChProcore *self, gint64 project_id, GCancellable *cancellable, GError **error);
ChCompliance *ch_procore_get_compliance        (ChProcore *self, const ChCommitment *commitment, GCancellable *cancellable, GError **error);
/* sends only the insurance pair; answers what Procore then has */
ChCompliance *ch_procore_update_compliance     (ChProcore *self, const ChCommitment *commitment, const char *insurance_status, const char *insurance_notes, GCancellable *cancellable, GError **error);

/* Insurances: ChInsuranceRecord. project_id 0: the company directory. */
GPtrArray  *ch_procore_list_insurances         (ChProcore *self, gint64 project_id, ChListMark *mark, GCancellable *cancellable, GError **error);

/* one record of the company directory */
ChInsuranceRecord *ch_procore_get_insurance    (ChProcore *self, gint64 record_id, GCancellable *cancellable, GError **error);

/**
 * ChSyncResult:
 * @records: (element-type ChInsuranceRecord): what was done, as Procore then has it
 * @errors: (element-type utf8 utf8): Procore's reason by the origin_id that was sent
 */
typedef struct {
  GPtrArray  *records;
  GHashTable *errors;
} ChSyncResult;

void          ch_sync_result_free              (ChSyncResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChSyncResult, ch_sync_result_free)

/* At most 1,000 records, each with an origin_id of ours; only the fields in each record's set are sent (the carrier
 * under its sending name `name`), with vendor_id and origin_id. */
ChSyncResult *ch_procore_sync_insurances       (ChProcore *self, gint64 project_id, GPtrArray *records, GCancellable *cancellable, GError **error);

/* Documents. */
typedef struct {
  gint64     id;
  gint64     parent_id;
  char      *name;
  GPtrArray *folders;      /* (element-type ChFolder) */
  GPtrArray *files;        /* (element-type ChProcoreFile) */
} ChFolder;

/**
 * ChProcoreFile:
 * @version: the number of its newest version, 0 where Procore does not say
 * @url: (nullable): where the newest version can be had; an address of the storage, which wants no token
 * @is_deleted: it lies in the recycle bin
 */
typedef struct {
  gint64   id;
  gint64   parent_id;
  char    *name;
  char    *description;
  gint64   size;
  gint64   version;
  char    *url;
  gboolean is_deleted;
} ChProcoreFile;

void           ch_folder_free                  (ChFolder *self);
void           ch_procore_file_free            (ChProcoreFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChFolder, ch_folder_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChProcoreFile, ch_procore_file_free)

/* folder_id 0: the root's content */
ChFolder      *ch_procore_get_folder           (ChProcore *self, gint64 project_id, gint64 folder_id, GCancellable *cancellable, GError **error);
/* parent_id 0 and NULL name stay as they are */
gboolean       ch_procore_update_folder        (ChProcore *self, gint64 project_id, gint64 folder_id, gint64 parent_id, const char *name, GCancellable *cancellable, GError **error);
ChFolder      *ch_procore_create_folder        (ChProcore *self, gint64 project_id, gint64 parent_id, const char *name, GCancellable *cancellable, GError **error);
/* the two steps of an upload (instructions, storage); answers the upload's uuid. Our token never goes to storage. */
char          *ch_procore_upload               (ChProcore *self, gint64 project_id, const char *file_name, const char *content_type, GBytes *bytes, GCancellable *cancellable, GError **error);
ChProcoreFile *ch_procore_get_file             (ChProcore *self, gint64 project_id, gint64 file_id, GCancellable *cancellable, GError **error);
/* what the file's newest version holds; our token never goes to storage */
GBytes        *ch_procore_download             (ChProcore *self, const ChProcoreFile *file, GCancellable *cancellable, GError **error);
ChProcoreFile *ch_procore_file_copy            (const ChProcoreFile *self);
ChFolder      *ch_folder_copy                  (const ChFolder *self);
ChProcoreFile *ch_procore_create_file          (ChProcore *self, gint64 project_id, gint64 parent_id, const char *name, const char *description, const char *upload_uuid, GCancellable *cancellable, GError **error);
/* upload_uuid NULL: name, place or description only; parent_id 0 and NULL texts stay as they are */
ChProcoreFile *ch_procore_update_file          (ChProcore *self, gint64 project_id, gint64 file_id, gint64 parent_id, const char *name, const char *description, const char *upload_uuid, GCancellable *cancellable, GError **error);

/* Home links, in their order; ids are text. */
typedef struct {
  char *id;
  char *title;
  char *url;
} ChLink;

ChLink        *ch_link_new                     (const char *id, const char *title, const char *url);
void           ch_link_free                    (ChLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChLink, ch_link_free)

GPtrArray     *ch_procore_list_links           (ChProcore *self, gint64 project_id, GCancellable *cancellable, GError **error);
/* the whole list, in order; links without id are made */
GPtrArray     *ch_procore_update_links         (ChProcore *self, gint64 project_id, GPtrArray *links, GCancellable *cancellable, GError **error);

/* Permission manifest: the access level's name by tool name, as ("directory" → "admin"). project_id 0: company. */
GHashTable    *ch_procore_get_permissions      (ChProcore *self, gint64 project_id, GCancellable *cancellable, GError **error);

G_END_DECLS
