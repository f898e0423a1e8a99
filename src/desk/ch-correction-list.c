#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <string.h>

#include "ch-desk-review.h"
#include "ch-interchange.h"

/*
 * What people changed of what was read. An entry of a list that was taken away moves the others up, so entries are
 * paired first: a policy that was read is the policy that counts with the same coverage and number, else the next one
 * of the same coverage, else the one in the same place with the same number. What has no partner was added or taken
 * away as a whole.
 */

void
ch_correction_free (ChCorrection *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self->read);
  g_free (self->now);
  g_free (self->by);
  g_free (self);
}

/* policies, insurers: for each entry as read its place now, or -1 */
typedef struct {
  int   *places[2];
  guint  n_read[2];
  guint  n_now[2];
} Pairing;

static const char * const list_names[2] = { "policies", "insurers" };

static void
pairing_clear (Pairing *self)
{
  g_clear_pointer (&self->places[0], g_free);
  g_clear_pointer (&self->places[1], g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pairing, pairing_clear)

static GPtrArray *
get_list (const ChCertificate *certificate,
          guint                list)
{
  return list == 0 ? certificate->policies : certificate->insurers;
}

/* How surely two entries are the same one: 0 not, 1 by their kind, 2 by their name too. */
static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 guint         list)
{
  if (list == 0)
    {
      const ChPolicy *x = a;
      const ChPolicy *y = b;

      return x->coverage != y->coverage ? 0 : g_strcmp0 (x->policy_number, y->policy_number) == 0 ? 2 : 1;
    }
  else
    {
      const ChInsurer *x = a;
      const ChInsurer *y = b;

      return g_strcmp0 (x->letter, y->letter) == 0 ? 2 : g_strcmp0 (x->name, y->name) == 0 ? 1 : 0;
    }
}

static gboolean
has_same_number (const ChPolicy *a,
                 const ChPolicy *b)
{
  return a->policy_number != NULL && g_strcmp0 (a->policy_number, b->policy_number) == 0;
}

static gboolean
is_taken (const Pairing *self,
          guint          list,
          guint          place)
{
  for (guint i = 0; i < self->n_read[list]; i++)
    {
      if (self->places[list][i] == (int)place)
        return TRUE;
    }

  return FALSE;
}

static void
pair_list (Pairing             *self,
           guint                list,
           const ChCertificate *read,
           const ChCertificate *now)
{
  GPtrArray *before = get_list (read, list);
  GPtrArray *after = get_list (now, list);

  self->n_read[list] = before->len;
  self->n_now[list] = after->len;
  self->places[list] = g_new (int, before->len + 1);
  for (guint i = 0; i < before->len; i++)
    self->places[list][i] = -1;

  for (int least = 2; least >= 1; least--)
    {
      for (guint i = 0; i < before->len; i++)
        {
          for (guint k = 0; self->places[list][i] < 0 && k < after->len; k++)
            {
              if (compare_entries (g_ptr_array_index (before, i), g_ptr_array_index (after, k), list) >= least &&
                  !is_taken (self, list, k))
                self->places[list][i] = (int)k;
            }
        }
    }
  /* A coverage may have been read wrongly, and an insurer's letter and name. */
  for (guint i = 0; i < MIN (before->len, after->len); i++)
    {
      if (self->places[list][i] < 0 && !is_taken (self, list, i) &&
          (list == 1 || has_same_number (g_ptr_array_index (before, i), g_ptr_array_index (after, i))))
        self->places[list][i] = (int)i;
    }
}

/* The list and index that a path leads into; FALSE where it leads into neither list. */
static gboolean
parse_entry (const char  *path,
             guint       *list,
             guint       *index,
             const char **rest)
{
  for (guint i = 0; i < G_N_ELEMENTS (list_names); i++)
    {
      gsize length = strlen (list_names[i]);

      if (strncmp (path, list_names[i], length) == 0 && path[length] == '[')
        {
          char *end = NULL;

          *list = i;
          *index = (guint)g_ascii_strtoull (path + length + 1, &end, 10);
          *rest = end + 1;
          return TRUE;
        }
    }

  return FALSE;
}

/* (transfer full) (nullable): where a value that was read stands now; NULL where its whole entry is gone */
static char *
move_path (const Pairing *pairing,
           const char    *path)
{
  const char *rest;
  guint list, index;

  if (!parse_entry (path, &list, &index, &rest))
    return g_strdup (path);
  if (index >= pairing->n_read[list] || pairing->places[list][index] < 0)
    return NULL;

  return g_strdup_printf ("%s[%d]%s", list_names[list], pairing->places[list][index], rest);
}

/* Who made it so: the earliest version from which on it has been what it is. */
static void
set_maker (ChCorrection *correction,
           GPtrArray    *versions,
           guint         first)
{
  guint i;

  for (i = versions->len - 1; i > first; i--)
    {
      const ChCertificateVersion *before = g_ptr_array_index (versions, i - 1);
      g_autofree char *value = ch_certificate_dup_value (before->certificate, correction->path);

      if (g_strcmp0 (value, correction->now) != 0)
        break;
    }
  correction->by = g_strdup (((ChCertificateVersion *)g_ptr_array_index (versions, i))->made_by);
  correction->at = ((ChCertificateVersion *)g_ptr_array_index (versions, i))->made_at;
}

