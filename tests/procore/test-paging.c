#include "config.h"

#include "procore-fixture.h"

#include <string.h>

/* Stages are the plainest list: their ids as text, in order. */
static char *
list_stages (Fixture  *fixture,
             GError  **error)
{
  g_autoptr (GPtrArray) stages = ch_procore_list_stages (fixture->procore, NULL, error);
  g_autoptr (GString) ids = g_string_new (NULL);
  guint i;

  if (stages == NULL)
    return NULL;
  for (i = 0; i < stages->len; i++)
    g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", ((const ChStage *) g_ptr_array_index (stages, i))->id);
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static void
check_stages (Fixture    *fixture,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ids = list_stages (fixture, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (ids, ==, expected);
}

static void
check_page (Fixture *fixture,
            guint    request,
            guint    page)
{
  g_autofree char *line = scripted_transport_dup_line (fixture->transport, request);
  g_autofree char *expected
    = g_strdup_printf ("GET /rest/v1.0/companies/%" G_GINT64_FORMAT "/project_stages?page=%u&per_page=2000", COMPANY, page);

  g_assert_cmpstr (line, ==, expected);
}

#define NEXT "link: <https://api.procore.example/x?page=2>; rel=\"next\", <https://api.procore.example/x?page=3>; rel=\"last\""
#define LAST "link: <https://api.procore.example/x?page=1>; rel=\"first\", <https://api.procore.example/x?page=2>; rel=\"prev\""

static void
test_link_is_followed (Fixture       *fixture,
                       gconstpointer  user_data)
{
  script (fixture, 200, NEXT "\ntotal: 5\nper-page: 2", "[{\"id\":1},{\"id\":2}]");
  script (fixture, 200, NEXT "\ntotal: 5\nper-page: 2", "[{\"id\":3},{\"id\":4}]");
  script (fixture, 200, LAST "\ntotal: 5\nper-page: 2", "[{\"id\":5}]");
  check_stages (fixture, "1 2 3 4 5");
  check_page (fixture, 0, 1);
  check_page (fixture, 1, 2);
  check_page (fixture, 2, 3);
}

static void
test_one_page_is_one_request (Fixture       *fixture,
                              gconstpointer  user_data)
{
  script (fixture, 200, LAST "\ntotal: 2\nper-page: 2000", "[{\"id\":1},{\"id\":2}]");
  check_stages (fixture, "1 2");
  script (fixture, 200, "total: 2", "[{\"id\":1},{\"id\":2}]");
  check_stages (fixture, "1 2");
  script (fixture, 200, LAST, "[{\"id\":1},{\"id\":2}]");
  check_stages (fixture, "1 2");
  script (fixture, 200, "per-page: 2000", "[{\"id\":1},{\"id\":2}]");
  check_stages (fixture, "1 2");
  script (fixture, 200, NULL, "[]");
  check_stages (fixture, "");
}

static void
test_link_over_several_headers (Fixture       *fixture,
                                gconstpointer  user_data)
{
  /* As the transport joins them. */
  script (fixture, 200, "link: <https://x/?page=9>; rel=last, <https://x/?page=2>; rel=next", "[{\"id\":1}]");
  script (fixture, 200, "link: <https://x/?page=1>; rel=first, <https://x/?page=1>; rel=prev", "[{\"id\":2}]");
  check_stages (fixture, "1 2");
}

static void
test_total_goes_on_without_link (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  script (fixture, 200, "total: 3", "[{\"id\":1},{\"id\":2}]");
  script (fixture, 200, "total: 3", "[{\"id\":3}]");
  check_stages (fixture, "1 2 3");
  check_page (fixture, 1, 2);
}

static void
test_without_headers_the_end_is_an_empty_page (Fixture       *fixture,
                                               gconstpointer  user_data)
{
  script (fixture, 200, NULL, "[{\"id\":1},{\"id\":2}]");
  script (fixture, 200, NULL, "[{\"id\":3}]");
  script (fixture, 200, NULL, "[]");
  check_stages (fixture, "1 2 3");
}

static void
test_without_headers_the_end_is_a_page_seen_before (Fixture       *fixture,
                                                    gconstpointer  user_data)
{
  script (fixture, 200, NULL, "[{\"id\":1},{\"id\":2}]");
  script (fixture, 200, NULL, "[{\"id\":1},{\"id\":2}]");
  check_stages (fixture, "1 2");
}

static void
test_full_page_goes_on_by_per_page (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  script (fixture, 200, "per-page: 2", "[{\"id\":1},{\"id\":2}]");
  script (fixture, 200, "per-page: 2", "[{\"id\":3}]");
  check_stages (fixture, "1 2 3");
}

/*
 * 3 was removed while the list was read, and 4 moved to the page that had been read already: what came is as many as
 * the last total, but 3 is gone and 4 is missing.
 */
static void
test_list_that_shrinks_is_read_again (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  script (fixture, 200, NEXT "\ntotal: 5", "[{\"id\":1},{\"id\":2},{\"id\":3}]");
  script (fixture, 200, LAST "\ntotal: 4", "[{\"id\":5}]");
  script (fixture, 200, NEXT "\ntotal: 4", "[{\"id\":1},{\"id\":2},{\"id\":4}]");
  script (fixture, 200, LAST "\ntotal: 4", "[{\"id\":5}]");
  check_stages (fixture, "1 2 4 5");
}

static void
test_list_that_never_holds_still_is_an_error (Fixture       *fixture,
                                              gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  guint i;

  for (i = 0; i < 3; i++)
    {
      script (fixture, 200, NEXT "\ntotal: 3", "[{\"id\":1}]");
      script (fixture, 200, LAST "\ntotal: 2", "[{\"id\":2}]");
    }
  g_assert_null (list_stages (fixture, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER);
}

/* One was added in front while the list was read: the last of a page comes again as the first of the next. */
static void
test_element_on_two_pages_is_taken_once (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  script (fixture, 200, NEXT "\ntotal: 3", "[{\"id\":1},{\"id\":2}]");
  script (fixture, 200, LAST "\ntotal: 4", "[{\"id\":2},{\"id\":3}]");
  script (fixture, 200, LAST "\ntotal: 4", "[]");
  script (fixture, 200, NEXT "\ntotal: 4", "[{\"id\":9},{\"id\":1}]");
  script (fixture, 200, LAST "\ntotal: 4", "[{\"id\":2},{\"id\":3}]");
  check_stages (fixture, "9 1 2 3");
}

static void
test_total_that_never_agrees_is_an_error (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  guint i;

  for (i = 0; i < 3; i++)
    {
      script (fixture, 200, LAST "\ntotal: 9", "[{\"id\":1},{\"id\":2}]");
      script (fixture, 200, LAST "\ntotal: 9", "[]");
    }
  g_assert_null (list_stages (fixture, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER);
}

static void
test_list_without_end_is_an_error (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  guint i;

  for (i = 0; i < 4; i++)
    script (fixture, 200, NEXT, "[{\"id\":1}]");
  g_assert_null (list_stages (fixture, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER);
}

static void
test_failed_page_fails_the_list (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  script (fixture, 200, NEXT "\ntotal: 4", "[{\"id\":1},{\"id\":2}]");
  script (fixture, 403, NULL, "{\"errors\":\"no\"}");
  g_assert_null (list_stages (fixture, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_FORBIDDEN);
}

static void
test_page_that_is_no_list_is_asked_again (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  guint i;

  script (fixture, 200, NULL, "<html><body>Maintenance</body></html>");
  script (fixture, 200, NULL, "{\"message\":\"soon\"}");
  script (fixture, 200, "total: 1", "[{\"id\":1}]");
  check_stages (fixture, "1");

  for (i = 0; i < 3; i++)
    script (fixture, 200, NULL, "{\"message\":\"soon\"}");
  g_assert_null (list_stages (fixture, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER);
}

static void
test_data_member_is_looked_into (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  script (fixture, 200, "total: 2", "{\"data\":[{\"id\":\"1\"},{\"id\":\"2\"}],\"more\":{}}");
  check_stages (fixture, "1 2");
}

static void
test_elements_without_id_are_left_out (Fixture       *fixture,
                                       gconstpointer  user_data)
{
  script (fixture, 200, "total: 4", "[{\"id\":1},{\"id\":null},null,{\"id\":2}]");
  check_stages (fixture, "1 2");
}

/* The ids of all projects come at once, as numbers; a server that pages them all the same is followed. */
static void
test_list_of_ids (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GArray) paged = NULL;
  g_autofree char *first = NULL;
  g_autofree char *third = NULL;

  script (fixture, 200, NULL, "[562949953421313,2,\"3\",{\"id\":4}]");
  ids = ch_procore_list_project_ids (fixture->procore, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 4);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, G_GINT64_CONSTANT (562949953421313));
  g_assert_cmpint (g_array_index (ids, gint64, 2), ==, 3);
  g_assert_cmpint (g_array_index (ids, gint64, 3), ==, 4);
  first = scripted_transport_dup_line (fixture->transport, 0);
  g_assert_null (strstr (first, "page"));
  g_assert_nonnull (strstr (first, "view=ids"));

  script (fixture, 200, "total: 3", "[1,2]");
  script (fixture, 200, "total: 3", "[3]");
  paged = ch_procore_list_project_ids (fixture->procore, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (paged->len, ==, 3);
  third = scripted_transport_dup_line (fixture->transport, 2);
  g_assert_true (g_str_has_suffix (third, "&page=2"));
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

/* "12 13 14", or "unchanged" where nothing was looked into. */
static char *
list_insurances (Fixture    *fixture,
                 ChListMark *mark)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = ch_procore_list_insurances (fixture->procore, 0, mark, NULL, &error);
  g_autoptr (GString) ids = g_string_new (NULL);
  guint i;

  g_assert_no_error (error);
  if (ch_list_mark_is_unchanged (mark))
    {
      g_assert_cmpuint (records->len, ==, 0);
      return g_strdup ("unchanged");
    }
  for (i = 0; i < records->len; i++)
    g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            ((const ChInsuranceRecord *) g_ptr_array_index (records, i))->id);
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static void
check_insurances (Fixture    *fixture,
                  ChListMark *mark,
                  const char *expected)
{
  g_autofree char *ids = list_insurances (fixture, mark);

  g_assert_cmpstr (ids, ==, expected);
}

#define OF_THREE "total: 3\nper-page: 2"

static void
test_unchanged_pages_are_not_looked_into (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autoptr (ChListMark) mark = ch_list_mark_new ();
  guint i;

  for (i = 0; i < 3; i++)
    {
      script (fixture, 200, OF_THREE, "[{\"id\":12},{\"id\":13}]");
      script (fixture, 200, OF_THREE, "[{\"id\":14}]");
      check_insurances (fixture, mark, i == 0 ? "12 13 14" : "unchanged");
    }
  ch_list_mark_forget (mark);
  script (fixture, 200, OF_THREE, "[{\"id\":12},{\"id\":13}]");
  script (fixture, 200, OF_THREE, "[{\"id\":14}]");
  check_insurances (fixture, mark, "12 13 14");
}

/* What follows an unchanged page may differ, in number as well; the page before counts again then. */
static void
test_a_changed_page_tells_of_all (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  g_autoptr (ChListMark) mark = ch_list_mark_new ();

  script (fixture, 200, OF_THREE, "[{\"id\":12},{\"id\":13}]");
  script (fixture, 200, OF_THREE, "[{\"id\":14}]");
  check_insurances (fixture, mark, "12 13 14");
  script (fixture, 200, OF_THREE, "[{\"id\":12},{\"id\":13}]");
  script (fixture, 200, OF_THREE, "[{\"id\":15}]");
  check_insurances (fixture, mark, "12 13 15");
  script (fixture, 200, "total: 4\nper-page: 2", "[{\"id\":12},{\"id\":13}]");
  script (fixture, 200, "total: 4\nper-page: 2", "[{\"id\":15},{\"id\":16}]");
  check_insurances (fixture, mark, "12 13 15 16");
  script (fixture, 200, "total: 2\nper-page: 2", "[{\"id\":12},{\"id\":13}]");
  check_insurances (fixture, mark, "12 13");
  script (fixture, 200, "total: 2\nper-page: 2", "[{\"id\":12},{\"id\":13}]");
  check_insurances (fixture, mark, "unchanged");
}

/* Without a total the end is a page that is shorter than the others. */
static void
test_an_unchanged_list_without_total_ends (Fixture       *fixture,
                                           gconstpointer  user_data)
{
  g_autoptr (ChListMark) mark = ch_list_mark_new ();
  guint i;

  for (i = 0; i < 2; i++)
    {
      script (fixture, 200, "per-page: 2", "[{\"id\":12},{\"id\":13}]");
      script (fixture, 200, "per-page: 2", "[{\"id\":14}]");
      check_insurances (fixture, mark, i == 0 ? "12 13 14" : "unchanged");
    }
  script (fixture, 200, "per-page: 2", "[{\"id\":12},{\"id\":13}]");
  script (fixture, 200, "per-page: 2", "[{\"id\":14},{\"id\":15}]");
  script (fixture, 200, "per-page: 2", "[]");
  check_insurances (fixture, mark, "12 13 14 15");
}

/* A page that makes no sense is asked for again, and then compared again. */
static void
test_an_unchanged_page_after_nonsense (Fixture       *fixture,
                                       gconstpointer  user_data)
{
  g_autoptr (ChListMark) mark = ch_list_mark_new ();

  script (fixture, 200, OF_THREE, "[{\"id\":12},{\"id\":13}]");
  script (fixture, 200, OF_THREE, "[{\"id\":14}]");
  check_insurances (fixture, mark, "12 13 14");
  script (fixture, 200, OF_THREE, "[{\"id\":12},{\"id\":13}]");
  script (fixture, 200, OF_THREE, "<html>later</html>");
  script (fixture, 200, OF_THREE, "[{\"id\":14}]");
  check_insurances (fixture, mark, "12 13 14");
  script (fixture, 200, OF_THREE, "[{\"id\":12},{\"id\":13}]");
  script (fixture, 200, OF_THREE, "[{\"id\":14}]");
  check_insurances (fixture, mark, "unchanged");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/procore/paging/link-is-followed", test_link_is_followed);
  add ("/procore/paging/one-page-is-one-request", test_one_page_is_one_request);
  add ("/procore/paging/link-over-several-headers", test_link_over_several_headers);
  add ("/procore/paging/total-goes-on-without-link", test_total_goes_on_without_link);
  add ("/procore/paging/without-headers-the-end-is-an-empty-page", test_without_headers_the_end_is_an_empty_page);
  add ("/procore/paging/without-headers-the-end-is-a-page-seen-before", test_without_headers_the_end_is_a_page_seen_before);
  add ("/procore/paging/full-page-goes-on-by-per-page", test_full_page_goes_on_by_per_page);
  add ("/procore/paging/list-that-shrinks-is-read-again", test_list_that_shrinks_is_read_again);
  add ("/procore/paging/list-that-never-holds-still-is-an-error", test_list_that_never_holds_still_is_an_error);
  add ("/procore/paging/element-on-two-pages-is-taken-once", test_element_on_two_pages_is_taken_once);
  add ("/procore/paging/total-that-never-agrees-is-an-error", test_total_that_never_agrees_is_an_error);
  add ("/procore/paging/list-without-end-is-an-error", test_list_without_end_is_an_error);
  add ("/procore/paging/failed-page-fails-the-list", test_failed_page_fails_the_list);
  add ("/procore/paging/page-that-is-no-list-is-asked-again", test_page_that_is_no_list_is_asked_again);
  add ("/procore/paging/data-member-is-looked-into", test_data_member_is_looked_into);
  add ("/procore/paging/elements-without-id-are-left-out", test_elements_without_id_are_left_out);
  add ("/procore/paging/list-of-ids", test_list_of_ids);
  add ("/procore/paging/unchanged-pages-are-not-looked-into", test_unchanged_pages_are_not_looked_into);
  add ("/procore/paging/a-changed-page-tells-of-all", test_a_changed_page_tells_of_all);
  add ("/procore/paging/an-unchanged-list-without-total-ends", test_an_unchanged_list_without_total_ends);
  add ("/procore/paging/an-unchanged-page-after-nonsense", test_an_unchanged_page_after_nonsense);

  return g_test_run ();
}
