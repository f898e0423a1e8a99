#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-document-view.h"

#include "ch-page-view.h"
#include "ch-store-documents.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <unistd.h>

#define MIN_SCALE 0.25
#define MAX_SCALE 5.0
#define STEP 1.2
/* the page view's margins, both sides */
#define MARGINS 24
/* the helper is asked again once the scale has rested this long */
#define SETTLE_MS 120

struct _ChDocumentView
{
  AdwBin        parent_instance;

  GtkWidget    *page_label;
  GtkWidget    *stack;
  GtkWidget    *scroller;
  GtkWidget    *page_view;
  GtkWidget    *failed_page;

  ChOffice     *office;
  int           fd;
  char         *file_name;
  GPtrArray    *fields;        /* (element-type ChFieldReading): of all pages */
  double        doubtful;
  char         *selected;
  guint         page;          /* 1-based */
  guint         n_pages;       /* 0 until known */
  double        points_width;  /* of the page, 0 until known */
  double        rendered_scale;
  gboolean      fits_width;
  guint         timeout_id;
  guint         fit_id;
  GCancellable *cancellable;
};

enum {
  FIELD_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChDocumentView, ch_document_view, ADW_TYPE_BIN)

static void
update_actions (ChDocumentView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double scale = ch_page_view_get_scale (CH_PAGE_VIEW (self->page_view));
  g_autofree char *text = NULL;

  gtk_widget_action_set_enabled (widget, "document.previous-page", self->page > 1);
  gtk_widget_action_set_enabled (widget, "document.next-page", self->page < self->n_pages);
  gtk_widget_action_set_enabled (widget, "document.zoom-out", scale > MIN_SCALE);
  gtk_widget_action_set_enabled (widget, "document.zoom-in", scale < MAX_SCALE);
  gtk_widget_action_set_enabled (widget, "document.fit-width", !self->fits_width);

  if (self->n_pages > 0)
    text = g_strdup_printf (_("Page %u of %u"), self->page, self->n_pages);
  gtk_label_set_label (GTK_LABEL (self->page_label), text != NULL ? text : "");
  if (text != NULL && self->file_name != NULL)
    {
      g_autofree char *label = g_strdup_printf ("%s, %s", self->file_name, text);

      gtk_accessible_update_property (GTK_ACCESSIBLE (self->page_view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    }
}

static void
show_failure (ChDocumentView *self,
              const char     *why)
{
  g_autofree char *escaped = g_markup_escape_text (why, -1);

  adw_status_page_set_description (ADW_STATUS_PAGE (self->failed_page), escaped);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "failed");
}

static void
show_image (ChDocumentView *self,
            ChPageImage    *image)
{
  g_autoptr(GdkTexture) texture = gdk_memory_texture_new (image->width, image->height, GDK_MEMORY_DEFAULT,
                                                          image->pixels, image->stride);

  ch_page_view_set_texture (CH_PAGE_VIEW (self->page_view), texture, image->points_width, image->points_height);
  self->points_width = image->points_width;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "page");
}

static void fit_width (ChDocumentView *self);

static void
on_rendered_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(ChDocumentView) self = user_data;
  g_autoptr(GError) error = NULL;
  guint n_pages = 0;
  g_autoptr(ChPageImage) image = ch_reader_render_finish (CH_READER (object), result, &n_pages, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->fd < 0)
    return;
  if (image == NULL)
    {
      show_failure (self, error->message);
      return;
    }

  self->n_pages = n_pages;
  show_image (self, image);
  if (self->fits_width)
    fit_width (self);
  update_actions (self);
}

static void
render (ChDocumentView *self)
{
  int factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->fd < 0)
    return;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->rendered_scale = ch_page_view_get_scale (CH_PAGE_VIEW (self->page_view));
  ch_reader_render_async (ch_office_get_reader (self->office), self->fd, self->page, self->rendered_scale * factor,
                          self->cancellable, on_rendered_cb, g_object_ref (self));
}

