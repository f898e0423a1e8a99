#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChProject:
 * @id: Procore's id
 * @stage_id: 0 where the project has no stage
 * @tz_name: (nullable): IANA zone; the company's zone counts where it is missing
 * @company_name: (nullable): the GC's name, where Procore told it beside the project; it is kept once, with the sign-in
 * @updated_at: (nullable): Procore's stamp, ISO 8601 in UTC, whole seconds
 *
 * A project as Procore has it. Procore owns it; it is never written by us.
 */
typedef struct {
  gint64    id;
  char     *name;
  char     *project_number;
  gint64    stage_id;
  char     *stage_name;
  gboolean  active;
  gboolean  is_demo;
  gboolean  is_template;
  char     *tz_name;
  char     *address;
  char     *city;
  char     *state_code;
  char     *zip;
  char     *updated_at;
  char     *origin_id;
  char     *company_name;
} ChProject;

ChProject *ch_project_new  (void);
ChProject *ch_project_copy (const ChProject *self);
void       ch_project_free (ChProject       *self);

/**
 * ChStage:
 * @category: Procore's stage category, as `pre_construction`; unknown ones are kept as they are
 */
typedef struct {
  gint64  id;
  char   *name;
  char   *category;
} ChStage;

ChStage *ch_stage_new  (gint64      id,
                        const char *name,
                        const char *category);
void     ch_stage_free (ChStage    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChProject, ch_project_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChStage, ch_stage_free)

G_END_DECLS
