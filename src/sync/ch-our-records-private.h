#pragma once

#include "ch-store-shared.h"

G_BEGIN_DECLS

/*
 * The records of ours that a list of insurance records may show, read from the store in one go: to look each up as the
 * list comes to it costs several times what all the rest of an unchanged list costs. Good for one transaction.
 */
typedef struct _ChOurRecords ChOurRecords;

ChOurRecords   *_ch_our_records_new      (ChStore       *store);
void            _ch_our_records_free     (ChOurRecords  *self);
/* Those that belong to the list of a project, or (0) to that of the company. */
gboolean        _ch_our_records_load     (ChOurRecords  *self,
                                          gint64         project_id,
                                          GError       **error);
/* (transfer none) (nullable) (element-type ChSharedRecord): what was loaded, in the order in which it was made */
GPtrArray      *_ch_our_records_get_list (ChOurRecords  *self);
/* (transfer none) (nullable): the record that an origin_id of ours names, also where it was not loaded; NULL without an
 * error where it is none of this database's */
ChSharedRecord *_ch_our_records_find     (ChOurRecords  *self,
                                          const char    *origin_id,
                                          GError       **error);
/* The id under which Procore shows it; another of its kind and project that had this id loses it. */
gboolean        _ch_our_records_claim    (ChOurRecords   *self,
                                          ChSharedRecord *record,
                                          const char     *procore_id,
                                          GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChOurRecords, _ch_our_records_free)

G_END_DECLS
