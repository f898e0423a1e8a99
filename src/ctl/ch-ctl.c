#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-http-transport.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

struct _ChCtl
{
  GObject       parent_instance;

  char         *data_dir;
  gboolean      json;
  GCancellable *cancellable;
  ChClock      *clock;
  ChChangeHub  *hub;
  ChStore      *store;
  ChDesk       *desk;
  ChPlace      *place;
  ChTransport  *transport;
  ChTokenStore *tokens;
  ChAuth       *auth;
  ChProcore    *procore;
};

G_DEFINE_QUARK (ch-ctl-error-quark, ch_ctl_error)
G_DEFINE_FINAL_TYPE (ChCtl, ch_ctl, G_TYPE_OBJECT)

static void
ch_ctl_dispose (GObject *object)
{
  ChCtl *self = (ChCtl *) object;

  g_clear_object (&self->procore);
  g_clear_object (&self->auth);
  g_clear_object (&self->tokens);
  g_clear_object (&self->transport);
  g_clear_object (&self->desk);
  if (self->store != NULL)
    ch_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->hub);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (ch_ctl_parent_class)->dispose (object);
}

static void
ch_ctl_finalize (GObject *object)
{
  ChCtl *self = (ChCtl *) object;

  g_clear_pointer (&self->place, ch_place_free);
  g_free (self->data_dir);

  G_OBJECT_CLASS (ch_ctl_parent_class)->finalize (object);
}

static void
ch_ctl_class_init (ChCtlClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ch_ctl_dispose;
  object_class->finalize = ch_ctl_finalize;
}

static void
ch_ctl_init (ChCtl *self)
{
  self->cancellable = g_cancellable_new ();
}

/* What the environment says, else what the last sign-in left in the database. An absent database says nothing. */
static char *
dup_setting (ChCtl      *self,
             const char *variable,
             const char *state)
{
  const char *value = g_getenv (variable);
  g_autofree char *file = g_build_filename (self->data_dir, "certholder.db", NULL);
  ChStore *store;

  if (value != NULL && *value != '\0')
    return g_strdup (value);
  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    return NULL;

  store = ch_ctl_get_store (self, NULL);
  return store != NULL ? ch_store_dup_state (store, state, NULL) : NULL;
}

/**
 * ch_ctl_new:
 * @data_dir: (nullable): where the database lives, %NULL for the user's data folder
 * @json: whether results are printed as JSON
 *
 * Returns: (transfer full): the context of one command
 */
ChCtl *
ch_ctl_new (const char *data_dir,
            gboolean    json)
{
  ChCtl *self = g_object_new (CH_TYPE_CTL, NULL);

  self->json = json;
  self->data_dir = data_dir != NULL ? g_strdup (data_dir) : g_build_filename (g_get_user_data_dir (), "certholder", NULL);
  return self;
}

/**
 * ch_ctl_wants_json:
 * @self: the context
 *
 * Returns: whether results are printed as JSON
 */
gboolean
ch_ctl_wants_json (ChCtl *self)
{
  g_return_val_if_fail (CH_IS_CTL (self), FALSE);

  return self->json;
}

/**
 * ch_ctl_get_data_dir:
 * @self: the context
 *
 * Returns: (transfer none): the folder that holds database and documents
 */
const char *
ch_ctl_get_data_dir (ChCtl *self)
{
  g_return_val_if_fail (CH_IS_CTL (self), NULL);

  return self->data_dir;
}

/**
 * ch_ctl_get_cancellable:
 * @self: the context
 *
 * Returns: (transfer none): what SIGINT and SIGTERM cancel
 */
GCancellable *
ch_ctl_get_cancellable (ChCtl *self)
{
  g_return_val_if_fail (CH_IS_CTL (self), NULL);

  return self->cancellable;
}

/**
 * ch_ctl_get_clock:
 * @self: the context
 * @error: where `CERTHOLDER_NOW` is no instant
 *
 * Returns: (transfer none) (nullable): the clock
 */
