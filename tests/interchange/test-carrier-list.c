#include "config.h"

#include <string.h>

#include "ch-interchange.h"

static GPtrArray *
read_list (const char *text)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *carriers = ch_carriers_from_text (text, -1, &error);

  g_assert_no_error (error);
  return carriers;
}

static void
assert_carrier (GPtrArray  *carriers,
                guint       i,
                const char *naic,
                const char *name,
                const char *rating,
                const char *size)
{
  const ChCarrier *carrier = g_ptr_array_index (carriers, i);

  g_assert_cmpstr (carrier->naic, ==, naic);
  g_assert_cmpstr (carrier->name, ==, name);
  g_assert_cmpstr (carrier->rating, ==, rating);
  g_assert_cmpstr (carrier->size, ==, size);
}

static void
test_plain (void)
{
  g_autoptr(GPtrArray) carriers = read_list ("naic,name,rating,size\r\n12345,Granite Mutual,A-,VII\r\n\r\n00077,\"Zephyr, \"\"The\"\" Casualty\",NR,\r\n");

  g_assert_cmpuint (carriers->len, ==, 2);
  assert_carrier (carriers, 0, "12345", "Granite Mutual", "A-", "VII");
  assert_carrier (carriers, 1, "00077", "Zephyr, \"The\" Casualty", "NR", NULL);
}

static void
test_as_spreadsheets_save_it (void)
{
  g_autoptr(GPtrArray) carriers = read_list ("\xef\xbb\xbf" "Company Name;A.M. Best Rating;Co-Code;State\nGranite Mutual; A- VII ;1234;TX\n\"Two\nlines\";A++ XV;99999;NY");

  g_assert_cmpuint (carriers->len, ==, 2);
  assert_carrier (carriers, 0, "01234", "Granite Mutual", "A-", "VII");
  assert_carrier (carriers, 1, "99999", "Two\nlines", "A++", "XV");
}

static void
test_tabs_and_order (void)
{
  g_autoptr(GPtrArray) carriers = read_list ("FSC\tFSR\tNAIC #\nX\tA\t11111\n\tB++\t22222\n");

  g_assert_cmpuint (carriers->len, ==, 2);
  assert_carrier (carriers, 0, "11111", NULL, "A", "X");
  assert_carrier (carriers, 1, "22222", NULL, "B++", NULL);
}

static void
test_json (void)
{
  g_autoptr(GPtrArray) carriers = read_list (" [{\"naic\":1234,\"rating\":\"A\"},{\"naic\":\"55555\",\"name\":\"N\",\"size\":\"V\"}]");

  g_assert_cmpuint (carriers->len, ==, 2);
  assert_carrier (carriers, 0, "01234", NULL, "A", NULL);
  assert_carrier (carriers, 1, "55555", "N", NULL, "V");
}

static void
test_refused (void)
{
  static const struct {
    const char *text;
    const char *named;
  } refused[] = {
    { "", "empty" },
    { "\n\n", "empty" },
    { "name,rating\nx,A\n", "NAIC" },
    { "naic,name\n12345,x\n", "Rating" },
    { "naic,rating\n12345,A\n\nabc,A\n", "line 4" },
    { "naic,rating\n123456,A\n", "line 2" },
    { "naic,rating\n,A\n", "line 2" },
    { "naic,rating\n12345,A\n12345,B\n", "line 3" },
    { "naic,rating\n1234,A\n01234,B\n", "already" },
    { "[{\"rating\":\"A\"}]", "carriers[0].naic" },
    { "[7]", "carriers[0]" },
    { "[{\"naic\":\"x\"}]", "carriers[0]" },
    { "[", "JSON" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (ch_carriers_from_text (refused[i].text, -1, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, refused[i].named));
    }
}

/* Whatever bytes somebody calls a table, it is read or refused. */
static void
test_noise (void)
{
  static const char letters[] = "naic,rating;\t\"\r\n 1234567A-\xef\xbb\xbf\xff[]{}:";
  g_autoptr(GRand) rand = g_rand_new_with_seed (99);
  int n;

  for (n = 0; n < 3000; n++)
    {
      g_autoptr(GString) text = g_string_new (n % 2 == 0 ? "naic,rating\n" : NULL);
      g_autoptr(GPtrArray) carriers = NULL;
      int length = g_rand_int_range (rand, 0, 60);

      while (length-- > 0)
        g_string_append_c (text, letters[g_rand_int_range (rand, 0, sizeof letters - 1)]);
      carriers = ch_carriers_from_text (text->str, (gssize) text->len, NULL);
      if (carriers != NULL && carriers->len > 0)
        g_assert_cmpuint (strlen (((ChCarrier *) g_ptr_array_index (carriers, 0))->naic), ==, 5);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/interchange/carriers/plain", test_plain);
  g_test_add_func ("/interchange/carriers/as-spreadsheets-save-it", test_as_spreadsheets_save_it);
  g_test_add_func ("/interchange/carriers/tabs-and-order", test_tabs_and_order);
  g_test_add_func ("/interchange/carriers/json", test_json);
  g_test_add_func ("/interchange/carriers/refused-by-line", test_refused);
  g_test_add_func ("/interchange/carriers/noise", test_noise);

  return g_test_run ();
}
