#include "config.h"

#include "sim-ledger.h"

#include "sim-world.h"

#include "ch-store-directory.h"

/*
 * Rule 7. Of what changes, the program asks from a position on: the latest change that it has seen. What changed before
 * that, but for the overlap that it reads twice, is not told again; so it has to be stored.
 */

/* of the ranges that are read; stamps show whole seconds */
#define OVERLAP_SECONDS 60

static gint64
get_position (SimWorld   *world,
              const char *name)
{
  g_autofree char *text = ch_store_dup_state (world->store, name, NULL);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static gboolean
is_passed (JsonObject *shown,
           gint64      position)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  const char *text = _ch_record_text (shown, "updated_at");
  g_autoptr (GDateTime) changed = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;

  return changed != NULL && g_date_time_to_unix (changed) < position - OVERLAP_SECONDS;
}

static void
check_text (SimWorld   *world,
            const char *what,
            JsonObject *shown,
            const char *here)
{
  const char *there = _ch_record_text (shown, "name");

  if (g_strcmp0 (here, there) != 0)
    sim_world_fail (world, "the position has passed %s %" G_GINT64_FORMAT ": here “%s”, in Procore “%s”", what,
                    _ch_record_id (shown, "id"), here, there);
}

static void
check_projects (SimWorld *world)
{
  gint64 position = get_position (world, "sync.projects_since");
  guint i;

  for (i = 0; i < world->sandbox->projects->len; i++)
    {
      JsonObject *shown = g_ptr_array_index (world->sandbox->projects, i);
      g_autoptr (ChProject) known = NULL;

      if (!is_passed (shown, position))
        continue;
      known = ch_store_get_project (world->store, _ch_record_id (shown, "id"), NULL);
      check_text (world, "project", shown, known != NULL ? known->name : NULL);
    }
}

/* The list of changes holds active ones. */
static void
check_vendors (SimWorld *world)
{
  gint64 position = get_position (world, "sync.vendors_since");
  guint i;

  for (i = 0; i < world->sandbox->vendors->len; i++)
    {
      JsonObject *shown = g_ptr_array_index (world->sandbox->vendors, i);
      g_autoptr (ChVendor) known = NULL;

      if (!_ch_record_flag (shown, "is_active") || !is_passed (shown, position))
        continue;
      known = ch_store_get_vendor (world->store, _ch_record_id (shown, "id"), NULL);
      check_text (world, "sub", shown, known != NULL ? known->name : NULL);
    }
}

void
sim_ledger_check_position (SimLedger *self,
                           SimWorld  *world)
{
  world->is_looking = TRUE;
  check_projects (world);
  check_vendors (world);
  world->is_looking = FALSE;
}
