#include "config.h"

#include "drawn-sheet.h"

#include <math.h>
#include <string.h>

#define LABEL_SIZE 5.5
#define BOX_WIDTH 14.0
/* From a row's top to the line on which its label stands */
#define BASELINE 8.6

typedef enum { GENERAL, AUTOMOBILE, GARAGE, UMBRELLA, WORKERS, N_BANDS } Band;

/* Editions from this one on, up to that one */
typedef struct {
  DrawnEdition from;
  DrawnEdition to;
} Since;

#define OLD { DRAWN_1997, DRAWN_2001 }
#define Y2010 { DRAWN_2010, DRAWN_2010 }
#define Y2014 { DRAWN_2014, DRAWN_2014 }
#define FROM_2014 { DRAWN_2014, DRAWN_CENTRED }
#define FROM_2016 { DRAWN_2016, DRAWN_CENTRED }
#define MODERN { DRAWN_2010, DRAWN_CENTRED }
#define TO_2014 { DRAWN_2010, DRAWN_2014 }

/* A box with what is printed right of it, one line over the other */
typedef struct {
  Since       since;
  DrawnBox    box;
  Band        band;
  guint       row;
  double      x;
  const char *label;
  const char *second_line;
} BoxPrint;

static const BoxPrint box_prints[] = {
  { OLD, DRAWN_BOX_COMMERCIAL, GENERAL, 1, 62, "COMMERCIAL GENERAL LIABILITY", NULL },
  { OLD, DRAWN_BOX_CLAIMS_MADE, GENERAL, 2, 76, "CLAIMS MADE", NULL },
  { OLD, DRAWN_BOX_OCCUR, GENERAL, 2, 132, "OCCUR", NULL },
  { OLD, DRAWN_BOX_GENERAL_FREE, GENERAL, 3, 62, "", NULL },
  { OLD, DRAWN_BOX_POLICY, GENERAL, 6, 62, "POLICY", NULL },
  { OLD, DRAWN_BOX_PROJECT, GENERAL, 6, 104, "PRO-", "JECT" },
  { OLD, DRAWN_BOX_LOCATION, GENERAL, 6, 146, "LOC", NULL },
  { OLD, DRAWN_BOX_ANY_AUTO, AUTOMOBILE, 1, 62, "ANY AUTO", NULL },
  { OLD, DRAWN_BOX_OWNED, AUTOMOBILE, 2, 62, "ALL OWNED AUTOS", NULL },
  { OLD, DRAWN_BOX_SCHEDULED, AUTOMOBILE, 3, 62, "SCHEDULED AUTOS", NULL },
  { OLD, DRAWN_BOX_HIRED, AUTOMOBILE, 4, 62, "HIRED AUTOS", NULL },
  { OLD, DRAWN_BOX_NON_OWNED, AUTOMOBILE, 5, 62, "NON-OWNED AUTOS", NULL },
  { OLD, DRAWN_BOX_AUTO_FREE, AUTOMOBILE, 6, 62, "", NULL },
  { OLD, DRAWN_BOX_UMBRELLA_OCCUR, UMBRELLA, 1, 62, "OCCUR", NULL },
  { OLD, DRAWN_BOX_UMBRELLA_CLAIMS_MADE, UMBRELLA, 1, 116, "CLAIMS MADE", NULL },
  { OLD, DRAWN_BOX_DEDUCTIBLE, UMBRELLA, 3, 62, "DEDUCTIBLE", NULL },
  { OLD, DRAWN_BOX_RETENTION, UMBRELLA, 4, 62, "RETENTION", NULL },
  { Y2010, DRAWN_BOX_COMMERCIAL, GENERAL, 1, 36, "COMMERCIAL GENERAL LIABILITY", NULL },
  { Y2010, DRAWN_BOX_CLAIMS_MADE, GENERAL, 2, 50, "CLAIMS-MADE", NULL },
  { Y2010, DRAWN_BOX_OCCUR, GENERAL, 2, 115, "OCCUR", NULL },
  { Y2010, DRAWN_BOX_GENERAL_FREE, GENERAL, 3, 36, "", NULL },
  { Y2010, DRAWN_BOX_POLICY, GENERAL, 6, 36, "POLICY", NULL },
  { Y2010, DRAWN_BOX_PROJECT, GENERAL, 6, 79, "PRO-", "JECT" },
  { Y2010, DRAWN_BOX_LOCATION, GENERAL, 6, 122, "LOC", NULL },
  { FROM_2014, DRAWN_BOX_COMMERCIAL, GENERAL, 0, 36, "COMMERCIAL GENERAL LIABILITY", NULL },
  { FROM_2014, DRAWN_BOX_CLAIMS_MADE, GENERAL, 1, 50, "CLAIMS-MADE", NULL },
  { FROM_2014, DRAWN_BOX_OCCUR, GENERAL, 1, 115, "OCCUR", NULL },
  { FROM_2014, DRAWN_BOX_GENERAL_FREE, GENERAL, 2, 36, "", NULL },
  { FROM_2014, DRAWN_BOX_POLICY, GENERAL, 5, 36, "POLICY", NULL },
  { FROM_2014, DRAWN_BOX_PROJECT, GENERAL, 5, 79, "PRO-", "JECT" },
  { FROM_2014, DRAWN_BOX_LOCATION, GENERAL, 5, 122, "LOC", NULL },
  { FROM_2014, DRAWN_BOX_GENERAL_OTHER, GENERAL, 6, 36, "OTHER:", NULL },
  { MODERN, DRAWN_BOX_ANY_AUTO, AUTOMOBILE, 1, 36, "ANY AUTO", NULL },
  { TO_2014, DRAWN_BOX_OWNED, AUTOMOBILE, 2, 36, "ALL OWNED", "AUTOS" },
  { FROM_2016, DRAWN_BOX_OWNED, AUTOMOBILE, 2, 36, "OWNED", "AUTOS ONLY" },
  { MODERN, DRAWN_BOX_SCHEDULED, AUTOMOBILE, 2, 104, "SCHEDULED", "AUTOS" },
  { TO_2014, DRAWN_BOX_HIRED, AUTOMOBILE, 3, 36, "HIRED AUTOS", NULL },
  { FROM_2016, DRAWN_BOX_HIRED, AUTOMOBILE, 3, 36, "HIRED", "AUTOS ONLY" },
  { TO_2014, DRAWN_BOX_NON_OWNED, AUTOMOBILE, 3, 104, "NON-OWNED", "AUTOS" },
  { FROM_2016, DRAWN_BOX_NON_OWNED, AUTOMOBILE, 3, 104, "NON-OWNED", "AUTOS ONLY" },
  { MODERN, DRAWN_BOX_AUTO_FREE, AUTOMOBILE, 4, 36, "", NULL },
  { MODERN, DRAWN_BOX_UMBRELLA, UMBRELLA, 0, 36, "UMBRELLA LIAB", NULL },
  { MODERN, DRAWN_BOX_UMBRELLA_OCCUR, UMBRELLA, 0, 115, "OCCUR", NULL },
  { MODERN, DRAWN_BOX_EXCESS, UMBRELLA, 1, 36, "EXCESS LIAB", NULL },
  { MODERN, DRAWN_BOX_UMBRELLA_CLAIMS_MADE, UMBRELLA, 1, 115, "CLAIMS-MADE", NULL },
  { MODERN, DRAWN_BOX_DEDUCTIBLE, UMBRELLA, 2, 36, "DED", NULL },
  { MODERN, DRAWN_BOX_RETENTION, UMBRELLA, 2, 72, "RETENTION", NULL },
};

