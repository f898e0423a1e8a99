#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-status-look.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *label;
  const char *explanation;
  const char *icon_name;
} Look;

static const Look looks[CH_N_STATUSES] = {
  [CH_STATUS_NOT_REQUIRED] = { N_("Not required"), N_("No insurance is asked of this sub"), "ch-not-required-symbolic" },
  [CH_STATUS_EXEMPT] = { N_("Exempt"), N_("Exempted by the desk"), "ch-exempt-symbolic" },
  [CH_STATUS_COMPLIANT] = { N_("Compliant"), N_("Everything that is asked is in force"), "ch-ok-symbolic" },
  [CH_STATUS_EXPIRING] = { N_("Expiring"), N_("In force, but something ends soon"), "ch-expiring-symbolic" },
  [CH_STATUS_PENDING] = { N_("Under review"), N_("A certificate awaits review"), "ch-pending-symbolic" },
  [CH_STATUS_NON_COMPLIANT] = { N_("Not compliant"), N_("Something that is asked is not shown"), "ch-error-symbolic" },
  [CH_STATUS_EXPIRED] = { N_("Expired"), N_("A policy that is asked has ended"), "ch-expired-symbolic" },
  [CH_STATUS_MISSING] = { N_("Missing"), N_("No certificate is on file"), "ch-missing-symbolic" },
};

/**
 * ch_status_get_label:
 * @status: a status
 *
 * Returns: (transfer none): one or two words, in the user's language
 */
const char *
ch_status_get_label (ChStatus status)
{
  g_return_val_if_fail ((guint)status < CH_N_STATUSES, "");

  return g_dgettext (GETTEXT_PACKAGE, looks[status].label);
}

/**
 * ch_status_get_explanation:
 * @status: a status
 *
 * Returns: (transfer none): what the word means, as a phrase
 */
const char *
ch_status_get_explanation (ChStatus status)
{
  g_return_val_if_fail ((guint)status < CH_N_STATUSES, "");

  return g_dgettext (GETTEXT_PACKAGE, looks[status].explanation);
}

/**
 * ch_status_get_icon_name:
 * @status: a status
 *
 * Returns: (transfer none): a symbolic icon whose shape is this status's alone
 */
const char *
ch_status_get_icon_name (ChStatus status)
{
  g_return_val_if_fail ((guint)status < CH_N_STATUSES, "");

  return looks[status].icon_name;
}

/**
 * ch_status_get_style_class:
 * @status: a status
 *
 * Returns: (transfer none): the style class that gives its colour
 */
const char *
ch_status_get_style_class (ChStatus status)
{
  if (status == CH_STATUS_NOT_REQUIRED)
    return "status-quiet";

  switch (ch_status_get_colour (status))
    {
    case CH_COLOUR_GREEN:
      return "status-green";
    case CH_COLOUR_YELLOW:
      return "status-yellow";
    case CH_COLOUR_RED:
    default:
      return "status-red";
    }
}
