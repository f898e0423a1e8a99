#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-value-row.h"

#include "ch-format.h"
#include "ch-status-badge.h"
#include "ch-wrap-box.h"

#include <glib/gi18n-lib.h>

struct _ChValueRow
{
  AdwPreferencesRow    parent_instance;

  char                *path;
  ChValueKind          kind;
  const ChValueChoice *choices;       /* (nullable): static */
  GtkWidget           *title_label;
  GtkWidget           *mark;          /* ChStatusBadge */
  GtkWidget           *input;         /* GtkText, GtkTextView, GtkDropDown, or a ChWrapBox of check buttons */
  GtkWidget           *problem_label;
  double               confidence;
  gboolean             is_doubtful;
  gboolean             is_edited;
  char                *read;          /* (nullable): what was read before a person typed something else */
  gboolean             is_setting;    /* the program sets the value, not the user */
};

enum {
  CHANGED,
  SELECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChValueRow, ch_value_row, ADW_TYPE_PREFERENCES_ROW)

static void
ch_value_row_finalize (GObject *object)
{
  ChValueRow *self = (ChValueRow *)object;

  g_free (self->path);
  g_free (self->read);

  G_OBJECT_CLASS (ch_value_row_parent_class)->finalize (object);
}

static gboolean
ch_value_row_grab_focus (GtkWidget *widget)
{
  ChValueRow *self = (ChValueRow *)widget;

  return self->kind == CH_VALUE_SET ? gtk_widget_child_focus (self->input, GTK_DIR_TAB_FORWARD)
                                    : gtk_widget_grab_focus (self->input);
}

static void
ch_value_row_class_init (ChValueRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ch_value_row_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = ch_value_row_grab_focus;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

static void
on_input_changed_cb (ChValueRow *self)
{
  if (!self->is_setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_focus_enter_cb (ChValueRow *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

/* A click anywhere on the row goes where one types. */
static void
on_pressed_cb (ChValueRow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static GtkWidget *
make_choice_input (const ChValueChoice *choices)
{
  GtkStringList *labels = gtk_string_list_new (NULL);

  for (guint i = 0; choices != NULL && choices[i].label != NULL; i++)
    gtk_string_list_append (labels, g_dgettext (GETTEXT_PACKAGE, choices[i].label));

  return gtk_drop_down_new (G_LIST_MODEL (labels), NULL);
}

/* A check button for each answer. */
static GtkWidget *
make_set_input (ChValueRow *self)
{
  GtkWidget *box = ch_wrap_box_new ();

  for (guint i = 0; self->choices != NULL && self->choices[i].label != NULL; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (g_dgettext (GETTEXT_PACKAGE, self->choices[i].label));

      g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_input_changed_cb), self);
      ch_wrap_box_append (CH_WRAP_BOX (box), check);
    }

  return box;
}

static GtkWidget *
make_input (ChValueRow *self)
{
  GtkWidget *input;

  switch (self->kind)
    {
    case CH_VALUE_SET:
      input = make_set_input (self);
      break;
    case CH_VALUE_CHOICE:
      input = make_choice_input (self->choices);
      gtk_widget_add_css_class (input, "flat");
      gtk_widget_set_halign (input, GTK_ALIGN_START);
      g_signal_connect_swapped (input, "notify::selected", G_CALLBACK (on_input_changed_cb), self);
      break;
    case CH_VALUE_LONG_TEXT:
      input = gtk_text_view_new ();
      gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (input), GTK_WRAP_WORD_CHAR);
      gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (input), FALSE);
      g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (input)), "changed",
                                G_CALLBACK (on_input_changed_cb), self);
      break;
    case CH_VALUE_TEXT:
    case CH_VALUE_DATE:
    case CH_VALUE_MONEY:
    default:
      input = gtk_text_new ();
      gtk_text_set_propagate_text_width (GTK_TEXT (input), FALSE);
      g_signal_connect_swapped (input, "changed", G_CALLBACK (on_input_changed_cb), self);
    }

  return input;
}

static void
ch_value_row_init (ChValueRow *self)
{
  self->confidence = -1;
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "value-row");
}

