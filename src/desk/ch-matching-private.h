#pragma once

#include "ch-desk-private.h"
#include "ch-matching.h"
#include "ch-vendor.h"

G_BEGIN_DECLS

/*
 * The directory, prepared to find whose a certificate is among thousands of subs. Made anew where the directory has
 * changed; a desk keeps one.
 */
typedef struct _ChMatcher ChMatcher;

ChMatcher *_ch_matcher_new                (ChStore              *store);
void       _ch_matcher_free               (ChMatcher            *self);
/* as ch_match_certificate(); @named: (nullable) (element-type ChMatch): the projects that the certificate names */
GPtrArray *_ch_matcher_match              (ChMatcher            *self,
                                           const ChCertificate  *certificate,
                                           GPtrArray            *named,
                                           GError              **error);
/* as ch_match_projects(), of those of all subs */
GPtrArray *_ch_matcher_list_named_projects (ChMatcher           *self,
                                           const ChCertificate  *certificate,
                                           GError              **error);
/* marks and puts last what the sub does not work on */
gboolean   _ch_matcher_weigh_projects     (ChMatcher            *self,
                                           GPtrArray            *named,
                                           gint64                vendor_id,
                                           GError              **error);

/* (transfer none): the desk's own */
ChMatcher *_ch_desk_get_matcher           (ChDesk               *self);

/* Compares a certificate with the directory. *proposals: (transfer full) (element-type ChStoredMatch): what is to be
 * kept with it; *certain: (transfer full) (nullable): the one that stands out. vendor_id: whose it is, 0 to find out */
gboolean   _ch_desk_match                 (ChDesk               *self,
                                           const ChCertificate  *certificate,
                                           gint64                vendor_id,
                                           GPtrArray           **proposals,
                                           ChMatch             **certain,
                                           GError              **error);
/* What was learned of whose this insured is may tell of others that wait. Part of the caller's act. */
gboolean   _ch_desk_match_those_insuring  (ChDesk               *self,
                                           const char           *insured_name,
                                           GError              **error);
/* (transfer full): for the audit trail: whom, why and how surely; source: (nullable) */
char      *_ch_match_dup_detail           (const ChMatch        *match,
                                           const char           *file_name,
                                           const char           *source);

/* What an address or a text says of where and who. */
gboolean   _ch_address_agrees             (const ChVendor       *vendor,
                                           const char           *address);
gboolean   _ch_address_is_in_town         (const ChVendor       *vendor,
                                           const char           *address);
gboolean   _ch_address_is_elsewhere       (const ChVendor       *vendor,
                                           const char           *address);
/* (transfer full) (nullable): in lower case; NULL for a provider's that anybody may use, and where there is none */
char      *_ch_email_dup_domain           (const char           *email);
/* adds the domains of all e-mail addresses in a text to @domains (element-type utf8) */
void       _ch_email_add_domains          (GHashTable           *domains,
                                           const char           *text);

/* Finds the projects that a text names. */
typedef struct _ChProjectNaming ChProjectNaming;

ChProjectNaming *_ch_project_naming_new   (GPtrArray            *projects);
void       _ch_project_naming_free        (ChProjectNaming      *self);
GPtrArray *_ch_project_naming_find        (const ChProjectNaming *self,
                                           const char           *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChMatcher, _ch_matcher_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChProjectNaming, _ch_project_naming_free)

G_END_DECLS
