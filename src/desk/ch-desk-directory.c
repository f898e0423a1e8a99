#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>

#include "ch-desk-private.h"
#include "ch-store-directory.h"

/* That the store can't be read must not pass for "there is none": an act would go on with what it does not know. */
static void
tell_absent (GError     **error,
             GError      *store_error,
             const char  *message)
{
  if (g_error_matches (store_error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND))
    {
      g_set_error_literal (error, CH_DESK_ERROR, CH_DESK_ERROR_NOT_FOUND, message);
      g_error_free (store_error);
      return;
    }
  g_propagate_error (error, store_error);
}

ChVendor *
_ch_desk_get_vendor (ChDesk  *self,
                     gint64   vendor_id,
                     GError **error)
{
  GError *local_error = NULL;
  ChVendor *vendor = ch_store_get_vendor (ch_desk_get_store (self), vendor_id, &local_error);

  if (vendor == NULL)
    {
      g_autofree char *message = g_strdup_printf (_("there is no sub %" PRId64), vendor_id);

      tell_absent (error, local_error, message);
    }

  return vendor;
}

ChProject *
_ch_desk_get_project (ChDesk  *self,
                      gint64   project_id,
                      GError **error)
{
  GError *local_error = NULL;
  ChProject *project = ch_store_get_project (ch_desk_get_store (self), project_id, &local_error);

  if (project == NULL)
    {
      g_autofree char *message = g_strdup_printf (_("there is no project %" PRId64), project_id);

      tell_absent (error, local_error, message);
    }

  return project;
}

gboolean
_ch_desk_load_state (ChDesk      *self,
                     const char  *name,
                     char       **value,
                     GError     **error)
{
  GError *local_error = NULL;

  *value = ch_store_dup_state (ch_desk_get_store (self), name, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);

  return FALSE;
}
