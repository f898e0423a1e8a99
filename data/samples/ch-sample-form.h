#pragma once

#include <gio/gio.h>

#include "ch-certificate.h"

G_BEGIN_DECLS

/* Draws an invented certificate on a form of our own, in the arrangement that brokers' certificates have. */
gboolean ch_sample_form_draw (const ChCertificate *certificate,
                              const char          *file,
                              GError             **error);

G_END_DECLS
