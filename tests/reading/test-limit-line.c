#include "config.h"

#include "ch-limit-line.h"

typedef struct {
  const char *text;
  gint64      each_occurrence;
  gint64      aggregate;
  gint64      retention;
} Line;

#define NONE CH_MONEY_ABSENT

static void
assert_lines (const Line *lines,
              guint       n_lines)
{
  guint i, j;

  for (i = 0; i < n_lines; i++)
    {
      gint64 limits[CH_N_LIMITS];
      guint n_set;

      for (j = 0; j < CH_N_LIMITS; j++)
        limits[j] = CH_MONEY_ABSENT;
      n_set = ch_limit_line_parse (lines[i].text, limits);
      g_test_message ("%s", lines[i].text);
      g_assert_cmpint (limits[CH_LIMIT_EACH_OCCURRENCE], ==, lines[i].each_occurrence);
      g_assert_cmpint (limits[CH_LIMIT_AGGREGATE], ==, lines[i].aggregate);
      g_assert_cmpint (limits[CH_LIMIT_RETENTION], ==, lines[i].retention);
      g_assert_cmpuint (n_set, ==,
                        (lines[i].each_occurrence != NONE) + (lines[i].aggregate != NONE) + (lines[i].retention != NONE));
    }
}

static void
test_one_amount (void)
{
  static const Line lines[] = {
    { "PER CLAIM $1,000,000", 1000000, NONE, NONE },   { "Each Occurrence 500000", 500000, NONE, NONE },
    { "$1,000,000 Aggregate", NONE, 1000000, NONE },   { "Each Condition $ 2,000,000", 2000000, NONE, NONE },
    { "Limit $25,000", 25000, NONE, NONE },            { "Limit: $25,000.00", 25000, NONE, NONE },
    { "Deductible: $2,500", NONE, NONE, 2500 },        { "SIR 10,000", NONE, NONE, 10000 },
    { "Self-Insured Retention 0", NONE, NONE, 0 },     { "Each Claim $1M", 1000000, NONE, NONE },
    { "Ea Claim/Agg $1,000,000", 1000000, 1000000, NONE },
  };

  assert_lines (lines, G_N_ELEMENTS (lines));
}

static void
test_several_amounts (void)
{
  static const Line lines[] = {
    { "$1,000,000 Occurrence / $2,000,000 Aggregate", 1000000, 2000000, NONE },
    { "Each Claim $1,000,000 Agg $2,000,000 Ded $5,000", 1000000, 2000000, 5000 },
    { "Occ/Agg 1,000,000/2,000,000", 1000000, 2000000, NONE },
    { "$1M / $2M Occ/Agg", 1000000, 2000000, NONE },
    { "2,000,000 / 5,000 Ded.", 2000000, NONE, 5000 },
    /* what copies make of it */
    { "$500.000 $10.000 De d.", 500000, NONE, 10000 },
    { "$5,000,000 / $7, 500 Ded", 5000000, NONE, 7500 },
    { "2.000.000 / 5000 Ded.", 2000000, NONE, 5000 },
    { "Each Claim 1,000,000 2026", 1000000, NONE, NONE },
    { "Limit $50,000 Ded $1,000", 50000, NONE, 1000 },
    { "$1 000 000 Occurrence / $2 000 000 Aggregate", 1000000, 2000000, NONE },
  };

  assert_lines (lines, G_N_ELEMENTS (lines));
}

static void
test_no_limit (void)
{
  static const Line lines[] = {
    { "", NONE, NONE, NONE },
    { "1,000,000", NONE, NONE, NONE },
    { "1,000,000/2,000,000", NONE, NONE, NONE },
    { "Building $1,000,000", NONE, NONE, NONE },
    { "Building 500,000 Contents 100,000", NONE, NONE, NONE },
    { "Fidelity 100,000", NONE, NONE, NONE },
    { "Any Single Conveyance 250,000", NONE, NONE, NONE },
    { "Each Claim Included", NONE, NONE, NONE },
    { "Each Claim 000", NONE, NONE, NONE },
  };

  assert_lines (lines, G_N_ELEMENTS (lines));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reading/limit-line/one-amount", test_one_amount);
  g_test_add_func ("/reading/limit-line/several-amounts", test_several_amounts);
  g_test_add_func ("/reading/limit-line/no-limit", test_no_limit);

  return g_test_run ();
}
