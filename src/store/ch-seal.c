#define G_LOG_DOMAIN "ch-store"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "ch-seal-private.h"
#include "ch-store-events.h"

/*
 * The audit trail vouches for the data. At the end of each act an event `sealed` takes down, for each record that the
 * act has touched, a digest of what the record's tables hold now; as an event it is part of the chain. Whoever changes
 * a row behind the program's back would have to write the trail anew from there on, and its head stands on every
 * report that was handed out.
 *
 * A seal has a digest for each part of the record, so that verify can say which part is not as it was left: the first
 * 96 bits of SHA-256 as hex, "-" for a part without rows, with blanks between. A record that is gone has an empty
 * seal. A part's digest covers, row by row, the names and values of the columns that are not NULL: a column that a
 * later version adds changes no earlier seal.
 *
 * What the sync alone works with (the fields of shared records, outbox, freshness) is not sealed: every request would
 * add to the trail. Those tables are checked against each other instead. Which record is which in Procore is sealed.
 */

#define MAX_PARTS 13
#define DIGEST_LENGTH 24
#define MAX_SEALS_IN_EVENT 500

typedef struct {
  const char *statement;
  const char *what;        /* the part, in people's words */
} Part;

static const struct {
  const char *word;        /* in the trail: never changed */
  const char *what;        /* in people's words */
  const char *list;
  const char *describe;
  Part        parts[MAX_PARTS];
  gboolean    is_late;     /* databases with seals were out before there were seals of these */
} kinds[CH_N_SEAL_KINDS] = {
  [CH_SEAL_CERTIFICATE] = {
    "certificate", N_("Certificate"), "list-ids-of-certificate", "describe-certificate", {
      { "seal-certificate", N_("its file, sub or review") },
      { "seal-certificate-projects", N_("its projects") },
      { "seal-certificate-versions", N_("what it says") },
      { "seal-insurers", N_("its insurers") },
      { "seal-policies", N_("its policies") },
      { "seal-limits", N_("its limits") },
      { "seal-endorsements", N_("its endorsements") },
      { "seal-certificate-fields", N_("where it was read") },
      { "seal-policy-identities", N_("which policies its are") },
      { "seal-certificate-matches", N_("its proposed subs and projects") },
      { "seal-certificate-copies", N_("its copies") },
      { "seal-certificate-key", N_("by what it is found") },
    },
  },
  [CH_SEAL_REQUIREMENT_SET] = {
    "requirements", N_("Requirement set"), "list-ids-of-requirement-set", "describe-requirement-set", {
      { "seal-requirement-set", N_("its name") },
      { "seal-requirement-set-versions", N_("what it asks") },
      { "seal-requirement-assignments", N_("where it is assigned") },
    },
  },
  [CH_SEAL_CARRIERS] = {
    "carriers", N_("The list of carriers"), "list-ids-of-carriers", "describe-carriers", {
      { "seal-carrier-lists", N_("its versions") },
      { "seal-carriers", N_("its ratings") },
    },
  },
  [CH_SEAL_WAIVERS] = {
    "waivers", N_("Waivers of sub"), "list-ids-of-waivers", "describe-vendor", {
      { "seal-waivers", N_("what is waived, until when, or by whom") },
    },
  },
  [CH_SEAL_VERDICT] = {
    "verdict", N_("Verdict"), "list-ids-of-verdict", "describe-verdict", {
      { "seal-verdict", N_("its status") },
      { "seal-findings", N_("its findings") },
    },
  },
  [CH_SEAL_CONFLICT] = {
    "conflict", N_("Conflict"), "list-ids-of-conflict", "describe-conflict", {
      { "seal-conflict", N_("its values") },
    },
  },
  [CH_SEAL_SETTING] = {
    "setting", N_("Setting"), "list-ids-of-setting", "describe-setting", {
      { "seal-setting", N_("its value") },
    },
  },
  [CH_SEAL_STAGES] = {
    "stages", N_("The list of stages"), "list-ids-of-stages", "describe-stages", {
      { "seal-stages", N_("its stages") },
    },
  },
  [CH_SEAL_PROJECT] = {
    "project", N_("Project"), "list-ids-of-project", "describe-project", {
      { "seal-project", N_("what Procore told of it") },
    },
  },
  [CH_SEAL_MEMBERS] = {
    "members", N_("Subs on project"), "list-ids-of-members", "describe-project", {
      { "seal-members", N_("who works there") },
    },
  },
  [CH_SEAL_VENDOR] = {
    "vendor", N_("Sub"), "list-ids-of-vendor", "describe-vendor", {
      { "seal-vendor", N_("what Procore told of it") },
      { "seal-vendor-trades", N_("its trades") },
    },
  },
  [CH_SEAL_COMMITMENT] = {
    "commitment", N_("Commitment"), "list-ids-of-commitment", "describe-commitment", {
      { "seal-commitment", N_("what Procore told of it") },
    },
  },
  [CH_SEAL_INSURANCE] = {
    "insurance", N_("Insurance record"), "list-ids-of-insurance", "describe-insurance", {
      { "seal-insurance", N_("what Procore told of it") },
      { "seal-insurance-fields", N_("its fields") },
    },
  },
  [CH_SEAL_SHARED] = {
    "shared", N_("Shared record"), "list-ids-of-shared", "describe-shared", {
      { "seal-shared", N_("which one it is in Procore") },
    },
    .is_late = TRUE,
  },
};

