#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-certificate-head.h"

#include "ch-certificate-item.h"
#include "ch-finding-row.h"
#include "ch-format.h"
#include "ch-review-queue.h"
#include "ch-status-badge.h"
#include "ch-store-directory.h"
#include "ch-store-verdicts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_CANDIDATES 3

struct _ChCertificateHead
{
  AdwBin               parent_instance;

  GtkWidget           *queue_box;
  GtkWidget           *queue_label;
  AdwPreferencesGroup *group;
  GtkWidget           *sub_row;
  GtkWidget           *open_sub_button;
  GtkWidget           *projects_row;
  GtkWidget           *state_row;
  GtkWidget           *state_badge;
  GtkWidget           *problem_row;
  GtkWidget           *preview_row;
  GtkWidget           *preview_badge;

  ChOffice            *office;
  GPtrArray           *candidate_rows;   /* (unowned): what was added to the group */
  GPtrArray           *preview_rows;     /* (unowned): what was added to the preview */
};

G_DEFINE_FINAL_TYPE (ChCertificateHead, ch_certificate_head, ADW_TYPE_BIN)

static void
ch_certificate_head_dispose (GObject *object)
{
  ChCertificateHead *self = (ChCertificateHead *)object;

  g_clear_object (&self->office);

  G_OBJECT_CLASS (ch_certificate_head_parent_class)->dispose (object);
}

static void
ch_certificate_head_finalize (GObject *object)
{
  ChCertificateHead *self = (ChCertificateHead *)object;

  g_ptr_array_unref (self->candidate_rows);
  g_ptr_array_unref (self->preview_rows);

  G_OBJECT_CLASS (ch_certificate_head_parent_class)->finalize (object);
}

static void
ch_certificate_head_class_init (ChCertificateHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_certificate_head_dispose;
  G_OBJECT_CLASS (klass)->finalize = ch_certificate_head_finalize;

  g_type_ensure (CH_TYPE_STATUS_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-certificate-head.ui");
  gtk_widget_class_bind_template_child (widget_class, ChCertificateHead, queue_box);
  gtk_widget_class_bind_template_child (widget_class, ChCertificateHead, queue_label);
  gtk_widget_class_bind_template_child (widget_class, ChCertificateHead, group);
  gtk_widget_class_bind_template_child (widget_class, ChCertificateHead, sub_row);
  gtk_widget_class_bind_template_child (widget_class, ChCertificateHead, open_sub_button);
  gtk_widget_class_bind_template_child (widget_class, ChCertificateHead, projects_row);
  gtk_widget_class_bind_template_child (widget_class, ChCertificateHead, state_row);
  gtk_widget_class_bind_template_child (widget_class, ChCertificateHead, state_badge);
  gtk_widget_class_bind_template_child (widget_class, ChCertificateHead, problem_row);
  gtk_widget_class_bind_template_child (widget_class, ChCertificateHead, preview_row);
}

static void
ch_certificate_head_init (ChCertificateHead *self)
{
  self->candidate_rows = g_ptr_array_new ();
  self->preview_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->preview_badge = ch_status_badge_new ();
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self->preview_row), self->preview_badge);
}

void
ch_certificate_head_set_office (ChCertificateHead *self,
                                ChOffice          *office)
{
  g_return_if_fail (CH_IS_CERTIFICATE_HEAD (self));

  g_set_object (&self->office, office);
}

/* The login name out of the audit trail's words. */
static const char *
get_person (const char *who)
{
  if (who == NULL)
    return "";
  if (g_str_equal (who, CH_RULE_CERTAIN))
    return _("the rule for certificates without any doubt");

  return g_str_has_prefix (who, "desk:") ? who + strlen ("desk:") : who;
}

