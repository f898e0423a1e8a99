#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-certificate-content-private.h"

static gboolean
add_version (ChStore              *store,
             gint64                certificate_id,
             int                   version,
             const ChCertificate  *certificate,
             gboolean              is_reading,
             gint64               *version_id,
             GError              **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (store, "add-version");

  _ch_query_bind_integer (query, certificate_id);
  _ch_query_bind_integer (query, version);
  _ch_query_bind_text (query, certificate->form);
  _ch_query_bind_text (query, certificate->edition);
  _ch_query_bind_date (query, certificate->date);
  _ch_query_bind_text (query, certificate->producer_name);
  _ch_query_bind_text (query, certificate->producer_contact);
  _ch_query_bind_text (query, certificate->producer_phone);
  _ch_query_bind_text (query, certificate->producer_email);
  _ch_query_bind_text (query, certificate->insured_name);
  _ch_query_bind_text (query, certificate->insured_address);
  _ch_query_bind_text (query, certificate->description_of_operations);
  _ch_query_bind_text (query, certificate->certificate_number);
  _ch_query_bind_text (query, certificate->revision_number);
  _ch_query_bind_text (query, certificate->holder_name);
  _ch_query_bind_text (query, certificate->holder_address);
  _ch_query_bind_boolean (query, is_reading);
  _ch_query_bind_text (query, store->who);
  _ch_query_bind_integer (query, store->now);

  return _ch_query_run_for_id (query, version_id, error);
}

static gboolean
add_insurers (ChStore    *store,
              gint64      version_id,
              GPtrArray  *insurers,
              GError    **error)
{
  for (guint i = 0; i < insurers->len; i++)
    {
      const ChInsurer *insurer = g_ptr_array_index (insurers, i);
      g_autoptr(ChQuery) query = _ch_store_query (store, "add-insurer");

      _ch_query_bind_integer (query, version_id);
      _ch_query_bind_integer (query, i);
      _ch_query_bind_text (query, insurer->letter);
      _ch_query_bind_text (query, insurer->name);
      _ch_query_bind_text (query, insurer->naic);
      if (!_ch_query_run (query, error))
        return FALSE;
    }

  return TRUE;
}

static void
bind_mark (ChQuery *query,
           ChMark   mark)
{
  if (mark == CH_MARK_ABSENT)
    _ch_query_bind_id (query, 0);
  else
    _ch_query_bind_boolean (query, mark == CH_MARK_YES);
}

static gboolean
add_limits (ChStore         *store,
            gint64           version_id,
            guint            position,
            const ChPolicy  *policy,
            GError         **error)
{
  for (guint i = 0; i < CH_N_LIMITS; i++)
    {
      g_autoptr(ChQuery) query = NULL;

      if (policy->limits[i] == CH_MONEY_ABSENT)
        continue;
      query = _ch_store_query (store, "add-limit");
      _ch_query_bind_integer (query, version_id);
      _ch_query_bind_integer (query, position);
      _ch_query_bind_text (query, ch_limit_to_string ((ChLimit) i));
      _ch_query_bind_integer (query, policy->limits[i]);
      if (!_ch_query_run (query, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_policy (ChStore         *store,
            gint64           version_id,
            guint            position,
            const ChPolicy  *policy,
            GError         **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (store, "add-policy");

  _ch_query_bind_integer (query, version_id);
  _ch_query_bind_integer (query, position);
  _ch_query_bind_text (query, ch_coverage_to_string (policy->coverage));
  _ch_query_bind_text (query, policy->coverage_text);
  _ch_query_bind_text (query, policy->insurer);
  _ch_query_bind_text (query, policy->policy_number);
  _ch_query_bind_date (query, policy->effective);
  _ch_query_bind_date (query, policy->expiration);
  bind_mark (query, policy->additional_insured);
  bind_mark (query, policy->waiver_of_subrogation);
  _ch_query_bind_text (query, ch_basis_to_string (policy->basis));
  _ch_query_bind_text (query, ch_aggregate_per_to_string (policy->aggregate_per));
  _ch_query_bind_text (query, ch_umbrella_kind_to_string (policy->kind));
  _ch_query_bind_integer (query, policy->autos);
  bind_mark (query, policy->statutory);
  bind_mark (query, policy->owner_excluded);
  _ch_query_bind_date (query, policy->retroactive_date);
  _ch_query_bind_text (query, policy->tail);

  return _ch_query_run (query, error) && add_limits (store, version_id, position, policy, error);
}

static gboolean
add_endorsements (ChStore    *store,
                  gint64      version_id,
                  GPtrArray  *endorsements,
                  GError    **error)
{
  for (guint i = 0; i < endorsements->len; i++)
    {
      g_autoptr(ChQuery) query = _ch_store_query (store, "add-endorsement");

      _ch_query_bind_integer (query, version_id);
      _ch_query_bind_integer (query, i);
      _ch_query_bind_text (query, g_ptr_array_index (endorsements, i));
      if (!_ch_query_run (query, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_fields (ChStore    *store,
            gint64      version_id,
            GPtrArray  *fields,
            GError    **error)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (fields, i);
      g_autoptr(ChQuery) query = _ch_store_query (store, "add-certificate-field");

      _ch_query_bind_integer (query, version_id);
      _ch_query_bind_integer (query, i);
      _ch_query_bind_text (query, field->path);
      _ch_query_bind_real (query, field->confidence);
      _ch_query_bind_integer (query, field->page);
      for (guint k = 0; k < G_N_ELEMENTS (field->box); k++)
        _ch_query_bind_real (query, field->box[k]);
      _ch_query_bind_integer (query, field->doubts);
      if (!_ch_query_run (query, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
_ch_certificate_content_add (ChStore              *store,
                             gint64                certificate_id,
                             int                   version,
                             const ChCertificate  *certificate,
                             gboolean              is_reading,
                             GError              **error)
{
  gint64 version_id = 0;

  if (!add_version (store, certificate_id, version, certificate, is_reading, &version_id, error) ||
      !add_insurers (store, version_id, certificate->insurers, error))
    return FALSE;
  for (guint i = 0; i < certificate->policies->len; i++)
    {
      if (!add_policy (store, version_id, i, g_ptr_array_index (certificate->policies, i), error))
        return FALSE;
    }

  return add_endorsements (store, version_id, certificate->endorsements, error) &&
         add_fields (store, version_id, certificate->fields, error);
}
