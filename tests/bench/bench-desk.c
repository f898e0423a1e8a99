#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ch-desk-review.h"
#include "ch-matching.h"
#include "ch-store-directory.h"
#include "ch-store-documents.h"
#include "ch-store-events.h"

/*
 * The desk's acts in a company of 500 projects, 5,000 subs, 20,000 assignments and 25,000 policies. Times are of the
 * processor, in user mode and in the system, since a machine that does other things makes a clock tell little.
 */

#define N_PROJECTS 500
#define N_ASSIGNMENTS_OF_SUB 4
#define N_POLICIES_OF_CERTIFICATE 5
#define N_ACTS 100
#define FIRST_SUB 100000
#define FIRST_PROJECT 1000

static const char * const first_words[] = {
  "Alder", "Blue Heron", "Cascade", "Delgado", "Eastbank", "Foster", "Granite", "Harbor", "Ironwood", "Jensen",
  "Keystone", "Lakeside", "Marquam", "Northline", "Overlook", "Pine", "Quarry", "Rosario", "Summit", "Timberline",
};
static const char * const trades[] = {
  "Electric", "Roofing", "Steel Erectors", "Drywall", "Concrete", "Plumbing", "Mechanical", "Masonry", "Excavation",
  "Glass",
};
static const char * const forms[] = { "LLC", "Inc", "Corp", "Co" };

/* 5,000 unless another number is given, for a profiler */
static guint n_subs = 5000;

typedef struct {
  ChStore *store;
  ChDesk  *desk;
} Bench;

static double
get_processor_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);

  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void
check (const GError *error)
{
  if (error == NULL)
    return;

  g_printerr ("bench-desk: %s\n", error->message);
  exit (1);
}

static char *
dup_sub_name (guint i)
{
  return g_strdup_printf ("%s %s %u %s", first_words[i % 20], trades[i / 20 % 10], i / 200, forms[i % 4]);
}

static void
put_projects (Bench *bench)
{
  for (guint i = 0; i < N_PROJECTS; i++)
    {
      g_autoptr(ChProject) project = ch_project_new ();
      g_autoptr(GError) error = NULL;

      project->id = FIRST_PROJECT + i;
      project->name = g_strdup_printf ("%s Commons Building %u", first_words[i % 20], i);
      project->project_number = g_strdup_printf ("%02u-%03u", i % 30, i);
      project->active = TRUE;
      project->tz_name = g_strdup ("America/Los_Angeles");
      ch_store_put_project (bench->store, project, NULL, &error);
      check (error);
    }
}

static void
put_subs (Bench *bench)
{
  for (guint i = 0; i < n_subs; i++)
    {
      g_autoptr(ChVendor) vendor = ch_vendor_new ();
      g_autoptr(GArray) projects = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr(GError) error = NULL;

      vendor->id = FIRST_SUB + i;
      vendor->name = dup_sub_name (i);
      vendor->legal_name = g_strdup (vendor->name);
      vendor->address = g_strdup_printf ("%u SE Division St", 100 + i);
      vendor->city = g_strdup ("Portland");
      vendor->state_code = g_strdup ("OR");
      vendor->zip = g_strdup_printf ("97%03u", i % 300);
      vendor->email_address = g_strdup_printf ("office@sub%u.example", i);
      vendor->is_active = TRUE;
      ch_store_put_vendor (bench->store, vendor, NULL, &error);
      for (guint k = 0; k < N_ASSIGNMENTS_OF_SUB; k++)
        {
          gint64 id = FIRST_PROJECT + (i * 7 + k * 131) % N_PROJECTS;

          g_array_append_val (projects, id);
        }
      ch_store_set_vendor_projects (bench->store, vendor->id, projects, NULL, &error);
      check (error);
    }
}

