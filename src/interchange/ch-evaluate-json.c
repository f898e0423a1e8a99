#define G_LOG_DOMAIN "ch-interchange"

#include "config.h"

#include "ch-json-reader.h"

/* The document that `certholderctl evaluate` reads; it owns what the judge borrows. */
typedef struct {
  ChDate      today;
  char       *project_name;
  char       *project_state;
  char       *project_stage;
  char       *sub_name;
  char       *sub_legal_name;
  char       *sub_trade_name;
  GPtrArray  *requirements;
  GPtrArray  *certificates;
  GPtrArray  *waivers;
  ChWaiver   *exemption;
  GHashTable *carriers;
} Document;

static Document *
document_new (void)
{
  Document *self = g_new0 (Document, 1);

  self->today = CH_DATE_NONE;
  self->requirements = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_requirement_set_free);
  self->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_certificate_free);
  self->waivers = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_waiver_free);
  self->carriers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) ch_carrier_free);

  return self;
}

static void
document_free (Document *self)
{
  g_free (self->project_name);
  g_free (self->project_state);
  g_free (self->project_stage);
  g_free (self->sub_name);
  g_free (self->sub_legal_name);
  g_free (self->sub_trade_name);
  g_ptr_array_unref (self->requirements);
  g_ptr_array_unref (self->certificates);
  g_ptr_array_unref (self->waivers);
  ch_waiver_free (self->exemption);
  g_hash_table_unref (self->carriers);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Document, document_free)

static gboolean
read_requirement (Document    *self,
                  JsonNode    *node,
                  const char  *where,
                  GError     **error)
{
  ChRequirementSet *set = ch_requirement_set_from_json (node, error);

  if (set == NULL)
    {
      g_prefix_error (error, "%s: ", where);
      return FALSE;
    }

  g_ptr_array_add (self->requirements, set);
  return TRUE;
}

static gboolean
read_certificate (Document    *self,
                  JsonNode    *node,
                  const char  *where,
                  GError     **error)
{
  ChCertificate *certificate = ch_certificate_from_json (node, error);

  if (certificate == NULL)
    {
      g_prefix_error (error, "%s: ", where);
      return FALSE;
    }

  g_ptr_array_add (self->certificates, certificate);
  return TRUE;
}

static ChWaiver *
parse_waiver (JsonNode    *node,
              const char  *where,
              gboolean     needs_rule,
              GError     **error)
{
  g_autoptr(ChWaiver) waiver = ch_waiver_new (NULL, CH_DATE_NONE, NULL);
  JsonObject *object = _ch_json_get_object (node, where, error);

  if (object == NULL
      || (needs_rule && !_ch_json_read_string (object, where, "rule", &waiver->rule, error))
      || !_ch_json_read_string (object, where, "why", &waiver->why, error)
      || !_ch_json_read_date (object, where, "until", &waiver->until, error))
    return NULL;

  if (needs_rule && waiver->rule == NULL)
    _ch_json_fail (error, where, "rule", "is missing");
  else if (waiver->until == CH_DATE_NONE)
    _ch_json_fail (error, where, "until", "is missing; an exception needs an end");
  else
    return g_steal_pointer (&waiver);

  return NULL;
}

static gboolean
read_waiver (Document    *self,
             JsonNode    *node,
             const char  *where,
             GError     **error)
{
  ChWaiver *waiver = parse_waiver (node, where, TRUE, error);

  if (waiver != NULL)
    g_ptr_array_add (self->waivers, waiver);

  return waiver != NULL;
}

static gboolean
read_carrier (Document    *self,
              JsonNode    *node,
              const char  *where,
              GError     **error)
{
  ChCarrier *carrier = _ch_carrier_from_json (node, where, error);
  char *naic;

  if (carrier == NULL)
    return FALSE;

  naic = ch_naic_normalise (carrier->naic);
  if (naic != NULL)
    {
      g_free (carrier->naic);
      carrier->naic = naic;
    }
  g_hash_table_replace (self->carriers, carrier->naic, carrier);

  return TRUE;
}

