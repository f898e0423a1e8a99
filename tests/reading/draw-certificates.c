/*
 * draw-certificates [--printed] FOLDER N: draws certificates in as many manners, each with its truth beside it, to measure
 * reading on a machine that has no others; with --printed as they are on paper: flat and of the usual size.
 */
#include "config.h"

#include "ch-interchange.h"
#include "chance-manner.h"
#include "drawn-form.h"
#include "invented-certificate.h"

#include <stdlib.h>

#define SMALLEST_PRINT 0.95

/* Nobody can read an ACORD 25 at half its size from a fax. */
static DrawnManner
choose_manner (GRand   *random,
               gboolean printed)
{
  DrawnManner manner = chance_manner_choose (random);

  if (printed)
    {
      manner.scale = MAX (manner.scale, SMALLEST_PRINT);
      manner.as_fields = FALSE;
    }

  return manner;
}

static void
draw (const char *folder,
      guint       number,
      gboolean    printed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (number);
  DrawnManner manner = choose_manner (random, printed);
  g_autoptr (ChCertificate) certificate = invented_certificate_new (random);
  g_autoptr (PdfPen) pen = pdf_pen_new ();
  g_autoptr (ChCertificate) truth = drawn_form_draw (pen, &manner, certificate, random);
  g_autofree char *name = g_strdup_printf ("%04u_%s.pdf", number, manner.as_fields ? "form" : "flat");
  g_autofree char *truth_name = g_strdup_printf ("%04u.json", number);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *truth_path = g_build_filename (folder, truth_name, NULL);
  g_autoptr (JsonNode) node = ch_certificate_to_json (truth);
  g_autofree char *text = json_to_string (node, TRUE);
  g_autoptr (GError) error = NULL;

  pdf_pen_save (pen, path);
  if (!g_file_set_contents (truth_path, text, -1, &error))
    g_error ("%s: %s", truth_path, error->message);
}

int
main (int    argc,
      char **argv)
{
  gboolean printed = argc > 1 && g_str_equal (argv[1], "--printed");
  guint n_files, i;

  if (argc != 3 + printed)
    {
      g_printerr ("usage: draw-certificates [--printed] FOLDER N\n");
      return 2;
    }
  n_files = (guint) atoi (argv[2 + printed]);
  for (i = 1; i <= n_files; i++)
    draw (argv[1 + printed], i, printed);

  return 0;
}
