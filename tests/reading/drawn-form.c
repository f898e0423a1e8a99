#include "config.h"

#include "drawn-form.h"

#include "drawn-sheet.h"

#include <string.h>

/* From a row's top to the line on which a value stands, where nothing shifts it */
#define BASELINE 9.2
#define LINE_PITCH 10.0

typedef struct {
  DrawnSheet     sheet;
  PdfPen        *pen;
  const DrawnManner *manner;
  GRand         *random;
  ChCertificate *truth;
  gboolean       made_up;  /* not of this certificate: noise, and what will be covered */
} Form;

static void
value_at (Form       *form,
          double      x,
          double      baseline,
          const char *text)
{
  const DrawnManner *manner = form->manner;

  if (text == NULL || *text == '\0')
    return;
  pdf_pen_set_font (form->pen, manner->font, manner->size);
  if (manner->as_fields && !form->made_up)
    {
      double width = pdf_pen_get_width (form->pen, text);

      pdf_pen_field (form->pen, &(ChBox){ x - 2, baseline - 9, x + MAX (width + 4, 14), baseline + 2.5 }, text, FALSE);
      return;
    }
  drawn_text (form->pen, manner->runs, x + manner->shift_x, baseline + manner->shift_y, text);
}

/* x is that of the usual form */
static void
value (Form       *form,
       double      x,
       double      baseline,
       const char *text)
{
  value_at (form, drawn_sheet_x (&form->sheet, x), baseline, text);
}

static double
value_lines (Form       *form,
             double      x,
             double      baseline,
             const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  guint n_lines = g_strv_length (lines);
  guint i;

  if (n_lines == 0)
    return baseline;
  if (form->manner->as_fields && n_lines > 1)
    {
      double left = drawn_sheet_x (&form->sheet, x);

      pdf_pen_field (form->pen, &(ChBox){ left - 2, baseline - 9, left + 330, baseline + LINE_PITCH * n_lines }, text,
                     FALSE);
    }
  for (i = 0; i < n_lines; i++, baseline += LINE_PITCH)
    {
      if (!form->manner->as_fields || n_lines == 1)
        value (form, x, baseline, lines[i]);
    }

  return baseline;
}

static char *
format_date (const DrawnManner *manner,
             ChDate             date)
{
  int year, month, day;

  ch_date_get_ymd (date, &year, &month, &day);
  switch (manner->dates)
    {
    case DRAWN_DATE_SHORT:
      return g_strdup_printf ("%d/%d/%d", month, day, year);
    case DRAWN_DATE_TWO_DIGITS:
      return g_strdup_printf ("%02d/%02d/%02d", month, day, year % 100);
    case DRAWN_DATE_ISO:
      return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
    case DRAWN_DATE_LONG:
    default:
      return g_strdup_printf ("%02d/%02d/%04d", month, day, year);
    }
}

static char *
format_amount (const DrawnManner *manner,
               gint64             dollars)
{
  g_autofree char *plain = g_strdup_printf ("%" G_GINT64_FORMAT, dollars);
  GString *text = g_string_new (manner->typed_dollar ? "$" : "");
  gsize length = strlen (plain);
  gsize i;

  for (i = 0; i < length; i++)
    {
      if (manner->thousands && i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, plain[i]);
    }

  return g_string_free (text, FALSE);
}

static void
date_at (Form  *form,
         double x,
         double baseline,
         ChDate date)
{
  g_autofree char *text = NULL;

  if (date == CH_DATE_NONE)
    return;
  text = format_date (form->manner, date);
  value_at (form, x, baseline, text);
}

/* @lower: points by which it stands lower than the other values */
static void
amount_text (Form       *form,
             double      top,
             double      lower,
             const char *text)
{
  double x = form->sheet.columns[DRAWN_COLUMN_AMOUNTS] + 10;

  pdf_pen_set_font (form->pen, form->manner->font, form->manner->size);
  if (form->manner->right_aligned)
    x = form->sheet.columns[DRAWN_COLUMN_END] - 2.5 - pdf_pen_get_width (form->pen, text);
  value_at (form, x, top + BASELINE + lower, text);
}

