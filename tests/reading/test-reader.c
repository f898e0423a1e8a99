#include "config.h"

#include "certificate-comparison.h"
#include "reader-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define N_FILES_AT_ONCE 40
#define SLOW_PAGES 200

static char *real_reader;

static void
set_up (ReaderFixture *fixture,
        gconstpointer  data)
{
  g_setenv ("CERTHOLDER_READER", real_reader, TRUE);
  reader_fixture_set_up (fixture, data);
}

static void
assert_refused (ReaderFixture *fixture,
                const char    *path,
                ChReaderError  code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChReading) reading = reader_fixture_read (fixture, path, &error);

  g_assert_null (reading);
  g_assert_error (error, CH_READER_ERROR, (int) code);
  g_assert_cmpuint (strlen (error->message), >, 20);
}

static void
test_reads_what_is_drawn (ReaderFixture *fixture,
                          gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = reader_fixture_make_certificate ();
  g_autofree char *path = reader_fixture_draw (fixture, certificate);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChReading) reading = reader_fixture_read (fixture, path, &error);
  g_autoptr (GPtrArray) differences = NULL;
  guint i;

  g_assert_no_error (error);
  g_assert_cmpuint (reading->n_pages, ==, 1);
  g_assert_cmpuint (reading->certificates->len, ==, 1);
  g_assert_cmpfloat (reading->confidence, >=, 0.8);
  differences = certificate_differences (certificate, g_ptr_array_index (reading->certificates, 0));
  for (i = 0; i < differences->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (differences, i));
  g_assert_cmpuint (differences->len, ==, 0);
}

static void
test_every_value_has_its_place (ReaderFixture *fixture,
                                gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = reader_fixture_make_certificate ();
  g_autofree char *path = reader_fixture_draw (fixture, certificate);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChReading) reading = reader_fixture_read (fixture, path, &error);
  const ChCertificate *read;
  g_autoptr (ChFieldSet) values = NULL;
  guint i;

  g_assert_no_error (error);
  read = g_ptr_array_index (reading->certificates, 0);
  values = certificate_values (read);
  for (i = 0; i < ch_field_set_get_size (values); i++)
    {
      const char *name = ch_field_set_get_name (values, i);

      if (strchr (name, '.') != NULL)
        g_assert_cmpfloat (certificate_confidence (read, name), >, 0);
    }
  for (i = 0; i < read->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (read->fields, i);

      g_assert_cmpint (field->page, ==, 1);
      g_assert_cmpfloat (field->box[0], <, field->box[2]);
      g_assert_cmpfloat (field->box[1], <, field->box[3]);
      g_assert_cmpfloat (field->box[2], <, 612);
      g_assert_cmpfloat (field->box[3], <, 792);
    }
}

static void
test_refuses_text_file (ReaderFixture *fixture,
                        gconstpointer  data)
{
  g_autofree char *path = reader_fixture_write (fixture, "Dear all, please find the certificate attached.", -1);

  assert_refused (fixture, path, CH_READER_ERROR_NOT_PDF);
}

static void
test_refuses_empty_file (ReaderFixture *fixture,
                         gconstpointer  data)
{
  g_autofree char *path = reader_fixture_write (fixture, "", 0);

  assert_refused (fixture, path, CH_READER_ERROR_NOT_PDF);
}

static void
test_refuses_broken_file (ReaderFixture *fixture,
                          gconstpointer  data)
{
  g_autofree char *path = reader_fixture_write (fixture, "%PDF-1.7\n1 0 obj <</Type /Catalog", -1);

  assert_refused (fixture, path, CH_READER_ERROR_BROKEN);
}

/* Wherever a file was cut off, there is an answer, and the helper lives on. */
static void
test_survives_truncated_files (ReaderFixture *fixture,
                               gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = reader_fixture_make_certificate ();
  g_autofree char *path = reader_fixture_draw (fixture, certificate);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  guint i;

  g_assert_true (g_file_get_contents (path, &contents, &length, &error));
  for (i = 1; i < 16; i++)
    {
      g_autofree char *cut = reader_fixture_write (fixture, contents, (gssize) (length * i / 16));
      g_autoptr (GError) refusal = NULL;
      g_autoptr (ChReading) reading = reader_fixture_read (fixture, cut, &refusal);

      g_assert_true ((reading != NULL) != (refusal != NULL));
      if (refusal != NULL)
        g_assert_false (g_error_matches (refusal, CH_READER_ERROR, CH_READER_ERROR_CRASHED));
    }
}

