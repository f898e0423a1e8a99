/*
 * The helper may be in the hands of the file that it reads: whatever it answers, the program must take it as a
 * certificate that can be one, or not at all. For libFuzzer.
 */
#include "config.h"

#include "ch-interchange.h"
#include "ch-reading-private.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (ChReading) reading = _ch_reading_unpack (bytes);
  guint i;

  for (i = 0; reading != NULL && i < reading->certificates->len; i++)
    {
      g_autoptr (JsonNode) node = ch_certificate_to_json (g_ptr_array_index (reading->certificates, i));
      g_autofree char *text = json_to_string (node, FALSE);

      g_assert_nonnull (text);
    }

  return 0;
}