static void
limit (Form           *form,
       const ChPolicy *policy,
       ChLimit         name,
       double          top)
{
  static const char *const words[] = { "Included", "Excluded", "Nil", "N/A" };
  g_autofree char *text = NULL;

  if (policy == NULL || policy->limits[name] == CH_MONEY_ABSENT)
    {
      if (policy != NULL && (form->manner->noise & DRAWN_NOISE_WORDS) != 0 && g_rand_boolean (form->random))
        amount_text (form, top, form->manner->amounts_shift_y, words[g_rand_int_range (form->random, 0, G_N_ELEMENTS (words))]);
      return;
    }
  text = format_amount (form->manner, policy->limits[name]);
  amount_text (form, top, form->manner->amounts_shift_y, text);
}

static void
tick (Form    *form,
      DrawnBox name,
      gboolean ticked)
{
  static const char *const typed[DRAWN_N_MARKS] = {
    [DRAWN_MARK_CAPITAL_X] = "X",
    [DRAWN_MARK_SMALL_X] = "x",
    [DRAWN_MARK_YES] = "Y",
    [DRAWN_MARK_ASTERISK] = "*",
  };
  const ChBox *box = &form->sheet.boxes[name];
  const DrawnManner *manner = form->manner;
  double x = (box->x0 + box->x1) / 2;
  double baseline = box->y0 + BASELINE;

  if (ch_box_width (box) <= 0)
    return;
  if (manner->as_fields)
    {
      pdf_pen_button (form->pen, &(ChBox){ box->x0 + 1, box->y0 + 1, box->x1 - 1, box->y1 - 1 }, ticked);
      return;
    }
  if (!ticked)
    return;

  switch (manner->mark)
    {
    case DRAWN_MARK_DINGBAT:
    case DRAWN_MARK_CHECK:
      pdf_pen_set_font (form->pen, PDF_FONT_DINGBATS, 8);
      pdf_pen_text (form->pen, x - 3 + manner->shift_x, baseline + manner->shift_y,
                    manner->mark == DRAWN_MARK_CHECK ? "4" : "8");
      break;
    case DRAWN_MARK_STROKES:
      pdf_pen_line (form->pen, box->x0 + 3, box->y0 + 2.5, box->x1 - 3, box->y1 - 2.5, 1);
      pdf_pen_line (form->pen, box->x0 + 3, box->y1 - 2.5, box->x1 - 3, box->y0 + 2.5, 1);
      break;
    case DRAWN_MARK_AREA:
      pdf_pen_area (form->pen, &(ChBox){ box->x0 + 3.5, box->y0 + 2.5, box->x1 - 3.5, box->y1 - 2.5 });
      break;
    case DRAWN_MARK_PICTURE:
      pdf_pen_picture (form->pen, &(ChBox){ box->x0 + 2.5, box->y0 + 2, box->x1 - 2.5, box->y1 - 2 });
      break;
    case DRAWN_MARK_CAPITAL_X:
    case DRAWN_MARK_SMALL_X:
    case DRAWN_MARK_YES:
    case DRAWN_MARK_ASTERISK:
    default:
      value_at (form, x - 2.6, baseline, typed[manner->mark]);
      break;
    }
}

static double
find_row (Form            *form,
          const DrawnBand *band)
{
  guint row = form->manner->row == 0 ? 0 : form->manner->row == 1 ? band->n_rows / 2 : MIN (4, band->n_rows - 1);

  if (form->manner->edition == DRAWN_CENTRED)
    return (band->tops[0] + band->tops[band->n_rows]) / 2 - 6;

  return band->tops[row];
}

static void
mark_word (Form  *form,
           int    column,
           double top,
           ChMark mark)
{
  if (mark != CH_MARK_ABSENT)
    value_at (form, form->sheet.columns[column] + 6, top + BASELINE,
              mark == CH_MARK_YES ? form->manner->yes : form->manner->no);
}

/* Letter, marks, number and dates */
static void
policy_row (Form           *form,
            const ChPolicy *policy,
            double          top)
{
  const double *columns = form->sheet.columns;

  value_at (form, columns[DRAWN_COLUMN_LETTER] + 6, top + BASELINE, policy->insurer);
  if (form->manner->edition != DRAWN_1997)
    mark_word (form, DRAWN_COLUMN_ADDITIONAL_INSURED, top, policy->additional_insured);
  if (!form->sheet.is_old)
    mark_word (form, DRAWN_COLUMN_WAIVER, top, policy->waiver_of_subrogation);
  value_at (form, columns[DRAWN_COLUMN_NUMBER] + 3, top + BASELINE, policy->policy_number);
  date_at (form, columns[DRAWN_COLUMN_EFFECTIVE] + 1, top + BASELINE, policy->effective);
  date_at (form, columns[DRAWN_COLUMN_EXPIRATION] + 1, top + BASELINE, policy->expiration);
}

