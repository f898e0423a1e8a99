#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-wrap-layout.h"

struct _ChWrapLayout
{
  GtkLayoutManager  parent_instance;

  int               spacing;   /* between children and between lines, in pixels */
};

G_DEFINE_FINAL_TYPE (ChWrapLayout, ch_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
ch_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                 GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
get_natural_width (GtkWidget *child,
                   int        room)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);

  return MAX (minimum, MIN (natural, room));
}

/* The child that begins the next line, or NULL; *height is of the line that @first begins. */
static GtkWidget *
measure_line (ChWrapLayout *self,
              GtkWidget    *first,
              int           room,
              int          *height)
{
  GtkWidget *child;
  int used = 0;

  *height = 0;
  for (child = first; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int width, minimum, natural;

      if (!gtk_widget_should_layout (child))
        continue;
      width = get_natural_width (child, room);
      if (used > 0 && used + self->spacing + width > room)
        break;
      used += (used > 0 ? self->spacing : 0) + width;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
      *height = MAX (*height, natural);
    }

  return child;
}

static void
measure_width (ChWrapLayout *self,
               GtkWidget    *widget,
               int          *minimum,
               int          *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += (*natural > 0 ? self->spacing : 0) + child_natural;
    }
}

static void
ch_wrap_layout_measure (GtkLayoutManager *manager,
                        GtkWidget        *widget,
                        GtkOrientation    orientation,
                        int               for_size,
                        int              *minimum,
                        int              *natural,
                        int              *minimum_baseline,
                        int              *natural_baseline)
{
  ChWrapLayout *self = (ChWrapLayout *)manager;
  int total = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = *natural = 0;
      measure_width (self, widget, minimum, natural);
      return;
    }

  for (GtkWidget *line = gtk_widget_get_first_child (widget); line != NULL;)
    {
      int height;

      line = measure_line (self, line, for_size < 0 ? G_MAXINT / 2 : for_size, &height);
      total += (total > 0 && height > 0 ? self->spacing : 0) + height;
    }
  *minimum = *natural = total;
}

static void
allocate_line (ChWrapLayout *self,
               GtkWidget    *first,
               GtkWidget    *end,
               gboolean      is_rtl,
               int           room,
               int           y,
               int           height)
{
  int x = 0;

  for (GtkWidget *child = first; child != end; child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place = { .y = y, .height = height };

      if (!gtk_widget_should_layout (child))
        continue;
      place.width = get_natural_width (child, room);
      place.x = is_rtl ? room - x - place.width : x;
      gtk_widget_size_allocate (child, &place, -1);
      x += place.width + self->spacing;
    }
}

static void
ch_wrap_layout_allocate (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         int               width,
                         int               height,
                         int               baseline)
{
  ChWrapLayout *self = (ChWrapLayout *)manager;
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = 0;

  for (GtkWidget *line = gtk_widget_get_first_child (widget); line != NULL;)
    {
      int line_height;
      GtkWidget *next = measure_line (self, line, width, &line_height);

      allocate_line (self, line, next, is_rtl, width, y, line_height);
      y += line_height + (line_height > 0 ? self->spacing : 0);
      line = next;
    }
}

static void
ch_wrap_layout_class_init (ChWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = ch_wrap_layout_get_request_mode;
  manager_class->measure = ch_wrap_layout_measure;
  manager_class->allocate = ch_wrap_layout_allocate;
}

static void
ch_wrap_layout_init (ChWrapLayout *self)
{
}

/**
 * ch_wrap_layout_new:
 * @spacing: between children and between lines, in pixels
 *
 * Returns: (transfer full): the layout
 */
GtkLayoutManager *
ch_wrap_layout_new (int spacing)
{
  ChWrapLayout *self = g_object_new (CH_TYPE_WRAP_LAYOUT, NULL);

  self->spacing = spacing;

  return GTK_LAYOUT_MANAGER (self);
}
