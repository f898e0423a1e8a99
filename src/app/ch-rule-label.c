#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-rule-label.h"

#include "ch-field-label.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ENDORSEMENT "endorsement:"

/* What stands behind the dot of a rule's id. */
static const struct {
  const char *name;
  const char *label;
} rules[] = {
  { "present", N_("on file") },
  { "in_force", N_("in force") },
  { "gap", N_("without a gap") },
  { "basis", N_("occurrence or claims-made") },
  { "aggregate_per", N_("what the aggregate applies to") },
  { "additional_insured", N_("additional insured") },
  { "completed_operations_additional_insured", N_("additional insured for completed operations") },
  { "waiver_of_subrogation", N_("waiver of subrogation") },
  { "primary_noncontributory", N_("primary and non-contributory") },
  { "statutory", N_("statutory limits") },
  { "autos", N_("which autos are insured") },
  { "carrier_rating", N_("carrier’s rating") },
  { "named_insured", N_("named insured") },
  { "holder", N_("certificate holder") },
  { "cancellation_notice", N_("notice of cancellation") },
};

/**
 * ch_coverage_name_dup_label:
 * @name: a coverage's name in a requirement set
 *
 * Returns: (transfer full): its label; of a coverage beyond ACORD's four its own words
 */
char *
ch_coverage_name_dup_label (const char *name)
{
  ChCoverage coverage;
  g_autofree char *words = NULL;
  gunichar first;

  if (g_str_equal (name, "certificate"))
    return g_strdup (_("Certificate"));
  if (g_str_equal (name, "professional"))
    return g_strdup (_("Professional liability"));
  if (g_str_equal (name, "pollution"))
    return g_strdup (_("Pollution liability"));
  if (ch_coverage_from_string (name, &coverage) && coverage != CH_COVERAGE_OTHER)
    return g_strdup (ch_coverage_get_label (coverage));

  words = g_strdelimit (g_strdup (name), "_", ' ');
  first = g_unichar_toupper (g_utf8_get_char (words));
  if (*words != '\0')
    {
      g_autoptr(GString) text = g_string_new (NULL);

      g_string_append_unichar (text, first);
      g_string_append (text, g_utf8_next_char (words));
      return g_strdup (text->str);
    }

  return g_steal_pointer (&words);
}

static char *
dup_point (const char *name)
{
  ChLimit limit;

  if (g_str_has_prefix (name, ENDORSEMENT))
    {
      g_auto(GStrv) forms = g_strsplit (name + strlen (ENDORSEMENT), "|", -1);
      /* Translators: between two forms of which either will do */
      g_autofree char *either = g_strjoinv (_(" or "), forms);

      return g_strdup_printf (_("endorsement %s"), either);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (g_str_equal (rules[i].name, name))
        return g_strdup (g_dgettext (GETTEXT_PACKAGE, rules[i].label));
    }
  if (ch_limit_from_string (name, &limit))
    return g_strdup (ch_limit_get_label (limit));

  return g_strdelimit (g_strdup (name), "_", ' ');
}

/**
 * ch_rule_dup_label:
 * @rule: (nullable): a rule's id; %NULL is everything
 *
 * Returns: (transfer full): what is asked, in words
 */
char *
ch_rule_dup_label (const char *rule)
{
  const char *dot = rule != NULL ? strchr (rule, '.') : NULL;
  g_autofree char *name = NULL;
  g_autofree char *coverage = NULL;
  g_autofree char *point = NULL;

  if (rule == NULL)
    return g_strdup (_("Everything"));
  if (dot == NULL)
    return g_strdup (rule);

  name = g_strndup (rule, (gsize)(dot - rule));
  coverage = ch_coverage_name_dup_label (name);
  point = dup_point (dot + 1);

  /* Translators: a coverage, and what is asked of it */
  return g_strdup_printf (_("%s: %s"), coverage, point);
}

static char *
dup_scope (const char *scope)
{
  if (g_str_has_prefix (scope, "trade "))
    return g_strdup_printf (_("trade: %s"), scope + strlen ("trade "));
  if (g_str_equal (scope, "company"))
    return g_strdup (_("whole company"));
  if (g_str_equal (scope, "project"))
    return g_strdup (_("this project"));
  if (g_str_equal (scope, "sub"))
    return g_strdup (_("this sub on this project"));
  if (g_str_equal (scope, "commitment"))
    return g_strdup (_("this contract"));

  return g_strdup (scope);
}

/**
 * ch_source_dup_label:
 * @source: a requirement set behind a verdict
 * @is_stage: it is what the set says of the project's stage
 *
 * Returns: (transfer full): which set and version it is, and what brings it here
 */
char *
ch_source_dup_label (const ChRequirementSource *source,
                     gboolean                   is_stage)
{
  g_autoptr(GString) text = g_string_new (source->name != NULL ? source->name : _("Requirement set"));
  g_autofree char *scope = source->scope != NULL ? dup_scope (source->scope) : NULL;

  if (source->version > 0)
    {
      g_string_append (text, ", ");
      g_string_append_printf (text, _("version %d"), source->version);
    }
  if (scope != NULL && is_stage)
    /* Translators: behind the name of a requirement set: where it holds, during the stage that the project is in */
    g_string_append_printf (text, _(" (%s, in this stage)"), scope);
  else if (scope != NULL)
    g_string_append_printf (text, " (%s)", scope);

  return g_strdup (text->str);
}