static ChPolicy *
find_policy (Form      *form,
             ChCoverage coverage,
             guint      number)
{
  guint i;

  for (i = 0; i < form->truth->policies->len; i++)
    {
      ChPolicy *policy = g_ptr_array_index (form->truth->policies, i);

      if (policy->coverage == coverage && number-- == 0)
        return policy;
    }

  return NULL;
}

/* A section that somebody began to fill in */
static gboolean
begin_band (Form            *form,
            const ChPolicy  *policy,
            const DrawnBand *band)
{
  if (policy != NULL)
    policy_row (form, policy, find_row (form, band));
  else if ((form->manner->noise & DRAWN_NOISE_LETTERS) != 0)
    value_at (form, form->sheet.columns[DRAWN_COLUMN_LETTER] + 6, find_row (form, band) + BASELINE, "A");

  return policy != NULL;
}

static void
extra_row (Form            *form,
           const DrawnBand *band,
           guint            row,
           const char      *label,
           gint64           dollars)
{
  g_autofree char *text = format_amount (form->manner, dollars);

  if ((form->manner->noise & DRAWN_NOISE_EXTRA_ROWS) == 0)
    return;
  value_at (form, form->sheet.columns[DRAWN_COLUMN_LIMITS] + 3, band->tops[row] + BASELINE, label);
  amount_text (form, band->tops[row], form->manner->amounts_shift_y, text);
}

static void
fill_general (Form *form)
{
  const DrawnBand *band = &form->sheet.general;
  const ChPolicy *policy = find_policy (form, CH_COVERAGE_GENERAL_LIABILITY, 0);
  ChBasis basis = policy != NULL ? policy->basis : CH_BASIS_ABSENT;
  ChAggregatePer per = policy != NULL ? policy->aggregate_per : CH_AGGREGATE_PER_ABSENT;

  begin_band (form, policy, band);
  tick (form, DRAWN_BOX_COMMERCIAL, policy != NULL);
  tick (form, DRAWN_BOX_CLAIMS_MADE, basis == CH_BASIS_CLAIMS_MADE);
  tick (form, DRAWN_BOX_OCCUR, basis == CH_BASIS_OCCURRENCE);
  tick (form, DRAWN_BOX_POLICY, per == CH_AGGREGATE_PER_POLICY);
  tick (form, DRAWN_BOX_PROJECT, per == CH_AGGREGATE_PER_PROJECT);
  tick (form, DRAWN_BOX_LOCATION, per == CH_AGGREGATE_PER_LOCATION);
  limit (form, policy, CH_LIMIT_EACH_OCCURRENCE, band->tops[0]);
  limit (form, policy, CH_LIMIT_DAMAGE_TO_RENTED_PREMISES, band->tops[1]);
  limit (form, policy, CH_LIMIT_MEDICAL_EXPENSE, band->tops[2]);
  limit (form, policy, CH_LIMIT_PERSONAL_ADVERTISING_INJURY, band->tops[3]);
  limit (form, policy, CH_LIMIT_GENERAL_AGGREGATE, band->tops[4]);
  limit (form, policy, CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE, band->tops[5]);
  if (policy != NULL)
    {
      extra_row (form, band, 6, g_rand_boolean (form->random) ? "Emp Ben." : "Deductible", 1000000);
      if ((form->manner->noise & DRAWN_NOISE_EXTRA_ROWS) != 0)
        value_at (form, form->sheet.boxes[DRAWN_BOX_GENERAL_FREE].x1 + 4,
                  form->sheet.boxes[DRAWN_BOX_GENERAL_FREE].y0 + BASELINE, "XCU Included");
    }
}