static void
build (ChValueRow *self,
       const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->title_label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (self->title_label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title_label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->title_label, TRUE);
  gtk_widget_add_css_class (self->title_label, "caption");
  gtk_widget_add_css_class (self->title_label, "dim-label");
  self->mark = ch_status_badge_new ();
  gtk_widget_set_visible (self->mark, FALSE);
  gtk_box_append (GTK_BOX (head), self->title_label);
  gtk_box_append (GTK_BOX (head), self->mark);

  self->input = make_input (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  self->problem_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->problem_label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->problem_label), TRUE);
  gtk_widget_add_css_class (self->problem_label, "caption");
  gtk_widget_add_css_class (self->problem_label, "error");
  gtk_widget_set_visible (self->problem_label, FALSE);

  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), self->input);
  gtk_box_append (GTK_BOX (box), self->problem_label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);

  g_signal_connect_swapped (focus, "enter", G_CALLBACK (on_focus_enter_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed_cb), self);
  gtk_widget_add_controller (head, GTK_EVENT_CONTROLLER (click));
}

/**
 * ch_value_row_new:
 * @path: the value's JSON path
 * @title: what it is called
 * @kind: how it is entered
 * @choices: (nullable): static; for %CH_VALUE_CHOICE
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
ch_value_row_new (const char          *path,
                  const char          *title,
                  ChValueKind          kind,
                  const ChValueChoice *choices)
{
  ChValueRow *self = g_object_new (CH_TYPE_VALUE_ROW, NULL);

  self->path = g_strdup (path);
  self->kind = kind;
  self->choices = choices;
  build (self, title);

  return GTK_WIDGET (self);
}

const char *
ch_value_row_get_path (ChValueRow *self)
{
  g_return_val_if_fail (CH_IS_VALUE_ROW (self), NULL);

  return self->path;
}

static guint
find_choice (ChValueRow *self,
             const char *value)
{
  for (guint i = 0; self->choices[i].label != NULL; i++)
    {
      if (g_strcmp0 (self->choices[i].value, value) == 0)
        return i;
    }

  return 0;
}

static char *
format_value (ChValueRow *self,
              const char *value)
{
  if (value == NULL || *value == '\0')
    return g_strdup ("");
  if (self->kind == CH_VALUE_DATE && ch_date_from_iso (value) != CH_DATE_NONE)
    return ch_format_date (ch_date_from_iso (value));
  if (self->kind == CH_VALUE_MONEY)
    return ch_format_money (g_ascii_strtoll (value, NULL, 10));

  return g_strdup (value);
}

static void
set_checks (ChValueRow *self,
            const char *value)
{
  g_auto(GStrv) parts = g_strsplit (value != NULL ? value : "", ",", -1);
  GtkWidget *check = gtk_widget_get_first_child (self->input);

  for (guint i = 0; check != NULL; i++, check = gtk_widget_get_next_sibling (check))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                                 g_strv_contains ((const char * const *)parts, self->choices[i].value));
}

static char *
dup_checks (ChValueRow *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  GtkWidget *check = gtk_widget_get_first_child (self->input);

  for (guint i = 0; check != NULL; i++, check = gtk_widget_get_next_sibling (check))
    {
      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
        g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", self->choices[i].value);
    }

  return g_strdup (text->str);
}

void
ch_value_row_set_value (ChValueRow *self,
                        const char *value)
{
  g_autofree char *text = NULL;

  g_return_if_fail (CH_IS_VALUE_ROW (self));

  self->is_setting = TRUE;
  text = format_value (self, value);
  if (self->kind == CH_VALUE_SET)
    set_checks (self, value);
  else if (self->kind == CH_VALUE_CHOICE)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->input), find_choice (self, value));
  else if (self->kind == CH_VALUE_LONG_TEXT)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->input)), text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->input), text);
  self->is_setting = FALSE;
}

static char *
dup_typed (ChValueRow *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (self->kind != CH_VALUE_LONG_TEXT)
    return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->input))));

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->input));
  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/* Digits alone: whatever the locale groups with is left out; anything else makes it no amount. */
static char *
parse_money (const char *typed)
{
  g_autoptr(GString) digits = g_string_new (NULL);

  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_ascii_isdigit (*p))
        g_string_append_c (digits, *p);
      else if (c != '$' && c != ',' && c != '.' && c != '\'' && !g_unichar_isspace (c))
        return NULL;
    }

  return g_strdup (digits->str);
}

