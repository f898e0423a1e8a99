#pragma once

#include "ch-certificate.h"
#include "ch-field-set.h"

G_BEGIN_DECLS

/* What stands on a certificate, each value by a name that doesn't depend on the order in which things were read. */
ChFieldSet *certificate_values     (const ChCertificate *certificate);
/* How sure the reader was of a value of certificate_values(); -1 where it didn't say */
double      certificate_confidence (const ChCertificate *certificate,
                                    const char          *name);
/* As a person compares: commas, spaces and case don't count */
gboolean    same_value             (const char          *a,
                                    const char          *b);
/* (element-type utf8): a line for each value that differs, in either direction */
GPtrArray  *certificate_differences (const ChCertificate *truth,
                                     const ChCertificate *read);

G_END_DECLS
