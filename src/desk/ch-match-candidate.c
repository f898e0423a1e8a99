#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-match-candidate-private.h"

/*
 *   what agrees                                                        score   at most, with what supports it
 *   the legal name; the directory's name                               1.00    1.00
 *     (where the legal name is another one                             0.95)
 *   the name in another spelling ("The", accents, "Bros.")             0.95    1.00
 *   the insured of an approved certificate, or its policy's number     0.95    1.00
 *     where the names are at least similar (the number alone: 0.80)
 *   the trade name                                                     0.92    0.98
 *   the name among others                                              0.86    0.95
 *   the name without its legal form on one side                        0.84    0.91
 *   the name but for a letter or two                                   0.82    0.92
 *   the abbreviated name                                               0.80    0.90
 *   a similar name                                             up to   0.80    0.89
 *   the name with another legal form                                   0.65    0.80
 *   nothing but the e-mail domain, or the address                      0.55    0.60
 *   … and all that is about a name that the insured only does business under, times 0.92
 *
 *   supports:  the address (house number and zip code) + 0.08, the town alone + 0.03, an e-mail domain that no other
 *              sub has + 0.08, one that others share + 0.03, work on a project that it names + 0.02
 *   against:   an address elsewhere − 0.05, inactive in Procore − 0.15
 *
 * A producer's address says nothing, the agent is not the sub; its e-mail counts, since desks write the agent's into the
 * directory.
 */
#define BONUS_STRONG 0.08
#define BONUS_WEAK 0.03
#define BONUS_PROJECT 0.02
#define PENALTY_ELSEWHERE 0.05
#define PENALTY_INACTIVE 0.15
#define SCORE_NUMBER_ALONE 0.80
#define SCORE_WITHOUT_NAME 0.55
#define FACTOR_TRADE 0.92
#define FACTOR_OTHER_NAME 0.95

/* What a reason about the name is worth. */
static const struct {
  ChMatchReasons reason;
  double         score;
  double         limit;
} name_scores[] = {
  { CH_MATCH_LEGAL_NAME, 1.00, 1.00 },
  { CH_MATCH_NAME, 1.00, 1.00 },
  { CH_MATCH_NAME_SPELLING, 0.95, 1.00 },
  { CH_MATCH_EARLIER_NAME, 0.95, 1.00 },
  { CH_MATCH_EARLIER_POLICY, 0.95, 1.00 },
  { CH_MATCH_TRADE_NAME, 0.92, 0.98 },
  { CH_MATCH_NAME_AMONG, 0.86, 0.95 },
  { CH_MATCH_NO_LEGAL_FORM, 0.84, 0.91 },
  { CH_MATCH_SCANNED_NAME, 0.82, 0.92 },
  { CH_MATCH_ABBREVIATED_NAME, 0.80, 0.90 },
  { CH_MATCH_SIMILAR_NAME, 0.80, 0.89 },
  { CH_MATCH_OTHER_LEGAL_FORM, 0.65, 0.80 },
};

void
_ch_match_sub_free (ChMatchSub *self)
{
  ch_vendor_free (self->vendor);
  ch_name_key_free (self->contract);
  ch_name_key_free (self->name);
  ch_name_key_free (self->trade);
  ch_name_key_free (self->abbreviated);
  g_free (self->domain);
  g_free (self);
}

ChMatchSub *
_ch_match_sub_new (const ChVendor *vendor)
{
  ChMatchSub *self = g_new0 (ChMatchSub, 1);

  self->vendor = ch_vendor_copy (vendor);
  self->contract = ch_name_key_new (vendor->legal_name);
  self->name = ch_name_key_new (vendor->name);
  self->trade = ch_name_key_new (vendor->trade_name);
  self->abbreviated = ch_name_key_new (vendor->abbreviated_name);
  self->has_legal = self->contract != NULL;
  if (self->contract == NULL)
    self->contract = g_steal_pointer (&self->name);
  else if (ch_name_key_equal (self->contract, self->name))
    g_clear_pointer (&self->name, ch_name_key_free);
  self->domain = _ch_email_dup_domain (vendor->email_address);

  return self;
}

