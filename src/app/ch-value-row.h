#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum {
  CH_VALUE_TEXT,
  CH_VALUE_LONG_TEXT,
  CH_VALUE_DATE,
  CH_VALUE_MONEY,
  CH_VALUE_CHOICE,   /* one of a few */
  CH_VALUE_SET,      /* any of a few */
} ChValueKind;

/* One answer of a choice: what is stored and what is shown. */
typedef struct {
  const char *value;   /* (nullable): nothing is shown on the form */
  const char *label;
} ChValueChoice;

/*
 * One value of a certificate that can be corrected. `changed` after the user typed; `selected` when the focus came.
 */
#define CH_TYPE_VALUE_ROW (ch_value_row_get_type ())
G_DECLARE_FINAL_TYPE (ChValueRow, ch_value_row, CH, VALUE_ROW, AdwPreferencesRow)

/* choices: (nullable): ended by a row without a label */
GtkWidget  *ch_value_row_new           (const char          *path,
                                        const char          *title,
                                        ChValueKind          kind,
                                        const ChValueChoice *choices);
const char *ch_value_row_get_path      (ChValueRow          *self);
/* value: (nullable): as ch_certificate_dup_value() gives it */
void        ch_value_row_set_value     (ChValueRow          *self,
                                        const char          *value);
/* (transfer full): as ch_certificate_set_value() takes it; NULL where what was typed is no such value */
char       *ch_value_row_dup_value     (ChValueRow          *self);
/* confidence: 0 to 1, or below 0 where nobody read it; doubtful: whether a person should look */
void        ch_value_row_set_certainty (ChValueRow          *self,
                                        double               confidence,
                                        gboolean             doubtful);
void        ch_value_row_set_edited    (ChValueRow          *self,
                                        gboolean             edited);
/* read: (nullable): what the reader saw where a person typed something else before, empty for nothing */
void        ch_value_row_set_history   (ChValueRow          *self,
                                        const char          *read);
/* why: (nullable): what is wrong with what was typed */
void        ch_value_row_set_problem   (ChValueRow          *self,
                                        const char          *why);
void        ch_value_row_set_editable  (ChValueRow          *self,
                                        gboolean             editable);

G_END_DECLS
