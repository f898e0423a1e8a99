#define G_LOG_DOMAIN "ch-reading"

#include "config.h"

#include "ch-pdf-page.h"

#include <math.h>
#include <string.h>

/* Points from one line to the next in what is typed into a field of several lines. */
#define LINE_PITCH 11.0
#define WIDEST_CHARACTER 5.5
/* Points to which the places of a field and of what shows it agree. */
#define SAME_PLACE 0.5
/* Fields that are compared with annotations to see how the page is turned. */
#define MOST_TRIED 20

/* From PDF's own direction, from the bottom of the page up. */
static ChBox
turn_upright (const PopplerRectangle *area,
              double                  page_height)
{
  ChBox box = { MIN (area->x1, area->x2), page_height - MAX (area->y1, area->y2), MAX (area->x1, area->x2),
                page_height - MIN (area->y1, area->y2) };

  return box;
}

/* Poppler turns the places of annotations with their page, but not those of fields. */
static PopplerRectangle
rotate_area (const PopplerRectangle *area,
             guint                   quarter_turns,
             const ChPageModel      *model)
{
  switch (quarter_turns)
    {
    case 1:
      return (PopplerRectangle){ area->y1, model->height - area->x2, area->y2, model->height - area->x1 };
    case 2:
      return (PopplerRectangle){ model->width - area->x2, model->height - area->y2, model->width - area->x1,
                                 model->height - area->y1 };
    case 3:
      return (PopplerRectangle){ model->width - area->y2, area->x1, model->width - area->y1, area->x2 };
    default:
      return *area;
    }
}

/* Where exactly a viewer draws each character of a field is its own affair; the words get places inside the field
 * that keep their order and their line. */
static void
add_words_of_line (ChPageModel *model,
                   const char  *line,
                   const ChBox *box,
                   guint        run)
{
  g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (ChGlyph));
  glong length = g_utf8_strlen (line, -1);
  double advance = MIN (WIDEST_CHARACTER, ch_box_width (box) / MAX (length + 1, 1));
  double x = box->x0 + advance / 2;
  ChWord *last = NULL;
  const char *at;

  for (at = line;; at = g_utf8_next_char (at), x += advance)
    {
      gunichar character = g_utf8_get_char (at);
      ChGlyph glyph = { character, { x, box->y0, x + advance, box->y1 } };

      if (character != 0 && !g_unichar_isspace (character) && g_unichar_isprint (character))
        {
          g_array_append_val (glyphs, glyph);
          continue;
        }
      if (glyphs->len > 0)
        {
          last = ch_word_new (&g_array_index (glyphs, ChGlyph, 0), glyphs->len, CH_WORD_FROM_FIELD, run);
          g_ptr_array_add (model->words, last);
          g_array_set_size (glyphs, 0);
        }
      if (character == 0)
        break;
    }

  if (last != NULL)
    last->ends_line = TRUE;
}

static void
add_words_of_field (ChPageModel *model,
                    const char  *value,
                    const ChBox *box,
                    guint        run)
{
  g_autofree char *copy = NULL;
  g_auto (GStrv) lines = NULL;
  double pitch;
  guint n_lines;
  guint i;

  if (value == NULL || !g_utf8_validate (value, -1, NULL))
    return;

  copy = g_strdelimit (g_strdup (value), "\r", '\n');
  g_strstrip (copy);
  lines = g_strsplit (copy, "\n", -1);
  n_lines = g_strv_length (lines);
  pitch = n_lines > 1 ? MIN (LINE_PITCH, ch_box_height (box) / n_lines) : ch_box_height (box);
  for (i = 0; i < n_lines; i++)
    {
      ChBox place = { box->x0, box->y0 + i * pitch, box->x1, box->y0 + (i + 1) * pitch };

      add_words_of_line (model, lines[i], &place, run);
    }
}

static void
add_tick (ChPageModel      *model,
          PopplerFormField *field,
          const ChBox      *box)
{
  ChTick tick = { *box, poppler_form_field_button_get_state (field) };

  if (poppler_form_field_button_get_button_type (field) != POPPLER_FORM_BUTTON_PUSH)
    g_array_append_val (model->ticks, tick);
}

static char *
dup_choice (PopplerFormField *field)
{
  int i;

  if (poppler_form_field_choice_is_editable (field))
    {
      char *typed = poppler_form_field_choice_get_text (field);

      if (typed != NULL)
        return typed;
    }
  for (i = 0; i < poppler_form_field_choice_get_n_items (field); i++)
    {
      if (poppler_form_field_choice_is_item_selected (field, i))
        return poppler_form_field_choice_get_item (field, i);
    }

  return NULL;
}