/* Other print in the column of boxes */
static const BoxPrint type_prints[] = {
  { OLD, 0, GENERAL, 0, 62, "GENERAL LIABILITY", NULL },
  { OLD, 0, GENERAL, 5, 62, "GEN'L AGGREGATE LIMIT APPLIES PER:", NULL },
  { OLD, 0, AUTOMOBILE, 0, 62, "AUTOMOBILE LIABILITY", NULL },
  { OLD, 0, GARAGE, 0, 62, "GARAGE LIABILITY", NULL },
  { OLD, 0, GARAGE, 1, 76, "ANY AUTO", NULL },
  { { DRAWN_2001, DRAWN_2001 }, 0, UMBRELLA, 0, 62, "EXCESS/UMBRELLA LIABILITY", NULL },
  { { DRAWN_1997, DRAWN_1997 }, 0, UMBRELLA, 0, 62, "EXCESS LIABILITY", NULL },
  { OLD, 0, WORKERS, 0, 62, "WORKERS COMPENSATION AND", NULL },
  { OLD, 0, WORKERS, 1, 62, "EMPLOYERS' LIABILITY", NULL },
  { Y2010, 0, GENERAL, 0, 40, "GENERAL LIABILITY", NULL },
  { Y2010, 0, GENERAL, 5, 40, "GEN'L AGGREGATE LIMIT APPLIES PER:", NULL },
  { FROM_2014, 0, GENERAL, 4, 40, "GEN'L AGGREGATE LIMIT APPLIES PER:", NULL },
  { MODERN, 0, AUTOMOBILE, 0, 40, "AUTOMOBILE LIABILITY", NULL },
  { MODERN, 0, WORKERS, 0, 40, "WORKERS COMPENSATION", NULL },
  { MODERN, 0, WORKERS, 1, 40, "ANY PROPRIETOR/PARTNER/EXECUTIVE", "OFFICER/MEMBER EXCLUDED?" },
  { MODERN, 0, WORKERS, 2, 40, "(Mandatory in NH)", NULL },
  { MODERN, 0, WORKERS, 3, 40, "If yes, describe under", "DESCRIPTION OF OPERATIONS below" },
};

