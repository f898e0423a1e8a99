#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Every right that the first version of Landlock knows, and what the second and third added, by version: a kernel
 * refuses a set with rights that it doesn't know. (Debian 12's libc has no wrappers.) */
#define RIGHTS_1 ((G_GUINT64_CONSTANT (1) << 13) - 1)
#define RIGHTS_2 ((G_GUINT64_CONSTANT (1) << 14) - 1)
#define RIGHTS_3 ((G_GUINT64_CONSTANT (1) << 15) - 1)

static guint64
handled_rights (long version)
{
  switch (version)
    {
    case 1:
      return RIGHTS_1;
    case 2:
      return RIGHTS_2;
    default:
      return RIGHTS_3;
    }
}

static void
allow_reading (int         ruleset,
               const char *path)
{
  struct landlock_path_beneath_attr rule = {
    .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    .parent_fd = open (path, O_PATH | O_CLOEXEC),
  };

  if (rule.parent_fd < 0)
    return;

  if (syscall (SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
    g_debug ("no reading of %s: %s", path, g_strerror (errno));
  close (rule.parent_fd);
}

/**
 * ch_landlock_restrict:
 * @readable: (array zero-terminated=1): folders; those that don't exist don't count
 *
 * From here on this process may read below @readable and touch nothing else in the file system. Needs no_new_privs.
 *
 * Returns: whether the kernel does this
 */
gboolean
ch_landlock_restrict (const char *const *readable)
{
  long version = syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  struct landlock_ruleset_attr attributes = { .handled_access_fs = handled_rights (version) };
  gboolean restricted;
  int ruleset;

  if (version < 1)
    return FALSE;
  ruleset = (int) syscall (SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
  if (ruleset < 0)
    return FALSE;

  for (; *readable != NULL; readable++)
    allow_reading (ruleset, *readable);
  restricted = syscall (SYS_landlock_restrict_self, ruleset, 0) == 0;
  close (ruleset);

  return restricted;
}
