#pragma once

#include "ch-store-private.h"

G_BEGIN_DECLS

/* What a record is of; see the table in ch-seal.c. */
typedef enum {
  CH_SEAL_CERTIFICATE,
  CH_SEAL_REQUIREMENT_SET,
  CH_SEAL_CARRIERS,        /* all lists of carriers, as one */
  CH_SEAL_WAIVERS,         /* of one sub */
  CH_SEAL_VERDICT,
  CH_SEAL_CONFLICT,
  CH_SEAL_SETTING,
  CH_SEAL_STAGES,          /* all, as one */
  CH_SEAL_PROJECT,
  CH_SEAL_MEMBERS,         /* of one project */
  CH_SEAL_VENDOR,
  CH_SEAL_COMMITMENT,
  CH_SEAL_INSURANCE,
  CH_SEAL_SHARED,          /* which record it is, here and in Procore; not its fields */
} ChSealKind;

#define CH_N_SEAL_KINDS (CH_SEAL_SHARED + 1)

/* The open act has changed this record, or may have. */
void      _ch_seal_touch        (ChStore       *store,
                                 ChSealKind     kind,
                                 gint64         id);
void      _ch_seal_touch_named  (ChStore       *store,
                                 ChSealKind     kind,
                                 const char    *name);
/* Vouches for what the open act has touched; the last thing that an act does. */
gboolean  _ch_seal_write        (ChStore       *store,
                                 GError       **error);
/* Vouches for everything, once, in a database that an earlier version of the program wrote. */
gboolean  _ch_seal_begin        (ChStore       *store,
                                 GError       **error);

/* What the trail vouches for, by record: gathered event by event, the last one counts. */
typedef struct _ChSealBook ChSealBook;

ChSealBook *_ch_seal_book_new   (void);
void      _ch_seal_book_free    (ChSealBook    *self);
/* FALSE where the detail is none of ours */
gboolean  _ch_seal_book_add     (ChSealBook    *self,
                                 const char    *detail);
/* Adds a sentence to @problems for each record that is not as the trail says it was left. */
gboolean  _ch_seal_book_verify  (ChSealBook    *self,
                                 ChStore       *store,
                                 GPtrArray     *problems,
                                 GCancellable  *cancellable,
                                 GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChSealBook, _ch_seal_book_free)

G_END_DECLS
