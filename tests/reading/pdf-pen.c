#include "config.h"

#include "pdf-pen.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define FIRST_FONT 3

struct _PdfPen
{
  GPtrArray  *objects;    /* (element-type GString): number 1 is the catalogue, 2 the pages, then the fonts */
  GString    *kids;
  GString    *fields;
  GString    *content;    /* (nullable): of the page being drawn */
  GString    *notes;      /* annotations of that page */
  GString    *pictures;
  guint       n_pages;
  guint       n_pictures;
  double      width;
  double      height;
  int         rotate;
  int         quarter_turns;
  PdfFont     font;
  double      size;
  gboolean    has_form;
  gboolean    has_xfa;
};

static const char *const font_names[PDF_N_FONTS] = { "Helvetica",   "Helvetica-Bold", "Courier",
                                                     "Courier-Bold", "Times-Roman",    "ZapfDingbats" };

/* Thousandths of the size, from the blank to the tilde. */
static const guint16 helvetica_widths[] = {
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
  556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
};

static void G_GNUC_PRINTF (2, 3)
add (GString    *to,
     const char *format,
     ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_string_append (to, text);
}

static guint
add_object (PdfPen     *self,
            const char *text)
{
  g_ptr_array_add (self->objects, g_string_new (text));

  return self->objects->len;
}

static guint
add_stream (PdfPen     *self,
            const char *keys,
            const char *data)
{
  g_autofree char *text = g_strdup_printf ("<<%s/Length %zu>>\nstream\n%s\nendstream", keys, strlen (data), data);

  return add_object (self, text);
}

PdfPen *
pdf_pen_new (void)
{
  PdfPen *self = g_new0 (PdfPen, 1);
  guint i;

  self->objects = g_ptr_array_new ();
  self->kids = g_string_new (NULL);
  self->fields = g_string_new (NULL);
  self->notes = g_string_new (NULL);
  self->pictures = g_string_new (NULL);
  add_object (self, "");
  add_object (self, "");
  for (i = 0; i < PDF_N_FONTS; i++)
    {
      g_autofree char *font
          = g_strdup_printf ("<</Type/Font/Subtype/Type1/BaseFont/%s%s>>", font_names[i],
                             i == PDF_FONT_DINGBATS ? "" : "/Encoding/WinAnsiEncoding");

      add_object (self, font);
    }

  return self;
}

void
pdf_pen_free (PdfPen *self)
{
  guint i;

  if (self == NULL)
    return;

  for (i = 0; i < self->objects->len; i++)
    g_string_free (g_ptr_array_index (self->objects, i), TRUE);
  g_ptr_array_unref (self->objects);
  g_string_free (self->kids, TRUE);
  g_string_free (self->fields, TRUE);
  g_string_free (self->notes, TRUE);
  g_string_free (self->pictures, TRUE);
  if (self->content != NULL)
    g_string_free (self->content, TRUE);
  g_free (self);
}

static void
end_page (PdfPen *self)
{
  g_autoptr (GString) page = g_string_new (NULL);
  gboolean lies = (self->rotate / 90 + self->quarter_turns) % 2 != 0;
  guint content, font;

  if (self->content == NULL)
    return;

  content = add_stream (self, "", self->content->str);
  add (page, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Rotate %d/Contents %u 0 R/Resources<</Font<<",
       lies ? self->height : self->width, lies ? self->width : self->height, self->rotate, content);
  for (font = 0; font < PDF_N_FONTS; font++)
    add (page, "/F%u %u 0 R", font, FIRST_FONT + font);
  add (page, ">>/XObject<<%s>>>>/Annots[%s]>>", self->pictures->str, self->notes->str);
  add (self->kids, "%u 0 R ", add_object (self, page->str));
  self->n_pages++;
  g_string_free (g_steal_pointer (&self->content), TRUE);
  g_string_truncate (self->notes, 0);
  g_string_truncate (self->pictures, 0);
}

