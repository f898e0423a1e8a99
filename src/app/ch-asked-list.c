#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-asked-list.h"

#include "ch-field-label.h"
#include "ch-format.h"
#include "ch-rule-label.h"

#include <glib/gi18n-lib.h>

/* What is being written, and under which heading. */
typedef struct {
  GPtrArray  *asked;
  const char *stage;    /* (nullable): of a part that holds in one stage only, as a label */
} Writer;

static const struct {
  const char *category;
  const char *label;
} stages[] = {
  { "bidding", N_("bidding") },
  { "pre_construction", N_("pre-construction") },
  { "course_of_construction", N_("course of construction") },
  { "post_construction", N_("post-construction") },
  { "completed", N_("completed") },
  { "not_awarded", N_("not awarded") },
  { "canceled", N_("canceled") },
};

void
ch_asked_free (ChAsked *self)
{
  if (self == NULL)
    return;

  g_free (self->heading);
  g_free (self->title);
  g_free (self->value);
  g_free (self);
}

/**
 * ch_stage_category_dup_label:
 * @category: Procore's stage category, in whichever way it is written
 *
 * Returns: (transfer full): it, in words
 */
char *
ch_stage_category_dup_label (const char *category)
{
  g_autofree char *folded = g_ascii_strdown (category, -1);

  g_strdelimit (folded, " -", '_');
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      if (g_str_equal (stages[i].category, folded))
        return g_strdup (g_dgettext (GETTEXT_PACKAGE, stages[i].label));
    }

  return g_strdelimit (g_strdup (category), "_", ' ');
}

static void
write_line (Writer     *writer,
            const char *heading,
            const char *title,
            const char *value,
            ChOrigin    origin)
{
  ChAsked *asked = g_new0 (ChAsked, 1);

  if (writer->stage != NULL)
    /* Translators: what is asked in a stage of the project: the stage, and the coverage it is about */
    asked->heading = g_strdup_printf (_("In the stage “%s”: %s"), writer->stage, heading);
  else
    asked->heading = g_strdup (heading);
  asked->title = g_strdup (title);
  asked->value = g_strdup (value);
  asked->origin = origin;
  g_ptr_array_add (writer->asked, asked);
}

static const char *
get_evidence_label (ChEvidence evidence)
{
  switch (evidence)
    {
    case CH_EVIDENCE_BOX:
      return _("a mark in the box will do");
    case CH_EVIDENCE_DESCRIPTION:
      return _("in the description of operations, or by endorsement");
    case CH_EVIDENCE_FORM:
      return _("the endorsement itself");
    case CH_EVIDENCE_NONE:
    default:
      return _("not asked");
    }
}

static const char *
get_basis_label (ChBasis basis)
{
  return basis == CH_BASIS_CLAIMS_MADE ? _("claims-made") : _("occurrence");
}

static const char *
get_aggregate_label (ChAggregatePer per)
{
  switch (per)
    {
    case CH_AGGREGATE_PER_PROJECT:
      return _("each project");
    case CH_AGGREGATE_PER_LOCATION:
      return _("each location");
    case CH_AGGREGATE_PER_POLICY:
    case CH_AGGREGATE_PER_ABSENT:
    default:
      return _("the policy");
    }
}

static void
append_either (GString    *text,
               const char *choice)
{
  if (text->len > 0)
    /* Translators: between two things of which either will do */
    g_string_append (text, _(" or "));
  g_string_append (text, choice);
}

static char *
dup_autos_label (int autos)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (autos & CH_AUTOS_ASK_ANY)
    append_either (text, _("any auto"));
  if (autos & CH_AUTOS_ASK_OWNED_HIRED_NON_OWNED)
    append_either (text, _("owned, hired and non-owned autos"));
  if (autos & CH_AUTOS_ASK_HIRED_NON_OWNED)
    append_either (text, _("hired and non-owned autos"));

  return g_strdup (text->str);
}

/* What the members of a coverage are called, in the order in which they are told. */
static const struct {
  ChCoverageAsk  ask;
  const char    *title;
} coverage_asks[] = {
  { CH_COVERAGE_ASK_STATUTORY, N_("Statutory limits") },
  { CH_COVERAGE_ASK_MINIMUM, N_("Limits") },
  { CH_COVERAGE_ASK_BASIS, N_("Written on the basis of") },
  { CH_COVERAGE_ASK_AGGREGATE_PER, N_("General aggregate applies to") },
  { CH_COVERAGE_ASK_AUTOS, N_("Insured autos") },
  { CH_COVERAGE_ASK_SCHEDULED_COUNTS_AS_OWNED, N_("Scheduled autos in place of owned ones") },
  { CH_COVERAGE_ASK_ADDITIONAL_INSURED, N_("Additional insured") },
  { CH_COVERAGE_ASK_COMPLETED_OPERATIONS_ADDITIONAL_INSURED, N_("Additional insured for completed operations") },
  { CH_COVERAGE_ASK_PRIMARY_NONCONTRIBUTORY, N_("Primary and non-contributory") },
  { CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION, N_("Waiver of subrogation") },
  { CH_COVERAGE_ASK_ENDORSEMENTS, N_("Endorsements") },
};

