#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "ch-match-candidate-private.h"
#include "ch-store-directory.h"
#include "ch-store-matches.h"

/*
 * Certain is a score of at least 0.90 with the runner-up at least 0.10 below (ch-match-candidate.c says what makes a
 * score). Of several with equally good names, the only one that an earlier policy, the address, the town, the e-mail
 * domain or a named project speaks for (in this order) keeps its place and the others step back by 0.15.
 */
#define CERTAIN 0.90
#define CERTAIN_DISTANCE 0.10
#define PENALTY_NOT_THE_ONE 0.15
#define MAX_MATCHES 10

struct _ChMatcher
{
  ChStore         *store;
  guint64          vendors_generation;
  guint64          projects_generation;
  GPtrArray       *subs;       /* (element-type Sub): NULL until it is needed */
  GHashTable      *domains;    /* (element-type utf8 uint): how many subs have it */
  ChProjectNaming *naming;     /* NULL until it is needed */
};

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
  self->subs = g_ptr_array_new_full (vendors->len, (GDestroyNotify)_ch_match_sub_free);
  self->domains = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < vendors->len; i++)
    {
      ChMatchSub *sub = _ch_match_sub_new (g_ptr_array_index (vendors, i));

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
facts_clear (ChMatchFacts *self)
{
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->whole, ch_name_key_free);
  g_clear_pointer (&self->domains, g_hash_table_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->by_policy, g_hash_table_unref);
  g_clear_pointer (&self->on_project, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChMatchFacts, facts_clear)

static gboolean
learn_from_earlier (ChMatchFacts  *self,
                    ChStore       *store,
                    GError       **error)
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
learn_from_projects (ChMatchFacts  *self,
                     ChStore       *store,
                     GPtrArray     *named,
                     GError       **error)
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
learn (ChMatchFacts         *self,
       ChStore              *store,
       const ChCertificate  *certificate,
       GPtrArray            *named,
       GHashTable           *domain_counts,
       GError              **error)
{
  const char *insured = certificate->insured_name != NULL ? certificate->insured_name : "";
  g_auto(GStrv) parts = ch_name_split_trade (insured);

  self->certificate = certificate;
  self->domain_counts = domain_counts;
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

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const ChMatchCandidate *left = a;
  const ChMatchCandidate *right = b;

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
      const ChMatchCandidate *candidate = &g_array_index (candidates, ChMatchCandidate, i);

      best = MAX (best, candidate->base);
      if (candidate->reasons & reason)
        {
          n++;
          *index = i;
        }
    }

  return n == 1 && g_array_index (candidates, ChMatchCandidate, *index).base >= best - 1e-9;
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
         g_array_index (candidates, ChMatchCandidate, 0).score - g_array_index (candidates, ChMatchCandidate, n_near).score <
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
            g_array_index (candidates, ChMatchCandidate, k).score -= PENALTY_NOT_THE_ONE;
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
      const ChMatchCandidate *candidate = &g_array_index (candidates, ChMatchCandidate, i);
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
  g_autoptr(GArray) candidates = g_array_new (FALSE, TRUE, sizeof (ChMatchCandidate));
  g_auto(ChMatchFacts) facts = { NULL };

  if (!load_subs (self, error) || !learn (&facts, self->store, certificate, named, self->domains, error))
    return NULL;

  for (guint i = 0; i < self->subs->len; i++)
    {
      ChMatchCandidate candidate = { .sub = g_ptr_array_index (self->subs, i) };

      _ch_match_candidate_weigh (&candidate, &facts);
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
