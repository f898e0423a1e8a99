#define G_LOG_DOMAIN "ch-desk"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "ch-correction-request.h"
#include "ch-desk-review-private.h"
#include "ch-interchange.h"
#include "ch-store-directory.h"
#include "ch-store-events.h"
#include "ch-store-verdicts.h"

/*
 * Letters that ask for what is missing. The producer issued the certificate and alone can change it, so the letter
 * goes to it, with a copy to the sub; where no producer is known, to the sub.
 */

/* One thing that is asked for, and the projects that ask for it. */
typedef struct {
  const ChFinding *finding;
  GPtrArray       *projects;   /* (element-type utf8): names */
} Ask;

/* What a letter is about. */
typedef struct {
  const ChFiledCertificate *filed;      /* (nullable) */
  ChVendor                 *vendor;
  char                     *company;    /* (nullable): ours */
  GPtrArray                *asks;       /* (element-type Ask) */
  GPtrArray                *projects;   /* (element-type utf8): names of all that were looked at */
} Letter;

static void
ask_free (Ask *self)
{
  g_ptr_array_unref (self->projects);
  g_free (self);
}

static void
letter_clear (Letter *self)
{
  g_clear_pointer (&self->vendor, ch_vendor_free);
  g_clear_pointer (&self->company, g_free);
  g_clear_pointer (&self->asks, g_ptr_array_unref);
  g_clear_pointer (&self->projects, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Letter, letter_clear)

/* An address is taken out of a stranger's document: only a plain one goes into a letter. */
static gboolean
is_plain_address (const char *address)
{
  const char *at = address != NULL ? strchr (address, '@') : NULL;

  if (at == NULL || at == address || strchr (at + 1, '@') != NULL || strchr (at, '.') == NULL)
    return FALSE;

  for (const char *p = address; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr ("@._%+-'", *p) == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
add_address (GPtrArray  *addresses,
             GPtrArray  *others,
             const char *address)
{
  g_autofree char *plain = address != NULL ? g_strstrip (g_strdup (address)) : NULL;

  if (!is_plain_address (plain) ||
      g_ptr_array_find_with_equal_func (addresses, plain, (GEqualFunc)g_str_equal, NULL) ||
      (others != NULL && g_ptr_array_find_with_equal_func (others, plain, (GEqualFunc)g_str_equal, NULL)))
    return;

  g_ptr_array_add (addresses, g_steal_pointer (&plain));
}

/* A rating that nobody has looked up and a legal name that nobody has entered: no certificate will mend these. */
static gboolean
is_for_the_desk (const ChFinding *finding)
{
  if (finding->severity != CH_SEVERITY_NEEDS_EVIDENCE)
    return FALSE;

  return g_str_has_suffix (finding->rule, ".carrier_rating") ||
         (g_str_equal (finding->rule, "certificate.named_insured") && finding->expected == NULL);
}

static Ask *
find_ask (GPtrArray       *asks,
          const ChFinding *finding)
{
  for (guint i = 0; i < asks->len; i++)
    {
      Ask *ask = g_ptr_array_index (asks, i);

      if (g_strcmp0 (ask->finding->rule, finding->rule) == 0 && g_strcmp0 (ask->finding->text, finding->text) == 0)
        return ask;
    }

  return NULL;
}

/* @verdicts: (element-type ChStoredVerdict): lives as long as the letter */
static gboolean
collect (Letter     *self,
         ChDesk     *desk,
         GPtrArray  *verdicts,
         GError    **error)
{
  self->asks = g_ptr_array_new_with_free_func ((GDestroyNotify)ask_free);
  self->projects = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < verdicts->len; i++)
    {
      const ChStoredVerdict *verdict = g_ptr_array_index (verdicts, i);
      g_autoptr(ChProject) project = NULL;

      /* a commitment's own verdict is part of the sub's on the project */
      if (verdict->commitment_id != 0 || !verdict->has_requirements)
        continue;
      project = _ch_desk_get_project (desk, verdict->project_id, error);
      if (project == NULL)
        return FALSE;
      g_ptr_array_add (self->projects, g_strdup (project->name));
      for (guint k = 0; k < verdict->verdict->findings->len; k++)
        {
          const ChFinding *finding = g_ptr_array_index (verdict->verdict->findings, k);
          Ask *ask = find_ask (self->asks, finding);

          if (finding->waived || finding->severity == CH_SEVERITY_WARNING || is_for_the_desk (finding))
            continue;
          if (ask == NULL)
            {
              ask = g_new0 (Ask, 1);
              ask->finding = finding;
              ask->projects = g_ptr_array_new ();
              g_ptr_array_add (self->asks, ask);
            }
          g_ptr_array_add (ask->projects, g_ptr_array_index (self->projects, self->projects->len - 1));
        }
    }

  return TRUE;
}

static char *
join (GPtrArray *words)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? _(", ") : "", (const char *)g_ptr_array_index (words, i));

  return g_string_free (text, FALSE);
}

