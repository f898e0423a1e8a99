#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-publication-wording-private.h"

/*
 * The words that Procore is told. They are English and dates are spelled out on our own whatever the locale: a
 * second machine with another language must not rewrite every record. No clock: the same facts give the same words.
 */

static const char * const months[] = {
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
};

/**
 * _ch_wording_get_insurance_status:
 * @shown: what people see
 * @decision: the judge's decision behind it
 *
 * Returns: Procore's insurance status; an exemption is `compliant`, with `exempt` beside it
 */
const char *
_ch_wording_get_insurance_status (ChStatus shown,
                                  ChStatus decision)
{
  switch (shown)
    {
    case CH_STATUS_COMPLIANT:
    case CH_STATUS_EXPIRING:
    case CH_STATUS_EXEMPT:
      return "compliant";
    case CH_STATUS_PENDING:
      return decision == CH_STATUS_COMPLIANT || decision == CH_STATUS_EXPIRING ? "compliant_in_progress"
                                                                              : "non_compliant_in_progress";
    case CH_STATUS_NON_COMPLIANT:
      return "non_compliant";
    case CH_STATUS_EXPIRED:
      return "expired";
    case CH_STATUS_MISSING:
      return "unregistered";
    case CH_STATUS_NOT_REQUIRED:
    default:
      return "undecided";
    }
}

/* With Procore Pay this releases or holds payment: what was decided last counts until something else is decided. */
const char *
_ch_wording_get_commitment_status (ChStatus shown,
                                   ChStatus decision)
{
  switch (shown == CH_STATUS_PENDING ? decision : shown)
    {
    case CH_STATUS_COMPLIANT:
    case CH_STATUS_EXPIRING:
    case CH_STATUS_EXEMPT:
      return "compliant";
    case CH_STATUS_NOT_REQUIRED:
      return "not_required";
    default:
      return "not_compliant";
    }
}

char *
_ch_wording_dup_day (ChDate day)
{
  int year, month, day_of_month;

  ch_date_get_ymd (day, &year, &month, &day_of_month);

  return g_strdup_printf ("%s %d, %d", months[CLAMP (month, 1, 12) - 1], day_of_month, year);
}

static const char *
get_status_words (ChStatus status)
{
  switch (status)
    {
    case CH_STATUS_NOT_REQUIRED:
      return "No insurance is required";
    case CH_STATUS_EXEMPT:
      return "Exempt";
    case CH_STATUS_COMPLIANT:
      return "Compliant";
    case CH_STATUS_EXPIRING:
      return "Compliant, but about to expire";
    case CH_STATUS_EXPIRED:
      return "Expired";
    case CH_STATUS_MISSING:
      return "No certificate is on file";
    case CH_STATUS_NON_COMPLIANT:
    case CH_STATUS_PENDING:
    default:
      return "Not compliant";
    }
}

