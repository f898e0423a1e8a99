#define G_LOG_DOMAIN "ch-sample"

#include "config.h"

#include "ch-sample-form.h"

#include <cairo-pdf.h>
#include <string.h>

/*
 * The form is drawn here from nothing: rules, labels, boxes. It keeps the arrangement that every certificate of
 * liability insurance has (who, which insurers, a band for each kind of policy with its limits at the right), so that
 * a sample tries the reader the way a real one does. Points, origin at the top left of a Letter page.
 */
#define PAGE_WIDTH 612.0
#define PAGE_HEIGHT 792.0
#define LEFT 18.0
#define RIGHT 594.0
#define ROW 12.0

#define X_TYPE 36.0
#define X_ADDL 176.4
#define X_SUBR 194.4
#define X_NUMBER 212.4
#define X_EFFECTIVE 331.2
#define X_EXPIRATION 378.0
#define X_LIMIT 424.8
#define X_AMOUNT 514.8

#define Y_HEAD 288.0
#define Y_GENERAL 300.0
#define Y_AUTO 384.0
#define Y_UMBRELLA 444.0
#define Y_WORKERS 480.0
#define Y_OTHER 528.0
#define Y_DESCRIPTION 564.0
#define Y_HOLDER 660.0
#define Y_END 744.0

typedef struct {
  cairo_t             *cr;
  const ChCertificate *certificate;
} Form;