static gboolean
on_settled_cb (gpointer user_data)
{
  ChDocumentView *self = user_data;

  self->timeout_id = 0;
  render (self);

  return G_SOURCE_REMOVE;
}

/* What is there is stretched at once; a sharp rendering follows. */
static void
set_scale (ChDocumentView *self,
           double          scale)
{
  ch_page_view_set_scale (CH_PAGE_VIEW (self->page_view), CLAMP (scale, MIN_SCALE, MAX_SCALE));
  update_actions (self);
  if (fabs (ch_page_view_get_scale (CH_PAGE_VIEW (self->page_view)) - self->rendered_scale) < 0.005)
    return;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->timeout_id = g_timeout_add (SETTLE_MS, on_settled_cb, self);
}

static double
get_fitting_scale (ChDocumentView *self)
{
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  return (gtk_adjustment_get_page_size (across) - MARGINS) / self->points_width;
}

static void
fit_width (ChDocumentView *self)
{
  if (self->points_width > 0 && get_fitting_scale (self) > 0)
    set_scale (self, get_fitting_scale (self));
}

static void
show_fields (ChDocumentView *self)
{
  g_autoptr(GPtrArray) here = g_ptr_array_new ();

  /* borrowed from all the fields, which the view does not outlive */
  for (guint i = 0; self->fields != NULL && i < self->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (self->fields, i);

      if (field->page == (int)self->page)
        g_ptr_array_add (here, (gpointer)field);
    }
  ch_page_view_set_fields (CH_PAGE_VIEW (self->page_view), here, self->doubtful);
}

static void
go_to_page (ChDocumentView *self,
            guint           page)
{
  if (page < 1 || (self->n_pages > 0 && page > self->n_pages) || page == self->page)
    return;

  self->page = page;
  ch_page_view_set_texture (CH_PAGE_VIEW (self->page_view), NULL, 0, 0);
  show_fields (self);
  render (self);
  update_actions (self);
}

static void
on_field_activated_cb (ChPageView     *view,
                       const char     *path,
                       ChDocumentView *self)
{
  g_signal_emit (self, signals[FIELD_ACTIVATED], 0, path);
}

static void
previous_page (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  ChDocumentView *self = (ChDocumentView *)widget;

  go_to_page (self, self->page - 1);
}

static void
next_page (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  ChDocumentView *self = (ChDocumentView *)widget;

  go_to_page (self, self->page + 1);
}

static void
zoom (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  ChDocumentView *self = (ChDocumentView *)widget;
  double scale = ch_page_view_get_scale (CH_PAGE_VIEW (self->page_view));

  self->fits_width = FALSE;
  set_scale (self, g_str_equal (action_name, "document.zoom-in") ? scale * STEP : scale / STEP);
}

static void
choose_fit_width (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  ChDocumentView *self = (ChDocumentView *)widget;

  self->fits_width = TRUE;
  fit_width (self);
  update_actions (self);
}

static gboolean
on_fit_cb (gpointer user_data)
{
  ChDocumentView *self = user_data;

  self->fit_id = 0;
  if (self->fits_width)
    fit_width (self);

  return G_SOURCE_REMOVE;
}

/* The room changed. A new scale asks for a new size, which must wait until this allocation has ended. */
static void
on_room_changed_cb (ChDocumentView *self)
{
  if (self->fits_width && self->fit_id == 0 && self->points_width > 0
      && fabs (get_fitting_scale (self) - ch_page_view_get_scale (CH_PAGE_VIEW (self->page_view))) > 0.01)
    self->fit_id = g_idle_add (on_fit_cb, self);
}

static void
ch_document_view_dispose (GObject *object)
{
  ChDocumentView *self = (ChDocumentView *)object;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_handle_id (&self->fit_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  g_clear_object (&self->office);

  G_OBJECT_CLASS (ch_document_view_parent_class)->dispose (object);
}

static void
ch_document_view_finalize (GObject *object)
{
  ChDocumentView *self = (ChDocumentView *)object;

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self->file_name);
  g_free (self->selected);

  G_OBJECT_CLASS (ch_document_view_parent_class)->finalize (object);
}

