#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-form-field.h"

#include <glib/gi18n-lib.h>

#define BIT(coverage) (1u << CH_COVERAGE_ ## coverage)
#define ALL (~0u)
#define LIABILITY (BIT (GENERAL_LIABILITY) | BIT (UMBRELLA_EXCESS) | BIT (OTHER))

static const ChValueChoice marks[] = {
  { NULL, N_("Not shown") }, { "true", N_("Yes") }, { "false", N_("No") }, { NULL, NULL },
};
static const ChValueChoice bases[] = {
  { NULL, N_("Not shown") }, { "occurrence", N_("Occurrence") }, { "claims_made", N_("Claims made") }, { NULL, NULL },
};
static const ChValueChoice aggregates[] = {
  { NULL, N_("Not shown") }, { "policy", N_("Policy") }, { "project", N_("Project") }, { "location", N_("Location") },
  { NULL, NULL },
};
static const ChValueChoice kinds[] = {
  { NULL, N_("Not shown") }, { "umbrella", N_("Umbrella") }, { "excess", N_("Excess") }, { NULL, NULL },
};
static const ChValueChoice autos[] = {
  { "any", N_("Any auto") }, { "owned", N_("Owned") }, { "scheduled", N_("Scheduled") }, { "hired", N_("Hired") },
  { "non_owned", N_("Non-owned") }, { NULL, NULL },
};

static const ChFormField insured[] = {
  { "insured.name", N_("Name"), CH_VALUE_TEXT, NULL, ALL },
  { "insured.address", N_("Address"), CH_VALUE_LONG_TEXT, NULL, ALL },
  { NULL, NULL, CH_VALUE_TEXT, NULL, 0 },
};
static const ChFormField producer[] = {
  { "producer.name", N_("Name"), CH_VALUE_TEXT, NULL, ALL },
  { "producer.contact", N_("Contact"), CH_VALUE_TEXT, NULL, ALL },
  { "producer.phone", N_("Phone"), CH_VALUE_TEXT, NULL, ALL },
  { "producer.email", N_("E-mail"), CH_VALUE_TEXT, NULL, ALL },
  { NULL, NULL, CH_VALUE_TEXT, NULL, 0 },
};
static const ChFormField description[] = {
  { "description_of_operations", N_("Description"), CH_VALUE_LONG_TEXT, NULL, ALL },
  { "endorsements", N_("Endorsements (with commas between)"), CH_VALUE_TEXT, NULL, ALL },
  { NULL, NULL, CH_VALUE_TEXT, NULL, 0 },
};
static const ChFormField holder[] = {
  { "certificate_holder.name", N_("Name"), CH_VALUE_TEXT, NULL, ALL },
  { "certificate_holder.address", N_("Address"), CH_VALUE_LONG_TEXT, NULL, ALL },
  { NULL, NULL, CH_VALUE_TEXT, NULL, 0 },
};
static const ChFormField form[] = {
  { "form", N_("Form"), CH_VALUE_TEXT, NULL, ALL },
  { "edition", N_("Edition"), CH_VALUE_TEXT, NULL, ALL },
  { "date", N_("Date of the certificate"), CH_VALUE_DATE, NULL, ALL },
  { "certificate_number", N_("Certificate number"), CH_VALUE_TEXT, NULL, ALL },
  { "revision_number", N_("Revision number"), CH_VALUE_TEXT, NULL, ALL },
  { NULL, NULL, CH_VALUE_TEXT, NULL, 0 },
};
static const ChFormField policy[] = {
  { "coverage_text", N_("Coverage"), CH_VALUE_TEXT, NULL, BIT (OTHER) },
  { "policy_number", N_("Policy number"), CH_VALUE_TEXT, NULL, ALL },
  { "insurer", N_("Insurer’s letter"), CH_VALUE_TEXT, NULL, ALL },
  { "effective", N_("In force from"), CH_VALUE_DATE, NULL, ALL },
  { "expiration", N_("Ends at 12:01 AM on"), CH_VALUE_DATE, NULL, ALL },
  { "kind", N_("Kind"), CH_VALUE_CHOICE, kinds, BIT (UMBRELLA_EXCESS) },
  { "basis", N_("Basis"), CH_VALUE_CHOICE, bases, LIABILITY },
  { "retroactive_date", N_("Retroactive date"), CH_VALUE_DATE, NULL, BIT (OTHER) },
  { "tail", N_("Extended reporting period"), CH_VALUE_TEXT, NULL, BIT (OTHER) },
  { "aggregate_per", N_("Aggregate applies per"), CH_VALUE_CHOICE, aggregates, BIT (GENERAL_LIABILITY) },
  { "autos", N_("Autos insured"), CH_VALUE_SET, autos, BIT (AUTOMOBILE_LIABILITY) },
  { "statutory", N_("Statutory limits"), CH_VALUE_CHOICE, marks, BIT (WORKERS_COMPENSATION) },
  { "owner_excluded", N_("Owner, partner or officer excluded"), CH_VALUE_CHOICE, marks, BIT (WORKERS_COMPENSATION) },
  { "additional_insured", N_("Additional insured"), CH_VALUE_CHOICE, marks, ALL & ~BIT (WORKERS_COMPENSATION) },
  { "waiver_of_subrogation", N_("Subrogation waived"), CH_VALUE_CHOICE, marks, ALL },
  { NULL, NULL, CH_VALUE_TEXT, NULL, 0 },
};

static const struct {
  const char        *title;
  const ChFormField *fields;
} sections[] = {
  [CH_FORM_INSURED] = { N_("Insured"), insured },
  [CH_FORM_PRODUCER] = { N_("Producer"), producer },
  [CH_FORM_DESCRIPTION] = { N_("Description of operations"), description },
  [CH_FORM_HOLDER] = { N_("Certificate holder"), holder },
  [CH_FORM_FORM] = { N_("Form"), form },
};

const ChFormField *
ch_form_section_get_fields (ChFormSection section)
{
  g_return_val_if_fail ((guint)section < G_N_ELEMENTS (sections), NULL);

  return sections[section].fields;
}

const char *
ch_form_section_get_title (ChFormSection section)
{
  g_return_val_if_fail ((guint)section < G_N_ELEMENTS (sections), "");

  return g_dgettext (GETTEXT_PACKAGE, sections[section].title);
}

const ChFormField *
ch_form_policy_get_fields (void)
{
  return policy;
}
