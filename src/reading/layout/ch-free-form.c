#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-free-form.h"

#include "ch-shown-address.h"
#include "ch-shown-value.h"
#include "ch-text-line.h"

#include <string.h>

/* Nothing tells what stands where on a page that follows no form: a person checks all of it. */
#define SURE 0.6
/* The share of the page above which its title has to be, and the longest line that is one. */
#define TITLE_PART 0.4
#define LONGEST_TITLE 80
/* Points that a value may stand left or right of the label over it. */
#define ALIGNED 30.0
#define MOST_ADDRESS_LINES 4

typedef struct {
  const ChPageModel *page;
  GPtrArray         *lines;        /* (element-type ChTextLine) */
  ChCertificate     *certificate;
  ChPolicy          *policy;       /* (nullable) (unowned): the one that lines speak of */
} FreeForm;

typedef struct {
  const char *pattern;
  int         limit;
} LimitWord;

/* The first that fits: the narrower words come first. */
static const LimitWord limit_words[] = {
  { "general aggregate", CH_LIMIT_GENERAL_AGGREGATE },
  { "products|completed op", CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE },
  { "personal", CH_LIMIT_PERSONAL_ADVERTISING_INJURY },
  { "rented|fire damage|damage to premises", CH_LIMIT_DAMAGE_TO_RENTED_PREMISES },
  { "\\bmed", CH_LIMIT_MEDICAL_EXPENSE },
  { "combined single|\\bcsl\\b", CH_LIMIT_COMBINED_SINGLE_LIMIT },
  { "bodily injury.*person|each person", CH_LIMIT_BODILY_INJURY_PER_PERSON },
  { "bodily injury.*accident", CH_LIMIT_BODILY_INJURY_PER_ACCIDENT },
  { "disease.*(?:policy|limit)", CH_LIMIT_EL_DISEASE_POLICY_LIMIT },
  { "disease|each employee", CH_LIMIT_EL_DISEASE_EACH_EMPLOYEE },
  { "each accident", CH_LIMIT_EL_EACH_ACCIDENT },
  { "property damage", CH_LIMIT_PROPERTY_DAMAGE },
  { "retention|\\bs\\.?i\\.?r\\b|deductible|\\bded\\b", CH_LIMIT_RETENTION },
  { "aggregate|\\bagg\\b", CH_LIMIT_AGGREGATE },
  { "occurrence|each claim|per claim|limit of liability|\\blimit\\b", CH_LIMIT_EACH_OCCURRENCE },
};

static const struct {
  const char *pattern;
  ChCoverage  coverage;
} coverage_words[] = {
  { "general liability", CH_COVERAGE_GENERAL_LIABILITY },
  { "\\bauto(?:mobile)?s?\\b.*liability|business auto|commercial auto", CH_COVERAGE_AUTOMOBILE_LIABILITY },
  { "umbrella|excess liability", CH_COVERAGE_UMBRELLA_EXCESS },
  { "workers?'?s?'? comp|employers'? liability", CH_COVERAGE_WORKERS_COMPENSATION },
  { "(?:professional|pollution|cyber|crime|errors|property|equipment|builders risk)", CH_COVERAGE_OTHER },
};

static gboolean
matches (const char *text,
         const char *pattern)
{
  return g_regex_match_simple (pattern, text, G_REGEX_CASELESS, 0);
}