static void
put (Form       *form,
     double      x,
     double      baseline,
     double      size,
     gboolean    bold,
     const char *text)
{
  if (text == NULL || *text == '\0')
    return;

  cairo_select_font_face (form->cr, "Liberation Sans", CAIRO_FONT_SLANT_NORMAL,
                          bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (form->cr, size);
  cairo_move_to (form->cr, x, baseline);
  cairo_show_text (form->cr, text);
}

static void
label (Form       *form,
       double      x,
       double      top,
       const char *text)
{
  put (form, x, top + 8.5, 6, FALSE, text);
}

static void
value (Form       *form,
       double      x,
       double      top,
       const char *text)
{
  put (form, x, top + 9, 8, FALSE, text);
}

/* Lines one below the other. */
static void
lines (Form       *form,
       double      x,
       double      top,
       const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", "\n", -1);
  guint i;

  for (i = 0; parts[i] != NULL; i++)
    value (form, x, top + i * ROW, parts[i]);
}

static void
rule (Form  *form,
      double x0,
      double y0,
      double x1,
      double y1,
      double width)
{
  cairo_set_line_width (form->cr, width);
  cairo_move_to (form->cr, x0, y0);
  cairo_line_to (form->cr, x1, y1);
  cairo_stroke (form->cr);
}

static void
box (Form       *form,
     double      x,
     double      top,
     gboolean    checked,
     const char *text)
{
  cairo_set_line_width (form->cr, 0.6);
  cairo_rectangle (form->cr, x, top + 2, 9, 9);
  cairo_stroke (form->cr);
  if (checked)
    put (form, x + 1.8, top + 9.5, 8, TRUE, "X");
  label (form, x + 14, top, text);
}

static void
date (Form  *form,
      double x,
      double top,
      ChDate day)
{
  g_autofree char *text = NULL;
  int year;
  int month;
  int month_day;

  if (day == CH_DATE_NONE)
    return;

  ch_date_get_ymd (day, &year, &month, &month_day);
  text = g_strdup_printf ("%02d/%02d/%04d", month, month_day, year);
  put (form, x, top + 9, 7.5, FALSE, text);
}

static char *
format_amount (gint64 amount)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, amount);
  GString *text = g_string_new (NULL);
  gsize length = strlen (digits);
  gsize i;

  for (i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

static void
limit_row (Form           *form,
           double          top,
           const char     *text,
           const ChPolicy *policy,
           ChLimit         limit)
{
  label (form, X_LIMIT + 3, top, text);
  put (form, X_AMOUNT + 3, top + 9, 8, FALSE, "$");
  rule (form, X_LIMIT, top + ROW, RIGHT, top + ROW, 0.4);
  if (policy != NULL && policy->limits[limit] != CH_MONEY_ABSENT)
    {
      g_autofree char *amount = format_amount (policy->limits[limit]);

      value (form, X_AMOUNT + 11, top, amount);
    }
}

/* Letter, marks, number and dates: the part that every band has, on one of its rows. */
static void
policy_row (Form           *form,
            double          top,
            const ChPolicy *policy)
{
  if (policy == NULL)
    return;

  value (form, LEFT + 5, top, policy->insurer);
  if (policy->additional_insured != CH_MARK_ABSENT)
    value (form, X_ADDL + 6, top, policy->additional_insured == CH_MARK_YES ? "Y" : "N");
  if (policy->waiver_of_subrogation != CH_MARK_ABSENT)
    value (form, X_SUBR + 6, top, policy->waiver_of_subrogation == CH_MARK_YES ? "Y" : "N");
  value (form, X_NUMBER + 4, top, policy->policy_number);
  date (form, X_EFFECTIVE + 3, top, policy->effective);
  date (form, X_EXPIRATION + 3, top, policy->expiration);
}

static const ChPolicy *
find_policy (const ChCertificate *certificate,
             ChCoverage           coverage)
{
  guint i;

  for (i = 0; i < certificate->policies->len; i++)
    {
      const ChPolicy *policy = g_ptr_array_index (certificate->policies, i);

      if (policy->coverage == coverage)
        return policy;
    }
  return NULL;
}

static void
draw_head (Form *form)
{
  const ChCertificate *certificate = form->certificate;

  put (form, 150, 52, 15, TRUE, "CERTIFICATE OF LIABILITY INSURANCE");
  rule (form, 506, 24, 594, 24, 0.8);
  rule (form, 506, 24, 506, 48, 0.8);
  rule (form, 594, 24, 594, 48, 0.8);
  label (form, 512, 24, "DATE (MM/DD/YYYY)");
  date (form, 528, 36, certificate->date);
  rule (form, LEFT, 60, RIGHT, 60, 0.8);
  put (form, 22, 75, 7, FALSE, "SAMPLE. This certificate was drawn for trying Certholder. The companies, people and policies in it do not exist,");
  put (form, 22, 85, 7, FALSE, "and it is no evidence of insurance. Its arrangement follows the one that brokers use; its words are its own.");
  rule (form, LEFT, 120, RIGHT, 120, 0.8);
}

static void
draw_parties (Form *form)
{
  const ChCertificate *certificate = form->certificate;
  static const char *const letters[] = { "A", "B", "C", "D", "E", "F" };
  guint i;

  label (form, 20, 120, "PRODUCER");
  value (form, 22, 132, certificate->producer_name);
  value (form, 22, 144, "100 Exchange Place");
  value (form, 22, 156, "Suite 4");
  label (form, 308, 118, "CONTACT");
  label (form, 308, 124, "NAME:");
  value (form, 346, 121, certificate->producer_contact);
  label (form, 308, 130, "PHONE");
  label (form, 308, 136, "(A/C, No, Ext):");
  value (form, 353, 133, certificate->producer_phone);
  label (form, 482, 130, "FAX");
  label (form, 482, 136, "(A/C, No):");
  label (form, 308, 142, "E-MAIL");
  label (form, 308, 148, "ADDRESS:");
  value (form, 346, 145, certificate->producer_email);
  label (form, 390, 156, "INSURER(S) AFFORDING COVERAGE");
  label (form, 556, 156, "NAIC #");
  for (i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      const ChInsurer *insurer = ch_certificate_get_insurer (certificate, letters[i]);
      g_autofree char *text = g_strdup_printf ("INSURER %s :", letters[i]);
      double top = 168 + i * ROW;

      rule (form, 306, top, RIGHT, top, 0.4);
      label (form, 308, top, text);
      if (insurer == NULL)
        continue;
      value (form, 349, top, insurer->name);
      value (form, 550, top, insurer->naic);
    }
  rule (form, 540, 156, 540, 240, 0.4);
  rule (form, 306, 120, 306, 240, 0.8);
  for (i = 0; i < 3; i++)
    rule (form, 306, 132 + i * ROW, RIGHT, 132 + i * ROW, 0.4);
  rule (form, LEFT, 180, 306, 180, 0.8);
  label (form, 20, 180, "INSURED");
  value (form, 72, 192, certificate->insured_name);
  lines (form, 72, 204, certificate->insured_address);
  rule (form, LEFT, 240, RIGHT, 240, 0.8);
}

static void
draw_table_head (Form *form)
{
  put (form, 20, 249, 7, TRUE, "COVERAGES");
  label (form, 200, 240, "CERTIFICATE NUMBER:");
  value (form, 276, 240, form->certificate->certificate_number);
  label (form, 434, 240, "REVISION NUMBER:");
  value (form, 500, 240, form->certificate->revision_number);
  rule (form, LEFT, 252, RIGHT, 252, 0.8);
  put (form, 22, 264, 7, FALSE, "The policies listed below are invented. Limits are in whole dollars.");
  rule (form, LEFT, Y_HEAD - ROW, RIGHT, Y_HEAD - ROW, 0.8);
  label (form, 20, 274, "INSR");
  label (form, 21, 282, "LTR");
  label (form, 70, 282, "TYPE OF INSURANCE");
  label (form, 177, 274, "ADDL");
  label (form, 177, 282, "INSD");
  label (form, 195, 274, "SUBR");
  label (form, 195, 282, "WVD");
  label (form, 240, 282, "POLICY NUMBER");
  label (form, 334, 274, "POLICY EFF");
  label (form, 332, 282, "(MM/DD/YYYY)");
  label (form, 381, 274, "POLICY EXP");
  label (form, 379, 282, "(MM/DD/YYYY)");
  label (form, 500, 282, "LIMITS");
}

static void
draw_columns (Form *form)
{
  static const double columns[] = { LEFT, X_TYPE, X_ADDL, X_SUBR, X_NUMBER, X_EFFECTIVE, X_EXPIRATION, X_LIMIT, RIGHT };
  static const double bands[] = { Y_GENERAL, Y_AUTO, Y_UMBRELLA, Y_WORKERS, Y_OTHER, Y_DESCRIPTION };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (columns); i++)
    rule (form, columns[i], Y_HEAD - ROW, columns[i], Y_DESCRIPTION, 0.8);
  rule (form, X_AMOUNT, Y_GENERAL, X_AMOUNT, Y_DESCRIPTION, 0.4);
  for (i = 0; i < G_N_ELEMENTS (bands); i++)
    rule (form, LEFT, bands[i], RIGHT, bands[i], 1.0);
}

