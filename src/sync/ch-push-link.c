#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-session-private.h"

#include <glib/gi18n-lib.h>

#define OUR_TITLE "Insurance:"

/*
 * The write sends the whole list of a project's home links back. Those that others made go back as they were read in
 * the same breath, unchanged and in place; ours is known by its id, or by its address and the start of its title.
 */

static ChLink *
find_ours (GPtrArray            *links,
           const ChSharedRecord *record,
           const char           *url)
{
  ChLink *by_look = NULL;
  guint i;

  for (i = 0; i < links->len; i++)
    {
      ChLink *link = g_ptr_array_index (links, i);

      if (record->procore_id != NULL && g_strcmp0 (link->id, record->procore_id) == 0)
        return link;
      if (g_strcmp0 (link->url, url) == 0 && link->title != NULL && g_str_has_prefix (link->title, OUR_TITLE))
        by_look = link;
    }
  return by_look;
}

/* What a person made of our link is merged like everything else. *send is NULL where nothing is to be written. The desk
 * went on while Procore was asked: the record is read anew. */
static gboolean
look_and_mark (ChRound           *round,
               const ChOutboxRow *row,
               const ChLink      *ours,
               ChFieldSet       **send,
               GError           **error)
{
  g_autoptr (ChSharedRecord) record = ch_store_get_shared (round->store, row->record_id, error);
  g_autoptr (ChFieldSet) remote = NULL;

  if (record == NULL)
    return FALSE;
  if (ours != NULL)
    {
      remote = ch_field_set_new ();
      ch_field_set_set (remote, "title", ours->title);
      /* Found by its look, as an attempt whose answer was lost left it, or another database of this desk's: it is ours,
       * whatever it counts. */
      if (record->base == NULL)
        record->base = ch_field_set_copy (remote);
      if (!ch_store_claim_procore_id (round->store, record, ours->id, error))
        return FALSE;
    }
  if (!_ch_take_remote (round, record, remote, send, error))
    return FALSE;
  if (record->gone || ch_field_set_get_size (*send) == 0)
    {
      g_clear_pointer (send, ch_field_set_free);
      return ch_store_outbox_confirm (round->store, record->id, error);
    }
  return ch_store_outbox_mark_sending (round->store, record->id, *send, error);
}

static const char *
find_id (GPtrArray  *links,
         const char *title,
         const char *url)
{
  guint i;

  for (i = 0; i < links->len; i++)
    {
      const ChLink *link = g_ptr_array_index (links, i);

      if (g_strcmp0 (link->title, title) == 0 && g_strcmp0 (link->url, url) == 0)
        return link->id;
    }
  return NULL;
}

/*< private > */
gboolean
_ch_push_link (ChRound           *round,
               const ChOutboxRow *row,
               GError           **error)
{
  g_autoptr (ChSharedRecord) record = ch_store_get_shared (round->store, row->record_id, error);
  g_autofree char *url = ch_place_dup_documents_page (ch_procore_get_place (round->procore), row->project_id);
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GPtrArray) written = NULL;
  g_autoptr (ChFieldSet) send = NULL;
  const char *title;
  ChLink *ours;
  GError *cause = NULL;

  if (record == NULL)
    return FALSE;

  links = ch_procore_list_links (round->procore, row->project_id, round->cancellable, &cause);
  if (links == NULL)
    return _ch_attempt_failed (round, row, CH_STAGE_LOOK, _ ("home links"), cause, error);
  ours = find_ours (links, record, url);
  if (!_ch_round_begin (round, error) || !_ch_round_end (round, look_and_mark (round, row, ours, &send, error), error))
    return FALSE;
  if (send == NULL)
    return TRUE;

  title = ch_field_set_get (send, "title");
  if (ours == NULL)
    {
      g_ptr_array_add (links, ch_link_new (NULL, title, url));
    }
  else
    {
      g_free (ours->title);
      g_free (ours->url);
      ours->title = g_strdup (title);
      ours->url = g_strdup (url);
    }
  written = ch_procore_update_links (round->procore, row->project_id, links, round->cancellable, &cause);
  if (written == NULL)
    return _ch_attempt_failed (round, row, CH_STAGE_WRITE, _ ("home links"), cause, error);

  round->summary->pushed_links++;
  return _ch_round_begin (round, error)
         && _ch_round_end (round, _ch_confirm (round, row->record_id, send, NULL, find_id (written, title, url), error), error);
}
