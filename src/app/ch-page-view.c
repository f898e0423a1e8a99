#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-page-view.h"

#include "ch-certificate.h"

#include <glib/gi18n-lib.h>

/* How far the marks stand off the text, in points. */
#define MARGIN 1.5f

struct _ChPageView
{
  GtkWidget   parent_instance;

  GdkTexture *texture;      /* (nullable) */
  double      points_width;
  double      points_height;
  double      scale;
  GPtrArray  *fields;       /* (nullable) (element-type ChFieldReading) */
  double      doubtful;
  char       *selected;     /* (nullable): a path */
};

enum {
  FIELD_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChPageView, ch_page_view, GTK_TYPE_WIDGET)

static graphene_rect_t
get_box (ChPageView           *self,
         const ChFieldReading *field)
{
  float scale = (float)self->scale;

  return GRAPHENE_RECT_INIT (((float)field->box[0] - MARGIN) * scale, ((float)field->box[1] - MARGIN) * scale,
                             (float)(field->box[2] - field->box[0] + 2 * MARGIN) * scale,
                             (float)(field->box[3] - field->box[1] + 2 * MARGIN) * scale);
}

static void
draw_frame (GtkSnapshot           *snapshot,
            const graphene_rect_t *box,
            const GdkRGBA         *colour,
            float                  width)
{
  GskRoundedRect frame;
  const float widths[4] = { width, width, width, width };
  const GdkRGBA colours[4] = { *colour, *colour, *colour, *colour };

  gsk_rounded_rect_init_from_rect (&frame, box, 3);
  gtk_snapshot_append_border (snapshot, &frame, widths, colours);
}

/* The paper is white in the dark style too, so the marks' colours are fixed. The chosen one is filled and framed
 * twice as thick; a doubtful one has a thick foot: no difference is in the colour alone. */
static void
draw_field (ChPageView           *self,
            GtkSnapshot          *snapshot,
            const ChFieldReading *field)
{
  const GdkRGBA quiet = { 0.21f, 0.52f, 0.89f, 0.35f };
  const GdkRGBA doubt = { 0.78f, 0.45f, 0.0f, 1.0f };
  const GdkRGBA chosen = { 0.11f, 0.44f, 0.85f, 1.0f };
  const GdkRGBA fill = { 0.11f, 0.44f, 0.85f, 0.16f };
  graphene_rect_t box = get_box (self, field);

  if (g_strcmp0 (field->path, self->selected) == 0)
    {
      gtk_snapshot_append_color (snapshot, &fill, &box);
      draw_frame (snapshot, &box, &chosen, 2);
    }
  else if (field->confidence < self->doubtful)
    {
      graphene_rect_t foot = GRAPHENE_RECT_INIT (box.origin.x, box.origin.y + box.size.height - 2, box.size.width, 3);

      draw_frame (snapshot, &box, &doubt, 1);
      gtk_snapshot_append_color (snapshot, &doubt, &foot);
    }
  else
    {
      draw_frame (snapshot, &box, &quiet, 1);
    }
}

static void
ch_page_view_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  ChPageView *self = (ChPageView *)widget;
  const GdkRGBA white = { 1, 1, 1, 1 };
  graphene_rect_t page = GRAPHENE_RECT_INIT (0, 0, (float)(self->points_width * self->scale),
                                             (float)(self->points_height * self->scale));

  gtk_snapshot_append_color (snapshot, &white, &page);
  if (self->texture != NULL)
    gtk_snapshot_append_texture (snapshot, self->texture, &page);
  for (guint i = 0; self->fields != NULL && i < self->fields->len; i++)
    draw_field (self, snapshot, g_ptr_array_index (self->fields, i));
}

static void
ch_page_view_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  ChPageView *self = (ChPageView *)widget;
  double points = orientation == GTK_ORIENTATION_HORIZONTAL ? self->points_width : self->points_height;

  *minimum = *natural = (int)(points * self->scale + 0.5);
}

