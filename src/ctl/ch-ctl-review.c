#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl.h"

#include "ch-ctl-output.h"
#include "ch-desk-review.h"

#include <glib/gi18n-lib.h>

#define SYNOPSIS "review CERT [--approve|--reject WHY|--reopen] [--set FIELD=VALUE]… [--remove ENTRY]… [--sub ID] [--project ID]…"

/* What the words ask for. */
typedef struct {
  gboolean    approve;
  gboolean    reopen;
  char       *why;
  char      **sets;
  char      **removals;
  char       *sub;
  char      **projects;
  GHashTable *corrections;
  gint64      vendor_id;
  GArray     *project_ids;
} Request;

static void
request_clear (Request *self)
{
  g_free (self->why);
  g_free (self->sub);
  g_strfreev (self->sets);
  g_strfreev (self->removals);
  g_strfreev (self->projects);
  g_clear_pointer (&self->corrections, g_hash_table_unref);
  g_clear_pointer (&self->project_ids, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, request_clear)

static gboolean
parse_corrections (Request *self,
                   GError **error)
{
  guint i;

  self->corrections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (i = 0; self->sets != NULL && self->sets[i] != NULL; i++)
    {
      const char *equals = strchr (self->sets[i], '=');

      if (equals == NULL || equals == self->sets[i])
        {
          g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE,
                       _ ("“--set %s” says no value: write --set FIELD=VALUE"), self->sets[i]);
          return FALSE;
        }
      g_hash_table_insert (self->corrections, g_strndup (self->sets[i], equals - self->sets[i]), g_strdup (equals + 1));
    }
  for (i = 0; self->removals != NULL && self->removals[i] != NULL; i++)
    {
      if (!g_str_has_suffix (self->removals[i], "]"))
        {
          g_set_error (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE,
                       _ ("“--remove %s” names no entry: write it like --remove policies[1]"), self->removals[i]);
          return FALSE;
        }
      g_hash_table_insert (self->corrections, g_strdup (self->removals[i]), NULL);
    }
  return TRUE;
}

static gboolean
parse_request (Request *self,
               int     *argc,
               char  ***argv,
               GError **error)
{
  const GOptionEntry entries[] = {
    { "approve", 0, 0, G_OPTION_ARG_NONE, &self->approve, NULL, NULL },
    { "reject", 0, 0, G_OPTION_ARG_STRING, &self->why, NULL, NULL },
    { "reopen", 0, 0, G_OPTION_ARG_NONE, &self->reopen, NULL, NULL },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->sets, NULL, NULL },
    { "remove", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->removals, NULL, NULL },
    { "sub", 0, 0, G_OPTION_ARG_STRING, &self->sub, NULL, NULL },
    { "project", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->projects, NULL, NULL },
    { NULL }
  };

  if (!ch_ctl_parse (SYNOPSIS, entries, argc, argv, error) || !parse_corrections (self, error)
      || (self->sub != NULL && !ch_ctl_parse_id (self->sub, "--sub", &self->vendor_id, error)))
    return FALSE;
  self->project_ids = ch_ctl_parse_ids (self->projects, "--project", error);
  if (self->project_ids == NULL)
    return FALSE;

  if (*argc != 2 || self->approve + (self->why != NULL) + self->reopen > 1)
    {
      g_set_error_literal (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE,
                           _ ("give one certificate and at most one of --approve, --reject WHY and --reopen"));
      return FALSE;
    }
  if (!self->approve && self->why == NULL && !self->reopen && self->sub == NULL && self->project_ids->len == 0
      && g_hash_table_size (self->corrections) == 0)
    {
      g_set_error_literal (error, CH_CTL_ERROR, CH_CTL_ERROR_USAGE,
                           _ ("say what to do: --approve, --reject WHY, --reopen, --set, --remove, --sub or --project"));
      return FALSE;
    }
  return TRUE;
}

