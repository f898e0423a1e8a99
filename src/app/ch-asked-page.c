#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-asked-page.h"

#include "ch-asked-list.h"
#include "ch-asked-view.h"
#include "ch-desk-effective.h"
#include "ch-store-directory.h"

#include <glib/gi18n-lib.h>

struct _ChAskedPage
{
  ChPage        parent_instance;

  GtkWidget    *scroller;
  GtkWidget    *facts_label;
  GtkWidget    *asked_bin;

  gint64        vendor_id;
  gint64        project_id;
  GCancellable *cancellable;
  gboolean      is_loading;
  gboolean      is_stale;     /* something changed during the load */
};

typedef struct {
  gint64 vendor_id;
  gint64 project_id;
} AskedOp;

G_DEFINE_FINAL_TYPE (ChAskedPage, ch_asked_page, CH_TYPE_PAGE)

static gpointer
load_in_worker (ChDesk        *desk,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const AskedOp *op = data;

  return ch_desk_get_effective_requirements (desk, op->project_id, op->vendor_id, error);
}

static char *
describe (const ChEffectiveRequirements *effective)
{
  g_autofree char *stage = NULL;

  if (effective->sources->len == 0)
    return g_strdup (_("No requirement set reaches this sub here. Assign one to the company, its trade or the project."));
  if (effective->stage_category == NULL)
    return g_strdup (_("Below each point stands the requirement set that asks for it."));

  stage = ch_stage_category_dup_label (effective->stage_category);
  /* Translators: the stage that a project is in */
  return g_strdup_printf (_("The project is in the stage “%s”. Below each point stands the requirement set that asks "
                            "for it."), stage);
}

static void load (ChAskedPage *self);

static void
on_loaded_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(ChAskedPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(ChEffectiveRequirements) effective = ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  g_autofree char *text = NULL;

  self->is_loading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  text = effective != NULL ? describe (effective) : g_strdup (error->message);
  gtk_label_set_label (GTK_LABEL (self->facts_label), text);
  adw_bin_set_child (ADW_BIN (self->asked_bin), effective != NULL && effective->sources->len > 0
                                                  ? ch_asked_view_new (effective->set, effective->sources) : NULL);
  if (self->is_stale)
    load (self);
}

static void
load (ChAskedPage *self)
{
  AskedOp op = { .vendor_id = self->vendor_id, .project_id = self->project_id };

  self->is_stale = self->is_loading;
  if (self->is_loading)
    return;

  self->is_loading = TRUE;
  ch_desk_worker_run_async (ch_office_get_desk (ch_page_get_office (CH_PAGE (self))), load_in_worker,
                            g_memdup2 (&op, sizeof op), g_free, (GDestroyNotify)ch_effective_requirements_free,
                            self->cancellable, on_loaded_cb, g_object_ref (self));
}

static void
on_store_changed_cb (ChOffice    *office,
                     guint        kind,
                     GArray      *ids,
                     ChAskedPage *self)
{
  if (kind == CH_KIND_REQUIREMENT_SET || kind == CH_KIND_PROJECT)
    load (self);
}

static void
ch_asked_page_shown (ChPage *page)
{
  gtk_widget_grab_focus (((ChAskedPage *)page)->scroller);
}

static void
ch_asked_page_dispose (GObject *object)
{
  ChAskedPage *self = (ChAskedPage *)object;

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (ch_asked_page_parent_class)->dispose (object);
}

static void
ch_asked_page_finalize (GObject *object)
{
  g_object_unref (((ChAskedPage *)object)->cancellable);

  G_OBJECT_CLASS (ch_asked_page_parent_class)->finalize (object);
}

static void
ch_asked_page_class_init (ChAskedPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_asked_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ch_asked_page_finalize;
  CH_PAGE_CLASS (klass)->shown = ch_asked_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-asked-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChAskedPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, ChAskedPage, facts_label);
  gtk_widget_class_bind_template_child (widget_class, ChAskedPage, asked_bin);
}

static void
ch_asked_page_init (ChAskedPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ch_asked_page_new:
 * @office: the office
 * @vendor_id: the sub
 * @project_id: a project
 *
 * Returns: (transfer floating): a page on what is asked of the sub there
 */
ChPage *
ch_asked_page_new (ChOffice *office,
                   gint64    vendor_id,
                   gint64    project_id)
{
  ChAskedPage *self = g_object_new (CH_TYPE_ASKED_PAGE, "office", office, "title", _("What is asked"), NULL);
  ChStore *store = ch_office_get_store (office);
  g_autoptr(ChVendor) vendor = store != NULL ? ch_store_get_vendor (store, vendor_id, NULL) : NULL;
  g_autoptr(ChProject) project = store != NULL ? ch_store_get_project (store, project_id, NULL) : NULL;

  self->vendor_id = vendor_id;
  self->project_id = project_id;
  if (vendor != NULL && project != NULL)
    {
      g_autofree char *whose = g_strdup_printf ("%s · %s", vendor->name, project->name);

      ch_page_set_subtitle (CH_PAGE (self), whose);
    }
  ch_page_set_drop_target (CH_PAGE (self), vendor_id, project_id);
  g_signal_connect_object (office, "store-changed", G_CALLBACK (on_store_changed_cb), self, 0);
  load (self);

  return CH_PAGE (self);
}
