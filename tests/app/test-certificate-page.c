#include "config.h"

#include "desk-data.h"
#include "window-fixture.h"

#include "ch-certificate-form.h"
#include "ch-certificate-page.h"
#include "ch-review-queue.h"
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
  FIXTURE_WAIT_UNTIL (ch_review_queue_count (fixture->office) == 1);
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

static gint64
get_shown (Fixture *fixture)
{
  ChPage *page = ch_window_get_page (fixture->window);

  return CH_IS_CERTIFICATE_PAGE (page) ? ch_certificate_page_get_id (CH_CERTIFICATE_PAGE (page)) : 0;
}

static void
act (Fixture    *fixture,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (ch_window_get_page (fixture->window)), action, NULL));
  fixture_wait_for_frames (fixture);
}

static void
test_the_queue_is_walked_both_ways (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  gint64 first = ch_review_queue_get_next (fixture->office, 0, 1);
  gint64 second = ch_review_queue_get_next (fixture->office, first, 1);

  g_assert_cmpint (first, !=, second);
  fixture_activate (fixture, "win.open-certificate", first);
  g_assert_true (fixture_shows_text (GTK_WIDGET (fixture->window), "To review: 1 of 2"));
  act (fixture, "page.next-in-queue");
  g_assert_cmpint (get_shown (fixture), ==, second);
  g_assert_true (fixture_shows_text (GTK_WIDGET (fixture->window), "To review: 2 of 2"));
  act (fixture, "page.next-in-queue");
  g_assert_cmpint (get_shown (fixture), ==, first);
  act (fixture, "page.previous-in-queue");
  g_assert_cmpint (get_shown (fixture), ==, second);
}

static void
test_a_decision_is_taken_back (Fixture       *fixture,
                               gconstpointer  user_data)
{
  fixture_activate (fixture, "win.open-certificate", 1);
  act (fixture, "page.approve");
  FIXTURE_WAIT_UNTIL (get_review (fixture, 1) == CH_REVIEW_APPROVED);
  FIXTURE_WAIT_UNTIL (ch_undo_can (ch_window_get_undo (fixture->window)));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo-last", NULL));
  FIXTURE_WAIT_UNTIL (get_review (fixture, 1) == CH_REVIEW_PENDING);
  FIXTURE_WAIT_UNTIL (ch_review_queue_count (fixture->office) == 2);
}

static void
test_what_would_be_said_is_shown_before_it_is (Fixture       *fixture,
                                               gconstpointer  user_data)
{
  fixture_activate (fixture, "win.open-certificate", 1);
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (fixture->window), "If approved"));
  g_assert_cmpint (get_review (fixture, 1), ==, CH_REVIEW_PENDING);
}

static void
test_a_policy_that_is_not_shown_is_taken_out (Fixture       *fixture,
                                              gconstpointer  user_data)
{
  g_autoptr(ChFiledCertificate) before = ch_store_get_certificate (ch_office_get_store (fixture->office), 1, NULL);
  g_autoptr(ChFiledCertificate) after = NULL;
  GtkWidget *form;

  fixture_activate (fixture, "win.open-certificate", 1);
  form = fixture_find_widget (GTK_WIDGET (fixture->window), CH_TYPE_CERTIFICATE_FORM);
  g_assert_true (gtk_widget_activate_action (form, "form.toggle-policy", "u", 1));
  g_assert_true (fixture_shows_text (form, "Will be taken out with the approval."));
  g_assert_true (gtk_widget_activate_action (form, "form.toggle-policy", "u", 1));
  g_assert_false (fixture_shows_text (form, "Will be taken out with the approval."));
  g_assert_true (gtk_widget_activate_action (form, "form.toggle-policy", "u", 1));
  /* one that is shown, but was not read */
  g_assert_true (gtk_widget_activate_action (form, "form.add-policy", "s", "other"));
  type_value (fixture, "policies[4].policy_number", "PL-1");
  type_value (fixture, "policies[0].policy_number", "GL-2");
  act (fixture, "page.approve");
  FIXTURE_WAIT_UNTIL (get_review (fixture, 1) == CH_REVIEW_APPROVED);

  after = ch_store_get_certificate (ch_office_get_store (fixture->office), 1, NULL);
  g_assert_cmpuint (before->certificate->policies->len, ==, 4);
  g_assert_cmpuint (after->certificate->policies->len, ==, 4);
  g_assert_cmpint (((ChPolicy *)g_ptr_array_index (before->certificate->policies, 1))->coverage, ==,
                   CH_COVERAGE_AUTOMOBILE_LIABILITY);
  for (guint i = 0; i < after->certificate->policies->len; i++)
    g_assert_cmpint (((ChPolicy *)g_ptr_array_index (after->certificate->policies, i))->coverage, !=,
                     CH_COVERAGE_AUTOMOBILE_LIABILITY);
  g_assert_cmpstr (((ChPolicy *)g_ptr_array_index (after->certificate->policies, 3))->policy_number, ==, "PL-1");

  /* opened again, it tells what was read where a person typed something else */
  fixture_activate (fixture, "win.open-certificate", 1);
  FIXTURE_WAIT_UNTIL (fixture_shows_text (GTK_WIDGET (ch_window_get_page (fixture->window)), "Corrected"));
  g_assert_true (fixture_shows_text (GTK_WIDGET (ch_window_get_page (fixture->window)), "Added by hand"));
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
  FIXTURE_TEST ("/app/certificate/the-queue-is-walked-both-ways", fixture_set_up_filled,
                test_the_queue_is_walked_both_ways);
  FIXTURE_TEST ("/app/certificate/a-decision-is-taken-back", fixture_set_up_filled, test_a_decision_is_taken_back);
  FIXTURE_TEST ("/app/certificate/what-would-be-said-is-shown-before-it-is", fixture_set_up_filled,
                test_what_would_be_said_is_shown_before_it_is);
  FIXTURE_TEST ("/app/certificate/a-policy-that-is-not-shown-is-taken-out", fixture_set_up_filled,
                test_a_policy_that_is_not_shown_is_taken_out);

  return g_test_run ();
}