static char *
find_first (const char *text,
            const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

static void G_GNUC_PRINTF (3, 4)
note (FreeForm    *self,
      const ChBox *box,
      const char  *path,
      ...)
{
  ChBox shown = ch_turn_box (&self->page->to_page, box);
  const double corners[4] = { shown.x0, shown.y0, shown.x1, shown.y1 };
  ChFieldReading *field;
  g_autofree char *full_path = NULL;
  va_list arguments;

  va_start (arguments, path);
  full_path = g_strdup_vprintf (path, arguments);
  va_end (arguments);
  field = ch_field_reading_new (full_path, SURE, (int) self->page->number, corners);
  field->doubts = CH_DOUBT_FOLLOWS_NO_FORM;
  g_ptr_array_add (self->certificate->fields, field);
}

static guint
get_index (FreeForm *self)
{
  return self->certificate->policies->len - 1;
}

static void
begin_policy (FreeForm  *self,
              ChCoverage coverage)
{
  self->policy = ch_policy_new ();
  self->policy->coverage = coverage;
  g_ptr_array_add (self->certificate->policies, self->policy);
}

static gboolean
is_title (const char *text)
{
  return strlen (text) <= LONGEST_TITLE
         && matches (text,
                     "^\\W*(?:(?:certificate|evidence|verification|memorandum|confirmation|proof) of (?:[\\w'&]+ ){0,4}"
                     "(?:insurance|coverage)|insurance (?:certificate|verification))\\W*$");
}

static gboolean
has_title (FreeForm *self)
{
  guint i, j;

  for (i = 0; i < self->lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (self->lines, i);
      g_autoptr (GPtrArray) pieces = ch_text_line_get_pieces (line);

      if (line->box.y0 > self->page->height * TITLE_PART)
        return FALSE;
      for (j = 0; j < pieces->len; j++)
        {
          g_autofree char *text = ch_text_line_to_string (g_ptr_array_index (pieces, j));

          if (is_title (text))
            return TRUE;
        }
    }

  return FALSE;
}

/* What a line says of a coverage begins a policy, unless the current one is still without a coverage of its own. */
static void
take_coverage (FreeForm         *self,
               const ChTextLine *line,
               const char       *text)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (coverage_words); i++)
    {
      g_autofree char *words = NULL;
      g_autofree char *pattern = g_strdup_printf ("((?:\\w+ )?(?:%s)(?: \\w+)?)", coverage_words[i].pattern);

      if (!matches (text, coverage_words[i].pattern))
        continue;
      if (self->policy == NULL || self->policy->coverage != coverage_words[i].coverage
          || coverage_words[i].coverage == CH_COVERAGE_OTHER)
        begin_policy (self, coverage_words[i].coverage);
      words = find_first (text, pattern);
      if (coverage_words[i].coverage == CH_COVERAGE_OTHER && self->policy->coverage_text == NULL && words != NULL)
        {
          self->policy->coverage_text = g_steal_pointer (&words);
          note (self, &line->box, "policies[%u].coverage_text", get_index (self));
        }
      return;
    }
}

static void
take_number (FreeForm         *self,
             const ChTextLine *line,
             const char       *text)
{
  g_autofree char *number
      = find_first (text, "policy\\s*(?:no\\.?|number|num\\.?|#)\\s*[:#]?\\s*"
                          "((?:[A-Z]{1,5} )?(?=\\S*\\d)[A-Z0-9][\\w./-]*(?: (?=\\S*\\d)[\\w./-]+)*)");

  if (number == NULL)
    return;
  if (self->policy == NULL || self->policy->policy_number != NULL)
    begin_policy (self, CH_COVERAGE_OTHER);
  self->policy->policy_number = g_steal_pointer (&number);
  note (self, &line->box, "policies[%u].policy_number", get_index (self));
}

static void
set_date (FreeForm         *self,
          const ChTextLine *line,
          ChDate            date,
          gboolean          is_end)
{
  ChDate *place = is_end ? &self->policy->expiration : &self->policy->effective;

  if (*place != CH_DATE_NONE)
    return;
  *place = date;
  note (self, &line->box, "policies[%u].%s", get_index (self), is_end ? "expiration" : "effective");
}

static gboolean
is_from_pixels (const ChTextLine *line)
{
  return ((const ChWord *) g_ptr_array_index (line->words, 0))->source == CH_WORD_FROM_PIXELS;
}

/* Of a form whose labels a copy has lost the rows of its table are left: a number, and two dates behind it. */
static void
take_row (FreeForm         *self,
          const ChTextLine *line,
          const char       *text,
          gsize             first_date)
{
  g_autofree char *before = g_strndup (text, first_date);
  g_autofree char *number = NULL;

  if (!is_from_pixels (line))
    return;
  number = find_first (before, "(?:^|\\s)((?-i:(?:[A-Z]{2,5}|[A-Z]+(?:-[A-Z]+)+) )?(?=\\S*\\d)[A-Z0-9][\\w./-]{3,}"
                               "(?: (?=\\S*\\d)[\\w./-]+)*)\\s*$");
  if (number == NULL)
    return;

  if (self->policy == NULL || self->policy->policy_number != NULL || self->policy->effective != CH_DATE_NONE)
    begin_policy (self, CH_COVERAGE_OTHER);
  self->policy->policy_number = g_steal_pointer (&number);
  note (self, &line->box, "policies[%u].policy_number", get_index (self));
}

