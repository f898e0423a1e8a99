#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-list-mark-private.h"
#include "ch-procore-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More pages in a row than this that bring nothing new are no list. */
#define MAX_BARREN_PAGES 3

/* One listing under way: elements in order, each id once. */
typedef struct {
  GPtrArray  *nodes;      /* (element-type JsonNode) */
  GHashTable *seen;       /* (element-type utf8): ids */
  guint       n_nameless; /* elements without an id: counted, not taken */
  guint       n_barren;
  gint64      total;      /* -1 where the server does not say */
  gboolean    has_moved;  /* the total was another on another page */
  ChListMark *mark;       /* (nullable): what the list was before */
  GPtrArray  *unread;     /* (element-type ChResponse): pages that are what they were, not looked into yet */
} Listing;

static void
listing_clear (Listing *listing)
{
  g_clear_pointer (&listing->nodes, g_ptr_array_unref);
  g_clear_pointer (&listing->seen, g_hash_table_unref);
  g_clear_pointer (&listing->unread, g_ptr_array_unref);
}

static void
listing_reset (Listing *listing)
{
  listing_clear (listing);
  listing->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  listing->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  listing->n_nameless = 0;
  listing->n_barren = 0;
  listing->total = -1;
  listing->has_moved = FALSE;
  listing->unread = g_ptr_array_new_with_free_func ((GDestroyNotify) ch_response_free);
  if (listing->mark != NULL)
    _ch_list_mark_begin (listing->mark);
}

static gint64
listing_count (const Listing *listing)
{
  return (gint64) listing->nodes->len + listing->n_nameless;
}

/* An element's id as text: of the object, or the element itself in lists of ids. */
static char *
dup_id (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return _ch_wire_dup_scalar (json_node_get_object (node), "id");
  if (_ch_wire_node_get_id (node) != 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, _ch_wire_node_get_id (node));
  return NULL;
}

/* Returns how many of them were not there yet. */
static guint
take_elements (Listing   *listing,
               JsonArray *array)
{
  guint n_new = 0;
  guint i;

  for (i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      char *id = dup_id (node);

      if (id == NULL)
        {
          listing->n_nameless++;
        }
      else if (g_hash_table_add (listing->seen, id))
        {
          g_ptr_array_add (listing->nodes, json_node_ref (node));
          n_new++;
        }
    }
  return n_new;
}

static JsonArray *
find_array (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return _ch_wire_get_array (json_node_get_object (node), "data");
  return NULL;
}

/*
 * Whether another page follows one of @n elements of which @n_new are new. `Link` and `Total` say so where the server
 * sends them, and either counts: a list may have been cut at a length of the server's own. Where neither is there, the
 * only proof of the end is a page that is shorter than `Per-Page`, or that brings nothing; @is_paged tells whether the
 * list takes a page number at all.
 */
static gboolean
has_next_page (const Listing    *listing,
               const ChResponse *response,
               guint             n,
               guint             n_new,
               gboolean          is_paged)
{
  const char *link = ch_response_get_header (response, "link");
  const char *per_page = ch_response_get_header (response, "per-page");
  gint64 length;

  if (n == 0)
    return FALSE;
  if (link != NULL && (strstr (link, "rel=\"next\"") != NULL || strstr (link, "rel=next") != NULL))
    return TRUE;
  if (n_new == 0)
    return FALSE;
  if (listing->total >= 0)
    return listing_count (listing) < listing->total;
  if (link != NULL || !is_paged)
    return FALSE;
  return per_page == NULL || !g_ascii_string_to_signed (per_page, 10, 1, G_MAXINT, &length, NULL) || n >= length;
}

static void
take_total (Listing          *listing,
            const ChResponse *response)
{
  const char *text = ch_response_get_header (response, "total");
  gint64 total;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT, &total, NULL))
    return;
  listing->has_moved |= listing->total >= 0 && listing->total != total;
  listing->total = total;
}

