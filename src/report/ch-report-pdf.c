#define G_LOG_DOMAIN "ch-report"

#include "config.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "ch-compliance-report.h"
#include "ch-report-pages-private.h"

/* A company's report: the overview, then one page for each project, then the details of those for whom one page is too
 * little. A project's own: its page, and the details where needed. */
static void
draw_pages (ChPages *self)
{
  GPtrArray *projects = self->report->projects;

  if (self->report->is_of_company)
    _ch_pages_draw_overview (self);
  for (guint i = 0; i < projects->len; i++)
    {
      if (i > 0 || self->report->is_of_company)
        _ch_pages_next (self);
      _ch_pages_draw_project (self, i);
    }
  for (guint i = 0; i < projects->len; i++)
    {
      if (g_array_index (self->details, guint, i) == 0)
        continue;
      _ch_pages_next (self);
      _ch_pages_draw_details (self, i);
    }
  _ch_pages_draw_footer (self);
  cairo_show_page (self->canvas->cr);
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

static const char *
get_heading (const ChComplianceReport *report)
{
  if (report->is_of_company || report->projects->len == 0)
    return _("All projects");

  return ((const ChReportProject *)g_ptr_array_index (report->projects, 0))->name;
}

static void
set_metadata (cairo_surface_t          *surface,
              const ChComplianceReport *report)
{
  g_autofree char *title = g_strdup_printf (_("Insurance compliance – %s"), get_heading (report));
  g_autoptr(GDateTime) made = g_date_time_new_from_unix_utc (report->as_of);
  g_autofree char *made_iso = made != NULL ? g_date_time_format (made, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, report->company != NULL ? report->company : "");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Certholder");
  if (made_iso != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, made_iso);
}

static char *
format_as_of (const ChComplianceReport *report)
{
  g_autoptr(GTimeZone) zone = report->tz_name != NULL ? g_time_zone_new_identifier (report->tz_name) : NULL;
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (report->as_of);
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

/* One pass over all pages. @pages: (inout): what the pass before has learnt of their number */
static cairo_status_t
draw (const ChComplianceReport *report,
      cairo_surface_t          *surface,
      gboolean                  leaves_no_ink,
      GArray                   *details,
      guint                    *n_pages,
      guint                    *n_overview)
{
  g_autofree char *as_of = format_as_of (report);
  ChCanvas canvas;
  ChPages pages = { &canvas, report, as_of, get_heading (report), FALSE, details };

  _ch_canvas_init (&canvas, surface, *n_pages);
  canvas.n_overview = *n_overview;
  canvas.leaves_no_ink = leaves_no_ink;
  draw_pages (&pages);
  *n_pages = canvas.page;
  *n_overview = canvas.n_overview;
  _ch_canvas_clear (&canvas);

  return finish_surface (surface);
}

/* Whether one page tells where another is. */
static gboolean
has_places_to_learn (const ChComplianceReport *self,
                     GArray                   *details)
{
  for (guint i = 0; i < details->len; i++)
    {
      if (g_array_index (details, guint, i) != 0)
        return TRUE;
    }
  return self->is_of_company;
}

/**
 * ch_compliance_report_to_pdf:
 * @self: a report
 * @error: return location for a #GError
 *
 * Draws the report on US Letter pages. Status is told by text and shape, colour only repeats it. The same report gives
 * the same bytes on the same machine.
 *
 * Returns: (transfer full): the PDF, or %NULL with %G_IO_ERROR_FAILED where cairo refuses
 */
GBytes *
ch_compliance_report_to_pdf (const ChComplianceReport  *self,
                             GError                   **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(GArray) details = NULL;
  cairo_surface_t *surface;
  cairo_status_t status;
  guint n_pages = 0;
  guint n_overview = 0;

  g_return_val_if_fail (self != NULL, NULL);

  /* The first pass counts the pages, the second learns where the details are, the last is for good. */
  details = g_array_new (FALSE, TRUE, sizeof (guint));
  g_array_set_size (details, self->projects->len);
  status = CAIRO_STATUS_SUCCESS;
  for (guint pass = 0; status == CAIRO_STATUS_SUCCESS && pass < (has_places_to_learn (self, details) ? 2 : 1); pass++)
    {
      surface = cairo_pdf_surface_create_for_stream (discard, NULL, CH_PAGE_WIDTH, CH_PAGE_HEIGHT);
      status = draw (self, surface, TRUE, details, &n_pages, &n_overview);
    }
  if (status == CAIRO_STATUS_SUCCESS)
    {
      surface = cairo_pdf_surface_create_for_stream (collect, bytes, CH_PAGE_WIDTH, CH_PAGE_HEIGHT);
      set_metadata (surface, self);
      status = draw (self, surface, FALSE, details, &n_pages, &n_overview);
    }
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The report can’t be drawn: %s."),
                   cairo_status_to_string (status));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
