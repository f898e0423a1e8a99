#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-set-control.h"

#include "ch-entry-name.h"
#include "ch-field-label.h"
#include "ch-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_DIGITS 13
#define MAX_WARNING_DAYS 365

/* One answer that can be chosen; the first of each list is that nothing is asked. */
typedef struct {
  int         value;
  const char *label;
} Choice;

#define NOT_ASKED -1

static const Choice evidence_choices[] = {
  { NOT_ASKED, N_("Not asked") },
  { CH_EVIDENCE_BOX, N_("A mark in the box will do") },
  { CH_EVIDENCE_DESCRIPTION, N_("In the description of operations, or by endorsement") },
  { CH_EVIDENCE_FORM, N_("The endorsement itself") },
};

/* No box of the form shows these. */
static const Choice wording_choices[] = {
  { NOT_ASKED, N_("Not asked") },
  { CH_EVIDENCE_DESCRIPTION, N_("In the description of operations, or by endorsement") },
  { CH_EVIDENCE_FORM, N_("The endorsement itself") },
};

static const Choice basis_choices[] = {
  { NOT_ASKED, N_("Not asked") },
  { CH_BASIS_OCCURRENCE, N_("Occurrence") },
  { CH_BASIS_CLAIMS_MADE, N_("Claims made") },
};

static const Choice aggregate_choices[] = {
  { NOT_ASKED, N_("Not asked") },
  { CH_AGGREGATE_PER_PROJECT, N_("Each project") },
  { CH_AGGREGATE_PER_LOCATION, N_("Each location") },
  { CH_AGGREGATE_PER_POLICY, N_("The policy") },
};

static const Choice autos_choices[] = {
  { NOT_ASKED, N_("Not asked") },
  { CH_AUTOS_ASK_ANY, N_("Any auto") },
  { CH_AUTOS_ASK_ANY | CH_AUTOS_ASK_OWNED_HIRED_NON_OWNED, N_("Any auto, or owned, hired and non-owned") },
  { CH_AUTOS_ASK_OWNED_HIRED_NON_OWNED, N_("Owned, hired and non-owned") },
  { CH_AUTOS_ASK_HIRED_NON_OWNED, N_("Hired and non-owned") },
};

static const Choice yes_choices[] = {
  { NOT_ASKED, N_("Not asked") },
  { TRUE, N_("Yes") },
};

static const Choice named_insured_choices[] = {
  { NOT_ASKED, N_("Not asked") },
  { CH_NAMED_INSURED_LEGAL, N_("The legal name") },
  { CH_NAMED_INSURED_LEGAL_OR_DBA, N_("The legal or a trade name") },
};

static const struct {
  ChCoverageAsk  ask;
  const char    *title;
  const Choice  *choices;
  guint          n_choices;
} asks[] = {
  { CH_COVERAGE_ASK_STATUTORY, N_("Statutory limits"), yes_choices, G_N_ELEMENTS (yes_choices) },
  { CH_COVERAGE_ASK_BASIS, N_("Written on the basis of"), basis_choices, G_N_ELEMENTS (basis_choices) },
  { CH_COVERAGE_ASK_AGGREGATE_PER, N_("General aggregate applies to"), aggregate_choices,
    G_N_ELEMENTS (aggregate_choices) },
  { CH_COVERAGE_ASK_AUTOS, N_("Insured autos"), autos_choices, G_N_ELEMENTS (autos_choices) },
  { CH_COVERAGE_ASK_SCHEDULED_COUNTS_AS_OWNED, N_("Scheduled autos in place of owned ones will do"), yes_choices,
    G_N_ELEMENTS (yes_choices) },
  { CH_COVERAGE_ASK_ADDITIONAL_INSURED, N_("Additional insured"), evidence_choices, G_N_ELEMENTS (evidence_choices) },
  { CH_COVERAGE_ASK_COMPLETED_OPERATIONS_ADDITIONAL_INSURED, N_("Additional insured for completed operations"),
    wording_choices, G_N_ELEMENTS (wording_choices) },
  { CH_COVERAGE_ASK_PRIMARY_NONCONTRIBUTORY, N_("Primary and non-contributory"), wording_choices,
    G_N_ELEMENTS (wording_choices) },
  { CH_COVERAGE_ASK_WAIVER_OF_SUBROGATION, N_("Waiver of subrogation"), evidence_choices,
    G_N_ELEMENTS (evidence_choices) },
};

typedef enum {
  CONTROL_LIMIT,
  CONTROL_ASK,
  CONTROL_ENDORSEMENTS,
  CONTROL_MEMBER,
} ControlKind;