ChClock *
ch_ctl_get_clock (ChCtl   *self,
                  GError **error)
{
  g_return_val_if_fail (CH_IS_CTL (self), NULL);

  if (self->clock == NULL)
    self->clock = ch_clock_new_from_environment (error);
  return self->clock;
}

/**
 * ch_ctl_get_hub:
 * @self: the context
 *
 * Returns: (transfer none): what carries changes between this process's connections
 */
ChChangeHub *
ch_ctl_get_hub (ChCtl *self)
{
  g_return_val_if_fail (CH_IS_CTL (self), NULL);

  if (self->hub == NULL)
    self->hub = ch_change_hub_new ();
  return self->hub;
}

/**
 * ch_ctl_get_store:
 * @self: the context
 * @error: a %CH_STORE_ERROR
 *
 * Returns: (transfer none) (nullable): the database, made if it is not there
 */
ChStore *
ch_ctl_get_store (ChCtl   *self,
                  GError **error)
{
  g_return_val_if_fail (CH_IS_CTL (self), NULL);

  if (self->store == NULL)
    self->store = ch_store_open (self->data_dir, ch_ctl_get_hub (self), error);
  return self->store;
}

/**
 * ch_ctl_get_desk:
 * @self: the context
 * @error: why the database or the clock can't be used
 *
 * Returns: (transfer none) (nullable): the desk, acting in the name of the user who runs the program
 */
ChDesk *
ch_ctl_get_desk (ChCtl   *self,
                 GError **error)
{
  g_autofree char *who = NULL;
  ChStore *store;
  ChClock *clock;

  g_return_val_if_fail (CH_IS_CTL (self), NULL);

  if (self->desk != NULL)
    return self->desk;

  clock = ch_ctl_get_clock (self, error);
  if (clock == NULL)
    return NULL;
  store = ch_ctl_get_store (self, error);
  if (store == NULL)
    return NULL;

  who = g_strconcat ("desk:", g_get_user_name (), NULL);
  self->desk = ch_desk_new (store, clock, who);
  return self->desk;
}

/**
 * ch_ctl_get_place:
 * @self: the context
 * @error: where an address makes no sense, or is plain http beyond this machine
 *
 * Returns: (transfer none) (nullable): where Procore is
 */
const ChPlace *
ch_ctl_get_place (ChCtl   *self,
                  GError **error)
{
  g_autofree char *api_url = NULL;
  g_autofree char *login_url = NULL;

  g_return_val_if_fail (CH_IS_CTL (self), NULL);

  if (self->place != NULL)
    return self->place;

  api_url = dup_setting (self, "CERTHOLDER_API_URL", "procore.api_url");
  login_url = dup_setting (self, "CERTHOLDER_LOGIN_URL", "procore.login_url");
  self->place = ch_place_new (api_url, login_url);
  if (!ch_place_check (self->place, error))
    g_clear_pointer (&self->place, ch_place_free);
  return self->place;
}

/**
 * ch_ctl_get_transport:
 * @self: the context
 *
 * Returns: (transfer none): the network
 */
ChTransport *
ch_ctl_get_transport (ChCtl *self)
{
  g_return_val_if_fail (CH_IS_CTL (self), NULL);

  if (self->transport == NULL)
    self->transport = CH_TRANSPORT (ch_http_transport_new ());
  return self->transport;
}

/**
 * ch_ctl_get_token_store:
 * @self: the context
 *
 * Returns: (transfer none) (nullable): where tokens rest, once ch_ctl_get_auth() has succeeded
 */
ChTokenStore *
ch_ctl_get_token_store (ChCtl *self)
{
  g_return_val_if_fail (CH_IS_CTL (self), NULL);

  return self->tokens;
}

/*
 * With an id and a secret in the environment and no stored sign-in the program must work without any Secret Service
 * (an office server, a cron job): its absence is then no error.
 */
