#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-acord25.h"

#include "ch-acord-columns.h"
#include "ch-acord25-private.h"
#include "ch-value-checks.h"

#include <math.h>
#include <string.h>

/* In letters, the widest gap that is a space between words. */
#define WIDEST_SPACE 1.3
/* Points, on the form as it is usually printed: from the middle of the heading TYPE OF INSURANCE to that of LIMITS, where
 * these are, and the paper, a little longer for the editions that begin higher. */
#define USUAL_DISTANCE 395.0
#define USUAL_LIMITS_X 510.0
#define USUAL_HEAD_Y 294.0
#define USUAL_WIDTH 612.0
#define USUAL_HEIGHT 870.0
/* All makers print the form within this of that size; the second is what can still be told from nonsense. */
#define MOST_STRETCHED 1.13
#define MOST_MAGNIFIED 4.0
/* Points by which values were seen to run over the edge of their place. */
#define MOST_OVERFLOW 120.0

/* Adds where a value stands and how sure it is. */
void
_ch_acord_page_note (ChAcordPage *self,
                     double       confidence,
                     const ChBox *box,
                     const char  *path,
                     ...)
{
  ChBox shown = ch_turn_box (&self->page->to_page, box);
  const double corners[4] = { shown.x0, shown.y0, shown.x1, shown.y1 };
  g_autofree char *full_path = NULL;
  va_list arguments;

  va_start (arguments, path);
  full_path = g_strdup_vprintf (path, arguments);
  va_end (arguments);

  g_ptr_array_add (self->certificate->fields,
                   ch_field_reading_new (full_path, confidence, (int) self->page->number, corners));
}

/**
 * _ch_acord_page_doubt:
 * @doubts: of #ChDoubt
 * @most: the confidence that is left, at most
 *
 * Says why the value that was noted last isn't sure.
 */
void
_ch_acord_page_doubt (ChAcordPage *self,
                      guint        doubts,
                      double       most)
{
  ChFieldReading *field;

  if (doubts == 0)
    return;

  g_return_if_fail (self->certificate->fields->len > 0);

  field = g_ptr_array_index (self->certificate->fields, self->certificate->fields->len - 1);
  field->confidence = MIN (field->confidence, most);
  field->doubts |= doubts;
}

double
_ch_acord_line_confidence (const ChTextLine *line)
{
  const ChWord *word = g_ptr_array_index (line->words, 0);
  double best = word->source == CH_WORD_FROM_FIELD ? CH_SURE_OF_FIELD : CH_SURE_OF_TEXT;

  return MIN (best, ch_text_line_get_confidence (line));
}

/* Returns: that of the least certain line; @box takes all of them in. */
double
_ch_acord_lines_confidence (GPtrArray *lines,
                            ChBox     *box)
{
  double confidence = 1;
  guint i;

  for (i = 0; i < lines->len; i++)
    {
      const ChTextLine *line = g_ptr_array_index (lines, i);

      confidence = MIN (confidence, _ch_acord_line_confidence (line));
      if (i == 0)
        *box = line->box;
      else
        ch_box_unite (box, &line->box);
    }

  return confidence;
}

static gboolean
says_something (const ChWord *word)
{
  const char *at;

  for (at = word->text; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (g_unichar_isalnum (g_utf8_get_char (at)) || *at == '&')
        return TRUE;
    }

  return FALSE;
}

/* Whether a word goes on with what another one began: a value too long for its place is written over its edge. */
static gboolean
continues (const ChWord *before,
           const ChWord *word)
{
  double height = MIN (ch_box_height (&before->box), ch_box_height (&word->box));
  double gap = ch_word_gap (before, word);

  return before->style == word->style && before->source == word->source
         && fabs (ch_box_centre_y (&before->box) - ch_box_centre_y (&word->box)) < height * 0.25
         && gap > -0.4 && gap < WIDEST_SPACE && word->box.x0 > before->box.x0;
}

static gboolean
is_in_region (const ChBox  *region,
              const ChWord *word)
{
  return ch_box_holds (region, ch_box_centre_x (&word->box), ch_box_centre_y (&word->box));
}

