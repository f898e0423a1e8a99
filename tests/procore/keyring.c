#include "config.h"

#include "keyring.h"

#include <glib/gstdio.h>
#include <string.h>

/* Without folders of services: nothing that a test has stopped is started again behind its back. */
static const char bus_config[]
  = "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>"
    "<policy context='default'><allow send_destination='*'/><allow receive_sender='*'/><allow own='*'/></policy></busconfig>";

/* None of GTestDBus, which waits for the connection's end: libsecret never lets go of it. */
void
keyring_open_bus (Keyring *keyring)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *address = NULL;
  g_autofree char *config = NULL;
  g_autofree char *option = NULL;
  int fd = g_file_open_tmp ("certholder-bus-XXXXXX.conf", &config, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (config, bus_config, -1, NULL));
  option = g_strconcat ("--config-file=", config, NULL);
  keyring->bus = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "dbus-daemon",
                                   option, "--nofork", "--nopidfile", "--print-address=1", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (keyring->bus));
  address = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_unlink (config);
  g_assert_true (g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE));
  keyring->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_set_exit_on_close (keyring->connection, FALSE);
}

void
keyring_close_bus (Keyring *keyring)
{
  g_clear_object (&keyring->connection);
  g_subprocess_force_exit (keyring->bus);
  g_subprocess_wait (keyring->bus, NULL, NULL);
  g_clear_object (&keyring->bus);
}

void
keyring_make (Keyring *keyring)
{
  g_autoptr (GError) error = NULL;

  keyring->dir = g_dir_make_tmp ("certholder-keyring-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
wait_for_owner (GDBusConnection *bus,
                gboolean         wanted)
{
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) answer
        = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "NameHasOwner", g_variant_new ("(s)", "org.freedesktop.secrets"),
                                       G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
      gboolean has_owner;

      g_assert_no_error (error);
      g_variant_get (answer, "(b)", &has_owner);
      if (has_owner == wanted)
        return;
      g_usleep (G_USEC_PER_SEC / 100);
    }
}

/* The service is there before its keyring is. */
static void
wait_for_collection (GDBusConnection *bus)
{
  for (;;)
    {
      g_autoptr (GVariant) answer
        = g_dbus_connection_call_sync (bus, "org.freedesktop.secrets", "/org/freedesktop/secrets/collection/login",
                                       "org.freedesktop.DBus.Properties", "Get",
                                       g_variant_new ("(ss)", "org.freedesktop.Secret.Collection", "Locked"),
                                       G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);

      if (answer != NULL)
        return;
      g_usleep (G_USEC_PER_SEC / 100);
    }
}

void
keyring_start (Keyring    *keyring,
               const char *password)
{
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                 | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  g_autofree char *control = g_strconcat ("--control-directory=", keyring->dir, NULL);
  const char *arguments[] = { "gnome-keyring-daemon", "--foreground", "--components=secrets", control,
                              password != NULL ? "--unlock" : NULL, NULL };

  g_subprocess_launcher_setenv (launcher, "HOME", keyring->dir, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", keyring->dir, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", keyring->dir, TRUE);
  keyring->daemon = g_subprocess_launcher_spawnv (launcher, arguments, &error);
  g_assert_no_error (error);
  if (password != NULL)
    g_output_stream_write_all (g_subprocess_get_stdin_pipe (keyring->daemon), password, strlen (password), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (g_subprocess_get_stdin_pipe (keyring->daemon), NULL, &error);
  g_assert_no_error (error);
  wait_for_owner (keyring->connection, TRUE);
  wait_for_collection (keyring->connection);
}

void
keyring_stop (Keyring *keyring)
{
  g_subprocess_force_exit (keyring->daemon);
  g_subprocess_wait (keyring->daemon, NULL, NULL);
  g_clear_object (&keyring->daemon);
  wait_for_owner (keyring->connection, FALSE);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
keyring_remove (Keyring *keyring)
{
  if (keyring->daemon != NULL)
    keyring_stop (keyring);
  remove_tree (keyring->dir);
  g_clear_pointer (&keyring->dir, g_free);
}
