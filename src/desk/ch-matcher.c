#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "ch-matching-private.h"
#include "ch-name-key.h"
#include "ch-store-directory.h"
#include "ch-store-matches.h"

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
 * Certain is a score of at least 0.90 with the runner-up at least 0.10 below. Of several with equally good names, the
 * only one that an earlier policy, the address, the town, the e-mail domain or a named project speaks for (in this
 * order) keeps its place and the others step back by 0.15. A producer's address says nothing, the agent is not the sub; its e-mail
 * counts, since desks write the agent's into the directory.
 */
#define CERTAIN 0.90
#define CERTAIN_DISTANCE 0.10
#define BONUS_STRONG 0.08
#define BONUS_WEAK 0.03
#define BONUS_PROJECT 0.02
#define PENALTY_ELSEWHERE 0.05
#define PENALTY_INACTIVE 0.15
#define PENALTY_NOT_THE_ONE 0.15
#define SCORE_NUMBER_ALONE 0.80
#define SCORE_WITHOUT_NAME 0.55
#define FACTOR_TRADE 0.92
#define FACTOR_OTHER_NAME 0.95
#define MAX_MATCHES 10

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

/* One sub, prepared. contract: the legal name, else the directory's; name: the directory's where it is another one. */
typedef struct {
  ChVendor  *vendor;
  ChNameKey *contract;
  ChNameKey *name;
  ChNameKey *trade;
  ChNameKey *abbreviated;
  char      *domain;       /* (nullable) */
  gboolean   has_legal;
} Sub;

struct _ChMatcher
{
  ChStore         *store;
  guint64          vendors_generation;
  guint64          projects_generation;
  GPtrArray       *subs;       /* (element-type Sub): NULL until it is needed */
  GHashTable      *domains;    /* (element-type utf8 uint): how many subs have it */
  ChProjectNaming *naming;     /* NULL until it is needed */
};

/* What is known of the certificate while subs are weighed. */
typedef struct {
  const ChCertificate *certificate;
  GPtrArray           *names;         /* (element-type ChNameKey): the legal one first, then the trade names */
  ChNameKey           *whole;         /* (nullable): all of them as one, as a directory may have it too */
  GHashTable          *domains;       /* (element-type utf8) */
  GHashTable          *by_name;       /* (element-type gint64): subs whose approved certificates have this insured */
  GHashTable          *by_policy;     /* (element-type gint64): … one of these policies */
  GHashTable          *on_project;    /* (element-type gint64): subs on a project that it names */
} Facts;

/* One sub while it is being weighed. base: what the name is worth. */
typedef struct {
  const Sub      *sub;
  double          base;
  double          limit;
  double          score;
  ChMatchReasons  reasons;
} Candidate;

static void
sub_free (Sub *self)
{
  ch_vendor_free (self->vendor);
  ch_name_key_free (self->contract);
  ch_name_key_free (self->name);
  ch_name_key_free (self->trade);
  ch_name_key_free (self->abbreviated);
  g_free (self->domain);
  g_free (self);
}

static Sub *
sub_new (const ChVendor *vendor)
{
  Sub *self = g_new0 (Sub, 1);

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
forget (ChMatcher *self)
{
  g_clear_pointer (&self->subs, g_ptr_array_unref);
  g_clear_pointer (&self->domains, g_hash_table_unref);
}

ChMatcher *
_ch_matcher_new (ChStore *store)
{
  ChMatcher *self = g_new0 (ChMatcher, 1);

  self->store = g_object_ref (store);

  return self;
}

void
_ch_matcher_free (ChMatcher *self)
{
  if (self == NULL)
    return;

  forget (self);
  g_clear_pointer (&self->naming, _ch_project_naming_free);
  g_object_unref (self->store);
  g_free (self);
}

/* Loads the directory where it is not loaded, or has changed since. */
static gboolean
load_subs (ChMatcher  *self,
           GError    **error)
{
  guint64 generation = ch_store_get_generation (self->store, CH_KIND_VENDOR);
  g_autoptr(GPtrArray) vendors = NULL;

  if (self->subs != NULL && generation == self->vendors_generation)
    return TRUE;

  forget (self);
  vendors = ch_store_list_vendors (self->store, error);
  if (vendors == NULL)
    return FALSE;

  self->vendors_generation = generation;
  self->subs = g_ptr_array_new_full (vendors->len, (GDestroyNotify)sub_free);
  self->domains = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < vendors->len; i++)
    {
      Sub *sub = sub_new (g_ptr_array_index (vendors, i));

      g_ptr_array_add (self->subs, sub);
      if (sub->domain != NULL)
        g_hash_table_insert (self->domains, sub->domain,
                             GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (self->domains, sub->domain)) + 1));
    }

  return TRUE;
}

