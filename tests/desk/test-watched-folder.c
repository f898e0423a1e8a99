#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>

#include <glib/gstdio.h>

#include "ch-desk-review.h"
#include "ch-store-matches.h"
#include "ch-watched-folder-private.h"
#include "desk-fixture.h"

/* A real folder, the real helper, real PDFs. What is to stay away is shown by something later that does come. */

typedef struct {
  Fixture          desk_fixture;
  char            *folder;
  ChDeskWorker    *desk;
  ChReader        *reader;
  ChWatchedFolder *watched;
  GPtrArray       *names;       /* (element-type utf8): of what was taken, in order */
  GPtrArray       *problems;    /* (element-type utf8): beside them, "" for none */
} Watch;

static const ChWatchedPace quick = { 20, 600000, 50 };

static void
on_taken_cb (ChWatchedFolder *watched,
             const char      *name,
             GPtrArray       *filed,
             const char      *problem,
             Watch           *watch)
{
  g_ptr_array_add (watch->names, g_strdup (name));
  g_ptr_array_add (watch->problems, g_strdup (problem != NULL ? problem : ""));
}

static void
set_folder (Watch      *watch,
            const char *path)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (ch_desk_change_setting (watch->desk_fixture.desk, CH_SETTING_WATCHED_FOLDER, path, &error));
  g_assert_no_error (error);
  while (g_strcmp0 (ch_watched_folder_get_path (watch->watched), path) != 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Watch         *watch,
        gconstpointer  user_data)
{
  Fixture *fixture = &watch->desk_fixture;
  g_autoptr(GError) error = NULL;

  fixture_set_up (fixture, NULL);
  watch->folder = g_dir_make_tmp ("watched-XXXXXX", &error);
  watch->names = g_ptr_array_new_with_free_func (g_free);
  watch->problems = g_ptr_array_new_with_free_func (g_free);
  watch->desk = ch_desk_worker_new (fixture->dir, fixture->hub, CH_CLOCK (fixture->clock), "desk:test", &error);
  g_assert_no_error (error);
  watch->reader = ch_reader_new ();
  watch->watched = ch_watched_folder_new (watch->desk, watch->reader, fixture->hub);
  _ch_watched_folder_set_pace (watch->watched, &quick);
  g_signal_connect (watch->watched, "taken", G_CALLBACK (on_taken_cb), watch);
  set_folder (watch, watch->folder);
}

static void
tear_down (Watch         *watch,
           gconstpointer  user_data)
{
  ch_watched_folder_close (watch->watched);
  ch_reader_close (watch->reader);
  ch_desk_worker_close (watch->desk);
  /* what was asked for last is answered, and lets go */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (watch->watched);
  g_assert_finalize_object (watch->desk);
  g_assert_finalize_object (watch->reader);
  g_ptr_array_unref (watch->names);
  g_ptr_array_unref (watch->problems);
  fixture_remove_tree (watch->folder);
  g_free (watch->folder);
  fixture_tear_down (&watch->desk_fixture, NULL);
}

static char *
dup_path (Watch      *watch,
          const char *name)
{
  return g_build_filename (watch->folder, name, NULL);
}

/* A sample; with something behind its end, which makes it another document that says the same. */
static char *
dup_sample (const char *name,
            const char *more,
            gsize      *length)
{
  g_autofree char *file = g_strconcat (name, ".pdf", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("CERTHOLDER_BUILD_DIR"), "data", "samples", file, NULL);
  g_autofree char *data = NULL;
  char *all;

  g_assert_true (g_file_get_contents (path, &data, length, NULL));
  all = g_malloc (*length + strlen (more) + 1);
  memcpy (all, data, *length);
  memcpy (all + *length, more, strlen (more) + 1);
  *length += strlen (more);

  return all;
}

static void
drop (Watch      *watch,
      const char *name,
      const char *sample)
{
  g_autofree char *path = dup_path (watch, name);
  gsize length;
  g_autofree char *data = dup_sample (sample, "", &length);

  g_assert_true (g_file_set_contents (path, data, (gssize)length, NULL));
}

static void
wait_for (Watch *watch,
          guint  n)
{
  while (watch->names->len < n)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (watch->names->len, ==, n);
}

static const char *
get_last (Watch *watch)
{
  return g_ptr_array_index (watch->names, watch->names->len - 1);
}

static guint
count_certificates (Watch *watch)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) all = ch_store_list_certificates (watch->desk_fixture.store, 0, FALSE, &error);

  g_assert_no_error (error);

  return all->len;
}

