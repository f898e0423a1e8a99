#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-document-reader.h"

#include "ch-acord-property.h"
#include "ch-acord25.h"
#include "ch-endorsement.h"
#include "ch-free-form.h"
#include "ch-value-checks.h"

/* A page whose form is an image with a few words typed over it is a scan to a reader of text. */
#define FEWEST_WORDS 120

struct _ChDocumentReader
{
  GPtrArray *certificates;  /* (owned) (element-type ChCertificate) */
  gboolean   saw_text;
};

ChDocumentReader *
ch_document_reader_new (void)
{
  ChDocumentReader *self = g_new0 (ChDocumentReader, 1);

  self->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_certificate_free);

  return self;
}

void
ch_document_reader_free (ChDocumentReader *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  g_free (self);
}

/**
 * ch_document_reader_take_page:
 * @page: may be changed
 *
 * Reads the next page: a certificate, or an endorsement to the certificate before it, or neither.
 */
void
ch_document_reader_take_page (ChDocumentReader  *self,
                              ChPageModel       *page)
{
  g_autofree char *edition = NULL;
  ChAcordForm form = ch_acord_form_recognise (page, &edition);
  ChCertificate *certificate = NULL;

  if (page->words->len >= FEWEST_WORDS || (page->words->len > 0 && !page->has_image))
    self->saw_text = TRUE;

  if (form == CH_ACORD_25)
    certificate = ch_acord25_read (page);
  else if (form != CH_ACORD_NONE)
    certificate = ch_acord_property_read (page, form);
  /* Some pages print a form's number under an arrangement of their own, others no number at all. */
  if (certificate == NULL)
    certificate = ch_free_form_read (page);

  if (certificate != NULL)
    {
      if (form != CH_ACORD_NONE)
        certificate->form = g_strdup_printf ("ACORD %d", form);
      certificate->edition = g_steal_pointer (&edition);
      g_ptr_array_add (self->certificates, certificate);
    }
  else if (self->certificates->len > 0)
    {
      ch_endorsement_read (page, g_ptr_array_index (self->certificates, self->certificates->len - 1));
    }
}

/**
 * ch_document_reader_saw_text:
 *
 * Returns: whether any page so far had enough text to be read without recognising its pixels
 */
gboolean
ch_document_reader_saw_text (ChDocumentReader *self)
{
  return self->saw_text;
}

/**
 * ch_document_reader_finish:
 * @confidence: (out): that of the least certain value that a verdict rests on
 *
 * Returns: (transfer full) (element-type ChCertificate): in page order; may be empty
 */
GPtrArray *
ch_document_reader_finish (ChDocumentReader *self,
                           double           *confidence)
{
  guint i;

  *confidence = self->certificates->len > 0 ? 1 : 0;
  for (i = 0; i < self->certificates->len; i++)
    *confidence = MIN (*confidence, ch_value_checks_confidence (g_ptr_array_index (self->certificates, i)));

  return g_ptr_array_ref (self->certificates);
}