static void
show_queue (ChCertificateHead        *self,
            const ChFiledCertificate *filed)
{
  guint position, n_pending;
  g_autofree char *text = NULL;
  gboolean is_in = ch_review_queue_find (self->office, filed->id, &position, &n_pending);

  if (is_in)
    /* Translators: which certificate of those that await review it is, as "To review: 2 of 5" */
    text = g_strdup_printf (_("To review: %u of %u"), position + 1, n_pending);
  gtk_label_set_label (GTK_LABEL (self->queue_label), text != NULL ? text : "");
  gtk_widget_set_visible (self->queue_box, is_in && n_pending > 1);
}

static void
show_sub (ChCertificateHead        *self,
          const ChFiledCertificate *filed)
{
  ChStore *store = ch_office_get_store (self->office);
  g_autoptr(ChVendor) vendor = NULL;
  g_autofree char *how = NULL;

  if (filed->vendor_id != 0 && store != NULL)
    vendor = ch_store_get_vendor (store, filed->vendor_id, NULL);
  if (vendor != NULL && filed->matched_by != NULL)
    how = g_strdup_printf (_("Found by: %s"), filed->matched_by);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->sub_row),
                                 vendor != NULL ? vendor->name : _("Which sub is this?"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->sub_row),
                               how != NULL ? how : vendor != NULL ? "" : _("Nobody in the directory stands out"));
  gtk_widget_set_visible (self->open_sub_button, vendor != NULL);
}

static void
show_projects (ChCertificateHead        *self,
               const ChFiledCertificate *filed)
{
  ChStore *store = ch_office_get_store (self->office);
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < filed->project_ids->len && store != NULL; i++)
    {
      g_autoptr(ChProject) project = ch_store_get_project (store, g_array_index (filed->project_ids, gint64, i), NULL);

      if (project != NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", project->name);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->projects_row),
                                 names->len > 0 ? names->str : _("For every project of the sub"));
  gtk_widget_set_visible (self->projects_row, filed->vendor_id != 0);
}

static void
show_state (ChCertificateHead        *self,
            const ChFiledCertificate *filed)
{
  gboolean is_pending = filed->review == CH_REVIEW_PENDING;
  g_autofree char *when = ch_format_instant (is_pending ? filed->received_at : filed->reviewed_at);
  g_autofree char *text = is_pending ? g_strdup_printf (_("Received %s"), when)
                                     : g_strdup_printf (_("By %s, %s"), get_person (filed->reviewed_by), when);
  g_autofree char *first = NULL;

  if (is_pending && filed->first_approved_by != NULL)
    first = g_strdup_printf (_("Approved by %s. A second person has to approve it."),
                             get_person (filed->first_approved_by));
  ch_status_badge_set_text (CH_STATUS_BADGE (self->state_badge), ch_review_get_icon_name (filed->review),
                            ch_review_get_label (filed->review), ch_review_get_style_class (filed->review));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row),
                                 first != NULL ? first : filed->review_why != NULL ? filed->review_why : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->state_row), text);
}

static void
show_problem (ChCertificateHead        *self,
              const ChFiledCertificate *filed,
              guint                     n_doubtful)
{
  g_autofree char *text = NULL;

  if (filed->read_problem != NULL)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem_row), filed->read_problem);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->problem_row),
                                   _("Enter what the page shows by hand, or reject it."));
    }
  else
    {
      text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u value is uncertain", "%u values are uncertain",
                                           n_doubtful), n_doubtful);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem_row), text);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->problem_row),
                                   _("Look at those marked “Check” and compare them with the page."));
    }
  gtk_widget_set_visible (self->problem_row, filed->review == CH_REVIEW_PENDING
                          && (filed->read_problem != NULL || n_doubtful > 0));
}

/* Where nobody stands out, those that come nearest are one press away; never chosen silently. */
static void
show_candidates (ChCertificateHead        *self,
                 const ChFiledCertificate *filed,
                 const ChCertificateFacts *facts)
{
  for (guint i = 0; i < self->candidate_rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->candidate_rows, i));
  g_ptr_array_set_size (self->candidate_rows, 0);
  if (facts == NULL || filed->vendor_id != 0)
    return;

  for (guint i = 0; i < facts->candidates->len && i < MAX_CANDIDATES; i++)
    {
      const ChMatch *match = g_ptr_array_index (facts->candidates, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *title = g_strdup_printf (_("Perhaps %s"), match->vendor_name);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), match->reason);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("object-select-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "page.assign");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", match->vendor_id);
      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->candidate_rows, row);
    }
}

