#define G_LOG_DOMAIN "ch-report"

#include "config.h"

#include <string.h>

#include "ch-compliance-report.h"

/* One row for each finding, and one for a sub without any: RFC 4180 with a byte order mark, so that spreadsheets take it
 * for UTF-8. */

static const char * const columns[] = {
  "as_of", "audit_entry", "audit_sha256", "project_id", "project", "sub_id", "sub", "status", "decision", "changes_on",
  "requirement_sets", "rule", "severity", "waived", "expected", "found", "text",
};

/* A cell that begins so is run as a formula by some spreadsheet, in whichever width the sign was typed
 * (https://owasp.org/www-community/attacks/CSV_Injection). */
static gboolean
begins_formula (const char *text)
{
  gunichar c = g_utf8_get_char (text);

  return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r' || c == '\n' || c == 0xff1d
         || c == 0xff0b || c == 0xff0d || c == 0xff20;
}

static void
add_cell (GString    *out,
          const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  const char *p;

  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, ',');
  if (valid[0] == '\0')
    return;

  g_string_append_c (out, '"');
  if (begins_formula (valid))
    g_string_append_c (out, '\'');
  for (p = valid; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static void
add_number (GString *out,
            gint64   number)
{
  g_autofree char *text = number != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;

  add_cell (out, text);
}

static void
end_row (GString *out)
{
  g_string_append (out, "\r\n");
}

static char *
format_as_of (const ChComplianceReport *self)
{
  g_autoptr(GTimeZone) zone = self->tz_name != NULL ? g_time_zone_new_identifier (self->tz_name) : NULL;
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (self->as_of);
  g_autoptr(GDateTime) local = NULL;

  if (utc == NULL)
    return g_strdup ("");
  local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);

  return g_date_time_format_iso8601 (local);
}

/* @finding: (nullable): %NULL where the sub has none */
static void
add_row (GString                  *out,
         const ChComplianceReport *self,
         const ChReportProject    *project,
         const ChReportLine       *line,
         const ChFinding          *finding)
{
  g_autofree char *as_of = format_as_of (self);
  g_autofree char *changes_on = line->changes_on != CH_DATE_NONE ? ch_date_to_iso (line->changes_on) : NULL;
  g_autofree char *text = finding != NULL ? ch_finding_dup_text (finding, TRUE) : NULL;

  add_cell (out, as_of);
  add_number (out, self->audit_entry);
  add_cell (out, self->audit_hash);
  add_number (out, project->id);
  add_cell (out, project->name);
  add_number (out, line->sub_id);
  add_cell (out, line->sub);
  add_cell (out, ch_status_to_string (line->status));
  add_cell (out, ch_status_to_string (line->decision));
  add_cell (out, changes_on);
  add_cell (out, line->requirements);
  add_cell (out, finding != NULL ? finding->rule : NULL);
  add_cell (out, finding != NULL ? ch_severity_to_string (finding->severity) : NULL);
  add_cell (out, finding == NULL ? NULL : finding->waived ? "yes" : "no");
  add_cell (out, finding != NULL ? finding->expected : NULL);
  add_cell (out, finding != NULL ? finding->found : NULL);
  add_cell (out, text);
  end_row (out);
}

/**
 * ch_compliance_report_to_csv:
 * @self: a report
 *
 * Returns: (transfer full): the report as a table with a heading; no cell of it can be taken for a formula
 */
GBytes *
ch_compliance_report_to_csv (const ChComplianceReport *self)
{
  GString *out = g_string_new ("\xef\xbb\xbf");
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "," : "", columns[i]);
  end_row (out);

  for (guint i = 0; i < self->projects->len; i++)
    {
      const ChReportProject *project = g_ptr_array_index (self->projects, i);

      for (guint k = 0; k < project->lines->len; k++)
        {
          const ChReportLine *line = g_ptr_array_index (project->lines, k);

          for (guint f = 0; f < line->findings->len; f++)
            add_row (out, self, project, line, g_ptr_array_index (line->findings, f));
          if (line->findings->len == 0)
            add_row (out, self, project, line, NULL);
        }
    }

  length = out->len;

  return g_bytes_new_take (g_string_free (out, FALSE), length);
}
