#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include "ch-publication-private.h"
#include "ch-publication-wording-private.h"
#include "ch-statement-private.h"

/* One policy as the newest approved certificate shows it. */
typedef struct {
  const char               *uuid;
  const ChFiledCertificate *filed;
  const ChPolicy           *policy;
} Shown;

static void
set_date (ChFieldSet *fields,
          const char *name,
          ChDate      day)
{
  g_autofree char *iso = day != CH_DATE_NONE ? ch_date_to_iso (day) : NULL;

  ch_field_set_set (fields, name, iso);
}

static char *
dup_notes (const Shown *shown)
{
  const ChCertificate *certificate = shown->filed->certificate;
  g_autoptr(GString) text = g_string_new ("Read from certificate");

  if (certificate->certificate_number != NULL)
    g_string_append_printf (text, " %s", certificate->certificate_number);
  if (certificate->date != CH_DATE_NONE)
    {
      g_autofree char *day = _ch_wording_dup_day (certificate->date);

      g_string_append_printf (text, " dated %s", day);
    }
  if (shown->policy->additional_insured == CH_MARK_YES)
    g_string_append (text, "; additional insured shown");
  if (shown->policy->waiver_of_subrogation == CH_MARK_YES)
    g_string_append (text, "; waiver of subrogation shown");
  g_string_append_c (text, '.');

  return g_strdup (text->str);
}

/* A policy that starts later is in order as a record; one that shows no end has not been read to the end. */
static const char *
get_policy_status (const ChPolicy *policy,
                   ChDate          today)
{
  if (policy->expiration == CH_DATE_NONE)
    return "undecided";

  return policy->expiration <= today ? "expired" : "compliant";
}

static ChFieldSet *
describe_policy (const ChDeskView *view,
                 const Shown      *shown)
{
  ChFieldSet *fields = ch_field_set_new ();
  const ChCertificate *certificate = shown->filed->certificate;
  const ChPolicy *policy = shown->policy;
  const ChInsurer *insurer = policy->insurer != NULL ? ch_certificate_get_insurer (certificate, policy->insurer) : NULL;
  g_autofree char *type = _ch_wording_dup_insurance_type (policy);
  g_autofree char *limit = _ch_wording_dup_limit (policy);
  g_autofree char *notes = dup_notes (shown);

  ch_field_set_set (fields, "insurance_type", type);
  ch_field_set_set (fields, "insurance_provider", insurer != NULL ? insurer->name : NULL);
  ch_field_set_set (fields, "policy_number", policy->policy_number);
  ch_field_set_set (fields, "limit", limit);
  set_date (fields, "effective_date", policy->effective);
  set_date (fields, "expiration_date", policy->expiration);
  ch_field_set_set (fields, "status", get_policy_status (policy, view->company_today));
  ch_field_set_set (fields, "info_received", "true");
  ch_field_set_set (fields, "enable_expired_insurance_notifications", view->notifies_subs ? "true" : "false");
  if (policy->additional_insured == CH_MARK_YES)
    ch_field_set_set (fields, "additional_insured",
                      certificate->holder_name != NULL ? certificate->holder_name : "Certificate holder");
  ch_field_set_set (fields, "notes", notes);

  return fields;
}

/* What a policy's record says once no approved certificate shows the policy: what was agreed is never deleted. */
static ChFieldSet *
describe_withdrawn (const ChSharedRecord *record)
{
  ChFieldSet *fields = record->local != NULL ? ch_field_set_copy (record->local) : ch_field_set_new ();

  ch_field_set_set (fields, "status", "non_compliant");
  ch_field_set_set (fields, "notes",
                    "Withdrawn by the insurance desk: no approved certificate shows this policy any more.");

  return fields;
}

