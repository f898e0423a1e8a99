#pragma once

#include <glib.h>

#include "ch-box.h"

G_BEGIN_DECLS

typedef enum {
  PDF_FONT_HELVETICA,
  PDF_FONT_HELVETICA_BOLD,
  PDF_FONT_COURIER,
  PDF_FONT_COURIER_BOLD,
  PDF_FONT_TIMES,
  PDF_FONT_DINGBATS,
} PdfFont;

#define PDF_N_FONTS (PDF_FONT_DINGBATS + 1)

/* How text is put on the paper: poppler's modes of PDF's own numbers. */
typedef enum {
  PDF_TEXT_FILLED = 0,
  PDF_TEXT_INVISIBLE = 3,
} PdfTextMode;

/**
 * PdfPen:
 *
 * Writes PDFs as the programs of brokers do and cairo doesn't: text in the runs that are asked for, fields of forms,
 * turned pages. Points from the top left of the page as it is seen.
 */
typedef struct _PdfPen PdfPen;

PdfPen  *pdf_pen_new          (void);
void     pdf_pen_free         (PdfPen      *self);
/* rotate: the page's own /Rotate; askew: a page that lies on its side without saying so, in quarter turns */
void     pdf_pen_begin_page   (PdfPen      *self,
                               double       width,
                               double       height,
                               int          rotate,
                               int          quarter_turns);
/* From here on everything is drawn through this: x' = a x + c y + e, y' = b x + d y + f */
void     pdf_pen_set_matrix   (PdfPen      *self,
                               double       scale,
                               double       degrees,
                               double       dx,
                               double       dy);
void     pdf_pen_set_font     (PdfPen      *self,
                               PdfFont      font,
                               double       size);
void     pdf_pen_set_grey     (PdfPen      *self,
                               double       grey);
void     pdf_pen_set_mode     (PdfPen      *self,
                               PdfTextMode  mode);
double   pdf_pen_get_width    (PdfPen      *self,
                               const char  *text);
void     pdf_pen_text         (PdfPen      *self,
                               double       x,
                               double       baseline,
                               const char  *text);
void     pdf_pen_line         (PdfPen      *self,
                               double       x0,
                               double       y0,
                               double       x1,
                               double       y1,
                               double       width);
void     pdf_pen_frame        (PdfPen      *self,
                               const ChBox *box,
                               double       width);
void     pdf_pen_area         (PdfPen      *self,
                               const ChBox *box);
/* A picture of diagonals, like a scanned cross */
void     pdf_pen_picture      (PdfPen      *self,
                               const ChBox *box);
/* Cuts everything up to the next page to a box */
void     pdf_pen_clip         (PdfPen      *self,
                               const ChBox *box);
void     pdf_pen_field        (PdfPen      *self,
                               const ChBox *box,
                               const char  *value,
                               gboolean     hidden);
void     pdf_pen_button       (PdfPen      *self,
                               const ChBox *box,
                               gboolean     ticked);
/* Text typed over the page with a viewer's tool: an annotation with an appearance of its own and no field */
void     pdf_pen_note         (PdfPen      *self,
                               const ChBox *box,
                               const char  *text);
/* An AcroForm that has no fields, and one that has XFA beside them */
void     pdf_pen_add_form     (PdfPen      *self,
                               gboolean     xfa);
/* The fonts say of every letter that it is another one. */
void     pdf_pen_garble       (PdfPen      *self);
void     pdf_pen_save         (PdfPen      *self,
                               const char  *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfPen, pdf_pen_free)

G_END_DECLS
