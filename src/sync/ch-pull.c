#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-removal.h"

#include <glib/gi18n-lib.h>

/*
 * Reading Procore, one unit at a time; see ch-unit.h for what each costs. A whole round goes from the whole to the parts, with
 * as few requests as the API makes possible: the projects that changed and the ids of all, stages, vendors with their
 * projects, inactive ones, the company's insurance records; then for each active project its commitments and its
 * insurance records, and the compliance of some commitments. A tool that refuses is told in the summary, and the rest
 * goes on.
 */

/* How many commitments' compliance a round reads again, so that people's edits there flow back. */
#define COMPLIANCE_PER_ROUND 50

/* Of more projects than these the first round does not look into the inboxes: they come with the next. */
#define MAX_FIRST_INBOXES 20

/*< private > */
gint64
_ch_pull_parse_stamp (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;

  return time != NULL ? g_date_time_to_unix (time) : 0;
}

/*< private > */
gint64
_ch_pull_get_position (ChRound    *round,
                       const char *name)
{
  g_autofree char *text = ch_store_dup_state (round->store, name, NULL);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/*< private > */
gboolean
_ch_pull_set_position (ChRound    *round,
                       const char *name,
                       gint64      position,
                       GError    **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, position);
  g_autofree char *known = ch_store_dup_state (round->store, name, NULL);

  return g_strcmp0 (text, known) == 0 || ch_store_set_state (round->store, name, text, error);
}

/*< private > */
gboolean
_ch_pull_advance (ChRound    *round,
                  const char *name,
                  gint64      before,
                  gint64      began,
                  gint64      latest,
                  GError    **error)
{
  gint64 took = MAX (_ch_round_now (round) - began, 0) / G_USEC_PER_SEC;
  gint64 known = before > 0 ? before : _ch_pull_get_position (round, name);
  /* A complete listing of nothing so late comes from a server whose time went back, as from a backup. */
  gint64 least = before > 0 || known <= latest ? known : 0;
  gint64 position = MAX (least, latest - took);

  return position <= 0 || _ch_pull_set_position (round, name, position, error);
}

static gboolean
is_out_of_doubt (ChRound    *round,
                 const char *scope,
                 gint64      id,
                 GError    **error)
{
  g_autoptr (GHashTable) in_doubt = _ch_removal_list_in_doubt (round, scope, error);

  return in_doubt != NULL && !g_hash_table_contains (in_doubt, &id);
}

/* A unit of a project that went away, or went inactive, since it was planned has nothing to read; nor has one of a
 * project or a contract that Procore no longer lists while a person is asked whether it is gone. FALSE with @error set
 * where that can't be found out. */
static gboolean
is_worth_reading (ChRound      *round,
                  const ChUnit *unit,
                  GError      **error)
{
  g_autofree char *commitments = NULL;

  if (!ch_unit_kind_is_of_project (unit->kind))
    return TRUE;
  commitments = _ch_removal_make_scope (CH_REMOVAL_COMMITMENTS, unit->project_id);
  return ch_store_is_project_at_work (round->store, unit->project_id, error)
         && is_out_of_doubt (round, CH_REMOVAL_PROJECTS, unit->project_id, error)
         && (unit->kind != CH_UNIT_COMPLIANCE || is_out_of_doubt (round, commitments, unit->record_id, error));
}

