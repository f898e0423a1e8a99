#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-sub-rows.h"

#include "ch-certificate-item.h"
#include "ch-field-label.h"
#include "ch-finding-row.h"
#include "ch-format.h"
#include "ch-rule-label.h"
#include "ch-status-badge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* a policy is marked this many days before it ends; when a status changes is the requirement set's business */
#define SOON_DAYS 30

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

static GtkWidget *
make_button (const char *icon_name,
             const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return button;
}

static char *
describe_change (const ChStoredVerdict *verdict,
                 const char            *decision,
                 ChDate                 today)
{
  ChDate date = verdict->verdict->changes_on;
  g_autofree char *day = ch_format_date (date);
  g_autofree char *away = ch_format_in_days (date, today);

  if (!verdict->has_requirements)
    return g_strdup (_("No requirements reach this sub here"));
  if (date == CH_DATE_NONE)
    return g_strdup (decision);

  /* Translators: the last decision and since when it holds; the day on which it changes by itself, and how far that is */
  return g_strdup_printf (_("%s · Changes on %s (%s)"), decision, day, away);
}

/**
 * ch_sub_row_new_verdict:
 * @verdict: what is said of the sub on one project
 * @project_name: the project
 * @decision: the last decision on it, in a sentence
 * @today: today
 *
 * Returns: (transfer floating): a row that opens to the findings, once ch_sub_row_fill_verdict() has added them
 */
GtkWidget *
ch_sub_row_new_verdict (const ChStoredVerdict *verdict,
                        const char            *project_name,
                        const char            *decision,
                        ChDate                 today)
{
  g_autofree char *subtitle = describe_change (verdict, decision, today);
  GtkWidget *badge = ch_status_badge_new ();
  GtkWidget *button = make_button ("go-next-symbolic", _("Open project"));
  GtkWidget *asked = make_button ("ch-requirements-symbolic", _("What is asked here"));
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), project_name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-project");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", verdict->project_id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (asked), "win.open-asked");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (asked), "(xx)", verdict->vendor_id, verdict->project_id);

  ch_status_badge_set_status (CH_STATUS_BADGE (badge), verdict->status);
  /* Suffixes of an expander row stand in the reverse order of their adding. */
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), button);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), asked);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), badge);

  return row;
}

/**
 * ch_sub_row_fill_verdict:
 * @row: from ch_sub_row_new_verdict()
 * @verdict: the same verdict
 * @sources: (nullable) (element-type ChRequirementSource): by the findings' layers
 *
 * Adds the findings, which most rows are never opened to.
 */
void
ch_sub_row_fill_verdict (GtkWidget             *row,
                         const ChStoredVerdict *verdict,
                         GPtrArray             *sources)
{
  GPtrArray *findings = verdict->verdict->findings;

  for (guint i = 0; i < findings->len; i++)
    {
      const ChFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *origin = NULL;

      if (sources != NULL && finding->layer >= 0 && finding->layer < (int)sources->len)
        origin = ch_source_dup_label (g_ptr_array_index (sources, finding->layer), finding->is_stage);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), ch_finding_row_new (finding, origin, verdict->vendor_id,
                                                                           verdict->project_id));
    }
  if (findings->len == 0)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_row (verdict->has_requirements
                                                                  ? _("Everything that is asked is shown")
                                                                  : _("Nothing is asked here"), NULL));
}

/* The coverages in a few words; the policies themselves stand in a list of their own. */
static char *
describe_certificate (const ChFiledCertificate *filed)
{
  g_autofree char *received = ch_format_instant (filed->received_at);
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_append_printf (text, _("Received %s"), received);
  if (filed->read_problem != NULL && filed->certificate->policies->len == 0)
    {
      g_string_append_printf (text, " · %s", filed->read_problem);
      return g_strdup (text->str);
    }
  for (guint i = 0; i < filed->certificate->policies->len; i++)
    {
      const ChPolicy *policy = g_ptr_array_index (filed->certificate->policies, i);

      g_string_append (text, i == 0 ? "\n" : ", ");
      g_string_append (text, ch_policy_get_title (policy));
    }

  return g_strdup (text->str);
}

static void
open_on_click (GtkWidget *row,
               gint64     certificate_id)
{
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_focusable (row, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-certificate");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", certificate_id);
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
  g_autofree char *subtitle = describe_certificate (filed);
  GtkWidget *row = make_row (filed->file_name, subtitle);
  GtkWidget *badge = ch_status_badge_new ();

  ch_status_badge_set_text (CH_STATUS_BADGE (badge), ch_review_get_icon_name (filed->review),
                            ch_review_get_label (filed->review), ch_review_get_style_class (filed->review));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), badge);
  open_on_click (row, filed->id);

  return row;
}

static char *
describe_limits (const ChPolicy *policy)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (int limit = 0; limit < CH_N_LIMITS; limit++)
    {
      g_autofree char *money = NULL;

      if (policy->limits[limit] == CH_MONEY_ABSENT)
        continue;
      money = ch_format_money (policy->limits[limit]);
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? " · " : "", ch_limit_get_label ((ChLimit)limit), money);
    }

  return g_strdup (text->str);
}

