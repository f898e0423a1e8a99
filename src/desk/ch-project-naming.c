#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "ch-matching-private.h"
#include "ch-party-name.h"
#include "ch-project.h"

/*
 * Which projects a text names ("RE: Job No. 22-117 – Riverwalk Phase II"):
 *
 *   what stands in the text                         score
 *   the name, of two words or more                  0.95
 *   the project number, of four signs or more       0.90
 *   the name of one word, or a shorter number,
 *     behind "project", "job" or the like           0.85
 *   the address, with its number and street         0.85
 *   the name of one word, anywhere                  0.50
 *   each further one of them                        + 0.04
 *
 * Where one name stands within another ("Riverwalk" in "Riverwalk Phase II") the longer one is meant.
 */
#define SCORE_NAME 0.95
#define SCORE_NUMBER 0.90
#define SCORE_LABELLED 0.85
#define SCORE_ADDRESS 0.85
#define SCORE_WORD 0.50
#define BONUS_FURTHER 0.04
#define LEAST_NUMBER_LENGTH 4
#define LEAST_WORD_LENGTH 4

/* One project, prepared to be found in texts; each with a blank before and after every word. */
typedef struct {
  gint64  id;
  char   *name;
  char   *whole;
  char   *bare;
  char   *number;
  char   *address;
} Named;

struct _ChProjectNaming
{
  GPtrArray *projects;   /* (element-type Named): the longest name first */
};

static const char * const labels[] = {
  "at", "contract", "for", "job", "name", "no", "number", "proj", "project", "re", "site", NULL
};

static const struct {
  const char *roman;
  const char *arabic;
} numerals[] = { { "ii", "2" }, { "iii", "3" }, { "iv", "4" }, { "v", "5" }, { "vi", "6" } };

/* (transfer full): lower-case words with a blank before and after each */
static char *
dup_words (const char *text)
{
  g_autofree char *flat = g_strdelimit (g_strdup (text != NULL ? text : ""), "#", ' ');
  g_autofree char *folded = ch_party_name_normalise (flat);
  g_auto(GStrv) words = g_strsplit (folded, " ", -1);
  GString *out = g_string_new (" ");

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *word = words[i];

      for (guint k = 0; k < G_N_ELEMENTS (numerals); k++)
        {
          if (g_str_equal (word, numerals[k].roman))
            word = numerals[k].arabic;
        }
      if (word[0] != '\0')
        g_string_append_printf (out, "%s ", word);
    }

  return g_string_free (out, FALSE);
}

static guint
count_words (const char *words)
{
  guint n = 0;

  for (const char *p = words; p[0] != '\0' && p[1] != '\0'; p++)
    n += *p == ' ';

  return n;
}

/* What is taken by a longer name is not there for a shorter one. */
static gboolean
is_taken (const char *taken,
          gsize       offset,
          gsize       length)
{
  for (gsize i = offset + 1; i < offset + length - 1; i++)
    {
      if (taken[i] != 0)
        return TRUE;
    }

  return FALSE;
}

/* @words within @text, whole; NULL where it is not there, or only within what is taken. */
static const char *
find_words (const char *text,
            const char *words,
            const char *taken)
{
  const char *at = text;

  if (strlen (words) < 3)
    return NULL;
  while ((at = strstr (at, words)) != NULL)
    {
      if (taken == NULL || !is_taken (taken, (gsize)(at - text), strlen (words)))
        return at;
      at++;
    }

  return NULL;
}

/* Whether the word before @at says that a project's name or number follows. */
static gboolean
is_labelled (const char *text,
             const char *at)
{
  const char *start = at;
  g_autofree char *word = NULL;

  while (start > text && start[-1] != ' ')
    start--;
  word = g_strndup (start, (gsize)(at - start));

  return g_strv_contains (labels, word);
}

/* The name without the number and the remark in brackets that directories put into it. */
static char *
dup_bare_name (const ChProject *project)
{
  g_autofree char *name = g_strdup (project->name);
  char *bracket = strchr (name, '(');
  char *number = project->project_number != NULL && project->project_number[0] != '\0'
                 ? strstr (name, project->project_number) : NULL;

  if (bracket != NULL && bracket > name)
    *bracket = '\0';
  if (number != NULL && number < name + strlen (name))
    memset (number, ' ', MIN (strlen (project->project_number), strlen (number)));

  return dup_words (name);
}

static void
note (ChMatch        *match,
      double          score,
      ChMatchReasons  reason)
{
  match->score = match->score > 0 ? MIN (MAX (match->score, score) + BONUS_FURTHER, 1.0) : score;
  match->reasons |= reason;
}

