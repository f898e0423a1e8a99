#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ch-matching.h"

static const struct {
  ChMatchReasons  reason;
  const char     *word;
  const char     *phrase;
} names[] = {
  { CH_MATCH_LEGAL_NAME, "legal_name", N_("same legal name") },
  { CH_MATCH_NAME, "name", N_("same name") },
  { CH_MATCH_NAME_SPELLING, "name_spelling", N_("same name in another spelling") },
  { CH_MATCH_TRADE_NAME, "trade_name", N_("same trade name") },
  { CH_MATCH_ABBREVIATED_NAME, "abbreviated_name", N_("same abbreviated name") },
  { CH_MATCH_NAME_AMONG, "name_among", N_("name among others") },
  { CH_MATCH_NO_LEGAL_FORM, "no_legal_form", N_("same name, one without its legal form") },
  { CH_MATCH_OTHER_LEGAL_FORM, "other_legal_form", N_("same name with another legal form") },
  { CH_MATCH_SCANNED_NAME, "scanned_name", N_("same name but for a letter or two") },
  { CH_MATCH_SIMILAR_NAME, "similar_name", N_("similar name") },
  { CH_MATCH_EARLIER_NAME, "earlier_name", N_("an earlier approved certificate names this insured") },
  { CH_MATCH_EARLIER_POLICY, "earlier_policy", N_("an earlier approved certificate shows this policy") },
  { CH_MATCH_ADDRESS, "address", N_("same address") },
  { CH_MATCH_TOWN, "town", N_("same town") },
  { CH_MATCH_OTHER_ADDRESS, "other_address", N_("another address") },
  { CH_MATCH_EMAIL_DOMAIN, "email_domain", N_("same e-mail domain") },
  { CH_MATCH_NAMED_PROJECT, "named_project", N_("works on the project that it names") },
  { CH_MATCH_INACTIVE, "inactive", N_("inactive in Procore") },
  { CH_MATCH_PROJECT_NAME, "project_name", N_("names the project") },
  { CH_MATCH_PROJECT_NUMBER, "project_number", N_("gives the project’s number") },
  { CH_MATCH_PROJECT_ADDRESS, "project_address", N_("gives the project’s address") },
  { CH_MATCH_OTHER_PROJECT, "other_project", N_("the sub is not on this project") },
};

/**
 * ch_match_reasons_to_string:
 *
 * Returns: (transfer full): stable words with commas between, in the order of #ChMatchReasons
 */
char *
ch_match_reasons_to_string (ChMatchReasons reasons)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (reasons & names[i].reason)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", names[i].word);
    }

  return g_string_free (text, FALSE);
}

ChMatchReasons
ch_match_reasons_from_string (const char *text)
{
  g_auto(GStrv) words = g_strsplit (text != NULL ? text : "", ",", -1);
  guint reasons = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_strv_contains ((const char * const *)words, names[i].word))
        reasons |= names[i].reason;
    }

  return (ChMatchReasons)reasons;
}

/**
 * ch_match_reasons_dup_phrase:
 *
 * Returns: (transfer full): what agrees and what does not, for people
 */
char *
ch_match_reasons_dup_phrase (ChMatchReasons reasons)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      /* translators: between two reasons, as in "same legal name, same address" */
      if (reasons & names[i].reason)
        g_string_append_printf (text, "%s%s", text->len > 0 ? _(", ") : "", _(names[i].phrase));
    }

  return g_string_free (text, FALSE);
}

void
ch_match_free (ChMatch *self)
{
  if (self == NULL)
    return;

  g_free (self->vendor_name);
  g_free (self->reason);
  g_free (self);
}
