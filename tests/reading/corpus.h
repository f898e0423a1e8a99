#pragma once

#include "ch-certificate.h"

G_BEGIN_DECLS

/**
 * CorpusFile:
 *
 * A PDF and the truth beside it: NAME.json, or for NAME_KIND.pdf the same truth as all its kinds.
 */
typedef struct {
  char *pdf;
  char *json;
  char *kind;
} CorpusFile;

void           corpus_file_free    (CorpusFile  *self);
/* (nullable): where the files to try things on are, when they are */
char          *corpus_find_folder  (const char  *name);
/* (element-type CorpusFile): sorted by name */
GPtrArray     *corpus_list         (const char  *folder,
                                    GError     **error);
ChCertificate *corpus_load_truth   (const char  *json,
                                    GError     **error);

G_END_DECLS