static void
test_a_dropped_file_is_taken_in (Watch         *watch,
                                 gconstpointer  user_data)
{
  Fixture *fixture = &watch->desk_fixture;
  g_autofree char *path = dup_path (watch, "coi.pdf");
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) events = NULL;
  g_autoptr(GError) error = NULL;
  const ChFiledCertificate *filed;

  fixture_put_vendor (fixture, SUB_2, "Blue Heron Electric, LLC");
  drop (watch, "coi.pdf", "blue-heron-electric");
  wait_for (watch, 1);
  g_assert_cmpstr (get_last (watch), ==, "coi.pdf");
  g_assert_cmpstr (g_ptr_array_index (watch->problems, 0), ==, "");
  all = ch_store_list_certificates (fixture->store, 0, FALSE, &error);
  g_assert_cmpuint (all->len, ==, 1);
  filed = g_ptr_array_index (all, 0);
  g_assert_cmpstr (filed->file_name, ==, "coi.pdf");
  g_assert_cmpint (filed->vendor_id, ==, SUB_2);
  g_assert_cmpint (filed->review, ==, CH_REVIEW_PENDING);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));   /* it is the person's */

  events = ch_store_list_events (fixture->store, 0, SUB_2, 0, &error);
  g_assert_nonnull (strstr (((ChEvent *)g_ptr_array_index (events, 0))->detail, "\"source\":\"watched_folder\""));
}

/* Touched, renamed, put there again, and looked at by the next run of the program: it stays one. */
static void
test_a_file_is_taken_once (Watch         *watch,
                           gconstpointer  user_data)
{
  g_autofree char *first = dup_path (watch, "coi.pdf");
  g_autofree char *second = dup_path (watch, "renamed.pdf");
  g_autoptr(GPtrArray) copies = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;
  g_autofree char *again = dup_sample ("blue-heron-electric", "\n% saved anew\n", &length);

  drop (watch, "coi.pdf", "blue-heron-electric");
  wait_for (watch, 1);
  g_assert_cmpint (g_utime (first, NULL), ==, 0);
  drop (watch, "copy.pdf", "blue-heron-electric");
  g_assert_cmpint (g_rename (first, second), ==, 0);
  drop (watch, "other.pdf", "delgado-steel");
  wait_for (watch, 2);
  g_assert_cmpstr (get_last (watch), ==, "other.pdf");
  g_assert_cmpuint (count_certificates (watch), ==, 2);

  /* other bytes that say the same are a copy of it */
  g_assert_true (g_file_set_contents (second, again, (gssize)length, NULL));
  wait_for (watch, 3);
  g_assert_cmpuint (count_certificates (watch), ==, 2);
  copies = ch_store_list_certificate_copies (watch->desk_fixture.store, 1, &error);
  g_assert_cmpuint (copies->len, ==, 1);

  set_folder (watch, NULL);
  set_folder (watch, watch->folder);
  drop (watch, "third.pdf", "northline-roofing");
  wait_for (watch, 4);
  g_assert_cmpstr (get_last (watch), ==, "third.pdf");
  g_assert_cmpuint (count_certificates (watch), ==, 3);
}

/* It has its end already, but somebody still has it open for writing. */
static void
test_an_open_file_is_waited_for (Watch         *watch,
                                 gconstpointer  user_data)
{
  g_autofree char *path = dup_path (watch, "growing.pdf");
  gsize length;
  g_autofree char *data = dup_sample ("blue-heron-electric", "", &length);
  int fd = open (path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, length), ==, (gssize)length);
  drop (watch, "other.pdf", "delgado-steel");
  wait_for (watch, 1);
  g_assert_cmpstr (get_last (watch), ==, "other.pdf");
  drop (watch, "third.pdf", "northline-roofing");
  wait_for (watch, 2);
  g_assert_cmpstr (get_last (watch), ==, "third.pdf");

  close (fd);
  wait_for (watch, 3);
  g_assert_cmpstr (get_last (watch), ==, "growing.pdf");
  g_assert_cmpstr (g_ptr_array_index (watch->problems, 2), ==, "");
}

/* Written in two strokes, closed in between. */
static void
test_a_cut_off_file_is_waited_for (Watch         *watch,
                                   gconstpointer  user_data)
{
  g_autofree char *path = dup_path (watch, "slow.pdf");
  gsize length;
  g_autofree char *data = dup_sample ("blue-heron-electric", "", &length);

  g_assert_true (g_file_set_contents (path, data, (gssize)length / 2, NULL));
  drop (watch, "other.pdf", "delgado-steel");
  wait_for (watch, 1);
  g_assert_cmpstr (get_last (watch), ==, "other.pdf");

  g_assert_true (g_file_set_contents (path, data, (gssize)length, NULL));
  wait_for (watch, 2);
  g_assert_cmpstr (get_last (watch), ==, "slow.pdf");
  g_assert_cmpstr (g_ptr_array_index (watch->problems, 1), ==, "");
}

/* Nobody finishes it: a person is to see it all the same. */
static void
test_patience_ends (Watch         *watch,
                    gconstpointer  user_data)
{
  static const ChWatchedPace hasty = { 20, 60, 50 };
  g_autofree char *path = dup_path (watch, "broken.pdf");
  gsize length;
  g_autofree char *data = dup_sample ("blue-heron-electric", "", &length);

  _ch_watched_folder_set_pace (watch->watched, &hasty);
  g_assert_true (g_file_set_contents (path, data, 300, NULL));
  wait_for (watch, 1);
  g_assert_cmpstr (g_ptr_array_index (watch->problems, 0), !=, "");
  g_assert_cmpuint (count_certificates (watch), ==, 1);
}

