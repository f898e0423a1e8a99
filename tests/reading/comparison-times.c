#include "config.h"

#include "comparison-times.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define N_TURNS 7
/* Recognising takes seconds. */
#define N_TURNS_OF_PIXELS 1
/* A file whose text is shorter than this is a scan. */
#define LEAST_TEXT 400

static int
compare_seconds (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static double
find_median (double *seconds,
             guint   n)
{
  qsort (seconds, n, sizeof (double), compare_seconds);

  return seconds[n / 2];
}

/* Tesseract's threads spin while they wait for one another, which costs it several times its time where no processor is
 * free for each of them. It gets one thread, as the helper gives it.
 *
 * Returns: whether the program could be run; its output goes nowhere, or to @output */
static gboolean
run (const char *const *arguments,
     char             **output)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new ((output != NULL ? G_SUBPROCESS_FLAGS_STDOUT_PIPE : G_SUBPROCESS_FLAGS_STDOUT_SILENCE)
                                   | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;

  g_subprocess_launcher_setenv (launcher, "OMP_THREAD_LIMIT", "1", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, arguments, NULL);

  return process != NULL && g_subprocess_communicate_utf8 (process, NULL, NULL, output, NULL, NULL);
}

static double
time_read (ChReader         *reader,
           const CorpusFile *file)
{
  g_autoptr (ChReading) reading = NULL;
  int fd = open (file->pdf, O_RDONLY | O_CLOEXEC);
  gint64 start = g_get_monotonic_time ();

  reading = ch_reader_read (reader, fd, NULL, NULL);
  close (fd);

  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static double
time_program (const char *const *arguments)
{
  gint64 start = g_get_monotonic_time ();

  return run (arguments, NULL) ? (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC : 0;
}

static gboolean
has_text (const CorpusFile *file)
{
  const char *const arguments[] = { "pdftotext", file->pdf, "-", NULL };
  g_autofree char *text = NULL;

  return run (arguments, &text) && text != NULL && strlen (text) >= LEAST_TEXT;
}

/* What tesseract gets is drawn before the clock runs. */
static ComparisonTimes
measure_pixels (ChReader         *reader,
                const CorpusFile *file)
{
  ComparisonTimes times = { 0, 0, "tesseract --psm 11, one thread" };
  g_autofree char *folder = g_dir_make_tmp ("certholder-bench-XXXXXX", NULL);
  g_autofree char *stem = g_build_filename (folder, "page", NULL);
  g_autofree char *image = g_strconcat (stem, ".pgm", NULL);
  const char *const draw[]
      = { "pdftoppm", "-r", "200", "-gray", "-singlefile", "-f", "1", "-l", "1", file->pdf, stem, NULL };
  const char *const recognise[] = { "tesseract", image, "-", "--psm", "11", NULL };
  double read[N_TURNS_OF_PIXELS], other[N_TURNS_OF_PIXELS];
  guint i;

  if (!run (draw, NULL))
    return times;
  for (i = 0; i < N_TURNS_OF_PIXELS; i++)
    {
      read[i] = time_read (reader, file);
      other[i] = time_program (recognise);
    }
  times.read = find_median (read, N_TURNS_OF_PIXELS);
  times.other = find_median (other, N_TURNS_OF_PIXELS);
  unlink (image);
  rmdir (folder);

  return times;
}

ComparisonTimes
comparison_times_measure (ChReader         *reader,
                          const CorpusFile *file)
{
  ComparisonTimes times = { 0, 0, "pdftotext -layout" };
  const char *const arguments[] = { "pdftotext", "-layout", file->pdf, "-", NULL };
  double read[N_TURNS], other[N_TURNS];
  guint i;

  if (!has_text (file))
    return measure_pixels (reader, file);

  for (i = 0; i < N_TURNS; i++)
    {
      read[i] = time_read (reader, file);
      other[i] = time_program (arguments);
    }
  times.read = find_median (read, N_TURNS);
  times.other = find_median (other, N_TURNS);

  return times;
}
