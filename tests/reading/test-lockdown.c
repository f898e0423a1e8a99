#include "config.h"

#include "ch-reader-program.h"

#include <gio/gio.h>
#include <linux/landlock.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef struct {
  const char *attempt;
  gboolean    needs_landlock;
} Attempt;

static const Attempt refused[] = {
  { "socket", FALSE },     { "connect", FALSE },    { "write-file", FALSE }, { "append", FALSE },
  { "read-file", TRUE },   { "list-folder", TRUE }, { "fork", FALSE },       { "clone", FALSE },
  { "execute", FALSE },    { "ptrace", FALSE },     { "kill", FALSE },       { "unlink", FALSE },
  { "make-code", FALSE },  { "hog-memory", FALSE }, { "loop-for-ever", FALSE },
};

static gboolean
has_landlock (void)
{
  return syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

/* The exit status of the helper after it tried something, or minus the signal that ended it. */
static int
try_in_helper (const char *attempt)
{
  g_autofree char *program = ch_reader_program_find ();
  g_autofree char *option = g_strconcat ("--self-test-sandbox=", attempt, NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (program);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, option, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  g_assert_no_error (error);

  return g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                              : -g_subprocess_get_term_sig (process);
}

static void
test_refused (gconstpointer data)
{
  const Attempt *attempt = data;
  int status;

#if defined(__SANITIZE_ADDRESS__)
  if (g_str_equal (attempt->attempt, "hog-memory"))
    {
      g_test_skip ("a sanitizer needs the memory");
      return;
    }
#endif
  if (attempt->needs_landlock && !has_landlock ())
    {
      g_test_skip ("this kernel has no Landlock");
      return;
    }

  status = try_in_helper (attempt->attempt);
  g_assert_true (status == 1 || status == -SIGSYS);
}

/* That refusals are refusals, and not a helper that can do nothing at all. */
static void
test_fonts_stay_readable (void)
{
  g_assert_cmpint (try_in_helper ("read-fonts"), ==, 0);
}

static void
test_unknown_attempt (void)
{
  g_assert_cmpint (try_in_helper ("no-such-attempt"), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  guint i;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/reading/lockdown/refuses/", refused[i].attempt, NULL);

      g_test_add_data_func (path, &refused[i], test_refused);
    }
  g_test_add_func ("/reading/lockdown/fonts-stay-readable", test_fonts_stay_readable);
  g_test_add_func ("/reading/lockdown/unknown-attempt", test_unknown_attempt);

  return g_test_run ();
}
