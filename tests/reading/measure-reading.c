/*
 * measure-reading [--times] FOLDER [KIND…]: reads every PDF of a folder that has its truth beside it, through the helper,
 * and prints as Markdown how many values were right, by field and by kind of source, whether the confidence was
 * deserved, and how long it took beside pdftotext, and tesseract for scans. With VERBOSE set, says which were wrong.
 */
#include "config.h"

#include "certificate-comparison.h"
#include "ch-reader.h"
#include "comparison-times.h"
#include "corpus.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  guint n_shown;
  guint n_right;
  guint n_wrong;
  guint n_missed;
  guint n_invented;
} Score;

typedef struct {
  guint n_read;
  guint n_right;
} Bin;

/* (element-type double): seconds of each file */
typedef struct {
  const char *program;
  GArray     *read;
  GArray     *other;
  GArray     *ratios;
} Times;

typedef struct {
  GHashTable *by_field;
  GHashTable *by_kind;
  GHashTable *times;    /* (nullable): by kind */
  Bin         bins[6];
  guint       n_sure_and_wrong;
  gboolean    verbose;
} Measure;

static const double bin_from[] = { 0.99, 0.98, 0.95, 0.85, 0.6, 0 };

/* From this confidence on, nobody looks again. */
#define SURE 0.98

static void
free_times (gpointer data)
{
  Times *times = data;

  g_array_unref (times->read);
  g_array_unref (times->other);
  g_array_unref (times->ratios);
  g_free (times);
}

static Score *
get_score (GHashTable *table,
           const char *name)
{
  Score *score = g_hash_table_lookup (table, name);

  if (score == NULL)
    {
      score = g_new0 (Score, 1);
      g_hash_table_insert (table, g_strdup (name), score);
    }

  return score;
}

/* `general_liability#0.limits.aggregate` counts under `limits.aggregate`, `insurer.B.naic` under `insurer.naic`. */
static char *
name_field (const char *name)
{
  const char *dot = strchr (name, '.');

  if (strchr (name, '#') != NULL)
    return g_strdup (dot != NULL ? dot + 1 : "policy");
  if (g_str_has_prefix (name, "insurer."))
    return g_strconcat ("insurer", strrchr (name, '.'), NULL);
  if (g_str_has_prefix (name, "endorsement."))
    return g_strdup ("endorsement");

  return g_strdup (name);
}

static gboolean
is_amount_or_date (const char *field)
{
  return g_str_has_prefix (field, "limits.") || g_str_equal (field, "effective") || g_str_equal (field, "expiration")
         || g_str_equal (field, "date");
}

static void
count (Measure             *measure,
       const CorpusFile    *file,
       const ChCertificate *read,
       const char          *name,
       const char          *shown,
       const char          *found)
{
  g_autofree char *field = name_field (name);
  Score *scores[] = { get_score (measure->by_field, field), get_score (measure->by_kind, file->kind) };
  gboolean right = shown != NULL && found != NULL && same_value (shown, found);
  double confidence = found != NULL ? certificate_confidence (read, name) : -1;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (scores); i++)
    {
      scores[i]->n_shown += shown != NULL;
      scores[i]->n_right += right;
      scores[i]->n_wrong += shown != NULL && found != NULL && !right;
      scores[i]->n_missed += shown != NULL && found == NULL;
      scores[i]->n_invented += shown == NULL;
    }
  for (i = 0; confidence >= 0 && i < G_N_ELEMENTS (bin_from); i++)
    {
      if (confidence < bin_from[i])
        continue;
      measure->bins[i].n_read++;
      measure->bins[i].n_right += right;
      break;
    }
  if (!right && confidence >= SURE && is_amount_or_date (field))
    measure->n_sure_and_wrong++;
  if (measure->verbose && !right)
    g_printerr ("%s: %s: shown %s, read %s (%.2f)\n", file->pdf, name, shown, found, confidence);
}

static void
measure_file (Measure          *measure,
              ChReader         *reader,
              const CorpusFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ChCertificate) truth = corpus_load_truth (file->json, &error);
  g_autoptr (ChCertificate) nothing = ch_certificate_new ();
  g_autoptr (ChReading) reading = NULL;
  g_autoptr (ChFieldSet) shown = NULL;
  g_autoptr (ChFieldSet) found = NULL;
  const ChCertificate *read = nothing;
  int fd;
  guint i;

  if (truth == NULL)
    {
      g_printerr ("%s: %s\n", file->json, error->message);
      return;
    }
  fd = open (file->pdf, O_RDONLY | O_CLOEXEC);
  reading = ch_reader_read (reader, fd, NULL, &error);
  close (fd);
  if (reading != NULL)
    read = g_ptr_array_index (reading->certificates, 0);
  else
    g_printerr ("%s: %s\n", file->pdf, error->message);

  shown = certificate_values (truth);
  found = certificate_values (read);
  for (i = 0; i < ch_field_set_get_size (shown); i++)
    {
      const char *name = ch_field_set_get_name (shown, i);

      count (measure, file, read, name, ch_field_set_get_value (shown, i), ch_field_set_get (found, name));
    }
  for (i = 0; i < ch_field_set_get_size (found); i++)
    {
      const char *name = ch_field_set_get_name (found, i);

      if (ch_field_set_get (shown, name) == NULL)
        count (measure, file, read, name, NULL, ch_field_set_get_value (found, i));
    }
}