static void
test_refuses_password (ReaderFixture *fixture,
                       gconstpointer  data)
{
  static const char text[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj\n"
    "4 0 obj<</Filter/Standard/V 1/R 2/P -4/O(0123456789abcdef0123456789abcdef)"
    "/U(fedcba9876543210fedcba9876543210)>>endobj\n"
    "trailer<</Root 1 0 R/Encrypt 4 0 R/ID[(0123456789abcdef)(0123456789abcdef)]>>\n%%EOF\n";
  g_autofree char *path = reader_fixture_write (fixture, text, -1);

  assert_refused (fixture, path, CH_READER_ERROR_ENCRYPTED);
}

static void
test_refuses_many_pages_quickly (ReaderFixture *fixture,
                                 gconstpointer  data)
{
  g_autofree char *path = reader_fixture_draw_pages (fixture, 500, "Page");

  assert_refused (fixture, path, CH_READER_ERROR_TOO_LARGE);
}

static void
test_refuses_huge_file (ReaderFixture *fixture,
                        gconstpointer  data)
{
  g_autofree char *path = reader_fixture_write (fixture, "%PDF-1.7\n", -1);

  g_assert_cmpint (truncate (path, 200 * 1024 * 1024), ==, 0);
  assert_refused (fixture, path, CH_READER_ERROR_TOO_LARGE);
}

static void
test_refuses_pages_without_text (ReaderFixture *fixture,
                                 gconstpointer  data)
{
  g_autofree char *path = reader_fixture_draw_pages (fixture, 2, NULL);

  assert_refused (fixture, path, CH_READER_ERROR_NO_TEXT);
}

static void
test_refuses_letter (ReaderFixture *fixture,
                     gconstpointer  data)
{
  g_autofree char *path = reader_fixture_draw_pages (fixture, 1, "We require a certificate on ACORD 25 (2016/03).");

  assert_refused (fixture, path, CH_READER_ERROR_NO_CERTIFICATE);
}

static void
test_refuses_folder (ReaderFixture *fixture,
                     gconstpointer  data)
{
  assert_refused (fixture, fixture->folder, CH_READER_ERROR_NOT_PDF);
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static void
test_helper_missing (ReaderFixture *fixture,
                     gconstpointer  data)
{
  g_autofree char *path = reader_fixture_draw_pages (fixture, 1, "Page");

  g_setenv ("CERTHOLDER_READER", "/nonexistent/certholder-reader", TRUE);
  assert_refused (fixture, path, CH_READER_ERROR_NO_HELPER);
}

static void
test_helper_dies (ReaderFixture *fixture,
                  gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = reader_fixture_make_certificate ();
  g_autofree char *path = reader_fixture_draw (fixture, certificate);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChReading) reading = NULL;

  reader_fixture_use_helper (fixture, "exit 1");
  assert_refused (fixture, path, CH_READER_ERROR_CRASHED);

  g_setenv ("CERTHOLDER_READER", real_reader, TRUE);
  reading = reader_fixture_read (fixture, path, &error);
  g_assert_no_error (error);
}

/* An answer of the right shape around bytes that are no reading. */
static void
test_helper_talks_nonsense (ReaderFixture *fixture,
                            gconstpointer  data)
{
  g_autofree char *path = reader_fixture_draw_pages (fixture, 1, "Page");

  reader_fixture_use_helper (fixture, "printf '\\003\\000\\000\\000\\020\\000\\000\\000' >&3\n"
                                      "head -c 40 /dev/zero | tr '\\000' '\\377' >&3\nexec sleep 1000");
  assert_refused (fixture, path, CH_READER_ERROR_CRASHED);
}

/* A length that no answer has: must not be believed. */
static void
test_helper_announces_too_much (ReaderFixture *fixture,
                                gconstpointer  data)
{
  g_autofree char *path = reader_fixture_draw_pages (fixture, 1, "Page");

  reader_fixture_use_helper (fixture, "printf '\\003\\000\\000\\000\\377\\377\\377\\377' >&3\n"
                                      "head -c 24 /dev/zero >&3\nexec sleep 1000");
  assert_refused (fixture, path, CH_READER_ERROR_CRASHED);
}

/* The helper that this process started and that is still alive; 0 while there is none. */
static pid_t
find_helper (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc", name, "stat", NULL);
      g_autofree char *text = NULL;
      char state;
      int parent;

      if (!g_ascii_isdigit (*name) || !g_file_get_contents (path, &text, NULL, NULL)
          || strstr (text, "(certholder-read") == NULL || strchr (text, ')') == NULL)
        continue;
      if (sscanf (strchr (text, ')'), ") %c %d", &state, &parent) == 2 && parent == getpid () && state != 'Z')
        return atoi (name);
    }

  return 0;
}

