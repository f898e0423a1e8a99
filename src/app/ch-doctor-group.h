#pragma once

#include <adwaita.h>

#include "ch-account.h"

G_BEGIN_DECLS

/* What Procore lets this sign-in read and write, tool by tool, and whom to ask for what. ::checked when it is known. */
#define CH_TYPE_DOCTOR_GROUP (ch_doctor_group_get_type ())
G_DECLARE_FINAL_TYPE (ChDoctorGroup, ch_doctor_group, CH, DOCTOR_GROUP, AdwPreferencesGroup)

void ch_doctor_group_set_account (ChDoctorGroup *self,
                                  ChAccount     *account);
/* asks Procore; a check under way is left to end */
void ch_doctor_group_check       (ChDoctorGroup *self);

G_END_DECLS