static ChCorrection *
add_correction (GPtrArray  *corrections,
                const char *path,
                const char *read,
                const char *now)
{
  ChCorrection *correction = g_new0 (ChCorrection, 1);

  correction->path = g_strdup (path);
  correction->read = g_strdup (read);
  correction->now = g_strdup (now);
  g_ptr_array_add (corrections, correction);

  return correction;
}

static void
add_changed_values (GPtrArray           *corrections,
                    GPtrArray           *versions,
                    guint                first,
                    const Pairing       *pairing,
                    const ChCertificate *read,
                    const ChCertificate *now)
{
  g_autoptr(GHashTable) read_values = ch_certificate_list_values (read);
  g_autoptr(GHashTable) now_values = ch_certificate_list_values (now);
  GHashTableIter iter;
  gpointer path, value;

  g_hash_table_iter_init (&iter, read_values);
  while (g_hash_table_iter_next (&iter, &path, &value))
    {
      g_autofree char *moved = move_path (pairing, path);
      const char *counts = moved != NULL ? g_hash_table_lookup (now_values, moved) : NULL;

      if (moved == NULL)
        continue;
      if (g_strcmp0 (value, counts) != 0)
        set_maker (add_correction (corrections, moved, value, counts), versions, first);
      g_hash_table_remove (now_values, moved);
    }

  g_hash_table_iter_init (&iter, now_values);
  while (g_hash_table_iter_next (&iter, &path, &value))
    {
      const char *rest;
      guint list, index;

      if (!parse_entry (path, &list, &index, &rest) || is_taken (pairing, list, index))
        set_maker (add_correction (corrections, path, NULL, value), versions, first);
    }
}

/* (transfer full): a policy or an insurer in a few words */
static char *
dup_entry (const ChCertificate *certificate,
           guint                list,
           guint                index)
{
  if (list == 0)
    {
      const ChPolicy *policy = g_ptr_array_index (certificate->policies, index);

      return g_strjoin (" ", policy->coverage_text != NULL ? policy->coverage_text
                                                           : ch_coverage_to_string (policy->coverage),
                        policy->policy_number, NULL);
    }
  else
    {
      const ChInsurer *insurer = g_ptr_array_index (certificate->insurers, index);

      return g_strjoin (" ", insurer->letter != NULL ? insurer->letter : "?", insurer->name, NULL);
    }
}

/* The last one who typed: an entry that came or went has no value of its own to follow. */
static void
set_last_maker (ChCorrection *correction,
                GPtrArray    *versions)
{
  const ChCertificateVersion *last = g_ptr_array_index (versions, versions->len - 1);

  correction->by = g_strdup (last->made_by);
  correction->at = last->made_at;
}

static void
add_changed_entries (GPtrArray           *corrections,
                     GPtrArray           *versions,
                     const Pairing       *pairing,
                     const ChCertificate *read,
                     const ChCertificate *now)
{
  for (guint list = 0; list < G_N_ELEMENTS (list_names); list++)
    {
      for (guint i = 0; i < pairing->n_read[list]; i++)
        {
          g_autofree char *path = g_strdup_printf ("%s[%u]", list_names[list], i);
          g_autofree char *entry = dup_entry (read, list, i);

          if (pairing->places[list][i] < 0)
            set_last_maker (add_correction (corrections, path, entry, NULL), versions);
        }
      for (guint i = 0; i < pairing->n_now[list]; i++)
        {
          g_autofree char *path = g_strdup_printf ("%s[%u]", list_names[list], i);
          g_autofree char *entry = dup_entry (now, list, i);

          if (!is_taken (pairing, list, i))
            set_last_maker (add_correction (corrections, path, NULL, entry), versions);
        }
    }
}

static int
compare_corrections (gconstpointer a,
                     gconstpointer b)
{
  return strverscmp ((*(const ChCorrection * const *)a)->path, (*(const ChCorrection * const *)b)->path);
}

/**
 * ch_correction_list:
 *
 * What stands beside what was read: every value of the certificate that people changed, added or took away.
 *
 * Returns: (transfer full) (element-type ChCorrection): by path; empty where it counts as it was read
 */
GPtrArray *
ch_correction_list (ChStore  *store,
                    gint64    certificate_id,
                    GError  **error)
{
  g_autoptr(GPtrArray) corrections = g_ptr_array_new_with_free_func ((GDestroyNotify)ch_correction_free);
  g_autoptr(GPtrArray) versions = NULL;
  g_auto(Pairing) pairing = { { NULL } };
  const ChCertificate *read, *now;
  guint first = 0;

  g_return_val_if_fail (CH_IS_STORE (store), NULL);

  versions = ch_store_list_certificate_versions (store, certificate_id, error);
  if (versions == NULL)
    return NULL;
  for (guint i = 0; i < versions->len; i++)
    {
      if (((ChCertificateVersion *)g_ptr_array_index (versions, i))->is_reading)
        first = i;
    }
  if (versions->len == 0 || first == versions->len - 1)
    return g_steal_pointer (&corrections);

  read = ((ChCertificateVersion *)g_ptr_array_index (versions, first))->certificate;
  now = ((ChCertificateVersion *)g_ptr_array_index (versions, versions->len - 1))->certificate;
  pair_list (&pairing, 0, read, now);
  pair_list (&pairing, 1, read, now);
  add_changed_values (corrections, versions, first, &pairing, read, now);
  add_changed_entries (corrections, versions, &pairing, read, now);
  g_ptr_array_sort (corrections, compare_corrections);

  return g_steal_pointer (&corrections);
}
