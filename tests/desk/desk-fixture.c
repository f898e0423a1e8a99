#include "config.h"

#include <glib/gstdio.h>

#include "desk-fixture.h"

struct _TestClock
{
  ChClock parent_instance;

  gint64  now;
};

G_DEFINE_FINAL_TYPE (TestClock, test_clock, CH_TYPE_CLOCK)

static gint64
test_clock_now (ChClock *clock)
{
  return ((TestClock *)clock)->now;
}

static void
test_clock_class_init (TestClockClass *klass)
{
  CH_CLOCK_CLASS (klass)->now = test_clock_now;
}

static void
test_clock_init (TestClock *self)
{
}

TestClock *
test_clock_new (const char *iso)
{
  TestClock *self = g_object_new (TEST_TYPE_CLOCK, NULL);

  test_clock_set (self, iso);

  return self;
}

void
test_clock_set (TestClock  *self,
                const char *iso)
{
  g_autoptr(GDateTime) instant = g_date_time_new_from_iso8601 (iso, NULL);

  g_assert_nonnull (instant);
  self->now = g_date_time_to_unix (instant) * G_USEC_PER_SEC;
}

void
fixture_begin (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  ch_store_begin (fixture->store, "test", ch_clock_now (CH_CLOCK (fixture->clock)), &error);
  g_assert_no_error (error);
}

void
fixture_commit (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  ch_store_commit (fixture->store, &error);
  g_assert_no_error (error);
}

void
fixture_set_up (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("desk-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->clock = test_clock_new ("2026-11-23T14:00:00Z");
  fixture->hub = ch_change_hub_new ();
  fixture->store = ch_store_open (fixture->dir, fixture->hub, &error);
  g_assert_no_error (error);
  fixture->desk = ch_desk_new (fixture->store, CH_CLOCK (fixture->clock), "desk:test");

  fixture_set_state (fixture, "company_tz", "America/New_York");
  fixture_set_state (fixture, "company_name", "Acme Builders, Inc.");
  fixture_put_project (fixture, PROJECT, "Riverside Tower", TRUE);
  fixture_put_project (fixture, PROJECT_2, "Harbor School", TRUE);
  fixture_put_vendor (fixture, SUB, "Keystone Electric LLC");
  fixture_put_on (fixture, SUB, PROJECT, PROJECT_2);
}

void
fixture_remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        fixture_remove_tree (child);
      else
        g_remove (child);
    }
  g_rmdir (path);
}

void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->desk));
  ch_store_close (fixture->store);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_clear_object (&fixture->hub);
  g_clear_object (&fixture->clock);
  fixture_remove_tree (fixture->dir);
  g_clear_pointer (&fixture->dir, g_free);
}

