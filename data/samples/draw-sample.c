#define G_LOG_DOMAIN "ch-sample"

#include "config.h"

#include "ch-interchange.h"
#include "ch-sample-form.h"

/* certholder-draw-sample CERTIFICATE.json OUT.pdf: one sample certificate, for the demo and the tests. */
int
main (int   argc,
      char *argv[])
{
  g_autoptr (ChCertificate) certificate = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (argc != 3)
    {
      g_printerr ("usage: certholder-draw-sample CERTIFICATE.json OUT.pdf\n");
      return 2;
    }
  if (!g_file_get_contents (argv[1], &text, &length, &error) || (node = ch_json_parse (text, length, &error)) == NULL
      || (certificate = ch_certificate_from_json (node, &error)) == NULL
      || !ch_sample_form_draw (certificate, argv[2], &error))
    {
      g_printerr ("certholder-draw-sample: %s\n", error->message);
      return 1;
    }
  return 0;
}
