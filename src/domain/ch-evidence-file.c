#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-evidence-file-private.h"
#include "ch-form-number.h"

/* Carriers have forms of their own beside ISO's; those are known by the words of their title. */

#define N_FORMS 4
#define N_TITLES 3
#define N_WORDS 2
#define N_OTHER_WORDS 3
/* "waiver" */
#define SHORTEST_TITLE_WORD 6
/* Longer than any number or title that a requirement asks for by name; longer ones are compared all the same. */
#define ASKED_SIZE 128

typedef struct {
  ChFormNumber number;
  guint        entry;     /* its place in the certificate's endorsements */
} ChListedForm;

/**
 * Right:
 * @forms: numbers of ISO's and NCCI's forms, with an edition where only that one gives it
 * @titles: words that the title of a carrier's own form must hold, all of one row
 * @not_forms: numbers of forms whose title may sound like it
 * @not_words: words of a title that make it another line's
 */
typedef struct {
  ChFormNumber  forms[N_FORMS];
  const char   *titles[N_TITLES][N_WORDS];
  ChFormNumber  not_forms[N_FORMS];
  const char   *not_words[N_OTHER_WORDS];
} Right;

/* CG 20 37 is for completed operations only; CG 20 10, 20 33 and 20 38 never give them, but for 20 10's first edition. */
#define COMPLETED_ONLY { { "CG2037", "" } }
#define ONGOING_ONLY { { "CG2010", "" }, { "CG2033", "" }, { "CG2038", "" } }

static const Right rights[CH_N_RIGHTS] = {
  [CH_RIGHT_ADDITIONAL_INSURED] = {
    { { "CG2010", "" }, { "CG2038", "" }, { "CG2033", "" } }, { { "additional insured" } }, COMPLETED_ONLY, { NULL }
  },
  [CH_RIGHT_AUTO_ADDITIONAL_INSURED] = {
    { { "CA2048", "" } }, { { "additional insured" } }, ONGOING_ONLY, { NULL }
  },
  [CH_RIGHT_COMPLETED_OPERATIONS] = {
    { { "CG2037", "" }, { "CG2010", "1185" } }, { { "additional insured", "completed operations" } }, ONGOING_ONLY,
    { NULL }
  },
  [CH_RIGHT_PRIMARY] = {
    { { "CG2001", "" } }, { { "primary", "noncontributory" }, { "primary", "non contributory" } }, { { "", "" } },
    { NULL }
  },
  [CH_RIGHT_GENERAL_WAIVER] = {
    { { "CG2404", "" } }, { { "waiver of subrogation" }, { "waiver of transfer of rights" } }, { { "", "" } },
    { "workers", "auto", "automobile" }
  },
  [CH_RIGHT_AUTO_WAIVER] = {
    { { "CA0444", "" } }, { { "waiver of subrogation", "auto" }, { "waiver of transfer of rights", "auto" } },
    { { "", "" } }, { NULL }
  },
  [CH_RIGHT_WORKERS_WAIVER] = {
    { { "WC000313", "" }, { "WC040306", "" } },
    { { "waiver of subrogation", "workers" }, { "waiver of our right to recover" } }, { { "", "" } }, { NULL }
  },
};

static gboolean
is_form (const ChFormNumber *have,
         const ChFormNumber *want)
{
  return strcmp (have->number, want->number) == 0
         && (want->edition[0] == '\0' || strcmp (have->edition, want->edition) == 0);
}

/* Whether the entry names one of the forms. */
static gboolean
names_one_of (const ChEvidenceFile *self,
              guint                 entry,
              const ChFormNumber    forms[N_FORMS])
{
  guint i;
  guint k;

  for (i = 0; i < self->forms->len; i++)
    {
      const ChListedForm *listed = &g_array_index (self->forms, ChListedForm, i);

      for (k = 0; listed->entry == entry && k < N_FORMS && forms[k].number[0] != '\0'; k++)
        {
          if (is_form (&listed->number, &forms[k]))
            return TRUE;
        }
    }

  return FALSE;
}

