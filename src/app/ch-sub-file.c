#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-sub-file.h"

#include "ch-day-order.h"
#include "ch-desk-history.h"
#include "ch-last-decision.h"

static void
free_policy (gpointer data)
{
  ChSubPolicy *self = data;

  ch_policy_free (self->policy);
  g_free (self->insurer);
  g_free (self);
}

static ChSubFile *
make_file (void)
{
  ChSubFile *self = g_new0 (ChSubFile, 1);

  self->project_names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->policies = g_ptr_array_new_with_free_func (free_policy);

  return self;
}

void
ch_sub_file_free (ChSubFile *self)
{
  g_clear_pointer (&self->vendor, ch_vendor_free);
  g_clear_pointer (&self->verdicts, g_ptr_array_unref);
  g_clear_pointer (&self->decisions, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  g_clear_pointer (&self->waivers, g_ptr_array_unref);
  g_clear_pointer (&self->insurances, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_hash_table_unref (self->project_names);
  g_ptr_array_unref (self->policies);
  g_free (self);
}

/* A project that can't be found has no name to show; that is no reason to show nothing at all. */
static void
learn_project_name (ChSubFile *self,
                    ChStore   *store,
                    gint64     project_id)
{
  g_autoptr(ChProject) project = NULL;

  if (project_id == 0 || g_hash_table_contains (self->project_names, &project_id))
    return;

  project = ch_store_get_project (store, project_id, NULL);
  if (project != NULL)
    g_hash_table_insert (self->project_names, g_memdup2 (&project_id, sizeof project_id), g_strdup (project->name));
}

static void
learn_project_names (ChSubFile *self,
                     ChStore   *store)
{
  for (guint i = 0; i < self->verdicts->len; i++)
    learn_project_name (self, store, ((ChStoredVerdict *)g_ptr_array_index (self->verdicts, i))->project_id);
  for (guint i = 0; i < self->waivers->len; i++)
    learn_project_name (self, store, ((ChStoredWaiver *)g_ptr_array_index (self->waivers, i))->project_id);
  for (guint i = 0; i < self->insurances->len; i++)
    learn_project_name (self, store, ((ChInsuranceRecord *)g_ptr_array_index (self->insurances, i))->project_id);
  for (guint i = 0; i < self->events->len; i++)
    learn_project_name (self, store, ((ChEvent *)g_ptr_array_index (self->events, i))->project_id);
}

/* Worst first, then by name. */
static int
compare_verdicts (gconstpointer a,
                  gconstpointer b,
                  gpointer      user_data)
{
  const ChSubFile *self = user_data;
  const ChStoredVerdict *one = *(ChStoredVerdict * const *)a;
  const ChStoredVerdict *other = *(ChStoredVerdict * const *)b;
  const char *one_name = ch_sub_file_get_project_name (self, one->project_id);
  const char *other_name = ch_sub_file_get_project_name (self, other->project_id);

  if (one->status != other->status)
    return ch_status_compare (other->status, one->status);

  return g_utf8_collate (one_name != NULL ? one_name : "", other_name != NULL ? other_name : "");
}

static int
compare_policies (gconstpointer a,
                  gconstpointer b)
{
  const ChSubPolicy *one = *(ChSubPolicy * const *)a;
  const ChSubPolicy *other = *(ChSubPolicy * const *)b;

  if (one->policy->coverage != other->policy->coverage)
    return (int)one->policy->coverage - (int)other->policy->coverage;

  return ch_day_compare (other->policy->expiration, one->policy->expiration);
}

static void
add_policy (ChSubFile                *self,
            const ChFiledCertificate *filed,
            guint                     index)
{
  const ChPolicy *policy = g_ptr_array_index (filed->certificate->policies, index);
  const ChInsurer *insurer = policy->insurer != NULL
                               ? ch_certificate_get_insurer (filed->certificate, policy->insurer) : NULL;
  ChSubPolicy *added = g_new0 (ChSubPolicy, 1);

  added->policy = ch_policy_copy (policy);
  added->insurer = insurer != NULL ? g_strdup (insurer->name) : NULL;
  added->certificate_id = filed->id;
  g_ptr_array_add (self->policies, added);
}

/* Newest certificate first: what an older one says of the same policy is left out. */
static void
collect_policies (ChSubFile *self)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->certificates->len; i++)
    {
      const ChFiledCertificate *filed = g_ptr_array_index (self->certificates, i);

      if (filed->review != CH_REVIEW_APPROVED || filed->certificate == NULL)
        continue;
      for (guint p = 0; p < filed->certificate->policies->len; p++)
        {
          const char *uuid = p < filed->policy_uuids->len ? g_ptr_array_index (filed->policy_uuids, p) : NULL;

          if (uuid == NULL || g_hash_table_add (seen, (gpointer)uuid))
            add_policy (self, filed, p);
        }
    }
  g_ptr_array_sort (self->policies, compare_policies);
}

