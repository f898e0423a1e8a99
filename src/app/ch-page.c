#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-page.h"

typedef struct {
  ChOffice *office;
  char     *title;
  char     *subtitle;
  char     *search_text;
  gint64    drop_vendor;
  gint64    drop_project;
  gint64    pointed_vendor;
  gint64    pointed_project;
} ChPagePrivate;

enum {
  PROP_0,
  PROP_OFFICE,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_SEARCH_TEXT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ChPage, ch_page, ADW_TYPE_BIN)

static void
ch_page_dispose (GObject *object)
{
  ChPagePrivate *priv = ch_page_get_instance_private ((ChPage *)object);

  g_clear_object (&priv->office);

  G_OBJECT_CLASS (ch_page_parent_class)->dispose (object);
}

static void
ch_page_finalize (GObject *object)
{
  ChPagePrivate *priv = ch_page_get_instance_private ((ChPage *)object);

  g_free (priv->title);
  g_free (priv->subtitle);
  g_free (priv->search_text);

  G_OBJECT_CLASS (ch_page_parent_class)->finalize (object);
}

static void
ch_page_get_property (GObject    *object,
                      guint       prop_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  ChPagePrivate *priv = ch_page_get_instance_private ((ChPage *)object);

  switch (prop_id)
    {
    case PROP_OFFICE:
      g_value_set_object (value, priv->office);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, priv->subtitle);
      break;
    case PROP_SEARCH_TEXT:
      g_value_set_string (value, priv->search_text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ch_page_set_property (GObject      *object,
                      guint         prop_id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  ChPage *self = (ChPage *)object;
  ChPagePrivate *priv = ch_page_get_instance_private (self);

  switch (prop_id)
    {
    case PROP_OFFICE:
      priv->office = g_value_dup_object (value);
      break;
    case PROP_TITLE:
      ch_page_set_title (self, g_value_get_string (value));
      break;
    case PROP_SUBTITLE:
      ch_page_set_subtitle (self, g_value_get_string (value));
      break;
    case PROP_SEARCH_TEXT:
      ch_page_set_search_text (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ch_page_class_init (ChPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags settable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = ch_page_dispose;
  object_class->finalize = ch_page_finalize;
  object_class->get_property = ch_page_get_property;
  object_class->set_property = ch_page_set_property;

  properties[PROP_OFFICE] = g_param_spec_object ("office", NULL, NULL, CH_TYPE_OFFICE,
                                                 G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, settable);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, settable);
  properties[PROP_SEARCH_TEXT] = g_param_spec_string ("search-text", NULL, NULL, NULL, settable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ch_page_init (ChPage *self)
{
}

/* Sets a text and tells whether it changed. */
static gboolean
replace_text (char       **place,
              const char  *text)
{
  if (g_strcmp0 (*place, text) == 0)
    return FALSE;

  g_free (*place);
  *place = g_strdup (text);
  return TRUE;
}

ChOffice *
ch_page_get_office (ChPage *self)
{
  ChPagePrivate *priv = ch_page_get_instance_private (self);

  g_return_val_if_fail (CH_IS_PAGE (self), NULL);

  return priv->office;
}

const char *
ch_page_get_title (ChPage *self)
{
  ChPagePrivate *priv = ch_page_get_instance_private (self);

  g_return_val_if_fail (CH_IS_PAGE (self), NULL);

  return priv->title;
}

void
ch_page_set_title (ChPage     *self,
                   const char *title)
{
  ChPagePrivate *priv = ch_page_get_instance_private (self);

  g_return_if_fail (CH_IS_PAGE (self));

  if (replace_text (&priv->title, title))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

const char *
ch_page_get_subtitle (ChPage *self)
{
  ChPagePrivate *priv = ch_page_get_instance_private (self);

  g_return_val_if_fail (CH_IS_PAGE (self), NULL);

  return priv->subtitle;
}

void
ch_page_set_subtitle (ChPage     *self,
                      const char *subtitle)
{
  ChPagePrivate *priv = ch_page_get_instance_private (self);

  g_return_if_fail (CH_IS_PAGE (self));

  if (replace_text (&priv->subtitle, subtitle))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

/**
 * ch_page_can_search:
 * @self: a page
 *
 * Returns: whether there is something to search on it
 */
gboolean
ch_page_can_search (ChPage *self)
{
  g_return_val_if_fail (CH_IS_PAGE (self), FALSE);

  return CH_PAGE_GET_CLASS (self)->search != NULL;
}

const char *
ch_page_get_search_text (ChPage *self)
{
  ChPagePrivate *priv = ch_page_get_instance_private (self);

  g_return_val_if_fail (CH_IS_PAGE (self), NULL);

  return priv->search_text;
}

void
ch_page_set_search_text (ChPage     *self,
                         const char *text)
{
  ChPagePrivate *priv = ch_page_get_instance_private (self);

  g_return_if_fail (CH_IS_PAGE (self));

  if (!replace_text (&priv->search_text, text))
    return;

  if (CH_PAGE_GET_CLASS (self)->search != NULL)
    CH_PAGE_GET_CLASS (self)->search (self, text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH_TEXT]);
}

void
ch_page_shown (ChPage *self)
{
  g_return_if_fail (CH_IS_PAGE (self));

  if (CH_PAGE_GET_CLASS (self)->shown != NULL)
    CH_PAGE_GET_CLASS (self)->shown (self);
}

void
ch_page_set_drop_target (ChPage *self,
                         gint64  vendor_id,
                         gint64  project_id)
{
  ChPagePrivate *priv = ch_page_get_instance_private (self);

  g_return_if_fail (CH_IS_PAGE (self));

  priv->drop_vendor = vendor_id;
  priv->drop_project = project_id;
}

gint64
ch_page_get_drop_vendor (ChPage *self)
{
  ChPagePrivate *priv = ch_page_get_instance_private (self);

  g_return_val_if_fail (CH_IS_PAGE (self), 0);

  return priv->drop_vendor;
}

gint64
ch_page_get_drop_project (ChPage *self)
{
  ChPagePrivate *priv = ch_page_get_instance_private (self);

  g_return_val_if_fail (CH_IS_PAGE (self), 0);

  return priv->drop_project;
}

void
ch_page_point_drop (ChPage    *self,
                    GtkWidget *widget,
                    double     x,
                    double     y)
{
  g_return_if_fail (CH_IS_PAGE (self));

  ch_page_set_pointed (self, 0, 0);
  if (CH_PAGE_GET_CLASS (self)->point != NULL)
    CH_PAGE_GET_CLASS (self)->point (self, widget, x, y);
}

/**
 * ch_page_get_drop:
 * @self: a page
 * @vendor_id: (out): the sub, 0 to have it found
 * @project_id: (out): the project, 0 for all of the sub's
 */
void
ch_page_get_drop (ChPage *self,
                  gint64 *vendor_id,
                  gint64 *project_id)
{
  ChPagePrivate *priv = ch_page_get_instance_private (self);

  g_return_if_fail (CH_IS_PAGE (self));

  *vendor_id = priv->pointed_vendor != 0 ? priv->pointed_vendor : priv->drop_vendor;
  *project_id = priv->pointed_project != 0 ? priv->pointed_project : priv->drop_project;
}

void
ch_page_set_pointed (ChPage *self,
                     gint64  vendor_id,
                     gint64  project_id)
{
  ChPagePrivate *priv = ch_page_get_instance_private (self);

  g_return_if_fail (CH_IS_PAGE (self));

  priv->pointed_vendor = vendor_id;
  priv->pointed_project = project_id;
}
