#include "config.h"

#include "sim-ledger.h"

#include "sim-world.h"

#include "ch-store-directory.h"

#include <string.h>

/* At rest everything is the same everywhere. */

static const char *
get (const ChFieldSet *fields,
     const char       *name)
{
  const char *value = fields != NULL ? ch_field_set_get (fields, name) : NULL;

  return value != NULL ? value : "";
}

static void
check_fields (SimWorld             *world,
              GHashTable           *there,
              const ChSharedRecord *record)
{
  const ChFieldSet *said = record->withdrawn ? record->base : record->local;
  guint i;

  for (i = 0; said != NULL && i < ch_field_set_get_size (said); i++)
    {
      const char *field = ch_field_set_get_name (said, i);
      g_autofree char *key = sim_server_dup_key (record, field);
      const char *shown = key != NULL ? g_hash_table_lookup (there, key) : NULL;
      gboolean is_file = record->kind == CH_SHARED_DOCUMENT || record->kind == CH_SHARED_REPORT;
      gboolean is_read_at_leisure = !is_file && record->kind != CH_SHARED_LINK;

      if (!record->withdrawn && !g_str_equal (get (record->base, field), get (record->local, field)))
        sim_world_fail (world, "at rest %s %s %s: here “%s”, agreed “%s”", ch_shared_kind_to_string (record->kind), record->uuid,
                        field, get (record->local, field), get (record->base, field));
      if (is_file && !g_str_equal (field, "name"))
        continue;
      /* Files and links are looked at when there is something to write. */
      if (key != NULL && !is_read_at_leisure && sim_ledger_is_unseen (world->ledger, record, key))
        continue;
      if (g_strcmp0 (shown, get (said, field)) != 0)
        sim_world_fail (world, "at rest %s %s %s: here “%s”, in Procore “%s”", ch_shared_kind_to_string (record->kind),
                        record->uuid, field, get (said, field), shown);
    }
}

/* What stands in a project that Procore no longer has, or that rests, is not read. */
static gboolean
is_project_unread (SimWorld *world,
                   gint64    project_id)
{
  return project_id != 0 && !_ch_record_flag (_ch_record_find (world->sandbox->projects, project_id), "active");
}

/* What the desk no longer says anything about is not read again but for the insurance records. */
static gboolean
is_over (const ChSharedRecord *record)
{
  return record->withdrawn
         && (record->base == NULL || (record->kind != CH_SHARED_POLICY && record->kind != CH_SHARED_OVERALL));
}

static void
check_shared (SimWorld *world)
{
  g_autoptr (GHashTable) there = sim_server_list_shared (world->sandbox);
  guint kind;
  guint i;

  for (kind = 0; kind < CH_N_SHARED_KINDS; kind++)
    {
      g_autoptr (GPtrArray) records = ch_store_list_shared (world->store, kind, -1, 0, NULL);

      for (i = 0; i < records->len; i++)
        {
          const ChSharedRecord *record = g_ptr_array_index (records, i);

          if (record->gone || is_project_unread (world, record->project_id) || is_over (record))
            continue;
          check_fields (world, there, record);
        }
    }
}

static void
check_outbox (SimWorld *world)
{
  g_autoptr (GPtrArray) rows = ch_store_outbox_list (world->store, NULL);
  const ChOutboxRow *row;

  if (rows->len == 0)
    return;
  row = g_ptr_array_index (rows, 0);
  sim_world_fail (world, "at rest a row waits: %s of record %" G_GINT64_FORMAT " (%s, %u attempts): %s",
                  ch_shared_kind_to_string (row->kind), row->record_id, ch_outbox_state_to_string (row->state), row->attempts,
                  row->why);
}

static void
check_text (SimWorld   *world,
            const char *what,
            gint64      id,
            const char *here,
            const char *there)
{
  if (g_strcmp0 (here != NULL ? here : "", there != NULL ? there : "") != 0)
    sim_world_fail (world, "at rest %s %" G_GINT64_FORMAT ": here “%s”, in Procore “%s”", what, id, here, there);
}

