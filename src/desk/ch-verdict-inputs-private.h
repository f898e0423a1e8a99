#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which of the requirement sets belong to one of the stacks that a sub on a project must meet. */
typedef struct {
  gint64 commitment_id;   /* 0 for the sub's own */
  guint  first;
  guint  n;
} ChVerdictPart;

/**
 * ChVerdictInputs:
 * @since: Unix seconds since when the decision has had its status, 0 where that is not known
 * @parts: (element-type ChVerdictPart)
 * @requirements: (element-type utf8): `uuid:version`, in the order of the findings' layers
 * @scopes: (element-type utf8): what brings each of them here, as `company` or `trade Roofing`
 * @certificates: (element-type utf8): `uuid:version`, oldest to newest
 * @waivers: (element-type utf8): uuids, the exemption among them
 * @carriers: the version of the list, 0 for none
 * @pending: (nullable): the uuid of the certificate that awaits review
 *
 * What a stored verdict was made from: everything that the judge was told but the day. The same facts give the same
 * text, so no time of judging is in it.
 */
typedef struct {
  gint64     since;
  GArray    *parts;
  GPtrArray *requirements;
  GPtrArray *scopes;
  GPtrArray *certificates;
  GPtrArray *waivers;
  int        carriers;
  char      *project_state;
  char      *project_stage;
  char      *sub_name;
  char      *sub_legal_name;
  char      *sub_trade_name;
  char      *pending;
} ChVerdictInputs;

ChVerdictInputs *_ch_verdict_inputs_new       (void);
void             _ch_verdict_inputs_free      (ChVerdictInputs       *self);
void             _ch_verdict_inputs_add       (GPtrArray             *list,
                                               const char            *uuid,
                                               int                    version);
char            *_ch_verdict_inputs_to_text   (const ChVerdictInputs *self);
ChVerdictInputs *_ch_verdict_inputs_from_text (const char            *text);
/* Parts "uuid:version"; FALSE where it is none */
gboolean         _ch_verdict_inputs_split     (const char            *entry,
                                               char                 **uuid,
                                               int                   *version);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChVerdictInputs, _ch_verdict_inputs_free)

G_END_DECLS
