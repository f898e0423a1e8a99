#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-desk-private.h"
#include "ch-evaluation.h"
#include "ch-judged-part-private.h"
#include "ch-judgement-private.h"
#include "ch-store-carriers.h"
#include "ch-store-directory.h"
#include "ch-store-requirements.h"
#include "ch-store-waivers.h"
#include "ch-verdict-inputs-private.h"

/**
 * Case:
 * @approved: (element-type ChFiledCertificate): borrowed; those that count here, oldest to newest
 * @waivers: (element-type ChStoredWaiver): those that nobody has taken back, the exemption among them
 *
 * Everything that the judge is told of one sub on one project.
 */
typedef struct {
  GPtrArray         *approved;
  GPtrArray         *waivers;
  GPtrArray         *parts;
  ChEvaluationInput  input;
} Case;

static void
case_clear (Case *self)
{
  g_clear_pointer (&self->approved, g_ptr_array_unref);
  g_clear_pointer (&self->waivers, g_ptr_array_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->input.certificates, g_ptr_array_unref);
  g_clear_pointer (&self->input.evidence, g_ptr_array_unref);
  g_clear_pointer (&self->input.waivers, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static gboolean
add_part (Case           *self,
          ChDeskView     *view,
          ChProjectView  *project,
          gint64          vendor_id,
          gint64          commitment_id,
          GError        **error)
{
  ChJudgedPart *part = _ch_judged_part_new (commitment_id);
  gboolean watch = TRUE;

  g_ptr_array_add (self->parts, part);
  part->layers = ch_store_list_requirement_layers (view->store, project->project->id, vendor_id, commitment_id, error);
  if (part->layers == NULL ||
      (project->is_closed && !_ch_desk_view_layers_watch (view, part->layers, &watch, error)))
    return FALSE;
  /* What was asked of the work itself ends with the project. */
  if (!watch)
    g_ptr_array_set_size (part->layers, 0);
  part->n_layers = part->layers->len;
  part->sets = _ch_desk_view_merge_layers (view, part->layers, project->stage_category, error);

  return part->sets != NULL;
}

static gboolean
add_parts (Case             *self,
           ChDeskView       *view,
           const ChSubView  *sub,
           ChProjectView    *project,
           GError          **error)
{
  g_autoptr(GPtrArray) commitments = NULL;

  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)_ch_judged_part_free);
  if (!add_part (self, view, project, sub->vendor_id, 0, error))
    return FALSE;
  if (g_hash_table_size (view->commitments_with_sets) == 0)
    return TRUE;

  commitments = ch_store_list_commitments (view->store, project->project->id, sub->vendor_id, error);
  if (commitments == NULL)
    return FALSE;
  for (guint i = 0; i < commitments->len; i++)
    {
      ChCommitment *commitment = g_ptr_array_index (commitments, i);

      if (_ch_commitment_is_dead (commitment) || !g_hash_table_contains (view->commitments_with_sets, &commitment->id))
        continue;
      if (!add_part (self, view, project, sub->vendor_id, commitment->id, error))
        return FALSE;
    }

  return TRUE;
}

/* Of several exemptions the one that holds longest counts. */
static gboolean
add_waivers (Case            *self,
             ChDeskView      *view,
             gint64           vendor_id,
             gint64           project_id,
             GError         **error)
{
  self->waivers = ch_store_list_waivers (view->store, vendor_id, project_id, error);
  if (self->waivers == NULL)
    return FALSE;

  self->input.waivers = g_ptr_array_new ();
  for (guint i = 0; i < self->waivers->len;)
    {
      const ChStoredWaiver *stored = g_ptr_array_index (self->waivers, i);

      if (stored->ended_at != 0)
        {
          g_ptr_array_remove_index (self->waivers, i);
          continue;
        }
      if (stored->waiver->rule != NULL)
        g_ptr_array_add (self->input.waivers, stored->waiver);
      else if (self->input.exemption == NULL || stored->waiver->until > self->input.exemption->until)
        self->input.exemption = stored->waiver;
      i++;
    }

  return TRUE;
}

