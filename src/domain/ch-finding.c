#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-finding.h"

static const char * const severity_names[] = { "warning", "needs_evidence", "fail" };

const char *
ch_severity_to_string (ChSeverity severity)
{
  g_return_val_if_fail ((guint) severity < G_N_ELEMENTS (severity_names), "fail");

  return severity_names[severity];
}

/**
 * ch_severity_from_string:
 * @text: (nullable): a name
 * @severity: (out): untouched where the name is unknown
 *
 * Returns: whether @text names a severity
 */
gboolean
ch_severity_from_string (const char *text,
                         ChSeverity *severity)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (severity_names); i++)
    {
      if (g_strcmp0 (text, severity_names[i]) == 0)
        {
          *severity = (ChSeverity) i;
          return TRUE;
        }
    }

  return FALSE;
}

ChFindingPlace *
ch_finding_place_new (int         certificate,
                      const char *path)
{
  ChFindingPlace *self = g_new0 (ChFindingPlace, 1);

  self->certificate = certificate;
  self->path = g_strdup (path);

  return self;
}

ChFindingPlace *
ch_finding_place_copy (const ChFindingPlace *self)
{
  ChFindingPlace *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (ChFindingPlace, 1);
  *copy = *self;
  copy->certificate_id = g_strdup (self->certificate_id);
  copy->path = g_strdup (self->path);

  return copy;
}

void
ch_finding_place_free (ChFindingPlace *self)
{
  if (self == NULL)
    return;

  g_free (self->certificate_id);
  g_free (self->path);
  g_free (self);
}

ChFinding *
ch_finding_new (const char *rule,
                const char *coverage,
                ChSeverity  severity,
                const char *expected,
                const char *found,
                const char *text)
{
  ChFinding *self = g_new0 (ChFinding, 1);

  self->rule = g_strdup (rule);
  self->coverage = g_strdup (coverage);
  self->severity = severity;
  self->expected = g_strdup (expected);
  self->found = g_strdup (found);
  self->text = g_strdup (text);
  self->layer = -1;

  return self;
}

ChFinding *
ch_finding_copy (const ChFinding *self)
{
  ChFinding *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = ch_finding_new (self->rule, self->coverage, self->severity, self->expected, self->found, self->text);
  copy->waived = self->waived;
  copy->subject = g_strdup (self->subject);
  copy->place = self->place != NULL ? ch_finding_place_copy (self->place) : NULL;
  copy->layer = self->layer;
  copy->is_stage = self->is_stage;

  return copy;
}

void
ch_finding_free (ChFinding *self)
{
  if (self == NULL)
    return;

  g_free (self->rule);
  g_free (self->coverage);
  g_free (self->expected);
  g_free (self->found);
  g_free (self->text);
  g_free (self->subject);
  ch_finding_place_free (self->place);
  g_free (self);
}