/* Whose it is first, since nothing is approved before that is known. */
static gboolean
act (ChDesk                   *desk,
     const ChFiledCertificate *filed,
     const Request            *request,
     GError                  **error)
{
  gboolean decides = request->approve || request->why != NULL || request->reopen;
  ChReviewState decision = request->approve  ? CH_REVIEW_APPROVED
                           : request->reopen ? CH_REVIEW_PENDING
                                             : CH_REVIEW_REJECTED;

  if ((request->sub != NULL || request->project_ids->len > 0)
      && !ch_desk_assign_certificate (desk, filed->id, request->sub != NULL ? request->vendor_id : filed->vendor_id,
                                      request->project_ids->len > 0 ? request->project_ids : filed->project_ids, error))
    return FALSE;
  if (decides)
    return ch_desk_review_certificate (desk, filed->id, decision, request->why, request->corrections, error);

  return g_hash_table_size (request->corrections) == 0
         || ch_desk_correct_certificate (desk, filed->id, request->corrections, error);
}

/* One act, whatever it consists of: all of it is done, or nothing. */
static gboolean
act_as_one (ChCtl                    *ctl,
            const ChFiledCertificate *filed,
            const Request            *request,
            GError                  **error)
{
  ChDesk *desk = ch_ctl_get_desk (ctl, error);
  ChStore *store = ch_desk_get_store (desk);

  if (!ch_store_begin (store, ch_desk_get_who (desk), ch_clock_now (ch_desk_get_clock (desk)), error))
    return FALSE;
  if (act (desk, filed, request, error))
    return ch_store_commit (store, error);

  ch_store_rollback (store);
  return FALSE;
}

static JsonObject *
make_record (const ChFiledCertificate *filed)
{
  JsonObject *record = json_object_new ();

  json_object_set_string_member (record, "certificate", filed->uuid);
  json_object_set_string_member (record, "status", ch_review_state_to_string (filed->review));
  if (filed->vendor_id != 0)
    json_object_set_int_member (record, "sub", filed->vendor_id);
  ch_ctl_set_text (record, "first_approved_by", filed->first_approved_by);
  return record;
}

/**
 * ch_ctl_review:
 * @ctl: the context
 * @argc: the number of words
 * @argv: the words
 * @error: what is wrong with the words, or why the decision can't be stored
 *
 * `review CERT --approve|--reject WHY [--set FIELD=VALUE]…`: the reviewer's decision. `--reopen` takes one back; without
 * a decision the values that are set are kept and the certificate stays under review; `--sub` and `--project` say whose
 * it is.
 *
 * Returns: the exit status; %CH_EXIT_NEEDS_PERSON where an approval waits for a second person
 */
ChExit
ch_ctl_review (ChCtl   *ctl,
               int      argc,
               char   **argv,
               GError **error)
{
  g_autoptr (ChFiledCertificate) filed = NULL;
  g_autoptr (ChFiledCertificate) after = NULL;
  g_auto (Request) request = { FALSE };
  ChDesk *desk;

  if (!parse_request (&request, &argc, &argv, error))
    return CH_EXIT_USAGE;

  desk = ch_ctl_get_desk (ctl, error);
  if (desk == NULL)
    return CH_EXIT_LOCAL;
  filed = ch_store_find_certificate (ch_desk_get_store (desk), argv[1], error);
  if (filed == NULL)
    return CH_EXIT_USAGE;

  if (!act_as_one (ctl, filed, &request, error))
    return CH_EXIT_LOCAL;
  after = ch_store_get_certificate (ch_desk_get_store (desk), filed->id, error);
  if (after == NULL)
    return CH_EXIT_LOCAL;

  ch_ctl_print_record (ch_ctl_wants_json (ctl), make_record (after));
  return request.approve && after->review == CH_REVIEW_PENDING ? CH_EXIT_NEEDS_PERSON : CH_EXIT_DONE;
}
