#include "config.h"

#include "desk-data.h"

#include "ch-intake.h"
#include "ch-store-certificates.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>

typedef struct {
  char     *dir;
  ChOffice *office;
  ChIntake *intake;
  gboolean  is_finished;
} Fixture;

static void
on_finished_cb (ChIntake *intake,
                Fixture  *fixture)
{
  fixture->is_finished = TRUE;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("app-XXXXXX", NULL);
  desk_data_fill (fixture->dir, 3, 8, 0);
  fixture->office = ch_office_new (fixture->dir, &error);
  g_assert_no_error (error);
  fixture->intake = ch_intake_new (fixture->office);
  g_signal_connect (fixture->intake, "finished", G_CALLBACK (on_finished_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_assert_finalize_object (fixture->intake);
  ch_office_close (fixture->office);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->office);
  desk_data_remove (fixture->dir);
  g_free (fixture->dir);
}

static GFile *
get_sample (const char *name)
{
  return g_file_new_build_filename (g_getenv ("CERTHOLDER_BUILD_DIR"), "data", "samples", name, NULL);
}

static GFile *
write_file (Fixture    *fixture,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

/* Eats the files. */
static void
take_in (Fixture *fixture,
         GFile   *first,
         GFile   *second,
         gint64   vendor_id,
         gint64   project_id)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, first);
  if (second != NULL)
    g_ptr_array_add (files, second);
  fixture->is_finished = FALSE;
  ch_intake_add (fixture->intake, files, vendor_id, project_id);
  while (!fixture->is_finished)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_a_dropped_certificate_is_read_and_filed (Fixture       *fixture,
                                              gconstpointer  user_data)
{
  g_autoptr(ChFiledCertificate) filed = NULL;

  take_in (fixture, get_sample ("blue-heron-electric.pdf"), NULL, DESK_DATA_SUB, DESK_DATA_PROJECT);
  g_assert_cmpuint (ch_intake_get_problems (fixture->intake)->len, ==, 0);
  g_assert_cmpuint (ch_intake_get_n_filed (fixture->intake), ==, 1);

  filed = ch_store_get_certificate (ch_office_get_store (fixture->office),
                                    ch_intake_get_last_certificate (fixture->intake), NULL);
  g_assert_cmpint (filed->vendor_id, ==, DESK_DATA_SUB);
  g_assert_cmpuint (filed->project_ids->len, ==, 1);
  g_assert_cmpstr (filed->file_name, ==, "blue-heron-electric.pdf");
  g_assert_cmpint (filed->review, ==, CH_REVIEW_PENDING);
  g_assert_cmpuint (filed->certificate->policies->len, ==, 4);
}

static void
test_the_same_file_twice_is_one_certificate (Fixture       *fixture,
                                             gconstpointer  user_data)
{
  g_autoptr(GPtrArray) all = NULL;

  take_in (fixture, get_sample ("delgado-steel.pdf"), get_sample ("delgado-steel.pdf"), 0, 0);
  g_assert_cmpuint (ch_intake_get_problems (fixture->intake)->len, ==, 0);
  all = ch_store_list_certificates (ch_office_get_store (fixture->office), 0, FALSE, NULL);
  g_assert_cmpuint (all->len, ==, 1);
}

static void
test_what_is_no_pdf_is_told_and_left_out (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autoptr(GPtrArray) all = NULL;
  const ChIntakeProblem *problem;

  take_in (fixture, write_file (fixture, "letter.txt", "Dear all"), write_file (fixture, "empty.pdf", ""), 0, 0);
  g_assert_cmpuint (ch_intake_get_n_filed (fixture->intake), ==, 0);
  g_assert_cmpuint (ch_intake_get_problems (fixture->intake)->len, ==, 2);
  problem = g_ptr_array_index (ch_intake_get_problems (fixture->intake), 0);
  g_assert_false (problem->is_filed);
  g_assert_cmpstr (problem->file_name, ==, "letter.txt");
  all = ch_store_list_certificates (ch_office_get_store (fixture->office), 0, FALSE, NULL);
  g_assert_cmpuint (all->len, ==, 0);
}

static void
test_a_folder_and_a_missing_file_are_told (Fixture       *fixture,
                                           gconstpointer  user_data)
{
  take_in (fixture, g_file_new_for_path (fixture->dir), g_file_new_for_path ("/nonexistent/certificate.pdf"), 0, 0);
  g_assert_cmpuint (ch_intake_get_n_filed (fixture->intake), ==, 0);
  g_assert_cmpuint (ch_intake_get_problems (fixture->intake)->len, ==, 2);
}

static void
test_a_broken_pdf_is_filed_for_a_person_to_read (Fixture       *fixture,
                                                 gconstpointer  user_data)
{
  const ChIntakeProblem *problem;
  g_autoptr(GPtrArray) all = NULL;

  take_in (fixture, write_file (fixture, "broken.pdf", "%PDF-1.7\nthis is where the damage begins\n"), NULL, 0, 0);
  g_assert_cmpuint (ch_intake_get_problems (fixture->intake)->len, ==, 1);
  problem = g_ptr_array_index (ch_intake_get_problems (fixture->intake), 0);
  all = ch_store_list_certificates (ch_office_get_store (fixture->office), 0, FALSE, NULL);
  g_assert_cmpuint (all->len, ==, problem->is_filed ? 1 : 0);
}

typedef struct {
  guint  last_page;
  double last_fraction;
} Told;

static void
on_progress_cb (ChIntake *intake,
                Told     *told)
{
  guint page, n_pages;
  const char *file_name = ch_intake_get_page (intake, &page, &n_pages);

  g_assert_cmpfloat (ch_intake_get_fraction (intake), >=, told->last_fraction);
  told->last_fraction = ch_intake_get_fraction (intake);
  if (file_name == NULL)
    return;

  g_assert_cmpstr (file_name, ==, "letter.pdf");
  g_assert_cmpuint (n_pages, ==, 3);
  g_assert_cmpuint (page, ==, told->last_page + 1);
  g_assert_cmpfloat (told->last_fraction, <, 1);
  told->last_page = page;
}

static void
test_the_pages_of_a_long_file_are_told_as_they_are_read (Fixture       *fixture,
                                                         gconstpointer  user_data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "letter.pdf", NULL);
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 612, 792);
  cairo_t *context = cairo_create (surface);
  Told told = { 0, 0 };
  guint page, n_pages;

  for (guint i = 0; i < 3; i++)
    {
      cairo_move_to (context, 72, 72);
      cairo_show_text (context, "Dear all, the certificates follow.");
      cairo_show_page (context);
    }
  cairo_destroy (context);
  cairo_surface_destroy (surface);

  g_signal_connect (fixture->intake, "progress", G_CALLBACK (on_progress_cb), &told);
  take_in (fixture, g_file_new_for_path (path), NULL, 0, 0);
  g_signal_handlers_disconnect_by_data (fixture->intake, &told);

  g_assert_cmpuint (told.last_page, ==, 3);
  g_assert_null (ch_intake_get_page (fixture->intake, &page, &n_pages));
  g_assert_cmpfloat (ch_intake_get_fraction (fixture->intake), ==, 1);
}

