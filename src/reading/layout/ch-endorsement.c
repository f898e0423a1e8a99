#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-endorsement.h"

#include "ch-text-line.h"

#include <string.h>

/* The shares of the page at whose head and foot a form prints its number; in between, forms are only spoken of. */
#define HEAD 0.16
#define FOOT 0.86
#define SURE 0.95
#define SURE_OF_TITLE 0.85

static gboolean
is_listed (const ChCertificate *certificate,
           const char          *text)
{
  guint i;

  for (i = 0; i < certificate->endorsements->len; i++)
    {
      if (g_ascii_strcasecmp (g_ptr_array_index (certificate->endorsements, i), text) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
add (ChCertificate     *certificate,
     char              *text,
     double             confidence,
     const ChPageModel *page,
     const ChBox       *box)
{
  ChBox shown = ch_turn_box (&page->to_page, box);
  const double corners[4] = { shown.x0, shown.y0, shown.x1, shown.y1 };
  g_autofree char *owned = text;
  g_autofree char *path = g_strdup_printf ("endorsements[%u]", certificate->endorsements->len);

  if (is_listed (certificate, owned))
    return;

  g_ptr_array_add (certificate->endorsements, g_steal_pointer (&owned));
  g_ptr_array_add (certificate->fields, ch_field_reading_new (path, confidence, (int) page->number, corners));
}

/* ISO and NCCI numbers: two letters, two pairs of digits, and the edition's month and year: `CG 20 10 04 13`. NCCI puts
 * a third pair before the edition: `WC 00 03 13`, edition elsewhere. */
static char *
find_number (const char *text)
{
  g_autoptr (GRegex)
    regex = g_regex_new (
        "\\b(CG|CA|WC|CU|CX|IL|BP|CP|IM|CR|GL|PR|EX|UM)\\s?(\\d\\d)\\s?(\\d\\d)\\s?(\\d\\d)(?:\\s?(\\d\\d))?(?!\\d)",
        0,
        0,
        NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GString) number = g_string_new (NULL);
  int i;

  if (!g_regex_match (regex, text, 0, &match))
    return NULL;
  for (i = 1; i < g_match_info_get_match_count (match); i++)
    {
      g_autofree char *part = g_match_info_fetch (match, i);

      if (*part != '\0')
        g_string_append_printf (number, "%s%s", i > 1 ? " " : "", part);
    }

  return g_string_free (g_steal_pointer (&number), FALSE);
}

static gboolean
announces_title (const char *text)
{
  return g_regex_match_simple ("^\\W*THIS ENDORSEMENT (CHANGES|MODIFIES) (THE|YOUR) POLICY", text, G_REGEX_CASELESS, 0);
}

/**
 * ch_endorsement_read:
 * @page: a page behind a certificate
 *
 * Adds the endorsement that the page is, by the number and edition that it prints at its head or foot, or else by the
 * title under the sentence that every endorsement opens with.
 */
void
ch_endorsement_read (const ChPageModel *page,
                     ChCertificate     *certificate)
{
  g_autoptr (GPtrArray) lines = ch_text_lines_group (page->words);
  guint title = 0;
  guint i;

  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);
      g_autofree char *text = ch_text_line_to_string (line);
      double y = ch_box_centre_y (&line->box) / page->height;
      char *number = y < HEAD || y > FOOT ? find_number (text) : NULL;

      if (number != NULL)
        {
          add (certificate, number, SURE, page, &line->box);
          return;
        }
      if (title == 0 && announces_title (text))
        title = i + 1;
    }

  if (title > 0 && title < lines->len)
    {
      const ChTextLine *line = g_ptr_array_index (lines, title);

      add (certificate, ch_text_line_to_string (line), SURE_OF_TITLE, page, &line->box);
    }
}
