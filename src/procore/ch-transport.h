#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ChRequest:
 * @method: `GET`, `POST`, `PATCH`, `PUT`, `DELETE`
 * @url: absolute
 * @headers: (element-type utf8 utf8): header names are in canonical case
 * @body: (nullable)
 *
 * What goes over the wire.
 */
typedef struct {
  char       *method;
  char       *url;
  GHashTable *headers;
  GBytes     *body;
} ChRequest;

ChRequest *ch_request_new  (const char *method,
                            const char *url);
void       ch_request_free (ChRequest  *self);

/**
 * ChResponse:
 * @headers: (element-type utf8 utf8): by lower-case name; several of one name are joined by commas
 */
typedef struct {
  guint       status;
  GHashTable *headers;
  GBytes     *body;
} ChResponse;

ChResponse *ch_response_new        (guint             status);
void        ch_response_free       (ChResponse       *self);
const char *ch_response_get_header (const ChResponse *self,
                                    const char       *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChRequest, ch_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChResponse, ch_response_free)

/*
 * The one place below which there is a network. Sends a request and waits for the whole answer. Errors are
 * CH_PROCORE_ERROR_OFFLINE (surely not sent), CH_PROCORE_ERROR_UNKNOWN_OUTCOME (sent, answer lost) or
 * G_IO_ERROR_CANCELLED; every HTTP status is an answer, not an error. `wait_until` sleeps till that Unix
 * microsecond, or returns FALSE with G_IO_ERROR_CANCELLED: in simulation it moves the virtual clock.
 */
#define CH_TYPE_TRANSPORT (ch_transport_get_type ())
G_DECLARE_INTERFACE (ChTransport, ch_transport, CH, TRANSPORT, GObject)

struct _ChTransportInterface {
  GTypeInterface parent_iface;

  ChResponse *(*send)       (ChTransport      *self,
                             const ChRequest  *request,
                             GCancellable     *cancellable,
                             GError          **error);
  gint64      (*now)        (ChTransport      *self);
  gboolean    (*wait_until) (ChTransport      *self,
                             gint64            until,
                             GCancellable     *cancellable,
                             GError          **error);
};

ChResponse *ch_transport_send       (ChTransport      *self,
                                     const ChRequest  *request,
                                     GCancellable     *cancellable,
                                     GError          **error);
gint64      ch_transport_now        (ChTransport      *self);
gboolean    ch_transport_wait_until (ChTransport      *self,
                                     gint64            until,
                                     GCancellable     *cancellable,
                                     GError          **error);

G_END_DECLS