/* FALSE where the page is no list. */
static gboolean
take_page (Listing          *listing,
           const ChResponse *response,
           JsonNode         *node,
           gboolean          is_paged,
           gboolean         *more)
{
  JsonArray *array = node != NULL ? find_array (node) : NULL;
  guint n;
  guint n_new;

  if (array == NULL)
    return FALSE;
  n = json_array_get_length (array);
  n_new = take_elements (listing, array);
  take_total (listing, response);
  *more = has_next_page (listing, response, n, n_new, is_paged);
  listing->n_barren = n_new > 0 ? 0 : listing->n_barren + 1;
  return TRUE;
}

/* A page differs: those before it have to be looked into after all. */
static gboolean
take_unread (Listing *listing,
             gboolean is_paged,
             GError **error)
{
  gboolean more;
  guint i;

  for (i = 0; i < listing->unread->len; i++)
    {
      const ChResponse *response = g_ptr_array_index (listing->unread, i);
      g_autoptr (JsonNode) node = _ch_procore_parse_json (response, TRUE, error);

      if (node == NULL)
        return FALSE;
      take_page (listing, response, node, is_paged, &more);
    }
  g_ptr_array_set_size (listing->unread, 0);
  return TRUE;
}

/* Reads one page and says whether another follows. */
static gboolean
read_page (ChProcore    *self,
           const char   *path,
           gboolean      is_paged,
           Listing      *listing,
           gboolean     *more,
           GCancellable *cancellable,
           GError      **error)
{
  guint attempt;

  for (attempt = 0;; attempt++)
    {
      g_autoptr (ChResponse) response = _ch_procore_call (self, "GET", path, NULL, NULL, cancellable, error);
      g_autoptr (JsonNode) node = NULL;

      if (response == NULL)
        return FALSE;
      if (listing->mark != NULL && _ch_list_mark_is_known (listing->mark, response))
        {
          g_ptr_array_add (listing->unread, g_steal_pointer (&response));
          *more = _ch_list_mark_take (listing->mark);
          return TRUE;
        }
      if (!take_unread (listing, is_paged, error))
        return FALSE;
      node = _ch_procore_parse_json (response, TRUE, attempt < 2 ? NULL : error);
      if (take_page (listing, response, node, is_paged, more))
        {
          if (listing->mark != NULL)
            _ch_list_mark_take (listing->mark);
          if (!*more || listing->n_barren < MAX_BARREN_PAGES)
            return TRUE;
          g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER, _ ("Procore's list does not end"));
          return FALSE;
        }
      if (attempt >= 2)
        {
          if (node != NULL)
            g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER, _ ("Procore's answer is no list"));
          return FALSE;
        }
      if (!ch_transport_wait_until (_ch_procore_get_transport (self),
                                    ch_transport_now (_ch_procore_get_transport (self)) + (attempt + 1) * G_USEC_PER_SEC,
                                    cancellable, error))
        return FALSE;
    }
}

/* A list that takes no paging is asked without; if it pages all the same, its own length goes on. */
static char *
make_page_path (const char *path,
                guint       page,
                guint       per_page)
{
  char separator = strchr (path, '?') != NULL ? '&' : '?';

  if (per_page > 0)
    return g_strdup_printf ("%s%cpage=%u&per_page=%u", path, separator, page, per_page);
  return page == 1 ? g_strdup (path) : g_strdup_printf ("%s%cpage=%u", path, separator, page);
}