static void
take_name (ChMatchCandidate *candidate,
           ChMatchReasons    reason,
           double            factor)
{
  for (guint i = 0; i < G_N_ELEMENTS (name_scores); i++)
    {
      if (name_scores[i].reason == reason && name_scores[i].score * factor > candidate->base)
        {
          candidate->base = name_scores[i].score * factor;
          candidate->limit = name_scores[i].limit;
          candidate->reasons = reason;
        }
    }
}

/* The name under contract against one that the certificate shows; @same: what it is if they are the same. */
static void
weigh_contract_name (ChMatchCandidate *candidate,
                     const ChNameKey  *ours,
                     const ChNameKey  *shown,
                     ChMatchReasons    same,
                     double            factor)
{
  double share;

  switch (ch_name_key_compare (ours, shown, &share))
    {
    case CH_NAME_SAME:
      take_name (candidate, same, factor);
      break;
    case CH_NAME_SPELLING:
      take_name (candidate, CH_MATCH_NAME_SPELLING, factor);
      break;
    case CH_NAME_AMONG:
      take_name (candidate, CH_MATCH_NAME_AMONG, factor);
      break;
    case CH_NAME_NO_FORM:
      take_name (candidate, CH_MATCH_NO_LEGAL_FORM, factor);
      break;
    case CH_NAME_SCANNED:
      take_name (candidate, CH_MATCH_SCANNED_NAME, factor);
      break;
    case CH_NAME_OTHER_FORM:
      take_name (candidate, CH_MATCH_OTHER_LEGAL_FORM, factor);
      break;
    case CH_NAME_SIMILAR:
      take_name (candidate, CH_MATCH_SIMILAR_NAME, share * factor);
      break;
    case CH_NAME_DIFFERENT:
    default:
      break;
    }
}

/* A name that is nobody's legal one: the same, or it says little. */
static void
weigh_other_name (ChMatchCandidate *candidate,
                  const ChNameKey  *ours,
                  const ChNameKey  *shown,
                  ChMatchReasons    same)
{
  double share;
  ChNameLikeness likeness = ch_name_key_compare (ours, shown, &share);

  if (likeness == CH_NAME_SAME || likeness == CH_NAME_SPELLING || likeness == CH_NAME_NO_FORM)
    take_name (candidate, same, likeness == CH_NAME_NO_FORM ? 0.95 : 1.0);
  else if (likeness >= CH_NAME_SIMILAR && likeness != CH_NAME_OTHER_FORM)
    take_name (candidate, CH_MATCH_SIMILAR_NAME, share * 0.9);
}

static void
weigh_names (ChMatchCandidate   *candidate,
             const ChMatchFacts *facts)
{
  const ChMatchSub *sub = candidate->sub;
  ChMatchReasons contract = sub->has_legal ? CH_MATCH_LEGAL_NAME : CH_MATCH_NAME;

  for (guint i = 0; i < facts->names->len; i++)
    {
      const ChNameKey *shown = g_ptr_array_index (facts->names, i);
      double factor = i == 0 ? 1.0 : FACTOR_TRADE;

      if (sub->contract != NULL)
        weigh_contract_name (candidate, sub->contract, shown, contract, factor);
      if (sub->name != NULL)
        weigh_contract_name (candidate, sub->name, shown, CH_MATCH_NAME, factor * FACTOR_OTHER_NAME);
      if (sub->trade != NULL)
        weigh_other_name (candidate, sub->trade, shown, CH_MATCH_TRADE_NAME);
      if (sub->abbreviated != NULL && ch_name_key_equal (sub->abbreviated, shown))
        take_name (candidate, CH_MATCH_ABBREVIATED_NAME, 1.0);
    }
  if (facts->whole != NULL && ch_name_key_equal (sub->contract, facts->whole))
    take_name (candidate, contract, 1.0);
  if (facts->whole != NULL && ch_name_key_equal (sub->name, facts->whole))
    take_name (candidate, CH_MATCH_NAME, FACTOR_OTHER_NAME);
}

