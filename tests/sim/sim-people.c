#include "config.h"

#include "sim-acts.h"

#include "ch-sandbox-private.h"

#include <string.h>

/* What people, an ERP and administrators do in Procore. */

static JsonObject *
pick_record (SimWorld  *world,
             GPtrArray *records)
{
  return records->len > 0 ? g_ptr_array_index (records, sim_world_pick (world, records->len)) : NULL;
}

static gint64
pick_id (SimWorld  *world,
         GPtrArray *records)
{
  return _ch_record_id (pick_record (world, records), "id");
}

/* A record of ours, or one of others'; NULL where there is none. */
static JsonObject *
pick_insurance (SimWorld *world,
                gboolean  ours)
{
  g_autoptr (GPtrArray) some = g_ptr_array_new ();
  guint i;

  for (i = 0; i < world->sandbox->insurances->len; i++)
    {
      if (sim_server_is_ours (g_ptr_array_index (world->sandbox->insurances, i)) == ours)
        g_ptr_array_add (some, g_ptr_array_index (world->sandbox->insurances, i));
    }
  return pick_record (world, some);
}

static char *
dup_words (SimWorld *world)
{
  return g_strdup_printf ("somebody's words %u", ++world->counter);
}

static void
edit_insurance (SimWorld   *world,
                JsonObject *record)
{
  static const char *const statuses[] = { "compliant", "non_compliant", "undecided", "expired", "compliant_in_progress" };
  g_autofree char *words = dup_words (world);

  if (record == NULL)
    return;
  switch (sim_world_pick (world, 6))
    {
    case 0:
      json_object_set_string_member (record, "status", statuses[sim_world_pick (world, G_N_ELEMENTS (statuses))]);
      break;
    case 1:
      json_object_set_string_member (record, "notes", words);
      break;
    case 2:
      json_object_set_string_member (record, "limit", words);
      break;
    case 3:
      json_object_set_null_member (record, "notes");
      break;
    case 4:
      json_object_set_string_member (record, "notes", "");
      break;
    default:
      json_object_set_string_member (record, "expiration_date", "2027-05-05");
      break;
    }
}

static void
edit_ours (SimWorld *world)
{
  edit_insurance (world, pick_insurance (world, TRUE));
}

static void
edit_others (SimWorld *world)
{
  edit_insurance (world, pick_insurance (world, FALSE));
}

static void
delete_ours (SimWorld *world)
{
  JsonObject *record = pick_insurance (world, TRUE);

  if (record != NULL)
    g_ptr_array_remove (world->sandbox->insurances, record);
}

static void
delete_others (SimWorld *world)
{
  JsonObject *record = pick_insurance (world, FALSE);

  if (record != NULL)
    g_ptr_array_remove (world->sandbox->insurances, record);
}

static void
add_others (SimWorld *world)
{
  gint64 project_id = sim_world_pick (world, 2) == 0 ? pick_id (world, world->sandbox->projects) : 0;
  gint64 vendor_id = pick_id (world, world->sandbox->vendors);
  JsonObject *record;
  g_autofree char *words = dup_words (world);

  if (vendor_id == 0)
    return;
  record = _ch_add_insurance (world->sandbox, project_id, vendor_id);
  json_object_set_string_member (record, "notes", words);
  if (sim_world_pick (world, 2) == 0)
    {
      g_autofree char *origin = g_strdup_printf ("erp:%u", world->counter);

      json_object_set_string_member (record, "origin_id", origin);
    }
}

static void
edit_compliance (SimWorld *world)
{
  static const char *const statuses[] = { "compliant", "not_compliant", "not_required" };
  JsonObject *commitment = pick_record (world, world->sandbox->commitments);
  JsonObject *compliance;
  g_autofree char *words = dup_words (world);

  if (commitment == NULL)
    return;
  compliance = json_object_get_object_member (commitment, "_compliance");
  switch (sim_world_pick (world, 4))
    {
    case 0:
      json_object_set_string_member (compliance, "insurance_status", statuses[sim_world_pick (world, 3)]);
      break;
    case 1:
      json_object_set_string_member (compliance, "insurance_notes", words);
      break;
    case 2:
      json_object_set_null_member (compliance, "insurance_notes");
      break;
    default:
      json_object_set_string_member (compliance, "compliance_notes", words);
      break;
    }
  _ch_touch (world->sandbox, compliance);
}

static void
start_project (SimWorld *world)
{
  g_autofree char *name = g_strdup_printf ("Pier %u", ++world->counter);
  JsonObject *project;

  if (world->sandbox->projects->len >= 5)
    return;
  project = _ch_add_project (world->sandbox, name, "pre_construction", "America/Los_Angeles");
  if (world->sandbox->vendors->len > 0)
    _ch_add_membership (world->sandbox, _ch_record_id (project, "id"), pick_id (world, world->sandbox->vendors));
}

