#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-doctor.h"

#include <glib/gi18n-lib.h>

/*
 * Each tool is read once, cheaply, and Procore's permission manifest is asked what may be written. The tiers:
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

static gboolean
add_check (GPtrArray  *checks,
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

/* Eats @cause. FALSE where the other probes would fail the same way. */
static gboolean
add_read (GPtrArray  *checks,
          const char *name,
          GError     *cause,
          gboolean   *ok)
{
  g_autoptr (GError) error = cause;

  *ok = add_check (checks, name, error == NULL, error != NULL ? error->message : NULL, ch_procore_error_get_hint (error));
  return error == NULL
         || !(g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_OFFLINE)
              || g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN)
              || g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_NOT_CONNECTED)
              || g_error_matches (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SECRETS)
              || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
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
    return add_check (checks, name, FALSE, _ ("it can't even be read"), fix);
  if (level == NULL || g_str_equal (level, "admin") || g_str_equal (level, "standard"))
    return add_check (checks, name, TRUE, NULL, NULL);
  return add_check (checks, name, FALSE, _ ("your access level does not allow it"), fix);
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

/* Lists are asked for and thrown away; only the error counts. */
#define PROBE(call, free_func)                                                                                         \
  do                                                                                                                   \
    {                                                                                                                  \
      gpointer answer = (call);                                                                                        \
                                                                                                                       \
      g_clear_pointer (&answer, free_func);                                                                            \
    }                                                                                                                  \
  while (0)

static gboolean
probe_company (ChProcore    *procore,
               GPtrArray    *checks,
               Readable     *can,
               gint64       *project_id,
               GCancellable *cancellable)
{
  g_autoptr (GPtrArray) projects = NULL;
  GError *cause = NULL;
  guint i;

  projects = ch_procore_list_projects (procore, 0, cancellable, &cause);
  if (!add_read (checks, "Projects: read", cause, &can->projects))
    return FALSE;
  for (i = 0; projects != NULL && i < projects->len && *project_id == 0; i++)
    {
      const ChProject *project = g_ptr_array_index (projects, i);

      if (project->active && !project->is_template)
        *project_id = project->id;
    }

  cause = NULL;
  PROBE (ch_procore_list_vendors (procore, 0, cancellable, &cause), g_ptr_array_unref);
  if (!add_read (checks, "Company directory: read", cause, &can->directory))
    return FALSE;
  cause = NULL;
  PROBE (ch_procore_list_insurances (procore, 0, cancellable, &cause), g_ptr_array_unref);
  return add_read (checks, "Company insurance: read", cause, &can->company_insurance);
}

static gboolean
probe_project (ChProcore    *procore,
               gint64        project_id,
               GPtrArray    *checks,
               Readable     *can,
               GCancellable *cancellable)
{
  GError *cause = NULL;

  PROBE (ch_procore_list_insurances (procore, project_id, cancellable, &cause), g_ptr_array_unref);
  if (!add_read (checks, "Project insurance: read", cause, &can->project_insurance))
    return FALSE;
  cause = NULL;
  PROBE (ch_procore_list_commitments (procore, project_id, cancellable, &cause), g_ptr_array_unref);
  if (!add_read (checks, "Commitments: read", cause, &can->commitments))
    return FALSE;
  cause = NULL;
  PROBE (ch_procore_get_folder (procore, project_id, 0, cancellable, &cause), ch_folder_free);
  if (!add_read (checks, "Documents: read", cause, &can->documents))
    return FALSE;
  cause = NULL;
  PROBE (ch_procore_list_links (procore, project_id, cancellable, &cause), g_ptr_array_unref);
  return add_read (checks, "Home links: read", cause, &can->links);
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
  g_autoptr (GHashTable) company = NULL;
  g_autoptr (GHashTable) project = NULL;
  Readable can = { FALSE };
  gint64 project_id = 0;

  if (user == NULL)
    return NULL;

  add_check (checks, "Sign-in", TRUE, NULL, NULL);
  *tier = 1;
  if (!probe_company (procore, checks, &can, &project_id, cancellable))
    return g_steal_pointer (&checks);
  if (project_id == 0)
    {
      add_check (checks, "Projects: active", FALSE, _ ("no active project can be seen, so its tools could not be probed"),
                 _ ("add the signed-in user to a project"));
      return g_steal_pointer (&checks);
    }
  if (!probe_project (procore, project_id, checks, &can, cancellable))
    return g_steal_pointer (&checks);

  company = ch_procore_get_permissions (procore, 0, cancellable, NULL);
  project = ch_procore_get_permissions (procore, project_id, cancellable, NULL);
  *tier = judge_writes (checks, company, project, &can);
  return g_steal_pointer (&checks);
}
