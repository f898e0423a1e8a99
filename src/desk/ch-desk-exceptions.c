#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-desk-exceptions.h"
#include "ch-desk-private.h"
#include "ch-finding.h"
#include "ch-store-directory.h"
#include "ch-store-events.h"
#include "ch-store-waivers.h"

static gboolean
check_text (const char  *why,
            GError     **error)
{
  g_autofree char *text = g_strstrip (g_strdup (why != NULL ? why : ""));

  if (text[0] != '\0')
    return TRUE;

  g_set_error_literal (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID, _("say why: an exception without a reason is none"));

  return FALSE;
}

/* The last day must not lie behind in the project's zone, or the company's where it holds on every project. */
static gboolean
check_until (ChDesk          *self,
             const ChProject *project,
             ChDate           until,
             GError         **error)
{
  g_autofree char *company_tz = _ch_desk_dup_company_zone (ch_desk_get_store (self), error);
  const char *zone = company_tz;

  if (zone == NULL)
    return FALSE;
  if (until == CH_DATE_NONE)
    {
      g_set_error_literal (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID, _("an exception needs a last day"));
      return FALSE;
    }
  if (project != NULL && project->tz_name != NULL && project->tz_name[0] != '\0')
    zone = project->tz_name;
  if (until < ch_clock_today (ch_desk_get_clock (self), zone))
    {
      g_autofree char *day = ch_date_to_iso (until);

      g_set_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID, _("%s has passed; give a day from today on"), day);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check (ChDesk          *self,
       gint64           vendor_id,
       gint64           project_id,
       const ChWaiver  *waiver,
       GError         **error)
{
  g_autoptr(ChVendor) vendor = _ch_desk_get_vendor (self, vendor_id, error);
  g_autoptr(ChProject) project = NULL;

  if (vendor == NULL || (project_id != 0 && (project = _ch_desk_get_project (self, project_id, error)) == NULL))
    return FALSE;
  if (waiver->rule != NULL && !ch_rule_is_known (waiver->rule))
    {
      g_set_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID,
                   _("“%s” is no rule; take it as the findings show it, like general_liability.each_occurrence"),
                   waiver->rule);
      return FALSE;
    }

  return check_text (waiver->why, error) && check_until (self, project, waiver->until, error);
}

static gboolean
give (ChDesk          *self,
      gint64           vendor_id,
      gint64           project_id,
      const ChWaiver  *waiver,
      char           **uuid,
      GError         **error)
{
  ChStore *store = ch_desk_get_store (self);
  g_autofree char *until = ch_date_to_iso (waiver->until);
  g_autofree char *detail = _ch_desk_dup_detail ("rule", waiver->rule, "until", until, "why", waiver->why, NULL);

  return check (self, vendor_id, project_id, waiver, error) &&
         ch_store_add_waiver (store, vendor_id, project_id, waiver, uuid, error) &&
         ch_store_add_event (store, waiver->rule != NULL ? "waiver.given" : "exemption.given", project_id, vendor_id,
                             *uuid, detail, error) &&
         ch_desk_judge (self, project_id, vendor_id, NULL, error);
}

/**
 * ch_desk_give_waiver:
 * @project_id: 0 for every project
 * @waiver: with a rule, or without one to exempt from everything; a last day and a reason
 * @uuid: (out): its name
 *
 * Makes an exception for a sub, and judges it. It ends by itself after its last day, in each project's own zone.
 */
gboolean
ch_desk_give_waiver (ChDesk          *self,
                     gint64           vendor_id,
                     gint64           project_id,
                     const ChWaiver  *waiver,
                     char           **uuid,
                     GError         **error)
{
  g_autofree char *name = NULL;
  gboolean own, ok;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);
  g_return_val_if_fail (waiver != NULL && uuid != NULL, FALSE);

  if (!_ch_desk_begin (self, NULL, &own, error))
    return FALSE;
  ok = _ch_desk_end (self, own, give (self, vendor_id, project_id, waiver, &name, error), error);
  if (ok)
    *uuid = g_steal_pointer (&name);

  return ok;
}

static gboolean
end (ChDesk      *self,
     const char  *uuid,
     const char  *why,
     GError     **error)
{
  ChStore *store = ch_desk_get_store (self);
  g_autoptr(ChStoredWaiver) stored = ch_store_find_waiver (store, uuid, error);
  g_autofree char *detail = NULL;

  if (stored == NULL || !check_text (why, error))
    return FALSE;
  detail = _ch_desk_dup_detail ("rule", stored->waiver->rule, "why", why, NULL);

  return ch_store_end_waiver (store, uuid, why, error) &&
         ch_store_add_event (store, stored->waiver->rule != NULL ? "waiver.ended" : "exemption.ended",
                             stored->project_id, stored->vendor_id, uuid, detail, error) &&
         ch_desk_judge (self, stored->project_id, stored->vendor_id, NULL, error);
}

/**
 * ch_desk_end_waiver:
 * @uuid: the waiver or exemption
 * @why: for the audit trail
 *
 * Takes an exception back before its last day, and judges the sub. What was given stays on record.
 */
gboolean
ch_desk_end_waiver (ChDesk      *self,
                    const char  *uuid,
                    const char  *why,
                    GError     **error)
{
  gboolean own;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);

  if (!_ch_desk_begin (self, NULL, &own, error))
    return FALSE;

  return _ch_desk_end (self, own, end (self, uuid, why, error), error);
}
