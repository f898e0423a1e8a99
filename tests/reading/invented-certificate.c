#include "config.h"

#include "invented-certificate.h"

#define PICK(random, list) ((list)[g_rand_int_range (random, 0, G_N_ELEMENTS (list))])

static const char *const first_names[] = { "Ada", "Omar", "Lucia", "Kofi", "Mei", "Siobhan", "Ravi", "Ingrid" };
static const char *const last_names[] = { "Field", "O'Neil", "Marsh-Hall", "Okafor", "Nguyen", "Lindqvist", "St. John" };
static const char *const places[] = { "Tern & Heron", "Northline", "Great Plains", "Delgado", "C/S Brothers", "A-1",
                                      "Pine and Sons", "Blue Mesa", "Harbor & Main", "3 Rivers", "Lakeshore" };
static const char *const trades[] = { "Masonry", "Roofing", "Electric", "Drywall", "Steel Erectors", "Plumbing",
                                      "Concrete Cutting", "Fire Protection" };
static const char *const kinds[] = { "LLC", "Inc.", "Inc", "Corp.", "LP", "Co., Inc.", "L.L.C." };
static const char *const streets[] = { "Orchard Road", "N. Elm Ave", "Harbor Street", "County Road 12", "Peachtree Pkwy",
                                       "Industrial Park Dr.", "W 44th St", "Highway 61 South" };
static const char *const towns[] = { "Salem, OR 97301", "Portland, OR 97209", "St. Paul, MN 55101", "Smyrna, TN 37167",
                                     "Mobile, AL 36602-1144", "Raleigh, NC 27601", "El Paso, TX 79901" };
static const char *const insurers[] = { "Granite Ridge Insurance Co", "Prairie Mutual Casualty", "Sentinel Harbor Insurance Company",
                                        "Riverbend Assurance Corporation", "National Union of the Northwest",
                                        "Lodestar Specialty Insurance Company, A RRG", "First & Last Indemnity", "Keel SE" };
static const char *const agencies[] = { "Fairweather Insurance", "Tri-County Risk Advisors LLC", "Exchange Place Agency, Inc.",
                                        "Harlow & Finch Insurance Services" };
static const char *const holders[] = { "Harbor Builders, Inc.", "Acme General Contractors LLC",
                                       "The Board of Trustees of Midland State University", "Riverwalk Phase II Owner LP" };
static const char *const plain_holders[] = { "PROOF OF INSURANCE", "For Information Only", "Evidence of Coverage",
                                             "UNIT OWNERS COPY" };
static const char *const descriptions[] = {
  "RE: Harbor Lofts.",
  "Project: Riverwalk Phase II.\nCertificate holder is an additional insured on a primary and non-contributory basis.",
  ("Job 12-044, 1200 Harbor Street.\nThe CERTIFICATE HOLDER and the Owner are additional insured under CG 20 10 04 13\n"
   "and CG 20 37 04 13. Waiver of subrogation applies. Limit $1,000,000 each occurrence."),
  "Evidence of coverage 01/01/2026 to 01/01/2027. Deductible $5,000. INSURED: all locations.",
};
static const char *const other_lines[] = { "Professional Liability", "Pollution Liability", "Crime", "Installation Floater",
                                           "Contractors Equipment", "Cyber Liability" };

static gint64
pick_limit (GRand *random)
{
  static const gint64 amounts[] = { 100000, 250000, 300000, 500000, 1000000, 1500000, 2000000, 5000000, 10000000 };

  return PICK (random, amounts);
}

