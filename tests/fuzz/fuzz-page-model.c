/*
 * What a page says may be anything: the reader of layouts must come to an end on all of it, and what it says must be what
 * the program takes as an answer. For libFuzzer.
 */
#include "config.h"

#include "ch-document-reader.h"
#include "ch-reading-private.h"
#include "page-model-bytes.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GPtrArray) models = page_models_from_bytes (data, size);
  g_autoptr (ChDocumentReader) reader = ch_document_reader_new ();
  g_autoptr (GPtrArray) certificates = NULL;
  double confidence;
  guint i;

  for (i = 0; i < models->len; i++)
    {
      ChPageModel *model = g_ptr_array_index (models, i);

      if (model->ink != NULL)
        ch_page_model_drop_unseen_words (model);
      else
        ch_page_model_doubt_overwritten (model);
      ch_document_reader_take_page (reader, model);
    }
  certificates = ch_document_reader_finish (reader, &confidence);
  g_assert_true (confidence >= 0 && confidence <= 1);
  if (certificates->len > 0)
    {
      g_autoptr (GBytes) answer = _ch_reading_pack (models->len, confidence, certificates);
      g_autoptr (ChReading) reading = _ch_reading_unpack (answer);

      g_assert_nonnull (reading);
      g_assert_cmpuint (reading->certificates->len, ==, certificates->len);
    }

  return 0;
}