char *
ch_value_row_dup_value (ChValueRow *self)
{
  g_autofree char *typed = NULL;
  ChDate date;

  g_return_val_if_fail (CH_IS_VALUE_ROW (self), NULL);

  if (self->kind == CH_VALUE_SET)
    return dup_checks (self);
  if (self->kind == CH_VALUE_CHOICE)
    {
      const char *value = self->choices[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->input))].value;

      return g_strdup (value != NULL ? value : "");
    }

  typed = dup_typed (self);
  if (*typed == '\0')
    return g_strdup ("");
  if (self->kind == CH_VALUE_MONEY)
    return parse_money (typed);
  if (self->kind != CH_VALUE_DATE)
    return g_steal_pointer (&typed);

  date = ch_parse_typed_date (typed);
  return date != CH_DATE_NONE ? ch_date_to_iso (date) : NULL;
}

/* How sure the reader was, or what it saw where a person typed something else. */
static char *
dup_explanation (ChValueRow *self)
{
  g_autofree char *read = NULL;

  if (self->read != NULL)
    {
      read = format_value (self, self->read);
      return *read != '\0' ? g_strdup_printf (_("Read as: %s"), read) : g_strdup (_("Nothing was read here"));
    }
  if (self->confidence >= 0)
    return g_strdup_printf (_("Read with %d %% certainty"), (int)(self->confidence * 100 + 0.5));

  return NULL;
}

/* What is said of the value beside its title: that a person changed it, or else that the reader is not sure. */
static void
update_mark (ChValueRow *self)
{
  ChStatusBadge *mark = CH_STATUS_BADGE (self->mark);
  g_autofree char *explanation = dup_explanation (self);
  g_autofree char *spoken = NULL;
  const char *word = NULL;

  if (self->is_edited)
    word = _("Changed");
  else if (self->read != NULL)
    word = _("Corrected");
  else if (self->is_doubtful)
    word = _("Check");
  if (word != NULL)
    ch_status_badge_set_text (mark, self->is_edited || self->read != NULL ? "document-edit-symbolic"
                                                                          : "ch-expiring-symbolic",
                              word, self->is_edited || self->read != NULL ? "status-quiet" : "status-yellow");

  gtk_widget_set_tooltip_text (self->mark, explanation);
  gtk_widget_set_visible (self->mark, word != NULL);
  spoken = g_strjoin (word != NULL && explanation != NULL ? ". " : "", word != NULL ? word : "",
                      explanation != NULL ? explanation : "", NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
}

void
ch_value_row_set_history (ChValueRow *self,
                          const char *read)
{
  g_return_if_fail (CH_IS_VALUE_ROW (self));

  g_free (self->read);
  self->read = g_strdup (read);
  update_mark (self);
}

void
ch_value_row_set_certainty (ChValueRow *self,
                            double      confidence,
                            gboolean    doubtful)
{
  g_return_if_fail (CH_IS_VALUE_ROW (self));

  self->confidence = confidence;
  self->is_doubtful = doubtful;
  update_mark (self);
}

void
ch_value_row_set_edited (ChValueRow *self,
                         gboolean    edited)
{
  g_return_if_fail (CH_IS_VALUE_ROW (self));

  self->is_edited = edited;
  update_mark (self);
}

void
ch_value_row_set_problem (ChValueRow *self,
                          const char *why)
{
  g_return_if_fail (CH_IS_VALUE_ROW (self));

  gtk_label_set_label (GTK_LABEL (self->problem_label), why != NULL ? why : "");
  gtk_widget_set_visible (self->problem_label, why != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_STATE_INVALID,
                               why != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

void
ch_value_row_set_editable (ChValueRow *self,
                           gboolean    editable)
{
  g_return_if_fail (CH_IS_VALUE_ROW (self));

  if (self->kind == CH_VALUE_CHOICE || self->kind == CH_VALUE_SET)
    gtk_widget_set_sensitive (self->input, editable);
  else if (self->kind == CH_VALUE_LONG_TEXT)
    gtk_text_view_set_editable (GTK_TEXT_VIEW (self->input), editable);
  else
    gtk_editable_set_editable (GTK_EDITABLE (self->input), editable);
}
