#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-list-page.h"

#include "ch-format.h"
#include "ch-text-cell.h"

/**
 * ch_list_cell_new_text:
 *
 * Returns: (transfer floating): a cell with one line
 */
GtkWidget *
ch_list_cell_new_text (void)
{
  return ch_text_cell_new (1);
}

void
ch_list_cell_set_text (GtkWidget  *cell,
                       const char *text)
{
  ch_text_cell_set_text (CH_TEXT_CELL (cell), text, NULL);
}

/**
 * ch_list_cell_new_title:
 *
 * Returns: (transfer floating): a cell with a name and a quieter line below it
 */
GtkWidget *
ch_list_cell_new_title (void)
{
  return ch_text_cell_new (2);
}

void
ch_list_cell_set_title (GtkWidget  *cell,
                        const char *title,
                        const char *detail)
{
  ch_text_cell_set_text (CH_TEXT_CELL (cell), title, detail);
}

/**
 * ch_list_cell_set_day:
 * @cell: a title cell
 * @day: what it shows; %CH_DATE_NONE empties it
 * @page: whose office knows which day is today
 */
void
ch_list_cell_set_day (GtkWidget  *cell,
                      ChDate      day,
                      ChListPage *page)
{
  g_autofree char *text = ch_format_date (day);
  g_autofree char *away = ch_format_in_days (day, ch_office_get_today (ch_page_get_office (CH_PAGE (page))));

  ch_list_cell_set_title (cell, text, away);
}
