#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include "ch-policy-identity-private.h"

/*
 * A policy is the same one on every certificate of a sub that shows its coverage, number and first day; spaces,
 * punctuation and case in the number are the printer's. Its uuid was made when it was first seen and is what Procore
 * knows it by, so it must survive whatever people do to the certificate:
 *
 * - A certificate without a sub has policies of its own. Once it gets a sub, those that the sub already has are the
 *   sub's; the others become the sub's and keep their uuid.
 * - A certificate that goes to another sub shows that sub's policies. Those of the former one stay the former one's,
 *   also when no certificate shows them any more: coming back finds them.
 * - A correction of the number or the first day, of a policy that only this certificate shows, is a correction of the
 *   same policy: it keeps its uuid, and Procore's record is corrected too.
 */

enum {
  IDENTITY_ID,
  IDENTITY_UUID,
  IDENTITY_VENDOR_ID,
  IDENTITY_COVERAGE,
  IDENTITY_NUMBER_KEY,
  IDENTITY_EFFECTIVE,
  IDENTITY_ORDINAL,
  IDENTITY_N_CERTIFICATES,
};

/* ordinal: how many equal ones stand before it on the certificate */
typedef struct {
  const char *coverage;
  char       *number;
  ChDate      effective;
  guint       ordinal;
} Key;

/* What a place of the certificate was before. */
typedef struct {
  gint64   id;
  char    *uuid;
  gint64   vendor_id;
  Key      key;
  guint    n_certificates;
  gboolean is_taken;
} Known;

static void
key_clear (gpointer data)
{
  Key *key = data;

  g_free (key->number);
}

static void
known_free (Known *self)
{
  g_free (self->uuid);
  key_clear (&self->key);
  g_free (self);
}

/* Letters and digits in capitals, as the judge compares them. */
char *
_ch_policy_dup_number_key (const char *number)
{
  GString *key = g_string_new (NULL);

  for (const char *p = number; p != NULL && *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p) || (guchar) *p >= 0x80)
        g_string_append_c (key, g_ascii_toupper (*p));
    }

  return g_string_free (key, FALSE);
}

static gboolean
is_same_key (const Key *a,
             const Key *b)
{
  return g_str_equal (a->coverage, b->coverage) && g_str_equal (a->number, b->number) &&
         a->effective == b->effective && a->ordinal == b->ordinal;
}

/* (element-type Key): one for each policy */
static GArray *
make_keys (const ChCertificate *certificate)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (Key));

  g_array_set_clear_func (keys, key_clear);
  for (guint i = 0; i < certificate->policies->len; i++)
    {
      const ChPolicy *policy = g_ptr_array_index (certificate->policies, i);
      Key key = { ch_coverage_to_string (policy->coverage), NULL, policy->effective, 0 };

      key.number = _ch_policy_dup_number_key (policy->policy_number);

      for (guint k = 0; k < keys->len; k++)
        key.ordinal += is_same_key (&g_array_index (keys, Key, k), &key);
      g_array_append_val (keys, key);
    }

  return keys;
}

/* (element-type Known): what the certificate's policies are now, in the order of their places */
static GPtrArray *
list_known (ChStore  *store,
            gint64    certificate_id,
            GError  **error)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) known_free);
  g_autoptr(ChQuery) query = _ch_store_query (store, "list-identities-of-certificate");

  _ch_query_bind_integer (query, certificate_id);
  while (_ch_query_next (query))
    {
      Known *known = g_new0 (Known, 1);

      known->id = _ch_query_get_integer (query, IDENTITY_ID);
      known->uuid = _ch_query_dup_text (query, IDENTITY_UUID);
      known->vendor_id = _ch_query_get_integer (query, IDENTITY_VENDOR_ID);
      known->key.coverage = g_intern_string (_ch_query_get_text (query, IDENTITY_COVERAGE));
      known->key.number = _ch_query_dup_text (query, IDENTITY_NUMBER_KEY);
      known->key.effective = (ChDate) _ch_query_get_integer (query, IDENTITY_EFFECTIVE);
      known->key.ordinal = (guint) _ch_query_get_integer (query, IDENTITY_ORDINAL);
      known->n_certificates = (guint) _ch_query_get_integer (query, IDENTITY_N_CERTIFICATES);
      g_ptr_array_add (all, known);
    }

  return _ch_query_finish (query, error) ? g_steal_pointer (&all) : NULL;
}

static void
bind_key (ChQuery   *query,
          const Key *key)
{
  _ch_query_bind_text (query, key->coverage);
  _ch_query_bind_text (query, key->number);
  _ch_query_bind_integer (query, key->effective);
  _ch_query_bind_integer (query, key->ordinal);
}

