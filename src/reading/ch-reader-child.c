#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-reader-child.h"

#include "ch-reading-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* A page of a scan takes some seconds; a minute is for the one that tries to keep us busy, and goes on where so much
 * else runs that the helper has had less than half of it, but had some. A file of many such pages has as much time as
 * two hundred pages of scans take. */
#define MOST_SECONDS_A_PAGE 60
#define FEWEST_PROCESSOR_SECONDS 30
#define ALIVE_SECONDS 0.02
#define SOCKET_FD 3

/* After this many files a helper is replaced, so that what its libraries keep doesn't add up. */
#define FILES_PER_HELPER 250

struct _ChReaderChild
{
  GSubprocess *process;
  int          socket;
  guint        n_asked;
};

/* The helper sees no more of the environment than fonts and messages take. */
static char **
make_environment (void)
{
  static const char *const kept[] = { "HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "G_MESSAGES_DEBUG", "ASAN_OPTIONS",
                                      "UBSAN_OPTIONS", "TESSDATA_PREFIX", "FONTCONFIG_PATH", "FONTCONFIG_FILE" };
  char **environment = g_environ_setenv (NULL, "LANG", "C.UTF-8", TRUE);
  guint i;

  /* The helpers share the processors between them; one that starts threads of its own would only wait for them. */
  environment = g_environ_setenv (environment, "OMP_THREAD_LIMIT", "1", TRUE);

  for (i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      if (g_getenv (kept[i]) != NULL)
        environment = g_environ_setenv (environment, kept[i], g_getenv (kept[i]), TRUE);
    }

  return environment;
}

/**
 * ch_reader_child_new:
 * @program: path of certholder-reader
 *
 * Starts a helper.
 *
 * Returns: (transfer full) (nullable): the helper; %NULL with %CH_READER_ERROR_NO_HELPER
 */
ChReaderChild *
ch_reader_child_new (const char *program,
                     GError    **error)
{
  const char *const arguments[] = { program, NULL };
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) local = NULL;
  g_auto (GStrv) environment = make_environment ();
  GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_SILENCE;
  ChReaderChild *self;
  int sockets[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0)
    {
      g_set_error (error, CH_READER_ERROR, CH_READER_ERROR_NO_HELPER, _("The reader can't be started: %s"),
                   g_strerror (errno));
      return NULL;
    }

  if (g_getenv ("G_MESSAGES_DEBUG") == NULL)
    flags |= G_SUBPROCESS_FLAGS_STDERR_SILENCE;
  self = g_new0 (ChReaderChild, 1);
  self->socket = sockets[0];
  launcher = g_subprocess_launcher_new (flags);
  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_take_fd (launcher, sockets[1], SOCKET_FD);
  self->process = g_subprocess_launcher_spawnv (launcher, arguments, &local);
  if (self->process == NULL)
    {
      g_set_error (error,
                   CH_READER_ERROR,
                   CH_READER_ERROR_NO_HELPER,
                   _ ("The reader (%s) can't be started: %s"),
                   program,
                   local->message);
      ch_reader_child_free (self);
      return NULL;
    }

  return self;
}

/**
 * ch_reader_child_free:
 *
 * Ends the helper, whatever it is doing: it holds nothing that could be lost. It is gone when this returns: GLib sends the
 * signal from a thread of its own, and a program that ends meanwhile would leave a helper that loops behind for good.
 */
void
ch_reader_child_free (ChReaderChild *self)
{
  if (self == NULL)
    return;

  close (self->socket);
  if (self->process != NULL)
    {
      g_subprocess_force_exit (self->process);
      g_subprocess_wait (self->process, NULL, NULL);
    }
  g_clear_object (&self->process);
  g_free (self);
}

GPid
ch_reader_child_get_pid (ChReaderChild *self)
{
  const char *id = g_subprocess_get_identifier (self->process);

  return id != NULL ? (GPid) atoi (id) : 0;
}

/* Returns: seconds that the helper has had a processor; -1 where that can't be told */
static double
measure_processor_time (ChReaderChild *self)
{
  struct timespec used;
  clockid_t clock;

  if (clock_getcpuclockid (ch_reader_child_get_pid (self), &clock) != 0 || clock_gettime (clock, &used) != 0)
    return -1;

  return (double) used.tv_sec + used.tv_nsec / 1e9;
}

