#include "config.h"

#include "sim-world.h"

#include "sim-acts.h"

#include "ch-sandbox-private.h"
#include "ch-store-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define HOST "http://127.0.0.1:1"

/* The instant at which every world begins: noon in New York. */
#define BEGINNING "2026-11-23T17:00:00Z"

gint64
sim_world_now (SimWorld *self)
{
  return ch_clock_now (CH_CLOCK (self->clock));
}

void
sim_world_advance (SimWorld *self,
                   gint64    seconds)
{
  test_clock_set (self->clock, sim_world_now (self) + seconds * G_USEC_PER_SEC);
}

/* One of n; n 0 is 0. */
guint
sim_world_pick (SimWorld *self,
                guint     n)
{
  return n > 0 ? (guint) g_rand_int_range (self->rand, 0, (gint32) n) : 0;
}

static void
add_to_trace (SimWorld   *self,
              const char *text)
{
  g_checksum_update (self->trace, (const guchar *) text, -1);
  g_checksum_update (self->trace, (const guchar *) "\n", 1);
}

void
sim_world_tell (SimWorld   *self,
                const char *format,
                ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  add_to_trace (self, text);
  if (self->is_loud)
    g_print ("#   %s\n", text);
}

void
sim_world_fail (SimWorld   *self,
                const char *format,
                ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  if (self->is_loud)
    g_print ("#   BROKEN: %s\n", text);
  if (self->failure == NULL)
    {
      self->failure = g_steal_pointer (&text);
      self->rule = format;
    }
}

static gboolean
is_past_last_commit (SimWorld *self)
{
  return self->break_commit > 0 && self->n_commit >= self->break_commit;
}

/* Each access to the database: the program may end there, or the access may fail. */
static int
on_step (const char *name,
         gpointer    user_data)
{
  SimWorld *self = user_data;

  if (self->is_looking)
    return SQLITE_OK;
  self->n_step++;
  if (self->n_step == self->break_step || is_past_last_commit (self))
    {
      sim_world_tell (self, "ends at %s", name);
      sim_transport_break (self->transport);
    }
  if (sim_transport_is_broken (self->transport))
    return SQLITE_IOERR;
  if (self->n_step == self->fail_step)
    {
      sim_world_tell (self, "fails at %s", name);
      return SQLITE_IOERR;
    }
  self->n_commit += g_str_equal (name, "commit") && ch_store_in_transaction (self->store);
  return SQLITE_OK;
}

/* What is to happen while this request is on its way: people and the desk go on while Procore is asked. */
static void
do_inside (SimWorld *self)
{
  guint i;

  for (i = 0; i < self->inside->len; i++)
    {
      SimAct *act = g_ptr_array_index (self->inside, i);

      if (act->at != (int) self->n_request)
        continue;
      g_ptr_array_remove_index (self->inside, i--);
      sim_act_do (act, self);
    }
}

static gboolean
on_request (const ChRequest  *request,
            SimStage          stage,
            const ChResponse *answer,
            gpointer          user_data)
{
  static const char *const stages[] = { "→", "·", "←" };
  SimWorld *self = user_data;
  const char *path = strchrnul (strstr (request->url, "://") + 3, '/');
  gboolean ends;

  if (stage == SIM_STAGE_SENT)
    {
      self->n_request++;
      sim_world_tell (self, "%u %s %s %s", self->n_request, stages[stage], request->method, path);
      if (self->store != NULL && ch_store_in_transaction (self->store))
        sim_world_fail (self, "a transaction is open while Procore is asked: %s %s", request->method, path);
      do_inside (self);
    }
  else if (answer->status >= 300)
    {
      sim_world_tell (self, "%u %s %u", self->n_request, stages[stage], answer->status);
    }
  sim_ledger_watch (self->ledger, self, request, stage, answer);

  if (self->n_request == self->cancel_request && stage == (self->break_when_done ? SIM_STAGE_DONE : SIM_STAGE_SENT))
    g_cancellable_cancel (self->cancellable);
  if (is_past_last_commit (self) && stage == SIM_STAGE_SENT)
    {
      sim_world_tell (self, "ends after transaction %u", self->n_commit);
      return TRUE;
    }
  ends = self->n_request == self->break_request && stage == (self->break_when_done ? SIM_STAGE_DONE : SIM_STAGE_SENT);
  if (ends)
    sim_world_tell (self, "ends %s request %u", self->break_when_done ? "after" : "before", self->n_request);
  return ends;
}