static gboolean
has_stored_sign_in (ChTokenStore *tokens,
                    GCancellable *cancellable)
{
  g_autoptr (ChTokens) stored = ch_token_store_load (tokens, cancellable, NULL);

  return stored != NULL;
}

/**
 * ch_ctl_get_auth:
 * @self: the context
 * @keep: where tokens are kept; counts with the first call
 * @error: where no client id is known, or the Secret Service fails
 *
 * Returns: (transfer none) (nullable): the sign-in
 */
ChAuth *
ch_ctl_get_auth (ChCtl   *self,
                 ChCtlKeep keep,
                 GError **error)
{
  g_autofree char *client_id = NULL;
  g_autofree char *secret = NULL;
  const char *given_secret = g_getenv ("CERTHOLDER_CLIENT_SECRET");
  const ChPlace *place;

  g_return_val_if_fail (CH_IS_CTL (self), NULL);

  if (self->auth != NULL)
    return self->auth;

  place = ch_ctl_get_place (self, error);
  if (place == NULL)
    return NULL;

  client_id = dup_setting (self, "CERTHOLDER_CLIENT_ID", "procore.client_id");
  if (client_id == NULL)
    {
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN,
                           _ ("no Procore app is known: set CERTHOLDER_CLIENT_ID and CERTHOLDER_CLIENT_SECRET, or run "
                              "“certholderctl login”"));
      return NULL;
    }

  self->tokens = ch_token_store_new (place->login_url, client_id, keep == CH_CTL_KEEP_IN_MEMORY);
  if (given_secret != NULL && *given_secret != '\0')
    {
      secret = g_strdup (given_secret);
      if (keep == CH_CTL_KEEP_AS_FOUND && !has_stored_sign_in (self->tokens, self->cancellable))
        {
          g_clear_object (&self->tokens);
          self->tokens = ch_token_store_new (place->login_url, client_id, TRUE);
        }
    }
  else
    {
      g_autoptr (GError) local_error = NULL;

      secret = ch_token_store_load_client_secret (self->tokens, self->cancellable, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }

  self->auth = ch_auth_new (place, client_id, secret, self->tokens, ch_ctl_get_transport (self));
  return self->auth;
}

/**
 * ch_ctl_get_procore:
 * @self: the context
 * @error: as ch_ctl_get_auth()
 *
 * Returns: (transfer none) (nullable): the API, for no company yet
 */
ChProcore *
ch_ctl_get_procore (ChCtl   *self,
                    GError **error)
{
  ChAuth *auth;

  g_return_val_if_fail (CH_IS_CTL (self), NULL);

  if (self->procore != NULL)
    return self->procore;

  auth = ch_ctl_get_auth (self, CH_CTL_KEEP_AS_FOUND, error);
  if (auth == NULL)
    return NULL;

  self->procore = ch_procore_new (self->place, auth, ch_ctl_get_transport (self));
  return self->procore;
}

/* The only company that the sign-in sees; with several a person has to say which. */
static gint64
find_only_company (ChProcore    *procore,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_autoptr (GPtrArray) companies = ch_procore_list_companies (procore, cancellable, error);

  if (companies == NULL)
    return 0;
  if (companies->len == 1)
    return ((const ChCompany *) g_ptr_array_index (companies, 0))->id;

  g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE,
               g_dngettext (GETTEXT_PACKAGE,
                            "the sign-in sees %u company: say which with “login --company ID” or CERTHOLDER_COMPANY_ID",
                            "the sign-in sees %u companies: say which with “login --company ID” or CERTHOLDER_COMPANY_ID",
                            companies->len),
               companies->len);
  return 0;
}

/**
 * ch_ctl_get_company_procore:
 * @self: the context
 * @error: as ch_ctl_get_procore(), or where the company can't be told
 *
 * Returns: (transfer none) (nullable): the API, for the company
 */
