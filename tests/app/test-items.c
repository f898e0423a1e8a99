#include "config.h"

#include <locale.h>

#include "ch-format.h"
#include "ch-item.h"

#define TEST_TYPE_ITEM (test_item_get_type ())
G_DECLARE_FINAL_TYPE (TestItem, test_item, TEST, ITEM, ChItem)

struct _TestItem
{
  ChItem parent_instance;

  int    value;
};

G_DEFINE_FINAL_TYPE (TestItem, test_item, CH_TYPE_ITEM)

static gboolean
test_item_equal (ChItem *a,
                 ChItem *b)
{
  return ((TestItem *)a)->value == ((TestItem *)b)->value;
}

static void
test_item_class_init (TestItemClass *klass)
{
  CH_ITEM_CLASS (klass)->equal = test_item_equal;
}

static void
test_item_init (TestItem *self)
{
}

/* Pairs of id and value, ended by id 0. */
static GPtrArray *
make_items (const int *pairs)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; pairs[i] != 0; i += 2)
    {
      TestItem *item = g_object_new (TEST_TYPE_ITEM, NULL);

      ch_item_set_id (CH_ITEM (item), pairs[i]);
      item->value = pairs[i + 1];
      g_ptr_array_add (items, item);
    }

  return items;
}

static void
note_change (GListModel *model,
             guint       position,
             guint       removed,
             guint       added,
             GString    *told)
{
  g_string_append_printf (told, "%u-%u+%u ", position, removed, added);
}

static void
check_same (GListStore *store,
            GPtrArray  *fresh)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, fresh->len);
  for (guint i = 0; i < fresh->len; i++)
    {
      g_autoptr(ChItem) item = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_assert_true (ch_item_equal (item, g_ptr_array_index (fresh, i)));
    }
}

static void
check_merge (const int  *before,
             const int  *after,
             const char *expected)
{
  g_autoptr(GListStore) store = g_list_store_new (CH_TYPE_ITEM);
  g_autoptr(GPtrArray) old = make_items (before);
  g_autoptr(GPtrArray) fresh = make_items (after);
  g_autoptr(GString) told = g_string_new (NULL);

  ch_items_merge (store, old);
  g_signal_connect (store, "items-changed", G_CALLBACK (note_change), told);
  ch_items_merge (store, fresh);

  check_same (store, fresh);
  g_assert_cmpstr (g_strchomp (told->str), ==, expected);
}

static void
test_merge_touches_only_what_differs (void)
{
  check_merge ((int[]) { 1, 1, 2, 2, 3, 3, 0 }, (int[]) { 1, 1, 2, 2, 3, 3, 0 }, "");
  check_merge ((int[]) { 1, 1, 2, 2, 3, 3, 0 }, (int[]) { 1, 1, 2, 9, 3, 3, 0 }, "1-1+1");
  check_merge ((int[]) { 1, 1, 2, 2, 3, 3, 4, 4, 0 }, (int[]) { 1, 9, 2, 2, 3, 9, 4, 9, 0 }, "0-1+1 2-2+2");
  check_merge ((int[]) { 1, 1, 2, 2, 3, 3, 0 }, (int[]) { 1, 1, 3, 3, 0 }, "1-1+0");
  check_merge ((int[]) { 1, 1, 3, 3, 0 }, (int[]) { 1, 1, 2, 2, 3, 3, 0 }, "1-0+1");
  check_merge ((int[]) { 0 }, (int[]) { 1, 1, 2, 2, 0 }, "0-0+2");
  check_merge ((int[]) { 1, 1, 2, 2, 0 }, (int[]) { 0 }, "0-2+0");
  /* rows that come and go in several places leave those between them alone */
  check_merge ((int[]) { 1, 1, 2, 2, 3, 3, 4, 4, 0 }, (int[]) { 9, 9, 1, 1, 3, 3, 5, 5, 4, 4, 0 },
               "0-0+1 2-1+0 3-0+1");
  /* a row that moved goes here and comes there */
  check_merge ((int[]) { 1, 1, 2, 2, 3, 3, 4, 4, 0 }, (int[]) { 2, 2, 3, 3, 1, 1, 4, 4, 0 }, "0-1+0 2-0+1");
}

