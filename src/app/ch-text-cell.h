#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * One or two lines of text in a table of thousands of rows. Its size follows from the font alone, never from the text:
 * columns do not jump while one scrolls or searches, and only the rows that are seen are ever laid out.
 */
#define CH_TYPE_TEXT_CELL (ch_text_cell_get_type ())
G_DECLARE_FINAL_TYPE (ChTextCell, ch_text_cell, CH, TEXT_CELL, GtkWidget)

GtkWidget  *ch_text_cell_new             (int         n_lines);
/* detail: (nullable): the second line, smaller and quieter */
void        ch_text_cell_set_text        (ChTextCell *self,
                                          const char *text,
                                          const char *detail);
const char *ch_text_cell_get_text        (ChTextCell *self);
/* (nullable) */
const char *ch_text_cell_get_detail      (ChTextCell *self);
/* how wide it likes to be, in characters */
void        ch_text_cell_set_width_chars (ChTextCell *self,
                                          int         n_chars);

G_END_DECLS
