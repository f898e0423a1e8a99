#pragma once

#include "ch-file-kind.h"
#include "ch-leptonica.h"
#include "ch-refusal.h"

G_BEGIN_DECLS

/**
 * ChPictureFile:
 *
 * Photos and scans that came as pictures: JPEG, PNG, TIFF with one page or many, HEIC where that can be read.
 */
typedef struct _ChPictureFile ChPictureFile;

ChPictureFile *ch_picture_file_open        (GBytes        *bytes,
                                            ChFileKind     kind,
                                            ChRefusal     *refusal);
void           ch_picture_file_free        (ChPictureFile *self);
guint          ch_picture_file_get_n_pages (ChPictureFile *self);
PIX           *ch_picture_file_read        (ChPictureFile *self,
                                            guint          index,
                                            double        *scale);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChPictureFile, ch_picture_file_free)

G_END_DECLS
