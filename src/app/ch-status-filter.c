#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-status-filter.h"

#include "ch-status-look.h"

static const ChStatus parts[] = {
  CH_STATUS_MISSING, CH_STATUS_EXPIRED, CH_STATUS_NON_COMPLIANT, CH_STATUS_PENDING,
  CH_STATUS_EXPIRING, CH_STATUS_COMPLIANT, CH_STATUS_EXEMPT, CH_STATUS_NOT_REQUIRED,
};

/**
 * ch_status_filter_add:
 * @page: a list of subs, without parts yet
 */
void
ch_status_filter_add (ChListPage *page)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    ch_list_page_add_filter (page, ch_status_get_label (parts[i]), ch_status_get_icon_name (parts[i]),
                             ch_status_get_style_class (parts[i]));
}

/**
 * ch_status_filter_has:
 * @filter: a part of the list, from 1
 * @status: a sub's status
 *
 * Returns: whether the sub belongs to that part
 */
gboolean
ch_status_filter_has (guint    filter,
                      ChStatus status)
{
  g_return_val_if_fail (filter > 0 && filter <= G_N_ELEMENTS (parts), FALSE);

  return parts[filter - 1] == status;
}
