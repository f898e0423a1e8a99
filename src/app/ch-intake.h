#pragma once

#include "ch-office.h"

G_BEGIN_DECLS

/**
 * ChIntakeProblem:
 *
 * A file of which nothing, or nothing readable, could be taken in.
 */
typedef struct {
  char     *file_name;
  char     *why;
  gboolean  is_filed;   /* it is on file all the same, for a person to read */
} ChIntakeProblem;

void ch_intake_problem_free (ChIntakeProblem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChIntakeProblem, ch_intake_problem_free)

/*
 * Takes in dropped files: each is copied into the documents, read in the helper, and filed; a few at a time, the main
 * thread waits for nothing. ::progress whenever a file, or a page of a long one, is done; ::finished when all are.
 */
#define CH_TYPE_INTAKE (ch_intake_get_type ())
G_DECLARE_FINAL_TYPE (ChIntake, ch_intake, CH, INTAKE, GObject)

ChIntake  *ch_intake_new            (ChOffice  *office);
/* files: (element-type GFile); vendor_id 0: to be matched; project_id 0: for all of the sub's projects */
void       ch_intake_add            (ChIntake  *self,
                                     GPtrArray *files,
                                     gint64     vendor_id,
                                     gint64     project_id);
/* what no file holds: pasted, say */
void       ch_intake_add_bytes      (ChIntake  *self,
                                     GBytes    *bytes,
                                     const char *file_name,
                                     gint64     vendor_id,
                                     gint64     project_id);
/* those that have not begun are left; those under way are undone where they can be */
void       ch_intake_cancel         (ChIntake  *self);
gboolean   ch_intake_is_running     (ChIntake  *self);
guint      ch_intake_get_n_done     (ChIntake  *self);
guint      ch_intake_get_n_total    (ChIntake  *self);
double     ch_intake_get_fraction   (ChIntake  *self);
const char *ch_intake_get_page      (ChIntake  *self,
                                     guint     *page,
                                     guint     *n_pages);
/* of the batch, which ends when all are done */
guint      ch_intake_get_n_filed    (ChIntake  *self);
gint64     ch_intake_get_last_certificate (ChIntake *self);
/* (transfer none) (element-type ChIntakeProblem) */
GPtrArray *ch_intake_get_problems   (ChIntake  *self);

G_END_DECLS