static void
check_projects (SimWorld *world)
{
  g_autoptr (GPtrArray) known = ch_store_list_projects (world->store, FALSE, NULL);
  guint i;

  if (known->len != world->sandbox->projects->len)
    sim_world_fail (world, "at rest %u projects here, %u in Procore", known->len, world->sandbox->projects->len);
  for (i = 0; i < known->len; i++)
    {
      const ChProject *project = g_ptr_array_index (known, i);
      JsonObject *shown = _ch_record_find (world->sandbox->projects, project->id);

      if (shown == NULL)
        {
          sim_world_fail (world, "at rest project %" G_GINT64_FORMAT " is only here", project->id);
          continue;
        }
      check_text (world, "the name of project", project->id, project->name, _ch_record_text (shown, "name"));
      check_text (world, "project", project->id, project->active ? "active" : "inactive",
                  _ch_record_flag (shown, "active") ? "active" : "inactive");
      check_text (world, "the stage of project", project->id, project->stage_name,
                  _ch_record_text (json_object_get_object_member (shown, "project_stage"), "name"));
    }
}

static void
check_vendors (SimWorld *world)
{
  g_autoptr (GPtrArray) known = ch_store_list_vendors (world->store, NULL);
  guint i;
  guint k;

  if (known->len != world->sandbox->vendors->len)
    sim_world_fail (world, "at rest %u subs here, %u in Procore", known->len, world->sandbox->vendors->len);
  for (i = 0; i < known->len; i++)
    {
      const ChVendor *vendor = g_ptr_array_index (known, i);
      JsonObject *shown = _ch_record_find (world->sandbox->vendors, vendor->id);
      g_autoptr (GArray) projects = ch_store_list_vendor_projects (world->store, vendor->id, NULL);
      guint n = 0;

      check_text (world, "the name of sub", vendor->id, vendor->name, _ch_record_text (shown, "name"));
      for (k = 0; k < projects->len; k++)
        {
          if (!_ch_has_membership (world->sandbox, g_array_index (projects, gint64, k), vendor->id))
            sim_world_fail (world, "at rest sub %" G_GINT64_FORMAT " works on %" G_GINT64_FORMAT " only here", vendor->id,
                            g_array_index (projects, gint64, k));
        }
      for (k = 0; k < world->sandbox->memberships->len; k++)
        n += _ch_record_id (g_ptr_array_index (world->sandbox->memberships, k), "_vendor_id") == vendor->id;
      if (n != projects->len)
        sim_world_fail (world, "at rest sub %" G_GINT64_FORMAT " works on %u projects here, on %u in Procore", vendor->id,
                        projects->len, n);
    }
}

/* Those of active projects: others are not read. */
static void
check_commitments (SimWorld *world)
{
  guint i;

  for (i = 0; i < world->sandbox->commitments->len; i++)
    {
      JsonObject *shown = g_ptr_array_index (world->sandbox->commitments, i);
      gint64 project_id = _ch_record_id (shown, "_project_id");
      JsonNode *vendor = json_object_get_member (shown, "vendor");
      gint64 id = _ch_record_id (shown, "id");
      g_autoptr (GPtrArray) known = ch_store_list_commitments (world->store, project_id, 0, NULL);
      const ChCommitment *found = NULL;
      guint k;

      if (!_ch_record_flag (_ch_record_find (world->sandbox->projects, project_id), "active"))
        continue;
      for (k = 0; k < known->len; k++)
        {
          const ChCommitment *one = g_ptr_array_index (known, k);

          found = one->id == id ? one : found;
        }
      if (!JSON_NODE_HOLDS_OBJECT (vendor))
        {
          if (found != NULL && found->vendor_id != 0)
            sim_world_fail (world, "at rest contract %" G_GINT64_FORMAT " is nobody's in Procore", id);
          continue;
        }
      if (found == NULL)
        sim_world_fail (world, "at rest contract %" G_GINT64_FORMAT " is only in Procore", id);
      else if (found->vendor_id != _ch_record_id (json_node_get_object (vendor), "id"))
        sim_world_fail (world, "at rest contract %" G_GINT64_FORMAT " is another sub's in Procore", id);
      else
        check_text (world, "the status of contract", id, found->status, _ch_record_text (shown, "status"));
    }
}