static gboolean
is_listed (GPtrArray       *findings,
           const ChFinding *finding)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const ChFinding *one = g_ptr_array_index (findings, i);

      if (g_strcmp0 (one->rule, finding->rule) == 0 && g_strcmp0 (one->text, finding->text) == 0)
        return TRUE;
    }

  return FALSE;
}

/* (element-type ChFinding): what stands open on any of the projects, each once; borrowed */
static GPtrArray *
collect_open (GPtrArray *verdicts,
              ChStatus  *worst)
{
  GPtrArray *findings = g_ptr_array_new ();

  *worst = CH_STATUS_NOT_REQUIRED;
  for (guint i = 0; i < verdicts->len; i++)
    {
      const ChStoredVerdict *verdict = g_ptr_array_index (verdicts, i);

      if (verdict->commitment_id != 0)
        continue;
      if (ch_status_compare (verdict->verdict->status, *worst) > 0)
        *worst = verdict->verdict->status;
      for (guint k = 0; k < verdict->verdict->findings->len; k++)
        {
          ChFinding *finding = g_ptr_array_index (verdict->verdict->findings, k);

          if (!finding->waived && !is_listed (findings, finding))
            g_ptr_array_add (findings, finding);
        }
    }

  return findings;
}

static void
add_preview_row (ChCertificateHead *self,
                 GtkWidget         *row)
{
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->preview_row), row);
  g_ptr_array_add (self->preview_rows, row);
}

static GtkWidget *
make_letter_row (void)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Ask for a correction…"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("mail-unread-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "page.write-letter");

  return row;
}

static void
show_preview (ChCertificateHead        *self,
              const ChFiledCertificate *filed,
              const ChCertificateFacts *facts)
{
  g_autoptr(GPtrArray) findings = NULL;
  g_autofree char *subtitle = NULL;
  gboolean is_shown = facts != NULL && facts->preview != NULL && facts->preview->len > 0
                      && filed->review != CH_REVIEW_APPROVED;
  ChStatus worst;

  for (guint i = 0; i < self->preview_rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self->preview_row), g_ptr_array_index (self->preview_rows, i));
  g_ptr_array_set_size (self->preview_rows, 0);
  gtk_widget_set_visible (self->preview_row, is_shown);
  if (!is_shown)
    return;

  findings = collect_open (facts->preview, &worst);
  ch_status_badge_set_status (CH_STATUS_BADGE (self->preview_badge), worst);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->preview_row), _("If approved"));
  subtitle = findings->len == 0 ? g_strdup (_("nothing stays open"))
                                : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u point stays open",
                                                                "%u points stay open", findings->len), findings->len);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->preview_row), subtitle);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self->preview_row), findings->len > 0);
  for (guint i = 0; i < findings->len; i++)
    add_preview_row (self, ch_finding_row_new (g_ptr_array_index (findings, i), NULL, 0, 0));
  if (findings->len > 0)
    add_preview_row (self, make_letter_row ());
}

/**
 * ch_certificate_head_show:
 * @self: a head with an office
 * @filed: the certificate
 * @facts: (nullable): %NULL while they are not known
 * @n_doubtful: how many values a person should look at
 */
void
ch_certificate_head_show (ChCertificateHead        *self,
                          const ChFiledCertificate *filed,
                          const ChCertificateFacts *facts,
                          guint                     n_doubtful)
{
  g_return_if_fail (CH_IS_CERTIFICATE_HEAD (self));
  g_return_if_fail (filed != NULL);

  show_queue (self, filed);
  show_sub (self, filed);
  show_projects (self, filed);
  show_state (self, filed);
  show_problem (self, filed, n_doubtful);
  show_candidates (self, filed, facts);
  show_preview (self, filed, facts);
}