static const BoxPrint limit_prints[] = {
  { { DRAWN_1997, DRAWN_CENTRED }, 0, GENERAL, 0, 428, "EACH OCCURRENCE", NULL },
  { { DRAWN_1997, DRAWN_1997 }, 0, GENERAL, 1, 428, "FIRE DAMAGE (Any one fire)", NULL },
  { { DRAWN_2001, DRAWN_CENTRED }, 0, GENERAL, 1, 428, "DAMAGE TO RENTED", "PREMISES (Ea occurrence)" },
  { { DRAWN_1997, DRAWN_CENTRED }, 0, GENERAL, 2, 428, "MED EXP (Any one person)", NULL },
  { { DRAWN_1997, DRAWN_CENTRED }, 0, GENERAL, 3, 428, "PERSONAL & ADV INJURY", NULL },
  { { DRAWN_1997, DRAWN_CENTRED }, 0, GENERAL, 4, 428, "GENERAL AGGREGATE", NULL },
  { { DRAWN_1997, DRAWN_UNEVEN }, 0, GENERAL, 5, 428, "PRODUCTS - COMP/OP AGG", NULL },
  { { DRAWN_CENTRED, DRAWN_CENTRED }, 0, GENERAL, 5, 428, "PRODUCTS & COMP/OP AGG", NULL },
  { { DRAWN_1997, DRAWN_CENTRED }, 0, AUTOMOBILE, 0, 428, "COMBINED SINGLE LIMIT", "(Ea accident)" },
  { MODERN, 0, AUTOMOBILE, 1, 428, "BODILY INJURY (Per person)", NULL },
  { MODERN, 0, AUTOMOBILE, 2, 428, "BODILY INJURY (Per accident)", NULL },
  { MODERN, 0, AUTOMOBILE, 3, 428, "PROPERTY DAMAGE", "(Per accident)" },
  { OLD, 0, AUTOMOBILE, 2, 428, "BODILY INJURY", "(Per person)" },
  { OLD, 0, AUTOMOBILE, 4, 428, "BODILY INJURY", "(Per accident)" },
  { OLD, 0, AUTOMOBILE, 6, 428, "PROPERTY DAMAGE", "(Per accident)" },
  { OLD, 0, GARAGE, 0, 428, "AUTO ONLY - EA ACCIDENT", NULL },
  { OLD, 0, GARAGE, 1, 428, "OTHER THAN", NULL },
  { OLD, 0, GARAGE, 2, 428, "AUTO ONLY:", NULL },
  { { DRAWN_1997, DRAWN_CENTRED }, 0, UMBRELLA, 0, 428, "EACH OCCURRENCE", NULL },
  { { DRAWN_1997, DRAWN_CENTRED }, 0, UMBRELLA, 1, 428, "AGGREGATE", NULL },
  { { DRAWN_1997, DRAWN_CENTRED }, 0, WORKERS, 1, 428, "E.L. EACH ACCIDENT", NULL },
  { { DRAWN_1997, DRAWN_CENTRED }, 0, WORKERS, 2, 428, "E.L. DISEASE - EA EMPLOYEE", NULL },
  { { DRAWN_1997, DRAWN_CENTRED }, 0, WORKERS, 3, 428, "E.L. DISEASE - POLICY LIMIT", NULL },
};

static const char *const certify[] = {
  "THE POLICIES OF INSURANCE LISTED BELOW ARE SAID TO BE IN FORCE FOR THE INSURED NAMED ABOVE. EXCLUSIONS AND",
  "CONDITIONS OF SUCH POLICIES APPLY, AND THE LIMITS SHOWN MAY HAVE BEEN REDUCED BY PAID CLAIMS.",
};

