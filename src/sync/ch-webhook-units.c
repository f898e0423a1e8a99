#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-webhooks-private.h"

/*
 * What has to be read after an event, by the resource's name as triggers say it. A record of the company directory's
 * insurances is read alone, since the whole list is long; the other lists are short.
 */
typedef struct {
  const char *resource_name;
  ChUnitKind  kinds[CH_WEBHOOK_MAX_UNITS];
  guint       n_kinds;
  gboolean    needs_project;
  gboolean    is_record;         /* the second kind is of the event's record */
} Mapping;

static const Mapping mappings[] = {
  { "Projects", { CH_UNIT_PROJECTS_CHANGED, 0 }, 1, FALSE, FALSE },
  /* A sub that was deactivated is only in the other list. */
  { "Company Vendors", { CH_UNIT_VENDORS_CHANGED, CH_UNIT_INACTIVE_VENDORS }, 2, FALSE, FALSE },
  { "Project Stages", { CH_UNIT_STAGES, 0 }, 1, FALSE, FALSE },
  { "Project Vendors", { CH_UNIT_PROJECT_VENDORS, 0 }, 1, TRUE, FALSE },
  { "Project Insurances", { CH_UNIT_PROJECT_INSURANCES, 0 }, 1, TRUE, FALSE },
  { "Project Files", { CH_UNIT_INBOX, 0 }, 1, TRUE, FALSE },
  { "Work Order Contracts", { CH_UNIT_COMMITMENTS, CH_UNIT_COMPLIANCE }, 2, TRUE, TRUE },
  { "Purchase Order Contracts", { CH_UNIT_COMMITMENTS, CH_UNIT_COMPLIANCE }, 2, TRUE, TRUE },
};

static guint
get_of_company_insurance (const ChHookEvent *event,
                          ChUnit            *units)
{
  /* Only the whole list proves that a record is gone. */
  if (g_str_equal (event->reason, "delete") || event->resource_id == 0)
    units[0] = (ChUnit) { CH_UNIT_COMPANY_INSURANCES, 0, 0 };
  else
    units[0] = (ChUnit) { CH_UNIT_INSURANCE, 0, event->resource_id };
  return 1;
}

static guint
get_of_deletion (const ChHookEvent *event,
                 ChUnit            *units)
{
  if (g_str_equal (event->resource_name, "Projects"))
    {
      units[0] = (ChUnit) { CH_UNIT_PROJECT_IDS, 0, 0 };
      return 1;
    }
  if (g_str_equal (event->resource_name, "Company Vendors"))
    {
      units[0] = (ChUnit) { CH_UNIT_VENDORS, 0, 0 };
      return 1;
    }
  return 0;
}

static guint
get_of_mapping (const Mapping     *mapping,
                const ChHookEvent *event,
                ChUnit            *units)
{
  guint i;

  if (mapping->needs_project && event->project_id == 0)
    return 0;
  for (i = 0; i < mapping->n_kinds; i++)
    units[i] = (ChUnit) { mapping->kinds[i], mapping->needs_project ? event->project_id : 0,
                          mapping->is_record && i == 1 ? event->resource_id : 0 };
  return mapping->n_kinds;
}

/*< private > */
guint
_ch_webhook_get_units (const ChHookEvent *event,
                       ChUnit            *units)
{
  guint n = g_str_equal (event->reason, "delete") ? get_of_deletion (event, units) : 0;
  guint i;

  if (n > 0)
    return n;
  if (g_str_equal (event->resource_name, "Company Insurances"))
    return get_of_company_insurance (event, units);
  for (i = 0; i < G_N_ELEMENTS (mappings); i++)
    {
      if (g_str_equal (mappings[i].resource_name, event->resource_name))
        return get_of_mapping (&mappings[i], event, units);
    }
  return 0;
}
