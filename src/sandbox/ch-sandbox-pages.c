#define G_LOG_DOMAIN "ch-sandbox"

#include "config.h"

#include "ch-sandbox-private.h"

#include <string.h>

static void
append_text (GString    *html,
             const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text != NULL ? text : "", -1);

  g_string_append (html, escaped);
}

/* Wraps @value in one element. */
static void
append_element (GString    *html,
                const char *element,
                const char *value)
{
  g_string_append_printf (html, "<%s>", element);
  append_text (html, value);
  g_string_append_printf (html, "</%s>", element);
}

static GString *
begin_page (ChSandbox  *self,
            const char *title,
            JsonObject *project)
{
  static const char *const tools[] = { "home", "directory", "documents", "commitments" };
  GString *html = g_string_new (
    "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
    "<style>:root{color-scheme:light dark;--bg:#fbfaf8;--fg:#222;--line:#d8d4cc;--accent:#a3401a;--bad:#a51d2d;--good:#1c6b38}"
    "@media(prefers-color-scheme:dark){:root{--bg:#1d1d20;--fg:#eee;--line:#46464c;--accent:#f2a27e;--bad:#ff8f8f;--good:#8fdc9f}}"
    "body{margin:0 auto;max-width:72rem;padding:1.5rem;font:16px/1.5 system-ui,sans-serif;background:var(--bg);color:var(--fg)}"
    "a{color:var(--accent)}nav a{margin-right:1.2rem}table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "th,td{text-align:left;vertical-align:top;padding:.45rem .7rem;border-bottom:1px solid var(--line)}"
    "button,input,select{font:inherit;padding:.35rem .8rem}.good{color:var(--good)}.bad{color:var(--bad)}"
    "form{display:inline-block;margin:.3rem .6rem .3rem 0}</style>");
  g_autofree char *now = _ch_format_time (self->now);
  guint i;

  append_element (html, "title", title);
  g_string_append (html, "</head><body><header><a href=\"/\">" "Harbor &amp; Main Builders, Inc.</a> · ");
  append_text (html, now);
  g_string_append (html, "</header>");
  append_element (html, "h1", title);
  if (project != NULL)
    {
      g_string_append (html, "<nav>");
      for (i = 0; i < G_N_ELEMENTS (tools); i++)
        g_string_append_printf (html, "<a href=\"/%" G_GINT64_FORMAT "/project/%s\">%c%s</a>", _ch_record_id (project, "id"),
                                tools[i], g_ascii_toupper (*tools[i]), tools[i] + 1);
      g_string_append (html, "</nav>");
    }
  return html;
}

static ChSandboxAnswer *
end_page (GString *html)
{
  g_string_append (html, "</body></html>");
  return _ch_answer (200, "text/html; charset=utf-8", g_string_free (html, FALSE));
}

/* A shape and words, so that the status does not hang on its colour. */
static void
append_status (GString    *html,
               const char *status)
{
  gboolean good = g_strcmp0 (status, "compliant") == 0 || g_strcmp0 (status, "not_required") == 0;
  gboolean bad = g_strcmp0 (status, "expired") == 0 || g_strcmp0 (status, "non_compliant") == 0
                 || g_strcmp0 (status, "not_compliant") == 0;
  g_autofree char *words = g_strdelimit (g_strdup (status != NULL ? status : "not set"), "_", ' ');

  g_string_append_printf (html, "<span class=\"%s\">%s ", good ? "good" : bad ? "bad" : "open", good ? "●" : bad ? "▲" : "■");
  append_text (html, words);
  g_string_append (html, "</span>");
}

static JsonObject *
find_project (ChCall *call)
{
  return _ch_record_find (call->sandbox->projects, call->ids[0]);
}

static ChSandboxAnswer *
refuse_project (void)
{
  return _ch_answer (404, "text/html; charset=utf-8", g_strdup ("<!doctype html><title>Not found</title><p>No such project.</p>"));
}

static void
append_forms (ChSandbox *self,
              GString   *html)
{
  guint i;

  g_string_append (html, "<form method=\"post\" action=\"/move-clock\"><input type=\"hidden\" name=\"days\" value=\"1\">"
                         "<button>+1 day</button></form>"
                         "<form method=\"post\" action=\"/move-clock\"><input type=\"hidden\" name=\"days\" value=\"30\">"
                         "<button>+30 days</button></form>"
                         "<form method=\"post\" action=\"/start-project\"><input name=\"name\" required aria-label=\"Project name\" "
                         "placeholder=\"Project name\"> <button>Start a project</button></form>"
                         "<form method=\"post\" action=\"/add-sub\"><select name=\"project_id\" aria-label=\"Project\">");
  for (i = 0; i < self->projects->len; i++)
    {
      JsonObject *project = g_ptr_array_index (self->projects, i);

      g_string_append_printf (html, "<option value=\"%" G_GINT64_FORMAT "\">", _ch_record_id (project, "id"));
      append_text (html, _ch_record_text (project, "name"));
    }
  g_string_append (html, "</select> <select name=\"vendor_id\" aria-label=\"Sub\">");
  for (i = 0; i < self->vendors->len; i++)
    {
      JsonObject *vendor = g_ptr_array_index (self->vendors, i);

      g_string_append_printf (html, "<option value=\"%" G_GINT64_FORMAT "\">", _ch_record_id (vendor, "id"));
      append_text (html, _ch_record_text (vendor, "name"));
    }
  g_string_append (html, "</select> <button>Add the sub</button></form>");
}

