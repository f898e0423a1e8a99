#include "config.h"

#include "desk-data.h"

#include "ch-desk.h"
#include "ch-interchange.h"
#include "ch-store-directory.h"
#include "ch-store-documents.h"
#include "ch-store-shared.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define NOW G_GINT64_CONSTANT (1795442400000000)   /* 2026-11-23T14:00:00Z */

static const char * const project_names[] = {
  "Riverside Tower", "Harbor School", "Cedar Street Clinic", "North Yard Warehouse", "Lakeside Library",
  "Union Station Renovation", "Mill Creek Bridge", "Oakwood Senior Living", "Prairie Data Center",
  "Elm & Third Mixed Use", "Civic Center Parking", "Summit Ridge Elementary",
};
static const char * const stages[] = { "Bidding", "Pre-Construction", "Course of Construction", "Warranty" };
static const char * const stage_categories[] = { "bidding", "pre_construction", "course_of_construction", "warranty" };
static const char * const sub_words[] = {
  "Keystone", "Blue Heron", "Pine & Sons", "Delgado", "Northline", "Ironwood", "Cascade", "Granite State", "Bayview",
  "Redline", "Summit", "Evergreen",
};
static const struct {
  const char *word;
  const char *trade;
} trades[] = {
  { "Electric LLC", "Electrical" }, { "Drywall, Inc.", "Drywall" }, { "Steel Erectors", "Structural steel" },
  { "Roofing Co.", "Roofing" }, { "Plumbing & Heating", "Plumbing" }, { "Concrete", "Concrete" },
};

static void
put_stages (ChStore *store)
{
  gboolean changed;

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autoptr(ChStage) stage = ch_stage_new (i + 1, stages[i], stage_categories[i]);

      g_assert_true (ch_store_put_stage (store, stage, &changed, NULL));
    }
}

static void
put_project (ChStore *store,
             guint    i)
{
  g_autoptr(ChProject) project = ch_project_new ();
  g_autoptr(GError) error = NULL;
  gboolean changed;

  project->id = DESK_DATA_PROJECT + i;
  project->name = i < G_N_ELEMENTS (project_names) ? g_strdup (project_names[i]) : g_strdup_printf ("Project %u", i + 1);
  project->project_number = g_strdup_printf ("26-%03u", 101 + i * 7);
  project->stage_id = i % G_N_ELEMENTS (stages) + 1;
  project->stage_name = g_strdup (stages[i % G_N_ELEMENTS (stages)]);
  project->active = TRUE;
  project->tz_name = g_strdup ("America/New_York");
  project->city = g_strdup (i % 2 == 0 ? "Bend" : "Portland");
  project->state_code = g_strdup ("OR");
  ch_store_put_project (store, project, &changed, &error);
  g_assert_no_error (error);
}

static void
put_sub (ChStore *store,
         guint    i,
         guint    n_projects,
         guint    n_each)
{
  g_autoptr(ChVendor) vendor = ch_vendor_new ();
  g_autoptr(GArray) project_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) error = NULL;
  guint word = i % G_N_ELEMENTS (sub_words);
  guint trade = (i / G_N_ELEMENTS (sub_words) + i) % G_N_ELEMENTS (trades);
  gboolean changed;

  vendor->id = DESK_DATA_SUB + i;
  vendor->name = i < G_N_ELEMENTS (sub_words) * G_N_ELEMENTS (trades)
                   ? g_strdup_printf ("%s %s", sub_words[word], trades[trade].word)
                   : g_strdup_printf ("%s %s No. %u", sub_words[word], trades[trade].word, i);
  vendor->legal_name = g_strdup (vendor->name);
  vendor->is_active = TRUE;
  vendor->city = g_strdup ("Salem");
  vendor->state_code = g_strdup ("OR");
  vendor->business_phone = g_strdup ("(555) 010-4410");
  vendor->email_address = g_strdup ("office@sub.example");
  g_ptr_array_add (vendor->trades, g_strdup (trades[trade].trade));
  ch_store_put_vendor (store, vendor, &changed, &error);
  g_assert_no_error (error);

  for (guint p = 0; p < (n_each > 0 ? n_each : 1 + i % 3) && n_projects > 0; p++)
    {
      gint64 project_id = DESK_DATA_PROJECT + (i + p * 5) % n_projects;

      g_array_append_val (project_ids, project_id);
    }
  ch_store_set_vendor_projects (store, vendor->id, project_ids, NULL, &error);
  g_assert_no_error (error);
}

