#include "config.h"

#include "procore-fixture.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* A read: who is signed in. */
static gboolean
read_me (Fixture  *fixture,
         GError  **error)
{
  g_autoptr (ChUser) user = ch_procore_get_me (fixture->procore, NULL, error);

  g_assert_true (user == NULL || user->id == 7);
  return user != NULL;
}

static const char me[] = "{\"id\":7,\"login\":\"desk@example.com\",\"name\":\"Insurance Desk\"}";

/* A write: a contract's insurance pair. */
static gboolean
write_compliance (Fixture  *fixture,
                  GError  **error)
{
  g_autoptr (ChCommitment) commitment = ch_commitment_new ();
  g_autoptr (ChCompliance) compliance = NULL;

  commitment->id = 3;
  commitment->project_id = 2;
  commitment->kind = CH_COMMITMENT_WORK_ORDER;
  compliance = ch_procore_update_compliance (fixture->procore, commitment, "compliant", "All there.", NULL, error);
  return compliance != NULL;
}

static void
check_token (Fixture    *fixture,
             guint       request,
             const char *token)
{
  const ChRequest *sent = scripted_transport_get_request (fixture->transport, request);
  g_autofree char *expected = g_strconcat ("Bearer ", token, NULL);

  g_assert_cmpstr (g_hash_table_lookup (sent->headers, "Authorization"), ==, expected);
}

static void
check_seconds (Fixture *fixture,
               guint    request,
               double   from,
               double   to)
{
  double at = scripted_transport_get_sent_at (fixture->transport, request) / (double) G_USEC_PER_SEC;

  g_assert_cmpfloat (at, >=, from);
  g_assert_cmpfloat (at, <=, to);
}

static void
test_headers (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  const ChRequest *request;

  script (fixture, 200, NULL, me);
  g_assert_true (read_me (fixture, &error));
  request = scripted_transport_get_request (fixture->transport, 0);
  g_assert_cmpstr (request->url, ==, API "/rest/v1.0/me?company_id=562949953421400");
  g_assert_cmpstr (g_hash_table_lookup (request->headers, "Procore-Company-Id"), ==, "562949953421400");
  check_token (fixture, 0, "access-1");
  g_assert_cmpuint (ch_procore_get_n_requests (fixture->procore), ==, 1);
  g_assert_cmpuint (ch_procore_get_n_writes (fixture->procore), ==, 0);
}

/* Before the company is known no header names one. */
static void
test_no_company_yet (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  const ChRequest *request;

  ch_procore_set_company_id (fixture->procore, 0);
  script (fixture, 200, NULL, me);
  g_assert_true (read_me (fixture, &error));
  request = scripted_transport_get_request (fixture->transport, 0);
  g_assert_cmpstr (request->url, ==, API "/rest/v1.0/me");
  g_assert_null (g_hash_table_lookup (request->headers, "Procore-Company-Id"));
}

static void
test_refused_token_is_renewed_once (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *renewal = NULL;
  g_autofree char *body = NULL;

  script (fixture, 401, NULL, "{\"error\":\"revoked\"}");
  fixture_add_pair (fixture, 2);
  script (fixture, 200, NULL, me);
  g_assert_true (read_me (fixture, &error));
  g_assert_no_error (error);

  check_token (fixture, 0, "access-1");
  check_token (fixture, 2, "access-2");
  renewal = scripted_transport_dup_line (fixture->transport, 1);
  body = scripted_transport_dup_body (fixture->transport, 1);
  g_assert_cmpstr (renewal, ==, "POST /oauth/token");
  g_assert_nonnull (strstr (body, "\"refresh_token\":\"refresh-1\""));
}

/* A write that was refused for its token was not done: it goes on as well. */
static void
test_refused_token_of_a_write (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  script (fixture, 401, NULL, "");
  fixture_add_pair (fixture, 2);
  script (fixture, 200, NULL, "{\"insurance_status\":\"compliant\"}");
  g_assert_true (write_compliance (fixture, &error));
  g_assert_cmpuint (ch_procore_get_n_writes (fixture->procore), ==, 2);
}