/* The words behind the region's right edge that go on with one inside. */
static void
take_overflow (GPtrArray   *inside,
               GPtrArray   *all,
               const ChBox *region)
{
  gboolean grows = TRUE;
  guint i, j;

  while (grows)
    {
      grows = FALSE;
      for (i = 0; i < all->len; i++)
        {
          ChWord *word = g_ptr_array_index (all, i);
          double y = ch_box_centre_y (&word->box);

          if (y < region->y0 || y >= region->y1 || ch_box_centre_x (&word->box) < region->x1
              || word->box.x0 > region->x1 + MOST_OVERFLOW || g_ptr_array_find (inside, word, NULL))
            continue;
          for (j = 0; j < inside->len && !continues (g_ptr_array_index (inside, j), word); j++)
            ;
          if (j == inside->len)
            continue;
          g_ptr_array_add (inside, word);
          grows = TRUE;
        }
    }
}

/* Returns: (transfer container) (element-type ChWord): what somebody filled into a part of the page */
GPtrArray *
_ch_acord_page_filled_in (ChAcordPage *self,
                          const ChBox *region)
{
  g_autoptr (GPtrArray) all = ch_label_finder_get_filled (self->finder);
  GPtrArray *words = g_ptr_array_new ();
  gboolean any = FALSE;
  guint i;

  for (i = 0; i < all->len; i++)
    {
      ChWord *word = g_ptr_array_index (all, i);

      if (strcmp (word->text, ":") == 0 || !is_in_region (region, word))
        continue;
      any = any || says_something (word);
      g_ptr_array_add (words, word);
    }
  if (any)
    take_overflow (words, all, region);
  else
    g_ptr_array_set_size (words, 0);

  return words;
}

/* The heading of a column, among those that stand at one height. */
static const ChBox *
find_heading (GArray  *headings,
              ChColumn column)
{
  guint i;

  for (i = 0; i < headings->len; i++)
    {
      const ChAcordHeading *heading = &g_array_index (headings, ChAcordHeading, i);

      if (heading->column == column)
        return &heading->box;
    }

  return NULL;
}

/* The form's own print tells how large it is: where it is far from its usual size, the page is brought to that, and the
 * table's head to its usual place. */
static gboolean
bring_to_usual_size (ChPageModel   *page,
                     ChLabelFinder *finder)
{
  g_autoptr (GArray) headings = ch_acord_columns_find_headings (finder);
  const ChBox *type = find_heading (headings, CH_COLUMN_TYPE);
  const ChBox *limits = find_heading (headings, CH_COLUMN_LIMITS);
  double factor;

  if (type == NULL || limits == NULL)
    return FALSE;
  factor = USUAL_DISTANCE / (ch_box_centre_x (limits) - ch_box_centre_x (type));
  if (!(factor > 0) || (factor > 1 / MOST_STRETCHED && factor < MOST_STRETCHED) || factor > MOST_MAGNIFIED
      || factor < 1 / MOST_MAGNIFIED)
    return FALSE;

  ch_page_model_magnify (page, factor, USUAL_LIMITS_X - factor * ch_box_centre_x (limits),
                         USUAL_HEAD_Y - factor * ch_box_centre_y (type));
  page->width = USUAL_WIDTH;
  page->height = USUAL_HEIGHT;

  return TRUE;
}

/**
 * ch_acord25_read:
 * @page: a page that shows an ACORD 25; may be magnified
 *
 * Reads the form by its printed labels and ruling lines, wherever they are on the page.
 *
 * Returns: (transfer full) (nullable): the certificate; %NULL where the page has no table of policies to read
 */
ChCertificate *
ch_acord25_read (ChPageModel *page)
{
  g_autoptr (ChLabelFinder) finder = ch_label_finder_new (page);
  g_autoptr (ChCertificate) certificate = ch_certificate_new ();
  ChAcordPage self = { page };

  if (bring_to_usual_size (page, finder))
    {
      ch_label_finder_free (finder);
      finder = ch_label_finder_new (page);
    }
  self.finder = finder;
  self.certificate = certificate;
  if (!ch_acord_grid_find (page, finder, &self.grid))
    return NULL;

  _ch_acord_page_read_amounts (&self);
  _ch_acord_page_read_insurers (&self);
  _ch_acord_page_read_texts (&self);
  _ch_acord_page_read_parties (&self);
  _ch_acord_page_read_policies (&self);
  _ch_acord_page_read_other (&self);
  _ch_acord_page_explain (&self);
  ch_value_checks_apply (certificate);

  ch_acord_cells_free (self.cells);
  g_array_unref (self.amounts);

  return g_steal_pointer (&certificate);
}