static gboolean
prepare_case (Case             *self,
              ChDeskView       *view,
              const ChSubView  *sub,
              ChProjectView    *project,
              GError          **error)
{
  self->approved = g_ptr_array_new ();
  self->input.certificates = g_ptr_array_new ();
  self->input.evidence = g_ptr_array_new ();
  for (guint i = 0; i < sub->certificates->len; i++)
    {
      ChFiledCertificate *filed = g_ptr_array_index (sub->certificates, i);

      if (filed->review != CH_REVIEW_APPROVED || !_ch_filed_certificate_is_for (filed, project->project->id))
        continue;
      g_ptr_array_add (self->approved, filed);
      g_ptr_array_add (self->input.certificates, filed->certificate);
      g_ptr_array_add (self->input.evidence, _ch_sub_view_get_evidence (sub, i));
      if (!_ch_desk_view_find_carriers (view, filed->certificate, error))
        return FALSE;
    }

  self->input.today = project->today;
  self->input.project_name = project->project->name;
  self->input.project_state = project->project->state_code;
  self->input.project_stage = project->stage_category;
  self->input.sub_name = sub->vendor->name;
  self->input.sub_legal_name = sub->vendor->legal_name;
  self->input.sub_trade_name = sub->vendor->trade_name;
  self->input.carriers = view->carriers;

  return add_waivers (self, view, sub->vendor_id, project->project->id, error) &&
         add_parts (self, view, sub, project, error);
}

static void
add_part_inputs (ChVerdictInputs    *inputs,
                 const ChJudgedPart *part)
{
  ChVerdictPart stack = { part->commitment_id, inputs->requirements->len, part->layers->len };

  for (guint i = 0; i < part->layers->len; i++)
    {
      const ChStoredRequirementSet *set = g_ptr_array_index (part->layers, i);

      _ch_verdict_inputs_add (inputs->requirements, set->uuid, set->version);
      g_ptr_array_add (inputs->scopes, _ch_requirement_place_dup_name (g_ptr_array_index (set->assignments, 0)));
    }
  g_array_append_val (inputs->parts, stack);
}

/* What the verdict of the parts from @first to @last is made from. */
static char *
dup_inputs (const Case               *self,
            const ChDeskView         *view,
            guint                     first,
            guint                     last,
            gint64                    since,
            const ChFiledCertificate *pending)
{
  g_autoptr(ChVerdictInputs) inputs = _ch_verdict_inputs_new ();

  inputs->since = since;
  for (guint i = first; i <= last; i++)
    add_part_inputs (inputs, g_ptr_array_index (self->parts, i));
  for (guint i = 0; i < self->approved->len; i++)
    {
      const ChFiledCertificate *filed = g_ptr_array_index (self->approved, i);

      _ch_verdict_inputs_add (inputs->certificates, filed->uuid, filed->version);
    }
  for (guint i = 0; i < self->waivers->len; i++)
    g_ptr_array_add (inputs->waivers,
                     g_strdup (((ChStoredWaiver *)g_ptr_array_index (self->waivers, i))->uuid));
  inputs->carriers = view->carrier_version;
  inputs->project_state = g_strdup (self->input.project_state);
  inputs->project_stage = g_strdup (self->input.project_stage);
  inputs->sub_name = g_strdup (self->input.sub_name);
  inputs->sub_legal_name = g_strdup (self->input.sub_legal_name);
  inputs->sub_trade_name = g_strdup (self->input.sub_trade_name);
  inputs->pending = pending != NULL ? g_strdup (pending->uuid) : NULL;

  return _ch_verdict_inputs_to_text (inputs);
}

/**
 * _ch_verdict_get_since:
 *
 * A verdict is stored anew when a finding changes; people ask since when a sub has not been compliant. So each
 * verdict carries on that moment from the one before, as long as the status stays.
 */
gint64
_ch_verdict_get_since (const ChStoredVerdict *verdict)
{
  g_autoptr(ChVerdictInputs) inputs = _ch_verdict_inputs_from_text (verdict->inputs);

  return inputs != NULL ? inputs->since : 0;
}

char *
_ch_verdict_dup_requirements (const ChStoredVerdict *verdict)
{
  g_autoptr(ChVerdictInputs) inputs = _ch_verdict_inputs_from_text (verdict->inputs);

  if (inputs == NULL)
    return NULL;

  g_ptr_array_add (inputs->requirements, NULL);

  return g_strjoinv (" ", (char **)inputs->requirements->pdata);
}

