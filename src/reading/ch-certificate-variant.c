#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-certificate-variant.h"

#include <math.h>

#define POLICY_TYPE "(imsmsmsiiiiiiiiiiimsax)"
/* More of anything than this is no certificate but an attack on memory. */
#define MOST_ENTRIES 4096

/* The certificate's strings travel in this order. */
#define N_STRINGS 13

static void
list_strings (ChCertificate *self,
              char         **strings[N_STRINGS])
{
  char **all[N_STRINGS] = {
    &self->form,
    &self->edition,
    &self->producer_name,
    &self->producer_contact,
    &self->producer_phone,
    &self->producer_email,
    &self->insured_name,
    &self->insured_address,
    &self->description_of_operations,
    &self->certificate_number,
    &self->revision_number,
    &self->holder_name,
    &self->holder_address,
  };
  guint i;

  for (i = 0; i < N_STRINGS; i++)
    strings[i] = all[i];
}

static GVariant *
pack_strings (const ChCertificate *certificate)
{
  GVariantBuilder builder;
  char **strings[N_STRINGS];
  guint i;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("ams"));
  list_strings ((ChCertificate *) certificate, strings);
  for (i = 0; i < N_STRINGS; i++)
    g_variant_builder_add (&builder, "ms", *strings[i]);

  return g_variant_builder_end (&builder);
}

