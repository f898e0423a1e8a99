#pragma once

#include "ch-box.h"

G_BEGIN_DECLS

/* Words where somebody put them: what is printed on a form, or what was filled in. */
typedef struct {
  double      x;
  double      baseline;
  const char *text;
} Put;

/* Forms of our own in the arrangement of editions that the samples don't have. @values is what is filled in; @dx and
 * @dy move all of it, as printers' drivers do. */
void older_form_draw_2001 (const char *path,
                           const Put  *values,
                           guint       n_values,
                           double      dx,
                           double      dy);
void older_form_draw_2010 (const char *path,
                           const Put  *values,
                           guint       n_values,
                           double      dx,
                           double      dy);
/* As 2010, filled in, covered in places with white, and filled in again there. */
void older_form_draw_covered (const char  *path,
                              const Put   *first,
                              guint        n_first,
                              const ChBox *covers,
                              guint        n_covers,
                              const Put   *second,
                              guint        n_second);

G_END_DECLS
