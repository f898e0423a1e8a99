#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-conflicts-page.h"

#include "ch-conflict-item.h"

#include <glib/gi18n-lib.h>

struct _ChConflictsPage
{
  ChPage     parent_instance;

  GtkWidget *stack;
  GtkWidget *list_box;
};

typedef struct {
  gint64   id;
  gboolean keep_procore;
} SettleOp;

G_DEFINE_FINAL_TYPE (ChConflictsPage, ch_conflicts_page, CH_TYPE_PAGE)

static gpointer
settle_in_worker (ChDesk        *desk,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  SettleOp *op = data;

  ch_desk_settle_conflict (desk, op->id, op->keep_procore, error);
  return NULL;
}

static void
on_settled_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(ChConflictsPage) self = user_data;
  g_autoptr(GError) error = NULL;

  ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  if (error != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s", error->message);
}

static void
settle (ChConflictsPage *self,
        gint64           id,
        gboolean         keep_procore)
{
  SettleOp *op = g_new0 (SettleOp, 1);

  op->id = id;
  op->keep_procore = keep_procore;
  ch_desk_worker_run_async (ch_office_get_desk (ch_page_get_office (CH_PAGE (self))), settle_in_worker, op, g_free,
                            NULL, NULL, on_settled_cb, g_object_ref (self));
}

static void
on_keep_ours_cb (GtkWidget *button,
                 gpointer   item)
{
  settle (CH_CONFLICTS_PAGE (gtk_widget_get_ancestor (button, CH_TYPE_CONFLICTS_PAGE)), ch_item_get_id (item), FALSE);
}

static void
on_keep_theirs_cb (GtkWidget *button,
                   gpointer   item)
{
  settle (CH_CONFLICTS_PAGE (gtk_widget_get_ancestor (button, CH_TYPE_CONFLICTS_PAGE)), ch_item_get_id (item), TRUE);
}

static void
release_item (gpointer  item,
              GClosure *closure)
{
  g_object_unref (item);
}

static GtkWidget *
make_side (const char *whose,
           const char *value,
           const char *button_label,
           GCallback   callback,
           ChItem     *item)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (button_label);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), value);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), whose);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_data (button, "clicked", callback, g_object_ref (item), release_item, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

/* What both sides had before, to see who changed what. */
static GtkWidget *
make_base (const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_strdup_printf (_("Before, both had: %s"), value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (row, "dim-label");

  return row;
}

static void
add_values (GtkWidget      *row,
            ChConflictItem *conflict)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), ch_conflict_item_get_field (conflict));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), ch_conflict_item_get_title (conflict));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                            make_side (_("Here"), ch_conflict_item_get_local (conflict), _("Keep what stands here"),
                                       G_CALLBACK (on_keep_ours_cb), CH_ITEM (conflict)));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                            make_side (_("In Procore"), ch_conflict_item_get_remote (conflict),
                                       _("Keep what stands in Procore"), G_CALLBACK (on_keep_theirs_cb),
                                       CH_ITEM (conflict)));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_base (ch_conflict_item_get_base (conflict)));
}

/* Much is missing at once in what Procore lists: taken away there, or hidden from this sign-in? */
static void
add_question (GtkWidget      *row,
              ChConflictItem *conflict)
{
  g_autofree char *subtitle = g_strdup_printf (_("It lists %s; %s were known here. Nothing was taken away yet."),
                                               ch_conflict_item_get_remote (conflict),
                                               ch_conflict_item_get_local (conflict));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), ch_conflict_item_get_title (conflict));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                            make_side (_("Somebody changed what this sign-in may see, or it is a fault"),
                                       _("They are still there"), _("Keep them"), G_CALLBACK (on_keep_ours_cb),
                                       CH_ITEM (conflict)));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                            make_side (_("Somebody took them away in Procore; they are no longer looked after here"),
                                       _("They are gone"), _("Let them go"), G_CALLBACK (on_keep_theirs_cb),
                                       CH_ITEM (conflict)));
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  ChConflictItem *conflict = item;
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_expander_row_set_icon_name (ADW_EXPANDER_ROW (row), "ch-conflict-symbolic");
  if (ch_conflict_item_is_removal (conflict))
    add_question (row, conflict);
  else
    add_values (row, conflict);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);

  return row;
}

static void
update_stack (ChConflictsPage *self)
{
  GListModel *model = ch_collection_get_model (ch_office_get_conflicts (ch_page_get_office (CH_PAGE (self))));

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), g_list_model_get_n_items (model) > 0 ? "list" : "empty");
}

static void
ch_conflicts_page_constructed (GObject *object)
{
  ChConflictsPage *self = (ChConflictsPage *)object;
  ChCollection *conflicts = ch_office_get_conflicts (ch_page_get_office (CH_PAGE (self)));

  G_OBJECT_CLASS (ch_conflicts_page_parent_class)->constructed (object);

  gtk_list_box_bind_model (GTK_LIST_BOX (self->list_box), ch_collection_get_model (conflicts), make_row, NULL, NULL);
  g_signal_connect_object (conflicts, "loaded", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  update_stack (self);
}

static void
ch_conflicts_page_class_init (ChConflictsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ch_conflicts_page_constructed;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-conflicts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChConflictsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ChConflictsPage, list_box);
}

static void
ch_conflicts_page_init (ChConflictsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

ChPage *
ch_conflicts_page_new (ChOffice *office)
{
  return g_object_new (CH_TYPE_CONFLICTS_PAGE, "office", office, NULL);
}
