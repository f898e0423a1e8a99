#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-place.h"

#include "ch-procore-error.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define PRODUCTION_API "https://api.procore.com"
#define PRODUCTION_LOGIN "https://login.procore.com"
#define PRODUCTION_WEB "https://app.procore.com"

/* An address without its closing slash, or the default. */
static char *
clean (const char *url,
       const char *otherwise)
{
  char *text = g_strdup (url != NULL && *url != '\0' ? url : otherwise);
  gsize length = strlen (text);

  while (length > 0 && text[length - 1] == '/')
    text[--length] = '\0';
  return text;
}

/**
 * ch_place_new:
 * @api_url: (nullable): the API's address, %NULL for production
 * @login_url: (nullable): the sign-in's address, %NULL for production
 *
 * Returns: (transfer full): where Procore is
 */
ChPlace *
ch_place_new (const char *api_url,
              const char *login_url)
{
  ChPlace *self = g_new0 (ChPlace, 1);

  self->api_url = clean (api_url, PRODUCTION_API);
  self->login_url = clean (login_url, PRODUCTION_LOGIN);
  self->web_url = g_strdup (g_str_equal (self->api_url, PRODUCTION_API) ? PRODUCTION_WEB : self->api_url);
  return self;
}

/**
 * ch_place_new_from_environment:
 *
 * Returns: (transfer full): what `CERTHOLDER_API_URL` and `CERTHOLDER_LOGIN_URL` say, or production
 */
ChPlace *
ch_place_new_from_environment (void)
{
  return ch_place_new (g_getenv ("CERTHOLDER_API_URL"), g_getenv ("CERTHOLDER_LOGIN_URL"));
}

/**
 * ch_place_free:
 * @self: (transfer full): a place
 */
void
ch_place_free (ChPlace *self)
{
  g_free (self->api_url);
  g_free (self->login_url);
  g_free (self->web_url);
  g_free (self);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return g_strcmp0 (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));
}

/**
 * ch_place_check_url:
 * @url: an address
 * @error: %CH_PROCORE_ERROR_INVALID
 *
 * Tokens and certificates travel encrypted: plain http is for loopback addresses only.
 *
 * Returns: whether requests may go there
 */
gboolean
ch_place_check_url (const char *url,
                    GError    **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    {
      g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID, _ ("“%s” is no web address"), url);
      return FALSE;
    }
  if (g_str_equal (scheme, "https") || (g_str_equal (scheme, "http") && is_loopback (g_uri_get_host (uri))))
    return TRUE;

  g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_INVALID,
               _ ("“%s” is refused: plain http is accepted for this machine only, use https"), url);
  return FALSE;
}

/**
 * ch_place_check:
 * @self: a place
 * @error: %CH_PROCORE_ERROR_INVALID
 *
 * Returns: whether both addresses may be used
 */
gboolean
ch_place_check (const ChPlace *self,
                GError       **error)
{
  return ch_place_check_url (self->api_url, error) && ch_place_check_url (self->login_url, error);
}

static char *
make_page (const ChPlace *self,
           gint64         project_id,
           const char    *page)
{
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT "/project/%s", self->web_url, project_id, page);
}

/**
 * ch_place_dup_project_home:
 * @self: a place
 * @project_id: Procore's id
 *
 * Returns: (transfer full): the project's home page, for a browser
 */
char *
ch_place_dup_project_home (const ChPlace *self,
                           gint64         project_id)
{
  return make_page (self, project_id, "home");
}

/**
 * ch_place_dup_documents_page:
 * @self: a place
 * @project_id: Procore's id
 *
 * Returns: (transfer full): the project's documents, for a browser
 */
char *
ch_place_dup_documents_page (const ChPlace *self,
                             gint64         project_id)
{
  return make_page (self, project_id, "documents");
}

/**
 * ch_place_dup_directory_page:
 * @self: a place
 * @project_id: Procore's id
 *
 * Returns: (transfer full): the project's directory, for a browser
 */
char *
ch_place_dup_directory_page (const ChPlace *self,
                             gint64         project_id)
{
  return make_page (self, project_id, "directory");
}
