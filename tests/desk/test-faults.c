#include "config.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ch-correction-request.h"
#include "ch-desk-review.h"
#include "ch-matching.h"
#include "ch-store-private.h"
#include "ch-watched-folder-private.h"
#include "desk-fixture.h"

/*
 * Every act with every access to the database failing in turn, and with the program dying there: the act is done as a
 * whole or not at all, the next attempt does it, and the trail vouches for what is left.
 */

/* What the acts are about; made by their preparation, and the same in every attempt. */
typedef struct {
  ChCertificate *certificate;
  char          *sha256;
  gint64         id;
  GHashTable    *corrections;
  char          *path;
} Subject;

typedef gboolean (*ActFunc) (ChDesk   *desk,
                             Subject  *subject,
                             GError  **error);

typedef struct {
  const char *name;
  void      (*prepare) (Fixture *fixture, Subject *subject);
  ActFunc     act;
  const char *event;     /* that the act leaves once */
} Act;

static void
subject_clear (Subject *self)
{
  g_clear_pointer (&self->certificate, ch_certificate_free);
  g_clear_pointer (&self->corrections, g_hash_table_unref);
  g_free (self->sha256);
  g_free (self->path);
}

static void
prepare_document (Fixture *fixture,
                  Subject *subject)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("%PDF-1.4 new", 12);
  g_autoptr(GError) error = NULL;

  subject->certificate = make_certificate ("Keystone Electric LLC", "2026-01-05", "GL-100", "2026-01-01", "2027-01-01",
                                           1000000);
  subject->certificate->description_of_operations = g_strdup ("RE: Riverside Tower");
  subject->sha256 = ch_store_put_document (fixture->store, bytes, &error);
  g_assert_no_error (error);
}

static void
set_policy (Fixture  *fixture,
            gboolean  second_person,
            gboolean  automatic)
{
  ChReviewPolicy policy = { second_person, automatic };
  g_autoptr(GError) error = NULL;

  g_assert_true (ch_desk_set_review_policy (fixture->desk, &policy, &error));
}

static void
prepare_pending (Fixture *fixture,
                 Subject *subject)
{
  prepare_document (fixture, subject);
  subject->id = fixture_file (fixture, subject->certificate, SUB, FALSE);
  subject->corrections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (subject->corrections, g_strdup ("policies[0].limits.each_occurrence"), g_strdup ("2000000"));
  g_hash_table_insert (subject->corrections, g_strdup ("insurers[0]"), NULL);
}

static void
prepare_approved (Fixture *fixture,
                  Subject *subject)
{
  prepare_document (fixture, subject);
  subject->id = fixture_file (fixture, subject->certificate, SUB, TRUE);
  fixture_put_vendor (fixture, SUB_2, "Other Electric LLC");
  fixture_put_on (fixture, SUB_2, PROJECT, 0);
}

static void
prepare_same_content (Fixture *fixture,
                      Subject *subject)
{
  prepare_document (fixture, subject);
  fixture_file (fixture, subject->certificate, SUB, TRUE);
}

static void
prepare_nobodys (Fixture *fixture,
                 Subject *subject)
{
  prepare_document (fixture, subject);
  g_free (subject->certificate->insured_name);
  subject->certificate->insured_name = g_strdup ("Late Arrival Inc");
  subject->id = fixture_file (fixture, subject->certificate, 0, FALSE);
  fixture_put_vendor (fixture, SUB_2, "Late Arrival, Inc.");
  fixture_put_on (fixture, SUB_2, PROJECT, 0);
}

static void
prepare_two_persons (Fixture *fixture,
                     Subject *subject)
{
  set_policy (fixture, TRUE, FALSE);
  prepare_pending (fixture, subject);
}

static void
prepare_file (Fixture *fixture,
              Subject *subject)
{
  prepare_document (fixture, subject);
  subject->path = g_build_filename (fixture->dir, "dropped.pdf", NULL);
  g_assert_true (g_file_set_contents (subject->path, "%PDF-1.4 dropped %%EOF", -1, NULL));
}

