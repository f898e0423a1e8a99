#define G_LOG_DOMAIN "ch-report"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-report-table-private.h"

#define GAP 12.0
#define ROW_PADDING 6.0
#define FINDING_GAP 2.5
#define SUB_WIDTH 126.0
#define STATUS_WIDTH 106.0
#define DATE_WIDTH 64.0
#define FINDINGS_X (CH_PAGE_MARGIN + SUB_WIDTH + STATUS_WIDTH + DATE_WIDTH + 3 * GAP)
#define FINDINGS_WIDTH (CH_PAGE_WIDTH - CH_PAGE_MARGIN - FINDINGS_X)
#define STATUS_X (CH_PAGE_MARGIN + SUB_WIDTH + GAP)
#define DATE_X (STATUS_X + STATUS_WIDTH + GAP)
#define SHAPE_SIZE 7.5
#define SHAPE_WIDTH 13.0
#define TEXT_SIZE 9.0
#define SMALL_SIZE 8.0

const char *
_ch_report_get_status_label (ChStatus status)
{
  switch (status)
    {
    case CH_STATUS_NOT_REQUIRED:
      return _("Not required");
    case CH_STATUS_EXEMPT:
      return _("Exempt");
    case CH_STATUS_COMPLIANT:
      return _("Compliant");
    case CH_STATUS_EXPIRING:
      return _("Expiring");
    case CH_STATUS_PENDING:
      return _("Waiting for review");
    case CH_STATUS_NON_COMPLIANT:
      return _("Not compliant");
    case CH_STATUS_EXPIRED:
      return _("Expired");
    case CH_STATUS_MISSING:
    default:
      return _("Nothing on file");
    }
}

char *
_ch_report_format_date (ChDate date)
{
  g_autoptr(GDateTime) day = NULL;
  int year, month, day_of_month;

  if (date == CH_DATE_NONE)
    return g_strdup ("–");

  ch_date_get_ymd (date, &year, &month, &day_of_month);
  day = g_date_time_new_utc (year, month, day_of_month, 0, 0, 0);
  if (day == NULL)
    return ch_date_to_iso (date);

  /* Translators: a date in a narrow column, as "Dec 2, 2026" */
  return g_date_time_format (day, _("%b %-e, %Y"));
}

static void
draw_head_cell (ChCanvas   *canvas,
                const char *text,
                double      x,
                double      y)
{
  g_autoptr(PangoLayout) layout = _ch_canvas_lay_out (canvas, text, CH_FACE_BOLD, 7.5, 0);

  _ch_canvas_show (canvas, layout, x, y, CH_INK_QUIET);
}

void
_ch_report_table_draw_head (ChCanvas *canvas)
{
  draw_head_cell (canvas, _("Subcontractor"), CH_PAGE_MARGIN, canvas->y);
  draw_head_cell (canvas, _("Status"), STATUS_X, canvas->y);
  draw_head_cell (canvas, _("Changes on"), DATE_X, canvas->y);
  draw_head_cell (canvas, _("What is open"), FINDINGS_X, canvas->y);
  canvas->y += 14.0;
  _ch_canvas_rule (canvas, canvas->y, 0.9, CH_INK_TEXT);
}

static char *
dup_finding_text (const ChFinding *finding)
{
  g_autofree char *text = ch_finding_dup_text (finding, TRUE);

  if (finding->waived)
    return g_strdup_printf (_("Waived: %s"), text);
  if (finding->severity == CH_SEVERITY_WARNING)
    return g_strdup_printf (_("Note: %s"), text);

  return g_steal_pointer (&text);
}

static const char *
get_text_without_findings (ChStatus status)
{
  switch (status)
    {
    case CH_STATUS_NOT_REQUIRED:
      return _("Nothing is asked.");
    case CH_STATUS_EXEMPT:
      return _("Exempt from the requirements.");
    case CH_STATUS_MISSING:
      return _("No certificate is on file.");
    case CH_STATUS_PENDING:
      return _("A document waits for review.");
    default:
      return _("Nothing is open.");
    }
}

/* (element-type PangoLayout): one for each paragraph of the last column. @max_findings: 0 for all */
static GPtrArray *
lay_out_findings (ChCanvas           *canvas,
                  const ChReportLine *line,
                  guint               max_findings)
{
  GPtrArray *layouts = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_shown = max_findings > 0 ? MIN (line->findings->len, max_findings) : line->findings->len;

  for (guint i = 0; i < n_shown; i++)
    {
      g_autofree char *text = dup_finding_text (g_ptr_array_index (line->findings, i));

      g_ptr_array_add (layouts, _ch_canvas_lay_out (canvas, text, CH_FACE_PLAIN, SMALL_SIZE, FINDINGS_WIDTH));
    }
  if (line->findings->len > n_shown)
    {
      guint n_more = line->findings->len - n_shown;
      g_autofree char *text = g_strdup_printf (ngettext ("… and %u more", "… and %u more", n_more), n_more);

      g_ptr_array_add (layouts, _ch_canvas_lay_out (canvas, text, CH_FACE_ITALIC, SMALL_SIZE, FINDINGS_WIDTH));
    }
  if (line->findings->len == 0)
    g_ptr_array_add (layouts, _ch_canvas_lay_out (canvas, get_text_without_findings (line->status), CH_FACE_PLAIN,
                                                  SMALL_SIZE, FINDINGS_WIDTH));

  return layouts;
}

