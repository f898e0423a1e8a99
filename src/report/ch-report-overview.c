#define G_LOG_DOMAIN "ch-report"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-report-counts-private.h"
#include "ch-report-pages-private.h"

/* The company's projects, one line each, with the page on which each is told. */

#define N_NUMBERS 5
#define NUMBER_WIDTH 62.0
#define NAME_WIDTH (CH_PAGE_INNER_WIDTH - N_NUMBERS * NUMBER_WIDTH - 12.0)
#define TEXT_SIZE 9.0
#define ROW_PADDING 5.0

static void
draw_cell (ChCanvas   *canvas,
           const char *text,
           guint       column,
           ChFace      face,
           double      size,
           ChInk       ink)
{
  g_autoptr(PangoLayout) layout = _ch_canvas_lay_out (canvas, text, face, size, 0);
  double right = CH_PAGE_MARGIN + NAME_WIDTH + 12.0 + (column + 1) * NUMBER_WIDTH;

  _ch_canvas_show (canvas, layout, right - _ch_canvas_get_width (layout), canvas->y, ink);
}

static void
draw_overview_head (ChCanvas *canvas)
{
  const char *names[N_NUMBERS] = { _("In order"), _("Expiring"), _("In review"), _("Not compliant"), _("Page") };
  g_autoptr(PangoLayout) layout = _ch_canvas_lay_out (canvas, _("Project"), CH_FACE_BOLD, 7.5, 0);

  _ch_canvas_show (canvas, layout, CH_PAGE_MARGIN, canvas->y, CH_INK_QUIET);
  for (guint i = 0; i < N_NUMBERS; i++)
    draw_cell (canvas, names[i], i, CH_FACE_BOLD, 7.5, CH_INK_QUIET);
  canvas->y += 14.0;
  _ch_canvas_rule (canvas, canvas->y, 0.9, CH_INK_TEXT);
}

/* Zeros are left blank: what has to be done stands out. */
static void
draw_number (ChCanvas *canvas,
             guint     number,
             guint     column,
             gboolean  is_bad)
{
  g_autofree char *text = number > 0 ? g_strdup_printf ("%u", number) : g_strdup ("–");

  draw_cell (canvas, text, column, number > 0 && is_bad ? CH_FACE_BOLD : CH_FACE_PLAIN, TEXT_SIZE,
             number > 0 ? CH_INK_TEXT : CH_INK_QUIET);
}

static void
draw_row (ChPages               *self,
          const ChReportProject *project,
          guint                  page)
{
  ChCanvas *canvas = self->canvas;
  ChReportCounts counts = { 0 };
  g_autofree char *page_text = g_strdup_printf ("%u", page);
  g_autoptr(PangoLayout) name = _ch_canvas_lay_out (canvas, project->title, CH_FACE_PLAIN, TEXT_SIZE, NAME_WIDTH);
  double height;

  pango_layout_set_height (name, -2);
  pango_layout_set_ellipsize (name, PANGO_ELLIPSIZE_END);
  height = _ch_canvas_get_height (name);
  if (canvas->y + height + 2 * ROW_PADDING > CH_PAGE_BOTTOM)
    {
      _ch_pages_next (self);
      draw_overview_head (canvas);
    }

  _ch_report_counts_add_lines (&counts, project->lines, 0);
  canvas->y += ROW_PADDING;
  _ch_canvas_show (canvas, name, CH_PAGE_MARGIN, canvas->y, CH_INK_TEXT);
  draw_number (canvas, counts.ok, 0, FALSE);
  draw_number (canvas, counts.expiring, 1, FALSE);
  draw_number (canvas, counts.pending, 2, FALSE);
  draw_number (canvas, counts.bad, 3, TRUE);
  draw_cell (canvas, page_text, 4, CH_FACE_PLAIN, TEXT_SIZE, CH_INK_TEXT);
  canvas->y += height + ROW_PADDING;
  _ch_canvas_rule (canvas, canvas->y, 0.5, CH_INK_LINE);
}

/* The number of pages that the overview takes is known once it was drawn; until then the pages told are of no matter. */
void
_ch_pages_draw_overview (ChPages *self)
{
  GPtrArray *projects = self->report->projects;
  ChReportCounts counts = { 0 };
  guint first = self->canvas->n_overview + 1;

  for (guint i = 0; i < projects->len; i++)
    _ch_report_counts_add_lines (&counts, ((ChReportProject *)g_ptr_array_index (projects, i))->lines, 0);
  self->heading = _("All projects");
  self->has_table = FALSE;
  _ch_pages_draw_title (self, _("All projects"));
  _ch_pages_draw_counts (self, counts.ok, counts.expiring, counts.pending, counts.bad);
  if (projects->len == 0)
    _ch_pages_draw_paragraph (self, _("No project has subcontractors with insurance requirements."), CH_FACE_PLAIN, 10,
                              CH_INK_TEXT, 0);
  else
    draw_overview_head (self->canvas);
  for (guint i = 0; i < projects->len; i++)
    draw_row (self, g_ptr_array_index (projects, i), first + i);
  _ch_pages_draw_colophon (self);
  self->canvas->n_overview = self->canvas->page;
}