static void
ch_document_view_class_init (ChDocumentViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ch_document_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = ch_document_view_finalize;

  signals[FIELD_ACTIVATED] = g_signal_new ("field-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (CH_TYPE_PAGE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/certholder/Certholder/ch-document-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ChDocumentView, page_label);
  gtk_widget_class_bind_template_child (widget_class, ChDocumentView, stack);
  gtk_widget_class_bind_template_child (widget_class, ChDocumentView, scroller);
  gtk_widget_class_bind_template_child (widget_class, ChDocumentView, page_view);
  gtk_widget_class_bind_template_child (widget_class, ChDocumentView, failed_page);
  gtk_widget_class_bind_template_callback (widget_class, on_field_activated_cb);

  gtk_widget_class_install_action (widget_class, "document.previous-page", NULL, previous_page);
  gtk_widget_class_install_action (widget_class, "document.next-page", NULL, next_page);
  gtk_widget_class_install_action (widget_class, "document.zoom-in", NULL, zoom);
  gtk_widget_class_install_action (widget_class, "document.zoom-out", NULL, zoom);
  gtk_widget_class_install_action (widget_class, "document.fit-width", NULL, choose_fit_width);
}

static void
ch_document_view_init (ChDocumentView *self)
{
  self->fd = -1;
  self->page = 1;
  self->fits_width = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller)),
                           "notify::page-size", G_CALLBACK (on_room_changed_cb), self, G_CONNECT_SWAPPED);
  update_actions (self);
}

/**
 * ch_document_view_open:
 * @self: a view
 * @office: the office
 * @sha256: the document
 * @file_name: what it is called
 * @fields: (element-type ChFieldReading): where values were read
 * @doubtful: below this confidence a value is marked
 */
void
ch_document_view_open (ChDocumentView *self,
                       ChOffice       *office,
                       const char     *sha256,
                       const char     *file_name,
                       GPtrArray      *fields,
                       double          doubtful)
{
  g_autoptr(GError) error = NULL;

  g_return_if_fail (CH_IS_DOCUMENT_VIEW (self));

  if (self->fd >= 0)
    close (self->fd);
  g_set_object (&self->office, office);
  g_free (self->file_name);
  self->file_name = g_strdup (file_name);
  ch_page_view_set_fields (CH_PAGE_VIEW (self->page_view), NULL, doubtful);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_field_reading_free);
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    g_ptr_array_add (self->fields, ch_field_reading_copy (g_ptr_array_index (fields, i)));
  self->doubtful = doubtful;
  self->page = self->fields->len > 0 ? MAX (1, ((ChFieldReading *)g_ptr_array_index (self->fields, 0))->page) : 1;
  self->n_pages = 0;
  self->points_width = 0;

  self->fd = ch_store_open_document (ch_office_get_store (office), sha256, &error);
  if (self->fd < 0)
    {
      show_failure (self, error->message);
      return;
    }
  ch_page_view_set_texture (CH_PAGE_VIEW (self->page_view), NULL, 0, 0);
  show_fields (self);
  render (self);
}

/* The box is brought into view with some of its surroundings. */
static void
scroll_to_selected (ChDocumentView *self)
{
  graphene_rect_t box;
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  const double around = 48;

  if (!ch_page_view_select_field (CH_PAGE_VIEW (self->page_view), self->selected, &box))
    return;

  gtk_adjustment_clamp_page (across, box.origin.x - around, box.origin.x + box.size.width + around);
  gtk_adjustment_clamp_page (down, box.origin.y - around, box.origin.y + box.size.height + around);
}

void
ch_document_view_select_field (ChDocumentView *self,
                               const char     *path)
{
  g_return_if_fail (CH_IS_DOCUMENT_VIEW (self));

  g_free (self->selected);
  self->selected = g_strdup (path);
  for (guint i = 0; path != NULL && self->fields != NULL && i < self->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (self->fields, i);

      if (g_str_equal (field->path, path))
        {
          go_to_page (self, (guint)MAX (1, field->page));
          break;
        }
    }
  scroll_to_selected (self);
}
