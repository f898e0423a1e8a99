#include "config.h"

#include "older-form.h"

#include <cairo-pdf.h>

#define LEFT 18.0
#define RIGHT 594.0

typedef struct {
  double x;
  double y;
} Box;

static const Put head_2001[] = {
  { 200, 40, "CERTIFICATE OF LIABILITY INSURANCE" },
  { 520, 32, "DATE (MM/DD/YY)" },
  { 21, 60, "PRODUCER" },
  { 310, 62, "THIS CERTIFICATE IS ISSUED AS A MATTER OF INFORMATION" },
  { 310, 72, "ONLY AND CONFERS NO RIGHTS UPON THE CERTIFICATE" },
  { 310, 82, "HOLDER. THIS CERTIFICATE DOES NOT AMEND, EXTEND OR" },
  { 310, 92, "ALTER THE COVERAGE AFFORDED BY THE POLICIES BELOW." },
  { 360, 116, "INSURERS AFFORDING COVERAGE" },
  { 548, 116, "NAIC #" },
  { 21, 122, "INSURED" },
  { 310, 129, "INSURER A:" },
  { 310, 141, "INSURER B:" },
  { 310, 153, "INSURER C:" },
  { 310, 165, "INSURER D:" },
  { 310, 177, "INSURER E:" },
  { 21, 190, "COVERAGES" },
  { 21, 202, "THE POLICIES OF INSURANCE LISTED BELOW HAVE BEEN ISSUED TO THE INSURED. LIMITS SHOWN MAY BE REDUCED." },
  { 20, 222, "INSR" },
  { 21, 230, "LTR" },
  { 38, 222, "ADD'L" },
  { 38, 230, "INSRD" },
  { 90, 230, "TYPE OF INSURANCE" },
  { 215, 230, "POLICY NUMBER" },
  { 308, 222, "POLICY EFFECTIVE" },
  { 308, 230, "DATE (MM/DD/YY)" },
  { 364, 222, "POLICY EXPIRATION" },
  { 366, 230, "DATE (MM/DD/YY)" },
  { 490, 230, "LIMITS" },
  { 62, 242, "GENERAL LIABILITY" },
  { 76, 254, "COMMERCIAL GENERAL LIABILITY" },
  { 90, 266, "CLAIMS MADE" },
  { 152, 266, "OCCUR" },
  { 62, 302, "GEN'L AGGREGATE LIMIT APPLIES PER:" },
  { 76, 314, "POLICY" },
  { 116, 311, "PRO-" },
  { 116, 317, "JECT" },
  { 160, 314, "LOC" },
  { 425, 242, "EACH OCCURRENCE" },
  { 425, 251, "DAMAGE TO RENTED" },
  { 425, 257, "PREMISES (Ea occurence)" },
  { 425, 266, "MED EXP (Any one person)" },
  { 425, 278, "PERSONAL & ADV INJURY" },
  { 425, 290, "GENERAL AGGREGATE" },
  { 425, 302, "PRODUCTS - COMP/OP AGG" },
  { 62, 326, "AUTOMOBILE LIABILITY" },
  { 76, 338, "ANY AUTO" },
  { 76, 350, "ALL OWNED AUTOS" },
  { 76, 362, "SCHEDULED AUTOS" },
  { 76, 374, "HIRED AUTOS" },
  { 76, 386, "NON-OWNED AUTOS" },
  { 425, 329, "COMBINED SINGLE LIMIT" },
  { 425, 335, "(Ea accident)" },
  { 425, 350, "BODILY INJURY" },
  { 425, 356, "(Per person)" },
  { 425, 371, "BODILY INJURY" },
  { 425, 377, "(Per accident)" },
  { 425, 392, "PROPERTY DAMAGE" },
  { 425, 398, "(Per accident)" },
  { 62, 416, "GARAGE LIABILITY" },
  { 76, 428, "ANY AUTO" },
  { 425, 416, "AUTO ONLY - EA ACCIDENT" },
  { 425, 428, "OTHER THAN" },
  { 480, 428, "EA ACC" },
  { 425, 440, "AUTO ONLY:" },
  { 480, 440, "AGG" },
  { 62, 452, "EXCESS/UMBRELLA LIABILITY" },
  { 76, 464, "OCCUR" },
  { 130, 464, "CLAIMS MADE" },
  { 76, 488, "DEDUCTIBLE" },
  { 76, 500, "RETENTION" },
  { 120, 500, "$" },
  { 425, 452, "EACH OCCURRENCE" },
  { 425, 464, "AGGREGATE" },
  { 62, 512, "WORKERS COMPENSATION AND" },
  { 62, 520, "EMPLOYERS' LIABILITY" },
  { 62, 528, "ANY PROPRIETOR/PARTNER/EXECUTIVE" },
  { 62, 536, "OFFICER/MEMBER EXCLUDED?" },
  { 62, 552, "SPECIAL PROVISIONS below" },
  { 440, 509, "WC STATU-" },
  { 440, 515, "TORY LIMITS" },
  { 490, 509, "OTH-" },
  { 490, 515, "ER" },
  { 425, 526, "E.L. EACH ACCIDENT" },
  { 425, 538, "E.L. DISEASE - EA EMPLOYEE" },
  { 425, 550, "E.L. DISEASE - POLICY LIMIT" },
  { 62, 562, "OTHER" },
  { 21,
    598,
    "DESCRIPTION OF OPERATIONS / LOCATIONS / VEHICLES / EXCLUSIONS ADDED BY ENDORSEMENT / SPECIAL PROVISIONS" },
  { 21, 666, "CERTIFICATE HOLDER" },
  { 330, 666, "CANCELLATION" },
  { 310, 682, "SHOULD ANY OF THE ABOVE DESCRIBED POLICIES BE CANCELLED" },
  { 310, 730, "AUTHORIZED REPRESENTATIVE" },
  { 21, 756, "ACORD 25 (2001/08)" },
};