static gboolean
file (ChDesk    *desk,
      Subject   *subject,
      gint64     vendor_id,
      gboolean   approve,
      GError   **error)
{
  g_autoptr(GPtrArray) certificates = g_ptr_array_new ();
  g_autoptr(GPtrArray) filed = NULL;
  ChReading reading = { certificates, 1, 0.99 };
  ChFiling filing = { "coi.pdf", subject->sha256, vendor_id, NULL, approve };

  g_ptr_array_add (certificates, subject->certificate);
  filed = ch_desk_file_document (desk, &filing, &reading, NULL, error);

  return filed != NULL;
}

static gboolean
file_and_match (ChDesk   *desk,
                Subject  *subject,
                GError  **error)
{
  return file (desk, subject, 0, FALSE, error);
}

static gboolean
file_approved (ChDesk   *desk,
               Subject  *subject,
               GError  **error)
{
  return file (desk, subject, SUB, TRUE, error);
}

static gboolean
file_unread (ChDesk   *desk,
             Subject  *subject,
             GError  **error)
{
  g_autoptr(GError) problem = g_error_new_literal (CH_READER_ERROR, CH_READER_ERROR_BROKEN, "damaged");
  ChFiling filing = { "coi.pdf", subject->sha256, SUB, NULL, FALSE };
  g_autoptr(GPtrArray) filed = ch_desk_file_document (desk, &filing, NULL, problem, error);

  return filed != NULL;
}

static gboolean
approve (ChDesk   *desk,
         Subject  *subject,
         GError  **error)
{
  return ch_desk_review_certificate (desk, subject->id, CH_REVIEW_APPROVED, NULL, NULL, error);
}

static gboolean
reject_corrected (ChDesk   *desk,
                  Subject  *subject,
                  GError  **error)
{
  return ch_desk_review_certificate (desk, subject->id, CH_REVIEW_REJECTED, "why", subject->corrections, error);
}

static gboolean
reopen (ChDesk   *desk,
        Subject  *subject,
        GError  **error)
{
  return ch_desk_review_certificate (desk, subject->id, CH_REVIEW_PENDING, NULL, NULL, error);
}

static gboolean
correct (ChDesk   *desk,
         Subject  *subject,
         GError  **error)
{
  return ch_desk_correct_certificate (desk, subject->id, subject->corrections, error);
}

static gboolean
assign_other (ChDesk   *desk,
              Subject  *subject,
              GError  **error)
{
  return ch_desk_assign_certificate (desk, subject->id, SUB_2, NULL, error);
}

static gboolean
unassign (ChDesk   *desk,
          Subject  *subject,
          GError  **error)
{
  return ch_desk_assign_certificate (desk, subject->id, 0, NULL, error);
}

static gboolean
match_waiting (ChDesk   *desk,
               Subject  *subject,
               GError  **error)
{
  return ch_desk_match_waiting (desk, NULL, error);
}

static gboolean
change_setting (ChDesk   *desk,
                Subject  *subject,
                GError  **error)
{
  return ch_desk_change_setting (desk, CH_SETTING_WATCHED_FOLDER, "/somewhere", error);
}

static gboolean
note_request (ChDesk   *desk,
              Subject  *subject,
              GError  **error)
{
  g_autoptr(ChCorrectionRequest) request = ch_desk_draft_request_to_sub (desk, SUB, 0, error);

  return request != NULL && ch_desk_note_request (desk, 0, SUB, request, error);
}

/* Kept, read and filed, as the watched folder does it. */
static gboolean
take (ChDesk   *desk,
      Subject  *subject,
      GError  **error)
{
  g_autoptr(GPtrArray) found = NULL;
  g_autofree char *folder = g_path_get_dirname (subject->path);
  ChWatchedTake *one = NULL;
  gboolean ok;

  found = _ch_watched_scan (desk, folder, NULL, error);
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      const ChWatchedFile *file = g_ptr_array_index (found, i);

      if (g_str_equal (file->path, subject->path))
        one = _ch_watched_take_new (file, TRUE);
    }
  g_assert_nonnull (one);

  ok = _ch_watched_take_store (one, desk, NULL, error);
  if (ok)
    {
      g_assert_cmpint (one->state, ==, CH_WATCHED_STORED);
      one->reading = g_new0 (ChReading, 1);
      one->reading->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_certificate_free);
      one->reading->n_pages = 1;
      g_ptr_array_add (one->reading->certificates, ch_certificate_copy (subject->certificate));
      ok = _ch_watched_take_file (one, desk, error);
    }
  _ch_watched_take_free (one);

  return ok;
}

