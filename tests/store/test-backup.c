#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>

#include "ch-store-backup.h"
#include "store-fixture.h"

#define N_DOCUMENTS 3

static char *
add_certificate (Fixture *fixture,
                 guint    i)
{
  g_autofree char *text = g_strdup_printf ("certificate %u", i);
  g_autoptr(ChFiledCertificate) filed = ch_filed_certificate_new ();
  g_autoptr(GError) error = NULL;

  filed->sha256 = fixture_put_document (fixture, text);
  filed->vendor_id = SUB;
  filed->received_at = NOW;
  if (filed->certificate == NULL)
    filed->certificate = ch_certificate_new ();
  fixture_begin (fixture);
  ch_store_add_certificate (fixture->store, filed, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);

  return g_strdup (filed->sha256);
}

static void
fill (Fixture *fixture)
{
  for (guint i = 0; i < N_DOCUMENTS; i++)
    {
      g_autofree char *sha256 = add_certificate (fixture, i);

      g_assert_nonnull (sha256);
    }
}

static guint
back_up (Fixture    *fixture,
         const char *file)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  guint n = 0;

  ch_store_backup (fixture->store, file, NULL, NULL, NULL, problems, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, >=, N_DOCUMENTS);

  return problems->len;
}

static void
assert_sound (const char *data_dir,
              guint       n_certificates)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStore) store = ch_store_open (data_dir, NULL, &error);
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GPtrArray) certificates = NULL;

  g_assert_no_error (error);
  problems = ch_store_verify (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  certificates = ch_store_list_certificates (store, 0, FALSE, &error);
  g_assert_cmpuint (certificates->len, ==, n_certificates);
  ch_store_close (store);
}