static const double rows_2001[] = { 210, 234, 318, 408, 444, 504, 555, 591, 658, 670, 748 };
static const double columns_2001[] = { 36, 58, 194, 306, 362, 422, 512 };
static const Box boxes_2001[] = {
  { 62, 246 }, { 76, 258 },  { 138, 258 }, { 62, 306 }, { 102, 306 }, { 146, 306 },
  { 62, 330 }, { 62, 342 },  { 62, 354 },  { 62, 366 }, { 62, 378 },  { 62, 420 },
  { 62, 456 }, { 116, 456 }, { 62, 480 },  { 62, 492 }, { 426, 504 }, { 476, 504 },
};

static const Put head_2010[] = {
  { 200, 40, "CERTIFICATE OF LIABILITY INSURANCE" },
  { 518, 32, "DATE (MM/DD/YYYY)" },
  { 30, 60, "THIS CERTIFICATE IS ISSUED TO THE PRODUCER, AND THE CERTIFICATE HOLDER." },
  { 21, 128, "PRODUCER" },
  { 309, 126, "CONTACT" },
  { 309, 132, "NAME:" },
  { 309, 138, "PHONE" },
  { 309, 144, "(A/C, No, Ext):" },
  { 486, 138, "FAX" },
  { 486, 144, "(A/C, No):" },
  { 309, 150, "E-MAIL" },
  { 309, 156, "ADDRESS:" },
  { 369, 167, "INSURER(S) AFFORDING COVERAGE" },
  { 555, 167, "NAIC #" },
  { 309, 179, "INSURER A :" },
  { 309, 191, "INSURER B :" },
  { 309, 203, "INSURER C :" },
  { 309, 215, "INSURER D :" },
  { 309, 227, "INSURER E :" },
  { 309, 239, "INSURER F :" },
  { 21, 188, "INSURED" },
  { 21, 250, "COVERAGES" },
  { 158, 250, "CERTIFICATE NUMBER:" },
  { 424, 250, "REVISION NUMBER:" },
  { 28, 284, "EXCLUSIONS AND CONDITIONS OF SUCH POLICIES. LIMITS SHOWN MAY HAVE BEEN REDUCED BY PAID CLAIMS." },
  { 20, 294, "INSR" },
  { 21, 299, "LTR" },
  { 75, 298, "TYPE OF INSURANCE" },
  { 177, 294, "ADDL" },
  { 177, 299, "INSR" },
  { 195, 294, "SUBR" },
  { 196, 299, "WVD" },
  { 247, 298, "POLICY NUMBER" },
  { 337, 294, "POLICY EFF" },
  { 334, 299, "(MM/DD/YYYY)" },
  { 383, 294, "POLICY EXP" },
  { 380, 299, "(MM/DD/YYYY)" },
  { 499, 298, "LIMITS" },
  { 40, 309, "GENERAL LIABILITY" },
  { 54, 321, "COMMERCIAL GENERAL LIABILITY" },
  { 68, 333, "CLAIMS-MADE" },
  { 133, 333, "OCCUR" },
  { 40, 369, "GEN'L AGGREGATE LIMIT APPLIES PER:" },
  { 54, 381, "POLICY" },
  { 97, 378, "PRO-" },
  { 97, 383, "JECT" },
  { 140, 381, "LOC" },
  { 428, 309, "EACH OCCURRENCE" },
  { 428, 318, "DAMAGE TO RENTED" },
  { 428, 323, "PREMISES (Ea occurrence)" },
  { 428, 333, "MED EXP (Any one person)" },
  { 428, 345, "PERSONAL & ADV INJURY" },
  { 428, 357, "GENERAL AGGREGATE" },
  { 428, 369, "PRODUCTS - COMP/OP AGG" },
  { 40, 393, "AUTOMOBILE LIABILITY" },
  { 54, 405, "ANY AUTO" },
  { 54, 414, "ALL OWNED" },
  { 54, 420, "AUTOS" },
  { 54, 429, "HIRED AUTOS" },
  { 122, 414, "SCHEDULED" },
  { 122, 420, "AUTOS" },
  { 122, 426, "NON-OWNED" },
  { 122, 432, "AUTOS" },
  { 428, 390, "COMBINED SINGLE LIMIT" },
  { 428, 395, "(Ea accident)" },
  { 428, 405, "BODILY INJURY (Per person)" },
  { 428, 417, "BODILY INJURY (Per accident)" },
  { 428, 426, "PROPERTY DAMAGE" },
  { 428, 431, "(Per accident)" },
  { 54, 453, "UMBRELLA LIAB" },
  { 133, 453, "OCCUR" },
  { 54, 465, "EXCESS LIAB" },
  { 133, 465, "CLAIMS-MADE" },
  { 54, 477, "DED" },
  { 90, 477, "RETENTION" },
  { 126, 477, "$" },
  { 428, 453, "EACH OCCURRENCE" },
  { 428, 465, "AGGREGATE" },
  { 40, 486, "WORKERS COMPENSATION" },
  { 40, 492, "AND EMPLOYERS' LIABILITY" },
  { 160, 496, "Y / N" },
  { 40, 501, "ANY PROPRIETOR/PARTNER/EXECUTIVE" },
  { 40, 507, "OFFICER/MEMBER EXCLUDED?" },
  { 40, 520, "If yes, describe under" },
  { 40, 526, "DESCRIPTION OF OPERATIONS below" },
  { 179, 507, "N / A" },
  { 442, 486, "WC STATU-" },
  { 442, 491, "TORY LIMITS" },
  { 493, 486, "OTH-" },
  { 493, 491, "ER" },
  { 428, 501, "E.L. EACH ACCIDENT" },
  { 428, 513, "E.L. DISEASE - EA EMPLOYEE" },
  { 428, 525, "E.L. DISEASE - POLICY LIMIT" },
  { 21, 573, "DESCRIPTION OF OPERATIONS / LOCATIONS / VEHICLES (Attach ACORD 101, Additional Remarks Schedule)" },
  { 21, 658, "CERTIFICATE HOLDER" },
  { 310, 658, "CANCELLATION" },
  { 318, 680, "SHOULD ANY OF THE ABOVE DESCRIBED POLICIES BE CANCELLED" },
  { 309, 714, "AUTHORIZED REPRESENTATIVE" },
  { 21, 764, "ACORD 25 (2010/05)" },
};

