#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ch-case-private.h"

/* What a finding says in words, from its values alone: so that what is stored and sent stays the same whatever the
 * language of the machine that judged, and each reader still reads it in their own. */

typedef struct {
  const ChFinding *finding;
  gboolean         is_translated;
  char            *coverage;
  char            *expected;      /* as people write it */
  char            *found;
} Writer;

static const char *tell (const Writer *self,
                         const char   *text) G_GNUC_FORMAT (2);

static const char *
tell (const Writer *self,
      const char   *text)
{
  return self->is_translated ? g_dgettext (GETTEXT_PACKAGE, text) : text;
}

static const char * const months[] = {
  N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
  N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
};

static const struct {
  const char *name;
  const char *words;
} coverage_words[] = {
  { "general_liability", N_("General liability") },
  { "automobile_liability", N_("Automobile liability") },
  { "umbrella_excess", N_("Umbrella or excess liability") },
  { "workers_compensation", N_("Workers’ compensation") },
};

static const char * const limit_words[CH_N_LIMITS] = {
  [CH_LIMIT_EACH_OCCURRENCE] = N_("each occurrence"),
  [CH_LIMIT_DAMAGE_TO_RENTED_PREMISES] = N_("damage to rented premises"),
  [CH_LIMIT_MEDICAL_EXPENSE] = N_("medical expense"),
  [CH_LIMIT_PERSONAL_ADVERTISING_INJURY] = N_("personal and advertising injury"),
  [CH_LIMIT_GENERAL_AGGREGATE] = N_("general aggregate"),
  [CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE] = N_("products and completed operations aggregate"),
  [CH_LIMIT_COMBINED_SINGLE_LIMIT] = N_("combined single limit"),
  [CH_LIMIT_BODILY_INJURY_PER_PERSON] = N_("bodily injury per person"),
  [CH_LIMIT_BODILY_INJURY_PER_ACCIDENT] = N_("bodily injury per accident"),
  [CH_LIMIT_PROPERTY_DAMAGE] = N_("property damage"),
  [CH_LIMIT_AGGREGATE] = N_("aggregate"),
  [CH_LIMIT_RETENTION] = N_("retention"),
  [CH_LIMIT_EL_EACH_ACCIDENT] = N_("employers’ liability, each accident"),
  [CH_LIMIT_EL_DISEASE_EACH_EMPLOYEE] = N_("employers’ liability, disease, each employee"),
  [CH_LIMIT_EL_DISEASE_POLICY_LIMIT] = N_("employers’ liability, disease, policy limit"),
};

/* Values of the schema as a broker says them. */
static const struct {
  const char *value;
  const char *words;
} value_words[] = {
  { "box", N_("the box on the certificate") },
  { "description", N_("wording in the description of operations") },
  { "form", N_("the endorsement itself") },
  { "occurrence", N_("occurrence") },
  { "claims_made", N_("claims-made") },
  { "policy", N_("policy") },
  { "project", N_("project") },
  { "location", N_("location") },
  { "any", N_("any auto") },
  { "owned", N_("owned") },
  { "scheduled", N_("scheduled") },
  { "hired", N_("hired") },
  { "non_owned", N_("non-owned") },
  { "owned_hired_non_owned", N_("owned, hired and non-owned autos") },
  { "hired_non_owned", N_("hired and non-owned autos") },
};

static const char *
get_value_words (const Writer *self,
                 const char   *value)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (value_words); i++)
    {
      if (g_strcmp0 (value, value_words[i].value) == 0)
        return tell (self, value_words[i].words);
    }

  return value;
}

static char *
format_day (const Writer *self,
            ChDate        day)
{
  int year;
  int month;
  int day_of_month;

  ch_date_get_ymd (day, &year, &month, &day_of_month);

  /* Translators: a date as "December 2, 2026": month, day, year */
  return g_strdup_printf (tell (self, N_("%s %d, %d")), tell (self, months[CLAMP (month, 1, 12) - 1]), day_of_month,
                          year);
}

static char *
format_money (gint64 amount)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, amount);
  gsize n_digits = strlen (digits);
  GString *out = g_string_new (NULL);
  gsize i;

  for (i = 0; i < n_digits; i++)
    {
      if (i > 0 && (n_digits - i) % 3 == 0 && digits[i - 1] != '-')
        g_string_append_c (out, ',');
      g_string_append_c (out, digits[i]);
    }
  g_string_insert (out, digits[0] == '-' ? 1 : 0, "$");

  return g_string_free (out, FALSE);
}

