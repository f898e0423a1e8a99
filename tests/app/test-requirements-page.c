#include "config.h"

#include "desk-data.h"
#include "window-fixture.h"

#include "ch-assign-dialog.h"
#include "ch-requirement-acts.h"
#include "ch-requirement-overview.h"
#include "ch-requirement-set-page.h"
#include "ch-requirements-page.h"
#include "ch-interchange.h"
#include "ch-set-editor.h"
#include "ch-store-carriers.h"
#include "ch-store-requirements.h"

/* The newest version of the set of that name; NULL where there is none. */
static ChStoredRequirementSet *
find_set (Fixture    *fixture,
          const char *name)
{
  return ch_store_find_requirement_set (ch_office_get_store (fixture->office), name, NULL);
}

/* Whether the set holds at a place of this kind. */
static gboolean
holds_at (Fixture    *fixture,
          const char *name,
          ChScope     scope)
{
  g_autoptr(ChStoredRequirementSet) set = find_set (fixture, name);

  for (guint i = 0; set != NULL && i < set->assignments->len; i++)
    {
      if (((const ChRequirementAssignment *)g_ptr_array_index (set->assignments, i))->scope == scope)
        return TRUE;
    }

  return FALSE;
}

static GFile *
write_file (Fixture    *fixture,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

static GtkWidget *
show_requirements (Fixture *fixture)
{
  fixture_show_place (fixture, "requirements");
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (fixture->window), "Version 1 · assigned in 1 place"));

  return GTK_WIDGET (ch_window_get_page (fixture->window));
}

static void
test_a_set_is_told_in_words (Fixture       *fixture,
                             gconstpointer  user_data)
{
  g_autoptr(ChStoredRequirementSet) set = find_set (fixture, "Standard subcontract");
  GtkWidget *page;

  g_assert_cmpuint (fixture_check_names (show_requirements (fixture)), >, 8);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-requirements", "s", set->uuid);
  fixture_wait_for_frames (fixture);
  page = GTK_WIDGET (ch_window_get_page (fixture->window));
  g_assert_true (CH_IS_REQUIREMENT_SET_PAGE (page));
  g_assert_cmpstr (ch_page_get_title (CH_PAGE (page)), ==, "Standard subcontract");
  g_assert_true (fixture_shows_text (page, "Each occurrence"));
  g_assert_true (fixture_shows_text (page, "at least $5,000,000"));
  g_assert_true (fixture_shows_text (page, "CG 20 10 or CG 20 38"));
  g_assert_true (fixture_shows_text (page, "the endorsement itself"));
  g_assert_true (fixture_shows_text (page, "A- VII or better"));
  g_assert_true (fixture_shows_text (page, "General liability, Automobile liability, Workers’ compensation"));
  g_assert_true (fixture_shows_text (page, "Version 1 · asked of: Every sub"));
  fixture_check_names (page);
}

static void
test_a_stage_of_a_set_is_told_too (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  g_autoptr(GFile) file = write_file (fixture, "stages.json",
    "{\"schema\":1,\"name\":\"By stage\",\"coverages\":{\"general_liability\":{},\"pollution\":null},"
    "\"holder\":{\"names\":[\"Acme, Inc.\",\"Acme Builders\"]},"
    "\"stages\":{\"pre_construction\":{\"warning_days\":5},\"completed\":null}}");
  g_autoptr(ChStoredRequirementSet) set = NULL;
  GtkWidget *page = show_requirements (fixture);

  ch_requirements_import_from (page, fixture->office, file);
  FIXTURE_WAIT_UNTIL ((set = find_set (fixture, "By stage")) != NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-requirements", "s", set->uuid);
  fixture_wait_for_frames (fixture);
  page = GTK_WIDGET (ch_window_get_page (fixture->window));
  g_assert_true (fixture_shows_text (page, "A policy in force"));
  g_assert_true (fixture_shows_text (page, "whatever more general sets say"));
  g_assert_true (fixture_shows_text (page, "Acme, Inc. or Acme Builders"));
  g_assert_true (fixture_shows_text (page, "5 days"));
  g_assert_true (fixture_shows_text (page, "As in other stages"));
  g_assert_true (fixture_shows_text (page, "In the stage “pre-construction”: All of them"));
}

static void
test_what_everybody_is_asked_can_be_changed_and_taken_back (Fixture       *fixture,
                                                            gconstpointer  user_data)
{
  GtkWidget *page = show_requirements (fixture);
  GtkWidget *choice = fixture_find_widget (page, ADW_TYPE_COMBO_ROW);

  g_assert_true (holds_at (fixture, "Standard subcontract", CH_SCOPE_COMPANY));
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (choice)), ==, 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (choice), 0);
  FIXTURE_WAIT_UNTIL (!holds_at (fixture, "Standard subcontract", CH_SCOPE_COMPANY));
  FIXTURE_WAIT_UNTIL (ch_undo_can (ch_window_get_undo (fixture->window)));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo-last", NULL);
  FIXTURE_WAIT_UNTIL (holds_at (fixture, "Standard subcontract", CH_SCOPE_COMPANY));
  FIXTURE_WAIT_UNTIL (adw_combo_row_get_selected (ADW_COMBO_ROW (choice)) == 1);
}

