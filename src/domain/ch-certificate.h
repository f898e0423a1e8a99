#pragma once

#include "ch-doubt.h"
#include "ch-policy.h"

G_BEGIN_DECLS

typedef struct {
  char *letter;
  char *name;
  char *naic;
} ChInsurer;

ChInsurer *ch_insurer_new  (const char *letter,
                            const char *name,
                            const char *naic);
ChInsurer *ch_insurer_copy (const ChInsurer *self);
void       ch_insurer_free (ChInsurer  *self);

/**
 * ChFieldReading:
 * @path: JSON path of the value, as `policies[0].limits.each_occurrence`
 * @confidence: 0 to 1
 * @page: 1-based page of the document
 * @box: x0, y0, x1, y1 in points from the page's top left
 * @doubts: of #ChDoubt: why the reader isn't sure
 *
 * Where a value was read and how sure the reader is.
 */
typedef struct {
  char   *path;
  double  confidence;
  int     page;
  double  box[4];
  guint   doubts;
} ChFieldReading;

ChFieldReading *ch_field_reading_new  (const char           *path,
                                       double                confidence,
                                       int                   page,
                                       const double          box[4]);
ChFieldReading *ch_field_reading_copy (const ChFieldReading *self);
void            ch_field_reading_free (ChFieldReading       *self);

/**
 * ChCertificate:
 * @insurers: (element-type ChInsurer): never %NULL
 * @policies: (element-type ChPolicy): never %NULL
 * @endorsements: (element-type utf8): form numbers with edition, or titles of carriers' own forms; never %NULL
 * @fields: (element-type ChFieldReading): where each value was read; empty for what a person typed; never %NULL
 *
 * A certificate of insurance as a person sees it. Strings are %NULL where the form shows nothing.
 */
typedef struct {
  char      *form;
  char      *edition;
  ChDate     date;
  char      *producer_name;
  char      *producer_contact;
  char      *producer_phone;
  char      *producer_email;
  char      *insured_name;
  char      *insured_address;
  GPtrArray *insurers;
  GPtrArray *policies;
  char      *description_of_operations;
  char      *certificate_number;
  char      *revision_number;
  char      *holder_name;
  char      *holder_address;
  GPtrArray *endorsements;
  GPtrArray *fields;
} ChCertificate;

ChCertificate   *ch_certificate_new         (void);
ChCertificate   *ch_certificate_copy        (const ChCertificate *self);
void             ch_certificate_free        (ChCertificate       *self);
const ChInsurer *ch_certificate_get_insurer (const ChCertificate *self,
                                             const char          *letter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChInsurer, ch_insurer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChFieldReading, ch_field_reading_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChCertificate, ch_certificate_free)

G_END_DECLS
