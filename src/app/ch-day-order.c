#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-day-order.h"

ChDate
ch_day_earlier (ChDate a,
                ChDate b)
{
  return ch_day_compare (a, b) <= 0 ? a : b;
}

int
ch_day_compare (ChDate a,
                ChDate b)
{
  if (a == b)
    return 0;
  if (a == CH_DATE_NONE || b == CH_DATE_NONE)
    return a == CH_DATE_NONE ? 1 : -1;

  return a < b ? -1 : 1;
}