/* From the page as it is seen, y upwards, to the paper of the file. */
static void
find_paper_matrix (const PdfPen *self,
                   double        matrix[6])
{
  const double turned[4][6] = {
    { 1, 0, 0, 1, 0, 0 },
    { 0, 1, -1, 0, self->height, 0 },
    { -1, 0, 0, -1, self->width, self->height },
    { 0, -1, 1, 0, 0, self->width },
  };

  memcpy (matrix, turned[(self->rotate / 90 + self->quarter_turns) % 4], sizeof turned[0]);
}

void
pdf_pen_begin_page (PdfPen *self,
                    double  width,
                    double  height,
                    int     rotate,
                    int     quarter_turns)
{
  double m[6];

  end_page (self);
  self->width = width;
  self->height = height;
  self->rotate = rotate;
  self->quarter_turns = quarter_turns;
  self->content = g_string_new (NULL);
  find_paper_matrix (self, m);
  add (self->content, "%g %g %g %g %g %g cm\n", m[0], m[1], m[2], m[3], m[4], m[5]);
}

void
pdf_pen_set_matrix (PdfPen *self,
                    double  scale,
                    double  degrees,
                    double  dx,
                    double  dy)
{
  double c = scale * cos (degrees * G_PI / 180);
  double s = scale * sin (degrees * G_PI / 180);

  /* Around the page's top left, in a system whose y goes up. */
  add (self->content, "%.6f %.6f %.6f %.6f %.4f %.4f cm\n", c, -s, s, c, dx - s * self->height,
       self->height - dy - c * self->height);
}

void
pdf_pen_set_font (PdfPen  *self,
                  PdfFont  font,
                  double   size)
{
  self->font = font;
  self->size = size;
}

void
pdf_pen_set_grey (PdfPen *self,
                  double  grey)
{
  add (self->content, "%g g %g G\n", grey, grey);
}

void
pdf_pen_set_mode (PdfPen      *self,
                  PdfTextMode  mode)
{
  add (self->content, "%d Tr\n", mode);
}

double
pdf_pen_get_width (PdfPen     *self,
                   const char *text)
{
  double width = 0;
  const char *at;

  for (at = text; *at != '\0'; at++)
    {
      if (self->font == PDF_FONT_COURIER || self->font == PDF_FONT_COURIER_BOLD)
        width += 0.6;
      else if (*at >= ' ' && *at <= '~')
        width += helvetica_widths[*at - ' '] / 1000.0;
      else
        width += 0.5;
    }

  return width * self->size;
}

static char *
escape (const char *text)
{
  GString *escaped = g_string_new (NULL);
  g_autofree char *latin = g_convert_with_fallback (text, -1, "WINDOWS-1252", "UTF-8", "?", NULL, NULL, NULL);
  const char *at;

  for (at = latin; *at != '\0'; at++)
    {
      if (*at == '\n')
        {
          g_string_append (escaped, "\\n");
          continue;
        }
      if (*at == '(' || *at == ')' || *at == '\\')
        g_string_append_c (escaped, '\\');
      g_string_append_c (escaped, *at);
    }

  return g_string_free (escaped, FALSE);
}

void
pdf_pen_text (PdfPen     *self,
              double      x,
              double      baseline,
              const char *text)
{
  g_autofree char *escaped = escape (text);

  add (self->content, "BT /F%d %g Tf %.3f %.3f Td (%s) Tj ET\n", self->font, self->size, x, self->height - baseline,
       escaped);
}

void
pdf_pen_line (PdfPen *self,
              double  x0,
              double  y0,
              double  x1,
              double  y1,
              double  width)
{
  add (self->content, "%g w %.3f %.3f m %.3f %.3f l S\n", width, x0, self->height - y0, x1, self->height - y1);
}

static void
add_rectangle (PdfPen      *self,
               const ChBox *box,
               const char  *operator)
{
  add (self->content, "%.3f %.3f %.3f %.3f re %s\n", box->x0, self->height - box->y1, ch_box_width (box),
       ch_box_height (box), operator);
}

