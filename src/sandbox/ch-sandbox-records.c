#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

static JsonObject *
find_stage (ChSandbox  *self,
            const char *name)
{
  guint i;

  for (i = 0; name != NULL && i < self->stages->len; i++)
    {
      JsonObject *stage = g_ptr_array_index (self->stages, i);

      if (g_strcmp0 (_ch_record_text (stage, "name"), name) == 0 || g_strcmp0 (_ch_record_text (stage, "category"), name) == 0)
        return stage;
    }
  return self->stages->len > 0 ? g_ptr_array_index (self->stages, 0) : NULL;
}

static JsonObject *
new_record (ChSandbox *self,
            GPtrArray *records)
{
  JsonObject *record = json_object_new ();

  json_object_set_int_member (record, "id", _ch_new_id (self));
  g_ptr_array_add (records, record);
  return record;
}

static void
set_times (ChSandbox  *self,
           JsonObject *record)
{
  g_autofree char *text = _ch_format_time (self->now);

  json_object_set_string_member (record, "created_at", text);
  json_object_set_string_member (record, "updated_at", text);
}

static void
set_nulls (JsonObject *record,
           const char *names)
{
  g_auto (GStrv) list = g_strsplit (names, " ", -1);
  guint i;

  for (i = 0; list[i] != NULL; i++)
    json_object_set_null_member (record, list[i]);
}

/*< private >
 * @stage: (nullable): a stage's name or category; else the first
 * @tz_name: (nullable)
 */
JsonObject *
_ch_add_project (ChSandbox  *self,
                 const char *name,
                 const char *stage,
                 const char *tz_name)
{
  JsonObject *record = new_record (self, self->projects);
  JsonObject *of_stage = find_stage (self, stage);
  JsonObject *root;
  g_autofree char *number = g_strdup_printf ("HM-%03u", 100 + self->projects->len);

  json_object_set_string_member (record, "name", name);
  json_object_set_string_member (record, "display_name", name);
  json_object_set_string_member (record, "project_number", number);
  json_object_set_object_member (record, "company",
                                 _ch_reference (CH_SANDBOX_COMPANY_ID, "name", CH_SANDBOX_COMPANY_NAME));
  json_object_set_object_member (record, "project_stage",
                                 _ch_reference (_ch_record_id (of_stage, "id"), "name", _ch_record_text (of_stage, "name")));
  json_object_set_boolean_member (record, "active", TRUE);
  json_object_set_boolean_member (record, "is_demo", FALSE);
  json_object_set_boolean_member (record, "template", FALSE);
  json_object_set_string_member (record, "tz_name", tz_name != NULL ? tz_name : "America/Los_Angeles");
  set_nulls (record, "address origin_id origin_data");
  json_object_set_string_member (record, "city", "Portland");
  json_object_set_string_member (record, "state_code", "OR");
  json_object_set_string_member (record, "zip", "97209");
  json_object_set_string_member (record, "country_code", "US");
  set_times (self, record);
  root = _ch_add_folder (self, _ch_record_id (record, "id"), 0, "Documents");
  json_object_set_boolean_member (root, "_is_root", TRUE);
  return record;
}

/*< private > */
JsonObject *
_ch_add_vendor (ChSandbox  *self,
                const char *name)
{
  JsonObject *record = new_record (self, self->vendors);

  json_object_set_string_member (record, "name", name);
  json_object_set_boolean_member (record, "is_active", TRUE);
  set_nulls (record, "trade_name legal_name abbreviated_name address city state_code zip email_address business_phone "
                     "license_number origin_id notes parent primary_contact");
  json_object_set_string_member (record, "country_code", "US");
  json_object_set_array_member (record, "trades", json_array_new ());
  set_times (self, record);
  return record;
}

/*< private >
 * @kind: `work_order_contract` or `purchase_order_contract`
 */