static void
test_second_refusal_asks_for_a_sign_in (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  script (fixture, 401, NULL, "");
  fixture_add_pair (fixture, 2);
  script (fixture, 401, NULL, "");
  g_assert_false (read_me (fixture, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN);
  g_assert_false (ch_procore_error_is_transient (error));
  g_assert_cmpuint (scripted_transport_get_n_sent (fixture->transport), ==, 3);
}

static void
test_refused_renewal_asks_for_a_sign_in (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;

  script (fixture, 401, NULL, "");
  script (fixture, 401, NULL, "{\"error\":\"invalid_grant\",\"error_description\":\"The refresh token is revoked\"}");
  g_assert_false (read_me (fixture, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN);
  g_assert_nonnull (strstr (error->message, "revoked"));

  /* The dead pair is forgotten, and nothing more is sent until somebody signs in. */
  g_assert_false (ch_auth_is_signed_in (fixture->auth));
  g_assert_false (read_me (fixture, &again));
  g_assert_error (again, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SIGN_IN);
  g_assert_cmpuint (scripted_transport_get_n_sent (fixture->transport), ==, 2);
}

#define LIMITED(remaining, in) "x-rate-limit-limit: 25\nx-rate-limit-remaining: " remaining "\nx-rate-limit-reset: " in

/* SCRIPT_START + 8 */
#define IN_8 "1795453208"

static void
test_429_waits_for_reset (Fixture       *fixture,
                          gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  script (fixture, 429, LIMITED ("0", IN_8), "");
  script (fixture, 200, NULL, me);
  g_assert_true (read_me (fixture, &error));
  check_seconds (fixture, 1, 8.01, 9);
}

static void
test_429_waits_for_retry_after (Fixture       *fixture,
                                gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  script (fixture, 429, "retry-after: 17", "");
  script (fixture, 200, NULL, "{\"insurance_status\":\"compliant\"}");
  g_assert_true (write_compliance (fixture, &error));
  check_seconds (fixture, 1, 17.01, 18);
}

static void
test_retry_after_may_be_a_date (Fixture       *fixture,
                                gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  script (fixture, 503, "retry-after: Mon, 23 Nov 2026 17:00:30 GMT", "");
  script (fixture, 200, NULL, me);
  g_assert_true (read_me (fixture, &error));
  check_seconds (fixture, 1, 30.01, 31);
}

static void
test_429_without_a_time_backs_off (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  script (fixture, 429, NULL, "");
  script (fixture, 429, NULL, "");
  script (fixture, 429, NULL, "");
  script (fixture, 200, NULL, me);
  g_assert_true (read_me (fixture, &error));
  check_seconds (fixture, 1, 1, 2);
  check_seconds (fixture, 2, 3, 4);
  check_seconds (fixture, 3, 7, 8);
}

static void
test_busy_for_good_is_told_with_its_time (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;
  guint i;

  for (i = 0; i < 6; i++)
    script (fixture, 503, "retry-after: 10", "");
  g_assert_false (read_me (fixture, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_BUSY);
  g_assert_true (ch_procore_error_is_transient (error));
  g_prefix_error (&error, "who: ");
  copy = g_error_copy (error);
  g_assert_cmpint (ch_procore_error_get_retry_after (copy), >=, SCRIPT_START + 60);
  g_assert_cmpint (ch_procore_error_get_retry_after (copy), <=, SCRIPT_START + 63);
  g_assert_null (strstr (copy->message, "17954"));
}

/* The clock was an hour fast, and was set right while Procore wanted to be left alone: ten seconds stay ten. */
static void
test_clock_set_back_makes_no_longer_wait (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  guint i;

  for (i = 0; i < 6; i++)
    script (fixture, 503, "retry-after: 10", "");
  script (fixture, 200, NULL, me);
  g_assert_false (read_me (fixture, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_BUSY);
  g_clear_error (&error);

  scripted_transport_set_clock (fixture->transport, -3600);
  g_assert_true (read_me (fixture, &error));
  g_assert_no_error (error);
  check_seconds (fixture, 6, 50 - 3600 + 10, 50 - 3600 + 13);
}

static void
test_nothing_left_waits_for_reset (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  int limit;
  int remaining;
  gint64 reset;

  script (fixture, 200, LIMITED ("1", IN_8), me);
  script (fixture, 200, LIMITED ("0", IN_8), me);
  script (fixture, 200, LIMITED ("24", "1795453218"), me);
  g_assert_true (read_me (fixture, &error));
  g_assert_true (read_me (fixture, &error));
  check_seconds (fixture, 1, 0, 0);
  g_assert_true (read_me (fixture, &error));
  check_seconds (fixture, 2, 8.01, 9);
  ch_procore_get_rate (fixture->procore, &limit, &remaining, &reset);
  g_assert_cmpint (limit, ==, 25);
  g_assert_cmpint (remaining, ==, 24);
  g_assert_cmpint (reset, ==, SCRIPT_START + 18);
}

/* The server's clock is an hour behind ours: its reset looks past here, and its window is open all the same. */
static void
test_reset_is_read_in_the_servers_time (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  script (fixture, 200, "date: Mon, 23 Nov 2026 16:00:00 GMT\n" LIMITED ("0", "1795449609"), me);
  script (fixture, 200, NULL, me);
  g_assert_true (read_me (fixture, &error));
  g_assert_true (read_me (fixture, &error));
  check_seconds (fixture, 1, 9.01, 10);
}

/* The hourly limit: nobody waits for it in here, and nothing is sent. */
static void
test_far_reset_is_not_waited_for (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  script (fixture, 200, LIMITED ("0", "1795455000"), me);
  g_assert_true (read_me (fixture, &error));
  g_assert_false (read_me (fixture, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_BUSY);
  g_assert_cmpint (ch_procore_error_get_retry_after (error), >=, 1795455000);
  g_assert_cmpuint (scripted_transport_get_n_sent (fixture->transport), ==, 1);
}

static void
test_failing_server_is_read_again (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  script (fixture, 500, NULL, "");
  script (fixture, 502, NULL, "<html>Bad Gateway</html>");
  script (fixture, 200, NULL, me);
  g_assert_true (read_me (fixture, &error));
  check_seconds (fixture, 2, 1, 5);
}

static void
test_failing_server_is_given_up (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  guint i;

  for (i = 0; i < 4; i++)
    script (fixture, 500, NULL, "");
  g_assert_false (read_me (fixture, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER);
  g_assert_true (ch_procore_error_is_transient (error));
}

static void
test_lost_answer_to_a_read_is_asked_again (Fixture       *fixture,
                                           gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  scripted_transport_add_failure (fixture->transport, CH_PROCORE_ERROR_UNKNOWN_OUTCOME);
  script (fixture, 200, NULL, me);
  g_assert_true (read_me (fixture, &error));
}

static void
test_nonsense_to_a_read_is_asked_again (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  guint i;

  script (fixture, 200, "content-type: text/html", "<html>We'll be right back</html>");
  script (fixture, 200, NULL, "{\"id\":7,");
  script (fixture, 200, NULL, "");
  script (fixture, 200, NULL, me);
  g_assert_true (read_me (fixture, &error));

  for (i = 0; i < 4; i++)
    script (fixture, 200, NULL, "\xff\xfe");
  g_assert_false (read_me (fixture, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_SERVER);
}

/* Whatever leaves the outcome of a write unknown: one request, and the caller has to look. */
static void
test_write_of_unknown_outcome_is_never_repeated (Fixture       *fixture,
                                                 gconstpointer  user_data)
{
  static const struct {
    guint       status;
    const char *body;
  } answers[] = {
    { 0, NULL }, { 500, "" }, { 502, "" }, { 504, "" }, { 200, "<html>oops" }, { 200, "" }, { 200, "[]" }, { 201, "{\"insur" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;

      if (answers[i].status == 0)
        scripted_transport_add_failure (fixture->transport, CH_PROCORE_ERROR_UNKNOWN_OUTCOME);
      else
        script (fixture, answers[i].status, NULL, answers[i].body);
      g_assert_false (write_compliance (fixture, &error));
      g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_UNKNOWN_OUTCOME);
      g_assert_cmpuint (scripted_transport_get_n_sent (fixture->transport), ==, i + 1);
    }
}

static void
test_unsent_request_is_not_repeated_here (Fixture       *fixture,
                                          gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  scripted_transport_add_failure (fixture->transport, CH_PROCORE_ERROR_OFFLINE);
  g_assert_false (read_me (fixture, &error));
  g_assert_error (error, CH_PROCORE_ERROR, CH_PROCORE_ERROR_OFFLINE);
}

static void
test_answers_say_whose_fault_it_is (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  static const struct {
    guint       status;
    const char *body;
    int         code;
    const char *words;
  } answers[] = {
    { 400, "{\"errors\":{\"status\":[\"is not included in the list\"]}}", CH_PROCORE_ERROR_INVALID, "status is not included" },
    { 422, "{\"errors\":\"Name has already been taken\"}", CH_PROCORE_ERROR_INVALID, "already been taken" },
    { 422, "{\"message\":\"Unprocessable\",\"errors\":null}", CH_PROCORE_ERROR_INVALID, "Unprocessable" },
    { 422, "{\"error\":{\"code\":\"x\",\"message\":\"Too long\"}}", CH_PROCORE_ERROR_INVALID, "Too long" },
    { 400, "[\"one\",{\"field\":[\"two\"]}]", CH_PROCORE_ERROR_INVALID, NULL },
    { 400, "nonsense", CH_PROCORE_ERROR_INVALID, NULL },
    { 403, "{\"errors\":\"User lacks permission\"}", CH_PROCORE_ERROR_FORBIDDEN, "lacks permission" },
    { 403, "", CH_PROCORE_ERROR_FORBIDDEN, NULL },
    { 403, "{\"errors\":\"App is not connected to this company\"}", CH_PROCORE_ERROR_NOT_CONNECTED, NULL },
    { 404, "{\"errors\":\"Not found\"}", CH_PROCORE_ERROR_NOT_FOUND, NULL },
    { 410, "", CH_PROCORE_ERROR_NOT_FOUND, NULL },
    { 409, "{\"errors\":\"Checked out\"}", CH_PROCORE_ERROR_CONFLICT, "Checked out" },
    { 412, "", CH_PROCORE_ERROR_CONFLICT, NULL },
    { 302, "", CH_PROCORE_ERROR_SERVER, "302" },
    { 418, "", CH_PROCORE_ERROR_SERVER, "418" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;

      script (fixture, answers[i].status, NULL, answers[i].body);
      g_assert_false (write_compliance (fixture, &error));
      g_assert_error (error, CH_PROCORE_ERROR, answers[i].code);
      if (answers[i].words != NULL && strstr (error->message, answers[i].words) == NULL)
        g_error ("answer %u: “%s” lacks “%s”", i, error->message, answers[i].words);
      g_assert_cmpuint (scripted_transport_get_n_sent (fixture->transport), ==, i + 1);
    }
}

static void
test_every_error_has_a_hint (void)
{
  int code;

  for (code = CH_PROCORE_ERROR_OFFLINE; code <= CH_PROCORE_ERROR_SECRETS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (CH_PROCORE_ERROR, code, "x");

      g_assert_nonnull (ch_procore_error_get_hint (error));
    }
}

static void
test_cancelled_before_it_is_sent (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (ch_procore_list_companies (fixture->procore, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (scripted_transport_get_n_sent (fixture->transport), ==, 0);
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/procore/calls/headers", test_headers);
  add ("/procore/calls/no-company-yet", test_no_company_yet);
  add ("/procore/calls/401/renewed-once", test_refused_token_is_renewed_once);
  add ("/procore/calls/401/write", test_refused_token_of_a_write);
  add ("/procore/calls/401/twice-asks-for-a-sign-in", test_second_refusal_asks_for_a_sign_in);
  add ("/procore/calls/401/refused-renewal-asks-for-a-sign-in", test_refused_renewal_asks_for_a_sign_in);
  add ("/procore/calls/429/reset", test_429_waits_for_reset);
  add ("/procore/calls/429/retry-after", test_429_waits_for_retry_after);
  add ("/procore/calls/429/no-time-backs-off", test_429_without_a_time_backs_off);
  add ("/procore/calls/503/clock-set-back", test_clock_set_back_makes_no_longer_wait);
  add ("/procore/calls/503/retry-after-date", test_retry_after_may_be_a_date);
  add ("/procore/calls/503/for-good-is-told-with-its-time", test_busy_for_good_is_told_with_its_time);
  add ("/procore/calls/limit/nothing-left-waits-for-reset", test_nothing_left_waits_for_reset);
  add ("/procore/calls/limit/in-the-servers-time", test_reset_is_read_in_the_servers_time);
  add ("/procore/calls/limit/far-reset-is-not-waited-for", test_far_reset_is_not_waited_for);
  add ("/procore/calls/500/read-again", test_failing_server_is_read_again);
  add ("/procore/calls/500/given-up", test_failing_server_is_given_up);
  add ("/procore/calls/lost-answer-to-a-read-is-asked-again", test_lost_answer_to_a_read_is_asked_again);
  add ("/procore/calls/nonsense-to-a-read-is-asked-again", test_nonsense_to_a_read_is_asked_again);
  add ("/procore/calls/write-of-unknown-outcome-is-never-repeated", test_write_of_unknown_outcome_is_never_repeated);
  add ("/procore/calls/unsent-request-is-not-repeated", test_unsent_request_is_not_repeated_here);
  add ("/procore/calls/answers-say-whose-fault-it-is", test_answers_say_whose_fault_it_is);
  add ("/procore/calls/cancelled", test_cancelled_before_it_is_sent);
  g_test_add_func ("/procore/calls/every-error-has-a-hint", test_every_error_has_a_hint);

  return g_test_run ();
}
