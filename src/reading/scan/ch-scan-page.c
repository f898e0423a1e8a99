#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-scan-page.h"

#include "ch-acord-grid.h"
#include "ch-keystone.h"
#include "ch-printed-lines.h"
#include "ch-printed-words.h"
#include "ch-scan-pieces.h"
#include "ch-scan-rules.h"
#include "ch-scan-sheet.h"
#include "ch-scan-words.h"
#include "ch-second-look.h"

/* Of the sheet's width: a piece that is wider is a line of prose. */
#define WIDE 0.4
/* Pieces that are looked at to tell which way up the sheet is. The recogniser is never at a loss; it is 0.99 sure of
 * plain text, and 0.96 of the same upside down. */
#define N_SAMPLES 10
#define SURELY_UPRIGHT 0.985
#define CLEARLY_BETTER 0.008

static ChInk *
make_ink (const ChScanSheet *sheet)
{
  guint width = (guint) pixGetWidth (sheet->grey);
  guint height = (guint) pixGetHeight (sheet->grey);
  guint8 *grey = g_malloc ((gsize) width * height);
  guint x, y;

  for (y = 0; y < height; y++)
    {
      l_uint32 *row = pixGetData (sheet->grey) + (gsize) y * (gsize) pixGetWpl (sheet->grey);
      guint8 *to = grey + (gsize) y * width;

      for (x = 0; x < width; x++)
        to[x] = GET_DATA_BYTE (row, x);
    }

  return ch_ink_new (grey, width, height, sheet->scale);
}

/* Makes words of what was recognised, and says which pieces are part of the form. */
static void
build_words (const ChScanSheet *sheet,
             GPtrArray         *pieces,
             GPtrArray         *words)
{
  g_autoptr (GHashTable) printed_runs = g_hash_table_new (NULL, NULL);
  guint i;

  g_ptr_array_set_size (words, 0);
  for (i = 0; i < pieces->len; i++)
    {
      const ChScanPiece *piece = g_ptr_array_index (pieces, i);

      if (piece->signs != NULL)
        ch_scan_words_add (sheet, piece, i + 1, words);
    }
  ch_printed_words_mend (words, printed_runs);
  ch_printed_lines_mend (words, printed_runs);
  for (i = 0; i < pieces->len; i++)
    ((ChScanPiece *) g_ptr_array_index (pieces, i))->printed
        = g_hash_table_contains (printed_runs, GUINT_TO_POINTER (i + 1));
}

static void
recognise_piece (ChRecogniser      *recogniser,
                 const ChScanSheet *sheet,
                 PIX               *without_rules,
                 ChScanPiece       *piece)
{
  g_autoptr (PIX) cut = ch_scan_piece_cut (piece, without_rules);

  piece->signs = ch_recogniser_read_line (recogniser, cut, sheet->scale, CH_EXPECTED_TEXT);
}

/* Where the form speaks for itself, above the producer and above the table, no one filled anything in. The widest lines
 * are there, so that not reading them saves a fifth of the time. */
static void
find_prose (const ChPageModel *model,
            ChBox              prose[2])
{
  g_autoptr (ChLabelFinder) finder = ch_label_finder_new (model);
  ChBox producer, coverages, type;

  prose[0] = prose[1] = (ChBox){ 0, 0, 0, 0 };
  if (!ch_label_finder_find (finder, "TYPE OF INSURANCE", NULL, &type)
      || !ch_label_finder_find (finder, "COVERAGES", NULL, &coverages)
      || !ch_label_finder_find (finder, "PRODUCER", NULL, &producer)
      || !(producer.y0 < coverages.y0 && coverages.y1 < type.y0))
    return;

  prose[0] = (ChBox){ 0, 0, model->width, producer.y0 };
  prose[1] = (ChBox){ 0, coverages.y1, model->width, type.y0 };
}

static gboolean
is_wide (const ChScanSheet *sheet,
         const ChScanPiece *piece)
{
  return piece->box.x1 - piece->box.x0 > WIDE * pixGetWidth (sheet->grey);
}

static gboolean
is_prose (const ChScanSheet *sheet,
          const ChScanPiece *piece,
          const ChBox        prose[2])
{
  double x = (piece->box.x0 + piece->box.x1) / 2.0 / sheet->scale;
  double y = (piece->box.y0 + piece->box.y1) / 2.0 / sheet->scale;

  return ch_box_holds (&prose[0], x, y) || ch_box_holds (&prose[1], x, y);
}

static void
recognise (ChRecogniser      *recogniser,
           const ChScanSheet *sheet,
           PIX               *without_rules,
           GPtrArray         *pieces,
           ChPageModel       *model)
{
  ChBox prose[2];
  guint i;

  for (i = 0; i < pieces->len; i++)
    {
      ChScanPiece *piece = g_ptr_array_index (pieces, i);

      if (piece->signs == NULL && !is_wide (sheet, piece))
        recognise_piece (recogniser, sheet, without_rules, piece);
    }
  build_words (sheet, pieces, model->words);

  find_prose (model, prose);
  for (i = 0; i < pieces->len; i++)
    {
      ChScanPiece *piece = g_ptr_array_index (pieces, i);

      if (piece->signs == NULL && !is_prose (sheet, piece, prose))
        recognise_piece (recogniser, sheet, without_rules, piece);
    }
  build_words (sheet, pieces, model->words);
}