/* The drop-downs of the dialog that are on the screen, in their order. */
static void
list_drops (GtkWidget *widget,
            GPtrArray *drops)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_DROP_DOWN (widget))
    {
      g_ptr_array_add (drops, widget);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    list_drops (child, drops);
}

static guint
count_drops (GtkWindow *dialog)
{
  g_autoptr(GPtrArray) drops = g_ptr_array_new ();

  list_drops (GTK_WIDGET (dialog), drops);

  return drops->len;
}

static void
select_in_drop (GtkWindow *dialog,
                guint      drop,
                guint      position)
{
  g_autoptr(GPtrArray) drops = g_ptr_array_new ();

  list_drops (GTK_WIDGET (dialog), drops);
  g_assert_cmpuint (drop, <, drops->len);
  FIXTURE_WAIT_UNTIL (g_list_model_get_n_items (gtk_drop_down_get_model (g_ptr_array_index (drops, drop))) > position);
  gtk_drop_down_set_selected (g_ptr_array_index (drops, drop), position);
}

static gboolean
has_choices (GtkWindow *dialog,
             guint      drop)
{
  g_autoptr(GPtrArray) drops = g_ptr_array_new ();
  GListModel *model;

  list_drops (GTK_WIDGET (dialog), drops);
  model = drop < drops->len ? gtk_drop_down_get_model (g_ptr_array_index (drops, drop)) : NULL;

  return model != NULL && g_list_model_get_n_items (model) > 0;
}

static void
assign_at (Fixture *fixture,
           guint    scope,
           guint    n_drops)
{
  GtkWidget *page = GTK_WIDGET (ch_window_get_page (fixture->window));
  GtkWindow *dialog = ch_assign_dialog_new (page, fixture->office, 0);

  gtk_window_present (dialog);
  FIXTURE_WAIT_UNTIL (has_choices (dialog, 0));
  select_in_drop (dialog, 1, scope);
  g_assert_cmpuint (count_drops (dialog), ==, n_drops);
  for (guint drop = 2; drop < n_drops; drop++)
    FIXTURE_WAIT_UNTIL (has_choices (dialog, drop));
  fixture_check_names (GTK_WIDGET (dialog));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (dialog), "assign.assign", NULL));
}

static void
test_a_set_is_assigned_to_each_kind_of_place (Fixture       *fixture,
                                              gconstpointer  user_data)
{
  GtkWidget *page = show_requirements (fixture);

  assign_at (fixture, 1, 3);
  FIXTURE_WAIT_UNTIL (holds_at (fixture, "Standard subcontract", CH_SCOPE_TRADE));
  assign_at (fixture, 2, 3);
  FIXTURE_WAIT_UNTIL (holds_at (fixture, "Standard subcontract", CH_SCOPE_PROJECT));
  assign_at (fixture, 3, 4);
  FIXTURE_WAIT_UNTIL (holds_at (fixture, "Standard subcontract", CH_SCOPE_SUB_ON_PROJECT));
  assign_at (fixture, 4, 4);
  FIXTURE_WAIT_UNTIL (holds_at (fixture, "Standard subcontract", CH_SCOPE_COMMITMENT));
  FIXTURE_WAIT_UNTIL (fixture_shows_text (page, "Version 1 · assigned in 5 places"));
  FIXTURE_WAIT_UNTIL (fixture_shows_text (page, "Contract · Standard subcontract, version 1"));
  fixture_check_names (page);
  fixture_wait_for_frames (fixture);
}

