#pragma once

#include "ch-reader.h"

G_BEGIN_DECLS

/**
 * ChRefusal:
 * @code: why a file isn't read, as a #ChReaderError
 * @detail: the figure it is about (pages, bytes); 0 for none
 */
typedef struct {
  ChReaderError code;
  gint64        detail;
} ChRefusal;

static inline gpointer
ch_refusal_set (ChRefusal    *self,
                ChReaderError code,
                gint64        detail)
{
  self->code = code;
  self->detail = detail;

  return NULL;
}

G_END_DECLS