const ChStoredVerdict *
_ch_find_verdict (GPtrArray *verdicts,
                  gint64     project_id,
                  gint64     commitment_id)
{
  for (guint i = 0; i < verdicts->len; i++)
    {
      const ChStoredVerdict *verdict = g_ptr_array_index (verdicts, i);

      if (verdict->project_id == project_id && verdict->commitment_id == commitment_id)
        return verdict;
    }

  return NULL;
}

/* A review in progress never hides a decision that asks for nothing more. */
static ChStatus
get_shown_status (ChStatus                  decision,
                  const ChFiledCertificate *pending)
{
  if (pending == NULL || decision == CH_STATUS_EXEMPT || decision == CH_STATUS_NOT_REQUIRED)
    return decision;

  return CH_STATUS_PENDING;
}

static ChStoredVerdict *
make_stored (const Case                *self,
             ChDeskView                *view,
             const ChSubView           *sub,
             ChProjectView             *project,
             guint                      part,
             ChVerdict                 *decision,
             GPtrArray                 *previous)
{
  ChStoredVerdict *stored = ch_stored_verdict_new ();
  const ChFiledCertificate *pending = _ch_sub_view_get_pending (sub, project->project->id);
  const ChStoredVerdict *before;
  guint last = part == 0 ? self->parts->len - 1 : part;
  gint64 since = ch_clock_now (ch_desk_get_clock (view->desk)) / G_USEC_PER_SEC;

  stored->project_id = project->project->id;
  stored->vendor_id = sub->vendor_id;
  stored->commitment_id = ((ChJudgedPart *)g_ptr_array_index (self->parts, part))->commitment_id;
  stored->status = get_shown_status (decision->status, pending);
  for (guint i = part; i <= last; i++)
    stored->has_requirements |= ((ChJudgedPart *)g_ptr_array_index (self->parts, i))->layers->len > 0;

  before = _ch_find_verdict (previous, stored->project_id, stored->commitment_id);
  if (before != NULL && before->verdict != NULL && before->verdict->status == decision->status)
    since = _ch_verdict_get_since (before);
  stored->inputs = dup_inputs (self, view, part, last, since, stored->status == CH_STATUS_PENDING ? pending : NULL);
  g_clear_pointer (&stored->verdict, ch_verdict_free);
  stored->verdict = decision;

  return stored;
}

/* Puts the certificates' names and the places on their pages to what the judge found. */
static gboolean
place_findings (const Case  *self,
                ChDeskView  *view,
                ChVerdict   *verdict,
                GError     **error)
{
  for (guint i = 0; i < verdict->findings->len; i++)
    {
      ChFindingPlace *place = ((ChFinding *)g_ptr_array_index (verdict->findings, i))->place;
      const ChFiledCertificate *filed;

      if (place == NULL)
        continue;
      filed = g_ptr_array_index (self->approved, place->certificate);
      place->certificate_id = g_strdup (filed->uuid);
      if (!ch_store_find_certificate_field (view->store, filed->id, place->path, &place->page, place->box, error))
        return FALSE;
    }

  return TRUE;
}

GPtrArray *
_ch_judge_pair (ChDeskView       *view,
                const ChSubView  *sub,
                ChProjectView    *project,
                GPtrArray        *previous,
                GError          **error)
{
  g_auto(Case) pair = { NULL };
  g_autoptr(GPtrArray) verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_stored_verdict_free);

  if (!prepare_case (&pair, view, sub, project, error))
    return NULL;

  _ch_judged_parts_judge (pair.parts, &pair.input);
  for (guint i = 0; i < pair.parts->len; i++)
    {
      if (!place_findings (&pair, view, ((ChJudgedPart *)g_ptr_array_index (pair.parts, i))->verdict, error))
        return NULL;
    }

  g_ptr_array_add (verdicts, make_stored (&pair, view, sub, project, 0, _ch_judged_parts_combine (pair.parts, &pair.input), previous));
  if (project->is_closed && !((ChStoredVerdict *)g_ptr_array_index (verdicts, 0))->has_requirements)
    {
      g_ptr_array_set_size (verdicts, 0);
      return g_steal_pointer (&verdicts);
    }
  for (guint i = 1; i < pair.parts->len; i++)
    {
      ChJudgedPart *part = g_ptr_array_index (pair.parts, i);

      g_ptr_array_add (verdicts, make_stored (&pair, view, sub, project, i, ch_verdict_copy (part->verdict), previous));
    }

  return g_steal_pointer (&verdicts);
}