static void
test_sets_go_out_and_come_in_again (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  g_autoptr(GFile) wrong = write_file (fixture, "wrong.json", "{\"schema\":1,\"name\":\"X\",\"coverages\":{\"umbrella_excess\":{\"minimum\":{\"speed\":1}}}}");
  g_autofree char *path = g_build_filename (fixture->dir, "out.json", NULL);
  g_autoptr(GFile) out = g_file_new_for_path (path);
  g_autoptr(ChStoredRequirementSet) set = find_set (fixture, "Standard subcontract");
  g_autoptr(ChStoredRequirementSet) again = NULL;
  g_autofree char *text = NULL;
  GtkWidget *page = show_requirements (fixture);

  ch_requirements_import_from (page, fixture->office, wrong);
  FIXTURE_WAIT_UNTIL (fixture_find_widget (GTK_WIDGET (fixture->window), g_type_from_name ("AdwToastWidget")) != NULL);
  again = find_set (fixture, "X");
  g_assert_null (again);

  ch_requirements_export_to (page, set->body, out);
  FIXTURE_WAIT_UNTIL (g_file_query_exists (out, NULL));
  FIXTURE_WAIT_UNTIL (g_file_get_contents (path, &text, NULL, NULL) && g_str_has_suffix (text, "}"));
  g_assert_nonnull (strstr (text, "\n  \"warning_days\" : 30"));
  ch_requirements_import_from (page, fixture->office, out);
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (fixture->window), "“Standard subcontract” is on file, version 1"));
}

