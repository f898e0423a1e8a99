#include "config.h"

#include <string.h>

#include "ch-desk-worker.h"
#include "ch-matching.h"
#include "desk-fixture.h"

static ChCertificate *
make_good (void)
{
  return make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100", "2026-01-01", "2027-01-01", 1000000);
}

static void
test_files_once (Fixture       *fixture,
                 gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(GPtrArray) certificates = g_ptr_array_new ();
  g_autoptr(GBytes) bytes = g_bytes_new_static ("%PDF-1.4 one", 12);
  g_autofree char *sha256 = NULL;
  g_autoptr(GError) error = NULL;
  ChReading reading = { certificates, 1, 0.9 };
  ChFiling filing = { "coi.pdf", NULL, 0, NULL, FALSE };

  sha256 = ch_store_put_document (fixture->store, bytes, &error);
  g_assert_no_error (error);
  filing.sha256 = sha256;
  g_ptr_array_add (certificates, certificate);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GPtrArray) filed = ch_desk_file_document (fixture->desk, &filing, &reading, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (filed->len, ==, 1);
      g_assert_cmpint (((ChFiledCertificate *)g_ptr_array_index (filed, 0))->vendor_id, ==, SUB);
    }
  g_assert_cmpuint (fixture_count_events (fixture, "certificate.added"), ==, 1);
}

static void
test_files_what_could_not_be_read (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("garbage", 7);
  g_autofree char *sha256 = NULL;
  g_autoptr(GPtrArray) filed = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) problem = g_error_new_literal (CH_READER_ERROR, CH_READER_ERROR_BROKEN, "the file is damaged");
  ChFiling filing = { "coi.pdf", NULL, SUB, NULL, TRUE };
  ChFiledCertificate *row;

  sha256 = ch_store_put_document (fixture->store, bytes, &error);
  g_assert_no_error (error);
  filing.sha256 = sha256;
  filed = ch_desk_file_document (fixture->desk, &filing, NULL, problem, &error);
  g_assert_no_error (error);
  row = g_ptr_array_index (filed, 0);
  g_assert_cmpstr (row->read_problem, ==, "the file is damaged");
  g_assert_cmpint (row->review, ==, CH_REVIEW_PENDING);

  g_assert_false (ch_desk_review_certificate (fixture->desk, row->id, CH_REVIEW_APPROVED, NULL, NULL, &error));
  g_assert_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID);
}

static void
test_review_corrects (Fixture       *fixture,
                      gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100",
                                                           "2026-01-01", "2027-01-01", 500000);
  g_autoptr(GHashTable) corrections = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStoredVerdict) verdict = NULL;
  g_autoptr(ChCertificate) as_read = NULL;
  gint64 id;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  id = fixture_file (fixture, certificate, SUB, FALSE);
  g_hash_table_insert (corrections, (char *)"policies[0].limits.each_occurrence", (char *)"1000000");
  ch_desk_review_certificate (fixture->desk, id, CH_REVIEW_APPROVED, NULL, corrections, &error);
  g_assert_no_error (error);
  verdict = fixture_get_verdict (fixture, PROJECT, SUB, 0);
  g_assert_cmpint (verdict->status, ==, CH_STATUS_COMPLIANT);
  as_read = ch_store_get_certificate_as_read (fixture->store, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((ChPolicy *)g_ptr_array_index (as_read->policies, 0))->limits[CH_LIMIT_EACH_OCCURRENCE], ==,
                   500000);
}

static void
test_review_refuses (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_certificate ("Somebody Unknown", "2026-01-05", "X", "2026-01-01",
                                                           "2027-01-01", 1);
  g_autoptr(GHashTable) corrections = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GError) error = NULL;
  gint64 id = fixture_file (fixture, certificate, 0, TRUE);

  g_assert_false (ch_desk_review_certificate (fixture->desk, id, CH_REVIEW_APPROVED, NULL, NULL, &error));
  g_assert_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (ch_desk_review_certificate (fixture->desk, id, CH_REVIEW_REJECTED, NULL, NULL, &error));
  g_assert_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID);
  g_clear_error (&error);
  g_hash_table_insert (corrections, (char *)"policies[0].effective", (char *)"some day");
  g_assert_false (ch_desk_review_certificate (fixture->desk, id, CH_REVIEW_REJECTED, "why", corrections, &error));
  g_assert_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (ch_desk_review_certificate (fixture->desk, 4711, CH_REVIEW_REJECTED, "why", NULL, &error));
  g_assert_error (error, CH_DESK_ERROR, CH_DESK_ERROR_NOT_FOUND);
  g_assert_false (ch_store_in_transaction (fixture->store));
}

