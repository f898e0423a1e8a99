#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The kinds of files that certificates come as, told by their first bytes. */
typedef enum {
  CH_FILE_KIND_UNKNOWN,
  CH_FILE_KIND_PDF,
  CH_FILE_KIND_JPEG,
  CH_FILE_KIND_PNG,
  CH_FILE_KIND_TIFF,
  CH_FILE_KIND_HEIC,
} ChFileKind;

/* So many bytes from a file's beginning tell its kind. */
#define CH_FILE_KIND_HEAD 1024

ChFileKind         ch_file_kind_find           (gconstpointer head,
                                                gsize         length);
gboolean           ch_file_kind_can_be_read    (ChFileKind    kind);
const char *       ch_file_kind_get_mime_type  (ChFileKind    kind);
const char *       ch_file_kind_get_extension  (ChFileKind    kind);

G_END_DECLS