static GVariant *
pack_insurers (const ChCertificate *certificate)
{
  GVariantBuilder builder;
  guint i;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(msmsms)"));
  for (i = 0; i < certificate->insurers->len; i++)
    {
      const ChInsurer *insurer = g_ptr_array_index (certificate->insurers, i);

      g_variant_builder_add (&builder, "(msmsms)", insurer->letter, insurer->name, insurer->naic);
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
pack_policies (const ChCertificate *certificate)
{
  GVariantBuilder builder;
  guint i;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" POLICY_TYPE));
  for (i = 0; i < certificate->policies->len; i++)
    {
      const ChPolicy *policy = g_ptr_array_index (certificate->policies, i);

      g_variant_builder_add (&builder, "(imsmsmsiiiiiiiiiiims@ax)", (gint32) policy->coverage, policy->coverage_text,
                             policy->insurer, policy->policy_number, policy->effective, policy->expiration,
                             (gint32) policy->additional_insured, (gint32) policy->waiver_of_subrogation,
                             (gint32) policy->basis, (gint32) policy->aggregate_per, (gint32) policy->kind,
                             (gint32) policy->autos, (gint32) policy->statutory,
                             (gint32) policy->owner_excluded, policy->retroactive_date, policy->tail,
                             g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, policy->limits, CH_N_LIMITS,
                                                        sizeof (gint64)));
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
pack_fields (const ChCertificate *certificate)
{
  GVariantBuilder builder;
  guint i;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sdiu(dddd))"));
  for (i = 0; i < certificate->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (certificate->fields, i);

      g_variant_builder_add (&builder, "(sdiu(dddd))", field->path, field->confidence, (gint32) field->page, field->doubts,
                             field->box[0], field->box[1], field->box[2], field->box[3]);
    }

  return g_variant_builder_end (&builder);
}

/**
 * ch_certificate_to_variant:
 *
 * Returns: (transfer floating): the certificate as %CH_CERTIFICATE_VARIANT_TYPE
 */
GVariant *
ch_certificate_to_variant (const ChCertificate *certificate)
{
  GVariantBuilder endorsements;
  guint i;

  g_variant_builder_init (&endorsements, G_VARIANT_TYPE_STRING_ARRAY);
  for (i = 0; i < certificate->endorsements->len; i++)
    g_variant_builder_add (&endorsements, "s", g_ptr_array_index (certificate->endorsements, i));

  return g_variant_new ("(@amsi@a(msmsms)@a" POLICY_TYPE "as@a(sdiu(dddd)))", pack_strings (certificate),
                        certificate->date, pack_insurers (certificate), pack_policies (certificate), &endorsements,
                        pack_fields (certificate));
}

static gboolean
unpack_strings (GVariant      *packed,
                ChCertificate *certificate)
{
  char **strings[N_STRINGS];
  guint i;

  if (g_variant_n_children (packed) != N_STRINGS)
    return FALSE;
  list_strings (certificate, strings);
  for (i = 0; i < N_STRINGS; i++)
    g_variant_get_child (packed, i, "ms", strings[i]);

  return TRUE;
}

static gboolean
is_date (gint32 date)
{
  return date == CH_DATE_NONE || (date > -1000000 && date < 4000000);
}

static gboolean
unpack_insurers (GVariant      *packed,
                 ChCertificate *certificate)
{
  gsize i;

  for (i = 0; i < g_variant_n_children (packed); i++)
    {
      g_autofree char *letter = NULL;
      g_autofree char *name = NULL;
      g_autofree char *naic = NULL;

      g_variant_get_child (packed, i, "(msmsms)", &letter, &name, &naic);
      g_ptr_array_add (certificate->insurers, ch_insurer_new (letter, name, naic));
    }

  return TRUE;
}

static gboolean
unpack_limits (GVariant *packed,
               ChPolicy *policy)
{
  const gint64 *limits;
  gsize n_limits = 0;
  gsize i;

  limits = g_variant_get_fixed_array (packed, &n_limits, sizeof (gint64));
  if (n_limits != CH_N_LIMITS)
    return FALSE;
  for (i = 0; i < n_limits; i++)
    {
      if (limits[i] < CH_MONEY_ABSENT)
        return FALSE;
      policy->limits[i] = limits[i];
    }

  return TRUE;
}

/* Enumerations are numbers on the wire: whoever switches over them later must find none that doesn't exist. */
static gboolean
unpack_policy (GVariant *packed,
               ChPolicy *policy)
{
  g_autoptr (GVariant) limits = NULL;
  gint32 coverage, additional_insured, waiver, basis, per, kind, autos, statutory, owner_excluded;

  g_variant_get (packed, "(imsmsmsiiiiiiiiiiims@ax)", &coverage, &policy->coverage_text, &policy->insurer,
                 &policy->policy_number, &policy->effective, &policy->expiration, &additional_insured, &waiver, &basis,
                 &per, &kind, &autos, &statutory, &owner_excluded, &policy->retroactive_date, &policy->tail, &limits);
  if (coverage < 0 || coverage >= CH_N_COVERAGES || basis < 0 || basis > CH_BASIS_CLAIMS_MADE || per < 0
      || per > CH_AGGREGATE_PER_LOCATION || kind < 0 || kind > CH_UMBRELLA_KIND_EXCESS || autos < 0
      || autos >= CH_AUTOS_NON_OWNED << 1)
    return FALSE;
  if (additional_insured < CH_MARK_ABSENT || additional_insured > CH_MARK_YES || waiver < CH_MARK_ABSENT
      || waiver > CH_MARK_YES || statutory < CH_MARK_ABSENT || statutory > CH_MARK_YES
      || owner_excluded < CH_MARK_ABSENT || owner_excluded > CH_MARK_YES)
    return FALSE;
  if (!is_date (policy->effective) || !is_date (policy->expiration) || !is_date (policy->retroactive_date))
    return FALSE;

  policy->coverage = (ChCoverage) coverage;
  policy->additional_insured = (ChMark) additional_insured;
  policy->waiver_of_subrogation = (ChMark) waiver;
  policy->basis = (ChBasis) basis;
  policy->aggregate_per = (ChAggregatePer) per;
  policy->kind = (ChUmbrellaKind) kind;
  policy->autos = (ChAutos) autos;
  policy->statutory = (ChMark) statutory;
  policy->owner_excluded = (ChMark) owner_excluded;

  return unpack_limits (limits, policy);
}

static gboolean
unpack_policies (GVariant      *packed,
                 ChCertificate *certificate)
{
  gsize i;

  for (i = 0; i < g_variant_n_children (packed); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (packed, i);
      g_autoptr (ChPolicy) policy = ch_policy_new ();

      if (!unpack_policy (child, policy))
        return FALSE;
      g_ptr_array_add (certificate->policies, g_steal_pointer (&policy));
    }

  return TRUE;
}

static gboolean
unpack_fields (GVariant      *packed,
               ChCertificate *certificate)
{
  gsize i, j;

  for (i = 0; i < g_variant_n_children (packed); i++)
    {
      g_autofree char *path = NULL;
      double confidence;
      double box[4];
      ChFieldReading *field;
      guint32 doubts;
      gint32 page;

      g_variant_get_child (packed, i, "(sdiu(dddd))", &path, &confidence, &page, &doubts, &box[0], &box[1], &box[2], &box[3]);
      if (!(confidence >= 0 && confidence <= 1) || page < 1)
        return FALSE;
      for (j = 0; j < G_N_ELEMENTS (box); j++)
        {
          if (!isfinite (box[j]))
            return FALSE;
        }
      field = ch_field_reading_new (path, confidence, page, box);
      field->doubts = doubts & CH_DOUBT_ALL;
      g_ptr_array_add (certificate->fields, field);
    }

  return TRUE;
}

/**
 * ch_certificate_from_variant:
 * @variant: of %CH_CERTIFICATE_VARIANT_TYPE and in normal form; its contents may be anybody's
 *
 * Returns: (transfer full) (nullable): the certificate; %NULL where it holds what no certificate can
 */
ChCertificate *
ch_certificate_from_variant (GVariant *variant)
{
  g_autoptr (ChCertificate) certificate = ch_certificate_new ();
  g_autoptr (GVariant) strings = NULL;
  g_autoptr (GVariant) insurers = NULL;
  g_autoptr (GVariant) policies = NULL;
  g_autoptr (GVariant) endorsements = NULL;
  g_autoptr (GVariant) fields = NULL;
  gsize i;

  g_variant_get (variant, "(@amsi@a(msmsms)@a" POLICY_TYPE "@as@a(sdiu(dddd)))", &strings, &certificate->date,
                 &insurers, &policies, &endorsements, &fields);
  if (g_variant_n_children (insurers) > MOST_ENTRIES || g_variant_n_children (policies) > MOST_ENTRIES
      || g_variant_n_children (endorsements) > MOST_ENTRIES || g_variant_n_children (fields) > MOST_ENTRIES * 4)
    return NULL;
  if (!is_date (certificate->date) || !unpack_strings (strings, certificate)
      || !unpack_insurers (insurers, certificate) || !unpack_policies (policies, certificate)
      || !unpack_fields (fields, certificate))
    return NULL;

  for (i = 0; i < g_variant_n_children (endorsements); i++)
    {
      char *text = NULL;

      g_variant_get_child (endorsements, i, "s", &text);
      g_ptr_array_add (certificate->endorsements, text);
    }

  return g_steal_pointer (&certificate);
}
