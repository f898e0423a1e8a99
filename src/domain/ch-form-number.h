#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChFormNumber:
 * @number: two letters and the digits that name the form, as `CG2010`; empty where the text names no ISO or NCCI form
 * @edition: month and year as four digits, or empty
 */
typedef struct {
  char number[12];
  char edition[8];
} ChFormNumber;

gboolean ch_form_number_read  (const char   *text,
                               ChFormNumber *form);
gboolean ch_form_number_next  (const char  **text,
                               ChFormNumber *form);
gboolean ch_form_number_meets (const char   *entry,
                               const char   *asked);
gboolean ch_form_title_has    (const char   *entry,
                               const char   *words);

G_END_DECLS
