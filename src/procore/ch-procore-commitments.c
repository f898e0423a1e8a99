#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-procore-private.h"

#include <glib/gi18n-lib.h>

/*
 * One list has both kinds of commitment, but does not say which kind an entry is; a contract's compliance lives under its
 * kind's address. Where it matters, the list of the one kind tells.
 */
#define PER_PAGE 2000

static const char *
get_collection (ChCommitmentKind kind)
{
  return kind == CH_COMMITMENT_PURCHASE_ORDER ? "purchase_order_contracts" : "work_order_contracts";
}

static gpointer
parse_commitment (JsonObject *object,
                  gpointer    user_data)
{
  const gint64 *project_id = user_data;
  ChCommitment *commitment = ch_commitment_new ();

  commitment->id = _ch_wire_get_id (object, "id");
  commitment->project_id = *project_id;
  commitment->vendor_id = _ch_wire_get_id (_ch_wire_get_object (object, "vendor"), "id");
  commitment->kind = CH_COMMITMENT_UNKNOWN;
  commitment->number = _ch_wire_dup_scalar (object, "number");
  commitment->title = g_strdup (_ch_wire_get_text (object, "title"));
  commitment->status = g_strdup (_ch_wire_get_text (object, "status"));
  return commitment;
}

/**
 * ch_procore_list_commitments:
 * @self: the API
 * @project_id: the project
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type ChCommitment) (nullable): the project's subcontracts and purchase orders, of
 *   unknown kind
 */
GPtrArray *
ch_procore_list_commitments (ChProcore    *self,
                             gint64        project_id,
                             GCancellable *cancellable,
                             GError      **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = g_strdup_printf ("/rest/v1.0/commitments?project_id=%" G_GINT64_FORMAT, project_id);
  return _ch_procore_list (self, path, PER_PAGE, parse_commitment, &project_id, (GDestroyNotify) ch_commitment_free,
                           cancellable, error);
}

/**
 * ch_procore_list_work_order_ids:
 * @self: the API
 * @project_id: the project
 * @cancellable: (nullable): to give up
 * @error: a %CH_PROCORE_ERROR
 *
 * Returns: (transfer full) (element-type gint64) (nullable): those of the project's commitments that are subcontracts
 */
GArray *
ch_procore_list_work_order_ids (ChProcore    *self,
                                gint64        project_id,
                                GCancellable *cancellable,
                                GError      **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (CH_IS_PROCORE (self), NULL);

  path = g_strdup_printf ("/rest/v1.0/work_order_contracts?project_id=%" G_GINT64_FORMAT, project_id);
  return _ch_procore_list_ids (self, path, PER_PAGE, cancellable, error);
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
  if (node != NULL)
    _ch_procore_note_write (self, commitment->kind == CH_COMMITMENT_PURCHASE_ORDER ? "Purchase Order Contracts" : "Work Order Contracts",
                            commitment->id);
  return parse_compliance (node, FALSE, error);
}
