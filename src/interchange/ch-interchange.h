#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "ch-certificate.h"
#include "ch-evaluation.h"
#include "ch-field-set.h"
#include "ch-requirement-set.h"
#include "ch-verdict.h"

G_BEGIN_DECLS

/* The document does not say what it should; the message names the member. */
typedef enum {
  CH_INTERCHANGE_ERROR_MALFORMED,
  CH_INTERCHANGE_ERROR_INVALID,
} ChInterchangeError;

#define CH_INTERCHANGE_ERROR (ch_interchange_error_quark ())
GQuark            ch_interchange_error_quark         (void);

/* Each parser is strict about what it knows (types, enums, dates, amounts) and names the member in its error. */
JsonNode         *ch_certificate_to_json             (const ChCertificate *certificate);
ChCertificate    *ch_certificate_from_json           (JsonNode            *node,
                                                      GError             **error);
/* path as in ChFieldReading; value as a person types it (dates ISO, money in whole dollars, true/false) */
gboolean          ch_certificate_set_value           (ChCertificate       *certificate,
                                                      const char          *path,
                                                      const char          *value,
                                                      GError             **error);
char             *ch_certificate_dup_value           (const ChCertificate *certificate,
                                                      const char          *path);
/* (element-type utf8 utf8): every value that is shown, by path, as ch_certificate_dup_value() gives it */
GHashTable       *ch_certificate_list_values         (const ChCertificate *certificate);
JsonNode         *ch_requirement_set_to_json         (const ChRequirementSet *set);
ChRequirementSet *ch_requirement_set_from_json       (JsonNode            *node,
                                                      GError             **error);
char             *ch_requirement_set_dup_name        (const ChRequirementSet *set);

/**
 * ChRequirementSource:
 * @id: (nullable): the name under which the store knows the set
 * @name: (nullable): for people
 * @version: 0 where it has none
 * @scope: (nullable): what brings the set here, as `company` or `trade Roofing`
 *
 * One of the requirement sets behind a verdict, in the order of the layers.
 */
typedef struct {
  char *id;
  char *name;
  int   version;
  char *scope;
} ChRequirementSource;

ChRequirementSource *ch_requirement_source_new       (const char          *id,
                                                      const char          *name,
                                                      int                  version,
                                                      const char          *scope);
void              ch_requirement_source_free         (ChRequirementSource *self);
JsonNode         *ch_requirement_source_to_json      (const ChRequirementSource *self);
/* sources: (element-type ChRequirementSource): the layers that were merged */
JsonNode         *ch_requirement_set_origins_to_json (const ChRequirementSet *merged,
                                                      GPtrArray           *sources);
/* sources: (nullable) (element-type ChRequirementSource): by the findings' layers */
JsonNode         *ch_verdict_to_json                 (const ChVerdict     *verdict,
                                                      GPtrArray           *sources);
JsonNode         *ch_findings_to_json                (GPtrArray           *findings,
                                                      GPtrArray           *sources);
/* the whole of `certholderctl evaluate`: input document to output document */
JsonNode         *ch_evaluate_json                   (JsonNode            *input,
                                                      ChDate               today_override,
                                                      GError             **error);
/* (element-type ChCarrier): a list of carriers as CSV with a heading, or as JSON like evaluate's `carriers` */
GPtrArray        *ch_carriers_from_text              (const char          *text,
                                                      gssize               length,
                                                      GError             **error);
GPtrArray        *ch_evaluate_list_unknown           (JsonNode            *input);
JsonNode         *ch_json_parse                      (const char          *text,
                                                      gssize               length,
                                                      GError             **error);
char             *ch_json_print                      (JsonNode            *node,
                                                      gboolean             pretty);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChRequirementSource, ch_requirement_source_free)

G_END_DECLS
