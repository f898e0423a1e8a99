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

/* Whether @text holds @word between other characters than letters and digits; "_" in @word is a space. */
static gboolean
holds_word (const char *text,
            const char *word)
{
  gsize length = strlen (word);
  const char *p;

  for (p = text; length > 0 && *p != '\0'; p++)
    {
      gsize i;

      if (p > text && g_ascii_isalnum (p[-1]))
        continue;
      for (i = 0; i < length && p[i] != '\0'; i++)
        {
          char c = g_ascii_tolower (p[i]);
          char w = g_ascii_tolower (word[i]);

          if (w != c && !(w == '_' && !g_ascii_isalnum (c)))
            break;
        }
      if (i == length && !g_ascii_isalnum (p[length]))
        return TRUE;
    }

  return FALSE;
}

static void
add_policy (GArray         *pool,
            const ChPolicy *policy,
            guint           certificate)
{
  ChPooled pooled = { policy, certificate, NULL };
  guint i;

  for (i = pool->len; i > 0; i--)
    {
      const ChPooled *other = &g_array_index (pool, ChPooled, i - 1);

      if (other->certificate < certificate
          && other->policy->effective == policy->effective
          && is_same_number (other->policy->policy_number, policy->policy_number))
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
            add_policy (pool, policy, i);
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
  gboolean grew;
  guint i;

  *starts = day;
  *ends = day;
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

/* The next gap after the unbroken cover around @day, else the last one before it. */
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

  if (!_ch_policy_pool_ends_on (pool, day, &starts, &ends))
    return FALSE;

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
