#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChNameLikeness:
 * @CH_NAME_DIFFERENT: nothing to speak of
 * @CH_NAME_SIMILAR: they look alike
 * @CH_NAME_OTHER_FORM: the same but for the legal form: another company (Inc is not LLC)
 * @CH_NAME_NO_FORM: the same, but only one of them shows a legal form
 * @CH_NAME_SCANNED: the same but for a letter or two that scanners and typists confuse
 * @CH_NAME_AMONG: one stands within the other, among other words
 * @CH_NAME_SPELLING: the same but for "The", accents, blanks and usual abbreviations
 * @CH_NAME_SAME: the same company
 *
 * How alike two companies' names are, least first.
 */
typedef enum {
  CH_NAME_DIFFERENT,
  CH_NAME_SIMILAR,
  CH_NAME_OTHER_FORM,
  CH_NAME_NO_FORM,
  CH_NAME_SCANNED,
  CH_NAME_AMONG,
  CH_NAME_SPELLING,
  CH_NAME_SAME,
} ChNameLikeness;

/* A company's name, prepared to be compared with thousands of others. */
typedef struct _ChNameKey ChNameKey;

/* NULL where the name is NULL or has no letters and digits */
ChNameKey      *ch_name_key_new     (const char      *name);
void            ch_name_key_free    (ChNameKey       *self);
gboolean        ch_name_key_equal   (const ChNameKey *a,
                                     const ChNameKey *b);
/* *share: 0 to 1, what they have in common; for CH_NAME_SIMILAR it says how alike they are */
ChNameLikeness  ch_name_key_compare (const ChNameKey *a,
                                     const ChNameKey *b,
                                     double          *share);
/* (transfer full) (array zero-terminated=1): the companies named in "Smith LLC dba Smith Roofing": the legal one first,
 * then those that it does business as */
char          **ch_name_split_trade (const char      *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChNameKey, ch_name_key_free)

G_END_DECLS
