#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-sub-rows.h"

#include "ch-certificate-item.h"
#include "ch-event-text.h"
#include "ch-field-label.h"
#include "ch-format.h"
#include "ch-status-badge.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
make_row (const char *title,
          const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title != NULL ? title : "");
  if (subtitle != NULL && *subtitle != '\0')
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  /* a row that only tells is no stop for the keyboard */
  gtk_widget_set_focusable (row, FALSE);

  return row;
}

/**
 * ch_sub_row_new_fact:
 * @title: what it is
 * @value: what it says
 *
 * Returns: (transfer floating): a row whose value can be copied
 */
GtkWidget *
ch_sub_row_new_fact (const char *title,
                     const char *value)
{
  GtkWidget *row = make_row (title, NULL);
  GtkWidget *label = gtk_label_new (value);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);

  return row;
}

/* What was asked and what was found, under the sentence that says how to put it right. */
static char *
describe_finding (const ChFinding *finding)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (finding->expected != NULL)
    g_string_append_printf (text, _("Asked: %s"), finding->expected);
  if (finding->expected != NULL || finding->found != NULL)
    {
      g_string_append (text, text->len > 0 ? " · " : "");
      g_string_append_printf (text, _("Found: %s"), finding->found != NULL ? finding->found : _("nothing"));
    }
  if (finding->waived)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _("Waived"));

  return g_strdup (text->str);
}

static const char *
get_severity_icon (const ChFinding *finding)
{
  if (finding->waived)
    return "ch-exempt-symbolic";
  return finding->severity == CH_SEVERITY_FAIL ? "ch-error-symbolic"
         : finding->severity == CH_SEVERITY_NEEDS_EVIDENCE ? "ch-missing-symbolic"
                                                           : "ch-expiring-symbolic";
}

static const char *
get_severity_text (const ChFinding *finding)
{
  if (finding->waived)
    return _("Waived");
  return finding->severity == CH_SEVERITY_FAIL ? _("Not met")
         : finding->severity == CH_SEVERITY_NEEDS_EVIDENCE ? _("Needs evidence")
                                                           : _("Warning");
}

static GtkWidget *
make_finding_row (const ChFinding *finding)
{
  g_autofree char *subtitle = describe_finding (finding);
  GtkWidget *row = make_row (finding->text, subtitle);
  GtkWidget *icon = gtk_image_new_from_icon_name (get_severity_icon (finding));

  gtk_widget_add_css_class (icon, finding->waived ? "status-green" : finding->severity == CH_SEVERITY_FAIL
                                                                     ? "status-red" : "status-yellow");
  gtk_widget_set_tooltip_text (icon, get_severity_text (finding));
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, get_severity_text (finding), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);

  return row;
}

static char *
describe_change (const ChStoredVerdict *verdict,
                 ChDate                 today)
{
  ChDate date = verdict->verdict->changes_on;
  g_autofree char *day = ch_format_date (date);
  g_autofree char *away = ch_format_in_days (date, today);

  if (!verdict->has_requirements)
    return g_strdup (_("No requirements reach this sub here"));
  if (date == CH_DATE_NONE)
    return NULL;

  return g_strdup_printf (_("Changes on %s (%s)"), day, away);
}

/**
 * ch_sub_row_new_verdict:
 * @verdict: what is said of the sub on one project
 * @project_name: the project
 * @today: today
 *
 * Returns: (transfer floating): a row that opens to the findings
 */
GtkWidget *
ch_sub_row_new_verdict (const ChStoredVerdict *verdict,
                        const char            *project_name,
                        ChDate                 today)
{
  g_autofree char *subtitle = describe_change (verdict, today);
  GPtrArray *findings = verdict->verdict->findings;
  GtkWidget *badge = ch_status_badge_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("go-next-symbolic");
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), project_name);
  if (subtitle != NULL)
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Open project"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Open project"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-project");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", verdict->project_id);

  ch_status_badge_set_status (CH_STATUS_BADGE (badge), verdict->status);
  /* Suffixes of an expander row stand in the reverse order of their adding. */
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), button);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), badge);

  for (guint i = 0; i < findings->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_finding_row (g_ptr_array_index (findings, i)));
  if (findings->len == 0)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_row (_("Nothing to complain about"), NULL));

  return row;
}