static void
put_commitment (ChStore *store,
                guint    i,
                guint    n_projects)
{
  g_autoptr(ChCommitment) commitment = ch_commitment_new ();
  g_autoptr(GError) error = NULL;
  gboolean changed;

  commitment->id = 9001 + i;
  commitment->project_id = DESK_DATA_PROJECT + i % n_projects;
  commitment->vendor_id = DESK_DATA_SUB + i;
  commitment->kind = CH_COMMITMENT_WORK_ORDER;
  commitment->number = g_strdup_printf ("SC-%03u", i + 1);
  commitment->title = g_strdup ("Subcontract");
  commitment->status = g_strdup ("Approved");
  ch_store_put_commitment (store, commitment, &changed, &error);
  g_assert_no_error (error);
}

static void
put_insurance_of_others (ChStore *store)
{
  g_autoptr(ChInsuranceRecord) record = ch_insurance_record_new ();
  g_autoptr(GError) error = NULL;
  gboolean changed;

  record->id = 77;
  record->vendor_id = DESK_DATA_SUB;
  ch_field_set_set (record->fields, "insurance_type", "General Liability");
  ch_field_set_set (record->fields, "insurance_provider", "Granite Ridge Insurance Company");
  ch_field_set_set (record->fields, "policy_number", "GL-OLD-1");
  ch_field_set_set (record->fields, "expiration_date", "2026-02-01");
  ch_field_set_set (record->fields, "status", "expired");
  ch_store_put_insurance (store, record, &changed, &error);
  g_assert_no_error (error);
}

static void
ask_for_insurance (ChDesk *desk)
{
  g_autofree char *path = g_build_filename (g_getenv ("CERTHOLDER_SOURCE_DIR"), "data", "requirements", "standard.json",
                                            NULL);
  g_autofree char *body = NULL;
  g_autoptr(ChStoredRequirementSet) set = NULL;
  g_autoptr(ChRequirementAssignment) place = ch_requirement_assignment_new (CH_SCOPE_COMPANY, NULL, 0, 0, 0);
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &body, NULL, &error);
  g_assert_no_error (error);
  set = ch_desk_import_requirements (desk, body, &error);
  g_assert_no_error (error);
  ch_desk_assign_requirements (desk, set->id, place, &error);
  g_assert_no_error (error);
}

static ChDesk *
open_desk (const char  *data_dir,
           ChStore    **store)
{
  g_autoptr(ChClock) clock = ch_clock_new_starting_at (NOW);
  g_autoptr(GError) error = NULL;

  *store = ch_store_open (data_dir, NULL, &error);
  g_assert_no_error (error);

  return ch_desk_new (*store, clock, "desk:test");
}

/**
 * desk_data_fill:
 * @data_dir: an empty folder
 * @n_projects: how many projects
 * @n_subs: how many subs
 * @n_each: on how many projects each sub is; 0 for one to three
 */
void
desk_data_fill (const char *data_dir,
                guint       n_projects,
                guint       n_subs,
                guint       n_each)
{
  g_autoptr(ChStore) store = NULL;
  g_autoptr(ChDesk) desk = open_desk (data_dir, &store);
  g_autoptr(GError) error = NULL;

  ch_store_begin (store, "sync", NOW, &error);
  g_assert_no_error (error);
  ch_store_set_state (store, "company_tz", "America/New_York", NULL);
  ch_store_set_state (store, "company_name", "Acme Builders, Inc.", NULL);
  put_stages (store);
  for (guint i = 0; i < n_projects; i++)
    put_project (store, i);
  for (guint i = 0; i < n_subs; i++)
    put_sub (store, i, n_projects, n_each);
  for (guint i = 0; i < MIN (n_subs, 20); i++)
    put_commitment (store, i, n_projects);
  put_insurance_of_others (store);
  ch_store_commit (store, &error);
  g_assert_no_error (error);

  ask_for_insurance (desk);
  ch_store_close (store);
}

/* The values of the sample with boxes in a grid: the test knows where each is. */
static ChReading *
read_sample (const char *sample)
{
  g_autofree char *name = g_strconcat (sample, ".json", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("CERTHOLDER_SOURCE_DIR"), "data", "samples", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GError) error = NULL;
  ChReading *reading = g_new0 (ChReading, 1);
  ChCertificate *certificate;
  const char *paths[] = { "insured.name", "policies[0].policy_number", "policies[0].limits.each_occurrence" };

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  root = ch_json_parse (text, -1, &error);
  g_assert_no_error (error);
  certificate = ch_certificate_from_json (root, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      const double box[4] = { 60, 60 + 30 * i, 200, 80 + 30 * i };

      g_ptr_array_add (certificate->fields, ch_field_reading_new (paths[i], i == 1 ? 0.5 : 0.99, 1, box));
    }

  reading->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_certificate_free);
  g_ptr_array_add (reading->certificates, certificate);
  reading->n_pages = 1;
  reading->confidence = 0.5;

  return reading;
}

