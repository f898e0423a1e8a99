#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-webhooks-private.h"

#include "ch-store-hooks.h"

#include <string.h>

/*
 * One hook for the company and one for each active project, found again by its id or, where the answer to its making was
 * lost, by our namespace and address. Hooks of another address in our namespace belong to another machine. Hooks stay
 * when the program ends: Procore keeps trying for twelve hours and remembers what it could not deliver, so a laptop that
 * is closed misses nothing.
 */

/* It has metadata, by which our own changes are told from other programs'. */
#define PAYLOAD_VERSION "v2.0"

typedef struct {
  const char *resource_name;
  const char *event_type;
} Wanted;

/* What there is since 2026-06-30: a project's vendors tell of no updates any more. */
static const Wanted of_company[] = {
  { "Projects", "create" },           { "Projects", "update" },           { "Company Vendors", "create" },
  { "Company Vendors", "update" },    { "Company Insurances", "create" }, { "Company Insurances", "update" },
  { "Company Insurances", "delete" }, { "Project Stages", "create" },     { "Project Stages", "update" },
  { "Project Stages", "delete" },
};

static const Wanted of_project[] = {
  { "Project Vendors", "create" },          { "Project Vendors", "delete" },
  { "Project Insurances", "create" },       { "Project Insurances", "update" },
  { "Project Insurances", "delete" },       { "Work Order Contracts", "create" },
  { "Work Order Contracts", "update" },     { "Work Order Contracts", "delete" },
  { "Purchase Order Contracts", "create" }, { "Purchase Order Contracts", "update" },
  { "Purchase Order Contracts", "delete" }, { "Project Files", "create" },
  { "Project Files", "update" },            { "Project Files", "delete" },
};

typedef struct {
  ChProcore    *procore;
  gint64        project_id;
  const char   *public_url;
  const char   *authorization;
  GCancellable *cancellable;
} Check;

static gboolean
has_trigger (GPtrArray    *triggers,
             const Wanted *wanted)
{
  guint i;

  for (i = 0; i < triggers->len; i++)
    {
      const ChHookTrigger *trigger = g_ptr_array_index (triggers, i);

      if (g_strcmp0 (trigger->resource_name, wanted->resource_name) == 0
          && g_strcmp0 (trigger->event_type, wanted->event_type) == 0)
        return TRUE;
    }
  return FALSE;
}

static GPtrArray *
find_missing_triggers (const Check *check,
                       GPtrArray   *triggers)
{
  const Wanted *wanted = check->project_id != 0 ? of_project : of_company;
  guint n = check->project_id != 0 ? G_N_ELEMENTS (of_project) : G_N_ELEMENTS (of_company);
  GPtrArray *missing = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_hook_trigger_free);
  guint i;

  for (i = 0; i < n; i++)
    {
      if (!has_trigger (triggers, &wanted[i]))
        g_ptr_array_add (missing, ch_hook_trigger_new (NULL, wanted[i].resource_name, wanted[i].event_type));
    }
  return missing;
}

/* A company without one of the tools has no such triggers: those of the others are made even so. */
static gboolean
create_one_by_one (const Check *check,
                   const char  *hook_id,
                   GPtrArray   *missing,
                   GError     **error)
{
  GError *first = NULL;
  guint n_made = 0;
  guint i;

  for (i = 0; i < missing->len; i++)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new ();
      GError *cause = NULL;

      g_ptr_array_add (one, g_ptr_array_index (missing, i));
      if (ch_procore_create_triggers (check->procore, check->project_id, hook_id, one, check->cancellable, &cause))
        n_made++;
      else if (!g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID))
        {
          g_clear_error (&first);
          g_propagate_error (error, cause);
          return FALSE;
        }
      else if (first == NULL)
        first = cause;
      else
        g_error_free (cause);
    }
  if (n_made == 0 && first != NULL)
    {
      g_propagate_error (error, first);
      return FALSE;
    }
  g_clear_error (&first);
  return TRUE;
}

static gboolean
create_triggers (const Check *check,
                 const char  *hook_id,
                 GPtrArray   *missing,
                 GError     **error)
{
  GError *cause = NULL;

  if (missing->len == 0 || ch_procore_create_triggers (check->procore, check->project_id, hook_id, missing, check->cancellable, &cause))
    return TRUE;
  if (g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID) && missing->len > 1)
    {
      g_error_free (cause);
      return create_one_by_one (check, hook_id, missing, error);
    }
  g_propagate_error (error, cause);
  return FALSE;
}

/* Procore shows only the end of the header. */
static gboolean
is_in_order (const Check  *check,
             const ChHook *hook)
{
  return hook->is_active && g_strcmp0 (hook->payload_version, PAYLOAD_VERSION) == 0
         && g_strcmp0 (hook->destination_url, check->public_url) == 0 && hook->authorization_end != NULL
         && g_str_has_suffix (check->authorization, hook->authorization_end);
}

static gboolean
repair (const Check  *check,
        const ChHook *hook,
        GError      **error)
{
  ChHook wanted = { .id = hook->id,
                    .payload_version = (char *) PAYLOAD_VERSION,
                    .namespace = (char *) CH_WEBHOOK_NAMESPACE,
                    .destination_url = (char *) check->public_url };

  return is_in_order (check, hook)
         || ch_procore_update_hook (check->procore, check->project_id, &wanted, check->authorization, check->cancellable, error);
}

