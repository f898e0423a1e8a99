#pragma once

#include "ch-commitment.h"
#include "ch-insurance-record.h"
#include "ch-project.h"
#include "ch-store.h"
#include "ch-vendor.h"

G_BEGIN_DECLS

typedef struct {
  gint64 vendor_id;
  gint64 project_id;
} ChMembership;

/*
 * What Procore owns, as last seen. `put` inserts or updates and sets *changed only where something differs, so that
 * nothing is announced or re-judged for nothing. What disappears in Procore is kept and marked gone; lists leave
 * gone rows out, get finds them. All writes need a transaction.
 */
gboolean      ch_store_put_stage            (ChStore *self, const ChStage *stage, gboolean *changed, GError **error);
gboolean      ch_store_put_project          (ChStore *self, const ChProject *project, gboolean *changed, GError **error);
gboolean      ch_store_put_vendor           (ChStore *self, const ChVendor *vendor, gboolean *changed, GError **error);
gboolean      ch_store_put_commitment       (ChStore *self, const ChCommitment *commitment, gboolean *changed, GError **error);
gboolean      ch_store_put_insurance        (ChStore *self, const ChInsuranceRecord *record, gboolean *changed, GError **error);

gboolean      ch_store_mark_project_gone    (ChStore *self, gint64 project_id, GError **error);
gboolean      ch_store_mark_vendor_gone     (ChStore *self, gint64 vendor_id, GError **error);
gboolean      ch_store_mark_commitment_gone (ChStore *self, gint64 commitment_id, GError **error);
gboolean      ch_store_mark_insurance_gone  (ChStore *self, gint64 insurance_id, GError **error);

/* The vendor's projects, all of them; (nullable) @changed_projects gets the ids that came or went. */
gboolean      ch_store_set_vendor_projects  (ChStore *self, gint64 vendor_id, GArray *project_ids, GArray *changed_projects, GError **error);
gboolean      ch_store_set_project_vendors  (ChStore *self, gint64 project_id, GArray *vendor_ids, GArray *changed_vendors, GError **error);

/* (transfer full) (element-type …); NULL with @error. A single get is NULL with CH_STORE_ERROR_NOT_FOUND. */
GPtrArray    *ch_store_list_stages          (ChStore *self, GError **error);
GPtrArray    *ch_store_list_projects        (ChStore *self, gboolean active_only, GError **error);
ChProject    *ch_store_get_project          (ChStore *self, gint64 project_id, GError **error);
/* whether it is there, active and no template; FALSE with @error where that can't be found out */
gboolean      ch_store_is_project_at_work   (ChStore *self, gint64 project_id, GError **error);
char         *ch_store_dup_stage_category   (ChStore *self, gint64 project_id, GError **error);
GPtrArray    *ch_store_list_vendors         (ChStore *self, GError **error);
GPtrArray    *ch_store_list_project_vendors (ChStore *self, gint64 project_id, GError **error);
ChVendor     *ch_store_get_vendor           (ChStore *self, gint64 vendor_id, GError **error);
gboolean      ch_store_is_vendor_gone       (ChStore *self, gint64 vendor_id, GError **error);
/* who works where, on projects that are not gone: (transfer full) (element-type ChMembership), by vendor */
GArray       *ch_store_list_memberships     (ChStore *self, GError **error);
GArray       *ch_store_list_vendor_projects (ChStore *self, gint64 vendor_id, GError **error);
/* project_id 0: of all projects; vendor_id 0: of all vendors */
GPtrArray    *ch_store_list_commitments     (ChStore *self, gint64 project_id, gint64 vendor_id, GError **error);
/* records that others made; project_id -1: all, 0: the company directory's; vendor_id 0: of all vendors */
GPtrArray    *ch_store_list_insurances      (ChStore *self, gint64 project_id, gint64 vendor_id, GError **error);

G_END_DECLS
