#define G_LOG_DOMAIN "ch-interchange"

#include "config.h"

#include <string.h>

#include "ch-carrier-rating.h"
#include "ch-csv-reader.h"
#include "ch-json-reader.h"

typedef enum {
  COLUMN_NAIC,
  COLUMN_NAME,
  COLUMN_RATING,
  COLUMN_SIZE,
  N_COLUMNS
} Column;

/* Headings as the usual lists have them, letters and digits only. */
static const struct {
  const char *heading;
  Column      column;
} headings[] = {
  { "naic", COLUMN_NAIC },
  { "naicnumber", COLUMN_NAIC },
  { "naicno", COLUMN_NAIC },
  { "naiccode", COLUMN_NAIC },
  { "cocode", COLUMN_NAIC },
  { "name", COLUMN_NAME },
  { "company", COLUMN_NAME },
  { "companyname", COLUMN_NAME },
  { "carrier", COLUMN_NAME },
  { "insurer", COLUMN_NAME },
  { "rating", COLUMN_RATING },
  { "bestrating", COLUMN_RATING },
  { "ambestrating", COLUMN_RATING },
  { "financialstrengthrating", COLUMN_RATING },
  { "fsr", COLUMN_RATING },
  { "size", COLUMN_SIZE },
  { "financialsizecategory", COLUMN_SIZE },
  { "financialsize", COLUMN_SIZE },
  { "fsc", COLUMN_SIZE },
};

static const char *
get_heading (const ChCsvRow *row,
             guint           i,
             GString        *buffer)
{
  const char *p;

  g_string_truncate (buffer, 0);
  for (p = g_ptr_array_index (row->cells, i); *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (buffer, g_ascii_tolower (*p));
    }

  return buffer->str;
}

static gboolean
find_columns (const ChCsvRow *row,
              int             places[N_COLUMNS],
              GError        **error)
{
  g_autoptr(GString) buffer = g_string_new (NULL);
  guint i;
  guint k;

  for (i = 0; i < N_COLUMNS; i++)
    places[i] = -1;
  for (i = 0; i < row->cells->len; i++)
    {
      const char *heading = get_heading (row, i, buffer);

      for (k = 0; k < G_N_ELEMENTS (headings); k++)
        {
          if (g_str_equal (headings[k].heading, heading) && places[headings[k].column] < 0)
            places[headings[k].column] = (int) i;
        }
    }

  if (places[COLUMN_NAIC] >= 0 && places[COLUMN_RATING] >= 0)
    return TRUE;

  return _ch_json_fail (error, "line 1", NULL, "must be a heading with at least the columns NAIC and Rating");
}

static const char *
get_cell (const ChCsvRow *row,
          const int       places[N_COLUMNS],
          Column          column)
{
  const char *text;

  if (places[column] < 0 || (guint) places[column] >= row->cells->len)
    return NULL;
  text = g_ptr_array_index (row->cells, places[column]);

  return text[0] != '\0' ? text : NULL;
}

/* "A- VII" in one column is a rating and a size. */
static void
split_rating (ChCarrier *carrier)
{
  const char *space = carrier->rating != NULL ? strrchr (carrier->rating, ' ') : NULL;
  g_autofree char *rating = NULL;

  if (space == NULL || carrier->size != NULL || ch_carrier_size_rank (space + 1) == 0)
    return;

  carrier->size = g_strdup (space + 1);
  rating = carrier->rating;
  carrier->rating = g_strndup (rating, (gsize) (space - rating));
  g_strchomp (carrier->rating);
}

static gboolean
add_carrier (GPtrArray   *carriers,
             GHashTable  *seen,
             ChCarrier   *carrier,
             const char  *where,
             GError     **error)
{
  g_autofree char *naic = ch_naic_normalise (carrier->naic);

  if (naic == NULL || !g_hash_table_add (seen, g_strdup (naic)))
    {
      ch_carrier_free (carrier);
      return _ch_json_fail (error, where, NULL, naic == NULL ? "must have a NAIC number of up to five digits"
                                                             : "names a NAIC number that is in the list already");
    }

  g_free (carrier->naic);
  carrier->naic = g_steal_pointer (&naic);
  split_rating (carrier);
  g_ptr_array_add (carriers, carrier);

  return TRUE;
}