/* Ours: the one that we know, else the first that leads here. */
static ChHook *
find_ours (GPtrArray  *hooks,
           const char *known_id,
           const char *public_url)
{
  ChHook *found = NULL;
  guint i;

  for (i = 0; i < hooks->len; i++)
    {
      ChHook *hook = g_ptr_array_index (hooks, i);

      if (g_strcmp0 (hook->id, known_id) == 0)
        return hook;
      if (found == NULL && g_strcmp0 (hook->destination_url, public_url) == 0)
        found = hook;
    }
  return found;
}

/* Second ones that lead here would tell everything twice. */
static gboolean
remove_doubles (const Check  *check,
                GPtrArray    *hooks,
                const ChHook *kept,
                GError      **error)
{
  guint i;

  for (i = 0; i < hooks->len; i++)
    {
      const ChHook *hook = g_ptr_array_index (hooks, i);

      if (hook != kept && g_strcmp0 (hook->destination_url, check->public_url) == 0
          && !ch_procore_delete_hook (check->procore, check->project_id, hook->id, check->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
store_hook (ChStore     *store,
            const Check *check,
            const char  *hook_id,
            gint64       position,
            gint64       now,
            GError     **error)
{
  ChStoredHook hook = { check->project_id, (char *) hook_id, (char *) check->public_url, position, now };

  if (!ch_store_begin (store, "sync", now, error))
    return FALSE;
  if (ch_store_put_hook (store, &hook, error) && ch_store_commit (store, error))
    return TRUE;
  if (ch_store_in_transaction (store))
    ch_store_rollback (store);
  return FALSE;
}

static char *
make_hook (const Check *check,
           GError     **error)
{
  ChHook wanted = { .payload_version = (char *) PAYLOAD_VERSION,
                    .namespace = (char *) CH_WEBHOOK_NAMESPACE,
                    .destination_url = (char *) check->public_url };
  g_autoptr (ChHook) made = ch_procore_create_hook (check->procore, check->project_id, &wanted, check->authorization,
                                                    check->cancellable, error);

  return made != NULL ? g_steal_pointer (&made->id) : NULL;
}

static gboolean
check_triggers (const Check *check,
                const char  *hook_id,
                gboolean     is_new,
                GError     **error)
{
  g_autoptr (GPtrArray) triggers = NULL;
  g_autoptr (GPtrArray) missing = NULL;

  triggers = is_new ? g_ptr_array_new ()
                    : ch_procore_list_triggers (check->procore, check->project_id, hook_id, check->cancellable, error);
  if (triggers == NULL)
    return FALSE;
  missing = find_missing_triggers (check, triggers);
  return create_triggers (check, hook_id, missing, error);
}

/*< private > */
gboolean
_ch_webhook_check_hook (ChProcore    *procore,
                        ChStore      *store,
                        gint64        project_id,
                        const char   *public_url,
                        const char   *authorization,
                        gint64        now,
                        GCancellable *cancellable,
                        GError      **error)
{
  const Check check = { procore, project_id, public_url, authorization, cancellable };
  GError *cause = NULL;
  g_autoptr (ChStoredHook) known = ch_store_get_hook (store, project_id, &cause);
  g_autoptr (GPtrArray) hooks = NULL;
  g_autofree char *hook_id = NULL;
  ChHook *ours;

  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  hooks = ch_procore_list_hooks (procore, project_id, CH_WEBHOOK_NAMESPACE, cancellable, error);
  if (hooks == NULL)
    return FALSE;

  ours = find_ours (hooks, known != NULL ? known->hook_id : NULL, public_url);
  hook_id = ours != NULL ? g_strdup (ours->id) : make_hook (&check, error);
  if (hook_id == NULL || (ours != NULL && !repair (&check, ours, error)) || !remove_doubles (&check, hooks, ours, error))
    return FALSE;

  /* Its events count from when it has triggers: what was before is read as ever. */
  return check_triggers (&check, hook_id, ours == NULL, error)
         && store_hook (store, &check, hook_id, ours != NULL && known != NULL ? known->position : now, now, error);
}

/*< private > */
gboolean
_ch_webhook_inspect (ChProcore    *procore,
                     gint64        project_id,
                     ChHookState  *state,
                     GCancellable *cancellable,
                     GError      **error)
{
  g_autoptr (GPtrArray) hooks = ch_procore_list_hooks (procore, project_id, CH_WEBHOOK_NAMESPACE, cancellable, error);
  guint i;

  *state = CH_HOOK_NONE;
  if (hooks == NULL)
    return FALSE;

  for (i = 0; i < hooks->len && *state != CH_HOOK_WORKS; i++)
    {
      const ChHook *hook = g_ptr_array_index (hooks, i);
      g_autoptr (GPtrArray) triggers = NULL;

      if (!hook->is_active)
        {
          *state = CH_HOOK_DISABLED;
          continue;
        }
      triggers = ch_procore_list_triggers (procore, project_id, hook->id, cancellable, error);
      if (triggers == NULL)
        return FALSE;
      *state = triggers->len > 0 ? CH_HOOK_WORKS : CH_HOOK_SILENT;
    }
  return TRUE;
}