static gboolean
load_projects (ChMatcher  *self,
               GError    **error)
{
  guint64 generation = ch_store_get_generation (self->store, CH_KIND_PROJECT);
  g_autoptr(GPtrArray) projects = NULL;

  if (self->naming != NULL && generation == self->projects_generation)
    return TRUE;

  g_clear_pointer (&self->naming, _ch_project_naming_free);
  projects = ch_store_list_projects (self->store, TRUE, error);
  if (projects == NULL)
    return FALSE;
  self->projects_generation = generation;
  self->naming = _ch_project_naming_new (projects);

  return TRUE;
}

static GHashTable *
id_set_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
add_ids (GHashTable *set,
         GArray     *ids)
{
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (set, g_memdup2 (&g_array_index (ids, gint64, i), sizeof (gint64)));
}

static void
facts_clear (Facts *self)
{
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->whole, ch_name_key_free);
  g_clear_pointer (&self->domains, g_hash_table_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->by_policy, g_hash_table_unref);
  g_clear_pointer (&self->on_project, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Facts, facts_clear)

static gboolean
learn_from_earlier (Facts    *self,
                    ChStore  *store,
                    GError  **error)
{
  g_autoptr(GArray) by_name = ch_store_list_vendors_of_insured (store, self->certificate->insured_name, error);
  g_autoptr(GArray) by_policy = NULL;

  if (by_name == NULL)
    return FALSE;
  by_policy = ch_store_list_vendors_of_policies (store, self->certificate, error);
  if (by_policy == NULL)
    return FALSE;
  add_ids (self->by_name, by_name);
  add_ids (self->by_policy, by_policy);

  return TRUE;
}

static gboolean
learn_from_projects (Facts      *self,
                     ChStore    *store,
                     GPtrArray  *named,
                     GError    **error)
{
  for (guint i = 0; named != NULL && i < named->len; i++)
    {
      const ChMatch *match = g_ptr_array_index (named, i);
      g_autoptr(GPtrArray) vendors = ch_store_list_project_vendors (store, match->project_id, error);

      if (vendors == NULL)
        return FALSE;
      for (guint k = 0; k < vendors->len; k++)
        {
          const ChVendor *vendor = g_ptr_array_index (vendors, k);

          g_hash_table_add (self->on_project, g_memdup2 (&vendor->id, sizeof (gint64)));
        }
    }

  return TRUE;
}

static gboolean
learn (Facts                *self,
       ChStore              *store,
       const ChCertificate  *certificate,
       GPtrArray            *named,
       GError              **error)
{
  const char *insured = certificate->insured_name != NULL ? certificate->insured_name : "";
  g_auto(GStrv) parts = ch_name_split_trade (insured);

  self->certificate = certificate;
  self->names = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_name_key_free);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      ChNameKey *key = ch_name_key_new (parts[i]);

      if (key != NULL)
        g_ptr_array_add (self->names, key);
    }
  self->whole = self->names->len > 1 ? ch_name_key_new (insured) : NULL;
  self->domains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  _ch_email_add_domains (self->domains, certificate->producer_email);
  _ch_email_add_domains (self->domains, certificate->insured_name);
  _ch_email_add_domains (self->domains, certificate->insured_address);
  _ch_email_add_domains (self->domains, certificate->description_of_operations);
  self->by_name = id_set_new ();
  self->by_policy = id_set_new ();
  self->on_project = id_set_new ();

  return learn_from_earlier (self, store, error) && learn_from_projects (self, store, named, error);
}