static ChCertificate *
make_certificate (guint sub,
                  guint year)
{
  static const ChCoverage coverages[N_POLICIES_OF_CERTIFICATE] = {
    CH_COVERAGE_GENERAL_LIABILITY, CH_COVERAGE_AUTOMOBILE_LIABILITY, CH_COVERAGE_UMBRELLA_EXCESS,
    CH_COVERAGE_WORKERS_COMPENSATION, CH_COVERAGE_OTHER,
  };
  static const double box[4] = { 10, 20, 110, 32 };
  ChCertificate *certificate = ch_certificate_new ();

  certificate->form = g_strdup ("ACORD 25");
  certificate->date = 20454 + (ChDate)year;
  certificate->producer_name = g_strdup ("Lakeside Insurance Agency");
  certificate->producer_email = g_strdup ("kim@lakeside.example");
  certificate->insured_name = dup_sub_name (sub);
  certificate->insured_address = g_strdup_printf ("%u SE Division St\nPortland, OR 97%03u", 100 + sub, sub % 300);
  certificate->holder_name = g_strdup ("Harbor & Main Builders, Inc.");
  certificate->description_of_operations = g_strdup_printf ("RE: %s Commons Building %u. Certificate holder is an "
                                                            "additional insured.", first_words[sub % 20], sub % 500);
  g_ptr_array_add (certificate->insurers, ch_insurer_new ("A", "Granite Mutual", "23043"));
  for (guint i = 0; i < N_POLICIES_OF_CERTIFICATE; i++)
    {
      ChPolicy *policy = ch_policy_new ();
      g_autofree char *path = g_strdup_printf ("policies[%u].policy_number", i);

      policy->coverage = coverages[i];
      policy->insurer = g_strdup ("A");
      policy->policy_number = g_strdup_printf ("P%u-%u-%u", i, sub, year);
      policy->effective = 20300 + 365 * (ChDate)year;
      policy->expiration = policy->effective + 365;
      policy->basis = CH_BASIS_OCCURRENCE;
      policy->limits[CH_LIMIT_EACH_OCCURRENCE] = 1000000;
      policy->limits[CH_LIMIT_GENERAL_AGGREGATE] = 2000000;
      g_ptr_array_add (certificate->policies, policy);
      g_ptr_array_add (certificate->fields, ch_field_reading_new (path, 0.99, 1, box));
    }

  return certificate;
}

static char *
put_document (Bench *bench,
              guint  number)
{
  g_autofree char *text = g_strdup_printf ("%%PDF-1.4 %u", number);
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr(GError) error = NULL;
  char *sha256 = ch_store_put_document (bench->store, bytes, &error);

  check (error);

  return sha256;
}

static void
put_certificates (Bench *bench)
{
  for (guint i = 0; i < n_subs; i++)
    {
      g_autoptr(ChFiledCertificate) filed = ch_filed_certificate_new ();
      g_autoptr(GError) error = NULL;

      filed->sha256 = put_document (bench, i);
      filed->file_name = g_strdup ("coi.pdf");
      filed->vendor_id = FIRST_SUB + i % n_subs;
      filed->review = CH_REVIEW_APPROVED;
      filed->n_pages = 1;
      ch_certificate_free (filed->certificate);
      filed->certificate = make_certificate (i % n_subs, i / n_subs);
      ch_store_add_certificate (bench->store, filed, &error);
      check (error);
    }
}

static void
require (Bench *bench)
{
  g_autoptr(ChRequirementAssignment) place = ch_requirement_assignment_new (CH_SCOPE_COMPANY, NULL, 0, 0, 0);
  g_autoptr(ChStoredRequirementSet) set = NULL;
  g_autoptr(GError) error = NULL;

  set = ch_desk_import_requirements (bench->desk, "{\"schema\":1,\"name\":\"GL\",\"warning_days\":30,\"coverages\":"
                                     "{\"general_liability\":{\"minimum\":{\"each_occurrence\":1000000,"
                                     "\"general_aggregate\":2000000},\"basis\":\"occurrence\"},"
                                     "\"workers_compensation\":{\"statutory\":true}}}", &error);
  check (error);
  ch_desk_assign_requirements (bench->desk, set->id, place, &error);
  check (error);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *)a;
  double right = *(const double *)b;

  return left < right ? -1 : left > right;
}

static void
print (const char *what,
       double     *ms,
       guint       n)
{
  qsort (ms, n, sizeof *ms, compare_doubles);
  g_print ("| %s | %u | %.2f | %.2f |\n", what, n, ms[n / 2], ms[n - 1]);
}

typedef gint64 (*ActFunc) (Bench  *bench,
                           guint   i,
                           gint64  id);

static gint64
file_new (Bench  *bench,
          guint   i,
          gint64  id)
{
  g_autoptr(ChCertificate) certificate = make_certificate (i * 37 % n_subs, 7);
  g_autoptr(GPtrArray) certificates = g_ptr_array_new ();
  g_autoptr(GPtrArray) filed = NULL;
  g_autofree char *sha256 = put_document (bench, 1000000 + i);
  g_autoptr(GError) error = NULL;
  ChReading reading = { certificates, 1, 0.99 };
  ChFiling filing = { "new.pdf", sha256, 0, NULL, FALSE };
  const ChFiledCertificate *one;

  g_ptr_array_add (certificates, certificate);
  filed = ch_desk_file_document (bench->desk, &filing, &reading, NULL, &error);
  check (error);
  one = g_ptr_array_index (filed, 0);
  g_assert (one->vendor_id == FIRST_SUB + i * 37 % n_subs);

  return one->id;
}

