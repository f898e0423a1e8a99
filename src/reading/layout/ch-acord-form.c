#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord-form.h"

#include "ch-label-finder.h"
#include "ch-text-line.h"

#include <stdlib.h>

/* The share of the page's height below which the form's number and edition are printed. */
#define FOOTER 0.8

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

/* `ACORD 25 (2016/03)`, `ACORD 25-S (7/97)`, at the foot of the page: in a text it is only spoken of. */
static ChAcordForm
read_footer (const ChPageModel *page,
             char             **edition)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GRegex)
    regex = g_regex_new ("\\bACORD\\s*(\\d{2})(?:\\s*-?\\s*S)?\\s*\\(\\s*(\\d{1,4}\\s*/\\s*\\d{2,4})\\s*\\)",
                         G_REGEX_CASELESS,
                         0,
                         NULL);
  guint i;

  for (i = 0; i < page->words->len; i++)
    {
      ChWord *word = g_ptr_array_index (page->words, i);

      if (word->box.y0 > page->height * FOOTER && word->source != CH_WORD_FROM_FIELD)
        g_ptr_array_add (words, word);
    }

  lines = ch_text_lines_group (words);
  for (i = 0; i < lines->len; i++)
    {
      g_autofree char *text = ch_text_line_to_string (g_ptr_array_index (lines, i));
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *number = NULL;

      if (!g_regex_match (regex, text, 0, &match))
        continue;
      number = g_match_info_fetch (match, 1);
      if (find_number (atoi (number)) == CH_ACORD_NONE)
        continue;
      *edition = g_match_info_fetch (match, 2);
      return find_number (atoi (number));
    }

  return CH_ACORD_NONE;
}

/**
 * ch_acord_form_recognise:
 * @edition: (out) (transfer full) (nullable): as printed, where it is
 *
 * Returns: which of the ACORD forms for certificates the page is; %CH_ACORD_NONE where it is none
 */
ChAcordForm
ch_acord_form_recognise (const ChPageModel *page,
                         char             **edition)
{
  g_autoptr (ChLabelFinder) finder = NULL;
  ChAcordForm form;
  ChBox box;

  *edition = NULL;
  form = read_footer (page, edition);
  if (form != CH_ACORD_NONE || page->words->len == 0)
    return form;

  /* Some prints lose their foot; the head and the table are those of no other form. */
  finder = ch_label_finder_new (page);
  if (ch_label_finder_find (finder, "TYPE OF INSURANCE", NULL, &box)
      && ch_label_finder_find (finder, "POLICY NUMBER", NULL, &box)
      && ch_label_finder_find (finder, "CERTIFICATE HOLDER", NULL, &box)
      && ch_label_finder_find (finder, "CANCELLATION", NULL, &box))
    return CH_ACORD_25;

  return CH_ACORD_NONE;
}