static void
test_cancelling_leaves_the_rest_out (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.pdf", i);
      g_autofree char *text = g_strdup_printf ("%%PDF-1.7\nnumber %u\n", i);

      g_ptr_array_add (files, write_file (fixture, name, text));
    }
  ch_intake_add (fixture->intake, files, 0, 0);
  g_assert_true (ch_intake_is_running (fixture->intake));
  ch_intake_cancel (fixture->intake);
  while (!fixture->is_finished)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (ch_intake_get_n_done (fixture->intake), <, 40);
  g_assert_cmpuint (ch_intake_get_n_done (fixture->intake), ==, ch_intake_get_n_total (fixture->intake));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/app/intake/a-dropped-certificate-is-read-and-filed", Fixture, NULL, set_up,
              test_a_dropped_certificate_is_read_and_filed, tear_down);
  g_test_add ("/app/intake/the-same-file-twice-is-one-certificate", Fixture, NULL, set_up,
              test_the_same_file_twice_is_one_certificate, tear_down);
  g_test_add ("/app/intake/what-is-no-pdf-is-told-and-left-out", Fixture, NULL, set_up,
              test_what_is_no_pdf_is_told_and_left_out, tear_down);
  g_test_add ("/app/intake/a-folder-and-a-missing-file-are-told", Fixture, NULL, set_up,
              test_a_folder_and_a_missing_file_are_told, tear_down);
  g_test_add ("/app/intake/a-broken-pdf-is-filed-for-a-person-to-read", Fixture, NULL, set_up,
              test_a_broken_pdf_is_filed_for_a_person_to_read, tear_down);
  g_test_add ("/app/intake/the-pages-of-a-long-file-are-told-as-they-are-read", Fixture, NULL, set_up,
              test_the_pages_of_a_long_file_are_told_as_they_are_read, tear_down);
  g_test_add ("/app/intake/cancelling-leaves-the-rest-out", Fixture, NULL, set_up, test_cancelling_leaves_the_rest_out,
              tear_down);

  return g_test_run ();
}