static void
require (SimWorld *self)
{
  g_autoptr (ChStoredRequirementSet) set = NULL;
  g_autoptr (ChRequirementAssignment) place = NULL;
  g_autoptr (GError) error = NULL;

  set = ch_desk_import_requirements (self->desk,
                                     "{\"schema\":1,\"name\":\"Standard\",\"warning_days\":10,\"coverages\":"
                                     "{\"general_liability\":{\"minimum\":{\"each_occurrence\":1000000}}}}",
                                     &error);
  g_assert_no_error (error);
  place = ch_requirement_assignment_new (CH_SCOPE_COMPANY, NULL, 0, 0, 0);
  ch_desk_assign_requirements (self->desk, set->id, place, &error);
  g_assert_no_error (error);
}

/* Two projects, three subs, two contracts; somebody else's link and insurance record. */
static void
make_company (ChSandbox *sandbox)
{
  static const char *const names[] = { "Keystone Electric LLC", "Beacon Roofing Inc", "Cedar Drywall LLC" };
  gint64 vendors[3];
  gint64 projects[2];
  JsonObject *others;
  guint i;

  for (i = 0; i < 3; i++)
    vendors[i] = _ch_record_id (_ch_add_vendor (sandbox, names[i]), "id");
  projects[0] = _ch_record_id (_ch_add_project (sandbox, "Riverside Tower", "course_of_construction", "America/New_York"), "id");
  projects[1] = _ch_record_id (_ch_add_project (sandbox, "Harbor School", "course_of_construction", "America/Denver"), "id");
  _ch_add_membership (sandbox, projects[0], vendors[0]);
  _ch_add_membership (sandbox, projects[0], vendors[1]);
  _ch_add_membership (sandbox, projects[1], vendors[0]);
  _ch_add_membership (sandbox, projects[1], vendors[2]);
  _ch_add_commitment (sandbox, projects[0], vendors[0], "work_order_contract", "Electrical");
  _ch_add_commitment (sandbox, projects[1], vendors[2], "purchase_order_contract", "Drywall");
  _ch_add_link (sandbox, projects[0], "Camera", "https://camera.example/");
  others = _ch_add_insurance (sandbox, 0, vendors[1]);
  json_object_set_string_member (others, "origin_id", "erp:77");
  json_object_set_string_member (others, "policy_number", "ERP-77");
}

#define DATABASE "certholder.db"

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_remove (child);
    }
  g_rmdir (path);
}