static void
test_a_ready_made_set_is_looked_at_and_added (Fixture       *fixture,
                                              gconstpointer  user_data)
{
  g_autoptr(ChStoredRequirementSet) set = NULL;
  GtkWidget *page = show_requirements (fixture);

  g_assert_true (fixture_shows_text (page, "Light trades"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-ready-made", "s", "light-trades.json");
  fixture_wait_for_frames (fixture);
  g_assert_true (fixture_shows_text (GTK_WIDGET (ch_window_get_page (fixture->window)), "at least $1,000,000"));
  gtk_widget_activate_action (GTK_WIDGET (ch_window_get_page (fixture->window)), "page.add-set", NULL);
  FIXTURE_WAIT_UNTIL ((set = find_set (fixture, "Light trades")) != NULL);
  g_assert_cmpuint (set->assignments->len, ==, 0);
}

static void
test_carriers_come_in_as_a_table (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  g_autoptr(GFile) file = write_file (fixture, "carriers.csv", "NAIC,Name,Rating,Size\n10001,Granite Ridge,A,IX\n10002,Prairie,B+,V\n");
  g_autoptr(GFile) wrong = write_file (fixture, "wrong.csv", "Name\nGranite Ridge\n");
  GtkWidget *page = show_requirements (fixture);

  g_assert_true (fixture_shows_text (page, "No list of carriers yet"));
  ch_carriers_import_from (page, fixture->office, wrong);
  ch_carriers_import_from (page, fixture->office, file);
  FIXTURE_WAIT_UNTIL (fixture_shows_text (page, "2 carriers with their ratings"));
  g_assert_cmpint (ch_store_get_carrier_version (ch_office_get_store (fixture->office), NULL), ==, 1);
}

/* The first row on the screen with this title. */
static GtkWidget *
find_row (GtkWidget  *widget,
          const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget)
      && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static ChRequirementSet *
parse_set (const ChStoredRequirementSet *stored)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = ch_json_parse (stored->body, -1, &error);
  ChRequirementSet *set;

  g_assert_no_error (error);
  set = ch_requirement_set_from_json (node, &error);
  g_assert_no_error (error);

  return set;
}

static GtkWindow *
open_editor (Fixture                *fixture,
             const ChRequirementSet *set)
{
  GtkWindow *editor = ch_set_editor_new (GTK_WIDGET (ch_window_get_page (fixture->window)), fixture->office, set);

  gtk_window_present (editor);
  FIXTURE_WAIT_UNTIL (gtk_widget_get_mapped (GTK_WIDGET (editor)));

  return editor;
}

static gboolean
has_version (Fixture    *fixture,
             const char *name,
             int         version)
{
  g_autoptr(ChStoredRequirementSet) set = find_set (fixture, name);

  return set != NULL && set->version == version;
}

static void
test_a_set_is_changed_into_its_next_version (Fixture       *fixture,
                                             gconstpointer  user_data)
{
  g_autoptr(ChStoredRequirementSet) before = find_set (fixture, "Standard subcontract");
  g_autoptr(ChRequirementSet) was = parse_set (before);
  g_autoptr(ChStoredRequirementSet) after = NULL;
  g_autoptr(ChRequirementSet) is = NULL;
  const ChCoverageRequirement *umbrella;
  GtkWindow *editor;
  GtkWidget *row;
  gboolean is_done;

  show_requirements (fixture);
  editor = open_editor (fixture, was);
  fixture_check_names (GTK_WIDGET (editor));
  row = find_row (GTK_WIDGET (editor), "Umbrella or excess");
  row = find_row (row, "Each occurrence, at least");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "$5,000,000");
  gtk_editable_set_text (GTK_EDITABLE (row), "ten million");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  is_done = gtk_widget_activate_action (GTK_WIDGET (editor), "editor.save", NULL);
  g_assert_true (has_version (fixture, "Standard subcontract", 1));
  /* cents would be read as a hundredfold */
  gtk_editable_set_text (GTK_EDITABLE (row), "10,000,000.00");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  gtk_editable_set_text (GTK_EDITABLE (row), "10,000,000");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (find_row (GTK_WIDGET (editor), "Automobile liability")),
                                         FALSE);
  gtk_editable_set_text (GTK_EDITABLE (find_row (GTK_WIDGET (editor), "AM Best rating at least, as A- VII")), "a ix");
  is_done = gtk_widget_activate_action (GTK_WIDGET (editor), "editor.save", NULL);
  g_assert_true (is_done);
  FIXTURE_WAIT_UNTIL (has_version (fixture, "Standard subcontract", 2));

  after = find_set (fixture, "Standard subcontract");
  is = parse_set (after);
  g_assert_cmpuint (is->coverages->len, ==, was->coverages->len - 1);
  g_assert_cmpstr (is->minimum_rating, ==, "A");
  g_assert_cmpstr (is->minimum_size, ==, "IX");
  umbrella = g_ptr_array_index (is->coverages, 1);
  g_assert_cmpstr (umbrella->name, ==, "umbrella_excess");
  g_assert_cmpint (umbrella->minimum[CH_LIMIT_EACH_OCCURRENCE], ==, 10000000);
  g_assert_cmpint (umbrella->minimum[CH_LIMIT_AGGREGATE], ==, 5000000);
  g_assert_cmpuint (is->stages->len, ==, was->stages->len);
  g_assert_cmpuint (after->assignments->len, ==, 1);
}

/* What nobody touched comes out as it went in. */
static void
test_a_set_that_nobody_changed_stays (Fixture       *fixture,
                                      gconstpointer  user_data)
{
  g_autoptr(ChStoredRequirementSet) before = find_set (fixture, "Standard subcontract");
  g_autoptr(ChRequirementSet) was = parse_set (before);
  g_autoptr(JsonNode) before_node = ch_requirement_set_to_json (was);
  g_autofree char *before_text = ch_json_print (before_node, FALSE);
  g_autoptr(ChStoredRequirementSet) after = NULL;
  g_autoptr(ChRequirementSet) is = NULL;
  g_autoptr(JsonNode) after_node = NULL;
  g_autofree char *after_text = NULL;
  GtkWindow *editor;

  show_requirements (fixture);
  editor = open_editor (fixture, was);
  gtk_editable_set_text (GTK_EDITABLE (find_row (GTK_WIDGET (editor), "Name")), "A copy");
  gtk_widget_activate_action (GTK_WIDGET (editor), "editor.save", NULL);
  FIXTURE_WAIT_UNTIL (has_version (fixture, "A copy", 1));
  after = find_set (fixture, "A copy");
  is = parse_set (after);
  g_free (is->name);
  is->name = g_strdup (was->name);
  after_node = ch_requirement_set_to_json (is);
  after_text = ch_json_print (after_node, FALSE);
  g_assert_cmpstr (after_text, ==, before_text);
}