/* Two dates on a line are a term; one is what the words before it say. */
static void
take_dates (FreeForm         *self,
            const ChTextLine *line,
            const char       *text)
{
  ChDate dates[2] = { CH_DATE_NONE, CH_DATE_NONE };
  g_autofree char *before = NULL;
  gsize places[2] = { 0 };
  guint n_dates = 0;
  gsize at = 0;

  while (text[at] != '\0' && n_dates < 2)
    {
      gboolean within = at > 0 && (g_ascii_isalnum (text[at - 1]) || text[at - 1] == '/');
      gsize length = within ? 0 : ch_shown_date_find (text, at, &dates[n_dates]);

      if (length > 0)
        places[n_dates++] = at;
      at += MAX (length, 1);
    }
  if (n_dates == 0)
    return;

  if (matches (text, "\\b(?:date issued|issue date|issued|dated?)\\b") && !matches (text, "effective|expir|period|term")
      && self->certificate->date == CH_DATE_NONE)
    {
      self->certificate->date = dates[0];
      note (self, &line->box, "date");
      return;
    }
  if (n_dates == 2)
    take_row (self, line, text, places[0]);
  if (self->policy == NULL)
    return;
  if (n_dates == 2 && (self->policy->effective != CH_DATE_NONE || self->policy->expiration != CH_DATE_NONE))
    return;
  if (n_dates == 2)
    {
      set_date (self, line, dates[0], FALSE);
      set_date (self, line, dates[1], TRUE);
      return;
    }

  before = g_strndup (text, places[0]);
  if (matches (before, "expir|\\bto\\b|until|\\bend"))
    set_date (self, line, dates[0], TRUE);
  else if (matches (before, "effective|from|inception|begin|start"))
    set_date (self, line, dates[0], FALSE);
}

static int
find_limit (const ChPolicy *policy,
            const char     *words)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (limit_words); i++)
    {
      if (!matches (words, limit_words[i].pattern))
        continue;
      if (limit_words[i].limit == CH_LIMIT_EL_EACH_ACCIDENT && policy->coverage == CH_COVERAGE_AUTOMOBILE_LIABILITY)
        return CH_LIMIT_COMBINED_SINGLE_LIMIT;
      if (limit_words[i].limit == CH_LIMIT_AGGREGATE && policy->coverage == CH_COVERAGE_GENERAL_LIABILITY)
        return CH_LIMIT_GENERAL_AGGREGATE;
      return limit_words[i].limit;
    }

  return -1;
}

/* Amounts with the words before them, or, where the line begins with an amount, behind them. */
static void
take_limits (FreeForm         *self,
             const ChTextLine *line,
             const char       *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\$\\s*(\\d[\\d,]*)(?:\\.\\d\\d)?|\\b(\\d{1,3}(?:,\\d{3})+)\\b", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GRegex) blanks = g_regex_new ("^\\W*$", 0, 0, NULL);
  gboolean label_follows = FALSE;
  int end_before = 0;

  if (self->policy == NULL)
    return;

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *first = g_match_info_fetch (match, 1);
      g_autofree char *second = g_match_info_fetch (match, 2);
      const char *amount = first != NULL && *first != '\0' ? first : second;
      g_autofree char *label = NULL;
      int start, end, limit;
      gint64 dollars;

      g_match_info_fetch_pos (match, 0, &start, &end);
      label = g_strndup (text + end_before, (gsize) (start - end_before));
      if (end_before == 0)
        label_follows = g_regex_match (blanks, label, 0, NULL);
      if (label_follows)
        {
          g_free (label);
          label = g_strdup (text + end);
          if (strpbrk (label, "$") != NULL)
            *strpbrk (label, "$") = '\0';
        }
      end_before = end;
      limit = find_limit (self->policy, label);
      if (limit < 0 || self->policy->limits[limit] != CH_MONEY_ABSENT || !ch_shown_money_parse (amount, &dollars))
        continue;
      self->policy->limits[limit] = dollars;
      note (self, &line->box, "policies[%u].limits.%s", get_index (self), ch_limit_to_string (limit));
    }
}

/* The text behind a label on its line, else the line under it. */
static const ChTextLine *
find_value (FreeForm   *self,
            guint       at,
            const char *pattern,
            char      **value)
{
  const ChTextLine *line = g_ptr_array_index (self->lines, at);
  g_autofree char *text = ch_text_line_to_string (line);
  g_autofree char *behind = g_strdup_printf ("^\\W*(?:%s)\\s*[:#]\\s*(\\S.*)$", pattern);
  g_autofree char *alone = g_strdup_printf ("^\\W*(?:%s)\\W*$", pattern);
  const ChTextLine *below;

  *value = find_first (text, behind);
  if (*value != NULL)
    return line;
  if (!matches (text, alone) || at + 1 >= self->lines->len)
    return NULL;

  below = g_ptr_array_index (self->lines, at + 1);
  if (below->box.x0 > line->box.x1 + ALIGNED || below->box.x1 < line->box.x0 - ALIGNED)
    return NULL;
  *value = ch_text_line_to_string (below);

  return below;
}

