#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord-date.h"

#include "ch-shown-value.h"
#include "ch-text-line.h"

#define SURE_OF_FIELD 0.99
#define SURE_OF_TEXT 0.98

static gboolean
take_date (const ChPageModel *page,
           const ChTextLine  *line,
           ChCertificate     *certificate)
{
  const ChWord *first = g_ptr_array_index (line->words, 0);
  double most = first->source == CH_WORD_FROM_FIELD ? SURE_OF_FIELD : SURE_OF_TEXT;
  ChBox shown = ch_turn_box (&page->to_page, &line->box);
  const double corners[4] = { shown.x0, shown.y0, shown.x1, shown.y1 };
  g_autofree char *text = ch_text_line_to_string (line);

  if (!ch_shown_date_parse (text, &certificate->date))
    return FALSE;

  g_ptr_array_add (certificate->fields, ch_field_reading_new ("date", MIN (most, ch_text_line_get_confidence (line)),
                                                              (int) page->number, corners));

  return TRUE;
}

/**
 * ch_acord_date_read:
 * @finder: of @page
 *
 * Reads the date in the top right corner, which all ACORD certificates share. The placeholder MM/DD/YYYY is no date.
 */
void
ch_acord_date_read (const ChPageModel *page,
                    ChLabelFinder     *finder,
                    ChCertificate     *certificate)
{
  static const char *const labels[] = { "DATE MMDDYYYY", "DATE MMDDYY", "DATE", "ISSUE DATE" };
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GPtrArray) lines = NULL;
  ChBox corner = { page->width * 0.55, 0, page->width, page->height * 0.2 };
  ChBox label;
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (ch_label_finder_find (finder, labels[i], &corner, &label))
        break;
    }
  if (i < G_N_ELEMENTS (labels))
    corner = (ChBox){ label.x0 - 50, label.y0 - 8, page->width, label.y1 + 26 };
  else
    corner = (ChBox){ page->width * 0.75, 0, page->width, page->height * 0.09 };
  for (i = 0; i < page->words->len; i++)
    {
      ChWord *word = g_ptr_array_index (page->words, i);

      if (ch_box_holds (&corner, ch_box_centre_x (&word->box), ch_box_centre_y (&word->box)))
        g_ptr_array_add (words, word);
    }

  lines = ch_text_lines_group (words);
  for (i = 0; i < lines->len; i++)
    {
      g_autoptr (GPtrArray) pieces = ch_text_line_get_pieces (g_ptr_array_index (lines, i));

      for (j = 0; j < pieces->len; j++)
        {
          if (take_date (page, g_ptr_array_index (pieces, j), certificate))
            return;
        }
    }
}
