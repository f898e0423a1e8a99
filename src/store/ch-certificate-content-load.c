#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-certificate-content-private.h"

/* The first column of each list is the version that the row belongs to. */

enum {
  VERSION_ID,
  VERSION_FORM,
  VERSION_EDITION,
  VERSION_DATE,
  VERSION_PRODUCER_NAME,
  VERSION_PRODUCER_CONTACT,
  VERSION_PRODUCER_PHONE,
  VERSION_PRODUCER_EMAIL,
  VERSION_INSURED_NAME,
  VERSION_INSURED_ADDRESS,
  VERSION_DESCRIPTION_OF_OPERATIONS,
  VERSION_CERTIFICATE_NUMBER,
  VERSION_REVISION_NUMBER,
  VERSION_HOLDER_NAME,
  VERSION_HOLDER_ADDRESS,
};

enum {
  INSURER_LETTER = 1,
  INSURER_NAME,
  INSURER_NAIC,
};

enum {
  POLICY_POSITION = 1,
  POLICY_COVERAGE,
  POLICY_COVERAGE_TEXT,
  POLICY_INSURER,
  POLICY_NUMBER,
  POLICY_EFFECTIVE,
  POLICY_EXPIRATION,
  POLICY_ADDITIONAL_INSURED,
  POLICY_WAIVER_OF_SUBROGATION,
  POLICY_BASIS,
  POLICY_AGGREGATE_PER,
  POLICY_KIND,
  POLICY_AUTOS,
  POLICY_STATUTORY,
  POLICY_OWNER_EXCLUDED,
  POLICY_RETROACTIVE_DATE,
  POLICY_TAIL,
};

enum {
  LIMIT_POSITION = 1,
  LIMIT_NAME,
  LIMIT_AMOUNT,
};

enum {
  ENDORSEMENT_FORM = 1,
};

enum {
  FIELD_PATH = 1,
  FIELD_CONFIDENCE,
  FIELD_PAGE,
  FIELD_X0,
  FIELD_Y0,
  FIELD_X1,
  FIELD_Y1,
  FIELD_DOUBTS,
};

typedef void (*AddRowFunc) (ChCertificate *certificate,
                            ChQuery       *query);

static ChCertificate *
certificate_from_row (ChQuery *query)
{
  ChCertificate *certificate = ch_certificate_new ();

  certificate->form = _ch_query_dup_text (query, VERSION_FORM);
  certificate->edition = _ch_query_dup_text (query, VERSION_EDITION);
  certificate->date = _ch_query_get_date (query, VERSION_DATE);
  certificate->producer_name = _ch_query_dup_text (query, VERSION_PRODUCER_NAME);
  certificate->producer_contact = _ch_query_dup_text (query, VERSION_PRODUCER_CONTACT);
  certificate->producer_phone = _ch_query_dup_text (query, VERSION_PRODUCER_PHONE);
  certificate->producer_email = _ch_query_dup_text (query, VERSION_PRODUCER_EMAIL);
  certificate->insured_name = _ch_query_dup_text (query, VERSION_INSURED_NAME);
  certificate->insured_address = _ch_query_dup_text (query, VERSION_INSURED_ADDRESS);
  certificate->description_of_operations = _ch_query_dup_text (query, VERSION_DESCRIPTION_OF_OPERATIONS);
  certificate->certificate_number = _ch_query_dup_text (query, VERSION_CERTIFICATE_NUMBER);
  certificate->revision_number = _ch_query_dup_text (query, VERSION_REVISION_NUMBER);
  certificate->holder_name = _ch_query_dup_text (query, VERSION_HOLDER_NAME);
  certificate->holder_address = _ch_query_dup_text (query, VERSION_HOLDER_ADDRESS);

  return certificate;
}

static void
add_insurer (ChCertificate *certificate,
             ChQuery       *query)
{
  g_ptr_array_add (certificate->insurers, ch_insurer_new (_ch_query_get_text (query, INSURER_LETTER),
                                                          _ch_query_get_text (query, INSURER_NAME),
                                                          _ch_query_get_text (query, INSURER_NAIC)));
}

static ChMark
get_mark (ChQuery *query,
          int      column)
{
  if (_ch_query_is_null (query, column))
    return CH_MARK_ABSENT;

  return _ch_query_get_boolean (query, column) ? CH_MARK_YES : CH_MARK_NO;
}

