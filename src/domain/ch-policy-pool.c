#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-case-private.h"

/* The pool of a coverage holds each policy once, as the newest certificate shows it. */

static void
clear_pooled (gpointer data)
{
  ChPooled *pooled = data;

  g_clear_pointer (&pooled->issues, g_array_unref);
}

/* Numbers are the same whatever spaces and hyphens somebody put into them. */
static gboolean
is_same_number (const char *a,
                const char *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  for (;;)
    {
      while (*a != '\0' && !g_ascii_isalnum (*a) && (guchar) *a < 0x80)
        a++;
      while (*b != '\0' && !g_ascii_isalnum (*b) && (guchar) *b < 0x80)
        b++;
      if (g_ascii_toupper (*a) != g_ascii_toupper (*b))
        return FALSE;
      if (*a == '\0')
        return TRUE;
      a++;
      b++;
    }
}

/* Whether both show the same number, one that is shown at all. */
gboolean
_ch_policy_has_number_of (const ChPolicy *self,
                          const ChPolicy *other)
{
  return self->policy_number != NULL && self->policy_number[0] != '\0'
         && is_same_number (self->policy_number, other->policy_number);
}

/* "Builder's" is the word "builders", in whichever way the apostrophe is written. */
static const char *
skip_apostrophe (const char *p)
{
  if (*p == '\'')
    return p + 1;

  return g_str_has_prefix (p, "\u2019") ? p + strlen ("\u2019") : p;
}

static gboolean
begins_with_word (const char *text,
                  const char *word)
{
  for (; *word != '\0'; word++)
    {
      char w = g_ascii_tolower (*word);

      text = skip_apostrophe (text);
      if (*text == '\0' || (w != g_ascii_tolower (*text) && !(w == '_' && !g_ascii_isalnum (*text))))
        return FALSE;
      text++;
    }

  return !g_ascii_isalnum (*text);
}

/* Whether @text holds @word between other characters than letters and digits; "_" in @word is a space. */
static gboolean
holds_word (const char *text,
            const char *word)
{
  const char *p;

  for (p = text; *p != '\0'; p++)
    {
      if ((p == text || !g_ascii_isalnum (p[-1])) && begins_with_word (p, word))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_same_text (const char *a,
              const char *b)
{
  return g_ascii_strcasecmp (a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* A newer certificate replaces the policy; so does a further line of the same certificate that shows it once more,
 * lest an umbrella be counted twice. Where several other coverages stand in one pool, their texts tell them apart. */
static gboolean
replaces (const ChPolicy *policy,
          guint           certificate,
          const char     *word,
          const ChPooled *other)
{
  if (other->policy->effective != policy->effective
      || !is_same_number (other->policy->policy_number, policy->policy_number)
      || (policy->coverage == CH_COVERAGE_OTHER && word == NULL
          && !is_same_text (other->policy->coverage_text, policy->coverage_text)))
    return FALSE;

  return other->certificate < certificate
         || (policy->coverage == CH_COVERAGE_UMBRELLA_EXCESS
             && policy->kind == other->policy->kind
             && _ch_policy_has_number_of (policy, other->policy));
}

static void
add_policy (GArray         *pool,
            const ChPolicy *policy,
            guint           certificate,
            const char     *word)
{
  ChPooled pooled = { policy, certificate, FALSE, NULL };
  guint i;

  for (i = pool->len; i > 0; i--)
    {
      if (replaces (policy, certificate, word, &g_array_index (pool, ChPooled, i - 1)))
        g_array_remove_index (pool, i - 1);
    }

  g_array_append_val (pool, pooled);
}

/* @word: (nullable): what the text of an `other` policy must hold */
GArray *
_ch_policy_pool_new (GPtrArray  *certificates,
                     ChCoverage  coverage,
                     const char *word)
{
  GArray *pool = g_array_new (FALSE, FALSE, sizeof (ChPooled));
  guint i;
  guint j;

  g_array_set_clear_func (pool, clear_pooled);
  for (i = 0; certificates != NULL && i < certificates->len; i++)
    {
      const ChCertificate *certificate = g_ptr_array_index (certificates, i);

      for (j = 0; j < certificate->policies->len; j++)
        {
          const ChPolicy *policy = g_ptr_array_index (certificate->policies, j);

          if (policy->coverage == coverage
              && (word == NULL || (policy->coverage_text != NULL && holds_word (policy->coverage_text, word))))
            add_policy (pool, policy, i, word);
        }
    }

  return pool;
}

void
_ch_policy_pool_free (GArray *pool)
{
  g_array_unref (pool);
}

/* The unbroken cover around @day: a policy that starts on the day another ends leaves no gap. FALSE where no policy
 * is in force. */
gboolean
_ch_policy_pool_ends_on (GArray *pool,
                         ChDate  day,
                         ChDate *starts,
                         ChDate *ends)
{
  const ChPolicy *only = pool->len == 1 ? g_array_index (pool, ChPooled, 0).policy : NULL;
  gboolean grew;
  guint i;

  *starts = day;
  *ends = day;
  if (only != NULL && ch_policy_in_force_on (only, day))
    {
      *starts = only->effective;
      *ends = only->expiration;
      return TRUE;
    }

  do
    {
      grew = FALSE;
      for (i = 0; i < pool->len; i++)
        {
          const ChPolicy *policy = g_array_index (pool, ChPooled, i).policy;

          if (policy->effective == CH_DATE_NONE
              || policy->expiration == CH_DATE_NONE
              || policy->effective >= policy->expiration
              || policy->effective > *ends
              || policy->expiration < *starts
              || (*starts == *ends && policy->expiration == day))
            continue;
          if (policy->effective < *starts)
            {
              *starts = policy->effective;
              grew = TRUE;
            }
          if (policy->expiration > *ends)
            {
              *ends = policy->expiration;
              grew = TRUE;
            }
        }
    }
  while (grew);

  return *ends > day;
}

/* The next gap after the unbroken cover around @day, on which a policy is in force, else the last one before it. */
gboolean
_ch_policy_pool_find_gap (GArray *pool,
                          ChDate  day,
                          ChDate *from,
                          ChDate *to)
{
  ChDate starts;
  ChDate ends;
  ChDate earlier = CH_DATE_NONE;
  ChDate later = CH_DATE_NONE;
  guint i;

  _ch_policy_pool_ends_on (pool, day, &starts, &ends);
  for (i = 0; i < pool->len; i++)
    {
      const ChPolicy *policy = g_array_index (pool, ChPooled, i).policy;

      if (policy->effective == CH_DATE_NONE
          || policy->expiration == CH_DATE_NONE
          || policy->effective >= policy->expiration)
        continue;
      if (policy->effective > ends && (later == CH_DATE_NONE || policy->effective < later))
        later = policy->effective;
      if (policy->expiration < starts && (earlier == CH_DATE_NONE || policy->expiration > earlier))
        earlier = policy->expiration;
    }

  *from = later != CH_DATE_NONE ? ends : earlier;
  *to = later != CH_DATE_NONE ? later : starts;

  return later != CH_DATE_NONE || earlier != CH_DATE_NONE;
}
