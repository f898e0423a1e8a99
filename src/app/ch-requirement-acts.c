#define G_LOG_DOMAIN "ch-app"

#include "config.h"

#include "ch-requirement-acts.h"

#include "ch-desk-carriers.h"
#include "ch-format.h"
#include "ch-interchange.h"
#include "ch-requirement-overview.h"
#include "ch-undo.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A file of more than this is no requirement set and no list of carriers. */
#define MAX_FILE_BYTES (16 * 1024 * 1024)

/* @before: the set that the place had, for taking it back */
typedef struct {
  ChRequirementAssignment *place;
  gint64                   set_id;
  gint64                   before;
} AssignOp;

typedef struct {
  char     *body;
  gboolean  for_all;
} AddOp;

/* Who asked, across threads and dialogs. */
typedef struct Asker Asker;

typedef void (*FileFunc) (Asker *asker,
                          GFile *file);

struct Asker {
  GtkWidget *widget;   /* (owned) */
  ChOffice  *office;   /* (owned) (nullable) */
  FileFunc   func;     /* what is done with the file that is chosen */
};

static Asker *
asker_new (GtkWidget *widget,
           ChOffice  *office)
{
  Asker *asker = g_new0 (Asker, 1);

  asker->widget = g_object_ref (widget);
  g_set_object (&asker->office, office);

  return asker;
}

static void
asker_free (Asker *asker)
{
  g_object_unref (asker->widget);
  g_clear_object (&asker->office);
  g_free (asker);
}

static void
assign_op_free (gpointer data)
{
  AssignOp *op = data;

  ch_requirement_assignment_free (op->place);
  g_free (op);
}

static void
add_op_free (gpointer data)
{
  AddOp *op = data;

  g_free (op->body);
  g_free (op);
}

static AssignOp *
assign_op_new (gint64                         set_id,
               const ChRequirementAssignment *place)
{
  AssignOp *op = g_new0 (AssignOp, 1);

  op->set_id = set_id;
  op->place = ch_requirement_place_copy (place);

  return op;
}

static void
tell (GtkWidget  *widget,
      const char *text)
{
  gtk_widget_activate_action (widget, "win.tell", "s", text);
}

/* Assigning. */

static gboolean
find_set_at (ChStore                        *store,
             const ChRequirementAssignment  *place,
             gint64                         *set_id,
             GError                        **error)
{
  g_autoptr(GPtrArray) sets = ch_store_list_requirement_sets (store, error);

  *set_id = 0;
  for (guint i = 0; sets != NULL && i < sets->len; i++)
    {
      const ChStoredRequirementSet *set = g_ptr_array_index (sets, i);

      for (guint p = 0; p < set->assignments->len; p++)
        {
          if (ch_requirement_place_equal (g_ptr_array_index (set->assignments, p), place))
            *set_id = set->id;
        }
    }

  return sets != NULL;
}

/* The answer is what takes it back: an AssignOp. */
static gpointer
assign_in_worker (ChDesk        *desk,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  const AssignOp *op = data;
  gint64 before;
  AssignOp *undo;

  if (!find_set_at (ch_desk_get_store (desk), op->place, &before, error)
      || !ch_desk_assign_requirements (desk, op->set_id, op->place, error))
    return NULL;

  undo = assign_op_new (before, op->place);
  undo->before = op->set_id;

  return undo;
}

static gpointer
take_back_in_worker (ChDesk        *desk,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  const AssignOp *op = data;

  ch_desk_assign_requirements (desk, op->set_id, op->place, error);

  return NULL;
}

static char *
describe_assigned (ChOffice       *office,
                   const AssignOp *undo)
{
  ChStore *store = ch_office_get_store (office);
  g_autofree char *label = store != NULL ? ch_requirement_place_dup_label (store, undo->place) : g_strdup ("");

  if (undo->before == 0)
    /* Translators: a requirement set was taken away from there */
    return g_strdup_printf (_("No set of its own any more: %s"), label);

  /* Translators: a requirement set holds there now */
  return g_strdup_printf (_("Asked from now on: %s"), label);
}

static void
on_assigned_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Asker *asker = user_data;
  g_autoptr(GError) error = NULL;
  AssignOp *undo = ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);

  if (undo == NULL)
    {
      tell (asker->widget, error->message);
    }
  else if (undo->set_id == undo->before)
    {
      assign_op_free (undo);
    }
  else
    {
      g_autofree char *text = describe_assigned (asker->office, undo);

      ch_undo_offer_in (asker->widget, text, take_back_in_worker, undo, assign_op_free);
    }
  asker_free (asker);
}