/* *id is 0 where the sub (or the certificate without one) has no such policy */
static gboolean
find_identity (ChStore    *store,
               gint64      certificate_id,
               gint64      vendor_id,
               const Key  *key,
               gint64     *id,
               char      **uuid,
               GError    **error)
{
  g_autoptr(ChQuery) query = NULL;

  query = _ch_store_query (store, vendor_id != 0 ? "find-identity-of-vendor" : "find-identity-of-certificate");
  _ch_query_bind_integer (query, vendor_id != 0 ? vendor_id : certificate_id);
  bind_key (query, key);
  *id = 0;
  if (_ch_query_next (query))
    {
      *id = _ch_query_get_integer (query, IDENTITY_ID);
      *uuid = _ch_query_dup_text (query, IDENTITY_UUID);
    }

  return _ch_query_finish (query, error);
}

static gboolean
add_identity (ChStore    *store,
              gint64      certificate_id,
              gint64      vendor_id,
              const Key  *key,
              gint64     *id,
              char      **uuid,
              GError    **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (store, "add-identity");

  *uuid = g_uuid_string_random ();
  _ch_query_bind_text (query, *uuid);
  _ch_query_bind_id (query, vendor_id);
  _ch_query_bind_id (query, vendor_id != 0 ? 0 : certificate_id);
  bind_key (query, key);

  return _ch_query_run_for_id (query, id, error);
}

static gboolean
move_identity (ChStore    *store,
               gint64      id,
               gint64      certificate_id,
               gint64      vendor_id,
               const Key  *key,
               GError    **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (store, "move-identity");

  _ch_query_bind_id (query, vendor_id);
  _ch_query_bind_id (query, vendor_id != 0 ? 0 : certificate_id);
  bind_key (query, key);
  _ch_query_bind_integer (query, id);

  return _ch_query_run (query, error);
}

static gboolean
is_wanted (GArray    *keys,
           const Key *key)
{
  for (guint i = 0; i < keys->len; i++)
    {
      if (is_same_key (&g_array_index (keys, Key, i), key))
        return TRUE;
    }

  return FALSE;
}

/* The policy that stood here before and can be taken along: this certificate alone shows it, nobody asks for it as it
 * was, and it is nobody's or the same sub's. */
static Known *
find_movable (GPtrArray *all,
              GArray    *keys,
              guint      place,
              gint64     vendor_id)
{
  const Key *key = &g_array_index (keys, Key, place);

  for (guint i = 0; i < all->len; i++)
    {
      Known *known = g_ptr_array_index (all, i);

      if (known->is_taken || known->n_certificates > 1 || (known->vendor_id != 0 && known->vendor_id != vendor_id))
        continue;
      if (is_same_key (&known->key, key))
        return known;
      if (i == place && g_str_equal (known->key.coverage, key->coverage) && !is_wanted (keys, &known->key))
        return known;
    }

  return NULL;
}

static gboolean
identify (ChStore    *store,
          gint64      certificate_id,
          gint64      vendor_id,
          GPtrArray  *all,
          GArray     *keys,
          guint       place,
          gint64     *id,
          char      **uuid,
          GError    **error)
{
  const Key *key = &g_array_index (keys, Key, place);
  Known *movable;

  if (!find_identity (store, certificate_id, vendor_id, key, id, uuid, error))
    return FALSE;
  if (*id != 0)
    return TRUE;

  movable = find_movable (all, keys, place, vendor_id);
  if (movable == NULL)
    return add_identity (store, certificate_id, vendor_id, key, id, uuid, error);

  movable->is_taken = TRUE;
  *id = movable->id;
  *uuid = g_strdup (movable->uuid);

  return move_identity (store, movable->id, certificate_id, vendor_id, key, error);
}

static gboolean
delete_places (ChStore  *store,
               gint64    certificate_id,
               GError  **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (store, "delete-policies-of-certificate");

  _ch_query_bind_integer (query, certificate_id);

  return _ch_query_run (query, error);
}

static gboolean
add_place (ChStore  *store,
           gint64    certificate_id,
           guint     place,
           gint64    identity_id,
           GError  **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (store, "add-policy-of-certificate");

  _ch_query_bind_integer (query, certificate_id);
  _ch_query_bind_integer (query, place);
  _ch_query_bind_integer (query, identity_id);

  return _ch_query_run (query, error);
}

gboolean
_ch_policy_identity_assign (ChStore              *store,
                            gint64                certificate_id,
                            gint64                vendor_id,
                            const ChCertificate  *certificate,
                            GPtrArray            *uuids,
                            GError              **error)
{
  g_autoptr(GArray) keys = make_keys (certificate);
  g_autoptr(GPtrArray) all = list_known (store, certificate_id, error);

  if (all == NULL || !delete_places (store, certificate_id, error))
    return FALSE;
  if (uuids != NULL)
    g_ptr_array_set_size (uuids, 0);

  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *uuid = NULL;
      gint64 id = 0;

      if (!identify (store, certificate_id, vendor_id, all, keys, i, &id, &uuid, error) ||
          !add_place (store, certificate_id, i, id, error))
        return FALSE;
      if (uuids != NULL)
        g_ptr_array_add (uuids, g_steal_pointer (&uuid));
    }

  return TRUE;
}
