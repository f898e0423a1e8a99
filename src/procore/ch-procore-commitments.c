#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-procore-private.h"

#include <glib/gi18n-lib.h>

/*
 * The list of both kinds (/commitments) does not say which kind an entry is, and a contract's compliance lives under
 * its kind's address: so the two lists are read, which also know a changes filter.
 */
#define PER_PAGE 2000

static const char *
get_collection (ChCommitmentKind kind)
{
  return kind == CH_COMMITMENT_WORK_ORDER ? "work_order_contracts" : "purchase_order_contracts";
}

typedef struct {
  gint64           project_id;
  ChCommitmentKind kind;
} Source;

static gpointer
parse_commitment (JsonObject *object,
                  gpointer    user_data)
{
  const Source *source = user_data;
  ChCommitment *commitment = ch_commitment_new ();

  commitment->id = _ch_wire_get_id (object, "id");
  commitment->project_id = source->project_id;
  commitment->vendor_id = _ch_wire_get_id (_ch_wire_get_object (object, "vendor"), "id");
  commitment->kind = source->kind;
  commitment->number = _ch_wire_dup_scalar (object, "number");
  commitment->title = g_strdup (_ch_wire_get_text (object, "title"));
  commitment->status = g_strdup (_ch_wire_get_text (object, "status"));
  commitment->updated_at = g_strdup (_ch_wire_get_text (object, "updated_at"));
  return commitment;
}

/**
 * ch_procore_list_commitments:
 * @self: the API
 * @project_id: the project
 * @updated_since: Unix seconds; only what changed at that second or later, 0 for all
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type ChCommitment) (nullable): the project's subcontracts and purchase orders
 */
GPtrArray *
ch_procore_list_commitments (ChProcore    *self,
                             gint64        project_id,
                             gint64        updated_since,
                             GCancellable *cancellable,
                             GError      **error)
{
  static const ChCommitmentKind kinds[] = { CH_COMMITMENT_WORK_ORDER, CH_COMMITMENT_PURCHASE_ORDER };
  g_autofree char *filter = _ch_updated_filter (updated_since);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_commitment_free);
  guint i;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  for (i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      Source source = { .project_id = project_id, .kind = kinds[i] };
      g_autofree char *path
        = g_strdup_printf ("/rest/v1.0/%s?project_id=%" G_GINT64_FORMAT "%s", get_collection (kinds[i]), project_id, filter);
      GPtrArray *some = _ch_procore_list (self, path, PER_PAGE, parse_commitment, &source, (GDestroyNotify) ch_commitment_free,
                                          cancellable, error);

      if (some == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (all, some);
    }
  return g_steal_pointer (&all);
}

static char *
make_compliance_path (const ChCommitment *commitment)
{
  return g_strdup_printf ("/rest/v1.0/projects/%" G_GINT64_FORMAT "/%s/%" G_GINT64_FORMAT "/compliance", commitment->project_id,
                          get_collection (commitment->kind), commitment->id);
}

static ChCompliance *
parse_compliance (JsonNode *node,
                  gboolean  is_read,
                  GError  **error)
{
  ChCompliance *compliance;
  JsonObject *object;

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, CH_PROCORE_ERROR, is_read ? CH_PROCORE_ERROR_SERVER : CH_PROCORE_ERROR_UNKNOWN_OUTCOME,
                           _ ("Procore's answer about a commitment makes no sense"));
      return NULL;
    }

  object = json_node_get_object (node);
  compliance = ch_compliance_new ();
  compliance->insurance_status = g_strdup (_ch_wire_get_text (object, "insurance_status"));
  compliance->insurance_notes = g_strdup (_ch_wire_get_text (object, "insurance_notes"));
  compliance->updated_at = g_strdup (_ch_wire_get_text (object, "updated_at"));
  return compliance;
}

/**
 * ch_procore_get_compliance:
 * @self: the API
 * @commitment: the contract
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (nullable): its insurance pair
 */
ChCompliance *
ch_procore_get_compliance (ChProcore          *self,
                           const ChCommitment *commitment,
                           GCancellable       *cancellable,
                           GError            **error)
{
  g_autofree char *path = make_compliance_path (commitment);
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  node = _ch_procore_call_json (self, "GET", path, NULL, cancellable, error);
  return parse_compliance (node, TRUE, error);
}

/**
 * ch_procore_update_compliance:
 * @self: the API
 * @commitment: the contract
 * @insurance_status: (nullable): `compliant`, `not_compliant` or `not_required`; %NULL leaves it as it is
 * @insurance_notes: (nullable): the reasons; %NULL leaves them as they are
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Writes the insurance pair and nothing else: the compliance pair belongs to people.
 *
 * Returns: (transfer full) (nullable): the pair as Procore then has it
 */
ChCompliance *
ch_procore_update_compliance (ChProcore          *self,
                              const ChCommitment *commitment,
                              const char         *insurance_status,
                              const char         *insurance_notes,
                              GCancellable       *cancellable,
                              GError            **error)
{
  g_autofree char *path = make_compliance_path (commitment);
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = json_object_new ();

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  if (insurance_status != NULL)
    json_object_set_string_member (object, "insurance_status", insurance_status);
  if (insurance_notes != NULL)
    json_object_set_string_member (object, "insurance_notes", insurance_notes);
  json_node_take_object (body, object);
  node = _ch_procore_call_json (self, "PATCH", path, body, cancellable, error);
  return parse_compliance (node, FALSE, error);
}
