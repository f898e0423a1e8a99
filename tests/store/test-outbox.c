#include "config.h"

#include "store-fixture.h"

/* Acts: q queue, s mark sending, c confirm, r retry, p park, w postpone, l learn, d drop. What the row must be after them: - none, Q queued,
 * S sending, P parked; ! that the last act is refused. */

static gint64
put_record (Fixture *fixture,
            gint64   vendor_id)
{
  g_autoptr(ChSharedRecord) record = ch_shared_record_new (CH_SHARED_OVERALL);
  g_autoptr(GError) error = NULL;

  record->project_id = PROJECT;
  record->vendor_id = vendor_id;
  fixture_begin (fixture);
  ch_store_put_shared (fixture->store, record, &error);
  g_assert_no_error (error);
  fixture_commit (fixture);

  return record->id;
}

static gboolean
do_act (ChStore  *store,
        gint64    id,
        char      act,
        GError  **error)
{
  g_autoptr(ChFieldSet) sent = ch_field_set_new ();

  ch_field_set_set (sent, "status", "compliant");
  switch (act)
    {
    case 'q':
      return ch_store_outbox_queue (store, id, error);
    case 's':
      return ch_store_outbox_mark_sending (store, id, sent, error);
    case 'c':
      return ch_store_outbox_confirm (store, id, error);
    case 'r':
      return ch_store_outbox_retry (store, id, NOW + 60, "Procore did not answer.", error);
    case 'p':
      return ch_store_outbox_park (store, id, "Procore refused.", error);
    case 'w':
      return ch_store_outbox_postpone (store, id, NOW + 60, "Nobody knows.", error);
    case 'l':
      return ch_store_outbox_learn (store, id, error);
    case 'd':
      return ch_store_outbox_drop (store, id, error);
    case 'x':
      return ch_store_outbox_withdraw (store, id, error);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
do_acts (Fixture     *fixture,
         gint64       id,
         const char  *acts,
         GError     **error)
{
  gboolean ok = TRUE;

  for (const char *act = acts; *act != '\0'; act++)
    {
      g_assert_true (ok);
      fixture_begin (fixture);
      ok = do_act (fixture->store, id, *act, error);
      fixture_commit (fixture);
    }

  return ok;
}

static ChOutboxRow *
get_row (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = ch_store_outbox_list (fixture->store, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, <=, 1);

  return rows->len > 0 ? g_ptr_array_steal_index (rows, 0) : NULL;
}

static void
test_every_state_and_act (Fixture       *fixture,
                          gconstpointer  user_data)
{
  static const struct { const char *acts; char state; guint attempts; } cases[] = {
    { "", '-', 0 }, { "s", '!', 0 }, { "c", '-', 0 }, { "r", '-', 0 }, { "p", '-', 0 }, { "d", '-', 0 },
    { "q", 'Q', 0 }, { "qq", 'Q', 0 }, { "qs", 'S', 1 }, { "qc", '-', 0 }, { "qr", 'Q', 0 }, { "qp", 'P', 0 },
    { "qd", '-', 0 }, { "qsq", 'S', 1 }, { "qss", 'S', 2 }, { "qsc", '-', 0 }, { "qsr", 'Q', 1 }, { "qsrs", 'S', 2 },
    { "qsp", 'P', 1 },
    { "qsd", '-', 0 },
    { "qsqc", 'Q', 0 }, { "qsqqc", 'Q', 0 }, { "qsqcsc", '-', 0 }, { "qsqr", 'Q', 1 }, { "qsqrsc", '-', 0 },
    { "qsqp", 'Q', 0 }, { "qsqpsp", 'P', 1 },
    { "qsqsc", '-', 0 }, { "qsqsqc", 'Q', 0 },
    { "w", '-', 0 }, { "l", '-', 0 }, { "qw", 'Q', 0 }, { "ql", 'Q', 0 }, { "qsw", 'S', 1 }, { "qswl", 'Q', 1 },
    { "qsl", 'Q', 1 }, { "qsqw", 'S', 1 }, { "qsqwc", 'Q', 0 }, { "qsqlsc", '-', 0 }, { "qpw", 'P', 0 }, { "qpl", 'P', 0 },
    { "qswsc", '-', 0 }, { "qswd", '-', 0 },
    { "qpq", 'Q', 0 }, { "qsspq", 'Q', 0 }, { "qps", '!', 0 }, { "qpc", '-', 0 }, { "qpr", 'Q', 0 }, { "qpp", 'P', 0 },
    { "qpd", '-', 0 },
    { "x", '-', 0 }, { "qx", '-', 0 }, { "qsx", 'S', 1 }, { "qsqx", 'S', 1 }, { "qpx", '-', 0 }, { "qsxl", 'Q', 1 },
    { "qsxq", 'S', 1 }, { "qsxlx", '-', 0 },
  };
  gint64 id = put_record (fixture, SUB);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      gboolean ok = do_acts (fixture, id, cases[i].acts, &error);
      g_autoptr(ChOutboxRow) row = get_row (fixture);

      g_test_message ("%s", cases[i].acts);
      g_assert_cmpint (ok, ==, cases[i].state != '!');
      if (cases[i].state == '-')
        g_assert_null (row);
      else if (cases[i].state != '!')
        {
          g_assert_nonnull (row);
          g_assert_cmpint (row->state, ==, cases[i].state == 'Q' ? CH_OUTBOX_QUEUED
                                           : cases[i].state == 'S' ? CH_OUTBOX_SENDING : CH_OUTBOX_PARKED);
          g_assert_cmpuint (row->attempts, ==, cases[i].attempts);
          g_assert_cmpint (row->sent != NULL, ==, cases[i].state == 'S');
        }
      g_assert_true (do_acts (fixture, id, "d", NULL));
    }
  fixture_verify (fixture);
}

static void
test_what_a_row_tells (Fixture       *fixture,
                       gconstpointer  user_data)
{
  gint64 id = put_record (fixture, SUB);
  g_autoptr(ChOutboxRow) sending = NULL;
  g_autoptr(ChOutboxRow) later = NULL;
  g_autoptr(ChOutboxRow) parked = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (do_acts (fixture, id, "qs", &error));
  fixture_reopen (fixture);   /* a crash in the middle of sending */
  sending = get_row (fixture);
  g_assert_cmpint (sending->record_id, ==, id);
  g_assert_cmpint (sending->kind, ==, CH_SHARED_OVERALL);
  g_assert_cmpint (sending->project_id, ==, PROJECT);
  g_assert_cmpint (sending->vendor_id, ==, SUB);
  g_assert_cmpint (sending->commitment_id, ==, 0);
  g_assert_cmpint (sending->created_at, ==, NOW);
  g_assert_cmpint (sending->not_before, <=, NOW);
  g_assert_cmpstr (ch_field_set_get (sending->sent, "status"), ==, "compliant");
  g_assert_cmpstr (ch_outbox_state_to_string (sending->state), ==, "sending");
  g_assert_null (sending->why);

  g_assert_true (do_acts (fixture, id, "r", &error));
  later = get_row (fixture);
  g_assert_cmpint (later->not_before, ==, NOW + 60);
  g_assert_cmpstr (later->why, ==, "Procore did not answer.");

  g_assert_true (do_acts (fixture, id, "qsp", &error));   /* queued again, it keeps waiting */
  parked = get_row (fixture);
  g_assert_cmpstr (parked->why, ==, "Procore refused.");
  g_assert_cmpint (parked->created_at, ==, NOW);
}

/* What was sent without an answer is known until somebody has looked. */
static void
test_what_was_sent_is_kept (Fixture       *fixture,
                            gconstpointer  user_data)
{
  gint64 id = put_record (fixture, SUB);
  g_autoptr(ChFieldSet) none = NULL;
  g_autoptr(ChFieldSet) sent = NULL;
  g_autoptr(ChFieldSet) known = NULL;
  g_autoptr(ChOutboxRow) row = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (ch_store_outbox_get_sent (fixture->store, id, &none, &error));
  g_assert_null (none);
  g_assert_true (do_acts (fixture, id, "qsqw", &error));
  fixture_reopen (fixture);
  g_assert_true (ch_store_outbox_get_sent (fixture->store, id, &sent, &error));
  g_assert_cmpuint (ch_field_set_get_size (sent), ==, 1);
  g_assert_cmpstr (ch_field_set_get (sent, "status"), ==, "compliant");
  row = get_row (fixture);
  g_assert_cmpint (row->not_before, ==, NOW + 60);
  g_assert_cmpstr (row->why, ==, "Nobody knows.");

  g_assert_true (do_acts (fixture, id, "l", &error));
  g_assert_true (ch_store_outbox_get_sent (fixture->store, id, &known, &error));
  g_assert_null (known);
}

static void
test_queued_row_stays_as_it_is (Fixture       *fixture,
                                gconstpointer  user_data)
{
  gint64 id = put_record (fixture, SUB);
  g_autoptr(ChOutboxRow) row = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (do_acts (fixture, id, "qsr", &error));
  fixture->now += 5;
  g_assert_true (do_acts (fixture, id, "q", &error));
  row = get_row (fixture);
  g_assert_cmpint (row->not_before, ==, NOW + 60);
  g_assert_cmpint (row->created_at, ==, NOW);
  g_assert_cmpuint (row->attempts, ==, 1);
}

static void
test_oldest_first (Fixture       *fixture,
                   gconstpointer  user_data)
{
  gint64 a = put_record (fixture, SUB);
  gint64 b = put_record (fixture, SUB_2);
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (do_acts (fixture, b, "q", &error));
  fixture->now += 1;
  g_assert_true (do_acts (fixture, a, "q", &error));
  rows = ch_store_outbox_list (fixture->store, &error);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpint (((ChOutboxRow *) g_ptr_array_index (rows, 0))->record_id, ==, b);

  fixture_begin (fixture);
  g_assert_false (ch_store_outbox_queue (fixture->store, 999, &error));
  g_assert_error (error, CH_STORE_ERROR, CH_STORE_ERROR_INVALID);
  ch_store_rollback (fixture->store);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  FIXTURE_TEST ("/store/outbox/every-state-and-act", fixture_set_up_desk, test_every_state_and_act);
  FIXTURE_TEST ("/store/outbox/what-a-row-tells", fixture_set_up_desk, test_what_a_row_tells);
  FIXTURE_TEST ("/store/outbox/what-was-sent-is-kept", fixture_set_up_desk, test_what_was_sent_is_kept);
  FIXTURE_TEST ("/store/outbox/queued-row-stays-as-it-is", fixture_set_up_desk, test_queued_row_stays_as_it_is);
  FIXTURE_TEST ("/store/outbox/oldest-first", fixture_set_up_desk, test_oldest_first);

  return g_test_run ();
}
