#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-office.h"

#include "ch-certificate-item.h"
#include "ch-conflict-item.h"
#include "ch-project-item.h"
#include "ch-sub-item.h"

/* How often other processes on the same database are looked for; cheap. */
#define POLL_OTHERS_SECONDS 2

#define BIT(kind) (1u << CH_KIND_ ## kind)

struct _ChOffice
{
  GObject       parent_instance;

  ChChangeHub  *hub;
  guint         subscription;
  ChClock      *clock;
  ChStore      *store;
  ChDeskWorker *desk;
  ChReader     *reader;
  ChWatchedFolder *folder;
  ChAccount    *account;
  ChCollection *projects;
  ChCollection *subs;
  ChCollection *certificates;
  ChCollection *conflicts;
  guint         poll_id;
  ChDate        today;
  gint64        today_minute;   /* of the Unix epoch, for which @today holds */
};

enum {
  STORE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChOffice, ch_office, G_TYPE_OBJECT)

static void
ch_office_dispose (GObject *object)
{
  ChOffice *self = (ChOffice *)object;

  g_assert (self->store == NULL);   /* ch_office_close() came first */
  g_clear_object (&self->projects);
  g_clear_object (&self->subs);
  g_clear_object (&self->certificates);
  g_clear_object (&self->conflicts);
  g_clear_object (&self->account);
  g_clear_object (&self->folder);
  g_clear_object (&self->reader);
  g_clear_object (&self->desk);
  g_clear_object (&self->clock);
  g_clear_object (&self->hub);

  G_OBJECT_CLASS (ch_office_parent_class)->dispose (object);
}

