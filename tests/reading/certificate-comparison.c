#include "config.h"

#include "certificate-comparison.h"

#include <string.h>

/* Walks a certificate's values, giving each its stable name and the path under which the reader speaks of it. */
typedef void (*Visit) (const char *name,
                       const char *path,
                       const char *value,
                       gpointer    user_data);

static void
visit_date (ChDate      date,
            const char *name,
            const char *path,
            Visit       visit,
            gpointer    user_data)
{
  g_autofree char *text = date != CH_DATE_NONE ? ch_date_to_iso (date) : NULL;

  visit (name, path, text, user_data);
}

static void
visit_mark (ChMark      mark,
            const char *name,
            const char *path,
            Visit       visit,
            gpointer    user_data)
{
  visit (name, path, mark == CH_MARK_ABSENT ? NULL : mark == CH_MARK_YES ? "true" : "false", user_data);
}

static char *
list_autos (ChAutos autos)
{
  GString *text = g_string_new (NULL);
  int bit;

  for (bit = CH_AUTOS_ANY; bit <= CH_AUTOS_NON_OWNED; bit <<= 1)
    {
      if ((autos & bit) != 0)
        g_string_append_printf (text, "%s ", ch_autos_to_string ((ChAutos) bit));
    }

  return g_string_free (text, FALSE);
}

static void
visit_policy (const ChPolicy *policy,
              const char     *name,
              guint           index,
              Visit           visit,
              gpointer        user_data)
{
  g_autofree char *autos = policy->autos != CH_AUTOS_NONE ? list_autos (policy->autos) : NULL;
  const struct {
    const char *key;
    const char *value;
  } texts[] = {
    { "coverage_text", policy->coverage_text },
    { "insurer", policy->insurer },
    { "policy_number", policy->policy_number },
    { "basis", policy->basis != CH_BASIS_ABSENT ? ch_basis_to_string (policy->basis) : NULL },
    { "aggregate_per",
      policy->aggregate_per != CH_AGGREGATE_PER_ABSENT ? ch_aggregate_per_to_string (policy->aggregate_per) : NULL },
    { "kind", policy->kind != CH_UMBRELLA_KIND_ABSENT ? ch_umbrella_kind_to_string (policy->kind) : NULL },
    { "autos", autos },
  };
  int limit;
  guint i;

#define NAME(key) g_autofree char *full_name = g_strdup_printf ("%s.%s", name, key); \
  g_autofree char *path = g_strdup_printf ("policies[%u].%s", index, key)
  visit (name, "", "shown", user_data);
  for (i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      NAME (texts[i].key);
      visit (full_name, path, texts[i].value, user_data);
    }
  {
    NAME ("effective");
    visit_date (policy->effective, full_name, path, visit, user_data);
  }
  {
    NAME ("expiration");
    visit_date (policy->expiration, full_name, path, visit, user_data);
  }
  {
    NAME ("additional_insured");
    visit_mark (policy->additional_insured, full_name, path, visit, user_data);
  }
  {
    NAME ("waiver_of_subrogation");
    visit_mark (policy->waiver_of_subrogation, full_name, path, visit, user_data);
  }
  {
    NAME ("statutory");
    visit_mark (policy->statutory, full_name, path, visit, user_data);
  }
  for (limit = 0; limit < CH_N_LIMITS; limit++)
    {
      g_autofree char *key = g_strdup_printf ("limits.%s", ch_limit_to_string (limit));
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, policy->limits[limit]);
      NAME (key);

      visit (full_name, path, policy->limits[limit] != CH_MONEY_ABSENT ? text : NULL, user_data);
    }
#undef NAME
}

static void
visit_insurers (const ChCertificate *certificate,
                Visit                visit,
                gpointer             user_data)
{
  guint i;

  for (i = 0; i < certificate->insurers->len; i++)
    {
      const ChInsurer *insurer = g_ptr_array_index (certificate->insurers, i);
      g_autofree char *name = g_strdup_printf ("insurer.%s.name", insurer->letter);
      g_autofree char *naic = g_strdup_printf ("insurer.%s.naic", insurer->letter);
      g_autofree char *name_path = g_strdup_printf ("insurers[%u].name", i);
      g_autofree char *naic_path = g_strdup_printf ("insurers[%u].naic", i);

      visit (name, name_path, insurer->name, user_data);
      visit (naic, naic_path, insurer->naic, user_data);
    }
}