static char *
invent_number (GRand *random)
{
  switch (g_rand_int_range (random, 0, 6))
    {
    case 0:
      return g_strdup_printf ("%d SBU BB%dSW%d", g_rand_int_range (random, 10, 99), g_rand_int_range (random, 1, 9),
                              g_rand_int_range (random, 1, 9));
    case 1:
      return g_strdup_printf ("NRG-DBG-GL %d", g_rand_int_range (random, 10000, 99999));
    case 2:
      return g_strdup_printf ("%d", g_rand_int_range (random, 1000000, 99999999));
    case 3:
      return g_strdup_printf ("TBD-%d", g_rand_int_range (random, 10000, 99999));
    case 4:
      return g_strdup_printf ("ABC%07d-%02d", g_rand_int_range (random, 1, 9999999), g_rand_int_range (random, 1, 9));
    default:
      return g_strdup_printf ("XWS %04d %03d %02d", g_rand_int_range (random, 1, 9999), g_rand_int_range (random, 1, 999),
                              g_rand_int_range (random, 1, 99));
    }
}

static void
invent_term (GRand    *random,
             ChPolicy *policy)
{
  int year = g_rand_int_range (random, 2022, 2027);
  int month = g_rand_int_range (random, 1, 13);
  int day = g_rand_int_range (random, 1, 29);

  policy->effective = ch_date_new (year, month, day);
  switch (g_rand_int_range (random, 0, 12))
    {
    case 0:
      policy->expiration = ch_date_new (year + 3, month, day);
      break;
    case 1:
      policy->expiration = policy->effective + 379;
      break;
    default:
      policy->expiration = ch_date_new (year + 1, month, day);
      break;
    }
}

static ChMark
invent_mark (GRand *random)
{
  static const ChMark marks[] = { CH_MARK_YES, CH_MARK_YES, CH_MARK_ABSENT, CH_MARK_NO };

  return PICK (random, marks);
}

static ChPolicy *
add_policy (GRand         *random,
            ChCertificate *certificate,
            ChCoverage     coverage)
{
  ChPolicy *policy = ch_policy_new ();
  const ChInsurer *insurer
      = g_ptr_array_index (certificate->insurers, g_rand_int_range (random, 0, (int) certificate->insurers->len));

  policy->coverage = coverage;
  policy->insurer = g_strdup (insurer->letter);
  policy->policy_number = invent_number (random);
  invent_term (random, policy);
  policy->additional_insured = coverage != CH_COVERAGE_WORKERS_COMPENSATION ? invent_mark (random) : CH_MARK_ABSENT;
  policy->waiver_of_subrogation = invent_mark (random);
  g_ptr_array_add (certificate->policies, policy);

  return policy;
}

static void
set_limits (GRand         *random,
            ChPolicy      *policy,
            const ChLimit *limits,
            guint          n_limits)
{
  guint i;

  for (i = 0; i < n_limits; i++)
    {
      if (g_rand_int_range (random, 0, 6) > 0)
        policy->limits[limits[i]] = pick_limit (random);
    }
}

static void
add_general (GRand         *random,
             ChCertificate *certificate)
{
  static const ChLimit limits[]
      = { CH_LIMIT_EACH_OCCURRENCE, CH_LIMIT_DAMAGE_TO_RENTED_PREMISES, CH_LIMIT_PERSONAL_ADVERTISING_INJURY,
          CH_LIMIT_GENERAL_AGGREGATE, CH_LIMIT_PRODUCTS_COMPLETED_OPERATIONS_AGGREGATE };
  ChPolicy *policy = add_policy (random, certificate, CH_COVERAGE_GENERAL_LIABILITY);

  policy->basis = g_rand_int_range (random, 0, 5) == 0 ? CH_BASIS_CLAIMS_MADE : CH_BASIS_OCCURRENCE;
  policy->aggregate_per = (ChAggregatePer) g_rand_int_range (random, CH_AGGREGATE_PER_ABSENT, CH_AGGREGATE_PER_LOCATION + 1);
  set_limits (random, policy, limits, G_N_ELEMENTS (limits));
  policy->limits[CH_LIMIT_MEDICAL_EXPENSE] = g_rand_int_range (random, 0, 4) * 5000;
}