/* "Granite Ridge · GL-7010 · Jan 5, 2026 – Jan 5, 2027", and the limits below. */
static char *
describe_policy (const ChSubPolicy *held)
{
  const ChPolicy *policy = held->policy;
  g_autofree char *from = ch_format_date (policy->effective);
  g_autofree char *to = ch_format_date (policy->expiration);
  g_autofree char *limits = describe_limits (policy);
  g_autoptr(GString) text = g_string_new (held->insurer);

  if (policy->policy_number != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", policy->policy_number);
  if (*to != '\0')
    {
      g_string_append (text, text->len > 0 ? " · " : "");
      /* Translators: the first day of a policy, and the day at whose beginning it ends */
      g_string_append_printf (text, _("%s – %s"), *from != '\0' ? from : "…", to);
    }
  if (*limits != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", limits);

  return g_strdup (text->str);
}

/* How the policy stands today; it ends at 12:01 AM of its expiration date. */
static void
show_term (ChStatusBadge  *badge,
           const ChPolicy *policy,
           ChDate          today)
{
  g_autofree char *away = NULL;
  g_autofree char *text = NULL;

  if (policy->expiration != CH_DATE_NONE && policy->expiration <= today)
    {
      ch_status_badge_set_text (badge, "ch-expired-symbolic", _("Ended"), "status-red");
      return;
    }
  if (policy->effective != CH_DATE_NONE && policy->effective > today)
    {
      away = ch_format_in_days (policy->effective, today);
      /* Translators: a policy that starts later; %s is "tomorrow" or "in 12 days" */
      text = g_strdup_printf (_("Starts %s"), away);
      ch_status_badge_set_text (badge, "ch-pending-symbolic", text, "status-quiet");
      return;
    }
  if (policy->expiration == CH_DATE_NONE)
    {
      ch_status_badge_set_text (badge, "ch-missing-symbolic", _("No end shown"), "status-yellow");
      return;
    }

  away = ch_format_in_days (policy->expiration, today);
  /* Translators: a policy in force; %s is "tomorrow" or "in 12 days" */
  text = g_strdup_printf (_("Ends %s"), away);
  if (policy->expiration - today <= SOON_DAYS)
    ch_status_badge_set_text (badge, "ch-expiring-symbolic", text, "status-yellow");
  else
    ch_status_badge_set_text (badge, "ch-ok-symbolic", text, "status-green");
}

/**
 * ch_sub_row_new_policy:
 * @held: a policy of an approved certificate
 * @today: today
 *
 * Returns: (transfer floating): a row that opens the certificate
 */
GtkWidget *
ch_sub_row_new_policy (const ChSubPolicy *held,
                       ChDate             today)
{
  g_autofree char *subtitle = describe_policy (held);
  GtkWidget *row = make_row (ch_policy_get_title (held->policy), subtitle);
  GtkWidget *badge = ch_status_badge_new ();

  show_term (CH_STATUS_BADGE (badge), held->policy, today);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), badge);
  open_on_click (row, held->certificate_id);

  return row;
}

static char *
describe_waiver (const ChStoredWaiver *given,
                 const char           *project_name)
{
  const char *who = given->given_by != NULL && g_str_has_prefix (given->given_by, "desk:")
                      ? given->given_by + strlen ("desk:") : given->given_by;
  g_autofree char *until = ch_format_date (given->waiver->until);
  g_autofree char *when = ch_format_instant (given->given_at);
  g_autoptr(GString) text = g_string_new (project_name != NULL ? project_name : _("Every project"));

  /* Translators: the last day of an exception */
  g_string_append (text, " · ");
  g_string_append_printf (text, _("through %s"), until);
  if (given->waiver->why != NULL)
    g_string_append_printf (text, "\n%s", given->waiver->why);
  g_string_append (text, "\n");
  g_string_append_printf (text, _("Given by %s, %s"), who != NULL ? who : "", when);
  if (given->ended_at != 0)
    {
      g_autofree char *ended = ch_format_instant (given->ended_at);

      g_string_append (text, "\n");
      g_string_append_printf (text, _("Taken back by %s, %s"),
                              given->ended_by != NULL && g_str_has_prefix (given->ended_by, "desk:")
                                ? given->ended_by + strlen ("desk:") : given->ended_by != NULL ? given->ended_by : "",
                              ended);
    }

  return g_strdup (text->str);
}

/**
 * ch_sub_row_new_waiver:
 * @given: an exception
 * @project_name: (nullable): where it holds, %NULL for every project
 * @today: today
 *
 * Returns: (transfer floating): a row; while the exception holds, with a button that ends it
 */
GtkWidget *
ch_sub_row_new_waiver (const ChStoredWaiver *given,
                       const char           *project_name,
                       ChDate                today)
{
  g_autofree char *title = given->waiver->rule != NULL ? ch_rule_dup_label (given->waiver->rule)
                                                       : g_strdup (_("Exempt from everything"));
  g_autofree char *subtitle = describe_waiver (given, project_name);
  GtkWidget *row = make_row (title, subtitle);
  GtkWidget *badge = ch_status_badge_new ();

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (given->ended_at != 0)
    ch_status_badge_set_text (CH_STATUS_BADGE (badge), "ch-not-required-symbolic", _("Taken back"), "status-quiet");
  else if (given->waiver->until < today)
    ch_status_badge_set_text (CH_STATUS_BADGE (badge), "ch-expired-symbolic", _("Over"), "status-quiet");
  else
    ch_status_badge_set_text (CH_STATUS_BADGE (badge), "ch-exempt-symbolic", _("Holds"), "status-green");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), badge);
  if (given->ended_at == 0 && given->waiver->until >= today)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_("_End"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (button, _("Take this exception back"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.end-waiver");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", given->uuid);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }

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
