#define G_LOG_DOMAIN "ch-domain"

#include "config.h"

#include <string.h>

#include "ch-field-set.h"

typedef struct {
  char *name;
  char *value;
} Field;

struct _ChFieldSet
{
  GArray *fields;   /* (element-type Field): ordered by name, no value is NULL */
};

static void
clear_field (gpointer data)
{
  Field *field = data;

  g_free (field->name);
  g_free (field->value);
}

/* The index of the first field whose name is not before @name. */
static guint
find_place (const ChFieldSet *self,
            const char       *name,
            gboolean         *is_there)
{
  guint low = 0;
  guint high = self->fields->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (strcmp (g_array_index (self->fields, Field, middle).name, name) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  *is_there = low < self->fields->len && g_str_equal (g_array_index (self->fields, Field, low).name, name);
  return low;
}

ChFieldSet *
ch_field_set_new (void)
{
  ChFieldSet *self = g_new0 (ChFieldSet, 1);

  self->fields = g_array_new (FALSE, FALSE, sizeof (Field));
  g_array_set_clear_func (self->fields, clear_field);

  return self;
}

ChFieldSet *
ch_field_set_copy (const ChFieldSet *self)
{
  ChFieldSet *copy;
  guint i;

  g_return_val_if_fail (self != NULL, NULL);

  copy = ch_field_set_new ();
  for (i = 0; i < self->fields->len; i++)
    {
      const Field *field = &g_array_index (self->fields, Field, i);
      Field mine = { g_strdup (field->name), g_strdup (field->value) };

      g_array_append_val (copy->fields, mine);
    }

  return copy;
}

void
ch_field_set_free (ChFieldSet *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->fields);
  g_free (self);
}

/**
 * ch_field_set_set:
 * @self: a field set
 * @name: the field
 * @value: (nullable): its value; %NULL takes the field away
 */
void
ch_field_set_set (ChFieldSet *self,
                  const char *name,
                  const char *value)
{
  gboolean is_there;
  guint place;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  place = find_place (self, name, &is_there);
  if (is_there && value == NULL)
    {
      g_array_remove_index (self->fields, place);
    }
  else if (is_there)
    {
      Field *field = &g_array_index (self->fields, Field, place);
      char *copy = g_strdup (value);

      g_free (field->value);
      field->value = copy;
    }
  else if (value != NULL)
    {
      Field field = { g_strdup (name), g_strdup (value) };

      g_array_insert_val (self->fields, place, field);
    }
}

/**
 * ch_field_set_get:
 *
 * Returns: (transfer none) (nullable): the field's value, %NULL where it is absent
 */
const char *
ch_field_set_get (const ChFieldSet *self,
                  const char       *name)
{
  gboolean is_there;
  guint place;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  place = find_place (self, name, &is_there);
  return is_there ? g_array_index (self->fields, Field, place).value : NULL;
}

guint
ch_field_set_get_size (const ChFieldSet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->fields->len;
}

const char *
ch_field_set_get_name (const ChFieldSet *self,
                       guint             i)
{
  g_return_val_if_fail (self != NULL && i < self->fields->len, NULL);

  return g_array_index (self->fields, Field, i).name;
}

const char *
ch_field_set_get_value (const ChFieldSet *self,
                        guint             i)
{
  g_return_val_if_fail (self != NULL && i < self->fields->len, NULL);

  return g_array_index (self->fields, Field, i).value;
}

gboolean
ch_field_set_equal (const ChFieldSet *a,
                    const ChFieldSet *b)
{
  guint i;

  g_return_val_if_fail (a != NULL && b != NULL, a == b);

  if (a->fields->len != b->fields->len)
    return FALSE;

  for (i = 0; i < a->fields->len; i++)
    {
      const Field *x = &g_array_index (a->fields, Field, i);
      const Field *y = &g_array_index (b->fields, Field, i);

      if (!g_str_equal (x->name, y->name) || !g_str_equal (x->value, y->value))
        return FALSE;
    }

  return TRUE;
}

/**
 * ch_field_set_fingerprint:
 * @self: a field set
 *
 * Returns: (transfer full): SHA-256 in lower-case hexadecimal; equal sets, and only those, have the same. The ends of
 *   names and values are hashed with them, so that no shift between the two goes unnoticed.
 */
char *
ch_field_set_fingerprint (const ChFieldSet *self)
{
  g_autoptr(GChecksum) checksum = NULL;
  guint i;

  g_return_val_if_fail (self != NULL, NULL);

  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  for (i = 0; i < self->fields->len; i++)
    {
      const Field *field = &g_array_index (self->fields, Field, i);

      g_checksum_update (checksum, (const guchar *) field->name, (gssize) strlen (field->name) + 1);
      g_checksum_update (checksum, (const guchar *) field->value, (gssize) strlen (field->value) + 1);
    }

  return g_strdup (g_checksum_get_string (checksum));
}
