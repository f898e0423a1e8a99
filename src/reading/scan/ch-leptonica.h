#pragma once

#include <glib.h>
#include <leptonica/allheaders.h>

static inline void
ch_pix_free (PIX *pix)
{
  pixDestroy (&pix);
}

static inline void
ch_boxa_free (BOXA *boxes)
{
  boxaDestroy (&boxes);
}

/* Leptonica 1.82 has no automatic clean-up of its own. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PIX, ch_pix_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BOXA, ch_boxa_free)