/* Somebody changed the notes in Procore while the desk's verdict changed them too. */
static gint64
clash (Fixture    *fixture,
       const char *field,
       const char *remote)
{
  g_autoptr(ChSharedRecord) overall = fixture_get_shared (fixture, CH_SHARED_OVERALL, PROJECT, SUB);
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(GError) error = NULL;

  fixture_begin (fixture);
  if (overall->remote != NULL && !g_str_equal (field, "record"))
    ch_field_set_set (overall->remote, field, remote);
  overall->gone = g_str_equal (field, "record");
  ch_store_put_shared (fixture->store, overall, &error);
  g_assert_no_error (error);
  ch_store_put_conflict (fixture->store, overall->id, field, "before", ch_field_set_get (overall->local, field),
                         remote, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);
  conflicts = ch_store_list_conflicts (fixture->store, overall->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 1);

  return ((ChConflict *)g_ptr_array_index (conflicts, 0))->id;
}

static char *
dup_local (Fixture    *fixture,
           const char *field)
{
  g_autoptr(ChSharedRecord) overall = fixture_get_shared (fixture, CH_SHARED_OVERALL, PROJECT, SUB);

  return g_strdup (ch_field_set_get (overall->local, field));
}

static void
test_kept_value_survives_until_news (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *again = NULL;
  g_autofree char *later = NULL;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_confirm_all (fixture);
  ch_desk_settle_conflict (fixture->desk, clash (fixture, "status", "non_compliant"), TRUE, &error);
  g_assert_no_error (error);
  kept = dup_local (fixture, "status");
  g_assert_cmpstr (kept, ==, "non_compliant");
  g_assert_cmpuint (fixture_count_outbox (fixture), ==, 0);

  fixture_judge (fixture);
  again = dup_local (fixture, "status");
  g_assert_cmpstr (again, ==, "non_compliant");
  g_assert_cmpuint (fixture_count_outbox (fixture), ==, 0);

  fixture_file (fixture, certificate, SUB, TRUE);
  later = dup_local (fixture, "status");
  g_assert_cmpstr (later, ==, "compliant");
}

/* Procore tells a text that somebody emptied as an empty one: kept, it is no value, here as in what was agreed on. */
static void
test_kept_emptiness_is_no_value (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChSharedRecord) overall = NULL;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_confirm_all (fixture);
  ch_desk_settle_conflict (fixture->desk, clash (fixture, "notes", ""), TRUE, &error);
  g_assert_no_error (error);
  overall = fixture_get_shared (fixture, CH_SHARED_OVERALL, PROJECT, SUB);
  g_assert_null (ch_field_set_get (overall->local, "notes"));
  g_assert_null (ch_field_set_get (overall->base, "notes"));
}

static void
test_own_value_is_sent (Fixture       *fixture,
                        gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChSharedRecord) overall = NULL;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_confirm_all (fixture);
  ch_desk_settle_conflict (fixture->desk, clash (fixture, "status", "non_compliant"), FALSE, &error);
  g_assert_no_error (error);
  overall = fixture_get_shared (fixture, CH_SHARED_OVERALL, PROJECT, SUB);
  g_assert_cmpstr (ch_field_set_get (overall->local, "status"), ==, "unregistered");
  g_assert_cmpstr (ch_field_set_get (overall->base, "status"), ==, "non_compliant");
  g_assert_cmpuint (fixture_count_outbox (fixture), ==, 1);
}

static void
test_deleted_record_stays_away_until_news (Fixture       *fixture,
                                           gconstpointer  user_data)
{
  g_autoptr(ChCertificate) certificate = make_good ();
  g_autoptr(GError) error = NULL;
  g_autoptr(ChSharedRecord) away = NULL;
  g_autoptr(ChSharedRecord) back = NULL;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_confirm_all (fixture);
  ch_desk_settle_conflict (fixture->desk, clash (fixture, "record", NULL), TRUE, &error);
  g_assert_no_error (error);
  fixture_judge (fixture);
  away = fixture_get_shared (fixture, CH_SHARED_OVERALL, PROJECT, SUB);
  g_assert_true (away->withdrawn);
  g_assert_cmpuint (fixture_count_outbox (fixture), ==, 0);

  fixture_file (fixture, certificate, SUB, TRUE);
  back = fixture_get_shared (fixture, CH_SHARED_OVERALL, PROJECT, SUB);
  g_assert_false (back->withdrawn);
  g_assert_null (back->base);
  g_assert_null (back->procore_id);
}

