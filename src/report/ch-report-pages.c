#define G_LOG_DOMAIN "ch-report"

#include "config.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>

#include "ch-report-pages-private.h"
#include "ch-report-table-private.h"

/* What the pages of every report have in common. */

#define COLOPHON_SIZE 7.5
#define COLOPHON_GAP 10.0

void
_ch_pages_draw_footer (ChPages *self)
{
  ChCanvas *canvas = self->canvas;
  g_autofree char *left = g_strdup_printf (_("%s · as of %s"), self->heading, self->as_of);
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

/* Ends the page and starts the next one; within a table it goes on there. */
void
_ch_pages_next (ChPages *self)
{
  _ch_pages_draw_footer (self);
  cairo_show_page (self->canvas->cr);
  self->canvas->page++;
  self->canvas->y = CH_PAGE_MARGIN;
  if (self->has_table)
    _ch_report_table_draw_head (self->canvas);
}

void
_ch_pages_draw_paragraph (ChPages    *self,
                          const char *text,
                          ChFace      face,
                          double      size,
                          ChInk       ink,
                          double      space_after)
{
  g_autoptr(PangoLayout) layout = _ch_canvas_lay_out (self->canvas, text, face, size, CH_PAGE_INNER_WIDTH);
  double height = _ch_canvas_get_height (layout);

  if (self->canvas->y + height > CH_PAGE_BOTTOM)
    _ch_pages_next (self);
  _ch_canvas_show (self->canvas, layout, CH_PAGE_MARGIN, self->canvas->y, ink);
  self->canvas->y += height + space_after;
}

/* A name of any length leaves room for the rest of the page. */
static void
draw_heading (ChPages    *self,
              const char *text)
{
  ChCanvas *canvas = self->canvas;
  g_autoptr(PangoLayout) layout = _ch_canvas_lay_out (canvas, text, CH_FACE_PLAIN, 14, CH_PAGE_INNER_WIDTH);

  pango_layout_set_height (layout, -2);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  _ch_canvas_show (canvas, layout, CH_PAGE_MARGIN, canvas->y, CH_INK_TEXT);
  canvas->y += _ch_canvas_get_height (layout) + 5;
}

void
_ch_pages_draw_title (ChPages    *self,
                      const char *heading)
{
  g_autofree char *as_of = g_strdup_printf (_("As of %s"), self->as_of);

  if (self->report->company != NULL && self->report->company[0] != '\0')
    _ch_pages_draw_paragraph (self, self->report->company, CH_FACE_BOLD, 9, CH_INK_QUIET, 5);
  _ch_pages_draw_paragraph (self, _("Insurance compliance"), CH_FACE_BOLD, 22, CH_INK_TEXT, 2);
  draw_heading (self, heading);
  _ch_pages_draw_paragraph (self, as_of, CH_FACE_PLAIN, 9, CH_INK_QUIET, 14);
}

/* The tiles stand in a row. */
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

void
_ch_pages_draw_counts (ChPages *self,
                       guint    ok,
                       guint    expiring,
                       guint    pending,
                       guint    bad)
{
  draw_tile (self->canvas, 0, CH_COLOUR_GREEN, ok, _("in order"));
  draw_tile (self->canvas, 1, CH_COLOUR_YELLOW, expiring, _("expiring soon"));
  draw_tile (self->canvas, 2, CH_COLOUR_YELLOW, pending, _("waiting for review"));
  draw_tile (self->canvas, 3, CH_COLOUR_RED, bad, _("not compliant"));
  self->canvas->y += 52.0 + 22.0;
}

/* Whose word the report is: the sets in their versions, and the audit trail's last hash, which vouches for all of it. */
static char *
dup_colophon (const ChComplianceReport *report)
{
  GString *text = g_string_new (NULL);

  if (report->requirements->len > 0)
    {
      g_string_append (text, _("Judged by: "));
      for (guint i = 0; i < report->requirements->len; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? " · " : "",
                                (const char *)g_ptr_array_index (report->requirements, i));
      g_string_append (text, ". ");
    }
  if (report->audit_hash != NULL)
    g_string_append_printf (text, _("Audit trail at entry %" PRId64 ", SHA-256 %s. "), report->audit_entry,
                            report->audit_hash);
  g_string_append (text, _("A certificate is information only: what is told here is the evidence on file."));

  return g_string_free (text, FALSE);
}

void
_ch_pages_draw_colophon (ChPages *self)
{
  g_autofree char *text = dup_colophon (self->report);

  self->has_table = FALSE;
  self->canvas->y += COLOPHON_GAP;
  _ch_pages_draw_paragraph (self, text, CH_FACE_PLAIN, COLOPHON_SIZE, CH_INK_QUIET, 0);
}

/* The height that it takes, in points, where it is to stand on the same page. */
double
_ch_pages_measure_colophon (ChPages *self)
{
  g_autofree char *text = dup_colophon (self->report);
  g_autoptr(PangoLayout) layout = NULL;

  layout = _ch_canvas_lay_out (self->canvas, text, CH_FACE_PLAIN, COLOPHON_SIZE, CH_PAGE_INNER_WIDTH);

  return _ch_canvas_get_height (layout) + COLOPHON_GAP;
}