static char *
dup_day (ChDate day)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc ((gint64)day * 86400);

  return g_date_time_format (time, "%x");
}

/* What one finding asks for; where not every project asks for it, which do. */
static char *
dup_sentence (const Letter *self,
              const Ask    *ask)
{
  g_autofree char *text = ch_finding_dup_statement (ask->finding);
  g_autofree char *projects = NULL;

  if (text == NULL)
    text = g_strdup (ask->finding->rule);
  if (ask->projects->len == self->projects->len)
    return g_steal_pointer (&text);
  projects = join (ask->projects);

  return g_strdup_printf ("%s (%s)", text, projects);
}

static const char *
get_greeted (const Letter *self)
{
  const ChCertificate *certificate = self->filed != NULL ? self->filed->certificate : NULL;

  if (certificate != NULL && certificate->producer_contact != NULL && certificate->producer_contact[0] != '\0')
    return certificate->producer_contact;
  if (certificate != NULL && certificate->producer_name != NULL && certificate->producer_name[0] != '\0')
    return certificate->producer_name;

  return self->vendor->name;
}

static void
append_opening (GString      *body,
                const Letter *self,
                gboolean      about_certificate)
{
  const char *insured = self->vendor->legal_name != NULL ? self->vendor->legal_name : self->vendor->name;

  g_string_append_printf (body, _("Hello %s,"), get_greeted (self));
  g_string_append (body, "\n\n");
  if (about_certificate && self->filed->certificate->date != CH_DATE_NONE)
    {
      g_autofree char *day = dup_day (self->filed->certificate->date);

      g_string_append_printf (body, _("thank you for the certificate of insurance of %s dated %s."), insured, day);
    }
  else if (about_certificate)
    g_string_append_printf (body, _("thank you for the certificate of insurance of %s."), insured);
  else
    g_string_append_printf (body, _("we hold the certificates of insurance of %s."), insured);

  if (self->projects->len > 0)
    {
      g_autofree char *projects = join (self->projects);

      g_string_append_c (body, ' ');
      g_string_append_printf (body, g_dngettext (GETTEXT_PACKAGE, "It is needed for the project %s.",
                                                 "It is needed for the projects %s.", self->projects->len), projects);
    }
  g_string_append (body, "\n\n");
}

static void
append_asks (GString      *body,
             const Letter *self,
             GPtrArray    *findings)
{
  g_string_append (body, g_dngettext (GETTEXT_PACKAGE, "We can’t accept it yet, because of this:",
                                      "We can’t accept it yet, because of these:", findings->len));
  g_string_append (body, "\n\n");
  for (guint i = 0; i < findings->len; i++)
    g_string_append_printf (body, "%u. %s\n", i + 1, (const char *)g_ptr_array_index (findings, i));
  g_string_append_printf (body, "\n%s\n", _("Please send us a corrected certificate, with the endorsement pages that "
                                            "show what is asked for. A certificate by itself grants no rights."));
}

