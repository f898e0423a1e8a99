#pragma once

#include "ch-page-model.h"

G_BEGIN_DECLS

/*
 * Page models as bytes, for what makes bytes up: any bytes are some pages. A page is its width and height, and then
 * records of words, rules, boxes to tick, hidden letters and ink, each begun by a letter.
 */

/* (element-type ChPageModel) */
GPtrArray *page_models_from_bytes (const guint8 *bytes,
                                   gsize         length);
void       page_model_to_bytes    (const ChPageModel *model,
                                   GByteArray        *bytes);

G_END_DECLS