static void
time_file (Measure          *measure,
           ChReader         *reader,
           const CorpusFile *file)
{
  ComparisonTimes measured = comparison_times_measure (reader, file);
  g_autofree char *key = g_strdup_printf ("%s, %s", file->kind, measured.program);
  Times *times = g_hash_table_lookup (measure->times, key);
  double ratio;

  if (times == NULL)
    {
      times = g_new0 (Times, 1);
      times->program = measured.program;
      times->read = g_array_new (FALSE, FALSE, sizeof (double));
      times->other = g_array_new (FALSE, FALSE, sizeof (double));
      times->ratios = g_array_new (FALSE, FALSE, sizeof (double));
      g_hash_table_insert (measure->times, g_strdup (key), times);
    }
  if (measured.read <= 0 || measured.other <= 0)
    return;
  ratio = measured.read / measured.other;
  g_array_append_val (times->read, measured.read);
  g_array_append_val (times->other, measured.other);
  g_array_append_val (times->ratios, ratio);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static double
find_share (GArray *values,
            double  share)
{
  if (values->len == 0)
    return 0;

  g_array_sort (values, compare_doubles);

  return g_array_index (values, double, (guint) ((values->len - 1) * share));
}

static void
print_times (GHashTable *times)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (times), (GCompareFunc) strcmp);
  GList *at;

  g_print ("\n| kind, beside | files | read, ms | the other, ms | ratio | ratio of the slowest tenth |\n"
           "|---|---:|---:|---:|---:|---:|\n");
  for (at = names; at != NULL; at = at->next)
    {
      const Times *here = g_hash_table_lookup (times, at->data);

      g_print ("| %s | %u | %.1f | %.1f | %.2f | %.2f |\n", (char *) at->data, here->read->len,
               1000 * find_share (here->read, 0.5), 1000 * find_share (here->other, 0.5),
               find_share (here->ratios, 0.5), find_share (here->ratios, 0.9));
    }
}

static void
print_table (GHashTable *table,
             const char *heading)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (table), (GCompareFunc) strcmp);
  GList *at;

  g_print ("\n| %s | shown | right | wrong | missed | invented | %% right | precision | recall |\n"
           "|---|---:|---:|---:|---:|---:|---:|---:|---:|\n",
           heading);
  for (at = names; at != NULL; at = at->next)
    {
      const Score *score = g_hash_table_lookup (table, at->data);

      guint n_read = score->n_right + score->n_wrong + score->n_invented;
      guint n_all = score->n_shown + score->n_invented;

      g_print ("| %s | %u | %u | %u | %u | %u | %.2f | %.4f | %.4f |\n", (char *) at->data, score->n_shown,
               score->n_right, score->n_wrong, score->n_missed, score->n_invented,
               100.0 * score->n_right / MAX (n_all, 1), (double) score->n_right / MAX (n_read, 1),
               (double) score->n_right / MAX (score->n_shown, 1));
    }
}

static gboolean
is_wanted (const CorpusFile *file,
           int               n_kinds,
           char            **kinds)
{
  int i;

  for (i = 0; i < n_kinds; i++)
    {
      if (g_str_equal (file->kind, kinds[i]))
        return TRUE;
    }

  return n_kinds == 0;
}

static void
print_calibration (const Measure *measure)
{
  guint i;

  g_print ("\n| confidence from | read | right | %% right |\n|---:|---:|---:|---:|\n");
  for (i = 0; i < G_N_ELEMENTS (bin_from); i++)
    g_print ("| %.2f | %u | %u | %.2f |\n", bin_from[i], measure->bins[i].n_read, measure->bins[i].n_right,
             100.0 * measure->bins[i].n_right / MAX (measure->bins[i].n_read, 1));
  g_print ("\nAmounts and dates that are wrong at a confidence of %.2f or more: %u\n", SURE, measure->n_sure_and_wrong);
}

static gboolean
measure_folder (Measure    *measure,
                const char *folder,
                int         n_kinds,
                char      **kinds)
{
  g_autoptr (ChReader) reader = ch_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = corpus_list (folder, &error);
  guint n_files = 0;
  guint i;

  for (i = 0; files != NULL && i < files->len; i++)
    {
      const CorpusFile *file = g_ptr_array_index (files, i);

      if (!is_wanted (file, n_kinds, kinds))
        continue;
      measure_file (measure, reader, file);
      if (measure->times != NULL)
        time_file (measure, reader, file);
      n_files++;
    }
  ch_reader_close (reader);
  if (files == NULL)
    g_printerr ("measure-reading: %s\n", error->message);
  else
    g_print ("%u files of %s\n", n_files, folder);

  return files != NULL;
}

int
main (int    argc,
      char **argv)
{
  Measure measure = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
                      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  gboolean with_times = argc > 1 && g_str_equal (argv[1], "--times");
  gboolean measured;

  if (argc < 2 + with_times)
    {
      g_printerr ("usage: measure-reading [--times] FOLDER [KIND…]\n");
      return 2;
    }

  measure.verbose = g_getenv ("VERBOSE") != NULL;
  if (with_times)
    measure.times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_times);
  measured = measure_folder (&measure, argv[1 + with_times], argc - 2 - with_times, argv + 2 + with_times);
  if (measured)
    {
      print_table (measure.by_kind, "kind");
      print_table (measure.by_field, "field");
      print_calibration (&measure);
      if (with_times)
        print_times (measure.times);
    }

  g_hash_table_unref (measure.by_field);
  g_hash_table_unref (measure.by_kind);
  g_clear_pointer (&measure.times, g_hash_table_unref);

  return measured ? 0 : 2;
}