JsonObject *
_ch_add_commitment (ChSandbox  *self,
                    gint64      project_id,
                    gint64      vendor_id,
                    const char *kind,
                    const char *title)
{
  JsonObject *record = new_record (self, self->commitments);
  JsonObject *compliance = json_object_new ();
  gboolean is_order = g_str_equal (kind, "purchase_order_contract");
  g_autofree char *number = g_strdup_printf ("%s-%04u", is_order ? "PO" : "SC", self->commitments->len);
  const char *company = _ch_record_text (_ch_record_find (self->vendors, vendor_id), "name");

  json_object_set_int_member (record, "_project_id", project_id);
  json_object_set_string_member (record, "_kind", kind);
  json_object_set_string_member (record, "number", number);
  json_object_set_string_member (record, "title", title);
  json_object_set_string_member (record, "status", "Approved");
  json_object_set_boolean_member (record, "executed", TRUE);
  json_object_set_object_member (record, "vendor", _ch_reference (vendor_id, "company", company != NULL ? company : ""));
  set_nulls (record, "origin_id origin_data description");
  set_times (self, record);
  set_nulls (compliance, "insurance_status insurance_notes compliance_status compliance_notes updated_at");
  json_object_set_object_member (record, "_compliance", compliance);
  return record;
}

/*< private >
 * @project_id: 0 for a record of the company
 */
JsonObject *
_ch_add_insurance (ChSandbox *self,
                   gint64     project_id,
                   gint64     vendor_id)
{
  JsonObject *record = new_record (self, self->insurances);

  json_object_set_int_member (record, "_project_id", project_id);
  json_object_set_int_member (record, "vendor_id", vendor_id);
  set_nulls (record, "insurance_type insurance_provider policy_number limit effective_date expiration_date");
  json_object_set_string_member (record, "status", "undecided");
  json_object_set_boolean_member (record, "exempt", FALSE);
  json_object_set_boolean_member (record, "info_received", FALSE);
  set_nulls (record, "notes additional_insured division_template");
  json_object_set_array_member (record, "insurance_sets", json_array_new ());
  json_object_set_boolean_member (record, "enable_expired_insurance_notifications", TRUE);
  set_nulls (record, "origin_id origin_data");
  return record;
}

/*< private > */
JsonObject *
_ch_add_folder (ChSandbox  *self,
                gint64      project_id,
                gint64      parent_id,
                const char *name)
{
  JsonObject *record = new_record (self, self->folders);

  json_object_set_int_member (record, "_project_id", project_id);
  json_object_set_string_member (record, "name", name);
  if (parent_id != 0)
    json_object_set_int_member (record, "parent_id", parent_id);
  else
    json_object_set_null_member (record, "parent_id");
  json_object_set_boolean_member (record, "is_deleted", FALSE);
  json_object_set_boolean_member (record, "is_recycle_bin", FALSE);
  json_object_set_boolean_member (record, "private", FALSE);
  set_times (self, record);
  return record;
}

/*< private > */
JsonObject *
_ch_add_file (ChSandbox  *self,
              gint64      project_id,
              gint64      parent_id,
              const char *name)
{
  JsonObject *record = new_record (self, self->files);

  json_object_set_int_member (record, "_project_id", project_id);
  json_object_set_int_member (record, "parent_id", parent_id);
  json_object_set_string_member (record, "name", name);
  json_object_set_null_member (record, "description");
  json_object_set_int_member (record, "size", 0);
  json_object_set_boolean_member (record, "is_deleted", FALSE);
  json_object_set_boolean_member (record, "private", FALSE);
  json_object_set_array_member (record, "file_versions", json_array_new ());
  set_times (self, record);
  return record;
}

/*< private > */
JsonObject *
_ch_add_link (ChSandbox  *self,
              gint64      project_id,
              const char *title,
              const char *url)
{
  JsonObject *record = json_object_new ();
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, _ch_new_id (self));
  gint64 position = 1;
  guint i;

  for (i = 0; i < self->links->len; i++)
    if (_ch_record_id (g_ptr_array_index (self->links, i), "_project_id") == project_id)
      position++;
  json_object_set_string_member (record, "id", id);
  json_object_set_int_member (record, "_project_id", project_id);
  json_object_set_string_member (record, "title", title);
  json_object_set_string_member (record, "url", url);
  json_object_set_int_member (record, "position", position);
  set_times (self, record);
  g_ptr_array_add (self->links, record);
  return record;
}

/*< private > */
JsonObject *
_ch_root_folder (ChSandbox *self,
                 gint64     project_id)
{
  guint i;

  for (i = 0; i < self->folders->len; i++)
    {
      JsonObject *folder = g_ptr_array_index (self->folders, i);

      if (_ch_record_flag (folder, "_is_root") && _ch_record_id (folder, "_project_id") == project_id)
        return folder;
    }
  return NULL;
}
