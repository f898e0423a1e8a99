#define G_LOG_DOMAIN "ch-interchange"

#include "config.h"

#include "ch-json-reader.h"

/* Members that are not known are left alone: other programs may add their own. */

static gboolean
read_name (JsonObject  *object,
           const char  *where,
           const char  *name,
           int        (*from_string) (const char *),
           int         *value,
           GError     **error)
{
  g_autofree char *text = NULL;

  if (!_ch_json_read_string (object, where, name, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;

  *value = from_string (text);
  return *value != 0 || _ch_json_fail (error, where, name, "is not one of the known values");
}

static int
read_basis (const char *text)
{
  return (int) ch_basis_from_string (text);
}

static int
read_aggregate_per (const char *text)
{
  return (int) ch_aggregate_per_from_string (text);
}

static int
read_kind (const char *text)
{
  return (int) ch_umbrella_kind_from_string (text);
}

static gboolean
read_autos (JsonObject  *object,
            const char  *where,
            ChAutos     *autos,
            GError     **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = _ch_json_join (where, "autos");
  JsonNode *node = json_object_get_member (object, "autos");
  guint i;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!_ch_json_read_strings (node, path, names, error))
    return FALSE;

  for (i = 0; i < names->len; i++)
    {
      ChAutos one = ch_autos_from_string (g_ptr_array_index (names, i));

      if (one == CH_AUTOS_NONE)
        return _ch_json_fail (error, path, NULL, "holds a name that is not known");
      *autos = (ChAutos) (*autos | one);
    }

  return TRUE;
}

static gboolean
read_limits (JsonObject  *policy,
             const char  *where,
             gint64      *limits,
             GError     **error)
{
  g_autofree char *path = _ch_json_join (where, "limits");
  JsonNode *node = json_object_get_member (policy, "limits");
  JsonObject *object;
  int i;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  object = _ch_json_get_object (node, path, error);
  if (object == NULL)
    return FALSE;

  for (i = 0; i < CH_N_LIMITS; i++)
    {
      const char *name = ch_limit_to_string ((ChLimit) i);
      JsonNode *amount = json_object_get_member (object, name);

      if (amount != NULL && !JSON_NODE_HOLDS_NULL (amount)
          && !_ch_json_node_to_int (amount, path, name, &limits[i], error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_policy (ChCertificate *certificate,
             JsonNode      *node,
             const char    *where,
             GError       **error)
{
  g_autoptr(ChPolicy) policy = ch_policy_new ();
  g_autofree char *coverage = NULL;
  JsonObject *object = _ch_json_get_object (node, where, error);
  int basis = 0;
  int per = 0;
  int kind = 0;

  if (object == NULL || !_ch_json_read_string (object, where, "coverage", &coverage, error))
    return FALSE;
  if (!ch_coverage_from_string (coverage, &policy->coverage))
    return _ch_json_fail (error, where, "coverage", "is missing or not one of the known coverages");
  if (!_ch_json_read_string (object, where, "coverage_text", &policy->coverage_text, error)
      || !_ch_json_read_string (object, where, "insurer", &policy->insurer, error)
      || !_ch_json_read_string (object, where, "policy_number", &policy->policy_number, error)
      || !_ch_json_read_date (object, where, "effective", &policy->effective, error)
      || !_ch_json_read_date (object, where, "expiration", &policy->expiration, error)
      || !_ch_json_read_mark (object, where, "additional_insured", &policy->additional_insured, error)
      || !_ch_json_read_mark (object, where, "waiver_of_subrogation", &policy->waiver_of_subrogation, error)
      || !_ch_json_read_mark (object, where, "statutory", &policy->statutory, error)
      || !_ch_json_read_mark (object, where, "owner_excluded", &policy->owner_excluded, error)
      || !_ch_json_read_date (object, where, "retroactive_date", &policy->retroactive_date, error)
      || !_ch_json_read_string (object, where, "tail", &policy->tail, error)
      || !read_name (object, where, "basis", read_basis, &basis, error)
      || !read_name (object, where, "aggregate_per", read_aggregate_per, &per, error)
      || !read_name (object, where, "kind", read_kind, &kind, error)
      || !read_autos (object, where, &policy->autos, error)
      || !read_limits (object, where, policy->limits, error))
    return FALSE;

  policy->basis = (ChBasis) basis;
  policy->aggregate_per = (ChAggregatePer) per;
  policy->kind = (ChUmbrellaKind) kind;
  g_ptr_array_add (certificate->policies, g_steal_pointer (&policy));

  return TRUE;
}

static gboolean
read_insurer (ChCertificate *certificate,
              JsonNode      *node,
              const char    *where,
              GError       **error)
{
  g_autoptr(ChInsurer) insurer = ch_insurer_new (NULL, NULL, NULL);
  JsonObject *object = _ch_json_get_object (node, where, error);

  if (object == NULL
      || !_ch_json_read_string (object, where, "letter", &insurer->letter, error)
      || !_ch_json_read_string (object, where, "name", &insurer->name, error)
      || !_ch_json_read_code (object, where, "naic", &insurer->naic, error))
    return FALSE;

  g_ptr_array_add (certificate->insurers, g_steal_pointer (&insurer));
  return TRUE;
}

static gboolean
read_number (JsonNode    *node,
             const char  *where,
             const char  *name,
             double      *value,
             GError     **error)
{
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return _ch_json_fail (error, where, name, "must be a number");

  *value = json_node_get_double (node);
  return TRUE;
}

/* Doubts that a newer program may write are left out. */
static gboolean
read_doubts (JsonObject *object,
             const char *where,
             guint      *doubts,
             GError    **error)
{
  g_autofree char *path = g_strconcat (where, ".doubts", NULL);
  JsonArray *array;
  guint i;

  if (!json_object_has_member (object, "doubts"))
    return TRUE;
  array = _ch_json_get_array (json_object_get_member (object, "doubts"), path, error);
  if (array == NULL)
    return FALSE;

  for (i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return _ch_json_fail (error, path, NULL, "must hold names");
      *doubts |= ch_doubt_from_string (json_node_get_string (node));
    }

  return TRUE;
}

static gboolean
read_field (ChCertificate *certificate,
            JsonNode      *node,
            const char    *where,
            GError       **error)
{
  g_autofree char *path = NULL;
  g_autofree char *box_path = _ch_json_join (where, "box");
  JsonObject *object = _ch_json_get_object (node, where, error);
  JsonArray *box;
  double confidence = 0;
  double corners[4] = { 0, 0, 0, 0 };
  ChFieldReading *field;
  guint doubts = 0;
  gint64 page = 0;
  guint i;

  if (object == NULL || !_ch_json_read_string (object, where, "path", &path, error))
    return FALSE;
  if (path == NULL)
    return _ch_json_fail (error, where, "path", "is missing");
  if (json_object_has_member (object, "confidence")
      && !read_number (json_object_get_member (object, "confidence"), where, "confidence", &confidence, error))
    return FALSE;
  if (json_object_has_member (object, "page")
      && !_ch_json_node_to_int (json_object_get_member (object, "page"), where, "page", &page, error))
    return FALSE;
  if (json_object_has_member (object, "box"))
    {
      box = _ch_json_get_array (json_object_get_member (object, "box"), box_path, error);
      if (box == NULL)
        return FALSE;
      if (json_array_get_length (box) != 4)
        return _ch_json_fail (error, box_path, NULL, "must hold four numbers");
      for (i = 0; i < 4; i++)
        {
          if (!read_number (json_array_get_element (box, i), box_path, NULL, &corners[i], error))
            return FALSE;
        }
    }

  if (!read_doubts (object, where, &doubts, error))
    return FALSE;

  field = ch_field_reading_new (path, confidence, (int) MIN (page, G_MAXINT), corners);
  field->doubts = doubts;
  g_ptr_array_add (certificate->fields, field);

  return TRUE;
}

static gboolean
read_list (ChCertificate *certificate,
           JsonObject    *object,
           const char    *name,
           gboolean     (*read_one) (ChCertificate *, JsonNode *, const char *, GError **),
           GError       **error)
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

      if (!read_one (certificate, json_array_get_element (array, i), where, error))
        return FALSE;
    }

  return TRUE;
}

/* The members of the object under @name, each into its place. */
static gboolean
read_party (JsonObject         *object,
            const char         *name,
            const char * const *members,
            char             ***values,
            GError            **error)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonObject *party;
  guint i;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  party = _ch_json_get_object (node, name, error);
  for (i = 0; party != NULL && members[i] != NULL; i++)
    {
      if (!_ch_json_read_string (party, name, members[i], values[i], error))
        return FALSE;
    }

  return party != NULL;
}

static gboolean
read_parties (ChCertificate *self,
              JsonObject    *object,
              GError       **error)
{
  const char * const producer[] = { "name", "contact", "phone", "email", NULL };
  const char * const party[] = { "name", "address", NULL };
  char **producer_values[] = {
    &self->producer_name, &self->producer_contact, &self->producer_phone, &self->producer_email,
  };
  char **insured_values[] = { &self->insured_name, &self->insured_address };
  char **holder_values[] = { &self->holder_name, &self->holder_address };

  return read_party (object, "producer", producer, producer_values, error)
         && read_party (object, "insured", party, insured_values, error)
         && read_party (object, "certificate_holder", party, holder_values, error);
}

/**
 * ch_certificate_from_json:
 * @node: a certificate; unknown members are left alone
 * @error: %CH_INTERCHANGE_ERROR_INVALID, naming the member
 *
 * Returns: (transfer full) (nullable): the certificate
 */
ChCertificate *
ch_certificate_from_json (JsonNode  *node,
                          GError   **error)
{
  g_autoptr(ChCertificate) self = ch_certificate_new ();
  JsonObject *object = _ch_json_get_object (node, "certificate", error);
  JsonNode *endorsements;

  if (object == NULL
      || !_ch_json_read_string (object, NULL, "form", &self->form, error)
      || !_ch_json_read_string (object, NULL, "edition", &self->edition, error)
      || !_ch_json_read_date (object, NULL, "date", &self->date, error)
      || !_ch_json_read_string (object, NULL, "description_of_operations", &self->description_of_operations, error)
      || !_ch_json_read_string (object, NULL, "certificate_number", &self->certificate_number, error)
      || !_ch_json_read_string (object, NULL, "revision_number", &self->revision_number, error)
      || !read_parties (self, object, error)
      || !read_list (self, object, "insurers", read_insurer, error)
      || !read_list (self, object, "policies", read_policy, error)
      || !read_list (self, object, "fields", read_field, error))
    return NULL;

  endorsements = json_object_get_member (object, "endorsements");
  if (endorsements != NULL && !JSON_NODE_HOLDS_NULL (endorsements)
      && !_ch_json_read_strings (endorsements, "endorsements", self->endorsements, error))
    return NULL;

  return g_steal_pointer (&self);
}
