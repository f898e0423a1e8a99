#pragma once

#include "ch-desk.h"

G_BEGIN_DECLS

/**
 * ChMatchReasons:
 *
 * Why a certificate may belong to a sub, or be for a project. What is about the name comes first; only one of those
 * holds.
 */
typedef enum {
  CH_MATCH_LEGAL_NAME = 1 << 0,
  CH_MATCH_NAME = 1 << 1,             /* the directory's name, where the legal name is absent or another one */
  CH_MATCH_NAME_SPELLING = 1 << 2,    /* but for "The", accents, blanks, abbreviations */
  CH_MATCH_TRADE_NAME = 1 << 3,
  CH_MATCH_ABBREVIATED_NAME = 1 << 4,
  CH_MATCH_NAME_AMONG = 1 << 5,       /* named among others */
  CH_MATCH_NO_LEGAL_FORM = 1 << 6,    /* the same name, but one of them shows no legal form */
  CH_MATCH_OTHER_LEGAL_FORM = 1 << 7, /* the same name of another company */
  CH_MATCH_SCANNED_NAME = 1 << 8,     /* but for a letter or two */
  CH_MATCH_SIMILAR_NAME = 1 << 9,
  CH_MATCH_EARLIER_NAME = 1 << 10,    /* an approved certificate of the sub insures a company of this name */
  CH_MATCH_EARLIER_POLICY = 1 << 11,  /* … shows a policy of this number */
  CH_MATCH_ADDRESS = 1 << 12,
  CH_MATCH_TOWN = 1 << 13,            /* no more than that: the zip code, or town and state */
  CH_MATCH_OTHER_ADDRESS = 1 << 14,   /* speaks against it */
  CH_MATCH_EMAIL_DOMAIN = 1 << 15,
  CH_MATCH_NAMED_PROJECT = 1 << 16,   /* the sub works on a project that the certificate names */
  CH_MATCH_INACTIVE = 1 << 17,        /* speaks against it */
  CH_MATCH_PROJECT_NAME = 1 << 18,
  CH_MATCH_PROJECT_NUMBER = 1 << 19,
  CH_MATCH_PROJECT_ADDRESS = 1 << 20,
  CH_MATCH_OTHER_PROJECT = 1 << 21,   /* speaks against it: the sub does not work there */
} ChMatchReasons;

/* (transfer full): stable words with commas between, as `legal_name,address` */
char           *ch_match_reasons_to_string   (ChMatchReasons  reasons);
/* words that are not known are left out */
ChMatchReasons  ch_match_reasons_from_string (const char     *text);
/* (transfer full): a phrase in the user's language, as "same legal name, same address" */
char           *ch_match_reasons_dup_phrase  (ChMatchReasons  reasons);

/**
 * ChMatch:
 * @vendor_id: the sub, or 0 for a project
 * @vendor_name: its name in the directory, or the project's
 * @project_id: the project, or 0 for a sub
 * @score: 0 to 1
 * @reason: a phrase for people
 *
 * One sub that a certificate may belong to, or one project that it may be for.
 */
typedef struct {
  gint64          vendor_id;
  char           *vendor_name;
  gint64          project_id;
  double          score;
  ChMatchReasons  reasons;
  char           *reason;
} ChMatch;

void       ch_match_free            (ChMatch             *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChMatch, ch_match_free)

/* (element-type ChMatch), best first; at most 10 */
GPtrArray *ch_match_certificate     (ChStore             *store,
                                     const ChCertificate *certificate,
                                     GError             **error);
/* the one that stands out, or NULL */
const ChMatch *ch_match_get_certain (GPtrArray           *matches);
/* (element-type ChMatch): the active projects that the certificate names, best first; of @vendor_id before others */
GPtrArray *ch_match_projects        (ChStore             *store,
                                     const ChCertificate *certificate,
                                     gint64               vendor_id,
                                     GError             **error);
/* (element-type ChMatch): the proposals that were kept with a certificate when it was last compared: subs, then
 * projects, each best first */
GPtrArray *ch_match_list_kept       (ChStore             *store,
                                     gint64               certificate_id,
                                     GError             **error);
/* Compares the certificates that are under review and nobody's with the directory as it is now; where one sub stands
 * out, it is theirs. An act of its own. */
gboolean   ch_desk_match_waiting    (ChDesk              *self,
                                     guint               *n_matched,
                                     GError             **error);

G_END_DECLS