static void
continue_on_next_page (ChCanvas           *canvas,
                       const ChReportLine *line,
                       ChNextPageFunc      next_page,
                       gpointer            user_data)
{
  g_autofree char *text = g_strdup_printf (_("%s (continued)"), line->sub);
  g_autoptr(PangoLayout) layout = NULL;

  next_page (canvas, user_data);
  layout = _ch_canvas_lay_out (canvas, text, CH_FACE_ITALIC, TEXT_SIZE, SUB_WIDTH);
  pango_layout_set_height (layout, -4);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_MIDDLE);
  _ch_canvas_show (canvas, layout, CH_PAGE_MARGIN, canvas->y + ROW_PADDING, CH_INK_QUIET);
  canvas->y += ROW_PADDING;
}

static void
draw_findings (ChCanvas           *canvas,
               const ChReportLine *line,
               GPtrArray          *layouts,
               ChNextPageFunc      next_page,
               gpointer            user_data)
{
  ChInk ink = line->findings->len > 0 ? CH_INK_TEXT : CH_INK_QUIET;

  for (guint i = 0; i < layouts->len; i++)
    {
      PangoLayout *layout = g_ptr_array_index (layouts, i);
      double height = _ch_canvas_get_height (layout);

      if (i > 0 && next_page != NULL && canvas->y + height > CH_PAGE_BOTTOM)
        continue_on_next_page (canvas, line, next_page, user_data);
      _ch_canvas_show (canvas, layout, FINDINGS_X, canvas->y + 0.8, ink);
      canvas->y += height + FINDING_GAP;
    }
}

/* A name of any length: no more of it than leaves room for the others. */
static PangoLayout *
lay_out_sub (ChCanvas           *canvas,
             const ChReportLine *line)
{
  PangoLayout *layout = _ch_canvas_lay_out (canvas, line->sub, CH_FACE_BOLD, TEXT_SIZE, SUB_WIDTH);

  pango_layout_set_height (layout, -4);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);

  return layout;
}

static PangoLayout *
lay_out_status (ChCanvas           *canvas,
                const ChReportLine *line)
{
  return _ch_canvas_lay_out (canvas, _ch_report_get_status_label (line->status), CH_FACE_PLAIN, TEXT_SIZE,
                             STATUS_WIDTH - SHAPE_WIDTH);
}

static double
get_cells_height (PangoLayout *sub,
                  PangoLayout *status)
{
  return MAX (_ch_canvas_get_height (sub), _ch_canvas_get_height (status));
}

/* The height of the row that _ch_report_table_draw_line() draws, in points. */
double
_ch_report_table_measure_line (ChCanvas           *canvas,
                               const ChReportLine *line,
                               guint               max_findings)
{
  g_autoptr(PangoLayout) sub = lay_out_sub (canvas, line);
  g_autoptr(PangoLayout) status = lay_out_status (canvas, line);
  g_autoptr(GPtrArray) findings = lay_out_findings (canvas, line, max_findings);
  double height = 0;

  for (guint i = 0; i < findings->len; i++)
    height += _ch_canvas_get_height (g_ptr_array_index (findings, i)) + FINDING_GAP;

  return MAX (get_cells_height (sub, status), height) + 2 * ROW_PADDING;
}

/**
 * _ch_report_table_draw_line:
 * @max_findings: 0 for all
 * @next_page: (nullable): %NULL where the row is known to fit
 *
 * One sub's row at the canvas's place, on the next page where it doesn't fit on this one. A row that is taller than
 * what is left breaks between two findings.
 */
void
_ch_report_table_draw_line (ChCanvas           *canvas,
                            const ChReportLine *line,
                            guint               max_findings,
                            ChNextPageFunc      next_page,
                            gpointer            user_data)
{
  ChColour colour = ch_status_get_colour (line->status);
  g_autofree char *date = _ch_report_format_date (line->changes_on);
  g_autoptr(PangoLayout) sub = lay_out_sub (canvas, line);
  g_autoptr(PangoLayout) status = lay_out_status (canvas, line);
  g_autoptr(PangoLayout) changes = _ch_canvas_lay_out (canvas, date, CH_FACE_PLAIN, TEXT_SIZE, DATE_WIDTH);
  g_autoptr(GPtrArray) findings = lay_out_findings (canvas, line, max_findings);
  double cells, first, top;
  guint page;

  cells = get_cells_height (sub, status);
  first = _ch_canvas_get_height (g_ptr_array_index (findings, 0));
  if (findings->len > 1)
    first += _ch_canvas_get_height (g_ptr_array_index (findings, 1)) + FINDING_GAP;
  if (next_page != NULL && canvas->y + 2 * ROW_PADDING + MAX (cells, first) > CH_PAGE_BOTTOM)
    next_page (canvas, user_data);

  page = canvas->page;
  canvas->y += ROW_PADDING;
  top = canvas->y;
  _ch_canvas_show (canvas, sub, CH_PAGE_MARGIN, top, CH_INK_TEXT);
  _ch_canvas_shape (canvas, colour, STATUS_X, top + 2.0, SHAPE_SIZE);
  _ch_canvas_show (canvas, status, STATUS_X + SHAPE_WIDTH, top, CH_INK_TEXT);
  _ch_canvas_show (canvas, changes, DATE_X, top, line->changes_on == CH_DATE_NONE ? CH_INK_QUIET : CH_INK_TEXT);
  draw_findings (canvas, line, findings, next_page, user_data);

  if (canvas->page == page)
    canvas->y = MAX (canvas->y, top + cells);
  canvas->y += ROW_PADDING - 1.5;
  _ch_canvas_rule (canvas, canvas->y, 0.5, CH_INK_LINE);
}
