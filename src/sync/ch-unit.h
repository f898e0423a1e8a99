#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChUnitKind:
 * @CH_UNIT_PROJECTS_CHANGED: projects whose updated_at moved; the very first time all of them (1 request for 300)
 * @CH_UNIT_PROJECTS: all projects (1 for 300)
 * @CH_UNIT_PROJECT_IDS: the ids of all projects: what is not listed is gone, what is not known is fetched (1)
 * @CH_UNIT_STAGES: the company's project stages (1)
 * @CH_UNIT_VENDORS_CHANGED: active vendors whose updated_at moved, with their memberships (1)
 * @CH_UNIT_VENDORS: all active vendors with all memberships (1 for 2,000); the inactive ones are looked at where one
 *   that was active is not listed any more
 * @CH_UNIT_INACTIVE_VENDORS: all inactive vendors (1 for 2,000)
 * @CH_UNIT_COMPANY_INSURANCES: the insurance records of the company directory (1 for 2,000)
 * @CH_UNIT_PROJECT_VENDORS: who works on the project (1)
 * @CH_UNIT_COMMITMENTS: the project's subcontracts and purchase orders
 * @CH_UNIT_PROJECT_INSURANCES: the insurance records of the project directory (1)
 * @CH_UNIT_INBOX: what people put into the inbox of the project's documents (1)
 * @CH_UNIT_COMPLIANCE: the insurance pair of one contract (1)
 * @CH_UNIT_INSURANCE: one insurance record of the company directory (1); only where an event names it
 * @CH_UNIT_HOOK: whether the scope's webhook is in order; it is made or repaired (2)
 * @CH_UNIT_DELIVERIES: what the scope's webhook was to deliver: what was missed is asked for (1 for 100)
 *
 * One list of one scope of Procore: what is read, taken over and known to be fresh in one piece.
 */
typedef enum {
  CH_UNIT_PROJECTS_CHANGED,
  CH_UNIT_PROJECTS,
  CH_UNIT_PROJECT_IDS,
  CH_UNIT_STAGES,
  CH_UNIT_VENDORS_CHANGED,
  CH_UNIT_VENDORS,
  CH_UNIT_INACTIVE_VENDORS,
  CH_UNIT_COMPANY_INSURANCES,
  CH_UNIT_PROJECT_VENDORS,
  CH_UNIT_COMMITMENTS,
  CH_UNIT_PROJECT_INSURANCES,
  CH_UNIT_INBOX,
  CH_UNIT_COMPLIANCE,
  CH_UNIT_INSURANCE,
  CH_UNIT_HOOK,
  CH_UNIT_DELIVERIES,
} ChUnitKind;

#define CH_N_UNIT_KINDS (CH_UNIT_DELIVERIES + 1)

/**
 * ChUnit:
 * @project_id: 0 for the company's units
 * @record_id: the contract of %CH_UNIT_COMPLIANCE, the record of %CH_UNIT_INSURANCE, else 0
 */
typedef struct {
  ChUnitKind kind;
  gint64     project_id;
  gint64     record_id;
} ChUnit;

const char *ch_unit_kind_to_string (ChUnitKind    kind);
gboolean    ch_unit_kind_from_string (const char   *name,
                                    ChUnitKind   *kind);
gboolean    ch_unit_kind_is_of_project (ChUnitKind kind);
guint       ch_unit_hash           (gconstpointer unit);
gboolean    ch_unit_equal          (gconstpointer a,
                                    gconstpointer b);

G_END_DECLS
