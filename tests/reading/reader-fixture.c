#include "config.h"

#include "reader-fixture.h"

#include "ch-sample-form.h"

#include <cairo-pdf.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

void
reader_fixture_set_up (ReaderFixture *self,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  self->reader = ch_reader_new ();
  self->folder = g_dir_make_tmp ("certholder-reading-XXXXXX", &error);
  g_assert_no_error (error);
}

void
reader_fixture_tear_down (ReaderFixture *self,
                          gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  ch_reader_close (self->reader);
  g_assert_finalize_object (self->reader);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
}

char *
reader_fixture_path (ReaderFixture *self,
                     const char    *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static ChPolicy *
add_policy (ChCertificate *certificate,
            ChCoverage     coverage,
            const char    *insurer,
            const char    *number)
{
  ChPolicy *policy = ch_policy_new ();

  policy->coverage = coverage;
  policy->insurer = g_strdup (insurer);
  policy->policy_number = g_strdup (number);
  policy->effective = ch_date_new (2026, 3, 1);
  policy->expiration = ch_date_new (2027, 3, 1);
  g_ptr_array_add (certificate->policies, policy);

  return policy;
}

ChCertificate *
reader_fixture_make_certificate (void)
{
  ChCertificate *certificate = ch_certificate_new ();
  ChPolicy *policy;

  certificate->form = g_strdup ("ACORD 25");
  certificate->edition = g_strdup ("2016/03");
  certificate->date = ch_date_new (2026, 4, 9);
  certificate->producer_name = g_strdup ("Fairweather Insurance Brokers");
  certificate->producer_contact = g_strdup ("Service Desk");
  certificate->producer_phone = g_strdup ("(555) 010-2200");
  certificate->producer_email = g_strdup ("desk@fairweather.example");
  certificate->insured_name = g_strdup ("Tern & Heron Masonry LLC");
  certificate->insured_address = g_strdup ("88 Orchard Road\nSalem, OR 97301");
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", "Granite Ridge Insurance Company", "10001"));
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("C", "Prairie Mutual Casualty", "10002"));
  certificate->certificate_number = g_strdup ("26-4711");
  certificate->description_of_operations = g_strdup ("RE: Harbor lofts, building 2.");
  certificate->holder_name = g_strdup ("Harbor & Main Builders, Inc.");
  certificate->holder_address = g_strdup ("1200 Harbor Street\nPortland, OR 97209");

  policy = add_policy (certificate, CH_COVERAGE_GENERAL_LIABILITY, "A", "GL 448-2210");
  policy->basis = CH_BASIS_OCCURRENCE;
  policy->aggregate_per = CH_AGGREGATE_PER_PROJECT;
  policy->additional_insured = CH_MARK_YES;
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 1000000;
  policy->limits[CH_LIMIT_DAMAGE_TO_RENTED_PREMISES] = 100000;
  policy->limits[CH_LIMIT_MEDICAL_EXPENSE] = 5000;
  policy->limits[CH_LIMIT_PERSONAL_ADVERTISING_INJURY] = 1000000;
  policy->limits[CH_LIMIT_GENERAL_AGGREGATE] = 2000000;
  policy->limits[CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE] = 2000000;

  policy = add_policy (certificate, CH_COVERAGE_AUTOMOBILE_LIABILITY, "C", "BA-77");
  policy->autos = CH_AUTOS_HIRED | CH_AUTOS_NON_OWNED;
  policy->waiver_of_subrogation = CH_MARK_YES;
  policy->limits[CH_LIMIT_COMBINED_SINGLE_LIMIT] = 500000;

  policy = add_policy (certificate, CH_COVERAGE_UMBRELLA_EXCESS, "A", "UMB-90021");
  policy->kind = CH_UMBRELLA_KIND_EXCESS;
  policy->basis = CH_BASIS_CLAIMS_MADE;
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 5000000;
  policy->limits[CH_LIMIT_AGGREGATE] = 5000000;
  policy->limits[CH_LIMIT_RETENTION] = 10000;

  policy = add_policy (certificate, CH_COVERAGE_WORKERS_COMPENSATION, "C", "WC-5512-07");
  policy->statutory = CH_MARK_YES;
  policy->waiver_of_subrogation = CH_MARK_YES;
  policy->limits[CH_LIMIT_EL_EACH_ACCIDENT] = 1000000;
  policy->limits[CH_LIMIT_EL_DISEASE_EACH_EMPLOYEE] = 1000000;
  policy->limits[CH_LIMIT_EL_DISEASE_POLICY_LIMIT] = 500000;

  return certificate;
}

char *
reader_fixture_draw (ReaderFixture       *self,
                     const ChCertificate *certificate)
{
  g_autoptr (GError) error = NULL;
  char *path = reader_fixture_path (self, "certificate.pdf");

  ch_sample_form_draw (certificate, path, &error);
  g_assert_no_error (error);

  return path;
}

char *
reader_fixture_draw_pages (ReaderFixture *self,
                           guint          n_pages,
                           const char    *text)
{
  char *path = reader_fixture_path (self, "pages.pdf");
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 612, 792);
  cairo_t *context = cairo_create (surface);
  guint i;

  for (i = 0; i < n_pages; i++)
    {
      cairo_move_to (context, 72, 72);
      if (text != NULL)
        cairo_show_text (context, text);
      else
        cairo_rectangle (context, 72, 72, 200, 200);
      cairo_fill (context);
      cairo_show_page (context);
    }
  cairo_destroy (context);
  cairo_surface_destroy (surface);

  return path;
}

char *
reader_fixture_write (ReaderFixture *self,
                      const char    *contents,
                      gssize         length)
{
  g_autoptr (GError) error = NULL;
  char *path = reader_fixture_path (self, "file");

  g_file_set_contents (path, contents, length, &error);
  g_assert_no_error (error);

  return path;
}

void
reader_fixture_use_helper (ReaderFixture *self,
                           const char    *script)
{
  g_autofree char *path = reader_fixture_path (self, "helper");
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", script, "\n", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, &error);
  g_assert_no_error (error);
  g_setenv ("CERTHOLDER_READER", path, TRUE);
}

ChReading *
reader_fixture_read (ReaderFixture *self,
                     const char    *path,
                     GError       **error)
{
  ChReading *reading;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  reading = ch_reader_read (self->reader, fd, NULL, error);
  close (fd);

  return reading;
}
