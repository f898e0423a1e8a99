#pragma once

#include <gio/gio.h>

#include "ch-change-hub.h"

G_BEGIN_DECLS

/**
 * ChStoreError:
 * @CH_STORE_ERROR_CORRUPT: the database is damaged or is not one; nothing was changed
 * @CH_STORE_ERROR_NEWER: a newer version of the program wrote it; nothing was changed
 * @CH_STORE_ERROR_FULL: the disk is full; the transaction was undone
 * @CH_STORE_ERROR_BUSY: another process holds what was asked for
 * @CH_STORE_ERROR_NOT_FOUND: no such row
 * @CH_STORE_ERROR_EXISTS: such a row is there already
 * @CH_STORE_ERROR_IO: the disk refused
 * @CH_STORE_ERROR_INVALID: the values can't be stored as they are
 */
typedef enum {
  CH_STORE_ERROR_CORRUPT,
  CH_STORE_ERROR_NEWER,
  CH_STORE_ERROR_FULL,
  CH_STORE_ERROR_BUSY,
  CH_STORE_ERROR_NOT_FOUND,
  CH_STORE_ERROR_EXISTS,
  CH_STORE_ERROR_IO,
  CH_STORE_ERROR_INVALID,
} ChStoreError;

#define CH_STORE_ERROR (ch_store_error_quark ())
GQuark ch_store_error_quark (void);

#define CH_TYPE_STORE (ch_store_get_type ())
G_DECLARE_FINAL_TYPE (ChStore, ch_store, CH, STORE, GObject)

/* One connection; used by the thread that opened it, and by no other. */
ChStore     *ch_store_open          (const char   *data_dir,
                                     ChChangeHub  *hub,
                                     GError      **error);
void         ch_store_close         (ChStore      *self);
const char  *ch_store_get_data_dir  (ChStore      *self);

/*
 * One writer transaction per act. `who` is recorded with each event (`desk:<login name>`, `sync`, `clock`), `now` is
 * Unix time in microseconds. Reads need none. Begin twice is a programmer's error. Commit tells the hub what changed.
 */
gboolean     ch_store_begin         (ChStore      *self,
                                     const char   *who,
                                     gint64        now,
                                     GError      **error);
gboolean     ch_store_commit        (ChStore      *self,
                                     GError      **error);
void         ch_store_rollback      (ChStore      *self);
/* FALSE: what this connection commits from now on may be lost with the power, though never in part nor out of order, until
 * one that lasts follows, here or in another process. For what can be read again: the disk need not be waited for. Not
 * inside an act. */
void         ch_store_set_lasting   (ChStore      *self,
                                     gboolean      lasting);
gboolean     ch_store_in_transaction (ChStore     *self);

/* Tells the hub about what other processes have committed since the last call; cheap (PRAGMA data_version). */
gboolean     ch_store_poll_others   (ChStore      *self);

/* A number that differs once anything of this kind may have changed: for what is kept made from the database. */
guint64      ch_store_get_generation (ChStore     *self,
                                      ChKind        kind);

/* The same of everything that is stored, but for when lists were read. */
guint64      ch_store_get_content    (ChStore     *self);

/* Integrity of the file, foreign keys, documents against their SHA-256, the audit chain. Problems as sentences. */
GPtrArray   *ch_store_verify        (ChStore      *self,
                                     GCancellable *cancellable,
                                     GError      **error);

/* Small settings and positions: (nullable) text by name. Writing needs a transaction. */
char        *ch_store_dup_state     (ChStore      *self,
                                     const char   *name,
                                     GError      **error);
gboolean     ch_store_set_state     (ChStore      *self,
                                     const char   *name,
                                     const char   *value,
                                     GError      **error);

/* The right to sync this database; held until freed or the process ends. CH_STORE_ERROR_BUSY names the holder. */
typedef struct _ChSyncLock ChSyncLock;
ChSyncLock  *ch_sync_lock_acquire   (const char   *data_dir,
                                     GError      **error);
void         ch_sync_lock_release   (ChSyncLock   *lock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChSyncLock, ch_sync_lock_release)

G_END_DECLS
