#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-verdict.h"

static const char * const status_names[CH_N_STATUSES] = {
  [CH_STATUS_NOT_REQUIRED] = "not_required",
  [CH_STATUS_EXEMPT] = "exempt",
  [CH_STATUS_COMPLIANT] = "compliant",
  [CH_STATUS_EXPIRING] = "expiring",
  [CH_STATUS_PENDING] = "pending",
  [CH_STATUS_NON_COMPLIANT] = "non_compliant",
  [CH_STATUS_EXPIRED] = "expired",
  [CH_STATUS_MISSING] = "missing",
};

static const char * const colour_names[] = { "green", "yellow", "red" };

/**
 * ch_status_to_string:
 *
 * Returns: (transfer none): the status's name in JSON and in the store
 */
const char *
ch_status_to_string (ChStatus status)
{
  g_return_val_if_fail ((int) status >= 0 && (int) status < CH_N_STATUSES, "missing");

  return status_names[status];
}

/**
 * ch_status_from_string:
 * @text: (nullable): a name
 * @status: (out): untouched where the name is unknown
 *
 * Returns: whether @text names a status
 */
gboolean
ch_status_from_string (const char *text,
                       ChStatus   *status)
{
  int i;

  for (i = 0; i < CH_N_STATUSES; i++)
    {
      if (g_strcmp0 (text, status_names[i]) == 0)
        {
          *status = (ChStatus) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * ch_status_get_colour:
 *
 * Returns: green where work may go on, yellow where somebody should act soon, red where it may not
 */
ChColour
ch_status_get_colour (ChStatus status)
{
  switch (status)
    {
    case CH_STATUS_NOT_REQUIRED:
    case CH_STATUS_EXEMPT:
    case CH_STATUS_COMPLIANT:
      return CH_COLOUR_GREEN;
    case CH_STATUS_EXPIRING:
    case CH_STATUS_PENDING:
      return CH_COLOUR_YELLOW;
    case CH_STATUS_NON_COMPLIANT:
    case CH_STATUS_EXPIRED:
    case CH_STATUS_MISSING:
    default:
      return CH_COLOUR_RED;
    }
}

/**
 * ch_status_compare:
 *
 * Orders statuses from the least worrying to the worst, so that the worst of several is their maximum.
 *
 * Returns: less than, equal to or greater than 0 as @a is better than, the same as or worse than @b
 */
int
ch_status_compare (ChStatus a,
                   ChStatus b)
{
  return (int) a - (int) b;
}

const char *
ch_colour_to_string (ChColour colour)
{
  g_return_val_if_fail ((guint) colour < G_N_ELEMENTS (colour_names), "red");

  return colour_names[colour];
}

/**
 * ch_verdict_new:
 *
 * Returns: (transfer full): a verdict of `missing` without findings that never changes by itself
 */
ChVerdict *
ch_verdict_new (void)
{
  ChVerdict *self = g_new0 (ChVerdict, 1);

  self->status = CH_STATUS_MISSING;
  self->changes_on = CH_DATE_NONE;
  self->judge_again_on = CH_DATE_NONE;
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_finding_free);

  return self;
}

ChVerdict *
ch_verdict_copy (const ChVerdict *self)
{
  ChVerdict *copy;
  guint i;

  g_return_val_if_fail (self != NULL, NULL);

  copy = ch_verdict_new ();
  copy->status = self->status;
  copy->changes_on = self->changes_on;
  copy->judge_again_on = self->judge_again_on;
  for (i = 0; i < self->findings->len; i++)
    g_ptr_array_add (copy->findings, ch_finding_copy (g_ptr_array_index (self->findings, i)));

  return copy;
}

void
ch_verdict_free (ChVerdict *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->findings);
  g_free (self);
}