static gboolean
read_list (Document    *self,
           JsonObject  *object,
           const char  *name,
           gboolean   (*read_one) (Document *, JsonNode *, const char *, GError **),
           GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array;
  guint i;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  array = _ch_json_get_array (node, name, error);
  if (array == NULL)
    return FALSE;

  for (i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s[%u]", name, i);

      if (!read_one (self, json_array_get_element (array, i), where, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_parties (Document    *self,
              JsonObject  *object,
              GError     **error)
{
  JsonNode *project = json_object_get_member (object, "project");
  JsonNode *sub = json_object_get_member (object, "sub");
  JsonObject *party;

  if (project != NULL && !JSON_NODE_HOLDS_NULL (project))
    {
      party = _ch_json_get_object (project, "project", error);
      if (party == NULL
          || !_ch_json_read_string (party, "project", "name", &self->project_name, error)
          || !_ch_json_read_string (party, "project", "state", &self->project_state, error)
          || !_ch_json_read_string (party, "project", "stage", &self->project_stage, error))
        return FALSE;
    }

  if (sub != NULL && !JSON_NODE_HOLDS_NULL (sub))
    {
      party = _ch_json_get_object (sub, "sub", error);
      if (party == NULL
          || !_ch_json_read_string (party, "sub", "name", &self->sub_name, error)
          || !_ch_json_read_string (party, "sub", "legal_name", &self->sub_legal_name, error)
          || !_ch_json_read_string (party, "sub", "trade_name", &self->sub_trade_name, error))
        return FALSE;
    }

  return TRUE;
}

static Document *
document_read (JsonNode  *node,
               ChDate     today_override,
               GError   **error)
{
  g_autoptr(Document) self = document_new ();
  JsonObject *object = _ch_json_get_object (node, "document", error);
  JsonNode *exempt;

  if (object == NULL
      || !_ch_json_read_date (object, NULL, "today", &self->today, error)
      || !read_parties (self, object, error)
      || !read_list (self, object, "requirements", read_requirement, error)
      || !read_list (self, object, "certificates", read_certificate, error)
      || !read_list (self, object, "waivers", read_waiver, error)
      || !read_list (self, object, "carriers", read_carrier, error))
    return NULL;

  exempt = json_object_get_member (object, "exempt");
  if (exempt != NULL && !JSON_NODE_HOLDS_NULL (exempt))
    {
      self->exemption = parse_waiver (exempt, "exempt", FALSE, error);
      if (self->exemption == NULL)
        return NULL;
    }

  if (today_override != CH_DATE_NONE)
    self->today = today_override;
  if (self->today == CH_DATE_NONE)
    {
      _ch_json_fail (error, NULL, "today", "is missing");
      return NULL;
    }

  return g_steal_pointer (&self);
}

static GPtrArray *
list_sources (const Document *self)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_requirement_source_free);
  guint i;

  for (i = 0; i < self->requirements->len; i++)
    {
      const ChRequirementSet *set = g_ptr_array_index (self->requirements, i);

      g_ptr_array_add (sources, ch_requirement_source_new (NULL, set->name, 0, NULL));
    }

  return sources;
}

/**
 * ch_evaluate_list_unknown:
 * @input: the document that `certholderctl evaluate` reads
 *
 * Other programs may add members of their own, so that one is no error; but a misspelt one asks for nothing, so that a
 * person should be told.
 *
 * Returns: (transfer full) (element-type utf8): the document's members that are not known, in its order
 */
GPtrArray *
ch_evaluate_list_unknown (JsonNode *input)
{
  static const char * const known[] = {
    "today", "project", "sub", "requirements", "certificates", "waivers", "exempt", "carriers", NULL
  };
  GPtrArray *unknown = g_ptr_array_new_with_free_func (g_free);
  JsonObjectIter iter;
  const char *name;

  if (!JSON_NODE_HOLDS_OBJECT (input))
    return unknown;

  json_object_iter_init_ordered (&iter, json_node_get_object (input));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      if (!g_strv_contains (known, name))
        g_ptr_array_add (unknown, g_strdup (name));
    }

  return unknown;
}

/**
 * ch_evaluate_json:
 * @input: the document that `certholderctl evaluate` reads
 * @today_override: the day to judge on instead of the document's own, or %CH_DATE_NONE
 * @error: %CH_INTERCHANGE_ERROR_INVALID, naming the member
 *
 * Returns: (transfer full) (nullable): the verdict
 */
JsonNode *
ch_evaluate_json (JsonNode  *input,
                  ChDate     today_override,
                  GError   **error)
{
  g_autoptr(Document) document = document_read (input, today_override, error);
  g_autoptr(ChVerdict) verdict = NULL;
  g_autoptr(GPtrArray) sources = NULL;
  ChEvaluationInput judged;

  if (document == NULL)
    return NULL;

  judged = (ChEvaluationInput) {
    .today = document->today,
    .project_name = document->project_name,
    .project_state = document->project_state,
    .project_stage = document->project_stage,
    .sub_name = document->sub_name,
    .sub_legal_name = document->sub_legal_name,
    .sub_trade_name = document->sub_trade_name,
    .requirements = document->requirements,
    .certificates = document->certificates,
    .waivers = document->waivers,
    .exemption = document->exemption,
    .carriers = document->carriers,
  };
  verdict = ch_evaluate (&judged);

  sources = list_sources (document);

  return ch_verdict_to_json (verdict, sources);
}
