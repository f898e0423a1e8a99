#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ch_block_noise_is_contact (const char *text);
gboolean ch_block_noise_is_mail    (const char *text);
gboolean ch_block_noise_is_code    (const char *text);
gboolean ch_block_noise_is_remark  (const char *text);

G_END_DECLS