/* A date in the middle of 2026-01-01/2027-01-01 too. */
static char *
format_days (const Writer *self,
             const char   *text)
{
  g_auto(GStrv) parts = g_strsplit (text, "/", 2);
  GString *out = g_string_new (NULL);
  guint i;

  for (i = 0; parts[i] != NULL; i++)
    {
      ChDate day = ch_date_from_iso (parts[i]);
      g_autofree char *words = day != CH_DATE_NONE ? format_day (self, day) : g_strdup (parts[i]);

      g_string_append_printf (out, "%s%s", i > 0 ? " – " : "", words);
    }

  return g_string_free (out, FALSE);
}

static char *
join_words (const Writer *self,
            const char   *text,
            const char   *divider,
            const char   *joint)
{
  g_auto(GStrv) parts = g_strsplit (text, divider, -1);
  GString *out = g_string_new (NULL);
  guint i;

  for (i = 0; parts[i] != NULL; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? joint : "", get_value_words (self, parts[i]));

  return g_string_free (out, FALSE);
}

static char *
describe_coverage (const Writer *self,
                   const char   *name)
{
  char *words;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (coverage_words); i++)
    {
      if (g_strcmp0 (name, coverage_words[i].name) == 0)
        return g_strdup (tell (self, coverage_words[i].words));
    }

  words = g_strdelimit (g_strdup (name != NULL ? name : ""), "_", ' ');
  words[0] = g_ascii_toupper (words[0]);

  return words;
}

static char *
write_limit (const Writer *self,
             ChLimit       limit)
{
  const ChFinding *finding = self->finding;
  const char *words = tell (self, limit_words[limit]);

  if (finding->found == NULL)
    return g_strdup_printf (tell (self, N_("%s shows no limit for %s; the contract asks for %s. "
                                           "Ask for a certificate that shows it.")),
                            self->coverage, words, self->expected);
  if (g_strcmp0 (finding->coverage, "umbrella_excess") == 0)
    return g_strdup_printf (tell (self, N_("%s leaves %s for %s; the contract asks for %s. Ask for a higher limit.")),
                            self->coverage, self->found, words, self->expected);

  return g_strdup_printf (tell (self, N_("%s shows %s for %s; the contract asks for %s. "
                                         "Ask for a higher limit or umbrella cover.")),
                          self->coverage, self->found, words, self->expected);
}

/* What to ask the broker for; evidence of the asked level is one of three things. */
static const char *
get_evidence_advice (const Writer *self)
{
  if (g_strcmp0 (self->finding->expected, "form") == 0)
    return tell (self, N_("Ask the broker for the endorsement page."));
  if (g_strcmp0 (self->finding->expected, "description") == 0)
    return tell (self, N_("Ask the broker for a certificate with the wording in its description of operations."));

  return tell (self, N_("Ask the broker for a certificate with the box marked."));
}

static char *
write_evidence (const Writer *self,
                const char   *right)
{
  g_autofree char *subject = NULL;

  if (self->coverage != NULL)
    subject = g_strdup_printf ("%s: %s", self->coverage, right);
  else
    subject = g_strdup (right);

  if (self->finding->found == NULL)
    return g_strdup_printf (tell (self, N_("%s not shown; the contract asks for %s. %s")), subject, self->expected,
                            get_evidence_advice (self));

  return g_strdup_printf (tell (self, N_("%s shown by %s only; the contract asks for %s. %s")), subject, self->found,
                          self->expected, get_evidence_advice (self));
}

/* The place to look at tells whether the day found is that of the end or of a later start. */
static char *
write_in_force (const Writer *self)
{
  const ChFindingPlace *place = self->finding->place;

  if (self->found == NULL)
    return g_strdup_printf (tell (self, N_("%s shows no policy dates. Ask for a certificate that shows them.")),
                            self->coverage);
  if (place != NULL && g_str_has_suffix (place->path, ".effective"))
    return g_strdup_printf (tell (self, N_("%s starts only on %s. "
                                           "Ask for the policy that is in force until then.")),
                            self->coverage, self->found);

  return g_strdup_printf (tell (self, N_("%s ended on %s. Ask for the certificate of its renewal.")), self->coverage,
                          self->found);
}

static char *
write_carrier (const Writer *self)
{
  const char *insurer = self->finding->subject != NULL ? self->finding->subject : tell (self, N_("the insurer"));

  if (self->finding->severity == CH_SEVERITY_FAIL)
    return g_strdup_printf (tell (self, N_("%s: %s is rated %s; the contract asks for %s or better. "
                                           "Ask for another carrier.")),
                            self->coverage, insurer, self->found, self->expected);

  return g_strdup_printf (tell (self, N_("%s: %s has no rating in the list of carriers; the contract asks for %s or "
                                         "better. Look the rating up.")),
                          self->coverage, insurer, self->expected);
}

static char *
write_holder (const Writer *self)
{
  if (self->found == NULL)
    return g_strdup_printf (tell (self, N_("No certificate holder is shown; the contract asks for “%s”. "
                                           "Ask for a corrected certificate.")), self->expected);

  return g_strdup_printf (tell (self, N_("The certificate holder is “%s”; the contract asks for “%s”. "
                                         "Ask for a corrected certificate.")), self->found, self->expected);
}