static void
draw_general_liability (Form *form)
{
  const ChPolicy *policy = find_policy (form->certificate, CH_COVERAGE_GENERAL_LIABILITY);
  ChAggregatePer per = policy != NULL ? policy->aggregate_per : CH_AGGREGATE_PER_ABSENT;
  double y = Y_GENERAL;

  box (form, X_TYPE + 2, y, policy != NULL, "COMMERCIAL GENERAL LIABILITY");
  box (form, X_TYPE + 20, y + ROW, policy != NULL && policy->basis == CH_BASIS_CLAIMS_MADE, "CLAIMS-MADE");
  box (form, X_TYPE + 80, y + ROW, policy != NULL && policy->basis == CH_BASIS_OCCURRENCE, "OCCUR");
  label (form, X_TYPE + 2, y + 4 * ROW, "GEN'L AGGREGATE LIMIT APPLIES PER:");
  box (form, X_TYPE + 2, y + 5 * ROW, per == CH_AGGREGATE_PER_POLICY, "POLICY");
  box (form, X_TYPE + 44, y + 5 * ROW, per == CH_AGGREGATE_PER_PROJECT, "PROJECT");
  box (form, X_TYPE + 94, y + 5 * ROW, per == CH_AGGREGATE_PER_LOCATION, "LOC");
  label (form, X_TYPE + 16, y + 6 * ROW, "OTHER:");
  limit_row (form, y, "EACH OCCURRENCE", policy, CH_LIMIT_EACH_OCCURRENCE);
  label (form, X_LIMIT + 3, y + ROW - 3, "DAMAGE TO RENTED");
  limit_row (form, y + ROW + 2, "PREMISES (Ea occurrence)", policy, CH_LIMIT_DAMAGE_TO_RENTED_PREMISES);
  limit_row (form, y + 2 * ROW, "MED EXP (Any one person)", policy, CH_LIMIT_MEDICAL_EXPENSE);
  limit_row (form, y + 3 * ROW, "PERSONAL & ADV INJURY", policy, CH_LIMIT_PERSONAL_ADVERTISING_INJURY);
  limit_row (form, y + 4 * ROW, "GENERAL AGGREGATE", policy, CH_LIMIT_GENERAL_AGGREGATE);
  limit_row (form, y + 5 * ROW, "PRODUCTS - COMP/OP AGG", policy, CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE);
  policy_row (form, y + 3 * ROW, policy);
}

