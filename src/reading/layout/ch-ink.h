#pragma once

#include "ch-box.h"

G_BEGIN_DECLS

/**
 * ChInk:
 *
 * The page, or a part of it, as a person sees it, in grey: what decides about marks that are not text, about ruling lines, and about
 * text that something covers.
 */
typedef struct _ChInk ChInk;

/* A pixel is ink from this grey on (0 is black). Yellow highlighter stays paper, a one-pixel hairline is ink. */
#define CH_INK_THRESHOLD 190

ChInk        *ch_ink_new          (guint8       *grey,
                                   guint         width,
                                   guint         height,
                                   double        scale);
ChInk        *ch_ink_new_part     (guint8       *grey,
                                   guint         width,
                                   guint         height,
                                   double        scale,
                                   double        left,
                                   double        top);
void          ch_ink_free         (ChInk        *self);
guint         ch_ink_get_width    (const ChInk  *self);
guint         ch_ink_get_height   (const ChInk  *self);
double        ch_ink_get_scale    (const ChInk  *self);
const guint8 *ch_ink_get_row      (const ChInk  *self,
                                   guint         y);
double        ch_ink_density      (const ChInk  *self,
                                   const ChBox  *box);
guint         ch_ink_contrast     (const ChInk  *self,
                                   const ChBox  *box);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChInk, ch_ink_free)

G_END_DECLS