struct _ChSetControl {
  ControlKind    kind;
  char          *coverage;      /* (nullable): its name; NULL for a member of the set */
  int            what;          /* a ChLimit, ChCoverageAsk or ChSetAsk */
  const Choice  *choices;       /* (nullable): NULL where something is typed */
  guint          n_choices;
  GtkWidget     *row;           /* (owned) */
  guint          was_selected;
  char          *was_typed;     /* (nullable) */
};

ChCoverageRequirement *
ch_set_find_coverage (const ChRequirementSet *set,
                      const char             *name)
{
  for (guint i = 0; i < set->coverages->len; i++)
    {
      ChCoverageRequirement *coverage = g_ptr_array_index (set->coverages, i);

      if (g_str_equal (coverage->name, name))
        return coverage;
    }

  return NULL;
}

void
ch_set_control_free (ChSetControl *self)
{
  g_clear_object (&self->row);
  g_free (self->coverage);
  g_free (self->was_typed);
  g_free (self);
}

static ChSetControl *
control_new (ControlKind  kind,
             const char  *coverage,
             int          what)
{
  ChSetControl *self = g_new0 (ChSetControl, 1);

  self->kind = kind;
  self->coverage = g_strdup (coverage);
  self->what = what;

  return self;
}

static void
make_entry (ChSetControl *self,
            const char   *title,
            const char   *text)
{
  self->row = g_object_ref_sink (adw_entry_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), title);
  gtk_editable_set_text (GTK_EDITABLE (self->row), text);
  ch_entry_set_name (self->row, title);
  self->was_typed = g_strdup (text);
}

/* value: what the set says; an answer that is none of the choices becomes a further one, "As it is" */
static void
make_combo (ChSetControl *self,
            const char   *title,
            const Choice *choices,
            guint         n_choices,
            int           value)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);

  self->choices = choices;
  self->n_choices = n_choices;
  self->was_selected = n_choices;
  for (guint i = 0; i < n_choices; i++)
    {
      gtk_string_list_append (labels, g_dgettext (GETTEXT_PACKAGE, choices[i].label));
      if (choices[i].value == value)
        self->was_selected = i;
    }
  if (self->was_selected == n_choices)
    gtk_string_list_append (labels, _("As it is"));

  self->row = g_object_ref_sink (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), title);
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self->row), TRUE);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->row), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), self->was_selected);
}

ChSetControl *
ch_set_control_new_limit (const char                  *name,
                          const ChCoverageRequirement *coverage,
                          ChLimit                      limit)
{
  ChSetControl *self = control_new (CONTROL_LIMIT, name, (int)limit);
  gint64 amount = coverage != NULL ? coverage->minimum[limit] : CH_MONEY_ABSENT;
  g_autofree char *text = amount != CH_MONEY_ABSENT ? ch_format_money (amount) : g_strdup ("");
  /* Translators: a limit, before an amount that is typed */
  g_autofree char *title = g_strdup_printf (_("%s, at least"), ch_limit_get_label (limit));

  make_entry (self, title, text);

  return self;
}

ChSetControl *
ch_set_control_new_ask (const char                  *name,
                        const ChCoverageRequirement *coverage,
                        ChCoverageAsk                ask)
{
  ChSetControl *self = control_new (CONTROL_ASK, name, (int)ask);
  gboolean is_set = coverage != NULL && coverage->members[ask] == CH_MEMBER_SET;
  gboolean is_yes = ask == CH_COVERAGE_ASK_STATUTORY || ask == CH_COVERAGE_ASK_SCHEDULED_COUNTS_AS_OWNED;
  int value = is_set ? coverage->values[ask] : NOT_ASKED;

  /* what is expressly not asked is not asked */
  if (is_yes && value == FALSE)
    value = NOT_ASKED;
  for (guint i = 0; i < G_N_ELEMENTS (asks); i++)
    {
      if (asks[i].ask == ask)
        make_combo (self, g_dgettext (GETTEXT_PACKAGE, asks[i].title), asks[i].choices, asks[i].n_choices, value);
    }

  return self;
}

static char *
join (GPtrArray  *texts,
      const char *separator)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; texts != NULL && i < texts->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? separator : "", (const char *)g_ptr_array_index (texts, i));

  return g_strdup (text->str);
}

/* Replaces @texts by the parts of what is typed. */
static void
split (GPtrArray  *texts,
       const char *typed,
       const char *separator)
{
  g_auto(GStrv) parts = g_strsplit (typed, separator, -1);

  g_ptr_array_set_size (texts, 0);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*g_strstrip (parts[i]) != '\0')
        g_ptr_array_add (texts, g_strdup (parts[i]));
    }
}

ChSetControl *
ch_set_control_new_endorsements (const char                  *name,
                                 const ChCoverageRequirement *coverage)
{
  ChSetControl *self = control_new (CONTROL_ENDORSEMENTS, name, 0);
  g_autofree char *text = join (coverage != NULL ? coverage->endorsements : NULL, ", ");

  make_entry (self, _("Endorsements (with commas between; CG 20 10|CG 20 38 is either)"), text);

  return self;
}

