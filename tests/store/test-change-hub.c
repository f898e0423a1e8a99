#include "config.h"

#include "ch-change-hub.h"

typedef struct {
  GThread *thread;      /* where it was called */
  guint    n_calls;
  guint    n_ids;
  gboolean any;
  gboolean is_freed;
  guint    id;          /* to unsubscribe from within */
  ChChangeHub *hub;
} Watcher;

static void
on_change_cb (ChKind    kind,
              GArray   *ids,
              gpointer  user_data)
{
  Watcher *watcher = user_data;

  watcher->thread = g_thread_self ();
  watcher->n_calls++;
  watcher->n_ids += ids->len;
  watcher->any |= ids->len == 0;
  if (watcher->id != 0)
    ch_change_hub_unsubscribe (watcher->hub, watcher->id);
}

static void
on_destroy_cb (gpointer user_data)
{
  ((Watcher *) user_data)->is_freed = TRUE;
}

static void
announce (ChChangeHub  *hub,
          ChKind        kind,
          guint         n,
          const gint64 *ids)
{
  g_autoptr(GArray) array = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (n > 0)
    g_array_append_vals (array, ids, n);
  ch_change_hub_announce (hub, kind, array);
}

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
test_announcements_of_one_kind_become_one (void)
{
  g_autoptr(ChChangeHub) hub = ch_change_hub_new ();
  Watcher watcher = { NULL };

  ch_change_hub_subscribe (hub, on_change_cb, &watcher, on_destroy_cb);
  announce (hub, CH_KIND_PROJECT, 2, (const gint64[]) { 1, 2 });
  announce (hub, CH_KIND_PROJECT, 2, (const gint64[]) { 2, 3 });
  announce (hub, CH_KIND_VENDOR, 1, (const gint64[]) { 9 });
  g_assert_cmpuint (watcher.n_calls, ==, 0);
  iterate ();
  g_assert_cmpuint (watcher.n_calls, ==, 2);
  g_assert_cmpuint (watcher.n_ids, ==, 4);
  g_assert_false (watcher.any);

  announce (hub, CH_KIND_PROJECT, 1, (const gint64[]) { 1 });
  announce (hub, CH_KIND_PROJECT, 0, NULL);
  announce (hub, CH_KIND_PROJECT, 1, (const gint64[]) { 2 });
  iterate ();
  g_assert_cmpuint (watcher.n_calls, ==, 3);
  g_assert_cmpuint (watcher.n_ids, ==, 4);
  g_assert_true (watcher.any);

  g_clear_object (&hub);
  g_assert_true (watcher.is_freed);
}

static void
test_unsubscribed_is_not_called (void)
{
  g_autoptr(ChChangeHub) hub = ch_change_hub_new ();
  Watcher watcher = { NULL };
  guint id = ch_change_hub_subscribe (hub, on_change_cb, &watcher, on_destroy_cb);

  announce (hub, CH_KIND_PROJECT, 0, NULL);
  ch_change_hub_unsubscribe (hub, id);
  g_assert_true (watcher.is_freed);
  announce (hub, CH_KIND_PROJECT, 0, NULL);
  iterate ();
  g_assert_cmpuint (watcher.n_calls, ==, 0);
}

static void
test_unsubscribing_from_within (void)
{
  g_autoptr(ChChangeHub) hub = ch_change_hub_new ();
  Watcher watcher = { .hub = hub };

  watcher.id = ch_change_hub_subscribe (hub, on_change_cb, &watcher, on_destroy_cb);
  announce (hub, CH_KIND_PROJECT, 0, NULL);
  announce (hub, CH_KIND_VENDOR, 0, NULL);
  iterate ();
  g_assert_cmpuint (watcher.n_calls, ==, 1);
  g_assert_true (watcher.is_freed);
}

static void
test_hub_that_goes_away_first (void)
{
  ChChangeHub *hub = ch_change_hub_new ();
  Watcher watcher = { NULL };

  ch_change_hub_subscribe (hub, on_change_cb, &watcher, on_destroy_cb);
  announce (hub, CH_KIND_PROJECT, 0, NULL);
  g_assert_finalize_object (hub);
  iterate ();
  g_assert_cmpuint (watcher.n_calls, ==, 0);
  g_assert_true (watcher.is_freed);
}

