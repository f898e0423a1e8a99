#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord-form.h"

#include "ch-column-lines.h"
#include "ch-label-finder.h"
#include "ch-text-line.h"

#include <stdlib.h>

/* The share of the page's height below which the form's number and edition are printed, and below which they are where
 * the form doesn't fill the paper: there only at the beginning of a line. */
#define FOOTER 0.8
#define FOOTER_OF_SMALL_FORM 0.35
/* The share above which its title is. */
#define HEAD 0.15
/* of the ten labels by which a copy of ACORD 25 is known */
#define FEWEST_LABELS 4

static ChAcordForm
find_number (int number)
{
  switch (number)
    {
    case CH_ACORD_24:
    case CH_ACORD_25:
    case CH_ACORD_27:
    case CH_ACORD_28:
      return number;
    default:
      return CH_ACORD_NONE;
    }
}

static GRegex *
get_footer_regex (void)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("\\bACORD\\s*(\\d{2,3})(?:\\s*-?\\s*[A-Z]{1,2})?"
                                            "\\s*[(1Il|\\[]\\s*(\\d[\\d/Il|. -]{1,8}\\d)\\s*\\)",
                                            G_REGEX_CASELESS | G_REGEX_OPTIMIZE,
                                            0,
                                            NULL));

  return regex;
}

/* The stroke between year and month is thin: copies lose it, and recognisers see another sign in it. */
static GRegex *
get_edition_regex (void)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("^(?:(\\d{1,4})/(\\d{2,4})|((?:19|20)\\d\\d)[1Il|.-]?(0[1-9]|1[0-2])"
                                            "|([1-9]|1[0-2])(9\\d))$",
                                            G_REGEX_OPTIMIZE,
                                            0,
                                            NULL));

  return regex;
}

/* Some print `2016 / 03`. NULL where it is no edition. */
static char *
parse_edition (const char *printed)
{
  g_autoptr (GString) close = g_string_new (printed);
  g_autoptr (GMatchInfo) match = NULL;
  int first;

  g_string_replace (close, " ", "", 0);
  if (!g_regex_match (get_edition_regex (), close->str, 0, &match))
    return NULL;

  for (first = 1; first < g_match_info_get_match_count (match); first += 2)
    {
      g_autofree char *before = g_match_info_fetch (match, first);
      g_autofree char *after = g_match_info_fetch (match, first + 1);

      if (*before != '\0')
        return g_strdup_printf ("%s/%s", before, after);
    }

  return NULL;
}

/* `ACORD 25 (2016/03)`, `ACORD 25-S (7/97)`, at the foot of the page: in a text it is only spoken of. */
static gboolean
read_footer (const ChPageModel *page,
             ChAcordForm       *form,
             char             **edition)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GPtrArray) lines = NULL;
  guint i;

  for (i = 0; i < page->words->len; i++)
    {
      ChWord *word = g_ptr_array_index (page->words, i);

      if (word->box.y0 > page->height * FOOTER_OF_SMALL_FORM && word->source != CH_WORD_FROM_FIELD)
        g_ptr_array_add (words, word);
    }

  lines = ch_text_lines_group (words);
  for (i = lines->len; i > 0; i--)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i - 1);
      g_autofree char *text = ch_text_line_to_string (line);
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *number = NULL;
      g_autofree char *printed = NULL;
      g_autofree char *found = NULL;
      int start;

      if (!g_regex_match (get_footer_regex (), text, 0, &match))
        continue;
      if (line->box.y0 <= page->height * FOOTER && (!g_match_info_fetch_pos (match, 0, &start, NULL) || start > 0))
        continue;
      printed = g_match_info_fetch (match, 2);
      found = parse_edition (printed);
      if (found == NULL)
        continue;
      number = g_match_info_fetch (match, 1);
      *form = find_number (atoi (number));
      if (*form != CH_ACORD_NONE)
        *edition = g_steal_pointer (&found);
      return TRUE;
    }

  return FALSE;
}

/* A copy may leave any of the form's labels illegible, but hardly most of them; together these stand on no other form. */
static gboolean
has_liability_labels (ChLabelFinder *finder)
{
  static const char *const labels[] = {
    "TYPE OF INSURANCE", "POLICY NUMBER", "COMMERCIAL GENERAL LIABILITY", "AUTOMOBILE LIABILITY", "UMBRELLA LIAB",
    "EXCESS LIAB", "PERSONAL ADV INJURY", "GENERAL AGGREGATE", "BODILY INJURY", "EL EACH ACCIDENT",
  };
  guint n_found = 0;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      ChBox box;

      n_found += ch_label_finder_find (finder, labels[i], NULL, &box);
    }

  return n_found >= FEWEST_LABELS;
}

/**
 * ch_acord_form_recognise:
 * @edition: (out) (transfer full) (nullable): as printed, where it is
 *
 * Returns: which of the ACORD forms for certificates the page is; %CH_ACORD_NONE where it is none, or says that it is
 *   another of ACORD's
 */
ChAcordForm
ch_acord_form_recognise (const ChPageModel *page,
                         char             **edition)
{
  static const struct {
    const char *title;
    ChAcordForm form;
  } titles[] = {
    { "CERTIFICATE OF PROPERTY INSURANCE", CH_ACORD_24 },
    { "EVIDENCE OF PROPERTY INSURANCE", CH_ACORD_27 },
    { "EVIDENCE OF COMMERCIAL PROPERTY INSURANCE", CH_ACORD_28 },
  };
  const ChBox head = { 0, 0, page->width, page->height * HEAD };
  g_autoptr (ChLabelFinder) finder = NULL;
  ChAcordForm form;
  ChBox box;
  guint i;

  *edition = NULL;
  if (read_footer (page, &form, edition))
    return form;

  /* Some prints lose their foot. The titles of the property forms are their own; the table of ACORD 25 is that of no
   * other form but ACORD 24. */
  finder = ch_label_finder_new (page);
  for (i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      if (ch_label_finder_find (finder, titles[i].title, &head, &box) && ch_label_finder_is_heading (finder, &box))
        return titles[i].form;
    }
  if (ch_label_finder_find (finder, "TYPE OF INSURANCE", NULL, &box)
      && ch_label_finder_find (finder, "POLICY NUMBER", NULL, &box)
      && (ch_label_finder_find (finder, "CERTIFICATE HOLDER", NULL, &box)
          || ch_label_finder_find (finder, "CANCELLATION", NULL, &box)))
    return CH_ACORD_25;

  if (ch_page_model_is_from_pixels (page)
      && (has_liability_labels (finder) || ch_column_lines_find (page, &(ChColumnLines){ 0 })))
    return CH_ACORD_25;

  return CH_ACORD_NONE;
}