static char *
dup_coverage_value (ChCoverageAsk ask,
                    int           value)
{
  switch (ask)
    {
    case CH_COVERAGE_ASK_BASIS:
      return g_strdup (get_basis_label ((ChBasis)value));
    case CH_COVERAGE_ASK_AGGREGATE_PER:
      return g_strdup (get_aggregate_label ((ChAggregatePer)value));
    case CH_COVERAGE_ASK_ADDITIONAL_INSURED:
    case CH_COVERAGE_ASK_COMPLETED_OPERATIONS_ADDITIONAL_INSURED:
    case CH_COVERAGE_ASK_PRIMARY_NONCONTRIBUTORY:
    case CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION:
      return g_strdup (get_evidence_label ((ChEvidence)value));
    case CH_COVERAGE_ASK_AUTOS:
      return dup_autos_label (value);
    case CH_COVERAGE_ASK_STATUTORY:
      return g_strdup (value ? _("asked") : _("not asked"));
    case CH_COVERAGE_ASK_SCHEDULED_COUNTS_AS_OWNED:
      return g_strdup (value ? _("will do") : _("will not do"));
    case CH_COVERAGE_ASK_MINIMUM:
    case CH_COVERAGE_ASK_ENDORSEMENTS:
    default:
      return g_strdup ("");
    }
}

static void
write_limits (Writer                      *writer,
              const char                  *heading,
              const ChCoverageRequirement *coverage)
{
  for (int i = 0; i < CH_N_LIMITS; i++)
    {
      g_autofree char *money = NULL;
      g_autofree char *value = NULL;

      if (coverage->minimum[i] == CH_MONEY_ABSENT)
        continue;
      money = ch_format_money (coverage->minimum[i]);
      /* Translators: an amount of money that is asked */
      value = g_strdup_printf (_("at least %s"), money);
      write_line (writer, heading, ch_limit_get_label ((ChLimit)i), value,
                  coverage->origins[CH_COVERAGE_ASK_MINIMUM]);
    }
}

static void
write_endorsements (Writer                      *writer,
                    const char                  *heading,
                    const ChCoverageRequirement *coverage)
{
  for (guint i = 0; i < coverage->endorsements->len; i++)
    {
      g_auto(GStrv) forms = g_strsplit (g_ptr_array_index (coverage->endorsements, i), "|", -1);
      g_autofree char *either = g_strjoinv (_(" or "), forms);

      write_line (writer, heading, _("Endorsement"), either, coverage->origins[CH_COVERAGE_ASK_ENDORSEMENTS]);
    }
}

static void
write_coverage (Writer                      *writer,
                const ChCoverageRequirement *coverage)
{
  g_autofree char *heading = ch_coverage_name_dup_label (coverage->name);
  guint n_before = writer->asked->len;

  if (coverage->is_removed)
    {
      write_line (writer, heading, _("Not asked"), _("whatever more general sets say"), coverage->origin);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (coverage_asks); i++)
    {
      ChCoverageAsk ask = coverage_asks[i].ask;
      const char *title = g_dgettext (GETTEXT_PACKAGE, coverage_asks[i].title);
      g_autofree char *value = NULL;

      if (coverage->members[ask] == CH_MEMBER_ABSENT)
        continue;
      if (coverage->members[ask] == CH_MEMBER_REMOVED)
        {
          write_line (writer, heading, title, _("not asked"), coverage->origins[ask]);
          continue;
        }
      value = dup_coverage_value (ask, coverage->values[ask]);
      if (ask == CH_COVERAGE_ASK_MINIMUM)
        write_limits (writer, heading, coverage);
      else if (ask == CH_COVERAGE_ASK_ENDORSEMENTS)
        write_endorsements (writer, heading, coverage);
      else
        write_line (writer, heading, title, value, coverage->origins[ask]);
    }
  if (writer->asked->len == n_before)
    write_line (writer, heading, _("A policy in force"), _("of whatever limits"), coverage->origin);
}

