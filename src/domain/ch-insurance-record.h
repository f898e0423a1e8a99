#pragma once

#include "ch-field-set.h"

G_BEGIN_DECLS

/**
 * ChInsuranceRecord:
 * @project_id: 0 for a record of the company directory
 * @fields: Procore's own field names and values as text (`insurance_type`, `insurance_provider`, `policy_number`,
 *   `limit`, `effective_date`, `expiration_date`, `status`, `exempt`, `info_received`, `notes`, `additional_insured`,
 *   `enable_expired_insurance_notifications`); booleans are `true` and `false`; null is an absent value
 *
 * An insurance record in Procore's company or project directory, whoever made it.
 */
typedef struct {
  gint64      id;
  gint64      project_id;
  gint64      vendor_id;
  char       *origin_id;
  ChFieldSet *fields;
} ChInsuranceRecord;

ChInsuranceRecord *ch_insurance_record_new  (void);
ChInsuranceRecord *ch_insurance_record_copy (const ChInsuranceRecord *self);
void               ch_insurance_record_free (ChInsuranceRecord       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChInsuranceRecord, ch_insurance_record_free)

G_END_DECLS
