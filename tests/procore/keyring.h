#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A session bus of the test's own, and on it a real gnome-keyring that keeps its files in a folder of the test's own. */
typedef struct {
  GSubprocess     *bus;
  GDBusConnection *connection;
  char            *dir;
  GSubprocess     *daemon;
} Keyring;

/* once for a program, before anything talks to a session bus */
void keyring_open_bus  (Keyring    *keyring);
void keyring_close_bus (Keyring    *keyring);
/* an empty keyring; nothing runs yet */
void keyring_make      (Keyring    *keyring);
/* @password NULL: the keyring stays locked; the first one makes the keyring */
void keyring_start     (Keyring    *keyring,
                        const char *password);
void keyring_stop      (Keyring    *keyring);
void keyring_remove    (Keyring    *keyring);

G_END_DECLS