static gboolean
has (const DrawnSheet *self,
     const Since      *since)
{
  return self->manner->edition >= since->from && self->manner->edition <= since->to;
}

double
drawn_sheet_x (const DrawnSheet *self,
               double            x)
{
  return self->left + (x - 18) * (self->right - self->left) / 576;
}

double
drawn_sheet_y (const DrawnSheet *self,
               double            y)
{
  return self->manner->edition == DRAWN_2025 ? 25 + (y - 24) * 0.958 : y;
}

const char *
drawn_sheet_edition (const DrawnSheet *self)
{
  static const char *const names[DRAWN_N_EDITIONS] = { "7/97",    "2001/08", "2010/05", "2014/01",
                                                       "2016/03", "2025/12", "2016/03", "2010/05" };

  return self->manner->foot != NULL ? self->manner->foot : names[self->manner->edition];
}

/* Places a text in the runs asked for; each word, or each letter, stands where it would stand in one run. */
void
drawn_text (PdfPen     *pen,
            DrawnRun    runs,
            double      x,
            double      baseline,
            const char *text)
{
  g_auto (GStrv) words = NULL;
  double blank;
  guint i;

  if (runs == DRAWN_RUN_LINE)
    {
      pdf_pen_text (pen, x, baseline, text);
      return;
    }

  words = g_strsplit (text, " ", -1);
  blank = pdf_pen_get_width (pen, " ");
  for (i = 0; words[i] != NULL; i++)
    {
      const char *at;

      if (runs == DRAWN_RUN_WORD && *words[i] != '\0')
        pdf_pen_text (pen, x, baseline, words[i]);
      for (at = words[i]; *at != '\0'; at = g_utf8_next_char (at))
        {
          g_autofree char *letter = g_strndup (at, (gsize) (g_utf8_next_char (at) - at));

          if (runs == DRAWN_RUN_GLYPH)
            pdf_pen_text (pen, x, baseline, letter);
          x += pdf_pen_get_width (pen, letter);
        }
      x += blank;
    }
}

static void
label_of_size (DrawnSheet *self,
               double      size,
               double      x,
               double      baseline,
               const char *text)
{
  if (++self->n_labels == self->manner->lost_label)
    return;
  if (self->manner->lost_texts != NULL && g_strv_contains (self->manner->lost_texts, text))
    return;

  pdf_pen_set_font (self->pen, PDF_FONT_HELVETICA, size);
  drawn_text (self->pen, self->manner->label_runs, x, baseline, text);
}

void
drawn_sheet_label (DrawnSheet *self,
                   double      x,
                   double      baseline,
                   const char *text)
{
  label_of_size (self, LABEL_SIZE, drawn_sheet_x (self, x), baseline, text);
}

static double
set_band (DrawnBand *band,
          guint      n_rows,
          double     top,
          double     pitch,
          GRand     *random)
{
  guint i;

  band->n_rows = n_rows;
  band->tops[0] = top;
  for (i = 0; i < n_rows; i++)
    band->tops[i + 1] = band->tops[i] + pitch + (random != NULL ? g_rand_double_range (random, -1.2, 2.4) : 0);

  return band->tops[n_rows];
}

static DrawnBand *
get_band (DrawnSheet *self,
          Band        band)
{
  DrawnBand *bands[N_BANDS] = { &self->general, &self->automobile, &self->garage, &self->umbrella, &self->workers };

  return bands[band];
}

static void
set_columns (DrawnSheet *self)
{
  static const double modern[] = { 18, 36, 176.4, 194.4, 212.4, 331.2, 378, 424.8, 514.8, 594 };
  static const double old[] = { 18, 58, 36, 0, 194, 306, 362, 424.8, 514.8, 594 };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (modern); i++)
    self->columns[i] = drawn_sheet_x (self, self->is_old ? old[i] : modern[i]);
}

