#define G_LOG_DOMAIN "ch-sync"

#include "config.h"

#include "ch-unit-marks-private.h"

/**
 * Entry:
 * @content: what ch_store_get_content() told once it was stored, 0 where it was not
 */
typedef struct {
  ChUnit      unit;
  ChListMark *mark;
  guint64     content;
} Entry;

/**
 * ChUnitMarks:
 * @entries: (element-type ChUnit Entry)
 */
struct _ChUnitMarks {
  GHashTable *entries;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  ch_list_mark_free (entry->mark);
  g_free (entry);
}

/*< private > */
ChUnitMarks *
_ch_unit_marks_new (void)
{
  ChUnitMarks *self = g_new0 (ChUnitMarks, 1);

  self->entries = g_hash_table_new_full (ch_unit_hash, ch_unit_equal, NULL, entry_free);
  return self;
}

/*< private > */
void
_ch_unit_marks_free (ChUnitMarks *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

static gboolean
is_long (ChUnitKind kind)
{
  return kind == CH_UNIT_VENDORS || kind == CH_UNIT_COMPANY_INSURANCES || kind == CH_UNIT_PROJECT_INSURANCES;
}

/*< private > */
ChListMark *
_ch_unit_marks_take (ChUnitMarks  *self,
                     const ChUnit *unit,
                     ChStore      *store)
{
  Entry *entry = g_hash_table_lookup (self->entries, unit);

  if (!is_long (unit->kind))
    return NULL;
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->unit = *unit;
      entry->mark = ch_list_mark_new ();
      g_hash_table_insert (self->entries, &entry->unit, entry);
    }
  if (entry->content != ch_store_get_content (store))
    ch_list_mark_forget (entry->mark);
  entry->content = 0;
  return entry->mark;
}

/*< private > */
void
_ch_unit_marks_keep (ChUnitMarks  *self,
                     const ChUnit *unit,
                     ChStore      *store)
{
  Entry *entry = g_hash_table_lookup (self->entries, unit);

  if (entry != NULL)
    entry->content = ch_store_get_content (store);
}
