#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-session-private.h"

#include <glib/gi18n-lib.h>

/*
 * Reading Procore, from the whole to the parts, with as few requests as its API makes possible: stages (1), projects
 * changed since last time (1) and the ids of all of them (1), vendors with their projects (1 for 2,000), inactive ones
 * (1), the company's insurance records (1 for 2,000); then for each active project its commitments (2) and its
 * insurance records (1), and the compliance of some commitments. Each list is taken over in one transaction together
 * with the verdicts that follow from it. A tool that refuses is told in the summary, and the rest goes on.
 */

/* What a tool's answer means for the round: TRUE to go on. */
static gboolean
settle (ChRound    *round,
        const char *what,
        GError     *cause,
        GError    **error)
{
  if (cause == NULL)
    return TRUE;
  if (_ch_ends_round (cause))
    {
      g_propagate_prefixed_error (error, cause, "%s: ", what);
      return FALSE;
    }

  _ch_round_problem (round, what, cause);
  g_error_free (cause);
  return TRUE;
}

static int
compare_read_at (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  ChSession *session = user_data;
  gint64 left = _ch_session_get_read_at (session, (*(const ChProject *const *) a)->id);
  gint64 right = _ch_session_get_read_at (session, (*(const ChProject *const *) b)->id);

  return left < right ? -1 : left > right;
}

static gboolean
pull_projects (ChRound *round,
               GError **error)
{
  g_autoptr (GPtrArray) projects = ch_store_list_projects (round->store, TRUE, error);
  guint max = _ch_session_get_max_projects (round->session);
  guint i;

  if (projects == NULL)
    return FALSE;

  g_ptr_array_sort_with_data (projects, compare_read_at, round->session);
  if (max > 0 && projects->len > max)
    g_ptr_array_set_size (projects, (gint) max);
  for (i = 0; i < projects->len; i++)
    {
      const ChProject *project = g_ptr_array_index (projects, i);
      GError *cause = NULL;

      _ch_round_progress (round, _ ("Reading projects"), i, projects->len);
      if (project->is_template)
        continue;
      if (!_ch_pull_project (round, project, &cause) && !settle (round, project->name, cause, error))
        return FALSE;
      _ch_session_set_read_at (round->session, project->id, _ch_round_now (round));
    }
  return TRUE;
}

/*< private > */
gboolean
_ch_pull (ChRound *round,
          GError **error)
{
  GError *cause = NULL;

  _ch_round_progress (round, _ ("Reading the company"), 0, 0);
  /* Without the projects there is nothing to go on with. */
  if (!_ch_pull_company (round, error))
    return FALSE;

  if (!_ch_pull_vendors (round, &cause) && !settle (round, _ ("company directory"), g_steal_pointer (&cause), error))
    return FALSE;
  if (!_ch_pull_insurances (round, 0, &cause)
      && !settle (round, _ ("company insurance records"), g_steal_pointer (&cause), error))
    return FALSE;
  if (!pull_projects (round, error))
    return FALSE;
  if (!_ch_pull_compliance (round, &cause) && !settle (round, _ ("commitments"), g_steal_pointer (&cause), error))
    return FALSE;
  return TRUE;
}