static char *
write_named_insured (const Writer *self)
{
  if (self->expected == NULL)
    return g_strdup (tell (self, N_("The legal name of the subcontractor is not known, so the named insured cannot be "
                                    "compared. Enter it in Procore.")));
  if (self->found == NULL)
    return g_strdup_printf (tell (self, N_("No named insured is shown; the contract is with “%s”. "
                                           "Ask for a corrected certificate.")), self->expected);

  if (self->finding->severity == CH_SEVERITY_NEEDS_EVIDENCE)
    return g_strdup_printf (tell (self, N_("The policies insure the trade name “%s”; the contract is with “%s”. "
                                           "Ask for a certificate that names the legal entity.")),
                            self->found, self->expected);

  return g_strdup_printf (tell (self, N_("The policies insure “%s”; the contract is with “%s”. "
                                         "Ask for a certificate that names the legal entity.")),
                          self->found, self->expected);
}

static char *
write_aggregate_per (const Writer *self)
{
  const char *found = self->found != NULL ? self->found : tell (self, N_("nothing"));

  return g_strdup_printf (tell (self, N_("%s: the aggregate must apply per %s; the certificate shows %s. "
                                         "Ask for the endorsement (%s).")),
                          self->coverage, self->expected, found,
                          g_strcmp0 (self->finding->expected, "location") == 0 ? "CG 25 04" : "CG 25 03");
}

/* Warnings that a person weighs; they accuse nobody. */
static char *
write_warning (const Writer *self,
               ChRule        rule)
{
  const char *subject = self->finding->subject != NULL ? self->finding->subject : "";

  switch (rule)
    {
    case CH_RULE_CARRIERS_OWN_FORM:
      return g_strdup_printf (tell (self, N_("%s: the evidence rests on the carrier’s own form “%s”. "
                                             "Read it and make sure that it gives what the contract asks.")),
                              self->coverage, self->found);
    case CH_RULE_RETROACTIVE_DATE:
      return g_strdup_printf (tell (self, N_("%s is claims-made and shows no retroactive date. "
                                             "Ask from which date on claims are covered.")), self->coverage);
    case CH_RULE_OWNER_EXCLUDED:
      return g_strdup_printf (tell (self, N_("%s: an owner, partner or officer is excluded. "
                                             "Make sure that nobody works on site without cover.")), self->coverage);
    case CH_RULE_NO_PAYROLL:
      return g_strdup_printf (tell (self, N_("%s is written without payroll (“if any”), so it may insure nobody. "
                                             "Ask who is covered.")), self->coverage);
    case CH_RULE_ACTION_OVER:
      return g_strdup_printf (tell (self, N_("%s: an exclusion of action-over claims is mentioned. "
                                             "Ask the broker for the endorsement and have it read.")), self->coverage);
    case CH_RULE_DROPPED:
      return g_strdup_printf (tell (self, N_("%s is missing on the newer certificate (%s). "
                                             "Ask the broker whether the policy was cancelled.")),
                              self->coverage, self->found != NULL ? self->found : tell (self, N_("no date")));
    case CH_RULE_POLICY_DATES:
      return g_strdup_printf (tell (self, N_("%s: policy %s shows %s now and showed %s before. "
                                             "Ask the broker to confirm the dates.")),
                              self->coverage, subject, self->found, self->expected);
    case CH_RULE_INSURER_NAIC:
      return g_strdup_printf (tell (self, N_("The insurer “%s” and the NAIC number %s do not belong together. "
                                             "Ask the broker which is right.")), subject, self->found);
    default:
      return g_strdup (tell (self, N_("Work in New York: no ACORD 855 (construction liability addendum) is on file. "
                                      "Ask the broker for it.")));
    }
}

