#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ch_shown_address_begins (const char *line);
gboolean ch_shown_firm_ends      (const char *text);
gboolean ch_shown_firm_kind_is   (const char *text);
gboolean ch_shown_number_begins  (const char *text);
gboolean ch_shown_street_is      (const char *text);
gboolean ch_shown_town_ends      (const char *line);
gboolean ch_shown_state_mend     (char       *line);
gboolean ch_shown_care_mend      (char       *line);
gboolean ch_shown_house_mend     (char       *line);

G_END_DECLS