static void
test_unfinished_names_are_left_alone (Watch         *watch,
                                      gconstpointer  user_data)
{
  g_autofree char *part = dup_path (watch, "coi.pdf.part");
  g_autofree char *whole = dup_path (watch, "coi.pdf");

  drop (watch, "coi.pdf.part", "blue-heron-electric");
  drop (watch, ".hidden.pdf", "pine-and-sons-drywall");
  drop (watch, "other.pdf", "delgado-steel");
  wait_for (watch, 1);
  g_assert_cmpstr (get_last (watch), ==, "other.pdf");
  g_assert_cmpint (g_rename (part, whole), ==, 0);
  wait_for (watch, 2);
  g_assert_cmpstr (get_last (watch), ==, "coi.pdf");
  g_assert_cmpuint (count_certificates (watch), ==, 2);
}

static void
test_other_files_are_not_filed (Watch         *watch,
                                gconstpointer  user_data)
{
  g_autofree char *notes = dup_path (watch, "notes.txt");
  g_autofree char *fake = dup_path (watch, "fake.pdf");
  g_autofree char *folder = dup_path (watch, "sub.pdf");

  g_assert_true (g_file_set_contents (notes, "to be done", -1, NULL));
  g_assert_true (g_file_set_contents (fake, "this is no PDF", -1, NULL));
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  wait_for (watch, 1);
  g_assert_cmpstr (get_last (watch), ==, "fake.pdf");   /* that is told; notes are nobody's business */
  g_assert_cmpstr (g_ptr_array_index (watch->problems, 0), ==, "This is neither a PDF nor a picture.");
  drop (watch, "other.pdf", "delgado-steel");
  wait_for (watch, 2);
  g_assert_cmpuint (count_certificates (watch), ==, 1);
}

static void
test_the_setting_is_followed (Watch         *watch,
                              gconstpointer  user_data)
{
  g_autofree char *other = g_dir_make_tmp ("watched-XXXXXX", NULL);
  g_autofree char *before = watch->folder;

  set_folder (watch, NULL);
  drop (watch, "coi.pdf", "blue-heron-electric");
  watch->folder = g_steal_pointer (&other);
  set_folder (watch, watch->folder);
  drop (watch, "there.pdf", "delgado-steel");
  wait_for (watch, 1);
  g_assert_cmpstr (get_last (watch), ==, "there.pdf");
  fixture_remove_tree (before);
}

/* A program that shares nothing with this one but the database. */
static void
test_the_setting_of_another_program_is_followed (Watch         *watch,
                                                 gconstpointer  user_data)
{
  Fixture *fixture = &watch->desk_fixture;
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStore) store = NULL;
  g_autoptr(ChDesk) desk = NULL;

  set_folder (watch, NULL);
  store = ch_store_open (fixture->dir, NULL, &error);
  g_assert_no_error (error);
  desk = ch_desk_new (store, CH_CLOCK (fixture->clock), "desk:other");
  g_assert_true (ch_desk_change_setting (desk, CH_SETTING_WATCHED_FOLDER, watch->folder, &error));
  while (ch_watched_folder_get_path (watch->watched) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&desk);
  ch_store_close (store);
}

/* A share that is not there now may be there later. */
static void
test_a_missing_folder_is_told (Watch         *watch,
                               gconstpointer  user_data)
{
  g_autofree char *path = dup_path (watch, "mounted-later");
  g_autofree char *file = g_build_filename (path, "coi.pdf", NULL);
  gsize length;
  g_autofree char *data = dup_sample ("delgado-steel", "", &length);

  set_folder (watch, path);
  while (ch_watched_folder_get_problem (watch->watched) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, data, (gssize)length, NULL));
  wait_for (watch, 1);
  g_assert_null (ch_watched_folder_get_problem (watch->watched));
}

#define ADD(path, func) g_test_add (path, Watch, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/desk/watched-folder/dropped-file-is-taken-in", test_a_dropped_file_is_taken_in);
  ADD ("/desk/watched-folder/file-is-taken-once", test_a_file_is_taken_once);
  ADD ("/desk/watched-folder/open-file-is-waited-for", test_an_open_file_is_waited_for);
  ADD ("/desk/watched-folder/cut-off-file-is-waited-for", test_a_cut_off_file_is_waited_for);
  ADD ("/desk/watched-folder/patience-ends", test_patience_ends);
  ADD ("/desk/watched-folder/unfinished-names-are-left-alone", test_unfinished_names_are_left_alone);
  ADD ("/desk/watched-folder/other-files-are-not-filed", test_other_files_are_not_filed);
  ADD ("/desk/watched-folder/setting-is-followed", test_the_setting_is_followed);
  ADD ("/desk/watched-folder/setting-of-another-program", test_the_setting_of_another_program_is_followed);
  ADD ("/desk/watched-folder/missing-folder-is-told", test_a_missing_folder_is_told);

  return g_test_run ();
}
