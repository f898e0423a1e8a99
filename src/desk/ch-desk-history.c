#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-desk-history.h"
#include "ch-desk-private.h"
#include "ch-interchange.h"
#include "ch-judged-part-private.h"
#include "ch-store-carriers.h"
#include "ch-store-certificates.h"
#include "ch-store-directory.h"
#include "ch-store-requirements.h"
#include "ch-store-waivers.h"
#include "ch-verdict-inputs-private.h"

/*
 * What did we know on 3 March? A verdict is kept with what it was made from, and stands until the next one. But time
 * itself may have changed it while no program was running: policies ended, and nobody judged. Then it is judged again
 * from what it was made from, for the day that was asked about. Where no day in between could change anything, the
 * answer is what was stored, word for word.
 */

/* As many changes of one verdict as no file of papers has. */
#define MAX_STEPS 256

typedef struct {
  ChEvaluationInput  input;
  GPtrArray         *parts;
  GPtrArray         *certificates;
  GPtrArray         *waivers;       /* (element-type ChStoredWaiver) (owned) */
} Past;

static void
past_clear (Past *self)
{
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  g_clear_pointer (&self->waivers, g_ptr_array_unref);
  g_clear_pointer (&self->input.waivers, g_ptr_array_unref);
  g_clear_pointer (&self->input.carriers, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Past, past_clear)

static ChRequirementSet *
load_set (ChStore     *store,
          const char  *entry,
          GError     **error)
{
  g_autoptr(ChStoredRequirementSet) stored = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *uuid = NULL;
  int version;

  if (!_ch_verdict_inputs_split (entry, &uuid, &version))
    return NULL;
  stored = ch_store_get_requirement_version (store, uuid, version, error);
  node = stored != NULL ? ch_json_parse (stored->body, -1, error) : NULL;

  return node != NULL ? ch_requirement_set_from_json (node, error) : NULL;
}

static gboolean
load_parts (Past                   *self,
            ChStore                *store,
            const ChVerdictInputs  *inputs,
            GError                **error)
{
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)_ch_judged_part_free);
  for (guint i = 0; i < inputs->parts->len; i++)
    {
      const ChVerdictPart *stack = &g_array_index (inputs->parts, ChVerdictPart, i);
      ChJudgedPart *part = _ch_judged_part_new (stack->commitment_id);

      g_ptr_array_add (self->parts, part);
      part->sets = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_requirement_set_free);
      for (guint k = stack->first; k < stack->first + stack->n && k < inputs->requirements->len; k++)
        {
          ChRequirementSet *set = load_set (store, g_ptr_array_index (inputs->requirements, k), error);

          if (set == NULL)
            return FALSE;
          g_ptr_array_add (part->sets, set);
        }
      part->n_layers = part->sets->len;
    }

  return TRUE;
}

static ChCertificate *
load_certificate (ChStore     *store,
                  const char  *entry,
                  GError     **error)
{
  g_autoptr(ChFiledCertificate) filed = NULL;
  g_autoptr(GPtrArray) versions = NULL;
  g_autofree char *uuid = NULL;
  int version;

  if (!_ch_verdict_inputs_split (entry, &uuid, &version))
    return NULL;
  filed = ch_store_find_certificate (store, uuid, error);
  versions = filed != NULL ? ch_store_list_certificate_versions (store, filed->id, error) : NULL;

  for (guint i = 0; versions != NULL && i < versions->len; i++)
    {
      ChCertificateVersion *one = g_ptr_array_index (versions, i);

      if (one->version == version)
        return g_steal_pointer (&one->certificate);
    }

  return NULL;
}

static gboolean
load_certificates (Past                   *self,
                   ChStore                *store,
                   const ChVerdictInputs  *inputs,
                   GError                **error)
{
  self->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_certificate_free);
  for (guint i = 0; i < inputs->certificates->len; i++)
    {
      ChCertificate *certificate = load_certificate (store, g_ptr_array_index (inputs->certificates, i), error);

      if (certificate == NULL)
        return FALSE;
      g_ptr_array_add (self->certificates, certificate);
    }
  self->input.certificates = self->certificates;

  return TRUE;
}