static void
draw_automobile (Form *form)
{
  const ChPolicy *policy = find_policy (form->certificate, CH_COVERAGE_AUTOMOBILE_LIABILITY);
  ChAutos autos = policy != NULL ? policy->autos : CH_AUTOS_NONE;
  double y = Y_AUTO;

  label (form, X_TYPE + 2, y, "AUTOMOBILE LIABILITY");
  box (form, X_TYPE + 2, y + ROW, (autos & CH_AUTOS_ANY) != 0, "ANY AUTO");
  box (form, X_TYPE + 2, y + 2 * ROW, (autos & CH_AUTOS_OWNED) != 0, "OWNED AUTOS ONLY");
  box (form, X_TYPE + 76, y + 2 * ROW, (autos & CH_AUTOS_SCHEDULED) != 0, "SCHEDULED AUTOS");
  box (form, X_TYPE + 2, y + 3 * ROW, (autos & CH_AUTOS_HIRED) != 0, "HIRED AUTOS ONLY");
  box (form, X_TYPE + 76, y + 3 * ROW, (autos & CH_AUTOS_NON_OWNED) != 0, "NON-OWNED AUTOS");
  limit_row (form, y, "COMBINED SINGLE LIMIT (Ea accident)", policy, CH_LIMIT_COMBINED_SINGLE_LIMIT);
  limit_row (form, y + ROW, "BODILY INJURY (Per person)", policy, CH_LIMIT_BODILY_INJURY_PER_PERSON);
  limit_row (form, y + 2 * ROW, "BODILY INJURY (Per accident)", policy, CH_LIMIT_BODILY_INJURY_PER_ACCIDENT);
  limit_row (form, y + 3 * ROW, "PROPERTY DAMAGE (Per accident)", policy, CH_LIMIT_PROPERTY_DAMAGE);
  policy_row (form, y + 2 * ROW, policy);
}

static void
draw_umbrella (Form *form)
{
  const ChPolicy *policy = find_policy (form->certificate, CH_COVERAGE_UMBRELLA_EXCESS);
  double y = Y_UMBRELLA;

  box (form, X_TYPE + 2, y, policy != NULL && policy->kind == CH_UMBRELLA_KIND_UMBRELLA, "UMBRELLA LIAB");
  box (form, X_TYPE + 80, y, policy != NULL && policy->basis == CH_BASIS_OCCURRENCE, "OCCUR");
  box (form, X_TYPE + 2, y + ROW, policy != NULL && policy->kind == CH_UMBRELLA_KIND_EXCESS, "EXCESS LIAB");
  box (form, X_TYPE + 80, y + ROW, policy != NULL && policy->basis == CH_BASIS_CLAIMS_MADE, "CLAIMS-MADE");
  box (form, X_TYPE + 2, y + 2 * ROW, FALSE, "DED");
  box (form, X_TYPE + 36, y + 2 * ROW, policy != NULL && policy->limits[CH_LIMIT_RETENTION] != CH_MONEY_ABSENT, "RETENTION $");
  if (policy != NULL && policy->limits[CH_LIMIT_RETENTION] != CH_MONEY_ABSENT)
    {
      g_autofree char *amount = format_amount (policy->limits[CH_LIMIT_RETENTION]);

      value (form, X_TYPE + 92, y + 2 * ROW, amount);
    }
  limit_row (form, y, "EACH OCCURRENCE", policy, CH_LIMIT_EACH_OCCURRENCE);
  limit_row (form, y + ROW, "AGGREGATE", policy, CH_LIMIT_AGGREGATE);
  policy_row (form, y + ROW, policy);
}

