#pragma once

#include "ch-session-private.h"

G_BEGIN_DECLS

/*
 * The folders of the projects' documents as one round has read them, so that many files need not ask for the same
 * folder again and again. What was read holds for a few seconds; after a write whose outcome is not known it is
 * forgotten.
 */
ChFolders      *_ch_folders_new    (void);
void            _ch_folders_free   (ChFolders   *self);
void            _ch_folders_forget (ChFolders   *self,
                                    gint64       project_id);
/* the files of one folder have changed as was asked for */
void            _ch_folders_forget_files (ChFolders *self,
                                    gint64       project_id,
                                    gint64       folder_id);
/* (transfer none) (nullable): a folder with what stands directly in it, until the next call; folder_id 0: the root */
const ChFolder *_ch_folders_read   (ChRound     *round,
                                    gint64       project_id,
                                    gint64       folder_id,
                                    GError     **error);
/* The folder at the end of a path like "Insurance certificates/A sub", or "#<id>"; *id is 0 where it is not there. */
gboolean        _ch_folders_find   (ChRound     *round,
                                    gint64       project_id,
                                    const char  *path,
                                    gint64      *id,
                                    GError     **error);
/* The same, made where it is missing. */
gboolean        _ch_folders_make   (ChRound     *round,
                                    gint64       project_id,
                                    const char  *path,
                                    gint64      *id,
                                    GError     **error);
/* "#<id>": a folder whose place nobody here gave it */
char           *_ch_folders_dup_strange_path (gint64 folder_id);

/* Nothing that somebody else put there is written over: a name that another file than own_id has gets a number. */
char           *_ch_folders_dup_free_name (const ChFolder *folder,
                                    const char     *name,
                                    gint64          own_id);

G_END_DECLS