static void
look_for_name (ChMatch     *match,
               const Named *project,
               const char  *text,
               char        *taken)
{
  const char *found = project->whole;
  const char *at = find_words (text, project->whole, taken);
  guint n_words;

  if (at == NULL)
    {
      found = project->bare;
      at = find_words (text, project->bare, taken);
    }
  if (at == NULL)
    return;

  n_words = count_words (found);
  if (n_words >= 2)
    note (match, SCORE_NAME, CH_MATCH_PROJECT_NAME);
  else if (strlen (found) >= LEAST_WORD_LENGTH + 2)
    note (match, is_labelled (text, at) ? SCORE_LABELLED : SCORE_WORD, CH_MATCH_PROJECT_NAME);
  else
    return;
  memset (taken + (at - text), 1, strlen (found));
}

static void
look_for_number (ChMatch     *match,
                 const Named *project,
                 const char  *text)
{
  const char *at = find_words (text, project->number, NULL);

  if (at == NULL || strpbrk (project->number, "0123456789") == NULL)
    return;
  if (strlen (project->number) >= LEAST_NUMBER_LENGTH + 2)
    note (match, SCORE_NUMBER, CH_MATCH_PROJECT_NUMBER);
  else if (is_labelled (text, at))
    note (match, SCORE_LABELLED, CH_MATCH_PROJECT_NUMBER);
}

static void
look_for_address (ChMatch     *match,
                  const Named *project,
                  const char  *text)
{
  if (g_ascii_isdigit (project->address[1]) && count_words (project->address) >= 2 &&
      find_words (text, project->address, NULL) != NULL)
    note (match, SCORE_ADDRESS, CH_MATCH_PROJECT_ADDRESS);
}

static int
compare_name_lengths (gconstpointer a,
                      gconstpointer b)
{
  const Named *left = *(const Named * const *)a;
  const Named *right = *(const Named * const *)b;
  gsize left_length = strlen (left->bare), right_length = strlen (right->bare);

  if (left_length != right_length)
    return left_length > right_length ? -1 : 1;

  return left->id < right->id ? -1 : left->id > right->id;
}

static int
compare_matches (gconstpointer a,
                 gconstpointer b)
{
  const ChMatch *left = *(const ChMatch * const *)a;
  const ChMatch *right = *(const ChMatch * const *)b;

  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;

  return left->project_id < right->project_id ? -1 : left->project_id > right->project_id;
}

static void
named_free (Named *self)
{
  g_free (self->name);
  g_free (self->whole);
  g_free (self->bare);
  g_free (self->number);
  g_free (self->address);
  g_free (self);
}

/* @projects: (element-type ChProject) */
ChProjectNaming *
_ch_project_naming_new (GPtrArray *projects)
{
  ChProjectNaming *self = g_new0 (ChProjectNaming, 1);

  self->projects = g_ptr_array_new_with_free_func ((GDestroyNotify)named_free);
  for (guint i = 0; i < projects->len; i++)
    {
      const ChProject *project = g_ptr_array_index (projects, i);
      Named *named = g_new0 (Named, 1);

      named->id = project->id;
      named->name = g_strdup (project->name);
      named->whole = dup_words (project->name);
      named->bare = dup_bare_name (project);
      named->number = dup_words (project->project_number);
      named->address = dup_words (project->address);
      g_ptr_array_add (self->projects, named);
    }
  g_ptr_array_sort (self->projects, compare_name_lengths);

  return self;
}

void
_ch_project_naming_free (ChProjectNaming *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->projects);
  g_free (self);
}

/* (transfer full) (element-type ChMatch): best first; their phrases are not made yet */
GPtrArray *
_ch_project_naming_find (const ChProjectNaming *self,
                         const char            *text)
{
  GPtrArray *matches = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_match_free);
  g_autofree char *words = dup_words (text);
  g_autofree char *taken = g_new0 (char, strlen (words) + 1);

  for (guint i = 0; i < self->projects->len; i++)
    {
      const Named *project = g_ptr_array_index (self->projects, i);
      ChMatch match = { .project_id = project->id };

      look_for_name (&match, project, words, taken);
      look_for_number (&match, project, words);
      look_for_address (&match, project, words);
      if (match.score > 0)
        {
          match.vendor_name = g_strdup (project->name);
          g_ptr_array_add (matches, g_memdup2 (&match, sizeof match));
        }
    }
  g_ptr_array_sort (matches, compare_matches);

  return matches;
}
