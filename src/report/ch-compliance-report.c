#define G_LOG_DOMAIN "ch-report"

#include "config.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "ch-compliance-report.h"
#include "ch-report-canvas-private.h"
#include "ch-report-table-private.h"

/* What stays the same on every page. */
typedef struct {
  const char *company;
  const char *project;
  const char *as_of;
  GPtrArray  *lines;
} Report;

/**
 * ch_report_line_new:
 * @sub: the sub's name
 * @status: what the desk says of it
 * @changes_on: the day on which that changes by itself, or %CH_DATE_NONE
 * @findings: (nullable) (element-type ChFinding): copied
 *
 * Returns: (transfer full): one row of the report
 */
ChReportLine *
ch_report_line_new (const char *sub,
                    ChStatus    status,
                    ChDate      changes_on,
                    GPtrArray  *findings)
{
  ChReportLine *self = g_new0 (ChReportLine, 1);

  self->sub = g_strdup (sub != NULL ? sub : "");
  self->status = status;
  self->changes_on = changes_on;
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_finding_free);
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    g_ptr_array_add (self->findings, ch_finding_copy (g_ptr_array_index (findings, i)));

  return self;
}

void
ch_report_line_free (ChReportLine *self)
{
  if (self == NULL)
    return;

  g_free (self->sub);
  g_ptr_array_unref (self->findings);
  g_free (self);
}

static void
draw_footer (ChCanvas     *canvas,
             const Report *report)
{
  g_autofree char *left = g_strdup_printf (_("%s · as of %s"), report->project, report->as_of);
  g_autofree char *right = g_strdup_printf (_("Page %u of %u"), canvas->page, canvas->n_pages);
  g_autoptr(PangoLayout) left_layout = NULL;
  g_autoptr(PangoLayout) right_layout = _ch_canvas_lay_out (canvas, right, CH_FACE_PLAIN, 7.5, 0);
  double width = _ch_canvas_get_width (right_layout);
  double y = CH_PAGE_HEIGHT - 44.0;

  left_layout = _ch_canvas_lay_out (canvas, left, CH_FACE_PLAIN, 7.5, CH_PAGE_INNER_WIDTH - width - 24);
  pango_layout_set_height (left_layout, -1);
  pango_layout_set_ellipsize (left_layout, PANGO_ELLIPSIZE_MIDDLE);
  _ch_canvas_show (canvas, left_layout, CH_PAGE_MARGIN, y, CH_INK_QUIET);
  _ch_canvas_show (canvas, right_layout, CH_PAGE_WIDTH - CH_PAGE_MARGIN - width, y, CH_INK_QUIET);
}

static void
start_next_page (ChCanvas *canvas,
                 gpointer  user_data)
{
  draw_footer (canvas, user_data);
  cairo_show_page (canvas->cr);
  canvas->page++;
  canvas->y = CH_PAGE_MARGIN;
  _ch_report_table_draw_head (canvas);
}

static void
draw_paragraph (ChCanvas   *canvas,
                const char *text,
                ChFace      face,
                double      size,
                ChInk       ink,
                double      space_after)
{
  g_autoptr(PangoLayout) layout = NULL;

  layout = _ch_canvas_lay_out (canvas, text, face, size, CH_PAGE_INNER_WIDTH);
  _ch_canvas_show (canvas, layout, CH_PAGE_MARGIN, canvas->y, ink);
  canvas->y += _ch_canvas_get_height (layout) + space_after;
}

static void
draw_title (ChCanvas     *canvas,
            const Report *report)
{
  g_autofree char *as_of = g_strdup_printf (_("As of %s"), report->as_of);

  if (report->company[0] != '\0')
    draw_paragraph (canvas, report->company, CH_FACE_BOLD, 9, CH_INK_QUIET, 5);
  draw_paragraph (canvas, _("Insurance compliance"), CH_FACE_BOLD, 22, CH_INK_TEXT, 2);
  draw_paragraph (canvas, report->project, CH_FACE_PLAIN, 14, CH_INK_TEXT, 5);
  draw_paragraph (canvas, as_of, CH_FACE_PLAIN, 9, CH_INK_QUIET, 14);
}

/* The four things that a project manager counts; the tiles stand in a row. */
static void
draw_tile (ChCanvas   *canvas,
           guint       place,
           ChColour    colour,
           guint       count,
           const char *label)
{
  const double gap = 10.0, height = 52.0;
  double width = (CH_PAGE_INNER_WIDTH - 3 * gap) / 4;
  double x = CH_PAGE_MARGIN + place * (width + gap);
  g_autofree char *number = g_strdup_printf ("%u", count);
  g_autoptr(PangoLayout) number_layout = _ch_canvas_lay_out (canvas, number, CH_FACE_BOLD, 19, 0);
  g_autoptr(PangoLayout) label_layout = _ch_canvas_lay_out (canvas, label, CH_FACE_PLAIN, 8.5, width - 20);

  _ch_canvas_box (canvas, x, canvas->y, width, height, CH_INK_SHADE);
  _ch_canvas_show (canvas, number_layout, x + 12, canvas->y + 7, CH_INK_TEXT);
  if (count > 0)
    _ch_canvas_shape (canvas, colour, x + width - 24, canvas->y + 13, 12);
  _ch_canvas_show (canvas, label_layout, x + 12, canvas->y + 33, CH_INK_QUIET);
}