static void
copy_file (const char *from,
           const char *to)
{
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &content, &length, NULL));
  g_assert_true (g_file_set_contents_full (to, content, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

char *
sim_world_make_empty (const char *dir)
{
  g_autofree char *scratch = g_build_filename (dir, "scratch", NULL);
  g_autofree char *database = g_build_filename (scratch, DATABASE, NULL);
  char *empty = g_build_filename (dir, "empty.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChStore) store = ch_store_open (scratch, NULL, &error);

  g_assert_no_error (error);
  ch_store_close (store);
  copy_file (database, empty);
  remove_tree (scratch);
  return empty;
}

SimWorld *
sim_world_new (guint32     seed,
               const char *dir,
               const char *empty,
               gboolean    is_loud)
{
  SimWorld *self = g_new0 (SimWorld, 1);
  g_autofree char *database = g_build_filename (dir, DATABASE, NULL);

  g_mkdir (dir, 0700);
  copy_file (empty, database);

  /* uuids and jitter come from here. */
  g_random_set_seed (seed);
  self->seed = seed;
  self->is_loud = is_loud;
  self->rand = g_rand_new_with_seed (seed);
  self->dir = g_strdup (dir);
  self->trace = g_checksum_new (G_CHECKSUM_SHA256);
  self->inside = g_ptr_array_new ();
  self->clock = test_clock_new (BEGINNING);
  self->sandbox = ch_sandbox_new_empty ();
  ch_sandbox_set_now (self->sandbox, sim_world_now (self));
  ch_sandbox_set_limits (self->sandbox, 1000000, 1000000);
  ch_sandbox_tell (self->sandbox, FALSE);
  make_company (self->sandbox);
  self->ledger = sim_ledger_new (self->sandbox);
  self->transport = sim_transport_new (self->sandbox, self->clock, g_rand_new_with_seed (seed + 1));
  sim_transport_set_watch (self->transport, on_request, self);
  sim_world_open (self);
  require (self);
  return self;
}

void
sim_world_free (SimWorld *self)
{
  sim_world_close (self);
  g_object_unref (self->transport);
  sim_ledger_free (self->ledger);
  g_object_unref (self->sandbox);
  g_object_unref (self->clock);
  remove_tree (self->dir);
  g_free (self->dir);
  g_ptr_array_unref (self->inside);
  g_checksum_free (self->trace);
  g_rand_free (self->rand);
  g_free (self->failure);
  g_free (self);
}

/* Drawing takes most of the time of a history, and what is drawn has tests of its own. */
static GBytes *
make_report (ChDesk   *desk,
             gint64    project_id,
             gpointer  user_data,
             GError  **error)
{
  return g_bytes_new_static ("%PDF-1.4 report", 15);
}

/* Papers of people's: the first line says what it is, the second one whose. */
static ChReading *
read_paper (int           fd,
            GCancellable *cancellable,
            gpointer      user_data,
            GError      **error)
{
  SimWorld *self = user_data;
  char text[256] = "";
  ssize_t n = pread (fd, text, sizeof text - 1, 0);
  const char *insured = n > 0 ? strchr (text, '\n') : NULL;
  ChReading *reading;

  if (sim_transport_is_broken (self->transport))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the program ended here");
      return NULL;
    }
  if (!g_str_has_prefix (text, "%PDF-"))
    {
      g_set_error_literal (error, CH_READER_ERROR, CH_READER_ERROR_NOT_PDF, "This is neither a PDF nor a picture.");
      return NULL;
    }
  if (insured == NULL || insured[1] == '\0')
    {
      g_set_error_literal (error, CH_READER_ERROR, CH_READER_ERROR_NO_CERTIFICATE, "There is no certificate in it.");
      return NULL;
    }
  reading = g_new0 (ChReading, 1);
  reading->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_certificate_free);
  g_ptr_array_add (reading->certificates, sim_desk_make_certificate (insured + 1, text));
  reading->n_pages = 1;
  reading->confidence = 0.99;
  return reading;
}

void
sim_world_open (SimWorld *self)
{
  g_autoptr (ChPlace) place = ch_place_new (HOST, HOST);
  g_autoptr (ChTokenStore) tokens = ch_token_store_new (HOST, "sandbox-client", TRUE);
  g_autoptr (ChAuth) auth = NULL;
  g_autoptr (GError) error = NULL;

  self->hub = ch_change_hub_new ();
  self->store = ch_store_open (self->dir, self->hub, &error);
  g_assert_no_error (error);
  _ch_connection_set_step_func (self->store->connection, on_step, self);
  self->desk = ch_desk_new (self->store, CH_CLOCK (self->clock), "desk:sim");
  auth = ch_auth_new (place, "sandbox-client", "sandbox-secret", tokens, CH_TRANSPORT (self->transport));
  self->procore = ch_procore_new (place, auth, CH_TRANSPORT (self->transport));
  ch_procore_set_company_id (self->procore, SIM_COMPANY);
  self->session = ch_session_new (self->desk, self->procore);
  ch_session_set_seed (self->session, self->seed + self->n_restarts);
  ch_session_set_report_func (self->session, make_report, NULL);
  ch_session_set_read_func (self->session, read_paper, self);
}

void
sim_world_close (SimWorld *self)
{
  g_clear_object (&self->session);
  g_clear_object (&self->procore);
  g_clear_object (&self->desk);
  if (self->store != NULL)
    ch_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->hub);
  g_clear_object (&self->cancellable);
}

void
sim_world_restart (SimWorld *self)
{
  sim_world_close (self);
  self->n_restarts++;
  sim_world_open (self);
}

void
sim_world_recover (SimWorld *self)
{
  sim_world_close (self);
  sim_transport_mend (self->transport);
  self->break_step = 0;
  self->break_commit = 0;
  self->break_request = 0;
  self->n_restarts++;
  sim_world_open (self);
  sim_ledger_check_database (self->ledger, self);
}
