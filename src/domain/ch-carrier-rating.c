#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-carrier-rating.h"

static const char * const ratings[] = {
  "F", "E", "D", "C-", "C", "C+", "C++", "B-", "B", "B+", "B++", "A-", "A", "A+", "A++",
};
static const char * const sizes[] = {
  "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
};

/* Only the first word counts: AM Best adds marks such as "u" (under review) and descriptions after it. */
static int
find_rank (const char * const *names,
           guint               n_names,
           const char         *text)
{
  gsize length;
  char first;
  guint i;

  if (text == NULL)
    return 0;

  while (g_ascii_isspace (*text))
    text++;
  length = strcspn (text, " \t,(");
  first = g_ascii_toupper (text[0]);

  /* From the best on, which most are near. */
  for (i = n_names; i > 0; i--)
    {
      const char *name = names[i - 1];

      if (name[0] == first
          && strlen (name) == length
          && g_ascii_strncasecmp (name, text, length) == 0)
        return (int) i;
    }

  return 0;
}

/**
 * ch_carrier_rating_rank:
 * @rating: (nullable): AM Best's financial strength rating, as `A-`
 *
 * Returns: 1 for the lowest rating and more for each better one; 0 where there is none (as `NR`)
 */
int
ch_carrier_rating_rank (const char *rating)
{
  return find_rank (ratings, G_N_ELEMENTS (ratings), rating);
}

/**
 * ch_carrier_size_rank:
 * @size: (nullable): AM Best's financial size category, I to XV
 *
 * Returns: 1 to 15; 0 where there is none
 */
int
ch_carrier_size_rank (const char *size)
{
  return find_rank (sizes, G_N_ELEMENTS (sizes), size);
}
