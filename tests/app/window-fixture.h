#pragma once

#include <adwaita.h>

#include "ch-window.h"

G_BEGIN_DECLS

/* A real window on a desk with a few projects, subs and certificates. */
typedef struct {
  char     *dir;
  ChOffice *office;
  ChWindow *window;
} Fixture;

#define FIXTURE_WAIT_SECONDS 20

/* The main loop runs until the condition holds; what is waited for is told when it never does. */
#define FIXTURE_WAIT_UNTIL(condition)                                                                               \
  G_STMT_START {                                                                                                    \
    guint timeout_id_ = g_timeout_add_seconds (FIXTURE_WAIT_SECONDS, fixture_on_timeout_cb, (char *)#condition);    \
    while (!(condition))                                                                                            \
      g_main_context_iteration (NULL, TRUE);                                                                        \
    g_source_remove (timeout_id_);                                                                                  \
  } G_STMT_END

#define FIXTURE_TEST(path, set_up, func) g_test_add (path, Fixture, NULL, set_up, func, fixture_tear_down)

void       fixture_init            (int            *argc,
                                    char         ***argv);
gboolean   fixture_on_timeout_cb   (gpointer        user_data);
void       fixture_set_up_empty    (Fixture        *fixture,
                                    gconstpointer   user_data);
void       fixture_set_up_filled   (Fixture        *fixture,
                                    gconstpointer   user_data);
void       fixture_tear_down       (Fixture        *fixture,
                                    gconstpointer   user_data);
void       fixture_wait_for_frames (Fixture        *fixture);
/* an action of the window that takes an id, and then a few frames */
void       fixture_activate        (Fixture        *fixture,
                                    const char     *action,
                                    gint64          id);
void       fixture_show_place      (Fixture        *fixture,
                                    const char     *place);
/* (nullable): the first widget of this type at or below @widget that is on the screen */
GtkWidget *fixture_find_widget     (GtkWidget      *widget,
                                    GType           type);
/* (nullable): the first button with this label, mnemonic and all */
GtkWidget *fixture_find_button     (GtkWidget      *widget,
                                    const char     *label);
gboolean   fixture_shows_text      (GtkWidget      *widget,
                                    const char     *text);
/* fails where something that takes the focus has no name for a screen reader; answers how many have */
guint      fixture_check_names     (GtkWidget      *widget);

G_END_DECLS
