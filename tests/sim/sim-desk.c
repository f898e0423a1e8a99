#include "config.h"

#include "sim-acts.h"

#include "ch-publication.h"
#include "ch-sandbox-private.h"
#include "ch-store-directory.h"
#include "ch-store-documents.h"

#include <string.h>

/* What the insurance desk does. */

static gint64
pick_vendor (SimWorld *world)
{
  g_autoptr (GPtrArray) vendors = ch_store_list_vendors (world->store, NULL);

  if (vendors == NULL || vendors->len == 0)
    return 0;
  return ((ChVendor *) g_ptr_array_index (vendors, sim_world_pick (world, vendors->len)))->id;
}

static ChCertificate *
make_certificate (SimWorld *world)
{
  static const char *const ends[] = { "2026-11-20", "2026-12-01", "2027-01-01", "2027-11-01" };
  ChCertificate *certificate = ch_certificate_new ();
  ChPolicy *policy = ch_policy_new ();

  certificate->insured_name = g_strdup ("Somebody LLC");
  certificate->date = ch_date_from_iso ("2026-01-05") + (ChDate) sim_world_pick (world, 200);
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", "Granite Mutual", "12345"));
  policy->coverage = CH_COVERAGE_GENERAL_LIABILITY;
  policy->insurer = g_strdup ("A");
  policy->policy_number = g_strdup_printf ("GL-%u", sim_world_pick (world, 3));
  policy->effective = ch_date_from_iso ("2026-01-01");
  policy->expiration = ch_date_from_iso (ends[sim_world_pick (world, G_N_ELEMENTS (ends))]);
  policy->basis = CH_BASIS_OCCURRENCE;
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = sim_world_pick (world, 3) == 0 ? 500000 : 1000000;
  g_ptr_array_add (certificate->policies, policy);
  return certificate;
}

ChCertificate *
sim_desk_make_certificate (const char *insured,
                           const char *paper)
{
  ChCertificate *certificate = ch_certificate_new ();
  ChPolicy *policy = ch_policy_new ();

  certificate->insured_name = g_strdup (insured);
  certificate->date = ch_date_from_iso ("2026-02-05");
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", "Granite Mutual", "12345"));
  policy->coverage = CH_COVERAGE_GENERAL_LIABILITY;
  policy->insurer = g_strdup ("A");
  policy->policy_number = g_strdup_printf ("GL-%u", g_str_hash (paper) % 5);
  policy->effective = ch_date_from_iso ("2026-01-01");
  policy->expiration = ch_date_from_iso ("2027-01-01");
  policy->basis = CH_BASIS_OCCURRENCE;
  policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 1000000;
  g_ptr_array_add (certificate->policies, policy);
  return certificate;
}

static void
file_certificate (SimWorld *world)
{
  g_autofree char *text = g_strdup_printf ("%%PDF-1.4 %u", ++world->counter);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_certificate_free);
  g_autoptr (GPtrArray) filed = NULL;
  g_autofree char *sha256 = NULL;
  ChReading reading = { certificates, 1, 0.99 };
  ChFiling filing = { "coi.pdf", NULL, pick_vendor (world), NULL, sim_world_pick (world, 4) > 0 };

  if (filing.vendor_id == 0)
    return;
  g_ptr_array_add (certificates, make_certificate (world));
  sha256 = ch_store_put_document (world->store, bytes, NULL);
  filing.sha256 = sha256;
  if (sha256 != NULL)
    filed = ch_desk_file_document (world->desk, &filing, &reading, NULL, NULL);
}

static gint64
pick_certificate (SimWorld *world)
{
  g_autoptr (GPtrArray) all = ch_store_list_certificates (world->store, 0, FALSE, NULL);

  if (all == NULL || all->len == 0)
    return 0;
  return ((ChFiledCertificate *) g_ptr_array_index (all, sim_world_pick (world, all->len)))->id;
}

