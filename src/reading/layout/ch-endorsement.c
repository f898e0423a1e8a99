#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-endorsement.h"

#include "ch-text-line.h"

#include <string.h>

/* The shares of the page at whose head and foot a form prints its number; in between, forms are only spoken of. */
#define HEAD 0.16
#define FOOT 0.86
/* The share in which a title stands, and how many lines it takes at most. */
#define TITLE 0.3
#define MOST_TITLE_LINES 4
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

static GRegex *
get_number_regex (void)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex,
                       g_regex_new ("\\b(CG|CA|WC|CU|CX|IL|BP|CP|IM|CR|GL|PR|EX|UM)\\s?(\\d\\d)\\s?(\\d\\d)[\\s(]{0,2}(\\d\\d)"
                                    "(?:[\\s/-]?(\\d\\d))?(?!\\d)",
                                    G_REGEX_OPTIMIZE,
                                    0,
                                    NULL));

  return regex;
}

/* ISO and NCCI numbers: two letters, two pairs of digits, and the edition's month and year: `CG 20 10 04 13`. NCCI puts
 * a third pair before the edition: `WC 00 03 13`, edition elsewhere. */
static char *
find_number (const char *text)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GString) number = g_string_new (NULL);
  int i;

  if (!g_regex_match (get_number_regex (), text, 0, &match))
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
  return g_regex_match_simple ("^\\W*THIS ENDORSEMENT (CHANGES|MODIFIES|IS ATTACHED TO|FORMS A PART OF) ", text,
                               G_REGEX_CASELESS, 0);
}

/* What endorsements for others say of themselves, in capitals over their text. */
static gboolean
is_known_title (const char *text)
{
  return g_regex_match_simple ("^[^a-z]*\\b(ADDITIONAL INSURED|WAIVER OF (OUR )?(SUBROGATION|RIGHT|TRANSFER)"
                               "|TRANSFER OF RIGHTS OF RECOVERY|PRIMARY (AND|&|/) NON-?CONTRIBUTORY|PRIMARY INSURANCE"
                               "|NOTICE OF CANCELLATION|DESIGNATED (CONSTRUCTION PROJECT|LOCATION))\\b[^a-z]*$",
                               text, 0, 0);
}

/* A title goes on over several lines until a sentence begins. */
static gboolean
continues_title (const ChTextLine *line,
                 const ChTextLine *next,
                 const char       *text)
{
  gsize i, n_small = 0, n_letters = 0;

  for (i = 0; text[i] != '\0'; i++)
    {
      n_letters += g_ascii_isalpha (text[i]);
      n_small += g_ascii_islower (text[i]);
    }

  return n_letters > 0 && n_small * 4 < n_letters && next->box.y0 - line->box.y1 < 0.9 * ch_box_height (&line->box);
}

static char *
read_title (GPtrArray *lines,
            guint      first,
            ChBox     *box)
{
  const ChTextLine *line = g_ptr_array_index (lines, first);
  g_autofree char *beginning = ch_text_line_to_string (line);
  GString *title = g_string_new (beginning);
  guint i;

  *box = line->box;
  for (i = first + 1; i < lines->len && i < first + MOST_TITLE_LINES; i++)
    {
      const ChTextLine *next = g_ptr_array_index (lines, i);
      g_autofree char *text = ch_text_line_to_string (next);

      if (!continues_title (line, next, text))
        break;
      g_string_append_printf (title, " %s", text);
      ch_box_unite (box, &next->box);
      line = next;
    }

  return g_string_free (title, FALSE);
}

/* Pages of ACORD's own forms behind a certificate are no endorsements, whatever they speak of. */
static gboolean
is_acord_page (GPtrArray *lines)
{
  guint i;

  for (i = lines->len; i > 0 && i + 4 > lines->len; i--)
    {
      g_autofree char *text = ch_text_line_to_string (g_ptr_array_index (lines, i - 1));

      if (g_regex_match_simple ("\\bACORD\\s*\\d{2,3}\\s*(-\\s*S\\s*)?\\(", text, G_REGEX_CASELESS, 0))
        return TRUE;
    }

  return FALSE;
}

/**
 * ch_endorsement_read:
 * @page: a page behind a certificate
 *
 * Adds the endorsement that the page is, by the number and edition that it prints at its head or foot, or else by its
 * title: what stands under the sentence that most endorsements open with, or says in capitals what those do that
 * certificate holders ask for.
 */
void
ch_endorsement_read (const ChPageModel *page,
                     ChCertificate     *certificate)
{
  g_autoptr (GPtrArray) lines = ch_text_lines_group (page->words);
  guint title = 0;
  guint known_title = 0;
  guint i;
  ChBox box;

  if (is_acord_page (lines))
    return;

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
      if (known_title == 0 && y < TITLE && is_known_title (text))
        known_title = i + 1;
    }

  if (title == 0 && known_title > 0)
    title = known_title - 1;
  else if (title == 0)
    return;
  if (title < lines->len)
    {
      char *text = read_title (lines, title, &box);

      add (certificate, text, SURE_OF_TITLE, page, &box);
    }
}