static void
check_insurances (SimWorld *world)
{
  g_autoptr (GPtrArray) known = ch_store_list_insurances (world->store, -1, 0, NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint i;

  for (i = 0; i < known->len; i++)
    g_hash_table_insert (ids, &((ChInsuranceRecord *) g_ptr_array_index (known, i))->id, g_ptr_array_index (known, i));
  for (i = 0; i < world->sandbox->insurances->len; i++)
    {
      JsonObject *shown = g_ptr_array_index (world->sandbox->insurances, i);
      gint64 id = _ch_record_id (shown, "id");
      gint64 project_id = _ch_record_id (shown, "_project_id");
      const ChInsuranceRecord *record = g_hash_table_lookup (ids, &id);

      if (sim_server_is_ours (shown)
          || (project_id != 0 && !_ch_record_flag (_ch_record_find (world->sandbox->projects, project_id), "active")))
        continue;
      if (record == NULL)
        sim_world_fail (world, "at rest somebody's insurance record %" G_GINT64_FORMAT " is only in Procore", id);
      else
        check_text (world, "the notes of insurance record", id, ch_field_set_get (record->fields, "notes"),
                    _ch_record_text (shown, "notes"));
    }
}

static gboolean
is_at_work (SimWorld *world,
            gint64    project_id)
{
  return _ch_record_flag (_ch_record_find (world->sandbox->projects, project_id), "active");
}

/* A paper that names somebody is on file, once it was looked at. */
static gboolean
is_on_file (SimWorld *world,
            GBytes   *content)
{
  gsize length;
  const char *text = g_bytes_get_data (content, &length);
  const char *insured = length > 0 ? memchr (text, '\n', length) : NULL;
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autoptr (ChFiledCertificate) filed = ch_store_find_certificate_by_document (world->store, sha256, 0, NULL);

  return insured == NULL || insured + 1 == text + length || filed != NULL;
}

/* What lies in an inbox has been looked at, and says why it is still there; what people wrote stays where it was. */
static void
check_inboxes (SimWorld *world)
{
  guint i;

  for (i = 0; i < world->sandbox->files->len; i++)
    {
      JsonObject *file = g_ptr_array_index (world->sandbox->files, i);
      JsonObject *folder = _ch_record_find (world->sandbox->folders, _ch_record_id (file, "parent_id"));
      const char *description = _ch_record_text (file, "description");
      const char *theirs = _ch_record_text (file, SIM_THEIRS);
      const char *upload = _ch_record_text (file, "_upload");
      GBytes *content = upload != NULL ? g_hash_table_lookup (world->sandbox->contents, upload) : NULL;

      if (_ch_record_flag (file, "is_deleted") || !is_at_work (world, _ch_record_id (file, "_project_id")) || content == NULL)
        continue;
      if (g_strcmp0 (_ch_record_text (folder, "name"), "Inbox") == 0
          && (description == NULL || !g_str_has_prefix (description, "Certholder: ")))
        sim_world_fail (world, "at rest file %" G_GINT64_FORMAT " lies in an inbox (%s), and nobody says why",
                        _ch_record_id (file, "id"), description);
      if (g_strcmp0 (_ch_record_text (folder, "name"), "Inbox") == 0 && !is_on_file (world, content))
        sim_world_fail (world, "at rest file %" G_GINT64_FORMAT " lies in an inbox, and is not on file", _ch_record_id (file, "id"));
      if (theirs != NULL && (description == NULL || strstr (description, theirs) == NULL))
        sim_world_fail (world, "what somebody wrote to file %" G_GINT64_FORMAT " is lost (%s)", _ch_record_id (file, "id"),
                        description);
    }
}

void
sim_ledger_check_rest (SimLedger *self,
                       SimWorld  *world)
{
  world->is_looking = TRUE;
  check_outbox (world);
  check_shared (world);
  check_projects (world);
  check_vendors (world);
  check_commitments (world);
  check_insurances (world);
  check_inboxes (world);
  world->is_looking = FALSE;
}
