#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord-date.h"

#include "ch-label-finder.h"
#include "ch-shown-value.h"
#include "ch-text-line.h"

#define SURE_OF_FIELD 0.99
#define SURE_OF_TEXT 0.98

static void
take_date (const ChPageModel *page,
           const ChWord      *word,
           ChDate             date,
           ChCertificate     *certificate)
{
  ChBox shown = ch_turn_box (&page->to_page, &word->box);
  const double corners[4] = { shown.x0, shown.y0, shown.x1, shown.y1 };
  double confidence = word->source == CH_WORD_FROM_FIELD ? SURE_OF_FIELD : SURE_OF_TEXT;

  certificate->date = date;
  g_ptr_array_add (certificate->fields, ch_field_reading_new ("date", MIN (confidence, word->confidence),
                                                              (int) page->number, corners));
}

/**
 * ch_acord_date_read:
 *
 * Reads the date in the top right corner, which all ACORD certificates share. The placeholder MM/DD/YYYY is no date.
 */
void
ch_acord_date_read (const ChPageModel *page,
                    ChCertificate     *certificate)
{
  static const char *const labels[] = { "DATE MMDDYYYY", "DATE MMDDYY", "DATE", "ISSUE DATE" };
  g_autoptr (ChLabelFinder) finder = ch_label_finder_new (page);
  ChBox corner = { page->width * 0.55, 0, page->width, page->height * 0.2 };
  ChBox label;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (ch_label_finder_find (finder, labels[i], &corner, &label))
        break;
    }
  if (i == G_N_ELEMENTS (labels))
    return;

  corner = (ChBox){ label.x0 - 50, label.y0 - 8, page->width, label.y1 + 26 };
  for (i = 0; i < page->words->len; i++)
    {
      const ChWord *word = g_ptr_array_index (page->words, i);
      ChDate date;

      if (ch_box_holds (&corner, ch_box_centre_x (&word->box), ch_box_centre_y (&word->box))
          && ch_shown_date_parse (word->text, &date))
        {
          take_date (page, word, date, certificate);
          return;
        }
    }
}
