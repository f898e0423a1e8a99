#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChPlace:
 *
 * Where Procore is: the API, the sign-in and the web pages for people. From the environment (`CERTHOLDER_API_URL`,
 * `CERTHOLDER_LOGIN_URL`) or production. Procore's page addresses for people are undocumented and live only here.
 */
typedef struct {
  char *api_url;
  char *login_url;
  char *web_url;
} ChPlace;

ChPlace *ch_place_new                (const char     *api_url,
                                      const char     *login_url);
ChPlace *ch_place_new_from_environment (void);
void     ch_place_free               (ChPlace        *self);
gboolean ch_place_check              (const ChPlace  *self,
                                      GError        **error);
gboolean ch_place_check_url          (const char     *url,
                                      GError        **error);
char    *ch_place_dup_project_home   (const ChPlace  *self,
                                      gint64          project_id);
char    *ch_place_dup_documents_page (const ChPlace  *self,
                                      gint64          project_id);
char    *ch_place_dup_directory_page (const ChPlace  *self,
                                      gint64          project_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChPlace, ch_place_free)

G_END_DECLS
