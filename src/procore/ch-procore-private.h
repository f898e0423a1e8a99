#pragma once

#include "ch-procore.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One call: token, company, pace, renewal, repeats. The answer's status is 2xx, or it is an error. */
ChResponse *_ch_procore_call       (ChProcore      *self,
                                    const char     *method,
                                    const char     *path,
                                    const char     *content_type,
                                    GBytes         *body,
                                    GCancellable   *cancellable,
                                    GError        **error);
/* The same with JSON both ways; body NULL for none. */
JsonNode   *_ch_procore_call_json  (ChProcore      *self,
                                    const char     *method,
                                    const char     *path,
                                    JsonNode       *body,
                                    GCancellable   *cancellable,
                                    GError        **error);
JsonNode   *_ch_procore_parse_json (const ChResponse *response,
                                    gboolean        is_read,
                                    GError        **error);
ChTransport *_ch_procore_get_transport (ChProcore  *self);
/* what an answer's `errors`, `error` or `message` say, as one text */
char       *_ch_procore_describe_errors (JsonNode *node);

/* Procore confirmed a write that causes an event. */
void        _ch_procore_note_write (ChProcore      *self,
                                    const char     *resource_name,
                                    gint64          record_id);

typedef gpointer (*ChParseFunc)    (JsonObject     *object,
                                    gpointer        user_data);

/* All pages, or an error. @path has its query but no paging; per_page 0 where the list takes none. `data` members
 * (v2.0) are looked into. Elements that have no id, or that @parse answers with NULL, are left out. */
GPtrArray  *_ch_procore_list       (ChProcore      *self,
                                    const char     *path,
                                    guint           per_page,
                                    ChParseFunc     parse,
                                    gpointer        user_data,
                                    GDestroyNotify  free_func,
                                    GCancellable   *cancellable,
                                    GError        **error);
/* The same, and empty where the list is what it was at @mark. */
GPtrArray  *_ch_procore_list_again (ChProcore      *self,
                                    const char     *path,
                                    guint           per_page,
                                    ChListMark     *mark,
                                    ChParseFunc     parse,
                                    gpointer        user_data,
                                    GDestroyNotify  free_func,
                                    GCancellable   *cancellable,
                                    GError        **error);
/* Its first page alone, of at most @n elements. */
GPtrArray  *_ch_procore_list_first (ChProcore      *self,
                                    const char     *path,
                                    guint           n,
                                    ChParseFunc     parse,
                                    gpointer        user_data,
                                    GDestroyNotify  free_func,
                                    GCancellable   *cancellable,
                                    GError        **error);
GArray     *_ch_procore_list_ids   (ChProcore      *self,
                                    const char     *path,
                                    guint           per_page,
                                    GCancellable   *cancellable,
                                    GError        **error);

/* Members as they come: absent, null or of another type are NULL, 0, FALSE. */
const char *_ch_wire_get_text      (JsonObject     *object,
                                    const char     *member);
gint64      _ch_wire_get_id        (JsonObject     *object,
                                    const char     *member);
gboolean    _ch_wire_get_boolean   (JsonObject     *object,
                                    const char     *member,
                                    gboolean        otherwise);
JsonObject *_ch_wire_get_object    (JsonObject     *object,
                                    const char     *member);
JsonArray  *_ch_wire_get_array     (JsonObject     *object,
                                    const char     *member);
gint64      _ch_wire_node_get_id   (JsonNode       *node);
/* a member's value as text, whatever scalar it is; NULL for null and others */
char       *_ch_wire_dup_scalar    (JsonObject     *object,
                                    const char     *member);
/* filters[updated_at]=… as a piece of a query, with its &; empty where since is 0 */
char       *_ch_updated_filter     (gint64          updated_since);

G_END_DECLS