static char *
dup_member_text (const ChRequirementSet *set,
                 ChSetAsk                ask)
{
  if (set->members[ask] != CH_MEMBER_SET)
    return g_strdup ("");

  switch (ask)
    {
    case CH_SET_ASK_WARNING_DAYS:
      return g_strdup_printf ("%d", set->warning_days);
    case CH_SET_ASK_HOLDER:
      return join (set->holder_names, "; ");
    case CH_SET_ASK_CARRIER:
      return g_strdup_printf ("%s%s%s", set->minimum_rating != NULL ? set->minimum_rating : "",
                              set->minimum_rating != NULL && set->minimum_size != NULL ? " " : "",
                              set->minimum_size != NULL ? set->minimum_size : "");
    case CH_SET_ASK_UMBRELLA_ADDS_TO:
    case CH_SET_ASK_COVERAGES:
    case CH_SET_ASK_NAMED_INSURED:
    case CH_SET_ASK_CANCELLATION_NOTICE:
    case CH_SET_ASK_STAGES:
    default:
      return g_strdup ("");
    }
}

ChSetControl *
ch_set_control_new_member (const ChRequirementSet *set,
                           ChSetAsk                ask)
{
  ChSetControl *self = control_new (CONTROL_MEMBER, NULL, (int)ask);
  g_autofree char *text = dup_member_text (set, ask);
  gboolean is_set = set->members[ask] == CH_MEMBER_SET;

  switch (ask)
    {
    case CH_SET_ASK_WARNING_DAYS:
      make_entry (self, _("Days of warning before cover ends"), text);
      break;
    case CH_SET_ASK_HOLDER:
      make_entry (self, _("Certificate holder (with semicolons between names of which any will do)"), text);
      break;
    case CH_SET_ASK_CARRIER:
      make_entry (self, _("AM Best rating at least, as A- VII"), text);
      break;
    case CH_SET_ASK_NAMED_INSURED:
      make_combo (self, _("Named insured"), named_insured_choices, G_N_ELEMENTS (named_insured_choices),
                  is_set ? (int)set->named_insured : NOT_ASKED);
      break;
    case CH_SET_ASK_CANCELLATION_NOTICE:
    default:
      make_combo (self, _("Notice of cancellation"), wording_choices, G_N_ELEMENTS (wording_choices),
                  is_set ? (int)set->cancellation_notice : NOT_ASKED);
      break;
    case CH_SET_ASK_UMBRELLA_ADDS_TO:
    case CH_SET_ASK_COVERAGES:
    case CH_SET_ASK_STAGES:
      g_assert_not_reached ();
    }

  return self;
}

GtkWidget *
ch_set_control_get_row (ChSetControl *self)
{
  return self->row;
}

static const char *
get_typed (ChSetControl *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->row));
}

/* "$1,000,000", "1.000.000", "1 000 000" and "1000000" are the same. Not "1.50" or "1,000.00": what stands between digits
 * parts thousands, or the amount would be a hundred times what was meant. */
static gboolean
parse_amount (const char *typed,
              gint64     *amount)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  g_autoptr(GString) digits = g_string_new (NULL);
  guint n_since = 0;   /* digits since the last mark */
  gboolean has_mark = FALSE;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gboolean is_mark = strchr (",.'", *c) != NULL || g_unichar_isspace (g_utf8_get_char (c));

      if (g_ascii_isdigit (*c))
        {
          g_string_append_c (digits, *c);
          n_since++;
        }
      else if (is_mark && digits->len > 0)
        {
          if (has_mark && n_since != 3)
            return FALSE;
          has_mark = TRUE;
          n_since = 0;
        }
      else if (!is_mark && *c != '$')
        {
          return FALSE;
        }
    }
  *amount = digits->len > 0 ? g_ascii_strtoll (digits->str, NULL, 10) : CH_MONEY_ABSENT;

  return digits->len <= MAX_DIGITS && (!has_mark || n_since == 3);
}

static gboolean
parse_days (const char *text,
            int        *days)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  guint64 value = 0;

  *days = -1;
  if (*stripped == '\0')
    return TRUE;
  if (!g_ascii_string_to_unsigned (stripped, 10, 0, MAX_WARNING_DAYS, &value, NULL))
    return FALSE;
  *days = (int)value;

  return TRUE;
}

gboolean
ch_set_control_is_valid (ChSetControl *self)
{
  gint64 amount;
  int days;

  if (self->kind == CONTROL_LIMIT)
    return parse_amount (get_typed (self), &amount);
  if (self->kind == CONTROL_MEMBER && self->what == CH_SET_ASK_WARNING_DAYS)
    return parse_days (get_typed (self), &days);

  return TRUE;
}

