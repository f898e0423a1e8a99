#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-doctor-private.h"

#include <glib/gi18n-lib.h>

/*
 * Each tool is read once, by a page of one element, and Procore's permission manifest is asked what may be written, of
 * other projects as well. The tiers:
 *
 *   1  projects and the company directory can be read: the desk knows its subs
 *   2  and insurance records can be written: the directory shows who is compliant
 *   3  and commitments: payments follow
 *   4  and documents and home links: all five places
 */

/**
 * ch_check_free:
 * @self: (transfer full): a check
 */
void
ch_check_free (ChCheck *self)
{
  g_free (self->name);
  g_free (self->why);
  g_free (self->fix);
  g_free (self);
}

/*< private > */
gboolean
_ch_doctor_add (GPtrArray  *checks,
                const char *name,
                gboolean    ok,
                const char *why,
                const char *fix)
{
  ChCheck *check = g_new0 (ChCheck, 1);

  check->name = g_strdup (name);
  check->ok = ok;
  check->why = ok ? NULL : g_strdup (why);
  check->fix = ok ? NULL : g_strdup (fix);
  g_ptr_array_add (checks, check);
  return ok;
}

/*< private > */
gboolean
_ch_doctor_add_read (GPtrArray  *checks,
                     const char *name,
                     GError     *cause,
                     gboolean   *ok)
{
  g_autoptr (GError) error = cause;

  *ok = _ch_doctor_add (checks, name, error == NULL, error != NULL ? error->message : NULL, ch_procore_error_get_hint (error));
  return error == NULL
         || !(g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_OFFLINE)
              || g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN)
              || g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_CONNECTED)
              || g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SECRETS)
              || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

static gboolean
may_write (const char *level)
{
  return g_str_equal (level, "admin") || g_str_equal (level, "standard");
}

/*
 * Whether the manifest lets the tool be written. One that says nothing about it is no refusal: the first write will
 * tell, and the check says so.
 */
static gboolean
add_write (GPtrArray   *checks,
           const char  *name,
           GHashTable  *levels,
           const char  *tool,
           gboolean     readable)
{
  const char *level = levels != NULL ? g_hash_table_lookup (levels, tool) : NULL;
  g_autofree char *fix = g_strdup_printf (_ ("ask your Procore administrator for “Standard” or “Admin” on the tool “%s”"), tool);

  if (!readable)
    return _ch_doctor_add (checks, name, FALSE, _ ("it can't even be read"), fix);
  if (level == NULL || may_write (level))
    return _ch_doctor_add (checks, name, TRUE, NULL, NULL);
  return _ch_doctor_add (checks, name, FALSE, _ ("your access level does not allow it"), fix);
}

typedef struct {
  gboolean projects;
  gboolean directory;
  gboolean company_insurance;
  gboolean project_insurance;
  gboolean commitments;
  gboolean documents;
  gboolean links;
} Readable;

/* One list, of which only the error counts. */
static gboolean
probe (ChProcore    *procore,
       ChProbe       what,
       gint64        project_id,
       GPtrArray    *checks,
       const char   *name,
       gboolean     *ok,
       GCancellable *cancellable)
{
  GError *cause = NULL;

  ch_procore_probe (procore, what, project_id, cancellable, &cause);
  return _ch_doctor_add_read (checks, name, cause, ok);
}

/* *projects gets the active ones that are looked at. */
static gboolean
probe_company (ChProcore    *procore,
               GPtrArray    *checks,
               Readable     *can,
               GPtrArray   **projects,
               GCancellable *cancellable)
{
  GError *cause = NULL;
  guint i;

  /* Templates are among them. */
  *projects = ch_procore_list_some_projects (procore, 2 * CH_DOCTOR_MOST_OTHERS, cancellable, &cause);
  if (!_ch_doctor_add_read (checks, "Projects: read", cause, &can->projects))
    return FALSE;
  for (i = *projects != NULL ? (*projects)->len : 0; i > 0; i--)
    {
      const ChProject *project = g_ptr_array_index (*projects, i - 1);

      if (!project->active || project->is_template)
        g_ptr_array_remove_index (*projects, i - 1);
    }
  if (*projects != NULL && (*projects)->len > CH_DOCTOR_MOST_OTHERS + 1)
    g_ptr_array_set_size (*projects, CH_DOCTOR_MOST_OTHERS + 1);

  return probe (procore, CH_PROBE_VENDORS, 0, checks, "Company directory: read", &can->directory, cancellable)
         && probe (procore, CH_PROBE_COMPANY_INSURANCES, 0, checks, "Company insurance: read", &can->company_insurance,
                   cancellable);
}

static gboolean
probe_project (ChProcore    *procore,
               gint64        project_id,
               GPtrArray    *checks,
               Readable     *can,
               GCancellable *cancellable)
{
  ChFolder *folder;
  GError *cause = NULL;

  if (!probe (procore, CH_PROBE_PROJECT_INSURANCES, project_id, checks, "Project insurance: read", &can->project_insurance,
              cancellable)
      || !probe (procore, CH_PROBE_COMMITMENTS, project_id, checks, "Commitments: read", &can->commitments, cancellable))
    return FALSE;
  folder = ch_procore_get_folder (procore, project_id, 0, cancellable, &cause);
  g_clear_pointer (&folder, ch_folder_free);
  return _ch_doctor_add_read (checks, "Documents: read", cause, &can->documents)
         && probe (procore, CH_PROBE_LINKS, project_id, checks, "Home links: read", &can->links, cancellable);
}

