#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-certificate-variant.h"
#include "ch-reading-private.h"

G_DEFINE_QUARK (ch-reader-error-quark, ch_reader_error)

void
ch_reading_free (ChReading *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  g_free (self);
}

void
ch_page_image_free (ChPageImage *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->pixels, g_bytes_unref);
  g_free (self);
}

/* Returns: (transfer full): what goes over the wire for a reading */
GBytes *
_ch_reading_pack (guint      n_pages,
                  double     confidence,
                  GPtrArray *certificates)
{
  g_autoptr (GVariant) variant = NULL;
  GVariantBuilder builder;
  guint i;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" CH_CERTIFICATE_VARIANT_TYPE));
  for (i = 0; i < certificates->len; i++)
    g_variant_builder_add_value (&builder, ch_certificate_to_variant (g_ptr_array_index (certificates, i)));
  variant = g_variant_ref_sink (g_variant_new ("(uda" CH_CERTIFICATE_VARIANT_TYPE ")", n_pages, confidence, &builder));

  return g_variant_get_data_as_bytes (variant);
}

/* Returns: (transfer full) (nullable): the reading; %NULL where the bytes are anything else. They come from a process
 * that a hostile file may have taken over. */
ChReading *
_ch_reading_unpack (GBytes *bytes)
{
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GVariant) certificates = NULL;
  g_autoptr (ChReading) reading = g_new0 (ChReading, 1);
  guint32 n_pages;
  gsize i;

  reading->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_certificate_free);
  variant = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE ("(uda" CH_CERTIFICATE_VARIANT_TYPE ")"), bytes, FALSE));
  if (!g_variant_is_normal_form (variant))
    return NULL;

  g_variant_get (variant, "(ud@a" CH_CERTIFICATE_VARIANT_TYPE ")", &n_pages, &reading->confidence, &certificates);
  reading->n_pages = n_pages;
  if (n_pages == 0 || n_pages > CH_READER_MAX_PAGES || !(reading->confidence >= 0 && reading->confidence <= 1)
      || g_variant_n_children (certificates) == 0 || g_variant_n_children (certificates) > n_pages)
    return NULL;

  for (i = 0; i < g_variant_n_children (certificates); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (certificates, i);
      ChCertificate *certificate = ch_certificate_from_variant (child);

      if (certificate == NULL)
        return NULL;
      g_ptr_array_add (reading->certificates, certificate);
    }

  return g_steal_pointer (&reading);
}