static void
fill_automobile (Form *form)
{
  const DrawnBand *band = &form->sheet.automobile;
  const ChPolicy *policy = find_policy (form, CH_COVERAGE_AUTOMOBILE_LIABILITY, 0);
  ChAutos autos = policy != NULL ? policy->autos : CH_AUTOS_NONE;
  guint step = form->sheet.is_old ? 2 : 1;

  begin_band (form, policy, band);
  tick (form, DRAWN_BOX_ANY_AUTO, (autos & CH_AUTOS_ANY) != 0);
  tick (form, DRAWN_BOX_OWNED, (autos & CH_AUTOS_OWNED) != 0);
  tick (form, DRAWN_BOX_SCHEDULED, (autos & CH_AUTOS_SCHEDULED) != 0);
  tick (form, DRAWN_BOX_HIRED, (autos & CH_AUTOS_HIRED) != 0);
  tick (form, DRAWN_BOX_NON_OWNED, (autos & CH_AUTOS_NON_OWNED) != 0);
  limit (form, policy, CH_LIMIT_COMBINED_SINGLE_LIMIT, band->tops[0]);
  limit (form, policy, CH_LIMIT_BODILY_INJURY_PER_PERSON, band->tops[step]);
  limit (form, policy, CH_LIMIT_BODILY_INJURY_PER_ACCIDENT, band->tops[2 * step]);
  limit (form, policy, CH_LIMIT_PROPERTY_DAMAGE, band->tops[3 * step]);
  if (policy != NULL && !form->sheet.is_old)
    extra_row (form, band, 4, "PIP-Basic", 250000);
}

static void
fill_umbrella (Form *form)
{
  const DrawnBand *band = &form->sheet.umbrella;
  ChPolicy *policy = find_policy (form, CH_COVERAGE_UMBRELLA_EXCESS, 0);
  ChPolicy *second = find_policy (form, CH_COVERAGE_UMBRELLA_EXCESS, 1);
  gint64 retention = policy != NULL ? policy->limits[CH_LIMIT_RETENTION] : CH_MONEY_ABSENT;

  if (second != NULL)
    {
      policy_row (form, policy, band->tops[0]);
      policy_row (form, second, band->tops[2]);
    }
  else
    {
      begin_band (form, policy, band);
    }
  tick (form, DRAWN_BOX_UMBRELLA, policy != NULL && policy->kind == CH_UMBRELLA_KIND_UMBRELLA);
  tick (form, DRAWN_BOX_EXCESS, policy != NULL && policy->kind == CH_UMBRELLA_KIND_EXCESS);
  tick (form, DRAWN_BOX_UMBRELLA_OCCUR, policy != NULL && policy->basis == CH_BASIS_OCCURRENCE);
  tick (form, DRAWN_BOX_UMBRELLA_CLAIMS_MADE, policy != NULL && policy->basis == CH_BASIS_CLAIMS_MADE);
  tick (form, DRAWN_BOX_RETENTION, retention != CH_MONEY_ABSENT);
  if (retention != CH_MONEY_ABSENT)
    {
      g_autofree char *text = format_amount (form->manner, retention);

      value_at (form, form->sheet.retention_x + 2, form->sheet.retention_y + BASELINE, text);
    }
  limit (form, policy, CH_LIMIT_EACH_OCCURRENCE, band->tops[0]);
  limit (form, policy, CH_LIMIT_AGGREGATE, band->tops[1]);
}

static void
fill_workers (Form *form)
{
  static const char *const answers[] = { "Y", "N", "No", NULL };
  const char *answer = answers[g_rand_int_range (form->random, 0, G_N_ELEMENTS (answers))];
  const DrawnBand *band = &form->sheet.workers;
  ChPolicy *policy = find_policy (form, CH_COVERAGE_WORKERS_COMPENSATION, 0);

  begin_band (form, policy, band);
  tick (form, DRAWN_BOX_STATUTORY, policy != NULL && policy->statutory == CH_MARK_YES);
  tick (form, DRAWN_BOX_WORKERS_OTHER, FALSE);
  limit (form, policy, CH_LIMIT_EL_EACH_ACCIDENT, band->tops[1]);
  limit (form, policy, CH_LIMIT_EL_DISEASE_EACH_EMPLOYEE, band->tops[2]);
  limit (form, policy, CH_LIMIT_EL_DISEASE_POLICY_LIMIT, band->tops[3]);
  if (form->sheet.is_old)
    return;
  value (form, 162, band->tops[1] + 4 + BASELINE, answer);
  if (policy != NULL && g_strcmp0 (answer, "Y") == 0)
    policy->owner_excluded = CH_MARK_YES;
}

