#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-evaluation.h"
#include "ch-interchange.h"
#include "ch-judgement-private.h"
#include "ch-store-directory.h"
#include "ch-store-requirements.h"

/* Expirations, starts, warning days and ends of waivers of one sub: more steps than that no file of papers has. */
#define MAX_STEPS 64

/**
 * Part:
 * @layers: (element-type ChStoredRequirementSet)
 * @sets: (element-type ChRequirementSet): borrowed from the act's view
 *
 * One of the requirement stacks that a sub on a project must meet: its own, or that of one of its commitments.
 */
typedef struct {
  gint64      commitment_id;
  GPtrArray  *layers;
  GPtrArray  *sets;
  ChVerdict  *verdict;
} Part;

static void
part_free (Part *self)
{
  g_clear_pointer (&self->layers, g_ptr_array_unref);
  g_clear_pointer (&self->sets, g_ptr_array_unref);
  g_clear_pointer (&self->verdict, ch_verdict_free);
  g_free (self);
}

/**
 * Case:
 * @approved: (element-type ChFiledCertificate): borrowed; those that count here, oldest to newest
 * @waivers: (element-type ChWaiver): as stored, the exemption among them
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
  Part *part = g_new0 (Part, 1);

  part->commitment_id = commitment_id;
  g_ptr_array_add (self->parts, part);
  part->layers = ch_store_list_requirement_layers (view->store, project->project->id, vendor_id, commitment_id, error);
  if (part->layers == NULL)
    return FALSE;
  part->sets = _ch_desk_view_parse_layers (view, part->layers, error);

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

  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)part_free);
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
  for (guint i = 0; i < self->waivers->len; i++)
    {
      ChWaiver *waiver = g_ptr_array_index (self->waivers, i);

      if (waiver->rule != NULL)
        g_ptr_array_add (self->input.waivers, waiver);
      else if (self->input.exemption == NULL || waiver->until > self->input.exemption->until)
        self->input.exemption = waiver;
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
  for (guint i = 0; i < sub->certificates->len; i++)
    {
      ChFiledCertificate *filed = g_ptr_array_index (sub->certificates, i);

      if (filed->review != CH_REVIEW_APPROVED || !_ch_filed_certificate_is_for (filed, project->project->id))
        continue;
      g_ptr_array_add (self->approved, filed);
      g_ptr_array_add (self->input.certificates, filed->certificate);
    }

  self->input.today = project->today;
  self->input.project_name = project->project->name;
  self->input.project_state = project->project->state_code;
  self->input.project_stage = project->stage_category;
  self->input.sub_name = sub->vendor->name;
  self->input.sub_legal_name = sub->vendor->legal_name;
  self->input.sub_trade_name = sub->vendor->trade_name;

  return add_waivers (self, view, sub->vendor_id, project->project->id, error) &&
         add_parts (self, view, sub, project, error);
}

static ChStatus
get_worse (ChStatus a,
           ChStatus b)
{
  return ch_status_compare (a, b) >= 0 ? a : b;
}

static ChDate
get_earlier (ChDate a,
             ChDate b)
{
  if (a == CH_DATE_NONE)
    return b;
  if (b == CH_DATE_NONE)
    return a;

  return MIN (a, b);
}

/* The first day on which the worst of all parts is another one: steps from change to change of any of them. */
static ChDate
find_change_of_worst (const Case *self,
                      ChStatus    worst)
{
  ChDate day = CH_DATE_NONE;

  for (guint i = 0; i < self->parts->len; i++)
    day = get_earlier (day, ((Part *)g_ptr_array_index (self->parts, i))->verdict->changes_on);

  for (guint step = 0; day != CH_DATE_NONE && step < MAX_STEPS; step++)
    {
      ChEvaluationInput then = self->input;
      ChStatus worst_then = CH_STATUS_NOT_REQUIRED;
      ChDate next = CH_DATE_NONE;

      then.today = day;
      for (guint i = 0; i < self->parts->len; i++)
        {
          g_autoptr(ChVerdict) verdict = NULL;

          then.requirements = ((Part *)g_ptr_array_index (self->parts, i))->sets;
          verdict = ch_evaluate (&then);
          worst_then = get_worse (worst_then, verdict->status);
          next = get_earlier (next, verdict->changes_on);
        }
      if (worst_then != worst)
        return day;
      day = next;
    }

  return day;
}

static gboolean
has_finding (GPtrArray       *findings,
             const ChFinding *finding)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const ChFinding *other = g_ptr_array_index (findings, i);

      if (g_strcmp0 (other->rule, finding->rule) == 0 && g_strcmp0 (other->text, finding->text) == 0)
        return TRUE;
    }

  return FALSE;
}