typedef struct {
  ChChangeHub  *hub;
  GMainContext *context;
  GMainLoop    *loop;
  Watcher       watcher;
  guint         n_wanted;
  GMutex        mutex;
  GCond         cond;
  gboolean      is_ready;
} Listener;

static void
on_change_in_thread_cb (ChKind    kind,
                        GArray   *ids,
                        gpointer  user_data)
{
  Listener *listener = user_data;

  on_change_cb (kind, ids, &listener->watcher);
  if (listener->watcher.n_ids >= listener->n_wanted)
    g_main_loop_quit (listener->loop);
}

static gpointer
listen_in_thread (gpointer data)
{
  Listener *listener = data;
  guint id;

  g_main_context_push_thread_default (listener->context);
  id = ch_change_hub_subscribe (listener->hub, on_change_in_thread_cb, listener, NULL);
  g_mutex_lock (&listener->mutex);
  listener->is_ready = TRUE;
  g_cond_signal (&listener->cond);
  g_mutex_unlock (&listener->mutex);
  g_main_loop_run (listener->loop);
  ch_change_hub_unsubscribe (listener->hub, id);
  g_main_context_pop_thread_default (listener->context);

  return NULL;
}

typedef struct {
  ChChangeHub *hub;
  gint64       first;
} Announcer;

#define N_ANNOUNCEMENTS 200

static gpointer
announce_in_thread (gpointer data)
{
  Announcer *announcer = data;

  for (guint i = 0; i < N_ANNOUNCEMENTS; i++)
    {
      gint64 id = announcer->first + i;

      announce (announcer->hub, CH_KIND_VERDICT, 1, &id);
    }

  return NULL;
}

/* Each watcher hears in its own thread whatever thread announces, and misses nothing. */
static void
test_across_threads (void)
{
  g_autoptr(ChChangeHub) hub = ch_change_hub_new ();
  Listener listener = { .hub = hub, .n_wanted = 3 * N_ANNOUNCEMENTS };
  Announcer announcers[] = { { hub, 1 }, { hub, 1001 }, { hub, 2001 } };
  Watcher here = { NULL };
  GThread *thread, *threads[3];
  guint id = ch_change_hub_subscribe (hub, on_change_cb, &here, NULL);

  listener.context = g_main_context_new ();
  listener.loop = g_main_loop_new (listener.context, FALSE);
  thread = g_thread_new ("listener", listen_in_thread, &listener);
  g_mutex_lock (&listener.mutex);
  while (!listener.is_ready)
    g_cond_wait (&listener.cond, &listener.mutex);
  g_mutex_unlock (&listener.mutex);

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("announcer", announce_in_thread, &announcers[i]);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_thread_join (thread);
  g_assert_cmpuint (listener.watcher.n_ids, ==, 3 * N_ANNOUNCEMENTS);
  g_assert_true (listener.watcher.thread != g_thread_self ());

  iterate ();
  g_assert_cmpuint (here.n_calls, ==, 1);
  g_assert_cmpuint (here.n_ids, ==, 3 * N_ANNOUNCEMENTS);
  g_assert_true (here.thread == g_thread_self ());
  ch_change_hub_unsubscribe (hub, id);
  g_main_loop_unref (listener.loop);
  g_main_context_unref (listener.context);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/change-hub/announcements-of-one-kind-become-one", test_announcements_of_one_kind_become_one);
  g_test_add_func ("/store/change-hub/unsubscribed-is-not-called", test_unsubscribed_is_not_called);
  g_test_add_func ("/store/change-hub/unsubscribing-from-within", test_unsubscribing_from_within);
  g_test_add_func ("/store/change-hub/hub-that-goes-away-first", test_hub_that_goes_away_first);
  g_test_add_func ("/store/change-hub/across-threads", test_across_threads);

  return g_test_run ();
}