static void
set_boxes (DrawnSheet *self)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (box_prints); i++)
    {
      const BoxPrint *print = &box_prints[i];
      const DrawnBand *band = get_band (self, print->band);
      double x = drawn_sheet_x (self, print->x);

      if (has (self, &print->since))
        self->boxes[print->box]
            = (ChBox){ x, band->tops[print->row], x + BOX_WIDTH, band->tops[print->row + 1] };
    }
  for (i = 0; i < 2; i++)
    {
      double x = self->columns[DRAWN_COLUMN_LIMITS] + 3 + i * 48;

      self->boxes[i == 0 ? DRAWN_BOX_STATUTORY : DRAWN_BOX_WORKERS_OTHER]
          = (ChBox){ x, self->workers.tops[0], x + BOX_WIDTH, self->workers.tops[1] };
    }
  self->retention_x = self->boxes[DRAWN_BOX_RETENTION].x1 + 46;
  self->retention_y = self->boxes[DRAWN_BOX_RETENTION].y0;
}

/**
 * drawn_sheet_init:
 *
 * Lays out the form of the manner's edition.
 */
void
drawn_sheet_init (DrawnSheet        *self,
                  PdfPen            *pen,
                  const DrawnManner *manner,
                  GRand             *random)
{
  GRand *uneven = manner->edition == DRAWN_UNEVEN ? random : NULL;
  double pitch = manner->edition == DRAWN_2025 ? 11.5 : manner->edition == DRAWN_UNEVEN ? 11.4 : 12;
  double y;

  memset (self, 0, sizeof *self);
  self->pen = pen;
  self->manner = manner;
  self->is_old = manner->edition <= DRAWN_2001;
  self->left = manner->edition == DRAWN_2025 ? 37 : manner->edition == DRAWN_UNEVEN ? 39 : 18;
  self->right = manner->edition == DRAWN_2025 || manner->edition == DRAWN_UNEVEN ? 575 : 594;

  y = drawn_sheet_y (self, self->is_old ? 234 : 300);
  y = set_band (&self->general, 7, y, pitch, uneven);
  y = set_band (&self->automobile, self->is_old ? 8 : 5, y, self->is_old ? 11.25 : pitch, uneven);
  if (self->is_old)
    y = set_band (&self->garage, 3, y, pitch, NULL);
  y = set_band (&self->umbrella, self->is_old ? 5 : 3, y, pitch, uneven);
  y = set_band (&self->workers, 4, y, pitch, uneven);
  y = set_band (&self->other, 3, y, pitch, uneven);
  self->description = y;
  self->holder = drawn_sheet_y (self, MAX (660, y + 80));
  self->bottom = drawn_sheet_y (self, MAX (744, y + 160));
  set_columns (self);
  set_boxes (self);
}

static void
rule (DrawnSheet *self,
      double      x0,
      double      y0,
      double      x1,
      double      y1)
{
  pdf_pen_line (self->pen, x0, y0, x1, y1, 0.6);
}

static void
print_two_lines (DrawnSheet     *self,
                 const BoxPrint *print,
                 double          x)
{
  const DrawnBand *band = get_band (self, print->band);
  double top = band->tops[print->row];

  if (print->second_line == NULL)
    {
      label_of_size (self, LABEL_SIZE, x, top + BASELINE, print->label);
      return;
    }
  label_of_size (self, LABEL_SIZE - 0.5, x, top + 5.2, print->label);
  label_of_size (self, LABEL_SIZE - 0.5, x, top + 10.2, print->second_line);
}

static void
print_band (DrawnSheet      *self,
            const DrawnBand *band)
{
  guint i;

  rule (self, self->left, band->tops[0], self->right, band->tops[0]);
  rule (self, self->left, band->tops[band->n_rows], self->right, band->tops[band->n_rows]);
  for (i = 0; i < band->n_rows; i++)
    {
      rule (self, self->columns[DRAWN_COLUMN_LIMITS], band->tops[i], self->right, band->tops[i]);
      if (self->manner->printed_dollar && (band != &self->workers || i > 0) && band != &self->other)
        drawn_sheet_label (self, 518, band->tops[i] + BASELINE, "$");
    }
}

