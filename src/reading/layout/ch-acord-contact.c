#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord25-private.h"

#include "ch-acord-columns.h"
#include "ch-block-noise.h"

#include <math.h>
#include <string.h>

/* Points from a label to what may stand beside it. */
#define MOST_DRIFT 7.5
#define MARGIN 12.0

enum { CONTACT_NAME, CONTACT_PHONE, CONTACT_MAIL, N_CONTACT_ROWS };

/* The rows of the block at the right, the insurers' included, are equally high. */
#define FIRST_INSURER_ROW 4

/* A row: its label, and where the value ends. */
typedef struct {
  const char *label;
  const char *second_line;
  double      y;
  double      from;
  double      to;
  gboolean    found;
} ContactRow;

/* A row whose label can't be read, from those that can, and from the insurers below. */
static void
guess_lost_rows (ChAcordPage *self,
                 const ChBox *region,
                 ContactRow   rows[N_CONTACT_ROWS])
{
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  double pitch;
  guint row;

  for (row = 0; row < FIRST_INSURER_ROW + 6; row++)
    {
      char text[] = "INSURER A";
      ChBox label;
      double at;

      text[sizeof text - 2] = (char) ('A' + (int) row - FIRST_INSURER_ROW);
      if (row < N_CONTACT_ROWS && rows[row].found)
        at = rows[row].y;
      else if (row >= FIRST_INSURER_ROW && ch_label_finder_find (self->finder, text, region, &label))
        at = ch_box_centre_y (&label);
      else
        continue;
      n++;
      x += row;
      y += at;
      xx += row * row;
      xy += row * at;
    }
  if (n < 2 || !(rows[CONTACT_NAME].found || rows[CONTACT_PHONE].found || rows[CONTACT_MAIL].found))
    return;

  pitch = (n * xy - x * y) / (n * xx - x * x);
  for (row = 0; row < N_CONTACT_ROWS; row++)
    {
      if (rows[row].found)
        continue;
      rows[row].y = (y - pitch * x) / n + row * pitch;
      rows[row].from = region->x0;
      rows[row].to = self->page->width - MARGIN;
      rows[row].found = TRUE;
    }
}

/* Where a telephone number begins behind words without a digit: those are the label, misread. Of a number that begins
 * the line, 0. */
static gsize
find_phone (const char *text)
{
  gsize n_before = strcspn (text, "0123456789");

  while (n_before > 0 && strchr ("(+", text[n_before - 1]) != NULL)
    n_before--;
  if (n_before == 0 || text[n_before - 1] != ' ' || !ch_block_noise_is_contact (text + n_before))
    return 0;

  return n_before;
}

/* On a copy the label before the number, and that of the fax behind it, may be read as anything. */
static char *
find_phone_in_pixels (const ChTextLine *line,
                      const char       *text)
{
  static GRegex *regex;
  g_autoptr (GMatchInfo) match = NULL;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("(?:\\+?1[-. ])?\\(?\\b\\d{3}\\)?[-. /]*\\d{3}[-. ]\\d{4}\\b(?:\\s*(?:x|ext\\.?)\\s*\\d+)?",
                                            G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));
  if (((const ChWord *) g_ptr_array_index (line->words, 0))->source != CH_WORD_FROM_PIXELS
      || !g_regex_match (regex, text, 0, &match))
    return NULL;

  return g_match_info_fetch (match, 0);
}

/* What has no digit is no number but a label that was misread. */
static gboolean
is_label_in_pixels (const ChTextLine *line,
                    const char       *text)
{
  return ((const ChWord *) g_ptr_array_index (line->words, 0))->source == CH_WORD_FROM_PIXELS
         && strpbrk (text, "0123456789") == NULL;
}

/* The fax number stands behind the telephone's, where its own label can't be read. */
static char *
take_first_phone (const ChTextLine *line)
{
  g_autoptr (GPtrArray) pieces = ch_text_line_get_pieces (line);
  g_autofree char *first = ch_text_line_to_string (g_ptr_array_index (pieces, 0));
  char *phone;

  if (pieces->len == 2 && ch_block_noise_is_contact (first))
    {
      g_autofree char *second = ch_text_line_to_string (g_ptr_array_index (pieces, 1));

      if (ch_block_noise_is_contact (second))
        return g_steal_pointer (&first);
    }

  g_free (first);
  first = ch_text_line_to_string (line);
  phone = find_phone_in_pixels (line, first);
  if (phone == NULL && is_label_in_pixels (line, first))
    return NULL;

  return phone != NULL ? phone : g_strdup (first + find_phone (first));
}

