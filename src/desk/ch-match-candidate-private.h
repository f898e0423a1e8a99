#pragma once

#include "ch-matching-private.h"
#include "ch-name-key.h"

G_BEGIN_DECLS

/* One sub, prepared. contract: the legal name, else the directory's; name: the directory's where it is another one. */
typedef struct {
  ChVendor  *vendor;
  ChNameKey *contract;
  ChNameKey *name;
  ChNameKey *trade;
  ChNameKey *abbreviated;
  char      *domain;       /* (nullable) */
  gboolean   has_legal;
} ChMatchSub;

/* What is known of the certificate while subs are weighed. */
typedef struct {
  const ChCertificate *certificate;
  GPtrArray           *names;         /* (element-type ChNameKey): the legal one first, then the trade names */
  ChNameKey           *whole;         /* (nullable): all of them as one, as a directory may have it too */
  GHashTable          *domains;       /* (element-type utf8) */
  GHashTable          *domain_counts; /* (unowned) (element-type utf8 uint): how many subs have it */
  GHashTable          *by_name;       /* (element-type gint64): subs whose approved certificates have this insured */
  GHashTable          *by_policy;     /* (element-type gint64): … one of these policies */
  GHashTable          *on_project;    /* (element-type gint64): subs on a project that it names */
} ChMatchFacts;

/* One sub while it is being weighed. base: what the name is worth, 0 where nothing speaks for it. */
typedef struct {
  const ChMatchSub *sub;
  double            base;
  double            limit;
  double            score;
  ChMatchReasons    reasons;
} ChMatchCandidate;

ChMatchSub *_ch_match_sub_new          (const ChVendor     *vendor);
void        _ch_match_sub_free         (ChMatchSub         *self);
void        _ch_match_candidate_weigh  (ChMatchCandidate   *self,
                                        const ChMatchFacts *facts);

G_END_DECLS