/**
 * ch_reader_child_is_worn:
 *
 * Returns: whether the helper should be asked no more: it has answered its share of questions, or has so little of its
 *   processor time left that it might not get to the end of another
 */
gboolean
ch_reader_child_is_worn (ChReaderChild *self)
{
  return self->n_asked >= FILES_PER_HELPER
         || measure_processor_time (self) >= CH_READER_MOST_PROCESSOR_SECONDS - CH_READER_MOST_SECONDS;
}

/* Waits until the helper says something about a page. */
static gboolean
wait_for_page (ChReaderChild *self,
               int            cancel_fd,
               gint64         last,
               gint64        *deadline)
{
  double begun_at = measure_processor_time (self);
  double seen_at = begun_at;
  double now;

  for (;;)
    {
      *deadline = MIN (last, g_get_monotonic_time () + MOST_SECONDS_A_PAGE * G_USEC_PER_SEC);
      if (ch_reader_wire_wait (self->socket, cancel_fd, *deadline))
        return TRUE;
      now = measure_processor_time (self);
      if (g_get_monotonic_time () < *deadline || g_get_monotonic_time () >= last || begun_at < 0
          || now < seen_at + ALIVE_SECONDS || now >= begun_at + FEWEST_PROCESSOR_SECONDS)
        return FALSE;
      seen_at = now;
    }
}

/* Waits for the answer, and hands on what is told before it. */
static gboolean
receive_answer (ChReaderChild        *self,
                int                   cancel_fd,
                gint64                last,
                ChReaderChildProgress progress,
                gpointer              user_data,
                ChWireHead           *reply,
                GBytes              **payload,
                int                  *reply_fd,
                gint64               *deadline)
{
  for (;;)
    {
      if (!wait_for_page (self, cancel_fd, last, deadline)
          || !ch_reader_wire_receive (self->socket, cancel_fd, *deadline, reply, payload, reply_fd))
        return FALSE;
      if (reply->kind != CH_WIRE_PROGRESS)
        return TRUE;

      g_clear_pointer (payload, g_bytes_unref);
      if (*reply_fd >= 0)
        close (*reply_fd);
      if (reply->page < 1 || reply->detail < reply->page || reply->detail > CH_READER_MAX_PAGES)
        return FALSE;
      if (progress != NULL)
        progress (reply->page, (guint) reply->detail, user_data);
    }
}

/**
 * ch_reader_child_ask:
 * @fd: the file
 * @progress: (nullable) (scope call): is told of each page of several
 * @payload: (out) (transfer full)
 * @reply_fd: (out): the caller's to close; -1 for none
 *
 * Asks one question and waits for its answer, at most a minute for each page, or longer on a machine that is busy with
 * other things. After an error the helper is of no further use.
 */
gboolean
ch_reader_child_ask (ChReaderChild        *self,
                     const ChWireHead     *request,
                     int                   fd,
                     GCancellable         *cancellable,
                     ChReaderChildProgress progress,
                     gpointer              user_data,
                     ChWireHead           *reply,
                     GBytes              **payload,
                     int                  *reply_fd,
                     GError              **error)
{
  gint64 last = g_get_monotonic_time () + CH_READER_MOST_SECONDS * G_USEC_PER_SEC;
  gint64 deadline = last;
  GPollFD cancel = { .fd = -1 };
  gboolean can_poll = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &cancel);
  gboolean answered;

  self->n_asked++;
  answered = ch_reader_wire_send (self->socket, request, NULL, fd)
             && receive_answer (self, can_poll ? cancel.fd : -1, last, progress, user_data, reply, payload, reply_fd,
                                &deadline);
  if (can_poll)
    g_cancellable_release_fd (cancellable);
  if (answered)
    return TRUE;

  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_set_error_literal (error, CH_READER_ERROR, CH_READER_ERROR_CRASHED,
                         g_get_monotonic_time () >= deadline
                           ? _("Reading this file took too long and was stopped. Ask for another copy of it, or enter "
                               "the certificate by hand.")
                           : _("This file made the reader fail; nothing else was affected. Ask for another copy of it, "
                               "or enter the certificate by hand."));

  return FALSE;
}
