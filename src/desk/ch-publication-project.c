#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-desk-report.h"
#include "ch-judgement-private.h"
#include "ch-publication-private.h"
#include "ch-publication-wording-private.h"
#include "ch-statement-private.h"
#include "ch-store-directory.h"

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const ChReportLine *left = *(ChReportLine * const *)a;
  const ChReportLine *right = *(ChReportLine * const *)b;
  int order = ch_status_compare (right->status, left->status);

  if (order != 0)
    return order;

  return g_strcmp0 (left->sub, right->sub);
}

/* (element-type gint64 ChVendor): borrowed */
static GHashTable *
index_vendors (GPtrArray *vendors)
{
  GHashTable *index = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < vendors->len; i++)
    {
      ChVendor *vendor = g_ptr_array_index (vendors, i);

      g_hash_table_insert (index, &vendor->id, vendor);
    }

  return index;
}

GPtrArray *
_ch_list_report_lines (ChStore  *store,
                       gint64    project_id,
                       GError  **error)
{
  g_autoptr(GPtrArray) verdicts = NULL;
  g_autoptr(GPtrArray) vendors = NULL;
  g_autoptr(GHashTable) index = NULL;
  GPtrArray *lines;

  verdicts = ch_store_list_verdicts (store, project_id, 0, 0, error);
  if (verdicts == NULL)
    return NULL;
  vendors = ch_store_list_project_vendors (store, project_id, error);
  if (vendors == NULL)
    return NULL;

  index = index_vendors (vendors);
  lines = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_report_line_free);
  for (guint i = 0; i < verdicts->len; i++)
    {
      const ChStoredVerdict *verdict = g_ptr_array_index (verdicts, i);
      const ChVendor *vendor = g_hash_table_lookup (index, &verdict->vendor_id);

      ChReportLine *line;

      if (!verdict->has_requirements || vendor == NULL)
        continue;
      line = ch_report_line_new (vendor->name, verdict->status, verdict->verdict->changes_on,
                                 verdict->verdict->findings);
      line->requirements = _ch_verdict_dup_requirements (verdict);
      g_ptr_array_add (lines, line);
    }
  g_ptr_array_sort (lines, compare_lines);

  return lines;
}

static void
add_text (GChecksum  *checksum,
          const char *text)
{
  g_checksum_update (checksum, (const guchar *)(text != NULL ? text : ""), text != NULL ? (gssize)strlen (text) : 0);
  g_checksum_update (checksum, (const guchar *)"\n", 1);
}

/* The report's facts, without the moment at which it is drawn: it is made anew only when it would say something else. */
static char *
dup_fingerprint (const char *company,
                 const char *project,
                 GPtrArray  *lines)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  add_text (checksum, company);
  add_text (checksum, project);
  for (guint i = 0; i < lines->len; i++)
    {
      const ChReportLine *line = g_ptr_array_index (lines, i);
      g_autofree char *day = line->changes_on != CH_DATE_NONE ? ch_date_to_iso (line->changes_on) : NULL;

      add_text (checksum, line->sub);
      add_text (checksum, ch_status_to_string (line->status));
      add_text (checksum, day);
      add_text (checksum, line->requirements);
      for (guint k = 0; k < line->findings->len; k++)
        {
          const ChFinding *finding = g_ptr_array_index (line->findings, k);

          add_text (checksum, finding->waived ? "waived" : ch_severity_to_string (finding->severity));
          add_text (checksum, finding->text);
        }
    }

  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
say_about_project (ChDeskView        *view,
                   ChSharedKind       kind,
                   gint64             project_id,
                   const ChFieldSet  *fields,
                   GError           **error)
{
  g_autoptr(GPtrArray) records = ch_store_list_shared (view->store, kind, project_id, 0, error);
  g_autoptr(ChSharedRecord) made = NULL;
  ChSharedRecord *record;

  if (records == NULL)
    return FALSE;

  record = _ch_statement_find (records, project_id, 0, NULL);
  if (fields == NULL)
    return record == NULL || _ch_statement_withdraw (view, record, error);
  if (record == NULL)
    {
      made = ch_shared_record_new (kind);
      made->project_id = project_id;
      record = made;
    }

  return _ch_statement_say (view, record, fields, error);
}

static ChFieldSet *
describe_report (ChDeskView           *view,
                 const ChProjectView  *project,
                 GPtrArray            *lines)
{
  ChFieldSet *fields = ch_field_set_new ();
  g_autofree char *fingerprint = dup_fingerprint (view->company_name, project->project->name, lines);

  ch_field_set_set (fields, "folder", CH_PUBLICATION_FOLDER);
  ch_field_set_set (fields, "name", "Insurance compliance report.pdf");
  ch_field_set_set (fields, "fingerprint", fingerprint);

  return fields;
}

static ChFieldSet *
describe_link (GPtrArray *lines)
{
  ChFieldSet *fields = ch_field_set_new ();
  guint counts[CH_N_STATUSES] = { 0 };
  g_autofree char *title = NULL;

  for (guint i = 0; i < lines->len; i++)
    counts[((ChReportLine *)g_ptr_array_index (lines, i))->status]++;
  title = _ch_wording_dup_link_title (counts);
  ch_field_set_set (fields, "title", title);

  return fields;
}

gboolean
_ch_publish_project_in_view (ChDeskView  *view,
                             gint64       project_id,
                             GError     **error)
{
  const ChProjectView *project = _ch_desk_view_get_project (view, project_id);
  g_autoptr(GPtrArray) lines = NULL;
  g_autoptr(ChFieldSet) report = NULL;
  g_autoptr(ChFieldSet) link = NULL;

  if (project != NULL)
    {
      lines = _ch_list_report_lines (view->store, project_id, error);
      if (lines == NULL)
        return FALSE;
      if (lines->len > 0)
        {
          report = describe_report (view, project, lines);
          link = describe_link (lines);
        }
    }

  /* What ends, ends also where the place is switched off. */
  return ((report != NULL && !view->is_on[CH_PLACE_DOCUMENTS]) ||
          say_about_project (view, CH_SHARED_REPORT, project_id, report, error)) &&
         ((link != NULL && !view->is_on[CH_PLACE_LINKS]) ||
          say_about_project (view, CH_SHARED_LINK, project_id, link, error));
}

/**
 * ch_publish_project:
 *
 * Writes what Procore should say of one project as a whole: its compliance report and its home link. Must be called
 * inside a transaction.
 */
gboolean
ch_publish_project (ChDesk  *desk,
                    gint64   project_id,
                    GError **error)
{
  g_autoptr(ChDeskView) view = NULL;

  g_return_val_if_fail (CH_IS_DESK (desk), FALSE);
  g_return_val_if_fail (ch_store_in_transaction (ch_desk_get_store (desk)), FALSE);

  view = _ch_desk_view_new (desk, error);

  return view != NULL && _ch_publish_project_in_view (view, project_id, error);
}

/**
 * ch_publication_make_report:
 *
 * Returns: (transfer full): the project's compliance report as PDF, as the current verdicts have it
 */
GBytes *
ch_publication_make_report (ChDesk  *desk,
                            gint64   project_id,
                            GError **error)
{
  g_autoptr(ChComplianceReport) report = NULL;

  g_return_val_if_fail (CH_IS_DESK (desk), NULL);

  report = ch_desk_make_report (desk, project_id, 0, error);

  return report != NULL ? ch_compliance_report_to_pdf (report, error) : NULL;
}