static void
draw_counts (ChCanvas     *canvas,
             const Report *report)
{
  guint ok = 0, expiring = 0, pending = 0, bad = 0;

  for (guint i = 0; i < report->lines->len; i++)
    {
      const ChReportLine *line = g_ptr_array_index (report->lines, i);

      if (line->status == CH_STATUS_EXPIRING)
        expiring++;
      else if (line->status == CH_STATUS_PENDING)
        pending++;
      else if (ch_status_get_colour (line->status) == CH_COLOUR_GREEN)
        ok++;
      else
        bad++;
    }

  draw_tile (canvas, 0, CH_COLOUR_GREEN, ok, _("in order"));
  draw_tile (canvas, 1, CH_COLOUR_YELLOW, expiring, _("expiring soon"));
  draw_tile (canvas, 2, CH_COLOUR_YELLOW, pending, _("waiting for review"));
  draw_tile (canvas, 3, CH_COLOUR_RED, bad, _("not compliant"));
  canvas->y += 52.0 + 22.0;
}

/* Draws everything and answers the number of pages. */
static guint
draw_report (cairo_surface_t *surface,
             Report          *report,
             guint            n_pages)
{
  ChCanvas canvas;
  guint pages;

  _ch_canvas_init (&canvas, surface, n_pages);
  draw_title (&canvas, report);
  draw_counts (&canvas, report);
  if (report->lines->len == 0)
    draw_paragraph (&canvas, _("No subcontractor on this project has insurance requirements."), CH_FACE_PLAIN, 10,
                    CH_INK_TEXT, 0);
  else
    _ch_report_table_draw_head (&canvas);
  for (guint i = 0; i < report->lines->len; i++)
    _ch_report_table_draw_line (&canvas, g_ptr_array_index (report->lines, i), start_next_page, report);
  draw_footer (&canvas, report);
  cairo_show_page (canvas.cr);

  pages = canvas.page;
  _ch_canvas_clear (&canvas);

  return pages;
}

static cairo_status_t
discard (void                *closure,
         const unsigned char *data,
         unsigned int         length)
{
  return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
collect (void                *closure,
         const unsigned char *data,
         unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata (cairo_surface_t *surface,
              const Report    *report,
              gint64           as_of)
{
  g_autofree char *title = g_strdup_printf (_("Insurance compliance – %s"), report->project);
  g_autoptr(GDateTime) made = g_date_time_new_from_unix_utc (as_of);
  g_autofree char *made_iso = made != NULL ? g_date_time_format (made, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, report->company);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Certholder");
  if (made_iso != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, made_iso);
}

static char *
format_as_of (gint64      as_of,
              const char *tz_name)
{
  g_autoptr(GTimeZone) zone = tz_name != NULL ? g_time_zone_new_identifier (tz_name) : NULL;
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (as_of);
  g_autoptr(GDateTime) local = NULL;

  if (utc == NULL)
    return g_strdup ("–");
  local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);

  /* Translators: a moment with its time zone, as "November 23, 2026, 4:05 PM EST" */
  return g_date_time_format (local, _("%B %-e, %Y, %-I:%M %p %Z"));
}

static cairo_status_t
finish_surface (cairo_surface_t *surface)
{
  cairo_status_t status;

  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  return status;
}

/**
 * ch_compliance_report_to_pdf:
 * @company: (nullable): the general contractor's name
 * @project: the project's name
 * @as_of: the moment that the report tells of, Unix seconds
 * @tz_name: (nullable): IANA zone in which @as_of is shown; UTC where %NULL or unknown
 * @lines: (element-type ChReportLine): in the order in which they are to stand
 * @error: return location for a #GError
 *
 * Draws the project's compliance report on US Letter pages. Status is told by text and shape, colour only repeats
 * it. The same input gives the same bytes on the same machine.
 *
 * Returns: (transfer full): the PDF, or %NULL with %G_IO_ERROR_FAILED where cairo refuses
 */
GBytes *
ch_compliance_report_to_pdf (const char  *company,
                             const char  *project,
                             gint64       as_of,
                             const char  *tz_name,
                             GPtrArray   *lines,
                             GError     **error)
{
  g_autofree char *as_of_text = format_as_of (as_of, tz_name);
  Report report = { company != NULL ? company : "", project != NULL ? project : "", as_of_text, lines };
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;
  guint n_pages;

  g_return_val_if_fail (lines != NULL, NULL);

  surface = cairo_pdf_surface_create_for_stream (discard, NULL, CH_PAGE_WIDTH, CH_PAGE_HEIGHT);
  n_pages = draw_report (surface, &report, 0);
  status = finish_surface (surface);

  if (status == CAIRO_STATUS_SUCCESS)
    {
      surface = cairo_pdf_surface_create_for_stream (collect, bytes, CH_PAGE_WIDTH, CH_PAGE_HEIGHT);
      set_metadata (surface, &report, as_of);
      draw_report (surface, &report, n_pages);
      status = finish_surface (surface);
    }
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the report can't be drawn: %s",
                   cairo_status_to_string (status));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