static const double rows_2010[] = { 288, 300, 384, 444, 480, 528, 564, 648, 660, 744 };
static const double columns_2010[] = { 36, 176.4, 194.4, 212.4, 331.2, 378, 424.8, 514.8 };
static const Box boxes_2010[] = {
  { 36, 312 },  { 50, 324 }, { 115, 324 }, { 36, 372 },  { 79, 372 },  { 122, 372 }, { 36, 396 },
  { 36, 408 },  { 36, 420 }, { 104, 408 }, { 104, 420 }, { 36, 444 },  { 115, 444 }, { 36, 456 },
  { 115, 456 }, { 36, 468 }, { 72, 468 },  { 158, 498 }, { 425, 480 }, { 475, 480 },
};

static void
put_all (cairo_t    *context,
         const Put  *words,
         guint       n_words,
         const char *font,
         double      size,
         double      dx,
         double      dy)
{
  guint i;

  cairo_select_font_face (context, font, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (context, size);
  for (i = 0; i < n_words; i++)
    {
      cairo_move_to (context, words[i].x + dx, words[i].baseline + dy);
      cairo_show_text (context, words[i].text);
    }
}

static void
draw_lines (cairo_t      *context,
            const double *rows,
            guint         n_rows,
            double        table_top,
            double        table_bottom,
            const double *columns,
            guint         n_columns)
{
  guint i;

  cairo_set_line_width (context, 0.7);
  for (i = 0; i < n_rows; i++)
    {
      cairo_move_to (context, LEFT, rows[i]);
      cairo_line_to (context, RIGHT, rows[i]);
    }
  for (i = 0; i < n_columns; i++)
    {
      cairo_move_to (context, columns[i], table_top);
      cairo_line_to (context, columns[i], table_bottom);
    }
  cairo_stroke (context);
}

static void
draw_boxes (cairo_t   *context,
            const Box *boxes,
            guint      n_boxes)
{
  guint i;

  for (i = 0; i < n_boxes; i++)
    cairo_rectangle (context, boxes[i].x, boxes[i].y, 14.4, 12);
  cairo_stroke (context);
}

void
older_form_draw_2001 (const char *path,
                      const Put  *values,
                      guint       n_values,
                      double      dx,
                      double      dy)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 612, 792);
  cairo_t *context = cairo_create (surface);

  put_all (context, head_2001, G_N_ELEMENTS (head_2001), "Liberation Sans", 5.5, 0, 0);
  draw_lines (context, rows_2001, G_N_ELEMENTS (rows_2001), 210, 591, columns_2001, G_N_ELEMENTS (columns_2001));
  draw_boxes (context, boxes_2001, G_N_ELEMENTS (boxes_2001));
  put_all (context, values, n_values, "Liberation Mono", 8, dx, dy);
  cairo_destroy (context);
  cairo_surface_destroy (surface);
}

