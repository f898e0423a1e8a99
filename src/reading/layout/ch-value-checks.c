#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-value-checks.h"

#include <string.h>

/* What is left of the confidence in a value that contradicts another one, or that is merely unusual. Certificates do
 * contain such values; a person has to look. */
#define CONTRADICTED 0.6
#define UNUSUAL 0.9

/* A year, give or take what producers do with leap years and odd inception days. */
#define SHORTEST_YEAR 359
#define LONGEST_YEAR 372

static void G_GNUC_PRINTF (4, 5)
lower (ChCertificate *certificate,
       ChDoubt        doubt,
       double         most,
       const char    *path,
       ...)
{
  g_autofree char *full_path = NULL;
  va_list arguments;
  guint i;

  va_start (arguments, path);
  full_path = g_strdup_vprintf (path, arguments);
  va_end (arguments);

  for (i = 0; i < certificate->fields->len; i++)
    {
      ChFieldReading *field = g_ptr_array_index (certificate->fields, i);

      if (strcmp (field->path, full_path) != 0)
        continue;
      field->confidence = MIN (field->confidence, most);
      field->doubts |= doubt;
    }
}

static void
check_term (ChCertificate  *certificate,
            const ChPolicy *policy,
            guint           index)
{
  ChDoubt doubt;
  double most;
  gint32 days;

  if (policy->effective == CH_DATE_NONE || policy->expiration == CH_DATE_NONE)
    return;

  days = policy->expiration - policy->effective;
  if (days > SHORTEST_YEAR && days < LONGEST_YEAR)
    return;

  doubt = days <= 0 ? CH_DOUBT_ENDS_BEFORE_IT_BEGINS : CH_DOUBT_TERM_IS_NOT_A_YEAR;
  most = days <= 0 ? CONTRADICTED : UNUSUAL;
  lower (certificate, doubt, most, "policies[%u].effective", index);
  lower (certificate, doubt, most, "policies[%u].expiration", index);
}

static void
check_limits (ChCertificate  *certificate,
              const ChPolicy *policy,
              guint           index)
{
  gint64 occurrence = policy->limits[CH_LIMIT_EACH_OCCURRENCE];
  int limit;

  for (limit = 0; limit < CH_N_LIMITS; limit++)
    {
      gint64 amount = policy->limits[limit];

      if (amount == CH_MONEY_ABSENT)
        continue;
      if (amount % 500 != 0)
        lower (certificate, CH_DOUBT_AMOUNT_IS_NOT_ROUND, UNUSUAL, "policies[%u].limits.%s", index, ch_limit_to_string (limit));
      if (ch_limit_is_aggregate (limit) && occurrence != CH_MONEY_ABSENT && amount < occurrence)
        lower (certificate, CH_DOUBT_AGGREGATE_BELOW_OCCURRENCE, CONTRADICTED, "policies[%u].limits.%s", index, ch_limit_to_string (limit));
    }
}

/* Whether a text says that somebody is an additional insured, rather than that nobody is. */
static gboolean
claims_additional_insured (const char *text)
{
  return text != NULL && g_regex_match_simple ("\\badditional(ly)? insured", text, G_REGEX_CASELESS, 0)
         && !g_regex_match_simple ("\\b(not|no|nor|isn'?t|aren'?t)\\b[^.;]{0,40}\\badditional(ly)? insured", text,
                                   G_REGEX_CASELESS, 0);
}

/* The boxes and the description speak of the same thing; where only one of them says it, that is told. */
static void
check_additional_insured (ChCertificate *certificate)
{
  gboolean claimed = claims_additional_insured (certificate->description_of_operations);
  gboolean any = FALSE;
  guint i;

  for (i = 0; i < certificate->policies->len; i++)
    {
      const ChPolicy *policy = g_ptr_array_index (certificate->policies, i);

      if (policy->additional_insured != CH_MARK_YES)
        continue;
      any = TRUE;
      if (!claimed)
        lower (certificate, CH_DOUBT_NOT_AS_DESCRIBED, 1, "policies[%u].additional_insured", i);
    }
  if (claimed && !any)
    lower (certificate, CH_DOUBT_NOT_AS_DESCRIBED, 1, "description_of_operations");
}

/**
 * ch_value_checks_apply:
 *
 * Lowers the confidence in values that can hardly be true together: an end before the beginning, a term that is not
 * about a year, an aggregate below one occurrence, an amount that is not round, a letter without an insurer. The values
 * stay as they are printed.
 */
void
ch_value_checks_apply (ChCertificate *certificate)
{
  guint i;

  for (i = 0; i < certificate->policies->len; i++)
    {
      const ChPolicy *policy = g_ptr_array_index (certificate->policies, i);

      check_term (certificate, policy, i);
      check_limits (certificate, policy, i);
      if (policy->insurer != NULL && ch_certificate_get_insurer (certificate, policy->insurer) == NULL)
        lower (certificate, CH_DOUBT_LETTER_WITHOUT_INSURER, UNUSUAL, "policies[%u].insurer", i);
      if (certificate->date != CH_DATE_NONE && policy->expiration != CH_DATE_NONE
          && certificate->date > policy->expiration)
        lower (certificate, CH_DOUBT_DATED_AFTER_EXPIRATION, UNUSUAL, "date");
      if (policy->kind != CH_UMBRELLA_KIND_ABSENT && policy->basis == CH_BASIS_ABSENT)
        lower (certificate, CH_DOUBT_BASIS_IS_MISSING, 1, "policies[%u].kind", i);
    }
  check_additional_insured (certificate);
}

/**
 * ch_value_checks_confidence:
 *
 * Returns: 0 to 1: that of the least certain value among those that a verdict rests on; 0 where nothing was read
 */
double
ch_value_checks_confidence (const ChCertificate *certificate)
{
  static const char *const needed[] = { "policies[", "insured.name", "certificate_holder.name", "date" };
  double confidence = 1;
  gboolean any = FALSE;
  guint i, j;

  for (i = 0; i < certificate->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (certificate->fields, i);

      for (j = 0; j < G_N_ELEMENTS (needed); j++)
        {
          if (!g_str_has_prefix (field->path, needed[j]))
            continue;
          confidence = MIN (confidence, field->confidence);
          any = TRUE;
        }
    }

  return any ? confidence : 0;
}