static void
visit_certificate (const ChCertificate *certificate,
                   Visit                visit,
                   gpointer             user_data)
{
  const struct {
    const char *name;
    const char *value;
  } texts[] = {
    { "form", certificate->form },
    { "edition", certificate->edition },
    { "producer.name", certificate->producer_name },
    { "producer.contact", certificate->producer_contact },
    { "producer.phone", certificate->producer_phone },
    { "producer.email", certificate->producer_email },
    { "insured.name", certificate->insured_name },
    { "insured.address", certificate->insured_address },
    { "description_of_operations", certificate->description_of_operations },
    { "certificate_number", certificate->certificate_number },
    { "revision_number", certificate->revision_number },
    { "certificate_holder.name", certificate->holder_name },
    { "certificate_holder.address", certificate->holder_address },
  };
  guint n_of_coverage[CH_N_COVERAGES] = { 0 };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (texts); i++)
    visit (texts[i].name, texts[i].name, texts[i].value, user_data);
  visit_date (certificate->date, "date", "date", visit, user_data);
  visit_insurers (certificate, visit, user_data);
  for (i = 0; i < certificate->policies->len; i++)
    {
      const ChPolicy *policy = g_ptr_array_index (certificate->policies, i);
      g_autofree char *name = g_strdup_printf ("%s#%u", ch_coverage_to_string (policy->coverage),
                                               n_of_coverage[policy->coverage]++);

      visit_policy (policy, name, i, visit, user_data);
    }
  for (i = 0; i < certificate->endorsements->len; i++)
    {
      g_autofree char *name
          = g_strdup_printf ("endorsement.%s", (char *) g_ptr_array_index (certificate->endorsements, i));

      visit (name, name, "attached", user_data);
    }
}

static void
add_value (const char *name,
           const char *path,
           const char *value,
           gpointer    user_data)
{
  ch_field_set_set (user_data, name, value);
}

ChFieldSet *
certificate_values (const ChCertificate *certificate)
{
  ChFieldSet *values = ch_field_set_new ();

  visit_certificate (certificate, add_value, values);

  return values;
}

typedef struct {
  const char *name;
  char       *path;
} Search;

static void
find_path (const char *name,
           const char *path,
           const char *value,
           gpointer    user_data)
{
  Search *search = user_data;

  if (search->path == NULL && strcmp (name, search->name) == 0)
    search->path = g_strdup (path);
}

double
certificate_confidence (const ChCertificate *certificate,
                        const char          *name)
{
  Search search = { name, NULL };
  g_autofree char *path = NULL;
  guint i;

  visit_certificate (certificate, find_path, &search);
  path = search.path;
  for (i = 0; path != NULL && i < certificate->fields->len; i++)
    {
      const ChFieldReading *field = g_ptr_array_index (certificate->fields, i);

      if (strcmp (field->path, path) == 0)
        return field->confidence;
    }

  return -1;
}

static char *
fold (const char *text)
{
  g_autofree char *lower = g_utf8_casefold (text, -1);
  GString *folded = g_string_new (NULL);
  const char *at;

  for (at = lower; *at != '\0'; at++)
    {
      if (!g_ascii_isspace (*at) && *at != ',')
        g_string_append_c (folded, *at);
    }

  return g_string_free (folded, FALSE);
}

gboolean
same_value (const char *a,
            const char *b)
{
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  if (a == NULL || b == NULL)
    return a == b;

  left = fold (a);
  right = fold (b);

  return strcmp (left, right) == 0;
}

GPtrArray *
certificate_differences (const ChCertificate *truth,
                         const ChCertificate *read)
{
  GPtrArray *differences = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ChFieldSet) expected = certificate_values (truth);
  g_autoptr (ChFieldSet) found = certificate_values (read);
  guint i;

  for (i = 0; i < ch_field_set_get_size (expected); i++)
    {
      const char *name = ch_field_set_get_name (expected, i);
      const char *value = ch_field_set_get (found, name);

      if (!same_value (ch_field_set_get_value (expected, i), value))
        g_ptr_array_add (differences, g_strdup_printf ("%s: shown \"%s\", read \"%s\"", name,
                                                       ch_field_set_get_value (expected, i),
                                                       value != NULL ? value : "(nothing)"));
    }
  for (i = 0; i < ch_field_set_get_size (found); i++)
    {
      const char *name = ch_field_set_get_name (found, i);

      if (ch_field_set_get (expected, name) == NULL)
        g_ptr_array_add (differences, g_strdup_printf ("%s: not shown, read \"%s\"", name,
                                                       ch_field_set_get_value (found, i)));
    }

  return differences;
}
