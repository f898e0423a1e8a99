#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-syscall-filter.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

/* What parsing, painting and answering take, whatever the arguments. None of them reaches beyond this process and the
 * descriptors that it holds. */
static const char *const harmless[] = {
  "read", "write", "readv", "writev", "pread64", "lseek", "_llseek", "fstat", "fstat64", "stat", "stat64", "lstat",
  "lstat64", "newfstatat", "fstatat64", "statx", "statfs", "fstatfs", "access", "faccessat", "faccessat2", "readlink",
  "readlinkat", "getdents64", "close", "dup", "fadvise64", "munmap", "mremap", "brk", "madvise", "futex",
  "futex_time64", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigreturn", "sigaltstack", "restart_syscall",
  "clock_gettime", "clock_gettime64", "clock_getres", "gettimeofday", "time", "nanosleep", "clock_nanosleep",
  "clock_nanosleep_time64", "getpid", "gettid", "getppid", "getuid", "geteuid", "getgid", "getegid", "exit",
  "exit_group", "recvmsg", "sendmsg", "sendto", "poll", "ppoll", "ppoll_time64", "memfd_create", "ftruncate",
  "ftruncate64", "getrandom", "sched_yield", "sched_getaffinity", "getrusage", "uname", "sysinfo", "getcwd",
  "set_robust_list", "rseq", "arch_prctl", "set_tid_address", "membarrier", "ugetrlimit", "getrlimit", NULL
};

/* Nothing here has an innocent use in a reader of files: whoever tries has taken it over. */
static const char *const deadly[] = {
  "execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev", "socket", "socketpair",
  "connect", "bind", "listen", "accept", "accept4", "io_uring_setup", "bpf", "userfaultfd", "perf_event_open",
  "keyctl", "add_key", "request_key", "mount", "umount2", "pivot_root", "chroot", "setns", "unshare", "init_module",
  "finit_module", "kexec_load", "open_by_handle_at", "memfd_secret", "creat", "unlink", "unlinkat", "rename",
  "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "mkdir", "mkdirat", "mknod", "mknodat",
  "truncate", "chmod", "fchmod", "fchmodat", "chown", "fchown", "fchownat", "setuid", "setgid", "setresuid", "setresgid", "setgroups",
  "capset", "pidfd_getfd", "pidfd_open", "process_madvise", NULL
};

static gboolean
add_all (scmp_filter_ctx    context,
         guint32            action,
         const char *const *names)
{
  for (; *names != NULL; names++)
    {
      int number = seccomp_syscall_resolve_name (*names);

      /* Some names exist on other machines only. */
      if (number == __NR_SCMP_ERROR)
        continue;
      if (seccomp_rule_add (context, action, number, 0) != 0)
        return FALSE;
    }

  return TRUE;
}

/* Opening for reading is left to Landlock to confine; opening for anything else is out of the question. */
static gboolean
add_opening (scmp_filter_ctx context)
{
  static const unsigned int writing[] = { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND };
  const scmp_datum_t allowed_flags = O_CLOEXEC | O_NOFOLLOW | O_DIRECTORY | O_NONBLOCK | O_NOCTTY | O_NOATIME
                                     | O_LARGEFILE | 0100000;
  gboolean added;
  guint i;

  added = seccomp_rule_add (context, SCMP_ACT_ALLOW, SCMP_SYS (openat), 1,
                            SCMP_A2 (SCMP_CMP_MASKED_EQ, ~allowed_flags & 0xffffffff, 0)) == 0
          && seccomp_rule_add (context, SCMP_ACT_ALLOW, SCMP_SYS (open), 1,
                               SCMP_A1 (SCMP_CMP_MASKED_EQ, ~allowed_flags & 0xffffffff, 0)) == 0;
  for (i = 0; added && i < G_N_ELEMENTS (writing); i++)
    added = seccomp_rule_add (context, SCMP_ACT_KILL_PROCESS, SCMP_SYS (openat), 1,
                              SCMP_A2 (SCMP_CMP_MASKED_EQ, writing[i], writing[i])) == 0;

  return added;
}

/* No page of memory that can be written to, or that comes from a file, ever becomes code. */
static gboolean
add_memory (scmp_filter_ctx context)
{
  return seccomp_rule_add (context, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0
         && seccomp_rule_add (context, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1,
                              SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
}

static gboolean
add_control (scmp_filter_ctx context)
{
  const scmp_datum_t self = (scmp_datum_t) getpid ();

  /* abort() raises a signal in its own process; limits may be looked up; the seals of a page are set by fcntl. */
  return seccomp_rule_add (context, SCMP_ACT_ALLOW, SCMP_SYS (tgkill), 1, SCMP_A0 (SCMP_CMP_EQ, self)) == 0
         && seccomp_rule_add (context, SCMP_ACT_ALLOW, SCMP_SYS (prlimit64), 1, SCMP_A2 (SCMP_CMP_EQ, 0)) == 0
         && seccomp_rule_add (context, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1, SCMP_A1 (SCMP_CMP_EQ, F_GETFD)) == 0
         && seccomp_rule_add (context, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1, SCMP_A1 (SCMP_CMP_EQ, F_SETFD)) == 0
         && seccomp_rule_add (context, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1, SCMP_A1 (SCMP_CMP_EQ, F_GETFL)) == 0
         && seccomp_rule_add (context, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1, SCMP_A1 (SCMP_CMP_EQ, F_DUPFD_CLOEXEC)) == 0
         && seccomp_rule_add (context, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1, SCMP_A1 (SCMP_CMP_EQ, F_ADD_SEALS)) == 0
         && seccomp_rule_add (context, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1, SCMP_A1 (SCMP_CMP_EQ, F_GET_SEALS)) == 0;
}

/**
 * ch_syscall_filter_load:
 *
 * From here on the process can make only the system calls that reading takes. What is merely unforeseen fails with
 * EPERM, so that a newer libc's curiosity costs nothing; what has no innocent use kills the process. Needs
 * no_new_privs.
 *
 * Returns: whether the filter stands
 */
gboolean
ch_syscall_filter_load (void)
{
  scmp_filter_ctx context = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  gboolean loaded;

  if (context == NULL)
    return FALSE;

  loaded = add_all (context, SCMP_ACT_ALLOW, harmless) && add_all (context, SCMP_ACT_KILL_PROCESS, deadly)
           && add_opening (context) && add_memory (context) && add_control (context)
           /* libc tries clone3 first and falls back to clone, which the default refuses */
           && seccomp_rule_add (context, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (clone3), 0) == 0
           && seccomp_attr_set (context, SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0 && seccomp_load (context) == 0;
  seccomp_release (context);

  return loaded;
}