static char *
dup_list (GPtrArray  *names,
          const char *separator,
          gboolean    are_coverages)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *label = are_coverages ? ch_coverage_name_dup_label (name) : g_strdup (name);

      g_string_append_printf (text, "%s%s", i > 0 ? separator : "", label);
    }

  return g_strdup (text->str);
}

static char *
dup_carrier_value (const ChRequirementSet *set)
{
  g_autoptr(GString) grade = g_string_new (set->minimum_rating);

  if (set->minimum_size != NULL)
    g_string_append_printf (grade, "%s%s", grade->len > 0 ? " " : "", set->minimum_size);

  /* Translators: an AM Best rating, as "A- VII" */
  return g_strdup_printf (_("%s or better"), grade->str);
}

/* What the members of a set beside its coverages and stages are called, in the order in which they are told. */
static const struct {
  ChSetAsk    ask;
  const char *title;
} set_asks[] = {
  { CH_SET_ASK_NAMED_INSURED, N_("Named insured") },
  { CH_SET_ASK_HOLDER, N_("Certificate holder") },
  { CH_SET_ASK_CANCELLATION_NOTICE, N_("Notice of cancellation") },
  { CH_SET_ASK_CARRIER, N_("Carriers’ AM Best rating") },
  { CH_SET_ASK_UMBRELLA_ADDS_TO, N_("Umbrella may fill up") },
  { CH_SET_ASK_WARNING_DAYS, N_("Warning before cover ends") },
};

static char *
dup_set_value (const ChRequirementSet *set,
               ChSetAsk                ask)
{
  switch (ask)
    {
    case CH_SET_ASK_NAMED_INSURED:
      return g_strdup (set->named_insured == CH_NAMED_INSURED_LEGAL ? _("the legal name") : _("the legal or a trade name"));
    case CH_SET_ASK_HOLDER:
      return dup_list (set->holder_names, _(" or "), FALSE);
    case CH_SET_ASK_CANCELLATION_NOTICE:
      return g_strdup (get_evidence_label (set->cancellation_notice));
    case CH_SET_ASK_CARRIER:
      return dup_carrier_value (set);
    case CH_SET_ASK_UMBRELLA_ADDS_TO:
      return set->umbrella_adds_to->len > 0 ? dup_list (set->umbrella_adds_to, ", ", TRUE) : g_strdup (_("nothing"));
    case CH_SET_ASK_WARNING_DAYS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day", "%d days", (gulong)set->warning_days),
                              set->warning_days);
    case CH_SET_ASK_COVERAGES:
    case CH_SET_ASK_STAGES:
    default:
      return g_strdup ("");
    }
}

static void
write_members (Writer                 *writer,
               const ChRequirementSet *set)
{
  if (set->members[CH_SET_ASK_COVERAGES] == CH_MEMBER_REMOVED)
    write_line (writer, _("Coverages"), _("None"), _("whatever more general sets say"),
                set->origins[CH_SET_ASK_COVERAGES]);
  for (guint i = 0; i < set->coverages->len; i++)
    write_coverage (writer, g_ptr_array_index (set->coverages, i));

  for (guint i = 0; i < G_N_ELEMENTS (set_asks); i++)
    {
      ChSetAsk ask = set_asks[i].ask;
      g_autofree char *value = NULL;

      if (set->members[ask] == CH_MEMBER_ABSENT)
        continue;
      value = set->members[ask] == CH_MEMBER_SET ? dup_set_value (set, ask) : g_strdup (_("not asked"));
      write_line (writer, _("All of them"), g_dgettext (GETTEXT_PACKAGE, set_asks[i].title), value,
                  set->origins[ask]);
    }
}

/**
 * ch_asked_list:
 * @set: a requirement set, or several merged into one
 *
 * Returns: (transfer full) (element-type ChAsked): all that it asks, coverage by coverage, and what it asks in stages
 */
GPtrArray *
ch_asked_list (const ChRequirementSet *set)
{
  Writer writer = { .asked = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_asked_free) };

  write_members (&writer, set);
  for (guint i = 0; i < set->stages->len; i++)
    {
      const ChStageRequirement *stage = g_ptr_array_index (set->stages, i);
      g_autofree char *label = ch_stage_category_dup_label (stage->stage);

      writer.stage = label;
      if (stage->set != NULL)
        write_members (&writer, stage->set);
      else
        write_line (&writer, _("Coverages"), _("As in other stages"), "", set->origins[CH_SET_ASK_STAGES]);
      writer.stage = NULL;
    }

  return writer.asked;
}
