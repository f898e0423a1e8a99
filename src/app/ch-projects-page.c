#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-projects-page.h"

#include "ch-project-item.h"
#include "ch-status-badge.h"

#include <glib/gi18n-lib.h>

struct _ChProjectsPage
{
  ChListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (ChProjectsPage, ch_projects_page, CH_TYPE_LIST_PAGE)

static gboolean
ch_projects_page_matches (ChListPage *page,
                          ChItem     *item,
                          const char *search)
{
  return ch_item_matches (ch_project_item_get_search (CH_PROJECT_ITEM (item)), search);
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

static GtkWidget *
make_counts (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (int i = 0; i < 3; i++)
    gtk_box_append (GTK_BOX (box), ch_status_badge_new ());
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "css-classes", (const char *[]) { "dim-label", NULL },
                                               NULL));

  return box;
}

static void
fill_counts (GtkWidget  *cell,
             ChItem     *item,
             ChListPage *page)
{
  static const ChStatus shapes[] = { CH_STATUS_COMPLIANT, CH_STATUS_EXPIRING, CH_STATUS_NON_COMPLIANT };
  ChProjectItem *project = CH_PROJECT_ITEM (item);
  GtkWidget *child = gtk_widget_get_first_child (cell);
  guint n_counted = 0;

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      guint count = ch_project_item_get_count (project, ch_status_get_colour (shapes[i]));

      ch_status_badge_set_count (CH_STATUS_BADGE (child), shapes[i], count);
      n_counted += count;
      child = gtk_widget_get_next_sibling (child);
    }
  gtk_label_set_label (GTK_LABEL (child), ch_project_item_get_n_subs (project) == 0 ? _("No subs yet")
                                          : n_counted == 0 ? _("Nothing is asked") : "");
  gtk_widget_set_visible (child, n_counted == 0);
}

static int
compare_names (ChItem *a,
               ChItem *b)
{
  return g_utf8_collate (ch_project_item_get_name (CH_PROJECT_ITEM (a)),
                         ch_project_item_get_name (CH_PROJECT_ITEM (b)));
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

  G_OBJECT_CLASS (ch_projects_page_parent_class)->constructed (object);

  ch_page_set_title (CH_PAGE (page), _("Projects"));
  ch_list_page_set_empty (page, "ch-projects-symbolic", _("No projects yet"),
                          _("Projects appear here by themselves once they exist in Procore."));
  ch_list_page_set_collection (page, ch_office_get_projects (ch_page_get_office (CH_PAGE (page))));
  ch_list_page_add_column (page, _("Project"), ch_list_cell_new_title, fill_name, compare_names, TRUE);
  ch_list_page_add_column (page, _("Number"), ch_list_cell_new_text, fill_number, compare_numbers, FALSE);
  ch_list_page_add_column (page, _("Stage"), ch_list_cell_new_text, fill_stage, compare_stages, FALSE);
  ch_list_page_add_column (page, _("Insurance of its subs"), make_counts, fill_counts, compare_counts, FALSE);
}

static void
ch_projects_page_class_init (ChProjectsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = ch_projects_page_constructed;
  CH_LIST_PAGE_CLASS (klass)->matches = ch_projects_page_matches;
  CH_LIST_PAGE_CLASS (klass)->activate = ch_projects_page_activate;
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