/* (transfer full) (nullable): the first tool that the manifest does not let be written, by its name */
static char *
find_closed_tool (ChProcore    *procore,
                  gint64        project_id,
                  GCancellable *cancellable)
{
  static const char *const tools[] = { "directory", "commitments", "documents", "home" };
  g_autoptr (GHashTable) levels = ch_procore_get_permissions (procore, project_id, cancellable, NULL);
  guint i;

  for (i = 0; levels != NULL && i < G_N_ELEMENTS (tools); i++)
    {
      const char *level = g_hash_table_lookup (levels, tools[i]);

      if (level != NULL && !may_write (level))
        return g_strdup (tools[i]);
    }
  return NULL;
}

/* What the first project allows, another one may not. */
static void
judge_other_projects (ChProcore    *procore,
                      GPtrArray    *projects,
                      GPtrArray    *checks,
                      GCancellable *cancellable)
{
  g_autoptr (GString) closed = g_string_new (NULL);
  g_autofree char *why = NULL;
  guint n_closed = 0;
  guint i;

  if (projects->len < 2)
    return;
  for (i = 1; i < projects->len; i++)
    {
      const ChProject *project = g_ptr_array_index (projects, i);
      g_autofree char *tool = find_closed_tool (procore, project->id, cancellable);

      if (tool == NULL)
        continue;
      n_closed++;
      if (n_closed <= 3)
        g_string_append_printf (closed, "%s%s (%s)", n_closed > 1 ? ", " : "", project->name, tool);
    }
  /* Translators: the last %s are names of projects, up to three, each with a tool of Procore's */
  why = g_strdup_printf (_ ("other projects asked: %u; not all allowed in: %u (%s)"), projects->len - 1, n_closed,
                         closed->str);
  _ch_doctor_add (checks, "Other projects: write", n_closed == 0, why,
                  _ ("ask your Procore administrator for “Standard” or “Admin” on these tools there"));
}

/* Procore's manifest names tools in its own way; these are the names that its pages use. */
static int
judge_writes (GPtrArray      *checks,
              GHashTable     *company,
              GHashTable     *project,
              const Readable *can)
{
  gboolean company_insurance = add_write (checks, "Company insurance: write", company, "directory", can->company_insurance);
  gboolean project_insurance = add_write (checks, "Project insurance: write", project, "directory", can->project_insurance);
  gboolean commitments = add_write (checks, "Commitments: write", project, "commitments", can->commitments);
  gboolean documents = add_write (checks, "Documents: write", project, "documents", can->documents);
  gboolean links = add_write (checks, "Home links: write", project, "home", can->links);

  if (!can->projects || !can->directory || !company_insurance || !project_insurance)
    return 1;
  if (!commitments)
    return 2;
  return documents && links ? 4 : 3;
}

/**
 * ch_doctor_run:
 * @procore: the API, for the company
 * @tier: (out): 1 to 4; see above
 * @cancellable: (nullable): to give up
 * @error: where not even the user behind the sign-in can be asked
 *
 * Probes every tool that is used. Nothing is written.
 *
 * Returns: (transfer full) (element-type ChCheck) (nullable): what was found
 */
GPtrArray *
ch_doctor_run (ChProcore    *procore,
               int          *tier,
               GCancellable *cancellable,
               GError      **error)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_check_free);
  g_autoptr (ChUser) user = ch_procore_get_me (procore, cancellable, error);
  g_autoptr (GPtrArray) projects = NULL;
  g_autoptr (GHashTable) company = NULL;
  g_autoptr (GHashTable) project = NULL;
  Readable can = { FALSE };
  gint64 project_id;

  if (user == NULL)
    return NULL;

  _ch_doctor_add (checks, "Sign-in", TRUE, NULL, NULL);
  *tier = 1;
  if (!probe_company (procore, checks, &can, &projects, cancellable))
    return g_steal_pointer (&checks);
  if (projects == NULL || projects->len == 0)
    {
      _ch_doctor_add (checks, "Projects: active", FALSE, _ ("no active project can be seen, so its tools could not be probed"),
                      _ ("add the signed-in user to a project"));
      return g_steal_pointer (&checks);
    }
  project_id = ((const ChProject *) g_ptr_array_index (projects, 0))->id;
  if (!probe_project (procore, project_id, checks, &can, cancellable))
    return g_steal_pointer (&checks);

  company = ch_procore_get_permissions (procore, 0, cancellable, NULL);
  project = ch_procore_get_permissions (procore, project_id, cancellable, NULL);
  *tier = judge_writes (checks, company, project, &can);
  judge_other_projects (procore, projects, checks, cancellable);
  _ch_doctor_hooks (procore, projects, checks, cancellable);
  return g_steal_pointer (&checks);
}
