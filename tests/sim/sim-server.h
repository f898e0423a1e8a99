#pragma once

#include "ch-sandbox-private.h"
#include "ch-store-shared.h"

G_BEGIN_DECLS

/* what people wrote to a file, and must find there again */
#define SIM_THEIRS "_theirs"

/*
 * What stands in the sandbox, as one flat table of texts: so that two moments can be compared, whatever happened in
 * between. Keys of what the desk shares begin like sim_server_dup_key() makes them.
 */

/* (element-type utf8 utf8): the shared fields by key; an empty text for a field that has no value */
GHashTable *sim_server_list_shared  (ChSandbox             *sandbox);
/* the key of a shared record's field there, NULL where it is not known yet under what id it stands */
char       *sim_server_dup_key      (const ChSharedRecord  *record,
                                     const char            *field);
/* the part of sim_server_dup_key() that is the same for all fields of a record */
char       *sim_server_dup_prefix   (const ChSharedRecord  *record);
/* a checksum of all that is not ours: others' insurance records, links with their order, files, folders, and whatever
 * Procore owns */
char       *sim_server_dup_others   (ChSandbox             *sandbox);
/* the same of home links, which have no call that writes one alone */
char       *sim_server_dup_other_links (ChSandbox *sandbox);
/* what must never be: things of ours that stand there twice; NULL where all is well */
char       *sim_server_find_twice   (ChSandbox             *sandbox);
gboolean    sim_server_is_ours      (JsonObject            *insurance);
gboolean    sim_server_is_our_link  (JsonObject            *link);
gboolean    sim_server_is_our_file  (JsonObject            *file);

G_END_DECLS
