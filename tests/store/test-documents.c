#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "store-fixture.h"

static guint
count_files (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      n += g_file_test (child, G_FILE_TEST_IS_DIR) ? count_files (child) : 1;
    }

  return n;
}

static guint
count_documents (Fixture *fixture)
{
  g_autofree char *path = fixture_dup_path (fixture, "documents");

  return count_files (path);
}

static int
make_source (Fixture *fixture,
             gsize    length)
{
  g_autofree char *path = fixture_dup_path (fixture, "source");
  g_autofree char *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (char) (i * 2654435761u >> 13);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));

  return open (path, O_RDONLY | O_CLOEXEC);
}

static void
test_same_bytes_are_one_document (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  g_autofree char *a = fixture_put_document (fixture, "abc");
  g_autofree char *b = fixture_put_document (fixture, "abc");
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *content = NULL;
  struct stat info;

  g_assert_cmpstr (a, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpuint (count_documents (fixture), ==, 1);
  path = ch_store_dup_document_path (fixture->store, a);
  g_assert_true (g_str_has_suffix (path, "/documents/ba/"
                                         "7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "abc");
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  folder = g_path_get_dirname (path);
  g_assert_cmpint (stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
}

static void
test_stream_is_read_to_its_end (Fixture       *fixture,
                                gconstpointer  user_data)
{
  const gsize length = 3 * 1024 * 1024 + 17;
  int fd = make_source (fixture, length);
  g_autofree char *sha256 = NULL;
  g_autofree char *again = NULL;
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *source = fixture_dup_path (fixture, "source");
  g_autofree char *bytes = NULL;
  g_autoptr(GError) error = NULL;
  gint64 size = 0;
  int found;
  char first[4];

  sha256 = ch_store_put_document_fd (fixture->store, fd, &size, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (size, ==, length);
  g_assert_true (g_file_get_contents (source, &bytes, NULL, NULL));
  g_checksum_update (checksum, (const guchar *) bytes, (gssize) length);
  g_assert_cmpstr (sha256, ==, g_checksum_get_string (checksum));
  close (fd);

  found = ch_store_open_document (fixture->store, sha256, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read (found, first, sizeof first), ==, sizeof first);
  g_assert_cmpmem (first, sizeof first, bytes, sizeof first);
  again = ch_store_put_document_fd (fixture->store, found, NULL, NULL, &error);   /* from where it stands */
  g_assert_cmpstr (again, !=, sha256);
  close (found);
  g_assert_cmpuint (count_documents (fixture), ==, 2);
}

static void
test_stream_from_a_pipe (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_autofree char *sha256 = NULL;
  g_autoptr(GError) error = NULL;
  int fds[2];

  g_assert_cmpint (pipe2 (fds, O_CLOEXEC | O_NONBLOCK), ==, 0);
  g_assert_cmpint (write (fds[1], "abc", 3), ==, 3);
  close (fds[1]);
  sha256 = ch_store_put_document_fd (fixture->store, fds[0], NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sha256, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  close (fds[0]);
}

static void
test_cancelled_stream_leaves_nothing (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  int fd = make_source (fixture, 100000);

  g_cancellable_cancel (cancellable);
  g_assert_null (ch_store_put_document_fd (fixture->store, fd, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_documents (fixture), ==, 0);
  close (fd);
}

static void
test_unreadable_source_is_said (Fixture       *fixture,
                                gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;
  int fd = open (fixture->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  g_assert_null (ch_store_put_document_fd (fixture->store, fd, NULL, NULL, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_IO);
  g_assert_cmpuint (count_documents (fixture), ==, 0);
  close (fd);
}

/* No file may grow beyond 200 kB: the kernel refuses the write as a full disk would. */
static void
test_full_disk_leaves_nothing (Fixture       *fixture,
                               gconstpointer  user_data)
{
  struct rlimit before, limit;
  g_autofree char *sha256 = NULL;
  g_autoptr(GError) error = NULL;
  int fd = make_source (fixture, 300000);

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 200000;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  sha256 = ch_store_put_document_fd (fixture->store, fd, NULL, NULL, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_null (sha256);
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_FULL);
  g_assert_cmpuint (count_documents (fixture), ==, 0);

  g_clear_error (&error);
  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
  sha256 = ch_store_put_document_fd (fixture->store, fd, NULL, NULL, &error);
  g_assert_no_error (error);
  close (fd);
}

static void
test_no_such_document (Fixture       *fixture,
                       gconstpointer  user_data)
{
  static const char * const names[] = {
    "aa7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "", "../../../../etc/passwd",
    "AA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_cmpint (ch_store_open_document (fixture->store, names[i], &error), ==, -1);
      g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND);
    }
}

/* A writer that was killed leaves its file unlocked; one that is at work holds it. */
static void
test_what_a_dead_writer_left_is_swept (Fixture       *fixture,
                                       gconstpointer  user_data)
{
  g_autofree char *documents = fixture_dup_path (fixture, "documents");
  g_autofree char *dead = g_build_filename (documents, "incoming-dead01", NULL);
  g_autofree char *alive = g_build_filename (documents, "incoming-live01", NULL);
  g_autofree char *kept = fixture_put_document (fixture, "kept");
  int fd;

  g_assert_true (g_file_set_contents (dead, "half", -1, NULL));
  g_assert_true (g_file_set_contents (alive, "half", -1, NULL));
  fd = open (alive, O_RDWR | O_CLOEXEC);
  g_assert_cmpint (flock (fd, LOCK_EX | LOCK_NB), ==, 0);
  fixture_reopen (fixture);
  g_assert_false (g_file_test (dead, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (alive, G_FILE_TEST_EXISTS));
  close (fd);
  g_assert_cmpuint (count_documents (fixture), ==, 2);
  fd = ch_store_open_document (fixture->store, kept, NULL);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  FIXTURE_TEST ("/store/documents/same-bytes-are-one-document", fixture_set_up, test_same_bytes_are_one_document);
  FIXTURE_TEST ("/store/documents/stream-is-read-to-its-end", fixture_set_up, test_stream_is_read_to_its_end);
  FIXTURE_TEST ("/store/documents/stream-from-a-pipe", fixture_set_up, test_stream_from_a_pipe);
  FIXTURE_TEST ("/store/documents/cancelled-stream-leaves-nothing", fixture_set_up,
                test_cancelled_stream_leaves_nothing);
  FIXTURE_TEST ("/store/documents/unreadable-source-is-said", fixture_set_up, test_unreadable_source_is_said);
  FIXTURE_TEST ("/store/documents/full-disk-leaves-nothing", fixture_set_up, test_full_disk_leaves_nothing);
  FIXTURE_TEST ("/store/documents/no-such-document", fixture_set_up, test_no_such_document);
  FIXTURE_TEST ("/store/documents/what-a-dead-writer-left-is-swept", fixture_set_up,
                test_what_a_dead_writer_left_is_swept);

  return g_test_run ();
}