static void
review (SimWorld *world)
{
  gint64 id = pick_certificate (world);
  gboolean approves = sim_world_pick (world, 3) > 0;

  if (id != 0)
    ch_desk_review_certificate (world->desk, id, approves ? CH_REVIEW_APPROVED : CH_REVIEW_REJECTED,
                                approves ? NULL : "not ours", NULL, NULL);
}

static void
correct (SimWorld *world)
{
  g_autoptr (GHashTable) corrections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gint64 id = pick_certificate (world);

  g_hash_table_insert (corrections, g_strdup ("policies[0].policy_number"), g_strdup_printf ("GL-%u", ++world->counter));
  if (id != 0)
    ch_desk_review_certificate (world->desk, id, CH_REVIEW_APPROVED, NULL, corrections, NULL);
}

static void
assign (SimWorld *world)
{
  gint64 id = pick_certificate (world);
  gint64 vendor_id = pick_vendor (world);

  if (id != 0 && vendor_id != 0)
    ch_desk_assign_certificate (world->desk, id, vendor_id, NULL, NULL);
}

static void
require_more (SimWorld *world)
{
  g_autofree char *body
    = g_strdup_printf ("{\"schema\":1,\"name\":\"Standard\",\"warning_days\":%u,\"coverages\":"
                       "{\"general_liability\":{\"minimum\":{\"each_occurrence\":%u}}}}",
                       5 + sim_world_pick (world, 20), sim_world_pick (world, 2) == 0 ? 1000000 : 2000000);
  /* A store that fails refuses it, and the desk goes on with what it asked before. */
  G_GNUC_UNUSED g_autoptr (ChStoredRequirementSet) set = ch_desk_import_requirements (world->desk, body, NULL);
}

static void
settle (SimWorld *world)
{
  g_autoptr (GPtrArray) conflicts = ch_store_list_conflicts (world->store, 0, NULL);

  if (conflicts != NULL && conflicts->len > 0)
    ch_desk_settle_conflict (world->desk,
                             ((ChConflict *) g_ptr_array_index (conflicts, sim_world_pick (world, conflicts->len)))->id,
                             sim_world_pick (world, 2) == 0, NULL);
}

/* As the preferences do it: the state, then everything judged and said anew. */
static void
set_place (SimWorld   *world,
           const char *place,
           gboolean    on)
{
  g_autofree char *name = g_strconcat ("place.", place, NULL);
  gboolean ok;

  if (!ch_store_begin (world->store, "desk:sim", sim_world_now (world), NULL))
    return;
  ok = ch_store_set_state (world->store, name, on ? "on" : "off", NULL) && ch_desk_judge (world->desk, 0, 0, NULL, NULL);
  if (!ok || !ch_store_commit (world->store, NULL))
    ch_store_rollback (world->store);
}

static void
switch_place (SimWorld *world)
{
  static const char *const places[] = { "company_insurances", "project_insurances", "commitments", "documents", "links" };
  const char *place = places[sim_world_pick (world, G_N_ELEMENTS (places))];

  set_place (world, place, !ch_publication_is_on (world->store, place));
}

static void
lapse (SimWorld *world)
{
  ch_desk_judge_lapsed (world->desk, NULL, NULL);
}

const SimActKind sim_desk_acts[] = {
  { "the desk files a certificate", SIM_SIDE_DESK, 12, file_certificate },
  { "the desk reviews a certificate", SIM_SIDE_DESK, 5, review },
  { "the desk corrects a certificate", SIM_SIDE_DESK, 2, correct },
  { "the desk gives a certificate to a sub", SIM_SIDE_DESK, 2, assign },
  { "the desk changes what is required", SIM_SIDE_DESK, 2, require_more },
  { "the desk settles a conflict", SIM_SIDE_DESK, 4, settle },
  { "the desk switches a place on or off", SIM_SIDE_DESK, 1, switch_place },
  { "the lapse clock looks", SIM_SIDE_DESK, 3, lapse },
  { NULL },
};