static guint
count_children (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
test_there_and_back (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autofree char *file = fixture_dup_path (fixture, "copies/backup.tar");
  g_autofree char *folder = g_path_get_dirname (file);
  g_autofree char *target = fixture_dup_path (fixture, "elsewhere/certholder");
  g_autoptr(GError) error = NULL;
  struct stat info;

  fill (fixture);
  g_mkdir (folder, 0700);
  g_assert_cmpuint (back_up (fixture, file), ==, 0);
  g_assert_cmpuint (count_children (folder), ==, 1);
  g_assert_cmpint (g_stat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  g_assert_true (ch_store_restore (file, target, NULL, &error));
  g_assert_no_error (error);
  assert_sound (target, N_DOCUMENTS);

  /* Once more onto what is there now: refused, and nothing of it lost. */
  g_assert_false (ch_store_restore (file, target, NULL, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_EXISTS);
  assert_sound (target, N_DOCUMENTS);
}

typedef struct {
  Fixture *fixture;
  gint     is_over;
  guint    n;
} Writing;

/* Another program's connection writes on while the copy is made. */
static gpointer
write_on (gpointer data)
{
  Writing *writing = data;
  Fixture *fixture = writing->fixture;
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStore) store = ch_store_open (fixture->dir, NULL, &error);

  g_assert_no_error (error);
  while (g_atomic_int_get (&writing->is_over) == 0)
    {
      g_assert_true (ch_store_begin (store, "sync", NOW + writing->n, &error));
      g_assert_true (ch_store_add_event (store, "test.written", 0, 0, NULL, NULL, &error));
      g_assert_true (ch_store_commit (store, &error));
      writing->n++;
    }
  ch_store_close (store);

  return NULL;
}

static void
test_while_others_write (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_autofree char *file = fixture_dup_path (fixture, "backup.tar");
  Writing writing = { fixture, 0, 0 };
  GThread *thread;

  fill (fixture);
  thread = g_thread_new ("write", write_on, &writing);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *target = g_strdup_printf ("%s/restored-%u", fixture->dir, i);
      g_autoptr(GError) error = NULL;

      g_assert_cmpuint (back_up (fixture, file), ==, 0);
      g_assert_true (ch_store_restore (file, target, NULL, &error));
      assert_sound (target, N_DOCUMENTS);
    }
  g_atomic_int_set (&writing.is_over, 1);
  g_thread_join (thread);
  g_assert_cmpuint (writing.n, >, 0);
}

static void
test_damaged_document_is_told (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autofree char *file = fixture_dup_path (fixture, "backup.tar");
  g_autofree char *target = fixture_dup_path (fixture, "target");
  g_autofree char *sha256 = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;

  fill (fixture);
  sha256 = add_certificate (fixture, 77);
  path = ch_store_dup_document_path (fixture->store, sha256);
  g_assert_true (g_file_set_contents (path, "other bytes", -1, NULL));
  g_assert_cmpuint (back_up (fixture, file), ==, 1);
  g_assert_false (ch_store_restore (file, target, NULL, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_CORRUPT);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
  g_clear_error (&error);

  g_unlink (path);
  g_assert_cmpuint (back_up (fixture, file), ==, 1);
  g_assert_true (ch_store_restore (file, target, NULL, &error));
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autofree char *folder = fixture_dup_path (fixture, "copies");
  g_autofree char *file = g_build_filename (folder, "backup.tar", NULL);
  g_autofree char *kept = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  guint n = 0;

  fill (fixture);
  g_mkdir (folder, 0700);
  g_assert_true (g_file_set_contents (file, "the copy before", -1, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (ch_store_backup (fixture->store, file, cancellable, NULL, NULL, problems, &n, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_children (folder), ==, 1);
  g_assert_true (g_file_get_contents (file, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "the copy before");
}

static void
test_no_place (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autofree char *file = fixture_dup_path (fixture, "no/such/folder/backup.tar");
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  guint n = 0;

  g_assert_false (ch_store_backup (fixture->store, file, NULL, NULL, NULL, problems, &n, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_IO);
}

/* @type: AE_IFREG or AE_IFLNK */
static void
write_tar (const char *file,
           const char *name,
           guint       type,
           const char *content)
{
  struct archive *archive = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();

  archive_write_set_format_pax_restricted (archive);
  g_assert_cmpint (archive_write_open_filename (archive, file), ==, ARCHIVE_OK);
  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, type);
  archive_entry_set_perm (entry, 0600);
  if (type == AE_IFLNK)
    archive_entry_set_symlink (entry, content);
  else
    archive_entry_set_size (entry, (gint64) strlen (content));
  archive_write_header (archive, entry);
  if (type != AE_IFLNK)
    archive_write_data (archive, content, strlen (content));
  archive_entry_free (entry);
  archive_write_free (archive);
}

static void
assert_refused (Fixture    *fixture,
                const char *file)
{
  g_autofree char *parent = fixture_dup_path (fixture, "refused");
  g_autofree char *target = g_build_filename (parent, "data", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_false (ch_store_restore (file, target, NULL, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_CORRUPT);
  g_assert_cmpuint (count_children (parent), ==, 0);
}

/* What comes out of a backup stays within its folder and is what its name says. */
static void
test_strange_archives (Fixture       *fixture,
                       gconstpointer  user_data)
{
  static const struct { const char *name; guint type; const char *content; } entries[] = {
    { "../escaped", AE_IFREG, "x" },
    { "/tmp/certholder-escaped", AE_IFREG, "x" },
    { "documents/../../escaped", AE_IFREG, "x" },
    { "documents/ab/cd", AE_IFREG, "x" },
    { "documents/00/00000000000000000000000000000000000000000000000000000000000000", AE_IFREG, "x" },
    { "certholder.db", AE_IFLNK, "/etc/passwd" },
    { "certholder.db-wal", AE_IFREG, "x" },
    { "documents", AE_IFLNK, "/tmp" },
  };
  g_autofree char *file = fixture_dup_path (fixture, "strange.tar");
  g_autofree char *good = fixture_dup_path (fixture, "backup.tar");
  g_autofree char *content = NULL;
  gsize length;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      write_tar (file, entries[i].name, entries[i].type, entries[i].content);
      assert_refused (fixture, file);
    }
  g_assert_true (g_file_set_contents (file, "this is no archive at all, whatever its name says", -1, NULL));
  assert_refused (fixture, file);
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  assert_refused (fixture, file);

  /* Cut off anywhere but behind its last entry, a good one is refused too. */
  fill (fixture);
  back_up (fixture, good);
  g_assert_true (g_file_get_contents (good, &content, &length, NULL));
  for (gsize cut = 100; cut < length - 20480; cut += length / 7)
    {
      g_assert_true (g_file_set_contents (file, content, (gssize) cut, NULL));
      assert_refused (fixture, file);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  FIXTURE_TEST ("/store/backup/there-and-back", fixture_set_up_desk, test_there_and_back);
  FIXTURE_TEST ("/store/backup/while-others-write", fixture_set_up_desk, test_while_others_write);
  FIXTURE_TEST ("/store/backup/damaged-document-is-told", fixture_set_up_desk, test_damaged_document_is_told);
  FIXTURE_TEST ("/store/backup/cancelled", fixture_set_up_desk, test_cancelled);
  FIXTURE_TEST ("/store/backup/no-place", fixture_set_up_desk, test_no_place);
  FIXTURE_TEST ("/store/backup/strange-archives", fixture_set_up_desk, test_strange_archives);

  return g_test_run ();
}
