#define G_LOG_DOMAIN "ch-interchange"

#include "config.h"

#include "ch-interchange.h"

/**
 * ch_json_parse:
 * @text: JSON in UTF-8
 * @length: its length in bytes, or -1 where it ends with a zero
 * @error: %CH_INTERCHANGE_ERROR_MALFORMED where it is no JSON
 *
 * Returns: (transfer full) (nullable): the document
 */
JsonNode *
ch_json_parse (const char  *text,
               gssize       length,
               GError     **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GError) local = NULL;
  JsonNode *root;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate (text, length, NULL))
    {
      g_set_error_literal (error, CH_INTERCHANGE_ERROR, CH_INTERCHANGE_ERROR_MALFORMED, "not JSON: not UTF-8 text");
      return NULL;
    }
  if (!json_parser_load_from_data (parser, text, length, &local))
    {
      g_set_error (error, CH_INTERCHANGE_ERROR, CH_INTERCHANGE_ERROR_MALFORMED, "not JSON: %s", local->message);
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (root == NULL)
    {
      g_set_error_literal (error, CH_INTERCHANGE_ERROR, CH_INTERCHANGE_ERROR_MALFORMED, "not JSON: empty");
      return NULL;
    }

  return json_node_ref (root);
}

/**
 * ch_json_print:
 * @node: a document
 * @pretty: whether for people: indented by two spaces
 *
 * Returns: (transfer full): the document as text
 */
char *
ch_json_print (JsonNode *node,
               gboolean  pretty)
{
  g_return_val_if_fail (node != NULL, NULL);

  return json_to_string (node, pretty);
}
