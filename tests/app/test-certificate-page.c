#include "config.h"

#include "desk-data.h"
#include "window-fixture.h"

#include "ch-certificate-form.h"
#include "ch-certificate-page.h"
#include "ch-store-certificates.h"
#include "ch-store-verdicts.h"

static ChReviewState
get_review (Fixture *fixture,
            gint64   id)
{
  g_autoptr(ChFiledCertificate) filed = ch_store_get_certificate (ch_office_get_store (fixture->office), id, NULL);

  return filed->review;
}

/* Types into the row of a value as a person does. */
static void
type_value (Fixture    *fixture,
            const char *path,
            const char *text)
{
  GtkWidget *form = fixture_find_widget (GTK_WIDGET (fixture->window), CH_TYPE_CERTIFICATE_FORM);
  GtkWidget *focus;

  g_assert_true (ch_certificate_form_focus_field (CH_CERTIFICATE_FORM (form), path));
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (GTK_IS_EDITABLE (focus));
  gtk_editable_set_text (GTK_EDITABLE (focus), text);
}

static void
test_approving_changes_the_store_and_goes_on (Fixture       *fixture,
                                              gconstpointer  user_data)
{
  ChPage *page;
  gint64 id;
  g_autoptr(GPtrArray) verdicts = NULL;

  fixture_activate (fixture, "win.open-certificate", 1);
  page = ch_window_get_page (fixture->window);
  id = ch_certificate_page_get_id (CH_CERTIFICATE_PAGE (page));
  g_assert_cmpint (get_review (fixture, id), ==, CH_REVIEW_PENDING);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "page.approve", NULL));
  FIXTURE_WAIT_UNTIL (get_review (fixture, id) == CH_REVIEW_APPROVED);
  FIXTURE_WAIT_UNTIL (CH_IS_CERTIFICATE_PAGE (ch_window_get_page (fixture->window))
              && ch_certificate_page_get_id (CH_CERTIFICATE_PAGE (ch_window_get_page (fixture->window))) != id);

  verdicts = ch_store_list_verdicts (ch_office_get_store (fixture->office), 0, DESK_DATA_SUB, 0, NULL);
  g_assert_cmpuint (verdicts->len, >, 0);
  g_assert_cmpint (((ChStoredVerdict *)g_ptr_array_index (verdicts, 0))->status, !=, CH_STATUS_PENDING);
  FIXTURE_WAIT_UNTIL (ch_office_count_pending (fixture->office) == 1);
}

static void
test_corrections_are_kept_with_the_approval (Fixture       *fixture,
                                             gconstpointer  user_data)
{
  g_autoptr(ChFiledCertificate) filed = NULL;
  GtkWidget *form;

  fixture_activate (fixture, "win.open-certificate", 1);
  FIXTURE_WAIT_UNTIL (fixture_find_widget (GTK_WIDGET (fixture->window), CH_TYPE_CERTIFICATE_FORM) != NULL);
  form = fixture_find_widget (GTK_WIDGET (fixture->window), CH_TYPE_CERTIFICATE_FORM);
  type_value (fixture, "policies[0].limits.each_occurrence", "$2,500,000");
  type_value (fixture, "policies[0].expiration", "2028-01-31");
  g_assert_true (ch_certificate_form_is_valid (CH_CERTIFICATE_FORM (form)));
  g_assert_cmpuint (g_hash_table_size (ch_certificate_form_get_corrections (CH_CERTIFICATE_FORM (form))), ==, 2);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (ch_window_get_page (fixture->window)), "page.approve", NULL));
  FIXTURE_WAIT_UNTIL (get_review (fixture, 1) == CH_REVIEW_APPROVED);
  filed = ch_store_get_certificate (ch_office_get_store (fixture->office), 1, NULL);
  g_assert_cmpint (((ChPolicy *)g_ptr_array_index (filed->certificate->policies, 0))->limits[CH_LIMIT_EACH_OCCURRENCE],
                   ==, 2500000);
  g_assert_cmpint (((ChPolicy *)g_ptr_array_index (filed->certificate->policies, 0))->expiration, ==,
                   ch_date_new (2028, 1, 31));
}

static void
test_nonsense_can_not_be_approved (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  GtkWidget *form;
  GtkWidget *page;

  fixture_activate (fixture, "win.open-certificate", 1);
  FIXTURE_WAIT_UNTIL (fixture_find_widget (GTK_WIDGET (fixture->window), CH_TYPE_CERTIFICATE_FORM) != NULL);
  page = GTK_WIDGET (ch_window_get_page (fixture->window));
  form = fixture_find_widget (page, CH_TYPE_CERTIFICATE_FORM);
  type_value (fixture, "policies[0].limits.each_occurrence", "a lot");
  g_assert_false (ch_certificate_form_is_valid (CH_CERTIFICATE_FORM (form)));
  gtk_widget_activate_action (page, "page.approve", NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (get_review (fixture, 1), ==, CH_REVIEW_PENDING);

  type_value (fixture, "policies[0].limits.each_occurrence", "1000000");
  g_assert_true (ch_certificate_form_is_valid (CH_CERTIFICATE_FORM (form)));
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);

  FIXTURE_TEST ("/app/certificate/approving-changes-the-store-and-goes-on", fixture_set_up_filled,
                test_approving_changes_the_store_and_goes_on);
  FIXTURE_TEST ("/app/certificate/corrections-are-kept-with-the-approval", fixture_set_up_filled,
                test_corrections_are_kept_with_the_approval);
  FIXTURE_TEST ("/app/certificate/nonsense-can-not-be-approved", fixture_set_up_filled,
                test_nonsense_can_not_be_approved);

  return g_test_run ();
}
