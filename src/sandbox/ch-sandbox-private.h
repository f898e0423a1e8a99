#pragma once

#include "ch-sandbox.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _ChSandboxIndex ChSandboxIndex;

#define CH_SANDBOX_COMPANY_ID G_GINT64_CONSTANT (562949953421400)
#define CH_SANDBOX_COMPANY_NAME "Harbor & Main Builders, Inc."

/* Records are JSON objects as Procore shows them; members that begin with "_" are ours and never shown. */
struct _ChSandbox {
  GObject     parent_instance;
  gint64      now;             /* Unix microseconds */
  gint64      skew;            /* how far people moved the clock, microseconds */
  gint64      next_id;
  gboolean    is_empty_story;
  ChSandboxSize size;          /* of the story that is counted; all 0 for the other stories */
  char       *client_id;
  char       *client_secret;
  GPtrArray  *projects;
  GPtrArray  *vendors;
  GPtrArray  *stages;
  GPtrArray  *trades;
  GPtrArray  *commitments;
  GPtrArray  *insurances;
  GPtrArray  *folders;
  GPtrArray  *files;
  GPtrArray  *links;
  GPtrArray  *memberships;     /* {_project_id, _vendor_id} */
  GPtrArray  *faults;
  GPtrArray  *journal;
  GPtrArray  *hooks;
  GPtrArray  *deliveries;      /* oldest first */
  guint       n_settled;       /* of them, from the oldest on, need no look any more */
  guint64     n_events;
  gboolean    is_app_acting;   /* the request under way is a program's */
  ChSandboxIndex *index;       /* where to look; see ch-sandbox-index.c */
  GHashTable *uploads;         /* uuid → JsonObject */
  GHashTable *contents;        /* uuid → GBytes */
  GHashTable *access_tokens;   /* token → JsonObject */
  GHashTable *refresh_tokens;
  GHashTable *codes;
  struct _ChBackup *backup;     /* (nullable) */
  guint       page_cap;
  guint       limit_hourly;
  guint       limit_spike;
  gint64      hour_start;      /* microseconds of the unmoved clock */
  gint64      spike_start;
  guint       hour_count;
  guint       spike_count;
};

/* One request on its way through a route. */
typedef struct {
  ChSandbox              *sandbox;
  const ChSandboxRequest *request;
  GHashTable             *query;   /* decoded names and values; repeated names joined by commas */
  JsonNode               *json;    /* (nullable) body */
  GHashTable             *form;    /* (nullable) name → text, multipart or urlencoded body */
  GPtrArray              *form_names; /* (nullable) in the order sent */
  GBytes                 *file;    /* (nullable) content of the form's file */
  gint64                  ids[4];
  char                   *word;    /* (nullable) what {word} in the path matched */
} ChCall;

typedef ChSandboxAnswer *(*ChHandler) (ChCall *call);

typedef enum {
  CH_BODY_NONE,
  CH_BODY_JSON,
  CH_BODY_JSON_ARRAY,
  CH_BODY_MULTIPART,
  CH_BODY_ANY_FORM,     /* JSON or urlencoded */
} ChBodyKind;

/* @query and @body: "name:type" separated by spaces; types are int, text, bool, date, range, array, object, any, or
   words separated by "|"; a "!" behind the type makes it required. */
typedef struct {
  const char *method;
  const char *path;     /* {id} and {word} match one segment */
  const char *query;
  ChBodyKind  body_kind;
  const char *body;
  ChHandler   handler;
} ChRoute;

