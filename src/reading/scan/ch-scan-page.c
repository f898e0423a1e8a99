#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-scan-page.h"

#include "ch-scan-pieces.h"
#include "ch-scan-rules.h"
#include "ch-scan-sheet.h"
#include "ch-scan-words.h"

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

static void
recognise (ChRecogniser      *recogniser,
           const ChScanSheet *sheet,
           PIX               *without_rules,
           GPtrArray         *pieces,
           GPtrArray         *words)
{
  guint i;

  for (i = 0; i < pieces->len; i++)
    {
      const ChScanPiece *piece = g_ptr_array_index (pieces, i);
      g_autoptr (PIX) cut = ch_scan_piece_cut (piece, without_rules);
      g_autoptr (GArray) signs = ch_recogniser_read_line (recogniser, cut, sheet->scale, CH_EXPECTED_TEXT);

      ch_scan_words_add (sheet, piece, signs, i + 1, words);
    }
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
  g_autoptr (PIX) without_rules = NULL;
  g_autoptr (GPtrArray) pieces = NULL;
  ChPageModel *model;

  if (sheet == NULL)
    return NULL;

  if (ch_scan_sheet_lies_on_side (sheet))
    ch_scan_sheet_turn (sheet, 1);
  ch_scan_sheet_straighten (sheet);
  model = ch_page_model_new (number, ch_scan_sheet_get_width (sheet), ch_scan_sheet_get_height (sheet));
  model->to_page = sheet->to_page;
  model->has_image = TRUE;
  ch_scan_rules_find (sheet, model->rules, &without_rules);
  pieces = ch_scan_pieces_find (sheet, without_rules, model->rules);
  recognise (recogniser, sheet, without_rules, pieces, model->words);
  model->ink = make_ink (sheet);

  return model;
}
