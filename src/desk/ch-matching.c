#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ch-matching.h"
#include "ch-party-name.h"
#include "ch-store-directory.h"

/*
 *   what agrees                                            score
 *   the legal name, or the directory's name where there    1.00
 *     is no legal name that says otherwise
 *   an approved certificate with this insured's name       0.95
 *   the trade name, or the abbreviated name                0.85
 *   a name much like it                                    up to 0.80
 *   … and the street and zip code too                      + 0.09, but a name much like it never exceeds 0.89
 *   … but the sub is inactive                              − 0.15
 *
 * Certain is a score of at least 0.90 with the runner-up at least 0.10 below. Of several subs with the same name the
 * one whose address agrees keeps its place and the others step back. The producer's own address and e-mail say
 * nothing: the agent is not the sub.
 */
#define SCORE_LEGAL 1.0
#define SCORE_EARLIER 0.95
#define SCORE_TRADE 0.85
#define SCORE_LIKE 0.80
#define SCORE_LIKE_LIMIT 0.89
#define BONUS_ADDRESS 0.09
#define PENALTY_INACTIVE 0.15
#define PENALTY_OTHER_ADDRESS 0.15
#define CERTAIN 0.90
#define CERTAIN_DISTANCE 0.10
#define LEAST_LIKENESS 0.60
#define MAX_MATCHES 10

/* One sub while it is being weighed. */
typedef struct {
  const ChVendor *vendor;
  double          score;
  gboolean        has_address;
  const char     *reason;
} Candidate;

void
ch_match_free (ChMatch *self)
{
  if (self == NULL)
    return;

  g_free (self->vendor_name);
  g_free (self->reason);
  g_free (self);
}

/* (transfer full): the names in "Smith LLC dba Smith Roofing", the whole of it first */
static char **
split_insured (const char *insured)
{
  static const char * const marks[] = { " dba ", " d/b/a ", " d.b.a. ", " doing business as ", " t/a ", " aka " };
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *flat = g_strdelimit (g_strdup (insured), "\r\n\t", ' ');
  g_autofree char *lower = g_ascii_strdown (flat, -1);

  g_strv_builder_add (builder, flat);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *at = strstr (lower, marks[i]);

      if (at != NULL)
        {
          g_autofree char *first = g_strndup (flat, at - lower);

          g_strv_builder_add (builder, first);
          g_strv_builder_add (builder, flat + (at - lower) + strlen (marks[i]));
          break;
        }
    }

  return g_strv_builder_end (builder);
}

static gboolean
is_named (char       **names,
          const char  *name)
{
  if (name == NULL || name[0] == '\0')
    return FALSE;

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (ch_party_name_equal (names[i], name))
        return TRUE;
    }

  return FALSE;
}

static double
get_likeness (char       **names,
              const char  *name)
{
  double best = 0;

  if (name == NULL || name[0] == '\0')
    return 0;
  for (guint i = 0; names[i] != NULL; i++)
    best = MAX (best, ch_party_name_likeness (names[i], name));

  return best;
}

static gboolean
has_word (const char *text,
          const char *word,
          gsize       length)
{
  const char *p = text;

  while (length > 0 && (p = strstr (p, word)) != NULL)
    {
      if ((p == text || !g_ascii_isalnum (p[-1])) && !g_ascii_isalnum (p[length]))
        return TRUE;
      p++;
    }

  return FALSE;
}

/* The zip code's five digits, and the house number where the directory has one. */
static gboolean
agrees_in_address (const ChVendor *vendor,
                   const char     *address)
{
  g_autofree char *zip = NULL;
  g_autofree char *number = NULL;
  gsize length = 0;

  if (address == NULL || vendor->zip == NULL || strlen (vendor->zip) < 5)
    return FALSE;
  zip = g_strndup (vendor->zip, 5);
  if (!has_word (address, zip, 5))
    return FALSE;
  if (vendor->address == NULL)
    return TRUE;

  while (g_ascii_isdigit (vendor->address[length]))
    length++;
  number = g_strndup (vendor->address, length);

  return length == 0 || has_word (address, number, length);
}

static void
weigh_name (Candidate  *candidate,
            char      **names)
{
  const ChVendor *vendor = candidate->vendor;
  double likeness;

  if (is_named (names, vendor->legal_name))
    {
      candidate->score = SCORE_LEGAL;
      candidate->reason = _("same legal name");
    }
  else if (is_named (names, vendor->name))
    {
      candidate->score = SCORE_LEGAL;
      candidate->reason = _("same name");
    }
  else if (is_named (names, vendor->trade_name))
    {
      candidate->score = SCORE_TRADE;
      candidate->reason = _("same trade name");
    }
  else if (is_named (names, vendor->abbreviated_name))
    {
      candidate->score = SCORE_TRADE;
      candidate->reason = _("same abbreviated name");
    }
  else
    {
      likeness = MAX (get_likeness (names, vendor->legal_name), get_likeness (names, vendor->name));
      likeness = MAX (likeness, get_likeness (names, vendor->trade_name));
      if (likeness < LEAST_LIKENESS)
        return;
      candidate->score = likeness * SCORE_LIKE;
      candidate->reason = _("similar name");
    }
}

