#define G_LOG_DOMAIN "ch-report"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-report-counts-private.h"
#include "ch-report-pages-private.h"
#include "ch-report-table-private.h"

/* The one page of a project: the counts, then its subs from the worst on, as many as there is room for. */

/* Findings of one sub on the one page; all of them stand in the details. */
#define FEW_FINDINGS 3
/* The line that tells of those who found no room. */
#define REST_HEIGHT 26.0

static const ChReportProject *
get_project (const ChPages *self,
             guint          index)
{
  return g_ptr_array_index (self->report->projects, index);
}

static void
draw_head (ChPages               *self,
           const ChReportProject *project)
{
  ChReportCounts counts = { 0 };

  _ch_report_counts_add_lines (&counts, project->lines, 0);
  self->heading = project->title;
  self->has_table = FALSE;
  _ch_pages_draw_title (self, project->title);
  _ch_pages_draw_counts (self, counts.ok, counts.expiring, counts.pending, counts.bad);
  if (project->lines->len == 0)
    _ch_pages_draw_paragraph (self, _("No subcontractor on this project has insurance requirements."), CH_FACE_PLAIN,
                              10, CH_INK_TEXT, 0);
  else
    _ch_report_table_draw_head (self->canvas);
}

static void
append_count (GString    *text,
              guint       n,
              const char *words)
{
  if (n > 0)
    g_string_append_printf (text, "%s%u %s", text->len > 0 ? ", " : "", n, words);
}

/* "and 12 more: 10 in order, 2 expiring soon; all are told from page 9 on" */
static void
draw_rest (ChPages               *self,
           const ChReportProject *project,
           guint                  first,
           guint                  details)
{
  ChReportCounts counts = { 0 };
  guint n = project->lines->len - first;
  g_autoptr(GString) told = g_string_new (NULL);
  g_autofree char *text = NULL;

  _ch_report_counts_add_lines (&counts, project->lines, first);
  append_count (told, counts.bad, _("not compliant"));
  append_count (told, counts.pending, _("waiting for review"));
  append_count (told, counts.expiring, _("expiring soon"));
  append_count (told, counts.ok, _("in order"));
  if (n > 0)
    text = g_strdup_printf (ngettext ("… and %u more sub: %s. All subs with all that is open: page %u.",
                                      "… and %u more subs: %s. All subs with all that is open: page %u.", n),
                            n, told->str, details);
  else
    text = g_strdup_printf (_("All that is open: page %u."), details);
  self->canvas->y += 8;
  _ch_pages_draw_paragraph (self, text, CH_FACE_ITALIC, 9, CH_INK_TEXT, 0);
}

void
_ch_pages_draw_project (ChPages *self,
                        guint    index)
{
  const ChReportProject *project = get_project (self, index);
  guint *details = &g_array_index (self->details, guint, index);
  double bottom = CH_PAGE_BOTTOM;
  gboolean is_whole = TRUE;
  guint i;

  /* A project's own report says on its one page whose word it is; a company's has said so before. */
  if (!self->report->is_of_company)
    bottom -= MIN (_ch_pages_measure_colophon (self), CH_PAGE_HEIGHT / 4);
  draw_head (self, project);
  for (i = 0; i < project->lines->len; i++)
    {
      const ChReportLine *line = g_ptr_array_index (project->lines, i);
      gboolean is_last = i + 1 == project->lines->len;
      double room = is_last && is_whole && line->findings->len <= FEW_FINDINGS ? 0 : REST_HEIGHT;

      if (self->canvas->y + _ch_report_table_measure_line (self->canvas, line, FEW_FINDINGS) + room > bottom)
        break;
      is_whole = is_whole && line->findings->len <= FEW_FINDINGS;
      _ch_report_table_draw_line (self->canvas, line, FEW_FINDINGS, NULL, NULL);
    }

  if (i < project->lines->len || !is_whole)
    {
      /* While the pages are counted it is enough that there will be details. */
      *details = MAX (*details, 1);
      draw_rest (self, project, i, *details);
    }
  if (!self->report->is_of_company)
    _ch_pages_draw_colophon (self);
}

static void
start_next_page (ChCanvas *canvas,
                 gpointer  user_data)
{
  _ch_pages_next (user_data);
}

/* All of a project's subs with all that is open, over as many pages as that takes. */
void
_ch_pages_draw_details (ChPages *self,
                        guint    index)
{
  const ChReportProject *project = get_project (self, index);

  g_array_index (self->details, guint, index) = self->canvas->page;
  draw_head (self, project);
  self->has_table = TRUE;
  for (guint i = 0; i < project->lines->len; i++)
    _ch_report_table_draw_line (self->canvas, g_ptr_array_index (project->lines, i), 0, start_next_page, self);
  self->has_table = FALSE;
}