static gboolean
load_waivers (Past                   *self,
              ChStore                *store,
              const ChVerdictInputs  *inputs,
              GError                **error)
{
  self->waivers = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_stored_waiver_free);
  self->input.waivers = g_ptr_array_new ();
  for (guint i = 0; i < inputs->waivers->len; i++)
    {
      ChStoredWaiver *stored = ch_store_find_waiver (store, g_ptr_array_index (inputs->waivers, i), error);

      if (stored == NULL)
        return FALSE;
      g_ptr_array_add (self->waivers, stored);
      if (stored->waiver->rule != NULL)
        g_ptr_array_add (self->input.waivers, stored->waiver);
      else if (self->input.exemption == NULL || stored->waiver->until > self->input.exemption->until)
        self->input.exemption = stored->waiver;
    }

  return TRUE;
}

static gboolean
load_carriers (Past                   *self,
               ChStore                *store,
               const ChVerdictInputs  *inputs,
               GError                **error)
{
  g_autoptr(GPtrArray) carriers = ch_store_list_carriers (store, inputs->carriers, error);

  if (carriers == NULL)
    return FALSE;

  self->input.carriers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)ch_carrier_free);
  g_ptr_array_set_free_func (carriers, NULL);
  for (guint i = 0; i < carriers->len; i++)
    {
      ChCarrier *carrier = g_ptr_array_index (carriers, i);

      g_hash_table_insert (self->input.carriers, carrier->naic, carrier);
    }

  return TRUE;
}

static gboolean
load_past (Past                   *self,
           ChStore                *store,
           const ChVerdictInputs  *inputs,
           GError                **error)
{
  self->input.project_state = inputs->project_state;
  self->input.project_stage = inputs->project_stage;
  self->input.sub_name = inputs->sub_name;
  self->input.sub_legal_name = inputs->sub_legal_name;
  self->input.sub_trade_name = inputs->sub_trade_name;

  return load_parts (self, store, inputs, error) && load_certificates (self, store, inputs, error) &&
         load_waivers (self, store, inputs, error) && load_carriers (self, store, inputs, error);
}

static ChVerdict *
judge_on (Past   *self,
          ChDate  day)
{
  self->input.today = day;
  _ch_judged_parts_judge (self->parts, &self->input);

  return _ch_judged_parts_combine (self->parts, &self->input);
}

static void
name_places (ChVerdict             *verdict,
             const ChVerdictInputs *inputs)
{
  for (guint i = 0; i < verdict->findings->len; i++)
    {
      ChFindingPlace *place = ((ChFinding *)g_ptr_array_index (verdict->findings, i))->place;
      int version;

      if (place != NULL)
        _ch_verdict_inputs_split (g_ptr_array_index (inputs->certificates, place->certificate),
                                  &place->certificate_id, &version);
    }
}

/* The day in the zone whose 12:01 AM has passed at @at (Unix microseconds). */
static ChDate
get_day (gint64      at,
         const char *tz_name)
{
  return ch_date_in_zone (at / G_USEC_PER_SEC - 60, tz_name);
}

/* Judges the stored verdict anew where a day between it and @at may have changed it; leaves it alone where not. */
static gboolean
bring_forward (ChStoredVerdict  *stored,
               ChStore          *store,
               const char       *tz_name,
               gint64            at,
               GError          **error)
{
  g_autoptr(ChVerdictInputs) inputs = _ch_verdict_inputs_from_text (stored->inputs);
  g_auto(Past) past = { { 0 } };
  g_autoptr(ChVerdict) verdict = NULL;
  ChDate judged = get_day (stored->judged_at, tz_name);
  ChDate day = get_day (at, tz_name);
  ChDate since = judged;

  /* Verdicts from before inputs were kept whole stand as they were stored. */
  if (inputs == NULL || inputs->parts->len == 0 || day <= judged)
    return TRUE;
  if (!load_past (&past, store, inputs, error))
    return FALSE;

  verdict = judge_on (&past, judged);
  if (verdict->judge_again_on == CH_DATE_NONE || verdict->judge_again_on > day)
    return TRUE;

  for (guint step = 0; step < MAX_STEPS && verdict->changes_on != CH_DATE_NONE && verdict->changes_on <= day; step++)
    {
      since = verdict->changes_on;
      ch_verdict_free (verdict);
      verdict = judge_on (&past, since);
    }
  ch_verdict_free (verdict);
  verdict = judge_on (&past, day);
  name_places (verdict, inputs);

  if (stored->status != CH_STATUS_PENDING || verdict->status == CH_STATUS_EXEMPT)
    stored->status = verdict->status;
  if (since > judged)
    stored->judged_at = (ch_date_starts_at (since, tz_name) + 60) * G_USEC_PER_SEC;
  ch_verdict_free (stored->verdict);
  stored->verdict = g_steal_pointer (&verdict);

  return TRUE;
}