/**
 * ch_requirements_assign:
 * @widget: who asks
 * @office: the office
 * @set_id: the set, 0 for none
 * @place: where it is to hold
 */
void
ch_requirements_assign (GtkWidget                     *widget,
                        ChOffice                      *office,
                        gint64                         set_id,
                        const ChRequirementAssignment *place)
{
  ch_desk_worker_run_async (ch_office_get_desk (office), assign_in_worker, assign_op_new (set_id, place),
                            assign_op_free, assign_op_free, NULL, on_assigned_cb, asker_new (widget, office));
}

/* Taking in sets. */

/* The answer is the set. */
static gpointer
add_in_worker (ChDesk        *desk,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const AddOp *op = data;
  g_autoptr(ChStoredRequirementSet) set = ch_desk_import_requirements (desk, op->body, error);
  g_autoptr(ChRequirementAssignment) place = NULL;

  if (set == NULL || !op->for_all)
    return g_steal_pointer (&set);

  place = ch_requirement_assignment_new (CH_SCOPE_COMPANY, NULL, 0, 0, 0);
  return ch_desk_assign_requirements (desk, set->id, place, error) ? g_steal_pointer (&set) : NULL;
}

static void
on_added_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Asker *asker = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(ChStoredRequirementSet) set = ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);

  if (set == NULL)
    {
      g_autofree char *text = g_strdup_printf (_("The set was not taken in: %s"), error->message);

      tell (asker->widget, text);
    }
  else
    {
      g_autofree char *text = g_strdup_printf (_("“%s” is on file, version %d"), set->name, set->version);

      tell (asker->widget, text);
    }
  asker_free (asker);
}

/**
 * ch_requirements_add:
 * @widget: who asks
 * @office: the office
 * @body: (transfer full): a requirement set as JSON
 * @for_all: whether it is asked of every sub from then on
 */
void
ch_requirements_add (GtkWidget *widget,
                     ChOffice  *office,
                     char      *body,
                     gboolean   for_all)
{
  AddOp *op = g_new0 (AddOp, 1);

  op->body = body;
  op->for_all = for_all;
  ch_desk_worker_run_async (ch_office_get_desk (office), add_in_worker, op, add_op_free,
                            (GDestroyNotify)ch_stored_requirement_set_free, NULL, on_added_cb,
                            asker_new (widget, office));
}

/* Files. */

static void
on_response_cb (GtkNativeDialog *dialog,
                int              response,
                Asker           *asker)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      asker->func (asker, file);
    }
  asker_free (asker);
  g_object_unref (dialog);
}

static GtkFileChooser *
make_chooser (GtkWidget            *widget,
              const char           *title,
              GtkFileChooserAction  action,
              const char           *accept,
              const char           *filter_name,
              const char * const   *patterns)
{
  GtkFileChooserNative *chooser
    = gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (widget)), action, accept, NULL);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, filter_name);
  for (guint i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, patterns[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);

  return GTK_FILE_CHOOSER (chooser);
}

static void
run_chooser (GtkFileChooser *chooser,
             Asker          *asker,
             FileFunc        func)
{
  asker->func = func;
  g_signal_connect (chooser, "response", G_CALLBACK (on_response_cb), asker);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* A text file; NULL with @error, which says what is wrong with it. */
static char *
load_text (GFile         *file,
           gsize         *length,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                 G_FILE_QUERY_INFO_NONE, cancellable, error);
  char *text = NULL;

  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _("it is no plain file"));
      return NULL;
    }
  if (g_file_info_get_size (info) > MAX_FILE_BYTES)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("it is far too large for that; choose another file"));
      return NULL;
    }
  if (!g_file_load_contents (file, cancellable, &text, length, NULL, error))
    return NULL;

  return text;
}

/* The answer is the set. */
static gpointer
import_in_worker (ChDesk        *desk,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  gsize length;
  g_autofree char *body = load_text (data, &length, cancellable, error);

  return body != NULL ? ch_desk_import_requirements (desk, body, error) : NULL;
}

void
ch_requirements_import_from (GtkWidget *widget,
                             ChOffice  *office,
                             GFile     *file)
{
  ch_desk_worker_run_async (ch_office_get_desk (office), import_in_worker, g_object_ref (file), g_object_unref,
                            (GDestroyNotify)ch_stored_requirement_set_free, NULL, on_added_cb,
                            asker_new (widget, office));
}

