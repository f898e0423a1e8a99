/*
 * measure-accuracy FOLDER [KIND…]: reads every PDF of a folder that has its truth beside it, through the helper, and
 * prints as Markdown how many values were right, by field and by kind of source, and whether the confidence was
 * deserved.
 */
#include "config.h"

#include "certificate-comparison.h"
#include "ch-reader.h"
#include "corpus.h"

#include <fcntl.h>
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

typedef struct {
  GHashTable *by_field;
  GHashTable *by_kind;
  Bin         bins[5];
  gboolean    verbose;
} Measure;

static const double bin_from[] = { 0.98, 0.95, 0.85, 0.6, 0 };

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
print_table (GHashTable *table,
             const char *heading)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (table), (GCompareFunc) strcmp);
  GList *at;

  g_print ("\n| %s | shown | right | wrong | missed | invented | %% right |\n|---|---:|---:|---:|---:|---:|---:|\n",
           heading);
  for (at = names; at != NULL; at = at->next)
    {
      const Score *score = g_hash_table_lookup (table, at->data);

      g_print ("| %s | %u | %u | %u | %u | %u | %.2f |\n", (char *) at->data, score->n_shown, score->n_right,
               score->n_wrong, score->n_missed, score->n_invented,
               score->n_shown > 0 ? 100.0 * score->n_right / score->n_shown : 0.0);
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

int
main (int    argc,
      char **argv)
{
  Measure measure = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
                      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  g_autoptr (ChReader) reader = ch_reader_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = NULL;
  gint64 start = g_get_monotonic_time ();
  guint n_files = 0;
  guint i;

  if (argc < 2)
    {
      g_printerr ("usage: measure-accuracy FOLDER [KIND…]\n");
      return 2;
    }
  files = corpus_list (argv[1], &error);
  if (files == NULL)
    {
      g_printerr ("measure-accuracy: %s\n", error->message);
      return 2;
    }

  measure.verbose = g_getenv ("VERBOSE") != NULL;
  for (i = 0; i < files->len; i++)
    {
      const CorpusFile *file = g_ptr_array_index (files, i);

      if (!is_wanted (file, argc - 2, argv + 2))
        continue;
      measure_file (&measure, reader, file);
      n_files++;
    }
  g_print ("%u files, %.1f ms each\n", n_files, (g_get_monotonic_time () - start) / 1000.0 / MAX (n_files, 1));
  print_table (measure.by_kind, "kind");
  print_table (measure.by_field, "field");
  g_print ("\n| confidence from | read | right | %% right |\n|---:|---:|---:|---:|\n");
  for (i = 0; i < G_N_ELEMENTS (bin_from); i++)
    g_print ("| %.2f | %u | %u | %.2f |\n", bin_from[i], measure.bins[i].n_read, measure.bins[i].n_right,
             measure.bins[i].n_read > 0 ? 100.0 * measure.bins[i].n_right / measure.bins[i].n_read : 0.0);

  ch_reader_close (reader);
  g_hash_table_unref (measure.by_field);
  g_hash_table_unref (measure.by_kind);

  return 0;
}