static void
add_automobile (GRand         *random,
                ChCertificate *certificate)
{
  static const ChLimit single[] = { CH_LIMIT_COMBINED_SINGLE_LIMIT };
  static const ChLimit split[]
      = { CH_LIMIT_BODILY_INJURY_PER_PERSON, CH_LIMIT_BODILY_INJURY_PER_ACCIDENT, CH_LIMIT_PROPERTY_DAMAGE };
  ChPolicy *policy = add_policy (random, certificate, CH_COVERAGE_AUTOMOBILE_LIABILITY);

  policy->autos = (ChAutos) g_rand_int_range (random, 0, CH_AUTOS_NON_OWNED << 1);
  if (g_rand_boolean (random))
    set_limits (random, policy, single, G_N_ELEMENTS (single));
  else
    set_limits (random, policy, split, G_N_ELEMENTS (split));
}

static void
add_umbrella (GRand         *random,
              ChCertificate *certificate)
{
  static const ChLimit limits[] = { CH_LIMIT_EACH_OCCURRENCE, CH_LIMIT_AGGREGATE };
  ChPolicy *policy = add_policy (random, certificate, CH_COVERAGE_UMBRELLA_EXCESS);

  policy->kind = (ChUmbrellaKind) g_rand_int_range (random, CH_UMBRELLA_KIND_ABSENT, CH_UMBRELLA_KIND_EXCESS + 1);
  policy->basis = (ChBasis) g_rand_int_range (random, CH_BASIS_ABSENT, CH_BASIS_CLAIMS_MADE + 1);
  set_limits (random, policy, limits, G_N_ELEMENTS (limits));
  if (g_rand_boolean (random))
    policy->limits[CH_LIMIT_RETENTION] = g_rand_int_range (random, 0, 3) * 10000;
  if (g_rand_int_range (random, 0, 4) == 0)
    {
      policy = add_policy (random, certificate, CH_COVERAGE_UMBRELLA_EXCESS);
      policy->additional_insured = policy->waiver_of_subrogation = CH_MARK_ABSENT;
    }
}

static void
add_workers (GRand         *random,
             ChCertificate *certificate)
{
  static const ChLimit limits[] = { CH_LIMIT_EL_EACH_ACCIDENT, CH_LIMIT_EL_DISEASE_EACH_EMPLOYEE, CH_LIMIT_EL_DISEASE_POLICY_LIMIT };
  ChPolicy *policy = add_policy (random, certificate, CH_COVERAGE_WORKERS_COMPENSATION);

  policy->statutory = g_rand_boolean (random) ? CH_MARK_YES : CH_MARK_ABSENT;
  set_limits (random, policy, limits, G_N_ELEMENTS (limits));
}

static void
add_others (GRand         *random,
            ChCertificate *certificate)
{
  int n_others = g_rand_int_range (random, 0, 3);
  int first = g_rand_int_range (random, 0, (int) G_N_ELEMENTS (other_lines));
  int i;

  for (i = 0; i < n_others; i++)
    {
      ChPolicy *policy = add_policy (random, certificate, CH_COVERAGE_OTHER);

      policy->coverage_text = g_strdup (other_lines[(first + i) % G_N_ELEMENTS (other_lines)]);
      policy->limits[CH_LIMIT_EACH_OCCURRENCE] = pick_limit (random);
      if (g_rand_boolean (random))
        policy->limits[CH_LIMIT_RETENTION] = g_rand_int_range (random, 1, 5) * 2500;
    }
}

static char *
invent_phone (GRand *random)
{
  static const char *const patterns[] = { "(%d) 555-%04d", "%d-555-%04d", "%d.555.%04d" };
  const char *pattern = PICK (random, patterns);
  int area = g_rand_int_range (random, 201, 990);
  int line = g_rand_int_range (random, 100, 200);

  return pattern == patterns[0]   ? g_strdup_printf ("(%d) 555-%04d", area, line)
         : pattern == patterns[1] ? g_strdup_printf ("%d-555-%04d", area, line)
                                  : g_strdup_printf ("%d.555.%04d", area, line);
}

