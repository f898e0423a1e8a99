#define G_LOG_DOMAIN "ch-ctl"

#include "config.h"

#include "ch-ctl-watched.h"

#include "ch-ctl-output.h"
#include "ch-interchange.h"
#include "ch-watched-folder.h"

struct _ChCtlWatched
{
  ChCtl           *ctl;       /* (unowned) */
  ChDeskWorker    *desk;
  ChReader        *reader;
  ChWatchedFolder *folder;
};

static void
print (ChCtlWatched *self,
       const char   *what,
       JsonObject   *detail)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, detail);
  text = ch_json_print (node, FALSE);
  ch_ctl_print_event (self->ctl, what, text);
}

static void
on_taken_cb (ChWatchedFolder *folder,
             const char      *file_name,
             GPtrArray       *filed,
             const char      *problem,
             ChCtlWatched    *self)
{
  JsonObject *detail = json_object_new ();
  JsonArray *certificates = json_array_new ();
  guint i;

  json_object_set_string_member (detail, "file", file_name);
  for (i = 0; filed != NULL && i < filed->len; i++)
    {
      const ChFiledCertificate *one = g_ptr_array_index (filed, i);
      JsonObject *record = json_object_new ();

      json_object_set_string_member (record, "certificate", one->uuid);
      if (one->vendor_id != 0)
        json_object_set_int_member (record, "sub", one->vendor_id);
      ch_ctl_set_text (record, "matched_by", one->matched_by);
      json_object_set_string_member (record, "status", ch_review_state_to_string (one->review));
      ch_ctl_set_text (record, "duplicate", ch_duplicate_to_string (one->duplicate));
      json_array_add_object_element (certificates, record);
    }
  json_object_set_array_member (detail, "certificates", certificates);
  ch_ctl_set_text (detail, "problem", problem);
  print (self, "taken", detail);
}

static void
on_changed_cb (ChWatchedFolder *folder,
               ChCtlWatched    *self)
{
  JsonObject *detail = json_object_new ();

  ch_ctl_set_text (detail, "folder", ch_watched_folder_get_path (folder));
  ch_ctl_set_text (detail, "problem", ch_watched_folder_get_problem (folder));
  print (self, "watched_folder", detail);
}

/**
 * ch_ctl_watched_begin:
 * @ctl: the context, which must live longer
 * @error: a %CH_STORE_ERROR
 *
 * Begins to take in what is dropped into the watched folder, where one is set.
 *
 * Returns: (transfer full) (nullable): to be ended
 */
ChCtlWatched *
ch_ctl_watched_begin (ChCtl   *ctl,
                      GError **error)
{
  g_autofree char *who = g_strconcat ("desk:", g_get_user_name (), NULL);
  g_autoptr (ChDeskWorker) desk
    = ch_desk_worker_new (ch_ctl_get_data_dir (ctl), ch_ctl_get_hub (ctl), ch_ctl_get_clock (ctl, NULL), who, error);
  ChCtlWatched *self;

  if (desk == NULL)
    return NULL;

  self = g_new0 (ChCtlWatched, 1);
  self->ctl = ctl;
  self->desk = g_steal_pointer (&desk);
  self->reader = ch_reader_new ();
  self->folder = ch_watched_folder_new (self->desk, self->reader, ch_ctl_get_hub (ctl));
  g_signal_connect (self->folder, "taken", G_CALLBACK (on_taken_cb), self);
  g_signal_connect (self->folder, "changed", G_CALLBACK (on_changed_cb), self);
  return self;
}

/**
 * ch_ctl_watched_end:
 * @self: (nullable): what was begun
 */
void
ch_ctl_watched_end (ChCtlWatched *self)
{
  if (self == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->folder, self);
  ch_watched_folder_close (self->folder);
  ch_reader_close (self->reader);
  ch_desk_worker_close (self->desk);
  g_object_unref (self->folder);
  g_object_unref (self->reader);
  g_object_unref (self->desk);
  g_free (self);
}
