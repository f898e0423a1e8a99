#define G_LOG_DOMAIN "ch-interchange"

#include "config.h"

#include "ch-coverage-requirement-json.h"
#include "ch-json-reader.h"

static void
add_origin (JsonObject *origins,
            char       *path,
            ChOrigin    origin,
            GPtrArray  *sources)
{
  g_autofree char *member = path;
  JsonNode *node;

  if (origin.layer < 0 || (guint)origin.layer >= sources->len)
    return;

  node = ch_requirement_source_to_json (g_ptr_array_index (sources, origin.layer));
  if (origin.is_stage)
    json_object_set_boolean_member (json_node_get_object (node), "stage", TRUE);
  json_object_set_member (origins, member, node);
}

static void
add_coverage (JsonObject                  *origins,
              const ChCoverageRequirement *coverage,
              GPtrArray                   *sources)
{
  g_autofree char *path = _ch_json_join ("coverages", coverage->name);

  add_origin (origins, g_strdup (path), coverage->origin, sources);
  for (int ask = 0; ask < CH_N_COVERAGE_ASKS; ask++)
    if (coverage->members[ask] == CH_MEMBER_SET)
      add_origin (origins, _ch_json_join (path, _ch_coverage_ask_to_string ((ChCoverageAsk)ask)),
                  coverage->origins[ask], sources);
}

/**
 * ch_requirement_set_origins_to_json:
 * @merged: what several layers ask for together
 * @sources: (element-type ChRequirementSource): the layers
 *
 * Returns: (transfer full): an object with the source of each member, by the member's path as
 *   `coverages.general_liability.minimum`; `"stage": true` where the layer asks for it only during the stage. A
 *   coverage's own entry is the layer that asks for the coverage at all.
 */
JsonNode *
ch_requirement_set_origins_to_json (const ChRequirementSet *merged,
                                    GPtrArray              *sources)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *origins = json_object_new ();

  for (int ask = 0; ask < CH_N_SET_ASKS; ask++)
    if (merged->members[ask] == CH_MEMBER_SET && ask != CH_SET_ASK_COVERAGES)
      add_origin (origins, g_strdup (_ch_set_ask_to_string ((ChSetAsk)ask)), merged->origins[ask], sources);
  for (guint i = 0; i < merged->coverages->len; i++)
    add_coverage (origins, g_ptr_array_index (merged->coverages, i), sources);
  json_node_take_object (node, origins);

  return node;
}