static gboolean
read_unit (ChRound      *round,
           const ChUnit *unit,
           GError      **error)
{
  switch (unit->kind)
    {
    case CH_UNIT_PROJECTS_CHANGED:
      return _ch_pull_projects_changed (round, error);
    case CH_UNIT_PROJECTS:
      return _ch_pull_projects (round, error);
    case CH_UNIT_PROJECT_IDS:
      return _ch_pull_project_ids (round, error);
    case CH_UNIT_STAGES:
      return _ch_pull_stages (round, error);
    case CH_UNIT_VENDORS_CHANGED:
      return _ch_pull_vendors_changed (round, error);
    case CH_UNIT_VENDORS:
      return _ch_pull_vendors (round, error);
    case CH_UNIT_INACTIVE_VENDORS:
      return _ch_pull_inactive_vendors (round, error);
    case CH_UNIT_COMPANY_INSURANCES:
      return _ch_pull_insurances (round, 0, error);
    case CH_UNIT_PROJECT_VENDORS:
      return _ch_pull_project_vendors (round, unit->project_id, error);
    case CH_UNIT_COMMITMENTS:
      return _ch_pull_commitments (round, unit->project_id, error);
    case CH_UNIT_PROJECT_INSURANCES:
      return _ch_pull_insurances (round, unit->project_id, error);
    case CH_UNIT_INBOX:
      return _ch_pull_inbox (round, unit->project_id, error);
    case CH_UNIT_COMPLIANCE:
      return _ch_pull_compliance (round, unit->project_id, unit->record_id, error);
    case CH_UNIT_INSURANCE:
      return _ch_pull_insurance (round, unit->record_id, error);
    case CH_UNIT_HOOK:
    case CH_UNIT_DELIVERIES:   /* nothing of Procore's content: see ch-webhooks.c */
    default:
      g_return_val_if_reached (FALSE);
    }
}

/*< private > */
gboolean
_ch_pull_unit (ChRound      *round,
               const ChUnit *unit,
               GError      **error)
{
  GError *cause = NULL;
  gboolean ok;

  if (!is_worth_reading (round, unit, &cause))
    {
      if (cause == NULL)
        return TRUE;
      g_propagate_error (error, cause);
      return FALSE;
    }

  _ch_round_set_unit (round, unit);
  round->mark = _ch_unit_marks_take (round->session->marks, unit, round->store);
  ok = read_unit (round, unit, error);
  if (ok && round->mark != NULL)
    _ch_unit_marks_keep (round->session->marks, unit, round->store);
  round->mark = NULL;
  _ch_round_set_unit (round, NULL);
  return ok;
}

/* The tool that a unit asks; NULL for what everything else depends on. */
static const char *
get_tool (ChUnitKind kind)
{
  switch (kind)
    {
    case CH_UNIT_COMPANY_INSURANCES:
      return _ch_get_place (CH_SHARED_POLICY);
    case CH_UNIT_PROJECT_INSURANCES:
      return _ch_get_place (CH_SHARED_OVERALL);
    case CH_UNIT_COMMITMENTS:
    case CH_UNIT_COMPLIANCE:
      return _ch_get_place (CH_SHARED_COMPLIANCE);
    case CH_UNIT_INBOX:
      return _ch_get_place (CH_SHARED_DOCUMENT);
    default:
      return NULL;
    }
}

/* One unit of a whole round: a tool that refuses is told, and the rest goes on. FALSE where the round ends. */
static gboolean
pull_one (ChRound    *round,
          ChUnitKind  kind,
          gint64      project_id,
          gint64      commitment_id,
          const char *what,
          GError    **error)
{
  ChUnit unit = { kind, project_id, commitment_id };
  const char *tool = get_tool (kind);
  GError *cause = NULL;

  if (tool != NULL && (_ch_round_is_refused (round, tool, project_id) || !_ch_round_allows (round, tool)))
    return TRUE;
  if (_ch_pull_unit (round, &unit, &cause))
    {
      if (tool != NULL)
        _ch_round_tool_answered (round, tool, TRUE);
      return TRUE;
    }
  if (tool != NULL)
    _ch_round_tool_answered (round, tool, !g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER)
                                            && !g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_UNKNOWN_OUTCOME));
  if (_ch_ends_round (cause))
    {
      g_propagate_prefixed_error (error, cause, "%s: ", what);
      return FALSE;
    }

  if (tool != NULL && g_error_matches (cause, CH_PROCORE_ERROR, CH_PROCORE_ERROR_FORBIDDEN))
    _ch_round_refuse (round, tool, project_id);
  _ch_round_problem (round, what, cause);
  g_error_free (cause);
  return TRUE;
}