static void
print_table (DrawnSheet *self)
{
  const DrawnBand *bands[] = { &self->general, &self->automobile, &self->umbrella, &self->workers, &self->other };
  double head = self->general.tops[0] - (self->is_old ? 24 : 12);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (bands); i++)
    print_band (self, bands[i]);
  if (self->is_old)
    print_band (self, &self->garage);
  rule (self, self->left, head, self->right, head);
  for (i = 0; i < G_N_ELEMENTS (self->columns); i++)
    {
      double top = i == DRAWN_COLUMN_AMOUNTS ? self->general.tops[0] : head;

      if (self->manner->edition == DRAWN_1997 && i == DRAWN_COLUMN_TYPE)
        continue;
      if (self->columns[i] >= self->left)
        rule (self, self->columns[i], top, self->columns[i], self->description);
    }
  for (i = 0; i < G_N_ELEMENTS (box_prints); i++)
    {
      if (!has (self, &box_prints[i].since))
        continue;
      pdf_pen_frame (self->pen, &self->boxes[box_prints[i].box], 0.6);
      print_two_lines (self, &box_prints[i], self->boxes[box_prints[i].box].x1 + 3.5);
    }
  for (i = 0; i < G_N_ELEMENTS (type_prints); i++)
    {
      if (has (self, &type_prints[i].since))
        print_two_lines (self, &type_prints[i], drawn_sheet_x (self, type_prints[i].x));
    }
  for (i = 0; i < G_N_ELEMENTS (limit_prints); i++)
    {
      if (has (self, &limit_prints[i].since))
        print_two_lines (self, &limit_prints[i], drawn_sheet_x (self, limit_prints[i].x));
    }
  if (self->manner->printed_dollar)
    label_of_size (self, LABEL_SIZE, self->retention_x - 6, self->retention_y + BASELINE, "$");
}

static void
print_statutory (DrawnSheet *self)
{
  const ChBox *statutory = &self->boxes[DRAWN_BOX_STATUTORY];
  const ChBox *other = &self->boxes[DRAWN_BOX_WORKERS_OTHER];
  gboolean before_2014 = self->manner->edition <= DRAWN_2010 || self->manner->edition == DRAWN_CENTRED;

  pdf_pen_frame (self->pen, statutory, 0.6);
  pdf_pen_frame (self->pen, other, 0.6);
  label_of_size (self, LABEL_SIZE - 0.5, statutory->x1 + 2, statutory->y0 + 5.2, before_2014 ? "WC STATU-" : "PER");
  label_of_size (self, LABEL_SIZE - 0.5, statutory->x1 + 2, statutory->y0 + 10.2,
                 before_2014 ? "TORY LIMITS" : "STATUTE");
  label_of_size (self, LABEL_SIZE - 0.5, other->x1 + 2, other->y0 + 5.2, "OTH-");
  label_of_size (self, LABEL_SIZE - 0.5, other->x1 + 2, other->y0 + 10.2, "ER");
  if (self->is_old)
    {
      label_of_size (self, LABEL_SIZE, drawn_sheet_x (self, 480), self->garage.tops[1] + BASELINE, "EA ACC");
      label_of_size (self, LABEL_SIZE, drawn_sheet_x (self, 480), self->garage.tops[2] + BASELINE, "AGG");
      drawn_sheet_label (self, 62, self->other.tops[0] + BASELINE, "OTHER");
      return;
    }
  drawn_sheet_label (self, 40, self->workers.tops[0] + 11.5, "AND EMPLOYERS' LIABILITY");
  drawn_sheet_label (self, 160, self->workers.tops[1] + 2, "Y / N");
  pdf_pen_frame (self->pen,
                 &(ChBox){ drawn_sheet_x (self, 158), self->workers.tops[1] + 4, drawn_sheet_x (self, 173),
                           self->workers.tops[2] + 3 },
                 0.6);
  drawn_sheet_label (self, 178.5, self->workers.tops[2] + 2, "N / A");
}

static void
print_heads (DrawnSheet *self)
{
  double low = self->general.tops[0] - 2;
  double high = low - 5.8;

  drawn_sheet_label (self, 20, high, "INSR");
  drawn_sheet_label (self, 21, low, "LTR");
  drawn_sheet_label (self, 80, low, "TYPE OF INSURANCE");
  if (self->is_old)
    {
      if (self->manner->edition != DRAWN_1997)
        {
          drawn_sheet_label (self, 38, high, "ADD'L");
          drawn_sheet_label (self, 37.5, low, "INSRD");
        }
      drawn_sheet_label (self, 215, low, "POLICY NUMBER");
      drawn_sheet_label (self, 309, high, "POLICY EFFECTIVE");
      drawn_sheet_label (self, 309, low, "DATE (MM/DD/YY)");
      drawn_sheet_label (self, 365, high, "POLICY EXPIRATION");
      drawn_sheet_label (self, 367, low, "DATE (MM/DD/YY)");
    }
  else
    {
      drawn_sheet_label (self, 177, high, "ADDL");
      drawn_sheet_label (self, 177, low, self->manner->edition == DRAWN_CENTRED || self->manner->edition == DRAWN_2010
                                           ? "INSR" : "INSD");
      drawn_sheet_label (self, 195, high, "SUBR");
      drawn_sheet_label (self, 196, low, "WVD");
      drawn_sheet_label (self, 247, low, "POLICY NUMBER");
      drawn_sheet_label (self, 337, high, "POLICY EFF");
      drawn_sheet_label (self, 334, low, "(MM/DD/YYYY)");
      drawn_sheet_label (self, 383, high, "POLICY EXP");
      drawn_sheet_label (self, 380, low, "(MM/DD/YYYY)");
    }
  drawn_sheet_label (self, 499, low, "LIMITS");
}