static void
append_sentence (GString    *text,
                 const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

static char *
dup_finding_sentence (const ChFinding *finding)
{
  g_autofree char *text = g_strstrip (g_strdup (finding->text != NULL ? finding->text : finding->rule));
  const char *mark = "";
  const char *end = "";

  if (finding->waived)
    mark = "Waived: ";
  else if (finding->severity == CH_SEVERITY_WARNING)
    mark = "Note: ";
  if (text[0] != '\0' && strchr (".!?", text[strlen (text) - 1]) == NULL)
    end = ".";

  return g_strconcat (mark, text, end, NULL);
}

static char *
dup_head (const ChStoredVerdict *verdict,
          ChDate                 since,
          ChDate                 pending_since)
{
  GString *text = g_string_new (NULL);
  const char *words = get_status_words (verdict->verdict->status);
  g_autofree char *sentence = NULL;

  if (verdict->status == CH_STATUS_PENDING && pending_since != CH_DATE_NONE)
    {
      g_autofree char *day = _ch_wording_dup_day (pending_since);

      g_string_append_printf (text, "A document that arrived on %s waits for review. Decision so far:", day);
    }
  if (since != CH_DATE_NONE)
    {
      g_autofree char *day = _ch_wording_dup_day (since);

      sentence = g_strdup_printf ("%s (since %s).", words, day);
    }
  else
    {
      sentence = g_strconcat (words, ".", NULL);
    }
  append_sentence (text, sentence);

  return g_string_free (text, FALSE);
}

/* Longer than the program's own sentences ever get; a longer text comes from elsewhere and is cut. */
static char *
cut_to (const char *text,
        glong       max_length)
{
  g_autofree char *head = NULL;

  if (g_utf8_strlen (text, -1) <= max_length)
    return g_strdup (text);
  head = g_utf8_substring (text, 0, MAX (max_length - 1, 0));

  return g_strconcat (head, "…", NULL);
}

/**
 * _ch_wording_dup_notes:
 * @since: the day since when the decision has had its status, or %CH_DATE_NONE
 * @max_findings: the most findings told
 * @max_length: the most characters; cut between sentences, the rest is counted
 *
 * Returns: (transfer full): the verdict in plain sentences: status, findings, next change
 */
char *
_ch_wording_dup_notes (const ChStoredVerdict *verdict,
                       ChDate                 since,
                       ChDate                 pending_since,
                       guint                  max_findings,
                       glong                  max_length)
{
  g_autofree char *head = dup_head (verdict, since, pending_since);
  g_autoptr(GString) text = g_string_new (head);
  g_autofree char *tail = NULL;
  GPtrArray *findings = verdict->verdict->findings;
  /* room for "… and 999 more." and the space before each */
  glong room = max_length - 18;
  guint n_told = 0;

  if (verdict->verdict->changes_on != CH_DATE_NONE)
    {
      g_autofree char *day = _ch_wording_dup_day (verdict->verdict->changes_on);

      tail = g_strdup_printf ("Changes on %s.", day);
      room -= g_utf8_strlen (tail, -1) + 1;
    }

  for (; n_told < findings->len && n_told < max_findings; n_told++)
    {
      g_autofree char *sentence = dup_finding_sentence (g_ptr_array_index (findings, n_told));

      if (g_utf8_strlen (text->str, -1) + 1 + g_utf8_strlen (sentence, -1) > room)
        break;
      append_sentence (text, sentence);
    }
  if (n_told < findings->len)
    {
      g_autofree char *more = g_strdup_printf ("… and %u more.", findings->len - n_told);

      append_sentence (text, more);
    }
  if (tail != NULL)
    append_sentence (text, tail);

  return cut_to (text->str, max_length);
}

static const struct {
  ChLimit     limit;
  const char *words;
} limit_words[] = {
  { CH_LIMIT_EACH_OCCURRENCE, "each occurrence" },
  { CH_LIMIT_GENERAL_AGGREGATE, "aggregate" },
  { CH_LIMIT_COMBINED_SINGLE_LIMIT, "combined single limit" },
  { CH_LIMIT_BODILY_INJURY_PER_PERSON, "bodily injury per person" },
  { CH_LIMIT_BODILY_INJURY_PER_ACCIDENT, "bodily injury per accident" },
  { CH_LIMIT_PROPERTY_DAMAGE, "property damage" },
  { CH_LIMIT_AGGREGATE, "aggregate" },
  { CH_LIMIT_EL_EACH_ACCIDENT, "each accident" },
  { CH_LIMIT_EL_DISEASE_EACH_EMPLOYEE, "disease each employee" },
  { CH_LIMIT_EL_DISEASE_POLICY_LIMIT, "disease policy limit" },
};

/* "1000000" -> "1,000,000", whatever the locale's own mark */
static char *
dup_dollars (gint64 amount)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, amount);
  gsize length = strlen (digits);
  GString *text = g_string_new ("$");

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }

  return g_string_free (text, FALSE);
}

/* (transfer full) (nullable): the limits that a person looks for first, as "$1,000,000 each occurrence / …" */
char *
_ch_wording_dup_limit (const ChPolicy *policy)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (policy->statutory == CH_MARK_YES)
    g_string_append (text, "Statutory");
  for (guint i = 0; i < G_N_ELEMENTS (limit_words); i++)
    {
      gint64 amount = policy->limits[limit_words[i].limit];
      g_autofree char *dollars = NULL;

      if (amount < 0)
        continue;
      dollars = dup_dollars (amount);
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? " / " : "", dollars, limit_words[i].words);
    }

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

char *
_ch_wording_dup_insurance_type (const ChPolicy *policy)
{
  switch (policy->coverage)
    {
    case CH_COVERAGE_GENERAL_LIABILITY:
      return g_strdup ("General Liability");
    case CH_COVERAGE_AUTOMOBILE_LIABILITY:
      return g_strdup ("Automobile Liability");
    case CH_COVERAGE_UMBRELLA_EXCESS:
      return g_strdup (policy->kind == CH_UMBRELLA_KIND_EXCESS ? "Excess Liability" : "Umbrella Liability");
    case CH_COVERAGE_WORKERS_COMPENSATION:
      return g_strdup ("Workers Compensation");
    case CH_COVERAGE_OTHER:
    default:
      return g_strdup (policy->coverage_text != NULL && policy->coverage_text[0] != '\0' ? policy->coverage_text
                                                                                        : "Other");
    }
}

/* "Insurance: 31 ok · 4 expiring · 2 not compliant": parts that count nothing are left out, but for the first */
char *
_ch_wording_dup_link_title (const guint counts[CH_N_STATUSES])
{
  GString *title = g_string_new (NULL);
  guint ok = counts[CH_STATUS_COMPLIANT] + counts[CH_STATUS_EXEMPT] + counts[CH_STATUS_NOT_REQUIRED];
  guint bad = counts[CH_STATUS_NON_COMPLIANT] + counts[CH_STATUS_EXPIRED] + counts[CH_STATUS_MISSING];

  g_string_append_printf (title, "Insurance: %u ok", ok);
  if (counts[CH_STATUS_EXPIRING] > 0)
    g_string_append_printf (title, " · %u expiring", counts[CH_STATUS_EXPIRING]);
  if (counts[CH_STATUS_PENDING] > 0)
    g_string_append_printf (title, " · %u waiting for review", counts[CH_STATUS_PENDING]);
  if (bad > 0)
    g_string_append_printf (title, " · %u not compliant", bad);

  return g_string_free (title, FALSE);
}