static gboolean
pull_projects (ChRound *round,
               GError **error)
{
  g_autoptr (GPtrArray) projects = ch_store_list_projects (round->store, TRUE, error);
  gboolean lists_memberships = ch_session_lists_memberships (round->session);
  guint i;

  if (projects == NULL)
    return FALSE;

  for (i = 0; i < projects->len; i++)
    {
      const ChProject *project = g_ptr_array_index (projects, i);

      _ch_round_progress (round, _ ("Reading projects"), i, projects->len);
      if (!lists_memberships && !pull_one (round, CH_UNIT_PROJECT_VENDORS, project->id, 0, project->name, error))
        return FALSE;
      if (!pull_one (round, CH_UNIT_COMMITMENTS, project->id, 0, project->name, error)
          || !pull_one (round, CH_UNIT_PROJECT_INSURANCES, project->id, 0, project->name, error))
        return FALSE;
    }
  return TRUE;
}

/* In turn, from where the last round stopped, then from the beginning. */
static gboolean
pull_compliances (ChRound *round,
                  GError **error)
{
  static const char position[] = "sync.compliance_after";
  g_autoptr (GPtrArray) records = ch_store_list_shared (round->store, CH_SHARED_COMPLIANCE, -1, 0, error);
  gint64 after = _ch_pull_get_position (round, position);
  gint64 last = 0;
  guint n_read = 0;
  guint turn;
  guint i;

  for (turn = 0; records != NULL && turn < 2; turn++)
    {
      for (i = 0; i < records->len && n_read < COMPLIANCE_PER_ROUND; i++)
        {
          const ChSharedRecord *record = g_ptr_array_index (records, i);

          if ((turn == 0) != (record->id > after) || record->base == NULL || record->withdrawn)
            continue;
          if (!pull_one (round, CH_UNIT_COMPLIANCE, record->project_id, record->commitment_id, _ ("commitments"), error))
            return FALSE;
          last = record->id;
          n_read++;
        }
    }
  if (records == NULL || last == 0 || records->len <= COMPLIANCE_PER_ROUND)
    return records != NULL;
  return _ch_round_begin (round, error) && _ch_round_end (round, _ch_pull_set_position (round, position, last, error), error);
}

/* Of the projects at work. The first reading of a large company is as short as can be. */
static gboolean
pull_inboxes (ChRound *round,
              gboolean is_first,
              GError **error)
{
  g_autoptr (GPtrArray) projects = ch_store_list_projects (round->store, TRUE, error);
  guint i;

  if (projects == NULL)
    return FALSE;
  if (is_first && projects->len > MAX_FIRST_INBOXES)
    return TRUE;

  for (i = 0; i < projects->len; i++)
    {
      const ChProject *project = g_ptr_array_index (projects, i);

      _ch_round_progress (round, _ ("Looking into the inboxes"), i, projects->len);
      if (!pull_one (round, CH_UNIT_INBOX, project->id, 0, project->name, error))
        return FALSE;
    }
  return TRUE;
}

/*< private > */
gboolean
_ch_pull (ChRound *round,
          GError **error)
{
  ChUnit projects = { CH_UNIT_PROJECTS_CHANGED, 0, 0 };
  gboolean is_first = _ch_pull_get_position (round, CH_PULL_PROJECTS_SINCE) == 0;

  _ch_round_progress (round, _ ("Reading the company"), 0, 0);
  /* Without the projects there is nothing to go on with. */
  if (!_ch_pull_unit (round, &projects, error))
    {
      g_prefix_error (error, "%s: ", _ ("projects"));
      return FALSE;
    }

  /* The first list is complete by itself. */
  return (is_first || pull_one (round, CH_UNIT_PROJECT_IDS, 0, 0, _ ("projects"), error))
         && pull_one (round, CH_UNIT_STAGES, 0, 0, _ ("project stages"), error)
         && pull_one (round, CH_UNIT_VENDORS, 0, 0, _ ("company directory"), error)
         && pull_one (round, CH_UNIT_INACTIVE_VENDORS, 0, 0, _ ("company directory"), error)
         && pull_one (round, CH_UNIT_COMPANY_INSURANCES, 0, 0, _ ("company insurance records"), error)
         && pull_projects (round, error) && pull_compliances (round, error)
         && pull_inboxes (round, is_first, error);
}