static const Act acts[] = {
  { "file-and-match", prepare_document, file_and_match, "certificate.added" },
  { "file-approved", prepare_document, file_approved, "certificate.approved" },
  { "file-unread", prepare_document, file_unread, "certificate.added" },
  { "file-copy", prepare_same_content, file_and_match, "certificate.duplicate" },
  { "approve", prepare_pending, approve, "certificate.approved" },
  { "approve-first", prepare_two_persons, approve, "certificate.first_approved" },
  { "reject-corrected", prepare_pending, reject_corrected, "certificate.rejected" },
  { "reopen", prepare_approved, reopen, "certificate.reopened" },
  { "correct", prepare_pending, correct, "certificate.corrected" },
  { "assign", prepare_approved, assign_other, "certificate.assigned" },
  { "unassign", prepare_approved, unassign, "certificate.unassigned" },
  { "match-waiting", prepare_nobodys, match_waiting, "certificate.matched" },
  { "change-setting", prepare_document, change_setting, "setting.changed" },
  { "note-request", prepare_document, note_request, "correction.requested" },
  { "take-watched-file", prepare_file, take, "certificate.added" },
};

/* (transfer full): a digest of every row of every table */
static char *
dup_snapshot (Fixture *fixture)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *path = g_build_filename (fixture->dir, "certholder.db", NULL);
  sqlite3_stmt *tables = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT 'SELECT * FROM ' || name FROM sqlite_schema WHERE type = 'table' "
                                       "ORDER BY name", -1, &tables, NULL), ==, SQLITE_OK);
  while (sqlite3_step (tables) == SQLITE_ROW)
    {
      sqlite3_stmt *rows = NULL;

      g_assert_cmpint (sqlite3_prepare_v2 (db, (const char *)sqlite3_column_text (tables, 0), -1, &rows, NULL), ==,
                       SQLITE_OK);
      while (sqlite3_step (rows) == SQLITE_ROW)
        {
          for (int i = 0; i < sqlite3_column_count (rows); i++)
            {
              const char *text = (const char *)sqlite3_column_text (rows, i);

              g_checksum_update (checksum, (const guchar *)(text != NULL ? text : "-"), -1);
              g_checksum_update (checksum, (const guchar *)"|", 1);
            }
        }
      sqlite3_finalize (rows);
    }
  sqlite3_finalize (tables);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);

  return g_strdup (g_checksum_get_string (checksum));
}

/* A connection that sees whether another one has committed: cheaper than to look at every row. */
static sqlite3 *
open_witness (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "certholder.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);

  return db;
}