void
fixture_set_state (Fixture    *fixture,
                   const char *name,
                   const char *value)
{
  g_autoptr(GError) error = NULL;

  fixture_begin (fixture);
  ch_store_set_state (fixture->store, name, value, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
}

void
fixture_put_project (Fixture    *fixture,
                     gint64      id,
                     const char *name,
                     gboolean    active)
{
  g_autoptr(ChProject) project = ch_project_new ();
  g_autoptr(GError) error = NULL;
  gboolean changed;

  project->id = id;
  project->name = g_strdup (name);
  project->active = active;
  project->tz_name = g_strdup ("America/New_York");
  fixture_begin (fixture);
  ch_store_put_project (fixture->store, project, &changed, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
}

void
fixture_put_vendor (Fixture    *fixture,
                    gint64      id,
                    const char *name)
{
  g_autoptr(ChVendor) vendor = ch_vendor_new ();
  g_autoptr(GError) error = NULL;
  gboolean changed;

  vendor->id = id;
  vendor->name = g_strdup (name);
  vendor->legal_name = g_strdup (name);
  vendor->is_active = TRUE;
  fixture_begin (fixture);
  ch_store_put_vendor (fixture->store, vendor, &changed, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
}

/* 0 for no project */
void
fixture_put_on (Fixture *fixture,
                gint64   vendor_id,
                gint64   project_a,
                gint64   project_b)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) error = NULL;

  if (project_a != 0)
    g_array_append_val (ids, project_a);
  if (project_b != 0)
    g_array_append_val (ids, project_b);
  fixture_begin (fixture);
  ch_store_set_vendor_projects (fixture->store, vendor_id, ids, NULL, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
}

void
fixture_put_commitment (Fixture    *fixture,
                        gint64      id,
                        const char *status)
{
  g_autoptr(ChCommitment) commitment = ch_commitment_new ();
  g_autoptr(GError) error = NULL;
  gboolean changed;

  commitment->id = id;
  commitment->project_id = PROJECT;
  commitment->vendor_id = SUB;
  commitment->kind = CH_COMMITMENT_WORK_ORDER;
  commitment->number = g_strdup_printf ("SC-%" G_GINT64_FORMAT, id);
  commitment->title = g_strdup ("Electrical");
  commitment->status = g_strdup (status);
  fixture_begin (fixture);
  ch_store_put_commitment (fixture->store, commitment, &changed, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
}

guint
fixture_judge (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  guint n = 0;

  fixture_begin (fixture);
  ch_desk_judge (fixture->desk, 0, 0, &n, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);

  return n;
}

gint64
fixture_require (Fixture *fixture,
                 ChScope  scope,
                 gint64   gl_each_occurrence)
{
  g_autofree char *body = NULL;
  g_autoptr(ChStoredRequirementSet) set = NULL;
  g_autoptr(ChRequirementAssignment) place = NULL;
  g_autoptr(GError) error = NULL;

  body = g_strdup_printf ("{\"schema\":1,\"name\":\"GL %" G_GINT64_FORMAT "\",\"warning_days\":30,\"coverages\":"
                          "{\"general_liability\":{\"minimum\":{\"each_occurrence\":%" G_GINT64_FORMAT "}}}}",
                          gl_each_occurrence, gl_each_occurrence);
  set = ch_desk_import_requirements (fixture->desk, body, &error);
  g_assert_no_error (error);
  place = ch_requirement_assignment_new (scope, NULL, scope == CH_SCOPE_PROJECT ? PROJECT : 0, 0,
                                         scope == CH_SCOPE_COMMITMENT ? COMMITMENT : 0);
  ch_desk_assign_requirements (fixture->desk, set->id, place, &error);
  g_assert_no_error (error);

  return set->id;
}

ChCertificate *
make_certificate (const char *insured,
                  const char *date,
                  const char *policy_number,
                  const char *effective,
                  const char *expiration,
                  gint64      each_occurrence)
{
  ChCertificate *certificate = ch_certificate_new ();
  ChPolicy *policy = ch_policy_new ();

  certificate->insured_name = g_strdup (insured);
  certificate->date = ch_date_from_iso (date);
  certificate->holder_name = g_strdup ("Acme Builders, Inc.");
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", "Granite Mutual", "12345"));
  policy->coverage = CH_COVERAGE_GENERAL_LIABILITY;
  policy->insurer = g_strdup ("A");
  policy->policy_number = g_strdup (policy_number);
  policy->effective = ch_date_from_iso (effective);
  policy->expiration = ch_date_from_iso (expiration);
  policy->additional_insured = CH_MARK_YES;
  policy->basis = CH_BASIS_OCCURRENCE;
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = each_occurrence;
  policy->limits[CH_LIMIT_GENERAL_AGGREGATE] = 2 * each_occurrence;
  g_ptr_array_add (certificate->policies, policy);

  return certificate;
}

gint64
fixture_file (Fixture       *fixture,
              ChCertificate *certificate,
              gint64         vendor_id,
              gboolean       approve)
{
  g_autofree char *text = g_strdup_printf ("%%PDF-1.4 %s %u", certificate->insured_name, g_random_int ());
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autofree char *sha256 = NULL;
  g_autoptr(GPtrArray) certificates = g_ptr_array_new ();
  g_autoptr(GPtrArray) filed = NULL;
  g_autoptr(GError) error = NULL;
  ChReading reading = { certificates, 1, 0.99 };
  ChFiling filing = { "coi.pdf", NULL, vendor_id, NULL, approve };

  sha256 = ch_store_put_document (fixture->store, bytes, &error);
  g_assert_no_error (error);
  filing.sha256 = sha256;
  g_ptr_array_add (certificates, certificate);
  filed = ch_desk_file_document (fixture->desk, &filing, &reading, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (filed->len, ==, 1);

  return ((ChFiledCertificate *)g_ptr_array_index (filed, 0))->id;
}

/* NULL where there is none */
ChStoredVerdict *
fixture_get_verdict (Fixture *fixture,
                     gint64   project_id,
                     gint64   vendor_id,
                     gint64   commitment_id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) all = ch_store_list_verdicts (fixture->store, project_id, vendor_id, commitment_id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, <=, 1);

  return all->len == 1 ? g_ptr_array_steal_index (all, 0) : NULL;
}

ChSharedRecord *
fixture_get_shared (Fixture      *fixture,
                    ChSharedKind  kind,
                    gint64        project_id,
                    gint64        vendor_id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) all = ch_store_list_shared (fixture->store, kind, project_id, vendor_id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, <=, 1);

  return all->len == 1 ? g_ptr_array_steal_index (all, 0) : NULL;
}

guint
fixture_count_outbox (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = ch_store_outbox_list (fixture->store, &error);

  g_assert_no_error (error);

  return rows->len;
}

void
fixture_confirm_all (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = ch_store_outbox_list (fixture->store, &error);

  g_assert_no_error (error);
  fixture_begin (fixture);
  for (guint i = 0; i < rows->len; i++)
    {
      ChOutboxRow *row = g_ptr_array_index (rows, i);
      g_autoptr(ChSharedRecord) record = ch_store_get_shared (fixture->store, row->record_id, &error);

      g_assert_no_error (error);
      g_clear_pointer (&record->base, ch_field_set_free);
      g_clear_pointer (&record->remote, ch_field_set_free);
      record->base = ch_field_set_copy (record->local);
      record->remote = ch_field_set_copy (record->local);
      if (record->procore_id == NULL)
        record->procore_id = g_strdup_printf ("%" G_GINT64_FORMAT, 9000 + record->id);
      ch_store_put_shared (fixture->store, record, &error);
      g_assert_no_error (error);
      ch_store_outbox_drop (fixture->store, record->id, &error);
      g_assert_no_error (error);
    }
  fixture_commit (fixture);
}

guint
fixture_count_events (Fixture    *fixture,
                      const char *what)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) events = ch_store_list_events (fixture->store, 0, 0, 0, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < events->len; i++)
    n += g_strcmp0 (((ChEvent *)g_ptr_array_index (events, i))->what, what) == 0;

  return n;
}
