#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-page-reader.h"

#include "ch-pdf-page.h"

#ifdef HAVE_OCR
#include "ch-acord-form.h"
#include "ch-page-print.h"
#include "ch-pdf-page-picture.h"
#include "ch-recogniser.h"
#include "ch-scan-page.h"
#endif

/* A page whose form is an image with a few words typed over it is a scan. */
#define FEWEST_WORDS 120

struct _ChPageReader
{
#ifdef HAVE_OCR
  ChRecogniser *recogniser;   /* (nullable): without tesseract's data */
#else
  char          nothing;
#endif
};

ChPageReader *
ch_page_reader_new (void)
{
  ChPageReader *self = g_new0 (ChPageReader, 1);

#ifdef HAVE_OCR
  g_autoptr (GMappedFile) data = ch_recogniser_map_data ();

  if (data != NULL)
    self->recogniser = ch_recogniser_new (data);
#endif

  return self;
}

void
ch_page_reader_free (ChPageReader *self)
{
  if (self == NULL)
    return;

#ifdef HAVE_OCR
  ch_recogniser_free (self->recogniser);
#endif
  g_free (self);
}

#ifdef HAVE_OCR
static ChPageModel *
recognise (ChPageReader *self,
           PopplerPage  *page)
{
  double scale;
  PIX *picture = ch_pdf_page_picture_draw (page, &scale);

  if (picture == NULL)
    return NULL;

  return ch_scan_page_read (self->recogniser, picture, scale, (guint) poppler_page_get_index (page) + 1);
}

/**
 * ch_page_reader_read_picture:
 * @picture: (transfer full): of a page
 * @scale: pixels a point
 * @number: the page's, from 1
 *
 * Returns: (transfer full) (nullable): everything that is seen on it; %NULL where nothing can be recognised at all
 */
ChPageModel *
ch_page_reader_read_picture (ChPageReader *self,
                             PIX          *picture,
                             double        scale,
                             guint         number)
{
  if (self->recogniser == NULL)
    {
      ch_pix_free (picture);
      return NULL;
    }

  return ch_scan_page_read (self->recogniser, picture, scale, number);
}
#endif

#ifdef HAVE_OCR
static gboolean
shows_form (const ChPageModel *model)
{
  g_autofree char *edition = NULL;

  return ch_acord_form_recognise (model, &edition) != CH_ACORD_NONE;
}

/* A page of a few words, and nothing else that could be some, has been read; one of many has not where these are noise,
 * or were typed over a picture of the form. */
static gboolean
is_read (const ChPageModel *model)
{
  gboolean may_show_more = model->has_image || model->has_drawn_letters;

  if (model->words->len < FEWEST_WORDS)
    return !may_show_more;

  return ch_page_print_is_legible (model) && (!may_show_more || shows_form (model));
}

static gboolean
is_better (const ChPageModel *recognised,
           const ChPageModel *model)
{
  if (model->words->len < FEWEST_WORDS)
    return recognised->words->len > model->words->len;

  return shows_form (recognised) || (!ch_page_print_is_legible (model) && ch_page_print_is_legible (recognised));
}
#endif

/**
 * ch_page_reader_read:
 *
 * Returns: (transfer full): everything that is seen on the page
 */
ChPageModel *
ch_page_reader_read (ChPageReader *self,
                     PopplerPage  *page)
{
  ChPageModel *model = ch_pdf_page_read (page);
#ifdef HAVE_OCR
  ChPageModel *recognised;

  if (self->recogniser == NULL || is_read (model))
    return model;

  recognised = recognise (self, page);
  if (recognised != NULL && is_better (recognised, model))
    {
      ch_page_model_free (model);
      return recognised;
    }
  g_clear_pointer (&recognised, ch_page_model_free);
#endif

  return model;
}
