#pragma once

#include "ch-store-watched.h"
#include "ch-watched-folder.h"

G_BEGIN_DECLS

/* Milliseconds. settle: a file has to stay as it is for so long; patience: a PDF without its end is given so long;
 * idle: between two looks where nothing is known to have happened. */
typedef struct {
  guint settle;
  guint patience;
  guint idle;
} ChWatchedPace;

void _ch_watched_folder_set_pace (ChWatchedFolder     *self,
                                  const ChWatchedPace *pace);

/**
 * ChWatchedState:
 * @CH_WATCHED_INCOMPLETE: somebody is still writing it; look again
 * @CH_WATCHED_KNOWN: its content is on file; this is remembered
 * @CH_WATCHED_NO_DOCUMENT: nothing that a certificate could be; this is remembered
 * @CH_WATCHED_STORED: its content is kept, and waits to be read
 */
typedef enum {
  CH_WATCHED_INCOMPLETE,
  CH_WATCHED_KNOWN,
  CH_WATCHED_NO_DOCUMENT,
  CH_WATCHED_STORED,
} ChWatchedState;

/**
 * ChWatchedTake:
 * @file: as it was when it was found
 * @is_patient: give a PDF without its end more time
 * @fd: of our own copy, -1 where there is none
 * @filed: (nullable) (element-type ChFiledCertificate)
 * @problem: (nullable): why nothing could be taken from it, in plain words
 *
 * One file on its way; the desk's thread and the main thread hand it to each other.
 */
typedef struct {
  ChWatchedFile  *file;
  gboolean        is_patient;
  ChWatchedState  state;
  int             fd;
  ChReading      *reading;
  GError         *read_error;
  GPtrArray      *filed;
  char           *problem;
} ChWatchedTake;

ChWatchedTake *_ch_watched_take_new    (const ChWatchedFile  *file,
                                        gboolean              is_patient);
void           _ch_watched_take_free   (ChWatchedTake        *self);

/* What the desk's thread does. */
char          *_ch_watched_load_path   (ChDesk               *desk,
                                        GError              **error);
/* (transfer full) (element-type ChWatchedFile): what in the folder has not been looked at as it is now */
GPtrArray     *_ch_watched_scan        (ChDesk               *desk,
                                        const char           *folder,
                                        GCancellable         *cancellable,
                                        GError              **error);
gboolean       _ch_watched_take_store  (ChWatchedTake        *self,
                                        ChDesk               *desk,
                                        GCancellable         *cancellable,
                                        GError              **error);
gboolean       _ch_watched_take_file   (ChWatchedTake        *self,
                                        ChDesk               *desk,
                                        GError              **error);

G_END_DECLS