static gboolean
has_title (const ChEvidenceFile *self,
           guint                 entry,
           const Right          *right)
{
  const char *text = g_ptr_array_index (self->certificate->endorsements, entry);
  guint i;
  guint j;

  for (i = 0; i < N_TITLES && right->titles[i][0] != NULL; i++)
    {
      for (j = 0; j < N_WORDS && right->titles[i][j] != NULL; j++)
        {
          if (!ch_form_title_has (text, right->titles[i][j]))
            break;
        }
      if (j == N_WORDS || right->titles[i][j] == NULL)
        break;
    }
  if (i == N_TITLES || right->titles[i][0] == NULL || names_one_of (self, entry, right->not_forms))
    return FALSE;

  for (i = 0; i < N_OTHER_WORDS && right->not_words[i] != NULL; i++)
    {
      if (ch_form_title_has (text, right->not_words[i]))
        return FALSE;
    }

  return TRUE;
}

/* A title has long words; most entries are a number alone. */
static gboolean
may_have_title (const char *entry)
{
  guint run = 0;

  for (; *entry != '\0' && run < SHORTEST_TITLE_WORD; entry++)
    run = g_ascii_isalpha (*entry) ? run + 1 : 0;

  return run == SHORTEST_TITLE_WORD;
}

static void
find_right (ChEvidenceFile *self,
            ChRight         which)
{
  guint i;

  for (i = 0; i < self->certificate->endorsements->len; i++)
    {
      if (names_one_of (self, i, rights[which].forms))
        {
          self->own[which] = NULL;
          self->has_form[which] = TRUE;
          return;
        }
      if (self->own[which] == NULL
          && may_have_title (g_ptr_array_index (self->certificate->endorsements, i))
          && has_title (self, i, &rights[which]))
        self->own[which] = g_ptr_array_index (self->certificate->endorsements, i);
    }
  self->has_form[which] = self->own[which] != NULL;
}

static void
list_forms (ChEvidenceFile *self)
{
  guint i;

  for (i = 0; i < self->certificate->endorsements->len; i++)
    {
      const char *entry = g_ptr_array_index (self->certificate->endorsements, i);
      ChListedForm listed = { .entry = i };

      if (ch_form_number_read (entry, &listed.number))
        g_array_append_val (self->forms, listed);
      while (ch_form_number_next (&entry, &listed.number))
        g_array_append_val (self->forms, listed);
    }
}

/**
 * ch_evidence_file_new:
 * @certificate: borrowed
 *
 * Returns: (transfer full): what it says
 */
ChEvidenceFile *
ch_evidence_file_new (const ChCertificate *certificate)
{
  ChEvidenceFile *self;
  int right;

  g_return_val_if_fail (certificate != NULL, NULL);

  self = g_new0 (ChEvidenceFile, 1);
  self->certificate = certificate;
  self->forms = g_array_new (FALSE, FALSE, sizeof (ChListedForm));
  ch_wording_read (certificate->description_of_operations, &self->wording);
  list_forms (self);
  for (right = 0; right < CH_N_RIGHTS; right++)
    find_right (self, (ChRight) right);

  return self;
}

void
ch_evidence_file_free (ChEvidenceFile *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->forms);
  g_free (self);
}

/* @asked: one of the alternatives */
static gboolean
meets_one (const ChEvidenceFile *self,
           const char           *asked)
{
  GPtrArray *endorsements = self->certificate->endorsements;
  ChFormNumber want;
  guint i;

  if (ch_form_number_read (asked, &want))
    {
      for (i = 0; i < self->forms->len; i++)
        {
          if (is_form (&g_array_index (self->forms, ChListedForm, i).number, &want))
            return TRUE;
        }

      return FALSE;
    }

  for (i = 0; i < endorsements->len; i++)
    {
      if (ch_form_number_meets (g_ptr_array_index (endorsements, i), asked))
        return TRUE;
    }

  return FALSE;
}

/* Whether the certificate lists a form that meets @asked, as ch_form_number_meets() understands it. */
gboolean
_ch_evidence_file_has_form (const ChEvidenceFile *self,
                            const char           *asked)
{
  char one[ASKED_SIZE];

  for (;;)
    {
      const char *bar = strchr (asked, '|');
      gsize length = bar != NULL ? (gsize) (bar - asked) : strlen (asked);
      g_autofree char *longer = length < sizeof one ? NULL : g_strndup (asked, length);

      if (longer == NULL)
        g_strlcpy (one, asked, MIN (length + 1, sizeof one));
      if (meets_one (self, longer != NULL ? longer : one))
        return TRUE;
      if (bar == NULL)
        return FALSE;
      asked = bar + 1;
    }
}
