#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-project-item.h"

#include "ch-day-order.h"
#include "ch-store-directory.h"
#include "ch-store-verdicts.h"

struct _ChProjectItem
{
  ChItem  parent_instance;

  char   *name;
  char   *number;
  char   *stage;
  char   *place;
  char   *search;
  guint   counts[CH_N_STATUSES];
  ChDate  changes_on;
};

G_DEFINE_FINAL_TYPE (ChProjectItem, ch_project_item, CH_TYPE_ITEM)

static gboolean
ch_project_item_equal (ChItem *a,
                       ChItem *b)
{
  ChProjectItem *one = (ChProjectItem *)a;
  ChProjectItem *other = (ChProjectItem *)b;

  for (guint i = 0; i < CH_N_STATUSES; i++)
    {
      if (one->counts[i] != other->counts[i])
        return FALSE;
    }

  return one->changes_on == other->changes_on && g_str_equal (one->name, other->name) && g_str_equal (one->number, other->number)
         && g_str_equal (one->stage, other->stage) && g_str_equal (one->place, other->place);
}

static void
ch_project_item_finalize (GObject *object)
{
  ChProjectItem *self = (ChProjectItem *)object;

  g_free (self->name);
  g_free (self->number);
  g_free (self->stage);
  g_free (self->place);
  g_free (self->search);

  G_OBJECT_CLASS (ch_project_item_parent_class)->finalize (object);
}

static void
ch_project_item_class_init (ChProjectItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_project_item_finalize;
  CH_ITEM_CLASS (klass)->equal = ch_project_item_equal;
}

static void
ch_project_item_init (ChProjectItem *self)
{
  self->changes_on = CH_DATE_NONE;
}

static char *
join_place (const ChProject *project)
{
  if (project->city != NULL && project->state_code != NULL)
    return g_strdup_printf ("%s, %s", project->city, project->state_code);

  return g_strdup (project->city != NULL ? project->city : project->state_code != NULL ? project->state_code : "");
}

static ChProjectItem *
make_item (const ChProject *project)
{
  ChProjectItem *self = g_object_new (CH_TYPE_PROJECT_ITEM, NULL);
  g_autofree char *text = NULL;

  ch_item_set_id (CH_ITEM (self), project->id);
  self->name = g_strdup (project->name != NULL ? project->name : "");
  ch_item_set_sort_name (CH_ITEM (self), self->name);
  self->number = g_strdup (project->project_number != NULL ? project->project_number : "");
  self->stage = g_strdup (project->stage_name != NULL ? project->stage_name : "");
  self->place = join_place (project);
  text = g_strjoin (" ", self->name, self->number, self->stage, self->place, NULL);
  self->search = ch_item_fold (text);

  return self;
}

static void
add_standing (ChProjectItem    *self,
              const ChStanding *standing)
{
  self->counts[standing->status]++;
  self->changes_on = ch_day_earlier (self->changes_on, standing->changes_on);
}

/**
 * ch_project_items_load:
 * @desk: the desk, in its own thread
 * @data: unused
 * @cancellable: (nullable): ends it early
 * @error: why the store could not be read
 *
 * Returns: (transfer full) (nullable) (element-type ChProjectItem): the active projects, by name
 */
gpointer
ch_project_items_load (ChDesk        *desk,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  ChStore *store = ch_desk_get_store (desk);
  g_autoptr(GPtrArray) projects = ch_store_list_projects (store, TRUE, error);
  g_autoptr(GArray) standings = projects != NULL ? ch_store_list_standings (store, error) : NULL;
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  GPtrArray *items;

  if (standings == NULL)
    return NULL;

  items = g_ptr_array_new_full (projects->len, g_object_unref);
  for (guint i = 0; i < projects->len; i++)
    {
      ChProjectItem *item = make_item (g_ptr_array_index (projects, i));

      g_ptr_array_add (items, item);
      g_hash_table_insert (by_id, (gpointer)ch_item_get_id_address (CH_ITEM (item)), item);
    }
  for (guint i = 0; i < standings->len; i++)
    {
      const ChStanding *standing = &g_array_index (standings, ChStanding, i);
      ChProjectItem *item = g_hash_table_lookup (by_id, &standing->project_id);

      if (item != NULL)
        add_standing (item, standing);
    }
  ch_items_sort_by_name (items);

  return items;
}

const char *
ch_project_item_get_name (ChProjectItem *self)
{
  g_return_val_if_fail (CH_IS_PROJECT_ITEM (self), "");

  return self->name;
}

const char *
ch_project_item_get_number (ChProjectItem *self)
{
  g_return_val_if_fail (CH_IS_PROJECT_ITEM (self), "");

  return self->number;
}

const char *
ch_project_item_get_stage (ChProjectItem *self)
{
  g_return_val_if_fail (CH_IS_PROJECT_ITEM (self), "");

  return self->stage;
}

const char *
ch_project_item_get_place (ChProjectItem *self)
{
  g_return_val_if_fail (CH_IS_PROJECT_ITEM (self), "");

  return self->place;
}

const char *
ch_project_item_get_search (ChProjectItem *self)
{
  g_return_val_if_fail (CH_IS_PROJECT_ITEM (self), "");

  return self->search;
}

/**
 * ch_project_item_get_count:
 * @self: a project
 * @colour: a colour
 *
 * Returns: how many of its subs have a status of this colour, without those of which nothing is asked
 */
guint
ch_project_item_get_count (ChProjectItem *self,
                           ChColour       colour)
{
  guint count = 0;

  g_return_val_if_fail (CH_IS_PROJECT_ITEM (self), 0);

  for (guint i = 0; i < CH_N_STATUSES; i++)
    {
      if (i != CH_STATUS_NOT_REQUIRED && ch_status_get_colour ((ChStatus)i) == colour)
        count += self->counts[i];
    }

  return count;
}

guint
ch_project_item_get_n_subs (ChProjectItem *self)
{
  guint count = 0;

  g_return_val_if_fail (CH_IS_PROJECT_ITEM (self), 0);

  for (guint i = 0; i < CH_N_STATUSES; i++)
    count += self->counts[i];

  return count;
}

ChDate
ch_project_item_get_changes_on (ChProjectItem *self)
{
  g_return_val_if_fail (CH_IS_PROJECT_ITEM (self), CH_DATE_NONE);

  return self->changes_on;
}