static void
add_field (ChPageModel      *model,
           PopplerFormField *field,
           const ChBox      *box,
           guint             run)
{
  g_autofree char *value = NULL;

  switch (poppler_form_field_get_field_type (field))
    {
    case POPPLER_FORM_FIELD_BUTTON:
      add_tick (model, field, box);
      break;
    case POPPLER_FORM_FIELD_TEXT:
      value = poppler_form_field_text_get_text (field);
      break;
    case POPPLER_FORM_FIELD_CHOICE:
      value = dup_choice (field);
      break;
    case POPPLER_FORM_FIELD_SIGNATURE:
    case POPPLER_FORM_FIELD_UNKNOWN:
    default:
      break;
    }

  add_words_of_field (model, value, box, run);
}

static PopplerAnnot *
find_widget (GList                  *annotations,
             const PopplerRectangle *area)
{
  GList *at;

  for (at = annotations; at != NULL; at = at->next)
    {
      PopplerAnnotMapping *mapping = at->data;

      if (poppler_annot_get_annot_type (mapping->annot) == POPPLER_ANNOT_WIDGET
          && fabs (mapping->area.x1 - area->x1) + fabs (mapping->area.y1 - area->y1) < SAME_PLACE
          && fabs (mapping->area.x2 - area->x2) + fabs (mapping->area.y2 - area->y2) < SAME_PLACE)
        return mapping->annot;
    }

  return NULL;
}

/* How the page is turned: so that its fields are where what shows them is. */
static guint
find_quarter_turns (GList             *fields,
                    GList             *annotations,
                    const ChPageModel *model)
{
  guint best = 0;
  guint most = 0;
  guint turns;

  for (turns = 0; turns < 4; turns++)
    {
      guint n_matching = 0;
      guint n_tried = 0;
      GList *at;

      for (at = fields; at != NULL && n_tried < MOST_TRIED; at = at->next, n_tried++)
        {
          const PopplerFormFieldMapping *mapping = at->data;
          PopplerRectangle area = rotate_area (&mapping->area, turns, model);

          n_matching += find_widget (annotations, &area) != NULL;
        }
      if (n_matching > most)
        {
          most = n_matching;
          best = turns;
        }
    }

  return best;
}

static gboolean
is_hidden (PopplerAnnot *widget)
{
  return widget != NULL
         && (poppler_annot_get_flags (widget) & (POPPLER_ANNOT_FLAG_HIDDEN | POPPLER_ANNOT_FLAG_NO_VIEW)) != 0;
}

/**
 * ch_pdf_page_read_fields:
 *
 * Adds what the form's fields hold: words at the field's place, and ticks. What shows these fields is hidden from
 * here on, in memory, so that nothing is read twice. Annotations that belong to no field (a form that was torn from its
 * document, text typed over the page with a viewer) stay, and are read as what they paint.
 */
void
ch_pdf_page_read_fields (PopplerPage *page,
                         ChPageModel *model)
{
  GList *fields = poppler_page_get_form_field_mapping (page);
  GList *annotations = fields != NULL ? poppler_page_get_annot_mapping (page) : NULL;
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  guint quarter_turns = find_quarter_turns (fields, annotations, model);
  guint run = G_MAXUINT / 2;
  GList *at;
  guint i;

  for (at = fields; at != NULL; at = at->next)
    {
      PopplerFormFieldMapping *mapping = at->data;
      PopplerRectangle area = rotate_area (&mapping->area, quarter_turns, model);
      ChBox box = turn_upright (&area, model->height);
      PopplerAnnot *widget = find_widget (annotations, &area);

      if (!is_hidden (widget))
        add_field (model, mapping->field, &box, run++);
      if (widget != NULL)
        g_ptr_array_add (shown, g_object_ref (widget));
    }
  for (i = 0; i < shown->len; i++)
    {
      PopplerAnnot *widget = g_ptr_array_index (shown, i);

      /* (Poppler loses the memory of annotations that are removed.) */
      poppler_annot_set_flags (widget, poppler_annot_get_flags (widget) | POPPLER_ANNOT_FLAG_HIDDEN);
    }

  poppler_page_free_annot_mapping (annotations);
  poppler_page_free_form_field_mapping (fields);
}