static void
test_helper_killed_costs_one_file (ReaderFixture *fixture,
                                   gconstpointer  data)
{
  g_autofree char *slow = reader_fixture_draw_pages (fixture, SLOW_PAGES, "A page of the endorsements");
  g_autoptr (ChCertificate) certificate = reader_fixture_make_certificate ();
  g_autofree char *path = reader_fixture_draw (fixture, certificate);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (ChReading) next = NULL;
  g_autoptr (GError) error = NULL;
  int fd = open (slow, O_RDONLY | O_CLOEXEC);
  pid_t helper;

  ch_reader_read_async (fixture->reader, fd, NULL, keep_result_cb, &result);
  close (fd);
  while ((helper = find_helper ()) == 0)
    g_thread_yield ();
  g_assert_cmpint (kill (helper, SIGKILL), ==, 0);

  reading = ch_reader_read_finish (fixture->reader, wait_for (&result), &error);
  g_assert_null (reading);
  g_assert_error (error, CH_READER_ERROR, CH_READER_ERROR_CRASHED);

  g_clear_error (&error);
  next = reader_fixture_read (fixture, path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (next->certificates->len, ==, 1);
}

static void
test_cancelled (ReaderFixture *fixture,
                gconstpointer  data)
{
  g_autofree char *path = reader_fixture_draw_pages (fixture, 1, "Page");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  /* A helper that never answers. */
  reader_fixture_use_helper (fixture, "exec sleep 1000");
  ch_reader_read_async (fixture->reader, fd, cancellable, keep_result_cb, &result);
  close (fd);
  g_cancellable_cancel (cancellable);

  g_assert_null (ch_reader_read_finish (fixture->reader, wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The process that wrote its number into a file; waits for it. */
static pid_t
wait_for_pid (const char *path)
{
  for (;;)
    {
      g_autofree char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL) && strchr (text, '\n') != NULL)
        return atoi (text);
      g_thread_yield ();
    }
}

/* Once the answer is there, so that not even a program that ends at once leaves it behind. */
static void
test_helper_that_loops_is_ended (ReaderFixture *fixture,
                                 gconstpointer  data)
{
  g_autofree char *path = reader_fixture_draw_pages (fixture, 1, "Page");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *pid_path = reader_fixture_path (fixture, "pid");
  g_autofree char *script = g_strdup_printf ("echo $$ > '%s'\nwhile :; do :; done", pid_path);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  pid_t helper;

  reader_fixture_use_helper (fixture, script);
  ch_reader_read_async (fixture->reader, fd, cancellable, keep_result_cb, &result);
  close (fd);
  helper = wait_for_pid (pid_path);
  g_cancellable_cancel (cancellable);

  g_assert_null (ch_reader_read_finish (fixture->reader, wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (kill (helper, 0), ==, -1);
  g_assert_cmpint (errno, ==, ESRCH);
}

static void
test_closed_while_waiting (ReaderFixture *fixture,
                           gconstpointer  data)
{
  g_autofree char *path = reader_fixture_draw_pages (fixture, 1, "Page");
  g_autoptr (GError) error = NULL;
  GAsyncResult *results[8] = { NULL };
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  guint i;

  reader_fixture_use_helper (fixture, "exec sleep 1000");
  for (i = 0; i < G_N_ELEMENTS (results); i++)
    ch_reader_read_async (fixture->reader, fd, NULL, keep_result_cb, &results[i]);
  close (fd);
  ch_reader_close (fixture->reader);

  for (i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_assert_null (ch_reader_read_finish (fixture->reader, wait_for (&results[i]), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_object_unref (results[i]);
    }
}

static void
test_many_at_once (ReaderFixture *fixture,
                   gconstpointer  data)
{
  g_autoptr (ChCertificate) certificate = reader_fixture_make_certificate ();
  g_autofree char *good = reader_fixture_draw (fixture, certificate);
  g_autofree char *bad = reader_fixture_write (fixture, "not a PDF", -1);
  GAsyncResult *results[N_FILES_AT_ONCE] = { NULL };
  guint i;

  for (i = 0; i < N_FILES_AT_ONCE; i++)
    {
      int fd = open (i % 4 == 3 ? bad : good, O_RDONLY | O_CLOEXEC);

      ch_reader_read_async (fixture->reader, fd, NULL, keep_result_cb, &results[i]);
      close (fd);
    }
  for (i = 0; i < N_FILES_AT_ONCE; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ChReading) reading = ch_reader_read_finish (fixture->reader, wait_for (&results[i]), &error);

      g_assert_true ((reading != NULL) == (i % 4 != 3));
      if (reading == NULL)
        g_assert_error (error, CH_READER_ERROR, CH_READER_ERROR_NOT_PDF);
      g_object_unref (results[i]);
    }
}

static ChPageImage *
render (ReaderFixture *fixture,
        const char    *path,
        guint          page,
        double         scale,
        guint         *n_pages,
        GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  ch_reader_render_async (fixture->reader, fd, page, scale, NULL, keep_result_cb, &result);
  close (fd);

  return ch_reader_render_finish (fixture->reader, wait_for (&result), n_pages, error);
}

static void
test_renders_page (ReaderFixture *fixture,
                   gconstpointer  data)
{
  g_autofree char *path = reader_fixture_draw_pages (fixture, 3, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChPageImage) image = NULL;
  const guint32 *pixels;
  guint n_pages = 0;

  image = render (fixture, path, 2, 1.5, &n_pages, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_pages, ==, 3);
  g_assert_cmpint (image->width, ==, 918);
  g_assert_cmpint (image->height, ==, 1188);
  g_assert_cmpfloat (image->points_width, ==, 612);
  g_assert_cmpfloat (image->points_height, ==, 792);
  g_assert_cmpuint (g_bytes_get_size (image->pixels), ==, (gsize) image->stride * (gsize) image->height);

  /* White paper, and the black square from 72 to 272 points. */
  pixels = g_bytes_get_data (image->pixels, NULL);
  g_assert_cmphex (pixels[0], ==, 0xffffffff);
  g_assert_cmphex (pixels[(gsize) (150 * image->stride / 4) + 150], ==, 0xff000000);
}

static void
test_renders_no_page_beyond_the_last (ReaderFixture *fixture,
                                      gconstpointer  data)
{
  g_autofree char *path = reader_fixture_draw_pages (fixture, 1, "Page");
  g_autoptr (GError) error = NULL;

  g_assert_null (render (fixture, path, 2, 1, NULL, &error));
  g_assert_error (error, CH_READER_ERROR, CH_READER_ERROR_BROKEN);
}

static void
test_renders_no_gigantic_page (ReaderFixture *fixture,
                               gconstpointer  data)
{
  g_autofree char *path = reader_fixture_draw_pages (fixture, 1, "Page");
  g_autoptr (GError) error = NULL;

  g_assert_null (render (fixture, path, 1, 100, NULL, &error));
  g_assert_error (error, CH_READER_ERROR, CH_READER_ERROR_TOO_LARGE);
}

#define ADD(name, function)                                                                                            \
  g_test_add ("/reading/reader/" name, ReaderFixture, NULL, set_up, function, reader_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  real_reader = g_strdup (g_getenv ("CERTHOLDER_READER"));
  g_assert_nonnull (real_reader);

  ADD ("reads-what-is-drawn", test_reads_what_is_drawn);
  ADD ("every-value-has-its-place", test_every_value_has_its_place);
  ADD ("refuses-text-file", test_refuses_text_file);
  ADD ("refuses-empty-file", test_refuses_empty_file);
  ADD ("refuses-broken-file", test_refuses_broken_file);
  ADD ("survives-truncated-files", test_survives_truncated_files);
  ADD ("refuses-password", test_refuses_password);
  ADD ("refuses-many-pages-quickly", test_refuses_many_pages_quickly);
  ADD ("refuses-huge-file", test_refuses_huge_file);
  ADD ("refuses-pages-without-text", test_refuses_pages_without_text);
  ADD ("refuses-letter", test_refuses_letter);
  ADD ("refuses-folder", test_refuses_folder);
  ADD ("helper-missing", test_helper_missing);
  ADD ("helper-dies", test_helper_dies);
  ADD ("helper-talks-nonsense", test_helper_talks_nonsense);
  ADD ("helper-announces-too-much", test_helper_announces_too_much);
  ADD ("helper-killed-costs-one-file", test_helper_killed_costs_one_file);
  ADD ("helper-that-loops-is-ended", test_helper_that_loops_is_ended);
  ADD ("cancelled", test_cancelled);
  ADD ("closed-while-waiting", test_closed_while_waiting);
  ADD ("many-at-once", test_many_at_once);
  ADD ("renders-page", test_renders_page);
  ADD ("renders-no-page-beyond-the-last", test_renders_no_page_beyond_the_last);
  ADD ("renders-no-gigantic-page", test_renders_no_gigantic_page);
  status = g_test_run ();
  g_free (real_reader);

  return status;
}