static void
test_deleted_record_is_made_again (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChSharedRecord) overall = NULL;

  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
  fixture_confirm_all (fixture);
  ch_desk_settle_conflict (fixture->desk, clash (fixture, "record", NULL), FALSE, &error);
  g_assert_no_error (error);
  overall = fixture_get_shared (fixture, CH_SHARED_OVERALL, PROJECT, SUB);
  g_assert_null (overall->procore_id);
  g_assert_false (overall->gone);
  g_assert_cmpuint (fixture_count_outbox (fixture), ==, 1);
  g_assert_false (ch_desk_settle_conflict (fixture->desk, 4711, TRUE, &error));
  g_assert_error (error, CH_DESK_ERROR, CH_DESK_ERROR_NOT_FOUND);
}

static void
test_matching (Fixture       *fixture,
               gconstpointer  user_data)
{
  static const struct {
    const char *insured;
    gint64      certain;
  } rows[] = {
    { "Keystone Electric LLC", SUB },
    { "KEYSTONE ELECTRIC, L.L.C.", SUB },
    { "Keystone Electric LLC dba Keystone Power", SUB },
    { "Keystone Electric Inc", 0 },
    { "Keystone Electrical", 0 },
    { "Twin Concrete Corp", 0 },
    { "Nobody We Know", 0 },
  };

  fixture_put_vendor (fixture, SUB_2, "Twin Concrete Corp");
  fixture_put_vendor (fixture, 203, "Twin Concrete Corp");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(ChCertificate) certificate = make_certificate (rows[i].insured, "2026-01-05", "X", "2026-01-01",
                                                               "2027-01-01", 1);
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) matches = ch_match_certificate (fixture->store, certificate, &error);
      const ChMatch *certain;

      g_assert_no_error (error);
      certain = ch_match_get_certain (matches);
      g_test_message ("%s", rows[i].insured);
      g_assert_cmpint (certain != NULL ? certain->vendor_id : 0, ==, rows[i].certain);
      if (certain != NULL)
        g_assert_nonnull (certain->reason);
    }
}

static void
on_ready_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gpointer
name_the_thread (ChDesk        *desk,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  return g_strdup_printf ("%s %d", (const char *)data, CH_IS_DESK (desk));
}

static void
test_worker_answers (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChDeskWorker) worker = ch_desk_worker_new (fixture->dir, fixture->hub, CH_CLOCK (fixture->clock),
                                                       "desk:test", &error);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) late = NULL;
  g_autofree char *answer = NULL;

  g_assert_no_error (error);
  ch_desk_worker_run_async (worker, name_the_thread, g_strdup ("desk"), g_free, g_free, NULL, on_ready_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  answer = ch_desk_worker_run_finish (worker, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==, "desk 1");

  ch_desk_worker_close (worker);
  ch_desk_worker_run_async (worker, name_the_thread, NULL, NULL, g_free, NULL, on_ready_cb, &late);
  while (late == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (ch_desk_worker_run_finish (worker, late, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/desk/acts/files-once", test_files_once);
  ADD ("/desk/acts/unreadable", test_files_what_could_not_be_read);
  ADD ("/desk/acts/review-corrects", test_review_corrects);
  ADD ("/desk/acts/review-refuses", test_review_refuses);
  ADD ("/desk/settle/kept-value-survives", test_kept_value_survives_until_news);
  ADD ("/desk/settle/kept-emptiness-is-no-value", test_kept_emptiness_is_no_value);
  ADD ("/desk/settle/own-value-is-sent", test_own_value_is_sent);
  ADD ("/desk/settle/deleted-stays-away", test_deleted_record_stays_away_until_news);
  ADD ("/desk/settle/deleted-made-again", test_deleted_record_is_made_again);
  ADD ("/desk/matching/table", test_matching);
  ADD ("/desk/worker/answers", test_worker_answers);

  return g_test_run ();
}
