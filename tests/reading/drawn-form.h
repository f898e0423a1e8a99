#pragma once

#include "ch-certificate.h"
#include "drawn-manner.h"

G_BEGIN_DECLS

/**
 * drawn_form_draw:
 * @certificate: what to fill in
 * @random: for what the manner leaves open
 *
 * Draws a form of our own in the arrangement of an edition, and fills it in.
 *
 * Returns: (transfer full): what a person sees on it: editions lack places for some of the values
 */
ChCertificate *drawn_form_draw (PdfPen              *pen,
                                const DrawnManner   *manner,
                                const ChCertificate *certificate,
                                GRand               *random);

G_END_DECLS
