/*
 * How long the window keeps its main thread busy at the size of a large contractor: 500 projects, 5,000 subs, 20,000
 * assignments. What counts is the longest stretch between two looks at what the user does: below one frame (16.7 ms)
 * nothing is felt. Times are of the main thread's own processor time, which other work on the machine does not blur.
 */
#include "config.h"

#include "desk-data.h"

#include "ch-app-resources.h"
#include "ch-list-page.h"
#include "ch-window.h"

#include <glib/gstdio.h>
#include <time.h>

#define N_PROJECTS 500
#define N_SUBS 5000
#define N_EACH 4
#define N_CERTIFICATES 5000
#define N_PENDING 40

/* looks without anything to do, one after the other, after which all is done */
#define N_QUIET 8
#define LOOK_MS 50

static struct {
  double  dispatched_at;    /* ms of processor time, when the last poll ended */
  double  longest;
  guint   n_long;           /* stretches above a frame */
  guint   n_frames;
  guint   n_quiet;
  gint64  last_work;        /* monotonic: the last stretch that did anything to speak of */
} watch;

static double
get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Between two polls the main thread does not look at the user. */
static int
poll_and_watch (GPollFD *fds,
                guint    n_fds,
                int      timeout)
{
  double took = get_cpu_ms () - watch.dispatched_at;
  int result;

  watch.longest = MAX (watch.longest, took);
  watch.n_long += took > 1000.0 / 60;
  if (took > 0.5)
    {
      watch.last_work = g_get_monotonic_time ();
      watch.n_quiet = 0;
    }
  result = g_poll (fds, n_fds, timeout);
  watch.dispatched_at = get_cpu_ms ();

  return result;
}

static void
on_painted_cb (GdkFrameClock *clock,
               gpointer       user_data)
{
  watch.n_frames++;
}

static gboolean
on_look_cb (gpointer user_data)
{
  watch.n_quiet++;
  return G_SOURCE_CONTINUE;
}

/* Runs until nothing has been done for a while. */
static void
settle (void)
{
  guint id = g_timeout_add (LOOK_MS, on_look_cb, NULL);

  watch.n_quiet = 0;
  while (watch.n_quiet < N_QUIET)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

typedef void (*Act) (ChWindow *window, gconstpointer data);

static void
measure (const char    *what,
         ChWindow      *window,
         Act            act,
         gconstpointer  data)
{
  gint64 begun_at = g_get_monotonic_time ();
  double begun = get_cpu_ms ();

  watch.longest = 0;
  watch.n_long = 0;
  watch.n_frames = 0;
  watch.dispatched_at = begun;
  act (window, data);
  settle ();

  g_print ("| %s | %.1f | %u | %.0f | %u | %.0f |\n", what, watch.longest, watch.n_long, get_cpu_ms () - begun,
           watch.n_frames, (double)(watch.last_work - begun_at) / 1000);
}

static void
present (ChWindow      *window,
         gconstpointer  data)
{
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (on_painted_cb), NULL);
}

static void
show_place (ChWindow      *window,
            gconstpointer  place)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-place", "s", place);
}