ChProcore *
ch_ctl_get_company_procore (ChCtl   *self,
                            GError **error)
{
  g_autofree char *company = NULL;
  gint64 id = 0;
  ChProcore *procore;

  g_return_val_if_fail (CH_IS_CTL (self), NULL);

  procore = ch_ctl_get_procore (self, error);
  if (procore == NULL || ch_procore_get_company_id (procore) != 0)
    return procore;

  company = dup_setting (self, "CERTHOLDER_COMPANY_ID", "company_id");
  if (company != NULL)
    {
      if (!ch_ctl_parse_id (company, "CERTHOLDER_COMPANY_ID", &id, error))
        return NULL;
    }
  else
    {
      id = find_only_company (procore, self->cancellable, error);
      if (id == 0)
        return NULL;
    }

  ch_procore_set_company_id (procore, id);
  return procore;
}

/**
 * ch_ctl_parse:
 * @synopsis: what stands behind the program's name in the usage text
 * @entries: (nullable): the command's options
 * @argc: (inout): the number of words, the command's name first
 * @argv: (inout): the words
 * @error: a %CH_CTL_ERROR_USAGE
 *
 * Takes the options out of @argv.
 *
 * Returns: whether they were right
 */
gboolean
ch_ctl_parse (const char         *synopsis,
              const GOptionEntry *entries,
              int                *argc,
              char             ***argv,
              GError            **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) local_error = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, &local_error))
    {
      g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("%s; usage: certholderctl %s"), local_error->message,
                   synopsis);
      return FALSE;
    }
  return TRUE;
}

/**
 * ch_ctl_parse_id:
 * @text: what was given
 * @what: what it should be the id of, for the message
 * @id: (out): the id
 * @error: a %CH_CTL_ERROR_USAGE
 *
 * Reads one of Procore's ids.
 *
 * Returns: whether @text is one
 */
gboolean
ch_ctl_parse_id (const char *text,
                 const char *what,
                 gint64     *id,
                 GError    **error)
{
  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL))
    return TRUE;

  g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("“%s” is no id (%s): ids are whole numbers"), text, what);
  return FALSE;
}

/**
 * ch_ctl_parse_ids:
 * @texts: (nullable) (array zero-terminated=1): what was given
 * @what: as ch_ctl_parse_id()
 * @error: a %CH_CTL_ERROR_USAGE
 *
 * Returns: (transfer full) (element-type gint64): the ids, none where nothing was given
 */
GArray *
ch_ctl_parse_ids (char      **texts,
                  const char *what,
                  GError    **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint i;

  for (i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      gint64 id;

      if (!ch_ctl_parse_id (texts[i], what, &id, error))
        return NULL;
      g_array_append_val (ids, id);
    }
  return g_steal_pointer (&ids);
}

/**
 * ch_ctl_parse_instant:
 * @text: ISO 8601; an instant without a zone is UTC
 * @end_of_day: whether a bare day means its last moment (what was known when it was over) or its first
 * @at: (out): Unix microseconds
 * @error: a %CH_CTL_ERROR_USAGE
 *
 * Reads a point in time.
 *
 * Returns: whether @text is one
 */
gboolean
ch_ctl_parse_instant (const char *text,
                      gboolean    end_of_day,
                      gint64     *at,
                      GError    **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, utc);
  ChDate day;

  if (time != NULL)
    {
      *at = g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
      return TRUE;
    }

  day = ch_date_from_iso (text);
  if (day != CH_DATE_NONE)
    {
      *at = end_of_day ? ch_date_starts_at (day + 1, "UTC") * G_USEC_PER_SEC - 1
                       : ch_date_starts_at (day, "UTC") * G_USEC_PER_SEC;
      return TRUE;
    }

  g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE, _ ("“%s” is no instant: write it like 2026-03-03T09:00:00Z"), text);
  return FALSE;
}