static void
add_policy (ChCertificate *certificate,
            ChQuery       *query)
{
  ChPolicy *policy = ch_policy_new ();

  if (!ch_coverage_from_string (_ch_query_get_text (query, POLICY_COVERAGE), &policy->coverage))
    policy->coverage = CH_COVERAGE_OTHER;
  policy->coverage_text = _ch_query_dup_text (query, POLICY_COVERAGE_TEXT);
  policy->insurer = _ch_query_dup_text (query, POLICY_INSURER);
  policy->policy_number = _ch_query_dup_text (query, POLICY_NUMBER);
  policy->effective = _ch_query_get_date (query, POLICY_EFFECTIVE);
  policy->expiration = _ch_query_get_date (query, POLICY_EXPIRATION);
  policy->additional_insured = get_mark (query, POLICY_ADDITIONAL_INSURED);
  policy->waiver_of_subrogation = get_mark (query, POLICY_WAIVER_OF_SUBROGATION);
  policy->basis = ch_basis_from_string (_ch_query_get_text (query, POLICY_BASIS));
  policy->aggregate_per = ch_aggregate_per_from_string (_ch_query_get_text (query, POLICY_AGGREGATE_PER));
  policy->kind = ch_umbrella_kind_from_string (_ch_query_get_text (query, POLICY_KIND));
  policy->autos = (ChAutos) _ch_query_get_integer (query, POLICY_AUTOS);
  policy->statutory = get_mark (query, POLICY_STATUTORY);
  policy->owner_excluded = get_mark (query, POLICY_OWNER_EXCLUDED);
  policy->retroactive_date = _ch_query_get_date (query, POLICY_RETROACTIVE_DATE);
  policy->tail = _ch_query_dup_text (query, POLICY_TAIL);
  g_ptr_array_add (certificate->policies, policy);
}

/* Positions count from 0 without a gap, so they are indices. */
static void
add_limit (ChCertificate *certificate,
           ChQuery       *query)
{
  gint64 position = _ch_query_get_integer (query, LIMIT_POSITION);
  ChLimit limit;

  if (position >= 0 && position < certificate->policies->len &&
      ch_limit_from_string (_ch_query_get_text (query, LIMIT_NAME), &limit))
    {
      ChPolicy *policy = g_ptr_array_index (certificate->policies, (guint) position);

      policy->limits[limit] = _ch_query_get_integer (query, LIMIT_AMOUNT);
    }
}

static void
add_endorsement (ChCertificate *certificate,
                 ChQuery       *query)
{
  g_ptr_array_add (certificate->endorsements, _ch_query_dup_text (query, ENDORSEMENT_FORM));
}

static void
add_field (ChCertificate *certificate,
           ChQuery       *query)
{
  ChFieldReading *field;
  double box[4];

  for (int i = 0; i < 4; i++)
    box[i] = _ch_query_get_real (query, FIELD_X0 + i);
  field = ch_field_reading_new (_ch_query_get_text (query, FIELD_PATH), _ch_query_get_real (query, FIELD_CONFIDENCE),
                                (int) _ch_query_get_integer (query, FIELD_PAGE), box);
  field->doubts = (guint) _ch_query_get_integer (query, FIELD_DOUBTS) & CH_DOUBT_ALL;
  g_ptr_array_add (certificate->fields, field);
}

static gboolean
add_rows (ChStore     *store,
          GHashTable  *certificates,
          const char  *statement,
          AddRowFunc   add_row,
          GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (store, statement);

  while (_ch_query_next (query))
    {
      gint64 id = _ch_query_get_integer (query, VERSION_ID);
      ChCertificate *certificate = g_hash_table_lookup (certificates, &id);

      if (certificate != NULL)
        add_row (certificate, query);
    }

  return _ch_query_finish (query, error);
}

GHashTable *
_ch_certificate_content_load (ChStore   *store,
                              gboolean   with_fields,
                              GError   **error)
{
  g_autoptr(GHashTable) certificates = NULL;
  g_autoptr(ChQuery) query = _ch_store_query (store, "list-selected-versions");

  certificates = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) ch_certificate_free);
  while (_ch_query_next (query))
    {
      gint64 id = _ch_query_get_integer (query, VERSION_ID);

      g_hash_table_insert (certificates, g_memdup2 (&id, sizeof id), certificate_from_row (query));
    }

  if (!_ch_query_finish (query, error) ||
      !add_rows (store, certificates, "list-selected-insurers", add_insurer, error) ||
      !add_rows (store, certificates, "list-selected-policies", add_policy, error) ||
      !add_rows (store, certificates, "list-selected-limits", add_limit, error) ||
      !add_rows (store, certificates, "list-selected-endorsements", add_endorsement, error) ||
      (with_fields && !add_rows (store, certificates, "list-selected-certificate-fields", add_field, error)))
    return NULL;

  return g_steal_pointer (&certificates);
}
