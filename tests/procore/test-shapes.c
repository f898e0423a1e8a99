#include "config.h"

#include "procore-fixture.h"

#include <json-glib/json-glib.h>
#include <string.h>

/*
 * What Procore documents an answer to look like, and what the documents leave open: nulls, members that are not
 * there, ids as text, members that nobody knows. And what is sent, byte by byte where that is documented.
 */

static void
check_line (Fixture    *fixture,
            guint       request,
            const char *expected)
{
  g_autofree char *line = scripted_transport_dup_line (fixture->transport, request);

  g_assert_cmpstr (line, ==, expected);
}

static void
check_body (Fixture    *fixture,
            guint       request,
            const char *expected)
{
  g_autofree char *body = scripted_transport_dup_body (fixture->transport, request);

  g_assert_cmpstr (body, ==, expected);
}

static void
test_companies (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) companies = NULL;
  const ChCompany *first;
  const ChCompany *second;

  script (fixture, 200, "total: 2",
          "[{\"id\":562949953421400,\"name\":\"Harbor & Main\",\"is_active\":false,\"my_company\":true,\"x\":{\"y\":[]}},"
          "{\"id\":\"7\",\"name\":null}]");
  companies = ch_procore_list_companies (fixture->procore, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (companies->len, ==, 2);
  first = g_ptr_array_index (companies, 0);
  second = g_ptr_array_index (companies, 1);
  g_assert_cmpint (first->id, ==, COMPANY);
  g_assert_cmpstr (first->name, ==, "Harbor & Main");
  g_assert_false (first->is_active);
  g_assert_cmpint (second->id, ==, 7);
  g_assert_null (second->name);
  g_assert_true (second->is_active);
  check_line (fixture, 0, "GET /rest/v1.0/companies?page=1&per_page=100");
}

static void
test_projects (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) projects = NULL;
  const ChProject *full;
  const ChProject *bare;

  script (fixture, 200, "total: 2",
          "[{\"id\":1,\"name\":\"Tower\",\"project_number\":\"24-01\",\"active\":true,\"is_demo\":false,\"template\":false,"
          "\"project_stage\":{\"id\":9,\"name\":\"Course of Construction\"},\"tz_name\":\"America/New_York\",\"state_code\":\"NY\","
          "\"updated_at\":\"2026-11-23T16:59:59Z\",\"custom_fields\":{\"custom_field_1\":{\"data_type\":\"string\",\"value\":null}}},"
          "{\"id\":\"2\",\"name\":\"Bare\",\"project_number\":null,\"project_stage\":null,\"active\":null,\"tz_name\":null,"
          "\"address\":17}]");
  projects = ch_procore_list_projects (fixture->procore, SCRIPT_START, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (projects->len, ==, 2);
  full = g_ptr_array_index (projects, 0);
  bare = g_ptr_array_index (projects, 1);
  g_assert_cmpint (full->stage_id, ==, 9);
  g_assert_cmpstr (full->stage_name, ==, "Course of Construction");
  g_assert_cmpstr (full->tz_name, ==, "America/New_York");
  g_assert_cmpint (bare->id, ==, 2);
  g_assert_cmpint (bare->stage_id, ==, 0);
  g_assert_true (bare->active);
  g_assert_null (bare->address);
  check_line (fixture, 0,
              "GET /rest/v1.1/projects?company_id=562949953421400&filters%5Bby_status%5D=All&view=extended"
              "&filters%5Bupdated_at%5D=2026-11-23T17:00:00Z...2099-12-31T23:59:59Z&page=1&per_page=300");
}

/* The documents name the stage of a single project by its id as well. */
static void
test_project (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChProject) project = NULL;

  script (fixture, 200, NULL, "{\"id\":1,\"name\":\"Tower\",\"project_stage_id\":9}");
  project = ch_procore_get_project (fixture->procore, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (project->stage_id, ==, 9);
  check_line (fixture, 0, "GET /rest/v1.0/projects/1?company_id=562949953421400");
}

