#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-verdict-rows-private.h"

enum {
  VERDICT_ID,
  VERDICT_PROJECT_ID,
  VERDICT_VENDOR_ID,
  VERDICT_COMMITMENT_ID,
  VERDICT_STATUS,
  VERDICT_DECISION,
  VERDICT_CHANGES_ON,
  VERDICT_HAS_REQUIREMENTS,
  VERDICT_INPUTS,
  VERDICT_JUDGED_AT,
  VERDICT_SUPERSEDED_AT,
  VERDICT_JUDGE_AGAIN_ON,
};

enum {
  FINDING_VERDICT_ID,
  FINDING_RULE,
  FINDING_COVERAGE,
  FINDING_SEVERITY,
  FINDING_EXPECTED,
  FINDING_FOUND,
  FINDING_TEXT,
  FINDING_WAIVED,
  FINDING_SUBJECT,
  FINDING_LAYER,
  FINDING_IS_STAGE,
  FINDING_CERTIFICATE,
  FINDING_PATH,
  FINDING_PAGE,
  FINDING_X0,
};

/**
 * ch_stored_verdict_new:
 *
 * Returns: (transfer full): one with an empty verdict
 */
ChStoredVerdict *
ch_stored_verdict_new (void)
{
  ChStoredVerdict *self = g_new0 (ChStoredVerdict, 1);

  self->verdict = ch_verdict_new ();

  return self;
}

void
ch_stored_verdict_free (ChStoredVerdict *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->verdict, ch_verdict_free);
  g_free (self->inputs);
  g_free (self);
}

void
ch_lapse_free (ChLapse *self)
{
  if (self == NULL)
    return;

  g_free (self->tz_name);
  g_free (self);
}

ChStoredVerdict *
_ch_verdict_from_row (ChQuery *query)
{
  ChStoredVerdict *stored = ch_stored_verdict_new ();

  stored->id = _ch_query_get_integer (query, VERDICT_ID);
  stored->project_id = _ch_query_get_integer (query, VERDICT_PROJECT_ID);
  stored->vendor_id = _ch_query_get_integer (query, VERDICT_VENDOR_ID);
  stored->commitment_id = _ch_query_get_integer (query, VERDICT_COMMITMENT_ID);
  ch_status_from_string (_ch_query_get_text (query, VERDICT_STATUS), &stored->status);
  ch_status_from_string (_ch_query_get_text (query, VERDICT_DECISION), &stored->verdict->status);
  stored->verdict->changes_on = _ch_query_get_date (query, VERDICT_CHANGES_ON);
  stored->has_requirements = _ch_query_get_boolean (query, VERDICT_HAS_REQUIREMENTS);
  stored->inputs = _ch_query_dup_text (query, VERDICT_INPUTS);
  stored->judged_at = _ch_query_get_integer (query, VERDICT_JUDGED_AT);
  stored->verdict->judge_again_on = _ch_query_get_date (query, VERDICT_JUDGE_AGAIN_ON);
  stored->superseded_at = _ch_query_get_integer (query, VERDICT_SUPERSEDED_AT);

  return stored;
}

gint64
_ch_finding_get_owner (ChQuery *query)
{
  return _ch_query_get_integer (query, FINDING_VERDICT_ID);
}

static ChFindingPlace *
place_from_row (ChQuery *query)
{
  ChFindingPlace *place;

  if (_ch_query_is_null (query, FINDING_PATH))
    return NULL;

  place = ch_finding_place_new (-1, _ch_query_get_text (query, FINDING_PATH));
  place->certificate_id = _ch_query_dup_text (query, FINDING_CERTIFICATE);
  place->page = (int) _ch_query_get_integer (query, FINDING_PAGE);
  for (guint i = 0; i < G_N_ELEMENTS (place->box); i++)
    place->box[i] = _ch_query_get_real (query, FINDING_X0 + (int) i);

  return place;
}

ChFinding *
_ch_finding_from_row (ChQuery *query)
{
  ChSeverity severity = CH_SEVERITY_FAIL;
  ChFinding *finding;

  ch_severity_from_string (_ch_query_get_text (query, FINDING_SEVERITY), &severity);
  finding = ch_finding_new (_ch_query_get_text (query, FINDING_RULE), _ch_query_get_text (query, FINDING_COVERAGE),
                            severity, _ch_query_get_text (query, FINDING_EXPECTED),
                            _ch_query_get_text (query, FINDING_FOUND), _ch_query_get_text (query, FINDING_TEXT));
  finding->waived = _ch_query_get_boolean (query, FINDING_WAIVED);
  finding->subject = _ch_query_dup_text (query, FINDING_SUBJECT);
  if (!_ch_query_is_null (query, FINDING_LAYER))
    finding->layer = (int) _ch_query_get_integer (query, FINDING_LAYER);
  finding->is_stage = _ch_query_get_boolean (query, FINDING_IS_STAGE);
  finding->place = place_from_row (query);

  return finding;
}