static void
reverse (GPtrArray *array)
{
  for (guint i = 0; i < array->len / 2; i++)
    {
      gpointer kept = array->pdata[i];

      array->pdata[i] = array->pdata[array->len - 1 - i];
      array->pdata[array->len - 1 - i] = kept;
    }
}

static gboolean
load_all (ChSubFile               *self,
          ChStore                 *store,
          const ChSubFileRequest  *request,
          GError                 **error)
{
  self->vendor = ch_store_get_vendor (store, request->vendor_id, error);
  if (self->vendor == NULL)
    return FALSE;
  self->verdicts = ch_store_list_verdicts (store, 0, request->vendor_id, 0, error);
  if (self->verdicts == NULL)
    return FALSE;
  self->certificates = ch_store_list_certificates (store, request->vendor_id, FALSE, error);
  if (self->certificates == NULL)
    return FALSE;
  self->waivers = ch_store_list_waivers (store, request->vendor_id, 0, error);
  if (self->waivers == NULL)
    return FALSE;
  self->insurances = ch_store_list_insurances (store, -1, request->vendor_id, error);
  if (self->insurances == NULL)
    return FALSE;
  self->events = ch_store_list_latest_events (store, request->vendor_id, request->n_events + 1, error);
  return self->events != NULL;
}

static void
unref_sources (gpointer data)
{
  if (data != NULL)
    g_ptr_array_unref (data);
}

/* Which requirement sets judged. A set that can't be found leaves its findings without an origin, no more. */
static void
find_sources (ChSubFile *self,
              ChDesk    *desk)
{
  self->sources = g_ptr_array_new_with_free_func (unref_sources);
  for (guint i = 0; i < self->verdicts->len; i++)
    g_ptr_array_add (self->sources, ch_desk_list_sources (desk, g_ptr_array_index (self->verdicts, i), NULL));
}

static void
describe_decisions (ChSubFile *self,
                    ChStore   *store,
                    gint64     now)
{
  g_autofree char *zone = ch_store_dup_state (store, "company_tz", NULL);

  self->decisions = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->verdicts->len; i++)
    {
      g_autoptr(ChLastDecision) last = ch_last_decision_new (store, g_ptr_array_index (self->verdicts, i));

      g_ptr_array_add (self->decisions, ch_last_decision_dup_sentence (last, now, zone != NULL && *zone != '\0' ? zone
                                                                                                       : "UTC"));
    }
}

/**
 * ch_sub_file_load:
 * @desk: the desk, in its own thread
 * @data: a #ChSubFileRequest
 * @cancellable: (nullable): ends it early
 * @error: why the store could not be read
 *
 * Returns: (transfer full) (nullable): a #ChSubFile
 */
gpointer
ch_sub_file_load (ChDesk        *desk,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  const ChSubFileRequest *request = data;
  ChStore *store = ch_desk_get_store (desk);
  g_autoptr(ChSubFile) self = make_file ();

  if (!load_all (self, store, request, error))
    return NULL;

  self->has_more_events = self->events->len > request->n_events;
  if (self->has_more_events)
    g_ptr_array_set_size (self->events, (int)request->n_events);
  reverse (self->certificates);
  reverse (self->waivers);
  learn_project_names (self, store);
  g_ptr_array_sort_with_data (self->verdicts, compare_verdicts, self);
  find_sources (self, desk);
  describe_decisions (self, store, request->now);
  collect_policies (self);

  return g_steal_pointer (&self);
}

const char *
ch_sub_file_get_project_name (const ChSubFile *self,
                              gint64           project_id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->project_names, &project_id);
}

ChStatus
ch_sub_file_get_status (const ChSubFile *self)
{
  g_return_val_if_fail (self != NULL, CH_STATUS_NOT_REQUIRED);

  return self->verdicts->len > 0 ? ((ChStoredVerdict *)g_ptr_array_index (self->verdicts, 0))->status
                                 : CH_STATUS_NOT_REQUIRED;
}

ChDate
ch_sub_file_get_changes_on (const ChSubFile *self)
{
  ChDate first = CH_DATE_NONE;

  g_return_val_if_fail (self != NULL, CH_DATE_NONE);

  for (guint i = 0; i < self->verdicts->len; i++)
    first = ch_day_earlier (first, ((ChStoredVerdict *)g_ptr_array_index (self->verdicts, i))->verdict->changes_on);

  return first;
}
