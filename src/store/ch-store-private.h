#pragma once

#include "ch-connection-private.h"
#include "ch-field-set.h"
#include "ch-store.h"

G_BEGIN_DECLS

/**
 * ChStore:
 * @thread: (unowned): the one that opened it; it alone may use it
 * @who: (nullable): who acts, while an act is open
 * @now: the act's time, Unix microseconds
 * @changes: (element-type gint64): what the open act has changed, by kind; %NULL where nothing
 * @changes_any: kinds of which anything may have changed
 * @has_all_keys: no certificate of an earlier version of the program lacks its keys
 * @touched: (element-type utf8): the records that the open act may have changed, for their seals; %NULL where none
 * @generations: one more with each change of the kind, whether it is committed or undone
 * @generation_version: the database's own count of what others have committed, when last asked
 * @n_reads: how many lists within lists are being read as of one moment
 */
struct _ChStore
{
  GObject       parent_instance;

  ChConnection *connection;
  ChChangeHub  *hub;
  char         *data_dir;
  GThread      *thread;

  char         *who;
  gint64        now;
  GHashTable   *changes[CH_N_KINDS];
  gboolean      changes_any[CH_N_KINDS];
  GHashTable   *touched;
  guint64       generations[CH_N_KINDS];
  gint64        generation_version;
  guint64       content;            /* see ch_store_get_content() */
  gint64        content_version;
  gint64        changes_before_act; /* of rows, but for those that only say when something was read */
  gint64        freshness_changes;
  guint         n_reads;
  gboolean      has_all_keys;
  gint64        data_version;
  gboolean      is_fleeting;        /* commits need not wait for the disk */
  gboolean      writes_fleetingly;  /* what the connection was told of that */
};

/* (transfer none): hand it back with g_autoptr */
ChQuery    *_ch_store_query          (ChStore      *self,
                                      const char   *name);

/* Several reads that belong together, as of one moment. TRUE only with a matching _ch_store_end_read(). */
gboolean    _ch_store_begin_read     (ChStore      *self,
                                      GError      **error);
void        _ch_store_end_read       (ChStore      *self);
/* Empties the table of ids and hands out the statement that fills it. */
ChQuery    *_ch_store_select         (ChStore      *self,
                                      const char   *name);

/* Several writes that are done as a whole or not at all; the act may go on either way. */
gboolean    _ch_store_begin_step     (ChStore      *self,
                                      GError      **error);
gboolean    _ch_store_end_step       (ChStore      *self,
                                      gboolean      ok,
                                      GError      **error);

/* What the hub is told after the commit; id 0: anything of this kind. */
void        _ch_store_note           (ChStore      *self,
                                      ChKind        kind,
                                      gint64        id);

gboolean    _ch_store_has            (ChStore      *self,
                                      const char   *statement,
                                      gint64        id,
                                      GError      **error);
gboolean    _ch_store_mark_gone      (ChStore      *self,
                                      const char   *mark,
                                      const char   *has,
                                      ChKind        kind,
                                      gint64        id,
                                      GError      **error);
void        _ch_store_set_not_found  (GError      **error,
                                      const char   *what,
                                      gint64        id);

/* data_dir/documents/…, made where it is not there yet */
char       *_ch_store_dup_documents_dir (ChStore   *self);
gboolean    _ch_store_make_private_dir  (const char  *path,
                                         GError     **error);
void        _ch_store_sweep_documents   (ChStore     *self);
/* The row of a document that is on disk, so that others may refer to it. */
gboolean    _ch_store_add_document       (ChStore     *self,
                                          const char  *sha256,
                                          GError     **error);
/* -1 where the document is not on disk */
gint64      _ch_store_get_document_size (ChStore     *self,
                                         const char  *sha256);
/* (transfer full): of what is on disk under this name; NULL where it can't be read */
char       *_ch_store_hash_document     (ChStore       *self,
                                         const char    *sha256,
                                         GCancellable  *cancellable,
                                         GError       **error);

/* Adds a sentence to @problems for each break of the audit chain. */
gboolean    _ch_store_verify_events     (ChStore       *self,
                                         GPtrArray     *problems,
                                         GCancellable  *cancellable,
                                         GError       **error);

char       *_ch_dup_trade_key           (const char    *trade);

G_END_DECLS