static void
test_projects_by_id (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) gone = NULL;
  g_autoptr (GPtrArray) many = NULL;
  g_autofree char *line = NULL;
  gint64 id = 1;

  g_array_append_val (ids, id);
  script (fixture, 200, NULL, "{\"id\":1,\"name\":\"Tower\"}");
  one = ch_procore_list_projects_by_id (fixture->procore, ids, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (one->len, ==, 1);
  check_line (fixture, 0, "GET /rest/v1.0/projects/1?company_id=562949953421400");
  script (fixture, 404, NULL, "");
  gone = ch_procore_list_projects_by_id (fixture->procore, ids, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gone->len, ==, 0);

  for (id = 2; id <= 101; id++)
    g_array_append_val (ids, id);
  script (fixture, 200, "total: 1", "[{\"id\":1,\"name\":\"Tower\"}]");
  script (fixture, 200, "total: 1", "[{\"id\":101,\"name\":\"School\"}]");
  many = ch_procore_list_projects_by_id (fixture->procore, ids, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (many->len, ==, 2);
  line = scripted_transport_dup_line (fixture->transport, 3);
  g_assert_nonnull (strstr (line, "&filters%5Bid%5D%5B%5D=101&page=1"));
  g_assert_null (strstr (line, "=100&"));
}

static void
test_vendors (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) vendors = NULL;
  const ChVendor *full;
  const ChVendor *idle;
  const ChVendor *unknown;

  script (fixture, 200, "total: 3",
          "[{\"id\":1,\"name\":\"Keystone\",\"legal_name\":\"Keystone Electric LLC\",\"is_active\":true,\"parent\":{\"id\":5},"
          "\"trades\":[{\"id\":1,\"name\":\"Electrical\"},{\"id\":2,\"name\":null},null],\"project_ids\":[10,\"11\",null],"
          "\"primary_contact\":null},"
          "{\"id\":2,\"name\":\"Idle\",\"trades\":null,\"parent\":null,\"project_ids\":null},"
          "{\"id\":3,\"name\":\"Unknown\"}]");
  vendors = ch_procore_list_vendors (fixture->procore, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (vendors->len, ==, 3);
  full = g_ptr_array_index (vendors, 0);
  idle = g_ptr_array_index (vendors, 1);
  unknown = g_ptr_array_index (vendors, 2);
  g_assert_cmpuint (full->trades->len, ==, 1);
  g_assert_cmpuint (full->project_ids->len, ==, 2);
  g_assert_cmpint (g_array_index (full->project_ids, gint64, 1), ==, 11);
  g_assert_cmpint (full->parent_id, ==, 5);
  g_assert_true (idle->has_project_ids);
  g_assert_cmpuint (idle->project_ids->len, ==, 0);
  g_assert_false (unknown->has_project_ids);
  check_line (fixture, 0, "GET /rest/v1.0/vendors?company_id=562949953421400&view=extended&page=1&per_page=2000");
}

static void
test_inactive_vendors (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) vendors = NULL;

  /* The view need not say so. */
  script (fixture, 200, "total: 1", "[{\"id\":1,\"name\":\"Gone\"}]");
  vendors = ch_procore_list_inactive_vendors (fixture->procore, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (((const ChVendor *) g_ptr_array_index (vendors, 0))->is_active);
  check_line (fixture, 0, "GET /rest/v1.0/companies/562949953421400/vendors/inactive?view=extended&page=1&per_page=2000");
}

static void
test_project_vendor_ids (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;

  script (fixture, 200, "total: 3", "[{\"id\":1},{\"id\":\"2\"},3]");
  ids = ch_procore_list_project_vendor_ids (fixture->procore, 9, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 3);
  g_assert_cmpint (g_array_index (ids, gint64, 2), ==, 3);
  check_line (fixture, 0, "GET /rest/v1.1/projects/9/vendors?view=ids_only&page=1&per_page=2000");
}

static void
test_commitments (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) commitments = NULL;
  g_autoptr (GArray) work_orders = NULL;
  const ChCommitment *order;
  const ChCommitment *bare;

  script (fixture, 200, "total: 3",
          "[{\"id\":1,\"number\":\"SC-001\",\"title\":\"Electrical\",\"status\":\"Approved\",\"vendor\":{\"id\":\"4\",\"name\":\"K\"}},"
          "{\"id\":2,\"number\":7,\"title\":null,\"status\":\"A status of tomorrow\",\"vendor\":null},{\"id\":3}]");
  commitments = ch_procore_list_commitments (fixture->procore, 9, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (commitments->len, ==, 3);
  order = g_ptr_array_index (commitments, 0);
  bare = g_ptr_array_index (commitments, 1);
  g_assert_cmpint (order->kind, ==, CH_COMMITMENT_UNKNOWN);
  g_assert_cmpint (order->vendor_id, ==, 4);
  g_assert_cmpint (order->project_id, ==, 9);
  g_assert_cmpstr (bare->number, ==, "7");
  g_assert_cmpstr (bare->status, ==, "A status of tomorrow");
  g_assert_cmpint (bare->vendor_id, ==, 0);
  check_line (fixture, 0, "GET /rest/v1.0/commitments?project_id=9&page=1&per_page=2000");

  script (fixture, 200, "total: 2", "[{\"id\":1,\"vendor\":{\"id\":4,\"company\":\"K\"}},{\"id\":\"2\"}]");
  work_orders = ch_procore_list_work_order_ids (fixture->procore, 9, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (work_orders->len, ==, 2);
  check_line (fixture, 1, "GET /rest/v1.0/work_order_contracts?project_id=9&page=1&per_page=2000");
}

static void
test_compliance (Fixture       *fixture,
                 gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChCommitment) commitment = ch_commitment_new ();
  g_autoptr (ChCompliance) empty = NULL;
  g_autoptr (ChCompliance) written = NULL;

  commitment->id = 3;
  commitment->project_id = 9;
  commitment->kind = CH_COMMITMENT_PURCHASE_ORDER;
  script (fixture, 200, NULL,
          "{\"updated_at\":null,\"updated_by_id\":null,\"compliance_status\":null,\"compliance_notes\":null,"
          "\"insurance_status\":null,\"insurance_notes\":null,\"derived_insurance_status\":\"compliant\",\"insurance_documents\":[]}");
  empty = ch_procore_get_compliance (fixture->procore, commitment, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (empty->insurance_status);
  check_line (fixture, 0, "GET /rest/v1.0/projects/9/purchase_order_contracts/3/compliance");

  script (fixture, 200, NULL, "{\"insurance_status\":\"not_compliant\",\"insurance_notes\":\"No certificate\"}");
  written = ch_procore_update_compliance (fixture->procore, commitment, "not_compliant", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (written->insurance_status, ==, "not_compliant");
  check_line (fixture, 1, "PATCH /rest/v1.0/projects/9/purchase_order_contracts/3/compliance");
  /* What is not ours to say is not sent, not even as null. */
  check_body (fixture, 1, "{\"insurance_status\":\"not_compliant\"}");
}

static void
check_field (const ChInsuranceRecord *record,
             const char              *field,
             const char              *value)
{
  g_assert_cmpstr (ch_field_set_get (record->fields, field), ==, value);
}

static void
test_insurances (Fixture       *fixture,
                 gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) company = NULL;
  g_autoptr (GPtrArray) project = NULL;
  const ChInsuranceRecord *full;
  const ChInsuranceRecord *bare;

  script (fixture, 200, "total: 2",
          "[{\"id\":1,\"vendor_id\":4,\"insurance_type\":\"General Liability\",\"insurance_provider\":\"Granite\",\"limit\":1000000,"
          "\"policy_number\":\"GL-1\",\"effective_date\":\"2026-01-01\",\"expiration_date\":\"2027-01-01T00:00:00Z\","
          "\"status\":\"compliant\",\"exempt\":false,\"info_received\":true,\"notes\":\"\",\"origin_id\":\"certholder:policy:x\","
          "\"insurance_sets\":[],\"division_template\":null,\"enable_expired_insurance_notifications\":false},"
          "{\"id\":2,\"vendor_id\":null,\"status\":\"a_status_of_tomorrow\",\"effective_date\":null,\"exempt\":null,\"origin_id\":null}]");
  company = ch_procore_list_insurances (fixture->procore, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  full = g_ptr_array_index (company, 0);
  bare = g_ptr_array_index (company, 1);
  check_field (full, "insurance_provider", "Granite");
  check_field (full, "limit", "1000000");
  check_field (full, "expiration_date", "2027-01-01");
  check_field (full, "exempt", "false");
  check_field (full, "info_received", "true");
  check_field (full, "enable_expired_insurance_notifications", "false");
  g_assert_cmpstr (full->origin_id, ==, "certholder:policy:x");
  g_assert_cmpint (bare->vendor_id, ==, 0);
  check_field (bare, "status", "a_status_of_tomorrow");
  check_field (bare, "exempt", NULL);
  g_assert_null (bare->origin_id);
  check_line (fixture, 0, "GET /rest/v1.0/companies/562949953421400/insurances?page=1&per_page=2000");

  script (fixture, 200, "total: 0", "[]");
  project = ch_procore_list_insurances (fixture->procore, 9, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (project->len, ==, 0);
  check_line (fixture, 1, "GET /rest/v1.0/projects/9/insurances?page=1&per_page=2000");
}

static ChInsuranceRecord *
make_record (const char *origin_id)
{
  ChInsuranceRecord *record = ch_insurance_record_new ();

  record->vendor_id = 4;
  record->origin_id = g_strdup (origin_id);
  ch_field_set_set (record->fields, "insurance_provider", "Granite");
  ch_field_set_set (record->fields, "exempt", "true");
  ch_field_set_set (record->fields, "effective_date", "2026-01-01");
  ch_field_set_set (record->fields, "expiration_date", "");
  ch_field_set_set (record->fields, "notes", "");
  return record;
}

static void
test_insurances_sync (Fixture       *fixture,
                      gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_insurance_record_free);
  g_autoptr (ChSyncResult) result = NULL;

  g_ptr_array_add (records, make_record ("certholder:policy:1"));
  script (fixture, 200, NULL,
          "{\"entities\":[{\"id\":11,\"origin_id\":\"certholder:policy:1\",\"insurance_provider\":\"GRANITE\"},null],"
          "\"errors\":[{\"origin_id\":\"certholder:policy:2\",\"name\":\"x\",\"errors\":{\"status\":[\"is bad\"],\"limit\":\"too long\"}},"
          "{\"origin_id\":\"certholder:policy:3\",\"errors\":\"no such vendor\"},"
          "{\"origin_id\":\"certholder:policy:4\",\"errors\":[\"one\",\"two\"]},{\"origin_id\":null,\"errors\":{}},7]}");
  result = ch_procore_sync_insurances (fixture->procore, 0, records, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->records->len, ==, 1);
  g_assert_cmpuint (g_hash_table_size (result->errors), ==, 3);
  g_assert_nonnull (strstr (g_hash_table_lookup (result->errors, "certholder:policy:2"), "status is bad"));
  g_assert_cmpstr (g_hash_table_lookup (result->errors, "certholder:policy:3"), ==, "no such vendor");
  g_assert_cmpstr (g_hash_table_lookup (result->errors, "certholder:policy:4"), ==, "one; two");
  check_line (fixture, 0, "PATCH /rest/v1.0/companies/562949953421400/insurances/sync");
  /* The carrier goes under its sending name; a day that is taken away goes as null, a text as an empty one. */
  check_body (fixture, 0,
              "{\"updates\":[{\"origin_id\":\"certholder:policy:1\",\"vendor_id\":4,\"name\":\"Granite\","
              "\"effective_date\":\"2026-01-01\",\"expiration_date\":null,\"exempt\":true,\"notes\":\"\"}]}");
}

static void
test_insurances_sync_says_little (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_insurance_record_free);
  g_autoptr (ChSyncResult) result = NULL;

  g_ptr_array_add (records, make_record ("certholder:overall:1"));
  script (fixture, 200, NULL, "{}");
  result = ch_procore_sync_insurances (fixture->procore, 9, records, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->records->len, ==, 0);
  g_assert_cmpuint (g_hash_table_size (result->errors), ==, 0);
  check_line (fixture, 0, "PATCH /rest/v1.0/projects/9/insurances/sync");
}

static void
test_folders (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChFolder) root = NULL;
  g_autoptr (ChFolder) bare = NULL;
  g_autoptr (ChFolder) made = NULL;

  script (fixture, 200, NULL,
          "{\"id\":1,\"name\":\"Root\",\"parent_id\":null,\"folders\":[{\"id\":2,\"name\":\"Kept\",\"parent_id\":1,\"folders\":[],\"files\":[]},"
          "{\"id\":3,\"name\":\"Bin\",\"is_recycle_bin\":true},{\"id\":4,\"name\":\"Gone\",\"is_deleted\":true},null],"
          "\"files\":[{\"id\":5,\"name\":\"a.pdf\",\"size\":\"12\",\"description\":null},{\"id\":6,\"name\":\"b.pdf\",\"is_deleted\":true}]}");
  root = ch_procore_get_folder (fixture->procore, 9, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (root->folders->len, ==, 1);
  g_assert_cmpuint (root->files->len, ==, 1);
  g_assert_cmpint (((const ChProcoreFile *) g_ptr_array_index (root->files, 0))->size, ==, 12);
  check_line (fixture, 0, "GET /rest/v1.0/folders?project_id=9");

  script (fixture, 200, NULL, "{\"id\":2,\"name\":\"Kept\",\"folders\":null}");
  bare = ch_procore_get_folder (fixture->procore, 9, 2, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bare->folders->len + bare->files->len, ==, 0);
  check_line (fixture, 1, "GET /rest/v1.0/folders/2?project_id=9");

  script (fixture, 201, NULL, "{\"id\":7,\"name\":\"New\",\"parent_id\":2}");
  made = ch_procore_create_folder (fixture->procore, 9, 2, "New", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (made->id, ==, 7);
  check_line (fixture, 2, "POST /rest/v1.0/folders?project_id=9");
  check_body (fixture, 2, "{\"folder\":{\"name\":\"New\",\"parent_id\":2}}");
}

/* The names of a form's parts, in their order. */
static char *
dup_part_names (Fixture *fixture,
                guint    request)
{
  g_autofree char *body = scripted_transport_dup_body (fixture->transport, request);
  g_autoptr (GString) names = g_string_new (NULL);
  const char *at = body;

  while ((at = strstr (at, "; name=\"")) != NULL)
    {
      at += strlen ("; name=\"");
      g_string_append_printf (names, "%s%.*s", names->len > 0 ? " " : "", (int) strcspn (at, "\""), at);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
check_parts (Fixture    *fixture,
             guint       request,
             const char *expected)
{
  const ChRequest *sent = scripted_transport_get_request (fixture->transport, request);
  g_autofree char *names = dup_part_names (fixture, request);

  g_assert_cmpstr (names, ==, expected);
  g_assert_true (g_str_has_prefix (g_hash_table_lookup (sent->headers, "Content-Type"), "multipart/form-data; boundary="));
}

static void
test_upload (Fixture       *fixture,
             gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("%PDF-1.7", 8);
  g_autofree char *uuid = NULL;
  g_autofree char *body = NULL;
  const ChRequest *storage;

  script (fixture, 201, NULL,
          "{\"uuid\":\"u-1\",\"url\":\"https://storage.example/put?x=1\",\"fields\":{\"key\":\"uploads/u-1\",\"acl\":null,\"size\":8}}");
  script (fixture, 204, NULL, "");
  uuid = ch_procore_upload (fixture->procore, 9, "a certificate.pdf", "application/pdf", bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (uuid, ==, "u-1");
  check_line (fixture, 0, "POST /rest/v1.1/projects/9/uploads");
  check_parts (fixture, 0, "response_filename response_content_type");

  storage = scripted_transport_get_request (fixture->transport, 1);
  g_assert_cmpstr (storage->method, ==, "POST");
  g_assert_cmpstr (storage->url, ==, "https://storage.example/put?x=1");
  /* Neither our token nor our company is the storage's business. */
  g_assert_null (g_hash_table_lookup (storage->headers, "Authorization"));
  g_assert_null (g_hash_table_lookup (storage->headers, "Procore-Company-Id"));
  check_parts (fixture, 1, "key acl size file");
  body = scripted_transport_dup_body (fixture->transport, 1);
  g_assert_null (strstr (body, "access-1"));
  g_assert_nonnull (strstr (body, "%PDF-1.7"));
}

static void
test_upload_that_goes_wrong (Fixture       *fixture,
                             gconstpointer  user_data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) nowhere = NULL;
  g_autoptr (GError) refused = NULL;

  script (fixture, 201, NULL, "{\"uuid\":\"u-1\"}");
  g_assert_null (ch_procore_upload (fixture->procore, 9, "a.pdf", "application/pdf", bytes, NULL, &nowhere));
  g_assert_error (nowhere, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER);

  /* A storage that refuses is asked anew with new instructions, later: nothing refers to the upload. */
  script (fixture, 201, NULL, "{\"uuid\":\"u-1\",\"url\":\"https://storage.example/\",\"fields\":{}}");
  script (fixture, 403, NULL, "<Error><Code>AccessDenied</Code></Error>");
  g_assert_null (ch_procore_upload (fixture->procore, 9, "a.pdf", "application/pdf", bytes, NULL, &refused));
  g_assert_true (ch_procore_error_is_transient (refused));
}

static void
test_files (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChProcoreFile) made = NULL;
  g_autoptr (ChProcoreFile) changed = NULL;

  script (fixture, 201, NULL, "{\"id\":5,\"name\":\"a.pdf\",\"parent_id\":2,\"size\":8,\"description\":\"d\",\"file_versions\":[]}");
  made = ch_procore_create_file (fixture->procore, 9, 2, "a.pdf", "d", "u-1", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (made->id, ==, 5);
  check_line (fixture, 0, "POST /rest/v1.0/files?project_id=9");
  check_parts (fixture, 0, "file[parent_id] file[name] file[description] file[upload_uuid]");

  script (fixture, 200, NULL, "{\"id\":5,\"name\":\"b.pdf\",\"parent_id\":2}");
  changed = ch_procore_update_file (fixture->procore, 9, 5, 0, "b.pdf", NULL, "u-2", NULL, &error);
  g_assert_no_error (error);
  check_line (fixture, 1, "PATCH /rest/v1.0/files/5?project_id=9");
  check_parts (fixture, 1, "file[name] file[upload_uuid]");
}

static void
check_link (GPtrArray  *links,
            guint       i,
            const char *id,
            const char *title)
{
  const ChLink *link = g_ptr_array_index (links, i);

  g_assert_cmpstr (link->id, ==, id);
  g_assert_cmpstr (link->title, ==, title);
}

static void
test_links (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GPtrArray) unplaced = NULL;
  g_autoptr (GPtrArray) written = NULL;

  script (fixture, 200, "total: 3",
          "{\"data\":[{\"id\":\"2\",\"title\":\"Second\",\"url\":\"https://b\",\"position\":2},"
          "{\"id\":\"1\",\"title\":\"First\",\"url\":\"https://a\",\"position\":1,\"created_at\":\"2026-01-01T00:00:00Z\"},"
          "{\"id\":3,\"title\":null,\"url\":\"https://c\",\"position\":3}]}");
  links = ch_procore_list_links (fixture->procore, 9, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (links->len, ==, 3);
  check_link (links, 0, "1", "First");
  check_link (links, 1, "2", "Second");
  check_link (links, 2, "3", NULL);
  check_line (fixture, 0, "GET /rest/v2.0/companies/562949953421400/projects/9/links?page=1&per_page=100");

  /* Without positions the order of the list is the order. */
  script (fixture, 200, "total: 3", "{\"data\":[{\"id\":\"9\"},{\"id\":\"1\"},{\"id\":\"5\",\"position\":null}]}");
  unplaced = ch_procore_list_links (fixture->procore, 9, NULL, &error);
  check_link (unplaced, 0, "9", NULL);
  check_link (unplaced, 1, "1", NULL);
  check_link (unplaced, 2, "5", NULL);

  g_ptr_array_insert (links, 1, ch_link_new (NULL, "Insurance: 1 ok", "https://d"));
  script (fixture, 200, NULL, "{\"data\":[{\"id\":\"1\",\"title\":\"First\",\"url\":\"https://a\",\"position\":1}]}");
  written = ch_procore_update_links (fixture->procore, 9, links, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (written->len, ==, 1);
  check_line (fixture, 2, "PATCH /rest/v2.0/companies/562949953421400/projects/9/links/bulk_update");
  check_body (fixture, 2,
              "[{\"id\":\"1\",\"title\":\"First\",\"url\":\"https://a\"},{\"title\":\"Insurance: 1 ok\",\"url\":\"https://d\"},"
              "{\"id\":\"2\",\"title\":\"Second\",\"url\":\"https://b\"},{\"id\":\"3\",\"title\":\"\",\"url\":\"https://c\"}]");
}

static void
test_permissions (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) company = NULL;
  g_autoptr (GHashTable) project = NULL;

  script (fixture, 200, NULL,
          "{\"tools\":[{\"id\":1,\"name\":\"directory\",\"user_access_level\":{\"id\":4,\"name\":\"Admin\"},\"permitted_actions\":[]},"
          "{\"id\":2,\"name\":\"home\",\"user_access_level\":null},{\"id\":3},null]}");
  company = ch_procore_get_permissions (fixture->procore, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (company, "directory"), ==, "admin");
  g_assert_cmpuint (g_hash_table_size (company), ==, 1);
  check_line (fixture, 0, "GET /rest/v1.0/settings/permissions?company_id=562949953421400");

  script (fixture, 200, NULL, "[]");
  project = ch_procore_get_permissions (fixture->procore, 9, NULL, &error);
  g_assert_cmpuint (g_hash_table_size (project), ==, 0);
  check_line (fixture, 1, "GET /rest/v1.0/settings/permissions?project_id=9");
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/procore/shapes/companies", test_companies);
  add ("/procore/shapes/projects", test_projects);
  add ("/procore/shapes/project", test_project);
  add ("/procore/shapes/projects-by-id", test_projects_by_id);
  add ("/procore/shapes/vendors", test_vendors);
  add ("/procore/shapes/inactive-vendors", test_inactive_vendors);
  add ("/procore/shapes/project-vendor-ids", test_project_vendor_ids);
  add ("/procore/shapes/commitments", test_commitments);
  add ("/procore/shapes/compliance", test_compliance);
  add ("/procore/shapes/insurances", test_insurances);
  add ("/procore/shapes/insurances-sync", test_insurances_sync);
  add ("/procore/shapes/insurances-sync-says-little", test_insurances_sync_says_little);
  add ("/procore/shapes/folders", test_folders);
  add ("/procore/shapes/upload", test_upload);
  add ("/procore/shapes/upload-that-goes-wrong", test_upload_that_goes_wrong);
  add ("/procore/shapes/files", test_files);
  add ("/procore/shapes/links", test_links);
  add ("/procore/shapes/permissions", test_permissions);

  return g_test_run ();
}