static void
fill_other (Form *form)
{
  const DrawnBand *band = &form->sheet.other;
  guint number;

  for (number = 0; number < 2; number++)
    {
      const ChPolicy *policy = find_policy (form, CH_COVERAGE_OTHER, number);
      g_autofree char *occurrence = NULL;
      g_autofree char *retention = NULL;
      g_autofree char *both = NULL;
      double top = band->tops[number];

      if (policy == NULL)
        break;
      policy_row (form, policy, top);
      value_at (form, form->sheet.columns[DRAWN_COLUMN_TYPE] + (form->sheet.is_old ? 38 : 4), top + BASELINE, policy->coverage_text);
      occurrence = format_amount (form->manner, policy->limits[CH_LIMIT_EACH_OCCURRENCE]);
      if (policy->limits[CH_LIMIT_RETENTION] == CH_MONEY_ABSENT)
        {
          value_at (form, form->sheet.columns[DRAWN_COLUMN_LIMITS] + 3, top + BASELINE,
                    g_rand_boolean (form->random) ? "Each Claim" : "Limit");
          amount_text (form, top, 0, occurrence);
          continue;
        }
      retention = format_amount (form->manner, policy->limits[CH_LIMIT_RETENTION]);
      both = g_strdup_printf ("%s / %s Ded.", occurrence, retention);
      value_at (form, form->sheet.columns[DRAWN_COLUMN_LIMITS] + 3, top + BASELINE, both);
    }
}

static void
fill_insurers (Form *form,
               double top,
               double pitch)
{
  guint i;

  for (i = 0; i < form->truth->insurers->len; i++)
    {
      const ChInsurer *insurer = g_ptr_array_index (form->truth->insurers, i);
      double baseline = top + (insurer->letter[0] - 'A') * pitch + pitch - 2.5;

      value (form, 349, baseline, insurer->name);
      value (form, 548, baseline, insurer->naic);
    }
}

static double
y_of (Form  *form,
      double y)
{
  return drawn_sheet_y (&form->sheet, y);
}

static void
fill_parties (Form *form)
{
  const ChCertificate *truth = form->truth;
  gboolean codes = (form->manner->noise & DRAWN_NOISE_CODES) != 0;
  gboolean is_old = form->sheet.is_old;
  double pitch = y_of (form, 132) - y_of (form, 120);
  double producer = is_old ? 76 : y_of (form, 142);
  double insured = is_old ? 134 : y_of (form, 200);
  double holder = form->sheet.holder + ((form->manner->noise & DRAWN_NOISE_PHONES) != 0 ? 26 : 18);

  date_at (form, drawn_sheet_x (&form->sheet, is_old ? 525 : 532), y_of (form, is_old ? 44 : 45), truth->date);
  if (is_old)
    {
      g_autofree char *phone = g_strdup_printf ("Phone: %s", truth->producer_phone);

      value (form, 110, 64, phone);
    }
  if (codes)
    {
      value (form, 250, is_old ? 64 : y_of (form, 129), "182-972-0");
      value (form, 240, is_old ? 124 : y_of (form, 189), "APFREIG-02");
    }
  value (form, 24, producer, truth->producer_name);
  value_lines (form, 24, producer + LINE_PITCH, "100 Exchange Place\nRaleigh, NC 27601");
  value (form, 75, insured, truth->insured_name);
  value_lines (form, 75, insured + LINE_PITCH, truth->insured_address);
  if (!is_old)
    {
      value (form, 349, y_of (form, 120) + 10, truth->producer_contact);
      value (form, 358, y_of (form, 132) + 10, truth->producer_phone);
      value (form, 515, y_of (form, 132) + 10, "555-0199");
      value (form, 349, y_of (form, 144) + 10, truth->producer_email);
      value (form, 230, y_of (form, 248), truth->certificate_number);
      value (form, 482, y_of (form, 248), truth->revision_number);
    }
  fill_insurers (form, is_old ? 120 : y_of (form, 168), pitch);
  if ((form->manner->noise & DRAWN_NOISE_PHONES) != 0)
    {
      value (form, 75, holder - 2 * LINE_PITCH + 4, "Phone: 555-010-2300");
      value (form, 75, holder - LINE_PITCH + 2, "office@holder.example");
    }
  value (form, 75, holder, truth->holder_name);
  value_lines (form, 75, holder + LINE_PITCH, truth->holder_address);
}