/* (element-type Shown): one for each policy uuid; certificates come oldest first, so the newest one's content wins */
static GArray *
list_shown (const ChSubView *sub)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Shown));
  g_autoptr(GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < sub->certificates->len; i++)
    {
      const ChFiledCertificate *filed = g_ptr_array_index (sub->certificates, i);
      guint n = MIN (filed->certificate->policies->len, filed->policy_uuids->len);

      if (filed->review != CH_REVIEW_APPROVED)
        continue;
      for (guint k = 0; k < n; k++)
        {
          Shown shown = { g_ptr_array_index (filed->policy_uuids, k), filed,
                          g_ptr_array_index (filed->certificate->policies, k) };
          gpointer place;

          if (g_hash_table_lookup_extended (places, shown.uuid, NULL, &place))
            {
              g_array_index (all, Shown, GPOINTER_TO_UINT (place)) = shown;
              continue;
            }
          g_hash_table_insert (places, (char *)shown.uuid, GUINT_TO_POINTER (all->len));
          g_array_append_val (all, shown);
        }
    }

  return all;
}

static gboolean
say_policy (ChDeskView       *view,
            const ChSubView  *sub,
            GPtrArray        *records,
            const Shown      *shown,
            GError          **error)
{
  g_autoptr(ChFieldSet) fields = describe_policy (view, shown);
  ChSharedRecord *record = _ch_statement_find (records, 0, 0, shown->uuid);

  if (record == NULL)
    {
      record = ch_shared_record_new (CH_SHARED_POLICY);
      record->vendor_id = sub->vendor_id;
      record->subject = g_strdup (shown->uuid);
      g_ptr_array_add (records, record);
    }

  return _ch_desk_view_expect_policy_end (view, shown->policy->expiration, error) &&
         _ch_statement_say (view, record, fields, error);
}

static gboolean
is_shown (const GArray *all,
          const char   *uuid)
{
  for (guint i = 0; i < all->len; i++)
    {
      if (g_strcmp0 (g_array_index (all, Shown, i).uuid, uuid) == 0)
        return TRUE;
    }

  return FALSE;
}

/* A record that Procore surely never heard of is taken back silently, and one that was deleted there is no more; one
 * that it has, or may have, is told so. */
static gboolean
take_back (ChDeskView      *view,
           ChSharedRecord  *record,
           GError         **error)
{
  g_autoptr(ChFieldSet) fields = NULL;
  gboolean was_sent;

  if (record->gone)
    return TRUE;
  if (!_ch_statement_was_sent (view, record, &was_sent, error))
    return FALSE;
  if (!was_sent)
    return _ch_statement_withdraw (view, record, error);

  fields = describe_withdrawn (record);

  return _ch_statement_say (view, record, fields, error);
}

/* Whom Procore's directory no longer has, it has no records of. */
static gboolean
withdraw_all (ChDeskView  *view,
              GPtrArray   *records,
              GError     **error)
{
  for (guint i = 0; i < records->len; i++)
    {
      if (!_ch_statement_withdraw (view, g_ptr_array_index (records, i), error))
        return FALSE;
    }

  return TRUE;
}

gboolean
_ch_publish_policies (ChDeskView       *view,
                      const ChSubView  *sub,
                      GError          **error)
{
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GArray) all = NULL;

  /* A sub that is on no active project keeps its records as they are. */
  if (!sub->is_gone && (!view->is_on[CH_PLACE_COMPANY_INSURANCES] || sub->project_ids->len == 0))
    return TRUE;

  records = ch_store_list_shared (view->store, CH_SHARED_POLICY, 0, sub->vendor_id, error);
  if (records == NULL)
    return FALSE;
  if (sub->is_gone)
    return withdraw_all (view, records, error);

  all = list_shown (sub);
  for (guint i = 0; i < all->len; i++)
    {
      if (!say_policy (view, sub, records, &g_array_index (all, Shown, i), error))
        return FALSE;
    }
  for (guint i = 0; i < records->len; i++)
    {
      ChSharedRecord *record = g_ptr_array_index (records, i);

      if (!is_shown (all, record->subject) && !take_back (view, record, error))
        return FALSE;
    }

  return TRUE;
}
