#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-sub-page.h"

#include "ch-store-directory.h"
#include "ch-sub-rows.h"

#include <glib/gi18n-lib.h>

#define MAX_EVENTS 40
#define SETTLE_MS 80

struct _ChSubPage
{
  ChPage               parent_instance;

  AdwPreferencesGroup *facts_group;
  AdwPreferencesGroup *projects_group;
  AdwPreferencesGroup *certificates_group;
  AdwPreferencesGroup *insurances_group;
  AdwPreferencesGroup *history_group;

  gint64               vendor_id;
  GPtrArray           *rows;           /* (unowned): what was added, to be taken out again */
  GHashTable          *expanded;       /* (element-type gint64): projects whose findings are open */
  guint                timeout_id;
};

G_DEFINE_FINAL_TYPE (ChSubPage, ch_sub_page, CH_TYPE_PAGE)

static void
add_row (ChSubPage           *self,
         AdwPreferencesGroup *group,
         GtkWidget           *row)
{
  g_object_set_data (G_OBJECT (row), "ch-group", group);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (group, row);
}

static void
clear_rows (ChSubPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (g_object_get_data (G_OBJECT (row), "ch-group"), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_note (ChSubPage           *self,
          AdwPreferencesGroup *group,
          const char          *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_widget_add_css_class (row, "dim-label");
  add_row (self, group, row);
}

static void
add_fact (ChSubPage  *self,
          const char *title,
          const char *value)
{
  if (value != NULL && *value != '\0')
    add_row (self, self->facts_group, ch_sub_row_new_fact (title, value));
}

static void
fill_facts (ChSubPage      *self,
            const ChVendor *vendor)
{
  g_autoptr(GString) trades = g_string_new (NULL);
  g_autoptr(GString) address = g_string_new (NULL);
  const char *parts[] = { vendor->address, vendor->city, vendor->state_code, vendor->zip };

  for (guint i = 0; vendor->trades != NULL && i < vendor->trades->len; i++)
    g_string_append_printf (trades, "%s%s", i > 0 ? ", " : "", (const char *)g_ptr_array_index (vendor->trades, i));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] != NULL && *parts[i] != '\0')
        g_string_append_printf (address, "%s%s", address->len > 0 ? ", " : "", parts[i]);
    }

  ch_page_set_title (CH_PAGE (self), vendor->name);
  ch_page_set_subtitle (CH_PAGE (self), trades->str);
  if (g_strcmp0 (vendor->legal_name, vendor->name) != 0)
    add_fact (self, _("Legal name"), vendor->legal_name);
  if (g_strcmp0 (vendor->trade_name, vendor->name) != 0)
    add_fact (self, _("Does business as"), vendor->trade_name);
  add_fact (self, _("Trades"), trades->str);
  add_fact (self, _("Address"), address->str);
  add_fact (self, _("Phone"), vendor->business_phone);
  add_fact (self, _("E-mail"), vendor->email_address);
  add_fact (self, _("License"), vendor->license_number);
}

static char *
dup_project_name (ChStore *store,
                  gint64   project_id)
{
  g_autoptr(ChProject) project = project_id != 0 ? ch_store_get_project (store, project_id, NULL) : NULL;

  return project != NULL ? g_strdup (project->name) : NULL;
}

static void
on_expanded_cb (GObject    *row,
                GParamSpec *pspec,
                ChSubPage  *self)
{
  const gint64 *project_id = g_object_get_data (row, "ch-project");

  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
    g_hash_table_add (self->expanded, g_memdup2 (project_id, sizeof *project_id));
  else
    g_hash_table_remove (self->expanded, project_id);
}

static gboolean
fill_projects (ChSubPage  *self,
               ChStore    *store,
               GError    **error)
{
  g_autoptr(GPtrArray) verdicts = ch_store_list_verdicts (store, 0, self->vendor_id, 0, error);
  ChDate today = ch_office_get_today (ch_page_get_office (CH_PAGE (self)));

  if (verdicts == NULL)
    return FALSE;

  for (guint i = 0; i < verdicts->len; i++)
    {
      const ChStoredVerdict *verdict = g_ptr_array_index (verdicts, i);
      g_autofree char *name = dup_project_name (store, verdict->project_id);
      GtkWidget *row = ch_sub_row_new_verdict (verdict, name != NULL ? name : "", today);

      g_object_set_data_full (G_OBJECT (row), "ch-project",
                              g_memdup2 (&verdict->project_id, sizeof verdict->project_id), g_free);
      /* One project is opened for the reader; of several, those that were open before. */
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), verdicts->len == 1
                                     || g_hash_table_contains (self->expanded, &verdict->project_id));
      g_signal_connect (row, "notify::expanded", G_CALLBACK (on_expanded_cb), self);
      add_row (self, self->projects_group, row);
    }
  if (verdicts->len == 0)
    add_note (self, self->projects_group, _("Works on no active project"));

  return TRUE;
}

