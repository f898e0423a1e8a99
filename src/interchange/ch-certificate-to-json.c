#define G_LOG_DOMAIN "ch-interchange"

#include "config.h"

#include "ch-interchange.h"

/* Absent things are left out. */

static void
add_string (JsonObject *object,
            const char *name,
            const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static void
add_date (JsonObject *object,
          const char *name,
          ChDate      value)
{
  g_autofree char *text = ch_date_to_iso (value);

  add_string (object, name, text);
}

static void
add_mark (JsonObject *object,
          const char *name,
          ChMark      value)
{
  if (value != CH_MARK_ABSENT)
    json_object_set_boolean_member (object, name, value == CH_MARK_YES);
}

/* Eats @child; one without members is left out. */
static void
add_object (JsonObject *object,
            const char *name,
            JsonObject *child)
{
  if (json_object_get_size (child) > 0)
    json_object_set_object_member (object, name, child);
  else
    json_object_unref (child);
}

/* Eats @child; an empty one is left out. */
static void
add_array (JsonObject *object,
           const char *name,
           JsonArray  *child)
{
  if (json_array_get_length (child) > 0)
    json_object_set_array_member (object, name, child);
  else
    json_array_unref (child);
}

static JsonObject *
write_policy (const ChPolicy *policy)
{
  JsonObject *object = json_object_new ();
  JsonObject *limits = json_object_new ();
  JsonArray *autos = json_array_new ();
  int bit;
  int i;

  add_string (object, "coverage", ch_coverage_to_string (policy->coverage));
  add_string (object, "coverage_text", policy->coverage_text);
  add_string (object, "insurer", policy->insurer);
  add_string (object, "policy_number", policy->policy_number);
  add_date (object, "effective", policy->effective);
  add_date (object, "expiration", policy->expiration);
  add_mark (object, "additional_insured", policy->additional_insured);
  add_mark (object, "waiver_of_subrogation", policy->waiver_of_subrogation);
  add_string (object, "basis", ch_basis_to_string (policy->basis));
  add_string (object, "aggregate_per", ch_aggregate_per_to_string (policy->aggregate_per));
  add_string (object, "kind", ch_umbrella_kind_to_string (policy->kind));
  for (bit = CH_AUTOS_ANY; bit <= CH_AUTOS_NON_OWNED; bit <<= 1)
    {
      if ((int) policy->autos & bit)
        json_array_add_string_element (autos, ch_autos_to_string ((ChAutos) bit));
    }
  add_array (object, "autos", autos);
  add_mark (object, "statutory", policy->statutory);
  add_mark (object, "owner_excluded", policy->owner_excluded);
  add_date (object, "retroactive_date", policy->retroactive_date);
  add_string (object, "tail", policy->tail);
  for (i = 0; i < CH_N_LIMITS; i++)
    {
      if (policy->limits[i] != CH_MONEY_ABSENT)
        json_object_set_int_member (limits, ch_limit_to_string ((ChLimit) i), policy->limits[i]);
    }
  add_object (object, "limits", limits);

  return object;
}

static JsonObject *
write_insurer (const ChInsurer *insurer)
{
  JsonObject *object = json_object_new ();

  add_string (object, "letter", insurer->letter);
  add_string (object, "name", insurer->name);
  add_string (object, "naic", insurer->naic);

  return object;
}

static JsonObject *
write_field (const ChFieldReading *field)
{
  JsonObject *object = json_object_new ();
  JsonArray *box = json_array_new ();
  JsonArray *doubts = json_array_new ();
  int i;

  add_string (object, "path", field->path);
  json_object_set_double_member (object, "confidence", field->confidence);
  json_object_set_int_member (object, "page", field->page);
  for (i = 0; i < 4; i++)
    json_array_add_double_element (box, field->box[i]);
  json_object_set_array_member (object, "box", box);
  for (i = 0; (1u << i) <= CH_DOUBT_ALL; i++)
    {
      if ((field->doubts & (1u << i)) != 0)
        json_array_add_string_element (doubts, ch_doubt_to_string ((ChDoubt) (1u << i)));
    }
  if (json_array_get_length (doubts) > 0)
    json_object_set_array_member (object, "doubts", json_array_ref (doubts));
  json_array_unref (doubts);

  return object;
}

static void
add_party (JsonObject *object,
           const char *name,
           const char *party_name,
           const char *address)
{
  JsonObject *party = json_object_new ();

  add_string (party, "name", party_name);
  add_string (party, "address", address);
  add_object (object, name, party);
}

static void
add_lists (JsonObject          *object,
           const ChCertificate *self)
{
  JsonArray *insurers = json_array_new ();
  JsonArray *policies = json_array_new ();
  guint i;

  for (i = 0; i < self->insurers->len; i++)
    json_array_add_object_element (insurers, write_insurer (g_ptr_array_index (self->insurers, i)));
  for (i = 0; i < self->policies->len; i++)
    json_array_add_object_element (policies, write_policy (g_ptr_array_index (self->policies, i)));
  add_array (object, "insurers", insurers);
  add_array (object, "policies", policies);
}

/**
 * ch_certificate_to_json:
 * @self: a certificate
 *
 * Returns: (transfer full): the certificate; absent things are left out
 */
JsonNode *
ch_certificate_to_json (const ChCertificate *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *producer = json_object_new ();
  JsonArray *endorsements = json_array_new ();
  JsonArray *fields = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  guint i;

  json_node_take_object (node, object);
  add_string (object, "form", self->form);
  add_string (object, "edition", self->edition);
  add_date (object, "date", self->date);
  add_string (producer, "name", self->producer_name);
  add_string (producer, "contact", self->producer_contact);
  add_string (producer, "phone", self->producer_phone);
  add_string (producer, "email", self->producer_email);
  add_object (object, "producer", producer);
  add_party (object, "insured", self->insured_name, self->insured_address);
  add_lists (object, self);
  add_string (object, "description_of_operations", self->description_of_operations);
  add_string (object, "certificate_number", self->certificate_number);
  add_string (object, "revision_number", self->revision_number);
  add_party (object, "certificate_holder", self->holder_name, self->holder_address);

  for (i = 0; i < self->endorsements->len; i++)
    json_array_add_string_element (endorsements, g_ptr_array_index (self->endorsements, i));
  for (i = 0; i < self->fields->len; i++)
    json_array_add_object_element (fields, write_field (g_ptr_array_index (self->fields, i)));
  add_array (object, "endorsements", endorsements);
  add_array (object, "fields", fields);

  return node;
}
