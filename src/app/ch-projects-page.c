#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-projects-page.h"

#include "ch-day-order.h"
#include "ch-project-item.h"
#include "ch-status-badge.h"

#include <glib/gi18n-lib.h>

struct _ChProjectsPage
{
  ChListPage parent_instance;
};

/* The parts of the list, in their order. */
enum {
  SHOW_NOT_COMPLIANT = 1,
  SHOW_CHANGING,
  SHOW_IN_ORDER,
  SHOW_NOTHING_ASKED,
};

G_DEFINE_FINAL_TYPE (ChProjectsPage, ch_projects_page, CH_TYPE_LIST_PAGE)

static gboolean
ch_projects_page_matches (ChListPage         *page,
                          ChItem             *item,
                          const char * const *search)
{
  return ch_item_matches (ch_project_item_get_search (CH_PROJECT_ITEM (item)), search);
}

static gboolean
ch_projects_page_is_in (ChListPage *page,
                        ChItem     *item,
                        guint       filter)
{
  ChProjectItem *project = CH_PROJECT_ITEM (item);
  guint n_red = ch_project_item_get_count (project, CH_COLOUR_RED);
  guint n_yellow = ch_project_item_get_count (project, CH_COLOUR_YELLOW);
  guint n_green = ch_project_item_get_count (project, CH_COLOUR_GREEN);

  switch (filter)
    {
    case SHOW_NOT_COMPLIANT:
      return n_red > 0;
    case SHOW_CHANGING:
      return n_yellow > 0;
    case SHOW_IN_ORDER:
      return n_green > 0 && n_red + n_yellow == 0;
    case SHOW_NOTHING_ASKED:
    default:
      return n_red + n_yellow + n_green == 0;
    }
}

static void
ch_projects_page_get_drop (ChListPage *page,
                           ChItem     *item,
                           gint64     *vendor_id,
                           gint64     *project_id)
{
  *project_id = ch_item_get_id (item);
}

static void
ch_projects_page_activate (ChListPage *page,
                           ChItem     *item)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "win.open-project", "x", ch_item_get_id (item));
}

static void
fill_name (GtkWidget  *cell,
           ChItem     *item,
           ChListPage *page)
{
  ch_list_cell_set_title (cell, ch_project_item_get_name (CH_PROJECT_ITEM (item)),
                          ch_project_item_get_place (CH_PROJECT_ITEM (item)));
}

static void
fill_number (GtkWidget  *cell,
             ChItem     *item,
             ChListPage *page)
{
  ch_list_cell_set_text (cell, ch_project_item_get_number (CH_PROJECT_ITEM (item)));
}

static void
fill_stage (GtkWidget  *cell,
            ChItem     *item,
            ChListPage *page)
{
  ch_list_cell_set_text (cell, ch_project_item_get_stage (CH_PROJECT_ITEM (item)));
}

static void
fill_changes_on (GtkWidget  *cell,
                 ChItem     *item,
                 ChListPage *page)
{
  ch_list_cell_set_day (cell, ch_project_item_get_changes_on (CH_PROJECT_ITEM (item)), page);
}

/* Each colour has a place of its own, so that the eye can run down it; in front of it what is said instead. */
static GtkWidget *
make_counts (void)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *note = gtk_label_new (NULL);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (int i = 0; i < 3; i++)
    {
      GtkWidget *place = adw_bin_new ();

      adw_bin_set_child (ADW_BIN (place), ch_status_badge_new ());
      gtk_widget_set_size_request (place, 58, -1);
      gtk_box_append (GTK_BOX (box), place);
    }
  gtk_widget_add_css_class (note, "dim-label");
  gtk_widget_set_halign (note, GTK_ALIGN_START);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), box);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), note);
  g_object_set_data (G_OBJECT (overlay), "ch-note", note);

  return overlay;
}

static void
fill_counts (GtkWidget  *cell,
             ChItem     *item,
             ChListPage *page)
{
  static const ChStatus shapes[] = { CH_STATUS_NON_COMPLIANT, CH_STATUS_EXPIRING, CH_STATUS_COMPLIANT };
  ChProjectItem *project = CH_PROJECT_ITEM (item);
  GtkWidget *place = gtk_widget_get_first_child (gtk_overlay_get_child (GTK_OVERLAY (cell)));
  GtkWidget *note = g_object_get_data (G_OBJECT (cell), "ch-note");
  guint n_counted = 0;

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      guint count = ch_project_item_get_count (project, ch_status_get_colour (shapes[i]));

      ch_status_badge_set_count (CH_STATUS_BADGE (adw_bin_get_child (ADW_BIN (place))), shapes[i], count);
      n_counted += count;
      place = gtk_widget_get_next_sibling (place);
    }
  gtk_label_set_label (GTK_LABEL (note), ch_project_item_get_n_subs (project) == 0 ? _("No subs yet")
                                         : _("Nothing is asked"));
  gtk_widget_set_visible (note, n_counted == 0);
}