static void
ch_office_class_init (ChOfficeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ch_office_dispose;

  signals[STORE_CHANGED] = g_signal_new ("store-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_ARRAY);
}

static void
ch_office_init (ChOffice *self)
{
  self->hub = ch_change_hub_new ();
}

static void
on_store_changed_cb (ChKind    kind,
                     GArray   *ids,
                     gpointer  user_data)
{
  ChOffice *self = user_data;

  ch_collection_note_change (self->projects, kind);
  ch_collection_note_change (self->subs, kind);
  ch_collection_note_change (self->certificates, kind);
  ch_collection_note_change (self->conflicts, kind);
  g_signal_emit (self, signals[STORE_CHANGED], 0, (guint)kind, ids);
}

static gboolean
on_poll_cb (gpointer user_data)
{
  ChOffice *self = user_data;

  ch_store_poll_others (self->store);
  return G_SOURCE_CONTINUE;
}

static void
make_collections (ChOffice *self)
{
  self->projects = ch_collection_new (self->desk, ch_project_items_load,
                                      BIT (PROJECT) | BIT (MEMBERSHIP) | BIT (VERDICT), 0);
  self->subs = ch_collection_new (self->desk, ch_sub_items_load, BIT (VENDOR) | BIT (VERDICT), 0);
  self->certificates = ch_collection_new (self->desk, ch_certificate_items_load, BIT (CERTIFICATE) | BIT (VENDOR),
                                          0);
  self->conflicts = ch_collection_new (self->desk, ch_conflict_items_load, BIT (CONFLICT), 0);

  ch_collection_reload (self->projects);
  ch_collection_reload (self->subs);
  ch_collection_reload (self->certificates);
  ch_collection_reload (self->conflicts);
}

/**
 * ch_office_new:
 * @data_dir: where the database and the documents live; made if it is not there
 * @error: a %CH_STORE_ERROR, or where `CERTHOLDER_NOW` is no instant
 *
 * Returns: (transfer full) (nullable): the office, open; the account is not started yet
 */
ChOffice *
ch_office_new (const char  *data_dir,
               GError     **error)
{
  g_autoptr(ChOffice) self = NULL;
  g_autofree char *who = g_strconcat ("desk:", g_get_user_name (), NULL);

  g_return_val_if_fail (data_dir != NULL, NULL);

  self = g_object_new (CH_TYPE_OFFICE, NULL);
  self->clock = ch_clock_new_from_environment (error);
  if (self->clock == NULL)
    return NULL;
  self->store = ch_store_open (data_dir, self->hub, error);
  if (self->store == NULL)
    return NULL;
  self->desk = ch_desk_worker_new (data_dir, self->hub, self->clock, who, error);
  if (self->desk == NULL)
    {
      ch_store_close (self->store);
      g_clear_object (&self->store);
      return NULL;
    }

  self->reader = ch_reader_new ();
  self->folder = ch_watched_folder_new (self->desk, self->reader, self->hub);
  self->account = ch_account_new (self->store, self->desk, self->hub, self->clock);
  make_collections (self);
  self->subscription = ch_change_hub_subscribe (self->hub, on_store_changed_cb, self, NULL);
  self->poll_id = g_timeout_add_seconds (POLL_OTHERS_SECONDS, on_poll_cb, self);

  return g_steal_pointer (&self);
}

/**
 * ch_office_close:
 * @self: an office
 *
 * Ends everything that runs. Acts that were asked for are done first.
 */
void
ch_office_close (ChOffice *self)
{
  g_return_if_fail (CH_IS_OFFICE (self));

  if (self->store == NULL)
    return;

  g_clear_handle_id (&self->poll_id, g_source_remove);
  ch_change_hub_unsubscribe (self->hub, self->subscription);
  ch_collection_close (self->projects);
  ch_collection_close (self->subs);
  ch_collection_close (self->certificates);
  ch_collection_close (self->conflicts);
  ch_account_stop (self->account);
  ch_watched_folder_close (self->folder);
  ch_reader_close (self->reader);
  ch_desk_worker_close (self->desk);
  ch_store_close (self->store);
  g_clear_object (&self->store);
}

ChStore *
ch_office_get_store (ChOffice *self)
{
  g_return_val_if_fail (CH_IS_OFFICE (self), NULL);

  return self->store;
}

ChDeskWorker *
ch_office_get_desk (ChOffice *self)
{
  g_return_val_if_fail (CH_IS_OFFICE (self), NULL);

  return self->desk;
}

ChReader *
ch_office_get_reader (ChOffice *self)
{
  g_return_val_if_fail (CH_IS_OFFICE (self), NULL);

  return self->reader;
}

ChWatchedFolder *
ch_office_get_watched_folder (ChOffice *self)
{
  g_return_val_if_fail (CH_IS_OFFICE (self), NULL);

  return self->folder;
}

ChAccount *
ch_office_get_account (ChOffice *self)
{
  g_return_val_if_fail (CH_IS_OFFICE (self), NULL);

  return self->account;
}

ChCollection *
ch_office_get_projects (ChOffice *self)
{
  g_return_val_if_fail (CH_IS_OFFICE (self), NULL);

  return self->projects;
}

ChCollection *
ch_office_get_subs (ChOffice *self)
{
  g_return_val_if_fail (CH_IS_OFFICE (self), NULL);

  return self->subs;
}

ChCollection *
ch_office_get_certificates (ChOffice *self)
{
  g_return_val_if_fail (CH_IS_OFFICE (self), NULL);

  return self->certificates;
}

ChCollection *
ch_office_get_conflicts (ChOffice *self)
{
  g_return_val_if_fail (CH_IS_OFFICE (self), NULL);

  return self->conflicts;
}

gint64
ch_office_get_now (ChOffice *self)
{
  g_return_val_if_fail (CH_IS_OFFICE (self), 0);

  return ch_clock_now (self->clock);
}

/**
 * ch_office_get_today:
 * @self: an office
 *
 * Returns: today in the company's time zone; worked out once a minute, since every row of a list asks
 */
ChDate
ch_office_get_today (ChOffice *self)
{
  gint64 minute;

  g_return_val_if_fail (CH_IS_OFFICE (self), CH_DATE_NONE);

  minute = ch_clock_now (self->clock) / G_USEC_PER_SEC / 60;
  if (minute != self->today_minute)
    {
      g_autofree char *zone = self->store != NULL ? ch_store_dup_state (self->store, "company_tz", NULL) : NULL;

      self->today = ch_clock_today (self->clock, zone);
      self->today_minute = minute;
    }

  return self->today;
}