static gboolean
read_csv (const char  *text,
          GPtrArray   *carriers,
          GHashTable  *seen,
          GError     **error)
{
  g_autoptr(GPtrArray) rows = _ch_csv_read (text);
  int places[N_COLUMNS];
  guint i;

  if (rows->len == 0)
    return _ch_json_fail (error, "list of carriers", NULL, "is empty");
  if (!find_columns (g_ptr_array_index (rows, 0), places, error))
    return FALSE;

  for (i = 1; i < rows->len; i++)
    {
      const ChCsvRow *row = g_ptr_array_index (rows, i);
      g_autofree char *where = g_strdup_printf ("line %u", row->line);

      if (!add_carrier (carriers, seen,
                        ch_carrier_new (get_cell (row, places, COLUMN_NAIC), get_cell (row, places, COLUMN_NAME),
                                        get_cell (row, places, COLUMN_RATING), get_cell (row, places, COLUMN_SIZE)),
                        where, error))
        return FALSE;
    }

  return TRUE;
}

ChCarrier *
_ch_carrier_from_json (JsonNode    *node,
                       const char  *where,
                       GError     **error)
{
  g_autoptr(ChCarrier) carrier = ch_carrier_new (NULL, NULL, NULL, NULL);
  JsonObject *object = _ch_json_get_object (node, where, error);

  if (object == NULL
      || !_ch_json_read_code (object, where, "naic", &carrier->naic, error)
      || !_ch_json_read_string (object, where, "name", &carrier->name, error)
      || !_ch_json_read_string (object, where, "rating", &carrier->rating, error)
      || !_ch_json_read_string (object, where, "size", &carrier->size, error))
    return NULL;
  if (carrier->naic == NULL)
    {
      _ch_json_fail (error, where, "naic", "is missing");
      return NULL;
    }

  return g_steal_pointer (&carrier);
}

static gboolean
read_json (const char  *text,
           gssize       length,
           GPtrArray   *carriers,
           GHashTable  *seen,
           GError     **error)
{
  g_autoptr(JsonNode) node = ch_json_parse (text, length, error);
  JsonArray *array = node != NULL ? _ch_json_get_array (node, "list of carriers", error) : NULL;
  guint i;

  for (i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *where = g_strdup_printf ("carriers[%u]", i);
      ChCarrier *carrier = _ch_carrier_from_json (json_array_get_element (array, i), where, error);

      if (carrier == NULL || !add_carrier (carriers, seen, carrier, where, error))
        return FALSE;
    }

  return array != NULL;
}

/**
 * ch_carriers_from_text:
 * @text: a table with a heading (NAIC, Name, Rating, Size in any order; others are left alone), or JSON
 * @length: in bytes, -1 where @text ends with a 0 byte
 * @error: %CH_INTERCHANGE_ERROR_INVALID, naming the line, or %CH_INTERCHANGE_ERROR_MALFORMED
 *
 * Returns: (transfer full) (nullable) (element-type ChCarrier): the carriers, each NAIC number once, in five digits
 */
GPtrArray *
ch_carriers_from_text (const char  *text,
                       gssize       length,
                       GError     **error)
{
  g_autoptr(GPtrArray) carriers = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_carrier_free);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *valid = g_utf8_make_valid (text, length);
  const char *first = valid;
  gboolean ok;

  while (g_ascii_isspace (*first))
    first++;
  ok = *first == '[' ? read_json (valid, -1, carriers, seen, error) : read_csv (valid, carriers, seen, error);

  return ok ? g_steal_pointer (&carriers) : NULL;
}
