#pragma once

#include "ch-desk-worker.h"

G_BEGIN_DECLS

/*
 * The folder into which scanners, mail programs and people drop certificates. What is complete is taken in, once; the
 * person's file stays where it is. Follows the setting CH_SETTING_WATCHED_FOLDER. Lives in the main context of the
 * thread that made it; disk work is done in the desk's.
 *
 * ::taken (const char *file_name, GPtrArray *filed, const char *problem): a file was looked at. @filed: (nullable)
 *   (element-type ChFiledCertificate): what came of it; @problem: (nullable): why nothing could be read
 * ::changed: what ch_watched_folder_get_path() or ch_watched_folder_get_problem() say
 */
#define CH_TYPE_WATCHED_FOLDER (ch_watched_folder_get_type ())
G_DECLARE_FINAL_TYPE (ChWatchedFolder, ch_watched_folder, CH, WATCHED_FOLDER, GObject)

/* set with ch_desk_change_setting(); an absolute path, absent where nothing is watched */
#define CH_SETTING_WATCHED_FOLDER "watched_folder"

ChWatchedFolder *ch_watched_folder_new         (ChDeskWorker    *desk,
                                                ChReader        *reader,
                                                ChChangeHub     *hub);
/* takes nothing in any more; what is being filed is filed */
void             ch_watched_folder_close       (ChWatchedFolder *self);
/* (nullable): NULL where no folder is watched */
const char      *ch_watched_folder_get_path    (ChWatchedFolder *self);
/* (nullable): why the folder can't be looked at, in plain words */
const char      *ch_watched_folder_get_problem (ChWatchedFolder *self);

G_END_DECLS