static void
test_merge_of_anything_ends_at_what_is_fresh (void)
{
  for (int round = 0; round < 2000; round++)
    {
      g_autoptr(GListStore) store = g_list_store_new (CH_TYPE_ITEM);

      for (int step = 0; step < 3; step++)
        {
          int pairs[2 * 200 + 1] = { 0 };
          int most = round % 20 == 0 ? 200 : 12, n_pairs = 0;
          g_autoptr(GPtrArray) fresh = NULL;

          for (int id = 1; id <= most; id++)
            {
              if (g_test_rand_bit ())
                {
                  pairs[2 * n_pairs] = id;
                  pairs[2 * n_pairs++ + 1] = g_test_rand_int_range (0, 2);
                }
            }
          for (int i = 0; i < n_pairs && round % 3 == 0; i++)
            {
              int j = g_test_rand_int_range (0, n_pairs), id = pairs[2 * i], value = pairs[2 * i + 1];

              pairs[2 * i] = pairs[2 * j];
              pairs[2 * i + 1] = pairs[2 * j + 1];
              pairs[2 * j] = id;
              pairs[2 * j + 1] = value;
            }
          fresh = make_items (pairs);
          ch_items_merge (store, fresh);
          check_same (store, fresh);
        }
    }
}

static gboolean
matches (const char *haystack,
         const char *text)
{
  g_auto(GStrv) words = ch_item_split (text);

  return ch_item_matches (haystack, (const char * const *)words);
}

static void
test_search_ignores_case_accents_and_order (void)
{
  g_autofree char *haystack = ch_item_fold ("Blue Heron ELECTRIC, LLC · Ibáñez");

  g_assert_true (matches (haystack, "electric blue"));
  g_assert_true (matches (haystack, "ibanez"));
  g_assert_true (matches (haystack, "IBÁÑ "));
  g_assert_true (matches (haystack, NULL));
  g_assert_true (matches (haystack, ""));
  g_assert_true (matches (haystack, "  "));
  g_assert_false (matches (haystack, "blue steel"));
}

static void
check_text (char       *text,
            const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_values_read_as_people_write_them (void)
{
  ChDate day = ch_date_new (2026, 3, 9);
  const gint64 now = G_GINT64_CONSTANT (1795442400000000);

  check_text (ch_format_money (0), "$0");
  check_text (ch_format_money (999), "$999");
  check_text (ch_format_money (1000000), "$1,000,000");
  check_text (ch_format_date (CH_DATE_NONE), "");
  check_text (ch_format_in_days (day, day), "today");
  check_text (ch_format_in_days (day + 1, day), "tomorrow");
  check_text (ch_format_in_days (day + 12, day), "in 12 days");
  check_text (ch_format_in_days (day - 1, day), "1 day ago");
  check_text (ch_format_ago (now - 40 * G_USEC_PER_SEC, now), "40 s ago");
  check_text (ch_format_ago (now + 40 * G_USEC_PER_SEC, now), "just now");
}

static void
test_typed_dates_are_understood (void)
{
  ChDate day = ch_date_new (2026, 3, 9);
  g_autofree char *shown = ch_format_date (day);

  g_assert_cmpint (ch_parse_typed_date ("2026-03-09"), ==, day);
  g_assert_cmpint (ch_parse_typed_date (shown), ==, day);
  g_assert_cmpint (ch_parse_typed_date ("soon"), ==, CH_DATE_NONE);
  g_assert_cmpint (ch_parse_typed_date (""), ==, CH_DATE_NONE);
  g_assert_cmpint (ch_parse_typed_date ("2026-02-30"), ==, CH_DATE_NONE);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/app/items/merge-touches-only-what-differs", test_merge_touches_only_what_differs);
  g_test_add_func ("/app/items/merge-of-anything-ends-at-what-is-fresh", test_merge_of_anything_ends_at_what_is_fresh);
  g_test_add_func ("/app/items/search-ignores-case-accents-and-order", test_search_ignores_case_accents_and_order);
  g_test_add_func ("/app/format/values-read-as-people-write-them", test_values_read_as_people_write_them);
  g_test_add_func ("/app/format/typed-dates-are-understood", test_typed_dates_are_understood);

  return g_test_run ();
}