/* Letter by letter, as it is typed. */
static void
search (ChWindow      *window,
        gconstpointer  text)
{
  for (gsize i = 1; i <= strlen (text); i++)
    {
      g_autofree char *typed = g_strndup (text, i);

      ch_page_set_search_text (ch_window_get_page (window), typed);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static void
end_search (ChWindow      *window,
            gconstpointer  data)
{
  ch_page_set_search_text (ch_window_get_page (window), "");
}

static void
open_thing (ChWindow      *window,
            gconstpointer  action)
{
  gint64 id = g_str_equal (action, "win.open-project") ? DESK_DATA_PROJECT
              : g_str_equal (action, "win.open-sub")   ? DESK_DATA_SUB + 100
                                                       : 1;

  gtk_widget_activate_action (GTK_WIDGET (window), action, "x", id);
}

static GtkWidget *
find_widget (GtkWidget *widget,
             GType      type)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
sort_by (ChWindow      *window,
         gconstpointer  column)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (find_widget (GTK_WIDGET (ch_window_get_page (window)), GTK_TYPE_COLUMN_VIEW));
  g_autoptr(GtkColumnViewColumn) chosen = g_list_model_get_item (gtk_column_view_get_columns (view),
                                                                 GPOINTER_TO_UINT (column));

  gtk_column_view_sort_by_column (view, chosen, GTK_SORT_ASCENDING);
}

static void
scroll_down (ChWindow      *window,
             gconstpointer  data)
{
  GtkWidget *scroller = find_widget (GTK_WIDGET (ch_window_get_page (window)), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  for (int i = 0; i < 40; i++)
    {
      gtk_adjustment_set_value (down, gtk_adjustment_get_value (down) + gtk_adjustment_get_page_increment (down));
      for (int j = 0; j < 4; j++)
        g_main_context_iteration (NULL, TRUE);
    }
}

/* As a sync does that changes something of everything. */
static void
change_everything (ChWindow      *window,
                   gconstpointer  office)
{
  ch_collection_reload (ch_office_get_projects ((ChOffice *)office));
  ch_collection_reload (ch_office_get_subs ((ChOffice *)office));
  ch_collection_reload (ch_office_get_certificates ((ChOffice *)office));
}

static void
measure_all (const char *dir)
{
  g_autoptr(GError) error = NULL;
  ChOffice *office = ch_office_new (dir, &error);
  ChWindow *window;

  g_assert_no_error (error);
  ch_account_start (ch_office_get_account (office));
  window = ch_window_new (NULL, office);

  g_print ("| act | longest stretch, ms | stretches above a frame | busy in all, ms | frames drawn | settled after, ms |\n"
           "|---|---|---|---|---|---|\n");
  measure ("the window opens", window, present, NULL);
  measure ("to the subs", window, show_place, "subs");
  measure ("search letter by letter", window, search, "keystone electric");
  measure ("search ends", window, end_search, NULL);
  measure ("sort by status", window, sort_by, GUINT_TO_POINTER (1));
  measure ("scroll 40 pages", window, scroll_down, NULL);
  measure ("to the certificates", window, show_place, "certificates");
  measure ("search letter by letter", window, search, "keystone electric");
  measure ("search ends", window, end_search, NULL);
  measure ("to the projects", window, show_place, "projects");
  measure ("open a project", window, open_thing, "win.open-project");
  measure ("open a sub", window, open_thing, "win.open-sub");
  measure ("open a certificate", window, open_thing, "win.open-certificate");
  measure ("to the requirements", window, show_place, "requirements");
  measure ("to Procore", window, show_place, "procore");
  measure ("everything is read again", window, change_everything, office);

  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  ch_office_close (office);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (office);
}

/* The program's own style, which its application would bring. */
static void
load_style (void)
{
  g_autoptr(GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/io/github/certholder/Certholder/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/certholder/Certholder/icons");
}

/* bench-app [FOLDER]: with a folder, the data is kept there and used again */
int
main (int    argc,
      char **argv)
{
  g_autofree char *dir = argc > 1 ? g_strdup (argv[1]) : g_dir_make_tmp ("bench-app-XXXXXX", NULL);
  g_autofree char *database = g_build_filename (dir, "certholder.db", NULL);

  g_resources_register (ch_app_get_resource ());
  adw_init ();
  load_style ();

  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    {
      desk_data_fill (dir, N_PROJECTS, N_SUBS, N_EACH);
      desk_data_add_certificates (dir, "blue-heron-electric", N_CERTIFICATES, N_PENDING);
    }
  g_print ("%d projects, %d subs, %d assignments, %d certificates of four policies\n\n", N_PROJECTS, N_SUBS,
           N_SUBS * N_EACH, N_CERTIFICATES);
  g_main_context_set_poll_func (NULL, poll_and_watch);
  measure_all (dir);
  if (argc == 1)
    desk_data_remove (dir);

  return 0;
}