static void
weigh_earlier (ChMatchCandidate   *candidate,
               const ChMatchFacts *facts)
{
  const gint64 *id = &candidate->sub->vendor->id;

  if (g_hash_table_contains (facts->by_name, id))
    {
      ChMatchReasons before = candidate->base >= 0.95 ? candidate->reasons : 0;

      take_name (candidate, CH_MATCH_EARLIER_NAME, 1.0);
      candidate->reasons |= before | CH_MATCH_EARLIER_NAME;
    }
  if (g_hash_table_contains (facts->by_policy, id))
    {
      ChMatchReasons before = candidate->reasons;

      take_name (candidate, CH_MATCH_EARLIER_POLICY, candidate->base > 0 ? 1.0 : SCORE_NUMBER_ALONE / 0.95);
      candidate->reasons |= before | CH_MATCH_EARLIER_POLICY;
    }
}

static void
weigh_place (ChMatchCandidate   *candidate,
             const ChMatchFacts *facts)
{
  const ChVendor *vendor = candidate->sub->vendor;
  const char *address = facts->certificate->insured_address;

  if (_ch_address_agrees (vendor, address))
    {
      candidate->reasons |= CH_MATCH_ADDRESS;
      candidate->score += BONUS_STRONG;
    }
  else if (_ch_address_is_in_town (vendor, address))
    {
      candidate->reasons |= CH_MATCH_TOWN;
      candidate->score += BONUS_WEAK;
    }
  else if (_ch_address_is_elsewhere (vendor, address))
    {
      candidate->reasons |= CH_MATCH_OTHER_ADDRESS;
      candidate->score -= PENALTY_ELSEWHERE;
    }
}

/* Nothing in the names: the address or the e-mail alone still makes somebody worth a look. */
static void
weigh_without_name (ChMatchCandidate   *candidate,
                    const ChMatchFacts *facts)
{
  const ChMatchSub *sub = candidate->sub;
  gboolean has_domain = sub->domain != NULL && g_hash_table_contains (facts->domains, sub->domain) &&
                        GPOINTER_TO_UINT (g_hash_table_lookup (facts->domain_counts, sub->domain)) == 1;

  if (has_domain || _ch_address_agrees (sub->vendor, facts->certificate->insured_address))
    {
      candidate->base = SCORE_WITHOUT_NAME - BONUS_STRONG;
      candidate->limit = 0.60;
    }
}

void
_ch_match_candidate_weigh (ChMatchCandidate   *candidate,
                           const ChMatchFacts *facts)
{
  const ChMatchSub *sub = candidate->sub;

  weigh_names (candidate, facts);
  weigh_earlier (candidate, facts);
  if (candidate->base <= 0)
    weigh_without_name (candidate, facts);
  if (candidate->base <= 0)
    return;

  candidate->score = candidate->base;
  weigh_place (candidate, facts);
  if (sub->domain != NULL && g_hash_table_contains (facts->domains, sub->domain))
    {
      candidate->reasons |= CH_MATCH_EMAIL_DOMAIN;
      candidate->score += GPOINTER_TO_UINT (g_hash_table_lookup (facts->domain_counts, sub->domain)) == 1 ? BONUS_STRONG
                                                                                                   : BONUS_WEAK;
    }
  if (g_hash_table_contains (facts->on_project, &sub->vendor->id))
    {
      candidate->reasons |= CH_MATCH_NAMED_PROJECT;
      candidate->score += BONUS_PROJECT;
    }
  candidate->score = MIN (candidate->score, candidate->limit);
  if (!sub->vendor->is_active)
    {
      candidate->reasons |= CH_MATCH_INACTIVE;
      candidate->score -= PENALTY_INACTIVE;
    }
}