static char *
dup_body (const Letter *self,
          gboolean      about_certificate,
          GPtrArray    *findings)
{
  GString *body = g_string_new (NULL);

  append_opening (body, self, about_certificate);
  append_asks (body, self, findings);
  if (self->filed != NULL && self->filed->certificate->certificate_number != NULL)
    {
      g_string_append_c (body, '\n');
      g_string_append_printf (body, _("Certificate number: %s"), self->filed->certificate->certificate_number);
      g_string_append_c (body, '\n');
    }
  g_string_append_printf (body, "\n%s\n", _("Thank you"));
  if (self->company != NULL)
    g_string_append_printf (body, "%s\n", self->company);

  return g_string_free (body, FALSE);
}

static ChCorrectionRequest *
write_letter (const Letter *self,
              gboolean      about_certificate)
{
  ChCorrectionRequest *request = g_new0 (ChCorrectionRequest, 1);

  request->to = g_ptr_array_new_with_free_func (g_free);
  request->cc = g_ptr_array_new_with_free_func (g_free);
  request->findings = g_ptr_array_new_with_free_func (g_free);
  if (self->filed != NULL)
    add_address (request->to, NULL, self->filed->certificate->producer_email);
  if (request->to->len > 0)
    add_address (request->cc, request->to, self->vendor->email_address);
  else
    add_address (request->to, NULL, self->vendor->email_address);

  if (about_certificate && self->filed->read_problem != NULL)
    g_ptr_array_add (request->findings, g_strdup (_("The document could not be read. Please send it as the PDF that your "
                                                    "system prints, not as a photo.")));
  if (about_certificate && self->filed->review == CH_REVIEW_REJECTED && self->filed->review_why != NULL)
    g_ptr_array_add (request->findings, g_strdup (self->filed->review_why));
  for (guint i = 0; i < self->asks->len; i++)
    g_ptr_array_add (request->findings, dup_sentence (self, g_ptr_array_index (self->asks, i)));

  request->subject = g_strdup_printf (about_certificate ? _("Certificate of insurance of %s: please correct")
                                                        : _("Insurance of %s: please send certificates"),
                                      self->vendor->name);
  g_strdelimit (request->subject, "\r\n\t", ' ');
  request->body = dup_body (self, about_certificate, request->findings);

  return request;
}

static ChCorrectionRequest *
finish (const Letter  *self,
        gboolean       about_certificate,
        GError       **error)
{
  g_autoptr(ChCorrectionRequest) request = write_letter (self, about_certificate);

  if (request->findings->len > 0)
    return g_steal_pointer (&request);

  g_set_error_literal (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID,
                       _("nothing is missing, so there is nothing to ask for"));

  return NULL;
}

static gboolean
begin_letter (Letter   *self,
              ChDesk   *desk,
              gint64    vendor_id,
              GError  **error)
{
  self->vendor = _ch_desk_get_vendor (desk, vendor_id, error);

  return self->vendor != NULL && _ch_desk_load_state (desk, "company_name", &self->company, error);
}

/**
 * ch_desk_draft_correction:
 *
 * Drafts a letter that lists what stands against the certificate, were it approved: what its sub's projects ask and
 * it does not show, and the reason where it was rejected. Changes nothing.
 *
 * Returns: (transfer full): the letter; %NULL with %CH_DESK_ERROR_INVALID where there is nothing to ask for, or nobody
 *   has said whose it is
 */
ChCorrectionRequest *
ch_desk_draft_correction (ChDesk   *self,
                          gint64    certificate_id,
                          GError  **error)
{
  g_autoptr(ChFiledCertificate) filed = NULL;
  g_autoptr(GPtrArray) verdicts = NULL;
  g_auto(Letter) letter = { NULL };

  g_return_val_if_fail (CH_IS_DESK (self), NULL);

  filed = _ch_desk_get_certificate (self, certificate_id, error);
  if (filed == NULL)
    return NULL;
  if (filed->vendor_id == 0)
    {
      g_set_error_literal (error, CH_DESK_ERROR, CH_DESK_ERROR_INVALID,
                           _("say first which sub this certificate belongs to"));
      return NULL;
    }
  verdicts = _ch_desk_judge_as_if_approved (self, filed, error);
  if (verdicts == NULL || !begin_letter (&letter, self, filed->vendor_id, error))
    return NULL;

  letter.filed = filed;

  return collect (&letter, self, verdicts, error) ? finish (&letter, TRUE, error) : NULL;
}

