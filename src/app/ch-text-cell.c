#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-text-cell.h"

#include <math.h>

#define MAX_LINES 2
#define MIN_CHARS 6
/* of the font's size */
#define LINE_HEIGHT 1.42
#define GLYPH_WIDTH 0.58
/* what libadwaita calls a caption, and how dim it makes a label */
#define DETAIL_SCALE 0.82
#define DETAIL_ALPHA 0.6f

struct _ChTextCell
{
  GtkWidget    parent_instance;

  char        *texts[MAX_LINES];     /* (nullable) each */
  PangoLayout *layouts[MAX_LINES];   /* (nullable) each: made when it is drawn */
  int          n_lines;
  int          width_chars;
};

G_DEFINE_FINAL_TYPE (ChTextCell, ch_text_cell, GTK_TYPE_WIDGET)

static void
clear_layouts (ChTextCell *self)
{
  for (int i = 0; i < MAX_LINES; i++)
    g_clear_object (&self->layouts[i]);
}

static double
get_font_size (ChTextCell *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double)pango_font_description_get_size (font) / PANGO_SCALE;

  return pango_font_description_get_size_is_absolute (font) ? size
         : size * pango_cairo_context_get_resolution (context) / 72;
}

static void
ch_text_cell_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  ChTextCell *self = (ChTextCell *)widget;
  double size = get_font_size (self);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = (int)ceil (size * LINE_HEIGHT * (self->n_lines > 1 ? 1 + DETAIL_SCALE : 1));
      return;
    }

  *minimum = (int)ceil (size * GLYPH_WIDTH * MIN (MIN_CHARS, self->width_chars));
  *natural = (int)ceil (size * GLYPH_WIDTH * self->width_chars);
}

static PangoLayout *
make_layout (ChTextCell *self,
             int         line)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->texts[line]);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  if (line > 0)
    pango_attr_list_insert (attributes, pango_attr_scale_new (DETAIL_SCALE));
  else if (self->n_lines > 1)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_MEDIUM));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);

  return layout;
}

/* Answers the height of all lines together. */
static int
lay_out (ChTextCell *self)
{
  int total = 0;

  for (int i = 0; i < self->n_lines; i++)
    {
      int height;

      if (self->texts[i] == NULL)
        continue;
      if (self->layouts[i] == NULL)
        self->layouts[i] = make_layout (self, i);
      pango_layout_set_width (self->layouts[i], gtk_widget_get_width (GTK_WIDGET (self)) * PANGO_SCALE);
      pango_layout_get_pixel_size (self->layouts[i], NULL, &height);
      total += height;
    }

  return total;
}

static void
ch_text_cell_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  ChTextCell *self = (ChTextCell *)widget;
  float y = (float)((gtk_widget_get_height (widget) - lay_out (self)) / 2);
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  for (int i = 0; i < self->n_lines; i++)
    {
      int height;

      if (self->layouts[i] == NULL)
        continue;
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, y));
      gtk_snapshot_append_layout (snapshot, self->layouts[i], &colour);
      gtk_snapshot_restore (snapshot);
      pango_layout_get_pixel_size (self->layouts[i], NULL, &height);
      y += (float)height;
      colour.alpha *= DETAIL_ALPHA;
    }
}

/* A text that is cut off tells itself in full when pointed at. */
static gboolean
ch_text_cell_query_tooltip (GtkWidget  *widget,
                            int         x,
                            int         y,
                            gboolean    keyboard,
                            GtkTooltip *tooltip)
{
  ChTextCell *self = (ChTextCell *)widget;
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean is_cut = FALSE;

  for (int i = 0; i < self->n_lines; i++)
    {
      if (self->layouts[i] == NULL)
        continue;
      is_cut = is_cut || pango_layout_is_ellipsized (self->layouts[i]);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", self->texts[i]);
    }
  gtk_tooltip_set_text (tooltip, text->str);

  return is_cut;
}