static void
take_name (Candidate      *candidate,
           ChMatchReasons  reason,
           double          factor)
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
weigh_contract_name (Candidate       *candidate,
                     const ChNameKey *ours,
                     const ChNameKey *shown,
                     ChMatchReasons   same,
                     double           factor)
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
weigh_other_name (Candidate       *candidate,
                  const ChNameKey *ours,
                  const ChNameKey *shown,
                  ChMatchReasons   same)
{
  double share;
  ChNameLikeness likeness = ch_name_key_compare (ours, shown, &share);

  if (likeness == CH_NAME_SAME || likeness == CH_NAME_SPELLING || likeness == CH_NAME_NO_FORM)
    take_name (candidate, same, likeness == CH_NAME_NO_FORM ? 0.95 : 1.0);
  else if (likeness >= CH_NAME_SIMILAR && likeness != CH_NAME_OTHER_FORM)
    take_name (candidate, CH_MATCH_SIMILAR_NAME, share * 0.9);
}

static void
weigh_names (Candidate   *candidate,
             const Facts *facts)
{
  const Sub *sub = candidate->sub;
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
weigh_earlier (Candidate   *candidate,
               const Facts *facts)
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
weigh_place (Candidate   *candidate,
             const Facts *facts)
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
weigh_without_name (Candidate       *candidate,
                    const ChMatcher *self,
                    const Facts     *facts)
{
  const Sub *sub = candidate->sub;
  gboolean has_domain = sub->domain != NULL && g_hash_table_contains (facts->domains, sub->domain) &&
                        GPOINTER_TO_UINT (g_hash_table_lookup (self->domains, sub->domain)) == 1;

  if (has_domain || _ch_address_agrees (sub->vendor, facts->certificate->insured_address))
    {
      candidate->base = SCORE_WITHOUT_NAME - BONUS_STRONG;
      candidate->limit = 0.60;
    }
}

static void
weigh (Candidate       *candidate,
       const ChMatcher *self,
       const Facts     *facts)
{
  const Sub *sub = candidate->sub;

  weigh_names (candidate, facts);
  weigh_earlier (candidate, facts);
  if (candidate->base <= 0)
    weigh_without_name (candidate, self, facts);
  if (candidate->base <= 0)
    return;

  candidate->score = candidate->base;
  weigh_place (candidate, facts);
  if (sub->domain != NULL && g_hash_table_contains (facts->domains, sub->domain))
    {
      candidate->reasons |= CH_MATCH_EMAIL_DOMAIN;
      candidate->score += GPOINTER_TO_UINT (g_hash_table_lookup (self->domains, sub->domain)) == 1 ? BONUS_STRONG
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

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *left = a;
  const Candidate *right = b;

  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;

  return left->sub->vendor->id < right->sub->vendor->id ? -1 : left->sub->vendor->id > right->sub->vendor->id;
}

/* Among those near the top, the only one that a reason speaks for. FALSE where that is none or several, or where it
 * has the worse name. */
static gboolean
is_the_only_one (GArray         *candidates,
                 guint           n_near,
                 ChMatchReasons  reason,
                 guint          *index)
{
  double best = 0;
  guint n = 0;

  for (guint i = 0; i < n_near; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);

      best = MAX (best, candidate->base);
      if (candidate->reasons & reason)
        {
          n++;
          *index = i;
        }
    }

  return n == 1 && g_array_index (candidates, Candidate, *index).base >= best - 1e-9;
}

static void
tell_apart (GArray *candidates)
{
  static const ChMatchReasons reasons[] = {
    CH_MATCH_EARLIER_POLICY, CH_MATCH_ADDRESS, CH_MATCH_ADDRESS | CH_MATCH_TOWN, CH_MATCH_EMAIL_DOMAIN,
    CH_MATCH_NAMED_PROJECT,
  };
  guint n_near = 0;

  while (n_near < candidates->len &&
         g_array_index (candidates, Candidate, 0).score - g_array_index (candidates, Candidate, n_near).score <
           CERTAIN_DISTANCE - 1e-9)
    n_near++;
  if (n_near < 2)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      guint one = 0;

      if (!is_the_only_one (candidates, n_near, reasons[i], &one))
        continue;
      for (guint k = 0; k < n_near; k++)
        {
          if (k != one)
            g_array_index (candidates, Candidate, k).score -= PENALTY_NOT_THE_ONE;
        }
      g_array_sort (candidates, compare_candidates);
      return;
    }
}

