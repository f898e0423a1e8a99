#include "config.h"

#include "sim-acts.h"

#include "ch-sandbox-private.h"
#include "ch-store-documents.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/*
 * A database that an earlier program left behind in the middle of a write: it knew that it was telling Procore a status,
 * not what became of it. This program brings it up to its own schema, finds out, and comes to rest. What the databases
 * hold is written in tests/store/data, and never changed.
 */

#define PROJECT 101
#define OTHER_PROJECT 102
#define VENDOR 201
#define OTHER_VENDOR 202
#define CONTRACT 301
#define RECORD "fec1ea82-52c8-415c-a8bb-a8923158bc8c"
#define DOCUMENT "%PDF-1.4 version 1"

const char *
sim_old_to_string (SimOld what)
{
  static const char *const names[] = { "it was to be made, and was not", "somebody deleted it", "Procore has it",
                                       "Procore has it, and somebody edited it" };

  return names[what];
}

/* FALSE where there is no such version. */
gboolean
sim_old_make_database (const char *folder,
                       guint       version,
                       SimOld      what,
                       const char *path)
{
  g_autofree char *name = g_strdup_printf ("version-%u.sql", version);
  g_autofree char *source = g_build_filename (folder, name, NULL);
  g_autofree char *sql = NULL;
  sqlite3 *db = NULL;
  char *problem = NULL;

  if (!g_file_get_contents (source, &sql, NULL, NULL))
    return FALSE;

  g_remove (path);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &problem);
  g_assert_cmpstr (problem, ==, NULL);
  if (what == SIM_OLD_FIRST_TIME)
    sqlite3_exec (db, "UPDATE shared_record SET has_base = 0", NULL, NULL, &problem);
  g_assert_cmpstr (problem, ==, NULL);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  return TRUE;
}

static void
change_id (GPtrArray  *records,
           const char *member,
           gint64      from,
           gint64      to)
{
  guint i;

  for (i = 0; i < records->len; i++)
    {
      JsonObject *record = g_ptr_array_index (records, i);

      if (_ch_record_id (record, member) == from)
        json_object_set_int_member (record, member, to);
    }
}

static void
renumber_project (ChSandbox *sandbox,
                  guint      index,
                  gint64     to)
{
  JsonObject *project = g_ptr_array_index (sandbox->projects, index);
  gint64 from = _ch_record_id (project, "id");
  GPtrArray *all[] = { sandbox->memberships, sandbox->commitments, sandbox->links, sandbox->insurances, sandbox->folders };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (all); i++)
    change_id (all[i], "_project_id", from, to);
  json_object_set_int_member (project, "id", to);
}

static void
renumber_vendor (ChSandbox *sandbox,
                 guint      index,
                 gint64     to)
{
  JsonObject *vendor = g_ptr_array_index (sandbox->vendors, index);
  gint64 from = _ch_record_id (vendor, "id");
  guint i;

  change_id (sandbox->memberships, "_vendor_id", from, to);
  change_id (sandbox->insurances, "vendor_id", from, to);
  for (i = 0; i < sandbox->commitments->len; i++)
    {
      JsonObject *of = json_object_get_object_member (g_ptr_array_index (sandbox->commitments, i), "vendor");

      if (_ch_record_id (of, "id") == from)
        json_object_set_int_member (of, "id", to);
    }
  json_object_set_int_member (vendor, "id", to);
}

static JsonObject *
put_record (ChSandbox *sandbox,
            gboolean   is_edited)
{
  JsonObject *record = _ch_add_insurance (sandbox, PROJECT, VENDOR);

  json_object_set_string_member (record, "origin_id", "certholder:overall:" RECORD);
  json_object_set_string_member (record, "status", "compliant");
  if (is_edited)
    json_object_set_string_member (record, "notes", "Called the broker, new one is coming");
  return record;
}

void
sim_old_run (SimWorld *world,
             SimOld    what)
{
  g_autoptr (GBytes) document = g_bytes_new_static (DOCUMENT, strlen (DOCUMENT));
  g_autofree char *sha256 = ch_store_put_document (world->store, document, NULL);
  ChSandbox *sandbox = world->sandbox;
  JsonObject *record = NULL;

  g_assert_nonnull (sha256);
  renumber_project (sandbox, 0, PROJECT);
  renumber_project (sandbox, 1, OTHER_PROJECT);
  renumber_vendor (sandbox, 0, VENDOR);
  renumber_vendor (sandbox, 1, OTHER_VENDOR);
  json_object_set_int_member (g_ptr_array_index (sandbox->commitments, 0), "id", CONTRACT);
  if (what != SIM_OLD_FIRST_TIME)
    record = put_record (sandbox, what == SIM_OLD_EDITED);
  sim_ledger_people_acted (world->ledger);
  if (what == SIM_OLD_DELETED)
    g_ptr_array_remove (sandbox->insurances, record);
  _ch_index_reset (sandbox);
  sim_ledger_people_acted (world->ledger);
  sim_program_round (world);
  sim_acts_be_quiet (world);
}