static void
draw_blank_2010 (cairo_t *context)
{
  put_all (context, head_2010, G_N_ELEMENTS (head_2010), "Liberation Sans", 5.5, 0, 0);
  draw_lines (context, rows_2010, G_N_ELEMENTS (rows_2010), 288, 564, columns_2010, G_N_ELEMENTS (columns_2010));
  draw_boxes (context, boxes_2010, G_N_ELEMENTS (boxes_2010));
}

void
older_form_draw_2010 (const char *path,
                      const Put  *values,
                      guint       n_values,
                      double      dx,
                      double      dy)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 612, 792);
  cairo_t *context = cairo_create (surface);

  draw_blank_2010 (context);
  put_all (context, values, n_values, "Liberation Sans", 8, dx, dy);
  cairo_destroy (context);
  cairo_surface_destroy (surface);
}

void
older_form_draw_covered (const char  *path,
                         const Put   *first,
                         guint        n_first,
                         const ChBox *covers,
                         guint        n_covers,
                         const Put   *second,
                         guint        n_second)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 612, 792);
  cairo_t *context = cairo_create (surface);
  guint i;

  draw_blank_2010 (context);
  put_all (context, first, n_first, "Liberation Sans", 8, 0, 0);
  cairo_set_source_rgb (context, 1, 1, 1);
  for (i = 0; i < n_covers; i++)
    cairo_rectangle (context, covers[i].x0, covers[i].y0, ch_box_width (&covers[i]), ch_box_height (&covers[i]));
  cairo_fill (context);
  cairo_set_source_rgb (context, 0, 0, 0);
  put_all (context, second, n_second, "Liberation Sans", 8, 0, 0);
  cairo_destroy (context);
  cairo_surface_destroy (surface);
}