/* The lines under a name, up to where something else begins. */
static char *
find_address (FreeForm         *self,
              const ChTextLine *name)
{
  g_autoptr (GString) address = g_string_new (NULL);
  const ChTextLine *last = name;
  guint n_lines = 0;
  guint i;

  for (i = 0; i < self->lines->len && n_lines < MOST_ADDRESS_LINES; i++)
    {
      const ChTextLine *line = g_ptr_array_index (self->lines, i);
      g_autofree char *text = ch_text_line_to_string (line);

      if (line->box.y0 <= last->box.y0)
        continue;
      if (line->box.y0 - last->box.y1 > 1.5 * ch_box_height (&last->box) || strchr (text, ':') != NULL
          || (n_lines == 0 && !ch_shown_address_begins (text)))
        break;
      g_string_append_printf (address, "%s%s", n_lines > 0 ? "\n" : "", text);
      last = line;
      n_lines++;
    }

  return n_lines > 0 ? g_string_free (g_steal_pointer (&address), FALSE) : NULL;
}

static void
take_parties (FreeForm *self,
              guint     at)
{
  const struct {
    const char *pattern;
    const char *path;
    char      **name;
    char      **address;
  } parties[] = {
    { "named insured|insured(?: name)?|name of insured|policyholder", "insured", &self->certificate->insured_name,
      &self->certificate->insured_address },
    { "certificate holder|holder|issued to", "certificate_holder", &self->certificate->holder_name,
      &self->certificate->holder_address },
    { "producer|agent|agency|broker", "producer", &self->certificate->producer_name, NULL },
  };
  g_autofree char *carrier = NULL;
  const ChTextLine *line;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (parties); i++)
    {
      g_autofree char *value = NULL;

      line = *parties[i].name == NULL ? find_value (self, at, parties[i].pattern, &value) : NULL;
      if (line == NULL)
        continue;
      *parties[i].name = g_steal_pointer (&value);
      note (self, &line->box, "%s.name", parties[i].path);
      if (parties[i].address == NULL)
        continue;
      *parties[i].address = find_address (self, line);
      if (*parties[i].address != NULL)
        note (self, &line->box, "%s.address", parties[i].path);
    }

  line = find_value (self, at, "insurer|insurance (?:company|carrier)|carrier|(?:issuing )?company|underwriter", &carrier);
  if (line != NULL && self->certificate->insurers->len < 6)
    {
      char letter[] = { (char) ('A' + (int) self->certificate->insurers->len), '\0' };

      note (self, &line->box, "insurers[%u].name", self->certificate->insurers->len);
      g_ptr_array_add (self->certificate->insurers, ch_insurer_new (letter, carrier, NULL));
    }
}

static gboolean
says_enough (const ChCertificate *certificate)
{
  guint i;

  for (i = 0; i < certificate->policies->len; i++)
    {
      const ChPolicy *policy = g_ptr_array_index (certificate->policies, i);

      if (policy->policy_number != NULL && (policy->effective != CH_DATE_NONE || policy->expiration != CH_DATE_NONE))
        return TRUE;
    }

  return FALSE;
}

/**
 * ch_free_form_read:
 *
 * Reads a page that says itself to be a certificate of insurance and follows no form: carriers, policy numbers, dates
 * and limits, by the words beside them. The insurers get letters in the order in which they are named.
 *
 * Returns: (transfer full) (nullable): the certificate; %NULL where the page is none
 */
ChCertificate *
ch_free_form_read (const ChPageModel *page)
{
  g_autoptr (GPtrArray) lines = ch_text_lines_group (page->words);
  g_autoptr (ChCertificate) certificate = ch_certificate_new ();
  FreeForm self = { page, lines, NULL, NULL };
  guint i;

  self.certificate = certificate;
  if (!has_title (&self))
    return NULL;

  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);
      g_autofree char *text = ch_text_line_to_string (line);

      take_parties (&self, i);
      take_coverage (&self, line, text);
      take_number (&self, line, text);
      take_dates (&self, line, text);
      take_limits (&self, line, text);
    }

  return says_enough (certificate) ? g_steal_pointer (&certificate) : NULL;
}