/* How sure the recogniser is of some pieces, held as they are or upside down. */
static double
measure_confidence (ChRecogniser      *recogniser,
                    const ChScanSheet *sheet,
                    PIX               *without_rules,
                    GPtrArray         *pieces,
                    gboolean           upside_down)
{
  double sum = 0;
  guint n_signs = 0;
  guint i, j;

  for (i = 0; i < pieces->len; i++)
    {
      ChScanPiece *piece = g_ptr_array_index (pieces, i);
      g_autoptr (PIX) cut = ch_scan_piece_cut (piece, without_rules);
      g_autoptr (GArray) signs = NULL;

      if (upside_down)
        pixRotate180 (cut, cut);
      signs = ch_recogniser_read_line (recogniser, cut, sheet->scale, CH_EXPECTED_TEXT);
      for (j = 0; j < signs->len; j++)
        sum += g_array_index (signs, ChSign, j).confidence;
      n_signs += signs->len;
      if (!upside_down)
        piece->signs = g_steal_pointer (&signs);
    }

  return n_signs > 0 ? sum / n_signs : 0;
}

static int
compare_by_parts (gconstpointer a,
                  gconstpointer b)
{
  const ChScanPiece *left = *(ChScanPiece *const *) a;
  const ChScanPiece *right = *(ChScanPiece *const *) b;

  return (int) right->parts->len - (int) left->parts->len;
}

/* Whether the sheet was fed or photographed the wrong way round: what is read then makes no sense to the recogniser. */
static gboolean
is_upside_down (ChRecogniser      *recogniser,
                const ChScanSheet *sheet,
                PIX               *without_rules,
                GPtrArray         *pieces)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new ();
  double upright;
  guint i;

  for (i = 0; i < pieces->len; i++)
    {
      if (!is_wide (sheet, g_ptr_array_index (pieces, i)))
        g_ptr_array_add (samples, g_ptr_array_index (pieces, i));
    }
  g_ptr_array_sort (samples, compare_by_parts);
  if (samples->len > N_SAMPLES)
    g_ptr_array_set_size (samples, N_SAMPLES);

  upright = measure_confidence (recogniser, sheet, without_rules, samples, FALSE);
  if (upright >= SURELY_UPRIGHT)
    return FALSE;

  return measure_confidence (recogniser, sheet, without_rules, samples, TRUE) > upright + CLEARLY_BETTER;
}

/* On a certificate what people filled in is looked at again. */
static void
look_again (ChRecogniser      *recogniser,
            const ChScanSheet *sheet,
            PIX               *without_rules,
            GPtrArray         *pieces,
            ChPageModel       *model)
{
  g_autoptr (ChLabelFinder) finder = ch_label_finder_new (model);
  ChAcordGrid grid;

  if (!ch_acord_grid_find (model, finder, &grid))
    return;

  ch_second_look (recogniser, sheet, without_rules, &grid, pieces);
  build_words (sheet, pieces, model->words);
}

/* Makes the sheet upright and straight, and takes it apart into lines and pieces of text. */
static void
take_apart (ChRecogniser *recogniser,
            ChScanSheet  *sheet,
            GArray       *rules,
            PIX         **without_rules,
            GPtrArray   **pieces)
{
  if (ch_scan_sheet_lies_on_side (sheet))
    ch_scan_sheet_turn (sheet, 1);
  ch_scan_sheet_straighten (sheet);
  ch_keystone_correct (sheet);
  ch_scan_rules_find (sheet, rules, without_rules);
  *pieces = ch_scan_pieces_find (sheet, *without_rules, rules);
  if (!is_upside_down (recogniser, sheet, *without_rules, *pieces))
    return;

  g_ptr_array_unref (*pieces);
  pixDestroy (without_rules);
  g_array_set_size (rules, 0);
  ch_scan_sheet_turn (sheet, 2);
  ch_scan_rules_find (sheet, rules, without_rules);
  *pieces = ch_scan_pieces_find (sheet, *without_rules, rules);
}

/**
 * ch_scan_page_read:
 * @picture: (transfer full): the page, of any depth
 * @scale: pixels a point
 * @number: the page's, from 1
 *
 * Returns: (transfer full) (nullable): what is seen on the page; %NULL where the picture is none
 */
ChPageModel *
ch_scan_page_read (ChRecogniser *recogniser,
                   PIX          *picture,
                   double        scale,
                   guint         number)
{
  g_autoptr (ChScanSheet) sheet = ch_scan_sheet_new (picture, scale);
  g_autoptr (GArray) rules = g_array_new (FALSE, FALSE, sizeof (ChRule));
  g_autoptr (PIX) without_rules = NULL;
  g_autoptr (GPtrArray) pieces = NULL;
  ChPageModel *model;

  if (sheet == NULL)
    return NULL;

  take_apart (recogniser, sheet, rules, &without_rules, &pieces);
  model = ch_page_model_new (number, ch_scan_sheet_get_width (sheet), ch_scan_sheet_get_height (sheet));
  model->to_page = sheet->to_page;
  model->has_image = TRUE;
  g_array_append_vals (model->rules, rules->data, rules->len);
  recognise (recogniser, sheet, without_rules, pieces, model);
  look_again (recogniser, sheet, without_rules, pieces, model);
  model->ink = make_ink (sheet);

  return model;
}