static void
ch_text_cell_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ch_text_cell_parent_class)->css_changed (widget, change);

  clear_layouts ((ChTextCell *)widget);
}

static void
ch_text_cell_system_setting_changed (GtkWidget        *widget,
                                     GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (ch_text_cell_parent_class)->system_setting_changed (widget, setting);

  clear_layouts ((ChTextCell *)widget);
  gtk_widget_queue_resize (widget);
}

static void
ch_text_cell_direction_changed (GtkWidget        *widget,
                                GtkTextDirection  previous)
{
  GTK_WIDGET_CLASS (ch_text_cell_parent_class)->direction_changed (widget, previous);

  clear_layouts ((ChTextCell *)widget);
}

static void
ch_text_cell_finalize (GObject *object)
{
  ChTextCell *self = (ChTextCell *)object;

  clear_layouts (self);
  for (int i = 0; i < MAX_LINES; i++)
    g_free (self->texts[i]);

  G_OBJECT_CLASS (ch_text_cell_parent_class)->finalize (object);
}

static void
ch_text_cell_class_init (ChTextCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ch_text_cell_finalize;
  widget_class->measure = ch_text_cell_measure;
  widget_class->snapshot = ch_text_cell_snapshot;
  widget_class->query_tooltip = ch_text_cell_query_tooltip;
  widget_class->css_changed = ch_text_cell_css_changed;
  widget_class->system_setting_changed = ch_text_cell_system_setting_changed;
  widget_class->direction_changed = ch_text_cell_direction_changed;

  gtk_widget_class_set_css_name (widget_class, "textcell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
ch_text_cell_init (ChTextCell *self)
{
  self->n_lines = 1;
  self->width_chars = MIN_CHARS;
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/**
 * ch_text_cell_new:
 * @n_lines: 1, or 2 with a detail below the text
 *
 * Returns: (transfer floating): an empty cell
 */
GtkWidget *
ch_text_cell_new (int n_lines)
{
  ChTextCell *self = g_object_new (CH_TYPE_TEXT_CELL, NULL);

  g_return_val_if_fail (n_lines >= 1 && n_lines <= MAX_LINES, GTK_WIDGET (self));

  self->n_lines = n_lines;

  return GTK_WIDGET (self);
}

static gboolean
set_line (ChTextCell *self,
          int         line,
          const char *text)
{
  if (text != NULL && *text == '\0')
    text = NULL;
  if (g_strcmp0 (self->texts[line], text) == 0)
    return FALSE;

  g_free (self->texts[line]);
  self->texts[line] = g_strdup (text);
  g_clear_object (&self->layouts[line]);
  return TRUE;
}

void
ch_text_cell_set_text (ChTextCell *self,
                       const char *text,
                       const char *detail)
{
  gboolean is_changed;
  g_autofree char *spoken = NULL;

  g_return_if_fail (CH_IS_TEXT_CELL (self));

  is_changed = set_line (self, 0, text);
  is_changed = set_line (self, 1, detail) || is_changed;
  if (!is_changed)
    return;

  spoken = g_strjoin (self->texts[0] != NULL && self->texts[1] != NULL ? ", " : "",
                      self->texts[0] != NULL ? self->texts[0] : "", self->texts[1] != NULL ? self->texts[1] : "", NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
ch_text_cell_get_text (ChTextCell *self)
{
  g_return_val_if_fail (CH_IS_TEXT_CELL (self), "");

  return self->texts[0] != NULL ? self->texts[0] : "";
}

const char *
ch_text_cell_get_detail (ChTextCell *self)
{
  g_return_val_if_fail (CH_IS_TEXT_CELL (self), NULL);

  return self->texts[1];
}

void
ch_text_cell_set_width_chars (ChTextCell *self,
                              int         n_chars)
{
  g_return_if_fail (CH_IS_TEXT_CELL (self));

  self->width_chars = n_chars;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