/* The sub's newest certificate knows its producer. */
static ChFiledCertificate *
find_newest (GPtrArray *certificates)
{
  for (guint i = certificates->len; i > 0; i--)
    {
      const ChFiledCertificate *filed = g_ptr_array_index (certificates, i - 1);

      if (is_plain_address (filed->certificate->producer_email))
        return g_ptr_array_steal_index (certificates, i - 1);
    }

  return NULL;
}

/**
 * ch_desk_draft_request_to_sub:
 * @project_id: 0 for all its projects
 *
 * Drafts a letter that lists what stands against the sub as it is, to its newest certificate's producer or, where none
 * is on file, to the sub. Changes nothing.
 *
 * Returns: (transfer full): the letter; %NULL with %CH_DESK_ERROR_INVALID where there is nothing to ask for
 */
ChCorrectionRequest *
ch_desk_draft_request_to_sub (ChDesk   *self,
                              gint64    vendor_id,
                              gint64    project_id,
                              GError  **error)
{
  ChStore *store;
  g_autoptr(GPtrArray) verdicts = NULL;
  g_autoptr(GPtrArray) certificates = NULL;
  g_autoptr(ChFiledCertificate) newest = NULL;
  g_auto(Letter) letter = { NULL };

  g_return_val_if_fail (CH_IS_DESK (self), NULL);

  store = ch_desk_get_store (self);
  if (!begin_letter (&letter, self, vendor_id, error))
    return NULL;
  verdicts = ch_store_list_verdicts (store, project_id, vendor_id, 0, error);
  certificates = verdicts != NULL ? ch_store_list_certificates (store, vendor_id, FALSE, error) : NULL;
  if (certificates == NULL)
    return NULL;

  newest = find_newest (certificates);
  letter.filed = newest;

  return collect (&letter, self, verdicts, error) ? finish (&letter, FALSE, error) : NULL;
}

static void
add_list (JsonBuilder *builder,
          const char  *name,
          GPtrArray   *texts)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < texts->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (texts, i));
  json_builder_end_array (builder);
}

static gboolean
note (ChDesk                     *self,
      gint64                      certificate_id,
      gint64                      vendor_id,
      const ChCorrectionRequest  *request,
      GError                    **error)
{
  g_autoptr(ChFiledCertificate) filed = NULL;
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *detail = NULL;

  if (certificate_id != 0)
    {
      filed = _ch_desk_get_certificate (self, certificate_id, error);
      if (filed == NULL)
        return FALSE;
      vendor_id = filed->vendor_id;
    }
  json_builder_begin_object (builder);
  add_list (builder, "to", request->to);
  add_list (builder, "cc", request->cc);
  json_builder_set_member_name (builder, "subject");
  json_builder_add_string_value (builder, request->subject);
  add_list (builder, "findings", request->findings);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  detail = ch_json_print (root, FALSE);

  return ch_store_add_event (ch_desk_get_store (self), "correction.requested", 0, vendor_id,
                             filed != NULL ? filed->uuid : NULL, detail, error);
}

/**
 * ch_desk_note_request:
 * @certificate_id: 0 where the letter is about the sub as a whole
 * @vendor_id: the sub, where @certificate_id is 0
 *
 * Records that a person has taken the letter to a mail program, to whom and about what. Whether it was sent there the
 * program can't know.
 */
gboolean
ch_desk_note_request (ChDesk                     *self,
                      gint64                      certificate_id,
                      gint64                      vendor_id,
                      const ChCorrectionRequest  *request,
                      GError                    **error)
{
  gboolean own;

  g_return_val_if_fail (CH_IS_DESK (self), FALSE);
  g_return_val_if_fail (request != NULL, FALSE);

  if (!_ch_desk_begin (self, NULL, &own, error))
    return FALSE;

  return _ch_desk_end (self, own, note (self, certificate_id, vendor_id, request, error), error);
}