static const char *
get_stage (JsonObject *project)
{
  return _ch_record_text (json_object_get_object_member (project, "project_stage"), "name");
}

static ChSandboxAnswer *
show_start (ChCall *call)
{
  GString *html = begin_page (call->sandbox, "Projects", NULL);
  guint i;

  append_forms (call->sandbox, html);
  g_string_append (html, "<table><tr><th>Number<th>Project<th>Stage<th>Active");
  for (i = 0; i < call->sandbox->projects->len; i++)
    {
      JsonObject *project = g_ptr_array_index (call->sandbox->projects, i);

      g_string_append (html, "<tr>");
      append_element (html, "td", _ch_record_text (project, "project_number"));
      g_string_append_printf (html, "<td><a href=\"/%" G_GINT64_FORMAT "/project/home\">", _ch_record_id (project, "id"));
      append_text (html, _ch_record_text (project, "name"));
      g_string_append (html, "</a></td>");
      append_element (html, "td", get_stage (project));
      append_element (html, "td", _ch_record_flag (project, "active") ? "● active" : "■ inactive");
    }
  g_string_append (html, "</table>");
  return end_page (html);
}

static ChSandboxAnswer *
go_to_start (void)
{
  ChSandboxAnswer *answer = _ch_answer (303, "text/plain", g_strdup (""));

  _ch_answer_header (answer, "Location", "/");
  return answer;
}