static void
print_insurers (DrawnSheet *self,
                double      top,
                guint       n_insurers,
                double      pitch)
{
  guint i;

  drawn_sheet_label (self, 369, top - 2.5, self->is_old ? "INSURERS AFFORDING COVERAGE" : "INSURER(S) AFFORDING COVERAGE");
  if (self->manner->edition != DRAWN_1997)
    {
      drawn_sheet_label (self, 555, top - 2.5, "NAIC #");
      rule (self, drawn_sheet_x (self, 540), top - 12, drawn_sheet_x (self, 540), top + n_insurers * pitch);
    }
  for (i = 0; i < n_insurers; i++)
    {
      g_autofree char *text = g_strdup_printf (self->is_old ? "INSURER %c:" : "INSURER %c :", 'A' + i);

      drawn_sheet_label (self, 308, top + i * pitch + pitch - 2, text);
      rule (self, drawn_sheet_x (self, 306), top + i * pitch, self->right, top + i * pitch);
    }
}

static void
print_old_head (DrawnSheet *self)
{
  guint i;

  drawn_sheet_label (self, 520, 32, "DATE (MM/DD/YY)");
  drawn_sheet_label (self, 21, 58, "PRODUCER");
  drawn_sheet_label (self, 310, 60, "THIS CERTIFICATE IS ISSUED AS INFORMATION ONLY AND GIVES THE");
  drawn_sheet_label (self, 310, 68, "CERTIFICATE HOLDER NO RIGHTS. IT DOES NOT AMEND THE COVERAGE");
  drawn_sheet_label (self, 310, 76, "AFFORDED BY THE POLICIES BELOW.");
  drawn_sheet_label (self, 21, 122, "INSURED");
  print_insurers (self, 120, 5, 12);
  rule (self, self->left, 50, self->right, 50);
  rule (self, self->left, 114, 306, 114);
  rule (self, self->left, 182, self->right, 182);
  rule (self, 306, 50, 306, 182);
  drawn_sheet_label (self, 21, 190, "COVERAGES");
  for (i = 0; i < G_N_ELEMENTS (certify); i++)
    drawn_sheet_label (self, 21, 198 + i * 6, certify[i]);
}

static void
print_modern_head (DrawnSheet *self)
{
  double contact = drawn_sheet_y (self, 120);
  double scale = drawn_sheet_y (self, 132) - contact;
  guint i;

  drawn_sheet_label (self, 518, drawn_sheet_y (self, 31), "DATE (MM/DD/YYYY)");
  drawn_sheet_label (self, 24, drawn_sheet_y (self, 58), "THIS CERTIFICATE GIVES THE CERTIFICATE HOLDER NO RIGHTS AND DOES NOT");
  drawn_sheet_label (self, 24, drawn_sheet_y (self, 66), "MAKE A CONTRACT BETWEEN THE ISSUING INSURER(S), THE PRODUCER, AND THE CERTIFICATE HOLDER.");
  drawn_sheet_label (self, 24, drawn_sheet_y (self, 90), self->manner->edition >= DRAWN_2016
                     ? "IMPORTANT: the policies must have ADDITIONAL INSURED provisions or be endorsed."
                     : "IMPORTANT: the policies must be endorsed for an ADDITIONAL INSURED.");
  drawn_sheet_label (self, 21, contact + 8, "PRODUCER");
  drawn_sheet_label (self, 308, contact + 5, "CONTACT");
  drawn_sheet_label (self, 308, contact + 10.5, "NAME:");
  drawn_sheet_label (self, 308, contact + scale + 5, "PHONE");
  drawn_sheet_label (self, 308, contact + scale + 10.5, "(A/C, No, Ext):");
  drawn_sheet_label (self, 484, contact + scale + 5, "FAX");
  drawn_sheet_label (self, 484, contact + scale + 10.5, "(A/C, No):");
  drawn_sheet_label (self, 308, contact + 2 * scale + 5, "E-MAIL");
  drawn_sheet_label (self, 308, contact + 2 * scale + 10.5, "ADDRESS:");
  for (i = 0; i < 4; i++)
    rule (self, drawn_sheet_x (self, 306), contact + i * scale, self->right, contact + i * scale);
  print_insurers (self, contact + 4 * scale, 6, scale);
  rule (self, self->left, contact, drawn_sheet_x (self, 306), contact);
  rule (self, self->left, drawn_sheet_y (self, 180), drawn_sheet_x (self, 306), drawn_sheet_y (self, 180));
  rule (self, self->left, drawn_sheet_y (self, 240), self->right, drawn_sheet_y (self, 240));
  rule (self, drawn_sheet_x (self, 306), contact, drawn_sheet_x (self, 306), drawn_sheet_y (self, 240));
  drawn_sheet_label (self, 21, drawn_sheet_y (self, 188), "INSURED");
  drawn_sheet_label (self, 21, drawn_sheet_y (self, 248), "COVERAGES");
  drawn_sheet_label (self, 158, drawn_sheet_y (self, 248), "CERTIFICATE NUMBER:");
  drawn_sheet_label (self, 424, drawn_sheet_y (self, 248), "REVISION NUMBER:");
  for (i = 0; i < G_N_ELEMENTS (certify); i++)
    drawn_sheet_label (self, 24, drawn_sheet_y (self, 260 + i * 7), certify[i]);
}