static gboolean
fill_certificates (ChSubPage  *self,
                   ChStore    *store,
                   GError    **error)
{
  g_autoptr(GPtrArray) certificates = ch_store_list_certificates (store, self->vendor_id, FALSE, error);

  if (certificates == NULL)
    return FALSE;

  for (guint i = certificates->len; i > 0; i--)
    add_row (self, self->certificates_group,
             ch_sub_row_new_certificate (g_ptr_array_index (certificates, i - 1)));
  if (certificates->len == 0)
    add_note (self, self->certificates_group, _("No certificates yet"));

  return TRUE;
}

static gboolean
fill_insurances (ChSubPage  *self,
                 ChStore    *store,
                 GError    **error)
{
  g_autoptr(GPtrArray) records = ch_store_list_insurances (store, -1, self->vendor_id, error);

  if (records == NULL)
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    {
      const ChInsuranceRecord *record = g_ptr_array_index (records, i);
      g_autofree char *name = dup_project_name (store, record->project_id);

      add_row (self, self->insurances_group, ch_sub_row_new_insurance (record, name));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->insurances_group), records->len > 0);

  return TRUE;
}

static gboolean
fill_history (ChSubPage  *self,
              ChStore    *store,
              GError    **error)
{
  g_autoptr(GPtrArray) events = ch_store_list_events (store, 0, self->vendor_id, 0, error);

  if (events == NULL)
    return FALSE;

  for (guint i = events->len; i > 0 && events->len - i < MAX_EVENTS; i--)
    {
      const ChEvent *event = g_ptr_array_index (events, i - 1);
      g_autofree char *name = dup_project_name (store, event->project_id);

      add_row (self, self->history_group, ch_sub_row_new_event (event, name));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->history_group), events->len > 0);

  return TRUE;
}

static void
fill_page (ChSubPage *self)
{
  ChStore *store = ch_office_get_store (ch_page_get_office (CH_PAGE (self)));
  g_autoptr(ChVendor) vendor = NULL;
  g_autoptr(GError) error = NULL;

  if (store == NULL)
    return;

  clear_rows (self);
  vendor = ch_store_get_vendor (store, self->vendor_id, &error);
  if (vendor != NULL)
    {
      fill_facts (self, vendor);
      if (fill_projects (self, store, &error) && fill_certificates (self, store, &error)
          && fill_insurances (self, store, &error))
        fill_history (self, store, &error);
    }
  if (error != NULL)
    add_note (self, self->facts_group, error->message);
}

static gboolean
on_settled_cb (gpointer user_data)
{
  ChSubPage *self = user_data;

  self->timeout_id = 0;
  fill_page (self);

  return G_SOURCE_REMOVE;
}

static gboolean
is_about_us (ChSubPage *self,
             ChKind     kind,
             GArray    *ids)
{
  if (kind == CH_KIND_CERTIFICATE || kind == CH_KIND_INSURANCE || kind == CH_KIND_WAIVER || kind == CH_KIND_PROJECT)
    return TRUE;
  if (kind != CH_KIND_VERDICT && kind != CH_KIND_VENDOR)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == self->vendor_id)
        return TRUE;
    }

  return ids->len == 0;
}

static void
on_store_changed_cb (ChOffice  *office,
                     guint      kind,
                     GArray    *ids,
                     ChSubPage *self)
{
  if (self->timeout_id == 0 && is_about_us (self, (ChKind)kind, ids))
    self->timeout_id = g_timeout_add (SETTLE_MS, on_settled_cb, self);
}

/* The keyboard begins at what is said of the sub, not at its telephone number. */
static void
ch_sub_page_shown (ChPage *page)
{
  ChSubPage *self = (ChSubPage *)page;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (ADW_IS_EXPANDER_ROW (row) && gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD))
        return;
    }
}

static void
ch_sub_page_dispose (GObject *object)
{
  ChSubPage *self = (ChSubPage *)object;

  g_clear_handle_id (&self->timeout_id, g_source_remove);

  G_OBJECT_CLASS (ch_sub_page_parent_class)->dispose (object);
}

static void
ch_sub_page_finalize (GObject *object)
{
  ChSubPage *self = (ChSubPage *)object;

  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->expanded);

  G_OBJECT_CLASS (ch_sub_page_parent_class)->finalize (object);
}

static void
ch_sub_page_class_init (ChSubPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_sub_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ch_sub_page_finalize;
  CH_PAGE_CLASS (klass)->shown = ch_sub_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-sub-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, facts_group);
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, projects_group);
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, certificates_group);
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, insurances_group);
  gtk_widget_class_bind_template_child (widget_class, ChSubPage, history_group);
}

static void
ch_sub_page_init (ChSubPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  self->expanded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * ch_sub_page_new:
 * @office: the office
 * @vendor_id: Procore's id
 *
 * Returns: (transfer floating): a page on the sub
 */
ChPage *
ch_sub_page_new (ChOffice *office,
                 gint64    vendor_id)
{
  ChSubPage *self = g_object_new (CH_TYPE_SUB_PAGE, "office", office, NULL);

  self->vendor_id = vendor_id;
  ch_page_set_drop_target (CH_PAGE (self), vendor_id, 0);
  g_signal_connect_object (office, "store-changed", G_CALLBACK (on_store_changed_cb), self, 0);
  fill_page (self);

  return CH_PAGE (self);
}