static gint64
match (Bench  *bench,
       guint   i,
       gint64  id)
{
  g_autoptr(ChCertificate) certificate = make_certificate (i * 37 % n_subs, 7);
  g_autoptr(GPtrArray) matches = NULL;
  g_autoptr(GError) error = NULL;

  matches = ch_match_certificate (bench->store, certificate, &error);
  check (error);

  return id;
}

static gint64
approve (Bench  *bench,
         guint   i,
         gint64  id)
{
  g_autoptr(GError) error = NULL;

  ch_desk_review_certificate (bench->desk, id, CH_REVIEW_APPROVED, NULL, NULL, &error);
  check (error);

  return id;
}

static gint64
reopen (Bench  *bench,
        guint   i,
        gint64  id)
{
  g_autoptr(GError) error = NULL;

  ch_desk_review_certificate (bench->desk, id, CH_REVIEW_PENDING, NULL, NULL, &error);
  check (error);

  return id;
}

static gint64
correct (Bench  *bench,
         guint   i,
         gint64  id)
{
  g_autoptr(GHashTable) corrections = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GError) error = NULL;

  g_hash_table_insert (corrections, (char *)"policies[0].limits.each_occurrence", (char *)"3000000");
  ch_desk_correct_certificate (bench->desk, id, corrections, &error);
  check (error);

  return id;
}

static void
measure (Bench      *bench,
         const char *what,
         ActFunc     act,
         gint64     *ids,
         guint       n)
{
  g_autofree double *ms = g_new (double, n);

  for (guint i = 0; i < n; i++)
    {
      double begun = get_processor_ms ();

      ids[i] = act (bench, i, ids[i]);
      ms[i] = get_processor_ms () - begun;
    }
  print (what, ms, n);
}

static void
measure_once (const char *what,
              double      begun)
{
  double ms = get_processor_ms () - begun;

  print (what, &ms, 1);
}

static void
fill (Bench *bench)
{
  g_autoptr(GError) error = NULL;
  double begun = get_processor_ms ();

  ch_store_begin (bench->store, "bench", g_get_real_time (), &error);
  check (error);
  put_projects (bench);
  put_subs (bench);
  put_certificates (bench);
  ch_store_commit (bench->store, &error);
  check (error);
  measure_once ("the directory and the certificates are written", begun);

  begun = get_processor_ms ();
  require (bench);
  measure_once ("everything is judged and published for the first time", begun);
}

static void
run (Bench *bench)
{
  gint64 ids[N_ACTS] = { 0 };
  g_autoptr(GPtrArray) problems = NULL;
  g_autoptr(GError) error = NULL;
  double begun;

  fill (bench);
  measure (bench, "one is compared, the directory read anew", match, ids, 5);
  measure (bench, "one is filed: kept, compared, judged", file_new, ids, N_ACTS);
  measure (bench, "one is approved", approve, ids, N_ACTS);
  measure (bench, "one is opened again", reopen, ids, N_ACTS);
  measure (bench, "one value is corrected", correct, ids, N_ACTS);

  begun = get_processor_ms ();
  problems = ch_store_verify (bench->store, NULL, &error);
  check (error);
  measure_once ("verify", begun);
  if (problems->len > 0)
    g_printerr ("bench-desk: %s\n", (const char *)g_ptr_array_index (problems, 0));
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *dir = g_dir_make_tmp ("bench-desk-XXXXXX", NULL);
  g_autoptr(ChClock) clock = ch_clock_new_starting_at (G_GINT64_CONSTANT (1795442400) * G_USEC_PER_SEC);
  g_autoptr(GError) error = NULL;
  Bench bench = { ch_store_open (dir, NULL, &error), NULL };

  check (error);
  if (argc > 1)
    n_subs = (guint)CLAMP (atoi (argv[1]), 100, 100000);
  bench.desk = ch_desk_new (bench.store, clock, "desk:bench");
  g_print ("| act | times | median, ms of processor | most |\n|---|---|---|---|\n");
  run (&bench);
  g_clear_object (&bench.desk);
  ch_store_close (bench.store);
  g_clear_object (&bench.store);

  return 0;
}