/* What agencies' systems print that is no part of the certificate */
static void
add_noise (Form *form)
{
  guint noise = form->manner->noise;

  form->made_up = TRUE;
  if ((noise & DRAWN_NOISE_PRINTED_BY) != 0)
    value (form, 20, y_of (form, 18), "Printed by ABC on January 5, 2026 at 10:00AM");
  if ((noise & DRAWN_NOISE_LOGO) != 0)
    pdf_pen_picture (form->pen, &(ChBox){ drawn_sheet_x (&form->sheet, 22), y_of (form, 22),
                                          drawn_sheet_x (&form->sheet, 100), y_of (form, 44) });
  if ((noise & DRAWN_NOISE_SIGNATURE) != 0)
    {
      value (form, 320, form->sheet.holder + 66, "Ada Field");
      value (form, 500, form->sheet.holder + 74, "ABC 10:00 AM");
      value (form, 300, form->sheet.bottom + 26, "Page 1 of 1");
    }
  if ((noise & DRAWN_NOISE_CODES) != 0)
    value (form, 300, form->sheet.bottom + 26, "CERT NO.: 77123 CLIENT CODE: APFREIG-02");
  form->made_up = FALSE;
}

/* An older certificate's text, under white boxes */
static void
add_covered (Form *form)
{
  double holder = form->sheet.holder;
  double description = form->sheet.description;
  const ChBox places[] = {
    { 347, y_of (form, 170.5), 530, y_of (form, 178.8) },
    { 546, y_of (form, 170.5), 590, y_of (form, 178.8) },
    { 60, holder + 6, 300, holder + 40 },
    { 22, description + 9, 400, description + 40 },
  };
  guint i;

  if (!form->manner->covered || form->sheet.is_old)
    return;

  form->made_up = TRUE;
  for (i = 0; i < G_N_ELEMENTS (places); i++)
    {
      ChBox box = { drawn_sheet_x (&form->sheet, places[i].x0), places[i].y0,
                    drawn_sheet_x (&form->sheet, places[i].x1), places[i].y1 };

      value_at (form, box.x0 + 2 - form->manner->shift_x, box.y0 + 7.5 - form->manner->shift_y,
                i == 1 ? "10001" : i == 0 ? "Lubberland Casualty Insurance" : "Older Words That Nobody Sees");
      pdf_pen_set_grey (form->pen, 1);
      pdf_pen_area (form->pen, &box);
      pdf_pen_set_grey (form->pen, 0);
    }
  form->made_up = FALSE;
}

/* What the edition has no place for isn't seen. */
static void
leave_out (Form *form)
{
  ChCertificate *truth = form->truth;
  guint i;

  if (!form->sheet.is_old)
    return;

  g_clear_pointer (&truth->producer_contact, g_free);
  g_clear_pointer (&truth->producer_email, g_free);
  g_clear_pointer (&truth->certificate_number, g_free);
  g_clear_pointer (&truth->revision_number, g_free);
  for (i = truth->insurers->len; i > 0; i--)
    {
      ChInsurer *insurer = g_ptr_array_index (truth->insurers, i - 1);

      if (form->manner->edition == DRAWN_1997)
        g_clear_pointer (&insurer->naic, g_free);
      if (insurer->letter[0] == 'F')
        g_ptr_array_remove_index (truth->insurers, i - 1);
    }
  for (i = 0; i < truth->policies->len; i++)
    {
      ChPolicy *policy = g_ptr_array_index (truth->policies, i);

      if (form->manner->edition == DRAWN_1997)
        policy->additional_insured = CH_MARK_ABSENT;
      policy->waiver_of_subrogation = CH_MARK_ABSENT;
      policy->kind = CH_UMBRELLA_KIND_ABSENT;
    }
}

ChCertificate *
drawn_form_draw (PdfPen              *pen,
                 const DrawnManner   *manner,
                 const ChCertificate *certificate,
                 GRand               *random)
{
  Form form = { .pen = pen, .manner = manner, .random = random, .truth = ch_certificate_copy (certificate) };

  pdf_pen_begin_page (pen, 612, 792, manner->rotate, manner->quarter_turns);
  if (manner->scale != 1 || manner->degrees != 0 || manner->dx != 0 || manner->dy != 0)
    pdf_pen_set_matrix (pen, manner->scale, manner->degrees, manner->dx, manner->dy);
  drawn_sheet_init (&form.sheet, pen, manner, random);
  leave_out (&form);
  g_free (form.truth->edition);
  form.truth->edition = manner->no_footer ? NULL : g_strdup (drawn_sheet_edition (&form.sheet));

  drawn_sheet_print (&form.sheet);
  add_covered (&form);
  fill_parties (&form);
  fill_general (&form);
  fill_automobile (&form);
  fill_umbrella (&form);
  fill_workers (&form);
  fill_other (&form);
  value_lines (&form, 24, form.sheet.description + 18, form.truth->description_of_operations);
  add_noise (&form);

  return form.truth;
}
