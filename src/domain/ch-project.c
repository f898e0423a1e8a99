#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include "ch-project.h"

ChProject *
ch_project_new (void)
{
  return g_new0 (ChProject, 1);
}

ChProject *
ch_project_copy (const ChProject *self)
{
  ChProject *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (ChProject, 1);
  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->project_number = g_strdup (self->project_number);
  copy->stage_name = g_strdup (self->stage_name);
  copy->tz_name = g_strdup (self->tz_name);
  copy->address = g_strdup (self->address);
  copy->city = g_strdup (self->city);
  copy->state_code = g_strdup (self->state_code);
  copy->zip = g_strdup (self->zip);
  copy->updated_at = g_strdup (self->updated_at);
  copy->origin_id = g_strdup (self->origin_id);
  copy->company_name = g_strdup (self->company_name);

  return copy;
}

void
ch_project_free (ChProject *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->project_number);
  g_free (self->stage_name);
  g_free (self->tz_name);
  g_free (self->address);
  g_free (self->city);
  g_free (self->state_code);
  g_free (self->zip);
  g_free (self->updated_at);
  g_free (self->origin_id);
  g_free (self->company_name);
  g_free (self);
}

ChStage *
ch_stage_new (gint64      id,
              const char *name,
              const char *category)
{
  ChStage *self = g_new0 (ChStage, 1);

  self->id = id;
  self->name = g_strdup (name);
  self->category = g_strdup (category);

  return self;
}

void
ch_stage_free (ChStage *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->category);
  g_free (self);
}
