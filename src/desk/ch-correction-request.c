#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "ch-correction-request.h"

void
ch_correction_request_free (ChCorrectionRequest *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->to);
  g_ptr_array_unref (self->cc);
  g_ptr_array_unref (self->findings);
  g_free (self->subject);
  g_free (self->body);
  g_free (self);
}

/* (transfer full): "a@b.example,c@d.example" */
static char *
dup_addresses (GPtrArray  *addresses,
               const char *separator,
               gboolean    escape)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < addresses->len; i++)
    {
      const char *address = g_ptr_array_index (addresses, i);

      if (i > 0)
        g_string_append (text, separator);
      if (escape)
        g_string_append_uri_escaped (text, address, "@", FALSE);
      else
        g_string_append (text, address);
    }

  return g_string_free (text, FALSE);
}

static void
add_field (GString    *uri,
           const char *name,
           const char *value)
{
  g_string_append_printf (uri, "%s%s=", strchr (uri->str, '?') != NULL ? "&" : "?", name);
  g_string_append_uri_escaped (uri, value, NULL, FALSE);
}

/**
 * ch_correction_request_dup_mailto:
 *
 * Line breaks of the body are %0D%0A (https://www.rfc-editor.org/rfc/rfc6068#section-5).
 *
 * Returns: (transfer full): a mailto: URI with recipients, subject and body
 */
char *
ch_correction_request_dup_mailto (const ChCorrectionRequest *self)
{
  g_autofree char *to = dup_addresses (self->to, ",", TRUE);
  GString *uri = g_string_new ("mailto:");
  g_auto(GStrv) lines = g_strsplit (self->body, "\n", -1);
  g_autofree char *body = g_strjoinv ("\r\n", lines);

  g_string_append (uri, to);
  if (self->cc->len > 0)
    {
      g_autofree char *cc = dup_addresses (self->cc, ",", TRUE);

      g_string_append_printf (uri, "?cc=%s", cc);
    }
  add_field (uri, "subject", self->subject);
  add_field (uri, "body", body);

  return g_string_free (uri, FALSE);
}

/**
 * ch_correction_request_dup_text:
 *
 * Returns: (transfer full): the letter with its recipients and subject on top
 */
char *
ch_correction_request_dup_text (const ChCorrectionRequest *self)
{
  g_autofree char *to = dup_addresses (self->to, ", ", FALSE);
  g_autofree char *cc = dup_addresses (self->cc, ", ", FALSE);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _("To: %s\n"), to);
  if (self->cc->len > 0)
    g_string_append_printf (text, _("Cc: %s\n"), cc);
  g_string_append_printf (text, _("Subject: %s\n"), self->subject);
  g_string_append_printf (text, "\n%s", self->body);

  return g_string_free (text, FALSE);
}