static void
print_foot (DrawnSheet *self)
{
  g_autofree char *edition
      = g_strdup_printf (self->is_old && self->manner->foot == NULL ? "ACORD 25-S (%s)" : "ACORD 25 (%s)",
                         drawn_sheet_edition (self));

  drawn_sheet_label (self, 21, self->description + 7,
                     self->is_old ? "DESCRIPTION OF OPERATIONS / LOCATIONS / VEHICLES / EXCLUSIONS ADDED BY ENDORSEMENT"
                                  : "DESCRIPTION OF OPERATIONS / LOCATIONS / VEHICLES (ACORD 101 may be attached)");
  rule (self, self->left, self->holder - 12, self->right, self->holder - 12);
  rule (self, self->left, self->holder, self->right, self->holder);
  rule (self, self->left, self->bottom, self->right, self->bottom);
  rule (self, drawn_sheet_x (self, 306), self->holder, drawn_sheet_x (self, 306), self->bottom);
  rule (self, self->left, self->holder, self->left, self->bottom);
  rule (self, self->right, self->holder, self->right, self->bottom);
  drawn_sheet_label (self, 21, self->holder - 3, "CERTIFICATE HOLDER");
  if (self->manner->edition == DRAWN_1997)
    {
      pdf_pen_frame (self->pen, &(ChBox){ 140, self->holder - 11, 154, self->holder - 1 }, 0.6);
      drawn_sheet_label (self, 158, self->holder - 3, "ADDITIONAL INSURED; INSURER LETTER:");
    }
  drawn_sheet_label (self, 310, self->holder - 3, "CANCELLATION");
  drawn_sheet_label (self, 314, self->holder + 14, "SHOULD ANY OF THE ABOVE DESCRIBED POLICIES BE CANCELLED BEFORE");
  drawn_sheet_label (self, 314, self->holder + 22, "THEY EXPIRE, NOTICE WILL BE DELIVERED AS THE POLICIES SAY.");
  rule (self, drawn_sheet_x (self, 306), self->holder + 48, self->right, self->holder + 48);
  drawn_sheet_label (self, 309, self->holder + 55, "AUTHORIZED REPRESENTATIVE");
  if (self->manner->no_footer)
    return;
  pdf_pen_set_font (self->pen, PDF_FONT_HELVETICA, LABEL_SIZE);
  drawn_text (self->pen, self->manner->label_runs, drawn_sheet_x (self, 21), self->bottom + 16, edition);
}

void
drawn_sheet_print (DrawnSheet *self)
{
  pdf_pen_set_font (self->pen, PDF_FONT_HELVETICA_BOLD, 14);
  drawn_text (self->pen, self->manner->label_runs, drawn_sheet_x (self, 160), drawn_sheet_y (self, 42),
              "CERTIFICATE OF LIABILITY INSURANCE");
  if (self->is_old)
    print_old_head (self);
  else
    print_modern_head (self);
  print_heads (self);
  print_table (self);
  print_statutory (self);
  print_foot (self);
}