static void
weigh (Candidate           *candidate,
       char               **names,
       const ChCertificate *certificate,
       GHashTable          *earlier)
{
  double limit = 1.0;

  weigh_name (candidate, names);
  if (candidate->score < SCORE_LIKE + 0.001)
    limit = SCORE_LIKE_LIMIT;
  if (candidate->score < SCORE_EARLIER && earlier != NULL &&
      g_hash_table_contains (earlier, &candidate->vendor->id))
    {
      candidate->score = SCORE_EARLIER;
      candidate->reason = _("an earlier approved certificate names this insured");
      limit = 1.0;
    }
  if (candidate->score <= 0)
    return;

  candidate->has_address = agrees_in_address (candidate->vendor, certificate->insured_address);
  if (candidate->has_address)
    candidate->score = MIN (candidate->score + BONUS_ADDRESS, limit);
  if (!candidate->vendor->is_active)
    candidate->score -= PENALTY_INACTIVE;
}

/* (transfer full) (nullable) (element-type gint64): the subs whose approved certificates have this insured */
static GHashTable *
list_earlier (ChStore  *store,
              char    **names,
              GError  **error)
{
  g_autoptr(GPtrArray) all = ch_store_list_certificates (store, 0, FALSE, error);
  GHashTable *earlier;

  if (all == NULL)
    return NULL;

  earlier = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < all->len; i++)
    {
      const ChFiledCertificate *filed = g_ptr_array_index (all, i);

      if (filed->review == CH_REVIEW_APPROVED && filed->vendor_id != 0 &&
          filed->certificate->insured_name != NULL && ch_party_name_equal (names[0], filed->certificate->insured_name))
        g_hash_table_add (earlier, g_memdup2 (&filed->vendor_id, sizeof (gint64)));
    }

  return earlier;
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *left = a;
  const Candidate *right = b;

  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;

  return left->vendor->id < right->vendor->id ? -1 : left->vendor->id > right->vendor->id;
}

/* Of those that can't be told apart by name, exactly one lives at the insured's address. */
static void
tell_apart_by_address (GArray *candidates)
{
  Candidate *top;
  guint n = 0, n_there = 0;

  if (candidates->len < 2)
    return;
  top = &g_array_index (candidates, Candidate, 0);
  for (; n < candidates->len; n++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, n);

      if (top->score - candidate->score >= CERTAIN_DISTANCE)
        break;
      n_there += candidate->has_address;
    }
  if (n < 2 || n_there != 1)
    return;

  for (guint i = 0; i < n; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (!candidate->has_address)
        candidate->score -= PENALTY_OTHER_ADDRESS;
    }
  g_array_sort (candidates, compare_candidates);
}

static GArray *
weigh_all (GPtrArray            *vendors,
           char                **names,
           const ChCertificate  *certificate,
           GHashTable           *earlier)
{
  GArray *candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));

  for (guint i = 0; i < vendors->len; i++)
    {
      Candidate candidate = { g_ptr_array_index (vendors, i), 0, FALSE, NULL };

      weigh (&candidate, names, certificate, earlier);
      if (candidate.score > 0)
        g_array_append_val (candidates, candidate);
    }
  g_array_sort (candidates, compare_candidates);
  tell_apart_by_address (candidates);

  return candidates;
}

static GPtrArray *
make_matches (GArray *candidates)
{
  GPtrArray *matches = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_match_free);

  for (guint i = 0; i < candidates->len && i < MAX_MATCHES; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);
      ChMatch *match = g_new0 (ChMatch, 1);

      match->vendor_id = candidate->vendor->id;
      match->vendor_name = g_strdup (candidate->vendor->name);
      match->score = candidate->score;
      match->reason = candidate->has_address ? g_strdup_printf (_("%s, same address"), candidate->reason)
                                             : g_strdup (candidate->reason);
      g_ptr_array_add (matches, match);
    }

  return matches;
}

/**
 * ch_match_certificate:
 *
 * Weighs every sub of the directory against the certificate's insured.
 *
 * Returns: (transfer full) (element-type ChMatch): best first, at most ten; empty where the certificate names nobody
 */
GPtrArray *
ch_match_certificate (ChStore              *store,
                      const ChCertificate  *certificate,
                      GError              **error)
{
  g_autoptr(GPtrArray) vendors = NULL;
  g_autoptr(GArray) candidates = NULL;
  g_autoptr(GHashTable) earlier = NULL;
  g_auto(GStrv) names = NULL;

  g_return_val_if_fail (CH_IS_STORE (store), NULL);
  g_return_val_if_fail (certificate != NULL, NULL);

  if (certificate->insured_name == NULL || certificate->insured_name[0] == '\0')
    return g_ptr_array_new_with_free_func ((GDestroyNotify)ch_match_free);

  vendors = ch_store_list_vendors (store, error);
  if (vendors == NULL)
    return NULL;
  names = split_insured (certificate->insured_name);
  candidates = weigh_all (vendors, names, certificate, NULL);

  /* What was confirmed before is asked only where the names leave a doubt: it means reading every certificate. */
  if (candidates->len == 0 || g_array_index (candidates, Candidate, 0).score < CERTAIN)
    {
      earlier = list_earlier (store, names, error);
      if (earlier == NULL)
        return NULL;
      if (g_hash_table_size (earlier) > 0)
        {
          g_array_unref (candidates);
          candidates = weigh_all (vendors, names, certificate, earlier);
        }
    }

  return make_matches (candidates);
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
  if (best->score < CERTAIN)
    return NULL;
  second = matches->len > 1 ? g_ptr_array_index (matches, 1) : NULL;

  /* a rounding error's worth below the distance still counts as the distance */
  return second == NULL || best->score - second->score >= CERTAIN_DISTANCE - 1e-9 ? best : NULL;
}
