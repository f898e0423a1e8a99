#pragma once

#include <gio/gio.h>

#include "ch-certificate.h"

G_BEGIN_DECLS

/* The sample form, whose every text is drawn as the outlines of its letters. */
gboolean outlined_form_draw (const ChCertificate *certificate,
                             const char          *file,
                             GError             **error);

G_END_DECLS