static gint64
ask_witness (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  gint64 version;

  g_assert_cmpint (sqlite3_prepare_v2 (db, "PRAGMA data_version", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  version = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);

  return version;
}

typedef struct {
  int         n;       /* accesses until it happens; counted down */
  int         code;    /* 0: the program dies */
  const char *name;    /* of the statement that it happened to */
} Trap;

static int
step_into_trap_cb (const char *name,
                   gpointer    user_data)
{
  Trap *trap = user_data;

  /* What ends a read, or undoes what failed, is missed by nobody. */
  if (g_str_equal (name, "rollback") || --trap->n != 0)
    return SQLITE_OK;
  trap->name = name;
  if (trap->code == 0)
    _exit (9);

  return trap->code;
}

static void
verify (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) problems = ch_store_verify (fixture->store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *)g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

static gboolean
is_store_error (const GError *error,
                int           code)
{
  return error->domain == CH_STORE_ERROR && error->code == (code == SQLITE_FULL    ? CH_STORE_ERROR_FULL
                                                            : code == SQLITE_BUSY ? CH_STORE_ERROR_BUSY
                                                                                  : CH_STORE_ERROR_IO);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture_set_up (fixture, NULL);
  fixture_require (fixture, CH_SCOPE_COMPANY, 1000000);
}

static void
test_error_at_every_access (Fixture       *fixture,
                            gconstpointer  user_data)
{
  static const int codes[] = { SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_BUSY };
  const Act *act = user_data;
  g_autofree char *before = NULL;
  Subject subject = { NULL };
  guint n_events, n_failed = 0;
  gboolean done = FALSE;
  sqlite3 *witness;
  gint64 version;

  act->prepare (fixture, &subject);
  before = dup_snapshot (fixture);
  witness = open_witness (fixture);
  version = ask_witness (witness);
  n_events = fixture_count_events (fixture, act->event);
  for (int n = 1; !done; n += TEST_EACH_FAULT ? 1 : 1 + n / 8)
    {
      Trap trap = { n, codes[n % 3], NULL };
      g_autoptr(GError) error = NULL;

      _ch_connection_set_step_func (fixture->store->connection, step_into_trap_cb, &trap);
      done = act->act (fixture->desk, &subject, &error);
      _ch_connection_set_step_func (fixture->store->connection, NULL, NULL);
      g_assert_false (ch_store_in_transaction (fixture->store));
      if (!done)
        {
          g_assert_nonnull (error);
          if (!is_store_error (error, trap.code))
            g_test_fail_printf ("access %d (%s): %s", n, trap.name, error->message);
          g_assert_cmpint (ask_witness (witness), ==, version);
          if (n_failed % 50 == 49)
            {
              g_autofree char *after = dup_snapshot (fixture);

              g_assert_cmpstr (after, ==, before);
            }
          n_failed++;
        }
      /* An act that goes on without what it asked for does not know what it does. */
      else if (trap.n <= 0)
        g_test_fail_printf ("access %d (%s) was not missed", n, trap.name);
    }
  g_test_message ("%u accesses failed, one after the other", n_failed);
  g_assert_cmpint (ask_witness (witness), !=, version);
  g_assert_cmpint (sqlite3_close (witness), ==, SQLITE_OK);
  g_assert_true (g_test_failed () || n_failed > 5);
  g_assert_cmpuint (fixture_count_events (fixture, act->event), ==, n_events + 1);
  verify (fixture);
  subject_clear (&subject);
}

/* TRUE where the program died in the trap */
static gboolean
act_in_child (Fixture   *fixture,
              const Act *act,
              Subject   *subject,
              int        n)
{
  pid_t pid = fork ();
  int status;

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      Trap trap = { n, 0, NULL };
      ChStore *store = ch_store_open (fixture->dir, NULL, NULL);
      ChDesk *desk = store != NULL ? ch_desk_new (store, CH_CLOCK (fixture->clock), "desk:test") : NULL;

      if (desk == NULL)
        _exit (1);
      _ch_connection_set_step_func (store->connection, step_into_trap_cb, &trap);
      _exit (act->act (desk, subject, NULL) ? 0 : 2);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_true (WEXITSTATUS (status) == 0 || WEXITSTATUS (status) == 9);

  return WEXITSTATUS (status) == 9;
}

/* Dying is the same at neighbouring accesses but at the ends; the steps between grow, to keep it short. */
static void
test_death_at_many_accesses (Fixture       *fixture,
                             gconstpointer  user_data)
{
  const Act *act = user_data;
  g_autofree char *before = NULL;
  Subject subject = { NULL };
  guint n_events, n_died = 0;
  int n = 1;

  act->prepare (fixture, &subject);
  before = dup_snapshot (fixture);
  n_events = fixture_count_events (fixture, act->event);
  while (act_in_child (fixture, act, &subject, n))
    {
      g_autofree char *after = dup_snapshot (fixture);

      g_assert_cmpstr (after, ==, before);
      n += 1 + n / 5;
      n_died++;
    }
  g_assert_cmpuint (n_died, >, 5);
  g_assert_cmpuint (fixture_count_events (fixture, act->event), ==, n_events + 1);
  verify (fixture);
  subject_clear (&subject);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autofree char *error = g_strconcat ("/desk/faults/error/", acts[i].name, NULL);
      g_autofree char *death = g_strconcat ("/desk/faults/death/", acts[i].name, NULL);

      g_test_add (error, Fixture, &acts[i], set_up, test_error_at_every_access, fixture_tear_down);
      g_test_add (death, Fixture, &acts[i], set_up, test_death_at_many_accesses, fixture_tear_down);
    }

  return g_test_run ();
}
