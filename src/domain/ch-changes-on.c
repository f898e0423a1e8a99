#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-case-private.h"

/* A verdict can change only on a day on which a policy starts or ends, a warning period begins, or a waiver or the
 * exemption no longer holds. So only those days are asked about, in order. */

#define N_RECENT 4

static void
add_day (GArray *days,
         ChDate  today,
         gint64  day)
{
  ChDate value = (ChDate) day;
  guint i;

  if (day <= today || day >= G_MAXINT32)
    return;

  /* The policies of one certificate mostly share their dates. */
  for (i = MAX (days->len, N_RECENT) - N_RECENT; i < days->len; i++)
    {
      if (g_array_index (days, ChDate, i) == value)
        return;
    }
  g_array_append_val (days, value);
}

static void
add_pool (GArray *days,
          ChDate  today,
          GArray *pool,
          int     warning_days)
{
  guint i;

  for (i = 0; i < pool->len; i++)
    {
      const ChPolicy *policy = g_array_index (pool, ChPooled, i).policy;

      if (policy->effective != CH_DATE_NONE)
        add_day (days, today, policy->effective);
      if (policy->expiration != CH_DATE_NONE)
        {
          add_day (days, today, policy->expiration);
          add_day (days, today, (gint64) policy->expiration - warning_days);
        }
    }
}

static void
add_waivers (GArray                  *days,
             const ChEvaluationInput *input)
{
  guint i;

  for (i = 0; input->waivers != NULL && i < input->waivers->len; i++)
    {
      const ChWaiver *waiver = g_ptr_array_index (input->waivers, i);

      if (waiver->until != CH_DATE_NONE)
        add_day (days, input->today, (gint64) waiver->until + 1);
    }

  if (input->exemption != NULL && input->exemption->until != CH_DATE_NONE)
    add_day (days, input->today, (gint64) input->exemption->until + 1);
}

static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  ChDate x = *(const ChDate *) a;
  ChDate y = *(const ChDate *) b;

  return x < y ? -1 : x > y;
}

/* The stop gap of a state that sells workers' compensation itself may stand on any policy. */
static void
add_stop_gap_days (GArray       *days,
                   const ChCase *self)
{
  GPtrArray *certificates = self->input->certificates;
  guint i;
  guint j;

  for (i = 0; certificates != NULL && i < certificates->len; i++)
    {
      const ChCertificate *certificate = g_ptr_array_index (certificates, i);

      for (j = 0; j < certificate->policies->len; j++)
        {
          const ChPolicy *policy = g_ptr_array_index (certificate->policies, j);

          if (policy->effective != CH_DATE_NONE)
            add_day (days, self->input->today, policy->effective);
          if (policy->expiration != CH_DATE_NONE)
            add_day (days, self->input->today, policy->expiration);
        }
    }
}

/* The first day after today on which the status is not @status, or CH_DATE_NONE. @next: (out): the first on which
 * anything may be another, or CH_DATE_NONE */
ChDate
_ch_case_find_change (ChCase   *self,
                      ChStatus  status,
                      ChDate   *next)
{
  g_autoptr(GArray) days = g_array_new (FALSE, FALSE, sizeof (ChDate));
  ChDate today = self->input->today;
  int warning_days = self->set->members[CH_SET_ASK_WARNING_DAYS] == CH_MEMBER_SET ? self->set->warning_days : 0;
  guint i;

  for (i = 0; i < self->lines->len; i++)
    add_pool (days, today, ((const ChLine *) g_ptr_array_index (self->lines, i))->pool, warning_days);
  add_pool (days, today, self->umbrella, 0);
  if (self->sells_no_private_wc)
    add_stop_gap_days (days, self);
  add_waivers (days, self->input);

  g_array_sort (days, compare_days);
  *next = days->len > 0 ? g_array_index (days, ChDate, 0) : CH_DATE_NONE;
  for (i = 0; i < days->len; i++)
    {
      ChDate day = g_array_index (days, ChDate, i);

      if (i > 0 && day == g_array_index (days, ChDate, i - 1))
        continue;
      if (_ch_case_judge (self, day) != status)
        return day;
    }

  return CH_DATE_NONE;
}
