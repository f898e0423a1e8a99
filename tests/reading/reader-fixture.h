#pragma once

#include "ch-reader.h"

G_BEGIN_DECLS

typedef struct {
  ChReader *reader;
  char     *folder;
} ReaderFixture;

void           reader_fixture_set_up    (ReaderFixture *self,
                                         gconstpointer  data);
void           reader_fixture_tear_down (ReaderFixture *self,
                                         gconstpointer  data);
char          *reader_fixture_path      (ReaderFixture *self,
                                         const char    *name);
/* A certificate with something in every part of the form, and a drawing of it */
ChCertificate *reader_fixture_make_certificate (void);
char          *reader_fixture_draw      (ReaderFixture *self,
                                         const ChCertificate *certificate);
/* A PDF of a number of pages, each with the text, or with a filled square where it is NULL */
char          *reader_fixture_draw_pages (ReaderFixture *self,
                                          guint          n_pages,
                                          const char    *text);
char          *reader_fixture_write     (ReaderFixture *self,
                                         const char    *contents,
                                         gssize         length);
/* A program that takes certholder-reader's place */
void           reader_fixture_use_helper (ReaderFixture *self,
                                          const char    *script);
ChReading     *reader_fixture_read      (ReaderFixture *self,
                                         const char    *path,
                                         GError       **error);

G_END_DECLS
