#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DESK_DATA_PROJECT 501
#define DESK_DATA_SUB 1001

/* A desk as it is found on a working day: projects in every state, subs with and without certificates, requirements,
 * records of others. n_subs: at least 4, of which the last has nothing on file. */
void    desk_data_fill            (const char *data_dir,
                                   guint       n_projects,
                                   guint       n_subs,
                                   guint       n_each);
/* files a sample of data/samples/, boxes and all, without approving it; answers its row */
gint64  desk_data_add_certificate (const char *data_dir,
                                   const char *sample,
                                   gint64      vendor_id);
/* one for each of the first subs, in one stroke */
void    desk_data_add_certificates (const char *data_dir,
                                   const char *sample,
                                   guint       n_subs,
                                   guint       n_pending);
/* one more change on its way to Procore, that Procore refused where @why says so; answers its record */
gint64  desk_data_add_change      (const char *data_dir,
                                   gint64      vendor_id,
                                   const char *why);
void    desk_data_remove          (const char *data_dir);

G_END_DECLS