static gint64
get_number (ChCall     *call,
            const char *name)
{
  const char *text = _ch_call_form (call, name);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static ChSandboxAnswer *
move_clock (ChCall *call)
{
  gint64 step = CLAMP (get_number (call, "days"), 0, 366) * G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;

  call->sandbox->skew += step;
  call->sandbox->now += step;
  return go_to_start ();
}

static ChSandboxAnswer *
start_project (ChCall *call)
{
  const char *name = _ch_call_form (call, "name");

  if (name != NULL && *name != '\0' && g_utf8_validate (name, -1, NULL))
    _ch_add_project (call->sandbox, name, "course_of_construction", NULL);
  return go_to_start ();
}

static ChSandboxAnswer *
add_sub (ChCall *call)
{
  gint64 project_id = get_number (call, "project_id");
  gint64 vendor_id = get_number (call, "vendor_id");

  if (_ch_record_find (call->sandbox->projects, project_id) != NULL && _ch_record_find (call->sandbox->vendors, vendor_id) != NULL)
    _ch_add_membership (call->sandbox, project_id, vendor_id);
  return go_to_start ();
}

static ChSandboxAnswer *
show_home (ChCall *call)
{
  JsonObject *project = find_project (call);
  GString *html;
  guint i;

  if (project == NULL)
    return refuse_project ();
  html = begin_page (call->sandbox, _ch_record_text (project, "name"), project);
  append_element (html, "p", get_stage (project));
  g_string_append (html, "<h2>Links</h2><ul>");
  for (i = 0; i < call->sandbox->links->len; i++)
    {
      JsonObject *link = g_ptr_array_index (call->sandbox->links, i);

      if (_ch_record_id (link, "_project_id") != call->ids[0])
        continue;
      g_string_append (html, "<li><a href=\"");
      append_text (html, g_str_has_prefix (_ch_record_text (link, "url"), "http") ? _ch_record_text (link, "url") : "#");
      g_string_append (html, "\">");
      append_text (html, _ch_record_text (link, "title"));
      g_string_append (html, "</a>");
    }
  g_string_append (html, "</ul>");
  return end_page (html);
}

static gboolean
is_overall (JsonObject *record)
{
  return g_strcmp0 (_ch_record_text (record, "insurance_type"), "Overall compliance") == 0;
}

static void
append_records (ChSandbox *self,
                GString   *html,
                gint64     project_id,
                gint64     vendor_id,
                gboolean   overall)
{
  guint i;

  for (i = 0; i < self->insurances->len; i++)
    {
      JsonObject *record = g_ptr_array_index (self->insurances, i);
      gint64 place = _ch_record_id (record, "_project_id");

      if (_ch_record_id (record, "vendor_id") != vendor_id || (place != 0 && place != project_id) || is_overall (record) != overall)
        continue;
      g_string_append (html, "<tr>");
      append_element (html, "td", _ch_record_text (record, "insurance_type"));
      g_string_append (html, "<td>");
      append_status (html, _ch_record_text (record, "status"));
      append_element (html, "td", _ch_record_text (record, "insurance_provider"));
      append_element (html, "td", _ch_record_text (record, "policy_number"));
      append_element (html, "td", _ch_record_text (record, "limit"));
      append_element (html, "td", _ch_record_text (record, "expiration_date"));
      append_element (html, "td", _ch_record_text (record, "notes"));
    }
}

static ChSandboxAnswer *
show_directory (ChCall *call)
{
  JsonObject *project = find_project (call);
  GString *html;
  guint i;

  if (project == NULL)
    return refuse_project ();
  html = begin_page (call->sandbox, "Directory", project);
  for (i = 0; i < call->sandbox->vendors->len; i++)
    {
      JsonObject *vendor = g_ptr_array_index (call->sandbox->vendors, i);
      gint64 id = _ch_record_id (vendor, "id");

      if (!_ch_has_membership (call->sandbox, call->ids[0], id))
        continue;
      append_element (html, "h2", _ch_record_text (vendor, "name"));
      g_string_append (html, "<table><tr><th>Insurance<th>Status<th>Carrier<th>Policy<th>Limit<th>Expires<th>Notes");
      append_records (call->sandbox, html, call->ids[0], id, TRUE);
      append_records (call->sandbox, html, call->ids[0], id, FALSE);
      g_string_append (html, "</table>");
    }
  return end_page (html);
}

static void
append_folder (ChSandbox *self,
               GString   *html,
               gint64     folder_id)
{
  guint i;

  g_string_append (html, "<ul>");
  for (i = 0; i < self->folders->len; i++)
    {
      JsonObject *folder = g_ptr_array_index (self->folders, i);

      if (_ch_record_id (folder, "parent_id") != folder_id)
        continue;
      g_string_append (html, "<li>📁 ");
      append_text (html, _ch_record_text (folder, "name"));
      append_folder (self, html, _ch_record_id (folder, "id"));
    }
  for (i = 0; i < self->files->len; i++)
    {
      JsonObject *file = g_ptr_array_index (self->files, i);

      if (_ch_record_id (file, "parent_id") != folder_id || _ch_record_flag (file, "is_deleted"))
        continue;
      g_string_append (html, "<li>");
      append_text (html, _ch_record_text (file, "name"));
      g_string_append (html, " <small>");
      append_text (html, _ch_record_text (file, "description"));
      g_string_append (html, "</small>");
    }
  g_string_append (html, "</ul>");
}

static ChSandboxAnswer *
show_documents (ChCall *call)
{
  JsonObject *project = find_project (call);
  GString *html;

  if (project == NULL)
    return refuse_project ();
  html = begin_page (call->sandbox, "Documents", project);
  append_folder (call->sandbox, html, _ch_record_id (_ch_root_folder (call->sandbox, call->ids[0]), "id"));
  return end_page (html);
}

static ChSandboxAnswer *
show_commitments (ChCall *call)
{
  JsonObject *project = find_project (call);
  GString *html;
  guint i;

  if (project == NULL)
    return refuse_project ();
  html = begin_page (call->sandbox, "Commitments", project);
  g_string_append (html, "<table><tr><th>Number<th>Title<th>Sub<th>Insurance<th>Notes");
  for (i = 0; i < call->sandbox->commitments->len; i++)
    {
      JsonObject *commitment = g_ptr_array_index (call->sandbox->commitments, i);
      JsonObject *compliance = json_object_get_object_member (commitment, "_compliance");

      if (_ch_record_id (commitment, "_project_id") != call->ids[0])
        continue;
      g_string_append (html, "<tr>");
      append_element (html, "td", _ch_record_text (commitment, "number"));
      append_element (html, "td", _ch_record_text (commitment, "title"));
      append_element (html, "td", _ch_record_text (json_object_get_object_member (commitment, "vendor"), "company"));
      g_string_append (html, "<td>");
      append_status (html, _ch_record_text (compliance, "insurance_status"));
      append_element (html, "td", _ch_record_text (compliance, "insurance_notes"));
    }
  g_string_append (html, "</table>");
  return end_page (html);
}

const ChRoute _ch_page_routes[] = {
  { "GET", "/", NULL, CH_BODY_NONE, NULL, show_start },
  { "POST", "/move-clock", NULL, CH_BODY_ANY_FORM, NULL, move_clock },
  { "POST", "/start-project", NULL, CH_BODY_ANY_FORM, NULL, start_project },
  { "POST", "/add-sub", NULL, CH_BODY_ANY_FORM, NULL, add_sub },
  { "GET", "/{id}/project/home", NULL, CH_BODY_NONE, NULL, show_home },
  { "GET", "/{id}/project/directory", NULL, CH_BODY_NONE, NULL, show_directory },
  { "GET", "/{id}/project/documents", NULL, CH_BODY_NONE, NULL, show_documents },
  { "GET", "/{id}/project/commitments", NULL, CH_BODY_NONE, NULL, show_commitments },
  { NULL },
};