void
_ch_seal_touch_named (ChStore    *store,
                      ChSealKind  kind,
                      const char *name)
{
  if (store->touched == NULL)
    store->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (store->touched, g_strconcat (kinds[kind].word, ":", name, NULL));
}

void
_ch_seal_touch (ChStore    *store,
                ChSealKind  kind,
                gint64      id)
{
  char name[32];

  g_snprintf (name, sizeof name, "%" G_GINT64_FORMAT, id);
  _ch_seal_touch_named (store, kind, name);
}

/* @name is the id, or what a setting is called. */
static void
bind_name (ChQuery    *query,
           const char *name)
{
  gint64 id;

  if (g_ascii_string_to_signed (name, 10, G_MININT64, G_MAXINT64, &id, NULL))
    _ch_query_bind_integer (query, id);
  else
    _ch_query_bind_text (query, name);
}

static gboolean
append_part (ChStore     *store,
             const char  *statement,
             const char  *name,
             GString     *seal,
             gboolean    *any,
             GError     **error)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr(ChQuery) query = _ch_store_query (store, statement);
  guint n = 0;

  bind_name (query, name);
  while (_ch_query_next (query))
    {
      _ch_query_add_to_checksum (query, checksum);
      n++;
    }
  if (!_ch_query_finish (query, error))
    return FALSE;

  if (seal->len > 0)
    g_string_append_c (seal, ' ');
  if (n > 0)
    g_string_append_len (seal, g_checksum_get_string (checksum), DIGEST_LENGTH);
  else
    g_string_append_c (seal, '-');
  *any |= n > 0;

  return TRUE;
}

/* (transfer full): empty where there is no such record; NULL with @error */
static char *
dup_seal (ChStore     *store,
          ChSealKind   kind,
          const char  *name,
          GError     **error)
{
  g_autoptr(GString) seal = g_string_new (NULL);
  gboolean any = FALSE;

  for (guint i = 0; i < MAX_PARTS && kinds[kind].parts[i].statement != NULL; i++)
    {
      if (!append_part (store, kinds[kind].parts[i].statement, name, seal, &any, error))
        return NULL;
    }

  return g_strdup (any ? seal->str : "");
}

/* The kind of a record's key, as `certificate:12`, and where its name begins. */
static gboolean
parse_key (const char  *key,
           ChSealKind  *kind,
           const char **name)
{
  const char *colon = strchr (key, ':');

  for (guint i = 0; colon != NULL && i < CH_N_SEAL_KINDS; i++)
    {
      if (strlen (kinds[i].word) == (gsize) (colon - key) && strncmp (kinds[i].word, key, colon - key) == 0)
        {
          *kind = (ChSealKind) i;
          *name = colon + 1;
          return TRUE;
        }
    }

  return FALSE;
}

/* One line for each record: its key, a tab, its seal. */
static gboolean
append_line (ChStore     *store,
             const char  *key,
             GString     *text,
             GError     **error)
{
  g_autofree char *seal = NULL;
  ChSealKind kind;
  const char *name;

  if (!parse_key (key, &kind, &name))
    g_assert_not_reached ();
  seal = dup_seal (store, kind, name, error);
  if (seal == NULL)
    return FALSE;
  g_string_append_printf (text, "%s\t%s\n", key, seal);

  return TRUE;
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  return strverscmp (*(const char * const *) a, *(const char * const *) b);
}