void
pdf_pen_frame (PdfPen      *self,
               const ChBox *box,
               double       width)
{
  add (self->content, "%g w\n", width);
  add_rectangle (self, box, "S");
}

void
pdf_pen_area (PdfPen      *self,
              const ChBox *box)
{
  add_rectangle (self, box, "f");
}

void
pdf_pen_clip (PdfPen      *self,
              const ChBox *box)
{
  add_rectangle (self, box, "W n");
}

/* Eight rows of eight grey pixels, dark on both diagonals. */
void
pdf_pen_picture (PdfPen      *self,
                 const ChBox *box)
{
  g_autoptr (GString) pixels = g_string_new (NULL);
  guint x, y, number;

  for (y = 0; y < 8; y++)
    {
      for (x = 0; x < 8; x++)
        g_string_append (pixels, x == y || x == 7 - y ? "00" : "FF");
    }
  g_string_append_c (pixels, '>');
  number = add_stream (self,
                       "/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray"
                       "/Filter/ASCIIHexDecode",
                       pixels->str);
  add (self->pictures, "/I%u %u 0 R", ++self->n_pictures, number);
  add (self->content, "q %.3f 0 0 %.3f %.3f %.3f cm /I%u Do Q\n", ch_box_width (box), ch_box_height (box), box->x0,
       self->height - box->y1, self->n_pictures);
}

/* Annotations lie on the paper, whatever the page's contents are drawn through. */
static void
add_place (PdfPen      *self,
           GString     *object,
           const ChBox *box)
{
  double m[6];
  double y0 = self->height - box->y1;
  double y1 = self->height - box->y0;
  double x[2], y[2];

  find_paper_matrix (self, m);
  x[0] = m[0] * box->x0 + m[2] * y0 + m[4];
  y[0] = m[1] * box->x0 + m[3] * y0 + m[5];
  x[1] = m[0] * box->x1 + m[2] * y1 + m[4];
  y[1] = m[1] * box->x1 + m[3] * y1 + m[5];
  add (object, "/Rect[%.3f %.3f %.3f %.3f]", MIN (x[0], x[1]), MIN (y[0], y[1]), MAX (x[0], x[1]), MAX (y[0], y[1]));
}

static void
take_field (PdfPen  *self,
            GString *object)
{
  guint number = add_object (self, object->str);

  add (self->fields, "%u 0 R ", number);
  add (self->notes, "%u 0 R ", number);
  self->has_form = TRUE;
}

void
pdf_pen_field (PdfPen      *self,
               const ChBox *box,
               const char  *value,
               gboolean     hidden)
{
  g_autoptr (GString) object = g_string_new (NULL);
  g_autofree char *escaped = escape (value);

  add (object, "<</Type/Annot/Subtype/Widget/FT/Tx/T(field%u)/F %d/V(%s)/Ff %d/DA(/F0 8 Tf 0 g)", self->objects->len,
       hidden ? 6 : 4, escaped, strchr (value, '\n') != NULL ? 4096 : 0);
  add_place (self, object, box);
  add (object, ">>");
  take_field (self, object);
}

void
pdf_pen_button (PdfPen      *self,
                const ChBox *box,
                gboolean     ticked)
{
  g_autoptr (GString) object = g_string_new (NULL);
  g_autofree char *cross = g_strdup_printf ("0 0 m %.2f %.2f l S", ch_box_width (box), ch_box_height (box));
  guint on = add_stream (self, "/Type/XObject/Subtype/Form/BBox[0 0 12 12]", cross);
  guint off = add_stream (self, "/Type/XObject/Subtype/Form/BBox[0 0 12 12]", "");

  add (object, "<</Type/Annot/Subtype/Widget/FT/Btn/T(field%u)/F 4/V/%s/AS/%s/AP<</N<</Yes %u 0 R/Off %u 0 R>>>>",
       self->objects->len, ticked ? "Yes" : "Off", ticked ? "Yes" : "Off", on, off);
  add_place (self, object, box);
  add (object, ">>");
  take_field (self, object);
}

