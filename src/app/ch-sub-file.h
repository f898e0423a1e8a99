#pragma once

#include "ch-desk.h"
#include "ch-insurance-record.h"
#include "ch-store-directory.h"
#include "ch-store-events.h"
#include "ch-store-verdicts.h"
#include "ch-store-waivers.h"

G_BEGIN_DECLS

/**
 * ChSubPolicy:
 * @insurer: (nullable): its name as the certificate shows it
 * @certificate_id: the newest approved certificate that shows the policy
 */
typedef struct {
  ChPolicy *policy;
  char     *insurer;
  gint64    certificate_id;
} ChSubPolicy;

/**
 * ChSubFile:
 * @verdicts: (element-type ChStoredVerdict): one for each project, worst first
 * @sources: (element-type GPtrArray): for each verdict its #ChRequirementSource by the findings' layers, or %NULL
 * @decisions: (element-type utf8): for each verdict the last decision in a sentence
 * @project_names: (element-type gint64 utf8): of the projects that anything here is about
 * @certificates: (element-type ChFiledCertificate): newest first, without boxes
 * @policies: (element-type ChSubPolicy): of the approved certificates, each once; by coverage, the newest first
 * @waivers: (element-type ChStoredWaiver): newest first, ended ones too
 * @insurances: (element-type ChInsuranceRecord): that others made in Procore
 * @events: (element-type ChEvent): newest first
 * @has_more_events: there are older ones
 *
 * All that the desk has on a sub, as of one moment.
 */
typedef struct {
  ChVendor   *vendor;
  GPtrArray  *verdicts;
  GPtrArray  *sources;
  GPtrArray  *decisions;
  GHashTable *project_names;
  GPtrArray  *certificates;
  GPtrArray  *policies;
  GPtrArray  *waivers;
  GPtrArray  *insurances;
  GPtrArray  *events;
  gboolean    has_more_events;
} ChSubFile;

typedef struct {
  gint64 vendor_id;
  guint  n_events;    /* at most so many */
  gint64 now;         /* Unix microseconds */
} ChSubFileRequest;

/* ChDeskFunc: @data points to a ChSubFileRequest; the answer is a ChSubFile */
gpointer    ch_sub_file_load             (ChDesk          *desk,
                                          gpointer         data,
                                          GCancellable    *cancellable,
                                          GError         **error);
void        ch_sub_file_free             (ChSubFile       *self);
/* (nullable): the project's name, NULL for none */
const char *ch_sub_file_get_project_name (const ChSubFile *self,
                                          gint64           project_id);
/* the worst over its projects; %CH_STATUS_NOT_REQUIRED where it works on none */
ChStatus    ch_sub_file_get_status       (const ChSubFile *self);
/* the first day on which any of its statuses changes by itself, or %CH_DATE_NONE */
ChDate      ch_sub_file_get_changes_on   (const ChSubFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChSubFile, ch_sub_file_free)

G_END_DECLS