static gboolean
write_seals (ChStore     *store,
             GPtrArray   *keys,
             GError     **error)
{
  for (guint i = 0; i < keys->len; i += MAX_SEALS_IN_EVENT)
    {
      g_autoptr(GString) text = g_string_new (NULL);

      for (guint k = i; k < MIN (keys->len, i + MAX_SEALS_IN_EVENT); k++)
        {
          if (!append_line (store, g_ptr_array_index (keys, k), text, error))
            return FALSE;
        }
      if (!ch_store_add_event (store, CH_EVENT_SEALED, 0, 0, NULL, text->str, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
_ch_seal_write (ChStore  *store,
                GError  **error)
{
  g_autoptr(GPtrArray) keys = NULL;
  GHashTableIter iter;
  gpointer key;

  if (store->touched == NULL)
    return TRUE;

  /* In an order of their own: the same act writes the same event. */
  keys = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, store->touched);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, key);
  g_ptr_array_sort (keys, compare_keys);

  return write_seals (store, keys, error);
}

static GPtrArray *
list_names (ChStore     *store,
            ChSealKind   kind,
            GError     **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(ChQuery) query = _ch_store_query (store, kinds[kind].list);

  while (_ch_query_next (query))
    g_ptr_array_add (names, _ch_query_dup_text (query, 0));

  return _ch_query_finish (query, error) ? g_steal_pointer (&names) : NULL;
}

static gboolean
has_seals (ChStore     *store,
           gboolean    *has,
           GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (store, "has-seals");

  *has = _ch_query_next (query);

  return _ch_query_finish (query, error);
}

static gboolean
has_seals_of (ChStore     *store,
              ChSealKind   kind,
              gboolean    *has,
              GError     **error)
{
  g_autoptr(ChQuery) query = _ch_store_query (store, "has-seals-of");
  g_autofree char *first = g_strconcat (kinds[kind].word, ":%", NULL);
  g_autofree char *other = g_strconcat ("%\n", kinds[kind].word, ":%", NULL);

  _ch_query_bind_text (query, first);
  _ch_query_bind_text (query, other);
  *has = _ch_query_next (query);

  return _ch_query_finish (query, error);
}

/* The trail is read for the seals of a kind only where there are records of it, and a seal of it among the first. */
static gboolean
add_unsealed_keys (ChStore     *store,
                   ChSealKind   kind,
                   gboolean     is_begun,
                   GPtrArray   *keys,
                   GError     **error)
{
  g_autoptr(GPtrArray) names = NULL;
  gboolean has;

  if (is_begun && !kinds[kind].is_late)
    return TRUE;

  names = list_names (store, kind, error);
  if (names == NULL)
    return FALSE;
  if (is_begun && names->len > 0)
    {
      if (!has_seals_of (store, kind, &has, error))
        return FALSE;
      if (has)
        return TRUE;
    }
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (keys, g_strconcat (kinds[kind].word, ":", (const char *) g_ptr_array_index (names, i), NULL));

  return TRUE;
}

/* What was there before there were seals. Whether there are is asked of the trail, which can't be made to forget them
 * unseen. */
static GPtrArray *
list_unsealed_keys (ChStore  *store,
                    GError  **error)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  gboolean is_begun;

  if (!has_seals (store, &is_begun, error))
    return NULL;
  for (guint kind = 0; kind < CH_N_SEAL_KINDS; kind++)
    {
      if (!add_unsealed_keys (store, (ChSealKind) kind, is_begun, keys, error))
        return NULL;
    }

  return g_steal_pointer (&keys);
}

static gboolean
seal_unsealed (ChStore  *store,
               GError  **error)
{
  /* Another process may have done it since we looked. */
  g_autoptr(GPtrArray) keys = list_unsealed_keys (store, error);

  return keys != NULL && write_seals (store, keys, error);
}

gboolean
_ch_seal_begin (ChStore  *store,
                GError  **error)
{
  g_autoptr(GPtrArray) keys = list_unsealed_keys (store, error);

  if (keys == NULL)
    return FALSE;
  if (keys->len == 0)
    return TRUE;

  if (!ch_store_begin (store, "certholder", g_get_real_time (), error))
    return FALSE;
  if (seal_unsealed (store, error))
    return ch_store_commit (store, error);
  ch_store_rollback (store);

  return FALSE;
}

struct _ChSealBook
{
  GHashTable *seals;   /* (element-type utf8 utf8): by key; those of gone records are left out */
};

ChSealBook *
_ch_seal_book_new (void)
{
  ChSealBook *self = g_new0 (ChSealBook, 1);

  self->seals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
_ch_seal_book_free (ChSealBook *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->seals);
  g_free (self);
}

gboolean
_ch_seal_book_add (ChSealBook *self,
                   const char *detail)
{
  g_auto(GStrv) lines = g_strsplit (detail != NULL ? detail : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      char *tab = strchr (lines[i], '\t');

      if (tab == NULL)
        return FALSE;
      *tab = '\0';
      if (tab[1] != '\0')
        g_hash_table_insert (self->seals, g_strdup (lines[i]), g_strdup (tab + 1));
      else
        g_hash_table_remove (self->seals, lines[i]);
    }

  return TRUE;
}

/* (transfer full): the record as people know it; its id where there is nothing more to say */
static char *
describe (ChStore     *store,
          ChSealKind   kind,
          const char  *name)
{
  g_autoptr(ChQuery) query = _ch_store_query (store, kinds[kind].describe);
  char *text = NULL;

  bind_name (query, name);
  if (_ch_query_next (query))
    text = _ch_query_dup_text (query, 0);

  return text != NULL ? text : g_strdup (name);
}

/* (transfer full) (nullable): which parts differ */
static char *
name_changed_parts (ChSealKind  kind,
                    const char *before,
                    const char *now)
{
  g_auto(GStrv) left = g_strsplit (before, " ", -1);
  g_auto(GStrv) right = g_strsplit (now, " ", -1);
  g_autoptr(GString) text = g_string_new (NULL);
  guint n_left = g_strv_length (left), n_right = g_strv_length (right);

  for (guint i = 0; i < MAX_PARTS && kinds[kind].parts[i].what != NULL; i++)
    {
      /* a part that the program knew nothing of when it made the seal is vouched for by nobody, and empty */
      const char *was = i < n_left ? left[i] : "-";
      const char *is = i < n_right ? right[i] : "-";

      if (!g_str_equal (was, is))
        g_string_append_printf (text, "%s%s", text->len > 0 ? _(", ") : "", _(kinds[kind].parts[i].what));
    }

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/* Takes the record out of the book. */
static gboolean
check_record (ChSealBook  *self,
              ChStore     *store,
              ChSealKind   kind,
              const char  *name,
              GPtrArray   *problems,
              GError     **error)
{
  g_autofree char *key = g_strconcat (kinds[kind].word, ":", name, NULL);
  g_autofree char *now = dup_seal (store, kind, name, error);
  const char *before = g_hash_table_lookup (self->seals, key);
  g_autofree char *parts = NULL;
  g_autofree char *description = NULL;

  if (now == NULL)
    return FALSE;
  if (before != NULL)
    parts = name_changed_parts (kind, before, now);
  if (before == NULL || parts != NULL)
    description = describe (store, kind, name);
  if (before == NULL)
    g_ptr_array_add (problems, g_strdup_printf (_("%s %s was put in by another program: the audit trail knows nothing "
                                                  "of it."), _(kinds[kind].what), description));
  else if (parts != NULL)
    g_ptr_array_add (problems, g_strdup_printf (_("%s %s was changed by another program: %s."), _(kinds[kind].what),
                                                description, parts));
  g_hash_table_remove (self->seals, key);

  return TRUE;
}

static void
tell_missing (ChSealBook *self,
              GPtrArray  *problems)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->seals);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, key);
  g_ptr_array_sort (keys, compare_keys);

  for (guint i = 0; i < keys->len; i++)
    {
      ChSealKind kind;
      const char *name;

      if (parse_key (g_ptr_array_index (keys, i), &kind, &name))
        g_ptr_array_add (problems, g_strdup_printf (_("%s %s was taken out by another program."), _(kinds[kind].what),
                                                    name));
    }
}

gboolean
_ch_seal_book_verify (ChSealBook    *self,
                      ChStore       *store,
                      GPtrArray     *problems,
                      GCancellable  *cancellable,
                      GError       **error)
{
  for (guint kind = 0; kind < CH_N_SEAL_KINDS; kind++)
    {
      g_autoptr(GPtrArray) names = list_names (store, (ChSealKind) kind, error);

      if (names == NULL)
        return FALSE;
      for (guint i = 0; i < names->len; i++)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
              !check_record (self, store, (ChSealKind) kind, g_ptr_array_index (names, i), problems, error))
            return FALSE;
        }
    }
  tell_missing (self, problems);

  return TRUE;
}