static gboolean
read_all_pages (ChProcore    *self,
                const char   *path,
                guint         per_page,
                Listing      *listing,
                GCancellable *cancellable,
                GError      **error)
{
  gboolean more = TRUE;
  guint page;

  listing_reset (listing);
  for (page = 1; more; page++)
    {
      g_autofree char *url = make_page_path (path, page, per_page);

      if (!read_page (self, url, per_page > 0, listing, &more, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/*
 * A list shifts when something is added or removed while it is read: an element may then stand on two pages, or on
 * none. Only a listing whose distinct elements are as many as the server's total, on all its pages, is complete;
 * another is read again, and if that does not help it is an error, since a partial list would look like deletions.
 */
static gboolean
read_listing (ChProcore    *self,
              const char   *path,
              guint         per_page,
              Listing      *listing,
              GCancellable *cancellable,
              GError      **error)
{
  guint attempt;

  for (attempt = 0; attempt < 3; attempt++)
    {
      if (!read_all_pages (self, path, per_page, listing, cancellable, error))
        return FALSE;
      if (listing->unread->len > 0 || listing->total < 0
          || (listing->total == listing_count (listing) && !listing->has_moved))
        {
          if (listing->mark != NULL)
            _ch_list_mark_end (listing->mark);
          return TRUE;
        }
    }

  if (listing->has_moved)
    {
      g_set_error_literal (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER, _ ("Procore's list changes while it is read"));
      return FALSE;
    }

  g_set_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER,
               _ ("Procore's list has %u entries but says that there are %d"), (guint) listing_count (listing), (int) listing->total);
  return FALSE;
}

static GPtrArray *
parse_nodes (const Listing *listing,
             ChParseFunc    parse,
             gpointer       user_data,
             GDestroyNotify free_func)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (free_func);
  guint i;

  for (i = 0; i < listing->nodes->len; i++)
    {
      JsonNode *node = g_ptr_array_index (listing->nodes, i);
      gpointer value = JSON_NODE_HOLDS_OBJECT (node) ? parse (json_node_get_object (node), user_data) : NULL;

      if (value != NULL)
        g_ptr_array_add (values, value);
    }
  return values;
}

/*< private > */
GPtrArray *
_ch_procore_list_again (ChProcore     *self,
                        const char    *path,
                        guint          per_page,
                        ChListMark    *mark,
                        ChParseFunc    parse,
                        gpointer       user_data,
                        GDestroyNotify free_func,
                        GCancellable  *cancellable,
                        GError       **error)
{
  Listing listing = { .mark = mark };
  GPtrArray *values = NULL;

  if (read_listing (self, path, per_page, &listing, cancellable, error))
    values = parse_nodes (&listing, parse, user_data, free_func);
  listing_clear (&listing);
  return values;
}

/*< private > */
GPtrArray *
_ch_procore_list (ChProcore     *self,
                  const char    *path,
                  guint          per_page,
                  ChParseFunc    parse,
                  gpointer       user_data,
                  GDestroyNotify free_func,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return _ch_procore_list_again (self, path, per_page, NULL, parse, user_data, free_func, cancellable, error);
}

/*< private > */
GPtrArray *
_ch_procore_list_first (ChProcore     *self,
                        const char    *path,
                        guint          n,
                        ChParseFunc    parse,
                        gpointer       user_data,
                        GDestroyNotify free_func,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autofree char *url = make_page_path (path, 1, n);
  Listing listing = { NULL };
  GPtrArray *values = NULL;
  gboolean more;

  listing_reset (&listing);
  if (read_page (self, url, TRUE, &listing, &more, cancellable, error))
    values = parse_nodes (&listing, parse, user_data, free_func);
  listing_clear (&listing);
  return values;
}

/*< private > */
GArray *
_ch_procore_list_ids (ChProcore    *self,
                      const char   *path,
                      guint         per_page,
                      GCancellable *cancellable,
                      GError      **error)
{
  Listing listing = { NULL };
  GArray *ids = NULL;
  guint i;

  if (read_listing (self, path, per_page, &listing, cancellable, error))
    {
      ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      for (i = 0; i < listing.nodes->len; i++)
        {
          JsonNode *node = g_ptr_array_index (listing.nodes, i);
          gint64 id = JSON_NODE_HOLDS_OBJECT (node) ? _ch_wire_get_id (json_node_get_object (node), "id")
                                                    : _ch_wire_node_get_id (node);

          g_array_append_val (ids, id);
        }
    }
  listing_clear (&listing);
  return ids;
}