/* An address has no blanks; letters that stand far apart look as if it had. */
static char *
take_email (const ChTextLine *line)
{
  g_autofree char *text = ch_text_line_to_string (line);
  g_autoptr (GRegex) regex = g_regex_new ("\\s*@\\s*", 0, 0, NULL);

  return g_regex_replace_literal (regex, text, -1, 0, "@", 0, NULL);
}

static void
read_contact_rows (ChAcordPage *self,
                   ContactRow   rows[N_CONTACT_ROWS],
                   double       top,
                   double       bottom)
{
  char **targets[N_CONTACT_ROWS] = { &self->certificate->producer_contact, &self->certificate->producer_phone,
                                     &self->certificate->producer_email };
  static const char *const names[N_CONTACT_ROWS] = { "contact", "phone", "email" };
  guint row;

  for (row = 0; row < N_CONTACT_ROWS; row++)
    {
      ChBox region = { rows[row].from, top, rows[row].to, bottom };
      g_autoptr (GPtrArray) words = _ch_acord_page_filled_in (self, &region);
      g_autoptr (GPtrArray) lines = ch_text_lines_group (words);
      const ChTextLine *nearest = NULL;
      double distance = MOST_DRIFT;
      guint i, j;

      for (i = 0; rows[row].found && i < lines->len; i++)
        {
          const ChTextLine *line = g_ptr_array_index (lines, i);
          double y = ch_box_centre_y (&line->box);
          gboolean closer_elsewhere = FALSE;

          for (j = 0; j < N_CONTACT_ROWS; j++)
            closer_elsewhere = closer_elsewhere || (rows[j].found && fabs (rows[j].y - y) < fabs (rows[row].y - y));
          if (!closer_elsewhere && fabs (rows[row].y - y) < distance)
            {
              distance = fabs (rows[row].y - y);
              nearest = line;
            }
        }
      if (nearest == NULL)
        continue;
      *targets[row] = row == CONTACT_PHONE   ? take_first_phone (nearest)
                      : row == CONTACT_MAIL ? take_email (nearest)
                                             : ch_text_line_to_string (nearest);
      if (*targets[row] == NULL)
        continue;
      _ch_acord_page_note (self, _ch_acord_line_confidence (nearest), &nearest->box, "producer.%s", names[row]);
    }
}

/* Either line of a label will do. */
static gboolean
find_label (ChAcordPage      *self,
            const ChBox      *region,
            const ContactRow *row,
            ChBox            *label)
{
  ChBox below;

  if (ch_label_finder_find (self->finder, row->label, region, label))
    {
      below = (ChBox){ label->x0 - 4, label->y0 - 3, label->x1 + 60, label->y1 + 9 };
      if (ch_label_finder_find (self->finder, row->second_line, &below, &below))
        ch_box_unite (label, &below);
    }
  else if (!ch_label_finder_find (self->finder, row->second_line, region, label))
    {
      return FALSE;
    }

  ch_label_finder_claim (self->finder, row->label, label);
  ch_label_finder_claim (self->finder, row->second_line, label);

  return TRUE;
}

/**
 * _ch_acord_page_read_contact:
 * @middle: x at which the block at the right begins
 * @bottom: y at which it ends, the insurers included
 *
 * Reads whom to ask at the producer's.
 */
void
_ch_acord_page_read_contact (ChAcordPage *self,
                             double       middle,
                             double       top,
                             double       bottom)
{
  ContactRow rows[N_CONTACT_ROWS] = { { "CONTACT", "NAME" }, { "PHONE", "AC NO EXT" }, { "E MAIL", "ADDRESS" } };
  ChBox region = { middle, top - 6, self->page->width, bottom };
  ChBox insurers, fax;
  double right = self->page->width - MARGIN;
  guint row;

  if (ch_label_finder_find (self->finder, "INSURERS AFFORDING COVERAGE", &region, &insurers))
    region.y1 = insurers.y0;
  for (row = 0; row < N_CONTACT_ROWS; row++)
    {
      ChBox label;

      if (!find_label (self, &region, &rows[row], &label))
        continue;
      rows[row].y = ch_box_centre_y (&label);
      rows[row].from = label.x0;
      rows[row].to = right;
      rows[row].found = TRUE;
    }
  if (ch_label_finder_find (self->finder, "FAX", &region, &fax))
    {
      rows[CONTACT_PHONE].to = ch_acord_columns_at (self->page, fax.x0 - 20, fax.x0, fax.y0, fax.y1, fax.x0 - 1);
      ch_label_finder_claim (self->finder, "FAX", &fax);
      fax.y1 += 8;
      ch_label_finder_claim (self->finder, "AC NO", &fax);
    }

  ch_label_finder_claim (self->finder, "AC NO", &region);
  guess_lost_rows (self, &(ChBox){ middle, top - 6, self->page->width, bottom }, rows);
  read_contact_rows (self, rows, region.y0, region.y1);
}

