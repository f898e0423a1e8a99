#pragma once

#include "ch-procore.h"
#include "ch-store-shared.h"

G_BEGIN_DECLS

/*
 * What we write into the descriptions of files: on one line of its own, with which a file is known for ours, or, in a
 * project's inbox, what became of it. What people wrote there stays below it.
 */

/* the mark of a record, or (record NULL) of a file that was taken in and has no record yet, with what the file holds */
char     *_ch_file_mark_describe    (const ChSharedRecord *record,
                                     const char           *sha256,
                                     const char           *description);
/* what became of a file that could not be taken to its sub */
char     *_ch_file_mark_note        (const char           *note,
                                     const char           *description);
/* (nullable): what the description says that the file holds; NULL where it is not ours, or somebody wrote over it */
char     *_ch_file_mark_dup_content (const char           *description);
gboolean  _ch_file_mark_is_of       (const char           *description,
                                     const ChSharedRecord *record);
/* of a file that was taken in and has no record yet */
gboolean  _ch_file_mark_is_taken_in (const char           *description);

G_END_DECLS