static char *
describe_policies (const ChCertificate *certificate)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < certificate->policies->len; i++)
    {
      const ChPolicy *policy = g_ptr_array_index (certificate->policies, i);
      g_autofree char *end = ch_format_date (policy->expiration);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                              policy->coverage_text != NULL && policy->coverage == CH_COVERAGE_OTHER
                                ? policy->coverage_text : ch_coverage_get_label (policy->coverage));
      if (policy->policy_number != NULL)
        g_string_append_printf (text, " · %s", policy->policy_number);
      if (*end != '\0')
        {
          g_string_append (text, " · ");
          g_string_append_printf (text, _("ends %s"), end);
        }
    }

  return g_strdup (text->str);
}

/**
 * ch_sub_row_new_certificate:
 * @filed: a certificate on file
 *
 * Returns: (transfer floating): a row that opens it
 */
GtkWidget *
ch_sub_row_new_certificate (const ChFiledCertificate *filed)
{
  g_autofree char *policies = filed->read_problem != NULL && filed->certificate->policies->len == 0
                                ? g_strdup (filed->read_problem)
                                : describe_policies (filed->certificate);
  GtkWidget *row = make_row (filed->file_name, policies);
  GtkWidget *badge = ch_status_badge_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  ch_status_badge_set_text (CH_STATUS_BADGE (badge), ch_review_get_icon_name (filed->review),
                            ch_review_get_label (filed->review), ch_review_get_style_class (filed->review));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), badge);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_focusable (row, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-certificate");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", filed->id);

  return row;
}

/**
 * ch_sub_row_new_insurance:
 * @record: a record that somebody else made
 * @project_name: (nullable): its project, %NULL for the company directory
 *
 * Returns: (transfer floating): a row that only tells
 */
GtkWidget *
ch_sub_row_new_insurance (const ChInsuranceRecord *record,
                          const char              *project_name)
{
  static const char * const shown[] = { "insurance_provider", "policy_number", "limit" };
  const char *type = ch_field_set_get (record->fields, "insurance_type");
  const char *status = ch_field_set_get (record->fields, "status");
  const char *expiration = ch_field_set_get (record->fields, "expiration_date");
  ChDate end = expiration != NULL ? ch_date_from_iso (expiration) : CH_DATE_NONE;
  g_autofree char *day = ch_format_date (end);
  g_autoptr(GString) text = g_string_new (project_name != NULL ? project_name : _("Company directory"));
  GtkWidget *row;

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      const char *value = ch_field_set_get (record->fields, shown[i]);

      if (value != NULL && *value != '\0')
        g_string_append_printf (text, " · %s", value);
    }
  if (end != CH_DATE_NONE)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("ends %s"), day);
    }
  row = make_row (type != NULL ? type : _("Insurance"), text->str);
  if (status != NULL)
    {
      g_autofree char *words = g_strdelimit (g_strdup (status), "_", ' ');
      GtkWidget *label = gtk_label_new (words);

      gtk_widget_add_css_class (label, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }

  return row;
}

/**
 * ch_sub_row_new_event:
 * @event: a line of the audit trail
 * @project_name: (nullable): its project
 *
 * Returns: (transfer floating): a row that tells it
 */
GtkWidget *
ch_sub_row_new_event (const ChEvent *event,
                      const char    *project_name)
{
  g_autofree char *title = ch_event_dup_title (event);
  g_autofree char *detail = ch_event_dup_detail (event);
  g_autofree char *when = ch_format_instant (event->at);
  g_autofree char *who = g_strdup (event->who != NULL ? event->who : "");
  g_autoptr(GString) text = g_string_new (when);
  GtkWidget *row;

  g_string_append_printf (text, " · %s", g_str_has_prefix (who, "desk:") ? who + strlen ("desk:") : who);
  if (project_name != NULL)
    g_string_append_printf (text, " · %s", project_name);
  if (detail != NULL)
    {
      g_autofree char *full = g_strdup_printf ("%s: %s", title, detail);

      row = make_row (full, text->str);
    }
  else
    {
      row = make_row (title, text->str);
    }

  return row;
}