/* The smallest box under the point: a table's cell rather than the table. */
static const ChFieldReading *
find_field (ChPageView *self,
            double      x,
            double      y)
{
  const ChFieldReading *found = NULL;
  float found_area = G_MAXFLOAT;

  for (guint i = 0; self->fields != NULL && i < self->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (self->fields, i);
      graphene_rect_t box = get_box (self, field);
      float area = box.size.width * box.size.height;

      if (area < found_area && graphene_rect_contains_point (&box, &GRAPHENE_POINT_INIT ((float)x, (float)y)))
        {
          found = field;
          found_area = area;
        }
    }

  return found;
}

static void
on_pressed_cb (GtkGestureClick *gesture,
               int              n_press,
               double           x,
               double           y,
               ChPageView      *self)
{
  const ChFieldReading *field = find_field (self, x, y);

  if (field != NULL)
    g_signal_emit (self, signals[FIELD_ACTIVATED], 0, field->path);
}

static gboolean
on_query_tooltip_cb (GtkWidget  *widget,
                     int         x,
                     int         y,
                     gboolean    keyboard,
                     GtkTooltip *tooltip)
{
  ChPageView *self = (ChPageView *)widget;
  const ChFieldReading *field = keyboard ? NULL : find_field (self, x, y);
  g_autofree char *text = NULL;
  g_autofree char *why = NULL;
  g_autofree char *with_why = NULL;

  if (field == NULL)
    return FALSE;

  /* Translators: how sure the reader is of a value, in per cent */
  text = g_strdup_printf (_("Read with %d %% certainty"), (int)(field->confidence * 100 + 0.5));
  why = ch_doubts_describe (field->doubts);
  with_why = g_strjoin ("\n", text, why, NULL);
  gtk_tooltip_set_text (tooltip, with_why);
  return TRUE;
}

static void
ch_page_view_finalize (GObject *object)
{
  ChPageView *self = (ChPageView *)object;

  g_clear_object (&self->texture);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self->selected);

  G_OBJECT_CLASS (ch_page_view_parent_class)->finalize (object);
}

static void
ch_page_view_class_init (ChPageViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ch_page_view_finalize;
  widget_class->snapshot = ch_page_view_snapshot;
  widget_class->measure = ch_page_view_measure;

  signals[FIELD_ACTIVATED] = g_signal_new ("field-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "document-page");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ch_page_view_init (ChPageView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->scale = 1;
  /* US Letter, until the page says what it is */
  self->points_width = 612;
  self->points_height = 792;
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip_cb), NULL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
ch_page_view_new (void)
{
  return g_object_new (CH_TYPE_PAGE_VIEW, NULL);
}

/**
 * ch_page_view_set_texture:
 * @self: a view
 * @texture: (nullable): the page as rendered, at whatever scale
 * @points_width: the page's size, 0 to leave it as it is
 * @points_height: likewise
 */
void
ch_page_view_set_texture (ChPageView *self,
                          GdkTexture *texture,
                          double      points_width,
                          double      points_height)
{
  g_return_if_fail (CH_IS_PAGE_VIEW (self));

  g_set_object (&self->texture, texture);
  if (points_width > 0 && points_height > 0)
    {
      self->points_width = points_width;
      self->points_height = points_height;
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ch_page_view_set_scale (ChPageView *self,
                        double      scale)
{
  g_return_if_fail (CH_IS_PAGE_VIEW (self));

  self->scale = scale;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

double
ch_page_view_get_scale (ChPageView *self)
{
  g_return_val_if_fail (CH_IS_PAGE_VIEW (self), 1);

  return self->scale;
}

void
ch_page_view_set_fields (ChPageView *self,
                         GPtrArray  *fields,
                         double      doubtful)
{
  g_return_if_fail (CH_IS_PAGE_VIEW (self));

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  self->fields = fields != NULL ? g_ptr_array_ref (fields) : NULL;
  self->doubtful = doubtful;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
ch_page_view_select_field (ChPageView      *self,
                           const char      *path,
                           graphene_rect_t *box)
{
  g_return_val_if_fail (CH_IS_PAGE_VIEW (self), FALSE);

  g_free (self->selected);
  self->selected = g_strdup (path);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  for (guint i = 0; path != NULL && self->fields != NULL && i < self->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (self->fields, i);

      if (g_strcmp0 (field->path, path) == 0)
        {
          *box = get_box (self, field);
          return TRUE;
        }
    }

  return FALSE;
}