/* An answer, NOT_ASKED for none; FALSE where the user left it as it was. */
static gboolean
get_answer (ChSetControl *self,
            int          *value)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->row));

  if (selected == self->was_selected || selected >= self->n_choices)
    return FALSE;
  *value = self->choices[selected].value;

  return TRUE;
}

static void
apply_limit (ChSetControl          *self,
             ChCoverageRequirement *coverage)
{
  gboolean has_one = FALSE;
  gint64 amount;

  if (g_str_equal (get_typed (self), self->was_typed) || !parse_amount (get_typed (self), &amount))
    return;

  coverage->minimum[self->what] = amount;
  for (int i = 0; i < CH_N_LIMITS; i++)
    has_one = has_one || coverage->minimum[i] != CH_MONEY_ABSENT;
  coverage->members[CH_COVERAGE_ASK_MINIMUM] = has_one ? CH_MEMBER_SET : CH_MEMBER_ABSENT;
}

static void
apply_to_coverage (ChSetControl          *self,
                   ChCoverageRequirement *coverage)
{
  int value;

  if (self->kind == CONTROL_LIMIT)
    {
      apply_limit (self, coverage);
    }
  else if (self->kind == CONTROL_ENDORSEMENTS)
    {
      if (g_str_equal (get_typed (self), self->was_typed))
        return;
      split (coverage->endorsements, get_typed (self), ",");
      coverage->members[CH_COVERAGE_ASK_ENDORSEMENTS] = coverage->endorsements->len > 0 ? CH_MEMBER_SET
                                                                                        : CH_MEMBER_ABSENT;
    }
  else if (get_answer (self, &value))
    {
      coverage->members[self->what] = value != NOT_ASKED ? CH_MEMBER_SET : CH_MEMBER_ABSENT;
      coverage->values[self->what] = value != NOT_ASKED ? value : 0;
    }
}

static void
apply_carrier (ChRequirementSet *set,
               const char       *typed)
{
  g_auto(GStrv) parts = g_strsplit_set (typed, " \t", -1);

  g_clear_pointer (&set->minimum_rating, g_free);
  g_clear_pointer (&set->minimum_size, g_free);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == '\0')
        continue;
      /* the size category is a Roman number */
      if (strspn (parts[i], "IVXivx") == strlen (parts[i]))
        {
          g_free (set->minimum_size);
          set->minimum_size = g_ascii_strup (parts[i], -1);
        }
      else
        {
          g_free (set->minimum_rating);
          set->minimum_rating = g_ascii_strup (parts[i], -1);
        }
    }
  set->members[CH_SET_ASK_CARRIER] = set->minimum_rating != NULL || set->minimum_size != NULL ? CH_MEMBER_SET
                                                                                             : CH_MEMBER_ABSENT;
}

static void
apply_typed_member (ChSetControl     *self,
                    ChRequirementSet *set)
{
  const char *typed = get_typed (self);
  int days;

  if (g_str_equal (typed, self->was_typed))
    return;
  if (self->what == CH_SET_ASK_CARRIER)
    {
      apply_carrier (set, typed);
    }
  else if (self->what == CH_SET_ASK_HOLDER)
    {
      split (set->holder_names, typed, ";");
      set->members[CH_SET_ASK_HOLDER] = set->holder_names->len > 0 ? CH_MEMBER_SET : CH_MEMBER_ABSENT;
    }
  else if (parse_days (typed, &days))
    {
      set->members[CH_SET_ASK_WARNING_DAYS] = days >= 0 ? CH_MEMBER_SET : CH_MEMBER_ABSENT;
      set->warning_days = MAX (days, 0);
    }
}

static void
apply_to_set (ChSetControl     *self,
              ChRequirementSet *set)
{
  int value;

  if (self->choices == NULL)
    {
      apply_typed_member (self, set);
      return;
    }
  if (!get_answer (self, &value))
    return;

  set->members[self->what] = value != NOT_ASKED ? CH_MEMBER_SET : CH_MEMBER_ABSENT;
  if (value != NOT_ASKED && self->what == CH_SET_ASK_NAMED_INSURED)
    set->named_insured = (ChNamedInsured)value;
  else if (value != NOT_ASKED)
    set->cancellation_notice = (ChEvidence)value;
}

/**
 * ch_set_control_apply:
 * @self: a row
 * @set: the set that is edited
 *
 * Puts into the set what the user changed.
 */
void
ch_set_control_apply (ChSetControl     *self,
                      ChRequirementSet *set)
{
  ChCoverageRequirement *coverage;

  if (self->coverage == NULL)
    {
      apply_to_set (self, set);
      return;
    }
  coverage = ch_set_find_coverage (set, self->coverage);
  if (coverage != NULL && !coverage->is_removed)
    apply_to_coverage (self, coverage);
}