static void
test_a_set_is_written_from_nothing (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  g_autoptr(ChStoredRequirementSet) stored = NULL;
  g_autoptr(ChRequirementSet) set = NULL;
  const ChCoverageRequirement *coverage;
  GtkWindow *editor;
  GtkWidget *row;

  show_requirements (fixture);
  editor = open_editor (fixture, NULL);
  gtk_editable_set_text (GTK_EDITABLE (find_row (GTK_WIDGET (editor), "Name")), "Cranes");
  row = find_row (GTK_WIDGET (editor), "General liability");
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (find_row (row, "Each occurrence, at least")), "2 000 000");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (row, "Additional insured")), 3);
  gtk_widget_activate_action (GTK_WIDGET (editor), "editor.save", NULL);
  FIXTURE_WAIT_UNTIL (has_version (fixture, "Cranes", 1));
  stored = find_set (fixture, "Cranes");
  set = parse_set (stored);
  g_assert_cmpuint (set->coverages->len, ==, 1);
  coverage = g_ptr_array_index (set->coverages, 0);
  g_assert_cmpint (coverage->minimum[CH_LIMIT_EACH_OCCURRENCE], ==, 2000000);
  g_assert_cmpint (coverage->values[CH_COVERAGE_ASK_ADDITIONAL_INSURED], ==, CH_EVIDENCE_FORM);
}

static void
test_what_is_asked_of_a_sub_tells_who_asks (Fixture       *fixture,
                                            gconstpointer  user_data)
{
  gboolean is_done;

  is_done = gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-asked", "(xx)", DESK_DATA_SUB,
                                        DESK_DATA_PROJECT);
  g_assert_true (is_done);
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (fixture->window), "at least $5,000,000"));
  g_assert_true (fixture_shows_text (GTK_WIDGET (fixture->window), "Standard subcontract, version 1 (whole company)"));
  fixture_check_names (GTK_WIDGET (fixture->window));
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);

  FIXTURE_TEST ("/app/requirements/a-set-is-told-in-words", fixture_set_up_filled, test_a_set_is_told_in_words);
  FIXTURE_TEST ("/app/requirements/a-stage-of-a-set-is-told-too", fixture_set_up_filled,
                test_a_stage_of_a_set_is_told_too);
  FIXTURE_TEST ("/app/requirements/what-everybody-is-asked-can-be-changed-and-taken-back", fixture_set_up_filled,
                test_what_everybody_is_asked_can_be_changed_and_taken_back);
  FIXTURE_TEST ("/app/requirements/a-set-is-assigned-to-each-kind-of-place", fixture_set_up_filled,
                test_a_set_is_assigned_to_each_kind_of_place);
  FIXTURE_TEST ("/app/requirements/sets-go-out-and-come-in-again", fixture_set_up_filled,
                test_sets_go_out_and_come_in_again);
  FIXTURE_TEST ("/app/requirements/a-ready-made-set-is-looked-at-and-added", fixture_set_up_filled,
                test_a_ready_made_set_is_looked_at_and_added);
  FIXTURE_TEST ("/app/requirements/carriers-come-in-as-a-table", fixture_set_up_filled,
                test_carriers_come_in_as_a_table);

  FIXTURE_TEST ("/app/requirements/a-set-is-changed-into-its-next-version", fixture_set_up_filled,
                test_a_set_is_changed_into_its_next_version);
  FIXTURE_TEST ("/app/requirements/a-set-that-nobody-changed-stays", fixture_set_up_filled,
                test_a_set_that_nobody_changed_stays);
  FIXTURE_TEST ("/app/requirements/a-set-is-written-from-nothing", fixture_set_up_filled,
                test_a_set_is_written_from_nothing);
  FIXTURE_TEST ("/app/requirements/what-is-asked-of-a-sub-tells-who-asks", fixture_set_up_filled,
                test_what_is_asked_of_a_sub_tells_who_asks);

  return g_test_run ();
}