static ChVerdict *
combine_parts (const Case *self)
{
  const Part *own = g_ptr_array_index (self->parts, 0);
  ChVerdict *verdict = ch_verdict_copy (own->verdict);

  if (self->parts->len == 1)
    return verdict;

  for (guint i = 1; i < self->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (self->parts, i);

      verdict->status = get_worse (verdict->status, part->verdict->status);
      for (guint k = 0; k < part->verdict->findings->len; k++)
        {
          const ChFinding *finding = g_ptr_array_index (part->verdict->findings, k);

          if (!has_finding (verdict->findings, finding))
            g_ptr_array_add (verdict->findings, ch_finding_copy (finding));
        }
    }
  verdict->changes_on = find_change_of_worst (self, verdict->status);

  return verdict;
}

static void
add_layers (JsonBuilder *builder,
            const Case  *self,
            guint        first,
            guint        last)
{
  json_builder_set_member_name (builder, "requirements");
  json_builder_begin_array (builder);
  for (guint i = first; i <= last; i++)
    {
      const Part *part = g_ptr_array_index (self->parts, i);

      for (guint k = 0; k < part->layers->len; k++)
        {
          const ChStoredRequirementSet *set = g_ptr_array_index (part->layers, k);
          g_autofree char *text = g_strdup_printf ("%s:%d", set->uuid, set->version);

          json_builder_add_string_value (builder, text);
        }
    }
  json_builder_end_array (builder);
}

/* What the verdict was made from; `since` (Unix seconds) is when the decision got its status. No time of judging:
 * the same facts give the same text. */
static char *
dup_inputs (const Case *self,
            guint       first,
            guint       last,
            gint64      since,
            const ChFiledCertificate *pending)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "since");
  json_builder_add_int_value (builder, since);
  add_layers (builder, self, first, last);
  json_builder_set_member_name (builder, "certificates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->approved->len; i++)
    json_builder_add_string_value (builder, ((ChFiledCertificate *)g_ptr_array_index (self->approved, i))->uuid);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "waivers");
  json_builder_add_int_value (builder, self->waivers->len);
  if (pending != NULL)
    {
      json_builder_set_member_name (builder, "pending");
      json_builder_add_string_value (builder, pending->uuid);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return ch_json_print (root, FALSE);
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
  g_autoptr(JsonNode) node = verdict->inputs != NULL ? ch_json_parse (verdict->inputs, -1, NULL) : NULL;
  JsonNode *since;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return 0;

  since = json_object_get_member (json_node_get_object (node), "since");

  return since != NULL && JSON_NODE_HOLDS_VALUE (since) ? json_node_get_int (since) : 0;
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
  stored->commitment_id = ((Part *)g_ptr_array_index (self->parts, part))->commitment_id;
  stored->status = get_shown_status (decision->status, pending);
  for (guint i = part; i <= last; i++)
    stored->has_requirements |= ((Part *)g_ptr_array_index (self->parts, i))->layers->len > 0;

  before = _ch_find_verdict (previous, stored->project_id, stored->commitment_id);
  if (before != NULL && before->verdict != NULL && before->verdict->status == decision->status)
    since = _ch_verdict_get_since (before);
  stored->inputs = dup_inputs (self, part, last, since, stored->status == CH_STATUS_PENDING ? pending : NULL);
  g_clear_pointer (&stored->verdict, ch_verdict_free);
  stored->verdict = decision;

  return stored;
}

GPtrArray *
_ch_judge_pair (ChDeskView       *view,
                const ChSubView  *sub,
                ChProjectView    *project,
                GPtrArray        *previous,
                GError          **error)
{
  g_auto(Case) pair = { NULL };
  GPtrArray *verdicts;

  if (!prepare_case (&pair, view, sub, project, error))
    return NULL;

  for (guint i = 0; i < pair.parts->len; i++)
    {
      Part *part = g_ptr_array_index (pair.parts, i);

      pair.input.requirements = part->sets;
      part->verdict = ch_evaluate (&pair.input);
    }

  verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_stored_verdict_free);
  g_ptr_array_add (verdicts, make_stored (&pair, view, sub, project, 0, combine_parts (&pair), previous));
  for (guint i = 1; i < pair.parts->len; i++)
    {
      Part *part = g_ptr_array_index (pair.parts, i);

      g_ptr_array_add (verdicts, make_stored (&pair, view, sub, project, i, ch_verdict_copy (part->verdict), previous));
    }

  return verdicts;
}
