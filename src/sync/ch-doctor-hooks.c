#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-doctor-private.h"
#include "ch-webhooks-private.h"

#include <glib/gi18n-lib.h>

/*
 * Webhooks are for those who use them: where no hook of ours is in the company, that Procore lets none be made is told,
 * and nothing is amiss. Once there is one, it has to work, and so do those of the projects.
 */

static const char *
describe_state (ChHookState state)
{
  switch (state)
    {
    case CH_HOOK_DISABLED:
      return _ ("Procore has switched the hook off, since what it sent was not taken");
    case CH_HOOK_SILENT:
      return _ ("the hook has no triggers, so Procore tells nothing");
    case CH_HOOK_NONE:
      return _ ("there is no hook");
    case CH_HOOK_WORKS:
    default:
      return NULL;
    }
}

static const char *
get_fix (void)
{
  return _ ("let the program run with webhooks for a while: it makes and repairs them, which needs “Admin” in Procore");
}

/* Eats @cause. FALSE where the other probes would fail the same way. */
static gboolean
add_unreadable (GPtrArray  *checks,
                const char *name,
                GError     *cause,
                gboolean    is_optional)
{
  gboolean ok;
  gboolean goes_on = _ch_doctor_add_read (checks, name, cause, &ok);
  ChCheck *check = g_ptr_array_index (checks, checks->len - 1);

  check->is_optional = is_optional;
  return goes_on;
}

static gboolean
check_projects (ChProcore    *procore,
                GPtrArray    *projects,
                GPtrArray    *checks,
                GCancellable *cancellable)
{
  const char *name = "Webhooks: projects";
  g_autoptr (GString) broken = g_string_new (NULL);
  g_autofree char *why = NULL;
  guint n_broken = 0;
  guint i;

  for (i = 0; i < projects->len; i++)
    {
      const ChProject *project = g_ptr_array_index (projects, i);
      GError *cause = NULL;
      ChHookState state;

      if (!_ch_webhook_inspect (procore, project->id, &state, cancellable, &cause))
        return add_unreadable (checks, name, cause, FALSE);
      if (state == CH_HOOK_WORKS)
        continue;
      n_broken++;
      if (n_broken <= 3)
        g_string_append_printf (broken, "%s%s", n_broken > 1 ? ", " : "", project->name);
    }
  /* Translators: the last %s are names of projects, up to three */
  why = g_strdup_printf (_ ("projects asked: %u; without a hook that works: %u (%s)"), projects->len, n_broken,
                         broken->str);
  _ch_doctor_add (checks, name, n_broken == 0, why, get_fix ());
  return TRUE;
}

/*< private > */
gboolean
_ch_doctor_hooks (ChProcore    *procore,
                  GPtrArray    *projects,
                  GPtrArray    *checks,
                  GCancellable *cancellable)
{
  const char *name = "Webhooks: company";
  GError *cause = NULL;
  ChHookState state;

  if (!_ch_webhook_inspect (procore, 0, &state, cancellable, &cause))
    return add_unreadable (checks, name, cause, TRUE);
  _ch_doctor_add (checks, name, state == CH_HOOK_WORKS || state == CH_HOOK_NONE, describe_state (state), get_fix ());
  return state == CH_HOOK_NONE || check_projects (procore, projects, checks, cancellable);
}
