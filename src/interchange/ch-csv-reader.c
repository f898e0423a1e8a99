#define G_LOG_DOMAIN "ch-interchange"

#include "config.h"

#include <string.h>

#include "ch-csv-reader.h"

/* Tables as spreadsheets save them (RFC 4180): commas, semicolons or tabs between, quotes around what holds such. */

typedef struct {
  GPtrArray *rows;
  ChCsvRow  *row;
  GString   *cell;
  guint      line;
  char       separator;
} Reader;

void
_ch_csv_row_free (ChCsvRow *self)
{
  g_ptr_array_unref (self->cells);
  g_free (self);
}

static void
start_row (Reader *self)
{
  self->row = g_new0 (ChCsvRow, 1);
  self->row->line = self->line;
  self->row->cells = g_ptr_array_new_with_free_func (g_free);
}

static void
end_cell (Reader *self)
{
  g_ptr_array_add (self->row->cells, g_strstrip (g_strdup (self->cell->str)));
  g_string_truncate (self->cell, 0);
}

/* A line without anything in it is no row. */
static void
end_row (Reader *self)
{
  const char *first;

  end_cell (self);
  first = g_ptr_array_index (self->row->cells, 0);
  if (self->row->cells->len > 1 || first[0] != '\0')
    g_ptr_array_add (self->rows, self->row);
  else
    _ch_csv_row_free (self->row);
}

/* Whichever of them the first line has most of. */
static char
find_separator (const char *text)
{
  const char separators[] = { ',', ';', '\t' };
  gsize length = strcspn (text, "\r\n");
  guint most = 0;
  char best = ',';
  guint i;

  for (i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      guint n = 0;
      gsize k;

      for (k = 0; k < length; k++)
        n += text[k] == separators[i] ? 1 : 0;
      if (n > most)
        {
          most = n;
          best = separators[i];
        }
    }

  return best;
}

/* Takes a quoted cell; answers the place of its closing quote, or of the end of the text where that is missing. */
static const char *
take_quoted (Reader     *self,
             const char *p)
{
  for (; *p != '\0'; p++)
    {
      if (*p == '"' && p[1] != '"')
        return p;
      if (*p == '"')
        p++;
      if (*p == '\n')
        self->line++;
      g_string_append_c (self->cell, *p);
    }

  return p - 1;
}

/**
 * _ch_csv_read:
 *
 * Returns: (transfer full) (element-type ChCsvRow): the rows, the heading among them
 */
GPtrArray *
_ch_csv_read (const char *text)
{
  Reader self = { g_ptr_array_new_with_free_func ((GDestroyNotify) _ch_csv_row_free), NULL, NULL, 1, ',' };
  const char *p;

  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  self.separator = find_separator (text);
  self.cell = g_string_new (NULL);
  start_row (&self);
  for (p = text; *p != '\0'; p++)
    {
      if (*p == '"' && self.cell->len == 0)
        {
          p = take_quoted (&self, p + 1);
        }
      else if (*p == self.separator)
        {
          end_cell (&self);
        }
      else if (*p == '\n')
        {
          end_row (&self);
          self.line++;
          start_row (&self);
        }
      else if (*p != '\r')
        {
          g_string_append_c (self.cell, *p);
        }
    }
  end_row (&self);
  g_string_free (self.cell, TRUE);

  return self.rows;
}