static GPtrArray *
make_matches (GArray *candidates)
{
  GPtrArray *matches = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_match_free);

  for (guint i = 0; i < candidates->len && i < MAX_MATCHES; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);
      ChMatch *match = g_new0 (ChMatch, 1);

      match->vendor_id = candidate->sub->vendor->id;
      match->vendor_name = g_strdup (candidate->sub->vendor->name);
      match->score = MAX (candidate->score, 0);
      match->reasons = candidate->reasons;
      match->reason = ch_match_reasons_dup_phrase (candidate->reasons);
      g_ptr_array_add (matches, match);
    }

  return matches;
}

GPtrArray *
_ch_matcher_match (ChMatcher            *self,
                   const ChCertificate  *certificate,
                   GPtrArray            *named,
                   GError              **error)
{
  g_autoptr(GArray) candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));
  g_auto(Facts) facts = { NULL };

  if (!load_subs (self, error) || !learn (&facts, self->store, certificate, named, error))
    return NULL;

  for (guint i = 0; i < self->subs->len; i++)
    {
      Candidate candidate = { .sub = g_ptr_array_index (self->subs, i) };

      weigh (&candidate, self, &facts);
      if (candidate.base > 0)
        g_array_append_val (candidates, candidate);
    }
  g_array_sort (candidates, compare_candidates);
  tell_apart (candidates);

  return make_matches (candidates);
}

GPtrArray *
_ch_matcher_list_named_projects (ChMatcher            *self,
                                 const ChCertificate  *certificate,
                                 GError              **error)
{
  GPtrArray *named;

  if (!load_projects (self, error))
    return NULL;

  named = _ch_project_naming_find (self->naming, certificate->description_of_operations);
  if (named->len > MAX_MATCHES)
    g_ptr_array_set_size (named, MAX_MATCHES);
  for (guint i = 0; i < named->len; i++)
    {
      ChMatch *match = g_ptr_array_index (named, i);

      match->reason = ch_match_reasons_dup_phrase (match->reasons);
    }

  return named;
}

static int
compare_projects (gconstpointer a,
                  gconstpointer b)
{
  const ChMatch *left = *(const ChMatch * const *)a;
  const ChMatch *right = *(const ChMatch * const *)b;
  gboolean left_other = (left->reasons & CH_MATCH_OTHER_PROJECT) != 0;
  gboolean right_other = (right->reasons & CH_MATCH_OTHER_PROJECT) != 0;

  if (left_other != right_other)
    return left_other ? 1 : -1;
  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;

  return left->project_id < right->project_id ? -1 : left->project_id > right->project_id;
}

gboolean
_ch_matcher_weigh_projects (ChMatcher  *self,
                            GPtrArray  *named,
                            gint64      vendor_id,
                            GError    **error)
{
  g_autoptr(GArray) ids = NULL;
  g_autoptr(GHashTable) own = id_set_new ();

  if (vendor_id == 0 || named->len == 0)
    return TRUE;
  ids = ch_store_list_vendor_projects (self->store, vendor_id, error);
  if (ids == NULL)
    return FALSE;
  add_ids (own, ids);

  for (guint i = 0; i < named->len; i++)
    {
      ChMatch *match = g_ptr_array_index (named, i);

      if (g_hash_table_contains (own, &match->project_id))
        continue;
      match->reasons |= CH_MATCH_OTHER_PROJECT;
      g_free (match->reason);
      match->reason = ch_match_reasons_dup_phrase (match->reasons);
    }
  g_ptr_array_sort (named, compare_projects);

  return TRUE;
}

/**
 * ch_match_get_certain:
 * @matches: (element-type ChMatch): best first
 *
 * Returns: (transfer none) (nullable): the one that stands out from the others, if one does
 */
const ChMatch *
ch_match_get_certain (GPtrArray *matches)
{
  const ChMatch *best;
  const ChMatch *second;

  if (matches == NULL || matches->len == 0)
    return NULL;

  best = g_ptr_array_index (matches, 0);
  /* a rounding error's worth below still counts */
  if (best->score < CERTAIN - 1e-9)
    return NULL;
  second = matches->len > 1 ? g_ptr_array_index (matches, 1) : NULL;

  return second == NULL || best->score - second->score >= CERTAIN_DISTANCE - 1e-9 ? best : NULL;
}
