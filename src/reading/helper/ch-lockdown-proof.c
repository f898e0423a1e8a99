#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-lockdown-proof.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What each attempt returns: 0 or more when it succeeded, as system calls do. */
typedef struct {
  const char *name;
  long (*attempt) (void);
} Attempt;

static long
attempt_socket (void)
{
  return socket (AF_INET, SOCK_STREAM, 0);
}

static long
attempt_connect (void)
{
  struct sockaddr_in address
      = { .sin_family = AF_INET, .sin_port = htons (80), .sin_addr = { htonl (INADDR_LOOPBACK) } };

  return connect (STDERR_FILENO, (struct sockaddr *) &address, sizeof address) == 0 || errno == ENOTSOCK ? 0 : -1;
}

static long
attempt_write_file (void)
{
  return open ("/tmp/certholder-lockdown-proof", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
}

static long
attempt_append (void)
{
  return open ("/dev/null", O_RDWR | O_APPEND | O_CLOEXEC);
}

static long
attempt_read_file (void)
{
  return open ("/etc/passwd", O_RDONLY | O_CLOEXEC);
}

static long
attempt_list_folder (void)
{
  return open ("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static long
attempt_fork (void)
{
  long pid = fork ();

  if (pid == 0)
    _exit (0);

  return pid;
}

static long
attempt_raw_clone (void)
{
  long pid = syscall (SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);

  if (pid == 0)
    _exit (0);

  return pid;
}

static long
attempt_execute (void)
{
  char *const arguments[] = { (char *) "/bin/true", NULL };

  return execve (arguments[0], arguments, NULL);
}

static long
attempt_ptrace (void)
{
  return ptrace (PTRACE_TRACEME, 0, NULL, NULL);
}

static long
attempt_kill (void)
{
  return kill (getppid (), 0);
}

static long
attempt_unlink (void)
{
  return unlink ("/tmp/certholder-lockdown-proof");
}

static long
attempt_make_code (void)
{
  void *memory = mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return memory == MAP_FAILED ? -1 : 0;
}

static long
attempt_hog_memory (void)
{
  void *memory = mmap (NULL, (size_t) 3 << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return memory == MAP_FAILED ? -1 : 0;
}

/* To go on and on: there is no limit, or it can be raised. */
static long
attempt_loop_for_ever (void)
{
  struct rlimit time = { RLIM_INFINITY, RLIM_INFINITY };

  if (getrlimit (RLIMIT_CPU, &time) != 0 || time.rlim_cur == RLIM_INFINITY || time.rlim_max == RLIM_INFINITY)
    return 0;
  time.rlim_cur = time.rlim_max = RLIM_INFINITY;

  return setrlimit (RLIMIT_CPU, &time);
}

static long
attempt_nothing (void)
{
  return open ("/usr/share/fonts", O_RDONLY | O_DIRECTORY | O_CLOEXEC) >= 0 || errno == ENOENT ? 0 : -1;
}

static const Attempt attempts[] = {
  { "socket", attempt_socket },
  { "connect", attempt_connect },
  { "write-file", attempt_write_file },
  { "append", attempt_append },
  { "read-file", attempt_read_file },
  { "list-folder", attempt_list_folder },
  { "fork", attempt_fork },
  { "clone", attempt_raw_clone },
  { "execute", attempt_execute },
  { "ptrace", attempt_ptrace },
  { "kill", attempt_kill },
  { "unlink", attempt_unlink },
  { "make-code", attempt_make_code },
  { "hog-memory", attempt_hog_memory },
  { "loop-for-ever", attempt_loop_for_ever },
  { "read-fonts", attempt_nothing },
};

/**
 * ch_lockdown_proof_run:
 * @attempt: the name of what to try
 *
 * Tries one thing that the lock-down has to prevent, in a process that is locked down already.
 *
 * Returns: an exit status: 0 when it was possible, 1 when it was refused, 2 for an attempt that is not known. A process
 *   killed by SIGSYS was refused too.
 */
int
ch_lockdown_proof_run (const char *attempt)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      if (strcmp (attempt, attempts[i].name) == 0)
        return attempts[i].attempt () >= 0 ? 0 : 1;
    }

  return 2;
}