static void
change_project (SimWorld *world)
{
  JsonObject *project = pick_record (world, world->sandbox->projects);
  JsonObject *stage = pick_record (world, world->sandbox->stages);
  g_autofree char *name = g_strdup_printf ("Renamed project %u", ++world->counter);

  if (project == NULL)
    return;
  switch (sim_world_pick (world, 3))
    {
    case 0:
      json_object_set_string_member (project, "name", name);
      break;
    case 1:
      json_object_set_boolean_member (project, "active", !_ch_record_flag (project, "active"));
      break;
    default:
      json_object_set_object_member (project, "project_stage",
                                     _ch_reference (_ch_record_id (stage, "id"), "name", _ch_record_text (stage, "name")));
      break;
    }
  _ch_touch (world->sandbox, project);
}

static void
delete_project (SimWorld *world)
{
  if (world->sandbox->projects->len > 1)
    _ch_remove_project (world->sandbox, pick_id (world, world->sandbox->projects));
}

static void
add_vendor (SimWorld *world)
{
  g_autofree char *name = g_strdup_printf ("Sub %u LLC", ++world->counter);
  JsonObject *vendor;

  if (world->sandbox->vendors->len >= 6)
    return;
  vendor = _ch_add_vendor (world->sandbox, name);
  if (world->sandbox->projects->len > 0)
    _ch_add_membership (world->sandbox, pick_id (world, world->sandbox->projects), _ch_record_id (vendor, "id"));
}

static void
change_vendor (SimWorld *world)
{
  JsonObject *vendor = pick_record (world, world->sandbox->vendors);
  g_autofree char *name = g_strdup_printf ("Renamed sub %u", ++world->counter);

  if (vendor == NULL)
    return;
  if (sim_world_pick (world, 2) == 0)
    json_object_set_string_member (vendor, "name", name);
  else
    json_object_set_boolean_member (vendor, "is_active", !_ch_record_flag (vendor, "is_active"));
  _ch_touch (world->sandbox, vendor);
}

static void
delete_vendor (SimWorld *world)
{
  if (world->sandbox->vendors->len > 1)
    _ch_remove_vendor (world->sandbox, pick_id (world, world->sandbox->vendors));
}

static void
merge_vendors (SimWorld *world)
{
  gint64 from = pick_id (world, world->sandbox->vendors);
  gint64 into = pick_id (world, world->sandbox->vendors);

  if (from != into)
    _ch_merge_vendor (world->sandbox, from, into);
}

static void
join_project (SimWorld *world)
{
  gint64 project_id = pick_id (world, world->sandbox->projects);
  gint64 vendor_id = pick_id (world, world->sandbox->vendors);

  if (project_id != 0 && vendor_id != 0)
    _ch_add_membership (world->sandbox, project_id, vendor_id);
}

static void
leave_project (SimWorld *world)
{
  JsonObject *member = pick_record (world, world->sandbox->memberships);

  if (member != NULL)
    _ch_remove_membership (world->sandbox, _ch_record_id (member, "_project_id"), _ch_record_id (member, "_vendor_id"));
}

static void
sign_contract (SimWorld *world)
{
  JsonObject *member = pick_record (world, world->sandbox->memberships);
  g_autofree char *title = g_strdup_printf ("Work %u", ++world->counter);

  if (member != NULL && world->sandbox->commitments->len < 6)
    _ch_add_commitment (world->sandbox, _ch_record_id (member, "_project_id"), _ch_record_id (member, "_vendor_id"),
                        sim_world_pick (world, 2) == 0 ? "work_order_contract" : "purchase_order_contract", title);
}

static void
change_contract (SimWorld *world)
{
  static const char *const statuses[] = { "Approved", "Void", "Terminated", "Draft" };
  JsonObject *commitment = pick_record (world, world->sandbox->commitments);
  JsonObject *vendor = pick_record (world, world->sandbox->vendors);

  if (commitment == NULL)
    return;
  switch (sim_world_pick (world, 5))
    {
    case 0:
      g_ptr_array_remove (world->sandbox->commitments, commitment);
      return;
    case 1:
      json_object_set_object_member (commitment, "vendor", _ch_reference (_ch_record_id (vendor, "id"), "company",
                                                                         _ch_record_text (vendor, "name")));
      break;
    case 2:
      json_object_set_null_member (commitment, "vendor");
      break;
    default:
      json_object_set_string_member (commitment, "status", statuses[sim_world_pick (world, G_N_ELEMENTS (statuses))]);
      break;
    }
  _ch_touch (world->sandbox, commitment);
}

static void
renumber_links (SimWorld *world)
{
  guint i;

  for (i = 0; i < world->sandbox->links->len; i++)
    json_object_set_int_member (g_ptr_array_index (world->sandbox->links, i), "position", i + 1);
}

static void
change_links (SimWorld *world)
{
  JsonObject *link = pick_record (world, world->sandbox->links);
  g_autofree char *words = dup_words (world);
  gint64 project_id = pick_id (world, world->sandbox->projects);

  switch (sim_world_pick (world, 4))
    {
    case 0:
      if (project_id != 0)
        _ch_add_link (world->sandbox, project_id, words, "https://somewhere.example/");
      break;
    case 1:
      if (link != NULL && !sim_server_is_our_link (link))
        json_object_set_string_member (link, "title", words);
      break;
    case 2:
      /* Ours in other words, which begin like ours so that it is still known for ours. */
      if (link != NULL && sim_server_is_our_link (link))
        {
          g_autofree char *title = g_strconcat ("Insurance: ", words, NULL);

          json_object_set_string_member (link, "title", title);
        }
      break;
    default:
      if (link != NULL)
        g_ptr_array_remove (world->sandbox->links, link);
      renumber_links (world);
      break;
    }
}

