#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-rule-cover.h"

#include <math.h>

/**
 * ch_rule_cover_share:
 * @at: x of a vertical line, y of a horizontal one
 *
 * Returns: the share of a line between @from and @to that is ruled on the page, 0 to 1
 */
double
ch_rule_cover_share (const ChPageModel *page,
                     gboolean           vertical,
                     double             at,
                     double             from,
                     double             to)
{
  double covered = 0;
  guint i;

  for (i = 0; i < page->rules->len; i++)
    {
      const ChRule *rule = &g_array_index (page->rules, ChRule, i);

      if (rule->vertical == vertical && fabs (rule->at - at) <= CH_RULE_COVER_SAME_LINE)
        covered += MAX (0, MIN (rule->to, to) - MAX (rule->from, from));
    }

  return to > from ? covered / (to - from) : 0;
}
