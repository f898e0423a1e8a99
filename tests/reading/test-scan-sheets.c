/* What is done to the picture of a sheet before anything on it is recognised. */
#include "config.h"

#include "ch-letter-ink.h"

/* Two dots of a pixel in size, a stroke, and paper that isn't white. */
static void
test_pale_print_is_ink (void)
{
  g_autoptr (PIX) picture = pixCreate (100, 100, 8);
  g_autoptr (PIX) ink = NULL;
  l_uint32 bit;
  int x;

  pixSetAllArbitrary (picture, 235);
  pixSetPixel (picture, 20, 20, 175);
  pixSetPixel (picture, 21, 20, 200);
  for (x = 40; x < 60; x++)
    pixSetPixel (picture, x, 50, 60);
  pixSetPixel (picture, 50, 51, 160);
  pixSetPixel (picture, 80, 80, 210);

  ink = ch_letter_ink_find (picture);
  pixGetPixel (ink, 20, 20, &bit);
  g_assert_cmpuint (bit, ==, 1);
  pixGetPixel (ink, 21, 20, &bit);
  g_assert_cmpuint (bit, ==, 1);
  pixGetPixel (ink, 50, 50, &bit);
  g_assert_cmpuint (bit, ==, 1);
  /* Beside dark ink the same grey is its blur, */
  pixGetPixel (ink, 50, 51, &bit);
  g_assert_cmpuint (bit, ==, 0);
  /* and alone a little of it is the paper's. */
  pixGetPixel (ink, 80, 80, &bit);
  g_assert_cmpuint (bit, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/reading/scan-sheets/pale-print-is-ink", test_pale_print_is_ink);

  return g_test_run ();
}