static void
draw_workers_compensation (Form *form)
{
  const ChPolicy *policy = find_policy (form->certificate, CH_COVERAGE_WORKERS_COMPENSATION);
  double y = Y_WORKERS;

  label (form, X_TYPE + 2, y, "WORKERS COMPENSATION");
  label (form, X_TYPE + 2, y + 8, "AND EMPLOYERS' LIABILITY");
  label (form, X_ADDL + 3, y + 2 * ROW, "N / A");
  box (form, X_LIMIT + 6, y, policy != NULL && policy->statutory == CH_MARK_YES, "PER STATUTE");
  box (form, X_LIMIT + 70, y, FALSE, "OTHER");
  rule (form, X_LIMIT, y + ROW, RIGHT, y + ROW, 0.4);
  limit_row (form, y + ROW, "E.L. EACH ACCIDENT", policy, CH_LIMIT_EL_EACH_ACCIDENT);
  limit_row (form, y + 2 * ROW, "E.L. DISEASE - EA EMPLOYEE", policy, CH_LIMIT_EL_DISEASE_EACH_EMPLOYEE);
  limit_row (form, y + 3 * ROW, "E.L. DISEASE - POLICY LIMIT", policy, CH_LIMIT_EL_DISEASE_POLICY_LIMIT);
  policy_row (form, y + 2 * ROW, policy);
}

static void
draw_other (Form *form)
{
  const ChPolicy *policy = find_policy (form->certificate, CH_COVERAGE_OTHER);

  if (policy == NULL)
    return;

  value (form, X_TYPE + 4, Y_OTHER, policy->coverage_text);
  limit_row (form, Y_OTHER, "PER CLAIM", policy, CH_LIMIT_EACH_OCCURRENCE);
  limit_row (form, Y_OTHER + ROW, "AGGREGATE", policy, CH_LIMIT_AGGREGATE);
  policy_row (form, Y_OTHER, policy);
}

static void
draw_foot (Form *form)
{
  const ChCertificate *certificate = form->certificate;

  label (form, 20, Y_DESCRIPTION, "DESCRIPTION OF OPERATIONS / LOCATIONS / VEHICLES");
  lines (form, 22, Y_DESCRIPTION + ROW, certificate->description_of_operations);
  rule (form, LEFT, Y_HOLDER - ROW, RIGHT, Y_HOLDER - ROW, 0.8);
  put (form, 20, Y_HOLDER - 2.5, 7, TRUE, "CERTIFICATE HOLDER");
  put (form, 320, Y_HOLDER - 2.5, 7, TRUE, "CANCELLATION");
  rule (form, LEFT, Y_HOLDER, RIGHT, Y_HOLDER, 0.8);
  rule (form, 306, Y_HOLDER, 306, Y_END, 0.8);
  value (form, 72, Y_HOLDER + ROW, certificate->holder_name);
  lines (form, 72, Y_HOLDER + 2 * ROW, certificate->holder_address);
  label (form, 308, Y_HOLDER + 4 * ROW, "AUTHORIZED REPRESENTATIVE");
  rule (form, 306, Y_HOLDER + 4 * ROW, RIGHT, Y_HOLDER + 4 * ROW, 0.4);
  rule (form, LEFT, Y_END, RIGHT, Y_END, 0.8);
  rule (form, LEFT, 60, LEFT, Y_END, 0.8);
  rule (form, RIGHT, 60, RIGHT, Y_END, 0.8);
  put (form, 20, 756, 7, FALSE, "A sample in the arrangement of ACORD 25 (2016/03)");
}

/**
 * ch_sample_form_draw:
 * @certificate: what to show
 * @file: the PDF to write
 * @error: why it can't be written
 *
 * Draws one page.
 *
 * Returns: whether it was written
 */
gboolean
ch_sample_form_draw (const ChCertificate *certificate,
                     const char          *file,
                     GError             **error)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (file, PAGE_WIDTH, PAGE_HEIGHT);
  Form form = { .cr = cairo_create (surface), .certificate = certificate };
  cairo_status_t status;

  /* The same sample is the same bytes: no date of today in it. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, "Sample certificate");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "2026-01-01T00:00:00Z");
  draw_columns (&form);
  draw_head (&form);
  draw_parties (&form);
  draw_table_head (&form);
  draw_general_liability (&form);
  draw_automobile (&form);
  draw_umbrella (&form);
  draw_workers_compensation (&form);
  draw_other (&form);
  draw_foot (&form);
  cairo_show_page (form.cr);
  cairo_destroy (form.cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", file, cairo_status_to_string (status));
      return FALSE;
    }
  return TRUE;
}