static void
change_files (SimWorld *world)
{
  JsonObject *file = pick_record (world, world->sandbox->files);
  g_autofree char *name = g_strdup_printf ("renamed %u.pdf", ++world->counter);

  if (file == NULL || _ch_record_flag (file, "is_deleted"))
    return;
  if (sim_world_pick (world, 2) == 0)
    json_object_set_string_member (file, "name", name);
  else
    json_object_set_boolean_member (file, "is_deleted", TRUE);
}

static JsonObject *
find_folder (SimWorld   *world,
             gint64      project_id,
             gint64      parent_id,
             const char *name)
{
  guint i;

  for (i = 0; i < world->sandbox->folders->len; i++)
    {
      JsonObject *folder = g_ptr_array_index (world->sandbox->folders, i);

      if (_ch_record_id (folder, "_project_id") == project_id && _ch_record_id (folder, "parent_id") == parent_id
          && g_strcmp0 (_ch_record_text (folder, "name"), name) == 0)
        return folder;
    }
  return _ch_add_folder (world->sandbox, project_id, parent_id, name);
}

/* The second line is what sim_world's reader takes for the insured. */
static char *
make_paper (SimWorld *world)
{
  JsonObject *vendor = pick_record (world, world->sandbox->vendors);
  guint number = ++world->counter;

  switch (sim_world_pick (world, 6))
    {
    case 0:
      return g_strdup_printf ("a letter %u", number);
    case 1:
      return g_strdup_printf ("%%PDF-1.4 inbox %u\n", number);
    case 2:
      return g_strdup_printf ("%%PDF-1.4 inbox %u\nNobody Whom We Know Inc", number);
    default:
      return g_strdup_printf ("%%PDF-1.4 inbox %u\n%s", number, _ch_record_text (vendor, "name"));
    }
}

static void
put_into_inbox (SimWorld *world)
{
  gint64 project_id = pick_id (world, world->sandbox->projects);
  g_autofree char *name = g_strdup_printf ("from the sub %u.pdf", ++world->counter);
  g_autofree char *paper = make_paper (world);
  g_autoptr (GBytes) content = g_bytes_new (paper, strlen (paper));
  gint64 folder_id;
  JsonObject *file;

  if (project_id == 0)
    return;
  folder_id = _ch_record_id (_ch_root_folder (world->sandbox, project_id), "id");
  folder_id = _ch_record_id (find_folder (world, project_id, folder_id, "Insurance certificates"), "id");
  folder_id = _ch_record_id (find_folder (world, project_id, folder_id, "Inbox"), "id");
  file = _ch_put_file (world->sandbox, project_id, folder_id, name, content);
  if (sim_world_pick (world, 3) == 0)
    {
      json_object_set_string_member (file, "description", name);
      json_object_set_string_member (file, SIM_THEIRS, name);
    }
}

const SimActKind sim_people_acts[] = {
  { "somebody edits a record of ours", SIM_SIDE_PEOPLE, 12, edit_ours },
  { "somebody edits a record of others", SIM_SIDE_PEOPLE, 2, edit_others },
  { "somebody deletes a record of ours", SIM_SIDE_PEOPLE, 4, delete_ours },
  { "somebody deletes a record of others", SIM_SIDE_PEOPLE, 1, delete_others },
  { "somebody makes an insurance record", SIM_SIDE_PEOPLE, 2, add_others },
  { "somebody edits a contract's compliance", SIM_SIDE_PEOPLE, 5, edit_compliance },
  { "a project starts", SIM_SIDE_PEOPLE, 2, start_project },
  { "a project changes", SIM_SIDE_PEOPLE, 3, change_project },
  { "a project is deleted", SIM_SIDE_PEOPLE, 1, delete_project },
  { "a sub is added", SIM_SIDE_PEOPLE, 2, add_vendor },
  { "a sub changes", SIM_SIDE_PEOPLE, 3, change_vendor },
  { "a sub is deleted", SIM_SIDE_PEOPLE, 1, delete_vendor },
  { "two subs are merged", SIM_SIDE_PEOPLE, 1, merge_vendors },
  { "a sub joins a project", SIM_SIDE_PEOPLE, 3, join_project },
  { "a sub leaves a project", SIM_SIDE_PEOPLE, 3, leave_project },
  { "a contract is signed", SIM_SIDE_PEOPLE, 3, sign_contract },
  { "a contract changes", SIM_SIDE_PEOPLE, 3, change_contract },
  { "somebody changes home links", SIM_SIDE_PEOPLE, 4, change_links },
  { "somebody puts a file into an inbox", SIM_SIDE_PEOPLE, 5, put_into_inbox },
  { "somebody changes files", SIM_SIDE_PEOPLE, 3, change_files },
  { NULL },
};
