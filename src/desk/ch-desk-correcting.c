#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "ch-desk-review-private.h"
#include "ch-interchange.h"
#include "ch-store-events.h"

/* What people type into a certificate. What was read stays beside it: each correction is a version of its own. */

ChFiledCertificate *
_ch_desk_get_certificate (ChDesk  *self,
                          gint64   certificate_id,
                          GError **error)
{
  g_autoptr(GError) local_error = NULL;
  ChFiledCertificate *filed = ch_store_get_certificate (ch_desk_get_store (self), certificate_id, &local_error);

  if (filed == NULL && (local_error == NULL ||
                        g_error_matches (local_error, CH_STORE_ERROR, CH_STORE_ERROR_NOT_FOUND)))
    g_set_error (error, CH_DESK_ERROR, CH_DESK_ERROR_NOT_FOUND, _("there is no such certificate"));
  else if (filed == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return filed;
}

static gboolean
removes_entry (GHashTable *corrections,
               const char *path)
{
  const char *value = g_hash_table_lookup (corrections, path);

  return (value == NULL || value[0] == '\0') && g_str_has_suffix (path, "]");
}

/* In the order of their paths, so that a second policy is not set before the first one exists; entries that are taken
 * away last and from the end, so that every path means what it meant when it was typed. */
static int
compare_paths (gconstpointer first,
               gconstpointer second,
               gpointer      corrections)
{
  const char *a = *(const char * const *)first;
  const char *b = *(const char * const *)second;
  gboolean removes_a = removes_entry (corrections, a);
  gboolean removes_b = removes_entry (corrections, b);

  if (removes_a != removes_b)
    return removes_a ? 1 : -1;

  return removes_a ? -strverscmp (a, b) : strverscmp (a, b);
}

static void
tell (JsonBuilder *told,
      const char  *path,
      const char  *before,
      const char  *after)
{
  json_builder_begin_object (told);
  json_builder_set_member_name (told, "path");
  json_builder_add_string_value (told, path);
  if (before != NULL)
    {
      json_builder_set_member_name (told, "from");
      json_builder_add_string_value (told, before);
    }
  if (after != NULL)
    {
      json_builder_set_member_name (told, "to");
      json_builder_add_string_value (told, after);
    }
  json_builder_end_object (told);
}

/* The values of an entry that goes, each on its own: the trail keeps what it said. */
static void
tell_removed (JsonBuilder         *told,
              const ChCertificate *certificate,
              const char          *path)
{
  g_autoptr(GHashTable) values = ch_certificate_list_values (certificate);
  g_autoptr(GList) names = g_list_sort (g_hash_table_get_keys (values), (GCompareFunc)strverscmp);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;

      if (g_str_has_prefix (name, path) && (name[strlen (path)] == '.' || name[strlen (path)] == '\0'))
        tell (told, name, g_hash_table_lookup (values, name), NULL);
    }
}

static gboolean
apply_one (ChCertificate  *certificate,
           const char     *path,
           const char     *value,
           gboolean        removes,
           JsonBuilder    *told,
           gboolean       *any,
           GError        **error)
{
  g_autofree char *before = ch_certificate_dup_value (certificate, path);
  g_autofree char *after = NULL;
  g_autoptr(ChCertificate) original = removes ? ch_certificate_copy (certificate) : NULL;
  g_autoptr(GError) local_error = NULL;

  if (!ch_certificate_set_value (certificate, path, value, &local_error))
    {
      g_set_error (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID, "%s", local_error->message);
      return FALSE;
    }
  if (removes)
    {
      tell_removed (told, original, path);
      *any = TRUE;
      return TRUE;
    }

  after = ch_certificate_dup_value (certificate, path);
  if (g_strcmp0 (before, after) != 0)
    {
      tell (told, path, before, after);
      *any = TRUE;
    }

  return TRUE;
}

gboolean
_ch_desk_apply_corrections (ChCertificate  *certificate,
                            GHashTable     *corrections,
                            JsonBuilder    *told,
                            gboolean       *any,
                            GError        **error)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, corrections);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_ptr_array_add (paths, path);
  g_ptr_array_sort_with_data (paths, compare_paths, corrections);

  json_builder_begin_array (told);
  for (guint i = 0; i < paths->len; i++)
    {
      const char *name = g_ptr_array_index (paths, i);

      if (!apply_one (certificate, name, g_hash_table_lookup (corrections, name), removes_entry (corrections, name),
                      told, any, error))
        return FALSE;
    }
  json_builder_end_array (told);

  return TRUE;
}

static gboolean
correct (ChDesk      *self,
         gint64       certificate_id,
         GHashTable  *corrections,
         GError     **error)
{
  ChStore *store = ch_desk_get_store (self);
  g_autoptr(ChFiledCertificate) filed = _ch_desk_get_certificate (self, certificate_id, error);
  g_autoptr(ChCertificate) corrected = NULL;
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *detail = NULL;
  gboolean any = FALSE;

  if (filed == NULL)
    return FALSE;

  corrected = ch_certificate_copy (filed->certificate);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "corrected");
  if (!_ch_desk_apply_corrections (corrected, corrections, builder, &any, error))
    return FALSE;
  json_builder_end_object (builder);
  if (!any)
    return TRUE;
  root = json_builder_get_root (builder);
  detail = ch_json_print (root, FALSE);

  if (!ch_store_correct_certificate (store, certificate_id, corrected, error) ||
      !ch_store_add_event (store, "certificate.corrected", 0, filed->vendor_id, filed->uuid, detail, error))
    return FALSE;
  if (filed->review != CH_REVIEW_PENDING &&
      (!ch_store_set_certificate_review (store, certificate_id, CH_REVIEW_PENDING, NULL, error) ||
       !ch_store_add_event (store, "certificate.reopened", 0, filed->vendor_id, filed->uuid, NULL, error)))
    return FALSE;

  return filed->vendor_id == 0 || ch_desk_judge (self, 0, filed->vendor_id, NULL, error);
}

/**
 * ch_desk_correct_certificate:
 * @corrections: (element-type utf8 utf8): value by field path; nothing (%NULL or empty) takes a value or, where the
 *   path names one, a whole entry away
 *
 * Keeps what a person typed, without a decision: nothing is confirmed by it, so a certificate that had a decision is
 * under review again. All or nothing: where one correction makes no sense, none is made. What is so already is no
 * correction.
 */
gboolean
ch_desk_correct_certificate (ChDesk      *self,
                             gint64       certificate_id,
                             GHashTable  *corrections,
                             GError     **error)
{
  gboolean own;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);
  g_return_val_if_fail (corrections != NULL, FALSE);

  if (!_ch_desk_begin (self, NULL, &own, error))
    return FALSE;

  return _ch_desk_end (self, own, correct (self, certificate_id, corrections, error), error);
}