static char *
write_rule (const Writer *self,
            ChRule        rule)
{
  switch (rule)
    {
    case CH_RULE_PRESENT:
      return g_strdup_printf (tell (self, N_("%s is not on file. Ask for a certificate that shows it.")),
                              self->coverage);
    case CH_RULE_IN_FORCE:
      return write_in_force (self);
    case CH_RULE_GAP:
      return g_strdup_printf (tell (self, N_("%s has a gap: cover ends on %s and starts again on %s. "
                                             "Ask for a policy that closes it.")),
                              self->coverage, self->expected, self->found);
    case CH_RULE_BASIS:
      return g_strdup_printf (tell (self, N_("%s must be written on the basis “%s”; the certificate shows %s. "
                                             "Ask for such a policy.")),
                              self->coverage, self->expected,
                              self->found != NULL ? self->found : tell (self, N_("nothing")));
    case CH_RULE_AGGREGATE_PER:
      return write_aggregate_per (self);
    case CH_RULE_ADDITIONAL_INSURED:
      return write_evidence (self, tell (self, N_("additional insured status is")));
    case CH_RULE_COMPLETED_OPERATIONS_ADDITIONAL_INSURED:
      return write_evidence (self, tell (self, N_("additional insured status for completed operations is")));
    case CH_RULE_WAIVER_OF_SUBROGATION:
      return write_evidence (self, tell (self, N_("a waiver of subrogation is")));
    case CH_RULE_PRIMARY_NONCONTRIBUTORY:
      return write_evidence (self, tell (self, N_("primary and non-contributory wording is")));
    case CH_RULE_CANCELLATION_NOTICE:
      return write_evidence (self, tell (self, N_("Notice of cancellation is")));
    case CH_RULE_STATUTORY:
      return g_strdup_printf (tell (self, N_("%s does not show statutory limits. "
                                             "Ask for a certificate with that box marked.")), self->coverage);
    case CH_RULE_AUTOS:
      return g_strdup_printf (tell (self, N_("%s must cover %s; the certificate shows %s. "
                                             "Ask for a policy that covers them.")),
                              self->coverage, self->expected,
                              self->found != NULL ? self->found : tell (self, N_("none")));
    case CH_RULE_ENDORSEMENT:
      return g_strdup_printf (tell (self, N_("%s: endorsement %s is not on file. "
                                             "Ask the broker for the endorsement page.")),
                              self->coverage, self->expected);
    case CH_RULE_CARRIER_RATING:
      return write_carrier (self);
    case CH_RULE_NAMED_INSURED:
      return write_named_insured (self);
    case CH_RULE_HOLDER:
      return write_holder (self);
    default:
      return write_warning (self, rule);
    }
}

static char *
format_value (const Writer *self,
              ChRule        rule,
              const char   *value)
{
  gint64 amount;

  if (value == NULL)
    return NULL;

  switch (rule)
    {
    case CH_RULE_LIMIT:
      return g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &amount, NULL) ? format_money (amount)
                                                                                      : g_strdup (value);
    case CH_RULE_IN_FORCE:
    case CH_RULE_GAP:
    case CH_RULE_POLICY_DATES:
    case CH_RULE_DROPPED:
      return format_days (self, value);
    case CH_RULE_AUTOS:
      return strchr (value, '|') != NULL ? join_words (self, value, "|", tell (self, N_(" or ")))
                                         : join_words (self, value, ",", ", ");
    case CH_RULE_HOLDER:
      return join_words (self, value, "|", tell (self, N_("” or “")));
    case CH_RULE_ENDORSEMENT:
      return join_words (self, value, "|", tell (self, N_(" or ")));
    case CH_RULE_NAMED_INSURED:
    case CH_RULE_CARRIER_RATING:
    case CH_RULE_CARRIERS_OWN_FORM:
    case CH_RULE_INSURER_NAIC:
      return g_strdup (value);
    default:
      return g_strdup (get_value_words (self, value));
    }
}

/**
 * ch_finding_dup_text:
 * @self: a finding
 * @is_translated: in the user's language, else in English, which is what is stored and what Procore is told
 *
 * Returns: (transfer full): what was asked, what was found and what to do, in words that a broker can act on; for a
 *   rule that is not known, the finding's own text
 */
char *
ch_finding_dup_text (const ChFinding *self,
                     gboolean         is_translated)
{
  Writer writer = { self, is_translated, NULL, NULL, NULL };
  ChLimit limit = CH_LIMIT_EACH_OCCURRENCE;
  ChRule rule;
  char *text;

  g_return_val_if_fail (self != NULL, NULL);

  if (!_ch_rule_from_finding (self, &rule, &limit))
    return g_strdup (self->text);

  writer.coverage = self->coverage != NULL ? describe_coverage (&writer, self->coverage) : NULL;
  writer.expected = format_value (&writer, rule, self->expected);
  writer.found = format_value (&writer, rule, self->found);
  text = rule == CH_RULE_LIMIT ? write_limit (&writer, limit) : write_rule (&writer, rule);
  g_free (writer.coverage);
  g_free (writer.expected);
  g_free (writer.found);

  return text;
}

/* How each advice begins in English; nothing that stands before it has this word behind a full stop. */
#define ADVICE ". Ask "

/**
 * ch_finding_dup_statement:
 * @self: a finding
 *
 * Returns: (transfer full) (nullable): the stored English text without what the desk is advised to do: for a letter to
 *   the one who is asked
 */
char *
ch_finding_dup_statement (const ChFinding *self)
{
  const char *advice;

  g_return_val_if_fail (self != NULL, NULL);

  advice = self->text != NULL ? g_strrstr (self->text, ADVICE) : NULL;

  return advice != NULL ? g_strndup (self->text, (gsize) (advice - self->text) + 1) : g_strdup (self->text);
}
