#define G_LOG_DOMAIN "ch-procore"

#include "config.h"

#include "ch-list-mark-private.h"

/**
 * ChListMark:
 * @before: (element-type utf8): the pages of the last whole reading; none where it is forgotten
 * @now: (element-type utf8): those of the reading under way
 * @next: (nullable): the page that was looked at last
 * @is_same: so far, and in the end
 */
struct _ChListMark {
  GPtrArray *before;
  GPtrArray *now;
  char      *next;
  gboolean   is_same;
};

/**
 * ch_list_mark_new:
 *
 * Returns: (transfer full): a mark of a list that was never read
 */
ChListMark *
ch_list_mark_new (void)
{
  ChListMark *self = g_new0 (ChListMark, 1);

  self->before = g_ptr_array_new_with_free_func (g_free);
  self->now = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * ch_list_mark_free:
 * @self: (transfer full): a mark
 */
void
ch_list_mark_free (ChListMark *self)
{
  g_ptr_array_unref (self->before);
  g_ptr_array_unref (self->now);
  g_free (self->next);
  g_free (self);
}

/**
 * ch_list_mark_is_unchanged:
 * @self: a mark
 *
 * Returns: whether the last reading brought, page by page, what the one before it had brought
 */
gboolean
ch_list_mark_is_unchanged (const ChListMark *self)
{
  return self->is_same;
}

/**
 * ch_list_mark_forget:
 * @self: a mark
 *
 * For a list that was read and not stored, or whose rows something else has changed since.
 */
void
ch_list_mark_forget (ChListMark *self)
{
  g_ptr_array_set_size (self->before, 0);
  self->is_same = FALSE;
}

/*< private > */
void
_ch_list_mark_begin (ChListMark *self)
{
  g_ptr_array_set_size (self->now, 0);
  self->is_same = self->before->len > 0;
}

/* The headers that tell where the list ends count as well. */
static char *
hash_page (const ChResponse *page)
{
  static const char *const names[] = { "total", "link", "per-page" };
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length;
  const guchar *data = g_bytes_get_data (page->body, &length);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = ch_response_get_header (page, names[i]);

      g_checksum_update (checksum, (const guchar *) (value != NULL ? value : ""), -1);
      g_checksum_update (checksum, (const guchar *) "\n", 1);
    }
  g_checksum_update (checksum, data, (gssize) length);
  return g_strdup (g_checksum_get_string (checksum));
}

/*< private > */
gboolean
_ch_list_mark_is_known (ChListMark       *self,
                        const ChResponse *page)
{
  g_free (self->next);
  self->next = hash_page (page);
  self->is_same = self->is_same && self->now->len < self->before->len
                  && g_str_equal (g_ptr_array_index (self->before, self->now->len), self->next);
  return self->is_same;
}

/*< private > */
gboolean
_ch_list_mark_take (ChListMark *self)
{
  g_ptr_array_add (self->now, g_steal_pointer (&self->next));
  return self->now->len < self->before->len;
}

/*< private > */
void
_ch_list_mark_end (ChListMark *self)
{
  GPtrArray *read = self->now;

  self->is_same = self->is_same && read->len == self->before->len;
  self->now = self->before;
  self->before = read;
}
