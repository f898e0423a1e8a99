#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord25-private.h"

#include "ch-block-noise.h"
#include "ch-block-sentence.h"
#include "ch-shown-address.h"
#include "ch-shown-value.h"

#include <math.h>

/* Points from a label to what may stand beside it. */
#define BESIDE 5.0
/* What a name that takes many lines, or goes on to the end of its block, is worth. */
#define MOST_FOR_LONG_NAME 0.9
/* How sure a name or an address is in which a sign was put right, and how sure both are where lines had to be parted
 * between them. */
#define MENDED 0.9
#define PARTED 0.9

static gboolean
is_noise (const char *text,
          gboolean    may_be_code)
{
  return ch_block_noise_is_contact (text) || ch_block_noise_is_remark (text)
         || (may_be_code && ch_block_noise_is_code (text));
}

/* Whether the end of a line, where states and ZIP codes stand, was recognised from pixels. */
static gboolean
ends_in_pixels (const ChTextLine *line)
{
  const ChWord *last = g_ptr_array_index (line->words, line->words->len - 1);

  return last->source == CH_WORD_FROM_PIXELS;
}

/* The words of a line without the parts that are noise. */
static void
take_sense (GPtrArray        *words,
            const ChTextLine *line,
            gboolean          may_be_code)
{
  g_autofree char *whole = ch_text_line_to_string (line);
  g_autoptr (GPtrArray) pieces = ch_text_line_get_pieces (line);
  guint i;

  if (is_noise (whole, may_be_code) || (ends_in_pixels (line) && ch_block_noise_is_mail (whole)))
    return;

  for (i = 0; i < pieces->len; i++)
    {
      const ChTextLine *piece = g_ptr_array_index (pieces, i);
      g_autofree char *text = ch_text_line_to_string (piece);

      if (pieces->len == 1 || !is_noise (text, may_be_code))
        g_ptr_array_extend (words, piece->words, NULL, NULL);
    }
}

/* On a scan the marks that a form prints inside its boxes, to align them, look like a letter or a figure. */
static gboolean
is_stroke (ChAcordPage      *self,
           const ChTextLine *line)
{
  g_autofree char *text = ch_text_line_to_string (line);

  return self->page->ink != NULL && g_utf8_strlen (text, -1) == 1;
}

/* The lines of a name-and-address block, without what agencies print around it. Codes count as such only over the name
 * and beside the label: further down a line of digits may be part of an address. */
static GPtrArray *
find_block (ChAcordPage *self,
            const ChBox *region,
            double       label_y)
{
  g_autoptr (GPtrArray) words = _ch_acord_page_filled_in (self, region);
  g_autoptr (GPtrArray) lines = ch_text_lines_group (words);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  guint i;

  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);

      if (is_stroke (self, line))
        continue;
      take_sense (kept, line, kept->len == 0 || fabs (ch_box_centre_y (&line->box) - label_y) < BESIDE);
    }

  return ch_text_lines_group (kept);
}

static void
take_lines (GPtrArray *lines,
            guint      first,
            guint      n_lines,
            char     **text,
            double    *confidence,
            ChBox     *box)
{
  g_autoptr (GPtrArray) part = g_ptr_array_new ();
  guint i;

  for (i = first; i < first + n_lines; i++)
    g_ptr_array_add (part, g_ptr_array_index (lines, i));
  *text = ch_text_lines_to_string (part, "\n");
  *confidence = part->len > 0 ? _ch_acord_lines_confidence (part, box) : 0;
}

/* Puts right what can't be as it was recognised. Returns: whether anything was changed */
static gboolean
mend_line (const ChTextLine *line,
           char             *text)
{
  gboolean is_mended;

  if (!ends_in_pixels (line))
    return FALSE;

  is_mended = ch_shown_state_mend (text);
  is_mended = ch_shown_care_mend (text) || is_mended;

  return ch_shown_house_mend (text) || is_mended;
}

/* Lines of a sentence go on with the next one, but for those that an address has of their own. */
static char *
join_address (GPtrArray *lines,
              guint      first,
              gboolean   is_sentence,
              gboolean  *is_mended)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean in_street = is_sentence;
  guint i;

  *is_mended = FALSE;
  for (i = first; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);
      g_autofree char *part = ch_text_line_to_string (line);

      *is_mended = mend_line (line, part) || *is_mended;
      if (i > first)
        g_string_append_c (text, in_street && !ch_shown_address_begins (part) ? ' ' : '\n');
      in_street = in_street && !ch_shown_town_ends (part);
      g_string_append (text, part);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static guint
count_name_lines (GPtrArray *lines)
{
  guint n_name = 0;

  while (n_name < lines->len)
    {
      const ChTextLine *line = g_ptr_array_index (lines, n_name);
      g_autofree char *text = ch_text_line_to_string (line);

      mend_line (line, text);
      if (n_name > 0 && ch_shown_address_begins (text))
        break;
      n_name++;
    }

  return n_name;
}

static void
read_address (ChAcordPage *self,
              GPtrArray   *lines,
              guint        first,
              gboolean     is_sentence,
              const char  *path,
              char       **address)
{
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  gboolean is_mended;
  double confidence;
  ChBox box;
  guint i;

  for (i = first; i < lines->len; i++)
    g_ptr_array_add (rest, g_ptr_array_index (lines, i));
  if (rest->len == 0)
    return;

  *address = join_address (lines, first, is_sentence, &is_mended);
  confidence = _ch_acord_lines_confidence (rest, &box);
  _ch_acord_page_note (self, is_mended ? MIN (confidence, MENDED) : confidence, &box, "%s.address", path);
  if (is_sentence)
    _ch_acord_page_doubt (self, CH_DOUBT_SEVERAL_LINES, PARTED);
}

/**
 * _ch_acord_page_read_block:
 * @region: where the block is
 * @label_y: the height of its label: what stands beside that is often a code
 * @path: of the party in the certificate
 * @address: (nullable)
 *
 * Reads a name with its address: the name is what stands before the first line that begins an address.
 */
void
_ch_acord_page_read_block (ChAcordPage *self,
                           const ChBox *region,
                           double       label_y,
                           const char  *path,
                           char       **name,
                           char       **address)
{
  g_autoptr (GPtrArray) lines = find_block (self, region, label_y);
  guint n_name;
  gboolean is_sentence = ch_block_sentence_part (lines, &n_name);
  double confidence;
  ChBox box;

  if (!is_sentence)
    n_name = count_name_lines (lines);

  take_lines (lines, 0, n_name, name, &confidence, &box);
  if (*name != NULL)
    {
      g_strdelimit (*name, "\n", ' ');
      if (self->page->ink != NULL && ch_shown_name_mend (*name))
        confidence = MIN (confidence, MENDED);
      _ch_acord_page_note (self,
                           confidence,
                           &box,
                           "%s.name",
                           path);
      if (is_sentence)
        _ch_acord_page_doubt (self, CH_DOUBT_SEVERAL_LINES, PARTED);
      else if (n_name > 2 || (n_name == lines->len && n_name > 1))
        _ch_acord_page_doubt (self, CH_DOUBT_SEVERAL_LINES, MOST_FOR_LONG_NAME);
    }
  if (address != NULL)
    read_address (self, lines, n_name, is_sentence, path, address);
}