static void
on_set_file_cb (Asker *asker,
                GFile *file)
{
  ch_requirements_import_from (asker->widget, asker->office, file);
}

void
ch_requirements_import (GtkWidget *widget,
                        ChOffice  *office)
{
  static const char * const patterns[] = { "json", NULL };

  run_chooser (make_chooser (widget, _("Import a requirement set"), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"),
                             _("Requirement sets (JSON)"), patterns), asker_new (widget, office), on_set_file_cb);
}

/* The answer is the number of carriers, as a GVariant, so that an empty list is no failure. */
static gpointer
import_carriers_in_worker (ChDesk        *desk,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  gsize length;
  g_autofree char *text = load_text (data, &length, cancellable, error);
  guint n = 0;
  int version = 0;

  if (text == NULL || !ch_desk_import_carriers (desk, text, (gssize)length, &n, &version, error))
    return NULL;

  return g_variant_ref_sink (g_variant_new_uint32 (n));
}

static void
on_carriers_imported_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  Asker *asker = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = ch_desk_worker_run_finish (CH_DESK_WORKER (object), result, &error);
  g_autofree char *text = NULL;

  if (answer == NULL)
    {
      text = g_strdup_printf (_("The list was not taken in: %s"), error->message);
    }
  else
    {
      guint n = g_variant_get_uint32 (answer);

      text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u carrier is on file, and everybody is judged anew",
                                           "%u carriers are on file, and everybody is judged anew", n), n);
    }
  tell (asker->widget, text);
  asker_free (asker);
}

void
ch_carriers_import_from (GtkWidget *widget,
                         ChOffice  *office,
                         GFile     *file)
{
  ch_desk_worker_run_async (ch_office_get_desk (office), import_carriers_in_worker, g_object_ref (file),
                            g_object_unref, (GDestroyNotify)g_variant_unref, NULL, on_carriers_imported_cb,
                            asker_new (widget, office));
}

static void
on_carriers_file_cb (Asker *asker,
                     GFile *file)
{
  ch_carriers_import_from (asker->widget, asker->office, file);
}

void
ch_carriers_import (GtkWidget *widget,
                    ChOffice  *office)
{
  static const char * const patterns[] = { "csv", "json", NULL };

  run_chooser (make_chooser (widget, _("Import carriers with their ratings"), GTK_FILE_CHOOSER_ACTION_OPEN,
                             _("_Import"), _("Tables (CSV) and JSON"), patterns), asker_new (widget, office),
               on_carriers_file_cb);
}

static void
on_exported_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Asker *asker = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    text = g_strdup (_("The set is saved"));
  else
    text = g_strdup_printf (_("The set was not saved: %s"), error->message);
  tell (asker->widget, text);
  asker_free (asker);
}

/* As a person would write it: one member a line. */
static char *
dup_laid_out (const char *body)
{
  g_autoptr(JsonNode) node = ch_json_parse (body, -1, NULL);

  return node != NULL ? ch_json_print (node, TRUE) : g_strdup (body);
}

void
ch_requirements_export_to (GtkWidget  *widget,
                           const char *body,
                           GFile      *file)
{
  g_autofree char *text = dup_laid_out (body);
  gsize length = strlen (text);
  g_autoptr(GBytes) bytes = g_bytes_new_take (g_steal_pointer (&text), length);

  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL,
                                       on_exported_cb, asker_new (widget, NULL));
}

static void
on_export_file_cb (Asker *asker,
                   GFile *file)
{
  ch_requirements_export_to (asker->widget, g_object_get_data (G_OBJECT (asker->widget), "ch-export"), file);
}

/**
 * ch_requirements_export:
 * @widget: who asks; holds the text meanwhile
 * @name: the set's name, for the file's
 * @body: the set as JSON
 */
void
ch_requirements_export (GtkWidget  *widget,
                        const char *name,
                        const char *body)
{
  static const char * const patterns[] = { "json", NULL };
  GtkFileChooser *chooser = make_chooser (widget, _("Export a requirement set"), GTK_FILE_CHOOSER_ACTION_SAVE,
                                          _("_Save"), _("Requirement sets (JSON)"), patterns);
  g_autofree char *plain = g_strdelimit (g_strdup (name), "/\\:", '-');
  g_autofree char *file_name = g_strconcat (plain, ".json", NULL);

  gtk_file_chooser_set_current_name (chooser, file_name);
  g_object_set_data_full (G_OBJECT (widget), "ch-export", g_strdup (body), g_free);
  run_chooser (chooser, asker_new (widget, NULL), on_export_file_cb);
}