void
pdf_pen_note (PdfPen      *self,
              const ChBox *box,
              const char  *text)
{
  g_autoptr (GString) object = g_string_new (NULL);
  g_autofree char *escaped = escape (text);
  g_autofree char *content = g_strdup_printf ("BT /F0 8 Tf 1 %.2f Td (%s) Tj ET", ch_box_height (box) - 8, escaped);
  g_autofree char *keys
      = g_strdup_printf ("/Type/XObject/Subtype/Form/BBox[0 0 %.2f %.2f]/Resources<</Font<</F0 %d 0 R>>>>",
                         ch_box_width (box), ch_box_height (box), FIRST_FONT);
  guint appearance = add_stream (self, keys, content);

  add (object, "<</Type/Annot/Subtype/FreeText/F 4/Contents(%s)/DA(/Helv 8 Tf 0 g)/AP<</N %u 0 R>>", escaped, appearance);
  add_place (self, object, box);
  add (object, ">>");
  add (self->notes, "%u 0 R ", add_object (self, object->str));
}

void
pdf_pen_add_form (PdfPen   *self,
                  gboolean  xfa)
{
  self->has_form = TRUE;
  self->has_xfa = xfa;
}

void
pdf_pen_garble (PdfPen *self)
{
  guint letters = add_stream (self, "",
                              "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
                              "1 begincodespacerange <00> <FF> endcodespacerange\n"
                              "1 beginbfrange <21> <7E> <0024> endbfrange\n"
                              "endcmap end end");
  guint i;

  for (i = 0; i < PDF_N_FONTS; i++)
    {
      GString *font = g_ptr_array_index (self->objects, FIRST_FONT - 1 + i);

      g_string_truncate (font, font->len - strlen (">>"));
      add (font, "/ToUnicode %u 0 R>>", letters);
    }
}

static void
set_object (PdfPen  *self,
            guint    number,
            GString *text)
{
  g_string_assign (g_ptr_array_index (self->objects, number - 1), text->str);
}

static void
write_catalogue (PdfPen *self)
{
  g_autoptr (GString) catalogue = g_string_new ("<</Type/Catalog/Pages 2 0 R");
  g_autoptr (GString) pages = g_string_new (NULL);

  if (self->has_form)
    {
      add (catalogue, "/AcroForm<</Fields[%s]/NeedAppearances true/DA(/F0 8 Tf 0 g)/DR<</Font<</F0 %d 0 R>>>>",
           self->fields->str, FIRST_FONT);
      if (self->has_xfa)
        add (catalogue, "/XFA %u 0 R", add_stream (self, "", "<xdp:xdp xmlns:xdp=\"http://ns.adobe.com/xdp/\"/>"));
      add (catalogue, ">>");
    }
  add (catalogue, ">>");
  add (pages, "<</Type/Pages/Kids[%s]/Count %u>>", self->kids->str, self->n_pages);
  set_object (self, 1, catalogue);
  set_object (self, 2, pages);
}

void
pdf_pen_save (PdfPen     *self,
              const char *path)
{
  g_autoptr (GString) file = g_string_new ("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n");
  g_autoptr (GString) table = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gsize start;
  guint i;

  end_page (self);
  write_catalogue (self);
  add (table, "xref\n0 %u\n0000000000 65535 f \n", self->objects->len + 1);
  for (i = 0; i < self->objects->len; i++)
    {
      add (table, "%010zu 00000 n \n", file->len);
      add (file, "%u 0 obj\n", i + 1);
      g_string_append (file, ((GString *) g_ptr_array_index (self->objects, i))->str);
      g_string_append (file, "\nendobj\n");
    }
  start = file->len;
  g_string_append (file, table->str);
  add (file, "trailer<</Size %u/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", self->objects->len + 1, start);
  g_file_set_contents (path, file->str, (gssize) file->len, &error);
  g_assert_no_error (error);
}