static int
compare_numbers (ChItem *a,
                 ChItem *b)
{
  return g_utf8_collate (ch_project_item_get_number (CH_PROJECT_ITEM (a)),
                         ch_project_item_get_number (CH_PROJECT_ITEM (b)));
}

static int
compare_stages (ChItem *a,
                ChItem *b)
{
  return g_utf8_collate (ch_project_item_get_stage (CH_PROJECT_ITEM (a)),
                         ch_project_item_get_stage (CH_PROJECT_ITEM (b)));
}

static int
compare_changes (ChItem *a,
                 ChItem *b)
{
  return ch_day_compare (ch_project_item_get_changes_on (CH_PROJECT_ITEM (a)),
                         ch_project_item_get_changes_on (CH_PROJECT_ITEM (b)));
}

/* Most in need of attention first. */
static int
compare_counts (ChItem *a,
                ChItem *b)
{
  for (int colour = CH_COLOUR_RED; colour >= CH_COLOUR_GREEN; colour--)
    {
      guint one = ch_project_item_get_count (CH_PROJECT_ITEM (a), (ChColour)colour);
      guint other = ch_project_item_get_count (CH_PROJECT_ITEM (b), (ChColour)colour);

      if (one != other)
        return one > other ? -1 : 1;
    }

  return 0;
}

static void
ch_projects_page_constructed (GObject *object)
{
  ChListPage *page = (ChListPage *)object;
  GtkColumnViewColumn *column;

  G_OBJECT_CLASS (ch_projects_page_parent_class)->constructed (object);

  ch_page_set_title (CH_PAGE (page), _("Projects"));
  ch_list_page_set_empty (page, "ch-projects-symbolic", _("No projects yet"),
                          _("Projects appear here by themselves once they exist in Procore."));
  ch_list_page_add_filter (page, _("With open points"), "ch-error-symbolic", "status-red");
  ch_list_page_add_filter (page, _("Changing soon"), "ch-expiring-symbolic", "status-yellow");
  ch_list_page_add_filter (page, _("All in order"), "ch-ok-symbolic", "status-green");
  ch_list_page_add_filter (page, _("Nothing is asked"), "ch-not-required-symbolic", "status-quiet");
  ch_list_page_set_collection (page, ch_office_get_projects (ch_page_get_office (CH_PAGE (page))));
  ch_list_page_add_column (page, _("Project"), ch_list_cell_new_title, fill_name, ch_item_compare_names, 26, TRUE);
  column = ch_list_page_add_column (page, _("Number"), ch_list_cell_new_text, fill_number, compare_numbers, 10,
                                    FALSE);
  ch_list_page_set_column_from (page, column, 820);
  column = ch_list_page_add_column (page, _("Stage"), ch_list_cell_new_text, fill_stage, compare_stages, 22,
                                    FALSE);
  ch_list_page_set_column_from (page, column, 700);
  column = ch_list_page_add_column (page, _("Next change"), ch_list_cell_new_title, fill_changes_on, compare_changes,
                                    14, FALSE);
  ch_list_page_set_column_from (page, column, 520);
  ch_list_page_add_column (page, _("Insurance of its subs"), make_counts, fill_counts, compare_counts, 0, FALSE);
}

static void
ch_projects_page_class_init (ChProjectsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = ch_projects_page_constructed;
  CH_LIST_PAGE_CLASS (klass)->matches = ch_projects_page_matches;
  CH_LIST_PAGE_CLASS (klass)->is_in = ch_projects_page_is_in;
  CH_LIST_PAGE_CLASS (klass)->activate = ch_projects_page_activate;
  CH_LIST_PAGE_CLASS (klass)->get_drop = ch_projects_page_get_drop;
}

static void
ch_projects_page_init (ChProjectsPage *self)
{
}

ChPage *
ch_projects_page_new (ChOffice *office)
{
  return g_object_new (CH_TYPE_PROJECTS_PAGE, "office", office, NULL);
}