/* Answers the document's SHA-256. */
static char *
store_sample (ChStore    *store,
              const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("CERTHOLDER_BUILD_DIR"), "data", "samples", name, NULL);
  g_autoptr(GError) error = NULL;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  char *sha256;

  g_assert_cmpint (fd, >=, 0);
  sha256 = ch_store_put_document_fd (store, fd, NULL, NULL, &error);
  g_assert_no_error (error);
  close (fd);

  return sha256;
}

gint64
desk_data_add_certificate (const char *data_dir,
                           const char *sample,
                           gint64      vendor_id)
{
  g_autoptr(ChStore) store = NULL;
  g_autoptr(ChDesk) desk = open_desk (data_dir, &store);
  g_autofree char *name = g_strconcat (sample, ".pdf", NULL);
  g_autofree char *sha256 = store_sample (store, name);
  g_autoptr(ChReading) reading = read_sample (sample);
  g_autoptr(GPtrArray) filed = NULL;
  g_autoptr(GError) error = NULL;
  ChFiling filing = { .file_name = name, .vendor_id = vendor_id };
  gint64 id;

  filing.sha256 = sha256;
  filed = ch_desk_file_document (desk, &filing, reading, NULL, &error);
  g_assert_no_error (error);
  id = ((const ChFiledCertificate *)g_ptr_array_index (filed, 0))->id;
  ch_store_close (store);

  return id;
}

/**
 * desk_data_add_certificates:
 * @data_dir: a filled folder
 * @sample: a sample of data/samples/, whose document they all share
 * @n_subs: each of the first so many subs gets one, with policies of its own
 * @n_pending: so many of them await review; the others are approved
 *
 * As filing and approving them one by one leaves them, in a fraction of the time.
 */
void
desk_data_add_certificates (const char *data_dir,
                            const char *sample,
                            guint       n_subs,
                            guint       n_pending)
{
  g_autoptr(ChStore) store = NULL;
  g_autoptr(ChDesk) desk = open_desk (data_dir, &store);
  g_autofree char *name = g_strconcat (sample, ".pdf", NULL);
  g_autofree char *sha256 = store_sample (store, name);
  g_autoptr(ChReading) reading = read_sample (sample);
  const ChCertificate *certificate = g_ptr_array_index (reading->certificates, 0);
  g_autoptr(GError) error = NULL;

  ch_store_begin (store, "sync", NOW, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_subs; i++)
    {
      g_autoptr(ChFiledCertificate) filed = ch_filed_certificate_new ();

      filed->sha256 = g_strdup (sha256);
      filed->document_index = i;
      filed->file_name = g_strdup_printf ("certificate-%u.pdf", i + 1);
      filed->vendor_id = DESK_DATA_SUB + i;
      filed->received_at = NOW - (gint64)i * G_USEC_PER_SEC * 60;
      g_clear_pointer (&filed->certificate, ch_certificate_free);
      filed->certificate = ch_certificate_copy (certificate);
      for (guint p = 0; p < filed->certificate->policies->len; p++)
        {
          ChPolicy *policy = g_ptr_array_index (filed->certificate->policies, p);

          g_free (policy->policy_number);
          policy->policy_number = g_strdup_printf ("P%u-%u", p + 1, 10000 + i);
        }
      ch_store_add_certificate (store, filed, &error);
      g_assert_no_error (error);
      if (i >= n_pending)
        ch_store_set_certificate_review (store, filed->id, CH_REVIEW_APPROVED, NULL, &error);
      g_assert_no_error (error);
    }
  ch_desk_judge (desk, 0, 0, NULL, &error);
  g_assert_no_error (error);
  ch_store_commit (store, &error);
  g_assert_no_error (error);
  ch_store_close (store);
}

gint64
desk_data_add_change (const char *data_dir,
                      gint64      vendor_id,
                      const char *why)
{
  g_autoptr(ChStore) store = NULL;
  G_GNUC_UNUSED g_autoptr(ChDesk) desk = open_desk (data_dir, &store);
  g_autoptr(ChSharedRecord) record = ch_shared_record_new (CH_SHARED_OVERALL);
  g_autoptr(GError) error = NULL;

  record->project_id = DESK_DATA_PROJECT;
  record->vendor_id = vendor_id;
  record->subject = g_strdup ("test");
  ch_field_set_set (record->local, "status", "compliant");
  ch_store_begin (store, "test", NOW, &error);
  ch_store_put_shared (store, record, &error);
  ch_store_outbox_queue (store, record->id, &error);
  if (why != NULL)
    ch_store_outbox_park (store, record->id, why, &error);
  ch_store_commit (store, &error);
  g_assert_no_error (error);
  ch_store_close (store);

  return record->id;
}

void
desk_data_remove (const char *data_dir)
{
  g_autoptr(GDir) dir = g_dir_open (data_dir, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (data_dir, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        desk_data_remove (child);
      else
        g_remove (child);
    }
  g_rmdir (data_dir);
}
