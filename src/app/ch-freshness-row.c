#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-freshness-row.h"

#include "ch-store-directory.h"
#include "ch-sync-text.h"

#include <glib/gi18n-lib.h>

/* Enough to see where it lags. */
#define N_SHOWN 8

struct _ChFreshnessRow
{
  AdwExpanderRow  parent_instance;

  GtkWidget      *rows[N_SHOWN];
  gint64          project_ids[N_SHOWN];   /* what the rows show, 0 for nothing */
};

G_DEFINE_FINAL_TYPE (ChFreshnessRow, ch_freshness_row, ADW_TYPE_EXPANDER_ROW)

/* Read longest ago first; what was never read before all. */
static int
compare_ages (gconstpointer a,
              gconstpointer b)
{
  const ChProjectFreshness *one = *(const ChProjectFreshness * const *)a;
  const ChProjectFreshness *other = *(const ChProjectFreshness * const *)b;

  if (one->as_of != other->as_of)
    return one->as_of < other->as_of ? -1 : 1;

  return one->project_id < other->project_id ? -1 : one->project_id > other->project_id;
}

static void
show_project (ChFreshnessRow *self,
              guint           place,
              gint64          project_id,
              ChOffice       *office,
              gint64          now)
{
  AdwActionRow *row = ADW_ACTION_ROW (self->rows[place]);
  ChStore *store = ch_office_get_store (office);

  gtk_widget_set_visible (GTK_WIDGET (row), project_id != 0);
  if (project_id != self->project_ids[place] && project_id != 0 && store != NULL)
    {
      g_autoptr(ChProject) project = ch_store_get_project (store, project_id, NULL);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), project != NULL ? project->name : "");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", project_id);
    }
  self->project_ids[place] = project_id;
  if (project_id != 0)
    {
      g_autofree char *text = ch_sync_dup_freshness (ch_office_get_account (office), project_id, now);

      adw_action_row_set_subtitle (row, text);
    }
}

static void
ch_freshness_row_class_init (ChFreshnessRowClass *klass)
{
}

static void
ch_freshness_row_init (ChFreshnessRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Every project is known"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  for (guint i = 0; i < N_SHOWN; i++)
    {
      self->rows[i] = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->rows[i]), FALSE);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->rows[i]), TRUE);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->rows[i]), "x", G_GINT64_CONSTANT (0));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->rows[i]), "win.open-project");
      gtk_widget_set_visible (self->rows[i], FALSE);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->rows[i]);
    }
}

void
ch_freshness_row_update (ChFreshnessRow *self,
                         ChOffice       *office,
                         gint64          now)
{
  const ChWorkerReport *report;
  g_autofree char *text = NULL;
  g_autoptr(GPtrArray) projects = g_ptr_array_new ();

  g_return_if_fail (CH_IS_FRESHNESS_ROW (self));

  report = ch_account_get_report (ch_office_get_account (office));
  text = ch_sync_dup_freshness (ch_office_get_account (office), 0, now);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), text);
  for (guint i = 0; report != NULL && report->projects != NULL && i < report->projects->len; i++)
    g_ptr_array_add (projects, g_ptr_array_index (report->projects, i));
  g_ptr_array_sort (projects, compare_ages);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), projects->len > 0);
  for (guint i = 0; i < N_SHOWN; i++)
    show_project (self, i, i < projects->len ? ((const ChProjectFreshness *)g_ptr_array_index (projects, i))->project_id
                                             : 0, office, now);
}
