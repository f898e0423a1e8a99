#pragma once

#include <glib.h>

G_BEGIN_DECLS

int ch_carrier_rating_rank (const char *rating);
int ch_carrier_size_rank   (const char *size);

G_END_DECLS