/* (element-type gint64 utf8): the zones of all projects, gone ones too */
static GHashTable *
load_zones (ChStore  *store,
            GError  **error)
{
  g_autoptr(GPtrArray) projects = ch_store_list_projects (store, FALSE, error);
  GHashTable *zones;

  if (projects == NULL)
    return NULL;

  zones = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < projects->len; i++)
    {
      const ChProject *project = g_ptr_array_index (projects, i);

      if (project->tz_name != NULL && project->tz_name[0] != '\0')
        g_hash_table_insert (zones, g_memdup2 (&project->id, sizeof (gint64)), g_strdup (project->tz_name));
    }

  return zones;
}

/**
 * ch_desk_list_verdicts_at:
 * @project_id: 0 for any
 * @vendor_id: 0 for any
 * @at: Unix microseconds
 *
 * What was known at a moment, and what time had made of it by then. `judged_at` is since when that stood.
 *
 * Returns: (transfer full) (element-type ChStoredVerdict): by project, vendor and commitment
 */
GPtrArray *
ch_desk_list_verdicts_at (ChDesk  *self,
                          gint64   project_id,
                          gint64   vendor_id,
                          gint64   at,
                          GError **error)
{
  ChStore *store;
  g_autoptr(GPtrArray) verdicts = NULL;
  g_autoptr(GHashTable) zones = NULL;
  g_autofree char *company_tz = NULL;

  g_return_val_if_fail (CH_IS_DESK (self), NULL);

  store = ch_desk_get_store (self);
  company_tz = _ch_desk_dup_company_zone (store, error);
  zones = company_tz != NULL ? load_zones (store, error) : NULL;
  if (zones == NULL)
    return NULL;
  verdicts = ch_store_list_verdicts_at (store, project_id, vendor_id, at, error);
  if (verdicts == NULL)
    return NULL;

  for (guint i = 0; i < verdicts->len; i++)
    {
      ChStoredVerdict *verdict = g_ptr_array_index (verdicts, i);
      const char *zone = g_hash_table_lookup (zones, &verdict->project_id);

      if (!bring_forward (verdict, store, zone != NULL ? zone : company_tz, at, error))
        return NULL;
    }

  return g_steal_pointer (&verdicts);
}

/**
 * ch_desk_list_sources:
 * @verdict: a stored verdict
 *
 * Returns: (transfer full) (element-type ChRequirementSource): the sets that judged it, in the versions that did
 */
GPtrArray *
ch_desk_list_sources (ChDesk                *self,
                      const ChStoredVerdict *verdict,
                      GError               **error)
{
  g_autoptr(ChVerdictInputs) inputs = NULL;
  g_autoptr(GPtrArray) sources = NULL;

  g_return_val_if_fail (CH_IS_DESK (self), NULL);
  g_return_val_if_fail (verdict != NULL, NULL);

  sources = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_requirement_source_free);
  inputs = _ch_verdict_inputs_from_text (verdict->inputs);
  for (guint i = 0; inputs != NULL && i < inputs->requirements->len; i++)
    {
      g_autoptr(ChStoredRequirementSet) set = NULL;
      g_autofree char *uuid = NULL;
      int version;

      if (!_ch_verdict_inputs_split (g_ptr_array_index (inputs->requirements, i), &uuid, &version))
        continue;
      set = ch_store_get_requirement_version (ch_desk_get_store (self), uuid, version, error);
      if (set == NULL)
        return NULL;
      g_ptr_array_add (sources, ch_requirement_source_new (uuid, set->name, version,
                                                           i < inputs->scopes->len
                                                             ? g_ptr_array_index (inputs->scopes, i) : NULL));
    }

  return g_steal_pointer (&sources);
}