/* ch-sandbox-json.c */
gint64           _ch_record_id          (JsonObject *record, const char *member);
const char      *_ch_record_text        (JsonObject *record, const char *member);
gboolean         _ch_record_flag        (JsonObject *record, const char *member);
JsonObject      *_ch_record_find        (GPtrArray *records, gint64 id);
JsonObject      *_ch_record_copy        (JsonObject *record, const char *only);
JsonObject      *_ch_reference          (gint64 id, const char *name_member, const char *name);
char            *_ch_format_time        (gint64 time);
void             _ch_touch              (ChSandbox *self, JsonObject *record);
gint64           _ch_new_id             (ChSandbox *self);
ChSandboxAnswer *_ch_answer             (guint status, const char *content_type, char *text);
ChSandboxAnswer *_ch_answer_node        (guint status, JsonNode *node);
ChSandboxAnswer *_ch_answer_object      (guint status, JsonObject *object);
ChSandboxAnswer *_ch_answer_problem     (guint status, const char *field, const char *format, ...) G_GNUC_PRINTF (3, 4);
void             _ch_answer_header      (ChSandboxAnswer *answer, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* ch-sandbox-call.c */
ChCall          *_ch_call_new           (ChSandbox *self, const ChSandboxRequest *request);
void             _ch_call_free          (ChCall *self);
ChSandboxAnswer *_ch_call_read_body     (ChCall *self, ChBodyKind kind);
const char      *_ch_call_query         (ChCall *self, const char *name);
gint64           _ch_call_query_id      (ChCall *self, const char *name);
const char      *_ch_call_form          (ChCall *self, const char *name);
gboolean         _ch_call_in_range      (ChCall *self, JsonObject *record);
ChSandboxAnswer *_ch_call_list          (ChCall *self, JsonArray *all, guint default_per_page, guint max_per_page, gboolean wrap);
JsonObject      *_ch_call_body          (ChCall *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChCall, _ch_call_free)

/* ch-sandbox-schema.c */
ChSandboxAnswer *_ch_check_query        (ChCall *call, const char *spec);
ChSandboxAnswer *_ch_check_form         (ChCall *call, const char *spec);
ChSandboxAnswer *_ch_check_object       (JsonObject *object, const char *spec);
char            *_ch_find_problem       (JsonObject *object, const char *spec, char **field);

/* ch-sandbox-route.c */
gboolean         _ch_route_matches      (const ChRoute *route, const char *path, ChCall *call);
ChSandboxAnswer *_ch_route_run          (const ChRoute *route, ChCall *call);
const ChRoute   *_ch_route_find         (const ChRoute *routes, ChCall *call, gboolean *path_known);

/* one table a file, ended by an empty entry */
extern const ChRoute _ch_oauth_routes[];
extern const ChRoute _ch_directory_routes[];
extern const ChRoute _ch_commitment_routes[];
extern const ChRoute _ch_insurance_routes[];
extern const ChRoute _ch_document_routes[];
extern const ChRoute _ch_link_routes[];
extern const ChRoute _ch_webhook_routes[];
extern const ChRoute _ch_admin_routes[];
extern const ChRoute _ch_people_routes[];
extern const ChRoute _ch_page_routes[];

JsonObject      *_ch_oauth_find_token   (ChCall *call);
/* ch-sandbox-limits.c */
ChSandboxAnswer *_ch_limits_take        (ChSandbox *self);
void             _ch_limits_tell        (ChSandbox *self, ChSandboxAnswer *answer);
JsonObject      *_ch_faults_take        (ChSandbox *self, const ChSandboxRequest *request);

/* ch-sandbox-records.c: what people and programs make */
JsonObject      *_ch_add_project        (ChSandbox *self, const char *name, const char *stage, const char *tz_name);
JsonObject      *_ch_add_vendor         (ChSandbox *self, const char *name);
JsonObject      *_ch_add_commitment     (ChSandbox *self, gint64 project_id, gint64 vendor_id, const char *kind, const char *title);
JsonObject      *_ch_add_insurance      (ChSandbox *self, gint64 project_id, gint64 vendor_id);
JsonObject      *_ch_add_folder         (ChSandbox *self, gint64 project_id, gint64 parent_id, const char *name);
JsonObject      *_ch_add_file           (ChSandbox *self, gint64 project_id, gint64 parent_id, const char *name);
JsonObject      *_ch_add_link           (ChSandbox *self, gint64 project_id, const char *title, const char *url);
JsonObject      *_ch_root_folder        (ChSandbox *self, gint64 project_id);
void             _ch_clear_records      (ChSandbox *self);

/* ch-sandbox-documents.c */
void             _ch_attach_content     (ChSandbox *self, JsonObject *file, const char *uuid);

/* ch-sandbox-people.c: what people do in Procore's own screens, with all that follows there */
void             _ch_set_fields         (JsonObject *record, JsonObject *sent, const char *except);
void             _ch_remove_project     (ChSandbox *self, gint64 project_id);
void             _ch_remove_vendor      (ChSandbox *self, gint64 vendor_id);
void             _ch_merge_vendor       (ChSandbox *self, gint64 vendor_id, gint64 into);
void             _ch_remove_membership  (ChSandbox *self, gint64 project_id, gint64 vendor_id);
JsonObject      *_ch_put_file           (ChSandbox *self, gint64 project_id, gint64 parent_id, const char *name, GBytes *content);

/* ch-sandbox-backup.c */
void             _ch_backup_free        (struct _ChBackup *backup);

/* ch-sandbox-events.c */
void             _ch_emit               (ChSandbox *self, const char *resource_name, const char *event_type, gint64 id, gint64 project_id);
void             _ch_emit_commitment    (ChSandbox *self, JsonObject *commitment, const char *event_type);
void             _ch_emit_insurance     (ChSandbox *self, JsonObject *record, const char *event_type);

/* ch-sandbox-index.c */
void             _ch_add_membership     (ChSandbox *self, gint64 project_id, gint64 vendor_id);
gboolean         _ch_has_membership     (ChSandbox *self, gint64 project_id, gint64 vendor_id);
GArray          *_ch_list_vendor_projects (ChSandbox *self, gint64 vendor_id);
JsonObject      *_ch_find_insurance_by_origin (ChSandbox *self, const char *origin_id);
void             _ch_index_reset        (ChSandbox *self);

/* ch-sandbox-company.c */
void             _ch_make_company       (ChSandbox *self, const ChSandboxSize *size);

/* ch-sandbox-story.c */
void             _ch_tell_story         (ChSandbox *self);

G_END_DECLS
