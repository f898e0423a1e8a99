#pragma once

#include "ch-acord-cells.h"
#include "ch-acord-grid.h"
#include "ch-certificate.h"
#include "ch-label-finder.h"
#include "ch-text-line.h"

G_BEGIN_DECLS

/* How sure the reader is of a value, by where it came from and what spoke for it. */
#define CH_SURE_OF_FIELD 0.99
#define CH_SURE_OF_TEXT 0.98
#define CH_SURE_OF_INK 0.98
#define CH_DOUBTFUL 0.80
#define CH_VERY_DOUBTFUL 0.50

/**
 * ChRowFit:
 * @first: the middle of a section's first row of limits
 * @pitch: from one row to the next; 0 where nothing is known of them
 */
typedef struct {
  double first;
  double pitch;
} ChRowFit;

/**
 * ChAcordPage:
 *
 * An ACORD 25 while it is being read: the page, what was found on it so far, and the certificate it becomes.
 */
typedef struct {
  const ChPageModel *page;
  ChLabelFinder     *finder;
  ChAcordGrid        grid;
  ChRowFit           rows[CH_N_SECTIONS];
  ChAcordCells      *cells;
  GArray            *amounts;   /* (element-type ChShownAmount) */
  ChCertificate     *certificate;
} ChAcordPage;

/**
 * ChShownAmount:
 * @section: where it stands
 * @limit: what it is the limit of; -1 where the form has no such limit
 */
typedef struct {
  ChSection section;
  int       limit;
  gint64    dollars;
  ChBox     box;
  double    confidence;
  guint     doubts;
} ChShownAmount;

/**
 * ChShownTick:
 * @box: where the box is
 * @confidence: how sure the answer is, whatever it is
 * @doubts: of #ChDoubt
 */
typedef struct {
  gboolean ticked;
  ChBox    box;
  double   confidence;
  guint    doubts;
} ChShownTick;

void     _ch_acord_page_note          (ChAcordPage       *self,
                                       double             confidence,
                                       const ChBox       *box,
                                       const char        *path,
                                       ...) G_GNUC_PRINTF (4, 5);
void     _ch_acord_page_doubt         (ChAcordPage       *self,
                                       guint              doubts,
                                       double             most);
void     _ch_acord_page_explain       (ChAcordPage       *self);
double   _ch_acord_line_confidence    (const ChTextLine  *line);
double   _ch_acord_lines_confidence   (GPtrArray         *lines,
                                       ChBox             *box);
GPtrArray *_ch_acord_page_filled_in   (ChAcordPage       *self,
                                       const ChBox       *region);

void     _ch_acord_page_read_block    (ChAcordPage       *self,
                                       const ChBox       *region,
                                       double             label_y,
                                       const char        *path,
                                       char             **name,
                                       char             **address);
void     _ch_acord_page_read_parties  (ChAcordPage       *self);
void     _ch_acord_page_read_contact  (ChAcordPage       *self,
                                       double             middle,
                                       double             top,
                                       double             bottom);
double   _ch_acord_page_find_holder   (ChAcordPage       *self);
void     _ch_acord_page_read_insurers (ChAcordPage       *self);
void     _ch_acord_page_read_amounts  (ChAcordPage       *self);
gboolean _ch_acord_word_is_tick      (const ChWord      *word);
ChBox    _ch_acord_page_find_box      (ChAcordPage       *self,
                                       const ChBox       *label);
void     _ch_acord_page_read_boxes    (ChAcordPage       *self,
                                       ChSection          section,
                                       ChPolicy          *policy,
                                       guint              index);
void     _ch_acord_page_set_drifts    (ChAcordPage       *self,
                                       double             of_amounts);
void     _ch_acord_page_read_terms    (ChAcordPage       *self,
                                       double             from,
                                       double             to,
                                       ChPolicy          *policy,
                                       guint              index);
void     _ch_acord_page_read_policies (ChAcordPage       *self);
void     _ch_acord_page_read_other    (ChAcordPage       *self);
void     _ch_acord_page_read_texts    (ChAcordPage       *self);

G_END_DECLS