static char *
invent_address (GRand *random)
{
  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      return g_strdup_printf ("P.O. Box %d\n%s", g_rand_int_range (random, 10, 9999), PICK (random, towns));
    case 1:
      return g_strdup_printf ("Attn: %s %s\n%d %s\n%s", PICK (random, first_names), PICK (random, last_names),
                              g_rand_int_range (random, 1, 9999), PICK (random, streets), PICK (random, towns));
    case 2:
      return g_strdup_printf ("%d %s\nSuite %d\n%s", g_rand_int_range (random, 1, 9999), PICK (random, streets),
                              g_rand_int_range (random, 1, 999), PICK (random, towns));
    default:
      return g_strdup_printf ("%d %s\n%s", g_rand_int_range (random, 1, 9999), PICK (random, streets), PICK (random, towns));
    }
}

static void
add_insurers (GRand         *random,
              ChCertificate *certificate)
{
  int first = g_rand_int_range (random, 0, (int) G_N_ELEMENTS (insurers));
  char letter;

  for (letter = 'A'; letter <= 'F'; letter++)
    {
      char letters[] = { letter, '\0' };
      g_autofree char *naic = g_strdup_printf ("%d", g_rand_int_range (random, 10000, 45000));

      if (letter != 'A' && g_rand_boolean (random))
        continue;
      g_ptr_array_add (certificate->insurers,
                       ch_insurer_new (letters, insurers[(first + letter) % G_N_ELEMENTS (insurers)],
                                       g_rand_int_range (random, 0, 5) > 0 ? naic : NULL));
    }
}

static void
add_parties (GRand         *random,
             ChCertificate *certificate)
{
  certificate->producer_name = g_strdup (PICK (random, agencies));
  certificate->producer_contact = g_strdup_printf ("%s %s", PICK (random, first_names), PICK (random, last_names));
  certificate->producer_phone = invent_phone (random);
  certificate->producer_email = g_strdup ("certificates@fairweather.example");
  certificate->insured_name
      = g_strdup_printf ("%s %s %s", PICK (random, places), PICK (random, trades), PICK (random, kinds));
  certificate->insured_address = invent_address (random);
  if (g_rand_int_range (random, 0, 6) == 0)
    {
      certificate->holder_name = g_strdup (PICK (random, plain_holders));
    }
  else
    {
      certificate->holder_name = g_strdup (PICK (random, holders));
      certificate->holder_address = invent_address (random);
    }
}

ChCertificate *
invented_certificate_new (GRand *random)
{
  ChCertificate *certificate = ch_certificate_new ();

  certificate->form = g_strdup ("ACORD 25");
  certificate->date = ch_date_new (g_rand_int_range (random, 2022, 2027), g_rand_int_range (random, 1, 13),
                                   g_rand_int_range (random, 1, 29));
  add_insurers (random, certificate);
  add_parties (random, certificate);
  if (g_rand_int_range (random, 0, 8) > 0)
    add_general (random, certificate);
  if (g_rand_int_range (random, 0, 3) > 0)
    add_automobile (random, certificate);
  if (g_rand_int_range (random, 0, 3) > 0)
    add_umbrella (random, certificate);
  if (g_rand_int_range (random, 0, 4) > 0)
    add_workers (random, certificate);
  add_others (random, certificate);
  if (g_rand_int_range (random, 0, 6) > 0)
    certificate->description_of_operations = g_strdup (PICK (random, descriptions));
  if (g_rand_boolean (random))
    certificate->certificate_number = g_strdup_printf ("COI%d", g_rand_int_range (random, 10000, 99999));
  if (g_rand_int_range (random, 0, 3) == 0)
    certificate->revision_number = g_strdup_printf ("%d", g_rand_int_range (random, 1, 12));

  return certificate;
}
