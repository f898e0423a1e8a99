#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-case-private.h"
#include "ch-party-name.h"

/* What certificates say of each other: a newer one that leaves a coverage out, a policy whose dates moved, cover with a
 * gap. All of it is for a person to weigh. */

static gboolean
is_like (const ChPolicy *a,
         const ChPolicy *b)
{
  return a->coverage == b->coverage
         && (a->coverage != CH_COVERAGE_OTHER
             || g_ascii_strcasecmp (a->coverage_text != NULL ? a->coverage_text : "",
                                    b->coverage_text != NULL ? b->coverage_text : "") == 0);
}

/* Whether @newer is the next edition of @older, not the certificate of another broker beside it: it comes from the same
 * producer, as far as both are shown, and shows at least one of the same coverages. */
static gboolean
is_next_edition (const ChCertificate *older,
                 const ChCertificate *newer)
{
  guint i;
  guint j;

  if (older->producer_name != NULL && newer->producer_name != NULL
      && !ch_party_name_equal (older->producer_name, newer->producer_name))
    return FALSE;

  for (i = 0; i < newer->policies->len; i++)
    {
      for (j = 0; j < older->policies->len; j++)
        {
          if (is_like (g_ptr_array_index (newer->policies, i), g_ptr_array_index (older->policies, j)))
            return TRUE;
        }
    }

  return FALSE;
}

/* The line's newest certificate has a next edition on which its coverage is missing. */
static void
warn_of_drop (ChCase *self,
              ChLine *line)
{
  GPtrArray *certificates = self->input->certificates;
  ChIssue issue = { CH_RULE_DROPPED, CH_SEVERITY_WARNING, line->asked };
  const ChCertificate *older;
  const ChPooled *last = &g_array_index (line->pool, ChPooled, 0);
  guint i;

  for (i = 1; i < line->pool->len; i++)
    {
      const ChPooled *pooled = &g_array_index (line->pool, ChPooled, i);

      if (pooled->certificate >= last->certificate)
        last = pooled;
    }

  older = _ch_case_get_certificate (self, last->certificate);
  for (i = certificates->len - 1; i > last->certificate; i--)
    {
      const ChCertificate *newer = g_ptr_array_index (certificates, i);

      if (is_next_edition (older, newer))
        {
          issue.from = newer->date;
          issue.certificate = older;
          issue.policy = last->policy;
          _ch_case_add_issue (self, self->issues, &issue);
          return;
        }
    }
}

static const ChPolicy *
find_other_dates (ChCase         *self,
                  const ChPooled *pooled)
{
  const ChPolicy *policy = pooled->policy;
  guint i;
  guint j;

  for (i = pooled->certificate; i > 0; i--)
    {
      GPtrArray *policies = _ch_case_get_certificate (self, i - 1)->policies;

      for (j = 0; j < policies->len; j++)
        {
          const ChPolicy *other = g_ptr_array_index (policies, j);

          if (is_like (policy, other)
              && _ch_policy_has_number_of (policy, other)
              && (policy->effective != other->effective || policy->expiration != other->expiration))
            return other;
        }
    }

  return NULL;
}

/* The same number with new dates: many carriers renew so, and a certificate that was changed by hand looks so. */
static void
warn_of_dates (ChCase *self,
               ChLine *line,
               ChDate  day)
{
  ChIssue issue = { CH_RULE_POLICY_DATES, CH_SEVERITY_WARNING, line->asked };
  guint i;

  for (i = 0; i < line->pool->len; i++)
    {
      const ChPooled *pooled = &g_array_index (line->pool, ChPooled, i);

      if (pooled->policy->expiration == CH_DATE_NONE || pooled->policy->expiration <= day)
        continue;
      issue.earlier = find_other_dates (self, pooled);
      if (issue.earlier != NULL)
        {
          issue.from = pooled->policy->effective;
          issue.to = pooled->policy->expiration;
          issue.certificate = _ch_case_get_certificate (self, pooled->certificate);
          issue.policy = pooled->policy;
          _ch_case_add_issue (self, self->issues, &issue);
          return;
        }
    }
}

static void
warn_of_gap (ChCase *self,
             ChLine *line,
             ChDate  day)
{
  ChIssue issue = { CH_RULE_GAP, CH_SEVERITY_WARNING, line->asked };
  guint i;

  if (!_ch_policy_pool_find_gap (line->pool, day, &issue.from, &issue.to))
    return;

  for (i = 0; i < line->pool->len; i++)
    {
      const ChPooled *pooled = &g_array_index (line->pool, ChPooled, i);

      if (pooled->policy->expiration == issue.from)
        {
          issue.certificate = _ch_case_get_certificate (self, pooled->certificate);
          issue.policy = pooled->policy;
        }
    }
  _ch_case_add_issue (self, self->issues, &issue);
}

/* Adds to the case's issues what the line's history tells; nothing where no policy is in force, which is worse. */
void
_ch_history_warn (ChCase *self,
                  ChLine *line,
                  ChDate  day)
{
  if (line->judged == NULL)
    return;

  warn_of_gap (self, line, day);
  warn_of_drop (self, line);
  warn_of_dates (self, line, day);
}
