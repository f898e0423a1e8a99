#include "config.h"

#include "chance-manner.h"

static void
choose_typing (GRand       *random,
               DrawnManner *manner)
{
  static const PdfFont fonts[] = { PDF_FONT_HELVETICA, PDF_FONT_HELVETICA_BOLD, PDF_FONT_COURIER, PDF_FONT_COURIER_BOLD,
                                   PDF_FONT_TIMES };
  static const char *const yes[] = { "Y", "y", "X", "x" };

  manner->font = fonts[g_rand_int_range (random, 0, G_N_ELEMENTS (fonts))];
  manner->size = g_rand_int_range (random, 14, 19) / 2.0;
  manner->shift_x = g_rand_double_range (random, -2, 1.5);
  manner->shift_y = g_rand_int_range (random, 0, 4) == 0 ? g_rand_double_range (random, -5.5, 2)
                                                         : g_rand_double_range (random, -1.5, 1);
  if (manner->shift_y > -2 && g_rand_int_range (random, 0, 8) == 0)
    manner->amounts_shift_y = g_rand_double_range (random, -4, -1);
  /* Where each word of a proportional font stands is known for one such font only. */
  manner->runs = manner->font == PDF_FONT_TIMES || manner->font == PDF_FONT_HELVETICA_BOLD
                   ? DRAWN_RUN_LINE : (DrawnRun) g_rand_int_range (random, DRAWN_RUN_LINE, DRAWN_RUN_GLYPH + 1);
  manner->row = (guint) g_rand_int_range (random, 0, 3);
  manner->right_aligned = g_rand_boolean (random);
  manner->printed_dollar = g_rand_boolean (random);
  manner->typed_dollar = g_rand_boolean (random);
  manner->thousands = g_rand_int_range (random, 0, 4) > 0;
  manner->dates = (DrawnDate) g_rand_int_range (random, DRAWN_DATE_SHORT, DRAWN_DATE_ISO + 1);
  manner->mark = (DrawnMark) g_rand_int_range (random, DRAWN_MARK_CAPITAL_X, DRAWN_N_MARKS);
  /* A mark that isn't a letter hides what reaches under it. */
  if (manner->mark >= DRAWN_MARK_STROKES)
    manner->size = MIN (manner->size, 8);
  manner->yes = yes[g_rand_int_range (random, 0, G_N_ELEMENTS (yes))];
  manner->noise = (guint) g_rand_int_range (random, 0, DRAWN_ALL_NOISE + 1);
}

static void
choose_sheet (GRand       *random,
              DrawnManner *manner)
{
  manner->edition = (DrawnEdition) g_rand_int_range (random, DRAWN_1997, DRAWN_N_EDITIONS);
  manner->label_runs = (DrawnRun) g_rand_int_range (random, DRAWN_RUN_LINE, DRAWN_RUN_GLYPH + 1);
  manner->covered = g_rand_int_range (random, 0, 4) == 0;
  manner->no_footer = g_rand_int_range (random, 0, 10) == 0;
  manner->as_fields = g_rand_int_range (random, 0, 6) == 0;
  if (manner->as_fields)
    {
      manner->shift_x = manner->shift_y = 0;
      manner->covered = FALSE;
      return;
    }
  manner->scale = g_rand_int_range (random, 0, 8) == 0 ? g_rand_double_range (random, 0.5, 0.9)
                                                       : g_rand_double_range (random, 0.95, 1.02);
  manner->dx = g_rand_double_range (random, -1, 12);
  manner->dy = g_rand_double_range (random, -4, manner->edition == DRAWN_UNEVEN || manner->edition <= DRAWN_2001 ? 6 : 14);
  manner->rotate = g_rand_int_range (random, 0, 4) == 0 ? 90 * g_rand_int_range (random, 0, 4) : 0;
}

DrawnManner
chance_manner_choose (GRand *random)
{
  DrawnManner manner = DRAWN_PLAIN_MANNER;

  choose_typing (random, &manner);
  choose_sheet (random, &manner);

  return manner;
}
