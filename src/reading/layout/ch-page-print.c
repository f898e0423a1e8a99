#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-page-print.h"

#include <string.h>

#define LEAST_LEGIBLE 3

static gboolean
is_one_of (const ChWord      *word,
           const char *const *list)
{
  gsize length = strlen (word->text);

  while (length > 0 && !g_ascii_isalpha (word->text[length - 1]))
    length--;
  for (; *list != NULL; list++)
    {
      if (length == strlen (*list) && g_ascii_strncasecmp (word->text, *list, length) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_words (const ChPageModel *page,
           const char *const *list,
           guint              least)
{
  guint n_found = 0;
  guint i;

  for (i = 0; i < page->words->len && n_found < least; i++)
    n_found += is_one_of (g_ptr_array_index (page->words, i), list);

  return n_found == least;
}

/**
 * ch_page_print_is_legible:
 *
 * A font may not say which letters its shapes are, or say it wrongly: what shows is a page of English, and its text is
 * noise.
 *
 * Returns: whether the words of a full page are ones of its language
 */
gboolean
ch_page_print_is_legible (const ChPageModel *page)
{
  static const char *const words[] = { "the", "of", "and", "to", "or", "in", "is", "a", "for", "by", "date", "policy",
                                       "insurance", "insured", "limits", "number", NULL };

  return has_words (page, words, LEAST_LEGIBLE);
}
