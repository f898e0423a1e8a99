#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-publication-private.h"
#include "ch-statement-private.h"

/* Procore's and every operating system's limits lie above; longer names are hard to read in a list anyway. */
#define MAX_NAME_CHARACTERS 80

/**
 * make_safe_name:
 * @text: (nullable): what a person wrote
 *
 * Returns: (transfer full): @text without what a file or folder name may not hold on any system that syncs
 *   Procore's documents: no slashes, colons, quotes, control characters, nor dots and blanks at its ends
 */
static char *
make_safe_name (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr(GString) safe = g_string_new (NULL);
  glong n = 0;

  for (const char *p = valid; *p != '\0' && n < MAX_NAME_CHARACTERS; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_blank = !g_unichar_isprint (c) || g_unichar_isspace (c) || c == 0xFFFD ||
                          (c < 0x80 && strchr ("/\\:*?\"<>|", (int)c) != NULL);

      if (is_blank && (safe->len == 0 || safe->str[safe->len - 1] == ' '))
        continue;
      if (is_blank)
        g_string_append_c (safe, ' ');
      else
        g_string_append_unichar (safe, c);
      n++;
    }
  while (safe->len > 0 && strchr (". ", safe->str[safe->len - 1]) != NULL)
    g_string_truncate (safe, safe->len - 1);
  while (safe->len > 0 && strchr (". ", safe->str[0]) != NULL)
    g_string_erase (safe, 0, 1);

  return g_strdup (safe->str);
}

/**
 * ch_publication_dup_folder:
 * @sub: a sub
 *
 * Returns: (transfer full): the path of the folder in a project's documents that holds its certificates
 */
char *
ch_publication_dup_folder (const ChVendor *sub)
{
  g_autofree char *name = make_safe_name (sub->name);

  if (name[0] == '\0')
    return g_strdup_printf (CH_PUBLICATION_FOLDER "/Sub %" G_GINT64_FORMAT, sub->id);

  return g_strconcat (CH_PUBLICATION_FOLDER "/", name, NULL);
}

/* A picture keeps its end, so that Procore shows it as one. */
static const char *
get_extension (const char *file_name)
{
  static const char *const ends[] = { ".heic", ".jpeg", ".jpg", ".png", ".tif", ".tiff" };
  g_autofree char *lower = g_ascii_strdown (file_name != NULL ? file_name : "", -1);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (g_str_has_suffix (lower, ends[i]))
        return ends[i];
    }

  return ".pdf";
}

/* "COI 2026-01-05 Keystone Electric LLC 3f9a1c07.pdf": sorts by date, and no two documents share it */
static char *
dup_file_name (const ChSubView          *sub,
               const ChFiledCertificate *filed)
{
  const char *insured = filed->certificate->insured_name;
  g_autofree char *name = make_safe_name (insured != NULL ? insured : sub->vendor->name);
  g_autofree char *day = filed->certificate->date != CH_DATE_NONE ? ch_date_to_iso (filed->certificate->date) : NULL;

  return g_strdup_printf ("COI%s%s%s%s %.8s%s", day != NULL ? " " : "", day != NULL ? day : "",
                          name[0] != '\0' ? " " : "", name, filed->sha256, get_extension (filed->file_name));
}

static gboolean
say_document (ChDeskView                *view,
              const ChSubView           *sub,
              GPtrArray                 *records,
              const ChFiledCertificate  *filed,
              gint64                     project_id,
              GError                   **error)
{
  g_autoptr(ChFieldSet) fields = ch_field_set_new ();
  ChSharedRecord *record = _ch_statement_find (records, project_id, 0, filed->uuid);
  g_autofree char *folder = ch_publication_dup_folder (sub->vendor);
  g_autofree char *name = dup_file_name (sub, filed);

  if (record == NULL)
    {
      record = ch_shared_record_new (CH_SHARED_DOCUMENT);
      record->project_id = project_id;
      record->vendor_id = sub->vendor_id;
      record->subject = g_strdup (filed->uuid);
      g_ptr_array_add (records, record);
    }
  ch_field_set_set (fields, "folder", folder);
  ch_field_set_set (fields, "name", name);
  ch_field_set_set (fields, "sha256", filed->sha256);

  return _ch_statement_say (view, record, fields, error);
}

static const ChFiledCertificate *
find_certificate (const ChSubView *sub,
                  const char      *uuid)
{
  for (guint i = 0; i < sub->certificates->len; i++)
    {
      const ChFiledCertificate *filed = g_ptr_array_index (sub->certificates, i);

      if (g_strcmp0 (filed->uuid, uuid) == 0)
        return filed;
    }

  return NULL;
}

static gboolean
is_wanted (const ChSubView          *sub,
           const ChFiledCertificate *filed,
           gint64                    project_id)
{
  return filed != NULL && filed->review == CH_REVIEW_APPROVED && _ch_filed_certificate_is_for (filed, project_id) &&
         _ch_sub_view_is_on (sub, project_id);
}

gboolean
_ch_publish_documents (ChDeskView       *view,
                       const ChSubView  *sub,
                       GError          **error)
{
  g_autoptr(GPtrArray) records = NULL;

  records = ch_store_list_shared (view->store, CH_SHARED_DOCUMENT, -1, sub->vendor_id, error);
  if (records == NULL)
    return FALSE;

  for (guint i = 0; i < sub->project_ids->len; i++)
    {
      gint64 project_id = g_array_index (sub->project_ids, gint64, i);

      for (guint k = 0; k < sub->certificates->len; k++)
        {
          const ChFiledCertificate *filed = g_ptr_array_index (sub->certificates, k);

          if (view->is_on[CH_PLACE_DOCUMENTS] && is_wanted (sub, filed, project_id) &&
              !say_document (view, sub, records, filed, project_id, error))
            return FALSE;
        }
    }

  for (guint i = 0; i < records->len; i++)
    {
      ChSharedRecord *record = g_ptr_array_index (records, i);

      if (!is_wanted (sub, find_certificate (sub, record->subject), record->project_id) &&
          !_ch_statement_withdraw (view, record, error))
        return FALSE;
    }

  return TRUE;
}
